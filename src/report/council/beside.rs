//! 評価の対比: what several scales, or several evaluators, say of the same entries, side by side.

use std::borrow::Cow;

use crate::document::{Block, Table};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::paper::PaperSection;
use crate::query::status::{By, Question, Status, status};
use crate::report::status::beside::{self, Level};
use crate::report::status::{StatusReport, View};
use crate::tr;

use super::PaperPage;

/// The counts of each level, then the entries.
pub fn blocks(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let mut statuses = statuses(page.plan(), page.summary.status.question, section).into_iter();
    let Some(first) = statuses.next() else { return Vec::new() };
    let by = section.by.as_deref().map(By::named);
    let report = StatusReport { beside: statuses.collect(), by, ..StatusReport::new(first, View::default()) };
    let group = section.by.as_ref().map(|by| by.replace('.', "-"));
    let levels = beside::by_level(&report);
    let counts = levels.iter().flat_map(|level| {
        let tables = counts(&report, level, levels.len() > 1, page.lang).into_iter();
        tables.map(|table| about(table, |of| page.subject(&level[0], &of), group.as_deref())).collect::<Vec<_>>()
    });
    let entries = beside::entries(&report, page.lang).map(|table| about(table, |of| of, None));
    counts.chain(entries).map(Block::Table).collect()
}

/// Counts of more columns than this are no table that a page has room for.
const MOST: usize = 12;

/// The counts of a level: one table, or one for each that would stand beside the others where that is too wide. Where there
/// are several levels each says of which it is.
fn counts(report: &StatusReport<'_>, level: &Level<'_, '_>, several: bool, lang: Lang) -> Vec<Table> {
    let counted = level[0].plan.level_name(level[0].counted);
    let wide = beside::counts(report, level, lang);
    if wide.columns.len() <= MOST {
        return vec![Table { caption: several.then(|| counted.into()), ..wide }];
    }
    let alone = |status: &Status<'_>| {
        let name = beside::name(report, status, lang);
        let name = if several { tr!(lang, "{name}（{counted}）", "{name} ({counted})") } else { name };
        let alone = StatusReport { by: report.by, ..StatusReport::new(status.clone(), View::default()) };
        Table { caption: Some(name.into()), ..beside::counts(&alone, &[Cow::Borrowed(status)], lang) }
    };
    level.iter().map(|status| alone(status)).collect()
}

/// The table with its lines named for facts.
fn about(table: Table, named: impl Fn(String) -> String, group: Option<&str>) -> Table {
    let subjects: Vec<_> = (0..table.rows.len()).map(|at| Some(named(subject(&table, at, group)))).collect();
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
