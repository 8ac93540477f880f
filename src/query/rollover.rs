//! 年度の切替え: what begins with a fiscal year, and what is still open of those before it.

use chrono::Datelike;

use super::due::{Due, Dues, due};
use super::road::{Standing, roads};
use super::{AsOf, Scope};
use crate::plan::entry::{Initiative, Milestone};
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::period::{FiscalYear, Period};
use crate::plan::road::{Lane, PlannedStep};
use crate::plan::scale::{Scale, ScaleVersion};
use crate::plan::{Plan, Subject};

/// A fiscal year that is opened.
#[derive(Debug)]
pub struct Rollover<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The year.
    pub year: FiscalYear,
    /// Whether the year is one of the plan's.
    pub is_in_plan: bool,
    /// What was owed when the year before ended, or is owed now where it has not ended yet.
    pub dues: Dues<'p>,
    /// Periods of the year before that have ended and are not closed.
    pub unclosed: Vec<Period>,
    /// What begins and what is to be thought of, by group and in the order of the plan.
    pub tasks: Vec<Task<'p>>,
}

/// Something of the year.
#[derive(Debug, Clone, Copy)]
pub struct Task<'p> {
    /// The entry or indicator; `None` for the plan itself.
    pub subject: Option<Subject>,
    /// What.
    pub what: Todo<'p>,
}

/// What there is to be done or known.
#[derive(Debug, Clone, Copy)]
pub enum Todo<'p> {
    /// The scale in force, and whether its version begins with the year.
    Scale(&'p Scale, &'p ScaleVersion, bool),
    /// The entry comes into the plan.
    Added(Period),
    /// The entry leaves the plan.
    Dropped(Period),
    /// An initiative begins.
    Initiative(&'p Initiative),
    /// A step is planned from this year on.
    Step(Lane, &'p PlannedStep),
    /// A milestone is to be reached within the year; `None` of the plan itself.
    Milestone(Option<Lane>, &'p Milestone),
    /// A target of the year.
    Target(&'p Indicator, &'p Reading),
    /// There is no target of the year; the last one that there is.
    NoTarget(&'p Indicator, Option<&'p Reading>),
}

/// The year that is opened where nobody names one: that after the running one within three months of its end.
pub fn usual_year(as_of: AsOf) -> FiscalYear {
    let running = FiscalYear::from_date(as_of.date);
    if as_of.date.month() <= 3 { running.next().unwrap_or(running) } else { running }
}

/// What a fiscal year begins with.
pub fn rollover(plan: &Plan, as_of: AsOf, year: FiscalYear) -> Rollover<'_> {
    let is_in_plan = plan.head.from <= year && year <= plan.head.to;
    let before = year.prev();
    let end = before.map_or(as_of.date, FiscalYear::last_day);
    let then = before.filter(|_| end < as_of.date).map_or(as_of, |before| as_of.at_end_of(Period::Year(before)));
    let periods = before.map(|before| ended_periods(plan, before, as_of)).unwrap_or_default();
    let is_closed = |period: &Period| plan.closings.iter().any(|closing| closing.period.covers(*period));
    let mut tasks = Vec::new();
    if is_in_plan {
        tasks.extend(scales(plan, year));
        tasks.extend(beginning(plan, as_of, year));
        tasks.extend(targets(plan, year));
    }
    Rollover {
        plan,
        as_of,
        year,
        is_in_plan,
        dues: due(plan, then, Scope::default()),
        unclosed: periods.into_iter().filter(|period| !is_closed(period)).collect(),
        tasks,
    }
}

impl<'p> Rollover<'p> {
    /// What is still open of the years before.
    pub fn open(&self) -> impl Iterator<Item = &Due<'p>> {
        let first = self.year.first_day();
        let is_old = move |due: &&Due<'_>| due.term.is_none_or(|term| term < first);
        self.dues.all().filter(|due| !matches!(due.what, super::due::What::Upcoming(..))).filter(is_old)
    }

    /// The first period of the year that the office asks about.
    pub fn first_period(&self) -> Period {
        self.plan.head.cycle.period_containing(self.year.first_day())
    }
}

/// The periods of a year that have ended, in order.
fn ended_periods(plan: &Plan, year: FiscalYear, as_of: AsOf) -> Vec<Period> {
    if year < plan.head.from || plan.head.to < year {
        return Vec::new();
    }
    let first = plan.head.cycle.period_containing(year.first_day());
    let all = std::iter::successors(Some(first), |period| period.next());
    all.take_while(|period| period.last_day() <= year.last_day() && period.last_day() < as_of.date).collect()
}

/// The versions of scales that are in force.
fn scales(plan: &Plan, year: FiscalYear) -> Vec<Task<'_>> {
    let of = |scale| -> Option<Task<'_>> {
        let scale: &Scale = scale;
        let (_, version) = scale.version_at(Period::Year(year))?;
        Some(Task { subject: None, what: Todo::Scale(scale, version, version.from == Some(year)) })
    };
    plan.scales.iter().filter_map(of).collect()
}

/// Entries, initiatives, steps and milestones that begin or come within the year.
fn beginning(plan: &Plan, as_of: AsOf, year: FiscalYear) -> Vec<Task<'_>> {
    let within = |period: Period| period.fiscal_year() == year;
    let scheduled = plan.head.schedule.iter().filter(|milestone| within(milestone.date));
    let mut tasks: Vec<Task<'_>> =
        scheduled.map(|milestone| Task { subject: None, what: Todo::Milestone(None, milestone) }).collect();
    let roads = roads(plan, as_of, Scope::default());
    for (place, entry) in plan.entries.iter().enumerate() {
        let mut add = |what| tasks.push(Task { subject: Some(Subject::Entry(place)), what });
        entry.added.filter(|added| within(*added)).into_iter().for_each(|added| add(Todo::Added(added)));
        entry.dropped.filter(|dropped| within(*dropped)).into_iter().for_each(|dropped| add(Todo::Dropped(dropped)));
        if !entry.is_active(Period::Year(year)) {
            continue;
        }
        let begins = |initiative: &&Initiative| initiative.start.is_some_and(within);
        entry.initiatives.iter().filter(begins).for_each(|initiative| add(Todo::Initiative(initiative)));
        for road in roads.iter().filter(|road| road.place == place) {
            let steps = road.steps.iter().map(|mark| mark.planned).filter(|planned| planned.year == year);
            steps.for_each(|planned| add(Todo::Step(road.lane, planned)));
            let ahead = road.marks.iter().filter(|mark| !matches!(mark.standing, Standing::Reached(..)));
            let ahead = ahead.map(|mark| mark.milestone).filter(|milestone| within(milestone.date));
            ahead.for_each(|milestone| add(Todo::Milestone(Some(road.lane), milestone)));
        }
    }
    tasks
}

/// The targets of the year, then the indicators that have none.
fn targets(plan: &Plan, year: FiscalYear) -> Vec<Task<'_>> {
    let judged = plan.indicators.iter().enumerate().filter(|(_, indicator)| indicator.kind != Kind::Heading);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (place, indicator) in judged {
        let subject = Some(Subject::Indicator(place));
        let of_year = || indicator.targets.iter().filter(|reading| reading.period.fiscal_year() == year);
        with.extend(of_year().map(|reading| Task { subject, what: Todo::Target(indicator, reading) }));
        if of_year().next().is_none() {
            without.push(Task { subject, what: Todo::NoTarget(indicator, indicator.targets.last()) });
        }
    }
    with.into_iter().chain(without).collect()
}
