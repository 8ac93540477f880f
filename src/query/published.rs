//! Every figure that is published of a period, and how those of a closed one differ from what holds now.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::plan::closing::{About, Closing, Correction, FigureKey, Figures, Line, Words, fingerprint_of};
use crate::plan::entry::Update;
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Certainty, Value};
use crate::plan::{Plan, Subject};

pub mod because;
mod lacking;
pub mod shares;

pub use self::lacking::{Lacking, lacking};
use super::AsOf;
use super::gap::{Gap, Rate, gaps};
use super::status::{Node, Question, Standing, Status, other_levels, status, updates_by};

/// One figure that is not what was published, or not what the last correction says.
#[derive(Debug, Clone)]
pub struct Difference<'p> {
    /// Which, as it was called when it was published.
    pub key: FigureKey,
    /// What it is of today; of another id once it was renumbered.
    pub about: About,
    /// What was published.
    pub published: Option<&'p Line>,
    /// What the last correction says of it, or what was published.
    pub acknowledged: Option<Words>,
    /// What holds now.
    pub now: Option<Line>,
    /// The corrections that speak of it, the oldest first.
    pub corrections: Vec<&'p Correction>,
}

impl Difference<'_> {
    /// Whether a correction says what holds now.
    pub fn is_recorded(&self) -> bool {
        self.acknowledged.as_ref() == self.now.as_ref().map(|line| &line.words)
    }

    /// Whether what was published holds again, or still.
    pub fn is_as_published(&self) -> bool {
        self.published.map(|line| &line.words) == self.now.as_ref().map(|line| &line.words)
    }

    /// Whether it merely follows from another difference that is not recorded either: totals, rates, verdicts.
    pub fn follows(&self, all: &[Self]) -> bool {
        let own = |other: &Self| !other.is_recorded() && !other.key.is_derived();
        let same = |other: &Self| match &self.key.about {
            About::Indicator(_) => other.key.about == self.key.about,
            About::Total | About::Entry(_) => other.key.about.table() == "entry",
        };
        self.key.is_derived() && all.iter().any(|other| own(other) && same(other))
    }

    /// Where what holds now stands; where it was published, if there is nothing any more.
    pub fn origin(&self) -> Option<Origin> {
        self.now.as_ref().or(self.published).map(|line| line.origin)
    }
}

/// Every figure as of the end of a period.
pub fn figures(plan: &Plan, period: Period) -> Figures {
    let as_of = AsOf::end_of(period);
    let mut figures = Figures::new();
    // What one takes of others follows from theirs.
    let rates = |evaluator: &usize| plan.evaluators[*evaluator].first_of.is_empty();
    for evaluator in (0..plan.evaluators.len()).filter(rates) {
        for scale in 0..plan.scales.len() {
            let status = status(plan, Question::new(as_of, scale, evaluator));
            totals(&status, &mut figures);
            other_levels(&status).iter().for_each(|level| totals(level, &mut figures));
            status.nodes.iter().for_each(|node| {
                rating(&status, node, &mut figures);
                subtotal(&status, node, &mut figures);
            });
        }
        plan.entries.iter().filter(|e| e.is_active(period)).for_each(|entry| {
            let updates = || updates_by(plan, entry, as_of, evaluator);
            let who = &plan.evaluators[evaluator].id;
            let about = || About::Entry(entry.id.clone());
            if let Some((update, progress)) = updates().find_map(|u| Some((u, u.progress?))) {
                let words = vec![progress.to_string().into(), update.period.short().into()];
                figures.insert(key(about(), format!("progress.{who}")), by(update, words));
            }
            if let Some(update) = updates().find(|u| u.done.is_some() || u.issue.is_some() || u.next.is_some()) {
                let texts = [&update.done, &update.issue, &update.next].map(Option::as_deref);
                let words = vec![fingerprint_of(texts).into(), update.period.short().into()];
                figures.insert(key(about(), format!("texts.{who}")), by(update, words));
            }
        });
    }
    gaps(plan, as_of).iter().for_each(|gap| indicator(gap, &mut figures));
    figures
}

fn key(about: About, what: impl Into<Box<str>>) -> FigureKey {
    FigureKey { about, what: what.into() }
}

fn by(update: &Update, mut words: Words) -> Line {
    words.extend(mark(update.certainty()));
    Line { words, origin: update.origin, notes: update.notes.clone() }
}

fn mark(certainty: Certainty) -> Option<Box<str>> {
    match certainty {
        Certainty::Stated => None,
        Certainty::Inferred => Some("inferred".into()),
        Certainty::Unconfirmed => Some("unconfirmed".into()),
    }
}

fn totals(status: &Status<'_>, figures: &mut Figures) {
    let (plan, question) = (status.plan, status.question);
    let level = question.level.map(|level| format!(".level-{}", level + 1)).unwrap_or_default();
    let name = format!("{}.{}{level}", plan.scales[question.scale].id, plan.evaluators[question.evaluator].id);
    let total = &status.total;
    if total.entries == 0 {
        return;
    }
    let plain = [
        ("entries", total.entries),
        ("rated", total.rated()),
        ("unreported", total.unreported),
        ("excluded", total.excluded),
    ];
    let not_asked = [("not_rated", total.resting), ("not_begun", total.ahead)].into_iter().filter(|(_, n)| *n > 0);
    let counts = status.version.grades.iter().zip(&total.counts);
    let counts = counts.map(|(grade, count)| (format!("counts.{}", grade.id), *count));
    let counts = not_asked.map(|(what, n)| (what.to_owned(), n)).chain(counts);
    for (what, count) in plain.map(|(what, count)| (what.to_owned(), count)).into_iter().chain(counts) {
        let line = Line { words: vec![count.to_string().into()], origin: plan.head.origin, ..Line::default() };
        figures.insert(key(About::Total, format!("{name}.{what}")), line);
    }
}

/// How many of the entries under one above them have which grade: `"good 2", "unreported 1"`, what nobody has left out.
fn subtotal(status: &Status<'_>, node: &Node<'_>, figures: &mut Figures) {
    let (plan, question, tally) = (status.plan, status.question, &node.tally);
    if node.entry.level == plan.head.counted || tally.entries == 0 || status.version.grades.is_empty() {
        return;
    }
    let counts = status.version.grades.iter().map(|grade| grade.id.as_str()).zip(tally.counts.iter().copied());
    let without = [("unreported", tally.unreported), ("not_rated", tally.resting), ("not_begun", tally.ahead)];
    let counts = counts.chain(without).filter(|(_, count)| *count > 0);
    let words = counts.map(|(what, count)| format!("{what} {count}").into()).collect();
    let what = format!("counts.{}.{}", plan.scales[question.scale].id, plan.evaluators[question.evaluator].id);
    let line = Line { words, origin: node.entry.origin, ..Line::default() };
    figures.insert(key(About::Entry(node.entry.id.clone()), what), line);
}

/// The grade that counts; of what is counted also that nobody gave one.
fn rating(status: &Status<'_>, node: &Node<'_>, figures: &mut Figures) {
    let (plan, question) = (status.plan, status.question);
    let line = match (node.standing, node.rated_by) {
        (Standing::Graded(grade), Some(update)) => {
            let grade = &status.version.grades[grade].id;
            by(update, vec![grade.as_str().into(), update.period.short().into()])
        }
        (standing, _) if plan.head.counts(node.entry.level) && !status.version.grades.is_empty() => {
            let word = match standing {
                Standing::Resting => "not_rated",
                Standing::Ahead => "not_begun",
                _ => "unreported",
            };
            Line { words: vec![word.into()], origin: node.entry.origin, ..Line::default() }
        }
        _ => return,
    };
    let what = format!("rating.{}.{}", plan.scales[question.scale].id, plan.evaluators[question.evaluator].id);
    figures.insert(key(About::Entry(node.entry.id.clone()), what), line);
}

fn indicator(gap: &Gap<'_>, figures: &mut Figures) {
    let of = gap.indicator;
    let mut put = |what: &str, line: Line| figures.insert(key(About::Indicator(of.id.clone()), what), line);
    for (what, reading) in [("baseline", gap.baseline), ("target", gap.target)] {
        if let Some(reading) = reading {
            put(what, read(reading, of));
        }
    }
    for (what, measure) in [("actual", gap.actual), ("missing", gap.missing)] {
        if let Some(measure) = measure {
            let mut line = read(&measure.reading, of);
            line.words.extend(measure.provisional.then(|| "provisional".into()));
            put(what, line);
        }
    }
    let origin = gap.actual.map_or(of.origin, |actual| actual.reading.origin);
    let mut derived = |what: &str, words: Words| drop(put(what, Line { words, origin, ..Line::default() }));
    for (what, rate) in [("ratio_to_target", gap.ratio_to_target), ("improvement", gap.improvement)] {
        if let Some(rate) = rate {
            derived(what, vec![fraction(rate)]);
        }
    }
    let verdict = gap.verdict.key();
    let band = gap.band.filter(|band| !band.is_rest()).map(|band| band.id.as_str()).filter(|band| *band != verdict);
    let unsure = gap.is_unsure().then_some("unconfirmed");
    derived("verdict", [Some(verdict), band, unsure].into_iter().flatten().map(Into::into).collect());
}

fn read(reading: &Reading, of: &Indicator) -> Line {
    let mut words: Words = match &reading.value {
        Value::Number(number) => vec![number.normalize().to_string().into()],
        Value::Range(within) => vec![format!("{}..{}", within.min.normalize(), within.max.normalize()).into()],
        Value::Step(place) => match &of.kind {
            Kind::Milestone { steps } => steps.get(*place).cloned().into_iter().collect(),
            _ => Vec::new(),
        },
        Value::Words => reading.written().into_iter().map(Into::into).collect(),
        Value::Absent(Absence::Unsettled(candidates)) => {
            let candidates: Vec<String> = candidates.iter().map(|c| c.normalize().to_string()).collect();
            vec![candidates.join("|").into()]
        }
        Value::Absent(absence) => vec![absence.key().into()],
    };
    words.push(reading.period.short().into());
    words.extend(mark(reading.origin.certainty));
    Line { words, origin: reading.origin, notes: reading.notes().into() }
}

/// An exact rate as the two numbers it is made of.
fn fraction(rate: Rate) -> Box<str> {
    format!("{}/{}", rate.numerator().normalize(), rate.denominator().normalize()).into()
}

/// How the figures of a closed period differ from what holds now, in order; what was corrected stays among them.
pub fn differences<'p>(plan: &'p Plan, closing: &'p Closing) -> Vec<Difference<'p>> {
    let acknowledged = closing.acknowledged();
    let mut now =
        called_as_then(plan, &figures(plan, closing.period), acknowledged.keys().chain(closing.figures.keys()));
    let keys: BTreeSet<FigureKey> =
        closing.figures.keys().chain(acknowledged.keys()).chain(now.keys()).cloned().collect();
    let difference = |key: FigureKey| {
        let (about, line) = now.remove(&key).map_or((None, None), |(about, line)| (Some(about), Some(line)));
        let published = closing.figures.get(&key);
        let speaks = |c: &&Correction| c.changes.iter().any(|change| change.key == key);
        let difference = Difference {
            about: about.unwrap_or_else(|| key.about.clone()),
            published,
            acknowledged: acknowledged.get(&key).cloned(),
            now: line,
            corrections: closing.corrections.iter().filter(speaks).collect(),
            key,
        };
        (!difference.is_as_published() || !difference.is_recorded() || !difference.corrections.is_empty())
            .then_some(difference)
    };
    keys.into_iter().filter_map(difference).collect()
}

/// Figures of today under the ids that they had in the manifest, each with what it is of today.
fn called_as_then<'k>(
    plan: &Plan,
    figures: &Figures,
    then: impl Iterator<Item = &'k FigureKey>,
) -> BTreeMap<FigureKey, (About, Line)> {
    let then: BTreeSet<&Id> = then.filter_map(|key| key.about.id()).collect();
    let today: BTreeSet<&Id> = figures.keys().filter_map(|key| key.about.id()).collect();
    let formerly = |id: &Id| match plan.index.get(id) {
        Some(Subject::Entry(place)) => &*plan.entries[*place].formerly,
        Some(Subject::Indicator(place)) => &*plan.indicators[*place].formerly,
        None => &[],
    };
    let had: HashMap<&Id, &Id> =
        today.iter().flat_map(|id| formerly(id).iter().map(move |former| (former, *id))).collect();
    // Its own id, unless that was another's then; else the last one it had that was published.
    let was = |id: &Id| {
        let own = then.contains(id) && had.get(id).is_none_or(|other| *other == id);
        let former = || formerly(id).iter().rfind(|former| then.contains(former));
        if own { id.clone() } else { former().unwrap_or(id).clone() }
    };
    let renamed = |(key, line): (&FigureKey, &Line)| {
        let about = match &key.about {
            About::Total => About::Total,
            About::Entry(id) => About::Entry(was(id)),
            About::Indicator(id) => About::Indicator(was(id)),
        };
        (FigureKey { about, what: key.what.clone() }, (key.about.clone(), line.clone()))
    };
    figures.iter().map(renamed).collect()
}

/// The manifest of a period, where the record still says what was published, corrections included.
pub fn settled(plan: &Plan, period: Period) -> Option<&Closing> {
    let closing = plan.closings.iter().find(|closing| closing.period == period)?;
    let holds = closing.altered().is_none() && differences(plan, closing).iter().all(Difference::is_recorded);
    holds.then_some(closing)
}
