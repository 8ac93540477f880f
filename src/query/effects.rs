//! Amounts gained (効果額, hours, points) by year, and their totals.

use rust_decimal::Decimal;

use super::AsOf;
use super::gap::Rate;
use crate::plan::indicator::{Effect, Indicator, Reading, Unit};
use crate::plan::period::FiscalYear;

/// The amounts of one effect, year by year.
#[derive(Debug, Clone)]
pub struct Amounts<'p> {
    /// The effect.
    pub indicator: &'p Indicator,
    /// In order of time.
    pub years: Vec<YearAmount<'p>>,
}

/// The amounts of one year, all of them numbers, in the effect's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearAmount<'p> {
    /// The year.
    pub year: FiscalYear,
    /// 計画.
    pub planned: Option<&'p Reading>,
    /// 実績.
    pub actual: Option<&'p Reading>,
    /// 見込; of a year without actual.
    pub forecast: Option<&'p Reading>,
}

/// Which of the two is summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 計画.
    Planned,
    /// 実績.
    Actual,
}

/// Sums over the years that have both a plan and an actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// 計画.
    pub planned: Decimal,
    /// 実績.
    pub actual: Decimal,
}

/// The amounts of each effect that count as of then.
pub fn effects<'p>(indicators: &[&'p Indicator], as_of: AsOf) -> Vec<Amounts<'p>> {
    indicators.iter().filter(|i| i.effect.is_some()).map(|indicator| amounts(indicator, as_of)).collect()
}

/// The units of the effects, each once, in the order they come.
pub fn units<'p>(of: &[Amounts<'p>]) -> Vec<&'p Unit> {
    let mut units: Vec<&Unit> = Vec::new();
    for amounts in of {
        if !units.contains(&&amounts.indicator.unit) {
            units.push(&amounts.indicator.unit);
        }
    }
    units
}

fn amounts<'p>(indicator: &'p Indicator, as_of: AsOf) -> Amounts<'p> {
    let is_number = |reading: &&Reading| reading.number().is_some();
    let planned: Vec<&Reading> = indicator.targets_on(as_of.date).iter().filter(is_number).collect();
    let forecast: Vec<&Reading> = indicator.forecasts.iter().filter(is_number).collect();
    let known = indicator.known(|measure| as_of.counts(measure));
    let actual: Vec<&Reading> = known.map(|m| &m.reading).filter(is_number).collect();
    let all = planned.iter().chain(&forecast).chain(&actual);
    let mut years: Vec<FiscalYear> = all.map(|reading| reading.period.fiscal_year()).collect();
    years.sort_unstable();
    years.dedup();
    let at = |list: &[&'p Reading], year| list.iter().rfind(|r| r.period.fiscal_year() == year).copied();
    let years = years.into_iter().map(|year| {
        let actual = at(&actual, year);
        YearAmount {
            year,
            planned: at(&planned, year),
            actual,
            forecast: at(&forecast, year).filter(|_| actual.is_none()),
        }
    });
    Amounts { indicator, years: years.collect() }
}

impl Amounts<'_> {
    /// Years with a plan and an actual.
    fn paired(&self) -> impl Iterator<Item = (FiscalYear, Decimal, Decimal)> {
        self.years.iter().filter_map(|y| Some((y.year, y.planned?.number()?, y.actual?.number()?)))
    }

    /// The last of those: until then a continuing effect counts.
    pub fn last_paired(&self) -> Option<FiscalYear> {
        self.paired().map(|(year, _, _)| year).last()
    }
}

/// The totals over several effects; `None` when they are too large.
///
/// 継続効果: an amount counts in its year and again in every later year that has a plan and an actual.
pub fn sums(of: &[&Amounts<'_>], reckoned: Effect) -> Option<Totals> {
    let mut totals = Totals::default();
    for amounts in of {
        let last = amounts.last_paired();
        for (year, planned, actual) in amounts.paired() {
            let times = match (reckoned, last) {
                (Effect::Continuing, Some(last)) => Decimal::from(last.western() - year.western() + 1),
                _ => Decimal::ONE,
            };
            totals.planned = totals.planned.checked_add(planned.checked_mul(times)?)?;
            totals.actual = totals.actual.checked_add(actual.checked_mul(times)?)?;
        }
    }
    Some(totals)
}

/// The plain mean of each year's actual ÷ planned, in percent; not the same as the ratio of the sums.
pub fn mean_of_ratios(of: &[&Amounts<'_>]) -> Option<Decimal> {
    let pairs = of.iter().flat_map(|amounts| amounts.paired());
    let ratios: Vec<Decimal> = pairs.filter_map(|(_, planned, actual)| Rate::new(actual, planned)?.percent()).collect();
    let sum = ratios.iter().try_fold(Decimal::ZERO, |sum, ratio| sum.checked_add(*ratio))?;
    sum.checked_div(Decimal::from(ratios.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_nothing_is_nothing() {
        assert_eq!(mean_of_ratios(&[]), None);
        assert_eq!(sums(&[], Effect::OneYear), Some(Totals::default()));
    }
}
