//! Amounts summed up over indicators of one unit: planned, actual and forecast, each year by itself and all years so far.
//!
//! The arithmetic is that of `docs/en/reference/figures.md` ("Sums and effects"). Every sum is kept as the readings that go
//! into it and how often each counts, so that what is printed and what is explained are one evaluation.

mod course;
mod declared;
mod total;

use rust_decimal::Decimal;

pub use course::{Counting, Course};
pub use declared::{Declared, Score, Scores, Summed, declared};
pub use total::{Pair, Row, Total, totals_of};

use super::gap::rate::{less, times};
use crate::plan::indicator::{Indicator, Reading};
use crate::plan::period::FiscalYear;
use crate::plan::value::Certainty;

/// What is summed up; each by itself, and never one for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 計画.
    Planned,
    /// 実績.
    Actual,
    /// 見込: what years that are not over are expected to come to, with what came.
    Forecast,
}

impl Side {
    /// In the order of the tables.
    pub const ALL: [Self; 3] = [Self::Planned, Self::Actual, Self::Forecast];

    /// The key that programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Actual => "actual",
            Self::Forecast => "forecast",
        }
    }
}

/// Over what a sum reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// 単年度: the year alone.
    Year,
    /// 累計: that year and all before it.
    SoFar,
}

impl Span {
    /// The key that programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::SoFar => "so-far",
        }
    }
}

/// A reading, and how often it counts in a sum.
#[derive(Debug, Clone, Copy)]
pub struct Term<'p> {
    /// Whose it is.
    pub of: &'p Indicator,
    /// The amount.
    pub reading: &'p Reading,
    /// How often; below zero where it is taken off.
    pub times: i32,
}

/// A part of a sum that nobody stated.
#[derive(Debug, Clone, Copy)]
pub struct Lacking<'p> {
    /// Whose it is.
    pub of: &'p Indicator,
    /// Of which year.
    pub year: FiscalYear,
}

/// Readings that are added up, and the parts that are missing.
#[derive(Debug, Clone, Default)]
pub struct Sum<'p> {
    /// Each reading once.
    pub terms: Vec<Term<'p>>,
    /// What is missing, each part once.
    pub lacking: Vec<Lacking<'p>>,
}

impl<'p> Sum<'p> {
    /// The readings of one indicator, each counted once.
    pub fn once(of: &'p Indicator, readings: impl IntoIterator<Item = &'p Reading>) -> Self {
        let terms = readings.into_iter().map(|reading| Term { of, reading, times: 1 });
        Self { terms: terms.collect(), lacking: Vec::new() }
    }

    /// Nothing but a part that is missing.
    fn lacking(of: &'p Indicator, year: FiscalYear) -> Self {
        Self { terms: Vec::new(), lacking: vec![Lacking { of, year }] }
    }

    /// Adds another sum so many times.
    pub fn add(&mut self, other: &Self, times: i32) {
        for term in &other.terms {
            let term = Term { times: term.times * times, ..*term };
            match self.terms.iter_mut().find(|known| std::ptr::eq(known.reading, term.reading)) {
                Some(known) => known.times += term.times,
                None => self.terms.push(term),
            }
        }
        self.terms.retain(|term| term.times != 0);
        for part in &other.lacking {
            let is_known = |known: &Lacking<'_>| std::ptr::eq(known.of, part.of) && known.year == part.year;
            if !self.lacking.iter().any(is_known) {
                self.lacking.push(*part);
            }
        }
    }

    /// Adds a sum of another indicator.
    fn append(&mut self, other: Self) {
        self.terms.extend(other.terms);
        self.lacking.extend(other.lacking);
    }

    /// Whether it has no part at all.
    pub fn is_nothing(&self) -> bool {
        self.terms.is_empty() && self.lacking.is_empty()
    }

    /// How much the known parts are together; `None` where there is none, or where it is too large.
    pub fn value(&self) -> Option<Decimal> {
        let amount = |term: &Term<'_>| times(term.reading.number()?, term.times.into());
        let add = |sum: Decimal, term: &Term<'_>| less(sum, -amount(term)?);
        let sum = self.terms.iter().try_fold(Decimal::ZERO, add);
        sum.filter(|_| !self.terms.is_empty())
    }

    /// How much, where no part is missing.
    pub fn whole(&self) -> Option<Decimal> {
        self.value().filter(|_| self.lacking.is_empty())
    }

    /// Whether one of the known parts is still 要確認.
    pub fn is_unsure(&self) -> bool {
        self.terms.iter().any(|term| term.reading.origin.certainty == Certainty::Unconfirmed)
    }
}
