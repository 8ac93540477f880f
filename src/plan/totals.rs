//! Totals as a paper printed them: of the whole plan and, where the paper has a full table, row by row. They are kept as
//! printed, even where they contradict themselves.

use rust_decimal::Decimal;

use super::id::Id;
use super::period::Period;
use super::scale::{Composite, ScaleVersion};
use super::source::Origin;
use super::{Denominator, Plan};

/// A table that a paper printed.
#[derive(Debug, Clone)]
pub struct Published {
    /// What it is a table of.
    pub place: Place,
    /// As of the end of this period.
    pub period: Period,
    /// The line of the whole.
    pub whole: PrintedCounts,
    /// The lines beneath it, in the order of the paper.
    pub rows: Vec<PrintedRow>,
    /// 注.
    pub notes: Box<[Box<str>]>,
}

/// What a table is of. Tables of one place and of several periods are compared with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The scale, by place.
    pub scale: usize,
    /// Who rated, by place.
    pub evaluator: usize,
    /// The level whose entries are counted (0 = top).
    pub level: usize,
    /// By what the lines are grouped (基本方針別); `None` where the paper does not say.
    pub group: Option<Box<str>>,
}

/// A line of a table.
#[derive(Debug, Clone)]
pub struct PrintedRow {
    /// What the paper calls it; empty where it is called like its entry.
    pub name: Box<str>,
    /// The entry that it is about, by id.
    pub under: Option<Id>,
    /// Its counts.
    pub counted: PrintedCounts,
}

/// The counts of a line, as printed.
#[derive(Debug, Clone)]
pub struct PrintedCounts {
    /// How many entries had each grade of the scale's version at the period, by the grade's place; `None` for a grade that
    /// the paper leaves out, unless those that it has give its total: then there was none.
    pub counts: Vec<Option<u64>>,
    /// How many nobody had rated; `None` where the paper does not say.
    pub unreported: Option<u64>,
    /// How many had one of several grades, by the place of the composite; `None` where the paper does not print the sum.
    pub sums: Vec<Option<u64>>,
    /// The printed total. It is kept as printed where the counts do not give it.
    pub total: u64,
    /// Percentages as printed, by the grade's place; `None` where the paper has none.
    pub shares: Vec<Option<Decimal>>,
    /// Percentages of sums of grades as printed, by the place of the composite.
    pub sum_shares: Vec<Option<Decimal>>,
    /// Where it was read.
    pub origin: Origin,
}

/// What a printed line has a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedPart {
    /// A grade, by place.
    Grade(usize),
    /// 未報告.
    Unreported,
    /// A sum of grades, by place.
    Sum(usize),
    /// All.
    Total,
}

impl PrintedPart {
    /// What it is called; `None` for what no scale names.
    pub fn name(self, version: &ScaleVersion) -> Option<&str> {
        match self {
            Self::Grade(at) => version.grades.get(at).map(|grade| &*grade.name),
            Self::Sum(at) => version.composites.get(at).map(|sum| &*sum.name),
            Self::Unreported | Self::Total => None,
        }
    }
}

impl Place {
    /// Whether both count the same, however it is grouped.
    pub fn is_of_same(&self, other: &Self) -> bool {
        (self.scale, self.evaluator, self.level) == (other.scale, other.evaluator, other.level)
    }
}

impl Published {
    /// The line that another table, of another period, has of the same thing.
    pub fn row_like(&self, row: &PrintedRow) -> Option<&PrintedRow> {
        self.rows.iter().find(|other| (&other.name, &other.under) == (&row.name, &row.under))
    }

    /// What the lines have of a part together; `None` where there are no lines or one of them leaves it out.
    pub fn rows_of(&self, part: PrintedPart) -> Option<u64> {
        let all: Option<u64> = self.rows.iter().map(|row| row.counted.part(part)).sum();
        all.filter(|_| !self.rows.is_empty())
    }

    /// What the totals of the lines add up to; `None` where there are none.
    pub fn rows_total(&self) -> Option<u64> {
        (!self.rows.is_empty()).then(|| self.rows.iter().map(|row| row.counted.total).sum())
    }

    /// Where the rows do not add up to the whole: of what, the whole, and the sum of the rows. What the whole or a row leaves
    /// out cannot be compared.
    pub fn rows_apart(&self) -> Vec<(PrintedPart, u64, u64)> {
        let parts = self.whole.parts().chain([PrintedPart::Total]);
        let parts = parts.filter_map(|part| Some((part, self.whole.part(part)?, self.rows_of(part)?)));
        parts.filter(|(_, whole, rows)| whole != rows).collect()
    }
}

impl PrintedRow {
    /// The entry that it is about, by place.
    pub fn entry(&self, plan: &Plan) -> Option<usize> {
        plan.index.get(self.under.as_ref()?)?.entry()
    }

    /// What it is called.
    pub fn title<'p>(&'p self, plan: &'p Plan) -> &'p str {
        let of_entry = || self.entry(plan).map_or("", |place| &*plan.entries[place].name);
        if self.name.is_empty() { of_entry() } else { &self.name }
    }
}

impl PrintedCounts {
    /// Each grade, what is unreported, and each sum of grades.
    pub fn parts(&self) -> impl Iterator<Item = PrintedPart> + use<> {
        let grades = (0..self.counts.len()).map(PrintedPart::Grade);
        grades.chain([PrintedPart::Unreported]).chain((0..self.sums.len()).map(PrintedPart::Sum))
    }

    /// What is printed of a part; `None` where it is left out.
    pub fn part(&self, part: PrintedPart) -> Option<u64> {
        match part {
            PrintedPart::Grade(at) => self.counts.get(at).copied().flatten(),
            PrintedPart::Unreported => self.unreported,
            PrintedPart::Sum(at) => self.sums.get(at).copied().flatten(),
            PrintedPart::Total => Some(self.total),
        }
    }

    /// The percentage as printed.
    pub fn share(&self, part: PrintedPart) -> Option<Decimal> {
        match part {
            PrintedPart::Grade(at) => self.shares.get(at).copied().flatten(),
            PrintedPart::Sum(at) => self.sum_shares.get(at).copied().flatten(),
            PrintedPart::Unreported | PrintedPart::Total => None,
        }
    }

    /// What the counts add up to, with what is unreported; `None` where the paper has no counts.
    pub fn sum(&self) -> Option<u64> {
        let printed = self.counts.iter().chain([&self.unreported]).flatten();
        self.counts.iter().any(Option::is_some).then(|| printed.sum())
    }

    /// How many nobody had rated: as printed, and none where the grades give the total.
    pub fn unreported(&self) -> Option<u64> {
        self.unreported.or_else(|| (self.sum() == Some(self.total)).then_some(0))
    }

    /// What percentages are of: what is rated and, where a plan takes them so, what is unreported.
    pub fn base(&self, version: &ScaleVersion, denominator: Denominator) -> Option<u64> {
        match denominator {
            Denominator::Rated => self.rated(version),
            Denominator::Due => Some(self.rated(version)? + self.unreported()?),
        }
    }

    /// Where a printed sum is another than its grades give: which, as printed, as they give it.
    pub fn sums_apart(&self, version: &ScaleVersion) -> Vec<(usize, u64, u64)> {
        let sums = version.composites.iter().zip(&self.sums).enumerate();
        let sums = sums.filter_map(|(at, (composite, printed))| Some((at, (*printed)?, self.added(composite)?)));
        sums.filter(|(_, printed, added)| printed != added).collect()
    }

    /// By how much the printed total is more (or, below zero, less) than the counts; zero where there are none.
    pub fn difference(&self) -> Decimal {
        self.sum().map_or(Decimal::ZERO, |sum| Decimal::from(self.total) - Decimal::from(sum))
    }

    /// The denominator of its percentages: what those grades that count have together; `None` where one is left out.
    pub fn rated(&self, version: &ScaleVersion) -> Option<u64> {
        self.counted(version, true)
    }

    /// How many have a grade that does not count; `None` where one is left out.
    pub fn excluded(&self, version: &ScaleVersion) -> Option<u64> {
        self.counted(version, false)
    }

    /// How many have one of the grades of a composite, by its place: as printed, else what its grades give; `None` where one
    /// of them is left out.
    pub fn sum_of(&self, version: &ScaleVersion, at: usize) -> Option<u64> {
        self.part(PrintedPart::Sum(at)).or_else(|| self.added(version.composites.get(at)?))
    }

    /// What the grades of a composite add up to; `None` where one is left out.
    pub fn added(&self, composite: &Composite) -> Option<u64> {
        composite.grades.iter().map(|grade| self.counts[*grade]).sum()
    }

    fn counted(&self, version: &ScaleVersion, counts: bool) -> Option<u64> {
        let of = version.grades.iter().zip(&self.counts).filter(|(grade, _)| grade.counts == counts);
        of.map(|(_, count)| *count).sum()
    }
}
