//! 全体の状況: the sentences, and the counts beside those of the period before.

use rust_decimal::Decimal;

use crate::document::{Block, Cell, Column, Row, Table};
use crate::query::gap::Verdict;
use crate::query::summary::Verdicts;
use crate::tr;
use crate::wording as words;

use super::{Page, sentences};

/// The sentences, then the tables.
pub fn blocks(page: &Page<'_>) -> Vec<Block> {
    let sentences = sentences::overview(page).into_iter().map(|text| Block::Text(text.into()));
    let tables = [counts(page), verdicts(page)].into_iter().flatten().map(Block::Table);
    sentences.chain(tables).collect()
}

/// Grade, count, share, count before, change.
fn counts(page: &Page<'_>) -> Option<Table> {
    let (lang, status) = (page.lang, &page.summary.status);
    if page.plan().entries.is_empty() || status.version.grades.is_empty() {
        return None;
    }
    let (now, then) = (&status.total, &status.before);
    let was = |id: &str| {
        let place = status.version_before.grades.iter().position(|grade| grade.id.as_str() == id);
        place.map(|place| then.counts[place])
    };
    let share = |n: u64, counts: bool| match (counts, now.rated()) {
        (false, _) | (_, 0) => page.blank(),
        (_, rated) => Cell::text(words::share(n, rated, page.plan().head.rounding, lang)),
    };
    let row = |name: &str, n: u64, share: Cell, before: Option<u64>| compared(page, name, n, Some(share), before);
    let grades = status.version.grades.iter().zip(&now.counts);
    let mut rows: Vec<Row> = grades.map(|(g, n)| row(&g.name, *n, share(*n, g.counts), was(g.id.as_str()))).collect();
    rows.push(row(lang.pick("未報告", "Unreported"), now.unreported, page.blank(), Some(then.unreported)));
    let total = row(lang.pick("計", "Total"), now.entries, page.blank(), Some(then.entries));
    rows.push(Row { strong: true, ..total });
    rows.extend(status.version.composites.iter().map(|composite| {
        let was = status.version_before.composites.iter().find(|c| c.id == composite.id).map(|c| then.sum(c));
        let n = now.sum(composite);
        let name = tr!(lang, "うち{}", "of which {}", composite.name);
        row(&name, n, share(n, true), was)
    }));
    let mut columns = vec![
        Column::left(lang.pick("進捗区分", "Rating")),
        Column::right(lang.pick("件数", "Count")),
        Column::right(lang.pick("割合", "Share")),
    ];
    columns.extend(columns_before(page));
    Some(Table {
        caption: Some(lang.pick("進捗区分ごとの件数", "Counts by rating").into()),
        columns,
        rows,
        ..Table::default()
    })
}

/// Verdict, count, count before, change.
fn verdicts(page: &Page<'_>) -> Option<Table> {
    let lang = page.lang;
    let (now, then) = (page.summary.verdicts(), Verdicts::count(page.summary.verdicts_before.iter().copied()));
    if now.all == 0 {
        return None;
    }
    let of = |v: Verdict| words::verdict(v, lang);
    let undetermined = lang.pick("判定不能", "undetermined");
    let row = |name: &str, n: u64, was: u64| compared(page, name, n, None, Some(was));
    let mut rows = vec![
        row(of(Verdict::Met), now.met, then.met),
        row(of(Verdict::OnPace), now.on_pace, then.on_pace),
        row(of(Verdict::Behind), now.behind, then.behind),
        row(of(Verdict::Worsened), now.worsened, then.worsened),
        row(undetermined, now.undetermined, then.undetermined),
    ];
    rows.push(Row { strong: true, ..row(lang.pick("計", "Total"), now.all, then.all) });
    let mut columns = vec![Column::left(lang.pick("判定", "Verdict")), Column::right(lang.pick("件数", "Count"))];
    columns.extend(columns_before(page));
    Some(Table {
        caption: Some(lang.pick("検証指標の判定", "Verdicts of the indicators").into()),
        columns,
        rows,
        ..Table::default()
    })
}

fn columns_before(page: &Page<'_>) -> Vec<Column> {
    let lang = page.lang;
    let Some(previous) = page.summary.previous else { return Vec::new() };
    let previous = previous.brief(lang);
    vec![
        Column::right(tr!(lang, "前回（{previous}）", "Before ({previous})")),
        Column::right(lang.pick("増減", "Change")),
    ]
}

/// A count, and beside it that of the period before.
fn compared(page: &Page<'_>, name: &str, n: u64, share: Option<Cell>, before: Option<u64>) -> Row {
    let mut cells = vec![Cell::text(name), page.count(n)];
    cells.extend(share);
    if page.summary.previous.is_some() {
        match before {
            Some(before) => {
                let by = Decimal::from(n) - Decimal::from(before);
                cells.push(page.count(before));
                cells.push(page.sign(Cell::number(by, words::change(by, page.lang))));
            }
            None => cells.extend([page.blank(), page.blank()]),
        }
    }
    Row::new(cells)
}
