//! What would change: verdicts under other methods, and ratings that do not fit their indicators.

use super::{Gap, Verdict, gap, gap_by};
use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::judging::{Against, BandSet};
use crate::query::AsOf;
use crate::query::status::{Node, Standing, Status};

/// One indicator judged by every set of bands.
#[derive(Debug, Clone)]
pub struct Compared<'p> {
    /// The indicator.
    pub indicator: &'p Indicator,
    /// The sets that are in force.
    pub sets: Vec<&'p BandSet>,
    /// The set that the plan says.
    pub judged_by: &'p BandSet,
    /// In the order of the sets.
    pub gaps: Vec<Gap<'p>>,
    /// Whether any two sets come to different verdicts.
    pub differs: bool,
}

/// Every indicator judged by every set of bands that the plan knows.
pub fn compare(plan: &Plan, as_of: AsOf) -> Vec<Compared<'_>> {
    let sets: Vec<&BandSet> = plan.band_sets.iter().filter(|set| set.is_in_force(as_of.period)).collect();
    let judged = plan.indicators.iter().filter(|i| i.kind != Kind::Heading);
    let compared = judged.map(|indicator| {
        let gaps: Vec<Gap<'_>> = sets.iter().map(|set| gap_by(plan, indicator, as_of, set)).collect();
        let differs = gaps.windows(2).any(|pair| pair[0].verdict != pair[1].verdict);
        let judged_by = plan.judging(indicator, as_of.period);
        Compared { indicator, sets: sets.clone(), judged_by, gaps, differs }
    });
    compared.collect()
}

/// An entry whose rating and indicator say opposite things.
#[derive(Debug, Clone)]
pub struct Mismatch<'p> {
    /// The entry and its rating.
    pub node: Node<'p>,
    /// The indicator.
    pub gap: Gap<'p>,
}

/// Entries rated well whose indicators got worse, and entries that need attention whose indicators do well.
pub fn mismatches<'p>(plan: &'p Plan, status: &Status<'p>) -> Vec<Mismatch<'p>> {
    let as_of = status.question.as_of;
    let pairs = status.nodes.iter().flat_map(|node| {
        let of = plan.indicators.iter().filter(|i| i.kind != Kind::Heading && i.entries.contains(&node.place));
        of.map(|indicator| Mismatch { node: node.clone(), gap: gap(plan, indicator, as_of) })
    });
    let contradict = |m: &Mismatch<'_>| match (m.node.standing, m.gap.verdict) {
        (Standing::Graded(grade), _) if got_worse(&m.gap) => !status.version.grades[grade].attention,
        (Standing::Graded(grade), Verdict::Met | Verdict::OnPace) => status.version.grades[grade].attention,
        _ => false,
    };
    pairs.filter(contradict).collect()
}

/// Worse than the baseline, or than the year before.
fn got_worse(gap: &Gap<'_>) -> bool {
    gap.verdict == Verdict::Worsened || gap.change.is_some_and(|change| change.is == Against::Worse)
}
