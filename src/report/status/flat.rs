//! The status for spreadsheets: one value a cell.

use crate::document::{Cell, ColumnOf, Row, Table, Type, column};
use crate::lang::Lang;
use crate::plan::value::Certainty;
use crate::query::status::{By, Node};
use crate::text::terms;
use crate::wording as words;

use super::{StatusReport, beside, counts, groups, printed};

/// One row an entry, one value a cell: for spreadsheets.
pub fn flat(report: &StatusReport<'_>, lang: Lang) -> Table {
    if !report.beside.is_empty() {
        return beside::flat(report, lang);
    }
    if report.by.is_some() {
        return groups::flat(report, lang);
    }
    let columns = columns(report, lang);
    let mut table = Table::build(&columns, report.shown().map(|node| (report, node)), lang);
    let keys: Vec<&str> = table.columns.iter().map(|column| &*column.key).collect();
    let printed = report.totals().filter(|_| !report.is_filtered());
    let rows: Vec<Row> = printed.flat_map(|totals| printed::rows(report.plan(), totals, &keys, lang)).collect();
    table.rows.extend(rows);
    table
}

/// An entry, and the report that it stands in.
type Stands<'r> = (&'r StatusReport<'r>, &'r Node<'r>);

fn columns<'r>(report: &StatusReport<'_>, lang: Lang) -> Vec<ColumnOf<Stands<'r>>> {
    let mut columns = vec![
        column("id", terms::ID.titles(), Type::Id, |(_, node): &Stands<'_>, _| Cell::text(node.entry.id.as_str())),
        column("level", terms::LEVEL.titles(), Type::Text, |(report, node), _| {
            Cell::text(report.plan().level_name(node.entry.level))
        }),
        column("name", terms::NAME.titles(), Type::Name, |(_, node), _| Cell::text(&*node.entry.name)),
        column("owner", terms::OWNER.titles(), Type::Text, |(report, node), at| {
            Cell::text(words::owners(&node.entry.owners, &report.plan().owners, at.lang))
        }),
        column("rating", terms::RATING.titles(), Type::Grade, |(report, node), at| match report.can_be_rated(node) {
            true => Cell::text(words::standing(node.standing, report.status.version, at.lang)),
            false => Cell::default(),
        }),
        column("period", terms::REPORT_PERIOD.titles(), Type::Period, |(_, node), _| {
            node.rated_by.map_or_else(Cell::default, |update| Cell::text(update.period.short()))
        }),
        column("progress", ("進捗率（％）", "Progress (%)"), Type::Percent, |(_, node), _| {
            node.progress.map_or_else(Cell::default, |p| Cell::number(p, p.to_string()))
        }),
        column("entries", terms::COUNT.titles(), Type::Integer, |(_, node), _| count(node.tally.entries)),
        column("rated", terms::RATED.titles(), Type::Integer, |(_, node), _| count(node.tally.rated())),
        column("unreported", terms::UNREPORTED.titles(), Type::Integer, |(_, node), _| count(node.tally.unreported)),
    ];
    let resting = report.status.has_any(|tally| tally.resting);
    columns.extend(resting.then(|| {
        column("not_rated", terms::RESTING.titles(), Type::Integer, |(_, node): &Stands<'_>, _| {
            count(node.tally.resting)
        })
    }));
    let ahead = report.status.has_any(|tally| tally.ahead);
    columns.extend(ahead.then(|| {
        column("not_begun", terms::AHEAD.titles(), Type::Integer, |(_, node): &Stands<'_>, _| count(node.tally.ahead))
    }));
    columns.extend(report.status.version.grades.iter().enumerate().map(|(nth, grade)| {
        let key = format!("grade.{}", grade.id);
        ColumnOf::titled(key, &*grade.name, Type::Integer, |(_, node): &Stands<'_>, at| {
            count(node.tally.counts[at.nth])
        })
        .nth(nth)
    }));
    columns.extend(report.status.version.composites.iter().enumerate().map(|(nth, sum)| {
        let key = format!("sum.{}", sum.id);
        ColumnOf::titled(key, &*sum.name, Type::Integer, |(report, node): &Stands<'_>, at| {
            count(node.tally.sum(&report.status.version.composites[at.nth]))
        })
        .nth(nth)
    }));
    columns.extend(report.takes_of_others().then(|| {
        column("evaluator", terms::EVALUATOR.titles(), Type::Text, |(report, node): &Stands<'_>, _| {
            let rated_by = node.rated_by.map(|update| &*report.plan().evaluators[update.evaluator].name);
            Cell::text(rated_by.unwrap_or_default())
        })
    }));
    let keys = report.plan().group_keys();
    columns.extend(keys.into_iter().enumerate().map(|(nth, key)| {
        let title = words::grouping(report.plan(), By::Key(key), lang);
        ColumnOf::titled(format!("group.{key}"), title, Type::Text, |(report, node): &Stands<'_>, at| {
            let key = report.plan().group_keys()[at.nth];
            let of = node.entry.groups.iter().filter(|(name, _)| **name == *key);
            Cell::text(of.map(|(_, value)| &**value).collect::<Vec<_>>().join(at.lang.pick("、", ", ")))
        })
        .nth(nth)
    }));
    columns.push(column("remarks", ("備考", "Remarks"), Type::Text, |(report, node), at| {
        let unsure = node.rated_by.map(|update| update.certainty()).filter(|c| *c != Certainty::Stated);
        let unsure = unsure.map(|certainty| certainty.mark(at.lang).to_owned());
        let rescaled = report.status.rescaled.filter(|_| is_above(report, node));
        let rescaled = rescaled.map(|period| words::rescaled(period, at.lang));
        Cell::text(unsure.into_iter().chain(rescaled).collect::<Vec<_>>().join(at.lang.pick("。", ". ")))
    }));
    columns.extend(since_columns());
    columns
}

/// 前回比 of what stands above the counted level.
fn since_columns<'r>() -> [ColumnOf<Stands<'r>>; 2] {
    [
        column("previous", ("比べる期間", "Compared with"), Type::Period, |(report, node): &Stands<'_>, _| {
            let previous = report.status.previous.filter(|_| is_above(report, node));
            previous.map_or_else(Cell::default, |previous| Cell::text(previous.short()))
        }),
        column("change", ("前回比", "Change"), Type::Text, |(report, node): &Stands<'_>, at| {
            match is_above(report, node) {
                true => Cell::text(counts::change(&report.status, &node.tally, &node.before, at.lang)),
                false => Cell::default(),
            }
        }),
    ]
}

/// Whether an entry is one whose counts are those of the entries under it.
fn is_above(report: &StatusReport<'_>, node: &Node<'_>) -> bool {
    node.entry.level < report.status.counted
}

fn count(n: u64) -> Cell {
    Cell::number(n, n.to_string())
}
