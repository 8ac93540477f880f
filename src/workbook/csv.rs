//! Words between separators, as a spreadsheet saves them: one sheet of words.

use std::collections::{BTreeMap, HashMap};

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};

use super::{Book, Cell, Limits, Sheet, too_large};
use crate::failure::Failure;
use crate::say;

/// How many fields there may be for each cell that is not empty.
const FIELDS: usize = 20;

/// What the one sheet is called.
pub const SHEET: &str = "CSV";

/// Whether a file is one of words between separators, as its name says.
pub(super) fn is_named(file: &str) -> bool {
    let lower = file.to_lowercase();
    [".csv", ".tsv", ".txt"].iter().any(|ending| lower.ends_with(ending))
}

/// The sheet that such a file is: in UTF-8, CP932 or UTF-16, between commas, tabs or semicolons, as Excel saves it.
///
/// # Errors
/// When it is none of these, or a quote in it is never closed.
pub fn book(bytes: &[u8]) -> Result<Book, Failure> {
    let limits = Limits::default();
    if bytes.len() > limits.file {
        return Err(Failure::plain(say!("CSV が大きすぎます", "the CSV is too large")));
    }
    let text = text(bytes)?;
    let named = text.strip_prefix("sep=").and_then(|rest| rest.split_once(['\r', '\n']));
    let (text, separator, first_line) = match named {
        Some((separator, rest)) => (rest.trim_start_matches('\n'), separator.chars().next().unwrap_or(','), 2),
        None => (text.as_str(), separator(&text, &limits), 1),
    };
    let read = records(text, separator, first_line, &limits)?;
    match read.lost() {
        Some(QuoteFault { kind: QuoteKind::Open, line, .. }) => return Err(open_quote(*line)),
        Some(QuoteFault { line, .. }) => return Err(broken_quote(*line)),
        None => {}
    }
    let mut cells = BTreeMap::new();
    for (row, record) in (0..).zip(read.all) {
        for (column, field) in (0..).zip(record) {
            if !field.is_empty() {
                cells.insert((row, column), Cell::text(plain(&field)));
            }
        }
        if cells.len() > limits.cells {
            return Err(too_many());
        }
    }
    Ok(Book { sheets: vec![Sheet { name: SHEET.into(), cells, ..Sheet::default() }], ..Book::default() })
}

/// The separator that divides most records into equally many fields.
pub fn separator(text: &str, limits: &Limits) -> char {
    let score = |separator: char| {
        let mut widths: HashMap<usize, usize> = HashMap::new();
        let read = records(text, separator, 1, limits).ok().filter(|read| read.lost().is_none());
        let records = read.map(|read| read.all).unwrap_or_default();
        for record in records.iter().filter(|record| record.len() > 1) {
            *widths.entry(record.len()).or_default() += 1;
        }
        widths.into_iter().map(|(width, count)| (count, width)).max().unwrap_or_default()
    };
    [';', '\t', ','].into_iter().max_by_key(|separator| score(*separator)).unwrap_or(',')
}

/// The records of a text, read as well as its quotes allow.
#[derive(Debug, Default)]
pub struct Records {
    /// The fields of each.
    pub all: Vec<Vec<String>>,
    /// What is wrong with the quotes, in order; one that is never closed comes last.
    pub faults: Vec<QuoteFault>,
}

/// A quote that does not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteFault {
    /// What is wrong.
    pub kind: QuoteKind,
    /// The record it is in, from 0.
    pub record: usize,
    /// The line of the file it is in, from 1.
    pub line: usize,
}

/// What is wrong with a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteKind {
    /// It is never closed: what stands behind it is one field.
    Open,
    /// More text follows the closing one.
    Behind,
    /// It stands within a field that has none around it.
    Within,
}

impl Records {
    /// The first fault by which rows may be lost.
    fn lost(&self) -> Option<&QuoteFault> {
        self.faults.iter().find(|fault| fault.kind != QuoteKind::Within)
    }
}

/// The fields of each record; the text begins in line `line` of its file. A field in quotes may hold separators and line
/// ends; a quote in it is doubled.
///
/// # Errors
/// When there are more fields than the limits let in.
pub fn records(text: &str, separator: char, mut line: usize, limits: &Limits) -> Result<Records, Failure> {
    let (mut read, mut record, mut field) = (Records::default(), Vec::new(), String::new());
    let mut left = limits.cells.saturating_mul(FIELDS);
    // The line in which the quotes around this field were opened; and whether they were closed again.
    let (mut opened, mut closed): (Option<usize>, bool) = (None, false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        line += usize::from(c == '\n');
        match opened {
            Some(_) if c != '"' => field.push(c),
            Some(_) if characters.next_if_eq(&'"').is_some() => field.push('"'),
            Some(_) => (opened, closed) = (None, true),
            None if c == '"' && field.is_empty() && !closed => opened = Some(line),
            None if c == separator || matches!(c, '\r' | '\n') => {
                if c == '\r' && characters.next_if_eq(&'\n').is_some() {
                    line += 1;
                }
                record.push(std::mem::take(&mut field));
                left = left.checked_sub(1).ok_or_else(too_many)?;
                closed = false;
                if c != separator {
                    read.all.push(std::mem::take(&mut record));
                }
            }
            None => {
                if closed || c == '"' {
                    let kind = if closed { QuoteKind::Behind } else { QuoteKind::Within };
                    read.faults.push(QuoteFault { kind, record: read.all.len(), line });
                }
                field.push(c);
            }
        }
    }
    if let Some(line) = opened {
        read.faults.push(QuoteFault { kind: QuoteKind::Open, record: read.all.len(), line });
    }
    if opened.is_some() || closed || !field.is_empty() || !record.is_empty() {
        record.push(field);
        read.all.push(record);
    }
    Ok(read)
}

/// The apostrophe that keeps a spreadsheet from running a text is none of the answer.
fn plain(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', 'ー', '＠']) => rest,
        _ => field,
    }
}

/// The text of bytes in UTF-8, in CP932 or, where they say so, in UTF-16.
///
/// # Errors
/// When they are neither.
pub fn text(bytes: &[u8]) -> Result<String, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => return Ok(text.to_owned()),
            Err(_) => SHIFT_JIS,
        },
    };
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors { Err(unreadable()) } else { Ok(text.into_owned()) }
}

fn too_many() -> Failure {
    too_large(say!("セルの数", "number of cells"))
}

fn open_quote(line: usize) -> Failure {
    Failure::new(
        say!(
            "{line} 行目の引用符（\"）が閉じられていないので、それより後の行が読めません",
            "the quote (\") in line {line} is never closed, so no line after it can be read"
        ),
        say!("引用符を閉じるか除いて、もう一度渡してください", "close the quote or remove it, and give the file again"),
    )
}

fn broken_quote(line: usize) -> Failure {
    Failure::new(
        say!(
            "{line} 行目で、引用符（\"）を閉じた後に文字が続いています。引用符の数が合わず、行が失われるおそれがあります",
            "in line {line} a closing quote (\") is followed by more text: quotes do not match, and rows may be lost"
        ),
        say!(
            "値の中の引用符は二つ重ね（\"\"）、もう一度渡してください",
            "double each quote within a value (\"\"), and give the file again"
        ),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Vec<String>> {
        let book = book(bytes).unwrap();
        let sheet = &book.sheets[0];
        let words = |row| sheet.row(row).map(|(_, cell)| cell.words().unwrap().to_owned()).collect();
        sheet.rows().into_iter().map(words).collect()
    }

    #[test]
    fn separators_and_encodings_of_spreadsheets_are_read() {
        let wanted = vec![vec!["番号", "実績"], vec!["1-1", "1,200人; 増"], vec!["1-2", "一行目\n\"二\"行目"]];
        let comma = "番号,実績\r\n1-1,\"1,200人; 増\"\r\n1-2,\"一行目\n\"\"二\"\"行目\"\r\n";
        let other = |separator: char| {
            let quoted = "\"1,200人; 増\"";
            comma.replace(quoted, "@").replace(',', &separator.to_string()).replace('@', quoted)
        };
        let utf16 = |big: bool| {
            let units = other('\t')
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect::<Vec<_>>();
            [if big { [0xfe, 0xff] } else { [0xff, 0xfe] }.to_vec(), units].concat()
        };
        for bytes in [
            comma.as_bytes().to_vec(),
            other('\t').into_bytes(),
            other(';').into_bytes(),
            format!("sep=;\r\n{}", other(';')).into_bytes(),
            utf16(false),
            utf16(true),
            SHIFT_JIS.encode(comma).0.into_owned(),
        ] {
            assert_eq!(read(&bytes), wanted);
        }
    }

    #[test]
    fn a_quote_that_swallows_rows_is_refused_by_its_line() {
        for (text, line) in [
            ("a,b\n1,\"x\n2,y\n", "2 行目"),
            ("a,b\n1,\"x\n2,\"y\"\n3,z\n", "3 行目"),
            ("sep=,\r\na,b\r\n1,\"x\r\n", "3 行目"),
        ] {
            let failure = book(text.as_bytes()).unwrap_err();
            assert!(failure.message.ja.starts_with(line), "{}", failure.message.ja);
        }
        assert_eq!(read(b"a,5\" pipe\n\"\",x\n"), [vec!["a", "5\" pipe"], vec!["x"]]);
    }
}
