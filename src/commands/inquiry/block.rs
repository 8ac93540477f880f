//! A record of a reply as the block of TOML that is added to the plan.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::commands::record::{Block, Place, quoted};
use crate::commands::{Opened, find};
use crate::failure::Failure;
use crate::inquiry::review::Record;
use crate::inquiry::{Answer, Field};
use crate::plan::Plan;
use crate::plan::indicator::Kind;
use crate::plan::value::Absence;
use crate::source::written::Written;

/// The block of a record, with what it takes over from the one that it corrects; `today` stands where the reply names no
/// day.
pub fn block(plan: &Plan, record: &Record, mut kept: Written, today: NaiveDate) -> String {
    let header = if record.is_measure() { "measure" } else { "update" };
    if record.is_measure() {
        // One of the two takes the place of the other.
        ["value", "absent"].iter().for_each(|key| drop(kept.take(key)));
    }
    let mut block = Block::new(header, kept);
    let day = record.day.unwrap_or(today);
    block.text("period", Some(&record.period.short()));
    block.date("recorded", record.not_before.map_or(day, |last| day.max(last)));
    block.text("corrects", record.corrects.map(|name| name.to_string()).as_deref());
    let ratings: Vec<String> = record
        .answers
        .iter()
        .filter_map(|(field, Answer(grade))| match field {
            Field::Rating(scale) => Some(format!("{scale} = {}", quoted(grade))),
            _ => None,
        })
        .collect();
    let ratings = (!ratings.is_empty()).then(|| format!("{{ {} }}", ratings.join(", ")));
    block.raw("rating", ratings.as_deref());
    for (field, answer) in &record.answers {
        match field {
            Field::Rating(_) => {}
            Field::Progress => block.raw("progress", Some(&answer.0)),
            Field::Value => {
                let (key, value) = value(plan, record, &answer.0);
                block.raw(key, Some(&value));
            }
            other => block.text(&other.to_string(), Some(&answer.0)),
        }
    }
    ["step", "reached", "done", "issue", "next", "note"].iter().for_each(|key| block.raw(key, None));
    block.text("by", record.by.as_deref());
    block.finish()
}

/// What the record that is corrected says, to be taken over.
///
/// # Errors
/// When that record is gone.
pub fn kept(opened: &Opened, record: &Record) -> Result<Written, Failure> {
    let Some(name) = record.corrects else { return Ok(Written::default()) };
    let subject = find(&opened.plan, record.id.as_str())?;
    let header = if record.is_measure() { "measure" } else { "update" };
    Ok(Place::new(opened, subject).corrected(&name.to_string(), header)?.1)
}

/// A number as such, whatever else as words; the name of a step is words even where it looks like a number.
fn value(plan: &Plan, record: &Record, answer: &str) -> (&'static str, String) {
    if Absence::parse(answer).is_some() {
        return ("absent", quoted(answer));
    }
    let indicator = plan.indicators.iter().find(|indicator| indicator.id == record.id);
    let is_step = indicator.is_some_and(|indicator| matches!(indicator.kind, Kind::Milestone { .. }));
    match Decimal::from_str_exact(answer) {
        Ok(_) if !is_step => ("value", answer.to_owned()),
        _ => ("value", quoted(answer)),
    }
}
