//! Tables on the sheet to print.

use rust_xlsxwriter::{Format, FormatAlign, Image, XlsxError};

use super::formats;
use super::page::{GAP, SheetPage, height, lines};
use crate::grid::{Place, Reach, cell, places};
use crate::picture;
use kaikaku_document::{Align, Cell, Strip, Table};
use kaikaku_text::safe::one_line;

/// A table of so few rows stands on one page.
const SMALL: usize = 12;
/// Of a longer one, so many rows stay with what stands above them.
const FIRST: usize = 2;
/// How many lines of text a bar takes.
const BAR: usize = 1;
/// How high a bar is, and what is free on either side of it, in pixels.
const HIGH: u32 = 14;
const FREE: u32 = 4;

impl SheetPage<'_> {
    /// The next table of the document.
    pub fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.keep(self.together(table));
        if let Some(caption) = &table.caption {
            self.across(&caption.text, formats::plain().set_bold())?;
        }
        if !table.columns.is_empty() {
            let spread = self.grid.next_table();
            self.titles(table, &spread)?;
            let all = places(table);
            for (row, places) in all.iter().enumerate() {
                let is_last = row + 1 == table.rows.len();
                // No note stands alone on the next page, and no heading within the table at the end of one.
                let under = if is_last { self.notes(table) } else { self.headed(table, row, &all, &spread) };
                let high = height(self.row_lines(table, row, places, &spread), 1.0);
                let is_cut = places.iter().any(|place| matches!(place, Place::Beneath { .. }));
                if self.ends_before(high + under) && row > 0 && !is_cut {
                    self.titles(table, &spread)?;
                }
                self.table_row(table, row, places, &spread)?;
            }
        }
        table.notes.iter().try_for_each(|note| self.across(&note.text, formats::note()))?;
        self.high_of(GAP)
    }

    /// The titles of the columns; on each page that the table goes on.
    fn titles(&mut self, table: &Table, spread: &[(usize, usize)]) -> Result<(), XlsxError> {
        for (column, place) in table.columns.iter().zip(spread) {
            self.put(self.row, *place, 1, &column.title, None, formats::head())?;
        }
        self.high(self.head(table, spread), 1.0)
    }

    /// How high the notes beneath a table are.
    fn notes(&self, table: &Table) -> f64 {
        let room = self.grid.width(0, self.grid.count() - 1);
        table.notes.iter().map(|note| height(lines(&note.text, room), 1.0)).sum()
    }

    /// How high the row is that a heading within the table heads.
    fn headed(&self, table: &Table, row: usize, all: &[Vec<Place>], spread: &[(usize, usize)]) -> f64 {
        let heads = table.rows[row].strong && !table.rows[row + 1].strong;
        if heads { height(self.row_lines(table, row + 1, &all[row + 1], spread), 1.0) } else { 0.0 }
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
            let bar = cell(table, row, column).is_some_and(|cell| cell.bar().is_some());
            self.lines(text, (spread[column].0, spread[column + across - 1].1)) + usize::from(bar) * BAR
        });
        high.max().unwrap_or(1)
    }

    /// A bar as a picture over the free lines at the foot of its cell.
    fn strip(&mut self, strip: &Strip, (first, last): (usize, usize), row: usize, text: &str) -> Result<(), XlsxError> {
        let wide = self.grid.pixels_of(first, last).saturating_sub(2 * FREE);
        let Some(bytes) = picture::strip(strip, HIGH * picture::WIDTH / wide.max(HIGH)) else { return Ok(()) };
        let down = (height(row - BAR, 1.0) / 0.75) as u32;
        let image = Image::new_from_buffer(&bytes)?;
        let image = image.set_scale_to_size(wide, HIGH, false).set_alt_text(one_line(text));
        self.sheet.insert_image_with_offset(self.row, first as u16, &image, FREE, down)?;
        Ok(())
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
            let (text, tone) = of.map_or(("", Default::default()), |cell| (&*cell.text, cell.tone));
            let number = of.and_then(Cell::exact).filter(|_| is_number);
            let align = if across > 1 { Align::Left } else { table.columns[column].align() };
            let format = formats::cell(tone, align, table.rows[row].strong);
            let has_bar = of.is_some_and(|cell| cell.bar().is_some());
            let format = if has_bar { format.set_align(FormatAlign::Top) } else { format };
            self.links.anchor((self.row, place.0), of.and_then(|cell| cell.anchor()));
            self.links.link((self.row, place.0), text, &format, of.and_then(|cell| cell.link()));
            if let Some((cell, strip)) = of.and_then(|cell| Some((cell, cell.bar()?))) {
                self.strip(strip, place, lines, &cell.text)?;
            }
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
