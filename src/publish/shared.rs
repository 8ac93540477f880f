//! What several pages share: fields without those that say nothing, how a figure came about.

use std::collections::HashMap;

use crate::document::{Block, Line, Section, Table};
use crate::lang::{Lang, Say};
use crate::plan::Subject;
use crate::query::explain::explain;
use crate::report::Report;
use crate::report::explain::ExplainReport;

use super::Sheet;

/// Fields, without those that say nothing.
pub fn known(fields: Vec<(String, Line)>) -> Block {
    Block::Fields(fields.into_iter().filter(|(_, line)| !line.text.trim().is_empty()).collect())
}

/// A table without columns in which nothing stands.
pub fn filled(table: Table) -> Table {
    table.only(|at| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.text.is_empty())))
}

/// A section about one thing, whose facts begin with its id.
pub fn about(subject: &str, topic: &'static str, heading: &str, blocks: Vec<Block>) -> Section {
    Section { topic: Some(topic.into()), subject: Some(subject.into()), ..Section::new(heading, blocks) }
}

/// How the figures of an entry, an indicator or the plan came about: every formula with its numbers. Files are the office's own.
pub fn calculation(sheet: &Sheet<'_>, subject: Option<Subject>, depth: usize) -> Vec<Section> {
    let (plan, as_of) = (sheet.plan(), sheet.published.summary().as_of());
    let report = ExplainReport {
        plan,
        as_of,
        subject,
        fact: None,
        explanation: explain(plan, subject, as_of, 0, 0),
        places: HashMap::new(),
        without_git: Some(Say::default()),
        lang: sheet.lang,
    };
    let sections = report.document(sheet.lang).sections.into_iter();
    sections.map(|section| Section { depth, topic: Some("calculations".into()), ..without_places(section) }).collect()
}

/// A section without the column that says where in the files a number stands.
fn without_places(mut section: Section) -> Section {
    for block in &mut section.blocks {
        let Block::Table(table) = block else { continue };
        *table = std::mem::take(table).without("written_in");
    }
    section
}

/// Words that stand where there is nothing.
pub fn nothing(lang: Lang, ja: &str, en: &str) -> Block {
    Block::Text(lang.pick(ja, en).into())
}
