//! The records that changed answers make: one for each entry or indicator.

use chrono::NaiveDate;

use super::{Review, Row};
use crate::inquiry::spot::Class;
use crate::inquiry::{Answer, Field, Form, Key, form, road};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::entry::Update;
use crate::plan::id::Id;
use crate::plan::owner::owners_called;
use crate::plan::period::Period;
use crate::plan::record::{RecordName, Recorded};
use crate::query::AsOf;

/// One record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The entry or indicator.
    pub id: Id,
    /// What it is about.
    pub period: Period,
    /// Who says so.
    pub by: Option<String>,
    /// The day that the reply says, if it says one.
    pub day: Option<NaiveDate>,
    /// The record in whose place it stands, where the same department reported otherwise before.
    pub corrects: Option<RecordName>,
    /// The last day on which anything was recorded about the same period: no record comes before what it answers.
    pub not_before: Option<NaiveDate>,
    /// Why it is right although something in it is unlikely.
    pub confirmed: Option<String>,
    /// What is recorded, in the order of the form.
    pub answers: Vec<(Field, Answer)>,
}

impl Record {
    /// Whether it is about an indicator.
    pub fn is_measure(&self) -> bool {
        self.answers.iter().any(|(field, _)| matches!(field, Field::Value | Field::Note))
    }

    /// Whether another record is about the same, and stands.
    fn is_beside(&self, other: &impl Recorded) -> bool {
        other.period() == self.period && other.stands()
    }
}

/// The records of a review; a note on a value that does not exist makes its row invalid.
pub fn records(plan: &Plan, review: &mut Review) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for row in review.rows.iter().filter(|row| row.class == Class::Changed) {
        let (Some(key), Some(answer)) = (&row.key, &row.answer) else { continue };
        if key.field.is_of_opinion() {
            continue;
        }
        let by = Some(plan.owners[row.owner].label().to_string());
        let same = |record: &&mut Record| record.id == key.id && record.period == key.period && record.by == by;
        let change = (key.field.clone(), answer.clone());
        match records.iter_mut().find(same) {
            Some(record) => {
                record.answers.push(change);
                record.confirmed = record.confirmed.take().or(row.confirmed.clone());
            }
            None => records.push(Record {
                id: key.id.clone(),
                period: key.period,
                by,
                day: day(review, row),
                corrects: None,
                not_before: None,
                confirmed: row.confirmed.clone(),
                answers: vec![change],
            }),
        }
    }
    // The last value of a period counts as a whole: what was not changed of it is written again.
    for record in records.iter_mut().filter(|record| record.is_measure()) {
        complete(plan, record, review);
    }
    for record in &mut records {
        correct(plan, record);
    }
    let (whole, bare): (Vec<Record>, Vec<Record>) =
        records.into_iter().partition(|r| !r.is_measure() || r.answers.iter().any(|(field, _)| *field == Field::Value));
    for record in bare {
        let key = Key { id: record.id, field: Field::Note, period: record.period };
        for row in review.rows.iter_mut().filter(|row| row.key.as_ref() == Some(&key)) {
            row.class = Class::Invalid;
            row.reason = Some(crate::say!(
                "実績値がないので、注だけを記録することはできません",
                "there is no value for the note to belong to"
            ));
        }
    }
    whole
}

/// The day that the reply of a row says.
fn day(review: &Review, row: &Row) -> Option<NaiveDate> {
    let files: Vec<&str> = row.spots.iter().map(|spot| spot.file.as_str()).collect();
    review
        .taken
        .iter()
        .filter(|taken| taken.owner == row.owner && files.contains(&taken.file.as_str()))
        .find_map(|t| t.day)
}

fn complete(plan: &Plan, record: &mut Record, review: &Review) {
    let asked = review.taken.iter().find(|taken| record.by.as_deref() == Some(plan.owners[taken.owner].label()));
    let form: Option<Form> = asked.map(|taken| form::form(plan, taken.owner, taken.period, Lang::Ja));
    for field in [Field::Value, Field::Note] {
        if record.answers.iter().any(|(known, _)| *known == field) {
            continue;
        }
        let recorded = form.as_ref().and_then(|form| {
            let key = Key { id: record.id.clone(), field: field.clone(), period: record.period };
            form.questions().find(|(_, question)| question.key == key)?.1.recorded.clone()
        });
        record.answers.extend(recorded.map(|answer| (field, answer)));
    }
    record.answers.sort_by_key(|(field, _)| *field == Field::Note);
}

/// Makes the record a 訂正 where it changes the last report of the same department. What it only adds corrects nothing, nor
/// does an answer to the record of somebody else, nor a final value the 速報値 before it.
fn correct(plan: &Plan, record: &mut Record) {
    let by = record.by.as_deref();
    let own = |by_then: Option<&str>| {
        let owner = by.and_then(|by| plan.owner_called(by));
        by_then.is_some_and(|by| owner.is_some_and(|owner| owners_called(&plan.owners, by).contains(&owner)))
    };
    if let Some(indicator) = plan.indicators.iter().find(|indicator| indicator.id == record.id) {
        let measures: Vec<_> = indicator.measures.iter().filter(|m| record.is_beside(*m)).collect();
        record.not_before = measures.iter().filter_map(|m| m.recorded).max();
        let last = measures.last().filter(|m| own(m.by.as_deref()) && !m.provisional);
        record.corrects = last.map(|m| m.name());
    }
    if let Some((place, entry)) = plan.entries.iter().enumerate().find(|(_, entry)| entry.id == record.id) {
        let updates = entry.updates.iter().filter(|u| u.evaluator == form::EVALUATOR && record.is_beside(*u));
        let updates: Vec<_> = updates.collect();
        record.not_before = updates.iter().filter_map(|u| u.recorded).max();
        // What stands in the place of an earlier record would be hidden by a later one.
        let says = |update: &&&Update| {
            record.answers.iter().any(|(field, _)| form::recorded_answer(plan, entry, update, field).is_some())
        };
        let Some(last) = updates.iter().rev().find(says).filter(|u| own(u.by.as_deref())) else { return };
        record.corrects = Some(last.name());
        // Ratings, steps and milestones are one value each in the file: those that stay are written again.
        let ratings = plan.scales.iter().map(|scale| Field::Rating(scale.id.clone()));
        let road =
            road::questions(plan, place, AsOf::end_of(record.period), Lang::Ja).into_iter().map(|(field, ..)| field);
        for field in ratings.chain(road) {
            if record.answers.iter().all(|(known, _)| *known != field) {
                record.answers.extend(form::recorded_answer(plan, entry, last, &field).map(|answer| (field, answer)));
            }
        }
    }
}
