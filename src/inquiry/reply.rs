//! A reply: what a department sent back, row by row, each known by its hidden key.

mod table;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::answer::Trust;
use super::cells::words;
use super::grid::{
    area_over_rows, comment, hidden_column, holds_anything, merged_over, shapes, unread_sheet, unseen, unseen_row,
};
use super::spot::{Aside, Class, Spot, Stray};
use super::write::cover::{DAY, PERSON, is_fact};
use super::write::sheet::COLUMNS;
use super::write::{HIDDEN, Identity};
use super::{Answer, Key, answer, template};
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::Plan;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::{Book, Cell, Sheet};

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
    /// What belongs to no question: an answer without a key, a day that is none, another sheet.
    pub strays: Vec<Stray>,
    /// Words where no answer is asked for; most of them are the form's own.
    pub asides: Vec<Aside>,
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
    /// What stands in the column of the last answer.
    pub last: Option<Aside>,
    /// What else is noted in its row.
    pub beside: Vec<Say>,
}

impl Reply {
    /// A reply in which nothing is read yet.
    pub fn new(file: &str, identity: Identity) -> Self {
        Self {
            file: file.to_owned(),
            identity,
            sent: None,
            person: None,
            day: None,
            rows: Vec::new(),
            strays: Vec::new(),
            asides: Vec::new(),
        }
    }
}

/// Reads the replies in a file; its kind follows from its first bytes, and for texts from its name. `trust`
/// decides what is taken where a cell shows something else than it holds.
///
/// # Errors
/// When it is no reply, or cannot be read.
pub fn read(file: &str, bytes: &[u8], plan: &Plan, trust: Trust) -> Result<Vec<Reply>, Failure> {
    if file.to_lowercase().ends_with(".toml") {
        return table::read(file, bytes).map(|reply| vec![reply]);
    }
    let book = Book::from_file(file, bytes)?;
    match &plan.template {
        Some(own) if !book.sheets.iter().any(|sheet| identity(sheet).is_some()) => {
            template::read(file, &book, own, plan, trust)
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
    let Cover { person, day, strays, asides } = cover(file, book);
    let mut replies = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| sheet.name.trim() != HIDDEN) {
        let Some((head, identity)) = identity(sheet) else { continue };
        let sent = match &seals {
            Some((sealed, pairs)) if *sealed == identity => Some(unsealed(&identity, pairs)?),
            _ => None,
        };
        let mut reply = Reply { sent, person: person.clone(), day: day.clone(), ..Reply::new(file, identity) };
        if replies.is_empty() {
            (reply.strays, reply.asides) = (strays.clone(), asides.clone());
        }
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
    let [_, id, question, last, answer] = COLUMNS.map(column);
    let Some(answer) = answer else { return Err(no_answers(sheet)) };
    let known = [Some(key_column), id, question, last, Some(answer)];
    let file = reply.file.clone();
    let aside = |row: u32, column: u32, cell: &Cell| Aside::new(&file, sheet, (row, column), cell);
    let stray = |row: u32, column: u32, class: Class, reason: Say| Stray {
        spot: Spot::new(&file, sheet, (row, column)),
        class,
        reason,
    };
    let has_key = |row: u32| sheet.cell(row, key_column).and_then(Cell::words).and_then(Key::parse).is_some();
    let words = |row: u32, column: Option<u32>| sheet.cell(row, column?).and_then(Cell::words).map(str::to_owned);
    for row in sheet.rows().into_iter().filter(|row| *row > head) {
        let Some(text) = sheet.cell(row, key_column).and_then(Cell::words) else {
            let added = is_added(sheet, row, answer, question);
            reply.strays.extend(added.then(|| stray(row, answer, Class::Invalid, added_row())));
            let others = sheet.row(row).filter(|(column, cell)| holds_anything(cell) && !(added && *column == answer));
            reply.asides.extend(others.map(|(column, cell)| aside(row, column, cell)));
            continue;
        };
        let Some(key) = Key::parse(text) else {
            let reason = say!("隠れた列の控え「{text}」が読めません", "the hidden key `{text}` cannot be read");
            reply.strays.push(stray(row, answer, Class::Invalid, reason));
            let others = sheet.row(row).filter(|(column, cell)| *column != key_column && holds_anything(cell));
            reply.asides.extend(others.map(|(column, cell)| aside(row, column, cell)));
            continue;
        };
        if let Some(area) = area_over_rows(sheet, row, answer)
            && (area.first.0..=area.last.0).any(|other| other != row && has_key(other))
        {
            reply.strays.push(stray(row, answer, Class::Invalid, merged_over(area)));
            continue;
        }
        let seen = Some(words(row, id).zip(words(row, question)).unwrap_or_default());
        let others = sheet.row(row).filter(|(column, cell)| !known.contains(&Some(*column)) && holds_anything(cell));
        let notes = sheet.comments.range((row, 0)..=(row, u32::MAX)).map(|(_, words)| comment(words));
        reply.rows.push(ReplyRow {
            key,
            spot: Spot::new(&file, sheet, (row, answer)),
            cell: sheet.cell(row, answer).cloned(),
            seen: seen.filter(|_| id.is_some() && question.is_some()),
            last: last.and_then(|column| Some(aside(row, column, sheet.cell(row, column)?))),
            beside: others
                .map(|(column, cell)| aside(row, column, cell).say())
                .chain(notes)
                .chain(unseen_row(sheet, row))
                .chain(unseen(sheet, (row, answer)))
                .collect(),
        });
    }
    let notes = sheet.comments.iter().filter(|((row, _), _)| *row <= head || !has_key(*row));
    reply.strays.extend(notes.map(|(at, words)| stray(at.0, at.1, Class::LeftOut, comment(words))));
    reply.strays.extend(shapes(&file, sheet));
    Ok(())
}

fn no_answers(sheet: &Sheet) -> Failure {
    let name = &sheet.name;
    Failure::new(
        say!("シート「{name}」の、回答の列が見つかりません", "the answer column of the sheet `{name}` is missing"),
        say!("列を消さずに記入したものを渡してください", "give the form with all of its columns"),
    )
}

fn added_row() -> Say {
    say!(
        "加えられた行なので、どの設問の答えか分かりません",
        "the row was added, so it is unclear which question it answers"
    )
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

/// Who answered and when, as the cover says, and what else stands on other sheets than that of the questions.
#[derive(Default)]
struct Cover {
    person: Option<String>,
    day: Option<(NaiveDate, Option<Say>)>,
    strays: Vec<Stray>,
    asides: Vec<Aside>,
}

fn cover(file: &str, book: &Book) -> Cover {
    let mut cover = Cover::default();
    for sheet in book.sheets.iter().filter(|sheet| sheet.name.trim() != HIDDEN && identity(sheet).is_none()) {
        let keys = sheet.cells.iter().filter(|(_, cell)| matches!(cell.words(), Some(PERSON | DAY)));
        let keys: Vec<(u32, u32)> = keys.map(|(at, _)| *at).collect();
        if keys.is_empty() {
            cover.strays.extend(unread_sheet(file, sheet));
        }
        for (&(row, column), cell) in &sheet.cells {
            let is_answer = column.checked_sub(2).is_some_and(|key| keys.contains(&(row, key)));
            let is_key = keys.contains(&(row, column));
            let label = column.checked_sub(1).and_then(|label| sheet.cell(row, label)).and_then(Cell::words);
            let is_known = is_answer || is_key || label.is_some_and(is_fact);
            if !keys.is_empty() && !is_known && holds_anything(cell) {
                cover.asides.push(Aside::new(file, sheet, (row, column), cell));
            }
            let Some(answer) = sheet.cell(row, column + 2).filter(|cell| is_key && holds_anything(cell)) else {
                continue;
            };
            let spot = Spot::new(file, sheet, (row, column + 2));
            if let Some(reason) = unseen_row(sheet, row).chain(hidden_column(sheet, column + 2)).next() {
                cover.strays.push(Stray { spot, class: Class::Invalid, reason });
                continue;
            }
            let read = if cell.words() == Some(PERSON) {
                words(Some(answer)).map(|words| {
                    let words = words.unwrap_or_default();
                    let note =
                        |reason: &Say| Stray { spot: spot.clone(), class: Class::LeftOut, reason: reason.clone() };
                    cover.strays.extend(words.notes.iter().map(note));
                    cover.person = Some(words.text).filter(|text| !text.is_empty());
                })
            } else {
                answer::date(answer).map(|day| cover.day = Some(day))
            };
            cover.strays.extend(read.err().map(|reason| Stray { spot, class: Class::Invalid, reason }));
        }
        let note = |(at, words): (&(u32, u32), &String)| Stray {
            spot: Spot::new(file, sheet, *at),
            class: Class::LeftOut,
            reason: comment(words),
        };
        cover.strays.extend(sheet.comments.iter().map(note).chain(shapes(file, sheet)));
    }
    cover
}
