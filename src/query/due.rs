//! 督促: who still owes what, as of a day.

mod opinion;
mod unconfirmed;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::gap::expected::is_part;
use super::road::{Standing, roads};
use super::status::{report_for, updates_by};
use super::{AsOf, Scope, scope};
use crate::plan::entry::{Entry, Milestone};
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::period::{FiscalYear, Period};
use crate::plan::road::{Lane, PlannedStep};
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};

pub use opinion::OwedOpinion;
pub use unconfirmed::Waiting;

/// Something that is owed.
#[derive(Debug, Clone)]
pub struct Due<'p> {
    /// By which entry or indicator; `None` for the plan itself.
    pub subject: Option<Subject>,
    /// What.
    pub what: What<'p>,
    /// The last day on which it was in time; `None` for what has no term.
    pub term: Option<NaiveDate>,
    /// Where it is written what is owed.
    pub origin: Origin,
}

/// What is owed.
#[derive(Debug, Clone)]
pub enum What<'p> {
    /// 進捗の報告: no update about the period asked.
    Update {
        /// The period of the last one.
        last: Option<Period>,
        /// How many periods in a row lack one, the period asked among them.
        missed: u32,
    },
    /// 節目: its date has passed, and nothing says that it was reached.
    Milestone(Lane, &'p Milestone),
    /// 工程: the year for which a step was planned has ended, and nothing says that it was reached.
    Step(Lane, &'p PlannedStep),
    /// 実績値: years and, where the plan has a target of their own, parts of years that have ended and have neither a value
    /// nor a reason why there is none.
    Value(Vec<Period>),
    /// 意見への回答, 約束: what is owed to whoever gave an opinion. It is overdue once its term has passed.
    Opinion(OwedOpinion<'p>),
    /// 要確認, 速報: what is recorded and still to be settled. It is listed, and not overdue.
    Waiting(Waiting<'p>),
    /// A milestone whose date comes before the end of the next period. It is listed, and not overdue.
    Upcoming(Lane, &'p Milestone),
}

impl What<'_> {
    /// Whether it should have come by now.
    pub fn is_overdue(&self) -> bool {
        match self {
            Self::Waiting(_) | Self::Upcoming(..) => false,
            Self::Opinion(owed) => owed.is_late,
            _ => true,
        }
    }

    /// The word that programs read; kinds are listed in this order.
    pub fn key(&self) -> &'static str {
        KINDS[self.rank()]
    }

    /// Its place among the kinds.
    pub fn rank(&self) -> usize {
        match self {
            Self::Update { .. } => 0,
            Self::Milestone(..) => 1,
            Self::Step(..) => 2,
            Self::Value(_) => 3,
            Self::Opinion(owed) if owed.is_late => 4 + usize::from(owed.promise.is_some()),
            Self::Waiting(_) => 6,
            Self::Upcoming(..) => 7,
            Self::Opinion(_) => 8,
        }
    }
}

/// The kinds of what is owed, in the order they are listed.
pub const KINDS: [&str; 9] =
    ["update", "milestone", "step", "value", "opinion", "promise", "waiting", "upcoming", "asked"];

/// How many of the kinds, from the first on, are overdue.
pub const OVERDUE: usize = 6;

/// What one owner owes.
#[derive(Debug, Clone)]
pub struct Share<'p> {
    /// Who, by place; `None` for what no owner answers for.
    pub owner: Option<usize>,
    /// What: by kind, then in the order of the plan.
    pub dues: Vec<Due<'p>>,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Dues<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// The last reporting period of the plan that has ended; `None` before the first has.
    pub period: Option<Period>,
    /// Whether any entry has ever been rated.
    pub any_rating: bool,
    /// By owner, in the order of the plan; at the end what has none.
    pub shares: Vec<Share<'p>>,
}

impl<'p> Dues<'p> {
    /// Everything that is owed.
    pub fn all(&self) -> impl Iterator<Item = &Due<'p>> {
        self.shares.iter().flat_map(|share| &share.dues)
    }

    /// Whether anything is overdue.
    pub fn any_overdue(&self) -> bool {
        self.all().any(|due| due.what.is_overdue())
    }

    /// How many are of a kind, by its place.
    pub fn count(&self, rank: usize) -> usize {
        self.all().filter(|due| due.what.rank() == rank).count()
    }
}

impl Due<'_> {
    /// Days since its term; 0 where it is still in time or has none.
    pub fn days_late(&self, as_of: AsOf) -> i64 {
        self.term.map_or(0, |term| (as_of.date - term).num_days().max(0))
    }
}

/// What is owed of a part of the plan.
pub fn due(plan: &Plan, as_of: AsOf, scope: Scope) -> Dues<'_> {
    let period = last_ended(plan, as_of);
    let asked = scope.entries(plan);
    let entries = plan.entries.iter().enumerate().filter(|(at, _)| asked[*at]);
    let mut dues: Vec<Due<'_>> = Vec::new();
    if let Some(period) = period {
        let owing = entries.filter(|(_, entry)| plan.is_owed(entry, period));
        dues.extend(owing.filter_map(|(place, entry)| update(plan, place, entry, period, as_of)));
    }
    dues.extend(of_roads(plan, as_of, scope));
    let indicators = plan.indicators.iter().enumerate().filter(|(_, indicator)| scope.has(plan, indicator));
    dues.extend(indicators.filter_map(|(place, indicator)| value(plan, place, indicator, as_of)));
    dues.extend(opinion::owed(plan, as_of, scope));
    dues.extend(unconfirmed::waiting(plan, as_of, scope));
    let any_rating = plan
        .entries
        .iter()
        .any(|entry| entry.updates.iter().any(|u| !u.ratings.is_empty() && as_of.has_heard(u.recorded)));
    Dues { plan, as_of, period, any_rating, shares: shares(plan, scope.owner, dues) }
}

/// The last period of the reporting cycle that has ended; after the plan's end its last one.
fn last_ended(plan: &Plan, as_of: AsOf) -> Option<Period> {
    let day = as_of.date.min(plan.head.to.last_day());
    let around = plan.head.cycle.period_containing(day);
    let ended = if around.last_day() <= day { Some(around) } else { around.prev() };
    ended.filter(|period| plan.head.from.first_day() <= period.first_day())
}

/// The evaluator whose updates are owed.
const REPORTS: usize = 0;

/// An update about `period` by the default evaluator; one about a longer or shorter period says enough.
fn update<'p>(plan: &Plan, place: usize, entry: &'p Entry, period: Period, as_of: AsOf) -> Option<Due<'p>> {
    let tells = |asked: Period| !plan.is_owed(entry, asked) || report_for(plan, entry, as_of, REPORTS, asked).is_some();
    if tells(period) {
        return None;
    }
    let begins = entry.added.map_or(plan.head.from.first_day(), Period::first_day).max(plan.head.from.first_day());
    let back = std::iter::successors(Some(period), |p| p.prev()).take_while(|p| begins <= p.last_day());
    let missed = u32::try_from(back.take_while(|p| !tells(*p)).count()).unwrap_or(u32::MAX);
    let last = updates_by(plan, entry, as_of, REPORTS).next().map(|update| update.period);
    let what = What::Update { last, missed };
    Some(Due { subject: Some(Subject::Entry(place)), what, term: Some(period.last_day()), origin: entry.origin })
}

/// Milestones and steps, passed and soon to come.
fn of_roads(plan: &Plan, as_of: AsOf, scope: Scope) -> Vec<Due<'_>> {
    let soon = plan.head.cycle.period_containing(as_of.date);
    let soon = soon.next().unwrap_or(soon).last_day();
    let mut dues = Vec::new();
    for road in roads(plan, as_of, scope) {
        let mut owe = |what, term, origin| {
            dues.push(Due { subject: Some(Subject::Entry(road.place)), what, term: Some(term), origin });
        };
        for mark in &road.marks {
            let (term, origin) = (mark.milestone.date.last_day(), mark.milestone.origin);
            if mark.standing.is_overdue() {
                owe(What::Milestone(road.lane, mark.milestone), term, origin);
            } else if mark.standing == Standing::Ahead && term <= soon {
                owe(What::Upcoming(road.lane, mark.milestone), term, origin);
            }
        }
        // Whoever is asked for the furthest step answers for those before it.
        let furthest = road.steps.iter().filter(|s| s.standing.is_overdue()).max_by_key(|s| s.planned.step);
        if let Some(step) = furthest {
            owe(What::Step(road.lane, step.planned), step.planned.year.last_day(), step.planned.origin);
        }
    }
    dues
}

/// The periods for which an indicator with a target or baseline owes a value: those of [`lacking`] that have ended.
fn value<'p>(plan: &Plan, place: usize, indicator: &Indicator, as_of: AsOf) -> Option<Due<'p>> {
    let lacking = lacking(plan, indicator, as_of, as_of.date);
    let term = lacking.first()?.last_day();
    let subject = Some(Subject::Indicator(place));
    Some(Due { subject, what: What::Value(lacking), term: Some(term), origin: indicator.origin })
}

/// The periods, ended by a day, for which an indicator owes a value that is not known yet: the years of the plan up to that
/// of its last target, in which something it verifies was in the plan, and after its baseline's; in place of a year the
/// quarters, halves or months that have a target of their own.
pub(super) fn lacking(plan: &Plan, indicator: &Indicator, as_of: AsOf, by: NaiveDate) -> Vec<Period> {
    if indicator.kind == Kind::Heading || indicator.baseline.is_none() && indicator.targets.is_empty() {
        return Vec::new();
    }
    let to =
        indicator.targets.iter().map(|t| t.period.fiscal_year()).max().map_or(plan.head.to, |t| t.min(plan.head.to));
    let years = std::iter::successors(Some(plan.head.from), |y| y.next()).take_while(|y| *y <= to);
    let known: Vec<Period> = indicator.measures.iter().filter(|m| as_of.counts(*m)).map(|m| m.reading.period).collect();
    let has_value = |of: Period| match of {
        Period::Year(year) => known.iter().any(|known| known.fiscal_year() == year || known.covers(of)),
        part => known.iter().any(|known| known.answers_for(part)),
    };
    let owed = years.flat_map(|year| owed_in(plan, indicator, year));
    owed.filter(|period| period.last_day() <= by && !has_value(*period)).collect()
}

/// What a value is owed for in a fiscal year: the parts of it that have a target of their own, else the year.
fn owed_in(plan: &Plan, indicator: &Indicator, year: FiscalYear) -> Vec<Period> {
    let targets = || indicator.targets.iter().map(|target| target.period);
    // Of several years as one a single value is owed, with the last of them.
    let is_within = targets()
        .filter(|of| of.several_years().is_some())
        .any(|of| of.covers(year.into()) && of.fiscal_year() != year);
    let is_after = |baseline: Period, of: Period| match of {
        Period::Year(year) => baseline.fiscal_year() < year,
        part => baseline.last_day() < part.last_day() && !baseline.covers(part),
    };
    let is_watched = |of: Period| {
        indicator.baseline.as_ref().is_none_or(|baseline| is_after(baseline.period, of))
            && (indicator.entries.is_empty() || indicator.entries.iter().any(|e| plan.entries[*e].is_active(of)))
    };
    let parts: BTreeSet<Period> = targets().filter(|of| is_part(*of) && of.fiscal_year() == year).collect();
    let all = if parts.is_empty() { vec![Period::from(year)] } else { parts.into_iter().collect() };
    all.into_iter().filter(|period| !is_within && is_watched(*period)).collect()
}

/// Deals out what is owed: to the owner asked for, else to the one that leads.
fn shares<'p>(plan: &Plan, asked: Option<usize>, mut dues: Vec<Due<'p>>) -> Vec<Share<'p>> {
    dues.sort_by_key(|due| due.what.rank());
    let mut shares: Vec<Share<'p>> = Vec::new();
    shares.extend((0..plan.owners.len()).map(|place| Share { owner: Some(place), dues: Vec::new() }));
    shares.push(Share { owner: None, dues: Vec::new() });
    for due in dues {
        let owners: &[usize] = match (&due.what, due.subject) {
            (What::Opinion(owed), _) => owed.owner.as_slice(),
            (_, Some(Subject::Entry(place))) => &plan.entries[place].owners,
            (_, Some(Subject::Indicator(place))) => scope::answering(plan, &plan.indicators[place]),
            (_, None) => &[],
        };
        let owner = asked.or(owners.first().copied()).unwrap_or(plan.owners.len());
        shares[owner].dues.push(due);
    }
    shares.retain(|share| !share.dues.is_empty());
    let first = |share: &Share<'_>| {
        let entries = share.dues.iter().filter_map(|due| match due.subject? {
            Subject::Entry(place) => Some(place),
            Subject::Indicator(place) => plan.indicators[place].entries.first().copied(),
        });
        (share.owner.is_none(), entries.min().unwrap_or(usize::MAX))
    };
    shares.sort_by_key(first);
    shares
}
