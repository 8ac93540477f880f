//! Sums: the amounts as they were stated, then each sum by year, and how actual and plan compare. The formulas are
//! written from the very terms that were added up.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::formula::{Expr, constant, named};
use super::{Name, Number, Outcome, ShownAs, Step, Symbol};
use crate::plan::indicator::Reading;
use crate::query::gap::{Rate, Why};
use crate::query::sums::{Row, Score, Scores, Side, Span, Sum, Total};

/// What each reading is called.
struct Called<'p>(HashMap<*const Reading, Number<'p>>);

/// The steps of a total.
pub fn steps<'p>(total: &Total<'p>) -> Vec<Step<'p>> {
    let (listed, called) = listed(total);
    let mut steps = vec![Step::bare(Name::Amounts, listed, Outcome::Listed)];
    steps.extend(total.rows.iter().flat_map(|row| called.row(row)));
    steps
}

/// The steps of one row of a total.
pub fn of_row<'p>(total: &Total<'p>, row: &Row<'p>) -> Vec<Step<'p>> {
    listed(total).1.row(row)
}

/// Every amount of a total, and what each is called.
fn listed<'p>(total: &Total<'p>) -> (Vec<Number<'p>>, Called<'p>) {
    let (mut listed, mut called, mut counts) = (Vec::new(), HashMap::new(), [0; 4]);
    for (of, side, reading) in total.readings() {
        let is_baseline = of.baseline.as_ref().is_some_and(|baseline| std::ptr::eq(baseline, reading));
        let (letter, count) = if is_baseline { ('B', 3) } else { (side_letter(side), side as usize) };
        counts[count] += 1;
        let value = reading.number().unwrap_or_default();
        let number = Number::read(format!("{letter}{}", counts[count]), value, reading.period, reading.origin);
        let number = Number { of: Some(&of.name), ..number };
        listed.push(number.clone());
        called.insert(std::ptr::from_ref(reading), number);
    }
    (listed, Called(called))
}

/// The formula of a sum and the numbers in it; `None` for a sum without any.
pub fn written<'p>(sum: &Sum<'p>, symbol: impl Fn(&Reading) -> Symbol) -> Option<(Expr, Vec<Number<'p>>)> {
    let number = |symbol: Symbol, reading: &'p Reading| {
        Some(Number::read(symbol, reading.number()?, reading.period, reading.origin))
    };
    let numbers = sum.terms.iter().filter_map(|term| number(symbol(term.reading), term.reading)).collect();
    let product = |times: i32, reading: &Reading| match named(symbol(reading)) {
        once if times == 1 => once,
        again => again * constant(times),
    };
    let mut terms: Vec<_> = sum.terms.iter().collect();
    // What is taken off stands behind what it is taken off from.
    terms.sort_by_key(|term| term.times < 0);
    let formula = terms.into_iter().fold(None, |all: Option<Expr>, term| match all {
        Some(all) if term.times < 0 => Some(all - product(-term.times, term.reading)),
        Some(all) => Some(all + product(term.times, term.reading)),
        None => Some(product(term.times, term.reading)),
    });
    formula.map(|formula| (formula, numbers))
}

impl<'p> Called<'p> {
    fn written(&self, sum: &Sum<'p>) -> Option<(Expr, Vec<Number<'p>>)> {
        let symbol =
            |reading: &Reading| self.0.get(&std::ptr::from_ref(reading)).map_or("?".into(), |n| n.symbol.clone());
        let (formula, mut numbers) = written(sum, symbol)?;
        for (number, term) in numbers.iter_mut().zip(&sum.terms) {
            number.of = Some(&term.of.name);
        }
        Some((formula, numbers))
    }

    fn row(&self, row: &Row<'p>) -> Vec<Step<'p>> {
        let (span, year) = (row.span, row.year);
        let (difference, ratio) = (row.difference(), row.ratio_of_sums().and_then(Rate::percent));
        let mut steps = Vec::new();
        for side in Side::ALL {
            let (sum, name) = (row.sum(side), Name::Total(span, year, side));
            let step = match (self.written(sum), sum.value()) {
                (Some((formula, numbers)), Some(value)) => {
                    Step::new(name, formula, numbers, Outcome::Number(value, ShownAs::Sum(sum.lacking.len())))
                }
                (Some((formula, numbers)), None) => Step::new(name, formula, numbers, Outcome::Nothing(Why::TooLarge)),
                (None, _) => continue,
            };
            let is_used = side != Side::Forecast && (difference.is_some() || ratio.is_some());
            steps.push(if is_used { step.called(called(row, side)) } else { step });
        }
        let both = |sign: fn(Expr, Expr) -> Expr| {
            let sides = [Side::Actual, Side::Planned];
            let numbers =
                sides.map(|side| Number::derived(called(row, side), row.sum(side).value().unwrap_or_default()));
            let [actual, planned] = sides.map(|side| named(called(row, side)));
            (sign(actual, planned), numbers.to_vec())
        };
        steps.extend(difference.map(|by| {
            let (formula, numbers) = both(|a, p| a - p);
            let name = Name::DifferenceOfSums(span, year);
            Step::new(name, formula, numbers, Outcome::Number(by, ShownAs::Difference))
        }));
        let percent = |percent| Outcome::Number(percent, ShownAs::Percent);
        steps.extend(ratio.map(|ratio| {
            let (formula, numbers) = both(|a, p| (a / p).percent());
            Step::new(Name::RatioOfSums(span, year), formula, numbers, percent(ratio))
        }));
        steps.extend(row.mean_of_ratios().and_then(|mean| {
            let (formula, numbers) = self.mean(row)?;
            Some(Step::new(Name::MeanOfRatios(span, year), formula, numbers, percent(mean)))
        }));
        steps
    }

    /// The mean of the parts' ratios.
    fn mean(&self, row: &Row<'p>) -> Option<(Expr, Vec<Number<'p>>)> {
        let (mut sum, mut numbers) = (None::<Expr>, Vec::new());
        for pair in &row.pairs {
            let ((actual, more), (planned, others)) = (self.written(&pair.actual)?, self.written(&pair.planned)?);
            let ratio = actual / planned;
            sum = Some(match sum {
                Some(sum) => sum + ratio,
                None => ratio,
            });
            numbers.extend(more.into_iter().chain(others));
        }
        Some(((sum? / constant(Decimal::from(row.pairs.len()))).percent(), numbers))
    }
}

/// What the sum of a side of a row is called: of the year alone AR6, so far AcR6.
fn called(row: &Row<'_>, side: Side) -> Symbol {
    let (letter, so_far) = (side_letter(side), if row.span == Span::SoFar { "c" } else { "" });
    format!("{letter}{so_far}{}", row.year.short()).into()
}

fn side_letter(side: Side) -> char {
    match side {
        Side::Planned => 'P',
        Side::Actual => 'A',
        Side::Forecast => 'F',
    }
}

/// The steps of rates or points.
pub fn scores<'p>(scores: &Scores<'p>) -> Vec<Step<'p>> {
    let read = |symbol: String, value: Decimal, part: &Score<'p>| Number {
        origin: Some(part.origin),
        of: Some(part.name),
        ..Number::derived(symbol, value)
    };
    let parts: Vec<(&Score<'p>, Decimal)> = scores.scored().collect();
    let each = |letter: char, value: fn(&Score<'p>, Decimal) -> Decimal| -> Vec<Number<'p>> {
        let numbered = parts.iter().enumerate();
        numbered.map(|(at, (part, score))| read(format!("{letter}{}", at + 1), value(part, *score), part)).collect()
    };
    let (points, weights) = (each('S', |_, score| score), each('W', |part, _| part.weight));
    let both: Vec<Number<'p>> = points.iter().chain(&weights).cloned().collect();
    let mut steps = vec![Step::bare(Name::Scores, both.clone(), Outcome::Listed)];
    let name = |number: &Number<'p>| named(number.symbol.clone());
    let add = |all: Vec<Expr>| all.into_iter().reduce(|sum, next| sum + next);
    let sum = add(points.iter().zip(&weights).map(|(point, weight)| name(point) * name(weight)).collect());
    let of = |symbol: &'static str, value: Option<Decimal>| Number::derived(symbol, value.unwrap_or_default());
    let (total, weight) = (|| of("S", scores.sum()), || of("W", scores.weight()));
    let plain = |value| Outcome::Number(value, ShownAs::Plain);
    if let Some((sum, value)) = sum.zip(scores.sum()) {
        steps.push(Step::new(Name::ScoreSum, sum, both, plain(value)).called("S"));
    }
    if let Some((sum, value)) = add(weights.iter().map(name).collect()).zip(scores.weight()) {
        steps.push(Step::new(Name::ScoreWeights, sum, weights, plain(value)).called("W"));
    }
    let mut step = |step: Option<Step<'p>>| steps.extend(step);
    step(scores.mean().map(|mean| {
        let outcome = Outcome::Number(mean, ShownAs::Rounded);
        Step::new(Name::ScoreMean, named("S") / named("W"), vec![total(), weight()], outcome)
    }));
    if let Some((best, full)) = scores.best.zip(scores.full()) {
        step(Some(Step::bare(Name::ScoreBest, Vec::new(), plain(best)).called("M")));
        let numbers = vec![weight(), of("M", Some(best))];
        step(Some(Step::new(Name::ScoreFull, named("W") * named("M"), numbers, plain(full)).called("F")));
    }
    step(scores.share().and_then(Rate::percent).map(|share| {
        let numbers = vec![total(), of("F", scores.full())];
        let outcome = Outcome::Number(share, ShownAs::Percent);
        Step::new(Name::ScoreShare, (named("S") / named("F")).percent(), numbers, outcome)
    }));
    steps
}
