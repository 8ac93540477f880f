//! Records: what a new one says that was not known before.

use super::change::{Change, Kind};
use super::datum::Datum;
use super::fact::{Fact, Part};
use super::field::Field;

/// Tells what new records of a subject do: whether a grade moved, a value was corrected or confirmed. `facts` are all
/// that the new revision says of the subject, in order of their keys, which for records is that of time.
pub fn refine<'p>(changes: &mut [Change<'p>], facts: &[Fact<'p>]) {
    for change in changes.iter_mut().filter(|c| matches!(c.kind, Kind::Recorded)) {
        let corrects = change.new.iter().any(|fact| fact.key.field == Field::Corrects);
        let Some(own) = change.key.as_ref().and_then(|key| key.part.first().copied()) else { continue };
        match own {
            Part::Record(Field::Update, _, _, who, _) => {
                let earlier =
                    |fact: &&Fact<'p>| fact.key.part.first().is_some_and(|part| *part < own && by(part) == who);
                rated(change, &facts.iter().filter(earlier).collect::<Vec<_>>());
            }
            Part::Record(_, period, ..) => {
                let same = |part: &Part<'_>| matches!(part, Part::Record(_, of, ..) if *of == period) && *part < own;
                let earlier = |fact: &&Fact<'p>| fact.key.part.first().is_some_and(same);
                measured(change, &facts.iter().filter(earlier).collect::<Vec<_>>());
            }
            _ => {}
        }
        if corrects {
            change.kind = Kind::Corrected;
        }
    }
}

fn by<'p>(part: &Part<'p>) -> Option<&'p crate::plan::id::Id> {
    match part {
        Part::Record(Field::Update, _, _, who, _) => *who,
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
            change.kind = Kind::RatingMoved;
        }
        change.before.extend(before.map(|fact| Fact::clone(fact)));
    }
}

/// The value that was told before for the same period.
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
        change.kind = if is(&last) && !is(&own) { Kind::Confirmed } else { Kind::Corrected };
    }
    change.before = last.into_iter().cloned().collect();
}
