//! Along the years: how a value compares with an earlier one, what is left, what that takes a year, and where the recent
//! trend leads.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::expected::{Clock, is_part};
use super::rate::{less, times};
use crate::plan::indicator::{Actual, Indicator, Kind, Reading, Series};
use crate::plan::judging::Against;
use crate::plan::period::{Cycle, Period};
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

/// Against the same part of the year before, where the value is of a part of a year and that is known; else against the
/// last value of an earlier year, the baseline among them; unless the series breaks between.
pub fn change<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: &'p Actual,
    target: Option<&Reading>,
) -> Option<ValueChange<'p>> {
    let (since, margin_of) = earlier(indicator, known, actual)?;
    compared(indicator, known, actual, target, since, margin_of)
}

/// The measure with which the series breaks, where that keeps the actual from being compared with an earlier year.
pub fn broken<'p>(indicator: &'p Indicator, known: &[&'p Actual], actual: &'p Actual) -> Option<&'p Actual> {
    let (since, _) = earlier(indicator, known, actual)?;
    break_between(known, since.period, actual.reading.period)
}

/// The value of an earlier year that an actual is compared with, and its measure; none of a baseline.
fn earlier<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: &'p Actual,
) -> Option<(&'p Reading, Option<&'p Actual>)> {
    let of = actual.reading.period;
    let year_before = Some(of).filter(|of| is_part(*of)).and_then(a_year_before);
    let is_earlier = |r: &Reading| {
        r.period.fiscal_year() < of.fiscal_year() && r.number().is_some() && is_alike(indicator, r.period, of)
    };
    let same = known.iter().rposition(|m| Some(m.reading.period) == year_before && is_earlier(&m.reading));
    let earlier = same.or_else(|| known.iter().rposition(|m| is_earlier(&m.reading))).map(|at| known[at]);
    let later = |baseline: &&Reading| earlier.is_none_or(|m| m.reading.period < baseline.period);
    let baseline = indicator.baseline.as_ref().filter(|b| is_earlier(b) && same.is_none()).filter(later);
    let since = baseline.or(earlier.map(|m| &m.reading))?;
    Some((since, earlier.filter(|_| baseline.is_none())))
}

/// The last measure between two periods with which the series breaks.
fn break_between<'p>(known: &[&'p Actual], since: Period, until: Period) -> Option<&'p Actual> {
    known.iter().copied().rfind(|m| m.breaks && since < m.reading.period && m.reading.period <= until)
}

/// Of a part of a year: against the part just before, unless the series breaks between.
pub fn since_before<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: &'p Actual,
    target: Option<&Reading>,
) -> Option<ValueChange<'p>> {
    let before = Some(actual.reading.period).filter(|of| is_part(*of))?.prev()?;
    let earlier = known.iter().copied().rfind(|m| m.reading.period == before && m.reading.number().is_some())?;
    compared(indicator, known, actual, target, &earlier.reading, Some(earlier))
}

/// The actual against an earlier reading, unless the series breaks between.
pub(super) fn compared<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: &'p Actual,
    target: Option<&Reading>,
    since: &'p Reading,
    earlier: Option<&'p Actual>,
) -> Option<ValueChange<'p>> {
    if break_between(known, since.period, actual.reading.period).is_some() {
        return None;
    }
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

/// The same part of the year before.
fn a_year_before(of: Period) -> Option<Period> {
    let parts = match of.cycle()? {
        Cycle::Month => 12,
        Cycle::Quarter => 4,
        Cycle::Half => 2,
        Cycle::Year => 1,
    };
    (0..parts).try_fold(of, |period, _| period.prev())
}

/// Whether values of two periods may be compared: of what happens within a period, those of a quarter not with those of
/// a year, nor with those of another quarter.
pub(super) fn is_alike(indicator: &Indicator, one: Period, other: Period) -> bool {
    let part = |period: Period| is_part(period).then(|| (period.cycle(), Clock::Months.at(period).rem_euclid(12)));
    let years = |period: Period| period.several_years();
    indicator.series != Series::Yearly || (part(one), years(one)) == (part(other), years(other))
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
pub struct Outlook<'p> {
    /// 残り: target less actual, in the unit. For a yearly flow, of one year.
    pub left: Option<Decimal>,
    /// How long it is from the actual to the target; none once it is due.
    pub time: Option<Span>,
    /// What is left, by the year.
    pub needed: Option<Decimal>,
    /// 見込み at the target's period, from the trend.
    pub forecast: Option<Forecast<'p>>,
}

/// A stretch of time, in years or, where one of its ends lies within a year, in months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How many; at least one.
    pub count: u32,
    /// Of what.
    pub clock: Clock,
}

/// Where the trend leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast<'p> {
    /// At the target's period, in the unit.
    pub value: Decimal,
    /// The mean change a year between the first and the last of the points.
    pub yearly: Decimal,
    /// How many points it rests on: at least two.
    pub points: usize,
    /// The first of them.
    pub first: TrendPoint<'p>,
    /// The last of them.
    pub last: TrendPoint<'p>,
}

/// A value that a trend rests on.
#[derive(Debug, Clone, Copy, Eq)]
pub struct TrendPoint<'p> {
    /// Its year, or the part of a year that it is of.
    pub period: Period,
    /// How much.
    pub value: Decimal,
    /// Where it was read.
    pub reading: &'p Reading,
}

/// Points are the same wherever they were read.
impl PartialEq for TrendPoint<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.period, self.value) == (other.period, other.value)
    }
}

/// In what the way from the actual to the target is measured.
fn clock(actual: Period, target: Period) -> Clock {
    if is_part(actual) || is_part(target) { Clock::Months } else { Clock::Years }
}

/// An amount of so many years or months, by the year.
fn by_year(amount: Decimal, count: i32, clock: Clock) -> Option<Decimal> {
    match clock {
        Clock::Years => amount.checked_div(count.into()),
        Clock::Months => times(amount, 12.into())?.checked_div(count.into()),
    }
}

/// The outlook of an indicator whose latest known value is `actual`.
pub fn outlook<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: &'p Actual,
    target: &Reading,
) -> Outlook<'p> {
    let (Some(a), Some(t)) = (actual.reading.number(), target.number()) else { return Outlook::default() };
    let clock = clock(actual.reading.period, target.period);
    let ahead = clock.at(target.period) - clock.at(actual.reading.period);
    let time = u32::try_from(ahead).ok().filter(|count| *count > 0).map(|count| Span { count, clock });
    let left = less(t, a);
    let needed = left.filter(|_| time.is_some()).and_then(|left| by_year(left, ahead, clock));
    let forecast = time.and_then(|_| forecast(indicator, known, actual.reading.period, target.period));
    Outlook { left, time, needed, forecast }
}

/// From at most [`RECENT`] values, never across a break and never from fewer than two.
fn forecast<'p>(
    indicator: &'p Indicator,
    known: &[&'p Actual],
    actual: Period,
    target: Period,
) -> Option<Forecast<'p>> {
    let points = points(indicator, known, actual);
    let recent = &points[points.len().saturating_sub(RECENT)..];
    let [first, .., last] = recent else { return None };
    let clock = clock(last.period, target);
    let (span, ahead) = (clock.at(last.period) - clock.at(first.period), clock.at(target) - clock.at(last.period));
    let done = less(last.value, first.value)?;
    // Divided last: three times a third is one.
    let value = times(done, ahead.into())?.checked_div(span.into())?.checked_add(last.value)?;
    let yearly = by_year(done, span, clock)?;
    Some(Forecast { value, yearly, points: recent.len(), first: *first, last: *last })
}

/// The points that a trend may rest on since the last break, the baseline among them unless a break came after it: one
/// number a year or, where the value is of a part of a year, one each such part.
pub fn points<'p>(indicator: &'p Indicator, known: &[&'p Actual], of: Period) -> Vec<TrendPoint<'p>> {
    let parts = is_part(of);
    // A quarter is a point of a line of quarters, a year or a day one of a line of years.
    let place = |period: Period| match parts {
        true => (period.cycle() == of.cycle()).then_some(period),
        false => is_alike(indicator, period, of).then(|| period.fiscal_year().into()),
    };
    let mut points: BTreeMap<Period, TrendPoint<'p>> = BTreeMap::new();
    let put = |points: &mut BTreeMap<Period, TrendPoint<'p>>, reading: &'p Reading| {
        let point = place(reading.period).zip(reading.number());
        points.extend(point.map(|(period, value)| (period, TrendPoint { period, value, reading })));
    };
    // Values of a flow and of its sum are not points of one line.
    let comparable = indicator.series != Series::Unconfirmed;
    if let Some(baseline) = indicator.baseline.as_ref().filter(|_| comparable) {
        put(&mut points, baseline);
    }
    for measure in known {
        if measure.breaks {
            let at = if parts { measure.reading.period } else { measure.reading.period.fiscal_year().into() };
            points.retain(|earlier, _| *earlier > at);
        }
        put(&mut points, &measure.reading);
    }
    points.into_values().collect()
}
