//! An existing list brought in: entries that the plan does not have yet, and what the list says of all of them as records.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;

use super::answer::{self, Told};
use super::form::item;
use super::reply::Spot;
use super::review::{Class, Record};
use super::{Answer, Field, Key};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::id::Id;
use crate::plan::inquiry::Template;
use crate::plan::period::{Parsed, Period};
use crate::plan::{Plan, Subject};
use crate::say;
use crate::text::fold::fold;
use crate::workbook::{Book, Cell, Content, Sheet, address};

/// A list, and where it has what.
#[derive(Debug, Clone, Copy)]
pub struct List<'l> {
    /// What its file is called.
    pub file: &'l str,
    /// Its cells.
    pub book: &'l Book,
    /// Its columns.
    pub columns: &'l Template,
    /// The period of rows that name none.
    pub period: Option<Period>,
}

/// An entry that the plan does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its number.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its owner, as the list writes it.
    pub owner: Option<String>,
}

/// One cell of the list, judged.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands.
    pub spot: Spot,
    /// The entry or indicator, as the list writes it.
    pub id: String,
    /// What of it; `None` for the row as a whole.
    pub field: Option<Field>,
    /// What is recorded already.
    pub recorded: Option<String>,
    /// What the list says.
    pub said: Option<String>,
    /// The class.
    pub class: Class,
    /// Why, and every liberty taken in reading it.
    pub notes: Vec<Say>,
}

struct Columns<'l> {
    sheet: &'l Sheet,
    head: u32,
    id: u32,
    name: Option<u32>,
    owner: Option<u32>,
    period: Option<u32>,
    answers: Vec<(&'l Field, u32)>,
}

/// The entries that the list has and the plan does not; only those whose number and name it tells.
///
/// # Errors
/// When the list lacks a mapped column.
pub fn new_entries(plan: &Plan, list: List<'_>) -> Result<Vec<NewEntry>, Failure> {
    let columns = columns(list)?;
    let Some(name) = columns.name else { return Ok(Vec::new()) };
    let mut found: Vec<NewEntry> = Vec::new();
    for row in columns.rows() {
        let Some(id) = columns.words(row, Some(columns.id)).and_then(|text| Id::parse(&text).ok()) else { continue };
        let known = plan.index.contains_key(&id) || found.iter().any(|entry| entry.id == id);
        if let Some(name) = columns.words(row, Some(name)).filter(|_| !known) {
            found.push(NewEntry { id, name, owner: columns.words(row, columns.owner) });
        }
    }
    Ok(found)
}

/// What the list says of the plan's entries and indicators, cell by cell, and the records that it makes.
///
/// # Errors
/// When the list lacks a mapped column.
pub fn history(plan: &Plan, list: List<'_>) -> Result<(Vec<Line>, Vec<Record>), Failure> {
    let columns = columns(list)?;
    let (mut lines, mut records) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, Answer> = BTreeMap::new();
    for row in columns.rows() {
        let Some(text) = columns.words(row, Some(columns.id)) else { continue };
        // A heading, or an entry of which nothing is told.
        if columns.answers.iter().all(|(_, column)| columns.sheet.cell(row, *column).is_none()) {
            continue;
        }
        let spot = |column: u32| Spot {
            file: list.file.to_owned(),
            sheet: Some(columns.sheet.name.clone()),
            cell: address(row, column),
        };
        let whole = |class: Class, column: u32, note: Say| Line {
            spot: spot(column),
            id: text.clone(),
            field: None,
            recorded: None,
            said: None,
            class,
            notes: vec![note],
        };
        let period = match period(&columns, list, row) {
            Ok(period) => period,
            Err((column, reason)) => {
                lines.push(whole(Class::Invalid, column, reason));
                continue;
            }
        };
        let Some(subject) = plan.find(&text) else {
            lines.push(whole(
                Class::Invalid,
                columns.id,
                say!("この計画にない番号です", "the plan has no such number"),
            ));
            continue;
        };
        let item = item(plan, subject, period, Lang::Ja);
        let is_indicator = matches!(subject, Subject::Indicator(_));
        let mut answers = Vec::new();
        for (field, column) in &columns.answers {
            let Some(question) = item.questions.iter().find(|question| question.key.field == **field) else { continue };
            let key = Key { period, ..question.key.clone() };
            // Of an indicator the list says itself of when its value is.
            let recorded = if is_indicator && question.key.period != period { None } else { question.recorded.clone() };
            let recorded = seen.get(&key.to_string()).cloned().or(recorded);
            let told = answer::read(columns.sheet.cell(row, *column), &question.expect);
            let Some(line) = judged(told, recorded, |answer| question.expect.shown(answer)) else { continue };
            let (class, answer, recorded, said, notes) = line;
            if let (Class::Changed, Some(answer)) = (class, answer) {
                seen.insert(key.to_string(), answer.clone());
                answers.push(((*field).clone(), answer));
            }
            let (id, field) = (text.clone(), Some((*field).clone()));
            lines.push(Line { spot: spot(*column), id, field, recorded, said, class, notes });
        }
        if !answers.is_empty() {
            let by = columns.words(row, columns.owner);
            records.push(Record { id: item.id, period, by, day: None, corrects: None, not_before: None, answers });
        }
    }
    Ok((lines, records))
}

type Judged = (Class, Option<Answer>, Option<String>, Option<String>, Vec<Say>);

fn judged(told: Result<Told, Say>, recorded: Option<Answer>, shown: impl Fn(&Answer) -> String) -> Option<Judged> {
    let was = recorded.as_ref().map(&shown);
    match told {
        Err(reason) => Some((Class::Invalid, None, was, None, vec![reason])),
        Ok(Told { answer, notes }) => {
            let answer = answer?;
            let class = match recorded {
                Some(recorded) if recorded == answer => Class::Unchanged,
                Some(_) => Class::Conflict,
                None => Class::Changed,
            };
            let said = shown(&answer);
            Some((class, Some(answer), was, Some(said), notes))
        }
    }
}

fn period(columns: &Columns<'_>, list: List<'_>, row: u32) -> Result<Period, (u32, Say)> {
    let Some(column) = columns.period else {
        return list.period.ok_or_else(|| (columns.id, say!("期間が分かりません", "its period is not known")));
    };
    let Some(text) = columns.words(row, Some(column)) else {
        return list.period.ok_or_else(|| (column, say!("期間が空欄です", "its period is blank")));
    };
    match Period::parse(&text) {
        Ok(Parsed { period, overrun: None }) => Ok(period),
        Ok(Parsed { overrun: Some(overrun), .. }) => Err((column, overrun.say())),
        Err(error) => Err((column, error.say())),
    }
}

impl Columns<'_> {
    fn rows(&self) -> impl Iterator<Item = u32> {
        self.sheet.rows().into_iter().filter(|row| *row > self.head)
    }

    /// What a cell says, a whole number as its digits.
    fn words(&self, row: u32, column: Option<u32>) -> Option<String> {
        let cell: &Cell = self.sheet.cell(row, column?)?;
        match &cell.value {
            Some(Content::Text(text)) => answer::words(text).map(|Answer(text)| text.replace('\n', "")),
            Some(Content::Number(raw)) => {
                let (number, _) = answer::exact(raw)?;
                number.is_integer().then(|| number.to_i64().map(|n| n.to_string())).flatten()
            }
            _ => None,
        }
    }
}

fn columns(list: List<'_>) -> Result<Columns<'_>, Failure> {
    let List { book, columns, .. } = list;
    let sheet = match &columns.sheet {
        Some(name) => book.sheet(name),
        None => book.sheets.first(),
    };
    let sheet = sheet.ok_or_else(|| lacks(columns.sheet.as_deref().unwrap_or("1")))?;
    let plain = |text: &str| fold(text).split_whitespace().collect::<String>();
    let is = |cell: &Cell, title: &str| cell.words().is_some_and(|words| plain(words) == plain(title));
    let found = sheet.cells.iter().find(|(_, cell)| is(cell, &columns.id));
    let (head, id) = found.map(|(at, _)| *at).ok_or_else(|| lacks(&columns.id))?;
    let column = |title: &str| {
        let found = sheet.row(head).find(|(_, cell)| is(cell, title)).map(|(column, _)| column);
        found.ok_or_else(|| lacks(title))
    };
    let optional = |title: &Option<Box<str>>| title.as_deref().map(column).transpose();
    let answers = columns.answers.iter().map(|(field, title)| Ok((field, column(title)?)));
    Ok(Columns {
        head,
        id,
        name: optional(&columns.name)?,
        owner: optional(&columns.owner)?,
        period: optional(&columns.period)?,
        answers: answers.collect::<Result<_, Failure>>()?,
        sheet,
    })
}

fn lacks(what: &str) -> Failure {
    Failure::new(
        say!("一覧に「{what}」がありません", "the list has no `{what}`"),
        say!(
            "シートの名前と列の見出しを、一覧にあるとおりに書いてください",
            "write sheet and headings as they are in the list"
        ),
    )
}
