//! Target against actual: the gap, the rates side by side, and the verdict. Exact decimals throughout; nothing is
//! rounded here.

pub mod expected;
pub mod judge;
mod judged;
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

use self::expected::Basis;
use self::outlook::{Outlook, broken, change, outlook, since_before};
use self::target::{judging, own};
use super::AsOf;
use crate::plan::Plan;
use crate::plan::indicator::{Actual, ByHand, Indicator, Kind, Reading};
use crate::plan::judging::{Band, BandSet, Measured, Pace, TargetOf};
use crate::plan::value::{Absence, Certainty, Value};

/// One indicator against its target.
#[derive(Debug, Clone)]
pub struct Gap<'p> {
    /// The indicator.
    pub indicator: &'p Indicator,
    /// The bands that judge. What has no rate (a bound, a tolerance, a range, steps) is judged by the standard ones, unless a
    /// set says which of its bands is given for which of their verdicts.
    pub set: &'p BandSet,
    /// The bands whose rules are asked: the standard ones where there is no rate.
    pub rules: &'p BandSet,
    /// What these rules say, where the set gives one of its own bands for it.
    pub ruled: Option<Verdict>,
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
    /// The measure with which the series breaks, where that is why there is no such change.
    pub broken: Option<&'p Actual>,
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
    let judges = |set: &&BandSet| has_rates(indicator) || set.takes_without_rate() || set.is_standard();
    let also = plan.also_judging(as_of.period).filter(judges).filter(|set| set.id != gap.set.id);
    let also = also.map(|set| gap_by(plan, indicator, as_of, set));
    gap.also = also.map(|gap| Beside { set: gap.set, band: gap.band, verdict: gap.verdict }).collect();
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
    if !has_rates(indicator) && set.takes_without_rate() {
        gap.give_band(set);
    }
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
    let rules = if has_rates(indicator) { set } else { plan.standard() };
    Gap {
        indicator,
        set: rules,
        rules,
        ruled: None,
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
        broken: actual.and_then(|actual| broken(indicator, known, actual)),
        since_before: actual.and_then(|actual| since_before(indicator, known, actual, target)),
        outlook: Outlook::default(),
        band: None,
        verdict: Verdict::Undetermined(Why::TooLarge),
        also: Box::default(),
    }
}

/// Whether an indicator has rates; a bound, a tolerance, a range or steps have none.
fn has_rates(indicator: &Indicator) -> bool {
    matches!(indicator.kind, Kind::Up | Kind::Down)
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
}

/// The pace of a set, where it plays a part.
pub fn pace_of(set: &BandSet) -> Option<Pace> {
    let asks = |band: &Band| band.rule.expected.is_some() || set.by == Measured::Pace && band.rule.at_least.is_some();
    set.bands.iter().any(asks).then_some(set.pace)
}
