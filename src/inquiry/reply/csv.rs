//! A reply that was saved as CSV: the sheet of questions as a sheet of words.

use std::collections::BTreeMap;

use encoding_rs::SHIFT_JIS;

use crate::failure::Failure;
use crate::say;
use crate::workbook::{Book, Cell, Sheet};

/// The largest file that is read, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// The sheet that a CSV is, in UTF-8 or in CP932, as Excel saves it.
///
/// # Errors
/// When it is neither, or no CSV.
pub fn book(bytes: &[u8]) -> Result<Book, Failure> {
    if bytes.len() > LARGEST {
        return Err(Failure::plain(say!("CSV が大きすぎます", "the CSV is too large")));
    }
    let text = text(bytes)?;
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut cells = BTreeMap::new();
    for (row, record) in (0..).zip(reader.records()) {
        let record = record.map_err(|_| unreadable())?;
        for (column, field) in (0..).zip(record.iter()) {
            if !field.is_empty() {
                cells.insert((row, column), Cell::text(plain(field)));
            }
        }
    }
    Ok(Book { sheets: vec![Sheet { name: "CSV".into(), part: String::new(), cells }], ..Book::default() })
}

/// The apostrophe that keeps a spreadsheet from running a text is none of the answer.
fn plain(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', 'ー', '＠']) => rest,
        _ => field,
    }
}

/// The text of bytes in UTF-8 or in CP932.
///
/// # Errors
/// When they are neither.
pub fn text(bytes: &[u8]) -> Result<String, Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, _, had_errors) = SHIFT_JIS.decode(bytes);
    if had_errors { Err(unreadable()) } else { Ok(text.into_owned()) }
}

fn unreadable() -> Failure {
    Failure::new(
        say!("CSV として読めません", "this cannot be read as CSV"),
        say!("Excel で「CSV UTF-8」として保存してください", "save it in Excel as CSV UTF-8"),
    )
}
