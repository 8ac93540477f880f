//! The roll-up: counts by level first, percent of those rated second, and how they changed.

use rust_decimal::Decimal;

use crate::document::{At, Block, Cell, ColumnOf, Row, Section, Table, Type, cells, column, heads};
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::query::status::{Node, Status, Tally};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::StatusReport;

/// Counts by level.
pub fn section(report: &StatusReport<'_>, lang: Lang) -> Section {
    let status = &report.status;
    let counted = status.plan.head.counted;
    let wanted = |node: &&Node<'_>| report.view.level.map_or(node.entry.level < counted, |l| node.entry.level == l);
    let nodes = status.nodes.iter().filter(wanted).map(|node| Counted {
        id: node.entry.id.as_str(),
        name: &node.entry.name,
        strong: node.entry.level == 0,
        tally: &node.tally,
        before: &node.before,
    });
    let whole =
        Counted { id: "", name: whole(status, lang), strong: true, tally: &status.total, before: &status.before };
    let counted: Vec<Counted<'_>> = std::iter::once(whole).chain(nodes).collect();
    let mut table = table(report, &counted, CountsShown::All, lang);
    table.narrow = [CountsShown::Counts, CountsShown::Shares, CountsShown::Changes]
        .map(|part| self::table(report, &counted, part, lang))
        .into_iter()
        .filter(|table| !table.rows.is_empty())
        .collect();
    Section::new(lang.pick("集計", "Counts"), vec![Block::Table(table)])
}

/// What the first line is about.
fn whole(status: &Status<'_>, lang: Lang) -> &'static str {
    if status.question.under.is_some() || status.question.owner.is_some() {
        return lang.pick("対象全体", "All of these");
    }
    terms::WHOLE_PLAN.title(lang)
}

/// One line of the roll-up.
struct Counted<'r> {
    id: &'r str,
    name: &'r str,
    strong: bool,
    tally: &'r Tally,
    before: &'r Tally,
}

/// What a table shows of each line: everything, or on a narrow page one thing after the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CountsShown {
    All,
    Counts,
    Shares,
    Changes,
}

fn table<'r>(report: &'r StatusReport<'_>, counted: &'r [Counted<'r>], part: CountsShown, lang: Lang) -> Table {
    let status = &report.status;
    let wanted = |line: &&Counted<'_>| match part {
        CountsShown::All | CountsShown::Counts => true,
        CountsShown::Shares => line.tally.rated() > 0,
        CountsShown::Changes => !changes(status, line.tally, line.before, lang).is_empty(),
    };
    let caption = match part {
        CountsShown::All => None,
        CountsShown::Counts => Some(lang.pick("件数", "Counts").into()),
        CountsShown::Shares => Some(lang.pick("評価済に対する割合", "Percent of those rated").into()),
        CountsShown::Changes => status.previous.map(|previous| since(previous, lang).into()),
    };
    let columns = columns(report, part, lang);
    let row = |line: &'r Counted<'r>| Row {
        cells: cells(&columns, &(status, line), lang),
        strong: line.strong,
        ..Row::default()
    };
    let rows = counted.iter().filter(wanted).map(row).collect();
    Table { caption, columns: heads(&columns, lang), rows, ..Table::default() }
}

fn since(previous: Period, lang: Lang) -> String {
    let previous = previous.tag(lang);
    tr!(lang, "前回比（{previous}）", "Change since {previous}")
}

/// A line of the roll-up, and what it rolls up.
type Rolled<'r> = (&'r Status<'r>, &'r Counted<'r>);

fn columns<'r>(report: &StatusReport<'_>, part: CountsShown, lang: Lang) -> Vec<ColumnOf<Rolled<'r>>> {
    let status = &report.status;
    let mut columns = vec![
        column("id", terms::ID.titles(), Type::Id, |(_, line): &Rolled<'_>, _| Cell::text(line.id)),
        column("name", terms::NAME.titles(), Type::Text, |(_, line), _| Cell::text(line.name)),
    ];
    if matches!(part, CountsShown::All | CountsShown::Counts) {
        let entries = |(_, line): &Rolled<'_>, at: At| count(line.tally.entries, at.lang);
        columns.push(ColumnOf::titled("entries", report.counted_name(), Type::Integer, entries));
        columns.push(column("rated", terms::RATED.titles(), Type::Integer, |(_, line), at| {
            count(line.tally.rated(), at.lang)
        }));
    }
    if part != CountsShown::Changes {
        columns.extend(grades(status, part));
    }
    if matches!(part, CountsShown::All | CountsShown::Counts) {
        columns.push(column("unreported", terms::UNREPORTED.titles(), Type::Integer, |(_, line), at| {
            count(line.tally.unreported, at.lang)
        }));
    }
    if let (CountsShown::All | CountsShown::Changes, Some(previous)) = (part, status.previous) {
        let title =
            if part == CountsShown::All { since(previous, lang) } else { lang.pick("増減", "Change").to_owned() };
        columns.push(ColumnOf::titled("change", title, Type::Text, |(status, line), at| {
            let moved = changes(status, line.tally, line.before, at.lang);
            Cell::text(if moved.is_empty() { at.lang.pick("増減なし", "none").to_owned() } else { moved })
        }));
    }
    columns
}

/// One column a grade, and one a sum of grades.
fn grades<'r>(status: &Status<'_>, part: CountsShown) -> Vec<ColumnOf<Rolled<'r>>> {
    let (kind, grade, composite): (_, CellOf<'r>, CellOf<'r>) = match part {
        CountsShown::Shares => {
            (Type::Percent, |of, at| share(of, graded(of, at), at), |of, at| share(of, summed(of, at), at))
        }
        CountsShown::All => {
            (Type::Integer, |of, at| both(of, graded(of, at), at), |of, at| both(of, summed(of, at), at))
        }
        _ => (Type::Integer, |of, at| count(graded(of, at).0, at.lang), |of, at| count(summed(of, at).0, at.lang)),
    };
    let version = status.version;
    let grades = version.grades.iter().enumerate();
    let grades = grades.map(|(nth, g)| ColumnOf::titled(format!("grade.{}", g.id), &*g.name, kind, grade).nth(nth));
    let sums = version.composites.iter().enumerate();
    let sums = sums.map(|(nth, c)| ColumnOf::titled(format!("sum.{}", c.id), &*c.name, kind, composite).nth(nth));
    grades.chain(sums).collect()
}

/// Makes a cell of a line.
type CellOf<'r> = fn(&Rolled<'r>, At) -> Cell;

/// How many have the grade, and whether it counts.
fn graded((status, line): &Rolled<'_>, at: At) -> (u64, bool) {
    (line.tally.counts[at.nth], status.version.grades[at.nth].counts)
}

/// How many have one of the grades that are summed up.
fn summed((status, line): &Rolled<'_>, at: At) -> (u64, bool) {
    let composite = &status.version.composites[at.nth];
    (line.tally.sum(composite), status.version.sum_counts(composite))
}

fn count(n: u64, lang: Lang) -> Cell {
    Cell::number(n, words::number(n.into(), lang))
}

/// The share of those rated, where there are any and the grade counts.
fn share((status, line): &Rolled<'_>, (n, counts): (u64, bool), at: At) -> Cell {
    let rounding = status.plan.head.rounding;
    match line.tally.rated() {
        rated if counts && rated > 0 => {
            Cell::text(words::share(n, rated, rounding, at.lang)).numbered(words::share_number(n, rated, rounding))
        }
        _ => Cell::text(words::none(at.lang)),
    }
}

/// The count, and the share where there is one.
fn both(of: &Rolled<'_>, (n, counts): (u64, bool), at: At) -> Cell {
    let share = share(of, (n, counts), at);
    match share.exact() {
        Some(_) => Cell::number(n, format!("{} ({})", words::number(n.into(), at.lang), share.text)),
        None => count(n, at.lang),
    }
}

/// Which counts changed, and by how much; nothing where none did.
fn changes(status: &Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> String {
    let moved = net(status, tally, before, lang)
        .into_iter()
        .map(|(name, by)| format!("{}{}", words::before_number(name, lang), words::change(by, lang)));
    moved.collect::<Vec<String>>().join(lang.pick("、", ", "))
}

/// The grades (and unreported ones) of which there are more or fewer than before, and by how many.
pub fn net<'s>(status: &'s Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> Vec<(&'s str, Decimal)> {
    let was = |id: &str| {
        let place = status.version_before.grades.iter().position(|g| g.id.as_str() == id);
        place.map_or(0, |place| before.counts[place])
    };
    let grades = status.version.grades.iter().zip(&tally.counts);
    let grades = grades.map(|(grade, now)| (&*grade.name, *now, was(grade.id.as_str())));
    let unreported = (terms::UNREPORTED.word(lang), tally.unreported, before.unreported);
    let moved = grades.chain([unreported]).filter(|(_, now, was)| now != was);
    moved.map(|(name, now, was)| (name, Decimal::from(now) - Decimal::from(was))).collect()
}

/// The counts in one line, for a tree.
pub fn tally_words(report: &StatusReport<'_>, tally: &Tally, lang: Lang) -> String {
    let version = report.status.version;
    let grades = version.grades.iter().zip(&tally.counts).filter(|(_, n)| **n > 0);
    let mut parts: Vec<String> = grades.map(|(grade, n)| format!("{} {n}", grade.name)).collect();
    if tally.unreported > 0 {
        parts.push(format!("{} {}", terms::UNREPORTED.word(lang), tally.unreported));
    }
    let (entries, parts) = (tally.entries, parts.join(lang.pick("、", ", ")));
    tr!(lang, "{entries}件（{parts}）", "{entries} ({parts})")
}
