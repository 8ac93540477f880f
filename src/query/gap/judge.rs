//! The verdict in the words that all plans share: the first band of the set whose rule holds, or why none can be named.

use std::ops::ControlFlow;

use rust_decimal::Decimal;

use super::rate::Rate;
use crate::plan::judging::{Against, BandSet, Meaning, Rule};

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
    /// The numbers are too large to calculate exactly.
    TooLarge,
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
}

/// Something the documents may leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<T> {
    /// It is this.
    Known(T),
    /// 要確認.
    Unsettled,
}

/// The band that holds, by place.
///
/// # Errors
/// Why none can be named: a rule that comes first can't be decided.
pub fn judge(set: &BandSet, facts: Facts) -> Result<usize, Why> {
    for (place, band) in set.bands.iter().enumerate() {
        match holds(band.rule, set.tolerance, facts) {
            Ok(true) => return Ok(place),
            Ok(false) => {}
            Err(why) => return Err(why),
        }
    }
    Err(Why::NoBand)
}

/// Whether all conditions hold. One that fails decides, even beside one that can't be decided.
///
/// # Errors
/// Why that can't be decided.
pub fn holds(rule: Rule, tolerance: Decimal, facts: Facts) -> Result<bool, Why> {
    let conditions = [
        rule.target.map(|wanted| Ok(wanted.admits(facts.target))),
        rule.expected.map(|wanted| facts.expected.map(|is| is == wanted).ok_or(Why::NothingExpected)),
        rule.baseline.map(|wanted| match facts.baseline {
            Known::Known(found) => Ok(found.is_some_and(|found| wanted.admits(found))),
            Known::Unsettled => Err(Why::Unconfirmed),
        }),
        rule.last_year.map(|wanted| Ok(facts.last_year.is_some_and(|found| wanted.admits(found)))),
        rule.at_least.map(|percent| {
            let threshold = percent.checked_sub(tolerance).ok_or(Why::TooLarge)?;
            facts.rate.ok_or(Why::NoRate)?.reaches(threshold).ok_or(Why::TooLarge)
        }),
    ];
    let all = conditions.into_iter().flatten().try_fold(Ok(true), |so_far, condition| match condition {
        Ok(true) => ControlFlow::Continue(so_far),
        Ok(false) => ControlFlow::Break(()),
        Err(why) => ControlFlow::Continue(Err(why)),
    });
    match all {
        ControlFlow::Continue(decided) => decided,
        ControlFlow::Break(()) => Ok(false),
    }
}
