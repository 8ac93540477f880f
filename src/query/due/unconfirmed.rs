//! What was recorded and is still to be settled: 要確認 values, 速報 values without a confirmed one, and values that were not
//! published yet.

use super::super::{AsOf, Scope};
use super::{Due, What};
use crate::plan::entry::{Entry, Figure, Initiative, Milestone, Update};
use crate::plan::indicator::{Actual, Indicator, Reading, Series};
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Certainty, Value};
use crate::plan::{Plan, Subject};

/// What waits to be settled.
#[derive(Debug, Clone, Copy)]
pub enum Waiting<'p> {
    /// The entry or indicator as a whole.
    Itself,
    /// An initiative.
    Initiative(&'p Initiative),
    /// A dated step.
    Milestone(&'p Milestone),
    /// A number.
    Figure(&'p Figure),
    /// A record.
    Update(&'p Update),
    /// A baseline, target or actual.
    Reading(&'p Reading),
    /// What one value of the indicator covers.
    Series,
    /// 速報: no confirmed value has taken its place.
    Provisional(&'p Actual),
    /// 未公表: the value comes once it is published.
    Unpublished(&'p Reading),
}

/// Everything that waits, of a part of the plan.
pub fn waiting(plan: &Plan, as_of: AsOf, scope: Scope) -> Vec<Due<'_>> {
    let mut found = Vec::new();
    let whole = scope.under.is_none() && scope.owner.is_none();
    if whole {
        let mut list = List { subject: None, found: &mut found };
        plan.head.schedule.iter().for_each(|m| list.add(Waiting::Milestone(m), m.origin, Certainty::Stated));
        plan.head.figures.iter().for_each(|f| list.add(Waiting::Figure(f), f.origin, Certainty::Stated));
    }
    let asked = scope.entries(plan);
    for (place, entry) in plan.entries.iter().enumerate().filter(|(at, e)| asked[*at] && as_of.has(e)) {
        of_entry(entry, as_of, &mut List { subject: Some(Subject::Entry(place)), found: &mut found });
    }
    for (place, indicator) in plan.indicators.iter().enumerate().filter(|(_, i)| scope.has(plan, i)) {
        of_indicator(indicator, as_of, &mut List { subject: Some(Subject::Indicator(place)), found: &mut found });
    }
    found
}

struct List<'l, 'p> {
    subject: Option<Subject>,
    found: &'l mut Vec<Due<'p>>,
}

impl<'p> List<'_, 'p> {
    /// Adds what is 要確認 itself; what only lies within something that is, was listed with it.
    fn add(&mut self, what: Waiting<'p>, origin: Origin, around: Certainty) {
        if origin.certainty == Certainty::Unconfirmed && around != Certainty::Unconfirmed {
            self.push(what, origin);
        }
    }

    fn push(&mut self, what: Waiting<'p>, origin: Origin) {
        self.found.push(Due { subject: self.subject, what: What::Waiting(what), term: None, origin });
    }

    fn figures(&mut self, figures: &'p [Figure], around: Certainty) {
        figures.iter().for_each(|figure| self.add(Waiting::Figure(figure), figure.origin, around));
    }
}

fn of_entry<'p>(entry: &'p Entry, as_of: AsOf, list: &mut List<'_, 'p>) {
    let own = entry.origin.certainty;
    list.add(Waiting::Itself, entry.origin, Certainty::Stated);
    entry.milestones.iter().for_each(|m| list.add(Waiting::Milestone(m), m.origin, own));
    for initiative in &entry.initiatives {
        let of = initiative.origin.certainty;
        list.add(Waiting::Initiative(initiative), initiative.origin, own);
        initiative.milestones.iter().for_each(|m| list.add(Waiting::Milestone(m), m.origin, of));
        list.figures(&initiative.figures, of);
    }
    for update in entry.updates.iter().filter(|u| as_of.counts(*u)) {
        list.add(Waiting::Update(update), update.origin, Certainty::Stated);
        list.figures(&update.figures, update.origin.certainty);
    }
}

fn of_indicator<'p>(indicator: &'p Indicator, as_of: AsOf, list: &mut List<'_, 'p>) {
    let own = indicator.origin.certainty;
    list.add(Waiting::Itself, indicator.origin, Certainty::Stated);
    if indicator.series == Series::Unconfirmed {
        list.push(Waiting::Series, indicator.origin);
    }
    for reading in indicator.baseline.iter().chain(indicator.targets_on(as_of.date)) {
        let open = matches!(reading.value, Value::Absent(Absence::Unsettled(_)));
        if open || reading.origin.certainty == Certainty::Unconfirmed && own != Certainty::Unconfirmed {
            list.push(Waiting::Reading(reading), reading.origin);
        }
    }
    for measure in indicator.known(|measure| as_of.counts(measure)) {
        let reading = &measure.reading;
        if reading.origin.certainty == Certainty::Unconfirmed {
            list.push(Waiting::Reading(reading), reading.origin);
        } else if measure.provisional {
            list.push(Waiting::Provisional(measure), reading.origin);
        } else if reading.value == Value::Absent(Absence::NotPublished) {
            list.push(Waiting::Unpublished(reading), reading.origin);
        }
    }
}
