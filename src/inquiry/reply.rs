//! A reply: what a department sent back, row by row, each known by its hidden key.

pub mod csv;
mod table;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::write::cover::{DAY, PERSON};
use super::write::sheet::COLUMNS;
use super::write::{HIDDEN, Identity};
use super::{Answer, Key, answer, template};
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::Plan;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::{Book, Cell, Sheet, address};

/// One sheet of answers of one file.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The file, as it was named.
    pub file: String,
    /// What it says of itself.
    pub identity: Identity,
    /// What stood in each answer cell as it was sent, by key; `None` where that is lost.
    pub sent: Option<HashMap<String, Option<Answer>>>,
    /// Who answered.
    pub person: Option<String>,
    /// The day of the reply, with the liberties taken in reading it.
    pub day: Option<(NaiveDate, Option<Say>)>,
    /// The answers.
    pub rows: Vec<ReplyRow>,
    /// What cannot be said of one row: an answer without a key, a day that is none.
    pub strays: Vec<Stray>,
}

/// One row of a reply.
#[derive(Debug, Clone)]
pub struct ReplyRow {
    /// The question.
    pub key: Key,
    /// Where its answer stands.
    pub spot: Spot,
    /// The answer's cell; `None` for a blank.
    pub cell: Option<Cell>,
    /// The words that a person sees beside it: number and question. `None` where the reply has none.
    pub seen: Option<(String, String)>,
}

/// Where something stands: file, sheet, cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file, as it was named.
    pub file: String,
    /// The sheet, where the file has such.
    pub sheet: Option<String>,
    /// The cell, or the line.
    pub cell: String,
}

/// Something in a reply that belongs to no question.
#[derive(Debug, Clone)]
pub struct Stray {
    /// Where.
    pub spot: Spot,
    /// What is wrong with it.
    pub reason: Say,
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{} {sheet}!{}", self.file, self.cell),
            None => write!(f, "{} {}", self.file, self.cell),
        }
    }
}

/// Reads the replies in a file; what it is, its first bytes say, and for texts its name.
///
/// # Errors
/// When it is no reply, or cannot be read.
pub fn read(file: &str, bytes: &[u8], plan: &Plan) -> Result<Vec<Reply>, Failure> {
    let lower = file.to_lowercase();
    if lower.ends_with(".csv") {
        return of_book(file, &csv::book(bytes)?);
    }
    if lower.ends_with(".toml") {
        return table::read(file, bytes).map(|reply| vec![reply]);
    }
    let book = Book::open(bytes)?;
    match &plan.template {
        Some(own) if !book.sheets.iter().any(|sheet| identity(sheet).is_some()) => {
            template::read(file, &book, own, plan)
        }
        _ => of_book(file, &book),
    }
}

/// The replies in a workbook: one for each sheet of questions.
///
/// # Errors
/// When there is none, or what stood in the cells as they were sent has been changed.
pub fn of_book(file: &str, book: &Book) -> Result<Vec<Reply>, Failure> {
    let seals = book.sheets.iter().filter(|sheet| sheet.name.trim() == HIDDEN).find_map(kept);
    let (person, day, mut strays) = cover(file, book);
    let mut replies = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| sheet.name.trim() != HIDDEN) {
        let Some((head, identity)) = identity(sheet) else { continue };
        let sent = match &seals {
            Some((sealed, pairs)) if *sealed == identity => Some(unsealed(&identity, pairs)?),
            _ => None,
        };
        let mut reply = Reply {
            file: file.to_owned(),
            identity,
            sent,
            person: person.clone(),
            day: day.clone(),
            rows: Vec::new(),
            strays: Vec::new(),
        };
        reply.strays.append(&mut strays);
        rows(&mut reply, sheet, head)?;
        replies.push(reply);
    }
    if replies.is_empty() {
        return Err(Failure::new(
            say!(
                "照会の様式ではありません（回答の控えが見つかりません）",
                "this is not a form of an inquiry: nothing in it says what was asked"
            ),
            say!(
                "kaikaku inquiry send で作ったファイルか、inquiry.toml で対応を示した様式を渡してください",
                "give a file made by `kaikaku inquiry send`, or describe your own form in inquiry.toml"
            ),
        ));
    }
    Ok(replies)
}

/// Where the hidden first cell stands, and what it says.
fn identity(sheet: &Sheet) -> Option<((u32, u32), Identity)> {
    sheet.cells.iter().find_map(|(at, cell)| Some((*at, Identity::parse(cell.words()?)?)))
}

/// What the hidden sheet keeps: the identity, and each key with what was sent.
fn kept(sheet: &Sheet) -> Option<(Identity, Vec<(String, String)>)> {
    let ((row, column), identity) = identity(sheet)?;
    let words = |row: u32, column: u32| sheet.cell(row, column).and_then(Cell::words).unwrap_or_default().to_owned();
    let rows = sheet.rows().into_iter().filter(|r| *r > row);
    let pairs = rows.map(|r| (words(r, column), words(r, column + 1))).filter(|(key, _)| !key.is_empty());
    Some((identity, pairs.collect()))
}

fn unsealed(identity: &Identity, pairs: &[(String, String)]) -> Result<HashMap<String, Option<Answer>>, Failure> {
    // A program may have kept a line break in its own way.
    let pairs: Vec<(&str, String)> =
        pairs.iter().map(|(key, sent)| (key.as_str(), sent.replace("\r\n", "\n"))).collect();
    let keys = pairs.iter().map(|(key, sent)| (*key, sent.as_str()));
    if Identity::sealed(&identity.plan, identity.period, &identity.owner, keys) != identity.fingerprint {
        return Err(Failure::new(
            say!("照会したときの値の控えが書き換えられています", "the kept copy of the values as sent was changed"),
            say!(
                "照会を送り直し、新しい様式に記入してもらってください",
                "send the inquiry again and have the new form filled in"
            ),
        ));
    }
    let sent = |text: String| Some(Answer(text)).filter(|answer| !answer.0.is_empty());
    Ok(pairs.into_iter().map(|(key, text)| (key.to_owned(), sent(text))).collect())
}

/// Reads the rows below the hidden one, whose cells name the columns.
fn rows(reply: &mut Reply, sheet: &Sheet, (head, key_column): (u32, u32)) -> Result<(), Failure> {
    let column = |name: &str| sheet.row(head).find(|(_, cell)| cell.words() == Some(name)).map(|(column, _)| column);
    let [_, id, question, _, answer] = COLUMNS.map(column);
    let Some(answer) = answer else {
        let name = &sheet.name;
        return Err(Failure::new(
            say!("シート「{name}」の、回答の列が見つかりません", "the answer column of the sheet `{name}` is missing"),
            say!("列を消さずに記入したものを渡してください", "give the form with all of its columns"),
        ));
    };
    let spot =
        |row: u32| Spot { file: reply.file.clone(), sheet: Some(sheet.name.clone()), cell: address(row, answer) };
    let words = |row: u32, column: Option<u32>| sheet.cell(row, column?).and_then(Cell::words).map(str::to_owned);
    let (mut found, mut strays) = (Vec::new(), Vec::new());
    for row in sheet.rows().into_iter().filter(|row| *row > head) {
        let cell = sheet.cell(row, answer);
        match sheet.cell(row, key_column).and_then(Cell::words) {
            Some(text) => match Key::parse(text) {
                Some(key) => {
                    let seen = words(row, id).zip(words(row, question));
                    let seen = Some(seen.unwrap_or_default()).filter(|_| id.is_some() && question.is_some());
                    found.push(ReplyRow { key, spot: spot(row), cell: cell.cloned(), seen });
                }
                None => strays.push(Stray {
                    spot: spot(row),
                    reason: say!("隠れた列の控え「{text}」が読めません", "the hidden key `{text}` cannot be read"),
                }),
            },
            None if is_added(sheet, row, answer, question) => strays.push(Stray {
                spot: spot(row),
                reason: say!(
                    "加えられた行なので、どの問いの答えか分かりません",
                    "the row was added, so it is unclear which question it answers"
                ),
            }),
            None => {}
        }
    }
    reply.rows = found;
    reply.strays.append(&mut strays);
    Ok(())
}

/// Whether a row without a key holds an answer: bands and heads have no question or stand above all questions.
fn is_added(sheet: &Sheet, row: u32, answer: u32, question: Option<u32>) -> bool {
    let filled =
        |column: u32| sheet.cell(row, column).is_some_and(|cell| !fold(cell.words().unwrap_or("1")).trim().is_empty());
    let asked = question.is_none_or(filled);
    let head = sheet
        .cell(row, answer)
        .and_then(Cell::words)
        .is_some_and(|text| text.starts_with("今回の回答") || text.starts_with("Answer ("));
    filled(answer) && asked && !head
}

/// Who answered and when, as the cover says.
type Cover = (Option<String>, Option<(NaiveDate, Option<Say>)>, Vec<Stray>);

fn cover(file: &str, book: &Book) -> Cover {
    let (mut person, mut day, mut strays) = (None, None, Vec::new());
    for sheet in &book.sheets {
        for (&(row, column), cell) in &sheet.cells {
            let answer = sheet.cell(row, column + 2);
            match (cell.words(), answer) {
                (Some(PERSON), Some(cell)) => person = cell.words().and_then(answer::words).map(|Answer(text)| text),
                (Some(DAY), Some(cell)) if cell.value.is_some() => match answer::date(cell, book.from_1904) {
                    Ok(found) => day = Some(found),
                    Err(reason) => {
                        let spot = Spot {
                            file: file.to_owned(),
                            sheet: Some(sheet.name.clone()),
                            cell: address(row, column + 2),
                        };
                        strays.push(Stray { spot, reason });
                    }
                },
                _ => {}
            }
        }
    }
    (person, day, strays)
}
