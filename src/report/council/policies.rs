//! 基本方針・施策ごとの集計: counts of the whole plan and of every entry above the counted level.

use crate::document::{Block, Cell, Column, Row, Table};
use crate::plan::paper::{PaperColumn, PaperSection, Topic};
use crate::plan::period::Period;
use crate::query::status::Tally;
use crate::report::status::counts::net;
use crate::tr;
use crate::wording as words;

use super::Page;

/// One line of the table.
struct Counted<'p> {
    id: &'p str,
    name: &'p str,
    is_top: bool,
    tally: &'p Tally,
    before: &'p Tally,
}

/// By which levels it counts.
pub fn heading(page: &Page<'_>) -> String {
    let head = &page.plan().head;
    let section = page.paper.sections.iter().find(|section| section.topic == Topic::Policies);
    let deepest = section.and_then(|section| section.depth).unwrap_or(usize::MAX).min(head.counted);
    let levels: Vec<&str> = head.levels.iter().take(deepest).map(|level| &**level).collect();
    let levels = levels.join(page.lang.pick("・", ", "));
    tr!(page.lang, "{levels}ごとの状況", "By level ({levels})")
}

/// The table.
pub fn blocks(page: &Page<'_>, section: &PaperSection) -> Vec<Block> {
    let (lang, status) = (page.lang, &page.summary.status);
    if page.plan().entries.is_empty() {
        return Vec::new();
    }
    let deepest = section.depth.unwrap_or(usize::MAX).min(page.plan().head.counted);
    let above = status.nodes.iter().filter(|node| node.entry.level < deepest).map(|node| Counted {
        id: node.entry.id.as_str(),
        name: &node.entry.name,
        is_top: node.entry.level == 0,
        tally: &node.tally,
        before: &node.before,
    });
    let whole =
        Counted { id: "", name: lang.pick("計", "Total"), is_top: true, tally: &status.total, before: &status.before };
    let lines: Vec<Counted<'_>> = above.chain([whole]).collect();
    let row = |line: &Counted<'_>| {
        let cells = section.columns.iter().flat_map(|column| cells(page, *column, line)).collect();
        Row { cells, strong: line.is_top }
    };
    let columns = section.columns.iter().flat_map(|column| self::columns(page, *column)).collect();
    let notes = (status.total.rated() > 0).then(|| {
        let note = lang.pick("括弧内は、評価済の件数に対する割合である。", "In brackets: percent of those rated.");
        note.to_owned()
    });
    let rows = lines.iter().map(row).collect();
    vec![Block::Table(Table { columns, rows, notes: notes.into_iter().collect(), ..Table::default() })]
}

fn columns(page: &Page<'_>, column: PaperColumn) -> Vec<Column> {
    let (lang, version) = (page.lang, page.summary.status.version);
    match column {
        PaperColumn::Id => vec![Column::left(lang.pick("番号", "ID"))],
        PaperColumn::Name => vec![Column::left(lang.pick("名称", "Name"))],
        PaperColumn::Entries => vec![Column::right(page.plan().level_name(page.plan().head.counted))],
        PaperColumn::Rated => vec![Column::right(lang.pick("評価済", "Rated"))],
        PaperColumn::Grades => version.grades.iter().map(|grade| Column::right(&*grade.name)).collect(),
        PaperColumn::Composites => version.composites.iter().map(|c| Column::right(&*c.name)).collect(),
        PaperColumn::Unreported => vec![Column::right(lang.pick("未報告", "Unreported"))],
        PaperColumn::Change => {
            let title = |previous: Period| {
                let previous = previous.brief(lang);
                Column::left(tr!(lang, "前回比\n（{previous}）", "Change since\n{previous}"))
            };
            page.summary.previous.map(title).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn cells(page: &Page<'_>, column: PaperColumn, line: &Counted<'_>) -> Vec<Cell> {
    let (lang, status, tally) = (page.lang, &page.summary.status, line.tally);
    let graded = |n: u64, counts: bool| {
        if !counts || tally.rated() == 0 {
            return page.count(n);
        }
        let (count, share) =
            (words::number(n.into(), lang), words::share(n, tally.rated(), page.plan().head.rounding, lang));
        Cell::number(n, tr!(lang, "{count}\n（{share}）", "{count}\n({share})"))
    };
    match column {
        PaperColumn::Id => vec![Cell::text(line.id)],
        PaperColumn::Name => vec![Cell::text(line.name)],
        PaperColumn::Entries => vec![page.count(tally.entries)],
        PaperColumn::Rated => vec![page.count(tally.rated())],
        PaperColumn::Grades => {
            status.version.grades.iter().zip(&tally.counts).map(|(grade, n)| graded(*n, grade.counts)).collect()
        }
        PaperColumn::Composites => status.version.composites.iter().map(|c| graded(tally.sum(c), true)).collect(),
        PaperColumn::Unreported => vec![page.count(tally.unreported)],
        PaperColumn::Change => {
            let moved = net(status, tally, line.before, lang);
            let moved = moved.into_iter().map(|(name, by)| format!("{name}{}", words::change(by, lang)));
            let moved = moved.collect::<Vec<_>>().join("\n");
            let told = if moved.is_empty() { lang.pick("増減なし", "none").to_owned() } else { moved };
            page.summary.previous.map(|_| page.sign(Cell::text(told))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
