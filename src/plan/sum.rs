//! Sums that a plan declares: what is added up, and what each part counts.

use rust_decimal::Decimal;

use super::id::Id;
use super::period::Period;
use super::source::Origin;

/// A sum or mean over several indicators or entries (歳出削減額の合計, 評価点数).
#[derive(Debug, Clone)]
pub struct DeclaredSum {
    /// The key in outputs.
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
    /// The indicators, headings and entries that it is over; none for the whole plan.
    pub of: Vec<Id>,
    /// What is summed up.
    pub by: SumBy,
    /// What counts more or less than once, by id of an indicator or entry.
    pub weights: Vec<(Id, Decimal)>,
    /// What papers printed of it.
    pub published: Vec<PublishedSum>,
    /// 注.
    pub notes: Box<[Box<str>]>,
    /// Where it was read.
    pub origin: Origin,
}

/// What a paper printed of a sum for a period.
#[derive(Debug, Clone)]
pub struct PublishedSum {
    /// Of which period.
    pub period: Period,
    /// Whether it is of all years so far; amounts only.
    pub so_far: bool,
    /// The figures, each as it was printed.
    pub figures: Box<[(SumFigure, Decimal)]>,
    /// Where it was read.
    pub origin: Origin,
}

/// What a printed figure of a sum is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumFigure {
    /// The planned amounts, in the unit.
    Planned,
    /// The actual amounts, in the unit.
    Actual,
    /// Actual less planned, in the unit.
    Difference,
    /// Actual by planned, in percent.
    RatioOfSums,
    /// The mean of what each amount is of its planned one, in percent.
    MeanOfRatios,
    /// The points or rates, each times its weight.
    Sum,
    /// Their mean by weight.
    Mean,
    /// The most that could be scored.
    Full,
    /// The sum by that, in percent.
    Share,
}

impl SumFigure {
    /// Each with its key in files.
    pub const ALL: [(&str, Self); 9] = [
        ("planned", Self::Planned),
        ("actual", Self::Actual),
        ("difference", Self::Difference),
        ("ratio-of-sums", Self::RatioOfSums),
        ("mean-of-ratios", Self::MeanOfRatios),
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("full", Self::Full),
        ("share", Self::Share),
    ];

    /// The key in files.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(_, of)| *of == self).map_or("", |(key, _)| key)
    }

    /// The figure of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == key).map(|(_, of)| *of)
    }

    /// Whether it is in percent.
    pub fn is_percent(self) -> bool {
        matches!(self, Self::RatioOfSums | Self::MeanOfRatios | Self::Share)
    }
}

/// What is summed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SumBy {
    /// The amounts of indicators of one unit, by year.
    Amounts,
    /// 対目標比 of each indicator, to the target that judges, in percent.
    Rates,
    /// What the grade of each entry is worth, by this scale (by place), each by id or name of a grade.
    Grades(usize, Vec<(Box<str>, Decimal)>),
    /// What the band or verdict of each indicator is worth, each by id of a band or key of a verdict.
    Bands(Vec<(Box<str>, Decimal)>),
}

impl SumBy {
    /// The key in files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Amounts => "amounts",
            Self::Rates => "rates",
            Self::Grades(..) | Self::Bands(_) => "points",
        }
    }

    /// What each grade or band is worth.
    pub fn points(&self) -> &[(Box<str>, Decimal)] {
        match self {
            Self::Grades(_, points) | Self::Bands(points) => points,
            Self::Amounts | Self::Rates => &[],
        }
    }
}

impl DeclaredSum {
    /// How often a part counts.
    pub fn weight(&self, id: &Id) -> Decimal {
        self.weights.iter().find(|(of, _)| of == id).map_or(Decimal::ONE, |(_, weight)| *weight)
    }
}
