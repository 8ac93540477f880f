//! How indicators are judged: which rate, what is expected by now, and the bands of the verdict. All of it is data.

mod presets;

pub use presets::{STANDARD, presets};

use rust_decimal::Decimal;
use serde::Serialize;

use super::id::Id;
use super::period::{FiscalYear, Period};
use crate::lang::{Lang, Say};
use crate::text::same::{Spelling, spellings};
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

/// A set of bands: the first whose rule holds is the verdict. A set that changes in mid-plan is there several times, each
/// time for other years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandSet {
    /// The key in `bands = …`.
    pub id: Id,
    /// What it is called.
    pub name: Say,
    /// Where the set is from.
    pub source: Say,
    /// The first fiscal year it is in force; `None` from the beginning.
    pub from: Option<FiscalYear>,
    /// The last fiscal year it is in force; `None` without end.
    pub to: Option<FiscalYear>,
    /// The rate that `at-least` speaks of.
    pub by: Measured,
    /// What is expected by now.
    pub pace: Pace,
    /// By how much, in percentage points, a rate may miss a threshold and still reach it.
    pub tolerance: Decimal,
    /// In order of precedence.
    pub bands: Vec<Band>,
    /// Sums of bands that are printed beside them (80％以上).
    pub sums: Vec<BandSum>,
}

/// One band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The key in outputs.
    pub id: Id,
    /// What it is called (S, 順調).
    pub name: Say,
    /// What it means in the words that all plans share; `None` for 判定不能.
    pub meaning: Option<Meaning>,
    /// Whether it stands in the denominator of shares.
    pub counts: bool,
    /// When it holds; all conditions must. A band without any always holds.
    pub rule: Rule,
    /// The verdicts of the standard rules for which an indicator that has no rate is given this band.
    pub without_rate: Vec<Meaning>,
}

/// A sum of bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandSum {
    /// The key in outputs.
    pub id: Id,
    /// What it is called.
    pub name: Say,
    /// Places of its bands in the set, each as it is counted.
    pub bands: Vec<usize>,
    /// The sum that it is a part of, by place: うち.
    pub within: Option<usize>,
}

/// A band of a plan, each by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BandAt {
    /// The set.
    pub set: usize,
    /// The band in it.
    pub band: usize,
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

/// The place of the version that is in force of the set at a place, or of the nearest where none is.
pub fn place_near(sets: &[BandSet], place: usize, period: Period) -> usize {
    let versions = || sets.iter().enumerate().filter(|(_, set)| set.id == sets[place].id);
    let year = period.fiscal_year();
    let in_force = versions().find(|(_, set)| set.is_in_force(period));
    let past = || versions().filter(|(_, set)| set.to.is_some_and(|to| to < year)).max_by_key(|(_, set)| set.to);
    in_force.or_else(past).map_or(place, |(place, _)| place)
}

impl BandSet {
    /// Whether it is in force at the end of a period.
    pub fn is_in_force(&self, period: Period) -> bool {
        let year = period.fiscal_year();
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// Whether it is the same version of the same set as another.
    pub fn is_version(&self, other: &Self) -> bool {
        self.id == other.id && (self.from, self.to) == (other.from, other.to)
    }

    /// Whether it is the one that judges what has no rate, whose bands are the words that all plans share.
    pub fn is_standard(&self) -> bool {
        self.id.as_str() == STANDARD
    }

    /// The band of an indicator that has no rate, by the verdict of the standard rules.
    pub fn without_rate(&self, verdict: Meaning) -> Option<&Band> {
        self.bands.iter().find(|band| band.without_rate.contains(&verdict))
    }

    /// Whether indicators that have no rate are given bands of it, too.
    pub fn takes_without_rate(&self) -> bool {
        self.bands.iter().any(|band| !band.without_rate.is_empty())
    }

    /// The band of what cannot be judged: it means 判定不能, and asks for nothing.
    pub fn rest(&self) -> Option<&Band> {
        self.bands.iter().find(|band| band.is_rest())
    }

    /// The place of the band with this id, as it is counted.
    pub fn place(&self, id: &Id) -> Option<usize> {
        self.bands.iter().position(|band| band.id == *id).map(|place| self.counted_at(place))
    }

    /// Where a band is counted: bands of one name are one band with several rules, counted at the first of them.
    pub fn counted_at(&self, place: usize) -> usize {
        let name = &self.bands[place].name;
        self.bands.iter().position(|band| band.name == *name).unwrap_or(place)
    }

    /// The place of the band with this id or name, however the name is spelled, as it is counted.
    pub fn band(&self, text: &str) -> Option<usize> {
        let named = |spelling: Spelling<'_>| self.bands.iter().position(|band| spelling.is(&band.name.ja));
        let found = self.bands.iter().position(|band| band.id.as_str() == text);
        found.or_else(|| spellings(text).find_map(named)).map(|place| self.counted_at(place))
    }
}

impl Band {
    /// Whether it is the band of what cannot be judged for whatever reason.
    pub fn is_rest(&self) -> bool {
        self.meaning.is_none() && self.rule == Rule::default()
    }
}

impl Meaning {
    /// The words of a verdict in files, 判定不能 among them.
    pub fn words() -> [(&'static str, Option<Self>); 5] {
        let [met, on_pace, behind, worsened] = Self::ALL.map(|(word, meaning)| (word, Some(meaning)));
        [met, on_pace, behind, worsened, ("undetermined", None)]
    }

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
