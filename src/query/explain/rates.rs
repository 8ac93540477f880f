//! The rates of an indicator, and what is expected of it by now.

use super::case::Case;
use super::formula::{Expr, constant, named};
use super::{Name, Number, Outcome, ShownAs, Step};
use crate::plan::indicator::{Kind, Reading};
use crate::plan::judging::{Measured, TargetOf};
use crate::plan::printed::PublishedOf;
use crate::query::gap::expected::{Basis, Clock, Way};
use crate::query::gap::{Rate, Why, is_less_better};

impl<'p> Case<'p> {
    /// What is expected by now, and the rates side by side.
    pub fn rates(&self) -> Vec<Step<'p>> {
        let gap = &self.gap;
        let mut steps = self.expected();
        if !matches!(gap.indicator.kind, Kind::Up | Kind::Down) || gap.gap.is_none() {
            return steps;
        }
        let less = is_less_better(&gap.indicator.kind);
        let (a, b, t) = (|| named("a"), || named("b"), || named("t"));
        let over = |other: Expr| if less { (other / a()).percent() } else { (a() / other).percent() };
        let ratio = self.rated(Measured::Ratio);
        let apart = gap.apart();
        let held = Name::Ratio(apart.map(|_| gap.held));
        steps.insert(0, Step::new(held, over(t()), self.numbers(&["a", "t"]), ratio));
        let mut place = 1;
        if apart.is_some() {
            let other = self.other_target();
            let (of, rate, target) = match gap.held {
                TargetOf::Period => (TargetOf::Final, gap.ratio_to_final, self.numbers(&["tz"])),
                TargetOf::Final => (TargetOf::Period, gap.ratio_to_period, other),
            };
            let percent = rate.and_then(Rate::percent);
            let outcome = percent.map_or(Outcome::Nothing(Why::NoRate), |p| Outcome::Number(p, ShownAs::Percent));
            let symbol = target.first().map_or_else(|| "tz".into(), |number| number.symbol.clone());
            let numbers = self.numbers(&["a"]).into_iter().chain(target).collect();
            steps.insert(place, Step::new(Name::RatioTo(of), over(named(symbol)), numbers, outcome));
            place += 1;
        }
        if gap.baseline.and_then(Reading::number).is_some() {
            let formula = ((a() - b()) / (t() - b())).percent();
            let improvement = self.rated(Measured::Improvement);
            steps.insert(place, Step::new(Name::Improvement, formula, self.numbers(&["a", "b", "t"]), improvement));
        }
        if let Some(percent) = gap.actual_by_target.filter(|_| less).and_then(Rate::percent) {
            let numbers = self.numbers(&["a", "t"]);
            let outcome = Outcome::Number(percent, ShownAs::Percent);
            steps.insert(place, Step::new(Name::ActualByTarget, (a() / t()).percent(), numbers, outcome));
        }
        if gap.expected.is_some() {
            steps.push(self.pace_ratio());
        }
        steps
    }

    /// ペース比.
    pub fn pace_ratio(&self) -> Step<'p> {
        let (a, e) = (named("a"), named("e"));
        let over = if is_less_better(&self.gap.indicator.kind) { e / a } else { a / e };
        Step::new(Name::PaceRatio, over.percent(), self.numbers(&["a", "e"]), self.rated(Measured::Pace))
    }

    /// A rate that bands may ask for, as the result of a step.
    fn rated(&self, by: Measured) -> Outcome<'p> {
        let rate = self.gap.rate(by);
        let percent = rate.and_then(Rate::percent).map(|value| Outcome::Number(value, ShownAs::Rate(by)));
        percent.unwrap_or(Outcome::Nothing(if rate.is_some() { Why::TooLarge } else { Why::NoRate }))
    }

    /// How a printed figure of the indicator is worked out again.
    pub fn printed(&self, of: PublishedOf) -> Option<(Expr, Vec<Number<'p>>)> {
        let less = is_less_better(&self.gap.indicator.kind);
        let over = |of: Expr| if less { of / named("a") } else { named("a") / of };
        let (a, b, t) = (|| named("a"), || named("b"), || named("t"));
        let to = |symbol: &'static str, target: Option<&'p Reading>| {
            let numbers = self.numbers(&["a"]).into_iter().chain([self.reading(symbol, target?)]).collect();
            Some((over(named(symbol)).percent(), numbers))
        };
        let plainly = |symbol: &'static str, target: Option<&'p Reading>| {
            let numbers = self.numbers(&["a"]).into_iter().chain([self.reading(symbol, target?)]).collect();
            Some(((a() / named(symbol)).percent(), numbers))
        };
        Some(match of {
            PublishedOf::Ratio => return to("t", self.gap.held_to()),
            PublishedOf::RatioToPeriod => return to("ty", self.gap.own),
            PublishedOf::RatioToFinal => return to("tz", self.gap.target),
            PublishedOf::ActualByTarget => ((a() / t()).percent(), self.numbers(&["a", "t"])),
            PublishedOf::Improvement => (((a() - b()) / (t() - b())).percent(), self.numbers(&["a", "b", "t"])),
            PublishedOf::Pace => (over(named("e")).percent(), self.numbers(&["a", "e"])),
            PublishedOf::Difference => (a() - t(), self.numbers(&["a", "t"])),
            PublishedOf::ActualByPeriod => return plainly("ty", self.gap.own),
            PublishedOf::ActualByFinal => return plainly("tz", self.gap.target),
            PublishedOf::SinceBaseline => (a() - b(), self.numbers(&["a", "b"])),
            PublishedOf::ByBaseline => ((a() / b()).percent(), self.numbers(&["a", "b"])),
            PublishedOf::ChangeRateOfBaseline => (((a() - b()) / b()).percent(), self.numbers(&["a", "b"])),
            PublishedOf::SinceLastYear | PublishedOf::ByLastYear | PublishedOf::ChangeRate => {
                let then = self.reading("c", self.gap.change?.since);
                let numbers = self.numbers(&["a"]).into_iter().chain([then]).collect();
                let c = || named("c");
                let formula = match of {
                    PublishedOf::ByLastYear => (a() / c()).percent(),
                    PublishedOf::ChangeRate => ((a() - c()) / c()).percent(),
                    _ => a() - c(),
                };
                (formula, numbers)
            }
            _ => return None,
        })
    }

    /// The target of the own period, where the final one judges.
    fn other_target(&self) -> Vec<Number<'p>> {
        let own = self.gap.apart().filter(|_| self.gap.held == TargetOf::Final);
        own.map(|own| self.reading("ty", own)).into_iter().collect()
    }

    /// What is expected by the actual's period, with the points it rests on and, where they are counted, the months.
    pub fn expected(&self) -> Vec<Step<'p>> {
        let expected = self.gap.expected.zip(self.gap.basis);
        let Some(((value, basis), actual)) = expected.zip(self.gap.actual) else { return Vec::new() };
        let own = matches!(basis, Basis::Point(point) if self.gap.apart() == Some(point));
        let due = matches!(basis, Basis::Point(point) if self.gap.target == Some(point));
        let name = match (due, own) {
            (true, _) => Name::ExpectedOf(TargetOf::Final),
            (_, true) => Name::ExpectedOf(TargetOf::Period),
            _ => Name::Expected(self.gap.rules.pace),
        };
        let y = || named("y");
        let (formula, numbers) = match basis {
            Basis::Point(point) if self.gap.held_to() == Some(point) => (named("t"), vec![self.reading("t", point)]),
            Basis::Point(point) if own => (named("ty"), vec![self.reading("ty", point)]),
            Basis::Point(point) if due => (named("tz"), vec![self.reading("tz", point)]),
            Basis::Point(point) => (named("p"), vec![self.reading("p", point)]),
            Basis::Line(before, after, way) => {
                let points = [self.reading("p", before), self.reading("q", after)];
                let (passed, all, times) = match way.clock {
                    Clock::Years => (
                        y() - named("yp"),
                        named("yq") - named("yp"),
                        vec![self.year("y", &actual.reading), self.year("yp", before), self.year("yq", after)],
                    ),
                    Clock::Months => (named("n"), named("nq"), months(way)),
                };
                let formula = named("p") + (named("q") - named("p")) * passed / all;
                (formula, points.into_iter().chain(times).collect())
            }
            Basis::Share(target, way) => self.pro_rata(target, &actual.reading, way),
        };
        let outcome = Outcome::Number(value, ShownAs::Expected);
        let passed = match basis {
            Basis::Line(.., way) | Basis::Share(_, way) if way.clock == Clock::Months => months_passed(way).into(),
            _ => Vec::new(),
        };
        let expected = Step::new(name, formula, numbers, outcome).called("e");
        passed.into_iter().chain([expected]).collect()
    }

    /// The share of a target that falls on the time so far.
    fn pro_rata(&self, target: &'p Reading, actual: &'p Reading, way: Way) -> (Expr, Vec<Number<'p>>) {
        let symbol = if self.gap.held_to() == Some(target) { "t" } else { "tz" };
        let target_of = self.reading(symbol, target);
        let head = &self.plan.head;
        let years = |to: Expr| to - named("y0") + constant(1);
        match way.clock {
            Clock::Years => {
                let formula = named(symbol) * years(named("y")) / years(named("yt"));
                let first = Number::read("y0", head.from.western(), head.from.into(), head.origin).at("period");
                (formula, vec![target_of, self.year("y", actual), self.year("yt", target), first])
            }
            Clock::Months => {
                let numbers = std::iter::once(target_of).chain(months(way)).collect();
                (named(symbol) * named("n") / named("nq"), numbers)
            }
        }
    }
}

/// The months that have passed, and those in all.
fn months<'p>(way: Way) -> Vec<Number<'p>> {
    vec![Number::derived("n", way.passed), Number::derived("nq", way.all)]
}

/// The same as steps.
fn months_passed<'p>(way: Way) -> [Step<'p>; 2] {
    let step = |name, months: i32| Step::bare(name, Vec::new(), Outcome::Number(months.into(), ShownAs::Months));
    [step(Name::MonthsPassed, way.passed).called("n"), step(Name::MonthsBetween, way.all).called("nq")]
}
