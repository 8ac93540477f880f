//! The roadmap for spreadsheets and programs: one row a milestone or step, exact months.

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::document::{Cell, Column, Row, Table};
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::query::road::{Road, Standing};
use crate::report::json as numbers;

use super::RoadmapReport;

/// One row a milestone or step.
pub fn flat(report: &RoadmapReport<'_>, lang: Lang) -> Table {
    let titles = [
        ("id", "ID"),
        ("名称", "Name"),
        ("取組", "Initiative"),
        ("所管課", "Owner"),
        ("種別", "Kind"),
        ("節目・段階", "Milestone, step"),
        ("予定", "Planned"),
        ("到達", "Reached"),
        ("状態", "State"),
        ("ずれ（月）", "Slip (months)"),
        ("確かさ", "Certainty"),
    ];
    let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
    let rows = report.roads.iter().flat_map(|road| {
        let (step, milestone) = (lang.pick("段階", "step"), lang.pick("節目", "milestone"));
        let steps = road.steps.iter().map(move |s| {
            let name = report.plan.steps[s.planned.step].text(lang);
            row(report, road, (step, name, s.planned.year.into(), s.standing, s.planned.origin), lang)
        });
        let marks = road.marks.iter().map(move |m| {
            row(report, road, (milestone, &m.milestone.name, m.milestone.date, m.standing, m.milestone.origin), lang)
        });
        steps.chain(marks)
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

fn row(
    report: &RoadmapReport<'_>,
    road: &Road<'_>,
    (kind, name, planned, standing, origin): (&str, &str, Period, Standing, Origin),
    lang: Lang,
) -> Row {
    let entry = &report.plan.entries[road.place];
    let months = standing.slip().map(|slip| Decimal::from(slip.months));
    Row::new(vec![
        Cell::text(entry.id.as_str()),
        Cell::text(&*entry.name),
        Cell::text(entry.initiative(road.lane).map_or("", |i| &*i.name)),
        Cell::text(super::words::owners(&entry.owners, &report.plan.owners, lang)),
        Cell::text(kind),
        Cell::text(name),
        Cell::text(planned.short()),
        Cell::text(reached(standing).unwrap_or_default()),
        Cell::text(state_name(standing, lang)),
        months.map_or_else(Cell::default, |months| Cell::number(months, months.to_string())),
        Cell::text(origin.certainty.mark(lang)),
    ])
}

fn reached(standing: Standing) -> Option<String> {
    match standing {
        Standing::Reached(period, _) => Some(period.short()),
        _ => None,
    }
}

fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::Reached(..) => "reached",
        Standing::Missed(_) => "missed",
        Standing::Unreported => "unreported",
        Standing::Ahead => "ahead",
    }
}

fn state_name(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Reached(..) => lang.pick("到達", "reached"),
        Standing::Missed(_) => lang.pick("未到達", "missed"),
        Standing::Unreported => lang.pick("未報告", "unreported"),
        Standing::Ahead => lang.pick("予定", "ahead"),
    }
}

/// For programs.
pub fn json(report: &RoadmapReport<'_>) -> Json {
    json!({
        "schema": 1,
        "plan": numbers::plan(report.plan),
        "as_of": numbers::as_of(report.as_of),
        "steps": (0..report.plan.steps.len()).map(|step| report.plan.step(step)).collect::<Vec<_>>(),
        "roads": report.roads.iter().map(|road| road_json(report, road)).collect::<Vec<_>>(),
    })
}

fn road_json(report: &RoadmapReport<'_>, road: &Road<'_>) -> Json {
    let (plan, entry) = (report.plan, &report.plan.entries[road.place]);
    let initiative = entry.initiative(road.lane);
    let named = |steps: Vec<usize>| steps.into_iter().map(|step| plan.step(step)).collect::<Vec<_>>();
    let year = |year| {
        let planned = entry.steps_of(road.lane).iter().filter(|p| p.year == year).map(|p| p.step).collect();
        json!({ "year": year.short(), "planned": named(planned), "actual": named(road.told_in(year)) })
    };
    let steps = road.steps.iter().map(|step| {
        let mut json = standing_json(step.standing);
        json["step"] = plan.step(step.planned.step).into();
        json["planned"] = step.planned.year.short().into();
        json
    });
    let milestones = road.marks.iter().map(|mark| {
        let mut json = standing_json(mark.standing);
        json["milestone"] = (&*mark.milestone.name).into();
        json["planned"] = mark.milestone.date.short().into();
        json["certainty"] = json!(mark.milestone.origin.certainty);
        json
    });
    json!({
        "id": entry.id,
        "name": entry.name,
        "initiative": initiative.map(|i| &*i.name),
        "owners": entry.owners.iter().map(|owner| &*plan.owners[*owner].name).collect::<Vec<_>>(),
        "start": initiative.and_then(|i| i.start).map(|p| p.short()),
        "end": initiative.and_then(|i| i.end).map(|p| p.short()),
        "years": report.years().into_iter().map(year).collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
        "milestones": milestones.collect::<Vec<_>>(),
        "slip_months": road.slip().map(|slip| slip.months),
        "open": road.slip().map(|slip| !slip.reached),
    })
}

fn standing_json(standing: Standing) -> Json {
    json!({
        "state": state(standing),
        "reached": reached(standing),
        "slip_months": standing.slip().map(|slip| slip.months),
    })
}
