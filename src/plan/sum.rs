//! Sums that a plan declares: what is added up, and what each part counts.

use rust_decimal::Decimal;

use super::id::Id;
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
    /// 注.
    pub notes: Box<[Box<str>]>,
    /// Where it was read.
    pub origin: Origin,
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
