//! Target against actual: the gap, the rates side by side, and the verdict. Exact decimals throughout; nothing is
//! rounded here.

pub mod expected;
pub mod judge;
pub mod methods;
pub mod outlook;
pub mod rate;
pub mod target;
pub mod versus;

use rayon::prelude::*;
use rust_decimal::Decimal;

pub use judge::{Verdict, Why};
pub use outlook::{ValueChange, is_less_better};
pub use rate::Rate;

use self::expected::{Basis, Course};
use self::judge::{Facts, Known, judge};
use self::outlook::{Outlook, against, bounds, change, outlook, outside, since_before};
use self::rate::{less, times};
use self::target::{judging, own};
use super::AsOf;
use crate::plan::Plan;
use crate::plan::indicator::{Actual, ByHand, Indicator, Kind, Reading};
use crate::plan::judging::{Against, Band, BandSet, Measured, Pace, TargetOf};
use crate::plan::period::FiscalYear;
use crate::plan::value::{Absence, Certainty, Toward, Value};

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
    /// 最終目標: the last one of the plan.
    pub target: Option<&'p Reading>,
    /// 当年度目標: that of the actual's own period, where the plan has one; it may be the final one.
    pub own: Option<&'p Reading>,
    /// Which of the two judges: verdict, gap, room, 対目標比 and 改善率 are those against it.
    pub held: TargetOf,
    /// What the expectation rests on.
    pub basis: Option<Basis<'p>>,
    /// What is expected by the actual's period, exactly: it may be a fraction that no decimal says.
    pub due: Option<Rate>,
    /// The same as a decimal, to 28 digits.
    pub expected: Option<Decimal>,
    /// Actual less target, in the unit; for a range, how far outside.
    pub gap: Option<Decimal>,
    /// 余裕: how far within the bound, in the unit; negative when outside.
    pub room: Option<Decimal>,
    /// 対目標比: a/t, for lower-is-better t/a; to the target that judges.
    pub ratio_to_target: Option<Rate>,
    /// 対目標比 to the target of the own period.
    pub ratio_to_period: Option<Rate>,
    /// 対目標比 to the final target.
    pub ratio_to_final: Option<Rate>,
    /// 実績÷目標: a/t, whatever is better; to the target that judges.
    pub actual_by_target: Option<Rate>,
    /// 改善率: (a−b)/(t−b); to the target that judges.
    pub improvement: Option<Rate>,
    /// ペース比: a/e, for lower-is-better e/a.
    pub pace: Option<Rate>,
    /// Against the value of an earlier year, unless a break in the series lies between.
    pub change: Option<ValueChange<'p>>,
    /// Of a part of a year: against the part just before, unless a break lies between.
    pub since_before: Option<ValueChange<'p>>,
    /// What is left, and where the trend leads.
    pub outlook: Outlook<'p>,
    /// The band that holds.
    pub band: Option<&'p Band>,
    /// How it stands.
    pub verdict: Verdict,
    /// How it stands by the sets that judge besides.
    pub also: Box<[Beside<'p>]>,
}

/// How an indicator stands by a set of bands that judges beside its own.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'p> {
    /// The set.
    pub set: &'p BandSet,
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
    let mut gap = gap_by(plan, indicator, as_of, plan.judging(indicator, as_of.period));
    if matches!(indicator.kind, Kind::Up | Kind::Down) {
        let beside = |set| gap_by(plan, indicator, as_of, set);
        let also = plan.also_judging(as_of.period).filter(|set| set.id != gap.set.id).map(beside);
        gap.also = also.map(|gap| Beside { set: gap.set, band: gap.band, verdict: gap.verdict }).collect();
    }
    gap
}

/// One indicator against its target, by what counts as of then, judged by a set of bands.
pub fn gap_by<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf, set: &'p BandSet) -> Gap<'p> {
    let targets = indicator.targets_on(as_of.date);
    let known: Vec<&Actual> = indicator.known(|measure| as_of.counts(measure)).collect();
    let mut gap = unjudged(plan, indicator, &known, targets, set);
    gap.verdict = match (gap.actual, gap.held_to()) {
        (_, None) => Verdict::Undetermined(Why::NoTarget),
        (_, Some(Reading { value: Value::Absent(absence), .. })) => Verdict::Undetermined(why(absence)),
        (None, Some(_)) => Verdict::Undetermined(Why::NoActual),
        (Some(actual), Some(target)) => {
            gap.outlook = gap.target.map(|last| outlook(indicator, &known, actual, last)).unwrap_or_default();
            gap.judge(actual, target, targets, plan.head.from).unwrap_or_else(Verdict::Undetermined)
        }
    };
    if matches!(gap.verdict, Verdict::Undetermined(_)) {
        gap.band = gap.band.or_else(|| gap.set.rest());
    }
    gap
}

/// What is known of an indicator, before anything is worked out of it.
fn unjudged<'p>(
    plan: &'p Plan,
    indicator: &'p Indicator,
    known: &[&'p Actual],
    targets: &'p [Reading],
    set: &'p BandSet,
) -> Gap<'p> {
    let has_value = |m: &&&Actual| !matches!(m.reading.value, Value::Absent(_));
    let actual = known.iter().rev().find(has_value).copied();
    let missing = known.last().copied().filter(|m| matches!(m.reading.value, Value::Absent(_)));
    let last = targets.last();
    let own = actual.and_then(|actual| own(indicator.series, targets, actual.reading.period));
    let held = own.zip(last).filter(|(own, last)| own.period != last.period);
    let held = held.map_or(TargetOf::Final, |(own, last)| judging(indicator, plan.against(indicator), own, last));
    let target = if held == TargetOf::Period { own } else { last };
    let has_rates = matches!(indicator.kind, Kind::Up | Kind::Down);
    Gap {
        indicator,
        set: if has_rates { set } else { plan.standard() },
        baseline: indicator.baseline.as_ref(),
        actual,
        missing,
        target: last,
        own,
        held,
        basis: None,
        due: None,
        expected: None,
        gap: None,
        room: None,
        ratio_to_target: None,
        ratio_to_period: None,
        ratio_to_final: None,
        actual_by_target: None,
        improvement: None,
        pace: None,
        change: actual.and_then(|actual| change(indicator, known, actual, target)),
        since_before: actual.and_then(|actual| since_before(indicator, known, actual, target)),
        outlook: Outlook::default(),
        band: None,
        verdict: Verdict::Undetermined(Why::TooLarge),
        also: Box::default(),
    }
}

fn why(absence: &Absence) -> Why {
    match absence {
        Absence::Unsettled(_) => Why::Unconfirmed,
        _ => Why::NoTarget,
    }
}

impl<'p> Gap<'p> {
    /// The target that judges.
    pub fn held_to(&self) -> Option<&'p Reading> {
        match self.held {
            TargetOf::Period => self.own,
            TargetOf::Final => self.target,
        }
    }

    /// The target of the own period, where it is another than the final one: a reader must know which of them is meant.
    pub fn apart(&self) -> Option<&'p Reading> {
        self.own.filter(|own| self.target.is_some_and(|last| own.period != last.period))
    }

    /// The verdict of a person, where one was given of the actual.
    pub fn by_hand(&self) -> Option<&'p ByHand> {
        self.actual.and_then(Actual::by_hand)
    }

    /// The verdict that is counted: that of a person where one was given, else the computed one.
    pub fn counted(&self) -> Verdict {
        let by_hand = self.by_hand().map(|by| by.meaning.map_or(Verdict::Undetermined(Why::ByHand), Verdict::from));
        by_hand.unwrap_or(self.verdict)
    }

    /// How far the actual lies beyond the target that judges, on its good side; negative where it does not reach it.
    pub fn surplus(&self) -> Option<Decimal> {
        self.room.or_else(|| self.gap.map(|gap| if is_less_better(&self.indicator.kind) { -gap } else { gap }))
    }

    /// Whether a value that the verdict rests on is unconfirmed.
    pub fn is_unsure(&self) -> bool {
        let readings = [self.baseline, self.actual.map(|m| &m.reading), self.held_to()];
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
        targets: &'p [Reading],
        first: FiscalYear,
    ) -> Result<Verdict, Why> {
        match (&self.indicator.kind, &actual.reading.value, &target.value) {
            (Kind::Milestone { .. }, Value::Step(reached), Value::Step(wanted)) => {
                let began = self.baseline.map(|baseline| &baseline.value);
                match began {
                    _ if reached >= wanted => Ok(Verdict::Met),
                    Some(Value::Step(began)) if reached < began => Ok(Verdict::Worsened),
                    _ => judge_step(*reached, actual, target, targets),
                }
            }
            (Kind::Range, Value::Number(a), Value::Range(within)) => self.judge_band(*a, within.min, within.max),
            (kind @ Kind::Maintain { .. }, Value::Number(a), Value::Number(t)) => {
                let (min, max) = bounds(kind, Some(target)).ok_or(Why::TooLarge)?;
                let verdict = self.judge_band(*a, min, max);
                self.gap = less(*a, *t);
                verdict
            }
            (_, Value::Number(a), Value::Number(t)) => {
                let (series, pace) = (self.indicator.series, self.set.pace);
                let course = Course { series, pace, baseline: self.baseline, targets, first };
                self.basis = course.by(actual.reading.period);
                self.due = self.basis.and_then(|basis| basis.value());
                self.expected = self.due.and_then(Rate::value);
                self.measure(*a, *t);
                self.judge_number()
            }
            (_, Value::Number(_), Value::Words) => self.judge_toward(actual, target),
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
            Kind::Up => self.pace = parts.and_then(|(a, e)| of_positive(a, e)),
            Kind::Down => {
                self.pace = parts.filter(|(_, e)| *e >= Decimal::ZERO).and_then(|(a, e)| of_positive(e, a));
            }
            Kind::Heading | Kind::Maintain { .. } | Kind::Range | Kind::Milestone { .. } => {}
        }
        if matches!(self.indicator.kind, Kind::Up | Kind::Down) {
            let to = |target: Option<&Reading>| target.and_then(Reading::number).and_then(|t| self.ratio(a, t));
            (self.ratio_to_period, self.ratio_to_final) = (to(self.own), to(self.target));
            self.ratio_to_target = self.ratio(a, t);
            self.actual_by_target = of_positive(a, t);
            self.improvement = self.improved(a, t);
        }
    }

    /// a/t, for lower-is-better t/a.
    fn ratio(&self, a: Decimal, t: Decimal) -> Option<Rate> {
        match is_less_better(&self.indicator.kind) {
            false => of_positive(a, t),
            true => of_positive(t, a).filter(|_| t >= Decimal::ZERO),
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
        let held_to = self.held_to().ok_or(Why::NoTarget)?;
        let target = held_to.number().ok_or(Why::NotANumber)?;
        let a = actual.reading.number().ok_or(Why::NotANumber)?;
        let down = is_less_better(&self.indicator.kind);
        let compared = |a: Decimal, t: Decimal, strict: bool| match against(a, t, Decimal::ZERO, down) {
            Against::Same if strict => Against::Worse,
            found => found,
        };
        let is_strict = self.basis.is_some_and(|basis| basis.is_strict());
        let reaches = |e: Rate| {
            let a = times(a, e.denominator()).ok_or(Why::TooLarge)?;
            Ok(compared(a, e.numerator(), is_strict) != Against::Worse)
        };
        let to_baseline = |b: Decimal| against(a, b, actual.margin().unwrap_or_default(), down);
        Ok(Facts {
            target: compared(a, target, held_to.is_strict()),
            expected: self.due.map(reaches).transpose()?,
            baseline: match self.baseline.map(|b| &b.value) {
                Some(Value::Absent(Absence::Unsettled(_))) => Known::Unsettled,
                Some(Value::Number(b)) => Known::Known(Some(to_baseline(*b))),
                _ => Known::Known(None),
            },
            last_year: self.change.map(|change| change.is),
            rate: self.rate(self.set.by),
            falls_short: self.falls_short(self.set.by),
        })
    }

    /// 未満・超: whether the actual is the number of a target (or of what it expects by now) that the number itself does not
    /// reach, so that a rate of 100 % is not reached either.
    pub fn falls_short(&self, by: Measured) -> bool {
        if by != Measured::Pace {
            return self.held_to().is_some_and(|target| self.is_just_at(target));
        }
        let actual = self.actual.and_then(|actual| actual.reading.number());
        let due = self.due.filter(|_| self.basis.is_some_and(|basis| basis.is_strict()));
        let parts = due.zip(actual).and_then(|(e, a)| Some((times(a, e.denominator())?, e.numerator())));
        parts.is_some_and(|(a, e)| a == e)
    }

    /// The same of any target or expectation that is shown: there 100 %, or nothing left, is not enough.
    pub fn stops_short(&self) -> bool {
        self.own.into_iter().chain(self.target).any(|target| self.is_just_at(target))
            || self.verdict != Verdict::Met && self.falls_short(Measured::Pace)
    }

    fn is_just_at(&self, target: &Reading) -> bool {
        let actual = self.actual.and_then(|actual| actual.reading.number());
        target.is_strict() && actual.is_some() && target.number() == actual
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
        Ok(match self.band.map(|band| band.meaning) {
            Some(None) => Verdict::Undetermined(Why::BandSays),
            Some(Some(meaning)) if !met => meaning.into(),
            _ => Verdict::Met,
        })
    }

    /// A target in words (増加): the way from the baseline is what counts.
    fn judge_toward(&mut self, actual: &Actual, target: &Reading) -> Result<Verdict, Why> {
        let toward = target.written().and_then(Toward::parse).ok_or(Why::NotANumber)?;
        let baseline = self.baseline.ok_or(Why::NoBaseline)?;
        let (a, b) = (actual.reading.number().ok_or(Why::NotANumber)?, baseline.number().ok_or(Why::NoBaseline)?);
        let found = against(a, b, actual.margin().unwrap_or_default(), toward == Toward::Less);
        Ok(match found {
            Against::Better => Verdict::Met,
            Against::Worse => Verdict::Worsened,
            Against::Same | Against::NotWorse => Verdict::Behind,
        })
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

/// A step short of the target, against the last one that was due.
fn judge_step(reached: usize, actual: &Actual, target: &Reading, targets: &[Reading]) -> Result<Verdict, Why> {
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
