//! Tables: how wide each column may be, and what to do when the page is too narrow for any.

use anstyle::Style;
use rayon::prelude::*;

use super::rows::{AT_ONCE, Ruled};
use super::{BOLD, FAINT, PLAIN, Piece, TextPage, as_lines, style_of, visible};
use kaikaku_document::{Align, Column, Line, Row, Table};
use kaikaku_text::safe::one_line;
use kaikaku_text::width::plain_lines;

/// Between two columns.
pub(super) const GAP: usize = 2;
/// Columns up to this width are never narrowed: ids, dates, grades.
const KEPT: usize = 10;
/// What the title of a column of numbers is narrowed to at most.
const LEAST_TITLE: usize = 4;
/// What a column of long texts is narrowed to at most.
const LEAST_TEXT: usize = 12;

impl TextPage<'_> {
    pub(super) fn table<'d>(&self, table: &'d Table) -> Vec<Piece<'d>> {
        let hung = |line: &Line, style| as_lines(self.hang("", &line.text, style));
        let mut pieces: Vec<Piece<'d>> = table.caption.iter().flat_map(|caption| hung(caption, BOLD)).collect();
        if !table.columns.is_empty() {
            match self.column_widths(table) {
                Some(widths) => pieces.extend(self.ruled(table, widths)),
                None => pieces.extend(as_lines(match &*table.narrower() {
                    [] => self.blocks(table),
                    parts => parts.iter().map(|part| self.lines(part)).collect::<Vec<_>>().join(&[String::new()][..]),
                })),
            }
        }
        pieces.extend(table.notes.iter().flat_map(|note| hung(note, PLAIN)));
        pieces
    }

    /// A table that is laid out at once.
    fn lines(&self, table: &Table) -> Vec<String> {
        let piece = |piece| match piece {
            Piece::Line(line) => vec![line],
            Piece::Rows(ruled) => self.rows(&ruled),
        };
        self.table(table).into_iter().flat_map(piece).collect()
    }

    /// The width of each column, or `None` if the page is too narrow for a table.
    fn column_widths(&self, table: &Table) -> Option<Vec<usize>> {
        let widest = |text: &str| {
            let plain = plain_lines(text).try_fold(0, |widest, line| line.map(|(_, width)| widest.max(width)));
            plain.unwrap_or_else(|| self.style.ambiguous.widest(&visible(text)))
        };
        let columns = table.columns.len();
        let of_rows = table.rows.par_chunks(AT_ONCE).map(|part| {
            let rows = part.iter().map(|row| row.cells.iter().map(|cell| widest(&cell.text)));
            rows.fold(vec![0; columns], wider)
        });
        let of_rows = of_rows.reduce(|| vec![0; columns], wider);
        let columns = table.columns.iter().zip(of_rows);
        let widths = columns.map(|(column, cells)| column_width(column, widest(&column.title), cells));
        let (least, natural): (Vec<usize>, Vec<usize>) = widths.unzip();
        let Some(page) = self.style.width else { return Some(natural) };
        let room = page.saturating_sub(GAP * (natural.len() - 1));
        let mut spare = room.checked_sub(least.iter().sum())?;
        let mut widths = least;
        while spare > 0 {
            let growing = widths.iter_mut().zip(&natural).filter(|(width, natural)| **width < **natural);
            let Some((narrowest, _)) = growing.min_by_key(|(width, _)| **width) else { break };
            *narrowest += 1;
            spare -= 1;
        }
        Some(widths)
    }

    /// A header, a rule, the rows.
    fn ruled<'d>(&self, table: &'d Table, widths: Vec<usize>) -> [Piece<'d>; 3] {
        let header = || table.columns.iter().map(|column| (column.title.as_str(), BOLD));
        let widths = match self.style.width {
            None => widths,
            Some(_) => {
                let row = |row| self.used(cells(row, widths.len()), &widths);
                let used = table.rows.par_iter().with_min_len(AT_ONCE).map(row);
                wider(self.used(header(), &widths), used.reduce(|| vec![1; widths.len()], wider))
            }
        };
        let across = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
        let rule = self.paint(&self.sign("─", "-").repeat(across), FAINT);
        let ruled = Ruled { table, widths, rule: rule.clone() };
        [Piece::Line(self.single(&ruled, header())), Piece::Line(rule), Piece::Rows(ruled)]
    }

    /// Each row by itself, one line a cell: still readable where a table would be mangled.
    fn blocks(&self, table: &Table) -> Vec<String> {
        let block = |row: &Row| {
            let titles = table.columns.iter().map(|column| format!("{}:", one_line(&column.title)));
            let fields = titles.zip(cells(row, table.columns.len()));
            let filled = fields.filter(|(_, (text, _))| !text.is_empty());
            self.fields(&filled.map(|(title, (text, style))| (title, text, style)).collect::<Vec<_>>())
        };
        table.rows.iter().map(block).collect::<Vec<_>>().join(&[String::new()][..])
    }
}

/// The least and the natural width of a column. A broken number misleads, so numbers are always whole.
fn column_width(column: &Column, title: usize, cells: usize) -> (usize, usize) {
    let natural = cells.max(title).max(1);
    let least = match column.align() {
        Align::Right => cells.max(title.min(LEAST_TITLE)).max(1),
        Align::Left if natural <= KEPT => natural,
        Align::Left => natural.min(LEAST_TEXT),
    };
    (least, natural)
}

pub(super) fn cells(row: &Row, columns: usize) -> impl Iterator<Item = (&str, Style)> {
    let style = |tone| if row.strong { style_of(tone).bold() } else { style_of(tone) };
    (0..columns).map(move |at| row.cells.get(at).map_or(("", PLAIN), |cell| (&*cell.text, style(cell.tone))))
}

/// The wider of each two columns.
pub(super) fn wider(mut one: Vec<usize>, other: impl IntoIterator<Item = usize>) -> Vec<usize> {
    one.iter_mut().zip(other).for_each(|(one, other)| *one = other.max(*one));
    one
}
