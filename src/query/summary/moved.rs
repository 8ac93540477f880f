//! What moved since the previous period, and whether for the better.

use crate::query::gap::{Gap, Verdict};
use crate::query::status::{Flow, Standing, Status};

/// Whether a move is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// 良くなった.
    Better,
    /// 悪くなった.
    Worse,
    /// Neither: newly rated, newly in the plan, no longer counted.
    Other,
}

/// A counted entry that moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// From what to what.
    pub flow: Flow,
    /// Whether for the better.
    pub course: Course,
}

/// An indicator whose verdict changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The indicator's place among the gaps.
    pub place: usize,
    /// The verdict before.
    pub from: Verdict,
    /// The verdict now.
    pub to: Verdict,
    /// Whether for the better.
    pub course: Course,
}

impl Moved {
    /// Grades stand from best to worst, unless their scale says that they have no order. One that does not count is neither better nor worse than another, and one that
    /// the scale no longer has cannot be compared.
    pub fn new(flow: Flow, status: &Status<'_>) -> Self {
        let place = |grade: usize| {
            let was = &status.version_before.grades[grade];
            status.version.grades.iter().position(|grade| grade.id == was.id).filter(|_| was.counts)
        };
        let course = match (flow.from, flow.to) {
            (Standing::Graded(from), Standing::Graded(to))
                if status.version.ordered && status.version.grades[to].counts =>
            {
                place(from).map_or(Course::Other, |from| course(from, to))
            }
            _ => Course::Other,
        };
        Self { flow, course }
    }
}

/// From one rank to another, the best first.
fn course(from: usize, to: usize) -> Course {
    match to.cmp(&from) {
        std::cmp::Ordering::Less => Course::Better,
        std::cmp::Ordering::Greater => Course::Worse,
        std::cmp::Ordering::Equal => Course::Other,
    }
}

/// The indicators whose verdict, by hand where one was given so, is another than before by the same bands.
pub fn turns(gaps: &[Gap<'_>], before: &[Gap<'_>]) -> Vec<Turn> {
    let pairs = gaps.iter().zip(before).enumerate();
    let alike = pairs.filter(|(_, (gap, before))| gap.set.is_version(before.set));
    let turned = alike.filter(|(_, (gap, before))| kind(gap.counted()) != kind(before.counted()));
    let turn = |(place, (gap, before)): (usize, (&Gap<'_>, &Gap<'_>))| Turn {
        place,
        from: before.counted(),
        to: gap.counted(),
        course: match (kind(before.counted()), kind(gap.counted())) {
            (Some(from), Some(to)) => course(from, to),
            _ => Course::Other,
        },
    };
    turned.map(turn).collect()
}

/// The rank of a verdict, the best first; `None` where there is none, for whatever reason.
fn kind(verdict: Verdict) -> Option<usize> {
    match verdict {
        Verdict::Met => Some(0),
        Verdict::OnPace => Some(1),
        Verdict::Behind => Some(2),
        Verdict::Worsened => Some(3),
        Verdict::Undetermined(_) => None,
    }
}
