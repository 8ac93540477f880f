//! As of when a question is asked.

use chrono::NaiveDate;

use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::period::{Cycle, FiscalYear, Period, PeriodError};
use crate::plan::record::Recorded;

/// A day, and the reporting period it falls in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub date: NaiveDate,
    /// The period.
    pub period: Period,
    /// The last day whose records and corrections are known; `None`: all of them are.
    pub known: Option<NaiveDate>,
}

impl AsOf {
    /// A day, within the office's reporting cycle, with what was known by then.
    pub fn on(date: NaiveDate, cycle: Cycle) -> Self {
        Self { date, period: cycle.period_containing(date), known: Some(date) }
    }

    /// The end of a period, with all that was recorded about it since.
    pub fn end_of(period: impl Into<Period>) -> Self {
        let period = period.into();
        Self { date: period.last_day(), period, known: None }
    }

    /// Another period to its end, or to the last day that is known, with what is known here.
    pub fn at_end_of(self, period: Period) -> Self {
        let end = Self::end_of(period);
        Self { date: self.known.map_or(end.date, |day| end.date.min(day)), known: self.known, ..end }
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
        self.knows(record) && self.holds(record)
    }

    /// Whether a record holds, of whatever period it is: it was recorded in time, it is no withdrawal, and nothing known
    /// corrects it.
    pub fn holds(self, record: &(impl Recorded + ?Sized)) -> bool {
        self.has_heard(record.recorded()) && !record.trace().withdrawn && !self.is_corrected(record)
    }

    /// Whether a record is known: it is about a period that had ended by the day, or about one that had begun (the running
    /// quarter, the year it is a part of) and was recorded by the day; without a day of its own it counts with the period
    /// asked for. As of a day, nothing is known that was recorded later.
    pub fn knows(self, record: &(impl Recorded + ?Sized)) -> bool {
        let (period, recorded) = (record.period(), record.recorded());
        let recorded_by_then = || match recorded {
            Some(day) => period.first_day() <= self.date && day <= self.date,
            None => period.last_day() <= self.until(),
        };
        self.has_heard(recorded) && (period.last_day() <= self.date || recorded_by_then())
    }

    /// Whether a known record has been corrected.
    pub fn is_corrected(self, record: &(impl Recorded + ?Sized)) -> bool {
        record.trace().corrected().is_some_and(|by| self.has_heard(by.recorded))
    }

    /// Whether what was recorded on a day is known. What states no day may have been known always.
    pub fn has_heard(self, recorded: Option<NaiveDate>) -> bool {
        self.known.zip(recorded).is_none_or(|(known, recorded)| recorded <= known)
    }

    /// Whether an entry is in the plan.
    pub fn has(self, entry: &Entry) -> bool {
        entry.is_active(Period::Day(self.date))
    }

    /// How many entries of a level are in the plan, and how many have left it or come later.
    pub fn count_at(self, plan: &Plan, level: usize) -> (usize, usize) {
        let of_level = plan.entries.iter().filter(|entry| entry.level == level);
        let (within, others): (Vec<_>, Vec<_>) = of_level.partition(|entry| self.has(entry));
        (within.len(), others.len())
    }

    /// The last day of the period.
    pub fn until(self) -> NaiveDate {
        self.period.last_day()
    }
}
