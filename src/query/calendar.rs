//! 年間予定: what falls to the office and to owners, month by month. What the plan does not date itself (when an inquiry is
//! sent, when values come, when a period is closed) is expected a year after it was done last.

mod habits;
mod said;

use chrono::{Months, NaiveDate};

use super::road::{Standing, roads};
use super::{AsOf, Scope};
use crate::plan::Plan;
use crate::plan::entry::{Initiative, Milestone};
use crate::plan::opinion::{Meeting, Opinion};
use crate::plan::period::{FiscalYear, Month, Period};
use crate::plan::road::{Lane, PlannedStep};
use crate::plan::scale::ScaleVersion;

/// A year of duties.
#[derive(Debug, Clone)]
pub struct Calendar<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// Whose duties alone; `None` for those of everybody.
    pub owner: Option<usize>,
    /// In order of time.
    pub duties: Vec<Duty<'p>>,
}

/// Something that is to be done.
#[derive(Debug, Clone)]
pub struct Duty<'p> {
    /// By when, at the latest on its last day.
    pub when: Period,
    /// What.
    pub work: Work<'p>,
    /// By which owners; by the office in charge of the plan where there are none.
    pub owners: Vec<usize>,
    /// Why then.
    pub basis: Basis,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub enum Work<'p> {
    /// 照会: to ask the owners about a period.
    Ask(Period),
    /// 回答期限: by when the owners answer, and the office collects.
    Collect(Period),
    /// 報告と確定: to write the papers about a period, and to close it once they are approved.
    Close(Period),
    /// 実績値: to record the values of a year, or of a part of it, by the places of the indicators.
    Values(Period, Vec<usize>),
    /// 会議: it is held, or expected a year after the last one of its kind.
    Meeting(&'p Meeting),
    /// 意見への回答: by when an opinion is to be answered.
    Answer(&'p Meeting, &'p Opinion),
    /// 約束: until when what was promised, in these words, is kept.
    Promise(&'p Meeting, &'p Opinion, &'p str),
    /// 年度の切替え.
    OpenYear(FiscalYear),
    /// A version of a scale comes into force.
    Scale(&'p ScaleVersion),
    /// A date of the plan's own schedule.
    Scheduled(&'p Milestone),
    /// A milestone of an entry, by its place.
    Milestone(usize, Lane, &'p Milestone),
    /// A step of an entry that is to be reached within the year.
    Step(usize, Lane, &'p PlannedStep),
    /// An initiative of an entry begins.
    Begins(usize, &'p Initiative),
    /// An initiative of an entry ends.
    Ends(usize, &'p Initiative),
    /// An entry comes into the plan.
    Added(usize),
    /// An entry leaves the plan.
    Dropped(usize),
    /// The plan period ends.
    PlanEnds,
}

/// Why something falls on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The plan says so.
    Plan,
    /// The reporting cycle.
    Cycle,
    /// It was done on this day a year before.
    LastYear(NaiveDate),
    /// The inquiry that was sent asks for it.
    Inquiry,
    /// The record of a meeting says so.
    Record,
}

impl Work<'_> {
    /// The word that programs read.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Ask(_) => "ask",
            Self::Collect(_) => "collect",
            Self::Close(_) => "close",
            Self::Values(..) => "values",
            Self::Meeting(_) => "meeting",
            Self::Answer(..) => "answer",
            Self::Promise(..) => "promise",
            Self::OpenYear(_) => "open-year",
            Self::Scale(_) => "scale",
            Self::Scheduled(_) => "scheduled",
            Self::Milestone(..) => "milestone",
            Self::Step(..) => "step",
            Self::Begins(..) => "begins",
            Self::Ends(..) => "ends",
            Self::Added(_) => "added",
            Self::Dropped(_) => "dropped",
            Self::PlanEnds => "plan-ends",
        }
    }

    /// The entry that it is about, by place.
    pub fn entry(&self) -> Option<usize> {
        match self {
            Self::Milestone(place, ..)
            | Self::Step(place, ..)
            | Self::Begins(place, _)
            | Self::Ends(place, _)
            | Self::Added(place)
            | Self::Dropped(place) => Some(*place),
            _ => None,
        }
    }
}

impl Duty<'_> {
    /// The month in which it is listed.
    pub fn month(&self) -> Month {
        Month::from_date(self.when.last_day())
    }
}

/// The twelve months that begin with that of a day.
pub fn twelve_months(date: NaiveDate) -> [NaiveDate; 2] {
    let first = Month::from_date(date).first_day();
    let last = first.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt()).unwrap_or(first);
    [first, last]
}

/// What is to be done from one day to another, of the whole plan or by one owner.
pub fn calendar(plan: &Plan, as_of: AsOf, [from, to]: [NaiveDate; 2], owner: Option<usize>) -> Calendar<'_> {
    let mut duties = of_roads(plan, as_of, owner);
    duties.extend(of_entries(plan, owner));
    if owner.is_none() {
        duties.extend(of_plan(plan, [from, to]));
        duties.extend(said::of_meetings(plan, as_of));
    }
    duties.extend(said::of_opinions(plan, as_of, owner));
    duties.extend(habits::of_periods(plan, as_of, [from, to], owner));
    duties.extend(habits::of_values(plan, as_of, to, owner));
    duties.retain(|duty| from <= duty.when.last_day() && duty.when.last_day() <= to);
    duties.sort_by_key(|duty| (duty.when.last_day(), duty.when.first_day()));
    Calendar { plan, as_of, from, to, owner, duties }
}

/// When the papers about a period are written and it is closed, as the calendar has it; `None` where it is closed.
pub fn closing(plan: &Plan, as_of: AsOf, period: Period) -> Option<Duty<'_>> {
    habits::closing(plan, as_of, period)
}

impl<'p> Calendar<'p> {
    /// What falls on the months up to a day.
    pub fn until(&self, day: NaiveDate) -> impl Iterator<Item = &Duty<'p>> {
        self.duties.iter().filter(move |duty| duty.when.last_day() <= day)
    }
}

/// Milestones that are still to come, steps, and initiatives that begin or end.
fn of_roads(plan: &Plan, as_of: AsOf, owner: Option<usize>) -> Vec<Duty<'_>> {
    let mut duties = Vec::new();
    for road in roads(plan, as_of, Scope { owner, under: None }) {
        let entry = &plan.entries[road.place];
        let mut add = |when, work| {
            duties.push(Duty { when, work, owners: entry.owners.to_vec(), basis: Basis::Plan });
        };
        let ahead = road.marks.iter().filter(|mark| mark.standing == Standing::Ahead);
        ahead.for_each(|mark| {
            add(mark.milestone.date, Work::Milestone(road.place, road.lane, mark.milestone));
        });
        let ahead = road.steps.iter().filter(|mark| mark.standing == Standing::Ahead);
        ahead.for_each(|mark| {
            add(mark.planned.year.into(), Work::Step(road.place, road.lane, mark.planned));
        });
        let Some(initiative) = entry.initiative(road.lane) else { continue };
        let begins = initiative.start.filter(|start| as_of.date < start.first_day());
        begins.into_iter().for_each(|start| add(Period::Day(start.first_day()), Work::Begins(road.place, initiative)));
        let ends = initiative.end.filter(|end| as_of.date <= end.last_day());
        ends.into_iter().for_each(|end| add(end, Work::Ends(road.place, initiative)));
    }
    duties
}

/// Entries that come into the plan or leave it.
fn of_entries(plan: &Plan, owner: Option<usize>) -> Vec<Duty<'_>> {
    let asked = Scope { owner, under: None }.entries(plan);
    let mut duties = Vec::new();
    for (place, entry) in plan.entries.iter().enumerate().filter(|(place, _)| asked[*place]) {
        let mut add = |when: Period, work| {
            let when = Period::Day(when.first_day());
            duties.push(Duty { when, work, owners: entry.owners.to_vec(), basis: Basis::Plan });
        };
        entry.added.into_iter().for_each(|added| add(added, Work::Added(place)));
        entry.dropped.into_iter().for_each(|dropped| add(dropped, Work::Dropped(place)));
    }
    duties
}

/// What the plan as a whole sets: its schedule, its years, its scales, its end.
fn of_plan(plan: &Plan, [from, to]: [NaiveDate; 2]) -> Vec<Duty<'_>> {
    let office = |when, work| Duty { when, work, owners: Vec::new(), basis: Basis::Plan };
    let scheduled = plan.head.schedule.iter().map(|milestone| office(milestone.date, Work::Scheduled(milestone)));
    let first = FiscalYear::from_date(from);
    let years = std::iter::successors(Some(first), |year| year.next()).take_while(|year| year.first_day() <= to);
    let years = years.filter(|year| plan.head.from < *year && *year <= plan.head.to);
    let opened = years.map(|year| office(Period::Day(year.first_day()), Work::OpenYear(year)));
    let versions = plan.scales.iter().flat_map(|scale| &scale.versions);
    let begins = |version| {
        let version: &ScaleVersion = version;
        let from = version.from.filter(|year| plan.head.from < *year)?;
        Some(office(Period::Day(from.first_day()), Work::Scale(version)))
    };
    let end = office(Period::Day(plan.head.to.last_day()), Work::PlanEnds);
    scheduled.chain(opened).chain(versions.filter_map(begins)).chain([end]).collect()
}
