//! The eras of the Japanese calendar: the one table, and the way from a date to an era year and back.

use chrono::{Datelike, NaiveDate};

/// One era.
#[derive(Debug, PartialEq, Eq)]
pub struct Era {
    /// The letter it is shortened to.
    pub letter: &'static str,
    /// Its name.
    pub kanji: &'static str,
    /// Its name in Latin letters.
    pub roman: &'static str,
    /// Its first day.
    pub start: NaiveDate,
}

/// Every era since years are counted by reign, oldest first.
pub static ERAS: [Era; 5] = [
    Era { letter: "M", kanji: "明治", roman: "Meiji", start: ymd(1868, 10, 23) },
    Era { letter: "T", kanji: "大正", roman: "Taisho", start: ymd(1912, 7, 30) },
    Era { letter: "S", kanji: "昭和", roman: "Showa", start: ymd(1926, 12, 25) },
    Era { letter: "H", kanji: "平成", roman: "Heisei", start: ymd(1989, 1, 8) },
    Era { letter: "R", kanji: "令和", roman: "Reiwa", start: ymd(2019, 5, 1) },
];

impl Era {
    /// The era in force on `date`; `None` before the first of the table.
    pub fn on(date: NaiveDate) -> Option<&'static Self> {
        ERAS.iter().rev().find(|era| era.start <= date)
    }

    /// Which year of this era the western calendar year `western` is.
    pub fn year_of(&self, western: i32) -> i32 {
        western.saturating_sub(self.start.year()).saturating_add(1)
    }

    /// The western calendar year in which year `year` of this era lies.
    pub fn western(&self, year: i32) -> i32 {
        self.start.year().saturating_add(year).saturating_sub(1)
    }

    /// The era after this one; `None` for the present one.
    pub fn next(&self) -> Option<&'static Self> {
        ERAS.iter().find(|era| era.start > self.start)
    }

    /// Its last day; `None` for the present one.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.next().and_then(|next| next.start.pred_opt())
    }
}

/// A day that is known to exist.
///
/// The table above is evaluated by the compiler, which refuses a day that is none; every other caller passes a month
/// and day that exist in all years, in a year from 1868 to 10000.
#[expect(clippy::panic, reason = "no caller passes a day read from input, see above")]
pub(super) const fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("a fixed day that is not in the calendar"),
    }
}
