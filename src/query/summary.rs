//! 四半期報告: everything that a paper to a committee states, as plain values of one period. Whoever lays it out counts
//! nothing again, so that totals agree wherever they are shown.

mod altered;
mod moved;
mod unsure;

use crate::plan::Plan;
use crate::plan::entry::{Entry, Initiative, Milestone, Update};
use crate::plan::period::Period;

use super::due::{Dues, due};
use super::gap::{Gap, Verdict, gaps};
use super::road::{self, Road, roads};
use super::status::{Node, Question, Standing, Status, compared_with, other_levels, status};
use super::verdicts::{VerdictTable, verdict_tables_since};
use super::{AsOf, Scope};

pub use altered::{Altered, Retarget, retargets};
pub use moved::{Course, Moved, Turn};
pub use unsure::{Unsure, What, unsure_figures};

/// Everything that a paper states.
#[derive(Debug, Clone)]
pub struct Summary<'p> {
    /// Counts, standings and flows on the scale and by the evaluator of the paper.
    pub status: Status<'p>,
    /// The same of the other levels that are counted, top first.
    pub levels: Vec<Status<'p>>,
    /// The period that it is compared with: the one asked for, else the one before, where the plan had begun by then.
    pub previous: Option<Period>,
    /// Counted entries that moved, of the first level that is counted and then of the others, and whether for the better.
    pub moved: Vec<Moved>,
    /// The indicators.
    pub gaps: Vec<Gap<'p>>,
    /// The same as of the previous period, where there is one.
    pub gaps_before: Vec<Gap<'p>>,
    /// Indicators whose verdict is another than then, and whether a better one.
    pub turns: Vec<Turn>,
    /// What changed in the plan itself since the previous period.
    pub altered: Vec<Altered<'p>>,
    /// What the plan sets for the next period, in order of date.
    pub ahead: Vec<Ahead<'p>>,
    /// What is owed as of then, by owner.
    pub dues: Dues<'p>,
    /// What a final paper may not state: values that are unconfirmed.
    pub unsure: Vec<Unsure>,
}

/// Something that the plan sets for a period to come.
#[derive(Debug, Clone, Copy)]
pub struct Ahead<'p> {
    /// The entry, by place.
    pub place: usize,
    /// The initiative; `None` for the entry itself.
    pub initiative: Option<&'p Initiative>,
    /// What about it.
    pub step: Step<'p>,
    /// When.
    pub date: Period,
}

/// What the plan sets.
#[derive(Debug, Clone, Copy)]
pub enum Step<'p> {
    /// It begins.
    Begins,
    /// It ends.
    Ends,
    /// A dated step of it.
    Milestone(&'p Milestone),
    /// A step that is planned for the year, by its place in the plan's steps.
    Planned(usize),
}

/// How many indicators have each verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdicts {
    /// All that are judged or could not be.
    pub all: u64,
    /// 達成.
    pub met: u64,
    /// 順調.
    pub on_pace: u64,
    /// 遅れ.
    pub behind: u64,
    /// 後退.
    pub worsened: u64,
    /// 判定不能.
    pub undetermined: u64,
}

impl Verdicts {
    /// Counts them.
    pub fn count(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            counts.all += 1;
            *match verdict {
                Verdict::Met => &mut counts.met,
                Verdict::OnPace => &mut counts.on_pace,
                Verdict::Behind => &mut counts.behind,
                Verdict::Worsened => &mut counts.worsened,
                Verdict::Undetermined(_) => &mut counts.undetermined,
            } += 1;
        }
        counts
    }
}

/// Everything about one period, beside the one before.
pub fn summary(plan: &Plan, as_of: AsOf, scale: usize, evaluator: usize) -> Summary<'_> {
    summary_of(plan, Question::new(as_of, scale, evaluator))
}

/// Everything that a question is about, beside the period that it is compared with.
pub fn summary_of(plan: &Plan, question: Question) -> Summary<'_> {
    let (as_of, period) = (question.as_of, question.as_of.period);
    let status = status(plan, question);
    let gaps = gaps(plan, as_of);
    let previous = compared_with(plan, period, question.against);
    let gaps_before = previous.map(|previous| super::gap::gaps(plan, as_of.at_end_of(previous))).unwrap_or_default();
    let levels = other_levels(&status);
    let moves = |of: &Status<'_>| of.flows.iter().map(|flow| Moved::new(*flow, of)).collect::<Vec<_>>();
    Summary {
        previous,
        moved: moves(&status).into_iter().chain(levels.iter().flat_map(moves)).collect(),
        turns: moved::turns(&gaps, &gaps_before),
        altered: altered::altered(plan, previous, as_of),
        ahead: period.next().map(|next| ahead(plan, as_of, next)).unwrap_or_default(),
        dues: due(plan, as_of, Scope::default()),
        unsure: unsure::unsure(&status, &gaps),
        gaps_before,
        gaps,
        levels,
        status,
    }
}

impl<'p> Summary<'p> {
    /// The plan.
    pub fn plan(&self) -> &'p Plan {
        self.status.plan
    }

    /// As of when.
    pub fn as_of(&self) -> AsOf {
        self.status.question.as_of
    }

    /// The period.
    pub fn period(&self) -> Period {
        self.as_of().period
    }

    /// Each level that is counted, top first, and the one that the plan counts first.
    pub fn by_level(&self) -> (impl Iterator<Item = &Status<'p>>, &Status<'p>) {
        (self.levels.iter(), &self.status)
    }

    /// The entries that are counted.
    pub fn counted(&self) -> impl Iterator<Item = &Node<'p>> {
        self.status.nodes.iter().filter(|node| self.plan().head.counts(node.entry.level))
    }

    /// The counted entries whose grade asks for attention.
    pub fn attention(&self) -> impl Iterator<Item = &Node<'p>> {
        self.counted().filter(|node| self.needs_attention(node.standing))
    }

    /// Whether a grade asks for attention.
    pub fn needs_attention(&self, standing: Standing) -> bool {
        matches!(standing, Standing::Graded(grade) if self.status.version.grades[grade].attention)
    }

    /// The verdicts of the period.
    pub fn verdicts(&self) -> Verdicts {
        Verdicts::count(self.gaps.iter().map(Gap::counted))
    }

    /// How many indicators stand how, by each set of bands that judges.
    pub fn verdict_tables(&self, framework: Option<&str>) -> Vec<VerdictTable<'p>> {
        let before = self.previous.map(|previous| (previous, &*self.gaps_before));
        verdict_tables_since(self.plan(), &self.gaps, before, framework)
    }

    /// An indicator as it stood in the previous period, where the same bands judged it.
    pub fn gap_before(&self, gap: &Gap<'_>) -> Option<&Gap<'p>> {
        let place = self.gaps.iter().position(|other| other.indicator.id == gap.indicator.id)?;
        self.gaps_before.get(place).filter(|before| before.set.is_version(gap.set))
    }

    /// The last known update of an entry with words of its own.
    pub fn last_words(&self, entry: &'p Entry) -> Option<&'p Update> {
        let question = self.status.question;
        let mut known = entry.updates.iter().rev();
        let speaks = |update: &&Update| update.done.is_some() || update.issue.is_some() || update.next.is_some();
        known.find(|update| speaks(update) && update.evaluator == question.evaluator && question.as_of.counts(*update))
    }
}

/// What the plan sets for `period` and nobody has reached yet.
fn ahead(plan: &Plan, as_of: AsOf, period: Period) -> Vec<Ahead<'_>> {
    let roads = roads(plan, as_of, Scope::default());
    let active = roads.iter().filter(|road| plan.entries[road.place].is_active(period));
    let mut all: Vec<Ahead<'_>> = active.flat_map(|road| on_road(plan, road, period)).collect();
    all.sort_by_key(|ahead| (ahead.date, ahead.place));
    all
}

fn on_road<'p>(plan: &'p Plan, road: &Road<'p>, period: Period) -> Vec<Ahead<'p>> {
    let initiative = plan.entries[road.place].initiative(road.lane);
    let ahead = |step, date| Ahead { place: road.place, initiative, step, date };
    let begins = initiative.and_then(|i| i.start).filter(|start| period.contains(start.first_day()));
    let ends = initiative.and_then(|i| i.end).filter(|end| period.contains(end.last_day()));
    let is_due = |standing, date: Period| standing == road::Standing::Ahead && period.contains(date.last_day());
    let marks = road.marks.iter().filter(|mark| is_due(mark.standing, mark.milestone.date));
    let marks = marks.map(|mark| ahead(Step::Milestone(mark.milestone), mark.milestone.date));
    let steps = road.steps.iter().filter(|mark| is_due(mark.standing, mark.planned.year.into()));
    let steps = steps.map(|mark| ahead(Step::Planned(mark.planned.step), mark.planned.year.into()));
    let begins = begins.map(|date| ahead(Step::Begins, date)).into_iter();
    begins.chain(marks).chain(steps).chain(ends.map(|date| ahead(Step::Ends, date))).collect()
}
