//! Pieces of JSON that several reports share. Numbers are exact decimals, absent is `null`.

use rust_decimal::Decimal;
use serde_json::{Number, Value as Json, json};

use crate::plan::Plan;
use crate::plan::entry::Figure;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::road::PlannedStep;
use crate::plan::source::{Origin, Revision};
use crate::plan::value::{Absence, Value};
use crate::query::AsOf;
use crate::query::gap::Rate;

/// Digits behind the point of rates, which need not end.
const RATE_DIGITS: u32 = 10;

/// An exact decimal as a JSON number.
pub fn decimal(value: Decimal) -> Json {
    value.to_string().parse::<Number>().map_or(Json::Null, Json::Number)
}

/// An exact decimal or `null`.
pub fn maybe(value: Option<Decimal>) -> Json {
    value.map_or(Json::Null, decimal)
}

/// A mean or a forecast, which need not end, to ten digits behind the point.
pub fn rounded(value: Option<Decimal>) -> Json {
    maybe(value.map(|v| v.round_dp(RATE_DIGITS).normalize()))
}

/// A rate in percent, to ten digits behind the point.
pub fn rate(rate: Option<Rate>) -> Json {
    maybe(rate.and_then(Rate::percent).map(|p| p.round_dp(RATE_DIGITS).normalize()))
}

/// Which plan.
pub fn plan(plan: &Plan) -> Json {
    json!({
        "id": plan.head.id, "name": plan.head.name, "folder": plan.folder,
        "city": plan.head.city, "fictional": plan.head.fictional,
        "revision": plan.revision.as_ref().map(revision),
    })
}

fn revision(revision: &Revision) -> Json {
    json!({ "name": revision.name, "id": revision.id, "date": revision.date.to_string() })
}

/// As of when.
pub fn as_of(as_of: AsOf) -> Json {
    json!({ "date": as_of.date.to_string(), "period": as_of.period.short() })
}

/// A value: a number, `{min, max}`, a step's name, or `null`.
pub fn value(value: &Value, indicator: &Indicator) -> Json {
    match (value, &indicator.kind) {
        (Value::Number(number), _) => decimal(*number),
        (Value::Range(within), _) => json!({ "min": decimal(within.min), "max": decimal(within.max) }),
        (Value::Step(place), Kind::Milestone { steps }) => steps.get(*place).map_or(Json::Null, |s| Json::from(&**s)),
        _ => Json::Null,
    }
}

/// A number that a document states.
pub fn figure(plan: &Plan, figure: &Figure) -> Json {
    let number = match &figure.value {
        Value::Number(number) => decimal(*number),
        Value::Range(within) => json!({ "min": decimal(within.min), "max": decimal(within.max) }),
        _ => Json::Null,
    };
    json!({
        "name": figure.name,
        "value": number,
        "written": figure.written,
        "unit": figure.unit,
        "period": figure.period.map(|p| p.short()),
        "certainty": figure.origin.certainty,
        "source": source(plan, figure.origin),
    })
}

/// What is planned for each year.
pub fn steps(plan: &Plan, steps: &[PlannedStep]) -> Vec<Json> {
    steps.iter().map(|p| json!({ "year": p.year.short(), "step": plan.step(p.step) })).collect()
}

/// The id of the document that something was read from.
fn source(plan: &Plan, origin: Origin) -> Option<&str> {
    plan.sources.get(usize::from(origin.source?)).map(|s| s.id.as_str())
}

/// A reading with its period, its words where it was written as text, and how sure it is.
pub fn reading(reading: &Reading, indicator: &Indicator, plan: &Plan) -> Json {
    let absence = match &reading.value {
        Value::Absent(absence) => Json::from(absence.key()),
        _ => Json::Null,
    };
    let candidates = match &reading.value {
        Value::Absent(Absence::Unsettled(all)) => all.iter().map(|c| decimal(*c)).collect(),
        _ => Json::Null,
    };
    json!({
        "period": reading.period.short(),
        "value": value(&reading.value, indicator),
        "written": reading.written(),
        "absent": absence,
        "candidates": candidates,
        "certainty": reading.origin.certainty,
        "source": source(plan, reading.origin),
    })
}
