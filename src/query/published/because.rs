//! Why a figure is not what was published: the record that corrects, withdraws or replaces what was counted then.

use super::Difference;
use crate::plan::closing::About;
use crate::plan::record::RecordName;
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};
use crate::query::history::Record;

/// The record because of which a figure changed.
#[derive(Debug, Clone, Copy)]
pub struct Because<'p> {
    /// The record.
    pub record: Record<'p>,
    /// The record that it corrects or takes back.
    pub corrects: Option<RecordName>,
    /// Its footnotes.
    pub notes: &'p [Box<str>],
}

/// Why a figure that stands for itself changed; `None` for those that follow from others, and where no record speaks of it.
pub fn because<'p>(plan: &'p Plan, difference: &Difference<'_>) -> Option<Because<'p>> {
    if difference.key.is_derived() || difference.is_as_published() {
        return None;
    }
    let records = records(plan, &difference.about)?;
    let now = difference.now.as_ref().and_then(|now| records.iter().find(|record| is_at(record.origin(), now.origin)));
    let corrects = |record: &Record<'_>| record.shared().trace().corrects().is_some();
    let withdrawn = || records.iter().rfind(|record| takes_back(plan, record, &records, difference));
    let found = now.filter(|now| corrects(now)).or_else(withdrawn).or(now)?;
    let notes = match found {
        Record::Update(update) => &*update.notes,
        Record::Actual(measure) => measure.reading.notes(),
    };
    Some(Because { record: *found, corrects: found.shared().trace().corrects(), notes })
}

fn records<'p>(plan: &'p Plan, about: &About) -> Option<Vec<Record<'p>>> {
    Some(match plan.index.get(about.id()?)? {
        Subject::Entry(place) => plan.entries[*place].updates.iter().map(Record::Update).collect(),
        Subject::Indicator(place) => plan.indicators[*place].measures.iter().map(Record::Actual).collect(),
    })
}

fn is_at(a: Origin, b: Origin) -> bool {
    (a.file, a.offset) == (b.file, b.offset)
}

/// Whether a record takes back one that speaks of the period which was published, of the same evaluator.
fn takes_back(plan: &Plan, record: &Record<'_>, records: &[Record<'_>], difference: &Difference<'_>) -> bool {
    let trace = record.shared().trace();
    let of = trace.corrects().filter(|_| trace.withdrawn);
    let of = of.and_then(|name| records.iter().find(|other| other.shared().name() == name));
    let concerns = |other: &Record<'_>| match other {
        Record::Update(update) => difference.key.what.ends_with(&format!(".{}", plan.evaluators[update.evaluator].id)),
        Record::Actual(_) => difference.key.is_measured(),
    };
    let published = difference.published.and_then(|line| line.words.get(1));
    of.is_some_and(|other| {
        concerns(other) && published.is_some_and(|period| **period == *other.shared().period().short())
    })
}
