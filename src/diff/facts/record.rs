//! Records: the facts that were reported about an entry or an indicator.

use std::collections::HashMap;
use std::hash::Hash;

use super::register::verdict;
use super::{figures, refs, sourced, word};
use crate::diff::datum::Datum;
use crate::diff::fact::{Collector, SubjectPart};
use crate::diff::field::Field;
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::indicator::{Actual, ByHand, Indicator, Reading};
use crate::plan::record::{RecordName, Trace};
use crate::plan::road::Reached;
use crate::plan::scale::Rating;
use crate::plan::source::Origin;

/// Updates, each a part of its entry.
pub fn updates<'p>(c: &mut Collector<'p>, plan: &'p Plan, of: &'p Entry, updates: &'p [Update]) {
    let mut count = Counter::default();
    for update in updates {
        let Update {
            period,
            recorded,
            evaluator,
            ratings,
            progress,
            done,
            issue,
            next,
            by,
            reached,
            figures: numbers,
            notes,
            origin,
            trace,
        } = update;
        let nth = count.next((*period, *recorded, *evaluator));
        let who = &plan.evaluators[*evaluator].id;
        c.within(SubjectPart::Record(Field::Update, *period, *recorded, Some(who), nth), *origin, |c| {
            ratings.iter().for_each(|rating| self::rating(c, plan, *rating));
            c.put(Field::Progress, progress.map(|p| Datum::Count(p.into())));
            reached.iter().for_each(|reached| self::reached(c, plan, of, reached));
            c.text(Field::Done, done);
            c.text(Field::Issue, issue);
            c.text(Field::Next, next);
            corrects(c, trace);
            c.text(Field::By, by);
            figures(c, plan, numbers, origin);
            c.texts(Field::Note, notes);
            sourced(c, plan, origin, &Origin::default());
            c.put(Field::Update, word("update", "記録あり", "recorded"));
        });
    }
}

/// The record in whose place it stands. How records follow each other in their file is no part of what they say.
fn corrects(c: &mut Collector<'_>, trace: &Trace) {
    let Trace { block: _, nth: _, withdrawn, links: _ } = trace;
    c.flag(Field::Withdrawn, *withdrawn);
    if let Some(RecordName { period, recorded, nth, mark: _ }) = trace.corrects() {
        let which = SubjectPart::Record(Field::Corrects, period, recorded, None, usize::from(nth));
        c.within(which, c.origin(), |c| c.put(Field::Corrects, word("corrects", "訂正", "corrected")));
    }
}

/// Steps and milestones that were reached, each of the entry itself or of one of its initiatives.
fn reached<'p>(c: &mut Collector<'p>, plan: &'p Plan, of: &'p Entry, reached: &Reached) {
    let Reached { steps, milestones } = reached;
    for (lane, step) in steps {
        let text = plan.steps.get(*step).map(|step| Datum::Text(&step.ja));
        match of.initiative(*lane) {
            None => c.put(Field::Step, text),
            Some(initiative) => {
                let part = SubjectPart::Named(Field::Step, &initiative.name, lane.unwrap_or_default());
                c.within(part, c.origin(), |c| c.put(Field::Step, text));
            }
        }
    }
    for (lane, place, when) in milestones {
        let Some(milestone) = of.milestones_of(*lane).get(*place) else { continue };
        c.within(SubjectPart::Named(Field::Reached, &milestone.name, *place), c.origin(), |c| {
            c.put(Field::Date, Datum::Period(*when));
        });
    }
}

fn rating<'p>(c: &mut Collector<'p>, plan: &'p Plan, rating: Rating) {
    let Rating { scale, version, grade } = rating;
    let scale = &plan.scales[usize::from(scale)];
    let grade = &scale.versions[usize::from(version)].grades[usize::from(grade)];
    c.within(SubjectPart::Known(Field::Scale, &scale.id), c.origin(), |c| {
        c.put(Field::Rating, refs(std::iter::once((&grade.id, &*grade.name))));
    });
}

/// Measures, each a part of its indicator.
pub fn measures<'p>(c: &mut Collector<'p>, plan: &'p Plan, of: &'p Indicator, measures: &'p [Actual]) {
    let mut count = Counter::default();
    for measure in measures {
        let Actual { reading, recorded, provisional, by, breaks, rare: _, trace } = measure;
        let Reading { period, value: _, wording: _, origin } = reading;
        let nth = count.next((*period, *recorded));
        c.within(SubjectPart::Record(Field::Actual, *period, *recorded, None, nth), *origin, |c| {
            c.put(Field::Value, super::amount(reading, of));
            c.flag(Field::Provisional, *provisional);
            c.put(Field::Sample, measure.sample().map(|n| Datum::Count(n.into())));
            c.put(Field::Margin, measure.margin().map(Datum::Number));
            corrects(c, trace);
            c.text(Field::By, by);
            c.flag(Field::Breaks, *breaks);
            if let Some(ByHand { meaning, band, reason }) = measure.by_hand() {
                let band = band.map(|at| &plan.band_sets[at.set].bands[at.band]);
                let band = band.and_then(|band| refs(std::iter::once((&band.id, &*band.name.ja))));
                c.put(Field::Verdict, band.unwrap_or(verdict(*meaning)));
                c.text(Field::Reason, reason);
            }
            c.texts(Field::Note, reading.notes());
            sourced(c, plan, origin, &Origin::default());
        });
    }
}

/// Counts how often something has come so far.
struct Counter<K>(HashMap<K, usize>);

impl<K> Default for Counter<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq> Counter<K> {
    fn next(&mut self, key: K) -> usize {
        let count = self.0.entry(key).or_default();
        *count += 1;
        *count - 1
    }
}
