//! As of when a question is asked.

use chrono::NaiveDate;

use crate::plan::period::{Cycle, FiscalYear, Parsed, Period, PeriodError};

/// A day, and the reporting period it falls in. What is about that period or an earlier one counts.
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

    /// Reads `--as-of`: a day means the reporting period around it, any other period its own last day.
    ///
    /// # Errors
    /// When the text is no period.
    pub fn parse(text: &str, cycle: Cycle) -> Result<Self, PeriodError> {
        Ok(match Period::parse(text)? {
            Parsed { period: Period::Day(date), .. } => Self::on(date, cycle),
            Parsed { period, .. } => Self { date: period.last_day(), period },
        })
    }

    /// The fiscal year it falls in.
    pub fn year(self) -> FiscalYear {
        self.period.fiscal_year()
    }

    /// The last day that counts.
    pub fn until(self) -> NaiveDate {
        self.period.last_day()
    }
}
