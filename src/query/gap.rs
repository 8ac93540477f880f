//! Target against actual: the gap, both rates, and the verdict. Exact decimals throughout; nothing is rounded here.

use rust_decimal::Decimal;

use crate::plan::Plan;
use crate::plan::indicator::{Indicator, Kind, Measure, Reading};
use crate::plan::period::Period;
use crate::plan::value::{Absence, Value};

use super::AsOf;

/// How an indicator stands against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// 達成: the target is reached.
    Met,
    /// 順調: not yet, but as far as expected by now.
    OnPace,
    /// 遅れ: less far than expected by now.
    Behind,
    /// 後退: worse than the baseline.
    Worsened,
    /// 判定不能, and why.
    Undetermined(Why),
}

/// Why there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nothing was measured yet.
    NoActual,
    /// The plan sets no target (monitored only).
    NoTarget,
    /// The target is not a number.
    NotANumber,
    /// There is no baseline, and the target is not yet due.
    NoBaseline,
    /// The documents do not settle the value.
    Unconfirmed,
    /// The target is not yet due, and the plan names no steps on the way.
    NotYetDue,
    /// The numbers are too large to reckon with exactly.
    TooLarge,
}

/// A ratio of two exact numbers; the denominator is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    numerator: Decimal,
    denominator: Decimal,
}

impl Rate {
    /// `None` where the ratio has no meaning: a zero denominator.
    pub fn of(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        (!denominator.is_zero()).then_some(Self { numerator, denominator })
    }

    /// In percent, to 28 digits; `None` when that is too large.
    pub fn percent(self) -> Option<Decimal> {
        self.numerator.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.denominator)
    }
}

/// One indicator against its target.
#[derive(Debug, Clone)]
pub struct Gap<'p> {
    /// The indicator.
    pub indicator: &'p Indicator,
    /// 基準値.
    pub baseline: Option<&'p Reading>,
    /// 実績値: the last known value of a period that has ended; its period says of when.
    pub actual: Option<&'p Measure>,
    /// The last record of a period that has ended, where it says that there is no value.
    pub missing: Option<&'p Measure>,
    /// 目標値: the final one.
    pub target: Option<&'p Reading>,
    /// What is expected by the actual's period.
    pub expected: Option<Decimal>,
    /// Actual less target, in the unit; for a range, how far outside.
    pub gap: Option<Decimal>,
    /// 余裕: how far within the bound, in the unit; negative when outside.
    pub room: Option<Decimal>,
    /// 対目標比: a/t, for lower-is-better t/a.
    pub ratio_to_target: Option<Rate>,
    /// 改善率: (a−b)/(t−b).
    pub improvement: Option<Rate>,
    /// How it stands.
    pub verdict: Verdict,
}

/// Every indicator but the headings against its target.
pub fn gaps(plan: &Plan, as_of: AsOf) -> Vec<Gap<'_>> {
    let judged = plan.indicators.iter().filter(|i| i.kind != Kind::Heading);
    judged.map(|indicator| gap(indicator, as_of)).collect()
}

/// One indicator against the targets in force, by what counts as of then.
pub fn gap(indicator: &Indicator, as_of: AsOf) -> Gap<'_> {
    let targets = indicator.targets_on(as_of.date);
    let known: Vec<&Measure> = indicator.known(|period, recorded| as_of.knows(period, recorded)).collect();
    let has_value = |m: &&&Measure| !matches!(m.reading.value, Value::Absent(_));
    let actual = known.iter().rev().find(has_value).copied();
    let missing = known.last().copied().filter(|m| matches!(m.reading.value, Value::Absent(_)));
    let target = targets.last();
    let baseline = indicator.baseline.as_ref();
    let mut gap = Gap {
        indicator,
        baseline,
        actual,
        missing,
        target,
        expected: None,
        gap: None,
        room: None,
        ratio_to_target: None,
        improvement: None,
        verdict: Verdict::Undetermined(Why::TooLarge),
    };
    gap.verdict = match (actual, target) {
        (_, None) => Verdict::Undetermined(Why::NoTarget),
        (_, Some(Reading { value: Value::Absent(absence), .. })) => Verdict::Undetermined(why(absence)),
        (None, Some(_)) => Verdict::Undetermined(Why::NoActual),
        (Some(actual), Some(target)) => gap.judge(actual, target, targets),
    };
    gap
}

fn why(absence: &Absence) -> Why {
    match absence {
        Absence::Unsettled(_) => Why::Unconfirmed,
        _ => Why::NoTarget,
    }
}

impl Gap<'_> {
    fn judge(&mut self, actual: &Measure, target: &Reading, targets: &[Reading]) -> Verdict {
        let of = actual.reading.period;
        match (&self.indicator.kind, &actual.reading.value, &target.value) {
            (Kind::Milestone { .. }, Value::Step(reached), Value::Step(wanted)) => {
                judge_step(*reached, *wanted, of, target.period, targets)
            }
            (Kind::Range, Value::Number(a), Value::Range { min, max }) => {
                self.judge_band(*a, *min, *max).unwrap_or(TOO_LARGE)
            }
            (Kind::Maintain { tolerance }, Value::Number(a), Value::Number(t)) => {
                let bounds = t.checked_sub(*tolerance).zip(t.checked_add(*tolerance));
                let verdict = bounds.and_then(|(min, max)| self.judge_band(*a, min, max));
                self.gap = a.checked_sub(*t);
                verdict.unwrap_or(TOO_LARGE)
            }
            (kind, Value::Number(a), Value::Number(t)) => {
                let less_is_better = matches!(kind, Kind::Down | Kind::AtMost);
                self.measure(*a, *t);
                self.judge_number(*a, *t, of, targets, less_is_better)
            }
            _ => Verdict::Undetermined(Why::NotANumber),
        }
    }

    /// The gap and the rates that mean something for the kind.
    fn measure(&mut self, a: Decimal, t: Decimal) {
        self.gap = a.checked_sub(t);
        match self.indicator.kind {
            Kind::AtLeast => self.room = a.checked_sub(t),
            Kind::AtMost => self.room = t.checked_sub(a),
            Kind::Up => self.ratio_to_target = Rate::of(a, t),
            Kind::Down => self.ratio_to_target = Rate::of(t, a),
            _ => {}
        }
        if let (Kind::Up | Kind::Down, Some(b)) = (&self.indicator.kind, self.baseline_number()) {
            let done = a.checked_sub(b).zip(t.checked_sub(b));
            self.improvement = done.and_then(|(done, wanted)| Rate::of(done, wanted));
        }
    }

    fn judge_number(&mut self, a: Decimal, t: Decimal, of: Period, targets: &[Reading], less: bool) -> Verdict {
        let at_least = |x: Decimal, y: Decimal| if less { x <= y } else { x >= y };
        self.expected = expected(self.baseline, targets, of);
        if at_least(a, t) {
            return Verdict::Met;
        }
        if self.baseline_number().is_some_and(|b| !at_least(a, b)) {
            return Verdict::Worsened;
        }
        match self.expected {
            Some(expected) if at_least(a, expected) => Verdict::OnPace,
            Some(_) => Verdict::Behind,
            None => Verdict::Undetermined(self.why_nothing_is_expected()),
        }
    }

    fn why_nothing_is_expected(&self) -> Why {
        match self.baseline.map(|b| &b.value) {
            Some(Value::Absent(Absence::Unsettled(_))) => Why::Unconfirmed,
            _ => Why::NoBaseline,
        }
    }

    /// Within two bounds, or how far outside; worsened when further outside than the baseline was.
    fn judge_band(&mut self, a: Decimal, min: Decimal, max: Decimal) -> Option<Verdict> {
        let outside = |x: Decimal| {
            if x < min { x.checked_sub(min) } else { x.checked_sub(max.min(x)) }
        };
        let gap = outside(a)?;
        self.gap = Some(gap);
        self.room = Some(a.checked_sub(min)?.min(max.checked_sub(a)?));
        if gap.is_zero() {
            return Some(Verdict::Met);
        }
        let worse = |b: Decimal| outside(b).is_some_and(|was| gap.abs() > was.abs());
        Some(if self.baseline_number().is_some_and(worse) { Verdict::Worsened } else { Verdict::Behind })
    }

    fn baseline_number(&self) -> Option<Decimal> {
        number(self.baseline?)
    }
}

const TOO_LARGE: Verdict = Verdict::Undetermined(Why::TooLarge);

fn number(reading: &Reading) -> Option<Decimal> {
    match reading.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn judge_step(reached: usize, wanted: usize, of: Period, due: Period, targets: &[Reading]) -> Verdict {
    if reached >= wanted {
        return Verdict::Met;
    }
    let by_now = targets.iter().rfind(|t| t.period.last_day() <= of.last_day()).map(|t| &t.value);
    match by_now {
        Some(Value::Step(step)) if reached >= *step => Verdict::OnPace,
        Some(_) => Verdict::Behind,
        None if of.last_day() < due.last_day() => Verdict::Undetermined(Why::NotYetDue),
        None => Verdict::Behind,
    }
}

/// What is expected by `of`: the plan's own target of that year, else the straight line between the known points
/// around it (baseline and targets). From the last target on it is that target. `None` before the first known point
/// and where the points are not numbers.
fn expected(baseline: Option<&Reading>, targets: &[Reading], of: Period) -> Option<Decimal> {
    let points =
        baseline.into_iter().chain(targets).filter_map(|r| Some((r.period.fiscal_year().western(), number(r)?)));
    let mut points: Vec<(i32, Decimal)> = points.collect();
    points.sort_by_key(|(year, _)| *year);
    let year = of.fiscal_year().western();
    let before = points.iter().rfind(|(at, _)| *at <= year)?;
    let Some(after) = points.iter().find(|(at, _)| *at > year) else { return Some(before.1) };
    let (from, to) = (before.1, after.1);
    let share = Decimal::from(year - before.0);
    let whole = Decimal::from(after.0 - before.0);
    to.checked_sub(from)?.checked_mul(share)?.checked_div(whole)?.checked_add(from)
}
