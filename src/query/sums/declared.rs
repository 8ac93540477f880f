//! Sums that the plan declares: of amounts by year; of rates and of points, each with its weight.

use rust_decimal::Decimal;

use super::total::{Row, Total, totals_of};
use super::{Side, Span};
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::sum::{DeclaredSum, PublishedSum, SumBy, SumFigure};
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::rate::{less, times};
use crate::query::gap::{Gap, Rate, gap};
use crate::query::status::{Node, Question, Standing, status};
use crate::query::verdicts::standing;

/// A declared sum, worked out.
#[derive(Debug)]
pub struct Declared<'p> {
    /// What the plan says of it.
    pub sum: &'p DeclaredSum,
    /// What it comes to.
    pub is: Summed<'p>,
}

/// What a declared sum comes to.
#[derive(Debug)]
pub enum Summed<'p> {
    /// The amounts by year, one total a unit.
    Amounts(Vec<Total<'p>>),
    /// Rates or points.
    Scores(Scores<'p>),
}

/// The scores of several parts.
#[derive(Debug)]
pub struct Scores<'p> {
    /// In the order of the plan; those that nothing can be said of are none.
    pub parts: Vec<Score<'p>>,
    /// The most that a part can score; `None` of rates.
    pub best: Option<Decimal>,
}

/// What one part scores.
#[derive(Debug)]
pub struct Score<'p> {
    /// The id of the entry or indicator.
    pub id: &'p Id,
    /// Its name.
    pub name: &'p str,
    /// How often it counts.
    pub weight: Decimal,
    /// How much; `None` where it is not rated, or has no rate.
    pub score: Option<Decimal>,
    /// Where it was read.
    pub origin: Origin,
}

impl<'p> Scores<'p> {
    /// The parts that have a score.
    pub fn scored(&self) -> impl Iterator<Item = (&Score<'p>, Decimal)> {
        self.parts.iter().filter_map(|part| Some((part, part.score?)))
    }

    /// The parts that have none.
    pub fn missing(&self) -> impl Iterator<Item = &Score<'p>> {
        self.parts.iter().filter(|part| part.score.is_none())
    }

    fn over(&self, of: impl Fn(&Score<'p>, Decimal) -> Option<Decimal>) -> Option<Decimal> {
        self.scored().next()?;
        self.scored().try_fold(Decimal::ZERO, |sum, (part, score)| less(sum, -of(part, score)?))
    }

    /// The weights of those that have a score.
    pub fn weight(&self) -> Option<Decimal> {
        self.over(|part, _| Some(part.weight))
    }

    /// The scores, each times its weight.
    pub fn sum(&self) -> Option<Decimal> {
        self.over(|part, score| times(part.weight, score).or_else(|| part.weight.checked_mul(score)))
    }

    /// What those that have a score could score at most.
    pub fn full(&self) -> Option<Decimal> {
        self.weight().zip(self.best).and_then(|(weight, best)| times(weight, best))
    }

    /// The mean by weight.
    pub fn mean(&self) -> Option<Decimal> {
        self.sum().zip(self.weight()).and_then(|(sum, weight)| Rate::new(sum, weight)?.value())
    }

    /// The sum by what could be scored.
    pub fn share(&self) -> Option<Rate> {
        self.sum().zip(self.full()).and_then(|(sum, full)| Rate::new(sum, full))
    }
}

impl<'p> Declared<'p> {
    /// Works out a sum that the plan declares.
    pub fn of(plan: &'p Plan, sum: &'p DeclaredSum, as_of: AsOf) -> Self {
        Self { sum, is: worked_out(plan, sum, as_of) }
    }

    /// What a paper printed of a sum, as it is worked out again.
    pub fn printed(plan: &'p Plan, sum: &'p DeclaredSum, published: &PublishedSum) -> Self {
        Self::of(plan, sum, AsOf::end_of(published.period))
    }

    /// The sums that a printed figure of amounts is one of; `None` of other figures, of amounts in several units, and of what
    /// is no whole year.
    pub fn row(&self, published: &PublishedSum) -> Option<(&Total<'p>, &Row<'p>)> {
        let (Summed::Amounts(totals), Period::Year(year)) = (&self.is, published.period) else { return None };
        let [total] = totals.as_slice() else { return None };
        let span = if published.so_far { Span::SoFar } else { Span::Year };
        Some((total, total.row(year, span)?))
    }

    /// How much a printed figure comes to; `None` where the sum has none, or where a part of it is missing.
    pub fn figure(&self, published: &PublishedSum, of: SumFigure) -> Option<Decimal> {
        let row = self.row(published).map(|(_, row)| row);
        let scores = if let Summed::Scores(scores) = &self.is { Some(scores) } else { None };
        let percent = |rate: Option<Rate>| rate.and_then(Rate::percent);
        match of {
            SumFigure::Planned => row?.sum(Side::Planned).whole(),
            SumFigure::Actual => row?.sum(Side::Actual).whole(),
            SumFigure::Difference => row?.difference(),
            SumFigure::RatioOfSums => percent(row?.ratio_of_sums()),
            SumFigure::MeanOfRatios => row?.mean_of_ratios(),
            SumFigure::Sum => scores?.sum(),
            SumFigure::Mean => scores?.mean(),
            SumFigure::Full => scores?.full(),
            SumFigure::Share => percent(scores?.share()),
        }
    }
}

/// Every sum that the plan declares.
pub fn declared(plan: &Plan, as_of: AsOf) -> Vec<Declared<'_>> {
    plan.head.sums.iter().map(|sum| Declared::of(plan, sum, as_of)).collect()
}

fn worked_out<'p>(plan: &'p Plan, sum: &'p DeclaredSum, as_of: AsOf) -> Summed<'p> {
    match &sum.by {
        SumBy::Amounts => Summed::Amounts(totals_of(plan, &indicators(plan, sum), as_of)),
        SumBy::Rates => {
            let rate = |gap: &Gap<'_>| gap.ratio_to_target.and_then(Rate::percent);
            Summed::Scores(Scores { parts: judged(plan, sum, as_of, rate), best: None })
        }
        SumBy::Bands(points) => {
            let worth = |gap: &Gap<'_>| worth(points, &[band(plan, gap), Some(gap.counted().key())]);
            Summed::Scores(Scores { parts: judged(plan, sum, as_of, worth), best: best(points) })
        }
        SumBy::Grades(scale, points) => Summed::Scores(rated(plan, sum, *scale, points, as_of)),
    }
}

fn best(points: &[(Box<str>, Decimal)]) -> Option<Decimal> {
    points.iter().map(|(_, points)| *points).max()
}

/// What the first of these names is worth.
fn worth(points: &[(Box<str>, Decimal)], names: &[Option<&str>]) -> Option<Decimal> {
    let of = |name: &str| points.iter().find(|(key, _)| **key == *name).map(|(_, points)| *points);
    names.iter().flatten().find_map(|name| of(name))
}

/// The band that an indicator counts as: that of a person where one was given.
fn band<'g>(plan: &Plan, gap: &Gap<'g>) -> Option<&'g str> {
    standing(plan, gap).band(gap.set).map(|band| band.id.as_str())
}

/// The scores of the indicators that a sum is over.
fn judged<'p>(
    plan: &'p Plan,
    sum: &DeclaredSum,
    as_of: AsOf,
    score: impl Fn(&Gap<'_>) -> Option<Decimal>,
) -> Vec<Score<'p>> {
    let scored = |of: &'p Indicator| {
        let (weight, score) = (sum.weight(&of.id), score(&gap(plan, of, as_of)));
        Score { id: &of.id, name: &of.name, weight, score, origin: of.origin }
    };
    indicators(plan, sum).into_iter().map(scored).collect()
}

/// The scores of the counted entries that a sum is over; those whose grade does not count are left out.
fn rated<'p>(
    plan: &'p Plan,
    sum: &DeclaredSum,
    scale: usize,
    points: &[(Box<str>, Decimal)],
    as_of: AsOf,
) -> Scores<'p> {
    let status = status(plan, Question::new(as_of, scale, 0));
    let version = status.version;
    let of_grade = |grade: usize| {
        let named = |key: &str| version.grade(key).is_some_and(|(place, _)| place == grade);
        points.iter().find(|(key, _)| named(key)).map(|(_, points)| *points)
    };
    let counts = |node: &&Node<'p>| {
        let is_wanted = node.entry.level == plan.head.counted && is_over(plan, sum, node.place);
        is_wanted
            && match node.standing {
                Standing::Outside | Standing::Resting | Standing::Ahead => false,
                Standing::Unreported => true,
                Standing::Graded(grade) => version.grades[grade].counts || of_grade(grade).is_some(),
            }
    };
    let scored = |node: &Node<'p>| {
        let score = if let Standing::Graded(grade) = node.standing { of_grade(grade) } else { None };
        let origin = node.rated_by.map_or(node.entry.origin, |update| update.origin);
        let (id, name) = (&node.entry.id, &*node.entry.name);
        Score { id, name, weight: sum.weight(id), score, origin }
    };
    let best = version.grades.iter().enumerate().filter_map(|(grade, _)| of_grade(grade)).max();
    Scores { parts: status.nodes.iter().filter(counts).map(scored).collect(), best }
}

/// Whether an entry is one that a sum is over, or stands under one.
fn is_over(plan: &Plan, sum: &DeclaredSum, place: usize) -> bool {
    let of = |id: &Id| plan.index.get(id).and_then(|subject| subject.entry());
    sum.of.is_empty()
        || std::iter::successors(Some(place), |&at| plan.entries[at].parent)
            .any(|at| sum.of.iter().any(|id| of(id) == Some(at)))
}

/// The indicators that a sum is over: those it names, those under a heading, those that verify an entry.
fn indicators<'p>(plan: &'p Plan, sum: &DeclaredSum) -> Vec<&'p Indicator> {
    let subjects: Vec<Subject> = sum.of.iter().filter_map(|id| plan.index.get(id).copied()).collect();
    let is_under = |place: usize, at: usize| {
        let mut above = std::iter::successors(Some(at), |&i| plan.indicators[i].parent).take(plan.indicators.len());
        at == place || plan.indicators[place].kind == Kind::Heading && above.any(|i| i == place)
    };
    let is_wanted = |at: usize, indicator: &Indicator| {
        sum.of.is_empty()
            || subjects.iter().any(|subject| match *subject {
                Subject::Entry(entry) => indicator.verifies(entry, &plan.entries),
                Subject::Indicator(place) => is_under(place, at),
            })
    };
    let all = plan.indicators.iter().enumerate();
    all.filter(|(at, i)| i.kind != Kind::Heading && is_wanted(*at, i)).map(|(_, indicator)| indicator).collect()
}
