//! An indicator beside what it was at the end of another period.

use super::outlook::{ValueChange, compared, is_alike};
use super::{Gap, gap};
use crate::plan::Plan;
use crate::plan::indicator::Actual;
use crate::plan::period::Period;
use crate::query::AsOf;

/// Every indicator as it was at the end of a period that is compared with.
#[derive(Debug, Clone)]
pub struct Before<'p> {
    /// The period.
    pub period: Period,
    /// As of then, in the order of the gaps of today.
    pub gaps: Vec<Gap<'p>>,
}

impl<'p> Before<'p> {
    /// What these gaps were at the end of a period, by the corrections that are known now.
    pub fn new(plan: &'p Plan, gaps: &[Gap<'p>], as_of: AsOf, period: Period) -> Self {
        let then = as_of.at_end_of(period);
        Self { period, gaps: gaps.iter().map(|now| gap(plan, now.indicator, then)).collect() }
    }
}

/// How an actual differs from the one of then: `None` where there is no newer one, the two may not be compared (a quarter
/// of a flow with a year of it), or what is counted changed between them.
pub fn since<'p>(now: &Gap<'p>, then: &Gap<'p>, as_of: AsOf) -> Option<ValueChange<'p>> {
    let (actual, earlier) = (now.actual?, then.actual?);
    let (of, was) = (actual.reading.period, earlier.reading.period);
    if was >= of || !is_alike(now.indicator, was, of) {
        return None;
    }
    let known: Vec<&Actual> = now.indicator.known(|measure| as_of.counts(measure)).collect();
    compared(now.indicator, &known, actual, now.held_to(), &earlier.reading, Some(earlier))
}
