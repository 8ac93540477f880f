//! What can be wrong with a written period, worded so that the writer can put it right.

use super::write::{iso_day, iso_month, western_day};
use super::{FiscalYear, Month, Period};
use crate::lang::{Lang, Say};
use crate::plan::era::Era;
use crate::say;
use crate::text::suggest::brief;
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// Why a text is not taken for a period, a date or a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodError {
    /// None of the forms a period is written in.
    Unreadable {
        /// What was written.
        text: String,
    },
    /// Not written as a day where a day is wanted.
    NotADay {
        /// What was written.
        text: String,
    },
    /// A bare 年, which can be the calendar year or the fiscal one.
    Ambiguous {
        /// What was written.
        text: String,
        /// The same year as a fiscal year.
        fiscal: String,
        /// A month of the calendar year, as an example.
        month: String,
    },
    /// Year 0 of an era.
    YearZero {
        /// The era.
        era: &'static Era,
    },
    /// A month or day that was over when the era began.
    BeforeEra {
        /// The era that was written.
        era: &'static Era,
        /// What was meant, which writes itself in the right era.
        period: Period,
    },
    /// A month other than 1 to 12.
    NoSuchMonth {
        /// Its number.
        month: u32,
    },
    /// A day the month does not have.
    NoSuchDay {
        /// The month.
        month: Month,
        /// The day's number.
        day: u32,
    },
    /// A quarter other than 1 to 4.
    NoSuchQuarter {
        /// Its number.
        quarter: u32,
    },
    /// A half other than 1 and 2.
    NoSuchHalf {
        /// Its number.
        half: u32,
    },
    /// Earlier or later than the calendar reaches.
    OutOfCalendar {
        /// The western year that was meant.
        western: i32,
    },
    /// None of the names of a cycle.
    NoSuchCycle {
        /// What was written.
        text: String,
    },
}

impl PeriodError {
    /// What is wrong.
    pub fn say(&self) -> Say {
        match self {
            Self::Unreadable { text } if text.is_empty() => say!("期間が書かれていません", "the period is empty"),
            Self::Unreadable { text } => {
                let text = brief(text);
                say!("「{text}」は期間として読めません", "cannot read \"{text}\" as a period")
            }
            Self::NotADay { text } if text.is_empty() => say!("日付が書かれていません", "the date is empty"),
            Self::NotADay { text } => {
                let text = brief(text);
                say!("「{text}」は日付として読めません", "cannot read \"{text}\" as a date")
            }
            Self::Ambiguous { text, .. } => {
                let text = brief(text);
                say!("「{text}」は暦年か年度か分かりません", "\"{text}\" can be the calendar year or the fiscal year")
            }
            Self::YearZero { era: Era { kanji, roman, .. } } => {
                say!("{kanji}0年はありません", "there is no year 0 of {roman}")
            }
            Self::BeforeEra { era: Era { kanji, roman, start, .. }, .. } => {
                let (ja, en) = (western_day(*start), iso_day(*start));
                say!("{kanji}は{ja}からです", "{roman} began on {en}")
            }
            Self::NoSuchMonth { month } => say!("{month}月はありません", "there is no month {month}"),
            Self::NoSuchDay { month, day } => {
                let (year, number, iso) = (month.year(), month.month(), iso_month(*month));
                say!("{year}年{number}月に{day}日はありません", "{iso} has no day {day}")
            }
            Self::NoSuchQuarter { quarter } => {
                say!("第{quarter}四半期はありません", "there is no quarter {quarter}")
            }
            Self::NoSuchHalf { half } => say!("半期 H{half} はありません", "there is no half {half}"),
            Self::OutOfCalendar { western } => {
                say!("{western}年は扱える範囲にありません", "the year {western} is out of range")
            }
            Self::NoSuchCycle { text } => {
                let text = brief(text);
                say!("「{text}」という周期はありません", "there is no cycle \"{text}\"")
            }
        }
    }

    /// What to write instead.
    pub fn hint(&self) -> Say {
        match self {
            Self::Unreadable { .. } => say!(
                "R7（年度）、R4-R6（数年度）、R7H1（上半期）、R7Q2（第2四半期）、R7.9、R7.9.30、2025-09-30 のように書いてください",
                "write R7 or FY2025 (a fiscal year), R4-R6 (several), R7H1, R7Q2, R7.9, R7.9.30 or 2025-09-30"
            ),
            Self::NotADay { .. } => say!(
                "R7.9.30 か 2025-09-30 のように年月日を書いてください",
                "write year, month and day, as in 2025-09-30 or R7.9.30"
            ),
            Self::Ambiguous { fiscal, month, .. } => say!(
                "年度なら「{fiscal}」、暦の月なら「{month}」のように書いてください",
                "write \"{fiscal}\" for the fiscal year, or name a month as in \"{month}\""
            ),
            Self::YearZero { era: Era { letter, .. } } => {
                say!("最初の年は元年（{letter}1）です", "the first year is {letter}1")
            }
            Self::BeforeEra { period, .. } => say!("{period} と書いてください", "write {period}"),
            Self::NoSuchMonth { .. } => say!("月は1から12までです", "months go from 1 to 12"),
            Self::NoSuchDay { month, .. } => {
                let last = month.last_day().day();
                say!("その月は{last}日までです", "its last day is {last}")
            }
            Self::NoSuchQuarter { .. } => say!("四半期は1から4までです", "quarters go from 1 to 4"),
            Self::NoSuchHalf { .. } => {
                say!("H1（上半期）か H2（下半期）と書いてください", "write H1 (April to September) or H2")
            }
            Self::OutOfCalendar { .. } => {
                let (first, last) = (FiscalYear::MIN.western(), FiscalYear::MAX.western());
                say!("{first}年度から{last}年度までを扱えます", "fiscal years {first} to {last} can be used")
            }
            Self::NoSuchCycle { .. } => say!(
                "month（月）、quarter（四半期）、half（半期）、year（年度）のどれかを書いてください",
                "write month, quarter, half or year"
            ),
        }
    }
}

/// What is wrong, in the default language; a caller that knows its reader takes [`PeriodError::say`].
impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.say().text(Lang::default()))
    }
}

impl std::error::Error for PeriodError {}

/// A note that a period was written in an era that had ended by then, as plans printed before 2019 name 平成32年度.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrun {
    /// The era that was written.
    pub era: &'static Era,
    /// How it was taken.
    pub period: Period,
}

impl Overrun {
    /// How many years plans look ahead: so long after its end their years are still written in the former era.
    const AHEAD: i32 = 15;

    /// Whether it is a fiscal year, or a half or quarter of one, as a plan of before the change of eras writes it: 平成32年度.
    pub fn is_usual(&self) -> bool {
        let last = self.era.last_day().map(FiscalYear::from_date);
        let (Period::Year(year) | Period::Years(_, year) | Period::Half(year, _) | Period::Quarter(year, _)) =
            self.period
        else {
            return false;
        };
        last.is_some_and(|last| year.western() <= last.western() + Self::AHEAD)
    }

    /// The note.
    pub fn say(&self) -> Say {
        let Self { era: Era { kanji, roman, .. }, period } = self;
        let last = self.era.last_day().unwrap_or(NaiveDate::MAX);
        let (ja, en) = (western_day(last), iso_day(last));
        say!("{kanji}は{ja}までです。{period} と読みました", "{roman} ended on {en}; taken as {period}")
    }
}
