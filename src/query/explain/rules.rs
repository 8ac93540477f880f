//! The rules of the verdict, in the order they are asked.

use rust_decimal::Decimal;

use super::case::Case;
use super::formula::{Comparison, Expr, Relation, constant, named};
use super::{Amount, Name, Number, Outcome, ShownAs, Step};
use crate::plan::indicator::{Kind, Reading};
use crate::plan::judging::{Against, Band, Measured, TargetRule};
use crate::plan::value::{Toward, Value};
use crate::query::gap::judge::{Condition, holds};
use crate::query::gap::{Beside, Gap, Verdict, Why, gap_by, is_less_better};

/// The rules that decided, or that could not.
pub fn steps<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    let mut steps = match case.gap.indicator.kind {
        Kind::Milestone { .. } => milestone(case),
        Kind::Range | Kind::Maintain { .. } => bounds(case),
        _ => match toward(&case.gap) {
            Some(toward) => direction(case, toward),
            None => bands(case),
        },
    };
    steps.extend(given(case));
    steps
}

/// The rules of each set that judges besides, and what they say. Numbers that are others than those of the first set are
/// called after the place of theirs.
pub fn beside<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    let of_set = |(nth, beside): (usize, &Beside<'p>)| {
        let gap = gap_by(case.plan, case.gap.indicator, case.as_of, beside.set);
        let own = Case { plan: case.plan, as_of: case.as_of, gap };
        let mut steps = Vec::new();
        let judged: Vec<Step<'p>> = match own.gap.ruled {
            Some(_) => given(&own).into_iter().collect(),
            None => self::steps(&own),
        };
        let asks = |symbol: &str| judged.iter().flat_map(|step| &step.numbers).any(|number| number.symbol == symbol);
        let is_other = own.gap.expected != case.gap.expected;
        let by_pace = beside.set.by == Measured::Pace && asks("r");
        if is_other && (asks("e") || by_pace) {
            steps.extend(own.expected());
            steps.extend(by_pace.then(|| own.pace_ratio()));
        }
        steps.extend(judged);
        steps.push(Step::bare(Name::Verdict, Vec::new(), Outcome::Verdict(beside.verdict, beside.band)));
        let renamed = |step: Step<'p>| {
            let step = step.renamed("r", &format!("r{}", nth + 2).into());
            let step = if is_other { step.renamed("e", &format!("e{}", nth + 2).into()) } else { step };
            Step { beside: Some(beside.set), ..step }
        };
        steps.into_iter().map(renamed).collect::<Vec<_>>()
    };
    case.gap.also.iter().enumerate().flat_map(of_set).collect()
}

/// The band that a set gives to what has no rate.
fn given<'p>(case: &Case<'p>) -> Option<Step<'p>> {
    let ruled = case.gap.ruled.filter(|ruled| ruled.meaning().is_some())?;
    let given = ruled.meaning().and_then(|meaning| case.gap.set.without_rate(meaning));
    Some(Step::bare(Name::WithoutRate(case.gap.set), Vec::new(), Outcome::Given(ruled, given)))
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
    let bands = case.gap.rules.bands.iter().filter(|band| !band.is_rest()).map(|band| {
        let outcome = match holds(band.rule, case.gap.rules.tolerance, facts) {
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

/// The conditions of a band as statements about the numbers: those, in the order, that decided.
fn conditions<'p>(case: &Case<'p>, band: &Band) -> (Vec<Relation>, Vec<Number<'p>>) {
    let mut relations = Vec::new();
    let mut numbers = case.numbers(&["a"]);
    for condition in Condition::all(band.rule) {
        let (relation, needed) = stated(case, condition);
        relations.push(relation);
        numbers.extend(needed);
    }
    (relations, numbers)
}

/// A condition as a statement about the numbers, and these.
fn stated<'p>(case: &Case<'p>, condition: Condition) -> (Relation, Vec<Number<'p>>) {
    let (gap, less) = (&case.gap, is_less_better(&case.gap.indicator.kind));
    let reached = |of: &'static str, strict: bool| named("a").is(beyond(less, strict), named(of));
    let missed = |of: &'static str, strict: bool| named("a").is(beyond(!less, !strict), named(of));
    let held_strictly = gap.held_to().is_some_and(Reading::is_strict);
    let due_strictly = gap.basis.is_some_and(|basis| basis.is_strict());
    match condition {
        Condition::Target(wanted) => {
            let relation = match wanted {
                TargetRule::Exceeded => reached("t", true),
                TargetRule::Reached => reached("t", held_strictly),
                TargetRule::Missed => missed("t", held_strictly),
            };
            (relation, case.numbers(&["t"]))
        }
        Condition::Expected(true) => (reached("e", due_strictly), case.numbers(&["e"])),
        Condition::Expected(false) => (missed("e", due_strictly), case.numbers(&["e"])),
        Condition::Baseline(wanted) => {
            let margin = case.numbers(&["m"]);
            let tolerated = if margin.is_empty() { constant(0) } else { named("m") };
            let relation = against(named("a"), named("b"), tolerated, wanted, less);
            (relation, case.numbers(&["b"]).into_iter().chain(margin).collect())
        }
        Condition::LastYear(wanted) => match &gap.change {
            Some(change) => case.compared(change, "c", wanted),
            None => (against(named("a"), named("c"), constant(0), wanted, less), Vec::new()),
        },
        Condition::AtLeast(percent) => {
            let tolerance = gap.rules.tolerance;
            let threshold = constant(percent);
            let threshold = if tolerance.is_zero() { threshold } else { threshold - constant(tolerance) };
            let is = if gap.falls_short(gap.rules.by) { Comparison::More } else { Comparison::AtLeast };
            let rate = gap.rate(gap.rules.by).and_then(|rate| rate.percent());
            (named("r").is(is, threshold), rate.map(|rate| Number::derived("r", rate)).into_iter().collect())
        }
    }
}

/// How a value compares that lies beyond a number, or at least at it.
fn beyond(less_is_better: bool, strict: bool) -> Comparison {
    match (less_is_better, strict) {
        (false, false) => Comparison::AtLeast,
        (false, true) => Comparison::More,
        (true, false) => Comparison::AtMost,
        (true, true) => Comparison::Less,
    }
}

/// The rules in order, up to the one that the verdict says held.
fn rule_steps<'p>(
    case: &Case<'p>,
    rules: impl IntoIterator<Item = (Verdict, Vec<Relation>, Vec<Number<'p>>)>,
) -> Vec<Step<'p>> {
    let mut open = true;
    let rules = rules.into_iter().map(|(verdict, relations, numbers)| {
        let holds = verdict == case.gap.ruled.unwrap_or(case.gap.verdict);
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
        Some((step.called(d), Number::derived(d, value)))
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

/// The direction in words that judges, where the actual is a number and the target names one.
fn toward(gap: &Gap<'_>) -> Option<Toward> {
    let target = gap.held_to().filter(|target| target.value == Value::Words)?;
    gap.actual?.reading.number()?;
    gap.baseline.and_then(Reading::number)?;
    Toward::parse(target.written()?)
}

/// Away from the baseline in the wanted direction met, in the other one worsened; else behind.
fn direction<'p>(case: &Case<'p>, toward: Toward) -> Vec<Step<'p>> {
    let margin = || if case.numbers(&["m"]).is_empty() { constant(0) } else { named("m") };
    let relation = |wanted| against(named("a"), named("b"), margin(), wanted, toward == Toward::Less);
    let numbers = || case.numbers(&["a", "b", "m"]);
    let rules = [
        (Verdict::Met, vec![relation(Against::Better)], numbers()),
        (Verdict::Worsened, vec![relation(Against::Worse)], numbers()),
        (Verdict::Behind, Vec::new(), Vec::new()),
    ];
    rule_steps(case, rules)
}

/// At the wanted step met; before that of the baseline worsened; at the one that is due by now, on pace; else behind.
fn milestone<'p>(case: &Case<'p>) -> Vec<Step<'p>> {
    let (Some(actual), Some(target), indicator) = (case.gap.actual, case.gap.held_to(), case.gap.indicator) else {
        return Vec::new();
    };
    if !matches!((&actual.reading.value, &target.value), (Value::Step(_), Value::Step(_))) {
        return Vec::new();
    }
    let of = actual.reading.period.last_day();
    let targets = indicator.targets_on(case.as_of.date);
    let due = targets.iter().rfind(|t| t.period.last_day() <= of);
    let reached = |symbol: &'static str| vec![named("a").is(Comparison::AtLeast, named(symbol))];
    let mut rules = vec![(Verdict::Met, reached("t"), case.numbers(&["a", "t"]))];
    if let Some(Value::Step(_)) = case.gap.baseline.map(|baseline| &baseline.value) {
        let before = named("a").is(Comparison::Less, named("b"));
        rules.push((Verdict::Worsened, vec![before], case.numbers(&["a", "b"])));
    }
    rules.extend(due.map(|due| {
        let numbers = case.numbers(&["a"]).into_iter().chain([case.reading("s", due)]).collect();
        (Verdict::OnPace, reached("s"), numbers)
    }));
    let rest = if due.is_none() { Verdict::Undetermined(Why::NotYetDue) } else { Verdict::Behind };
    rules.push((rest, Vec::new(), Vec::new()));
    rule_steps(case, rules)
}
