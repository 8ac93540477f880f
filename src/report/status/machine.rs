//! The status for machines: one value a cell, and JSON.

use serde_json::{Map, Value as Json, json};

use crate::document::{Cell, Column, Row, Table};
use crate::lang::Lang;
use crate::plan::scale::ScaleVersion;
use crate::plan::value::Certainty;
use crate::query::status::{Flow, Node, Standing, Status, Tally};
use crate::report::{json as numbers, words};

use super::StatusReport;
use super::counts::published_rated;

/// One row an entry, one value a cell: for spreadsheets.
pub fn flat(report: &StatusReport<'_>, lang: Lang) -> Table {
    let status = &report.status;
    let grades = &status.version.grades;
    let mut columns: Vec<Column> = [
        ("番号", "ID"),
        ("階層", "Level"),
        ("名称", "Name"),
        ("所管課", "Owner"),
        ("進捗区分", "Rating"),
        ("時点", "Period"),
    ]
    .map(|(ja, en)| Column::left(lang.pick(ja, en)))
    .into();
    columns.extend(
        [("進捗率（％）", "Progress (%)"), ("件数", "Entries"), ("評価済", "Rated"), ("未報告", "Unreported")]
            .map(|(ja, en)| Column::right(lang.pick(ja, en))),
    );
    columns.extend(grades.iter().map(|g| Column::right(&*g.name)));
    columns.push(Column::left(lang.pick("備考", "Remarks")));
    let row = |node: &Node<'_>| {
        let plan = report.plan();
        let rating = report.can_be_rated(node).then(|| words::standing(node.standing, status.version, lang));
        let count = |n: u64| Cell::number(n, n.to_string());
        let mut cells = vec![
            Cell::text(node.entry.id.as_str()),
            Cell::text(plan.level_name(node.entry.level)),
            Cell::text(&*node.entry.name),
            Cell::text(words::owners(&node.entry.owners, &plan.owners, lang)),
            Cell::text(rating.unwrap_or_default()),
            Cell::text(node.rated_by.map(|u| u.period.short()).unwrap_or_default()),
            node.progress.map_or_else(Cell::default, |p| Cell::number(p, p.to_string())),
            count(node.tally.entries),
            count(node.tally.rated()),
            count(node.tally.unreported),
        ];
        cells.extend(node.tally.counts.iter().map(|n| count(*n)));
        let unsure = node.rated_by.map(|u| u.certainty()).filter(|c| *c != Certainty::Stated);
        cells.push(Cell::text(unsure.map_or("", |certainty| certainty.mark(lang))));
        Row::new(cells)
    };
    Table { columns, rows: report.shown().map(row).collect(), ..Table::default() }
}

/// For programs: stable keys, exact numbers, `null` for absent.
pub fn json(report: &StatusReport<'_>) -> Json {
    let status = &report.status;
    let plan = status.plan;
    let as_of = status.question.as_of;
    json!({
        "schema": 1,
        "plan": numbers::plan(plan),
        "as_of": numbers::as_of(as_of),
        "previous": status.previous.map(|p| p.short()),
        "scale": plan.scales[status.question.scale].id,
        "evaluator": plan.evaluators[status.question.evaluator].id,
        "total": total(status),
        "nodes": report.shown().map(|node| json_node(report, node)).collect::<Vec<_>>(),
        "flows": status.flows.iter().map(|flow| json_flow(status, flow)).collect::<Vec<_>>(),
    })
}

fn counts(version: &ScaleVersion, counts: &[u64]) -> Json {
    let pairs = version.grades.iter().zip(counts).map(|(grade, n)| (grade.id.to_string(), Json::from(*n)));
    Json::Object(pairs.collect::<Map<_, _>>())
}

fn json_tally(version: &ScaleVersion, tally: &Tally) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert("entries".into(), tally.entries.into());
    map.insert("rated".into(), tally.rated().into());
    map.insert("unreported".into(), tally.unreported.into());
    map.insert("excluded".into(), tally.excluded.into());
    map.insert("reported_this_period".into(), tally.fresh.into());
    map.insert("counts".into(), counts(version, &tally.counts));
    let sums = version
        .composites
        .iter()
        .map(|c| (c.id.to_string(), c.grades.iter().map(|g| tally.counts[*g]).sum::<u64>().into()));
    map.insert("composites".into(), Json::Object(sums.collect()));
    map
}

fn total(status: &Status<'_>) -> Json {
    let Some(published) = status.published else {
        let mut map = json_tally(status.version, &status.total);
        map.insert("before".into(), Json::Object(json_tally(status.version_before, &status.before)));
        return Json::Object(map);
    };
    let (_, version) = status.plan.scales[published.scale].version_near(published.period);
    let rated = published_rated(published, version);
    json!({
        "entries": published.total, "rated": rated, "unreported": 0, "excluded": published.total.saturating_sub(rated),
        "counts": counts(version, &published.counts), "published": published.period.short(),
    })
}

fn json_node(report: &StatusReport<'_>, node: &Node<'_>) -> Json {
    let plan = report.plan();
    let mut map = Map::new();
    map.insert("id".into(), node.entry.id.as_str().into());
    map.insert("parent".into(), node.entry.parent.map(|p| plan.entries[p].id.as_str()).into());
    map.insert("level".into(), (node.entry.level + 1).into());
    map.insert("level_name".into(), plan.level_name(node.entry.level).into());
    map.insert("name".into(), (&*node.entry.name).into());
    map.insert("owners".into(), node.entry.owners.iter().map(|o| &*plan.owners[*o].name).collect::<Vec<_>>().into());
    map.append(&mut json_tally(report.status.version, &node.tally));
    map.insert("rating".into(), grade_id(node.standing, report.status.version).into());
    map.insert("attention".into(), report.needs_attention(node).into());
    map.insert("period".into(), node.rated_by.map(|u| u.period.short()).into());
    map.insert("certainty".into(), json!(node.rated_by.map(|u| u.certainty())));
    map.insert("progress".into(), node.progress.into());
    Json::Object(map)
}

fn grade_id(standing: Standing, version: &ScaleVersion) -> Option<&str> {
    match standing {
        Standing::Graded(grade) => Some(version.grades[grade].id.as_str()),
        _ => None,
    }
}

fn json_flow(status: &Status<'_>, flow: &Flow) -> Json {
    let side = |standing: Standing, version| match standing {
        Standing::Outside => "not-in-plan",
        Standing::Unreported => "unreported",
        Standing::Graded(_) => grade_id(standing, version).unwrap_or_default(),
    };
    json!({
        "id": status.plan.entries[flow.place].id,
        "from": side(flow.from, status.version_before),
        "to": side(flow.to, status.version),
    })
}
