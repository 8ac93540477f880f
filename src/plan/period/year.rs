//! The fiscal year, from April to March, and its halves and quarters.

use crate::plan::era::{Era, ymd};
use chrono::{Datelike, NaiveDate};

/// A fiscal year 年度, named by the western year in which its April lies.
///
/// The calendar runs from fiscal year 1868 to 9999. Every day of every year in it can be written and computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// The first year of the calendar.
    pub const MIN: Self = Self(1868);
    /// The last year of the calendar.
    pub const MAX: Self = Self(9999);

    /// The fiscal year that begins in April of the western year `western`; `None` outside the calendar.
    pub fn new(western: i32) -> Option<Self> {
        i16::try_from(western).ok().map(Self).filter(|year| (Self::MIN..=Self::MAX).contains(year))
    }

    /// The fiscal year in which `date` lies. A day outside the calendar, which [`parse_date`] never lets in, counts to
    /// the calendar's nearest year; [`contains`](Self::contains) tells.
    ///
    /// [`parse_date`]: super::parse_date
    pub fn from_date(date: NaiveDate) -> Self {
        let western = if date.month() < 4 { date.year() - 1 } else { date.year() };
        Self::new(western).unwrap_or(if western < Self::MIN.western() { Self::MIN } else { Self::MAX })
    }

    /// The western year of its April.
    pub fn western(self) -> i32 {
        self.0.into()
    }

    /// The era it is named by and the year of that era: the era in force on 1 May, so that the year in which Reiwa
    /// began is 令和元年度 from its first day. `None` before the first era.
    pub fn era(self) -> Option<(&'static Era, i32)> {
        Era::on(ymd(self.western(), 5, 1)).map(|era| (era, era.year_of(self.western())))
    }

    /// 1 April.
    pub fn first_day(self) -> NaiveDate {
        ymd(self.western(), 4, 1)
    }

    /// 31 March.
    pub fn last_day(self) -> NaiveDate {
        ymd(self.western() + 1, 3, 31)
    }

    /// Whether `date` lies in it.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first_day() <= date && date <= self.last_day()
    }

    /// The year before; `None` at the calendar's start.
    pub fn prev(self) -> Option<Self> {
        Self::new(self.western() - 1)
    }

    /// The year after; `None` at the calendar's end.
    pub fn next(self) -> Option<Self> {
        Self::new(self.western() + 1)
    }
}

/// A half 半期 of a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Half {
    /// 上半期, April to September.
    First,
    /// 下半期, October to March.
    Second,
}

impl Half {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// The half with this number, 1 or 2.
    pub fn new(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|half| half.number() == number)
    }

    /// The half in which `date` lies.
    pub fn from_date(date: NaiveDate) -> Self {
        if (4..=9).contains(&date.month()) { Self::First } else { Self::Second }
    }

    /// 1 or 2.
    pub fn number(self) -> u32 {
        self as u32 + 1
    }

    pub(super) fn first_day(self, year: FiscalYear) -> NaiveDate {
        match self {
            Self::First => Quarter::Q1.first_day(year),
            Self::Second => Quarter::Q3.first_day(year),
        }
    }

    pub(super) fn last_day(self, year: FiscalYear) -> NaiveDate {
        match self {
            Self::First => Quarter::Q2.last_day(year),
            Self::Second => Quarter::Q4.last_day(year),
        }
    }
}

/// A quarter 四半期 of a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quarter {
    /// 第1四半期, April to June.
    Q1,
    /// 第2四半期, July to September.
    Q2,
    /// 第3四半期, October to December.
    Q3,
    /// 第4四半期, January to March.
    Q4,
}

impl Quarter {
    /// All four, in order.
    pub const ALL: [Self; 4] = [Self::Q1, Self::Q2, Self::Q3, Self::Q4];

    /// The quarter with this number, 1 to 4.
    pub fn new(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|quarter| quarter.number() == number)
    }

    /// The quarter in which `date` lies.
    pub fn from_date(date: NaiveDate) -> Self {
        match date.month() {
            4..=6 => Self::Q1,
            7..=9 => Self::Q2,
            10..=12 => Self::Q3,
            _ => Self::Q4,
        }
    }

    /// 1 to 4.
    pub fn number(self) -> u32 {
        self as u32 + 1
    }

    pub(super) fn first_day(self, year: FiscalYear) -> NaiveDate {
        match self {
            Self::Q1 => year.first_day(),
            Self::Q2 => ymd(year.western(), 7, 1),
            Self::Q3 => ymd(year.western(), 10, 1),
            Self::Q4 => ymd(year.western() + 1, 1, 1),
        }
    }

    pub(super) fn last_day(self, year: FiscalYear) -> NaiveDate {
        match self {
            Self::Q1 => ymd(year.western(), 6, 30),
            Self::Q2 => ymd(year.western(), 9, 30),
            Self::Q3 => ymd(year.western(), 12, 31),
            Self::Q4 => year.last_day(),
        }
    }
}
