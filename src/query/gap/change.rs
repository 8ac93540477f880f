//! How a value compares with an earlier one, in the indicator's direction.

use rust_decimal::Decimal;

use super::expected::number;
use super::less;
use crate::plan::indicator::{Indicator, Kind, Measure, Reading};
use crate::plan::judging::Against;
use crate::plan::value::Value;

/// How the actual compares with the one of an earlier year.
#[derive(Debug, Clone, Copy)]
pub struct Change<'p> {
    /// The earlier one; the baseline where nothing else was measured before.
    pub since: &'p Reading,
    /// Actual less earlier, in the unit.
    pub by: Decimal,
    /// The measure whose sampling error is the larger one: a change within it is none.
    pub margin_of: &'p Measure,
    /// In the indicator's direction; a change within the sampling error is 横ばい.
    pub is: Against,
}

/// Against the last value of an earlier year, or the baseline, unless the series breaks between.
pub fn change<'p>(
    indicator: &'p Indicator,
    known: &[&'p Measure],
    actual: &'p Measure,
    target: Option<&Reading>,
) -> Option<Change<'p>> {
    let (year, until) = (actual.reading.period.fiscal_year(), actual.reading.period);
    let is_earlier = |r: &Reading| r.period.fiscal_year() < year && number(r).is_some();
    let earlier = known.iter().rposition(|m| is_earlier(&m.reading));
    if known[earlier.map_or(0, |at| at + 1)..].iter().any(|m| m.breaks && m.reading.period <= until) {
        return None;
    }
    let earlier = earlier.map(|at| known[at]);
    let baseline = indicator.baseline.as_ref().filter(|b| is_earlier(b));
    let since = earlier.map(|m| &m.reading).or(baseline)?;
    let (now, then) = (number(&actual.reading)?, number(since)?);
    let margin_of = earlier.filter(|m| m.margin() > actual.margin()).unwrap_or(actual);
    let margin = margin_of.margin().unwrap_or_default();
    let is = match bounds(&indicator.kind, target) {
        // Neither way is better: what counts is how far outside the bounds it lies.
        Some((min, max)) => against(outside(now, min, max)?.abs(), outside(then, min, max)?.abs(), margin, true),
        None => against(now, then, margin, is_less_better(&indicator.kind)),
    };
    Some(Change { since, by: less(now, then)?, margin_of, is })
}

/// What an indicator that is to be kept is kept between.
pub fn bounds(kind: &Kind, target: Option<&Reading>) -> Option<(Decimal, Decimal)> {
    match (kind, &target?.value) {
        (Kind::Range, Value::Range(within)) => Some((within.min, within.max)),
        (Kind::Maintain { tolerance }, Value::Number(t)) => Some((less(*t, *tolerance)?, less(*t, -*tolerance)?)),
        _ => None,
    }
}

/// How far a value lies outside two bounds: below the lower one negative, within them zero.
pub fn outside(value: Decimal, min: Decimal, max: Decimal) -> Option<Decimal> {
    if value < min { less(value, min) } else { less(value, max.min(value)) }
}

/// Whether less is better.
pub fn is_less_better(kind: &Kind) -> bool {
    matches!(kind, Kind::Down | Kind::AtMost)
}

/// How `now` compares with `then` where a difference up to `margin` is none.
pub fn against(now: Decimal, then: Decimal, margin: Decimal, less_is_better: bool) -> Against {
    match less(now, then) {
        Some(by) if by.abs() <= margin => Against::Same,
        _ if (now > then) != less_is_better => Against::Better,
        _ => Against::Worse,
    }
}
