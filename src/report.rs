//! Answers laid out: as a [`Document`] for people, as one [`Table`] for spreadsheets, as JSON for programs.

pub mod blame;
pub mod calendar;
pub mod chart;
pub mod check;
pub mod council;
pub mod desk;
pub mod diff;
pub mod due;
pub mod errata;
pub mod explain;
pub mod export;
pub mod handover;
mod heading;
pub mod history;
pub mod import;
pub mod inquiry;
pub mod json;
pub mod kpi;
pub mod log;
pub mod named;
pub mod opinion;
pub mod plans;
pub mod questions;
pub mod readable;
pub mod record;
pub mod renumbered;
pub mod roadmap;
pub mod rollover;
pub mod show;
pub mod status;
pub mod verify;
mod western;

pub use heading::fictional;

use crate::document::calendar::Dates;
use crate::document::{Cell, Column, Document, Table, Type};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::text::terms;

/// An answer that can be written in every format.
pub trait Report {
    /// For people: terminal, Markdown.
    fn document(&self, lang: Lang) -> Document;

    /// For spreadsheets: one value a cell.
    fn table(&self, lang: Lang) -> Table;

    /// The plan whose figures these are, where it is one.
    fn reported_plan(&self) -> Option<&Plan> {
        None
    }

    /// The table as it is handed out. It has no head that could say that the city is made up, or which revision this was
    /// read from, so every row does.
    fn sheet(&self, lang: Lang) -> Table {
        let mut table = self.table(lang);
        let notices = self.reported_plan().map(|plan| (heading::revision(plan, lang), heading::fictional(plan, lang)));
        let (revision, caution) = notices.unwrap_or_default();
        add_column(&mut table, Column::new("plan_revision", terms::REVISION.title(lang), Type::Id), revision);
        add_column(&mut table, Column::new("plan_caution", lang.pick("注意", "Caution"), Type::Text), caution);
        table
    }

    /// What the ids of its facts begin with and which period they name, where it is handed out as a paper.
    fn facts_of(&self) -> Option<(&'static str, Period)> {
        None
    }

    /// The document as a paper: its facts have their ids.
    fn paper(&self, lang: Lang) -> Document {
        let mut document = self.document(lang);
        if let Some((topic, period)) = self.facts_of() {
            document.name_facts(topic, &period.short());
        }
        document
    }

    /// The table for Excel: Western years stand beside Japanese ones.
    fn data(&self, lang: Lang) -> Table {
        western::beside(self.sheet(lang), lang)
    }

    /// The dates that it has for the calendars of others, where it has any.
    fn dates(&self, _: Lang) -> Option<Dates> {
        None
    }

    /// For programs: stable keys, exact numbers, `null` for absent.
    fn json(&self) -> serde_json::Value;
}

/// Adds a column whose cells all say the same, where there is something to say.
fn add_column(table: &mut Table, column: Column, words: Option<String>) {
    let Some(words) = words else { return };
    for row in &mut table.rows {
        row.cells.resize_with(table.columns.len(), Cell::default);
        row.cells.push(Cell::text(&words));
    }
    table.columns.push(column);
}
