//! A CSV file as it was written: its encoding, its records with the lines they begin in, and what is wrong with its quotes.

use std::collections::BTreeMap;

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};

use super::grid::{Datum, Grid};
use super::{Breach, Rule};
use crate::failure::Failure;
use crate::say;
use crate::workbook::too_large;

/// A CSV file.
#[derive(Debug)]
pub struct Csv {
    /// Its cells, a record a row.
    pub grid: Grid,
    /// What is broken in the way it is written.
    pub breaches: Vec<Breach>,
}

/// A record.
#[derive(Debug, Default)]
struct Record {
    fields: Vec<String>,
    /// Which fields hold a line break.
    broken: Vec<usize>,
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
    let (text, is_utf16) = decoded(bytes)?;
    let mut breaches = Vec::new();
    if is_utf16 {
        let what = say!("文字コードが UTF-16 です", "its encoding is UTF-16");
        let help = say!("UTF-8 で保存し直してください", "save it again as UTF-8");
        breaches.push(Breach::whole(Rule::FileFormat, what, help));
    }
    let separator = separator(&text);
    if separator != ',' {
        let (ja, en) = if separator == '\t' { ("タブ", "tabs") } else { ("セミコロン", "semicolons") };
        let what = say!("区切りがコンマではなく{ja}です", "values stand between {en}, not commas");
        let help = say!("コンマで区切った CSV として保存し直してください", "save it again as CSV with commas");
        breaches.push(Breach::whole(Rule::FileFormat, what, help));
    }
    let mut records = records(&text, separator, &mut breaches);
    breaches.extend(broken_lines(&records));
    breaches.extend(ragged(&mut records));
    let mut cells = BTreeMap::new();
    for (row, record) in (0..).zip(&records) {
        for (column, field) in (0..).zip(&record.fields) {
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

/// The text, and whether it was written in UTF-16.
fn decoded(bytes: &[u8]) -> Result<(String, bool), Failure> {
    if let Some(text) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(text).map_err(|_| unreadable())?;
        return Ok((text.to_owned(), false));
    }
    let (wide, is_utf16) = match bytes {
        [0xff, 0xfe, ..] => (UTF_16LE, true),
        [0xfe, 0xff, ..] => (UTF_16BE, true),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok((text.to_owned(), false)),
            Err(_) => (SHIFT_JIS, false),
        },
    };
    let (text, _, had_errors) = wide.decode(bytes);
    if had_errors { Err(unreadable()) } else { Ok((text.into_owned(), is_utf16)) }
}

fn unreadable() -> Failure {
    Failure::new(
        say!(
            "文字コードが UTF-8 でも CP932（Shift_JIS）でも UTF-16 でもありません",
            "its encoding is neither UTF-8 nor CP932 nor UTF-16"
        ),
        say!("Excel で「CSV UTF-8」として保存し直してください", "save it in Excel as CSV UTF-8"),
    )
}

/// The separator: a comma, unless the first lines have none and are divided by another sign alike.
fn separator(text: &str) -> char {
    let lines: Vec<&str> = text.lines().take(20).filter(|line| !line.trim().is_empty()).collect();
    let all = |sign: char| {
        let counts: Vec<usize> = lines.iter().map(|line| line.matches(sign).count()).collect();
        counts.first().is_some_and(|first| *first > 0) && counts.iter().all(|count| Some(count) == counts.first())
    };
    let has_comma = lines.first().is_some_and(|line| line.contains(','));
    ['\t', ';'].into_iter().find(|sign| !has_comma && all(*sign)).unwrap_or(',')
}

/// The records of a text; what is wrong with its quotes is noted, and read as well as can be.
fn records(text: &str, separator: char, breaches: &mut Vec<Breach>) -> Vec<Record> {
    let (mut records, mut record, mut field) = (Vec::new(), Record::default(), String::new());
    let (mut in_quotes, mut closed) = (false, false);
    let mut bad_rows: Vec<u32> = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if in_quotes => {
                if characters.next_if_eq(&'"').is_some() {
                    field.push('"');
                } else {
                    (in_quotes, closed) = (false, true);
                }
            }
            c if in_quotes => field.push(c),
            '"' if field.is_empty() && !closed => in_quotes = true,
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => {
                push(&mut record, &mut field);
                records.push(std::mem::take(&mut record));
                closed = false;
            }
            c if c == separator => {
                push(&mut record, &mut field);
                closed = false;
            }
            c => {
                if closed || c == '"' {
                    bad_rows.push(u32::try_from(records.len()).unwrap_or(u32::MAX));
                }
                field.push(c);
            }
        }
    }
    if in_quotes {
        bad_rows.push(u32::try_from(records.len()).unwrap_or(u32::MAX));
    }
    if !field.is_empty() || !record.fields.is_empty() || closed {
        push(&mut record, &mut field);
        records.push(record);
    }
    if !bad_rows.is_empty() {
        let what = say!("引用符（\"）の対応が取れていません", "quotes (\") do not match");
        let help = say!(
            "コンマや改行を含む値だけを \" で囲み、値の中の \" は二つ重ねてください",
            "put values with commas into quotes, and double each quote within a value"
        );
        breaches.push(Breach::whole(Rule::Quoted, what, help).in_rows(bad_rows));
    }
    records
}

fn push(record: &mut Record, field: &mut String) {
    if field.contains(['\n', '\r']) {
        record.broken.push(record.fields.len());
    }
    record.fields.push(std::mem::take(field));
}

/// Values that hold a line break, by column.
fn broken_lines(records: &[Record]) -> Vec<Breach> {
    let mut by_column: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (row, record) in (0..).zip(records) {
        for column in &record.broken {
            by_column.entry(*column).or_default().push(row);
        }
    }
    let heading =
        |column: usize| records.first().and_then(|record| record.fields.get(column)).cloned().unwrap_or_default();
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
fn ragged(records: &mut [Record]) -> Vec<Breach> {
    let width =
        |record: &Record| record.fields.iter().rposition(|field| !field.trim().is_empty()).map_or(0, |at| at + 1);
    let Some(first) = records.iter().position(|record| width(record) > 1) else { return Vec::new() };
    let end = records[first..].iter().position(|record| width(record) == 0).map_or(records.len(), |at| first + at);
    let (head, table) = (width(&records[first]), &records[first..end]);
    let rows = |wanted: &dyn Fn(&Record) -> bool| {
        let found = (first..).zip(table).filter(|(_, record)| wanted(record));
        found.filter_map(|(row, _)| u32::try_from(row).ok()).collect::<Vec<u32>>()
    };
    let more = rows(&|record| width(record) > head);
    let is_split = table.iter().any(|record| width(record) > head && splits_a_number(record));
    let fewer = rows(&|record| (2..head).contains(&record.fields.len()));
    let is_beside =
        |row: &u32| fewer.contains(&(row + 1)) || row.checked_sub(1).is_some_and(|row| fewer.contains(&row));
    let torn: Vec<u32> = fewer.iter().copied().filter(is_beside).collect();
    let mut breaches = Vec::new();
    // Where most have more, it is the head that is short.
    if more.len() * 2 < table.len() && !more.is_empty() {
        records[first..end].iter_mut().for_each(|record| record.fields.truncate(head));
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
fn splits_a_number(record: &Record) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    record.fields.windows(2).any(|pair| {
        let (before, behind) = (pair[0].trim().trim_start_matches(['-', '▲']), pair[1].trim());
        digits(before) && before.len() <= 3 && behind.get(..3).is_some_and(digits)
    })
}
