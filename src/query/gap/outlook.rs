//! Looking ahead: what is left, what that takes a year, and where the recent trend leads.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::expected::number;
use super::rate::{less, times};
use crate::plan::indicator::{Indicator, Measure, Reading, Series};
use crate::plan::period::FiscalYear;

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
pub fn outlook(indicator: &Indicator, known: &[&Measure], actual: &Measure, target: &Reading) -> Outlook {
    let (Some(a), Some(t)) = (number(&actual.reading), number(target)) else { return Outlook::default() };
    let (now, due) = (actual.reading.period.fiscal_year(), target.period.fiscal_year());
    let years = u32::try_from(due.western() - now.western()).ok().filter(|years| *years > 0);
    let left = less(t, a);
    let needed = left.zip(years).and_then(|(left, years)| left.checked_div(years.into()));
    let forecast = years.and_then(|_| forecast(indicator, known, due));
    Outlook { left, years, needed, forecast }
}

/// From at most [`RECENT`] values, never across a break and never from fewer than two.
fn forecast(indicator: &Indicator, known: &[&Measure], due: FiscalYear) -> Option<Forecast> {
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
pub fn points(indicator: &Indicator, known: &[&Measure]) -> Vec<(FiscalYear, Decimal)> {
    let mut points: BTreeMap<FiscalYear, Decimal> = BTreeMap::new();
    // Values of a flow and of its sum are not points of one line.
    let comparable = indicator.series != Series::Unconfirmed;
    if let Some(baseline) = indicator.baseline.as_ref().filter(|_| comparable) {
        points.extend(number(baseline).map(|n| (baseline.period.fiscal_year(), n)));
    }
    for measure in known {
        let year = measure.reading.period.fiscal_year();
        if measure.breaks {
            points.retain(|at, _| *at > year);
        }
        points.extend(number(&measure.reading).map(|value| (year, value)));
    }
    points.into_iter().collect()
}
