//! What a figure is that a paper printed of an indicator.

use super::id::Id;
use super::judging::{BandAt, BandSet, Meaning};
use crate::lang::Say;

/// What a printed figure of an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublishedOf {
    /// 対目標比 to the target that judges, in percent.
    Ratio,
    /// 対目標比 to the target of the own period, in percent.
    RatioToPeriod,
    /// 対目標比 to the final target, in percent.
    RatioToFinal,
    /// 実績÷目標 whatever is better, to the target that judges, in percent.
    ActualByTarget,
    /// The same to the target of the own period.
    ActualByPeriod,
    /// The same to the final target.
    ActualByFinal,
    /// 改善率, in percent.
    Improvement,
    /// ペース比, in percent.
    Pace,
    /// Actual less the target that judges, in the unit.
    Difference,
    /// 前年から: actual less that of the earlier year, in the unit.
    SinceLastYear,
    /// 前年度比: actual by that of the earlier year, in percent.
    ByLastYear,
    /// 増減率: the actual less that of the earlier year, by the latter, in percent.
    ChangeRate,
    /// Actual less the baseline, in the unit.
    SinceBaseline,
    /// 基準値比: actual by the baseline, in percent.
    ByBaseline,
    /// The actual less the baseline, by the latter, in percent.
    ChangeRateOfBaseline,
    /// The sum of actuals, in the unit: under a heading of one period, else of all periods so far.
    Sum,
    /// The sum of actuals by that of the targets of their own periods, in percent.
    RatioOfSums,
    /// 年度内の累計: the sum of the actuals of the parts of the fiscal year so far, in the unit.
    SumInYear,
    /// The same by that of the targets of their own periods, in percent.
    RatioOfSumsInYear,
    /// Under a heading: how many have this verdict; `None` for 判定不能.
    Count(Option<Meaning>),
    /// The same in percent of those that are judged; of 判定不能 in percent of all.
    Share(Option<Meaning>),
    /// Under a heading: how many have this band, or one of those of a sum.
    BandCount(BandPart),
    /// The same in percent of those whose band counts; of a band that does not count in percent of all.
    BandShare(BandPart),
}

/// A band or a sum of bands of a plan, each by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BandPart {
    /// A band.
    Band(BandAt),
    /// A sum: its set, and its place there.
    Sum(usize, usize),
}

impl BandPart {
    /// The part of a set of this id or name.
    pub fn find(sets: &[BandSet], set: usize, text: &str) -> Option<Self> {
        let sum = || sets[set].sums.iter().position(|sum| sum.id.as_str() == text || sum.name.ja == text);
        let band = sets[set].band(text).map(|band| Self::Band(BandAt { set, band }));
        band.or_else(|| sum().map(|sum| Self::Sum(set, sum)))
    }

    /// Its set, by place.
    pub fn set(self) -> usize {
        match self {
            Self::Band(BandAt { set, .. }) | Self::Sum(set, _) => set,
        }
    }

    /// Its id and name.
    pub fn named(self, sets: &[BandSet]) -> (&Id, &Say) {
        match self {
            Self::Band(BandAt { set, band }) => (&sets[set].bands[band].id, &sets[set].bands[band].name),
            Self::Sum(set, sum) => (&sets[set].sums[sum].id, &sets[set].sums[sum].name),
        }
    }

    /// The places of its bands in its set.
    pub fn bands(self, sets: &[BandSet]) -> Vec<usize> {
        match self {
            Self::Band(BandAt { band, .. }) => vec![band],
            Self::Sum(set, sum) => sets[set].sums[sum].bands.clone(),
        }
    }
}

impl PublishedOf {
    /// Those with a key of their own.
    pub const ALL: [(&str, Self); 29] = [
        ("ratio", Self::Ratio),
        ("ratio-period", Self::RatioToPeriod),
        ("ratio-final", Self::RatioToFinal),
        ("actual-by-target", Self::ActualByTarget),
        ("actual-by-period", Self::ActualByPeriod),
        ("actual-by-final", Self::ActualByFinal),
        ("improvement", Self::Improvement),
        ("pace", Self::Pace),
        ("difference", Self::Difference),
        ("since-last-year", Self::SinceLastYear),
        ("by-last-year", Self::ByLastYear),
        ("change-rate", Self::ChangeRate),
        ("since-baseline", Self::SinceBaseline),
        ("by-baseline", Self::ByBaseline),
        ("change-rate-of-baseline", Self::ChangeRateOfBaseline),
        ("sum", Self::Sum),
        ("ratio-of-sums", Self::RatioOfSums),
        ("sum-in-year", Self::SumInYear),
        ("ratio-of-sums-in-year", Self::RatioOfSumsInYear),
        ("met", Self::Count(Some(Meaning::Met))),
        ("on-pace", Self::Count(Some(Meaning::OnPace))),
        ("behind", Self::Count(Some(Meaning::Behind))),
        ("worsened", Self::Count(Some(Meaning::Worsened))),
        ("undetermined", Self::Count(None)),
        ("met-share", Self::Share(Some(Meaning::Met))),
        ("on-pace-share", Self::Share(Some(Meaning::OnPace))),
        ("behind-share", Self::Share(Some(Meaning::Behind))),
        ("worsened-share", Self::Share(Some(Meaning::Worsened))),
        ("undetermined-share", Self::Share(None)),
    ];

    /// The key in files; of the plan's own bands that of the table in which they stand.
    pub fn key(self) -> &'static str {
        match self {
            Self::BandCount(_) => return "counts",
            Self::BandShare(_) => return "shares",
            _ => {}
        }
        Self::ALL.iter().find(|(_, of)| *of == self).map_or("", |(key, _)| key)
    }

    /// Whether it is in percent.
    pub fn is_percent(self) -> bool {
        let is_amount =
            matches!(self, Self::Difference | Self::SinceLastYear | Self::SinceBaseline | Self::Sum | Self::SumInYear);
        !is_amount && !self.is_count()
    }

    /// Whether it is a count.
    pub fn is_count(self) -> bool {
        matches!(self, Self::Count(_) | Self::BandCount(_))
    }
}
