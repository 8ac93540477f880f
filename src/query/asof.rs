//! As of when a question is asked.

use chrono::NaiveDate;

use crate::plan::period::{Cycle, FiscalYear, Period, PeriodError};
use crate::plan::record::Recorded;

/// A day, and the reporting period it falls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub date: NaiveDate,
    /// The period.
    pub period: Period,
    /// The last day whose corrections are known; `None`: all of them are.
    pub corrected: Option<NaiveDate>,
}

impl AsOf {
    /// A day, within the office's reporting cycle, with the corrections made by then.
    pub fn on(date: NaiveDate, cycle: Cycle) -> Self {
        Self { date, period: cycle.period_containing(date), corrected: Some(date) }
    }

    /// The end of a period, with all that was corrected since.
    pub fn end_of(period: impl Into<Period>) -> Self {
        let period = period.into();
        Self { date: period.last_day(), period, corrected: None }
    }

    /// The end of another period, with the corrections that are known here.
    pub fn at_end_of(self, period: Period) -> Self {
        Self { corrected: self.corrected, ..Self::end_of(period) }
    }

    /// A day means the reporting period around it, any other period its own last day.
    pub fn of(period: Period, cycle: Cycle) -> Self {
        match period {
            Period::Day(date) => Self::on(date, cycle),
            period => Self::end_of(period),
        }
    }

    /// As [`AsOf::of`], of the period that a text names.
    ///
    /// # Errors
    /// When the text is no period.
    pub fn parse(text: &str, cycle: Cycle) -> Result<Self, PeriodError> {
        Ok(Self::of(Period::parse(text)?.period, cycle))
    }

    /// The fiscal year it falls in.
    pub fn year(self) -> FiscalYear {
        self.period.fiscal_year()
    }

    /// Whether a record's figures count: it is known, it is no withdrawal, and no known record corrects it. Every query
    /// asks here.
    pub fn counts(self, record: &(impl Recorded + ?Sized)) -> bool {
        let trace = record.trace();
        !trace.withdrawn && self.knows(record) && !self.is_corrected(record)
    }

    /// Whether a record is known: it is about a period that had ended by the day, or about one that had begun (the running
    /// quarter, the year it is a part of) and was recorded by the day; without a day of its own it counts with the period
    /// asked for. A correction is known once it was recorded.
    pub fn knows(self, record: &(impl Recorded + ?Sized)) -> bool {
        let (period, recorded) = (record.period(), record.recorded());
        let recorded_by_then = || match recorded {
            Some(day) => period.first_day() <= self.date && day <= self.date,
            None => period.last_day() <= self.until(),
        };
        let in_time = period.last_day() <= self.date || recorded_by_then();
        in_time && record.trace().corrects().is_none_or(|of| self.has_heard(recorded, of.recorded))
    }

    /// Whether a known record has been corrected.
    pub fn is_corrected(self, record: &(impl Recorded + ?Sized)) -> bool {
        record.trace().corrected().is_some_and(|by| self.has_heard(by.recorded, record.recorded()))
    }

    /// Whether a correction of what was recorded on `first` was made in time. What itself was recorded later than that,
    /// and counts because of its period alone, counts as corrected.
    fn has_heard(self, correction: Option<NaiveDate>, first: Option<NaiveDate>) -> bool {
        let Some(day) = self.corrected else { return true };
        correction.is_none_or(|made| made <= day) || first.is_some_and(|first| first > day)
    }

    /// The last day of the period.
    pub fn until(self) -> NaiveDate {
        self.period.last_day()
    }
}
