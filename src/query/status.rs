//! Where every entry stands, and how many stand where: the roll-up.

use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::scale::{Composite, Rating, ScaleVersion};
use crate::plan::totals::Published;

use super::totals::{Totals, totals};
use super::{AsOf, Scope};

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
}

/// How an entry stands at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not in the plan at that moment.
    Outside,
    /// In the plan, and nobody has rated it (未報告).
    Unreported,
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

/// Returns the updates by an evaluator that count as of then, the latest first.
pub fn updates_by(entry: &Entry, as_of: AsOf, evaluator: usize) -> impl Iterator<Item = &Update> {
    entry.updates.iter().rev().filter(move |u| u.evaluator == evaluator && as_of.counts(*u))
}

/// Returns the latest update by an evaluator that answers for `period`, of those that count as of then; `None` where the
/// entry was not reported on for it. What is reported, owed and asked for all follows from this.
pub fn report_for(entry: &Entry, as_of: AsOf, evaluator: usize, period: Period) -> Option<&Update> {
    updates_by(entry, as_of, evaluator).find(|update| update.period.answers_for(period))
}

impl Tally {
    fn new(grades: usize) -> Self {
        Self { counts: vec![0; grades], ..Self::default() }
    }

    /// The denominator of percentages: those with a grade that counts.
    pub fn rated(&self) -> u64 {
        self.entries - self.unreported - self.excluded
    }

    /// How many have one of the grades of a composite.
    pub fn sum(&self, composite: &Composite) -> u64 {
        composite.grades.iter().map(|grade| self.counts[*grade]).sum()
    }

    fn add(&mut self, standing: Standing, version: &ScaleVersion, fresh: bool) {
        match standing {
            Standing::Outside => return,
            Standing::Unreported => self.unreported += 1,
            Standing::Graded(grade) => {
                self.counts[grade] += 1;
                self.excluded += u64::from(!version.grades[grade].counts);
            }
        }
        self.entries += 1;
        self.fresh += u64::from(fresh);
    }
}

/// Answers the question.
pub fn status(plan: &Plan, question: Question) -> Status<'_> {
    let now = Moment::new(plan, question, question.as_of);
    let previous = period_before(plan, question.as_of.period);
    let then = Moment::new(plan, question, previous.map_or(question.as_of, |period| question.as_of.at_end_of(period)));
    let rescaled = previous.filter(|_| !then.version.is_as(now.version));
    let previous = previous.filter(|_| rescaled.is_none());
    let asked = Scope { under: question.under, owner: question.owner }.entries(plan);
    let mut total = Tally::new(now.version.grades.len());
    let mut before = Tally::new(then.version.grades.len());
    let mut flows = Vec::new();
    let blank = (total.clone(), before.clone());
    let mut tallies: Vec<(Tally, Tally)> = vec![blank; plan.entries.len()];
    for (place, entry) in plan.entries.iter().enumerate() {
        if entry.level != plan.head.counted || !asked[place] {
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
    let question = Question { as_of, scale: place.scale, evaluator: place.evaluator, under, owner: None };
    let moment = Moment::new(plan, question, as_of);
    let asked = Scope { under, owner: None }.entries(plan);
    let mut tally = Tally::new(moment.version.grades.len());
    let counted = plan.entries.iter().zip(asked).filter(|(entry, asked)| *asked && entry.level == place.level);
    for (entry, _) in counted {
        tally.add(moment.standing(entry), moment.version, moment.is_fresh(entry));
    }
    (!plan.entries.is_empty()).then_some(tally)
}

/// The period before, where the plan had begun by then.
pub fn period_before(plan: &Plan, period: Period) -> Option<Period> {
    period.prev().filter(|previous| plan.head.from.first_day() <= previous.first_day())
}

/// The entry and everything above it, up to `top`.
fn lineage(plan: &Plan, place: usize, top: Option<usize>) -> impl Iterator<Item = usize> + use<'_> {
    std::iter::successors(Some(place), move |&at| plan.entries[at].parent.filter(|_| top != Some(at)))
}

fn nodes<'p>(plan: &'p Plan, now: &Moment<'p>, asked: &[bool], tallies: Vec<(Tally, Tally)>) -> Vec<Node<'p>> {
    let entries = plan.entries.iter().zip(tallies).enumerate();
    let nodes = entries.filter_map(|(place, (entry, (tally, before)))| {
        let shown = asked[place] && now.as_of.has(entry) || tally.entries > 0;
        shown.then(|| Node {
            place,
            entry,
            standing: now.standing(entry),
            rated_by: now.rated_by(entry).filter(|(_, rating)| now.grade(*rating).is_some()).map(|(update, _)| update),
            progress: now.progress(entry),
            tally,
            before,
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

/// One moment of one question.
struct Moment<'p> {
    question: Question,
    as_of: AsOf,
    version_place: usize,
    version: &'p ScaleVersion,
    plan: &'p Plan,
}

impl<'p> Moment<'p> {
    fn new(plan: &'p Plan, question: Question, as_of: AsOf) -> Self {
        let (version_place, version) = plan.scales[question.scale].version_near(as_of.period);
        Self { question, as_of, version_place, version, plan }
    }

    /// Returns the updates by the evaluator that count at this moment, the latest first.
    fn updates<'e>(&self, entry: &'e Entry) -> impl Iterator<Item = &'e Update> + use<'e> {
        updates_by(entry, self.as_of, self.question.evaluator)
    }

    fn rated_by(&self, entry: &'p Entry) -> Option<(&'p Update, Rating)> {
        self.updates(entry).find_map(|update| Some((update, update.rating_on(self.question.scale)?)))
    }

    fn standing(&self, entry: &'p Entry) -> Standing {
        if !self.as_of.has(entry) {
            return Standing::Outside;
        }
        let grade = self.rated_by(entry).and_then(|(_, rating)| self.grade(rating));
        grade.map_or(Standing::Unreported, Standing::Graded)
    }

    /// A grade given under an earlier version of the scale holds while the version of today still has it.
    fn grade(&self, rating: Rating) -> Option<usize> {
        if usize::from(rating.version) == self.version_place {
            return Some(rating.grade.into());
        }
        let given = &self.plan.scales[self.question.scale].versions[usize::from(rating.version)];
        let id = &given.grades[usize::from(rating.grade)].id;
        self.version.grades.iter().position(|grade| grade.id == *id)
    }

    fn progress(&self, entry: &'p Entry) -> Option<u8> {
        self.updates(entry).find_map(|update| update.progress)
    }

    fn is_fresh(&self, entry: &Entry) -> bool {
        report_for(entry, self.as_of, self.question.evaluator, self.as_of.period).is_some()
    }
}
