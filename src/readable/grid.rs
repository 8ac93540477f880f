//! A sheet or CSV file as cells, before anything is known of them.

use std::collections::BTreeMap;

use crate::workbook::Area;

/// How many merged areas are asked whether they cover a cell: a sheet of more has no table in any case.
const MERGES: usize = 500;

/// The cells of a sheet or of a CSV file, and what stands around them.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The name of the sheet; `None` of CSV.
    pub sheet: Option<String>,
    /// What is not empty, by row and column, both from 0.
    pub cells: BTreeMap<(u32, u32), Datum>,
    /// Cells that were made one.
    pub merged: Vec<Area>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datum {
    /// The words or digits, as the file has them.
    pub text: String,
    /// Of a workbook, whether it is a number, a day or words; `None` of CSV, where everything is words.
    pub stored: Option<Stored>,
    /// How it is set off, by the looks of the workbook.
    pub look: u16,
}

/// What a workbook stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A number.
    Number,
    /// A day, shown in whatever calendar.
    Day,
    /// Words, TRUE or FALSE.
    Words,
    /// #REF! and its kind.
    Error,
}

impl Grid {
    /// The cell at a place.
    pub fn at(&self, row: u32, column: u32) -> Option<&Datum> {
        self.cells.get(&(row, column))
    }

    /// What stands at a place; empty where nothing does.
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.at(row, column).map_or("", |datum| &datum.text)
    }

    /// The cells of a row.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Datum)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), datum)| (*column, datum))
    }

    /// The rows that are not empty, from the top.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// Whether a place lies in a merged area, and is not its upper left corner: what is seen there stands elsewhere.
    pub fn is_covered(&self, at: (u32, u32)) -> bool {
        self.merged.iter().take(MERGES).any(|area| area.contains(at) && area.first != at)
    }
}
