//! What the steps of one indicator are made from: its gap, and the numbers of the plan under their names.

use rust_decimal::Decimal;

use super::{Amount, Number};
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Kind, Reading};
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::Gap;

/// What the steps of one indicator are made from.
pub struct Case<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// What was worked out.
    pub gap: Gap<'p>,
}

impl<'p> Case<'p> {
    /// A number of the plan under a name; what is no number stands as it is.
    pub fn reading(&self, symbol: &'static str, reading: &'p Reading) -> Number<'p> {
        let amount = match (&reading.value, &self.gap.indicator.kind) {
            (Value::Number(value), _) => Amount::Exact(*value),
            (Value::Step(place), Kind::Milestone { steps }) => {
                Amount::Step(place + 1, steps.get(*place).map_or("", |name| name))
            }
            _ => Amount::Reading(reading),
        };
        Number { amount, ..Number::read(symbol, 0, reading.period, reading.origin) }
    }

    /// Actual, target and baseline, as far as there are any.
    pub fn readings(&self) -> Vec<Number<'p>> {
        let Gap { actual, missing, target, baseline, .. } = self.gap;
        let actual = actual.or(missing).map(|m| self.reading("a", &m.reading));
        let final_target = target.filter(|_| self.gap.held_to() != target).map(|t| self.reading("tz", t));
        let held_to = self.gap.held_to().map(|t| self.reading("t", t));
        let others = [held_to, baseline.map(|b| self.reading("b", b)), final_target];
        actual.into_iter().chain(others.into_iter().flatten()).collect()
    }

    /// The numbers of these names.
    pub fn numbers(&self, symbols: &[&str]) -> Vec<Number<'p>> {
        let mut known = self.readings();
        known.extend(self.bounds());
        known.extend(self.gap.expected.map(|e| Number::derived("e", e)));
        known.extend(self.gap.actual.and_then(|m| margin("m", m)));
        known.retain(|number| symbols.contains(&&*number.symbol));
        known
    }

    /// The fiscal year of a reading.
    pub fn year(&self, symbol: &'static str, of: &Reading) -> Number<'p> {
        Number::read(symbol, of.period.fiscal_year().western(), of.period, of.origin)
    }

    /// The bounds that the target sets.
    pub fn bounds(&self) -> Vec<Number<'p>> {
        let Some(target) = self.gap.held_to() else { return Vec::new() };
        match (&target.value, &self.gap.indicator.kind) {
            (Value::Range(within), _) => {
                let read =
                    |symbol: &'static str, value: Decimal| Number::read(symbol, value, target.period, target.origin);
                vec![read("l", within.min), read("u", within.max)]
            }
            (Value::Number(t), Kind::Maintain { tolerance }) => {
                let bounds = [("l", t.checked_sub(*tolerance)), ("u", t.checked_add(*tolerance))];
                bounds.into_iter().filter_map(|(symbol, value)| Some(Number::derived(symbol, value?))).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The sampling error of a measure that has one.
pub fn margin<'p>(symbol: &'static str, of: &Actual) -> Option<Number<'p>> {
    Some(Number::read(symbol, of.margin()?, of.reading.period, of.reading.origin).at("margin"))
}
