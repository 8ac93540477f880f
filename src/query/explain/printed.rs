//! What papers printed, worked out again beside it: rates of indicators, shares among the figures.

use rust_decimal::Decimal;

use super::formula::named;
use super::indicator::Case;
use super::{Amount, Name, Number, Outcome, ShownAs, Step};
use crate::plan::Plan;
use crate::plan::entry::Figure;
use crate::plan::indicator::{Indicator, PublishedRates};
use crate::plan::judging::Measured;
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::{Rate, Why, gap};

/// The rates that papers printed of an indicator, each as of its own period.
pub fn rates<'p>(plan: &'p Plan, indicator: &'p Indicator) -> Vec<Step<'p>> {
    indicator.published.iter().flat_map(|published| of_period(plan, indicator, published)).collect()
}

fn of_period<'p>(plan: &'p Plan, indicator: &'p Indicator, published: &'p PublishedRates) -> Vec<Step<'p>> {
    let as_of = AsOf::end_of(published.period);
    let case = Case { plan, as_of, gap: gap(plan, indicator, as_of) };
    let is_of_period = case.gap.actual.is_some_and(|m| m.reading.period == published.period);
    let printed = [
        ("ratio", Measured::Ratio, published.ratio_to_target),
        ("improvement", Measured::Improvement, published.improvement),
    ];
    let mut computed = case.rates();
    let steps = printed.into_iter().filter_map(|(key, by, printed)| {
        let printed = printed?;
        let name = Name::PublishedRate(by);
        let number = Number::read("k", printed, published.period, published.origin).at(key);
        let same = |step: &Step<'_>| matches!(step.outcome, Outcome::Number(_, ShownAs::Rate(of)) if of == by);
        let place = computed.iter().position(same).filter(|_| is_of_period);
        let Some(Step { formula, mut numbers, outcome, .. }) = place.map(|place| computed.swap_remove(place)) else {
            return Some(Step::bare(name, vec![number], Outcome::Nothing(Why::NoRate)));
        };
        numbers.push(number);
        let outcome = match outcome {
            Outcome::Number(value, _) => Outcome::Number(value, ShownAs::Beside(printed)),
            other => other,
        };
        Some(Step { name, formula, numbers, outcome })
    });
    steps.collect()
}

/// Every figure as it was read, and its share worked out again where it has a part and a whole.
pub fn figures<'p>(figures: impl IntoIterator<Item = &'p Figure>) -> Vec<Step<'p>> {
    figures.into_iter().map(figure).collect()
}

fn figure(figure: &Figure) -> Step<'_> {
    let (name, origin) = (Name::Figure(figure), Some(figure.origin));
    let printed = Number { origin, period: figure.period, amount: Amount::Figure(figure), ..Number::derived("k", 0) };
    let printed = printed.at("value");
    let (Some((part, whole)), Value::Number(value)) = (figure.share, &figure.value) else {
        return Step::bare(name, vec![printed], Outcome::Listed);
    };
    let read = |symbol: &'static str, n: Decimal| {
        Number { origin, period: figure.period, ..Number::derived(symbol, n) }.at("share")
    };
    let percent = Rate::new(part, whole).and_then(Rate::percent);
    let outcome = percent.map_or(Outcome::Nothing(Why::NoRate), |p| Outcome::Number(p, ShownAs::Beside(*value)));
    let numbers = vec![read("g", part), read("h", whole), printed];
    Step::new(name, (named("g") / named("h")).percent(), numbers, outcome)
}
