//! The model's answer: what counts, the rates, the verdict.

use super::super::fraction::Fraction;
use super::super::records::{Asked, Head, counted};
use super::gauge::{Gauge, Kind, Pace, Said, Target, Targets};

/// What the model says of an indicator. `None` within `Some` is that there is none; where the reference leaves it open, the
/// outer one is `None`.
#[derive(Debug, Default)]
pub struct Judged {
    pub year: Option<u32>,
    pub provisional: Option<bool>,
    pub is_missing: bool,
    pub gap: Option<Option<Fraction>>,
    pub room: Option<Option<Fraction>>,
    pub ratio: Option<Fraction>,
    pub ratio_to_period: Option<Fraction>,
    pub ratio_to_final: Option<Fraction>,
    pub actual_by_target: Option<Fraction>,
    pub improvement: Option<Fraction>,
    pub expected: Option<Option<Fraction>>,
    pub pace: Option<Option<Fraction>>,
    pub verdict: Option<&'static str>,
    pub band: Option<usize>,
}

const UNDETERMINED: Option<&str> = Some("undetermined");

fn number(hundredths: i128) -> Fraction {
    Fraction::new(hundredths, 100)
}

impl Gauge {
    pub fn judged(&self, asked: Asked) -> Judged {
        let known = self.known(asked);
        let actual = known.iter().rev().find(|at| !matches!(self.measures[**at].said, Said::Absent(_)));
        let targets = self.in_force(asked);
        let mut judged = Judged {
            is_missing: known.last().is_some_and(|at| matches!(self.measures[*at].said, Said::Absent(_))),
            ..Judged::default()
        };
        let Some(at) = actual else {
            judged.verdict = UNDETERMINED;
            return judged;
        };
        let year = self.measures[*at].head.about.from / 12;
        (judged.year, judged.provisional) = (Some(year), Some(self.measures[*at].is_provisional));
        let Some((_, last)) = targets.last().copied() else {
            judged.verdict = UNDETERMINED;
            return judged;
        };
        let own = targets.iter().find(|(of, _)| *of == year).map(|(_, target)| *target);
        let target =
            own.filter(|own| self.is_held_to_period(*own, last, targets.last().unwrap().0 == year)).unwrap_or(last);
        match (self.measures[*at].said, target) {
            (_, Target::Words) => judged.verdict = UNDETERMINED,
            (Said::Number(actual), Target::Moved) => judged.verdict = Some(self.moved(actual)),
            (Said::Step(actual), Target::Step(target)) => {
                let due = targets.iter().rfind(|(of, _)| *of <= year).map(|(_, target)| *target);
                judged.verdict = match (self.baseline, due) {
                    _ if actual >= target => Some("met"),
                    (Some(Said::Step(baseline)), _) if actual < baseline => Some("worsened"),
                    (_, Some(Target::Step(due))) => Some(if actual >= due { "on-pace" } else { "behind" }),
                    _ => UNDETERMINED,
                };
            }
            (Said::Number(actual), target) => {
                self.judge(&mut judged, number(actual), year, &targets, own, target, last);
            }
            _ => {}
        }
        judged
    }

    /// The records that count, a confirmed value in the place of the provisional ones of its year.
    fn known(&self, asked: Asked) -> Vec<usize> {
        let heads: Vec<Head> = self.measures.iter().map(|measure| measure.head.clone()).collect();
        let counted = counted(&heads, asked);
        let is_confirmed = |at: &usize| !self.measures[*at].is_provisional;
        let replaced = |at: &usize| {
            !is_confirmed(at)
                && counted.iter().any(|other| is_confirmed(other) && heads[*other].about == heads[*at].about)
        };
        counted.iter().copied().filter(|at| !replaced(at)).collect()
    }

    /// What `revised` does not list was not changed by it.
    fn in_force(&self, asked: Asked) -> Targets {
        let mut targets = self.targets.clone();
        if let Some((_, former)) = self.revised.as_ref().filter(|(until, _)| asked.day <= *until) {
            for (year, target) in former {
                targets.iter_mut().filter(|(of, _)| of == year).for_each(|(_, of)| *of = *target);
            }
        }
        targets
    }

    fn is_held_to_period(&self, own: Target, last: Target, is_last: bool) -> bool {
        let is_harder = match (self.kind, own, last) {
            (Kind::Up | Kind::AtLeast, Target::Number(own), Target::Number(last) | Target::Strict(last)) => own > last,
            (Kind::Down | Kind::AtMost, Target::Number(own), Target::Number(last) | Target::Strict(last)) => own < last,
            (_, Target::Step(own), Target::Step(last)) => own > last,
            _ => false,
        };
        match self.against[0].or(self.against[1]) {
            _ if is_last => true,
            Some(said) => said == "period",
            None => self.is_flow || matches!(self.kind, Kind::Maintain | Kind::Range) || is_harder,
        }
    }

    /// A target in words: which way the value moved from the baseline.
    fn moved(&self, actual: i128) -> &'static str {
        let Some(Said::Number(baseline)) = self.baseline else { return "undetermined" };
        match if self.kind == Kind::Up { actual.cmp(&baseline) } else { baseline.cmp(&actual) } {
            std::cmp::Ordering::Greater => "met",
            std::cmp::Ordering::Less => "worsened",
            std::cmp::Ordering::Equal => "behind",
        }
    }

    /// How far outside a value is: 0 where it reaches the target.
    fn outside(&self, value: Fraction, target: Target) -> Fraction {
        let zero = Fraction::whole(0);
        let short = match (self.kind, target) {
            (Kind::Up | Kind::AtLeast, Target::Number(t) | Target::Strict(t)) => number(t) - value,
            (Kind::Down | Kind::AtMost, Target::Number(t) | Target::Strict(t)) => value - number(t),
            (Kind::Maintain, Target::Number(t)) => (value - number(t)).abs() - number(self.tolerance),
            (_, Target::Range(least, most)) => (number(least) - value).max(value - number(most)),
            _ => zero,
        };
        short.max(zero)
    }

    #[allow(clippy::too_many_arguments, reason = "what the reference names")]
    fn judge(
        &self,
        judged: &mut Judged,
        actual: Fraction,
        year: u32,
        targets: &Targets,
        own: Option<Target>,
        target: Target,
        last: Target,
    ) {
        let has_rates = matches!(self.kind, Kind::Up | Kind::Down);
        let of = |target: Target| match target {
            Target::Number(t) | Target::Strict(t) => Some(number(t)),
            _ => None,
        };
        let baseline = match self.baseline {
            Some(Said::Number(baseline)) => Some(number(baseline)),
            _ => None,
        };
        let goal = of(target);
        judged.gap = goal.map(|goal| Some(actual - goal));
        judged.room = match (self.kind, target) {
            (Kind::AtLeast, _) => Some(goal.map(|goal| actual - goal)),
            (Kind::AtMost, _) => Some(goal.map(|goal| goal - actual)),
            (Kind::Maintain, _) => Some(goal.map(|goal| number(self.tolerance) - (actual - goal).abs())),
            (_, Target::Range(least, most)) => Some(Some((actual - number(least)).min(number(most) - actual))),
            _ => None,
        };
        // A rate whose denominator is not positive has no meaning, nor has one to less than 0 where less is better.
        let rate = |above: Fraction, below: Fraction| below.is_positive().then(|| above / below);
        let ratio = |goal: Fraction| match self.kind {
            Kind::Up => rate(actual, goal),
            _ => rate(goal, actual).filter(|rate| *rate >= Fraction::whole(0)),
        };
        let expected = self.expected(year, targets, baseline, last);
        if has_rates {
            judged.ratio = goal.and_then(ratio);
            judged.ratio_to_period = own.and_then(of).and_then(ratio);
            judged.ratio_to_final = of(last).and_then(ratio);
            judged.actual_by_target = goal.and_then(|goal| rate(actual, goal));
            judged.improvement = goal.zip(baseline).and_then(|(goal, baseline)| {
                let is_better = if self.kind == Kind::Up { goal > baseline } else { goal < baseline };
                is_better.then(|| (actual - baseline) / (goal - baseline))
            });
            judged.expected = expected.map(|expected| expected.map(|(expected, _)| expected));
            judged.pace = expected.map(|expected| expected.and_then(|(expected, _)| ratio(expected)));
        }
        let is_strict = matches!(target, Target::Strict(t) if actual == number(t));
        let is_met = !is_strict && !self.outside(actual, target).is_positive();
        let is_worse = baseline.is_some_and(|baseline| match self.kind {
            Kind::Up => actual < baseline,
            Kind::Down => actual > baseline,
            _ => self.outside(actual, target) > self.outside(baseline, target),
        });
        let is_standard = self.set == "standard" || !has_rates;
        judged.verdict = match () {
            () if is_met => Some("met"),
            () if is_standard && is_worse => Some("worsened"),
            () if matches!(self.kind, Kind::Maintain | Kind::Range) => Some("behind"),
            () if is_standard => expected.map(|expected| match (expected, self.kind) {
                (None, _) => "undetermined",
                // On the way to a target that its number does not reach, the number expected is not enough either.
                (Some((expected, true)), _) if actual == expected => "behind",
                (Some((expected, _)), Kind::Up | Kind::AtLeast) if actual >= expected => "on-pace",
                (Some((expected, _)), Kind::Down | Kind::AtMost) if actual <= expected => "on-pace",
                (Some(_), _) => "behind",
            }),
            () => None,
        };
        if has_rates && !is_standard {
            let stops_short = matches!(expected, Some(Some((expected, true))) if actual == expected);
            self.banded(judged, actual, goal, baseline, [is_strict, stops_short], is_met);
        }
    }

    /// The band that holds, by its place in the set, where the reference names them.
    fn banded(
        &self,
        judged: &mut Judged,
        actual: Fraction,
        goal: Option<Fraction>,
        baseline: Option<Fraction>,
        short: [bool; 2],
        is_met: bool,
    ) {
        // The number itself does not reach the target, or what is expected: it stops just short of the rate that it shows.
        let [short_of_target, short_of_pace] = short;
        let beyond = |rate: Fraction, percent: i128, tolerance: Fraction, is_short: bool| {
            let (rate, threshold) = (rate * Fraction::whole(100) + tolerance, Fraction::whole(percent));
            if is_short { rate > threshold } else { rate >= threshold }
        };
        let reaches = |rate, percent, tolerance| beyond(rate, percent, tolerance, short_of_target);
        let exact = Fraction::whole(0);
        let is_better = |than: Fraction| if self.kind == Kind::Up { actual > than } else { actual < than };
        let first = |rate: Fraction, is_short: bool, thresholds: &[i128]| {
            let reached = thresholds.iter().position(|percent| beyond(rate, *percent, exact, is_short));
            reached.unwrap_or(thresholds.len())
        };
        judged.band = match (self.set, judged.ratio, judged.pace.flatten()) {
            ("tenths-7", Some(ratio), _) => Some(first(ratio, short_of_target, &[100, 90, 80, 70, 60, 50])),
            ("pro-rata-3", _, Some(pace)) if !is_met => Some(first(pace, short_of_pace, &[100, 60])),
            ("expected-95-85", _, Some(pace)) if !is_met => Some(first(pace, short_of_pace, &[95, 85])),
            ("s-a-b-c", ..) => goal.zip(baseline).map(|(goal, baseline)| match () {
                () if is_better(goal) => 0,
                () if is_met => 1,
                () if is_better(baseline) => 2,
                () => 3,
            }),
            _ => None,
        };
        if let ("own", Some(ratio)) = (self.set, judged.ratio) {
            let tolerance = Fraction::new(1, 2);
            let is_worse = baseline.map(|baseline| !is_better(baseline) && actual != baseline);
            let verdict = match (is_met, is_worse) {
                (true, _) => Some("met"),
                _ if reaches(ratio, 100, tolerance) => Some("met"),
                _ if reaches(ratio, 80, tolerance) => Some("on-pace"),
                _ if !reaches(ratio, 40, tolerance) => Some("worsened"),
                (_, Some(is_worse)) => Some(if is_worse { "worsened" } else { "behind" }),
                (_, None) => None,
            };
            judged.verdict = verdict;
        }
    }

    /// What is expected by a year, and whether the number itself does not reach it: `None` where the reference does not say
    /// how the set expects.
    fn expected(
        &self,
        year: u32,
        targets: &Targets,
        baseline: Option<Fraction>,
        last: Target,
    ) -> Option<Option<(Fraction, bool)>> {
        let pace = match (self.kind, self.set) {
            (Kind::Up | Kind::Down, _) if self.pace.is_some() => self.pace?,
            // What has no rate is judged by the standard set.
            (Kind::AtLeast | Kind::AtMost, _) | (_, "standard" | "expected-95-85" | "own") => Pace::Line,
            (_, "pro-rata-3") => Pace::ProRata,
            _ => return None,
        };
        let valued = |target: &Target| match target {
            Target::Number(t) => Some((number(*t), false)),
            Target::Strict(t) => Some((number(*t), true)),
            _ => None,
        };
        let points = targets.iter().filter_map(|(year, target)| Some((i128::from(*year), valued(target)?)));
        let baseline = baseline.map(|b| (-1, (b, false)));
        let points: Vec<(i128, (Fraction, bool))> = baseline.into_iter().chain(points).collect();
        let year = i128::from(year);
        let own = points.iter().find(|(of, _)| *of == year).map(|(_, value)| *value);
        let before = points.iter().rev().find(|(of, _)| *of < year).copied();
        let after = points.iter().find(|(of, _)| *of > year).copied();
        Some(match pace {
            Pace::Targets => own,
            Pace::Step => own.or(before.map(|(_, value)| value)),
            Pace::ProRata => valued(&last).map(|(t, is_strict)| (t * Fraction::new(year + 1, 4), is_strict)),
            Pace::Line => own.or_else(|| {
                let ((from, (low, _)), (to, (high, is_strict))) = before.zip(after)?;
                Some((low + (high - low) * Fraction::new(year - from, to - from), is_strict))
            }),
        })
    }
}
