//! Workbooks that others made: .xlsx files opened without trust, as cells.
//!
//! Nothing in them is run: a formula is text with the result that its program left, a macro is refused, a link to another
//! file is never followed. Figures stay the decimals that the file has.

mod cell;
pub mod chart;
mod colour;
mod conditions;
pub mod csv;
mod edges;
pub mod edit;
mod format;
mod looks;
mod notes;
pub mod number;
mod package;
mod parts;
mod sheet;
mod styles;
mod width;
pub(crate) mod xml;

use std::collections::{BTreeMap, BTreeSet};

pub use cell::{Cell, Content, Look, Struck};
pub use colour::{Colour, Paint};
pub use conditions::Conditional;
pub use format::{Format, Kind};
pub use package::{DEEPEST, Limits, Package, too_large};
pub use parts::Seen;
pub use width::Widths;

pub use notes::Object;
use notes::{Notes, Shape};

use crate::failure::Failure;
use crate::say;

/// What a workbook holds, as far as a form needs it.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// In the order of the tabs.
    pub sheets: Vec<Sheet>,
    /// Defined names and the cells that they stand for, as written (`'回答'!$E$4`).
    pub names: Vec<(String, String)>,
    /// How cells are set off; the first look is that of an untouched cell.
    pub looks: Vec<Look>,
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// The part of the package that it is in.
    pub part: String,
    /// Whether nobody sees it.
    pub is_hidden: bool,
    /// What is not empty, by row and column, both from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Cells that were made one.
    pub merged: Vec<Area>,
    /// What is noted at cells, by row and column; what is noted need not be at a cell that holds anything.
    pub comments: BTreeMap<(u32, u32), String>,
    /// The words of shapes, by the cell at their upper left corner.
    pub shapes: Vec<Shape>,
    /// What lies over the cells, with words or without, by the cell at its upper left corner.
    pub objects: Vec<((u32, u32), Object)>,
    /// What the charts over the cells show.
    pub charts: Vec<chart::Chart>,
    /// The texts at the head and foot of the printed pages, without what is filled in when it is printed.
    pub edges: Vec<String>,
    /// Rows that are hidden, by a filter or by hand.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are hidden: the first and the last of each run, from 0.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Rows of a group that can be folded away.
    pub grouped_rows: BTreeSet<u32>,
    /// Columns of a group that can be folded away: the first and the last of each run, from 0.
    pub grouped_columns: Vec<(u32, u32)>,
    /// Cells that a conditional format may strike through, hide, or show in another number format.
    pub conditional: Vec<Conditional>,
    /// How wide its columns are.
    pub widths: Widths,
    /// The cells of whose words nobody sees all: letters are of the colour that they stand on, or too small.
    pub half_seen: BTreeMap<(u32, u32), Seen>,
}

/// A rectangle of cells; both corners belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// The first row and column, from 0.
    pub first: (u32, u32),
    /// The last row and column, from 0.
    pub last: (u32, u32),
}

impl Sheet {
    /// Whether a conditional format may show a cell otherwise than its own format does.
    pub fn is_conditional(&self, at: (u32, u32)) -> bool {
        self.conditional.iter().any(|one| one.may_show(at, self.cells.get(&at)))
    }

    /// Whether nobody sees a column: it is hidden, or has no room for a digit.
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
            || self.widths.is_closed(column)
    }
}

impl Area {
    /// Reads an area as a workbook writes it: `A1:B2`, or a single cell.
    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Some(Self { first: place(first)?, last: place(last)? })
    }

    /// Whether a cell belongs to it.
    pub fn contains(&self, (row, column): (u32, u32)) -> bool {
        (self.first.0..=self.last.0).contains(&row) && (self.first.1..=self.last.1).contains(&column)
    }
}

impl Book {
    /// Opens a workbook from its bytes.
    ///
    /// # Errors
    /// When it is none, is locked by a password, holds macros, is damaged, or is larger than a form can be.
    pub fn open(bytes: &[u8]) -> Result<Self, Failure> {
        Self::within(bytes, Limits::default())
    }

    /// Opens a workbook from its bytes, within other limits than the usual ones.
    ///
    /// # Errors
    /// As [`Book::open`].
    pub fn within(bytes: &[u8], limits: Limits) -> Result<Self, Failure> {
        Self::read(&mut Package::open(bytes, limits)?)
    }

    /// Reads the workbook in a package.
    ///
    /// # Errors
    /// When it is damaged, or holds more than the package was opened within.
    pub fn read(package: &mut Package<'_>) -> Result<Self, Failure> {
        let listed = parts::workbook(package)?;
        let styles = styles::styles(package, &listed)?;
        let strings = parts::shared_strings(package, &listed)?;
        let mut room = package.limits;
        let mut sheets = Vec::with_capacity(listed.sheets.len());
        for parts::ListedSheet { name, part, is_hidden } in listed.sheets {
            let text = package.read(&part)?;
            let read = sheet::read(&text, &strings, &styles, &mut room)?;
            let Notes { comments, shapes, charts, objects } = Notes::read(package, &part)?;
            sheets.push(Sheet { name, part, is_hidden, comments, shapes, charts, objects, ..read });
        }
        Ok(Self { sheets, names: listed.names, looks: styles.looks })
    }

    /// Reads a file as others made it: words between separators where its name says so, else a workbook.
    ///
    /// # Errors
    /// When it is neither, or more than it can be.
    pub fn from_file(name: &str, bytes: &[u8]) -> Result<Self, Failure> {
        if csv::is_named(name) { csv::book(bytes) } else { Self::open(bytes) }
    }

    /// The sheet that a person sees first.
    pub fn first_sheet(&self) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| !sheet.is_hidden).or(self.sheets.first())
    }

    /// The sheet of this name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl Sheet {
    /// The cell at a place.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }

    /// The merged area that a cell belongs to.
    pub fn area(&self, row: u32, column: u32) -> Option<&Area> {
        self.merged.iter().find(|area| area.contains((row, column)))
    }

    /// The rows that are not empty, from the top.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// The cells of a row, from the left.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), cell)| (*column, cell))
    }
}

/// A cell's name: B12.
pub fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
        left = (left - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", letters.into_iter().collect::<String>(), row + 1)
}

/// The place that a cell's name means (`B12`, `$B$12`), row and column from 0.
pub fn place(address: &str) -> Option<(u32, u32)> {
    let plain: String = address.chars().filter(|c| *c != '$').collect();
    let letters = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = plain.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let column = letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

fn damaged(part: &str) -> Failure {
    Failure::new(
        say!("ブックが壊れています（{part}）", "the workbook is damaged ({part})"),
        say!("Excel で開いて保存し直したものを渡してください", "open it in Excel, save it again, and give that file"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_excel() {
        for (at, name) in [((0, 0), "A1"), ((11, 1), "B12"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((0, 16383), "XFD1")] {
            assert_eq!(address(at.0, at.1), name);
            assert_eq!(place(name), Some(at));
        }
        assert_eq!(place("$E$4"), Some((3, 4)));
        for text in ["", "4", "E", "E0", "あ1", "ABCD1", "E99999999999"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
