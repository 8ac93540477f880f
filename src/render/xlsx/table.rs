//! Tables on the sheet to print.

use rust_xlsxwriter::{Format, XlsxError};

use super::formats;
use super::page::{GAP, SheetPage, height, lines};
use crate::grid::{Place, Reach, cell, places};
use kaikaku_document::{Align, Table};

/// A table of so few rows stands on one page.
const SMALL: usize = 12;
/// Of a longer one, so many rows stay with what stands above them.
const FIRST: usize = 2;

impl SheetPage<'_> {
    /// The next table of the document.
    pub fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.keep(self.together(table));
        if let Some(caption) = &table.caption {
            self.across(&caption.text, formats::plain().set_bold())?;
        }
        if !table.columns.is_empty() {
            let spread = self.grid.next_table();
            for (column, place) in table.columns.iter().zip(&spread) {
                self.put(self.row, *place, 1, &column.title, false, formats::head())?;
            }
            self.high(self.head(table, &spread), 1.0)?;
            for (row, places) in places(table).iter().enumerate() {
                self.table_row(table, row, places, &spread)?;
            }
        }
        table.notes.iter().try_for_each(|note| self.across(&note.text, formats::note()))?;
        self.high_of(GAP)
    }

    /// How high the part of the next table is that stands on one page: all of a small one, else its first rows.
    pub fn together(&self, table: &Table) -> f64 {
        let spread = self.grid.spread();
        let caption = table.caption.iter().map(|_| height(1, 1.0)).sum::<f64>();
        let above = caption + height(self.head(table, spread), 1.0);
        let rows = table.rows.len();
        let kept = if rows <= SMALL { rows } else { FIRST };
        let all = places(table);
        let high = |count: usize| -> f64 {
            let rows = all.iter().enumerate().take(count);
            above + rows.map(|(row, places)| height(self.row_lines(table, row, places, spread), 1.0)).sum::<f64>()
        };
        let whole = high(kept);
        if whole > self.grid.page_height() / 2.0 { high(FIRST) } else { whole }
    }

    fn head(&self, table: &Table, spread: &[(usize, usize)]) -> usize {
        let titles = table.columns.iter().zip(spread);
        titles.map(|(column, place)| self.lines(&column.title, *place)).max().unwrap_or(1)
    }

    fn row_lines(&self, table: &Table, row: usize, places: &[Place], spread: &[(usize, usize)]) -> usize {
        let cells = places.iter().filter_map(|place| match *place {
            Place::Cell(Reach { column, across, down: 1 }) => Some((column, across)),
            _ => None,
        });
        let high = cells.map(|(column, across)| {
            let text = cell(table, row, column).map_or("", |cell| &cell.text);
            self.lines(text, (spread[column].0, spread[column + across - 1].1))
        });
        high.max().unwrap_or(1)
    }

    fn lines(&self, text: &str, (first, last): (usize, usize)) -> usize {
        lines(text, self.grid.width(first, last))
    }

    fn table_row(
        &mut self,
        table: &Table,
        row: usize,
        places: &[Place],
        spread: &[(usize, usize)],
    ) -> Result<(), XlsxError> {
        let lines = self.row_lines(table, row, places, spread);
        for place in places {
            let Place::Cell(Reach { column, across, down }) = *place else { continue };
            let place = (spread[column].0, spread[column + across - 1].1);
            let of = cell(table, row, column);
            let is_number = table.columns[column].kind.is_number();
            let (text, tone, number) =
                of.map_or(("", Default::default(), false), |c| (&*c.text, c.tone, is_number && c.exact().is_some()));
            let align = if across > 1 { Align::Left } else { table.columns[column].align() };
            let format = formats::cell(tone, align, table.rows[row].strong);
            self.links.anchor((self.row, place.0), of.and_then(|cell| cell.anchor()));
            self.links.link((self.row, place.0), text, &format, of.and_then(|cell| cell.link()));
            let marked = of.and_then(|cell| formats::edited(cell.parts(), tone));
            self.put(self.row, place, down, text, number, format.clone())?;
            if let Some(parts) = marked {
                let parts: Vec<(&Format, &str)> = parts.iter().map(|(format, text)| (format, &**text)).collect();
                self.sheet.write_rich_string_with_format(self.row, place.0 as u16, &parts, &format)?;
            }
        }
        self.high(lines, 1.0)
    }
}
