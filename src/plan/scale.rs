//! Scales of ratings (進捗区分), their grades, and the versions a scale goes through.

use super::id::Id;
use super::period::{FiscalYear, Period};
use super::source::Origin;
use crate::text::same::{Spelling, spellings};

/// A scale: one question asked of every entry (進捗状況, 達成度), in one or more versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The key in `rating = { KEY = … }`.
    pub id: Id,
    /// In order of time; their years do not overlap.
    pub versions: Vec<ScaleVersion>,
}

/// The grades that a scale has in certain years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleVersion {
    /// What the scale is called.
    pub name: Box<str>,
    /// The first fiscal year it is in force; `None` from the beginning.
    pub from: Option<FiscalYear>,
    /// The last fiscal year it is in force; `None` without end.
    pub to: Option<FiscalYear>,
    /// Whether its grades stand from best to worst; of others no move is for the better or the worse.
    pub ordered: bool,
    /// From best to worst, where they are ordered.
    pub grades: Vec<Grade>,
    /// Sums of grades that are printed beside them (A+B).
    pub composites: Vec<Composite>,
}

/// One grade of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The key in records.
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
    /// Whether it stands in the denominator of percentages (評価対象外 does not).
    pub counts: bool,
    /// Whether an entry with this grade needs attention.
    pub attention: bool,
    /// Where it was read.
    pub origin: Origin,
}

/// A sum of grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composite {
    /// The key in outputs.
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
    /// Places of its grades in the version.
    pub grades: Vec<usize>,
}

/// Who rates (所管評価, 委員会評価).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluator {
    /// The key in records.
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
    /// The evaluators whose ratings it takes, by place: of those who rated, the first. None where it rates itself.
    pub first_of: Box<[usize]>,
}

/// A grade that was given: which scale, which version, which grade, each by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The scale's place in the plan.
    pub scale: u8,
    /// The version's place in the scale.
    pub version: u8,
    /// The grade's place in the version.
    pub grade: u8,
}

impl Evaluator {
    /// Whether it takes the ratings of another.
    pub fn takes(&self, evaluator: usize) -> bool {
        self.first_of.contains(&evaluator)
    }

    /// The place of the evaluator with this id or name, however the name is spelled.
    pub fn position(evaluators: &[Self], text: &str) -> Option<usize> {
        let named = |spelling: Spelling<'_>| evaluators.iter().position(|one| spelling.is(&one.name));
        evaluators.iter().position(|one| one.id.as_str() == text).or_else(|| spellings(text).find_map(named))
    }
}

impl Scale {
    /// The place of the scale with this id or name, however the name is spelled.
    pub fn position(scales: &[Self], text: &str) -> Option<usize> {
        let is = |scale: &Self, spelling: &Spelling<'_>| scale.versions.iter().any(|v| spelling.is(&v.name));
        let named = |spelling: Spelling<'_>| scales.iter().position(|scale| is(scale, &spelling));
        scales.iter().position(|scale| scale.id.as_str() == text).or_else(|| spellings(text).find_map(named))
    }

    /// The version in force at the end of `period`, with its place.
    pub fn version_at(&self, period: Period) -> Option<(usize, &ScaleVersion)> {
        let year = period.fiscal_year();
        self.versions
            .iter()
            .enumerate()
            .find(|(_, v)| v.from.is_none_or(|from| from <= year) && v.to.is_none_or(|to| year <= to))
    }

    /// The version to print at `period`: the one in force, or the nearest where none is.
    pub fn version_near(&self, period: Period) -> (usize, &ScaleVersion) {
        self.version_at(period).unwrap_or_else(|| {
            let year = period.fiscal_year();
            let past = self.versions.iter().rposition(|v| v.to.is_some_and(|to| to < year)).unwrap_or(0);
            (past, &self.versions[past])
        })
    }
}

impl ScaleVersion {
    /// Whether a sum of grades has a share of what was rated: each of its grades stands in the denominator.
    pub fn sum_counts(&self, composite: &Composite) -> bool {
        composite.grades.iter().all(|grade| self.grades[*grade].counts)
    }

    /// Whether an entry can be found to need attention at all: some grade says so.
    pub fn asks_attention(&self) -> bool {
        self.grades.iter().any(|grade| grade.attention)
    }

    /// Whether counts of the two can be compared: the same grades, of the same meaning, in the same order.
    pub fn is_as(&self, other: &Self) -> bool {
        let kept = |(a, b): (&Grade, &Grade)| a.id == b.id && a.counts == b.counts;
        self.grades.len() == other.grades.len() && self.grades.iter().zip(&other.grades).all(kept)
    }

    /// The grade with this id or name, however the name is spelled, with its place. Of a name that is several words
    /// (一部変更・遅れ) one word will do, where no other grade has it.
    pub fn grade(&self, text: &str) -> Option<(usize, &Grade)> {
        let grades = || self.grades.iter().enumerate();
        let named = |spelling: Spelling<'_>| grades().find(|(_, grade)| spelling.is(&grade.name));
        let worded = |spelling: Spelling<'_>| {
            let has = |grade: &Grade| grade.name.split(['・', '、', '／', '/']).any(|word| spelling.is(word));
            let mut having = grades().filter(|(_, grade)| has(grade));
            having.next().filter(|_| having.next().is_none())
        };
        let by_id = grades().find(|(_, grade)| grade.id.as_str() == text);
        by_id.or_else(|| spellings(text).find_map(named)).or_else(|| spellings(text).find_map(worded))
    }
}
