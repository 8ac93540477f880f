//! A record of a reply as the block of TOML that is added to the plan.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::commands::record::quoted;
use crate::inquiry::review::Record;
use crate::inquiry::{Answer, Field};
use crate::plan::Plan;
use crate::plan::indicator::Kind;
use crate::plan::value::Absence;

/// The block of a record; `today` stands where the reply names no day.
pub fn block(plan: &Plan, record: &Record, today: NaiveDate) -> String {
    let header = if record.is_measure() { "measure" } else { "update" };
    let mut lines = vec![
        format!("[[{header}]]"),
        line("period", &quoted(&record.period.short())),
        line("recorded", &record.day.unwrap_or(today).to_string()),
    ];
    let ratings: Vec<String> = record
        .answers
        .iter()
        .filter_map(|(field, Answer(grade))| match field {
            Field::Rating(scale) => Some(format!("{scale} = {}", quoted(grade))),
            _ => None,
        })
        .collect();
    if !ratings.is_empty() {
        lines.push(line("rating", &format!("{{ {} }}", ratings.join(", "))));
    }
    for (field, answer) in &record.answers {
        match field {
            Field::Rating(_) => {}
            Field::Progress => lines.push(line("progress", &answer.0)),
            Field::Value => lines.push(value(plan, record, &answer.0)),
            other => lines.push(line(&other.to_string(), &quoted(&answer.0))),
        }
    }
    lines.extend(record.by.as_deref().map(|by| line("by", &quoted(by))));
    lines.join("\n") + "\n"
}

fn line(key: &str, value: &str) -> String {
    format!("{key:<8} = {value}")
}

/// A number as such, whatever else as words; the name of a step is words even where it looks like a number.
fn value(plan: &Plan, record: &Record, answer: &str) -> String {
    if Absence::parse(answer).is_some() {
        return line("absent", &quoted(answer));
    }
    let indicator = plan.indicators.iter().find(|indicator| indicator.id == record.id);
    let is_step = indicator.is_some_and(|indicator| matches!(indicator.kind, Kind::Milestone { .. }));
    match Decimal::from_str_exact(answer) {
        Ok(_) if !is_step => line("value", answer),
        _ => line("value", &quoted(answer)),
    }
}
