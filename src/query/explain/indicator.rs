//! An indicator: gap, rates, what is expected, the rules, the change, the outlook.

use rust_decimal::Decimal;

use super::case::{Case, margin};
use super::formula::{Expr, Relation, constant, named};
use super::{Amount, Apart, ExplainedPart, Name, Number, Outcome, ShownAs, Step, printed, rules};
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading};
use crate::plan::judging::Against;
use crate::query::AsOf;
use crate::query::gap::expected::{Clock, is_part};
use crate::query::gap::outlook::{Forecast, Span, points};
use crate::query::gap::{ValueChange, gap, is_less_better};

/// The steps of an indicator that is judged.
pub fn part<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf) -> ExplainedPart<'p> {
    let case = Case { plan, as_of, gap: gap(plan, indicator, as_of) };
    let mut steps = case.distances();
    steps.extend(case.rates());
    steps.extend(case.changes());
    steps.extend(rules::steps(&case));
    steps.push(Step::bare(Name::Verdict, case.readings(), Outcome::Verdict(case.gap.verdict, case.gap.band)));
    let by_hand = case.gap.actual.and_then(|m| Some((m, m.by_hand()?)));
    steps.extend(by_hand.map(|(measure, by)| {
        let Reading { period, origin, .. } = measure.reading;
        let said = Number { amount: Amount::ByHand(by), ..Number::read("j", 0, period, origin).at("verdict") };
        Step::bare(Name::ByHand, vec![said], Outcome::ByHand(by))
    }));
    steps.extend(rules::beside(&case));
    steps.extend(case.outlook());
    steps.extend(printed::rates(plan, indicator, &steps));
    let has_bands = steps.iter().any(|step| matches!(step.name, Name::Band(_)));
    let set = has_bands.then_some(case.gap.rules);
    ExplainedPart {
        indicator: Some(indicator),
        set,
        unit: Some(&indicator.unit),
        level: None,
        total: None,
        table: None,
        steps,
        gap: Some(case.gap),
    }
}

impl<'p> Case<'p> {
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
                Some(Step::new(name, formula, numbers, Outcome::Number(value, ShownAs::Quantity)).called(bound.symbol))
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

    /// Against the earlier year and, of a part of a year, against the part before.
    fn changes(&self) -> Vec<Step<'p>> {
        let earlier = self.gap.change.iter().flat_map(|c| self.change(c, "c", [Name::Change, Name::ChangeIs]));
        let names = [Name::ChangeBefore, Name::ChangeBeforeIs];
        let before = self.gap.since_before.iter().flat_map(|c| self.change(c, "cb", names));
        let broken = self.gap.broken.map(|measure| {
            let apart = Apart::Break(measure.reading.period);
            Step::bare(Name::Change, Vec::new(), Outcome::Apart(apart))
        });
        earlier.chain(broken).chain(before).collect()
    }

    fn change(&self, change: &ValueChange<'p>, symbol: &'static str, names: [Name<'p>; 2]) -> Vec<Step<'p>> {
        let Some(actual) = self.gap.actual else { return Vec::new() };
        let numbers = vec![self.reading("a", &actual.reading), self.reading(symbol, change.since)];
        let by = Outcome::Number(change.by, ShownAs::Difference);
        let mut steps = vec![Step::new(names[0], named("a") - named(symbol), numbers, by)];
        // Of what is to be kept, what is compared is how far outside its bounds it lies, which is `room`.
        if matches!(self.gap.indicator.kind, Kind::Range | Kind::Maintain { .. }) {
            return steps;
        }
        let (relation, numbers) = self.compared(change, symbol, change.is);
        steps.push(Step::rule(names[1], vec![relation], numbers, Outcome::Compared(change.is)));
        steps
    }

    /// What it means that the change is such a one.
    pub fn compared(
        &self,
        change: &ValueChange<'p>,
        symbol: &'static str,
        wanted: Against,
    ) -> (Relation, Vec<Number<'p>>) {
        let mut numbers = self.numbers(&["a"]);
        numbers.push(self.reading(symbol, change.since));
        // The two comparisons may go by two errors.
        let tolerated = margin(if symbol == "c" { "mc" } else { "mb" }, change.margin_of);
        let margin = tolerated.as_ref().map_or_else(|| constant(0), |margin| named(margin.symbol.clone()));
        numbers.extend(tolerated);
        let less = is_less_better(&self.gap.indicator.kind);
        (rules::against(named("a"), named(symbol), margin, wanted, less), numbers)
    }

    fn outlook(&self) -> Vec<Step<'p>> {
        let outlook = self.gap.outlook;
        let (Some(target), Some(actual)) = (self.gap.target, self.gap.actual) else { return Vec::new() };
        let mut steps = Vec::new();
        let t = if self.gap.held_to() == Some(target) { "t" } else { "tz" };
        let left = || named(t) - named("a");
        let difference = |value| Outcome::Number(value, ShownAs::Difference);
        steps.extend(outlook.left.map(|by| Step::new(Name::Left, left(), self.numbers(&["a", t]), difference(by))));
        if let Some(span) = outlook.time {
            steps.extend(self.ahead(target, &actual.reading, span));
        }
        steps.extend(outlook.needed.zip(outlook.time).map(|(needed, span)| {
            let (time, of_time) = stretch(span.clock, "na", [self.year("yt", target), self.year("y", &actual.reading)]);
            let months = Number::derived("na", span.count);
            let numbers = self.numbers(&["a", t]).into_iter().chain(or_months(of_time, months)).collect();
            let needed = Outcome::Number(needed, ShownAs::MeanDifference);
            Step::new(Name::Needed, by_year(left(), time, span.clock), numbers, needed)
        }));
        steps.extend(outlook.forecast.into_iter().flat_map(|forecast| self.trend(&forecast, target)));
        steps
    }

    /// How long it is to the target.
    fn ahead(&self, target: &Reading, actual: &Reading, span: Span) -> Vec<Step<'p>> {
        let outcome = |shown| Outcome::Number(span.count.into(), shown);
        match span.clock {
            Clock::Years => {
                let numbers = vec![self.year("yt", target), self.year("y", actual)];
                vec![Step::new(Name::Years, named("yt") - named("y"), numbers, outcome(ShownAs::Years))]
            }
            Clock::Months => vec![Step::bare(Name::Months, Vec::new(), outcome(ShownAs::Months)).called("na")],
        }
    }

    /// The values that the trend rests on, the change a year between them, and where it leads.
    fn trend(&self, forecast: &Forecast<'p>, target: &Reading) -> Vec<Step<'p>> {
        let points = self.points(forecast);
        let listed = points
            .iter()
            .enumerate()
            .map(|(at, r)| Number { symbol: format!("f{}", at + 1).into(), ..self.reading("f", r) });
        let count = Outcome::Number(forecast.points.into(), ShownAs::Count);
        let mut steps = vec![Step::bare(Name::Points, listed.collect(), count)];
        let (first, last) = (forecast.first, forecast.last);
        let is_part = is_part(last.period) || is_part(target.period);
        let clock = if is_part { Clock::Months } else { Clock::Years };
        // A baseline of a later year than the actual is the last point.
        let is_actual = self.gap.actual.is_some_and(|actual| std::ptr::eq(&raw const actual.reading, last.reading));
        let (z, yz) = if is_actual { ("a", "y") } else { ("z", "yz") };
        let ends = [self.year(yz, last.reading), self.year("yf", first.reading)];
        let (time, of_time) = stretch(clock, "nf", ends);
        let months = Number::derived("nf", clock.at(last.period) - clock.at(first.period));
        let mut numbers = vec![self.reading(z, last.reading), self.reading("f", first.reading)];
        numbers.extend(or_months(of_time, months));
        let months_of = |name, n: i32| Step::bare(name, Vec::new(), Outcome::Number(n.into(), ShownAs::Months));
        if let Clock::Months = clock {
            let between = clock.at(last.period) - clock.at(first.period);
            let ahead = clock.at(target.period) - clock.at(last.period);
            steps.extend([
                months_of(Name::TrendMonths, between).called("nf"),
                months_of(Name::MonthsAhead, ahead).called("nz"),
            ]);
        }
        let yearly = Outcome::Number(forecast.yearly, ShownAs::MeanDifference);
        let slope = by_year(named(z) - named("f"), time, clock);
        steps.push(Step::new(Name::Yearly, slope, numbers, yearly).called("v"));
        let (time, of_time) = stretch(clock, "nz", [self.year("yt", target), self.year(yz, last.reading)]);
        let months = Number::derived("nz", clock.at(target.period) - clock.at(last.period));
        let mut numbers = vec![self.reading(z, last.reading), Number::derived("v", forecast.yearly)];
        numbers.extend(or_months(of_time, months));
        let ahead = match clock {
            Clock::Years => named("v") * time,
            Clock::Months => named("v") * time / constant(12),
        };
        let value = Outcome::Number(forecast.value, ShownAs::Mean);
        steps.push(Step::new(Name::Forecast, named(z) + ahead, numbers, value));
        steps
    }

    /// The readings that the trend rests on.
    fn points(&self, forecast: &Forecast<'p>) -> Vec<&'p Reading> {
        let known: Vec<&Actual> = self.gap.indicator.known(|measure| self.as_of.counts(measure)).collect();
        let actual = self.gap.actual.map(|actual| actual.reading.period);
        let points = actual.map(|of| points(self.gap.indicator, &known, of)).unwrap_or_default();
        let recent = points.iter().skip_while(|point| point.period != forecast.first.period);
        recent.map(|point| point.reading).collect()
    }
}

/// A stretch of time: between two years, or so many months.
fn stretch<'p>(clock: Clock, months: &'static str, ends: [Number<'p>; 2]) -> (Expr, Option<[Number<'p>; 2]>) {
    match clock {
        Clock::Years => (named(ends[0].symbol.clone()) - named(ends[1].symbol.clone()), Some(ends)),
        Clock::Months => (named(months), None),
    }
}

fn or_months<'p>(ends: Option<[Number<'p>; 2]>, months: Number<'p>) -> Vec<Number<'p>> {
    ends.map_or_else(|| vec![months], Vec::from)
}

/// An amount of a stretch of time, by the year.
fn by_year(amount: Expr, time: Expr, clock: Clock) -> Expr {
    match clock {
        Clock::Years => amount / time,
        Clock::Months => amount * constant(12) / time,
    }
}
