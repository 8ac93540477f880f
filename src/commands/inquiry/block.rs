//! A record of a reply as the block of TOML that is added to the plan.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::commands::record::Place;
use crate::commands::{Opened, find};
use crate::failure::Failure;
use crate::inquiry::review::Record;
use crate::inquiry::{Answer, Field};
use crate::ledger::measure::{self, Measure, Value};
use crate::ledger::record::Head;
use crate::ledger::update::{self, Update};
use crate::ledger::written::Written;
use crate::plan::Plan;
use crate::plan::indicator::Kind;

/// The block of a record, with what it takes over from the one that it corrects; `today` stands where the reply names no
/// day.
pub fn block(plan: &Plan, record: &Record, kept: Written, today: NaiveDate) -> String {
    let day = record.day.unwrap_or(today);
    let head = Head {
        period: Some(record.period),
        recorded: record.not_before.map_or(day, |last| day.max(last)),
        corrects: record.corrects,
        kept,
    };
    let answer = |wanted: &Field| record.answers.iter().find(|(field, _)| field == wanted).map(|(_, a)| &*a.0);
    let (note, by) = (answer(&Field::Note), record.by.as_deref());
    let block = if record.is_measure() {
        let value = answer(&Field::Value).map(|answer| value(plan, record, answer));
        Measure { value, note, by, ..Measure::default() }.block(head)
    } else {
        let ratings = record.answers.iter().filter_map(|(field, Answer(grade))| match field {
            Field::Rating(scale) => Some((scale.to_string(), grade.to_string())),
            _ => None,
        });
        Update {
            ratings: ratings.collect(),
            progress: answer(&Field::Progress).map(str::to_owned),
            done: answer(&Field::Done),
            issue: answer(&Field::Issue),
            next: answer(&Field::Next),
            note,
            by,
            ..Update::default()
        }
        .block(head)
    };
    block.finish()
}

/// What the record that is corrected says, to be taken over.
///
/// # Errors
/// When that record is gone.
pub fn kept(opened: &Opened, record: &Record) -> Result<Written, Failure> {
    let Some(name) = record.corrects else { return Ok(Written::default()) };
    let subject = find(&opened.plan, record.id.as_str())?;
    let kind = if record.is_measure() { &measure::KIND } else { &update::KIND };
    Ok(Place::new(opened, subject).corrected(&name.to_string(), kind)?.1)
}

/// A number as such, whatever else as words; the name of a step is words even where it looks like a number.
fn value(plan: &Plan, record: &Record, answer: &str) -> Value {
    let indicator = plan.indicators.iter().find(|indicator| indicator.id == record.id);
    let is_step = indicator.is_some_and(|indicator| matches!(indicator.kind, Kind::Milestone { .. }));
    Value::parse(answer, |text| Decimal::from_str_exact(text).ok().filter(|_| !is_step).map(|_| text.to_owned()))
}
