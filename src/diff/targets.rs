//! Targets: whether they became easier to meet, and what that does to the verdict.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::change::{Change, ChangeKind, Consequence};
use super::datum::{Amount, Datum};
use super::fact::{Fact, Subject, SubjectPart};
use super::field::{Field, Topic};
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::value::Value;
use crate::plan::{Plan, Subject as Found};
use crate::query::AsOf;
use crate::query::gap::gap;

/// Tells which changes of an indicator make its target easier or harder to meet, and pairs a target with the one that
/// took its place in another year.
pub fn refine<'p>(changes: &mut Vec<Change<'p>>) {
    for field in [Field::Target, Field::Baseline] {
        pair_years(changes, field);
    }
    for change in changes.iter_mut().filter(|c| matches!(c.subject, Subject::Indicator(_))) {
        let Some(key) = &change.key else { continue };
        let easier = match (key.field, &key.part[..]) {
            (Field::Target, [SubjectPart::At(..)]) => easier_target(&change.old, &change.new),
            (Field::Tolerance, []) => match (datum(&change.old), datum(&change.new)) {
                (Some(Datum::Number(was)), Some(Datum::Number(is))) => Some(is.cmp(was)),
                _ => None,
            },
            _ => None,
        };
        match easier {
            Some(Ordering::Greater) => change.kind = ChangeKind::Lowered,
            Some(Ordering::Less) => change.kind = ChangeKind::Raised,
            _ => {}
        }
    }
}

/// One target is gone and another one came, for another year: that is one change.
fn pair_years(changes: &mut Vec<Change<'_>>, field: Field) {
    let of = |kind: ChangeKind<'static>, changes: &[Change<'_>]| {
        let is = |c: &Change<'_>| {
            c.kind == kind
                && c.key.as_ref().is_some_and(|k| matches!(k.part[..], [SubjectPart::At(f, _)] if f == field))
        };
        let places: Vec<usize> = changes.iter().enumerate().filter(|(_, c)| is(c)).map(|(at, _)| at).collect();
        <[usize; 1]>::try_from(places).ok().map(|[at]| at)
    };
    if let (Some(gone), Some(come)) = (of(ChangeKind::Dropped, changes), of(ChangeKind::Added, changes)) {
        let old = std::mem::take(&mut changes[gone].old);
        changes[come].old = old;
        changes[come].kind = ChangeKind::Changed;
        changes.remove(gone);
    }
}

/// The one thing that facts of a reading say of its value.
pub fn amount<'f, 'p>(facts: &'f [Fact<'p>]) -> Option<(&'f Amount<'p>, Option<SubjectPart<'p>>)> {
    facts.iter().find_map(|fact| match &fact.datum {
        Datum::Amount(amount) => Some((amount, fact.key.part.last().copied())),
        _ => None,
    })
}

fn datum<'f, 'p>(facts: &'f [Fact<'p>]) -> Option<&'f Datum<'p>> {
    facts.first().map(|fact| &fact.datum)
}

/// `Greater` when the new target is easier to meet.
fn easier_target(old: &[Fact<'_>], new: &[Fact<'_>]) -> Option<Ordering> {
    let ((was, of), (is, due)) = (amount(old)?, amount(new)?);
    let period = |part: Option<SubjectPart<'_>>| match part {
        Some(SubjectPart::At(_, period)) => Some(period.last_day()),
        _ => None,
    };
    easier_by(was, period(of), is, period(due))
}

/// `Greater` when a target of an indicator is easier to meet than the one whose place it took.
pub fn easier(indicator: &Indicator, was: &Reading, is: &Reading) -> Option<Ordering> {
    let (kind, unit) = (&indicator.kind, &*indicator.unit.0);
    let [old, new] = [was, is].map(|of| Amount { value: &of.value, written: of.written(), kind, unit });
    easier_by(&old, Some(was.period.last_day()), &new, Some(is.period.last_day()))
}

fn easier_by(was: &Amount<'_>, of: Option<NaiveDate>, is: &Amount<'_>, due: Option<NaiveDate>) -> Option<Ordering> {
    let value = easier_value(was, is)?;
    // The same by a later year is easier.
    match (value, due.cmp(&of)) {
        (Ordering::Equal, other) | (other, Ordering::Equal) => Some(other),
        (value, year) if value == year => Some(value),
        _ => None,
    }
}

/// `Greater` when the new value is easier to reach; `None` where that can't be decided.
fn easier_value(was: &Amount<'_>, is: &Amount<'_>) -> Option<Ordering> {
    if was == is {
        return Some(Ordering::Equal);
    }
    match (is.kind, was.value, is.value) {
        _ if was.kind.key() != is.kind.key() || was.unit != is.unit => None,
        (Kind::Up | Kind::AtLeast, Value::Number(was), Value::Number(is)) => Some(was.cmp(is)),
        (Kind::Down | Kind::AtMost, Value::Number(was), Value::Number(is)) => Some(is.cmp(was)),
        (Kind::Milestone { steps: own }, Value::Step(was_at), Value::Step(is_at)) => {
            (*was.kind == Kind::Milestone { steps: own.clone() }).then(|| was_at.cmp(is_at))
        }
        (Kind::Range, Value::Range(was), Value::Range(is)) => match (was.min.cmp(&is.min), is.max.cmp(&was.max)) {
            (low, high) if low == high => Some(low),
            (Ordering::Equal, other) | (other, Ordering::Equal) => Some(other),
            _ => None,
        },
        // A number that became a word or nothing binds less; the other way round more.
        (_, Value::Number(_) | Value::Range(_), Value::Words | Value::Absent(_)) => Some(Ordering::Greater),
        (_, Value::Words | Value::Absent(_), Value::Number(_) | Value::Range(_)) => Some(Ordering::Less),
        _ => None,
    }
}

/// What the changes of targets do to the verdict on the actual of today.
pub fn judge(changes: &mut [Change<'_>], old: &Plan, new: &Plan, as_of: AsOf) {
    let mut known: Vec<(&Id, Option<Consequence>)> = Vec::new();
    for change in changes.iter_mut().filter(|c| c.topic == Topic::Targets && c.key.is_some()) {
        let Subject::Indicator(id) = change.subject else { continue };
        if !known.iter().any(|(other, _)| *other == id) {
            known.push((id, consequence(id, old, new, as_of)));
        }
        change.consequence = known.iter().find(|(other, _)| *other == id).and_then(|(_, found)| *found);
    }
}

/// The verdicts before and after, on the same actual, where there is one.
fn consequence(id: &Id, old: &Plan, new: &Plan, as_of: AsOf) -> Option<Consequence> {
    let find = |plan: &'_ Plan| match plan.index.get(id) {
        Some(Found::Indicator(place)) => Some(*place),
        _ => None,
    };
    let (was, is) = (&old.indicators[find(old)?], &new.indicators[find(new)?]);
    // The old definition with the actuals of today; targets as they are written, whatever day they held until.
    let verdict = |plan: &Plan, indicator: &Indicator| {
        let judged = Indicator { revised: Vec::new(), measures: is.measures.clone(), ..indicator.clone() };
        let found = gap(plan, &judged, as_of);
        found.actual.map(|_| found.verdict)
    };
    if was.kind.key() != is.kind.key() && matches!(is.kind, Kind::Milestone { .. }) {
        return None;
    }
    Some(Consequence { before: verdict(old, was)?, after: verdict(new, is)? })
}
