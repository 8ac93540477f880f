//! Answers laid out: as a [`Document`] for people, as one [`Table`] for spreadsheets, as JSON for programs.

pub mod check;
pub mod document;
mod heading;
mod json;
pub mod kpi;
pub mod log;
pub mod plans;
pub mod show;
pub mod status;
pub mod words;

use crate::lang::Lang;
use document::{Document, Table};

/// An answer that can be written in every format.
pub trait Report {
    /// For people: terminal, Markdown.
    fn document(&self, lang: Lang) -> Document;

    /// For spreadsheets: one value a cell.
    fn table(&self, lang: Lang) -> Table;

    /// For programs: stable keys, exact numbers, `null` for absent.
    fn json(&self) -> serde_json::Value;
}
