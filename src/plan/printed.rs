//! What a figure is that a paper printed of an indicator.

use super::judging::Meaning;

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
    /// 改善率, in percent.
    Improvement,
    /// ペース比, in percent.
    Pace,
    /// Actual less the target that judges, in the unit.
    Difference,
    /// The sum of actuals, in the unit: under a heading of one period, else of all periods so far.
    Sum,
    /// The sum of actuals by that of the targets of their own periods, in percent.
    RatioOfSums,
    /// Under a heading: how many have this verdict; `None` for 判定不能.
    Count(Option<Meaning>),
    /// The same in percent of those that are judged; of 判定不能 in percent of all.
    Share(Option<Meaning>),
}

impl PublishedOf {
    /// All of them, with their keys.
    pub const ALL: [(&str, Self); 19] = [
        ("ratio", Self::Ratio),
        ("ratio-period", Self::RatioToPeriod),
        ("ratio-final", Self::RatioToFinal),
        ("actual-by-target", Self::ActualByTarget),
        ("improvement", Self::Improvement),
        ("pace", Self::Pace),
        ("difference", Self::Difference),
        ("sum", Self::Sum),
        ("ratio-of-sums", Self::RatioOfSums),
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

    /// The key in files.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(_, of)| *of == self).map_or("", |(key, _)| key)
    }

    /// Whether it is in percent.
    pub fn is_percent(self) -> bool {
        !matches!(self, Self::Difference | Self::Sum | Self::Count(_))
    }
}
