//! The verdict in the words that all plans share: the first band of the set whose rule holds, or why none can be named.

use std::ops::ControlFlow;

use rust_decimal::Decimal;

use super::rate::Rate;
use crate::plan::judging::{Against, BandSet, Meaning, Rule, TargetRule};

/// How an indicator stands against its target, in the words that all plans share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl Verdict {
    /// The word that programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::OnPace => "on-pace",
            Self::Behind => "behind",
            Self::Worsened => "worsened",
            Self::Undetermined(_) => "undetermined",
        }
    }
}

/// Why there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Nothing was measured yet.
    NoActual,
    /// The plan sets no target (monitored only).
    NoTarget,
    /// The target is not a number.
    NotANumber,
    /// The target asks for a change from the baseline, and there is none.
    NoBaseline,
    /// Nothing is expected by now: no baseline, no target of the year, and the target is not yet due.
    NothingExpected,
    /// The rate that judges has no meaning here (a zero or a negative denominator, no baseline).
    NoRate,
    /// The documents do not settle the value.
    Unconfirmed,
    /// The target is not yet due, and the plan names no steps on the way.
    NotYetDue,
    /// No band of the set answers.
    NoBand,
    /// The band that holds says that it is not judged.
    BandSays,
    /// A person said so.
    ByHand,
    /// The numbers are too large to calculate exactly.
    TooLarge,
}

impl Verdict {
    /// Its word among those that all plans share; `None` for 判定不能.
    pub fn meaning(self) -> Option<Meaning> {
        match self {
            Self::Met => Some(Meaning::Met),
            Self::OnPace => Some(Meaning::OnPace),
            Self::Behind => Some(Meaning::Behind),
            Self::Worsened => Some(Meaning::Worsened),
            Self::Undetermined(_) => None,
        }
    }
}

impl From<Meaning> for Verdict {
    fn from(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Met => Self::Met,
            Meaning::OnPace => Self::OnPace,
            Meaning::Behind => Self::Behind,
            Meaning::Worsened => Self::Worsened,
        }
    }
}

/// What the rules of bands are asked about. `None`: not known; a condition on it can't be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Against the target.
    pub target: Against,
    /// What is expected by now is reached.
    pub expected: Option<bool>,
    /// Against the baseline; `Known(None)` where there is none.
    pub baseline: Known<Option<Against>>,
    /// Against the year before; `None` where nothing was measured then.
    pub last_year: Option<Against>,
    /// The judging rate.
    pub rate: Option<Rate>,
    /// 未満・超: whether the rate stops just short of the number that it shows.
    pub falls_short: bool,
}

/// Something the documents may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<T> {
    /// It is this.
    Known(T),
    /// 要確認.
    Unsettled,
}

/// The band that holds, by place. That of what cannot be judged is asked for nothing.
///
/// # Errors
/// Why none can be named: a rule that comes first can't be decided.
pub fn judge(set: &BandSet, facts: Facts) -> Result<usize, Why> {
    for (place, band) in set.bands.iter().enumerate().filter(|(_, band)| !band.is_rest()) {
        match holds(band.rule, set.tolerance, facts) {
            Ok(true) => return Ok(place),
            Ok(false) => {}
            Err(why) => return Err(why),
        }
    }
    Err(Why::NoBand)
}

/// One condition of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Against the target.
    Target(TargetRule),
    /// What is expected by now is reached, or is not.
    Expected(bool),
    /// Against the baseline.
    Baseline(Against),
    /// Against the value of an earlier year.
    LastYear(Against),
    /// The judging rate is at least this many percent, the tolerance taken off.
    AtLeast(Decimal),
}

impl Condition {
    /// The conditions of a rule, in the order they are asked.
    pub fn all(rule: Rule) -> impl Iterator<Item = Self> {
        let conditions = [
            rule.target.map(Self::Target),
            rule.expected.map(Self::Expected),
            rule.baseline.map(Self::Baseline),
            rule.last_year.map(Self::LastYear),
            rule.at_least.map(Self::AtLeast),
        ];
        conditions.into_iter().flatten()
    }

    /// Whether it holds.
    fn holds(self, tolerance: Decimal, facts: Facts) -> Result<bool, Why> {
        match self {
            Self::Target(wanted) => Ok(wanted.admits(facts.target)),
            Self::Expected(wanted) => facts.expected.map(|is| is == wanted).ok_or(Why::NothingExpected),
            Self::Baseline(wanted) => match facts.baseline {
                Known::Known(found) => Ok(found.is_some_and(|found| wanted.admits(found))),
                Known::Unsettled => Err(Why::Unconfirmed),
            },
            Self::LastYear(wanted) => Ok(facts.last_year.is_some_and(|found| wanted.admits(found))),
            Self::AtLeast(percent) => {
                let threshold = percent.checked_sub(tolerance).ok_or(Why::TooLarge)?;
                let rate = facts.rate.ok_or(Why::NoRate)?;
                let reaches = if facts.falls_short { rate.exceeds(threshold) } else { rate.reaches(threshold) };
                reaches.ok_or(Why::TooLarge)
            }
        }
    }
}

/// Whether all conditions hold. One that fails decides, even beside one that can't be decided.
///
/// # Errors
/// Why that can't be decided.
pub fn holds(rule: Rule, tolerance: Decimal, facts: Facts) -> Result<bool, Why> {
    let mut conditions = Condition::all(rule).map(|condition| condition.holds(tolerance, facts));
    let all = conditions.try_fold(Ok(true), |so_far, condition| match condition {
        Ok(true) => ControlFlow::Continue(so_far),
        Ok(false) => ControlFlow::Break(()),
        Err(why) => ControlFlow::Continue(Err(why)),
    });
    match all {
        ControlFlow::Continue(decided) => decided,
        ControlFlow::Break(()) => Ok(false),
    }
}
