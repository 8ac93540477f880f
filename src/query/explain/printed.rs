//! What papers printed, worked out again beside it: rates of indicators, shares among the figures.

use rust_decimal::Decimal;

use super::case::Case;
use super::formula::{Expr, Formula, named};
use super::{Amount, Name, Number, Outcome, ShownAs, Step, Symbol, sums};
use crate::plan::Plan;
use crate::plan::entry::Figure;
use crate::plan::indicator::{Indicator, PublishedRates, Reading};
use crate::plan::period::Period;
use crate::plan::printed::PublishedOf;
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::{Rate, Why};
use crate::query::recomputed::{Recomputed, recomputed};
use crate::query::sums::Sum;

/// The rates that papers printed of an indicator, each as of its own period.
pub fn rates<'p>(plan: &'p Plan, indicator: &'p Indicator) -> Vec<Step<'p>> {
    indicator.published.iter().flat_map(|published| of_period(plan, indicator, published)).collect()
}

fn of_period<'p>(plan: &'p Plan, indicator: &'p Indicator, published: &'p PublishedRates) -> Vec<Step<'p>> {
    let period = published.period;
    let steps = published.figures.iter().map(|(of, printed)| {
        let name = match of {
            PublishedOf::BandCount(part) | PublishedOf::BandShare(part) => {
                Name::PublishedBand(part.named(&plan.band_sets), of.is_percent())
            }
            _ => Name::PublishedRate(*of),
        };
        let number = Number::read("k", *printed, period, published.origin).at(of.key());
        let again = recomputed(plan, indicator, period, *of);
        let Some(value) = again.value() else {
            return Step::bare(name, vec![number], Outcome::Nothing(Why::NoRate));
        };
        let shown = match of {
            _ if of.is_count() => ShownAs::BesideCount(*printed),
            _ if of.is_percent() => ShownAs::Beside(*printed),
            _ => ShownAs::BesideAmount(*printed),
        };
        let (formula, mut numbers) = worked_out(plan, again, *of, period);
        numbers.push(number);
        Step {
            name,
            called: None,
            formula: formula.map(Formula::Value),
            numbers,
            outcome: Outcome::Number(value, shown),
        }
    });
    steps.collect()
}

/// How it was worked out again, and the numbers that go in.
fn worked_out<'p>(
    plan: &'p Plan,
    again: Recomputed<'p>,
    of: PublishedOf,
    period: Period,
) -> (Option<Expr>, Vec<Number<'p>>) {
    let total = |prefix: &str, sum: &Sum<'p>| {
        let place = |reading: &Reading| sum.terms.iter().position(|term| std::ptr::eq(term.reading, reading));
        let symbol = |reading: &Reading| Symbol::from(format!("{prefix}{}", place(reading).unwrap_or_default() + 1));
        sums::written(sum, symbol).unzip()
    };
    match again {
        Recomputed::Of(gap, _) => {
            let case = Case { plan, as_of: AsOf::end_of(period), gap: *gap };
            let wanted = case.printed(of);
            wanted.map_or((None, Vec::new()), |(formula, numbers)| (Some(formula), numbers))
        }
        Recomputed::Sum(sum, _) => {
            let (formula, numbers) = total("A", &sum);
            (formula, numbers.unwrap_or_default())
        }
        Recomputed::RatioOfSums(actuals, targets, _) => {
            let ((actual, numbers), (target, more)) = (total("A", &actuals), total("P", &targets));
            let numbers = numbers.into_iter().chain(more).flatten().collect();
            (actual.zip(target).map(|(actual, target)| (actual / target).percent()), numbers)
        }
        Recomputed::Count(..) | Recomputed::Nothing => (None, Vec::new()),
        Recomputed::Share(count, all, _) => {
            let numbers = vec![Number::derived("g", count), Number::derived("h", all)];
            (Some((named("g") / named("h")).percent()), numbers)
        }
    }
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
