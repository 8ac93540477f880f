//! What changed between two revisions of a plan: Plan × Plan → changes, by identity and in order of importance.
//!
//! Both plans are taken apart into [`facts`]; entries that were renumbered, merged or split are matched by [`identity`];
//! what differs is a [`change`]. What the plans themselves do not know (comments, order, notation) is shown by the comparison of files.

mod asked;
pub mod change;
mod compare;
pub mod datum;
pub mod fact;
pub mod facts;
pub mod field;
pub mod files;
pub mod history;
pub mod identity;
mod reasons;
mod records;
mod sequence;
mod targets;
pub mod words;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::plan::Plan;
use crate::plan::id::Id;
use crate::query::AsOf;
pub use asked::Asked;
use change::{Change, ChangeKind};
use fact::{Subject, SubjectPart};
use facts::Facts;
use field::{Field, Topic};
use identity::{Identity, Lineage};
pub use targets::easier;

/// The differences between two revisions.
#[derive(Debug, Default)]
pub struct Diff<'p> {
    /// The most important first, then in order of the outline.
    pub changes: Vec<Change<'p>>,
    /// Entries that were probably renumbered, though no `formerly` says so: the old id and the new one.
    pub probable: Vec<(&'p Id, &'p Id)>,
    /// Which entry continues which.
    pub identity: Identity<'p>,
}

/// How two revisions are compared.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// As of when verdicts are.
    pub as_of: AsOf,
    /// Ids whose records are known to be the same in both, whether or not both were read with them.
    pub same_records: &'q [String],
}

/// What changed from `old` to `new`. Verdicts are those on the actuals of `new`.
pub fn diff<'p>(old: &'p Plan, new: &'p Plan, question: &Question<'_>) -> Diff<'p> {
    let identity = Identity::new(old, new);
    let (mut olds, mut news) = aligned(&identity, old, new);
    leave_out(&mut olds, question.same_records);
    leave_out(&mut news, question.same_records);
    let mut changes = Vec::new();
    for (subject, facts) in news {
        let mut own = match olds.remove(&subject) {
            Some(before) => changes_of(subject, name(&facts), before, facts),
            None => own_whole(subject, facts, true),
        };
        reasons::attach(&mut own);
        changes.extend(own);
    }
    for (subject, facts) in olds {
        changes.extend(own_whole(subject, facts, false));
    }
    trace(&mut changes, &identity, new);
    reasons::attach_to_others(&mut changes);
    targets::judge(&mut changes, old, new, question.as_of);
    let probable = compare::probable_renumberings(&changes);
    let order = outline_order(old, new);
    compare::fold_orders(&mut changes);
    changes.sort_by_cached_key(|c| (c.topic, rank(c), order.get(&c.subject).copied(), c.key.clone()));
    Diff { changes, probable, identity }
}

/// The facts of both revisions by subject, those of the old one by the ids and names of the new one.
pub fn aligned<'p>(
    identity: &Identity<'p>,
    old: &'p Plan,
    new: &'p Plan,
) -> (BTreeMap<Subject<'p>, Facts<'p>>, BTreeMap<Subject<'p>, Facts<'p>>) {
    let news: BTreeMap<_, _> = facts::all(new).into_iter().collect();
    let mut olds = identity.translate(facts::all(old));
    for (subject, facts) in &mut olds {
        news.get(subject).into_iter().for_each(|new| compare::align(facts, new));
    }
    (olds, news)
}

/// Leaves out the records of these ids.
fn leave_out(subjects: &mut BTreeMap<Subject<'_>, Facts<'_>>, same_records: &[String]) {
    if same_records.is_empty() {
        return;
    }
    let same: HashSet<&str> = same_records.iter().map(String::as_str).collect();
    for (_, facts) in
        subjects.iter_mut().filter(|(subject, _)| subject.id().is_some_and(|id| same.contains(id.as_str())))
    {
        facts.retain(|fact| !fact.key.part.first().is_some_and(SubjectPart::is_record));
    }
}

fn changes_of<'p>(subject: Subject<'p>, name: &'p str, old: Facts<'p>, new: Facts<'p>) -> Vec<Change<'p>> {
    if old == new {
        return Vec::new();
    }
    let mut changes = compare::compare(subject, name, old, new.clone());
    targets::refine(&mut changes);
    records::refine(&mut changes, &new);
    changes
}

fn own_whole<'p>(subject: Subject<'p>, facts: Facts<'p>, is_new: bool) -> Vec<Change<'p>> {
    let mut changes = compare::whole(subject, name(&facts), facts.clone(), is_new);
    if is_new {
        records::refine(&mut changes, &facts);
    }
    changes
}

/// What the facts call their subject.
fn name<'p>(facts: &Facts<'p>) -> &'p str {
    let named =
        |fact: &&fact::Fact<'p>| fact.key.part.is_empty() && matches!(fact.key.field, Field::Name | Field::Title);
    match facts.iter().find(named).or_else(|| facts.iter().find(|fact| fact.key.field == Field::Name)).map(|f| &f.datum)
    {
        Some(datum::Datum::Text(name)) => name,
        _ => "",
    }
}

/// Tells renumberings, mergers and splits as such: the ids that came and went with them are no changes of their own.
fn trace<'p>(changes: &mut Vec<Change<'p>>, identity: &Identity<'p>, new: &'p Plan) {
    for (from, to) in &identity.indicators {
        let subject = Subject::Indicator(to);
        let indicator = new.indicators.iter().find(|indicator| indicator.id == **to);
        let name = indicator.map_or("", |indicator| &indicator.name);
        let mut traced = Change::new(subject, name, ChangeKind::Renumbered(from), Topic::Structure);
        let is_former = |c: &Change<'p>| {
            c.subject == subject && c.key.as_ref().is_some_and(|k| k.part.is_empty() && k.field == Field::Formerly)
        };
        for change in changes.extract_if(.., |change| is_former(change)) {
            traced.beside = [change.old, change.new];
        }
        changes.push(traced);
    }
    for lineage in &identity.lineages {
        let (kind, subject, sides) = match lineage {
            Lineage::Renumbered(from, to) => (ChangeKind::Renumbered(from), *to, vec![]),
            Lineage::Merged(from, to) => {
                (ChangeKind::Merged(from.clone()), *to, from.iter().map(|id| (*id, ChangeKind::Dropped)).collect())
            }
            Lineage::Split(from, to) => {
                let first = identity.continuing(from).unwrap_or(from);
                (ChangeKind::Split(from, to.clone()), first, to.iter().map(|id| (*id, ChangeKind::Added)).collect())
            }
        };
        let subject = Subject::Entry(subject);
        let entry = new.entries.iter().find(|entry| Subject::Entry(&entry.id) == subject);
        let mut traced = Change::new(subject, entry.map_or("", |entry| &entry.name), kind, Topic::Structure);
        // What is made of several has a name of its own.
        let named = match lineage {
            Lineage::Renumbered(..) => false,
            Lineage::Merged(from, to) => !from.contains(to),
            Lineage::Split(from, to) => !to.contains(from),
        };
        let goes_without_saying = |field| field == Field::Formerly || named && field == Field::Name;
        let belongs = |change: &Change<'p>| {
            let key = change.key.as_ref().filter(|key| key.part.is_empty());
            let bookkeeping = key.is_some_and(|key| goes_without_saying(key.field));
            change.subject == subject && bookkeeping
                || change.key.is_none()
                    && sides.iter().any(|(id, kind)| change.subject == Subject::Entry(id) && change.kind == *kind)
        };
        for change in changes.extract_if(.., |change| belongs(change)) {
            // What came or went as a whole is shown; a list of former ids is not.
            let beside = change.key.is_some();
            let [old, new] = &mut traced.beside;
            (if beside { old } else { &mut traced.old }).extend(change.old);
            (if beside { new } else { &mut traced.new }).extend(change.new);
            traced.beside.iter_mut().zip(change.beside).for_each(|(all, more)| all.extend(more));
            traced.reason = traced.reason.or(change.reason);
        }
        changes.push(traced);
    }
}

/// Within a topic: what was lowered, what is measured from, then everything else.
fn rank(change: &Change<'_>) -> u8 {
    let field =
        change.key.as_ref().map(|key| (key.part.first().map(SubjectPart::field).unwrap_or(key.field), key.field));
    match (&change.kind, field) {
        (ChangeKind::Lowered, _) => 0,
        (_, Some((Field::Baseline, _))) => 1,
        (_, Some((Field::Target, _))) => 2,
        (ChangeKind::Merged(_) | ChangeKind::Split(..), _) => 4,
        (ChangeKind::Dropped, None) => 3,
        (ChangeKind::Added, None) => 4,
        (ChangeKind::Renumbered(_), _) => 5,
        (ChangeKind::Moved, _) => 6,
        (ChangeKind::Renamed, _) => 7,
        _ => 8,
    }
}

/// Where each subject stands: registers first, then the outline, then the indicators; what is gone where it was.
fn outline_order<'p>(old: &'p Plan, new: &'p Plan) -> HashMap<Subject<'p>, (u8, usize)> {
    let mut order = HashMap::new();
    for plan in [new, old] {
        for (at, entry) in plan.entries.iter().enumerate() {
            order.entry(Subject::Entry(&entry.id)).or_insert((1, at));
        }
        for (at, indicator) in plan.indicators.iter().enumerate() {
            order.entry(Subject::Indicator(&indicator.id)).or_insert((2, at));
        }
    }
    order
}
