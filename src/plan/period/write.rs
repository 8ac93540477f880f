//! Periods as text: the canonical form for files, the long one for prose, the narrow one for tables.

use super::{Cycle, FiscalYear, Half, Month, Period};
use crate::lang::Lang;
use crate::plan::era::Era;
use crate::text::terms;
use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};
use std::fmt::{self, Write as _};

/// A day as a table shows it: R7.9.30, in English 2025-09-30.
pub fn date_text(date: NaiveDate, lang: Lang) -> String {
    Period::Day(date).tag(lang)
}

impl Period {
    /// The canonical form, which files and JSON use: R7, R7H1, R7Q2, R7.9, R7.9.30; of several years R4-R6.
    ///
    /// A month is named by the era in force on its last day. What lies before the first era is written by western
    /// years: 1868, 1868Q1, 1868-04.
    pub fn short(self) -> String {
        let mut text = String::with_capacity("R10.12.31".len());
        // A text takes every write.
        let _ = write!(text, "{self}");
        text
    }

    /// The form for prose: 令和7年度第2四半期, 令和元年5月; in English FY2025 Q2, 2025-09.
    pub fn long(self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.japanese(),
            Lang::En => self.english(" "),
        }
    }

    /// The form for narrow columns: R7Q2, in English FY2025Q2.
    pub fn tag(self, lang: Lang) -> String {
        match lang {
            Lang::Ja => self.short(),
            Lang::En => self.english(""),
        }
    }

    /// The form for the narrow columns of a paper, whose readers know no codes: R7第2四半期, in English FY2025Q2.
    pub fn brief(self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Ja, Self::Years(first, last)) => format!("{first}～{last}"),
            (Lang::Ja, Self::Half(year, Half::First)) => format!("{year}上半期"),
            (Lang::Ja, Self::Half(year, Half::Second)) => format!("{year}下半期"),
            (Lang::Ja, Self::Quarter(year, quarter)) => format!("{year}第{}四半期", quarter.number()),
            _ => self.tag(lang),
        }
    }

    fn japanese(self) -> String {
        match self {
            Self::Years(first, last) => format!("{}～{}", Self::Year(first).japanese(), Self::Year(last).japanese()),
            Self::Year(year) => format!("{}度", year_text(year.era(), year.western())),
            Self::Half(year, half) => {
                let name = match half {
                    Half::First => "上半期",
                    Half::Second => "下半期",
                };
                format!("{}{name}", Self::Year(year).japanese())
            }
            Self::Quarter(year, quarter) => format!("{}第{}四半期", Self::Year(year).japanese(), quarter.number()),
            Self::Month(month) => {
                format!("{}{}月", year_text(era_year(month.last_day()), month.year()), month.month())
            }
            Self::Day(day) => format!("{}{}月{}日", year_text(era_year(day), day.year()), day.month(), day.day()),
        }
    }

    fn english(self, gap: &str) -> String {
        match self {
            Self::Years(first, last) => format!("FY{}–FY{}", first.western(), last.western()),
            Self::Year(year) => format!("FY{}", year.western()),
            Self::Half(year, half) => format!("FY{}{gap}H{}", year.western(), half.number()),
            Self::Quarter(year, quarter) => format!("FY{}{gap}Q{}", year.western(), quarter.number()),
            Self::Month(month) => iso_month(month),
            Self::Day(day) => iso_day(day),
        }
    }
}

impl FiscalYear {
    /// The canonical form: R7.
    pub fn short(self) -> String {
        self.to_string()
    }

    /// The form for prose: 令和7年度, in English FY2025.
    pub fn long(self, lang: Lang) -> String {
        Period::Year(self).long(lang)
    }

    /// The form for narrow columns: R7, in English FY2025.
    pub fn tag(self, lang: Lang) -> String {
        Period::Year(self).tag(lang)
    }
}

/// The canonical form, as [`Period::short`].
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Years(first, last) => write!(f, "{first}-{last}"),
            Self::Year(year) => write!(f, "{year}"),
            Self::Half(year, half) => write!(f, "{year}H{}", half.number()),
            Self::Quarter(year, quarter) => write!(f, "{year}Q{}", quarter.number()),
            Self::Month(month) => match era_year(month.last_day()) {
                Some((era, year)) => write!(f, "{}{year}.{}", era.letter, month.month()),
                None => f.write_str(&iso_month(month)),
            },
            Self::Day(day) => match era_year(day) {
                Some((era, year)) => write!(f, "{}{year}.{}.{}", era.letter, day.month(), day.day()),
                None => f.write_str(&iso_day(day)),
            },
        }
    }
}

/// The canonical form, as [`FiscalYear::short`].
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.era() {
            Some((era, year)) => write!(f, "{}{year}", era.letter),
            None => write!(f, "{}", self.western()),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for FiscalYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Cycle {
    /// The word files use, the first that [`Cycle::parse`] reads.
    pub fn id(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    /// What a person calls it: 四半期, in English quarter.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Month => terms::MONTH.word(lang),
            Self::Quarter => terms::QUARTER.word(lang),
            Self::Half => terms::HALF_YEAR.word(lang),
            Self::Year => terms::FISCAL_YEAR.word(lang),
        }
    }
}

/// A day as a sentence names it, since a message about eras cannot lean on one: 2019年5月1日.
pub(super) fn western_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A day as 2025-09-30, without the sign that chrono sets before a year of five digits.
pub(super) fn iso_day(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

pub(super) fn iso_month(month: Month) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

fn era_year(date: NaiveDate) -> Option<(&'static Era, i32)> {
    Era::on(date).map(|era| (era, era.year_of(date.year())))
}

fn year_text(era: Option<(&Era, i32)>, western: i32) -> String {
    match era {
        Some((era, 1)) => format!("{}元年", era.kanji),
        Some((era, year)) => format!("{}{year}年", era.kanji),
        None => format!("{western}年"),
    }
}
