//! What several pages share: fields without those that say nothing, how a figure came about.

use std::collections::HashMap;

use crate::document::{Block, Line, Link, Section, Table};
use crate::lang::{Lang, Say};
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::explain::explain;
use crate::report::Report;
use crate::report::explain::ExplainReport;
use crate::tr;

use super::Sheet;
use super::address::between;
use super::linked::FIGURES;

/// Fields, without those that say nothing.
pub fn known(fields: Vec<(String, Line)>) -> Block {
    Block::Fields(fields.into_iter().filter(|(_, line)| !line.text.trim().is_empty()).collect())
}

/// A table without columns in which nothing stands.
pub fn filled(table: Table) -> Table {
    let (caption, notes) = (table.caption.clone(), table.notes.clone());
    let said = |at: usize| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.text.is_empty()));
    Table { caption, notes, ..table.only(said) }
}

/// A section about one thing, whose facts begin with its id.
pub fn about(subject: &str, topic: &'static str, heading: &str, blocks: Vec<Block>) -> Section {
    Section { topic: Some(topic.into()), subject: Some(subject.into()), ..Section::new(heading, blocks) }
}

/// The part of a page that its figures lead to: where each is a row of data, and how it came about.
pub fn told(sheet: &Sheet<'_>, subject: &str, lines: Vec<Line>) -> Section {
    let heading = sheet.lang.pick("数値のもとと計算の根拠", "Behind the figures, and how they were worked out");
    about(subject, FIGURES, heading, vec![Block::List(lines)]).anchored(FIGURES)
}

/// The links to a row of a page that lists everything, and to the data.
pub fn row_links(sheet: &Sheet<'_>, row: Option<((&str, &str), &str)>) -> Vec<Line> {
    let (lang, pages) = (sheet.lang, sheet.pages);
    let row = row.map(|((words, page), id)| {
        let href = format!("{}#row-{id}", between(pages.page, &pages.home.path(page)));
        Line::from(words).linked(Link::Address(href.into()))
    });
    let data = Line::from(lang.pick("データ（CSV、JSON、Excel）", "The data (CSV, JSON, Excel)"))
        .linked(pages.to(&pages.home.path("data.html")));
    row.into_iter().chain([data]).collect()
}

/// How the figures of an entry, an indicator or the plan came about: every formula with its numbers. Files are the office's own.
pub fn calculation(sheet: &Sheet<'_>, subject: Option<Subject>, depth: usize) -> Vec<Section> {
    let sections = worked_out(sheet.plan(), subject, sheet.published.summary().as_of(), sheet.lang);
    let told = |section| Section { depth, topic: Some("calculations".into()), ..short(section, sheet) };
    sections.map(told).collect()
}

/// The same of any plan.
pub fn worked_out(
    plan: &Plan,
    subject: Option<Subject>,
    as_of: AsOf,
    lang: Lang,
) -> impl Iterator<Item = Section> + use<> {
    let report = ExplainReport {
        plan,
        as_of,
        subject,
        fact: None,
        explanation: explain(plan, subject, as_of, 0, 0),
        places: HashMap::new(),
        without_git: Some(Say::default()),
        lang,
    };
    report.document(lang).sections.into_iter().map(without_places)
}

/// How many entries are listed that were counted: more stand in the table of all entries alone.
const MOST_LISTED: usize = 200;

/// A section without tables that are too long to be read on a page.
fn short(mut section: Section, sheet: &Sheet<'_>) -> Section {
    let (lang, pages) = (sheet.lang, sheet.pages);
    for block in &mut section.blocks {
        let Block::Table(table) = block else { continue };
        let count = table.rows.len();
        if MOST_LISTED < count {
            let words = tr!(lang, "{count}件（進捗状況の表）", "{count} (see the table of all entries)");
            *block = Block::Text(Line::from(words).linked(pages.to(&pages.home.path("entries.html"))));
        }
    }
    section
}

/// A section without the column that says where in the files a number stands, nor one in which nothing does.
fn without_places(mut section: Section) -> Section {
    for block in &mut section.blocks {
        let Block::Table(table) = block else { continue };
        *table = filled(std::mem::take(table).without("written_in"));
    }
    section
}

/// Words that stand where there is nothing.
pub fn nothing(lang: Lang, ja: &str, en: &str) -> Block {
    Block::Text(lang.pick(ja, en).into())
}
