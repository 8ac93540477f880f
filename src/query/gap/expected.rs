//! What is expected by now.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::rate::{Rate, less, times};
use super::target::own;
use crate::plan::indicator::{Reading, Series};
use crate::plan::judging::Pace;
use crate::plan::period::{Cycle, FiscalYear, Period};

/// What the expectation rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis<'r> {
    /// The value of one point: the target of the own period, the last target once it is due, or the last known point.
    Point(&'r Reading),
    /// The straight line between the known points around the period.
    Line(&'r Reading, &'r Reading, Way),
    /// The share of this target that falls on the time so far.
    Share(&'r Reading, Way),
}

/// How much of a stretch of time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Years or months that have passed.
    pub passed: i32,
    /// Years or months in all.
    pub all: i32,
    /// In what it is measured.
    pub clock: Clock,
}

/// In what the time between periods is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Fiscal years.
    Years,
    /// Months, to the end of the period.
    Months,
}

/// Whether a period is a part of a year that comes round every year.
pub fn is_part(period: Period) -> bool {
    matches!(period.cycle(), Some(Cycle::Half | Cycle::Quarter | Cycle::Month))
}

impl Clock {
    /// Months where a point is of a part of a year, or where the state in such a part is asked for; else fiscal years.
    pub fn of<'r>(series: Series, points: impl IntoIterator<Item = &'r Reading>, of: Period) -> Self {
        let asked = is_part(of) && series != Series::Yearly;
        if asked || points.into_iter().any(|point| is_part(point.period)) { Self::Months } else { Self::Years }
    }

    /// Where a period stands: the number of its year, or of the month with which it ends.
    pub fn at(self, period: Period) -> i32 {
        let year = period.fiscal_year().western();
        match self {
            Self::Years => year,
            // April is the first month of a fiscal year, March the twelfth.
            Self::Months => year * 12 + i32::try_from((period.last_day().month() + 8) % 12 + 1).unwrap_or(12),
        }
    }

    /// Where the time before a year ends.
    fn before(self, year: FiscalYear) -> i32 {
        match self {
            Self::Years => year.western() - 1,
            Self::Months => year.western() * 12,
        }
    }
}

impl Basis<'_> {
    /// What is expected. It is a fraction, since a third of the way has no last digit and a threshold may lie right on
    /// it; its denominator is one wherever a decimal says it exactly.
    pub fn value(&self) -> Option<Rate> {
        match self {
            Self::Point(point) => whole(point.number()?),
            Self::Line(before, after, way) => share(before.number()?, after.number()?, way.passed, way.all),
            Self::Share(target, way) => share(Decimal::ZERO, target.number()?, way.passed, way.all),
        }
    }

    /// 未満・超: whether the number itself does not reach what is expected. So it is of the way to such a target as well:
    /// whoever is right on it all the way ends at the number that does not reach the target.
    pub fn is_strict(&self) -> bool {
        match self {
            Self::Point(toward) | Self::Line(_, toward, _) | Self::Share(toward, _) => toward.is_strict(),
        }
    }
}

/// What the expectation rests on: baseline and targets, of a plan that begins with a year, at a pace.
#[derive(Debug, Clone, Copy)]
pub struct Course<'r> {
    /// What one value covers.
    pub series: Series,
    /// How the way between the points is made.
    pub pace: Pace,
    /// The baseline.
    pub baseline: Option<&'r Reading>,
    /// The targets in force, by period.
    pub targets: &'r [Reading],
    /// The plan's first year, from which [`Pace::ProRata`] counts.
    pub first: FiscalYear,
}

impl<'r> Course<'r> {
    /// What the expectation by `of` rests on; `None` where nothing is expected: before the first known point, where the
    /// points are no numbers, and, for [`Pace::Targets`], in a period without a target. From the last target on it is
    /// that target, whatever the pace.
    pub fn by(self, of: Period) -> Option<Basis<'r>> {
        let Self { series, pace, baseline, targets, first } = self;
        let is_number = |r: &&Reading| r.number().is_some();
        let last = targets.iter().rfind(is_number)?;
        let known = || baseline.into_iter().chain(targets).filter(is_number);
        let clock = Clock::of(series, known(), of);
        let at = |point: &Reading| clock.at(point.period);
        let now = clock.at(of);
        if now >= at(last) {
            return Some(Basis::Point(last));
        }
        let own = own(series, targets, of).filter(is_number);
        // That of a longer period around it is not due yet.
        let due = own.filter(|own| at(own) == now).map(Basis::Point);
        let mut points: Vec<&Reading> = known().collect();
        points.sort_by_key(|point| at(point));
        let before = || points.iter().rfind(|point| at(point) <= now).copied();
        match pace {
            Pace::Targets => own.map(Basis::Point),
            Pace::Line => due.or_else(|| {
                let after = points.iter().find(|point| at(point) > now).copied();
                let (before, after) = before().zip(after)?;
                let way = Way { passed: now - at(before), all: at(after) - at(before), clock };
                Some(if way.passed == 0 { Basis::Point(before) } else { Basis::Line(before, after, way) })
            }),
            Pace::Step => due.or_else(|| before().map(Basis::Point)),
            Pace::ProRata => {
                let since = clock.before(first);
                let way = Way { passed: now - since, all: at(last) - since, clock };
                (way.passed > 0 && way.all > 0).then_some(Basis::Share(last, way))
            }
        }
    }
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
