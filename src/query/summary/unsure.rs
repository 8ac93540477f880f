//! What a paper states and the documents do not settle.

use crate::plan::entry::{Entry, Figure};
use crate::plan::indicator::{Kind, Reading, Series};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Certainty, Value};
use crate::plan::{Plan, Subject};
use crate::query::gap::Gap;
use crate::query::status::{Node, Status};

/// Something that is unconfirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsure {
    /// Of which entry or indicator.
    pub subject: Subject,
    /// What of it.
    pub what: What,
    /// The period, where it has one.
    pub period: Option<Period>,
    /// Where it stands.
    pub origin: Origin,
}

/// What is unconfirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The entry or indicator as such.
    Itself,
    /// 進捗の記録.
    Rating,
    /// 基準値.
    Baseline,
    /// 実績値.
    Actual,
    /// 目標値.
    Target,
    /// 値の種類.
    Series,
    /// 取組や記録が示す数値.
    Figure,
}

/// Everything unconfirmed that a paper about these would state. The gaps are those of every indicator but the headings.
pub fn unsure(status: &Status<'_>, gaps: &[Gap<'_>]) -> Vec<Unsure> {
    let indicators = status.plan.indicators.iter().enumerate();
    let places = indicators.filter(|(_, indicator)| indicator.kind != Kind::Heading).map(|(place, _)| place);
    let of_gaps = gaps.iter().zip(places).flat_map(|(gap, place)| of_gap(gap, Subject::Indicator(place)));
    status.nodes.iter().flat_map(of_node).chain(of_gaps).collect()
}

/// The unconfirmed figures of initiatives and records: pages of entries state them, papers by period do not.
pub fn unsure_figures(plan: &Plan) -> Vec<Unsure> {
    let is = |figure: &&Figure| {
        figure.origin.certainty == Certainty::Unconfirmed
            || matches!(figure.value, Value::Absent(Absence::Unsettled(_)))
    };
    let of = |(place, entry): (usize, &Entry)| {
        let subject = Subject::Entry(place);
        let found = entry.figures().filter(is);
        let unsure =
            |figure: &Figure| Unsure { subject, what: What::Figure, period: figure.period, origin: figure.origin };
        found.map(unsure).collect::<Vec<_>>()
    };
    plan.entries.iter().enumerate().flat_map(of).collect()
}

fn of_node(node: &Node<'_>) -> Vec<Unsure> {
    let subject = Subject::Entry(node.place);
    let is = |origin: Origin| origin.certainty == Certainty::Unconfirmed;
    let itself = is(node.entry.origin).then_some((What::Itself, None, node.entry.origin));
    let rating = node.rated_by.filter(|update| is(update.origin));
    let rating = rating.map(|update| (What::Rating, Some(update.period), update.origin));
    let found = [itself, rating].into_iter().flatten();
    found.map(|(what, period, origin)| Unsure { subject, what, period, origin }).collect()
}

fn of_gap(gap: &Gap<'_>, subject: Subject) -> Vec<Unsure> {
    let indicator = gap.indicator;
    let is = |origin: Origin| origin.certainty == Certainty::Unconfirmed;
    let reading = |what: What, reading: Option<&Reading>| {
        let reading = reading.filter(|r| is(r.origin) || matches!(r.value, Value::Absent(Absence::Unsettled(_))));
        reading.map(|r| Unsure { subject, what, period: Some(r.period), origin: r.origin })
    };
    let series = indicator.series == Series::Unconfirmed && gap.actual.is_some();
    let whole = |what: What| Unsure { subject, what, period: None, origin: indicator.origin };
    let readings = [
        reading(What::Baseline, gap.baseline),
        reading(What::Actual, gap.actual.map(|m| &m.reading)),
        reading(What::Target, gap.target),
    ];
    let readings: Vec<Unsure> = readings.into_iter().flatten().collect();
    // Values say more closely what is open than the indicator as a whole does.
    let itself = (is(indicator.origin) && readings.is_empty()).then(|| whole(What::Itself));
    readings.into_iter().chain(itself).chain(series.then(|| whole(What::Series))).collect()
}
