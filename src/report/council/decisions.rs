//! 判断を要する事項: entries that need attention and indicators that lag, each with why, what is proposed, and by whom.

use crate::document::{Block, Cell, Column, Row, Table};
use crate::plan::entry::Update;
use crate::query::gap::{Gap, Verdict};
use crate::query::status::Node;
use crate::tr;
use crate::wording as words;

use super::{Page, attention};

/// The table.
pub fn blocks(page: &Page<'_>) -> Vec<Block> {
    let lang = page.lang;
    let entries = page.summary.attention().map(|node| entry(page, node));
    let lagging = page.summary.gaps.iter().filter(|g| matches!(g.verdict, Verdict::Behind | Verdict::Worsened));
    let rows: Vec<Row> = entries.chain(lagging.map(|gap| indicator(page, gap))).collect();
    if rows.is_empty() {
        return page.none("判断を要する事項はない。", "There is nothing to decide.");
    }
    let columns = [
        ("事項", "Matter", 18),
        ("状況", "State", 21),
        ("課題", "Issue", 19),
        ("今後の対応（案）", "Proposed", 19),
        ("所管課", "Owner", 12),
    ];
    let columns = columns.map(|(ja, en, weight)| Column::left(lang.pick(ja, en)).weighing(weight)).into();
    vec![Block::Table(Table { columns, rows, ..Table::default() })]
}

fn entry(page: &Page<'_>, node: &Node<'_>) -> Row {
    let plan = page.plan();
    let entry = &plan.entries[node.place];
    let update = page.summary.last_words(entry);
    let said = |text: Option<&str>| text.map_or_else(|| page.blank(), Cell::text);
    Row::new(vec![
        Cell::text(format!("{} {}", entry.id, entry.name)),
        state(page, node),
        said(update.and_then(|u| u.issue.as_deref())),
        said(update.and_then(|u| u.next.as_deref())),
        Cell::text(words::owners(&entry.owners, &plan.owners, page.lang)),
    ])
}

/// The grade, and what it was before.
fn state(page: &Page<'_>, node: &Node<'_>) -> Cell {
    let mut rating = attention::rating(page, node);
    let (lang, now) = (page.lang, &rating.text);
    let text = match (page.summary.previous, attention::moved_from(page, node)) {
        (None, _) => return rating,
        (_, None) => tr!(lang, "{now}（前回と同じ）", "{now} (as before)"),
        (_, Some(before)) => tr!(lang, "{now}（前回は{before}）", "{now} (before: {before})"),
    };
    rating.text = text.into();
    rating
}

fn indicator(page: &Page<'_>, gap: &Gap<'_>) -> Row {
    let (lang, plan) = (page.lang, page.plan());
    let name = words::indicator_name(gap.indicator);
    let actual = gap.actual.map(|m| words::measured(m, gap.indicator, lang)).unwrap_or_default();
    let target = gap.target.map(|t| words::dated(t, gap.indicator, lang)).unwrap_or_default();
    let verdict = words::judged(gap, lang);
    let state = tr!(lang, "{verdict}：実績値{actual}、目標値{target}", "{verdict}: actual {actual}, target {target}");
    Row::new(vec![
        Cell::text(tr!(lang, "指標「{name}」", "indicator {name}")),
        page.sign(Cell::text(state)).toned(words::tone(gap.verdict)),
        linked(page, gap, |update| update.issue.as_deref()),
        linked(page, gap, |update| update.next.as_deref()),
        Cell::text(words::owners(&gap.indicator.owners, &plan.owners, lang)),
    ])
}

/// What the entries say that the indicator verifies.
fn linked(page: &Page<'_>, gap: &Gap<'_>, part: impl Fn(&Update) -> Option<&str>) -> Cell {
    let said = gap.indicator.entries.iter().filter_map(|place| {
        let entry = &page.plan().entries[*place];
        let text = page.summary.last_words(entry).and_then(&part)?;
        Some(tr!(page.lang, "{text}（{}）", "{text} ({})", entry.id))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { page.blank() } else { Cell::text(said.join("\n")) }
}
