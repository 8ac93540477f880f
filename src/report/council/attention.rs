//! Entries one by one: those that need attention, and in the appendix all of them.

use crate::document::{Block, Cell, Column, Row, Table, Tone};
use crate::plan::entry::{Entry, Update};
use crate::plan::paper::{PaperColumn, PaperSection};
use crate::plan::value::Certainty;
use crate::query::status::{Node, Standing};
use crate::tr;
use crate::wording as words;

use super::Page;

/// Those that need attention.
pub fn attention(page: &Page<'_>, section: &PaperSection) -> Vec<Block> {
    if page.plan().entries.is_empty() {
        return Vec::new();
    }
    let nodes: Vec<&Node<'_>> = page.summary.attention().collect();
    if nodes.is_empty() && page.summary.status.total.rated() == 0 {
        return page.none("評価済の項目はない。", "No entry is rated.");
    }
    if nodes.is_empty() {
        return page.none("対応を要する項目はない。", "No entry needs attention.");
    }
    vec![table(page, section, &nodes)]
}

/// All of them, those above the counted level as headings.
pub fn items(page: &Page<'_>, section: &PaperSection) -> Vec<Block> {
    let nodes: Vec<&Node<'_>> = page.summary.status.nodes.iter().collect();
    if nodes.is_empty() { Vec::new() } else { vec![table(page, section, &nodes)] }
}

fn table(page: &Page<'_>, section: &PaperSection, nodes: &[&Node<'_>]) -> Block {
    let columns = section.columns.iter().map(|column| self::column(page, *column)).collect();
    let row = |node: &&Node<'_>| {
        let strong = node.entry.level < page.plan().head.counted;
        let cells = section.columns.iter().map(|column| match column {
            // What heads others has the room of the cells that it leaves empty.
            PaperColumn::Name if strong => cell(page, *column, node).merged(u16::MAX, 0),
            _ => cell(page, *column, node),
        });
        Row { cells: cells.collect(), strong }
    };
    Block::Table(Table { columns, rows: nodes.iter().map(row).collect(), ..Table::default() })
}

fn column(page: &Page<'_>, column: PaperColumn) -> Column {
    let (ja, en, weight) = match column {
        PaperColumn::Id => return Column::left(page.lang.pick("番号", "ID")),
        PaperColumn::Rating => return Column::left(page.lang.pick("進捗区分", "Rating")),
        PaperColumn::Before => return Column::left(page.lang.pick("前回", "Before")),
        PaperColumn::Period => return Column::left(page.lang.pick("時点", "Period")),
        PaperColumn::Progress => return Column::right(page.lang.pick("進捗率", "Progress")),
        PaperColumn::Name => ("名称", "Name", 12),
        PaperColumn::Owner => ("所管課", "Owner", 9),
        PaperColumn::Done => ("実績", "Done", 22),
        PaperColumn::Issue => ("課題", "Issue", 16),
        PaperColumn::Next => ("今後の対応", "Next", 16),
        _ => ("", "", 1),
    };
    Column::left(page.lang.pick(ja, en)).weighing(weight)
}

fn cell(page: &Page<'_>, column: PaperColumn, node: &Node<'_>) -> Cell {
    let (lang, plan, entry) = (page.lang, page.plan(), plan_entry(page, node));
    let is_counted = entry.level == plan.head.counted;
    match column {
        PaperColumn::Id => Cell::text(entry.id.as_str()),
        PaperColumn::Name => {
            let mark = words::mark(unconfirmed_only(entry.origin.certainty), lang);
            Cell::text(format!("{}{mark}", entry.name))
        }
        _ if !is_counted && node.rated_by.is_none() => Cell::default(),
        PaperColumn::Owner => Cell::text(words::owners(&entry.owners, &plan.owners, lang)),
        PaperColumn::Rating => rating(page, node),
        PaperColumn::Before => before(page, node),
        PaperColumn::Progress => {
            node.progress.map_or_else(|| page.blank(), |p| Cell::number(p, words::percent(p, lang)))
        }
        PaperColumn::Period => Cell::text(node.rated_by.map(|u| u.period.brief(lang)).unwrap_or_default()),
        PaperColumn::Done => said(page, node, |update| update.done.as_deref()),
        PaperColumn::Issue => said(page, node, |update| update.issue.as_deref()),
        PaperColumn::Next => said(page, node, |update| update.next.as_deref()),
        _ => Cell::default(),
    }
}

fn plan_entry<'p>(page: &Page<'p>, node: &Node<'_>) -> &'p Entry {
    &page.plan().entries[node.place]
}

/// Papers mark what is unconfirmed; what is merely inferred is told by the sources.
fn unconfirmed_only(certainty: Certainty) -> Certainty {
    if certainty == Certainty::Unconfirmed { certainty } else { Certainty::Stated }
}

/// The grade, and that it asks for attention.
pub fn rating(page: &Page<'_>, node: &Node<'_>) -> Cell {
    let lang = page.lang;
    let word = words::standing(node.standing, page.summary.status.version, lang);
    let mark = node.rated_by.map(|update| words::mark(update.certainty(), lang)).unwrap_or_default();
    let tone = match node.standing {
        _ if page.summary.needs_attention(node.standing) => Tone::Warn,
        Standing::Graded(_) => Tone::Plain,
        _ => Tone::Faint,
    };
    Cell::text(format!("{word}{mark}")).toned(tone)
}

/// How it stood before.
fn before(page: &Page<'_>, node: &Node<'_>) -> Cell {
    if page.summary.previous.is_none() {
        return page.blank();
    }
    Cell::text(moved_from(page, node).unwrap_or_else(|| page.lang.pick("前回と同じ", "as before")))
}

/// How it stood before, where it moved.
pub fn moved_from<'p>(page: &Page<'p>, node: &Node<'_>) -> Option<&'p str> {
    let moved = page.summary.moved.iter().find(|moved| moved.flow.place == node.place)?;
    Some(words::standing(moved.flow.from, page.summary.status.version_before, page.lang))
}

/// What was last said; with its period, where that is another than the paper's.
fn said(page: &Page<'_>, node: &Node<'_>, part: impl Fn(&Update) -> Option<&str>) -> Cell {
    let lang = page.lang;
    let Some(update) = page.summary.last_words(plan_entry(page, node)) else { return page.blank() };
    let Some(text) = part(update) else { return page.blank() };
    if page.summary.period().covers(update.period) {
        return Cell::text(text);
    }
    let period = update.period.brief(lang);
    Cell::text(tr!(lang, "{text}（{period}の報告）", "{text} (reported for {period})"))
}
