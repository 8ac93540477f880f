//! Several scales, or several evaluators, side by side: one table of counts, one of entries.

use std::borrow::Cow;

use crate::document::{Block, Cell, Column, Row, Section, Table, Type, WHOLE_ROW};
use crate::lang::Lang;
use crate::query::status::{Node, Question, Status, status};
use crate::text::terms;
use crate::wording as words;

use super::StatusReport;
use super::counts::Share;
use super::lines::{Counted, heading, lines, several_times};

/// The counts of each level, then the entries.
pub fn sections(report: &StatusReport<'_>, lang: Lang) -> Vec<Section> {
    let levels = by_level(report);
    let counts = levels.iter().map(|level| (heading(report, &level[0], lang), counts(report, level, lang)));
    let entries = entries(report, lang).map(|entries| (report.counted_name().to_owned(), entries));
    let section = |(heading, table)| Section::new(heading, vec![Block::Table(table)]);
    counts.chain(entries).map(section).collect()
}

/// What stands side by side: the status that was asked for first, then the others.
pub fn all<'r, 'p>(report: &'r StatusReport<'p>) -> impl Iterator<Item = &'r Status<'p>> {
    std::iter::once(&report.status).chain(&report.beside)
}

/// What stands side by side on one level.
pub type Level<'r, 'p> = Vec<Cow<'r, Status<'p>>>;

/// The same of each level that is counted, top first.
pub fn by_level<'r, 'p>(report: &'r StatusReport<'p>) -> Vec<Level<'r, 'p>> {
    let of_level = |first: &'r Status<'p>| -> Level<'r, 'p> {
        let at = |of: &Status<'p>| status(of.plan, Question { level: Some(first.counted), ..of.question });
        std::iter::once(Cow::Borrowed(first)).chain(report.beside.iter().map(|of| Cow::Owned(at(of)))).collect()
    };
    let above = report.levels.iter().filter(|level| level.counted < report.status.counted).map(of_level);
    above.chain([all(report).map(Cow::Borrowed).collect()]).collect()
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
pub fn counts(report: &StatusReport<'_>, level: &[Cow<'_, Status<'_>>], lang: Lang) -> Table {
    let statuses: Vec<(&Status<'_>, Vec<Counted<'_>>)> =
        level.iter().map(|status| (&**status, lines(report, status, lang))).collect();
    let (status, first) = (statuses[0].0, &statuses[0].1);
    let of_line = |status: &Status<'_>, line: &Counted<'_>| -> Vec<Cell> {
        let share = Share { status, tally: &line.tally, lang };
        let version = status.version;
        let grades = version.grades.iter().zip(&line.tally.counts).map(|(grade, n)| share.both(*n, grade.counts));
        let sums = version.composites.iter().map(|sum| share.both(line.tally.sum(sum), version.sum_counts(sum)));
        let rated = share.count(line.tally.rated());
        std::iter::once(rated).chain(grades).chain(sums).chain([share.unreported()]).collect()
    };
    let row = |(at, line): (usize, &Counted<'_>)| {
        let share = Share { status, tally: &line.tally, lang };
        let names = if report.by.is_some() { vec![] } else { vec![Cell::text(line.id)] };
        let names = names.into_iter().chain([Cell::text(&*line.name), share.count(line.tally.entries)]);
        let rest = statuses.iter().filter_map(|(status, lines)| Some(of_line(status, lines.get(at)?))).flatten();
        Row { strong: line.strong, ..Row::new(names.chain(rest).collect()) }
    };
    let rows = first.iter().enumerate().map(row).collect();
    let notes = several_times(report, status, first, lang).map(Into::into).into_iter().collect();
    Table { columns: count_columns(report, status, lang), rows, notes, ..Table::default() }
}

fn count_columns(report: &StatusReport<'_>, status: &Status<'_>, lang: Lang) -> Vec<Column> {
    let plan = report.plan();
    let mut columns = match report.by {
        Some(by) => vec![Column::new("group", words::grouping(plan, by, lang), Type::Text)],
        None => vec![
            Column::new("id", terms::ID.title(lang), Type::Id),
            Column::new("name", terms::NAME.title(lang), Type::Name),
        ],
    };
    columns.push(Column::new("entries", plan.level_name(status.counted), Type::Integer));
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

/// One row an entry, one column a status; one that is not rated itself heads those beneath it. `None` where the view has
/// none.
pub fn entries(report: &StatusReport<'_>, lang: Lang) -> Option<Table> {
    let table = entry_table(report, lang);
    (report.view.level.is_none() && !table.rows.is_empty()).then_some(table)
}

fn entry_table(report: &StatusReport<'_>, lang: Lang) -> Table {
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

/// One value a cell: the entries with a column for each status or, by group, the counts of each level, for spreadsheets.
pub fn flat(report: &StatusReport<'_>, lang: Lang) -> Table {
    if report.by.is_none() {
        return entry_table(report, lang);
    }
    let of_level = |level: Level<'_, '_>| {
        let name = level[0].plan.level_name(level[0].counted).to_owned();
        let mut table = counts(report, &level, lang);
        for row in &mut table.rows {
            row.cells.insert(1, Cell::text(&*name));
        }
        table
    };
    let mut tables = by_level(report).into_iter().map(of_level);
    let mut all = tables.next().unwrap_or_default();
    all.rows.extend(tables.flat_map(|table| table.rows));
    all.columns.insert(1, Column::new("level", terms::LEVEL.title(lang), Type::Text));
    if let Some(entries) = all.columns.iter_mut().find(|column| column.key == "entries") {
        entries.title = terms::COUNT.title(lang).into();
    }
    all
}
