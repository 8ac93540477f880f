//! The roll-up: counts by level first, percent of those rated second, and how they changed.

use rust_decimal::Decimal;

use crate::document::{Block, Cell, Column, Row, Section, Table};
use crate::lang::Lang;
use crate::plan::Published;
use crate::plan::period::Period;
use crate::plan::scale::{Grade, ScaleVersion};
use crate::query::status::{Node, Status, Tally};
use crate::tr;
use crate::wording as words;

use super::StatusReport;

/// Counts by level, or what a paper printed where the entries are not known.
pub fn section(report: &StatusReport<'_>, lang: Lang) -> Section {
    let status = &report.status;
    if let Some(published) = status.published {
        return published_section(status, published, lang);
    }
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
    let mut table = table(report, &counted, Part::All, lang);
    table.narrow = [Part::Counts, Part::Shares, Part::Changes]
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
    lang.pick("計画全体", "Whole plan")
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
enum Part {
    All,
    Counts,
    Shares,
    Changes,
}

fn table(report: &StatusReport<'_>, counted: &[Counted<'_>], part: Part, lang: Lang) -> Table {
    let status = &report.status;
    let told = |line: &&Counted<'_>| match part {
        Part::All | Part::Counts => true,
        Part::Shares => line.tally.rated() > 0,
        Part::Changes => !changes(status, line.tally, line.before, lang).is_empty(),
    };
    let caption = match part {
        Part::All => None,
        Part::Counts => Some(lang.pick("件数", "Counts").to_owned()),
        Part::Shares => Some(lang.pick("評価済に対する割合", "Percent of those rated").to_owned()),
        Part::Changes => status.previous.map(|previous| since(previous, lang)),
    };
    let rows = counted.iter().filter(told).map(|line| row(status, line, part, lang)).collect();
    Table { caption, columns: columns(report, part, lang), rows, ..Table::default() }
}

fn since(previous: Period, lang: Lang) -> String {
    let previous = previous.tag(lang);
    tr!(lang, "前回比（{previous}）", "Change since {previous}")
}

fn columns(report: &StatusReport<'_>, part: Part, lang: Lang) -> Vec<Column> {
    let status = &report.status;
    let mut columns = vec![Column::left(lang.pick("番号", "ID")), Column::left(lang.pick("名称", "Name"))];
    if matches!(part, Part::All | Part::Counts) {
        columns.push(Column::right(report.counted_name()));
        columns.push(Column::right(lang.pick("評価済", "Rated")));
    }
    if part != Part::Changes {
        columns.extend(status.version.grades.iter().map(|grade| Column::right(&*grade.name)));
        columns.extend(status.version.composites.iter().map(|c| Column::right(&*c.name)));
    }
    if matches!(part, Part::All | Part::Counts) {
        columns.push(Column::right(lang.pick("未報告", "Unreported")));
    }
    if let (Part::All | Part::Changes, Some(previous)) = (part, status.previous) {
        let title = if part == Part::All { since(previous, lang) } else { lang.pick("増減", "Change").to_owned() };
        columns.push(Column::left(title));
    }
    columns
}

fn row(status: &Status<'_>, line: &Counted<'_>, part: Part, lang: Lang) -> Row {
    let tally = line.tally;
    let count = |n: u64| Cell::number(n, words::number(n.into(), lang));
    let graded = |n: u64, counts: bool| {
        let share = words::share(n, tally.rated(), status.plan.head.rounding, lang);
        let has_share = counts && tally.rated() > 0;
        match part {
            Part::Shares => Cell::text(if has_share { share } else { words::none(lang).to_owned() }),
            Part::All if has_share => Cell::number(n, format!("{} ({share})", words::number(n.into(), lang))),
            _ => count(n),
        }
    };
    let mut cells = vec![Cell::text(line.id), Cell::text(line.name)];
    if matches!(part, Part::All | Part::Counts) {
        cells.extend([count(tally.entries), count(tally.rated())]);
    }
    if part != Part::Changes {
        let grades = status.version.grades.iter().zip(&tally.counts);
        cells.extend(grades.map(|(grade, n)| graded(*n, grade.counts)));
        cells.extend(status.version.composites.iter().map(|c| graded(tally.sum(c), true)));
    }
    if matches!(part, Part::All | Part::Counts) {
        cells.push(count(tally.unreported));
    }
    if matches!(part, Part::All | Part::Changes) && status.previous.is_some() {
        let moved = changes(status, line.tally, line.before, lang);
        cells.push(Cell::text(if moved.is_empty() { lang.pick("増減なし", "none").to_owned() } else { moved }));
    }
    Row { cells, strong: line.strong }
}

/// Which counts changed, and by how much; nothing where none did.
fn changes(status: &Status<'_>, tally: &Tally, before: &Tally, lang: Lang) -> String {
    let moved =
        net(status, tally, before, lang).into_iter().map(|(name, by)| format!("{name}{}", words::change(by, lang)));
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
    let unreported = (lang.pick("未報告", "unreported"), tally.unreported, before.unreported);
    let moved = grades.chain([unreported]).filter(|(_, now, was)| now != was);
    moved.map(|(name, now, was)| (name, Decimal::from(now) - Decimal::from(was))).collect()
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
        let share = if grade.counts {
            words::share(*n, rated, status.plan.head.rounding, lang)
        } else {
            words::none(lang).to_owned()
        };
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
