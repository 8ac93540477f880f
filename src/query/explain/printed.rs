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

/// The rates that papers printed of an indicator, each as of its own period: what is another number than one that is called
/// so already is called after its period.
pub fn rates<'p>(plan: &'p Plan, indicator: &'p Indicator, before: &[Step<'p>]) -> Vec<Step<'p>> {
    let mut known: Vec<Number<'p>> = before.iter().flat_map(|step| step.numbers.iter().cloned()).collect();
    let steps: Vec<Step<'p>> =
        indicator.published.iter().flat_map(|published| of_period(plan, indicator, published)).collect();
    let several = steps.len() > 1;
    let step = |(nth, step): (usize, Step<'p>)| {
        let step = if several { renamed(step, "k", &format!("k{}", nth + 1).into()) } else { step };
        let step = distinct(step, &known);
        known.extend(step.numbers.iter().cloned());
        step
    };
    steps.into_iter().enumerate().map(step).collect()
}

/// A step whose numbers share no name with other ones that were read.
fn distinct<'p>(step: Step<'p>, known: &[Number<'p>]) -> Step<'p> {
    let is_other = |one: &Number<'p>, other: &Number<'p>| {
        let place = |number: &Number<'p>| number.origin.map(|origin| (origin.file, origin.offset));
        one.symbol == other.symbol
            && (place(one), one.period, one.exact()) != (place(other), other.period, other.exact())
    };
    let taken = |number: &&Number<'p>| number.origin.is_some() && known.iter().any(|other| is_other(number, other));
    let names: Vec<(Symbol, Symbol)> = step
        .numbers
        .iter()
        .filter(taken)
        .filter_map(|number| {
            let period = number.period?.short().replace('.', "M").replace('-', "");
            Some((number.symbol.clone(), Symbol::from(format!("{}{period}", number.symbol))))
        })
        .collect();
    names.into_iter().fold(step, |step, (from, to)| renamed(step, &from, &to))
}

/// A step with another name for one of its numbers.
fn renamed<'p>(mut step: Step<'p>, from: &str, to: &Symbol) -> Step<'p> {
    for number in step.numbers.iter_mut().filter(|number| number.symbol == from) {
        number.symbol = to.clone();
    }
    step.formula = step.formula.map(|formula| match formula {
        Formula::Value(value) => Formula::Value(value.renamed(from, to)),
        rules @ Formula::All(_) => rules,
    });
    step
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
            return Step::bare(name, vec![number], Outcome::Uncomputed);
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
        let is_printed = |step: &Step<'p>| published.figures.iter().any(|(of, _)| figure_of(step.name) == Some(*of));
        let rests = published.figures.iter().any(|(of, _)| !is_plain(*of));
        let basis = known.iter().filter(|step| rests && figure_of(step.name).is_none_or(is_plain) && !is_printed(step));
        let basis: Vec<Step<'p>> = basis.filter(|step| step.formula.is_some()).cloned().collect();
        let several = published.figures.len() > 1;
        let printed = published.figures.iter().enumerate().map(|(nth, figure)| {
            let step = again_printed(&again, published, *figure, &known);
            if several { renamed(step, "k", &format!("k{}", nth + 1).into()) } else { step }
        });
        ExplainedPart {
            unit: row.and_then(|(total, _)| total.unit),
            total: Some(TotalOf::Published(&sum.name, published.period)),
            ..ExplainedPart::without_indicator(basis.into_iter().chain(printed).collect())
        }
    };
    sum.published.iter().map(part).collect()
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
    Step { name, called: None, formula, numbers, outcome: Outcome::Number(value, shown) }
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

/// Whether a figure rests on what was read alone.
fn is_plain(of: SumFigure) -> bool {
    matches!(of, SumFigure::Planned | SumFigure::Actual | SumFigure::Sum)
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
