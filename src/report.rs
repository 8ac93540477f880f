//! Answers laid out: as a [`Document`] for people, as one [`Table`] for spreadsheets, as JSON for programs.

pub mod chart;
pub mod check;
pub mod document;
pub mod explain;
mod heading;
mod json;
pub mod kpi;
pub mod log;
pub mod plans;
pub mod show;
pub mod status;
pub mod words;

use crate::lang::Lang;
use crate::plan::Plan;
use document::{Cell, Column, Document, Table};

/// An answer that can be written in every format.
pub trait Report {
    /// For people: terminal, Markdown.
    fn document(&self, lang: Lang) -> Document;

    /// For spreadsheets: one value a cell.
    fn table(&self, lang: Lang) -> Table;

    /// The plan whose figures these are, where it is one.
    fn of(&self) -> Option<&Plan> {
        None
    }

    /// The table as it is handed out. It has no head that could say that the city is made up, so every row does.
    fn sheet(&self, lang: Lang) -> Table {
        let mut table = self.table(lang);
        if let Some(caution) = self.of().and_then(|plan| heading::fictional(plan, lang)) {
            for row in &mut table.rows {
                row.cells.resize_with(table.columns.len(), Cell::default);
                row.cells.push(Cell::text(&caution));
            }
            table.columns.push(Column::left(lang.pick("注意", "Caution")));
        }
        table
    }

    /// For programs: stable keys, exact numbers, `null` for absent.
    fn json(&self) -> serde_json::Value;
}
