//! The sheet for machines: one value a cell, a head that stays, nothing merged, nothing coloured.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::formats::{words, write_plain};
use super::{A4, Sheet, exact};
use kaikaku_document::{Cell, Table, Type};
use kaikaku_text::lang::Lang;
use kaikaku_text::width::Ambiguous;

/// The widest column; longer texts go on behind the next one.
const WIDEST: usize = 48;
/// How much of it, in half-width characters, a printed page holds that can still be read.
const PAGE: usize = 300;
/// Fewer rows than this are not worth several pages.
const FEW: usize = 5;
/// How many rows tell how wide a column is.
const LOOKED_AT: usize = 200;

pub fn write(sheet: &mut Worksheet, table: &Table, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(Sheet::Data.name(lang))?;
    let head = Format::new().set_bold();
    let mut widths = Vec::with_capacity(table.columns.len());
    for (at, column) in (0..).zip(&table.columns) {
        let (text, format) = words(&column.title, head.clone());
        sheet.write_string_with_format(0, at, text, &format)?;
        let cells = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.cells.get(usize::from(at)));
        let widest = cells.map(|cell| Ambiguous::Wide.widest(&cell.text)).max().unwrap_or(0);
        let wide = widest.max(Ambiguous::Wide.widest(&column.title)).min(WIDEST) + 2;
        sheet.set_column_width(at, wide as f64)?;
        widths.push(wide);
    }
    for (at, row) in (1..).zip(&table.rows) {
        for ((place, cell), column) in (0..).zip(&row.cells).zip(&table.columns) {
            value(sheet, at, place, (column.kind, cell))?;
        }
    }
    if let (Ok(last), Some(width)) = (u32::try_from(table.rows.len()), table.columns.len().checked_sub(1)) {
        sheet.autofilter(0, 0, last, width as u16)?;
    }
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_repeat_columns(0, 0)?;
    let pages = if table.rows.len() < FEW { 1 } else { pages_across(&widths) };
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(pages, 0).set_footer("&C&P / &N");
    Ok(())
}

/// How many pages stand side by side when columns of these widths are printed, each page with the first column.
fn pages_across(widths: &[usize]) -> u16 {
    let Some((first, others)) = widths.split_first() else { return 1 };
    let room = PAGE.saturating_sub(*first).max(1);
    u16::try_from(others.iter().sum::<usize>().div_ceil(room)).unwrap_or(u16::MAX).max(1)
}

/// The table alone: no format, no filter, no frozen panes.
pub fn write_bare(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    for (at, column) in (0..).zip(&table.columns) {
        write_plain(sheet, 0, at, &column.title)?;
    }
    for (at, row) in (1..).zip(&table.rows) {
        for ((place, cell), column) in (0..).zip(&row.cells).zip(&table.columns) {
            value(sheet, at, place, (column.kind, cell))?;
        }
    }
    Ok(())
}

/// The exact number in a column of numbers, where Excel has all its digits, else the text. A cell without words stays
/// empty.
fn value(sheet: &mut Worksheet, row: u32, column: u16, (kind, cell): (Type, &Cell)) -> Result<(), XlsxError> {
    let number = cell.exact().filter(|_| kind.is_number());
    if let Some(number) = number.and_then(exact) {
        sheet.write_number(row, column, number)?;
    } else if let Some(number) = number {
        sheet.write_string(row, column, number.to_string())?;
    } else if !cell.text.is_empty() {
        write_plain(sheet, row, column, &cell.text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_table_is_printed_on_pages_that_can_be_read() {
        assert_eq!(pages_across(&[]), 1);
        assert_eq!(pages_across(&[20]), 1);
        assert_eq!(pages_across(&[20, 100, 180]), 1, "20 + 280 columns are one page");
        assert_eq!(pages_across(&[20, 100, 181]), 2);
        assert_eq!(pages_across(&[20, 280, 280, 1]), 3, "the first column stands on each page");
    }
}
