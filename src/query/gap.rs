//! Target against actual: the gap, the rates side by side, and the verdict. Exact decimals throughout; nothing is
//! rounded here.

pub mod expected;
pub mod judge;
pub mod methods;
pub mod outlook;
pub mod rate;

use rayon::prelude::*;
use rust_decimal::Decimal;

pub use judge::{Verdict, Why};
pub use outlook::{ValueChange, is_less_better};
pub use rate::Rate;

use self::expected::expected;
use self::judge::{Facts, Known, judge};
use self::outlook::{Outlook, against, bounds, change, outlook, outside};
use self::rate::{less, times};
use super::AsOf;
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Indicator, Kind, Reading};
use crate::plan::judging::{Against, Band, BandSet, Measured, Pace};
use crate::plan::period::{FiscalYear, Period};
use crate::plan::value::{Absence, Certainty, Value};

/// One indicator against its target.
#[derive(Debug, Clone)]
pub struct Gap<'p> {
    /// The indicator.
    pub indicator: &'p Indicator,
    /// The bands that judge. What has no rate (a bound, a tolerance, a range, steps) is judged by the standard ones.
    pub set: &'p BandSet,
    /// 基準値.
    pub baseline: Option<&'p Reading>,
    /// 実績値: the last known value up to the year asked; its period says of when.
    pub actual: Option<&'p Actual>,
    /// The last record up to the year asked, where it says that there is no value.
    pub missing: Option<&'p Actual>,
    /// 目標値: the final one.
    pub target: Option<&'p Reading>,
    /// What is expected by the actual's period, exactly: it may be a fraction that no decimal says.
    pub due: Option<Rate>,
    /// The same as a decimal, to 28 digits.
    pub expected: Option<Decimal>,
    /// Actual less target, in the unit; for a range, how far outside.
    pub gap: Option<Decimal>,
    /// 余裕: how far within the bound, in the unit; negative when outside.
    pub room: Option<Decimal>,
    /// 対目標比: a/t, for lower-is-better t/a.
    pub ratio_to_target: Option<Rate>,
    /// 改善率: (a−b)/(t−b).
    pub improvement: Option<Rate>,
    /// ペース比: a/e, for lower-is-better e/a.
    pub pace: Option<Rate>,
    /// Against the value of an earlier year, unless a break in the series lies between.
    pub change: Option<ValueChange<'p>>,
    /// What is left, and where the trend leads.
    pub outlook: Outlook,
    /// The band that holds.
    pub band: Option<&'p Band>,
    /// How it stands.
    pub verdict: Verdict,
}

/// Every indicator but the headings against its target, judged as it or the plan says.
pub fn gaps(plan: &Plan, as_of: AsOf) -> Vec<Gap<'_>> {
    let judged: Vec<&Indicator> = plan.indicators.iter().filter(|i| i.kind != Kind::Heading).collect();
    judged.into_par_iter().map(|indicator| gap(plan, indicator, as_of)).collect()
}

/// One indicator against its target, judged as it or the plan says.
pub fn gap<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf) -> Gap<'p> {
    gap_by(plan, indicator, as_of, plan.judging(indicator))
}

/// One indicator against its target, by what counts as of then, judged by a set of bands.
pub fn gap_by<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf, set: &'p BandSet) -> Gap<'p> {
    let targets = indicator.targets_on(as_of.date);
    let known: Vec<&Actual> = indicator.known(|measure| as_of.counts(measure)).collect();
    let has_value = |m: &&&Actual| !matches!(m.reading.value, Value::Absent(_));
    let actual = known.iter().rev().find(has_value).copied();
    let missing = known.last().copied().filter(|m| matches!(m.reading.value, Value::Absent(_)));
    let has_rates = matches!(indicator.kind, Kind::Up | Kind::Down);
    let mut gap = Gap {
        indicator,
        set: if has_rates { set } else { plan.standard() },
        baseline: indicator.baseline.as_ref(),
        actual,
        missing,
        target: targets.last(),
        due: None,
        expected: None,
        gap: None,
        room: None,
        ratio_to_target: None,
        improvement: None,
        pace: None,
        change: actual.and_then(|actual| change(indicator, &known, actual, targets.last())),
        outlook: Outlook::default(),
        band: None,
        verdict: Verdict::Undetermined(Why::TooLarge),
    };
    gap.verdict = match (actual, gap.target) {
        (_, None) => Verdict::Undetermined(Why::NoTarget),
        (_, Some(Reading { value: Value::Absent(absence), .. })) => Verdict::Undetermined(why(absence)),
        (None, Some(_)) => Verdict::Undetermined(Why::NoActual),
        (Some(actual), Some(target)) => {
            gap.outlook = outlook(indicator, &known, actual, target);
            gap.judge(actual, target, targets, plan.head.from).unwrap_or_else(Verdict::Undetermined)
        }
    };
    gap
}

fn why(absence: &Absence) -> Why {
    match absence {
        Absence::Unsettled(_) => Why::Unconfirmed,
        _ => Why::NoTarget,
    }
}

impl<'p> Gap<'p> {
    /// Whether a value that the verdict rests on is unconfirmed.
    pub fn is_unsure(&self) -> bool {
        let readings = [self.baseline, self.actual.map(|m| &m.reading), self.target];
        let unsure = |c: Certainty| c == Certainty::Unconfirmed;
        unsure(self.indicator.origin.certainty) || readings.iter().flatten().any(|r| unsure(r.origin.certainty))
    }

    /// The rate that a set judges by.
    pub fn rate(&self, by: Measured) -> Option<Rate> {
        match by {
            Measured::Ratio => self.ratio_to_target,
            Measured::Improvement => self.improvement,
            Measured::Pace => self.pace,
        }
    }

    fn judge(
        &mut self,
        actual: &Actual,
        target: &Reading,
        targets: &[Reading],
        first: FiscalYear,
    ) -> Result<Verdict, Why> {
        match (&self.indicator.kind, &actual.reading.value, &target.value) {
            (Kind::Milestone { .. }, Value::Step(reached), Value::Step(wanted)) => {
                judge_step(*reached, *wanted, actual, target, targets)
            }
            (Kind::Range, Value::Number(a), Value::Range(within)) => self.judge_band(*a, within.min, within.max),
            (kind @ Kind::Maintain { .. }, Value::Number(a), Value::Number(t)) => {
                let (min, max) = bounds(kind, Some(target)).ok_or(Why::TooLarge)?;
                let verdict = self.judge_band(*a, min, max);
                self.gap = less(*a, *t);
                verdict
            }
            (_, Value::Number(a), Value::Number(t)) => {
                self.due = expected(self.set.pace, self.baseline, targets, actual.reading.period, first);
                self.expected = self.due.and_then(Rate::value);
                self.measure(*a, *t);
                self.judge_number()
            }
            _ => Err(Why::NotANumber),
        }
    }

    /// The gap and the rates that mean something for the kind.
    fn measure(&mut self, a: Decimal, t: Decimal) {
        self.gap = less(a, t);
        // a/e and e/a, with e brought to a whole number of its parts.
        let parts = self.due.and_then(|e| Some((times(a, e.denominator())?, e.numerator())));
        match self.indicator.kind {
            Kind::AtLeast => self.room = self.gap,
            Kind::AtMost => self.room = less(t, a),
            Kind::Up => {
                self.ratio_to_target = of_positive(a, t);
                self.pace = parts.and_then(|(a, e)| of_positive(a, e));
                self.improvement = self.improved(a, t);
            }
            Kind::Down => {
                self.ratio_to_target = of_positive(t, a).filter(|_| t >= Decimal::ZERO);
                self.pace = parts.filter(|(_, e)| *e >= Decimal::ZERO).and_then(|(a, e)| of_positive(e, a));
                self.improvement = self.improved(a, t);
            }
            Kind::Heading | Kind::Maintain { .. } | Kind::Range | Kind::Milestone { .. } => {}
        }
    }

    /// (a−b)/(t−b), where the target is better than the baseline; against a target that was met at the outset the
    /// formula says nothing.
    fn improved(&self, a: Decimal, t: Decimal) -> Option<Rate> {
        let b = self.baseline?.number()?;
        let ahead = if is_less_better(&self.indicator.kind) { t < b } else { t > b };
        let (done, wanted) = (less(a, b)?, less(t, b)?);
        Rate::new(done, wanted).filter(|_| ahead)
    }

    /// What the rules of the bands are asked about.
    ///
    /// # Errors
    /// When target or actual is no number, or the numbers are too large.
    pub fn facts(&self) -> Result<Facts, Why> {
        let actual = self.actual.ok_or(Why::NoActual)?;
        let target = self.target.and_then(Reading::number).ok_or(Why::NotANumber)?;
        let a = actual.reading.number().ok_or(Why::NotANumber)?;
        let down = is_less_better(&self.indicator.kind);
        let reaches = |e: Rate| {
            let a = times(a, e.denominator()).ok_or(Why::TooLarge)?;
            Ok(against(a, e.numerator(), Decimal::ZERO, down) != Against::Worse)
        };
        let to_baseline = |b: Decimal| against(a, b, actual.margin().unwrap_or_default(), down);
        Ok(Facts {
            target: against(a, target, Decimal::ZERO, down),
            expected: self.due.map(reaches).transpose()?,
            baseline: match self.baseline.map(|b| &b.value) {
                Some(Value::Absent(Absence::Unsettled(_))) => Known::Unsettled,
                Some(Value::Number(b)) => Known::Known(Some(to_baseline(*b))),
                _ => Known::Known(None),
            },
            last_year: self.last_year(actual, to_baseline),
            rate: self.rate(self.set.by),
        })
    }

    fn judge_number(&mut self) -> Result<Verdict, Why> {
        let facts = self.facts()?;
        let (set, met) = (self.set, facts.target != Against::Worse);
        self.band = match judge(set, facts) {
            Ok(place) => Some(&set.bands[place]),
            Err(why) if !met => return Err(why),
            Err(_) => None,
        };
        // However a set calls it, and where it finds no rate to go by: who has reached the target has met it.
        Ok(self.band.filter(|_| !met).map_or(Verdict::Met, |band| band.meaning.into()))
    }

    /// Against the value of the year before; the baseline is that of its own year.
    fn last_year(&self, actual: &Actual, to_baseline: impl Fn(Decimal) -> Against) -> Option<Against> {
        let year_before =
            |period: Period| actual.reading.period.fiscal_year().western() - 1 == period.fiscal_year().western();
        let baseline = self.baseline.filter(|b| year_before(b.period) && !actual.breaks).and_then(Reading::number);
        match self.change {
            Some(change) if year_before(change.since.period) => Some(change.is),
            _ => baseline.map(to_baseline),
        }
    }

    /// Within two bounds, or how far outside; worsened when further outside than the baseline was.
    fn judge_band(&mut self, a: Decimal, min: Decimal, max: Decimal) -> Result<Verdict, Why> {
        let gap = outside(a, min, max).ok_or(Why::TooLarge)?;
        self.gap = Some(gap);
        self.room = less(a, min).zip(less(max, a)).map(|(low, high)| low.min(high));
        let was = self.baseline.and_then(Reading::number).and_then(|b| outside(b, min, max));
        Ok(match was {
            _ if gap.is_zero() => Verdict::Met,
            Some(was) if gap.abs() > was.abs() => Verdict::Worsened,
            _ => Verdict::Behind,
        })
    }
}

/// A rate with a positive denominator: with a negative one, worse would look better.
fn of_positive(numerator: Decimal, denominator: Decimal) -> Option<Rate> {
    Rate::new(numerator, denominator).filter(|_| denominator.is_sign_positive())
}

fn judge_step(
    reached: usize,
    wanted: usize,
    actual: &Actual,
    target: &Reading,
    targets: &[Reading],
) -> Result<Verdict, Why> {
    if reached >= wanted {
        return Ok(Verdict::Met);
    }
    let (of, due) = (actual.reading.period.last_day(), target.period.last_day());
    let by_now = targets.iter().rfind(|t| t.period.last_day() <= of).map(|t| &t.value);
    match by_now {
        Some(Value::Step(step)) if reached >= *step => Ok(Verdict::OnPace),
        None if of < due => Err(Why::NotYetDue),
        _ => Ok(Verdict::Behind),
    }
}

/// The pace of a set, where it plays a part.
pub fn pace_of(set: &BandSet) -> Option<Pace> {
    let asks = |band: &Band| band.rule.expected.is_some() || set.by == Measured::Pace && band.rule.at_least.is_some();
    set.bands.iter().any(asks).then_some(set.pace)
}
