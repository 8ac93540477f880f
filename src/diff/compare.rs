//! Two lists of facts of one subject, compared.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, ChangeKind};
use super::datum::Datum;
use super::fact::{Fact, Key, Subject, SubjectPart};
use super::facts::Facts;
use super::field::Field;
use crate::plan::id::Id;

/// How alike two names must be, from 0 to 1, to be taken for one that was reworded.
const ALIKE: f64 = 0.5;

/// What differs between two revisions of a subject: both lists are in order of their keys.
pub fn compare<'p>(subject: Subject<'p>, name: &'p str, old: Facts<'p>, new: Facts<'p>) -> Vec<Change<'p>> {
    if old == new {
        return Vec::new();
    }
    let (old_parts, new_parts) = (parts(&old), parts(&new));
    let (gone, come) = unmatched(old, new);
    let mut groups: BTreeMap<Key<'p>, [Facts<'p>; 2]> = BTreeMap::new();
    for (facts, others, side) in [(gone, &new_parts, 0), (come, &old_parts, 1)] {
        for fact in facts {
            groups.entry(key_of(&fact, others)).or_default()[side].push(fact);
        }
    }
    groups.into_iter().map(|(key, [old, new])| change(subject, name, key, old, new)).collect()
}

/// All of a subject that is in one revision only.
pub fn whole<'p>(subject: Subject<'p>, name: &'p str, facts: Facts<'p>, is_new: bool) -> Vec<Change<'p>> {
    let is_record = |fact: &Fact<'p>| fact.key.part.first().is_some_and(SubjectPart::is_record);
    let (records, own): (Vec<_>, Vec<_>) = facts.into_iter().partition(is_record);
    let kind = if is_new { ChangeKind::Added } else { ChangeKind::Dropped };
    let mut change = Change::new(subject, name, kind, super::field::Topic::Structure);
    change.topic = match subject {
        Subject::Indicator(_) | Subject::Bands(_) => super::field::Topic::Targets,
        other => Field::Name.topic(other),
    };
    *(if is_new { &mut change.new } else { &mut change.old }) = own;
    let (old, new) = if is_new { (Vec::new(), records) } else { (records, Vec::new()) };
    std::iter::once(change).chain(compare(subject, name, old, new)).collect()
}

/// The facts that the other list does not have.
fn unmatched<'p>(old: Facts<'p>, new: Facts<'p>) -> (Facts<'p>, Facts<'p>) {
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let (mut olds, mut news) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let order = match (olds.peek(), news.peek()) {
            (Some(a), Some(b)) => a.key.cmp(&b.key),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => return (gone, come),
        };
        let a = order.is_le().then(|| olds.next()).flatten();
        let b = order.is_ge().then(|| news.next()).flatten();
        if a != b {
            gone.extend(a);
            come.extend(b);
        }
    }
}

/// Every part and every part of a part.
fn parts<'p>(facts: &[Fact<'p>]) -> BTreeSet<Vec<SubjectPart<'p>>> {
    let all = facts.iter().flat_map(|fact| (1..=fact.key.part.len()).map(|depth| fact.key.part[..depth].to_vec()));
    all.collect()
}

/// What a fact without its like belongs to: a record, the outermost part that the other revision does not have, or its
/// own key.
fn key_of<'p>(fact: &Fact<'p>, others: &BTreeSet<Vec<SubjectPart<'p>>>) -> Key<'p> {
    let part = &fact.key.part;
    let of = |depth: usize| Key { part: part[..depth].to_vec(), field: part[depth - 1].field() };
    if part.first().is_some_and(SubjectPart::is_record) {
        return of(1);
    }
    let missing = (1..=part.len()).find(|depth| !others.contains(&part[..*depth]));
    // A reading is one thing, whatever of it changed.
    let reading = part.iter().position(|part| matches!(part, SubjectPart::At(..))).map(|at| at + 1);
    missing.or(reading).map_or_else(|| fact.key.clone(), of)
}

fn change<'p>(subject: Subject<'p>, name: &'p str, key: Key<'p>, old: Facts<'p>, new: Facts<'p>) -> Change<'p> {
    let is_record = key.part.first().is_some_and(SubjectPart::is_record);
    let whole = key.part.last().is_some_and(|part| part.field() == key.field);
    let kind = match (key.field, old.is_empty(), new.is_empty()) {
        (_, true, _) if is_record => ChangeKind::Recorded,
        (_, _, true) if is_record => ChangeKind::Withdrawn,
        _ if is_record => ChangeKind::Rewritten,
        (Field::Dropped, true, _) => ChangeKind::Dropped,
        (Field::Dropped, _, true) => ChangeKind::Added,
        (_, true, _) if whole => ChangeKind::Added,
        (_, _, true) if whole => ChangeKind::Dropped,
        (Field::Name, ..) => ChangeKind::Renamed,
        (Field::Parent, ..) => ChangeKind::Moved,
        _ => ChangeKind::Changed,
    };
    let topic = match (key.part.first(), key.field) {
        (_, field) if is_record => field.topic(subject),
        // A year of a version of a scale is no deadline, a step of a plan's road is one.
        (Some(SubjectPart::Version(_)), _) => Field::Scale.topic(subject),
        (
            Some(
                part @ (SubjectPart::Named(Field::Stage | Field::Schedule | Field::Figure, ..) | SubjectPart::Until(_)),
            ),
            _,
        ) => part.field().topic(subject),
        (Some(_), Field::Date) => Field::Milestone.topic(subject),
        (_, field) => field.topic(subject),
    };
    Change { key: Some(key), old, new, ..Change::new(subject, name, kind, topic) }
}

/// Gives the parts of a subject that seem to be only reworded the names of the new revision, so that they are compared
/// with them.
pub fn align<'p>(old: &mut [Fact<'p>], new: &[Fact<'p>]) {
    if old != new {
        align_at(old, new, 0);
        align_at(old, new, 1);
        old.sort_by(|a, b| a.key.cmp(&b.key));
    }
}

fn align_at<'p>(old: &mut [Fact<'p>], new: &[Fact<'p>], depth: usize) {
    let named = |facts: &[Fact<'p>]| -> BTreeSet<Vec<SubjectPart<'p>>> {
        let parts = facts.iter().filter_map(|fact| fact.key.part.get(..=depth));
        parts.filter(|part| matches!(part.last(), Some(SubjectPart::Named(..)))).map(<[_]>::to_vec).collect()
    };
    let (olds, news) = (named(old), named(new));
    let mut free: Vec<&Vec<SubjectPart<'p>>> = news.difference(&olds).collect();
    for before in olds.difference(&news) {
        let alike = |after: &&&Vec<SubjectPart<'p>>| {
            before[..depth] == after[..depth] && are_alike(before[depth], after[depth])
        };
        let Some(at) = free.iter().position(|after| alike(&after)) else { continue };
        let after = free.remove(at);
        for fact in old.iter_mut().filter(|fact| fact.key.part.starts_with(before)) {
            fact.key.part[depth] = after[depth];
        }
    }
}

fn are_alike(a: SubjectPart<'_>, b: SubjectPart<'_>) -> bool {
    match (a, b) {
        (SubjectPart::Named(field, a, _), SubjectPart::Named(other, b, _)) => {
            field == other && strsim::normalized_levenshtein(a, b) >= ALIKE
        }
        _ => false,
    }
}

impl SubjectPart<'_> {
    /// Whether it is a record rather than a part of the definition.
    pub fn is_record(&self) -> bool {
        matches!(self, Self::Record(Field::Update | Field::Actual, ..))
    }
}

/// Folds a changed order of grades or bands into the change of the one that came or went, where there is such a change.
pub fn fold_orders(changes: &mut Vec<Change<'_>>) {
    let is_list = |change: &Change<'_>| {
        let key = change.key.as_ref();
        key.is_some_and(|key| matches!(key.field, Field::Grades | Field::Bands) && key.part.len() < 2)
            && change.kind == ChangeKind::Changed
            && same_order(change)
    };
    for list in changes.extract_if(.., |change| is_list(change)).collect::<Vec<_>>() {
        let around = list.key.as_ref().map(|key| key.part.clone()).unwrap_or_default();
        let part_of = |change: &&mut Change<'_>| {
            let part = change.key.as_ref().map(|key| &key.part[..]);
            let inner = part.is_some_and(|part| part.len() == around.len() + 1 && part.starts_with(&around));
            change.subject == list.subject && inner && matches!(change.kind, ChangeKind::Added | ChangeKind::Dropped)
        };
        match changes.iter_mut().find(part_of) {
            Some(change) => {
                change.beside[0].extend(list.old);
                change.beside[1].extend(list.new);
            }
            None => changes.push(list),
        }
    }
}

/// Whether what both lists have stands in the same order in both.
fn same_order(change: &Change<'_>) -> bool {
    let ids = |facts: &Facts<'_>| match facts.first().map(|fact| &fact.datum) {
        Some(Datum::Refs(refs)) => refs.iter().map(|r| r.id.clone()).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let (old, new) = (ids(&change.old), ids(&change.new));
    let common = |of: &[Id], others: &[Id]| of.iter().filter(|id| others.contains(id)).cloned().collect::<Vec<_>>();
    common(&old, &new) == common(&new, &old)
}

/// Pairs of entries that are probably one, renumbered without `formerly`: dropped here, added there, and called alike.
pub fn probable_renumberings<'p>(changes: &[Change<'p>]) -> Vec<(&'p Id, &'p Id)> {
    const MUST_BE_ALIKE: f64 = 0.8;
    let entries = |kind: ChangeKind<'static>| {
        changes.iter().filter(move |c| c.kind == kind && c.key.is_none()).filter_map(|c| match c.subject {
            Subject::Entry(id) => Some((id, c.name)),
            _ => None,
        })
    };
    let mut added: Vec<_> = entries(ChangeKind::Added).collect();
    // Where a whole plan was numbered anew, nobody goes through what each of its entries may have become.
    const MOST_PAIRS: usize = 250_000;
    if added.len().saturating_mul(entries(ChangeKind::Dropped).count()) > MOST_PAIRS {
        return Vec::new();
    }
    let pair = |(old, was): (&'p Id, &'p str)| {
        let alike = |name: &str| strsim::normalized_levenshtein(was, name);
        let best = added.iter().enumerate().filter(|(_, (_, name))| alike(name) >= MUST_BE_ALIKE);
        let (at, _) = best.max_by(|(_, (_, a)), (_, (_, b))| alike(a).total_cmp(&alike(b)))?;
        Some((old, added.remove(at).0))
    };
    entries(ChangeKind::Dropped).filter_map(pair).collect()
}
