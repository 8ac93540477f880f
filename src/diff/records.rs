//! Records: what a new one says that was not known before.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::change::{Change, ChangeKind};
use super::datum::Datum;
use super::fact::{Fact, SubjectPart};
use super::field::Field;
use crate::plan::id::Id;
use crate::plan::period::Period;

/// Tells what new records of a subject do: whether a grade moved, a value was corrected or confirmed. `facts` are all
/// that the new revision says of the subject, in order of their keys, which for records is that of time.
pub fn refine<'p>(changes: &mut [Change<'p>], facts: &[Fact<'p>]) {
    let recorded = |change: &&mut Change<'p>| matches!(change.kind, ChangeKind::Recorded);
    let mut changes = changes.iter_mut().filter(recorded).peekable();
    if changes.peek().is_none() {
        return;
    }
    let known = Known::new(facts);
    for change in changes {
        let Some(own) = change.key.as_ref().and_then(|key| key.part.first().copied()) else { continue };
        let says = |field: Field| change.new.iter().find(|fact| fact.key.field == field);
        if let Some(corrects) = says(Field::Corrects) {
            let kind = if says(Field::Withdrawn).is_some() { ChangeKind::TakenBack } else { ChangeKind::Corrected };
            let of = known.named.corrected(corrects).map_or(&[][..], |of| known.of(of));
            change.before = of.iter().filter(|fact| tells_how_it_stands(fact)).cloned().collect();
            change.kind = kind;
            continue;
        }
        match own {
            SubjectPart::Record(Field::Update, ..) => rated(change, own, &known),
            SubjectPart::Record(_, period, ..) => measured(change, known.last_of(period, own)),
            _ => {}
        }
    }
}

/// What is said of a grade or of progress, by whom: within a record.
type Topic<'f, 'p> = (Option<&'p Id>, Field, &'f [SubjectPart<'p>]);

/// The facts of a subject, found by what records ask of them.
struct Known<'f, 'p> {
    facts: &'f [Fact<'p>],
    named: NamedRecords<'p>,
    /// The grades and the progress of the updates that stand, in order of time.
    rated: HashMap<Topic<'f, 'p>, Vec<&'f Fact<'p>>>,
    /// The records that stand, by what they are about, in order of time.
    standing: HashMap<Period, Vec<SubjectPart<'p>>>,
}

impl<'f, 'p> Known<'f, 'p> {
    fn new(facts: &'f [Fact<'p>]) -> Self {
        let named = NamedRecords::new(facts);
        // What was corrected by another record is not what was recorded last.
        let corrected: HashSet<SubjectPart<'p>> = facts.iter().filter_map(|fact| named.corrected(fact)).collect();
        let mut known = Self { facts, named, rated: HashMap::new(), standing: HashMap::new() };
        for fact in facts {
            let Some(part @ SubjectPart::Record(_, period, ..)) = fact.key.part.first() else { continue };
            if corrected.contains(part) {
                continue;
            }
            let standing = known.standing.entry(*period).or_default();
            if standing.last() != Some(part) {
                standing.push(*part);
            }
            if let (SubjectPart::Record(Field::Update, _, _, who, _), Field::Rating | Field::Progress) =
                (part, fact.key.field)
            {
                known.rated.entry((*who, fact.key.field, &fact.key.part[1..])).or_default().push(fact);
            }
        }
        known
    }

    /// The facts of a record.
    fn of(&self, part: SubjectPart<'p>) -> &'f [Fact<'p>] {
        let begin = self.facts.partition_point(|fact| fact.key.part.first() < Some(&part));
        let length = self.facts[begin..].partition_point(|fact| fact.key.part.first() == Some(&part));
        &self.facts[begin..begin + length]
    }

    /// The facts of the last record about a period before another one.
    fn last_of(&self, period: Period, before: SubjectPart<'p>) -> &'f [Fact<'p>] {
        let standing = self.standing.get(&period).map_or(&[][..], Vec::as_slice);
        let earlier = standing.partition_point(|part| *part < before);
        earlier.checked_sub(1).map_or(&[][..], |last| self.of(standing[last]))
    }
}

/// What a record is called, but for what tells it from others of that name.
type Called = (Field, Period, Option<NaiveDate>);

/// The records of a subject by what they are called, in the order of the file, which tells which of them is meant.
struct NamedRecords<'p>(HashMap<Called, Vec<SubjectPart<'p>>>);

impl<'p> NamedRecords<'p> {
    fn new(facts: &[Fact<'p>]) -> Self {
        let mut places: HashMap<SubjectPart<'p>, u32> = HashMap::new();
        for fact in facts {
            if let Some(part @ SubjectPart::Record(..)) = fact.key.part.first() {
                // Figures stand within their record.
                let place = places.entry(*part).or_insert(fact.origin.offset);
                *place = fact.origin.offset.min(*place);
            }
        }
        let mut records: Vec<(u32, SubjectPart<'p>)> = places.into_iter().map(|(part, at)| (at, part)).collect();
        records.sort_unstable();
        let mut named: HashMap<Called, Vec<SubjectPart<'p>>> = HashMap::new();
        for (_, part) in records {
            if let SubjectPart::Record(kind, period, recorded, ..) = part {
                named.entry((kind, period, recorded)).or_default().push(part);
            }
        }
        Self(named)
    }

    /// The record that a fact says its own record corrects.
    fn corrected(&self, fact: &Fact<'p>) -> Option<SubjectPart<'p>> {
        let [SubjectPart::Record(kind, ..), SubjectPart::Record(Field::Corrects, period, recorded, _, nth)] =
            fact.key.part[..]
        else {
            return None;
        };
        self.0.get(&(kind, period, recorded))?.get(nth.checked_sub(1)?).copied()
    }
}

/// Whether a fact of a record is worth standing beside the one that corrects it.
fn tells_how_it_stands(fact: &Fact<'_>) -> bool {
    let stands = [Field::Rating, Field::Progress, Field::Step, Field::Date, Field::Value, Field::Provisional];
    let is_figure = matches!(fact.key.part.get(1), Some(SubjectPart::Named(Field::Figure, ..)));
    stands.contains(&fact.key.field) && !is_figure
}

/// The last grade on each scale and the last progress before it.
fn rated<'p>(change: &mut Change<'p>, own: SubjectPart<'p>, known: &Known<'_, 'p>) {
    let SubjectPart::Record(_, _, _, who, _) = own else { return };
    let asked = |fact: &&Fact<'p>| matches!(fact.key.field, Field::Rating | Field::Progress);
    for fact in change.new.iter().filter(asked) {
        let alike = known.rated.get(&(who, fact.key.field, &fact.key.part[1..])).map_or(&[][..], Vec::as_slice);
        let earlier = alike.partition_point(|other| other.key.part[0] < own);
        let before = alike[..earlier].last();
        if fact.key.field == Field::Rating && before.is_none_or(|before| before.datum != fact.datum) {
            change.kind = ChangeKind::RatingMoved;
        }
        change.before.extend(before.map(|fact| Fact::clone(fact)));
    }
}

/// The value that was recorded before for the same period.
fn measured<'p>(change: &mut Change<'p>, last: &[Fact<'p>]) {
    let is = |facts: &[Fact<'p>]| facts.iter().any(|fact| fact.key.field == Field::Provisional);
    let has_value = |fact: &Fact<'p>| {
        fact.key.field == Field::Value
            && matches!(&fact.datum, Datum::Amount(amount) if !matches!(amount.value, crate::plan::value::Value::Absent(_)))
    };
    if last.iter().any(has_value) {
        change.kind = if is(last) && !is(&change.new) { ChangeKind::Confirmed } else { ChangeKind::Corrected };
    }
    change.before = last.to_vec();
}
