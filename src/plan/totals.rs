//! Totals as a paper printed them: of the whole plan and, where the paper has a full table, row by row. They are kept as
//! printed, even where they contradict themselves.

use rust_decimal::Decimal;

use super::Plan;
use super::id::Id;
use super::period::Period;
use super::scale::{Composite, ScaleVersion};
use super::source::Origin;

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
    /// The printed total. It is kept as printed where the counts do not give it.
    pub total: u64,
    /// Percentages as printed, by the grade's place; `None` where the paper has none.
    pub shares: Vec<Option<Decimal>>,
    /// Where it was read.
    pub origin: Origin,
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

    /// What the lines have of a grade together; `None` where there are no lines or one of them leaves it out.
    pub fn rows_of(&self, grade: usize) -> Option<u64> {
        let all: Option<u64> = self.rows.iter().map(|row| row.counted.counts[grade]).sum();
        all.filter(|_| !self.rows.is_empty())
    }

    /// What the totals of the lines add up to; `None` where there are none.
    pub fn rows_total(&self) -> Option<u64> {
        (!self.rows.is_empty()).then(|| self.rows.iter().map(|row| row.counted.total).sum())
    }

    /// Where the rows do not add up to the whole: of which grade (`None`: of the total), the whole, and the sum of the rows.
    /// What the whole or a row leaves out cannot be compared.
    pub fn rows_apart(&self) -> Vec<(Option<usize>, u64, u64)> {
        let grades = self.whole.counts.iter().enumerate();
        let grades = grades.filter_map(|(grade, whole)| Some((Some(grade), (*whole)?, self.rows_of(grade)?)));
        let total = self.rows_total().map(|rows| (None, self.whole.total, rows));
        grades.chain(total).filter(|(_, whole, rows)| whole != rows).collect()
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
    /// What the counts add up to; `None` where the paper has no counts.
    pub fn sum(&self) -> Option<u64> {
        let printed = self.counts.iter().flatten();
        self.counts.iter().any(Option::is_some).then(|| printed.sum())
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

    /// How many have one of the grades of a composite; `None` where one is left out.
    pub fn sum_of(&self, composite: &Composite) -> Option<u64> {
        composite.grades.iter().map(|grade| self.counts[*grade]).sum()
    }

    fn counted(&self, version: &ScaleVersion, counts: bool) -> Option<u64> {
        let of = version.grades.iter().zip(&self.counts).filter(|(grade, _)| grade.counts == counts);
        of.map(|(_, count)| *count).sum()
    }
}
