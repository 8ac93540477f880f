//! Where every entry stands, and how many stand where: the roll-up.

mod groups;
mod moment;

use crate::plan::entry::{Entry, Update};
use crate::plan::period::{Cycle, Period};
use crate::plan::scale::{Composite, ScaleVersion};
use crate::plan::totals::Published;
use crate::plan::{Denominator, Plan};

use self::moment::Moment;
use super::totals::{Totals, totals};
use super::{AsOf, Scope};

pub use groups::{By, Group, Member, groups};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// As of when.
    pub as_of: AsOf,
    /// On which scale, by place.
    pub scale: usize,
    /// Rated by whom, by place.
    pub evaluator: usize,
    /// Only this entry and what is under it.
    pub under: Option<usize>,
    /// Only what this owner has.
    pub owner: Option<usize>,
    /// The level whose entries are counted, by place; `None`: the one that the plan counts first.
    pub level: Option<usize>,
    /// The period that it is compared with; `None`: the one before.
    pub against: Option<Period>,
}

impl Question {
    /// About the whole plan, compared with the period before.
    pub fn new(as_of: AsOf, scale: usize, evaluator: usize) -> Self {
        Self { as_of, scale, evaluator, under: None, owner: None, level: None, against: None }
    }

    /// The part of the plan that is asked about.
    pub fn scope(self) -> Scope {
        Scope { under: self.under, owner: self.owner }
    }
}

/// How an entry stands at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not in the plan at that moment.
    Outside,
    /// In the plan, and nobody has rated it (未報告).
    Unreported,
    /// Not rated in that period, as the plan says (今期対象外).
    Resting,
    /// Begins later, and nobody has rated it (開始前).
    Ahead,
    /// The grade, by its place in the scale's version of that moment.
    Graded(usize),
}

/// How many entries stand where. Counts come first; percentages are of those rated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// All that are in the plan.
    pub entries: u64,
    /// Those with each grade, by the grade's place.
    pub counts: Vec<u64>,
    /// Those nobody has rated.
    pub unreported: u64,
    /// Those with a grade that does not count (評価対象外).
    pub excluded: u64,
    /// Those that are not rated in the period (今期対象外).
    pub resting: u64,
    /// Those that begin later (開始前).
    pub ahead: u64,
    /// Those with a record that answers for the period that is asked ([`report_for`]).
    pub fresh: u64,
}

/// One entry, with its roll-up.
#[derive(Debug, Clone)]
pub struct Node<'p> {
    /// The entry's place in the plan.
    pub place: usize,
    /// The entry.
    pub entry: &'p Entry,
    /// How it stands itself.
    pub standing: Standing,
    /// The record that says so.
    pub rated_by: Option<&'p Update>,
    /// The last word about how far it is, in percent.
    pub progress: Option<u8>,
    /// The counted entries that it is or has under it.
    pub tally: Tally,
    /// The same as of the previous period.
    pub before: Tally,
}

/// An entry that moved from one standing to another since the previous period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The entry's place in the plan.
    pub place: usize,
    /// How it stood.
    pub from: Standing,
    /// How it stands.
    pub to: Standing,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Status<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// What was asked.
    pub question: Question,
    /// The level whose entries are counted, by place.
    pub counted: usize,
    /// The period that 前回比 compares with; none before the plan began, and none across a change of scale.
    pub previous: Option<Period>,
    /// The last period under another scale, where that is why nothing is compared.
    pub rescaled: Option<Period>,
    /// The grades of today.
    pub version: &'p ScaleVersion,
    /// The grades of the previous period.
    pub version_before: &'p ScaleVersion,
    /// Over everything asked.
    pub total: Tally,
    /// The same as of the previous period.
    pub before: Tally,
    /// Entries in the plan, in outline order; one that was dropped stays while something counted stands under it.
    pub nodes: Vec<Node<'p>>,
    /// Counted entries that moved.
    pub flows: Vec<Flow>,
    /// What papers printed of it.
    pub totals: Vec<Totals<'p>>,
}

/// Returns the updates by an evaluator that count as of then, the latest first; of one that takes the ratings of others,
/// theirs.
pub fn updates_by<'e>(
    plan: &'e Plan,
    entry: &'e Entry,
    as_of: AsOf,
    evaluator: usize,
) -> impl Iterator<Item = &'e Update> {
    let who = &plan.evaluators[evaluator];
    let by = move |u: &Update| if who.first_of.is_empty() { u.evaluator == evaluator } else { who.takes(u.evaluator) };
    entry.updates.iter().rev().filter(move |u| by(u) && as_of.counts(*u))
}

/// Returns the latest update by an evaluator that answers for `period`, of those that count as of then; `None` where the
/// entry was not reported on for it. What is reported, owed and asked for all follows from this.
pub fn report_for<'e>(
    plan: &'e Plan,
    entry: &'e Entry,
    as_of: AsOf,
    evaluator: usize,
    period: Period,
) -> Option<&'e Update> {
    updates_by(plan, entry, as_of, evaluator).find(|update| update.period.answers_for(period))
}

impl Tally {
    fn new(grades: usize) -> Self {
        Self { counts: vec![0; grades], ..Self::default() }
    }

    /// Those with a grade that counts.
    pub fn rated(&self) -> u64 {
        self.asked() - self.unreported - self.excluded
    }

    /// Those whose rating is due: without what begins later or is not rated in the period.
    pub fn asked(&self) -> u64 {
        self.entries - self.resting - self.ahead
    }

    /// The denominator of percentages, as the plan says.
    pub fn base(&self, denominator: Denominator) -> u64 {
        match denominator {
            Denominator::Rated => self.rated(),
            Denominator::Due => self.rated() + self.unreported,
        }
    }

    /// How many have one of the grades of a composite.
    pub fn sum(&self, composite: &Composite) -> u64 {
        composite.grades.iter().map(|grade| self.counts[*grade]).sum()
    }

    fn add(&mut self, standing: Standing, version: &ScaleVersion, fresh: bool) {
        match standing {
            Standing::Outside => return,
            Standing::Unreported => self.unreported += 1,
            Standing::Resting => self.resting += 1,
            Standing::Ahead => self.ahead += 1,
            Standing::Graded(grade) => {
                self.counts[grade] += 1;
                self.excluded += u64::from(!version.grades[grade].counts);
            }
        }
        self.entries += 1;
        self.fresh += u64::from(fresh);
    }
}

impl Status<'_> {
    /// Whether a counted entry has the grade of an earlier report, as it has none of this period.
    pub fn carries(&self) -> bool {
        let counted = self.nodes.iter().filter(|node| node.entry.level == self.counted);
        let mut graded = counted.filter(|node| matches!(node.standing, Standing::Graded(_)));
        graded.any(|node| node.tally.fresh == 0)
    }

    /// The denominator of the percentages of a tally, as the plan says.
    pub fn base(&self, tally: &Tally) -> u64 {
        tally.base(self.plan.head.denominator)
    }

    /// Whether anything stands so, now or then: by a count of [`Tally`].
    pub fn has_any(&self, count: fn(&Tally) -> u64) -> bool {
        count(&self.total) + count(&self.before) > 0
    }
}

/// Answers the question.
pub fn status(plan: &Plan, question: Question) -> Status<'_> {
    let Moments { now, then, previous, rescaled } = Moments::new(plan, question);
    let counted = question.level.unwrap_or(plan.head.counted);
    let asked = question.scope().entries(plan);
    let mut total = Tally::new(now.version.grades.len());
    let mut before = Tally::new(then.version.grades.len());
    let mut flows = Vec::new();
    let blank = (total.clone(), before.clone());
    let mut tallies: Vec<(Tally, Tally)> = vec![blank; plan.entries.len()];
    for (place, entry) in plan.entries.iter().enumerate() {
        if entry.level != counted || !asked[place] {
            continue;
        }
        let (to, from) = (now.standing(entry), then.standing(entry));
        let (fresh, was_fresh) = (now.is_fresh(entry), then.is_fresh(entry));
        for at in lineage(plan, place, question.under) {
            let (tally, earlier) = &mut tallies[at];
            tally.add(to, now.version, fresh);
            earlier.add(from, then.version, was_fresh);
        }
        total.add(to, now.version, fresh);
        before.add(from, then.version, was_fresh);
        let came_or_went = rescaled.is_some() && [from, to].contains(&Standing::Outside);
        if (previous.is_some() || came_or_went) && moved(&then, from, &now, to) {
            flows.push(Flow { place, from, to });
        }
    }
    let nodes = nodes(plan, &now, &asked, tallies);
    Status {
        plan,
        question,
        counted,
        previous,
        rescaled,
        version: now.version,
        version_before: then.version,
        total,
        before,
        nodes,
        flows,
        totals: totals(plan, &question),
    }
}

/// What the records give of what a paper printed, as of the end of its period; `None` where no entry is known.
pub fn tally_of(plan: &Plan, printed: &Published, under: Option<usize>) -> Option<Tally> {
    let (as_of, place) = (AsOf::end_of(printed.period), &printed.place);
    let question = Question { under, level: Some(place.level), ..Question::new(as_of, place.scale, place.evaluator) };
    let moment = Moment::new(plan, question, as_of);
    let asked = question.scope().entries(plan);
    let mut tally = Tally::new(moment.version.grades.len());
    let counted = plan.entries.iter().zip(asked).filter(|(entry, asked)| *asked && entry.level == place.level);
    for (entry, _) in counted {
        tally.add(moment.standing(entry), moment.version, moment.is_fresh(entry));
    }
    (!plan.entries.is_empty()).then_some(tally)
}

/// The same question of the other levels that the plan counts, top first.
pub fn other_levels<'p>(of: &Status<'p>) -> Vec<Status<'p>> {
    let levels = of.plan.head.also_counted.iter();
    levels.map(|level| status(of.plan, Question { level: Some(*level), ..of.question })).collect()
}

/// The two moments of a question: when it is asked of, and what it is compared with.
struct Moments<'p> {
    now: Moment<'p>,
    then: Moment<'p>,
    previous: Option<Period>,
    rescaled: Option<Period>,
}

impl<'p> Moments<'p> {
    fn new(plan: &'p Plan, question: Question) -> Self {
        let now = Moment::new(plan, question, question.as_of);
        let previous = compared_with(plan, question.as_of.period, question.against);
        let as_of = previous.map_or(question.as_of, |period| question.as_of.at_end_of(period));
        let then = Moment::new(plan, question, as_of);
        let rescaled = previous.filter(|_| !then.version.is_as(now.version));
        Self { now, then, previous: previous.filter(|_| rescaled.is_none()), rescaled }
    }
}

/// The period that one is compared with: the one asked for, else the one before.
pub fn compared_with(plan: &Plan, period: Period, against: Option<Period>) -> Option<Period> {
    against.or_else(|| period_before(plan, period))
}

/// The period before, where the plan had begun by then. What is shorter than the reporting cycle stands for the period of
/// the cycle around it: March of a yearly plan for its year.
pub fn period_before(plan: &Plan, period: Period) -> Option<Period> {
    let is_shorter = |of: Option<Cycle>| of.is_some_and(|of| of < plan.head.cycle);
    let around = if is_shorter(period.cycle()) { plan.head.cycle.period_containing(period.last_day()) } else { period };
    around.prev().filter(|previous| plan.head.from.first_day() <= previous.first_day())
}

/// The entry and everything above it, up to `top`.
fn lineage(plan: &Plan, place: usize, top: Option<usize>) -> impl Iterator<Item = usize> + use<'_> {
    std::iter::successors(Some(place), move |&at| plan.entries[at].parent.filter(|_| top != Some(at)))
}

fn nodes<'p>(plan: &'p Plan, now: &Moment<'p>, asked: &[bool], tallies: Vec<(Tally, Tally)>) -> Vec<Node<'p>> {
    let entries = plan.entries.iter().zip(tallies).enumerate();
    let nodes = entries.filter_map(|(place, (entry, (tally, before)))| {
        let shown = asked[place] && now.as_of.has(entry) || tally.entries > 0;
        shown.then(|| {
            let standing = now.standing(entry);
            let is_graded = matches!(standing, Standing::Graded(_));
            let rated_by = now.rated_by(entry).filter(|_| is_graded).map(|(update, _)| update);
            Node { place, entry, standing, rated_by, progress: now.progress(entry), tally, before }
        })
    });
    nodes.collect()
}

fn moved(then: &Moment<'_>, from: Standing, now: &Moment<'_>, to: Standing) -> bool {
    match (from, to) {
        (Standing::Graded(from), Standing::Graded(to)) => then.version.grades[from].id != now.version.grades[to].id,
        _ => from != to,
    }
}
