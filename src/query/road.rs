//! 工程: planned against reached, by year, and how many months they lie apart.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::{AsOf, Scope};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Milestone};
use crate::plan::period::{FiscalYear, Month, Period};
use crate::plan::road::{Lane, PlannedStep};

/// How far what was planned and what came lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// Whole months: 0 within what was planned, more after its last month, less before its first.
    pub months: i32,
    /// Whether it was reached; else the months run on.
    pub reached: bool,
}

/// How a milestone or step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was reached; of a step, this is the first period in which it was reported.
    Reached(Period, Slip),
    /// Its time has passed, and nothing says that it was reached.
    Missed(Slip),
    /// Its time has passed, and nothing was ever reported about the steps of its lane.
    Unreported,
    /// Its time is still to come.
    Ahead,
}

/// A milestone of a lane.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'p> {
    /// The milestone.
    pub milestone: &'p Milestone,
    /// How it stands.
    pub standing: Standing,
}

/// A step of a lane, in the first year for which it is planned.
#[derive(Debug, Clone, Copy)]
pub struct StepMark<'p> {
    /// The step.
    pub planned: &'p PlannedStep,
    /// How it stands.
    pub standing: Standing,
}

/// The road of an entry or of one of its initiatives.
#[derive(Debug, Clone)]
pub struct Road<'p> {
    /// The entry's place in the plan.
    pub place: usize,
    /// The entry itself, or which of its initiatives.
    pub lane: Lane,
    /// Its milestones, in order of date.
    pub marks: Vec<Mark<'p>>,
    /// Its steps, in order of the years for which they are first planned.
    pub steps: Vec<StepMark<'p>>,
    /// The steps that were reported, in order of period; the last word of each period.
    pub reported: Vec<(Period, usize)>,
}

/// Whole months from what was planned to the month in which it came.
pub fn months_apart(planned: Period, came: Month) -> i32 {
    let count = |month: Month| month.year() * 12 + i32::try_from(month.month()).unwrap_or(0);
    let (first, last) = (Month::from_date(planned.first_day()), Month::from_date(planned.last_day()));
    match count(came) {
        came if came > count(last) => came - count(last),
        came if came < count(first) => came - count(first),
        _ => 0,
    }
}

impl Standing {
    fn reached(planned: Period, came: Period, as_of: AsOf) -> Self {
        let month = Month::from_date(came.last_day().min(as_of.date));
        Self::Reached(came, Slip { months: months_apart(planned, month), reached: true })
    }

    fn open(planned: Period, as_of: AsOf) -> Self {
        if as_of.date <= planned.last_day() {
            return Self::Ahead;
        }
        Self::Missed(Slip { months: months_apart(planned, Month::from_date(as_of.date)), reached: false })
    }

    /// How far it lies from its time, where that is known.
    pub fn slip(self) -> Option<Slip> {
        match self {
            Self::Reached(_, slip) | Self::Missed(slip) => Some(slip),
            Self::Unreported | Self::Ahead => None,
        }
    }

    /// Whether its time has passed without a word that it was reached.
    pub fn is_overdue(self) -> bool {
        matches!(self, Self::Missed(_) | Self::Unreported)
    }
}

impl Road<'_> {
    /// The largest slip on the road; of equal ones that of what is still open.
    pub fn slip(&self) -> Option<Slip> {
        let standings = self.marks.iter().map(|m| m.standing).chain(self.steps.iter().map(|s| s.standing));
        standings.filter_map(Standing::slip).max_by_key(|slip| (slip.months, !slip.reached))
    }

    /// The steps reported in a year, one after the other.
    pub fn reported_in(&self, year: FiscalYear) -> Vec<usize> {
        let reported = self.reported.iter().filter(|(period, _)| period.fiscal_year() == year);
        let mut steps: Vec<usize> = reported.map(|(_, step)| *step).collect();
        steps.dedup();
        steps
    }
}

/// The roads of a part of the plan, in outline order: of every entry and initiative with steps, milestones or dates.
pub fn roads(plan: &Plan, as_of: AsOf, scope: Scope) -> Vec<Road<'_>> {
    let asked = scope.entries(plan);
    let entries = plan.entries.iter().enumerate().filter(|(at, entry)| asked[*at] && as_of.has(entry));
    entries.flat_map(|(place, entry)| LaneReports::new(entry, as_of).drawn(place)).collect()
}

/// What the records of an entry say was reached, by lane.
#[derive(Debug)]
pub struct LaneReports<'p> {
    entry: &'p Entry,
    as_of: AsOf,
    /// When milestones were reached; of several records the last one counts.
    came: HashMap<(Lane, usize), Period>,
    /// The steps: the last record of each period, by any evaluator, in the order of the records.
    steps: HashMap<Lane, Vec<(Period, usize)>>,
}

impl<'p> LaneReports<'p> {
    /// What is known as of then.
    pub fn new(entry: &'p Entry, as_of: AsOf) -> Self {
        let (mut came, mut steps) = (HashMap::new(), HashMap::<Lane, Vec<(Period, usize)>>::new());
        let mut known = HashSet::new();
        for update in entry.updates.iter().rev().filter(|u| as_of.counts(*u)) {
            let Some(reached) = &update.reached else { continue };
            for (lane, place, date) in reached.milestones.iter().filter(|(.., date)| begun(*date, as_of.date)) {
                came.entry((*lane, *place)).or_insert(*date);
            }
            for (lane, step) in reached.steps.iter().rev().filter(|(lane, _)| known.insert((*lane, update.period))) {
                steps.entry(*lane).or_default().push((update.period, *step));
            }
        }
        steps.values_mut().for_each(|steps| steps.reverse());
        Self { entry, as_of, came, steps }
    }

    /// The roads of the entry and its initiatives that have steps, milestones or dates.
    pub fn drawn(&self, place: usize) -> Vec<Road<'p>> {
        let is_drawn = |lane: &Lane| {
            let dated = self.entry.initiative(*lane).is_some_and(|i| i.start.is_some() || i.end.is_some());
            dated || !self.entry.steps_of(*lane).is_empty() || !self.entry.milestones_of(*lane).is_empty()
        };
        self.entry.lanes().filter(is_drawn).map(|lane| self.road(place, lane)).collect()
    }

    /// The road of one lane of the entry, whose place in the plan this is.
    pub fn road(&self, place: usize, lane: Lane) -> Road<'p> {
        let reported = self.steps.get(&lane).cloned().unwrap_or_default();
        let marks = self.entry.milestones_of(lane).iter().enumerate().map(|(at, milestone)| {
            let standing = match self.came.get(&(lane, at)) {
                Some(date) => Standing::reached(milestone.date, *date, self.as_of),
                None => Standing::open(milestone.date, self.as_of),
            };
            Mark { milestone, standing }
        });
        let mut marks: Vec<Mark<'_>> = marks.collect();
        marks.sort_by_key(|mark| mark.milestone.date);
        let mut known = HashSet::new();
        let first = self.entry.steps_of(lane).iter().filter(|planned| known.insert(planned.step));
        let further = further(&reported);
        let steps = first.map(|planned| StepMark { planned, standing: self.standing(planned, &further) }).collect();
        Road { place, lane, marks, steps, reported }
    }

    /// How a step stands; `further` are the reports that go beyond all those before them.
    fn standing(&self, planned: &PlannedStep, further: &[(Period, usize)]) -> Standing {
        let year = Period::Year(planned.year);
        match further.get(further.partition_point(|(_, step)| *step < planned.step)) {
            Some((period, _)) => Standing::reached(year, *period, self.as_of),
            None if further.is_empty() && year.last_day() < self.as_of.date => Standing::Unreported,
            None => Standing::open(year, self.as_of),
        }
    }
}

/// The reports of a step beyond those of all the reports before it.
fn further(reported: &[(Period, usize)]) -> Vec<(Period, usize)> {
    let mut further: Vec<(Period, usize)> = Vec::new();
    for report in reported {
        if further.last().is_none_or(|(_, last)| *last < report.1) {
            further.push(*report);
        }
    }
    further
}

fn begun(period: Period, by: NaiveDate) -> bool {
    period.first_day() <= by
}

/// The twelve months of a fiscal year.
pub fn months(year: FiscalYear) -> impl Iterator<Item = Month> {
    let of = move |at: u32| Month::new(year.first_day().year() + i32::from(at > 9), (at + 2) % 12 + 1);
    (1..=12).filter_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap().period
    }

    #[test]
    fn months_count_from_the_nearer_end_of_what_was_planned() {
        for (planned, came, months) in [
            ("R6.11.1", "R6.11", 0),
            ("R6.11.30", "R6.12", 1),
            ("R6.11.1", "R7.2", 3),
            ("R6.11.1", "R6.9", -2),
            ("R7.7", "R8.7", 12),
            // A quarter, half and year: within it nothing, beyond it from its last month, before it from its first.
            ("R7Q2", "R7.7", 0),
            ("R7Q2", "R7.10", 1),
            ("R7H1", "R7.3", -1),
            ("R7", "R8.3", 0),
            ("R7", "R8.9", 6),
            ("R7", "R7.3", -1),
        ] {
            let Period::Month(month) = period(came) else { panic!("{came}") };
            assert_eq!(months_apart(period(planned), month), months, "{planned} {came}");
        }
    }

    #[test]
    fn a_fiscal_year_has_its_months_in_order() {
        let Period::Year(year) = period("R7") else { panic!("a year") };
        let all: Vec<(i32, u32)> = months(year).map(|m| (m.year(), m.month())).collect();
        assert_eq!((all.len(), all[0], all[8], all[9], all[11]), (12, (2025, 4), (2025, 12), (2026, 1), (2026, 3)));
    }
}
