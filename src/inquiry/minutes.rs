//! Tables of minutes as others made them: opinions and what was answered, one a row, in columns that their headings name.

mod headed;
mod headings;
mod sums;
pub mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer::{self, Trust};
use super::cells;
use super::grid::{comment, holds_anything, seen_at, shapes, unread_sheet, unseen, unseen_row};
use super::spot::{Class, Spot, Stray};
use super::{Answer, Expect};
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::opinion::OpinionKind;
use crate::say;
use crate::text::safe::one_line;
use crate::workbook::{Book, Cell, Sheet, Struck};
pub use sums::plain_count;
use sums::{Sums, is_sum};
use words::Outcome;

use headed::{Headed, shown};
use headings::HEADINGS;
pub use headings::MinutesColumn;

use MinutesColumn as C;

/// What minutes say.
#[derive(Debug, Clone, Default)]
pub struct Minutes {
    /// The opinions, in their order.
    pub rows: Vec<MinutesRow>,
    /// What is not read, and why.
    pub strays: Vec<Stray>,
}

/// One opinion of a table.
#[derive(Debug, Clone)]
pub struct MinutesRow {
    /// Where it stands: its first cell.
    pub spot: Spot,
    /// What each column says of it.
    pub cells: BTreeMap<MinutesColumn, String>,
    /// What it is, where the heading of its column says so of all.
    pub kind: Option<OpinionKind>,
    /// The days of columns of days.
    pub days: BTreeMap<MinutesColumn, NaiveDate>,
    /// Why it cannot be taken.
    pub wrong: Vec<Say>,
    /// Liberties taken in reading it.
    pub notes: Vec<Say>,
}

impl MinutesRow {
    /// What a column says.
    pub fn get(&self, column: MinutesColumn) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }
}

/// Reads all tables of minutes in a book; a sheet without the headings of one is left out.
///
/// # Errors
/// When no sheet has a column of opinions, or one has a heading twice.
pub fn read(file: &str, book: &Book, trust: Trust) -> Result<Minutes, Failure> {
    let mut minutes = Minutes::default();
    let mut any = false;
    for sheet in &book.sheets {
        match Headed::find(sheet) {
            Some(headed) => {
                any = true;
                headed.refuse_twice(sheet)?;
                headed.read(file, sheet, trust, &mut minutes)?;
            }
            None => minutes.strays.extend(unread_sheet(file, sheet)),
        }
    }
    if any { Ok(minutes) } else { Err(no_table()) }
}

fn no_table() -> Failure {
    let names: Vec<&str> = HEADINGS.iter().map(|(_, words)| words[0]).collect();
    let (ja, en) = (names.join("、"), names.join(", "));
    Failure::new(
        say!("意見の表が見つかりません", "there is no table of opinions in it"),
        say!(
            "見出しに「意見の内容」か「意見の概要」のある表にしてください（読める見出し：{ja}）",
            "give it a heading 意見の内容 or 意見の概要; these headings are read: {en}"
        ),
    )
}

impl Headed {
    fn read(&self, file: &str, sheet: &Sheet, trust: Trust, minutes: &mut Minutes) -> Result<(), Failure> {
        let mut sums = Sums::default();
        let stray =
            |at: (u32, u32), reason: Say| Stray { spot: Spot::new(file, sheet, at), class: Class::LeftOut, reason };
        minutes.strays.extend(above(file, sheet, self.first));
        minutes.strays.extend(self.unknown.iter().map(|(column, reason)| stray((self.row, *column), reason.clone())));
        for row in sheet.rows().into_iter().filter(|row| *row > self.row) {
            if self.begins_again(sheet, row)? {
                minutes.strays.push(stray((row, 0), say!("見出しの行です", "a row of headings")));
                continue;
            }
            let others = sheet.row(row).filter(|(column, cell)| {
                let is_unknown = self.unknown.iter().any(|(unknown, _)| unknown == column);
                !self.columns.contains_key(column) && !is_unknown && holds_anything(cell)
            });
            minutes.strays.extend(others.map(|(column, cell)| {
                let words = one_line(&cell.named());
                stray(
                    (row, column),
                    say!("見出しのない列の「{words}」は読みません", "`{words}` is not read: its column has no heading"),
                )
            }));
            let held: Vec<&Cell> = self.columns.keys().filter_map(|column| sheet.cell(row, *column)).collect();
            let held: Vec<&Cell> = held.into_iter().filter(|cell| holds_anything(cell)).collect();
            if !held.is_empty() && held.iter().all(|cell| cell.struck == Struck::Whole) {
                let reason = say!("行の全体に取消線があります", "the whole row is struck through");
                minutes.strays.push(stray((row, 0), reason));
                continue;
            }
            if let Some(words) = held.iter().map(|cell| cell.named()).find(|words| is_sum(words)) {
                let printed = held.iter().filter_map(|cell| plain_count(&cell.named())).collect();
                let (class, reason) = sums.printed(&words, printed);
                minutes.strays.push(Stray { class, ..stray((row, 0), reason) });
                continue;
            }
            if let [remark] = held[..]
                && self.columns.len() > 1
                && words::is_remark(&remark.named())
            {
                let words = one_line(&remark.named());
                minutes
                    .strays
                    .push(stray((row, 0), say!("注か見出しの行です（{words}）", "a remark or a title ({words})")));
                continue;
            }
            let mut read = self.row(file, sheet, row, trust);
            let says = read.cells.contains_key(&C::Opinion) || read.cells.contains_key(&C::Summary);
            if says || !read.wrong.is_empty() {
                read.notes.extend(sums.count(read.get(C::Count).and_then(plain_count)));
                minutes.rows.push(read);
            } else if !held.is_empty() {
                let words = one_line(&held.iter().map(|cell| cell.named()).collect::<Vec<_>>().join(" "));
                minutes.strays.push(stray(
                    (row, 0),
                    say!("意見の内容のない行です（{words}）", "the row has no opinion ({words})"),
                ));
            }
        }
        minutes.strays.extend(sheet.comments.iter().map(|(at, words)| stray(*at, comment(words))));
        minutes.strays.extend(shapes(file, sheet));
        Ok(())
    }

    fn row(&self, file: &str, sheet: &Sheet, row: u32, trust: Trust) -> MinutesRow {
        let first = self.columns.keys().next().copied().unwrap_or(0);
        let mut read = MinutesRow {
            spot: Spot::new(file, sheet, (row, first)),
            cells: BTreeMap::new(),
            kind: self.kind,
            days: BTreeMap::new(),
            wrong: Vec::new(),
            notes: unseen_row(sheet, row).collect(),
        };
        for (column, kind) in &self.columns {
            // What was said is said once; who said it and who answers may stand beside several rows at once.
            let is_own = matches!(kind, C::Number | C::Opinion | C::Summary | C::Count);
            let cell = if is_own { sheet.cell(row, *column) } else { seen_at(sheet, row, *column) };
            let Some(cell) = cell.filter(|cell| holds_anything(cell)) else { continue };
            if shown(cell).is_some_and(|words| words::is_dash(&words)) {
                continue;
            }
            read.notes.extend(unseen(sheet, (row, *column)));
            if let Err(why) = read.take(*kind, cell, trust) {
                let at = Spot::new(file, sheet, (row, *column)).named();
                read.wrong.push(Say { ja: format!("{at} は{}", why.ja), en: format!("{at}: {}", why.en) });
            }
        }
        // A table that only says what came of it says nothing more.
        if !self.has(C::Answer)
            && let Some(state) = read.get(C::State).filter(|text| matches!(words::outcome(text), Some(Outcome::Is(_))))
        {
            let state = state.to_owned();
            read.cells.insert(C::Answer, state);
        }
        read
    }
}

impl MinutesRow {
    fn take(&mut self, column: MinutesColumn, cell: &Cell, trust: Trust) -> Result<(), Say> {
        match column {
            C::Count => {
                let read = answer::read(Some(cell), &Expect::Text, trust)?;
                // That a number is one goes without saying.
                let is_plain = cell.words().is_none() && cell.formula.is_none() && trust == Trust::Neither;
                self.notes.extend(read.notes.into_iter().filter(|_| !is_plain));
                self.cells.extend(read.answer.map(|Answer(text)| (column, text)));
            }
            C::Number | C::Like => {
                if let Some(words) = cells::id(Some(cell), trust)? {
                    self.cells.insert(column, words.text);
                    self.notes.extend(words.notes);
                }
            }
            C::Due | C::Answered => {
                let (day, note) = answer::date(cell)?;
                self.days.insert(column, day);
                self.notes.extend(note);
            }
            C::Until => {
                let text = answer::date(cell)
                    .map(|(day, _)| day.to_string())
                    .or_else(|why| cells::words(Some(cell)).ok().flatten().map(|words| words.text).ok_or(why))?;
                self.cells.insert(column, text);
            }
            _ => {
                let read = answer::read(Some(cell), &Expect::Text, trust)?;
                self.notes.extend(read.notes);
                if let Some(Answer(text)) = read.answer {
                    self.cells.insert(column, text);
                }
            }
        }
        Ok(())
    }
}

/// What stands above the headings of a sheet, as something left out.
fn above(file: &str, sheet: &Sheet, head: u32) -> Option<Stray> {
    let held = || sheet.cells.iter().filter(|((row, _), cell)| *row < head && holds_anything(cell));
    let (at, _) = held().next()?;
    let count = held().count();
    let reason =
        say!("見出しより上は読みません（{count} セル）", "what stands above the headings is not read (cells: {count})");
    Some(Stray { spot: Spot::new(file, sheet, *at), class: Class::LeftOut, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Book {
        let mut sheet = Sheet { name: "議事録".into(), ..Sheet::default() };
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, words) in (0_u32..).zip(*cells) {
                if !words.is_empty() {
                    sheet.cells.insert((row, column), Cell::text(*words));
                }
            }
        }
        Book { sheets: vec![sheet], ..Book::default() }
    }

    #[test]
    fn a_table_is_found_below_its_title_and_nothing_is_lost() {
        let book = sheet(&[
            &["第3回 委員会の意見"],
            &["No.", "委員 意見", "担当課", "備考の欄"],
            &["1", "窓口が混む", "人事課", "済み"],
            &["", "", "", ""],
            &["2", "", "人事課"],
            &["3", "予約したい", "", "", "はみ出し"],
        ]);
        let minutes = read("a.xlsx", &book, Trust::Neither).unwrap();
        let said: Vec<_> = minutes.rows.iter().map(|row| (row.get(C::Number), row.get(C::Opinion))).collect();
        assert_eq!(said, [(Some("1"), Some("窓口が混む")), (Some("3"), Some("予約したい"))]);
        let left: Vec<_> = minutes.strays.iter().map(|stray| stray.spot.cell.as_str()).collect();
        assert_eq!(left, ["A1", "D2", "A5", "E6"]);
    }

    #[test]
    fn every_row_that_holds_anything_is_an_opinion_or_is_left_out_for_a_reason() {
        let mut book = sheet(&[
            &["番号", "意見", "回答日", "所管課"],
            &["1", "混む", "R8.3.1", "人事課"],
            &["", "", "R8.3.2"],
            &["2", "遠い"],
            &["3", "暗い"],
        ]);
        let cells = &mut book.sheets[0].cells;
        for column in 0..2 {
            cells.get_mut(&(3, column)).unwrap().struck = Struck::Whole;
        }
        cells.get_mut(&(4, 1)).unwrap().struck = Struck::Whole;
        book.sheets[0].is_hidden = true;
        let minutes = read("a.xlsx", &book, Trust::Neither).unwrap();
        assert_eq!(minutes.rows.iter().map(|row| row.spot.cell.as_str()).collect::<Vec<_>>(), ["A2"]);
        assert!(minutes.rows[0].notes.iter().any(|note| note.ja.contains("非表示のシート")));
        let left: Vec<_> = minutes.strays.iter().map(|stray| stray.spot.cell.as_str()).collect();
        assert_eq!(left, ["A3", "A4", "A5"]);
    }

    #[test]
    fn a_sum_is_held_against_the_rows_that_it_counts() {
        let read_all = |rows: &[&[&str]]| {
            let head: &[&str] = &["番号", "意見", "件数"];
            let minutes = read("a.xlsx", &sheet(&[&[head][..], rows].concat()), Trust::Neither).unwrap();
            let invalid = |stray: &&Stray| stray.class == Class::Invalid;
            let invalid: Vec<_> = minutes.strays.iter().filter(invalid).map(|stray| stray.spot.cell.clone()).collect();
            let noted = |row: &&MinutesRow| row.notes.iter().any(|note| note.ja.contains("合計の行より下"));
            (invalid, minutes.rows.iter().filter(noted).map(|row| row.spot.cell.clone()).collect::<Vec<_>>())
        };
        let (a, b): (&[&str], &[&str]) = (&["1", "混む", "3"], &["2", "遠い", "２件"]);
        assert_eq!(read_all(&[a, b, &["合 計", "", "5"]]), (vec![], vec![]));
        assert_eq!(read_all(&[a, &["小計", "", "3件"], b, &["小計", "", "2"], &["合計", "", "5"]]).0, [""; 0]);
        assert_eq!(read_all(&[a, b, &["合計", "", "6"]]).0, ["A4"]);
        assert_eq!(read_all(&[a, &["計", "", "3"], b]).1, ["A4"]);
        assert_eq!(read_all(&[&["1", "混む"], &["2", "遠い"], &["計", "3件"]]).0, ["A4"]);
        // On top a sum counts what follows, which nobody knows yet.
        assert_eq!(read_all(&[&["合計", "", "5"], a, b]), (vec![], vec![]));
    }

    #[test]
    fn one_heading_over_two_columns_is_refused() {
        let error =
            read("a.xlsx", &sheet(&[&["番号", "意見の内容", "意見の 内容"], &["1", "混む", "空く"]]), Trust::Neither);
        assert!(error.unwrap_err().message.ja.contains("B1 と C1 にあり"));
    }

    #[test]
    fn what_nobody_sees_is_no_opinion() {
        let minutes =
            read("a.xlsx", &sheet(&[&["番号", "意見"], &["1", "\u{200b}"], &["\u{200b}", "\u{feff}"]]), Trust::Neither);
        let minutes = minutes.unwrap();
        assert_eq!((minutes.rows.len(), minutes.strays.len()), (0, 1));
    }

    #[test]
    fn a_book_without_opinions_is_refused() {
        assert!(read("a.xlsx", &sheet(&[&["番号", "名称"], &["1", "予約"]]), Trust::Neither).is_err());
    }
}
