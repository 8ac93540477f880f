//! How indicators are judged: which rate, what is expected by now, and the bands of the verdict. All of it is data.

mod presets;

pub use presets::{STANDARD, presets};

use rust_decimal::Decimal;
use serde::Serialize;

use super::id::Id;
use crate::lang::{Lang, Say};
use crate::text::terms;

/// What is expected of an indicator by the period of its actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// The plan's own target of that year, else the straight line between the known points around it.
    Line,
    /// The last known point: nothing more is expected before the next one is due.
    Step,
    /// The plan's own target of that year, and nothing where it names none.
    Targets,
    /// The k-th of n years: k/n of the target, counted from the plan's first year, whatever the baseline was.
    ProRata,
}

/// Which of an indicator's targets judges a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetOf {
    /// 当年度目標: that of the value's own period.
    Period,
    /// 最終目標: the last one of the plan.
    Final,
}

impl TargetOf {
    /// Those that a file can name, with their words.
    pub const ALL: [(&str, Self); 2] = [("period", Self::Period), ("final", Self::Final)];

    /// The word that programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Final => "final",
        }
    }
}

/// One of the rates that are shown side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measured {
    /// 対目標比: a/t, for lower-is-better t/a.
    Ratio,
    /// 改善率: (a−b)/(t−b).
    Improvement,
    /// ペース比: a/e, for lower-is-better e/a, where e is what is expected by now.
    Pace,
}

impl Pace {
    /// The key in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Step => "step",
            Self::Targets => "targets",
            Self::ProRata => "pro-rata",
        }
    }

    /// What it means, in words.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Line => lang.pick(
                "年度ごとの目標、なければ基準値と目標値を結ぶ直線",
                "the yearly target, else the straight line from baseline to target",
            ),
            Self::Step => lang.pick("直前に達しているべき値", "the last value that was due"),
            Self::Targets => lang.pick("年度ごとの目標", "the yearly target"),
            Self::ProRata => lang
                .pick("目標値の年次按分（n年計画のk年目はk/n）", "pro-rata: k/n of the target in the k-th of n years"),
        }
    }
}

impl Measured {
    /// What it is called.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Ratio => terms::TO_TARGET.word(lang),
            Self::Improvement => terms::IMPROVEMENT.word(lang),
            Self::Pace => terms::PACE.word(lang),
        }
    }
}

/// A set of bands: the first whose rule holds is the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandSet {
    /// The key in `bands = …`.
    pub id: Id,
    /// What it is called.
    pub name: Say,
    /// Where the set is from.
    pub source: Say,
    /// The rate that `at-least` speaks of.
    pub by: Measured,
    /// What is expected by now.
    pub pace: Pace,
    /// By how much, in percentage points, a rate may miss a threshold and still reach it.
    pub tolerance: Decimal,
    /// In order of precedence.
    pub bands: Vec<Band>,
}

/// One band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The key in outputs.
    pub id: Id,
    /// What it is called (S, 順調).
    pub name: Say,
    /// What it means in the five words that all plans share.
    pub meaning: Meaning,
    /// When it holds; all conditions must. A band without any always holds.
    pub rule: Rule,
}

/// What a band means in the words that all plans share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// 達成.
    Met,
    /// 順調.
    OnPace,
    /// 遅れ.
    Behind,
    /// 後退.
    Worsened,
}

impl Meaning {
    /// All of them, with the words that all plans share.
    pub const ALL: [(&str, Self); 4] =
        [("met", Self::Met), ("on-pace", Self::OnPace), ("behind", Self::Behind), ("worsened", Self::Worsened)];
}

/// The conditions of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rule {
    /// Against the target.
    pub target: Option<TargetRule>,
    /// What is expected by now is reached, or is not.
    pub expected: Option<bool>,
    /// Against the baseline.
    pub baseline: Option<Against>,
    /// Against the year before.
    pub last_year: Option<Against>,
    /// The judging rate is at least this many percent.
    pub at_least: Option<Decimal>,
}

/// A condition on the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetRule {
    /// Better than the target.
    Exceeded,
    /// At the target or better.
    Reached,
    /// Not at the target.
    Missed,
}

/// How a value compares with an earlier one, in the indicator's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// 改善.
    Better,
    /// 横ばい: the same, or a change within the sampling error.
    Same,
    /// Better or the same.
    NotWorse,
    /// 悪化.
    Worse,
}

impl TargetRule {
    /// Whether a value that compares with the target as `found` satisfies this condition.
    pub fn admits(self, found: Against) -> bool {
        match self {
            Self::Exceeded => found == Against::Better,
            Self::Reached => found != Against::Worse,
            Self::Missed => found == Against::Worse,
        }
    }
}

impl Against {
    /// Whether a comparison that came out as `found` satisfies this condition.
    pub fn admits(self, found: Self) -> bool {
        self == found || self == Self::NotWorse && matches!(found, Self::Better | Self::Same)
    }
}
