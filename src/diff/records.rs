//! Records: what a new one says that was not known before.

use super::change::{Change, ChangeKind};
use super::datum::Datum;
use super::fact::{Fact, SubjectPart};
use super::field::Field;

/// Tells what new records of a subject do: whether a grade moved, a value was corrected or confirmed. `facts` are all
/// that the new revision says of the subject, in order of their keys, which for records is that of time.
pub fn refine<'p>(changes: &mut [Change<'p>], facts: &[Fact<'p>]) {
    let corrected: Vec<SubjectPart<'p>> = facts.iter().filter_map(|fact| corrected(fact, facts)).collect();
    for change in changes.iter_mut().filter(|c| matches!(c.kind, ChangeKind::Recorded)) {
        let Some(own) = change.key.as_ref().and_then(|key| key.part.first().copied()) else { continue };
        let says = |field: Field| change.new.iter().find(|fact| fact.key.field == field);
        if let Some(corrects) = says(Field::Corrects) {
            let kind = if says(Field::Withdrawn).is_some() { ChangeKind::TakenBack } else { ChangeKind::Corrected };
            let of = self::corrected(corrects, facts);
            let belongs = |fact: &&Fact<'p>| fact.key.part.first().copied() == of && of.is_some();
            change.before = facts.iter().filter(belongs).filter(|fact| tells_how_it_stands(fact)).cloned().collect();
            change.kind = kind;
            continue;
        }
        // What was corrected by another record is not what was recorded last.
        let stands = |fact: &&Fact<'p>| fact.key.part.first().is_some_and(|part| !corrected.contains(part));
        match own {
            SubjectPart::Record(Field::Update, _, _, who, _) => {
                let earlier =
                    |fact: &&Fact<'p>| fact.key.part.first().is_some_and(|part| *part < own && by(part) == who);
                rated(change, &facts.iter().filter(earlier).filter(stands).collect::<Vec<_>>());
            }
            SubjectPart::Record(_, period, ..) => {
                let same = |part: &SubjectPart<'_>| {
                    matches!(part, SubjectPart::Record(_, of, ..) if *of == period) && *part < own
                };
                let earlier = |fact: &&Fact<'p>| fact.key.part.first().is_some_and(same);
                measured(change, &facts.iter().filter(earlier).filter(stands).collect::<Vec<_>>());
            }
            _ => {}
        }
    }
}

/// The record that a fact says its own record corrects.
fn corrected<'p>(fact: &Fact<'p>, facts: &[Fact<'p>]) -> Option<SubjectPart<'p>> {
    let [SubjectPart::Record(kind, ..), SubjectPart::Record(Field::Corrects, period, recorded, _, nth)] =
        fact.key.part[..]
    else {
        return None;
    };
    let named = |fact: &&Fact<'p>| {
        let part = fact.key.part.first();
        matches!(part, Some(SubjectPart::Record(k, p, r, ..)) if (*k, *p, *r) == (kind, period, recorded))
    };
    let mut records: Vec<(u32, SubjectPart<'p>)> =
        facts.iter().filter(named).map(|fact| (fact.origin.offset, fact.key.part[0])).collect();
    // Of those of one name the file's order tells which is meant; figures stand within their record.
    records.sort_unstable();
    let mut parts: Vec<SubjectPart<'p>> = Vec::new();
    for (_, part) in records {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.get(nth.checked_sub(1)?).copied()
}

/// Whether a fact of a record is worth standing beside the one that corrects it.
fn tells_how_it_stands(fact: &Fact<'_>) -> bool {
    let stands = [Field::Rating, Field::Progress, Field::Step, Field::Date, Field::Value, Field::Provisional];
    let is_figure = matches!(fact.key.part.get(1), Some(SubjectPart::Named(Field::Figure, ..)));
    stands.contains(&fact.key.field) && !is_figure
}

fn by<'p>(part: &SubjectPart<'p>) -> Option<&'p crate::plan::id::Id> {
    match part {
        SubjectPart::Record(Field::Update, _, _, who, _) => *who,
        _ => None,
    }
}

/// The last grade on each scale and the last progress before it.
fn rated<'p>(change: &mut Change<'p>, earlier: &[&Fact<'p>]) {
    let asked = |fact: &&Fact<'p>| matches!(fact.key.field, Field::Rating | Field::Progress);
    for fact in change.new.iter().filter(asked) {
        let alike = |other: &&&Fact<'p>| other.key.field == fact.key.field && other.key.part[1..] == fact.key.part[1..];
        let before = earlier.iter().rfind(alike);
        if fact.key.field == Field::Rating && before.is_none_or(|before| before.datum != fact.datum) {
            change.kind = ChangeKind::RatingMoved;
        }
        change.before.extend(before.map(|fact| Fact::clone(fact)));
    }
}

/// The value that was recorded before for the same period.
fn measured<'p>(change: &mut Change<'p>, earlier: &[&Fact<'p>]) {
    let is = |facts: &[&Fact<'p>]| facts.iter().any(|fact| fact.key.field == Field::Provisional);
    let last = earlier.last().and_then(|fact| fact.key.part.first().copied());
    let last: Vec<&Fact<'p>> = earlier.iter().filter(|fact| fact.key.part.first().copied() == last).copied().collect();
    let has_value = |fact: &&Fact<'p>| {
        fact.key.field == Field::Value
            && matches!(&fact.datum, Datum::Amount(amount) if !matches!(amount.value, crate::plan::value::Value::Absent(_)))
    };
    if last.iter().any(has_value) {
        let own: Vec<&Fact<'p>> = change.new.iter().collect();
        change.kind = if is(&last) && !is(&own) { ChangeKind::Confirmed } else { ChangeKind::Corrected };
    }
    change.before = last.into_iter().cloned().collect();
}
