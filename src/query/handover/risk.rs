//! What is at risk, and its story: how it came, why, and what is planned.

use crate::plan::entry::{Entry, Update};
use crate::plan::indicator::Actual;
use crate::plan::period::Period;
use crate::plan::value::Value;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::due::{Due, Dues, What};
use crate::query::gap::{Gap, Verdict};
use crate::query::status::{Standing, Status, updates_by};

/// How far back a story begins: so many stretches, so many values.
const TOLD: usize = 4;

/// An entry or indicator at risk.
#[derive(Debug, Clone)]
pub struct Risk<'p> {
    /// Which.
    pub subject: Subject,
    /// What says so.
    pub sign: Sign<'p>,
    /// How it came.
    pub course: RiskCourse<'p>,
    /// What its department said is hard, and about which period; of an indicator what that of its entry said.
    pub issue: Option<Said<'p>>,
    /// What its department said that it will do.
    pub next: Option<Said<'p>>,
}

/// What says that something is at risk.
#[derive(Debug, Clone)]
pub enum Sign<'p> {
    /// Its grade asks for attention, whether or not a date has passed; by its place in the version of today.
    Grade(usize),
    /// A milestone or step was not reached in time.
    Missed(Due<'p>),
    /// The verdict of an indicator, which is behind or worsened, with all that it rests on.
    Verdict(Box<Gap<'p>>),
}

/// How it came.
#[derive(Debug, Clone)]
pub enum RiskCourse<'p> {
    /// Of an entry: its grades, each with the first and the last period of which it was said in a row, the oldest first.
    Grades(Vec<(Period, Period, &'p str)>),
    /// Of an indicator: its values, the oldest first.
    Values(Vec<&'p Actual>),
}

/// Words of a record.
#[derive(Debug, Clone, Copy)]
pub struct Said<'p> {
    /// The entry, by place.
    pub entry: usize,
    /// About which period.
    pub period: Period,
    /// The words.
    pub words: &'p str,
}

/// What is at risk: entries whose grade asks for attention or that missed a date, then indicators that are behind or
/// worsened.
pub fn risks<'p>(status: &Status<'p>, gaps: &[Gap<'p>], dues: &Dues<'p>) -> Vec<Risk<'p>> {
    let (plan, as_of) = (status.plan, status.question.as_of);
    let missed = |place: usize| {
        let is_road = |due: &&Due<'_>| matches!(due.what, What::Milestone(..) | What::Step(..));
        dues.all().filter(is_road).find(|due| due.subject == Some(Subject::Entry(place)))
    };
    let counted = status.nodes.iter().filter(|node| plan.head.counts(node.entry.level));
    let entries = counted.filter_map(|node| {
        let graded = match node.standing {
            Standing::Graded(grade) if status.version.grades[grade].attention => Some(Sign::Grade(grade)),
            _ => None,
        };
        let sign = graded.or_else(|| missed(node.place).cloned().map(Sign::Missed))?;
        let course = RiskCourse::Grades(grades(status, node.entry));
        let said = |of: fn(&Update) -> Option<&str>| said(plan, as_of, node.place, of);
        let (issue, next) = (said(|update| update.issue.as_deref()), said(|update| update.next.as_deref()));
        Some(Risk { subject: Subject::Entry(node.place), sign, course, issue, next })
    });
    let lagging = gaps.iter().filter(|gap| matches!(gap.counted(), Verdict::Behind | Verdict::Worsened));
    let indicators = lagging.filter_map(|gap| {
        let place = plan.indicators.iter().position(|one| std::ptr::eq(one, gap.indicator))?;
        let said = |of: fn(&Update) -> Option<&str>| {
            gap.indicator.entries.iter().find_map(|entry| said(plan, as_of, *entry, of))
        };
        let (issue, next) = (said(|update| update.issue.as_deref()), said(|update| update.next.as_deref()));
        let course = RiskCourse::Values(values(gap, as_of));
        let sign = Sign::Verdict(Box::new(gap.clone()));
        Some(Risk { subject: Subject::Indicator(place), sign, course, issue, next })
    });
    entries.chain(indicators).collect()
}

/// The grades of an entry in stretches, as each version called them.
fn grades<'p>(status: &Status<'p>, entry: &'p Entry) -> Vec<(Period, Period, &'p str)> {
    let (plan, question) = (status.plan, status.question);
    let scale = &plan.scales[question.scale];
    let mut known: Vec<&Update> = updates_by(plan, entry, question.as_of, question.evaluator).collect();
    // The latest come first: the last word of a period is the one that is kept.
    known.dedup_by_key(|update| update.period);
    known.reverse();
    let mut stretches: Vec<(Period, Period, &str)> = Vec::new();
    for update in known {
        let Some(rating) = update.rating_on(question.scale) else { continue };
        let grade = &scale.versions[usize::from(rating.version)].grades[usize::from(rating.grade)];
        match stretches.last_mut() {
            Some(last) if *last.2 == *grade.name => last.1 = update.period,
            _ => stretches.push((update.period, update.period, &grade.name)),
        }
    }
    let from = stretches.len().saturating_sub(TOLD);
    stretches.split_off(from)
}

fn values<'p>(gap: &Gap<'p>, as_of: AsOf) -> Vec<&'p Actual> {
    let known = gap.indicator.known(|measure| as_of.counts(measure));
    let mut values: Vec<&Actual> = known.filter(|m| !matches!(m.reading.value, Value::Absent(_))).collect();
    let from = values.len().saturating_sub(TOLD);
    values.split_off(from)
}

/// The last words of one kind that were said of an entry.
fn said<'p>(plan: &'p Plan, as_of: AsOf, entry: usize, of: fn(&Update) -> Option<&str>) -> Option<Said<'p>> {
    let known = plan.entries[entry].updates.iter().rev().filter(|update| as_of.counts(*update));
    let words = |update: &'p Update| Some(Said { entry, period: update.period, words: of(update)? });
    known.filter_map(words).next()
}
