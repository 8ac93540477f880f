//! What papers printed, worked out again beside it: rates of indicators, shares among the figures.

use rust_decimal::Decimal;

use super::case::Case;
use super::formula::{Expr, Formula, named};
use super::{Amount, ExplainedPart, Name, Number, Outcome, ShownAs, Step, Symbol, TotalOf, sums};
use crate::plan::Plan;
use crate::plan::entry::Figure;
use crate::plan::indicator::{Indicator, PublishedRates, Reading};
use crate::plan::period::Period;
use crate::plan::printed::PublishedOf;
use crate::plan::sum::{DeclaredSum, PublishedSum, SumFigure};
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::{Rate, Why};
use crate::query::recomputed::{Recomputed, recomputed};
use crate::query::sums::{Declared, Side, Sum, Summed};

/// What papers printed of an indicator, each figure as of its own period: what is another number than one that is called so
/// already is called after its period.
pub fn rates<'p>(plan: &'p Plan, indicator: &'p Indicator, before: &[Step<'p>]) -> Vec<Step<'p>> {
    let mut known: Vec<Number<'p>> = before.iter().flat_map(numbers_of).collect();
    let all: Vec<Again<'p>> =
        indicator.published.iter().flat_map(|published| of_period(plan, indicator, published)).collect();
    let several = all.len() > 1;
    let mut steps = Vec::new();
    for (nth, Again { period, steps: again }) in all.into_iter().enumerate() {
        let numbered = |step: Step<'p>| {
            ["k", "g", "h"].into_iter().fold(step, |step, symbol| match several {
                true => step.renamed(symbol, &format!("{symbol}{}", nth + 1).into()),
                false => step,
            })
        };
        let again = distinct(again.into_iter().map(numbered).collect(), period, &known);
        for step in again {
            // What an earlier figure of the period rests on as well stands there already.
            let is_known = |called: &Symbol| known.iter().any(|number| number.symbol == *called);
            if step.called.as_ref().is_some_and(is_known) {
                continue;
            }
            known.extend(numbers_of(&step));
            steps.push(step);
        }
    }
    steps
}

/// The numbers of a step, and the one that it results in where others call it by a name.
fn numbers_of<'p>(step: &Step<'p>) -> Vec<Number<'p>> {
    step.numbers.iter().cloned().chain(step.result()).collect()
}

/// A printed figure worked out again, behind the steps that it rests on.
struct Again<'p> {
    period: Period,
    steps: Vec<Step<'p>>,
}

/// Steps whose numbers share no name with other ones that are known: such a number is called after the period.
fn distinct<'p>(steps: Vec<Step<'p>>, period: Period, known: &[Number<'p>]) -> Vec<Step<'p>> {
    let is_other = |one: &Number<'p>, other: &Number<'p>| {
        let place = |number: &Number<'p>| number.origin.map(|origin| (origin.file, origin.offset));
        one.symbol == other.symbol
            && (place(one), one.period, one.exact()) != (place(other), other.period, other.exact())
    };
    let is_taken = |number: &Number<'p>| known.iter().any(|other| is_other(number, other));
    let mut names: Vec<(Symbol, Symbol)> = Vec::new();
    for number in steps.iter().flat_map(numbers_of) {
        if !is_taken(&number) || names.iter().any(|(from, _)| *from == number.symbol) {
            continue;
        }
        let period = number.period.unwrap_or(period).short().replace('.', "M").replace('-', "");
        let mut name = Symbol::from(format!("{}{period}", number.symbol));
        while is_taken(&Number { symbol: name.clone(), ..number.clone() }) {
            name = format!("{name}b").into();
        }
        names.push((number.symbol, name));
    }
    let renamed = |step: Step<'p>| names.iter().fold(step, |step, (from, to)| step.renamed(from, to));
    steps.into_iter().map(renamed).collect()
}

fn of_period<'p>(plan: &'p Plan, indicator: &'p Indicator, published: &'p PublishedRates) -> Vec<Again<'p>> {
    let period = published.period;
    let again = |(of, printed): &(PublishedOf, Decimal)| {
        let name = match of {
            PublishedOf::BandCount(part) | PublishedOf::BandShare(part) => {
                Name::PublishedBand(part.named(&plan.band_sets), of.is_percent())
            }
            _ => Name::PublishedRate(*of),
        };
        let number = Number::read("k", *printed, period, published.origin).at(of.key());
        let again = recomputed(plan, indicator, period, *of);
        let Some(value) = again.value() else {
            return Again { period, steps: vec![Step::bare(name, vec![number], Outcome::Uncomputed)] };
        };
        let shown = match of {
            _ if of.is_count() => ShownAs::BesideCount(*printed),
            _ if of.is_percent() => ShownAs::Beside(*printed),
            _ => ShownAs::BesideAmount(*printed),
        };
        let WorkedOut { mut steps, formula, mut numbers } = worked_out(plan, again, *of, period);
        numbers.push(number);
        let formula = formula.map(Formula::Value);
        steps.push(Step { formula, ..Step::bare(name, numbers, Outcome::Number(value, shown)) });
        Again { period, steps }
    };
    published.figures.iter().map(again).collect()
}

/// How a figure was worked out again: what it rests on, the formula, and the numbers that go in.
#[derive(Default)]
struct WorkedOut<'p> {
    steps: Vec<Step<'p>>,
    formula: Option<Expr>,
    numbers: Vec<Number<'p>>,
}

fn worked_out<'p>(plan: &'p Plan, again: Recomputed<'p>, of: PublishedOf, period: Period) -> WorkedOut<'p> {
    let total = |prefix: &str, sum: &Sum<'p>| {
        let place = |reading: &Reading| sum.terms.iter().position(|term| std::ptr::eq(term.reading, reading));
        let symbol = |reading: &Reading| Symbol::from(format!("{prefix}{}", place(reading).unwrap_or_default() + 1));
        sums::written(sum, symbol).unzip()
    };
    match again {
        Recomputed::Of(gap, _) => {
            let case = Case { plan, as_of: AsOf::end_of(period), gap: *gap };
            let (formula, numbers) = case.printed(of).unzip();
            let steps = if of == PublishedOf::Pace { case.expected() } else { Vec::new() };
            WorkedOut { steps, formula, numbers: numbers.unwrap_or_default() }
        }
        Recomputed::Sum(sum, _) => {
            let (formula, numbers) = total("A", &sum);
            WorkedOut { formula, numbers: numbers.unwrap_or_default(), ..WorkedOut::default() }
        }
        Recomputed::RatioOfSums(actuals, targets, _) => {
            let ((actual, numbers), (target, more)) = (total("A", &actuals), total("P", &targets));
            let numbers = numbers.into_iter().chain(more).flatten().collect();
            let formula = actual.zip(target).map(|(actual, target)| (actual / target).percent());
            WorkedOut { formula, numbers, ..WorkedOut::default() }
        }
        Recomputed::Count(..) | Recomputed::Nothing => WorkedOut::default(),
        Recomputed::Share(count, all, _) => {
            let step = |name, n: u32| Step::bare(name, Vec::new(), Outcome::Number(n.into(), ShownAs::Count));
            WorkedOut {
                steps: vec![step(Name::PartOf(of), count).called("g"), step(Name::WholeOf(of), all).called("h")],
                formula: Some((named("g") / named("h")).percent()),
                numbers: vec![Number::derived("g", count), Number::derived("h", all)],
            }
        }
    }
}

/// What papers printed of a declared sum, one part a paper: what it rests on, then each figure worked out again.
pub fn of_sum<'p>(plan: &'p Plan, sum: &'p DeclaredSum) -> Vec<ExplainedPart<'p>> {
    let part = |published: &'p PublishedSum| {
        let again = Declared::printed(plan, sum, published);
        let row = again.row(published);
        let known = match (row, &again.is) {
            (Some((total, row)), _) => sums::of_row(total, row),
            (None, Summed::Scores(scores)) => sums::scores(scores),
            (None, Summed::Amounts(_)) => Vec::new(),
        };
        let several = published.figures.len() > 1;
        let printed = published.figures.iter().enumerate().map(|(nth, figure)| {
            let step = again_printed(&again, published, *figure, &known);
            if several { step.renamed("k", &format!("k{}", nth + 1).into()) } else { step }
        });
        let printed: Vec<Step<'p>> = printed.collect();
        let basis = basis(&printed, &known);
        let printed = printed.into_iter().map(|step| by_name(step, &basis));
        let steps = basis.iter().cloned().chain(printed).collect();
        ExplainedPart {
            unit: row.and_then(|(total, _)| total.unit),
            total: Some(TotalOf::Published(&sum.name, published.period)),
            ..ExplainedPart::without_indicator(steps)
        }
    };
    sum.published.iter().map(part).collect()
}

/// The steps that others rest on, as far as these call them by name.
fn basis<'p>(of: &[Step<'p>], known: &[Step<'p>]) -> Vec<Step<'p>> {
    let names = |step: &Step<'p>| {
        let worked_out = step.numbers.iter().filter(|number| number.origin.is_none());
        worked_out.map(|number| number.symbol.clone()).collect::<Vec<_>>()
    };
    let mut wanted: Vec<Symbol> = of.iter().flat_map(names).collect();
    let mut basis = Vec::new();
    for step in known.iter().rev().filter(|step| step.called.is_some()) {
        if step.called.as_ref().is_some_and(|called| wanted.contains(called)) {
            wanted.extend(names(step));
            basis.push(step.clone());
        }
    }
    basis.reverse();
    basis
}

/// A printed figure by the name of the step that works it out, where that stands before it.
fn by_name<'p>(step: Step<'p>, basis: &[Step<'p>]) -> Step<'p> {
    let printed = |name: Name<'p>| if let Name::PublishedSum(of, _) = name { Some(of) } else { None };
    let same =
        basis.iter().find(|other| figure_of(other.name).is_some() && figure_of(other.name) == printed(step.name));
    let Some(result) = same.and_then(Step::result) else { return step };
    let formula = Some(Formula::Value(named(result.symbol.clone())));
    let own = step.numbers.last().cloned();
    Step { formula, numbers: std::iter::once(result).chain(own).collect(), ..step }
}

/// A printed figure beside the step that works it out.
fn again_printed<'p>(
    again: &Declared<'p>,
    published: &PublishedSum,
    (of, printed): (SumFigure, Decimal),
    known: &[Step<'p>],
) -> Step<'p> {
    let name = Name::PublishedSum(of, published.so_far);
    let number = Number::read("k", printed, published.period, published.origin).at(of.key());
    let Some(value) = again.figure(published, of) else {
        return Step::bare(name, vec![number], Outcome::Uncomputed);
    };
    let shown = if of.is_percent() { ShownAs::Beside(printed) } else { ShownAs::BesideAmount(printed) };
    let step = known.iter().find(|step| figure_of(step.name) == Some(of));
    let (formula, numbers) = step.map_or((None, Vec::new()), |step| (step.formula.clone(), step.numbers.clone()));
    let numbers = numbers.into_iter().chain([number]).collect();
    Step { formula, ..Step::bare(name, numbers, Outcome::Number(value, shown)) }
}

/// The figure of a sum that a step works out.
fn figure_of(name: Name<'_>) -> Option<SumFigure> {
    Some(match name {
        Name::Total(.., Side::Planned) => SumFigure::Planned,
        Name::Total(.., Side::Actual) => SumFigure::Actual,
        Name::DifferenceOfSums(..) => SumFigure::Difference,
        Name::RatioOfSums(..) => SumFigure::RatioOfSums,
        Name::MeanOfRatios(..) => SumFigure::MeanOfRatios,
        Name::ScoreSum => SumFigure::Sum,
        Name::ScoreMean => SumFigure::Mean,
        Name::ScoreFull => SumFigure::Full,
        Name::ScoreShare => SumFigure::Share,
        _ => return None,
    })
}

/// Every figure as it was read, and its share worked out again where it has a part and a whole.
pub fn figures<'p>(figures: impl IntoIterator<Item = &'p Figure>) -> Vec<Step<'p>> {
    let steps: Vec<Step<'p>> = figures.into_iter().map(figure).collect();
    let several = steps.len() > 1;
    let numbered = |(nth, step): (usize, Step<'p>)| {
        ["k", "g", "h"].into_iter().fold(step, |step, symbol| match several {
            true => step.renamed(symbol, &format!("{symbol}{}", nth + 1).into()),
            false => step,
        })
    };
    steps.into_iter().enumerate().map(numbered).collect()
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
