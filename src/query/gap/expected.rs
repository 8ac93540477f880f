//! What is expected by now.

use rust_decimal::Decimal;

use super::rate::{Rate, less, times};
use crate::plan::indicator::Reading;
use crate::plan::judging::Pace;
use crate::plan::period::{FiscalYear, Period};

/// What the expectation rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis<'r> {
    /// The value of one point: the last target once it is due, the target of the year, or the last known point.
    Point(&'r Reading),
    /// The straight line between the known points around the year.
    Line(&'r Reading, &'r Reading),
    /// The share of this target that falls on the years so far.
    Share(&'r Reading),
}

/// What is expected by `of`; `None` where nothing is: before the first known point, where the points are no numbers,
/// and, for [`Pace::Targets`], in a year without a target. From the last target on it is that target, whatever the
/// pace. `first` is the plan's first year, from which [`Pace::ProRata`] counts.
///
/// It is a fraction, since a third of the way has no last digit and a threshold may lie right on it; its denominator is
/// one wherever a decimal says it exactly.
pub fn expected(
    pace: Pace,
    baseline: Option<&Reading>,
    targets: &[Reading],
    of: Period,
    first: FiscalYear,
) -> Option<Rate> {
    let year = western_of(of);
    match basis(pace, baseline, targets, of)? {
        Basis::Point(point) => whole(point.number()?),
        Basis::Line(before, after) => {
            let (from, to) = (western(before), western(after));
            share(before.number()?, after.number()?, year - from, to - from)
        }
        Basis::Share(target) => {
            let (k, n) = (year - first.western() + 1, western(target) - first.western() + 1);
            (k > 0 && n > 0).then(|| share(Decimal::ZERO, target.number()?, k, n)).flatten()
        }
    }
}

/// The points that the expectation by `of` rests on.
pub fn basis<'r>(pace: Pace, baseline: Option<&'r Reading>, targets: &'r [Reading], of: Period) -> Option<Basis<'r>> {
    let year = western_of(of);
    let is_number = |r: &&Reading| r.number().is_some();
    let last = targets.iter().rfind(is_number)?;
    if year >= western(last) {
        return Some(Basis::Point(last));
    }
    let mut points: Vec<&Reading> = baseline.into_iter().chain(targets).filter(is_number).collect();
    points.sort_by_key(|point| western(point));
    let before = || points.iter().rfind(|point| western(point) <= year).copied();
    match pace {
        Pace::Line => {
            let after = points.iter().find(|point| western(point) > year).copied();
            before().zip(after).map(|(before, after)| Basis::Line(before, after))
        }
        Pace::Step => before().map(Basis::Point),
        Pace::Targets => targets.iter().filter(is_number).rfind(|t| western(t) == year).map(Basis::Point),
        Pace::ProRata => Some(Basis::Share(last)),
    }
}

fn western(reading: &Reading) -> i32 {
    western_of(reading.period)
}

fn western_of(period: Period) -> i32 {
    period.fiscal_year().western()
}

/// `k/n` of the way from one value to another.
fn share(from: Decimal, to: Decimal, k: i32, n: i32) -> Option<Rate> {
    let way = times(less(to, from)?, k.into())?;
    let sum = less(times(from, n.into())?, -way)?;
    match sum.checked_div(n.into()) {
        Some(value) if times(value, n.into()) == Some(sum) => whole(value),
        _ => Rate::new(sum, n.into()),
    }
}

fn whole(value: Decimal) -> Option<Rate> {
    Rate::new(value, Decimal::ONE)
}
