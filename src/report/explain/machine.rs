//! The steps for machines: one number a row, and JSON.

use serde_json::{Value as Json, json};

use crate::document::{Cell, Column, Row, Table};
use crate::git::blame::LastSet;
use crate::lang::Lang;
use crate::plan::Subject;
use crate::query::explain::{Amount, Number, Outcome, Part, Step};
use crate::query::status::Standing;
use crate::report::{json as numbers, words};

use super::{ExplainReport, last_set, steps, wording};

/// One row a number of a step; a step without any has one row.
pub fn flat(report: &ExplainReport<'_>, lang: Lang) -> Table {
    let titles = [
        ("対象", "Of"),
        ("計算", "Step"),
        ("式", "Formula"),
        ("結果", "Result"),
        ("記号", "Symbol"),
        ("値", "Value"),
        ("時点", "Period"),
        ("記載場所", "Written in"),
        ("資料", "Source"),
        ("最後に書いた記録", "Last set"),
    ];
    let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
    let mut rows = Vec::new();
    for part in &report.explanation.parts {
        for step in &part.steps {
            let shown = Cell::text(steps::shown(report, part, step, lang));
            let head = [
                Cell::text(part.indicator.map_or("", |i| i.id.as_str())),
                Cell::text(wording::name(step.name, lang)),
                Cell::text(steps::symbols(step, lang).unwrap_or_default()),
                match step.outcome {
                    Outcome::Number(value, _) => shown.numbered(Some(value.normalize())),
                    _ => shown,
                },
            ];
            let of_numbers = step.numbers.iter().map(|number| cells(report, part, number, lang));
            let tails: Vec<[Cell; 6]> = of_numbers.collect();
            let tails = if tails.is_empty() { vec![Default::default()] } else { tails };
            rows.extend(tails.into_iter().map(|tail| Row::new(head.iter().cloned().chain(tail).collect())));
        }
    }
    Table { columns, rows, ..Table::default() }
}

fn cells(report: &ExplainReport<'_>, part: &Part<'_>, number: &Number<'_>, lang: Lang) -> [Cell; 6] {
    let place = report.place(number);
    let amount = Cell::text(steps::amount(report, part, number, lang));
    [
        Cell::text(&*number.symbol),
        match number.amount {
            Amount::Exact(value) => amount.numbered(Some(value)),
            _ => amount,
        },
        Cell::text(number.period.map(|p| p.short()).unwrap_or_default()),
        Cell::text(place.map_or("", |place| &place.written_in)),
        Cell::text(report.source(number, lang)),
        Cell::text(if place.is_some_and(|p| p.set.is_some()) { last_set(place, lang) } else { String::new() }),
    ]
}

/// For programs: stable keys, exact numbers, `null` for absent.
pub fn json(report: &ExplainReport<'_>) -> Json {
    let plan = report.plan;
    let figure = match report.subject {
        None => Json::Null,
        Some(Subject::Entry(place)) => {
            json!({ "kind": "entry", "id": plan.entries[place].id, "name": plan.entries[place].name })
        }
        Some(Subject::Indicator(place)) => {
            json!({ "kind": "indicator", "id": plan.indicators[place].id, "name": plan.indicators[place].name })
        }
    };
    let parts = report.explanation.parts.iter();
    let steps = parts.flat_map(|part| part.steps.iter().map(move |step| json_step(report, part, step)));
    json!({
        "schema": 1,
        "plan": numbers::plan(plan),
        "as_of": numbers::as_of(report.as_of),
        "figure": figure,
        "git": report.in_git,
        "steps": steps.collect::<Vec<_>>(),
    })
}

fn json_step(report: &ExplainReport<'_>, part: &Part<'_>, step: &Step<'_>) -> Json {
    let lang = report.plan.head.lang;
    let (result, why) = match step.outcome {
        Outcome::Number(value, _) => (numbers::decimal(value.normalize()), Json::Null),
        Outcome::Holds(holds) => (holds.into(), Json::Null),
        Outcome::NotAsked | Outcome::Listed => (Json::Null, Json::Null),
        Outcome::Compared(is) => (json!(is), Json::Null),
        Outcome::Verdict(verdict, _) => (verdict.key().into(), Json::Null),
        Outcome::ByHand(by) => {
            (by.meaning.map_or("undetermined".into(), |meaning| json!(meaning)), by.reason.as_deref().into())
        }
        Outcome::Nothing(why) => (Json::Null, words::why(why, Lang::En).into()),
    };
    json!({
        "of": part.indicator.map(|i| i.id.as_str()),
        "unit": part.unit.map(|unit| &unit.0),
        "name": wording::key(step.name),
        "title": wording::name(step.name, lang),
        "formula": steps::symbols(step, Lang::En),
        "with_numbers": steps::with_numbers(step, lang),
        "numbers": step.numbers.iter().map(|number| json_number(report, part, number)).collect::<Vec<_>>(),
        "result": result,
        "why": why,
        "shown": steps::shown(report, part, step, lang),
    })
}

fn json_number(report: &ExplainReport<'_>, part: &Part<'_>, number: &Number<'_>) -> Json {
    let grade = |standing: Standing| match (standing, &report.explanation.status) {
        (Standing::Graded(grade), Some(status)) => Json::from(status.version.grades[grade].id.as_str()),
        (Standing::Unreported, _) => "unreported".into(),
        _ => Json::Null,
    };
    let value = match &number.amount {
        Amount::Exact(value) => numbers::decimal(*value),
        Amount::Step(place, _) => Json::from(*place),
        Amount::Reading(reading) => part.indicator.map_or(Json::Null, |i| numbers::value(&reading.value, i)),
        Amount::Standing(_, standing) => grade(*standing),
        Amount::Moved(_, flow) => grade(flow.to),
        Amount::Verdict(_, verdict) => wording::verdict_key(*verdict).into(),
        Amount::Figure(figure) => numbers::figure(report.plan, figure)["value"].take(),
    };
    let candidates = match (&number.amount, part.indicator) {
        (Amount::Reading(reading), Some(indicator)) => {
            numbers::reading(reading, indicator, report.plan)["candidates"].take()
        }
        _ => Json::Null,
    };
    let place = report.place(number);
    let set = place.and_then(|place| place.set.as_ref());
    let (commit, date, author) = match set {
        Some(LastSet::Commit { id, date, author }) => (Some(id), Some(date.to_string()), Some(author)),
        _ => (None, None, None),
    };
    json!({
        "symbol": number.symbol,
        "of": number.of,
        "value": value,
        "candidates": candidates,
        "words": steps::amount(report, part, number, report.plan.head.lang),
        "period": number.period.map(|p| p.short()),
        "written_in": place.map(|place| &place.written_in),
        "source": number.origin.and_then(|origin| words::source(report.plan, origin.source)),
        "certainty": number.origin.map(|origin| origin.certainty),
        "commit": commit,
        "date": date,
        "author": author,
        "uncommitted": set.map(|set| *set == LastSet::Uncommitted),
    })
}
