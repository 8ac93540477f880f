//! The periods a figure can be about: a fiscal year, a half or quarter of it, a month, a day.

mod error;
mod near;
mod parse;
mod write;
mod year;

pub use error::{Overrun, PeriodError};
pub use near::parse_day_ahead;
pub use parse::{Parsed, parse_date};
pub use write::date_text;
pub use year::{FiscalYear, Half, Quarter};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::cmp::{Ordering, Reverse};

/// A stretch of days that has a name: a fiscal year or several, a part of one, a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// Several fiscal years as one (平成26年度～平成28年度), the first and the last; never one alone.
    Years(FiscalYear, FiscalYear),
    /// A fiscal year 年度.
    Year(FiscalYear),
    /// A half 半期 of a fiscal year.
    Half(FiscalYear, Half),
    /// A quarter 四半期 of a fiscal year.
    Quarter(FiscalYear, Quarter),
    /// A month 月.
    Month(Month),
    /// A day 日.
    Day(NaiveDate),
}

impl Period {
    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        match self {
            Self::Years(first, _) => first.first_day(),
            Self::Year(year) => year.first_day(),
            Self::Half(year, half) => half.first_day(year),
            Self::Quarter(year, quarter) => quarter.first_day(year),
            Self::Month(month) => month.first_day(),
            Self::Day(day) => day,
        }
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        match self {
            Self::Years(_, last) => last.last_day(),
            Self::Year(year) => year.last_day(),
            Self::Half(year, half) => half.last_day(year),
            Self::Quarter(year, quarter) => quarter.last_day(year),
            Self::Month(month) => month.last_day(),
            Self::Day(day) => day,
        }
    }

    /// The fiscal year in which it lies; of several the last, with which a figure about them is known.
    pub fn fiscal_year(self) -> FiscalYear {
        match self {
            Self::Years(_, year) | Self::Year(year) | Self::Half(year, _) | Self::Quarter(year, _) => year,
            Self::Month(_) | Self::Day(_) => FiscalYear::from_date(self.first_day()),
        }
    }

    /// How often periods of this length come round; `None` for a day and for several years.
    pub fn cycle(self) -> Option<Cycle> {
        match self {
            Self::Year(_) => Some(Cycle::Year),
            Self::Half(..) => Some(Cycle::Half),
            Self::Quarter(..) => Some(Cycle::Quarter),
            Self::Month(_) => Some(Cycle::Month),
            Self::Years(..) | Self::Day(_) => None,
        }
    }

    /// The years from `first` to `last`; `None` where they run backwards.
    pub fn years(first: FiscalYear, last: FiscalYear) -> Option<Self> {
        match first.cmp(&last) {
            Ordering::Less => Some(Self::Years(first, last)),
            Ordering::Equal => Some(Self::Year(first)),
            Ordering::Greater => None,
        }
    }

    /// How many fiscal years it is, where it is more than one.
    pub fn several_years(self) -> Option<i32> {
        if let Self::Years(first, last) = self { Some(last.western() - first.western() + 1) } else { None }
    }

    /// Whether `date` lies in it.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first_day() <= date && date <= self.last_day()
    }

    /// Whether every day of `other` lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }

    /// Whether a report about it answers for `asked`: it is about all of that, or about a part. A report on the year says
    /// enough for each of its quarters, one on a month for its quarter. Every output asks here.
    pub fn answers_for(self, asked: Self) -> bool {
        asked.covers(self) || self.covers(asked)
    }

    /// The period of the same length just before; `None` at the calendar's start.
    pub fn prev(self) -> Option<Self> {
        if let (Self::Years(first, _), Some(years)) = (self, self.several_years()) {
            return Self::years(FiscalYear::new(first.western() - years)?, first.prev()?);
        }
        self.first_day().pred_opt().and_then(|day| self.alike(day))
    }

    /// The period of the same length just after; `None` at the calendar's end.
    pub fn next(self) -> Option<Self> {
        if let (Self::Years(_, last), Some(years)) = (self, self.several_years()) {
            return Self::years(last.next()?, FiscalYear::new(last.western() + years)?);
        }
        self.last_day().succ_opt().and_then(|day| self.alike(day))
    }

    fn alike(self, date: NaiveDate) -> Option<Self> {
        FiscalYear::from_date(date)
            .contains(date)
            .then(|| self.cycle().map_or(Self::Day(date), |cycle| cycle.period_containing(date)))
    }
}

impl From<FiscalYear> for Period {
    fn from(year: FiscalYear) -> Self {
        Self::Year(year)
    }
}

/// By last day, since that is when a figure about the period can be known; of those that end together the shorter
/// first, so that a whole follows its last part: R7.9.30, R7.9, R7Q2, R7H1.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        // Records of one period stand side by side in their thousands; its days need not be reckoned for that.
        if self == other {
            return Ordering::Equal;
        }
        let key = |period: &Self| (period.last_day(), Reverse(period.first_day()));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A calendar month of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    year: i16,
    month: u8,
}

impl Month {
    /// The month `month`, 1 to 12, of the western year `year`; `None` for no such month or one outside the calendar.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        FiscalYear::from_date(first).contains(first).then(|| Self::from_date(first))
    }

    /// The month in which `date` lies.
    pub fn from_date(date: NaiveDate) -> Self {
        // Both fit: the calendar ends with fiscal year 9999. Of what is this small there are millions.
        let small = (i16::try_from(date.year()), u8::try_from(date.month()));
        Self { year: small.0.unwrap_or(i16::MAX), month: small.1.unwrap_or(12) }
    }

    /// The western calendar year.
    pub fn year(self) -> i32 {
        self.year.into()
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.month.into()
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        // Both ways to make a month start from a date in it, so its first day exists.
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let first = self.first_day();
        first.with_day(first.num_days_in_month().into()).unwrap_or(first)
    }
}

/// How often something comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cycle {
    /// Every month.
    Month,
    /// Every quarter of the fiscal year.
    Quarter,
    /// Every half of the fiscal year.
    Half,
    /// Every fiscal year.
    Year,
}

impl Cycle {
    /// All of them, shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Half, Self::Year];

    /// The period of this length in which `date` lies.
    pub fn period_containing(self, date: NaiveDate) -> Period {
        let year = FiscalYear::from_date(date);
        match self {
            Self::Month => Period::Month(Month::from_date(date)),
            Self::Quarter => Period::Quarter(year, Quarter::from_date(date)),
            Self::Half => Period::Half(year, Half::from_date(date)),
            Self::Year => Period::Year(year),
        }
    }
}
