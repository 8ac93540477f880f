//! Several scales, or several evaluators, side by side: one table of counts, one of entries.

use crate::document::{Block, Cell, Column, Row, Section, Table, Type, WHOLE_ROW};
use crate::lang::Lang;
use crate::query::status::{Node, Status};
use crate::text::terms;
use crate::wording as words;

use super::StatusReport;
use super::counts::Share;
use super::lines::{Counted, heading, lines, several_times};

/// The counts, then the entries.
pub fn sections(report: &StatusReport<'_>, lang: Lang) -> Vec<Section> {
    let headings = [heading(report, &report.status, lang), report.counted_name().to_owned()];
    let section = |(heading, table)| Section::new(heading, vec![Block::Table(table)]);
    headings.into_iter().zip(tables(report, lang)).map(section).collect()
}

/// The same as plain tables.
pub fn tables(report: &StatusReport<'_>, lang: Lang) -> Vec<Table> {
    let entries = Some(entries(report, lang)).filter(|entries| report.view.level.is_none() && !entries.rows.is_empty());
    [counts(report, lang)].into_iter().chain(entries).collect()
}

/// What stands side by side: the status that was asked for first, then the others.
pub fn all<'r, 'p>(report: &'r StatusReport<'p>) -> impl Iterator<Item = &'r Status<'p>> {
    std::iter::once(&report.status).chain(&report.beside)
}

/// What tells one of several from the others: the scale, the evaluator, or both.
pub fn name(report: &StatusReport<'_>, of: &Status<'_>, lang: Lang) -> String {
    let differ = |by: fn(&Status<'_>) -> usize| all(report).any(|other| by(other) != by(&report.status));
    let scale = differ(|status| status.question.scale).then_some(&*of.version.name);
    let evaluator = differ(|status| status.question.evaluator);
    let evaluator = evaluator.then_some(&*of.plan.evaluators[of.question.evaluator].name);
    scale.into_iter().chain(evaluator).collect::<Vec<_>>().join(lang.pick("・", ", "))
}

/// One line an entry above the counted level or a group; of each status what was rated, its grades, what was not.
fn counts(report: &StatusReport<'_>, lang: Lang) -> Table {
    let statuses: Vec<(&Status<'_>, Vec<Counted<'_>>)> =
        all(report).map(|status| (status, lines(report, status, lang))).collect();
    let first = &statuses[0].1;
    let of_line = |status: &Status<'_>, line: &Counted<'_>| -> Vec<Cell> {
        let share = Share { status, tally: &line.tally, lang };
        let version = status.version;
        let grades = version.grades.iter().zip(&line.tally.counts).map(|(grade, n)| share.both(*n, grade.counts));
        let sums = version.composites.iter().map(|sum| share.both(line.tally.sum(sum), version.sum_counts(sum)));
        let rated = share.count(line.tally.rated());
        std::iter::once(rated).chain(grades).chain(sums).chain([share.unreported()]).collect()
    };
    let row = |(at, line): (usize, &Counted<'_>)| {
        let share = Share { status: &report.status, tally: &line.tally, lang };
        let names = if report.by.is_some() { vec![] } else { vec![Cell::text(line.id)] };
        let names = names.into_iter().chain([Cell::text(&*line.name), share.count(line.tally.entries)]);
        let rest = statuses.iter().filter_map(|(status, lines)| Some(of_line(status, lines.get(at)?))).flatten();
        Row { strong: line.strong, ..Row::new(names.chain(rest).collect()) }
    };
    let rows = first.iter().enumerate().map(row).collect();
    let notes = several_times(report, &report.status, first, lang).map(Into::into).into_iter().collect();
    Table { columns: count_columns(report, lang), rows, notes, ..Table::default() }
}

fn count_columns(report: &StatusReport<'_>, lang: Lang) -> Vec<Column> {
    let plan = report.plan();
    let mut columns = match report.by {
        Some(by) => vec![Column::new("group", words::grouping(plan, by, lang), Type::Text)],
        None => vec![
            Column::new("id", terms::ID.title(lang), Type::Id),
            Column::new("name", terms::NAME.title(lang), Type::Name),
        ],
    };
    columns.push(Column::new("entries", report.counted_name(), Type::Integer));
    for status in all(report) {
        let (name, key) = (name(report, status, lang), key(status));
        let mut push = |what: String, title: &str| {
            let title = if name.is_empty() { title.to_owned() } else { format!("{name}\n{title}") };
            columns.push(Column::new(format!("{key}.{what}"), title, Type::Integer));
        };
        push("rated".into(), terms::RATED.title(lang));
        status.version.grades.iter().for_each(|grade| push(format!("grade.{}", grade.id), &grade.name));
        status.version.composites.iter().for_each(|sum| push(format!("sum.{}", sum.id), &sum.name));
        push("unreported".into(), terms::UNREPORTED.title(lang));
    }
    columns
}

/// The scale and the evaluator, as a program tells columns apart.
fn key(status: &Status<'_>) -> String {
    let (plan, question) = (status.plan, status.question);
    format!("{}.{}", plan.scales[question.scale].id, plan.evaluators[question.evaluator].id)
}

/// One row an entry, one column a status; one that is not rated itself heads those beneath it.
fn entries(report: &StatusReport<'_>, lang: Lang) -> Table {
    let mut columns = vec![
        Column::new("id", terms::ID.title(lang), Type::Id),
        Column::new("name", terms::NAME.title(lang), Type::Name),
    ];
    if report.has_owners() {
        columns.push(Column::new("owner", terms::OWNER.title(lang), Type::Text));
    }
    for status in all(report) {
        columns.push(Column::new(format!("rating.{}", key(status)), name(report, status, lang), Type::Grade));
    }
    let shown = report.status.nodes.iter().filter(|node| node.entry.level > 0 || report.can_be_rated(node));
    let row = |node: &Node<'_>| {
        let rated = report.can_be_rated(node);
        let mut title = Cell::text(&*node.entry.name);
        if !rated {
            title.across = WHOLE_ROW;
        }
        let owners = words::owners(&node.entry.owners, &report.plan().owners, lang);
        let owners = report.has_owners().then(|| if rated { Cell::text(owners) } else { Cell::default() });
        let ratings = all(report).map(|status| match status.nodes.iter().find(|other| other.place == node.place) {
            Some(other) if rated => rating(status, other, lang),
            _ => Cell::default(),
        });
        let names = [Cell::text(node.entry.id.as_str()), title].into_iter();
        let cells = names.chain(owners).chain(ratings).collect();
        Row { strong: node.entry.level < report.status.counted, ..Row::new(cells) }
    };
    Table { rows: shown.map(row).collect(), columns, ..Table::default() }
}

fn rating(status: &Status<'_>, node: &Node<'_>, lang: Lang) -> Cell {
    let mark = node.rated_by.map(|update| words::mark(update.certainty(), lang)).unwrap_or_default();
    Cell::text(words::standing(node.standing, status.version, lang).to_owned() + &mark)
}

/// One value a cell: the entries with a column for each status, for spreadsheets.
pub fn flat(report: &StatusReport<'_>, lang: Lang) -> Table {
    if report.by.is_some() { counts(report, lang) } else { entries(report, lang) }
}
