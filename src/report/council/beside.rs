//! 評価の対比: what several scales, or several evaluators, say of the same entries, side by side.

use crate::document::{Block, Table};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::paper::PaperSection;
use crate::query::status::{By, Question, Status, status};
use crate::report::status::{StatusReport, View, beside};

use super::PaperPage;

/// The counts, then the entries.
pub fn blocks(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let mut statuses = statuses(page.plan(), page.summary.status.question, section).into_iter();
    let Some(first) = statuses.next() else { return Vec::new() };
    let by = section.by.as_deref().map(By::named);
    let report = StatusReport { beside: statuses.collect(), by, ..StatusReport::new(first, View::default()) };
    let group = section.by.as_ref().map(|by| by.replace('.', "-"));
    let mut tables = beside::tables(&report, page.lang).into_iter();
    let counts = match tables.next() {
        Some(wide) if wide.columns.len() > MOST => one_by_one(&report, page.lang),
        fits => fits.into_iter().collect(),
    };
    let counts = counts.into_iter().map(|table| about(table, group.as_deref()));
    counts.chain(tables.map(|table| about(table, None))).map(Block::Table).collect()
}

/// Counts of more columns than this are no table that a page has room for.
const MOST: usize = 12;

/// The counts, a table for each that would stand beside the others.
fn one_by_one(report: &StatusReport<'_>, lang: Lang) -> Vec<Table> {
    let counts = |status: &Status<'_>| {
        let alone = StatusReport { by: report.by, ..StatusReport::new(status.clone(), View::default()) };
        let table = beside::tables(&alone, lang).into_iter().next()?;
        Some(Table { caption: Some(beside::name(report, status, lang).into()), ..table })
    };
    beside::all(report).filter_map(counts).collect()
}

/// The table with its lines named for facts.
fn about(table: Table, group: Option<&str>) -> Table {
    let subjects: Vec<_> = (0..table.rows.len()).map(|at| Some(subject(&table, at, group))).collect();
    table.about(subjects)
}

/// What stands side by side; nothing where the entries are not known.
pub fn statuses<'p>(plan: &'p Plan, question: Question, section: &PaperSection) -> Vec<Status<'p>> {
    if plan.entries.is_empty() {
        return Vec::new();
    }
    let all = (0..plan.scales.len()).flat_map(|scale| (0..plan.evaluators.len()).map(move |by| (scale, by)));
    let pairs = if section.beside.is_empty() { all.collect() } else { section.beside.clone() };
    let of = |(scale, evaluator)| status(plan, Question { scale, evaluator, ..question });
    pairs.into_iter().map(of).collect()
}

/// What facts call a line: an entry by its number, the whole, a group by its place.
fn subject(table: &Table, at: usize, group: Option<&str>) -> String {
    match (group, &*table.rows[at].cells[0].text) {
        (Some(by), _) if at == 0 => format!("group-{by}-total"),
        (Some(by), _) => format!("group-{by}-{at}"),
        (None, "") => "total".to_owned(),
        (None, id) => id.to_owned(),
    }
}
