//! As of when a question is asked.

use chrono::NaiveDate;

use crate::plan::period::{Cycle, FiscalYear, Parsed, Period, PeriodError};

/// A day, and the reporting period it falls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub date: NaiveDate,
    /// The period.
    pub period: Period,
}

impl AsOf {
    /// A day, within the office's reporting cycle.
    pub fn on(date: NaiveDate, cycle: Cycle) -> Self {
        Self { date, period: cycle.period_containing(date) }
    }

    /// The end of a period.
    pub fn end_of(period: impl Into<Period>) -> Self {
        let period = period.into();
        Self { date: period.last_day(), period }
    }

    /// Reads `--as-of`: a day means the reporting period around it, any other period its own last day.
    ///
    /// # Errors
    /// When the text is no period.
    pub fn parse(text: &str, cycle: Cycle) -> Result<Self, PeriodError> {
        Ok(match Period::parse(text)? {
            Parsed { period: Period::Day(date), .. } => Self::on(date, cycle),
            Parsed { period, .. } => Self::end_of(period),
        })
    }

    /// The fiscal year it falls in.
    pub fn year(self) -> FiscalYear {
        self.period.fiscal_year()
    }

    /// Whether a record counts: it is about a period that has ended with the one asked for, or about one that has begun
    /// (this year, of which the quarter asked for is a part) and was said by the day.
    pub fn knows(self, period: Period, recorded: Option<NaiveDate>) -> bool {
        let said = || period.first_day() <= self.date && recorded.is_some_and(|day| day <= self.date);
        period.last_day() <= self.until() || said()
    }

    /// The last day of the period.
    pub fn until(self) -> NaiveDate {
        self.period.last_day()
    }
}
