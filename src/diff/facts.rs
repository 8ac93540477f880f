//! A plan taken apart into facts. Every struct of the model is taken apart by naming all its fields, so that one who adds
//! a field is reminded by the compiler to add it here.

mod entry;
mod head;
mod indicator;
mod record;
mod register;

use super::datum::{Amount, Datum, Ref, Word};
use super::fact::{Collector, Fact, Subject, SubjectPart, nth};
use super::field::Field;
use crate::plan::Plan;
use crate::plan::amendment::Amendment;
use crate::plan::entry::{Entry, Figure, Milestone};
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind, Reading, Unit};
use crate::plan::judging::TargetOf;
use crate::plan::source::Origin;
use crate::plan::value::Certainty;

/// The facts of one subject, in order of their keys.
pub type Facts<'p> = Vec<Fact<'p>>;

/// Everything that a plan says, subject by subject. Its index follows from the rest; its folder and revision are no part
/// of it, nor are papers, answers, inquiries, opinions and closed periods, which are compared as files.
pub fn all(plan: &Plan) -> Vec<(Subject<'_>, Facts<'_>)> {
    let Plan {
        folder: _,
        head,
        steps: _,
        closings: _,
        papers: _,
        answers: _,
        inquiries: _,
        meetings: _,
        template: _,
        import: _,
        publication: _,
        scales,
        evaluators,
        owners,
        sources,
        entries,
        indicators,
        band_sets: _,
        index: _,
        revision: _,
        // What entries belong to is theirs, among their groups.
        themes: _,
    } = plan;
    let mut all = vec![(Subject::Plan, head::head(plan, head))];
    all.extend(scales.iter().map(|s| (Subject::Scale(&s.id), register::scale(s))));
    all.extend(evaluators.iter().map(|e| (Subject::Evaluator(&e.id), register::evaluator(plan, e))));
    all.extend(head::own_sets(plan).into_iter().map(|s| (Subject::Bands(&s[0].id), register::bands(&s))));
    all.extend(owners.iter().map(|o| (Subject::Owner(&o.id), register::owner(o))));
    all.extend(sources.iter().map(|s| (Subject::Source(&s.id), register::source(s))));
    all.extend(entries.iter().map(|e| (Subject::Entry(&e.id), entry(plan, e))));
    all.extend(indicators.iter().map(|i| (Subject::Indicator(&i.id), indicator(plan, i))));
    all
}

/// What a plan says of an entry, records and all.
pub fn entry<'p>(plan: &'p Plan, entry: &'p Entry) -> Facts<'p> {
    entry::entry(plan, entry)
}

/// What a plan says of an indicator, records and all.
pub fn indicator<'p>(plan: &'p Plan, indicator: &'p Indicator) -> Facts<'p> {
    indicator::indicator(plan, indicator)
}

fn word(key: &'static str, ja: &'static str, en: &'static str) -> Datum<'static> {
    Datum::Word(Word { key, ja, en })
}

fn refs<'p>(of: impl Iterator<Item = (&'p Id, &'p str)>) -> Option<Datum<'p>> {
    let refs: Vec<Ref<'p>> = of.map(|(id, name)| Ref { id, name }).collect();
    (!refs.is_empty()).then_some(Datum::Refs(refs))
}

fn entries<'p>(plan: &'p Plan, places: impl IntoIterator<Item = usize>) -> Option<Datum<'p>> {
    refs(places.into_iter().map(|place| (&plan.entries[place].id, &*plan.entries[place].name)))
}

fn owners<'p>(plan: &'p Plan, places: &[usize]) -> Option<Datum<'p>> {
    refs(places.iter().map(|place| (&plan.owners[*place].id, &*plan.owners[*place].name)))
}

/// Document and certainty, where they are others than those around.
fn sourced<'p>(c: &mut Collector<'p>, plan: &'p Plan, origin: &Origin, around: &Origin) {
    let Origin { file: _, offset: _, source, certainty } = *origin;
    if source != around.source {
        c.put(
            Field::Source,
            source
                .and_then(|place| plan.sources.get(usize::from(place)))
                .and_then(|s| refs(std::iter::once((&s.id, &*s.title)))),
        );
    }
    if certainty != around.certainty {
        c.put(Field::Certainty, Some(sure(certainty)));
    }
}

fn sure(certainty: Certainty) -> Datum<'static> {
    match certainty {
        Certainty::Stated => word("stated", "記載", "stated"),
        Certainty::Inferred => word("inferred", "推定", "inferred"),
        Certainty::Unconfirmed => word("unconfirmed", "要確認", "unconfirmed"),
    }
}

fn amount<'p>(reading: &'p Reading, indicator: &'p Indicator) -> Datum<'p> {
    let (value, written) = (&reading.value, reading.written());
    Datum::Amount(Amount { value, written, kind: &indicator.kind, unit: &indicator.unit.0 })
}

/// A reading under the key `field`.
fn reading<'p>(c: &mut Collector<'p>, plan: &'p Plan, of: &'p Indicator, field: Field, reading: &'p Reading) {
    let Reading { period, value: _, wording: _, origin } = reading;
    c.within(SubjectPart::At(field, *period), *origin, |c| {
        c.put(field, amount(reading, of));
        c.put(Field::Strict, (reading.is_strict() && reading.written().is_none()).then_some(Datum::Flag(true)));
        c.texts(Field::Note, reading.notes());
        sourced(c, plan, origin, &of.origin);
    });
}

/// Which of an indicator's targets judges.
fn held_against(target: TargetOf) -> Datum<'static> {
    match target {
        TargetOf::Period => word("period", "当年度目標", "target of the period"),
        TargetOf::Final => word("final", "最終目標", "final target"),
    }
}

/// Dated steps under the key `field`.
fn milestones<'p>(c: &mut Collector<'p>, plan: &'p Plan, field: Field, steps: &'p [Milestone], around: &Origin) {
    for (step, nth) in steps.iter().zip(nth(steps.iter().map(|s| &*s.name))) {
        let Milestone { date, name, notes, origin } = step;
        c.within(SubjectPart::Named(field, name, nth), *origin, |c| {
            c.put(Field::Date, Datum::Period(*date));
            c.texts(Field::Note, notes);
            sourced(c, plan, origin, around);
        });
    }
}

/// Numbers for reference have no direction and may be ranges.
static REFERENCE: Kind = Kind::Range;

fn figures<'p>(c: &mut Collector<'p>, plan: &'p Plan, figures: &'p [Figure], around: &Origin) {
    for (figure, nth) in figures.iter().zip(nth(figures.iter().map(|f| &*f.name))) {
        let Figure { name, value, written, unit, period, share, notes, origin } = figure;
        c.within(SubjectPart::Named(Field::Figure, name, nth), *origin, |c| {
            let amount = Amount { value, written: written.as_deref(), kind: &REFERENCE, unit };
            c.put(Field::Value, Datum::Amount(amount));
            c.put(Field::Unit, (!unit.is_empty()).then_some(Datum::Text(unit)));
            c.put(Field::Period, period.map(Datum::Period));
            c.put(Field::Part, share.map(|(part, _)| Datum::Number(part)));
            c.put(Field::Of, share.map(|(_, of)| Datum::Number(of)));
            c.texts(Field::Note, notes);
            sourced(c, plan, origin, around);
        });
    }
}

fn amendments<'p>(c: &mut Collector<'p>, amendments: &'p [Amendment]) {
    for (at, amendment) in amendments.iter().enumerate() {
        let Amendment { date, reason, keys, of, origin } = amendment;
        let nth = amendments[..at].iter().filter(|other| other.date == *date).count();
        c.within(SubjectPart::Amendment(*date, nth), *origin, |c| {
            c.put(Field::Reason, Datum::Text(reason));
            c.texts(Field::Amendment, keys);
            c.put(Field::Entries, refs(of.iter().map(|id| (id, id.as_str()))));
        });
    }
}

/// A unit that is one whether percent is written full-width or not.
fn unit(unit: &Unit) -> Option<Datum<'_>> {
    (!unit.0.is_empty()).then_some(Datum::Text(if unit.is_percent() { "％" } else { &unit.0 }))
}
