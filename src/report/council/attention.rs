//! Entries one by one: those that need attention, and in the appendix all of them.

use crate::document::{At, Block, Cell, ColumnOf, Row, Table, Tone, Type, WHOLE_ROW, cells, column, heads};
use crate::plan::entry::{Entry, Update};
use crate::plan::paper::{PaperColumn, PaperSection};
use crate::plan::value::Certainty;
use crate::query::status::{Node, Standing};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{PaperPage, sentences};

/// Those that need attention.
pub fn attention(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let asks = page.summary.status.version.asks_attention();
    if page.plan().entries.is_empty() || !asks {
        return Vec::new();
    }
    let nodes: Vec<&Node<'_>> = page.summary.attention().collect();
    if nodes.is_empty() && page.summary.status.total.unreported == page.summary.status.total.entries {
        return page.none("評価済の項目はない。", "No entry is rated.");
    }
    if nodes.is_empty() {
        return vec![Block::Text(sentences::none_needs_attention(page).into())];
    }
    vec![table(page, section, &nodes)]
}

/// All of them, those above the counted level as headings.
pub fn items(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let nodes: Vec<&Node<'_>> = page.summary.status.nodes.iter().collect();
    if nodes.is_empty() { Vec::new() } else { vec![table(page, section, &nodes)] }
}

/// An entry, and the paper that it stands in.
type Listed<'r> = (&'r PaperPage<'r>, &'r Node<'r>);

fn table<'r>(page: &'r PaperPage<'r>, section: &PaperSection, nodes: &[&'r Node<'r>]) -> Block {
    let columns: Vec<ColumnOf<Listed<'r>>> =
        section.columns.iter().filter_map(|wanted| column_of(page, *wanted)).collect();
    let row = |node: &&'r Node<'r>| {
        let cells = cells(&columns, &(page, *node), page.lang);
        Row { cells, strong: is_heading(page, node), ..Row::default() }
    };
    let rows = nodes.iter().map(row).collect();
    let table = Table { columns: heads(&columns, page.lang), rows, ..Table::default() };
    Block::Table(table.about(nodes.iter().map(|node| Some(node.entry.id.as_str()))))
}

fn is_heading(page: &PaperPage<'_>, node: &Node<'_>) -> bool {
    node.entry.level < page.plan().head.counted && !page.plan().head.counts(node.entry.level)
}

fn column_of<'r>(page: &PaperPage<'_>, wanted: PaperColumn) -> Option<ColumnOf<Listed<'r>>> {
    let column = match wanted {
        PaperColumn::Id => column("id", terms::ID.titles(), Type::Id, |(page, node): &Listed<'_>, _| {
            Cell::text(plan_entry(page, node).id.as_str())
        }),
        PaperColumn::Name => column("name", terms::NAME.titles(), Type::Text, name).weighing(12),
        PaperColumn::Rating => column("rating", terms::RATING.titles(), Type::Grade, |of: &Listed<'_>, _| {
            rated(of, |(page, node)| rating(page, node))
        }),
        PaperColumn::Before => {
            let title = match page.summary.status.question.against {
                None => page.lang.pick("前回", "Before").to_owned(),
                Some(_) => page.before(),
            };
            ColumnOf::titled("before", title, Type::Grade, |of: &Listed<'_>, _| {
                rated(of, |(page, node)| before(page, node))
            })
        }
        PaperColumn::Period => {
            column("period", terms::REPORT_PERIOD.titles(), Type::Period, |(_, node): &Listed<'_>, at| {
                Cell::text(node.rated_by.map(|update| update.period.brief(at.lang)).unwrap_or_default())
            })
        }
        PaperColumn::Progress => column("progress", terms::PROGRESS.titles(), Type::Percent, |of: &Listed<'_>, at| {
            let number = |percent| Cell::number(percent, words::percent(percent, at.lang));
            rated(of, |(page, node)| node.progress.map_or_else(|| page.blank(), number))
        }),
        PaperColumn::Owner => column("owner", terms::OWNER.titles(), Type::Text, |of: &Listed<'_>, at| {
            rated(of, |(page, node)| {
                Cell::text(words::owners(&plan_entry(page, node).owners, &page.plan().owners, at.lang))
            })
        })
        .weighing(9),
        PaperColumn::Done => column("done", terms::DONE.titles(), Type::Text, |of: &Listed<'_>, _| {
            rated(of, |(page, node)| latest_text(page, node, |update| update.done.as_deref()))
        })
        .weighing(22),
        PaperColumn::Issue => column("issue", terms::ISSUE.titles(), Type::Text, |of: &Listed<'_>, _| {
            rated(of, |(page, node)| latest_text(page, node, |update| update.issue.as_deref()))
        })
        .weighing(16),
        PaperColumn::Next => column("next", terms::NEXT.titles(), Type::Text, |of: &Listed<'_>, _| {
            rated(of, |(page, node)| latest_text(page, node, |update| update.next.as_deref()))
        })
        .weighing(16),
        _ => return None,
    };
    Some(column)
}

/// The cell of what can be rated itself; nothing of what only heads others.
fn rated<'r>(of: &Listed<'r>, cell: impl Fn(&Listed<'r>) -> Cell) -> Cell {
    let (page, node) = of;
    let is_counted = page.plan().head.counts(plan_entry(page, node).level);
    if is_counted || node.rated_by.is_some() { cell(of) } else { Cell::default() }
}

/// The name; of what heads others over the room of the cells that it leaves empty.
fn name((page, node): &Listed<'_>, at: At) -> Cell {
    let entry = plan_entry(page, node);
    let mark = words::mark(unconfirmed_only(entry.origin.certainty), at.lang);
    let name = Cell::text(format!("{}{mark}", entry.name));
    if is_heading(page, node) { name.merged(WHOLE_ROW, 0) } else { name }
}

fn plan_entry<'p>(page: &PaperPage<'p>, node: &Node<'_>) -> &'p Entry {
    &page.plan().entries[node.place]
}

/// Papers mark what is unconfirmed; what is merely inferred is shown by the sources.
fn unconfirmed_only(certainty: Certainty) -> Certainty {
    if certainty == Certainty::Unconfirmed { certainty } else { Certainty::Stated }
}

/// The grade, and that it asks for attention.
pub fn rating(page: &PaperPage<'_>, node: &Node<'_>) -> Cell {
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
fn before(page: &PaperPage<'_>, node: &Node<'_>) -> Cell {
    if page.summary.status.previous.is_none() {
        return page.blank();
    }
    let same = || tr!(page.lang, "{}と同じ", "as {}", page.before());
    Cell::text(moved_from(page, node).map_or_else(same, str::to_owned))
}

/// How it stood before, where it moved.
pub fn moved_from<'p>(page: &PaperPage<'p>, node: &Node<'_>) -> Option<&'p str> {
    let moved = page.summary.moved.iter().find(|moved| moved.flow.place == node.place)?;
    Some(words::standing(moved.flow.from, page.summary.status.version_before, page.lang))
}

/// Returns a text of the latest update that has any, with its period where that is another than the paper's.
fn latest_text(page: &PaperPage<'_>, node: &Node<'_>, part: impl Fn(&Update) -> Option<&str>) -> Cell {
    let lang = page.lang;
    let Some(update) = page.summary.last_words(plan_entry(page, node)) else { return page.blank() };
    let Some(text) = part(update) else { return page.blank() };
    if page.summary.period().covers(update.period) {
        return Cell::text(text);
    }
    let period = update.period.brief(lang);
    Cell::text(tr!(lang, "{text}（{period}の報告）", "{text} (reported for {period})"))
}
