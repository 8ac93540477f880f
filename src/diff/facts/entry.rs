//! An entry of the outline.

use super::{amendments, entries, figures, milestones, owners, record, refs, sourced};
use crate::diff::datum::Datum;
use crate::diff::fact::{Collector, Fact, SubjectPart, nth};
use crate::diff::field::Field;
use crate::plan::Plan;
use crate::plan::entry::{Entry, Initiative};
use crate::plan::period::Period;
use crate::plan::road::PlannedStep;
use crate::plan::source::Origin;

pub fn entry<'p>(plan: &'p Plan, entry: &'p Entry) -> Vec<Fact<'p>> {
    // Level and children follow from the parents.
    let Entry {
        id: _,
        name,
        aliases,
        summary,
        parent,
        children: _,
        level: _,
        owners: by,
        added,
        dropped,
        start,
        rated,
        groups,
        formerly,
        initiatives,
        milestones: own_steps,
        steps,
        notes,
        amendments: reasons,
        origin,
        updates,
    } = entry;
    let mut c = Collector::new(*origin);
    c.put(Field::Name, Datum::Text(name));
    c.texts(Field::Aliases, aliases);
    c.text(Field::Summary, summary);
    c.put(Field::Parent, entries(plan, *parent));
    // What is inherited from the entry above is that entry's change, not its own.
    let inherited = parent.is_some_and(|parent| plan.entries[parent].owners == *by);
    c.put(Field::Owner, owners(plan, if inherited { &[] } else { by }));
    c.put(Field::Added, added.map(Datum::Period));
    c.put(Field::Dropped, dropped.map(Datum::Period));
    let above = parent.map(|parent| &plan.entries[parent]);
    let is_own = |inherited: bool| !inherited;
    c.put(Field::Start, start.filter(|_| is_own(above.is_some_and(|a| a.start == *start))).map(Datum::Period));
    let own_periods = !rated.is_empty() && is_own(above.is_some_and(|above| above.rated == *rated));
    c.put(Field::Rated, own_periods.then(|| Datum::Periods(rated.to_vec())));
    grouped(&mut c, groups, above);
    c.put(Field::Formerly, refs(formerly.iter().map(|id| (id, id.as_str()))));
    for (initiative, nth) in initiatives.iter().zip(nth(initiatives.iter().map(|i| &*i.name))) {
        let part = SubjectPart::Named(Field::Initiative, &initiative.name, nth);
        c.within(part, initiative.origin, |c| self::initiative(c, plan, initiative, origin));
    }
    c.texts(Field::Note, notes);
    amendments(&mut c, reasons);
    sourced(&mut c, plan, origin, &Origin::default());
    milestones(&mut c, plan, Field::Milestone, own_steps, origin);
    planned(&mut c, plan, steps);
    record::updates(&mut c, plan, entry, updates);
    c.done()
}

fn initiative<'p>(c: &mut Collector<'p>, plan: &'p Plan, initiative: &'p Initiative, around: &Origin) {
    let Initiative { name, aliases, start, end, also, milestones: dated, steps, figures: numbers, notes, origin } =
        initiative;
    c.put(Field::Name, Datum::Text(name));
    c.texts(Field::Aliases, aliases);
    c.put(Field::Start, start.map(Datum::Period));
    c.put(Field::End, end.map(Datum::Period));
    c.put(Field::Also, entries(plan, also.iter().copied()));
    milestones(c, plan, Field::Milestone, dated, origin);
    planned(c, plan, steps);
    figures(c, plan, numbers, origin);
    c.texts(Field::Note, notes);
    sourced(c, plan, origin, around);
}

/// What the entry belongs to, key by key, unless it is what the entry above says.
fn grouped<'p>(c: &mut Collector<'p>, groups: &'p [(Box<str>, Box<str>)], above: Option<&'p Entry>) {
    let values = |groups: &'p [(Box<str>, Box<str>)], key: &str| -> Vec<&'p str> {
        groups.iter().filter(|(name, _)| **name == *key).map(|(_, value)| &**value).collect()
    };
    for (at, (key, _)) in groups.iter().enumerate() {
        let own = values(groups, key);
        let is_first = groups[..at].iter().all(|(other, _)| other != key);
        if is_first && above.is_none_or(|above| values(&above.groups, key) != own) {
            let origin = c.origin();
            c.within(SubjectPart::Named(Field::Group, key, 0), origin, |c| c.put(Field::Group, Datum::Texts(own)));
        }
    }
}

/// What is planned for each year: one step or several.
fn planned<'p>(c: &mut Collector<'p>, plan: &'p Plan, steps: &[PlannedStep]) {
    for same in steps.chunk_by(|a, b| a.year == b.year) {
        let PlannedStep { year, step: _, origin } = same[0];
        c.within(SubjectPart::At(Field::Road, Period::Year(year)), origin, |c| {
            c.put(Field::Road, Datum::Texts(same.iter().map(|planned| &*plan.steps[planned.step].ja).collect()));
        });
    }
}
