//! An indicator: gap, rates, what is expected, the rules, the change, the outlook.

use rust_decimal::Decimal;

use super::formula::{Expr, constant, named};
use super::{Amount, ExplainedPart, Name, Number, Outcome, ShownAs, Step, printed, rules};
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading};
use crate::plan::judging::Measured;
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::expected::{Basis, basis};
use crate::query::gap::outlook::points;
use crate::query::gap::{Gap, Rate, ValueChange, Why, gap, is_less_better};

/// What the steps of one indicator are made from.
pub struct Case<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// What was worked out.
    pub gap: Gap<'p>,
}

/// The steps of an indicator that is judged.
pub fn part<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf) -> ExplainedPart<'p> {
    let case = Case { plan, as_of, gap: gap(plan, indicator, as_of) };
    let mut steps = case.distances();
    steps.extend(case.rates());
    steps.extend(case.gap.change.iter().flat_map(|change| case.change(change)));
    steps.extend(rules::steps(&case));
    steps.push(Step::bare(Name::Verdict, case.readings(), Outcome::Verdict(case.gap.verdict, case.gap.band)));
    let by_hand = case.gap.actual.and_then(|m| Some((m, m.by_hand()?)));
    steps.extend(by_hand.map(|(measure, by)| {
        let actual = case.reading("a", &measure.reading).at("verdict");
        Step::bare(Name::ByHand, vec![actual], Outcome::ByHand(by))
    }));
    steps.extend(case.outlook());
    steps.extend(printed::rates(plan, indicator));
    let has_bands = steps.iter().any(|step| matches!(step.name, Name::Band(_)));
    let set = has_bands.then_some(case.gap.set);
    ExplainedPart { indicator: Some(indicator), set, unit: Some(&indicator.unit), steps, gap: Some(case.gap) }
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
    fn readings(&self) -> Vec<Number<'p>> {
        let Gap { actual, missing, target, baseline, .. } = self.gap;
        let actual = actual.or(missing).map(|m| self.reading("a", &m.reading));
        let others = [target.map(|t| self.reading("t", t)), baseline.map(|b| self.reading("b", b))];
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

    fn year(&self, symbol: &'static str, of: &Reading) -> Number<'p> {
        Number::read(symbol, of.period.fiscal_year().western(), of.period, of.origin)
    }

    /// The bounds that the target sets.
    fn bounds(&self) -> Vec<Number<'p>> {
        let Some(target) = self.gap.target else { return Vec::new() };
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

    /// The gap in the unit, and the room where the kind has one.
    fn distances(&self) -> Vec<Step<'p>> {
        let gap = &self.gap;
        let difference = |value: Option<Decimal>| value.map(|value| Outcome::Number(value, ShownAs::Difference));
        let (a, t, l, u) = (|| named("a"), || named("t"), || named("l"), || named("u"));
        let mut steps = Vec::new();
        let with_bounds = matches!(gap.indicator.kind, Kind::Maintain { .. } | Kind::Range);
        if let Kind::Maintain { tolerance } = gap.indicator.kind {
            let origin = Some(gap.indicator.origin);
            let width = || Number { origin, key: Some("tolerance"), ..Number::derived("w", tolerance) };
            let bound = |name, formula, symbol: &str| {
                let bound = self.bounds().into_iter().find(|bound| bound.symbol == symbol)?;
                let Amount::Exact(value) = bound.amount else { return None };
                let numbers = self.numbers(&["t"]).into_iter().chain([width()]).collect();
                Some(Step::new(name, formula, numbers, Outcome::Number(value, ShownAs::Quantity)))
            };
            steps.extend(bound(Name::LowerBound, t() - named("w"), "l"));
            steps.extend(bound(Name::UpperBound, t() + named("w"), "u"));
        }
        let zero = || constant(0);
        let outside = Expr::Min(vec![a() - l(), zero()]) + Expr::Max(vec![a() - u(), zero()]);
        let formula = if gap.indicator.kind == Kind::Range { outside } else { a() - t() };
        let symbols: &[&str] = if gap.indicator.kind == Kind::Range { &["a", "l", "u"] } else { &["a", "t"] };
        steps.extend(difference(gap.gap).map(|o| Step::new(Name::Gap, formula, self.numbers(symbols), o)));
        let (formula, symbols): (Expr, &[&str]) = match gap.indicator.kind {
            _ if with_bounds => (Expr::Min(vec![a() - l(), u() - a()]), &["a", "l", "u"]),
            Kind::AtMost => (t() - a(), &["a", "t"]),
            _ => (a() - t(), &["a", "t"]),
        };
        steps.extend(difference(gap.room).map(|o| Step::new(Name::Room, formula, self.numbers(symbols), o)));
        steps
    }

    /// What is expected by now, and the rates side by side.
    pub fn rates(&self) -> Vec<Step<'p>> {
        let gap = &self.gap;
        let mut steps: Vec<Step<'p>> = self.expected().into_iter().collect();
        if !matches!(gap.indicator.kind, Kind::Up | Kind::Down) || gap.gap.is_none() {
            return steps;
        }
        let less = is_less_better(&gap.indicator.kind);
        let (a, b, t) = (|| named("a"), || named("b"), || named("t"));
        let over = |other: Expr| if less { (other / a()).percent() } else { (a() / other).percent() };
        let outcome = |by: Measured| {
            let rate = gap.rate(by);
            let percent = rate.and_then(Rate::percent).map(|value| Outcome::Number(value, ShownAs::Rate(by)));
            percent.unwrap_or(Outcome::Nothing(if rate.is_some() { Why::TooLarge } else { Why::NoRate }))
        };
        let ratio = outcome(Measured::Ratio);
        steps.insert(0, Step::new(Name::Ratio, over(t()), self.numbers(&["a", "t"]), ratio));
        if gap.baseline.and_then(Reading::number).is_some() {
            let formula = ((a() - b()) / (t() - b())).percent();
            let improvement = outcome(Measured::Improvement);
            steps.insert(1, Step::new(Name::Improvement, formula, self.numbers(&["a", "b", "t"]), improvement));
        }
        if gap.expected.is_some() {
            let pace = outcome(Measured::Pace);
            steps.push(Step::new(Name::PaceRatio, over(named("e")), self.numbers(&["a", "e"]), pace));
        }
        steps
    }

    /// What is expected by the actual's year, and the points it rests on.
    fn expected(&self) -> Option<Step<'p>> {
        let (value, actual) = (self.gap.expected?, &self.gap.actual?.reading);
        let targets = self.gap.indicator.targets_on(self.as_of.date);
        let pace = self.gap.set.pace;
        let basis = basis(pace, self.gap.baseline, targets, actual.period)?;
        let due = matches!(basis, Basis::Point(point) if self.gap.target == Some(point));
        let name = Name::Expected((!due).then_some(pace));
        let y = || named("y");
        let (formula, numbers) = match basis {
            Basis::Point(point) if due => (named("t"), vec![self.reading("t", point)]),
            Basis::Point(point) => (named("p"), vec![self.reading("p", point)]),
            Basis::Line(before, after) => {
                let (passed, all) = (y() - named("yp"), named("yq") - named("yp"));
                let formula = named("p") + (named("q") - named("p")) * passed / all;
                let years = [self.year("y", actual), self.year("yp", before), self.year("yq", after)];
                (formula, [self.reading("p", before), self.reading("q", after)].into_iter().chain(years).collect())
            }
            Basis::Share(target) => {
                let head = &self.plan.head;
                let years = |to: Expr| to - named("y0") + constant(1);
                let formula = named("t") * years(y()) / years(named("yt"));
                let first = Number::read("y0", head.from.western(), head.from.into(), head.origin).at("period");
                let numbers = vec![self.reading("t", target), self.year("y", actual), self.year("yt", target), first];
                (formula, numbers)
            }
        };
        Some(Step::new(name, formula, numbers, Outcome::Number(value, ShownAs::Expected)))
    }

    fn change(&self, change: &ValueChange<'p>) -> Vec<Step<'p>> {
        let Some(actual) = self.gap.actual else { return Vec::new() };
        let numbers = || vec![self.reading("a", &actual.reading), self.reading("c", change.since)];
        let by = Outcome::Number(change.by, ShownAs::Difference);
        let mut steps = vec![Step::new(Name::Change, named("a") - named("c"), numbers(), by)];
        // Of what is to be kept, what is compared is how far outside its bounds it lies, which is `room`.
        if matches!(self.gap.indicator.kind, Kind::Range | Kind::Maintain { .. }) {
            return steps;
        }
        let mut numbers = numbers();
        let tolerated = margin("mc", change.margin_of);
        let symbol = tolerated.as_ref().map_or_else(|| constant(0), |margin| named(margin.symbol.clone()));
        numbers.extend(tolerated);
        let less = is_less_better(&self.gap.indicator.kind);
        let relation = rules::against(named("a"), named("c"), symbol, change.is, less);
        steps.push(Step::rule(Name::ChangeIs, vec![relation], numbers, Outcome::Compared(change.is)));
        steps
    }

    fn outlook(&self) -> Vec<Step<'p>> {
        let outlook = self.gap.outlook;
        let (Some(target), Some(actual)) = (self.gap.target, self.gap.actual) else { return Vec::new() };
        let mut steps = Vec::new();
        let (a, t, years) = (|| named("a"), || named("t"), || named("yt") - named("y"));
        let difference = |value| Outcome::Number(value, ShownAs::Difference);
        steps.extend(
            outlook.left.map(|left| Step::new(Name::Left, t() - a(), self.numbers(&["a", "t"]), difference(left))),
        );
        let ahead = || [self.year("yt", target), self.year("y", &actual.reading)];
        steps.extend(
            outlook.years.map(|left| {
                Step::new(Name::Years, years(), ahead().into(), Outcome::Number(left.into(), ShownAs::Years))
            }),
        );
        steps.extend(outlook.needed.map(|needed| {
            let numbers = self.numbers(&["a", "t"]).into_iter().chain(ahead()).collect();
            let needed = Outcome::Number(needed, ShownAs::MeanDifference);
            Step::new(Name::Needed, (t() - a()) / years(), numbers, needed)
        }));
        let points = self.points();
        let Some((forecast, first)) = outlook.forecast.zip(points.first().copied()) else { return steps };
        let listed = points
            .iter()
            .enumerate()
            .map(|(at, r)| Number { symbol: format!("f{}", at + 1).into(), ..self.reading("f", r) });
        let count = Outcome::Number(forecast.points.into(), ShownAs::Count);
        steps.push(Step::bare(Name::Points, listed.collect(), count));
        let slope = (a() - named("f")) / (named("y") - named("yf"));
        let mut numbers = self.numbers(&["a"]);
        numbers.extend([self.reading("f", first), self.year("y", &actual.reading), self.year("yf", first)]);
        let yearly = Outcome::Number(forecast.yearly, ShownAs::MeanDifference);
        steps.push(Step::new(Name::Yearly, slope, numbers, yearly));
        let mut numbers = self.numbers(&["a"]);
        numbers.push(Number::derived("v", forecast.yearly));
        numbers.extend(ahead());
        let value = Outcome::Number(forecast.value, ShownAs::Mean);
        steps.push(Step::new(Name::Forecast, a() + named("v") * years(), numbers, value));
        steps
    }

    /// The readings that the trend rests on.
    fn points(&self) -> Vec<&'p Reading> {
        let (indicator, as_of) = (self.gap.indicator, self.as_of);
        let Some(forecast) = self.gap.outlook.forecast else { return Vec::new() };
        let known: Vec<&Actual> = indicator.known(|measure| as_of.counts(measure)).collect();
        let recent = points(indicator, &known).into_iter().filter(|(year, _)| *year >= forecast.from);
        let reading = |(year, value)| {
            let is_it = |r: &&Reading| r.period.fiscal_year() == year && r.number() == Some(value);
            known.iter().map(|m| &m.reading).rfind(is_it).or_else(|| self.gap.baseline.filter(is_it))
        };
        recent.filter_map(reading).collect()
    }
}

/// The sampling error of a measure that has one.
fn margin<'p>(symbol: &'static str, of: &Actual) -> Option<Number<'p>> {
    Some(Number::read(symbol, of.margin()?, of.reading.period, of.reading.origin).at("margin"))
}
