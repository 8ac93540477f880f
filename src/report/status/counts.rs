//! The roll-up: counts by level first, percent of those rated second, and how they changed.

use crate::lang::Lang;
use crate::plan::Published;
use crate::plan::scale::{Grade, ScaleVersion};
use crate::query::status::{Node, Status, Tally};
use crate::report::document::{Block, Cell, Column, Row, Section, Table};
use crate::report::words::{self, NONE};
use crate::tr;

use super::StatusReport;

/// Counts by level, or what a paper printed where the entries are not known.
pub fn section(report: &StatusReport<'_>, lang: Lang) -> Section {
    let status = &report.status;
    if let Some(published) = status.published {
        return published_section(status, published, lang);
    }
    let counted = status.plan.head.counted;
    let mut table = Table { columns: columns(report, lang), ..Table::default() };
    table.rows.push(row(status, None, &status.total, &status.before, lang));
    let wanted = |node: &&Node<'_>| report.view.level.map_or(node.entry.level < counted, |l| node.entry.level == l);
    let nodes = status.nodes.iter().filter(wanted);
    table.rows.extend(nodes.map(|node| row(status, Some(node), &node.tally, &node.before, lang)));
    Section::new(lang.pick("集計", "Counts"), vec![Block::Table(table)])
}

fn columns(report: &StatusReport<'_>, lang: Lang) -> Vec<Column> {
    let status = &report.status;
    let mut columns = vec![Column::left(lang.pick("番号", "ID")), Column::left(lang.pick("名称", "Name"))];
    columns.push(Column::right(report.counted_name()));
    columns.push(Column::right(lang.pick("評価済", "Rated")));
    columns.extend(status.version.grades.iter().map(|grade| Column::right(&*grade.name)));
    columns.extend(status.version.composites.iter().map(|c| Column::right(&*c.name)));
    columns.push(Column::right(lang.pick("未報告", "Unreported")));
    if let Some(previous) = status.previous {
        let previous = previous.tag(lang);
        columns.push(Column::left(tr!(lang, "前回比（{previous}）", "Change since {previous}")));
    }
    columns
}

fn row(status: &Status<'_>, node: Option<&Node<'_>>, tally: &Tally, before: &Tally, lang: Lang) -> Row {
    let count = |n: u64| Cell::number(n, words::number(n.into(), lang));
    let rounding = status.plan.head.rounding;
    let with_share = |n: u64, counts: bool| {
        let share = words::share(n, tally.rated(), rounding, lang);
        let text = if counts && tally.rated() > 0 { format!("{n} ({share})") } else { n.to_string() };
        Cell::number(n, text)
    };
    let (id, name) = match node {
        Some(node) => (node.entry.id.as_str(), node.entry.name.to_string()),
        None => ("", lang.pick("計画全体", "Whole plan").to_owned()),
    };
    let mut cells = vec![Cell::text(id), Cell::text(name), count(tally.entries), count(tally.rated())];
    let grades = status.version.grades.iter().zip(&tally.counts);
    cells.extend(grades.map(|(grade, n)| with_share(*n, grade.counts)));
    let sums = status.version.composites.iter().map(|c| tally.sum(c));
    cells.extend(sums.map(|n| with_share(n, true)));
    cells.push(count(tally.unreported));
    if status.previous.is_some() {
        cells.push(Cell::text(changes(status, tally, before, lang)));
    }
    Row { cells, strong: node.is_none_or(|n| n.entry.level == 0) }
}

/// Which counts changed, and by how much.
fn changes(status: &Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> String {
    let was = |id: &str| {
        let place = status.version_before.grades.iter().position(|g| g.id.as_str() == id);
        place.map_or(0, |place| before.counts[place])
    };
    let grades = status.version.grades.iter().zip(&tally.counts);
    let grades = grades.map(|(grade, now)| (&*grade.name, *now, was(grade.id.as_str())));
    let unreported = (lang.pick("未報告", "unreported"), tally.unreported, before.unreported);
    let moved = grades.chain([unreported]).filter(|(_, now, was)| now != was).map(|(name, now, was)| {
        let by = rust_decimal::Decimal::from(now) - rust_decimal::Decimal::from(was);
        format!("{name}{}", words::change(by, lang))
    });
    let moved: Vec<String> = moved.collect();
    if moved.is_empty() { lang.pick("増減なし", "none").to_owned() } else { moved.join(lang.pick("、", ", ")) }
}

/// The counts in one line, for a tree.
pub fn tally_words(report: &StatusReport<'_>, tally: &Tally, lang: Lang) -> String {
    let version = report.status.version;
    let grades = version.grades.iter().zip(&tally.counts).filter(|(_, n)| **n > 0);
    let mut parts: Vec<String> = grades.map(|(grade, n)| format!("{} {n}", grade.name)).collect();
    if tally.unreported > 0 {
        parts.push(format!("{} {}", lang.pick("未報告", "unreported"), tally.unreported));
    }
    let (entries, parts) = (tally.entries, parts.join(lang.pick("、", ", ")));
    tr!(lang, "{entries}件（{parts}）", "{entries} ({parts})")
}

fn published_section(status: &Status<'_>, published: &Published, lang: Lang) -> Section {
    let (_, version) = status.plan.scales[published.scale].version_near(published.period);
    let rated: u64 = published_rated(published, version);
    let row = |(grade, n): (&Grade, &u64)| {
        let share =
            if grade.counts { words::share(*n, rated, status.plan.head.rounding, lang) } else { NONE.to_owned() };
        Row::new(vec![Cell::text(&*grade.name), Cell::number(*n, words::number((*n).into(), lang)), Cell::text(share)])
    };
    let mut rows: Vec<Row> = version.grades.iter().zip(&published.counts).map(row).collect();
    let total = Cell::number(published.total, words::number(published.total.into(), lang));
    rows.push(Row::strong(vec![Cell::text(lang.pick("合計", "Total")), total, Cell::default()]));
    let columns = vec![
        Column::left(lang.pick("進捗区分", "Rating")),
        Column::right(status.plan.level_name(status.plan.head.counted)),
        Column::right(lang.pick("割合", "Share")),
    ];
    let source = words::source(status.plan, published.origin.source).unwrap_or_default();
    let notes = vec![tr!(
        lang,
        "項目ごとの内訳は資料にないため、公表された集計を示しています（資料 {source}）",
        "The entries themselves are not known; these are the totals as published (source {source})"
    )];
    let period = published.period.long(lang);
    let heading = tr!(lang, "{period}末の公表値", "As published for {period}");
    Section::new(heading, vec![Block::Table(Table { columns, rows, notes, ..Table::default() })])
}

/// The denominator of published totals.
pub fn published_rated(published: &Published, version: &ScaleVersion) -> u64 {
    version.grades.iter().zip(&published.counts).filter(|(grade, _)| grade.counts).map(|(_, n)| n).sum()
}
