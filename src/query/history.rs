//! Records in order of time, over the whole plan or one id.

use chrono::NaiveDate;

use crate::plan::entry::Update;
use crate::plan::indicator::Measure;
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};

use super::AsOf;

/// One record and what it is about.
#[derive(Debug, Clone, Copy)]
pub struct Event<'p> {
    /// The entry or indicator.
    pub subject: Subject,
    /// What was recorded.
    pub record: Record<'p>,
}

/// A record.
#[derive(Debug, Clone, Copy)]
pub enum Record<'p> {
    /// Of an entry.
    Update(&'p Update),
    /// Of an indicator.
    Measure(&'p Measure),
}

impl Record<'_> {
    /// What it is about.
    pub fn period(&self) -> Period {
        match self {
            Self::Update(update) => update.period,
            Self::Measure(measure) => measure.reading.period,
        }
    }

    /// When it was said.
    pub fn recorded(&self) -> Option<NaiveDate> {
        match self {
            Self::Update(update) => update.recorded,
            Self::Measure(measure) => measure.recorded,
        }
    }

    /// Where it stands.
    pub fn origin(&self) -> Origin {
        match self {
            Self::Update(update) => update.origin,
            Self::Measure(measure) => measure.reading.origin,
        }
    }

    /// Who said it.
    pub fn by(&self) -> Option<&str> {
        match self {
            Self::Update(update) => update.by.as_deref(),
            Self::Measure(measure) => measure.by.as_deref(),
        }
    }
}

/// Records about periods up to `as_of`, in the order they were said; one without a date stands at its period's end.
/// With a subject, only its own (of an entry: also those of everything under it).
pub fn history<'p>(plan: &'p Plan, subject: Option<Subject>, as_of: AsOf) -> Vec<Event<'p>> {
    let of_entry = |place: usize| {
        let updates = plan.entries[place].updates.iter();
        updates.map(move |u| Event { subject: Subject::Entry(place), record: Record::Update(u) })
    };
    let of_indicator = |place: usize| {
        let measures = plan.indicators[place].measures.iter();
        measures.map(move |m| Event { subject: Subject::Indicator(place), record: Record::Measure(m) })
    };
    let mut events: Vec<Event<'p>> = match subject {
        Some(Subject::Entry(root)) => plan.subtree(root).flat_map(of_entry).collect(),
        Some(Subject::Indicator(place)) => of_indicator(place).collect(),
        None => {
            let entries = (0..plan.entries.len()).flat_map(of_entry);
            entries.chain((0..plan.indicators.len()).flat_map(of_indicator)).collect()
        }
    };
    events.retain(|event| as_of.knows(event.record.period(), event.record.recorded()));
    events.sort_by_key(|event| {
        let period = event.record.period();
        (event.record.recorded().unwrap_or(period.last_day()), period)
    });
    events
}
