//! A reply written as TOML, as another system hands it over.

use chrono::NaiveDate;
use toml::{Table, Value};

use super::{Reply, ReplyRow};
use crate::failure::Failure;
use crate::inquiry::spot::Spot;
use crate::inquiry::write::Identity;
use crate::inquiry::{Field, Key};
use crate::plan::id::Id;
use crate::plan::period::{Parsed, Period};
use crate::say;
use crate::workbook::csv;
use crate::workbook::{Cell, Content};

/// Reads `plan`, `period`, `owner`, and for each id a table of answers.
///
/// # Errors
/// When it is no TOML, or something in it is no answer.
pub fn read(file: &str, bytes: &[u8]) -> Result<Reply, Failure> {
    let text = csv::text(bytes)?;
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| {
        let why = error.message().to_owned();
        Failure::plain(say!("TOML として読めません（{why}）", "this cannot be read as TOML ({why})"))
    })?;
    let mut head = |key: &str| match table.remove(key) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(lacks(key)),
    };
    let (plan, when, owner) = (head("plan")?, head("period")?, head("owner")?);
    let Parsed { period, .. } = Period::parse(&when).map_err(|e| Failure::new(e.say(), e.hint()))?;
    let person = head("person").ok();
    let identity =
        Identity { plan, period, owner, sent: NaiveDate::MIN, revision: "-".into(), fingerprint: "-".into() };
    let mut rows = Vec::new();
    for (id, value) in table {
        let (Ok(parsed), Value::Table(answers)) = (Id::parse(&id), value) else { return Err(no_answer(&id)) };
        for (name, value) in answers {
            answer(file, &parsed, &name, value, period, &mut rows)?;
        }
    }
    Ok(Reply { person, rows, ..Reply::new(file, identity) })
}

fn answer(
    file: &str,
    id: &Id,
    name: &str,
    value: Value,
    period: Period,
    rows: &mut Vec<ReplyRow>,
) -> Result<(), Failure> {
    if let (Value::Table(grades), "rating") = (&value, name) {
        return grades
            .iter()
            .try_for_each(|(scale, grade)| answer(file, id, &format!("rating.{scale}"), grade.clone(), period, rows));
    }
    let (name, period) = match name.split_once('@') {
        Some((name, of)) => (name, Period::parse(of).map_err(|e| Failure::new(e.say(), e.hint()))?.period),
        None => (name, period),
    };
    let content = match value {
        Value::String(text) => Content::Text(text),
        Value::Integer(number) => Content::Number(number.to_string()),
        Value::Float(number) => Content::Number(number.to_string()),
        _ => return Err(no_answer(&format!("{id}.{name}"))),
    };
    let field =
        Field::parse(name).or_else(|| Field::of_opinion(name)).ok_or_else(|| no_answer(&format!("{id}.{name}")))?;
    let spot = Spot { file: file.to_owned(), sheet: None, cell: format!("[{id}] {name}") };
    let cell = Cell::new(content);
    let key = Key { id: id.clone(), field, period };
    rows.push(ReplyRow { key, spot, cell: Some(cell), seen: None, last: None, beside: Vec::new() });
    Ok(())
}

fn lacks(key: &str) -> Failure {
    Failure::new(
        say!("{key} がありません", "`{key}` is missing"),
        say!("plan、period、owner を文字列で書いてください", "write plan, period and owner as strings"),
    )
}

fn no_answer(what: &str) -> Failure {
    Failure::new(
        say!("「{what}」は答えとして読めません", "`{what}` is not an answer"),
        say!(
            "[番号] の下に rating、progress、done、issue、next、value、note を書いてください",
            "write rating, progress, done, issue, next, value or note under [ID]"
        ),
    )
}
