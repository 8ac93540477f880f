//! Records in order of time, over the whole plan or one id.

use std::cmp::Reverse;

use rayon::slice::ParallelSliceMut;

use crate::plan::entry::Update;
use crate::plan::indicator::Actual;
use crate::plan::record::{RecordName, Recorded};
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
    /// What that is called.
    pub name: RecordName,
    /// 訂正済: the record that stands in its place.
    pub corrected: Option<RecordName>,
}

/// A record.
#[derive(Debug, Clone, Copy)]
pub enum Record<'p> {
    /// Of an entry.
    Update(&'p Update),
    /// Of an indicator.
    Actual(&'p Actual),
}

impl Record<'_> {
    /// What it shares with records of the other kind.
    pub fn shared(&self) -> &dyn Recorded {
        match self {
            Self::Update(update) => *update,
            Self::Actual(measure) => *measure,
        }
    }

    /// Where it stands.
    pub fn origin(&self) -> Origin {
        match self {
            Self::Update(update) => update.origin,
            Self::Actual(measure) => measure.reading.origin,
        }
    }

    /// Who recorded it.
    pub fn by(&self) -> Option<&str> {
        match self {
            Self::Update(update) => update.by.as_deref(),
            Self::Actual(measure) => measure.by.as_deref(),
        }
    }
}

/// Records about periods up to `as_of`, in the order they were recorded; one without a date stands at its period's end.
/// With a subject, only its own (of an entry: also those of everything under it).
pub fn history<'p>(plan: &'p Plan, subject: Option<Subject>, as_of: AsOf) -> Vec<Event<'p>> {
    let of_entry = |place: usize| {
        let updates = plan.entries[place].updates.iter();
        updates.map(move |u| (Subject::Entry(place), Record::Update(u)))
    };
    let of_indicator = |place: usize| {
        let measures = plan.indicators[place].measures.iter();
        measures.map(move |m| (Subject::Indicator(place), Record::Actual(m)))
    };
    let (entries, indicators) = match subject {
        Some(Subject::Entry(root)) => (plan.subtree(root), 0..0),
        Some(Subject::Indicator(place)) => (0..0, place..place + 1),
        None => (0..plan.entries.len(), 0..plan.indicators.len()),
    };
    let records = entries.flat_map(of_entry).chain(indicators.flat_map(of_indicator));
    let known = records.filter(|(_, record)| as_of.knows(record.shared()));
    let mut events: Vec<Event<'p>> = known.map(|(subject, record)| event(subject, record, as_of)).collect();
    events.par_sort_by_cached_key(|event| {
        // As periods are ordered, reckoned once and not whenever two are compared.
        let RecordName { period, recorded, .. } = event.name;
        let (first, last) = (period.first_day(), period.last_day());
        (recorded.unwrap_or(last), last, Reverse(first))
    });
    events
}

fn event(subject: Subject, record: Record<'_>, as_of: AsOf) -> Event<'_> {
    let corrected = record.shared().trace().corrected();
    let corrected = corrected.filter(|_| as_of.is_corrected(record.shared()));
    Event { subject, record, name: record.shared().name(), corrected }
}
