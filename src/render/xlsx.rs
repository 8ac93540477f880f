//! A report as an Excel file: a sheet to print, a sheet for machines with one value a cell, charts that Excel draws.

mod charts;
mod data;
mod formats;
mod grid;
mod links;
mod page;
mod table;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use formats::write_plain;
use kaikaku_document::{Block, Document, Table, brief};
use kaikaku_text::lang::{Lang, Say};
use kaikaku_text::package::as_of_unix;
use kaikaku_text::safe::one_line;
use kaikaku_text::say;

/// A4 among Excel's papers.
const A4: u8 = 9;

/// Why there is no Excel file.
#[derive(Debug)]
pub struct Unwritable(XlsxError);

impl Unwritable {
    /// The message for the user.
    pub fn say(&self) -> Say {
        match &self.0 {
            XlsxError::RowColumnLimitError => say!(
                "表が Excel の上限（1,048,576行・16,384列）を超えています",
                "a table has more than Excel's 1,048,576 rows or 16,384 columns"
            ),
            other => say!("Excel のファイルを作れません（{other}）", "the Excel file cannot be made ({other})"),
        }
    }
}

impl From<XlsxError> for Unwritable {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// The report as an Excel file: `doc` to print, `data` for machines.
///
/// # Errors
/// When a table has more rows or columns than Excel has.
pub fn xlsx(doc: &Document, data: &Table, lang: Lang) -> Result<Vec<u8>, Unwritable> {
    let doc = &*doc.spelled_out();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(doc));
    let blocks = doc.sections.iter().flat_map(|section| &section.blocks);
    let charts: Vec<_> = blocks.flat_map(|b| if let Block::Charts(charts) = b { &charts[..] } else { &[] }).collect();
    page::write(workbook.add_worksheet(), doc, lang)?;
    data::write(workbook.add_worksheet(), data, lang)?;
    if !charts.is_empty() {
        charts::write_values(workbook.add_worksheet(), &charts, lang)?;
    }
    write_facts(&mut workbook, doc)?;
    Ok(as_of_unix(workbook.save_to_buffer()?))
}

/// A table as an Excel file with one sheet of this name, and nothing on it but the table.
///
/// # Errors
/// When the table has more rows or columns than Excel has.
pub fn bare(table: &Table, name: &str) -> Result<Vec<u8>, Unwritable> {
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_creation_datetime(&midnight(NaiveDate::default()).unwrap_or_default()),
    );
    data::write_bare(workbook.add_worksheet().set_name(name)?, table)?;
    Ok(as_of_unix(workbook.save_to_buffer()?))
}

/// A hidden sheet with the facts of each paragraph and row, where there are any; those of one are numbered alike.
fn write_facts(workbook: &mut Workbook, doc: &Document) -> Result<(), XlsxError> {
    let groups = doc.facts();
    if groups.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name("kaikaku facts")?.set_hidden(true);
    let facts = (1..).zip(&groups).flat_map(|(group, facts): (u32, _)| facts.iter().map(move |fact| (group, fact)));
    for (row, (group, (id, text))) in (0..).zip(facts) {
        sheet.write_number(row, 0, group)?.write_string(row, 1, *id)?;
        write_plain(sheet, row, 2, &brief(text))?;
    }
    Ok(())
}

/// Title, author, and the day of the figures: the clock has no say.
fn properties(doc: &Document) -> DocProperties {
    let author = doc.meta.author.as_deref().map(one_line).unwrap_or_default();
    let comment = doc.meta.provenance.as_deref().map(one_line).unwrap_or_default();
    let properties = DocProperties::new().set_title(one_line(&doc.title)).set_author(author).set_comment(comment);
    let day = doc.meta.date.unwrap_or_default();
    properties.set_creation_datetime(&midnight(day).unwrap_or_default())
}

/// Excel's time begins in 1899; a year before has no place in it.
fn midnight(day: NaiveDate) -> Option<ExcelDateTime> {
    let part = |n: u32| u8::try_from(n).ok();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
}

/// The number as Excel holds it, where it can hold every digit of it: that is fifteen.
fn exact(number: Decimal) -> Option<f64> {
    const DIGITS: u128 = 1_000_000_000_000_000;
    (number.normalize().mantissa().unsigned_abs() < DIGITS).then(|| number.to_f64()).flatten()
}

/// The name of a sheet.
#[derive(Debug, Clone, Copy)]
enum Sheet {
    Page,
    Data,
    Charts,
}

impl Sheet {
    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Page => lang.pick("印刷用", "Print"),
            Self::Data => lang.pick("データ", "Data"),
            Self::Charts => lang.pick("図の値", "Chart values"),
        }
    }
}
