//! Why something changed, where the plan says so; what only says so is no change of its own.

use super::change::{Change, ChangeKind};
use super::datum::Datum;
use super::fact::{Fact, Subject, SubjectPart};
use super::field::Field;
use super::targets::amount;

/// Gives the changes of one subject the reasons that the plan states beside them.
pub fn attach<'p>(changes: &mut Vec<Change<'p>>) {
    by_revision(changes);
    by_amendment(changes);
}

/// `[[change]]` of the plan as a whole states reasons of what has no place for them any more, by `of`.
pub fn attach_to_others<'p>(changes: &mut Vec<Change<'p>>) {
    for mut amendment in extract(changes, |change| {
        change.subject == Subject::Plan && stated_reason(change).is_some_and(|t| !t.of.is_empty())
    }) {
        let Some(StatedReason { reason, keys, of }) = self::stated_reason(&amendment) else { continue };
        let concerned =
            |c: &&mut Change<'p>| c.subject.id().is_some_and(|id| of.contains(&id.as_str())) && concerns(c, &keys);
        let mut taken = false;
        for change in changes.iter_mut().filter(concerned).filter(|c| c.reason.is_none()) {
            give(change, reason, &mut amendment, &mut taken);
        }
        if !taken {
            changes.push(amendment);
        }
    }
}

/// The reason that an amendment states, and what for.
struct StatedReason<'p> {
    reason: &'p str,
    keys: Vec<&'p str>,
    of: Vec<&'p str>,
}

fn stated_reason<'p>(change: &Change<'p>) -> Option<StatedReason<'p>> {
    let facts = if change.new.is_empty() { &change.old } else { &change.new };
    let is_whole = matches!(change.key.as_ref()?.part[..], [SubjectPart::Amendment(..)]);
    if !is_whole || !matches!(change.kind, ChangeKind::Added | ChangeKind::Dropped) {
        return None;
    }
    let find = |field: Field| facts.iter().find(|fact| fact.key.field == field).map(|fact| &fact.datum);
    let Some(Datum::Text(reason)) = find(Field::Reason) else { return None };
    let keys = match find(Field::Amendment) {
        Some(Datum::Texts(keys)) => keys.clone(),
        _ => Vec::new(),
    };
    let of = match find(Field::Entries) {
        Some(Datum::Refs(refs)) => refs.iter().map(|r| r.id.as_str()).collect(),
        _ => Vec::new(),
    };
    Some(StatedReason { reason, keys, of })
}

/// Whether a reason given for these keys is a reason of the change.
fn concerns(change: &Change<'_>, keys: &[&str]) -> bool {
    let named = |key: &str| match &change.key {
        None => false,
        Some(of) => of.field.key() == key || of.part.iter().any(|part| part.field().key() == key),
    };
    !change.is_record() && (keys.is_empty() || keys.iter().any(|key| named(key)))
}

fn by_amendment<'p>(changes: &mut Vec<Change<'p>>) {
    for mut amendment in
        extract(changes, |change| stated_reason(change).is_some_and(|amendment| amendment.of.is_empty()))
    {
        let Some(StatedReason { reason, keys, .. }) = self::stated_reason(&amendment) else { continue };
        let mut taken = false;
        for change in
            changes.iter_mut().filter(|c| c.reason.is_none() && self::stated_reason(c).is_none() && concerns(c, &keys))
        {
            give(change, reason, &mut amendment, &mut taken);
        }
        if !taken {
            changes.push(amendment);
        }
    }
}

/// `revised` keeps the targets that held before: its reason is that of the change from them.
fn by_revision<'p>(changes: &mut Vec<Change<'p>>) {
    let is_revision = |change: &Change<'p>| {
        matches!(change.key.as_ref().map(|key| &key.part[..]), Some([SubjectPart::Until(_)]))
            && matches!(change.kind, ChangeKind::Added | ChangeKind::Dropped)
    };
    for mut amendment in extract(changes, is_revision) {
        let came = amendment.kind == ChangeKind::Added;
        let kept = if came { amendment.new.clone() } else { amendment.old.clone() };
        let reason = kept.iter().find_map(|fact| match (fact.key.field, &fact.datum) {
            (Field::Reason, Datum::Text(reason)) => Some(*reason),
            _ => None,
        });
        let mut taken = false;
        let is_target = |c: &&mut Change<'p>| {
            matches!(c.key.as_ref().map(|k| &k.part[..]), Some([SubjectPart::At(Field::Target, _)]))
        };
        for change in changes.iter_mut().filter(is_target) {
            let before = if came { &change.old } else { &change.new };
            if !keeps(&kept, before) {
                continue;
            }
            match reason {
                Some(reason) if change.reason.is_none() => give(change, reason, &mut amendment, &mut taken),
                _ => put_beside(change, &mut amendment, &mut taken),
            }
        }
        if !taken {
            changes.push(amendment);
        }
    }
}

/// Whether the targets of a `revised` hold this one.
fn keeps(kept: &[Fact<'_>], target: &[Fact<'_>]) -> bool {
    let Some((value, part)) = amount(target) else { return false };
    let same = |fact: &Fact<'_>| {
        fact.key.part.last().copied() == part && matches!(&fact.datum, Datum::Amount(kept) if kept == value)
    };
    kept.iter().any(same)
}

fn give<'p>(change: &mut Change<'p>, reason: &'p str, amendment: &mut Change<'p>, taken: &mut bool) {
    change.reason = Some(reason);
    put_beside(change, amendment, taken);
}

/// What is amendment stands beside the first change that it is amendment of.
fn put_beside<'p>(change: &mut Change<'p>, amendment: &mut Change<'p>, taken: &mut bool) {
    if !std::mem::replace(taken, true) {
        change.beside[0].append(&mut amendment.old);
        change.beside[1].append(&mut amendment.new);
    }
}

fn extract<'p>(changes: &mut Vec<Change<'p>>, is: impl Fn(&Change<'p>) -> bool) -> Vec<Change<'p>> {
    let (out, rest) = std::mem::take(changes).into_iter().partition(is);
    *changes = rest;
    out
}
