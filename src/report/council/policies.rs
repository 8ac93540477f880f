//! 基本方針・施策ごとの集計: counts of the whole plan and of every entry above the counted level.

use std::borrow::Cow;

use crate::document::{At, Block, Cell, ColumnOf, Row, Table, Type, cells, column, heads};
use crate::plan::Denominator;
use crate::plan::paper::{PaperColumn, PaperSection};
use crate::plan::period::Period;
use crate::plan::scale::{Composite, Grade};
use crate::query::status::{By, Group, Node, Tally, groups};
use crate::report::status::counts::net;
use crate::report::status::published;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::PaperPage;

/// One line of the table.
struct Counted<'p> {
    id: &'p str,
    name: Cow<'p, str>,
    is_top: bool,
    tally: Cow<'p, Tally>,
    before: Cow<'p, Tally>,
}

fn above<'p>(node: &'p Node<'_>) -> Counted<'p> {
    Counted {
        id: node.entry.id.as_str(),
        name: (&*node.entry.name).into(),
        is_top: node.entry.level == 0,
        tally: Cow::Borrowed(&node.tally),
        before: Cow::Borrowed(&node.before),
    }
}

fn grouped<'p>(page: &PaperPage<'p>, group: Group<'p>) -> Counted<'p> {
    let name = words::member(page.plan(), group.of, page.lang);
    Counted { id: "", name, is_top: false, tally: Cow::Owned(group.tally), before: Cow::Owned(group.before) }
}

/// By which levels it counts.
pub fn heading(page: &PaperPage<'_>, section: &PaperSection) -> String {
    let head = &page.plan().head;
    if page.plan().has_totals_alone() {
        return page.lang.pick("公表された集計の内訳", "Published totals, row by row").to_owned();
    }
    if let Some(by) = section.by.as_deref() {
        let by = words::grouping(page.plan(), By::named(by), page.lang);
        return tr!(page.lang, "{by}ごとの状況", "By {by}");
    }
    let deepest = section.depth.unwrap_or(usize::MAX).min(head.counted);
    let levels: Vec<&str> = head.levels.iter().take(deepest).map(|level| &**level).collect();
    if levels.is_empty() {
        return page.lang.pick("全体の集計", "Counts of the whole plan").to_owned();
    }
    let levels = levels.join(page.lang.pick("・", ", "));
    tr!(page.lang, "{levels}ごとの状況", "By level ({levels})")
}

/// The table.
pub fn blocks(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let (lang, status) = (page.lang, &page.summary.status);
    if page.plan().entries.is_empty() {
        return printed(page);
    }
    let deepest = section.depth.unwrap_or(usize::MAX).min(page.plan().head.counted);
    let by = section.by.as_deref().map(By::named);
    let lines: Vec<Counted<'_>> = match by {
        Some(by) => groups(status, by).into_iter().map(|group| grouped(page, group)).collect(),
        None => status.nodes.iter().filter(|node| node.entry.level < deepest).map(above).collect(),
    };
    let sum: u64 = lines.iter().map(|line| line.tally.entries).sum();
    let whole = Counted {
        id: "",
        name: lang.pick("計", "Total").into(),
        is_top: true,
        tally: Cow::Borrowed(&status.total),
        before: Cow::Borrowed(&status.before),
    };
    let all = status.total.entries;
    let several = by.filter(|_| sum > all).map(|_| {
        tr!(
            lang,
            "二つ以上に属する項目は、それぞれで数えた（延べ{sum}件、実数{all}件）。",
            "Entries that belong to several count in each ({sum} in all, of {all})."
        )
    });
    let lines: Vec<Counted<'_>> = lines.into_iter().chain([whole]).collect();
    let columns: Vec<ColumnOf<Rolled<'_>>> =
        section.columns.iter().flat_map(|of| columns(page, section, *of)).collect();
    let notes = (status.base(&status.total) > 0).then(|| match page.plan().head.denominator {
        Denominator::Rated => {
            lang.pick("括弧内は、評価済の件数に対する割合である。", "In brackets: percent of those rated.").to_owned()
        }
        Denominator::Due => {
            let of = words::rated_and_unreported(lang);
            tr!(lang, "括弧内は、{of}に対する割合である。", "In brackets: percent of {of}.")
        }
    });
    let row = |line| Row { cells: cells(&columns, &(page, line), lang), strong: line.is_top, ..Row::default() };
    let rows = lines.iter().map(row).collect();
    let notes = notes.into_iter().chain(several).map(Into::into).collect();
    let table = Table { columns: heads(&columns, lang), rows, notes, ..Table::default() };
    let last = lines.len() - 1;
    let group: Option<String> = section.by.as_ref().map(|by| by.replace('.', "-"));
    let subjects = lines.iter().enumerate().map(|(at, line)| {
        Some(match (&group, line.id) {
            (Some(by), _) if at == last => format!("group-{by}-total"),
            (Some(by), _) => format!("group-{by}-{}", at + 1),
            (None, "") => "total".to_owned(),
            (None, id) => id.to_owned(),
        })
    });
    std::iter::once(Block::Table(table.about(subjects))).chain(printed(page)).collect()
}

/// The tables that papers printed, line by line.
fn printed(page: &PaperPage<'_>) -> Vec<Block> {
    let (plan, lang) = (page.plan(), page.lang);
    let tables = page.summary.status.totals.iter().filter_map(|totals| {
        let caption = Some(published::heading(plan, totals, lang).into());
        Some(Block::Table(Table { caption, ..published::rows(plan, totals, lang)? }))
    });
    tables.collect()
}

/// A line of the table, and the paper that it stands in.
type Rolled<'r> = (&'r PaperPage<'r>, &'r Counted<'r>);

fn columns<'r>(page: &PaperPage<'_>, section: &PaperSection, wanted: PaperColumn) -> Vec<ColumnOf<Rolled<'r>>> {
    let version = page.summary.status.version;
    match wanted {
        // A group has no number.
        PaperColumn::Id if section.by.is_some() => Vec::new(),
        PaperColumn::Id => vec![column("id", terms::ID.titles(), Type::Id, |(_, line), _| Cell::text(line.id))],
        PaperColumn::Name => {
            vec![column("name", terms::NAME.titles(), Type::Text, |(_, line), _| Cell::text(&*line.name))]
        }
        PaperColumn::Entries => {
            let counted = page.plan().level_name(page.plan().head.counted);
            vec![ColumnOf::titled("entries", counted, Type::Integer, |(page, line), _| page.count(line.tally.entries))]
        }
        PaperColumn::Rated => vec![column("rated", terms::RATED.titles(), Type::Integer, |(page, line), _| {
            page.count(line.tally.rated())
        })],
        PaperColumn::Grades => {
            let cell = |(page, line): &Rolled<'r>, at: At| {
                let counts = page.summary.status.version.grades[at.nth].counts;
                graded(page, &line.tally, line.tally.counts[at.nth], counts)
            };
            let grades = version.grades.iter().enumerate();
            let grade = |(nth, grade): (usize, &Grade)| {
                ColumnOf::titled(format!("grade.{}", grade.id), &*grade.name, Type::Integer, cell).nth(nth)
            };
            grades.map(grade).collect()
        }
        PaperColumn::Composites => {
            let cell = |(page, line): &Rolled<'r>, at: At| {
                let version = page.summary.status.version;
                let sum = &version.composites[at.nth];
                graded(page, &line.tally, line.tally.sum(sum), version.sum_counts(sum))
            };
            let sums = version.composites.iter().enumerate();
            let sum = |(nth, sum): (usize, &Composite)| {
                ColumnOf::titled(format!("sum.{}", sum.id), &*sum.name, Type::Integer, cell).nth(nth)
            };
            sums.map(sum).collect()
        }
        PaperColumn::Unreported => {
            let mut columns = vec![column(
                "unreported",
                terms::UNREPORTED.titles(),
                Type::Integer,
                |(page, line): &Rolled<'r>, _| {
                    let is_in = page.plan().head.denominator == Denominator::Due;
                    graded(page, &line.tally, line.tally.unreported, is_in)
                },
            )];
            columns.extend(page.summary.status.has_any(|tally| tally.resting).then(|| {
                column("not_rated", terms::RESTING.titles(), Type::Integer, |(page, line): &Rolled<'r>, _| {
                    page.count(line.tally.resting)
                })
            }));
            columns.extend(page.summary.status.has_any(|tally| tally.ahead).then(|| {
                column("not_begun", terms::AHEAD.titles(), Type::Integer, |(page, line): &Rolled<'r>, _| {
                    page.count(line.tally.ahead)
                })
            }));
            columns
        }
        PaperColumn::Change => {
            let title = |previous: Period| {
                let previous = previous.brief(page.lang);
                match page.summary.status.question.against {
                    None => tr!(page.lang, "前回比\n（{previous}）", "Change since\n{previous}"),
                    Some(_) => tr!(page.lang, "{previous}\nとの比較", "Change since\n{previous}"),
                }
            };
            let change = |previous| ColumnOf::titled("change", title(previous), Type::Text, change);
            page.summary.status.previous.map(change).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A count, and beneath it its share of those rated where the grade counts.
fn graded(page: &PaperPage<'_>, tally: &Tally, n: u64, counts: bool) -> Cell {
    let base = page.summary.status.base(tally);
    if !counts || base == 0 {
        return page.count(n);
    }
    let count = words::number(n.into(), page.lang);
    let share = words::share(n, base, page.plan().head.rounding, page.lang);
    Cell::number(n, tr!(page.lang, "{count}\n（{share}）", "{count}\n({share})"))
}

/// Which counts changed since the period before, and by how much.
fn change((page, line): &Rolled<'_>, at: At) -> Cell {
    let moved = net(&page.summary.status, &line.tally, &line.before, at.lang);
    // The sign of the office is that of the number: a grade of the same sign keeps its name.
    let moved = moved.into_iter().map(|(_, name, by)| {
        format!("{}{}", words::before_number(name, at.lang), page.signed(words::change(by, at.lang)))
    });
    let moved = moved.collect::<Vec<_>>().join("\n");
    Cell::text(if moved.is_empty() { at.lang.pick("増減なし", "none").to_owned() } else { moved })
}
