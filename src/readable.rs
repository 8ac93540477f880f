//! 機械可読性: files of anybody held against the 30 rules of 「行政データにおける機械可読性に関するルール」 (令和8年3月31日). Each
//! breach says which rule, where, and what to do.
//!
//! A file is read as a person sees it (what is a table in it, what its columns hold), and only what is sure is called broken:
//! whether a colour means something nobody but its author knows, but that it is there, and that a program does not see it, is
//! sure.

mod area;
mod beside;
mod cells;
mod column;
mod csv;
mod day;
mod file;
mod grid;
mod layout;
mod metadata;
mod numbers;
mod rows;
mod rule;
mod shape;
mod sheet;
mod time;
mod value;
mod words;

pub use beside::Beside;
pub use file::{Checked, check, same_layout};
pub use rule::{HoldsFor, Level, Rule};

use std::collections::BTreeSet;

use crate::lang::Say;

/// One rule that is broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The sheet; `None` of CSV and of the file as a whole.
    pub sheet: Option<String>,
    /// The rows, from 1; none where no rows are meant.
    pub rows: BTreeSet<u32>,
    /// The column, from 0, and its heading; `None` where no column is meant.
    pub column: Option<(u32, String)>,
    /// What is wrong.
    pub what: Say,
    /// What to do.
    pub help: Say,
}

impl Breach {
    /// Of a file or sheet as a whole.
    fn whole(rule: Rule, what: Say, help: Say) -> Self {
        Self { rule, sheet: None, rows: BTreeSet::new(), column: None, what, help }
    }

    /// The same in these rows, from 0.
    fn in_rows(mut self, rows: impl IntoIterator<Item = u32>) -> Self {
        self.rows.extend(rows.into_iter().map(|row| row + 1));
        self
    }

    /// The same in a column, from 0.
    fn in_column(self, column: u32, heading: &str) -> Self {
        Self { column: Some((column, heading.to_owned())), ..self }
    }
}

/// A text by which words are looked for: half-width Latin letters, small; kana as they are.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(narrow).collect::<String>().to_lowercase()
}

/// Numbers in their runs: 2, 5–9.
pub fn runs(numbers: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    runs
}
