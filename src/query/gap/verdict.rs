//! The verdict in the words that all plans share, and why there may be none.

use crate::plan::judging::Meaning;

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
    /// The numbers are too large to reckon with exactly.
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
