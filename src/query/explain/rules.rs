//! The rules of the verdict, in the order they are asked.

use rust_decimal::Decimal;

use super::formula::{Comparison, Expr, Relation, constant, named};
use super::indicator::Case;
use super::{Amount, Name, Number, Outcome, ShownAs, Step};
use crate::plan::indicator::{Kind, Reading};
use crate::plan::judging::{Against, Band, TargetRule};
use crate::plan::value::Value;
use crate::query::gap::judge::holds;
use crate::query::gap::{Gap, Verdict, Why, is_less_better};

/// The rules that decided, or that could not.
pub fn steps<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    match case.gap.indicator.kind {
        Kind::Milestone { .. } => milestone(case),
        Kind::Range | Kind::Maintain { .. } => bounds(case),
        _ => bands(case),
    }
}

/// `x` against `y` where a difference up to the margin is none.
pub fn against(x: Expr, y: Expr, margin: Expr, wanted: Against, less_is_better: bool) -> Relation {
    let by = |ahead: bool| if ahead { x.clone() - y.clone() } else { y.clone() - x.clone() };
    match wanted {
        Against::Same => Expr::Abs(Box::new(by(true))).is(Comparison::AtMost, margin),
        Against::Better => by(!less_is_better).is(Comparison::More, margin),
        Against::Worse => by(less_is_better).is(Comparison::More, margin),
        Against::NotWorse => by(less_is_better).is(Comparison::AtMost, margin),
    }
}

fn bands<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    let Ok(facts) = case.gap.facts() else { return Vec::new() };
    let mut open = true;
    let bands = case.gap.set.bands.iter().map(|band| {
        let outcome = match holds(band.rule, case.gap.set.tolerance, facts) {
            _ if !open => Outcome::NotAsked,
            Ok(holds) => Outcome::Holds(holds),
            Err(why) => Outcome::Nothing(why),
        };
        open &= matches!(outcome, Outcome::Holds(false));
        let (relations, numbers) = conditions(case, band);
        Step::rule(Name::Band(band), relations, numbers, outcome)
    });
    bands.collect()
}

/// The conditions of a band as statements about the numbers.
fn conditions<'p>(case: &Case<'p>, band: &Band) -> (Vec<Relation>, Vec<Number<'p>>) {
    let (rule, less) = (band.rule, is_less_better(&case.gap.indicator.kind));
    let (a, m) = (|| named("a"), case.numbers(&["m"]));
    let reached = |of: Expr| a().is(if less { Comparison::AtMost } else { Comparison::AtLeast }, of);
    let missed = |of: Expr| a().is(if less { Comparison::More } else { Comparison::Less }, of);
    let mut relations = Vec::new();
    let mut numbers = case.numbers(&["a"]);
    if let Some(wanted) = rule.target {
        relations.push(match wanted {
            TargetRule::Exceeded => a().is(if less { Comparison::Less } else { Comparison::More }, named("t")),
            TargetRule::Reached => reached(named("t")),
            TargetRule::Missed => missed(named("t")),
        });
        numbers.extend(case.numbers(&["t"]));
    }
    if let Some(wanted) = rule.expected {
        relations.push(if wanted { reached(named("e")) } else { missed(named("e")) });
        numbers.extend(case.numbers(&["e"]));
    }
    if let Some(wanted) = rule.baseline {
        let margin = if m.is_empty() { constant(0) } else { named("m") };
        relations.push(against(a(), named("b"), margin, wanted, less));
        numbers.extend(case.numbers(&["b"]).into_iter().chain(m));
    }
    if let Some(wanted) = rule.last_year {
        relations.push(last_year(wanted));
        numbers.extend(case.gap.change.map(|change| Number::derived("z", sign(change.is))));
    }
    if let Some(percent) = rule.at_least {
        let tolerance = case.gap.set.tolerance;
        let threshold = constant(percent);
        let threshold = if tolerance.is_zero() { threshold } else { threshold - constant(tolerance) };
        relations.push(named("r").is(Comparison::AtLeast, threshold));
        let rate = case.gap.rate(case.gap.set.by).and_then(|rate| rate.percent());
        numbers.extend(rate.map(|rate| Number::derived("r", rate)));
    }
    (relations, numbers)
}

/// The comparison with an earlier year as a sign: 1 better, 0 the same, −1 worse. Its own step works it out.
fn sign(is: Against) -> i32 {
    match is {
        Against::Better => 1,
        Against::Same | Against::NotWorse => 0,
        Against::Worse => -1,
    }
}

fn last_year(wanted: Against) -> Relation {
    let (is, right) = match wanted {
        Against::Better => (Comparison::More, 0),
        Against::Same => (Comparison::AtMost, 0),
        Against::NotWorse => (Comparison::AtLeast, 0),
        Against::Worse => (Comparison::Less, 0),
    };
    let z = named("z");
    let left = if wanted == Against::Same { Expr::Abs(Box::new(z)) } else { z };
    left.is(is, constant(right))
}

/// The rules in order, up to the one that the verdict says held.
fn rule_steps<'p>(
    case: &Case<'p>,
    rules: impl IntoIterator<Item = (Verdict, Vec<Relation>, Vec<Number<'p>>)>,
) -> Vec<Step<'p>> {
    let mut open = true;
    let rules = rules.into_iter().map(|(verdict, relations, numbers)| {
        let holds = verdict == case.gap.verdict;
        let outcome = if open { Outcome::Holds(holds) } else { Outcome::NotAsked };
        open &= !holds;
        Step::rule(Name::Rule(verdict), relations, numbers, outcome)
    });
    rules.collect()
}

/// Within the bounds met; further outside than the baseline was, worsened; else behind.
fn bounds<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    let Gap { actual: Some(actual), gap: Some(_), baseline, .. } = case.gap else { return Vec::new() };
    let outside = |x: &'static str| Expr::Max(vec![named("l") - named(x), named(x) - named("u"), constant(0)]);
    let numbers = |symbol: &str| case.numbers(&[symbol, "l", "u"]);
    let distance = |x: Decimal| {
        let bounds = case.numbers(&["l", "u"]);
        let value = |n: Option<&Number<'_>>| match n.map(|n| &n.amount) {
            Some(Amount::Exact(value)) => Some(*value),
            _ => None,
        };
        let (low, high) = (value(bounds.first())?, value(bounds.get(1))?);
        Some(low.checked_sub(x)?.max(x.checked_sub(high)?).max(Decimal::ZERO))
    };
    let step = |name, symbol: &'static str, d: &'static str, value: Option<Decimal>| {
        let value = value.and_then(distance)?;
        let step = Step::new(name, outside(symbol), numbers(symbol), Outcome::Number(value, ShownAs::Difference));
        Some((step, Number::derived(d, value)))
    };
    let now = step(Name::Outside, "a", "d", actual.reading.number());
    let before = step(Name::OutsideBefore, "b", "d0", baseline.and_then(Reading::number));
    let mut distances = Vec::new();
    let mut steps = Vec::new();
    for (step, distance) in [now, before].into_iter().flatten() {
        steps.push(step);
        distances.push(distance);
    }
    let within = vec![named("a").is(Comparison::AtLeast, named("l")), named("a").is(Comparison::AtMost, named("u"))];
    let mut rules = vec![(Verdict::Met, within, numbers("a"))];
    if distances.len() == 2 {
        let further = named("d").is(Comparison::More, named("d0"));
        rules.push((Verdict::Worsened, vec![further], distances));
    }
    rules.push((Verdict::Behind, Vec::new(), Vec::new()));
    steps.extend(rule_steps(case, rules));
    steps
}

/// At the wanted step met; at the one that is due by now, on pace; else behind.
fn milestone<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    let Gap { actual: Some(actual), target: Some(target), indicator, .. } = case.gap else { return Vec::new() };
    if !matches!((&actual.reading.value, &target.value), (Value::Step(_), Value::Step(_))) {
        return Vec::new();
    }
    let of = actual.reading.period.last_day();
    let targets = indicator.targets_on(case.as_of.date);
    let due = targets.iter().rfind(|t| t.period.last_day() <= of);
    let reached = |symbol: &'static str| vec![named("a").is(Comparison::AtLeast, named(symbol))];
    let mut rules = vec![(Verdict::Met, reached("t"), case.numbers(&["a", "t"]))];
    rules.extend(due.map(|due| {
        let numbers = case.numbers(&["a"]).into_iter().chain([case.reading("s", due)]).collect();
        (Verdict::OnPace, reached("s"), numbers)
    }));
    let rest = if due.is_none() { Verdict::Undetermined(Why::NotYetDue) } else { Verdict::Behind };
    rules.push((rest, Vec::new(), Vec::new()));
    rule_steps(case, rules)
}
