//! Amounts gained: year by year, their totals, and how actual and plan compare.

use rust_decimal::Decimal;

use super::formula::{Expr, constant, named};
use super::{ExplainedPart, Name, Number, Outcome, ShownAs, Step};
use crate::plan::indicator::{Effect, Indicator, Reading, Unit};
use crate::query::AsOf;
use crate::query::effects::{Amounts, Side, effects, mean_of_ratios, sums, units};
use crate::query::gap::{Rate, Why};

/// The totals of the effects among these, one part a unit.
pub fn parts<'p>(of: &[&'p Indicator], as_of: AsOf) -> Vec<ExplainedPart<'p>> {
    let all = effects(of, as_of);
    let part = |unit: &'p Unit| {
        let of: Vec<&Amounts<'p>> = all.iter().filter(|a| a.indicator.unit == *unit).collect();
        ExplainedPart { unit: Some(unit), ..ExplainedPart::without_indicator(steps(&of)) }
    };
    units(&all).into_iter().map(part).collect()
}

/// A year that has a plan and an actual: its symbols' number, the amounts, and how often a continuing one counts.
struct Pair<'p> {
    planned: Number<'p>,
    actual: Number<'p>,
    times: Decimal,
}

fn steps<'p>(of: &[&Amounts<'p>]) -> Vec<Step<'p>> {
    let (mut listed, mut pairs) = (Vec::new(), Vec::new());
    for amounts in of {
        let last = amounts.last_paired();
        for year in &amounts.years {
            let at = listed.len() + 1;
            let read = |side: char, reading: Option<&'p Reading>| {
                let (reading, name) = (reading?, &amounts.indicator.name);
                let number = Number::read(format!("{side}{at}"), reading.number()?, reading.period, reading.origin);
                Some(Number { of: Some(name), ..number })
            };
            let readings = [read('P', year.planned), read('A', year.actual), read('F', year.forecast)];
            if let ([Some(planned), Some(actual), _], Some(last)) = (&readings, last) {
                let times = Decimal::from(last.western() - year.year.western() + 1);
                pairs.push(Pair { planned: planned.clone(), actual: actual.clone(), times });
            }
            listed.push(readings);
        }
    }
    let listed = listed.into_iter().flatten().flatten().collect();
    let mut steps = vec![Step::bare(Name::Amounts, listed, Outcome::Listed)];
    for effect in [Effect::OneYear, Effect::Continuing] {
        steps.extend(totals(of, &pairs, effect));
    }
    let mean = mean_of_ratios(of).map_or(Outcome::Nothing(Why::NoRate), |mean| Outcome::Number(mean, ShownAs::Percent));
    let has_ratio = |pair: &&Pair<'_>| pair.planned.exact().is_some_and(|planned| !planned.is_zero());
    let ratios: Vec<&Pair<'_>> = pairs.iter().filter(has_ratio).collect();
    let ratio = |pair: &&Pair<'_>| named(pair.actual.symbol.clone()) / named(pair.planned.symbol.clone());
    let sum = ratios.iter().map(ratio).reduce(|all, one| all + one).unwrap_or_else(|| constant(0));
    let numbers = ratios.iter().flat_map(|pair| [pair.planned.clone(), pair.actual.clone()]).collect();
    let count = Decimal::from(ratios.len());
    steps.push(Step::new(Name::MeanOfRatios, (sum / constant(count)).percent(), numbers, mean));
    steps
}

/// Both sums and their ratio.
fn totals<'p>(of: &[&Amounts<'p>], pairs: &[Pair<'p>], effect: Effect) -> Vec<Step<'p>> {
    let sums = sums(of, effect);
    let total = |side: Side, value: Option<Decimal>| {
        let amount = |pair: &Pair<'p>| match side {
            Side::Planned => pair.planned.clone(),
            Side::Actual => pair.actual.clone(),
        };
        let counted = |pair: &Pair<'p>| match named(amount(pair).symbol) {
            once if effect == Effect::OneYear || pair.times == Decimal::ONE => once,
            again => again * constant(pair.times),
        };
        let sum: Option<Expr> = pairs.iter().map(counted).reduce(|all, one| all + one);
        let outcome = value.map_or(Outcome::Nothing(Why::TooLarge), |n| Outcome::Number(n, ShownAs::Quantity));
        let numbers = pairs.iter().map(amount).collect();
        Step::new(Name::Total(effect, side), sum.unwrap_or_else(|| constant(0)), numbers, outcome)
    };
    let mut steps = vec![total(Side::Planned, sums.map(|s| s.planned)), total(Side::Actual, sums.map(|s| s.actual))];
    steps.extend(sums.map(|sums| {
        let percent = Rate::new(sums.actual, sums.planned).and_then(Rate::percent);
        let outcome = percent.map_or(Outcome::Nothing(Why::NoRate), |p| Outcome::Number(p, ShownAs::Percent));
        let numbers = vec![Number::derived("A", sums.actual), Number::derived("P", sums.planned)];
        Step::new(Name::RatioOfSums(effect), (named("A") / named("P")).percent(), numbers, outcome)
    }));
    steps
}
