//! A CSV file as it was written: its encoding, its records with the lines they begin in, and what is wrong with its quotes.

use std::collections::BTreeMap;

use super::grid::{Datum, Grid};
use super::{Breach, Rule};
use crate::failure::Failure;
use crate::say;
use crate::workbook::{csv, too_large};

/// A CSV file.
#[derive(Debug)]
pub struct Csv {
    /// Its cells, a record a row.
    pub grid: Grid,
    /// What is broken in the way it is written.
    pub breaches: Vec<Breach>,
}

/// Reads a CSV file.
///
/// # Errors
/// When its characters cannot be read, or it is too large.
pub fn read(bytes: &[u8]) -> Result<Csv, Failure> {
    let limits = super::file::limits();
    if bytes.len() > limits.file {
        return Err(too_large(say!("ファイルの大きさ", "size of the file")));
    }
    let mut breaches: Vec<Breach> = other_contents(bytes).into_iter().collect();
    if !breaches.is_empty() {
        return Ok(Csv { grid: Grid::default(), breaches });
    }
    let text = csv::text(bytes)?;
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        let what = say!("文字コードが UTF-16 です", "its encoding is UTF-16");
        let help = say!("UTF-8 で保存し直してください", "save it again as UTF-8");
        breaches.push(Breach::whole(Rule::FileFormat, what, help));
    }
    let separator = csv::separator(&text, &limits);
    if separator != ',' {
        let (ja, en) = if separator == '\t' { ("タブ", "tabs") } else { ("セミコロン", "semicolons") };
        let what = say!("区切りがコンマではなく{ja}です", "values stand between {en}, not commas");
        let help = say!("コンマで区切った CSV として保存し直してください", "save it again as CSV with commas");
        breaches.push(Breach::whole(Rule::FileFormat, what, help));
    }
    let csv::Records { all: mut records, faults } = csv::records(&text, separator, 1, &limits)?;
    breaches.extend(unmatched(&faults));
    breaches.extend(broken_lines(&records));
    breaches.extend(ragged(&mut records));
    let mut cells = BTreeMap::new();
    for (row, record) in (0..).zip(&records) {
        for (column, field) in (0..).zip(record) {
            if !field.trim().is_empty() || field.contains(['\n', '\u{3000}']) {
                cells.insert((row, column), Datum { text: field.clone(), stored: None, look: 0 });
            }
        }
        if cells.len() > limits.cells {
            return Err(too_large(say!("セルの数", "number of cells")));
        }
    }
    Ok(Csv { grid: Grid { sheet: None, cells, merged: Vec::new() }, breaches })
}

/// Of a file that only its name says to be CSV, what it is.
fn other_contents(bytes: &[u8]) -> Option<Breach> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &[u8]| bytes.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    let (ja, en) = match () {
        () if begins(b"PK\x03\x04") => ("Excel のブックか圧縮ファイル", "a workbook or an archive"),
        () if begins(b"\xd0\xcf\x11\xe0") => ("古い形式のブックか文書", "a workbook or document of the old format"),
        () if begins(b"%PDF-") => ("PDF", "PDF"),
        () if begins(b"<!doctype") || begins(b"<html") => ("HTML のページ", "a page of HTML"),
        () if begins(b"<?xml") => ("XML", "XML"),
        () if begins(b"{") || begins(b"[") => {
            serde_json::from_slice::<serde_json::Value>(bytes).ok()?;
            ("JSON", "JSON")
        }
        () => return None,
    };
    let what = say!("名前は .csv ですが、中身は{ja}です", "it is called .csv, but is {en}");
    let help = say!("表を CSV として保存し直してください", "save the table as CSV");
    Some(Breach::whole(Rule::FileFormat, what, help))
}

/// What is wrong with the quotes.
fn unmatched(faults: &[csv::QuoteFault]) -> Option<Breach> {
    let rows: Vec<u32> = faults.iter().map(|fault| u32::try_from(fault.record).unwrap_or(u32::MAX)).collect();
    let what = say!("引用符（\"）の対応が取れていません", "quotes (\") do not match");
    let help = say!(
        "コンマや改行を含む値だけを \" で囲み、値の中の \" は二つ重ねてください",
        "put values with commas into quotes, and double each quote within a value"
    );
    (!rows.is_empty()).then(|| Breach::whole(Rule::Quoted, what, help).in_rows(rows))
}

/// Values that hold a line break, by column.
fn broken_lines(records: &[Vec<String>]) -> Vec<Breach> {
    let mut by_column: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (row, record) in (0..).zip(records) {
        for column in (0..record.len()).filter(|column| record[*column].contains(['\n', '\r'])) {
            by_column.entry(column).or_default().push(row);
        }
    }
    let heading = |column: usize| records.first().and_then(|record| record.get(column)).cloned().unwrap_or_default();
    let breach = |(column, rows): (usize, Vec<u32>)| {
        let what = say!("値の中に改行があります", "there is a line break within a value");
        let help = say!("改行を除き、1件を1行にしてください", "remove the line breaks: one record on one line");
        let place = u32::try_from(column).unwrap_or(u32::MAX);
        Breach::whole(Rule::OneLine, what, help).in_rows(rows).in_column(place, &heading(column))
    };
    by_column.into_iter().map(breach).collect()
}

/// Records of the first table with more values than its head, or fewer: commas that stand in no quotes, and torn records.
/// What stands behind the head in the former is cut off: nobody can tell which column it is of.
fn ragged(records: &mut [Vec<String>]) -> Vec<Breach> {
    let width = |record: &Vec<String>| record.iter().rposition(|field| !field.trim().is_empty()).map_or(0, |at| at + 1);
    let Some(first) = records.iter().position(|record| width(record) > 1) else { return Vec::new() };
    let end = records[first..].iter().position(|record| width(record) == 0).map_or(records.len(), |at| first + at);
    let (head, table) = (width(&records[first]), &records[first..end]);
    let rows = |wanted: &dyn Fn(&Vec<String>) -> bool| {
        let found = (first..).zip(table).filter(|(_, record)| wanted(record));
        found.filter_map(|(row, _)| u32::try_from(row).ok()).collect::<Vec<u32>>()
    };
    let more = rows(&|record| width(record) > head);
    let is_split = table.iter().any(|record| width(record) > head && splits_a_number(record));
    let fewer = rows(&|record| (2..head).contains(&record.len()));
    let is_beside =
        |row: &u32| fewer.contains(&(row + 1)) || row.checked_sub(1).is_some_and(|row| fewer.contains(&row));
    let (torn, short): (Vec<u32>, Vec<u32>) = fewer.iter().copied().partition(is_beside);
    let mut breaches = Vec::new();
    // Where most have more, it is the head that is short.
    if more.len() * 2 < table.len() && !more.is_empty() {
        records[first..end].iter_mut().for_each(|record| record.truncate(head));
        breaches.push(outside_quotes(head, is_split).in_rows(more));
    }
    if !torn.is_empty() {
        let what = say!("1件が複数の行に分かれています", "one record stands on several lines");
        let help = say!(
            "1件を1行にまとめ、値の中の改行を除いてください",
            "put each record on one line, without line breaks within values"
        );
        breaches.push(Breach::whole(Rule::OneLine, what, help).in_rows(torn));
    }
    if !short.is_empty() {
        let what = say!("値の数が見出しの {head} 列より少ない行です", "fewer values than the {head} headings");
        let help = say!(
            "足りない値を補ってください。空欄でもコンマは省けません",
            "add the values that lack; a blank value has its comma too"
        );
        breaches.push(Breach::whole(Rule::OneLine, what, help).in_rows(short));
    }
    breaches
}

fn outside_quotes(head: usize, is_split: bool) -> Breach {
    let what = if is_split {
        say!(
            "数値の桁区切りのコンマで値が分かれ、見出しの {head} 列より多くなっています",
            "commas of numbers outside quotes make more values than the {head} headings"
        )
    } else {
        say!(
            "値の数が見出しの {head} 列より多い行です（囲んでいないコンマ）",
            "more values than the {head} headings: a comma outside quotes"
        )
    };
    let help = say!(
        "コンマを含む値を \" で囲むか、桁区切りのコンマを除いてください",
        "put values with commas into quotes, or remove the commas of numbers"
    );
    Breach::whole(Rule::Quoted, what, help)
}

/// Whether two values beside each other are one number that a separator divides: 738 and 567.
fn splits_a_number(record: &[String]) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    record.windows(2).any(|pair| {
        let (before, behind) = (pair[0].trim().trim_start_matches(['-', '▲']), pair[1].trim());
        digits(before) && before.len() <= 3 && behind.get(..3).is_some_and(digits)
    })
}
