//! Along the years: how a value compares with an earlier one, what is left, what that takes a year, and where the recent
//! trend leads.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rate::{less, times};
use crate::plan::indicator::{Actual, Indicator, Kind, Reading, Series};
use crate::plan::judging::Against;
use crate::plan::period::FiscalYear;
use crate::plan::value::Value;

/// How the actual compares with the one of an earlier year.
#[derive(Debug, Clone, Copy)]
pub struct ValueChange<'p> {
    /// The earlier one; the baseline where nothing else was measured before.
    pub since: &'p Reading,
    /// Actual less earlier, in the unit.
    pub by: Decimal,
    /// The measure whose sampling error is the larger one: a change within it is none.
    pub margin_of: &'p Actual,
    /// In the indicator's direction; a change within the sampling error is 横ばい.
    pub is: Against,
}

/// Against the last value of an earlier year, or the baseline, unless the series breaks between.
pub fn change<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: &'p Actual,
    target: Option<&Reading>,
) -> Option<ValueChange<'p>> {
    let (year, until) = (actual.reading.period.fiscal_year(), actual.reading.period);
    let is_earlier = |r: &Reading| r.period.fiscal_year() < year && r.number().is_some();
    let earlier = known.iter().rposition(|m| is_earlier(&m.reading));
    if known[earlier.map_or(0, |at| at + 1)..].iter().any(|m| m.breaks && m.reading.period <= until) {
        return None;
    }
    let earlier = earlier.map(|at| known[at]);
    let baseline = indicator.baseline.as_ref().filter(|b| is_earlier(b));
    let since = earlier.map(|m| &m.reading).or(baseline)?;
    let (now, then) = (actual.reading.number()?, since.number()?);
    let margin_of = earlier.filter(|m| m.margin() > actual.margin()).unwrap_or(actual);
    let margin = margin_of.margin().unwrap_or_default();
    let is = match bounds(&indicator.kind, target) {
        // Neither way is better: what counts is how far outside the bounds it lies.
        Some((min, max)) => against(outside(now, min, max)?.abs(), outside(then, min, max)?.abs(), margin, true),
        None => against(now, then, margin, is_less_better(&indicator.kind)),
    };
    Some(ValueChange { since, by: less(now, then)?, margin_of, is })
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

/// How many of the latest values the trend rests on, at the most.
const RECENT: usize = 4;

/// What is left to do, and where the trend leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outlook {
    /// 残り: target less actual, in the unit. For a yearly flow, of one year.
    pub left: Option<Decimal>,
    /// Years from the actual to the target; none once it is due.
    pub years: Option<u32>,
    /// What is left, by the year.
    pub needed: Option<Decimal>,
    /// 見込み at the target year, from the trend.
    pub forecast: Option<Forecast>,
}

/// Where the trend leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// At the target year, in the unit.
    pub value: Decimal,
    /// The mean change a year between the first and the last of the points.
    pub yearly: Decimal,
    /// How many points it rests on: at least two.
    pub points: usize,
    /// The year of the first of them.
    pub from: FiscalYear,
}

/// The outlook of an indicator whose latest known value is `actual`.
pub fn outlook(indicator: &Indicator, known: &[&Actual], actual: &Actual, target: &Reading) -> Outlook {
    let (Some(a), Some(t)) = (actual.reading.number(), target.number()) else { return Outlook::default() };
    let (now, due) = (actual.reading.period.fiscal_year(), target.period.fiscal_year());
    let years = u32::try_from(due.western() - now.western()).ok().filter(|years| *years > 0);
    let left = less(t, a);
    let needed = left.zip(years).and_then(|(left, years)| left.checked_div(years.into()));
    let forecast = years.and_then(|_| forecast(indicator, known, due));
    Outlook { left, years, needed, forecast }
}

/// From at most [`RECENT`] values, never across a break and never from fewer than two.
fn forecast(indicator: &Indicator, known: &[&Actual], due: FiscalYear) -> Option<Forecast> {
    let points = points(indicator, known);
    let recent = &points[points.len().saturating_sub(RECENT)..];
    let [first, .., last] = recent else { return None };
    let (span, ahead) = (last.0.western() - first.0.western(), due.western() - last.0.western());
    let done = less(last.1, first.1)?;
    let yearly = done.checked_div(span.into())?;
    // Divided last: three times a third is one.
    let value = times(done, ahead.into())?.checked_div(span.into())?.checked_add(last.1)?;
    Some(Forecast { value, yearly, points: recent.len(), from: first.0 })
}

/// One number a year since the last break, the baseline among them unless a break came after it.
pub fn points(indicator: &Indicator, known: &[&Actual]) -> Vec<(FiscalYear, Decimal)> {
    let mut points: BTreeMap<FiscalYear, Decimal> = BTreeMap::new();
    // Values of a flow and of its sum are not points of one line.
    let comparable = indicator.series != Series::Unconfirmed;
    if let Some(baseline) = indicator.baseline.as_ref().filter(|_| comparable) {
        points.extend(baseline.number().map(|n| (baseline.period.fiscal_year(), n)));
    }
    for measure in known {
        let year = measure.reading.period.fiscal_year();
        if measure.breaks {
            points.retain(|at, _| *at > year);
        }
        points.extend(measure.reading.number().map(|value| (year, value)));
    }
    points.into_iter().collect()
}
