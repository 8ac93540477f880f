//! Where something stands in what came back, and what becomes of it.

use crate::lang::Say;
use crate::say;
use crate::text::safe::one_line;
use crate::workbook::{Cell, Sheet, Struck, address};

/// What becomes of an answer, a row or words beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// As it was sent, or as it is recorded already.
    Unchanged,
    /// A new answer, ready to be recorded.
    Changed,
    /// The record moved since it was sent, or two replies differ.
    Conflict,
    /// What was written cannot be read with certainty.
    Invalid,
    /// There is no answer.
    Missing,
    /// What no question asks for, for the reason that is given.
    LeftOut,
    /// What can be read, but is unlikely: to be confirmed.
    Unlikely,
}

/// Words where no answer is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Where.
    pub spot: Spot,
    /// The words, struck through or not.
    pub words: String,
    /// Whether any of them is struck through.
    pub struck: bool,
}

/// Where something stands: file, sheet, cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file, as it was named.
    pub file: String,
    /// The sheet, where the file has such.
    pub sheet: Option<String>,
    /// The cell, or the line.
    pub cell: String,
}

/// Something in a reply that belongs to no question.
#[derive(Debug, Clone)]
pub struct Stray {
    /// Where.
    pub spot: Spot,
    /// Whether it is invalid or left out.
    pub class: Class,
    /// Why.
    pub reason: Say,
}

impl Class {
    /// Whether it needs a person.
    pub fn is_troubled(self) -> bool {
        matches!(self, Self::Conflict | Self::Invalid | Self::Unlikely)
    }
}

impl Spot {
    /// The place of a cell, by row and column from 0.
    pub fn new(file: &str, sheet: &Sheet, (row, column): (u32, u32)) -> Self {
        Self { file: file.to_owned(), sheet: Some(sheet.name.clone()), cell: address(row, column) }
    }

    /// The place within its file.
    pub fn named(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{sheet}!{}", self.cell),
            None => self.cell.clone(),
        }
    }
}

/// The letters of a column, from 0: A, B … AA.
pub fn column_letters(column: u32) -> String {
    address(0, column).trim_end_matches('1').to_owned()
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.file, self.named())
    }
}

impl Aside {
    /// The words of a cell where no answer is asked for.
    pub fn new(file: &str, sheet: &Sheet, at: (u32, u32), cell: &Cell) -> Self {
        let struck = cell.struck != Struck::Nothing;
        Self { spot: Spot::new(file, sheet, at), words: cell.named(), struck }
    }

    /// The words and where they stand, for a reading.
    pub fn say(&self) -> Say {
        let (cell, words) = (&self.spot.cell, one_line(&self.words));
        if self.struck {
            return say!("{cell} の「{words}」に取消線があります", "in {cell} `{words}` is struck through");
        }
        say!("{cell} に「{words}」とあります", "{cell} says `{words}`")
    }
}
