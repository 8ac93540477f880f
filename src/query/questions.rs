//! 想定質問: every entry and indicator that a council member may ask about, and why.

use crate::plan::Subject;
use crate::plan::indicator::Kind;
use crate::plan::judging::BandSet;
use crate::plan::paper::Answer;

use super::gap::methods::compare;
use super::gap::{Gap, Verdict};
use super::opinion::{Thread, threads};
use super::scope::answering;
use super::status::{Flow, Node};
use super::summary::{Retarget, Summary, Turn, Unsure, retargets};

/// Something that may be asked about.
#[derive(Debug, Clone)]
pub struct Query<'p> {
    /// The entry or indicator.
    pub subject: Subject,
    /// Why it may be asked about; at least one.
    pub doubts: Vec<Doubt<'p>>,
    /// The entry with its standing, where it is one.
    pub node: Option<Node<'p>>,
    /// The indicator against its target, where it is one.
    pub gap: Option<Gap<'p>>,
    /// Who answers, by place.
    pub owners: &'p [usize],
    /// What was answered last.
    pub answer: Option<&'p Answer>,
    /// What was said of it before, and what was answered.
    pub opinions: Vec<Thread<'p>>,
    /// 答弁案: what is prepared for this period.
    pub draft: Option<&'p Answer>,
}

/// Why something may be asked about.
#[derive(Debug, Clone)]
pub enum Doubt<'p> {
    /// 後退: worse than at the outset.
    Worsened,
    /// 未達成: the target was due, and is not met.
    Missed,
    /// 遅れ: an entry that needs attention, or an indicator behind its pace.
    Late,
    /// The grade is another than last time.
    Moved(Flow),
    /// The verdict is another than last time.
    Turned(Turn),
    /// 目標値の下方修正.
    Lowered(Retarget<'p>),
    /// 所管課の判断: a person came to another verdict than what is computed.
    ByHand,
    /// What other methods say.
    DependsOnMethod(Vec<(&'p BandSet, Verdict)>),
    /// 要確認.
    Unconfirmed(Unsure),
    /// It was asked before, and what was asked is not settled.
    Asked(Thread<'p>),
}

impl Doubt<'_> {
    /// The word that programs read.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Worsened => "worsened",
            Self::Missed => "missed",
            Self::Late => "late",
            Self::Moved(_) | Self::Turned(_) => "changed",
            Self::Lowered(_) => "lowered",
            Self::ByHand => "by-hand",
            Self::DependsOnMethod(_) => "method",
            Self::Unconfirmed(_) => "unconfirmed",
            Self::Asked(_) => "asked",
        }
    }
}

/// Entries first, then indicators, each in the order of the plan.
pub fn questions<'p>(summary: &Summary<'p>) -> Vec<Query<'p>> {
    let entries = summary.status.nodes.iter().map(|node| of_entry(summary, node));
    let methods = compare(summary.plan(), summary.as_of());
    let lowered: Vec<Retarget<'p>> =
        retargets(summary.plan(), summary.as_of()).into_iter().filter(|r| r.easier == Some(true)).collect();
    let judged = summary.plan().indicators.iter().enumerate();
    let judged = judged.filter(|(_, i)| i.kind != Kind::Heading).map(|(place, _)| place);
    let indicators = judged.zip(&summary.gaps).enumerate().map(|(at, (place, gap))| {
        let mut query = of_indicator(summary, at, place, gap);
        query.doubts.extend(lowered.iter().filter(|r| r.indicator.id == gap.indicator.id).map(|r| Doubt::Lowered(*r)));
        let compared = methods.get(at).filter(|compared| compared.differs);
        query.doubts.extend(
            compared.map(|compared| {
                Doubt::DependsOnMethod(compared.gaps.iter().map(|gap| (gap.set, gap.verdict)).collect())
            }),
        );
        query.doubts.extend(unconfirmed(summary, query.subject));
        query
    });
    let said = threads(summary.plan(), summary.as_of());
    let with_opinions = |mut query: Query<'p>| {
        query.opinions = said.iter().filter(|thread| thread.is_about(query.subject)).cloned().collect();
        let open = query.opinions.iter().filter(|thread| thread.is_open());
        query.doubts.extend(open.map(|thread| Doubt::Asked(thread.clone())));
        query
    };
    entries.chain(indicators).map(with_opinions).filter(|query| !query.doubts.is_empty()).collect()
}

fn unconfirmed<'p>(summary: &Summary<'p>, subject: Subject) -> impl Iterator<Item = Doubt<'p>> {
    summary.unsure.iter().filter(move |unsure| unsure.subject == subject).map(|unsure| Doubt::Unconfirmed(*unsure))
}

fn of_entry<'p>(summary: &Summary<'p>, node: &Node<'p>) -> Query<'p> {
    let subject = Subject::Entry(node.place);
    let mut doubts = Vec::new();
    doubts.extend(summary.needs_attention(node.standing).then_some(Doubt::Late));
    let moved = summary.moved.iter().filter(|moved| moved.flow.place == node.place);
    doubts.extend(moved.map(|moved| Doubt::Moved(moved.flow)));
    doubts.extend(unconfirmed(summary, subject));
    let (answer, draft) = (last_answer(summary, subject), draft(summary, subject));
    Query {
        subject,
        doubts,
        node: Some(node.clone()),
        gap: None,
        owners: &node.entry.owners,
        answer,
        draft,
        opinions: Vec::new(),
    }
}

fn of_indicator<'p>(summary: &Summary<'p>, at: usize, place: usize, gap: &Gap<'p>) -> Query<'p> {
    let subject = Subject::Indicator(place);
    let is_due = gap.held_to().is_some_and(|target| target.period.last_day() <= summary.as_of().date);
    let mut doubts = Vec::new();
    match gap.counted() {
        Verdict::Worsened => doubts.push(Doubt::Worsened),
        Verdict::Behind if is_due => doubts.push(Doubt::Missed),
        Verdict::Behind => doubts.push(Doubt::Late),
        _ => {}
    }
    doubts.extend((gap.counted().key() != gap.verdict.key()).then_some(Doubt::ByHand));
    doubts.extend(summary.turns.iter().filter(|turn| turn.place == at).map(|turn| Doubt::Turned(*turn)));
    let owners = answering(summary.plan(), gap.indicator);
    let (answer, draft) = (last_answer(summary, subject), draft(summary, subject));
    Query { subject, doubts, node: None, gap: Some(gap.clone()), owners, answer, draft, opinions: Vec::new() }
}

/// What was answered last about the subject, up to the period.
fn last_answer<'p>(summary: &Summary<'p>, subject: Subject) -> Option<&'p Answer> {
    let answers = summary.plan().answers.iter().rev();
    let as_of = summary.as_of();
    let is_known = |answer: &Answer| answer.period.last_day() <= as_of.until() && as_of.has_heard(answer.recorded);
    answers.filter(|answer| answer.about == subject && !answer.draft).find(|answer| is_known(answer))
}

/// What is prepared about the subject for the period, the last one written.
fn draft<'p>(summary: &Summary<'p>, subject: Subject) -> Option<&'p Answer> {
    let is_drafted = |answer: &&Answer| answer.draft && answer.about == subject && answer.period == summary.period();
    summary.plan().answers.iter().rfind(is_drafted)
}
