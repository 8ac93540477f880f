//! The records that changed answers make: one for each entry or indicator.

use chrono::NaiveDate;

use super::{Class, Review, Row};
use crate::inquiry::{Answer, Field, Form, Key, form};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::Period;

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
    /// What is recorded, in the order of the form.
    pub answers: Vec<(Field, Answer)>,
}

impl Record {
    /// Whether it is about an indicator.
    pub fn is_measure(&self) -> bool {
        self.answers.iter().any(|(field, _)| matches!(field, Field::Value | Field::Note))
    }
}

/// The records of a review; a note on a value that does not exist makes its row invalid.
pub fn records(plan: &Plan, review: &mut Review) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for row in review.rows.iter().filter(|row| row.class == Class::Changed) {
        let (Some(key), Some(answer)) = (&row.key, &row.answer) else { continue };
        let by = Some(plan.owners[row.owner].name.to_string());
        let same = |record: &&mut Record| record.id == key.id && record.period == key.period && record.by == by;
        let change = (key.field.clone(), answer.clone());
        match records.iter_mut().find(same) {
            Some(record) => record.answers.push(change),
            None => records.push(Record {
                id: key.id.clone(),
                period: key.period,
                by,
                day: day(review, row),
                answers: vec![change],
            }),
        }
    }
    // The last value of a period counts as a whole: what was not changed of it is said again.
    for record in records.iter_mut().filter(|record| record.is_measure()) {
        complete(plan, record, review);
    }
    let (whole, bare): (Vec<Record>, Vec<Record>) =
        records.into_iter().partition(|r| !r.is_measure() || r.answers.iter().any(|(field, _)| *field == Field::Value));
    for record in bare {
        let key = Key { id: record.id, field: Field::Note, period: record.period };
        for row in review.rows.iter_mut().filter(|row| row.key.as_ref() == Some(&key)) {
            row.class = Class::Invalid;
            row.reason = Some(crate::say!(
                "実績値がないので、注だけを記録することはできません",
                "there is no value that the note could stand by"
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
    let asked = review.taken.iter().find(|taken| record.by.as_deref() == Some(&*plan.owners[taken.owner].name));
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
