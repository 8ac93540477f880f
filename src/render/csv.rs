//! A table for Excel and for programs.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use encoding_rs::SHIFT_JIS;
use rayon::prelude::*;

use kaikaku_document::{Cell, Row, Table};
use kaikaku_text::cp932::cp932_sign;
use kaikaku_text::lang::Say;
use kaikaku_text::safe::{is_formula, one_line, visible};
use kaikaku_text::say;

/// How the characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, for programs.
    #[default]
    Utf8,
    /// UTF-8 with the mark by which Excel knows it.
    Utf8Bom,
    /// Shift_JIS as Windows has it, for older programs.
    Cp932,
}

/// A character that the encoding does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmappable {
    /// The character.
    pub character: char,
    /// The row it is in, counted from 1; `None` in the header.
    pub row: Option<usize>,
    /// The title of its column.
    pub column: String,
}

impl Unmappable {
    /// The message for the user.
    pub fn say(&self) -> Say {
        let Self { character: c, row, column } = self;
        let code = u32::from(*c);
        match row {
            Some(row) => say!(
                "{row}行目「{column}」の文字「{c}」（U+{code:04X}）はCP932（Shift_JIS）にありません",
                "row {row}, column \"{column}\": the character \"{c}\" (U+{code:04X}) does not exist in CP932 (Shift_JIS)"
            ),
            None => say!(
                "見出し「{column}」の文字「{c}」（U+{code:04X}）はCP932（Shift_JIS）にありません",
                "column title \"{column}\": the character \"{c}\" (U+{code:04X}) does not exist in CP932 (Shift_JIS)"
            ),
        }
    }
}

/// How many rows are written at once; the parts of a long table are written side by side.
const AT_ONCE: usize = 512;

/// The table as CSV with a header row and CR LF line ends. A cell with a number is that exact number without thousands
/// separators; a text that Excel would run as a formula gets an apostrophe in front.
pub fn csv(table: &Table, encoding: Encoding) -> Result<Vec<u8>, Unmappable> {
    let start: &[u8] = if encoding == Encoding::Utf8Bom { b"\xef\xbb\xbf" } else { b"" };
    let header = Row::new(table.columns.iter().map(|column| Cell::text(&column.title)).collect());
    let header = write(table, std::slice::from_ref(&header), encoding, |_| None);
    let parts = table.rows.par_chunks(AT_ONCE).enumerate();
    let parts = parts.map(|(part, rows)| write(table, rows, encoding, |at| Some(part * AT_ONCE + 1 + at)));
    let parts: Vec<Result<Vec<u8>, Unmappable>> = parts.collect();
    // In order, so that the first character without a place is the one that is reported.
    let parts = [Ok(start.to_vec()), header].into_iter().chain(parts).collect::<Result<Vec<_>, _>>()?;
    Ok(parts.concat())
}

/// Some rows, each of which has a number or none.
#[expect(clippy::expect_used, reason = "a Vec takes every write, and each record has a field for each column")]
fn write(
    table: &Table,
    rows: &[Row],
    encoding: Encoding,
    number_of: impl Fn(usize) -> Option<usize>,
) -> Result<Vec<u8>, Unmappable> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for (row, Row { cells, .. }) in rows.iter().enumerate() {
        for (at, column) in table.columns.iter().enumerate() {
            let cell = cells.get(at);
            let field = match cell.and_then(Cell::exact) {
                Some(number) => number.to_string().into_bytes().into(),
                None => encode(cell.map_or("", |cell| &cell.text), encoding).map_err(|character| Unmappable {
                    character,
                    row: number_of(row),
                    column: one_line(&column.title),
                })?,
            };
            writer.write_field(field).expect("a Vec takes every write");
        }
        writer.write_record(None::<&[u8]>).expect("a Vec takes every write");
    }
    Ok(writer.into_inner().expect("a Vec takes every write"))
}

fn encode(text: &str, encoding: Encoding) -> Result<Cow<'_, [u8]>, char> {
    let text = visible(text);
    if encoding != Encoding::Cp932 {
        return Ok(match text {
            Cow::Borrowed(text) if !is_formula(text) => text.as_bytes().into(),
            text => neutral(&text).into_owned().into_bytes().into(),
        });
    }
    let text: String = text.chars().map(cp932_sign).collect();
    let text = neutral(&text);
    let (bytes, _, had_errors) = SHIFT_JIS.encode(&text);
    if had_errors {
        let foreign = |c: &char| SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4])).2;
        return Err(text.chars().find(foreign).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Ok(bytes.into_owned().into())
}

/// With an apostrophe in front, which makes a text of what Excel would run.
fn neutral(text: &str) -> Cow<'_, str> {
    if is_formula(text) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use kaikaku_document::{Column, Row, Type};

    fn table(cells: Vec<Cell>) -> Table {
        let columns = (1..=cells.len()).map(|n| Column::new("column", format!("列{n}"), Type::Text)).collect();
        Table { columns, rows: vec![Row::new(cells)], ..Table::default() }
    }

    fn one(text: &str, encoding: Encoding) -> Result<Vec<u8>, Unmappable> {
        csv(&table(vec![Cell::text(text)]), encoding).map(|bytes| bytes.split_at(bytes.len().min(7)).1.to_vec())
    }

    #[test]
    fn numbers_are_exact_and_lines_end_as_excel_has_them() {
        let exact = Decimal::from_str_exact("-1234567890.1234567890").unwrap();
        let bytes =
            csv(&table(vec![Cell::number(exact, "▲1,234,567,890"), Cell::text("a,\"b\"\r\nc")]), Encoding::Utf8);
        assert_eq!(
            String::from_utf8(bytes.unwrap()).unwrap(),
            "列1,列2\r\n-1234567890.1234567890,\"a,\"\"b\"\"\nc\"\r\n"
        );
        assert!(csv(&table(vec![]), Encoding::Utf8Bom).unwrap().starts_with(b"\xef\xbb\xbf"));
    }

    #[test]
    fn formulas_are_neutralised() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "ー1", "＠a", "\t=1", "　=1", " -1", "\r\n=1"]
        {
            let written = encode(text, Encoding::Utf8).unwrap();
            assert!(written.starts_with(b"'"), "{text:?}");
        }
        for text in ["-", "－", "ー", "▲1", "1-1-1", "改革=1", ""] {
            assert_eq!(neutral(text), text);
        }
        assert_eq!(encode("−1", Encoding::Cp932).unwrap(), SHIFT_JIS.encode("'－1").0.into_owned());
    }

    #[test]
    fn cp932_has_its_glyphs_and_names_what_it_lacks() {
        let glyphs = encode("〜−—‖¢£¬¥①㈱髙﨑", Encoding::Cp932).unwrap();
        assert_eq!(SHIFT_JIS.decode(&glyphs).0, "～－―∥￠￡￢￥①㈱髙﨑");
        let nearest = encode("R6–R9 ≤ ≥ a⏎b \u{1b}", Encoding::Cp932).unwrap();
        assert_eq!(SHIFT_JIS.decode(&nearest).0, "R6-R9 ≦ ≧ a／b 〓");
        let error = one("葛\u{e0100}𠮷", Encoding::Cp932).unwrap_err();
        assert_eq!((error.character, error.row, error.column.as_str()), ('\u{e0100}', Some(1), "列1"));
        let error = one("𠮷野家", Encoding::Cp932).unwrap_err();
        assert!(error.say().ja.contains("1行目「列1」の文字「𠮷」（U+20BB7）"));
        assert!(error.say().en.contains("row 1, column \"列1\""));
        let header = Table { columns: vec![Column::new("name", "𠮷", Type::Text)], ..Table::default() };
        assert_eq!(csv(&header, Encoding::Cp932).unwrap_err().row, None);
    }

    proptest! {
        #[test]
        fn safe_texts_come_back(texts in prop::collection::vec("[a-zあ-ん一-十①,\"'\n 0-9]{0,12}", 1..6)) {
            let bytes = csv(&table(texts.iter().map(Cell::text).collect()), Encoding::Utf8).unwrap();
            let mut reader = csv::Reader::from_reader(&*bytes);
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(record.iter().collect::<Vec<_>>(), texts);
        }

        #[test]
        fn exact_numbers_come_back(mantissa: i64, scale in 0u32..28) {
            let number = Decimal::new(mantissa, scale);
            let bytes = csv(&table(vec![Cell::number(number, "約")]), Encoding::Cp932).unwrap();
            let written = String::from_utf8(bytes[bytes.iter().position(|b| *b == b'\n').unwrap()..].to_vec()).unwrap();
            prop_assert_eq!(Decimal::from_str_exact(written.trim()).unwrap(), number);
        }
    }
}
