//! A record of a reply as the block of TOML that is added to the plan.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::commands::record::Place;
use crate::commands::{Opened, find, opinion};
use crate::failure::Failure;
use crate::inquiry::opinion::Replied;
use crate::inquiry::review::Record;
use crate::inquiry::{Answer, Field, road};
use crate::ledger::measure::{Measure, Value};
use crate::ledger::record::Head;
use crate::ledger::response::{KIND, Response};
use crate::ledger::stamp::Stamped;
use crate::ledger::update::{Step, Update};
use crate::ledger::written::Written;
use crate::plan::Plan;
use crate::plan::indicator::Kind;
use crate::plan::opinion::Meeting;
use crate::plan::record::RecordName;

/// The block of a record, with the name of the one that it corrects and what it takes over from there; `today` stands
/// where the reply names no day.
pub fn block(plan: &Plan, record: &Record, corrected: Option<(RecordName, Written)>, today: NaiveDate) -> String {
    let (corrects, kept) = corrected.unzip();
    let day = record.day.unwrap_or(today);
    let head = Head {
        period: Some(record.period),
        recorded: record.not_before.map_or(day, |last| day.max(last)),
        corrects,
        kept: kept.unwrap_or_default(),
    };
    let answer = |wanted: &Field| record.answers.iter().find(|(field, _)| field == wanted).map(|(_, a)| &*a.0);
    let (note, by, confirmed) = (answer(&Field::Note), record.by.as_deref(), record.confirmed.as_deref());
    let road = Reported::new(plan, record, &head.kept);
    let block = if record.is_measure() {
        let value = answer(&Field::Value).map(|answer| value(plan, record, answer));
        Measure { value, note, confirmed, by, ..Measure::default() }.block(head)
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
            step: (!road.steps.is_empty()).then_some(Step::Each(road.steps)),
            reached: road.reached,
            notes: road.notes.iter().map(String::as_str).chain(note).collect(),
            confirmed,
            by,
            ..Update::default()
        }
        .block(head)
    };
    block.finish()
}

/// The record that is corrected, by the name that no merge can move, and what it says.
///
/// # Errors
/// When that record is gone.
pub fn corrected(opened: &Opened, record: &Record) -> Result<Option<(RecordName, Written)>, Failure> {
    let Some(name) = record.corrects else { return Ok(None) };
    let subject = find(&opened.plan, record.id.as_str())?;
    Place::new(opened, subject).corrected(&name.to_string()).map(Some)
}

/// The block of a response to an opinion; `today` stands where the reply names no day.
///
/// # Errors
/// When the response that it corrects is gone.
pub fn response(opened: &Opened, replied: &Replied, today: NaiveDate) -> Result<String, Failure> {
    let (plan, number) = (&opened.plan, &replied.opinion.number);
    let meeting = plan.meetings.iter().find(|meeting| meeting.id == replied.opinion.meeting);
    let traces =
        |meeting: &Meeting| meeting.responses.iter().map(|one| (one.trace, one.to == *number)).collect::<Vec<_>>();
    let known = meeting.zip(replied.corrects).map(|(meeting, stamp)| {
        let traces = traces(meeting);
        opinion::corrected(&opened.snapshot, meeting, KIND.header, &traces, &stamp.to_string())
    });
    let (corrects, kept) = known.transpose()?.unzip();
    let (owner, by) = (&plan.owners[replied.owner], plan.owners[replied.owner].label());
    let said = Response {
        owner: replied.is_shared.then(|| owner.id.as_str()),
        state: Some(replied.state),
        text: Some(&replied.text),
        reason: replied.reason.as_deref(),
        promise: replied.promise.as_deref(),
        until: replied.until,
        by: Some(by),
        ..Response::default()
    };
    let recorded = replied.day.unwrap_or(today).max(replied.not_before);
    Ok(said.block(Stamped { number, recorded, corrects, kept: kept.unwrap_or_default() }))
}

/// What a record says of the roadmap.
struct Reported {
    /// By lane, the step reached.
    steps: Vec<(String, String)>,
    /// By milestone, when it was reached.
    reached: Vec<(String, String)>,
    /// The footnotes where they change: those that are taken over, and why milestones were not reached.
    notes: Vec<String>,
}

impl Reported {
    fn new(plan: &Plan, record: &Record, kept: &Written) -> Self {
        let (mut steps, mut reached, mut labels, mut whys) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (field, answer) in &record.answers {
            match field {
                Field::Step(lane) => steps.push((lane.to_string(), answer.0.clone())),
                Field::Reached(called) => {
                    labels.push(road::why(plan, called, ""));
                    match road::day(answer) {
                        Some(_) => reached.push((called.to_string(), answer.0.clone())),
                        None => whys.push(road::why(plan, called, &answer.0)),
                    }
                }
                _ => {}
            }
        }
        let before = kept.texts("note");
        let is_answered = |note: &String| labels.iter().any(|label| note.starts_with(label.as_str()));
        let before_answered = before.iter().any(is_answered);
        let mut notes: Vec<String> = match whys.is_empty() && !before_answered {
            true => Vec::new(),
            false => before.into_iter().filter(|note| !is_answered(note)).chain(whys).collect(),
        };
        // An empty one takes the place of those that no longer hold.
        if notes.is_empty() && before_answered {
            notes.push(String::new());
        }
        Self { steps, reached, notes }
    }
}

/// A number as such, whatever else as words; the name of a step is words even where it looks like a number.
fn value(plan: &Plan, record: &Record, answer: &str) -> Value {
    let indicator = plan.indicators.iter().find(|indicator| indicator.id == record.id);
    let is_step = indicator.is_some_and(|indicator| matches!(indicator.kind, Kind::Milestone { .. }));
    Value::parse(answer, |text| Decimal::from_str_exact(text).ok().filter(|_| !is_step).map(|_| text.to_owned()))
}
