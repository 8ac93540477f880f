//! Tables: how wide each column may be, and what to do when the page is too narrow for any.

use std::borrow::Cow;

use anstyle::Style;
use comfy_table::{CellAlignment, ContentArrangement, TableStyle};
use rayon::prelude::*;

use super::{BOLD, FAINT, PLAIN, Page, style_of, visible};
use crate::render::safe::one_line;
use crate::report::document::{Align, Column, Row, Table};

/// Between two columns.
const GAP: usize = 2;
/// Columns up to this width are never narrowed: ids, dates, grades.
const KEPT: usize = 10;
/// How many rows are laid out at once; the parts of a long table are laid out side by side.
const AT_ONCE: usize = 256;
/// How many rows a person may read; longer tables are lists for other programs.
pub(super) const BY_LIBRARY: usize = 1_000;
/// What the title of a column of numbers is narrowed to at most.
const LEAST_TITLE: usize = 4;
/// What a column of long texts is narrowed to at most.
const LEAST_TEXT: usize = 12;

/// A cell broken into lines.
struct Broken<'t> {
    lines: Vec<Cow<'t, str>>,
    style: Style,
}

impl Page<'_> {
    pub(super) fn table(&self, table: &Table) -> Vec<String> {
        let mut lines: Vec<String> = table.caption.iter().flat_map(|caption| self.hang("", caption, BOLD)).collect();
        if !table.columns.is_empty() {
            lines.extend(match self.column_widths(table) {
                Some(widths) => self.ruled(table, &widths),
                None => match &*table.narrower() {
                    [] => self.blocks(table),
                    parts => parts.iter().map(|part| self.table(part)).collect::<Vec<_>>().join(&[String::new()][..]),
                },
            });
        }
        lines.extend(table.notes.iter().flat_map(|note| self.hang("", note, PLAIN)));
        lines
    }

    /// The width of each column, or `None` if the page is too narrow for a table.
    fn column_widths(&self, table: &Table) -> Option<Vec<usize>> {
        let widest = |text: &str| self.style.ambiguous.widest(&visible(text));
        let columns = table.columns.len();
        let of_rows = table.rows.par_chunks(AT_ONCE).map(|part| {
            let rows = part.iter().map(|row| cells(row, columns).map(|(text, _)| widest(text)));
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

    /// A header, a rule, the rows; a rule above a strong row. Many rows are one text, with line feeds in it.
    fn ruled(&self, table: &Table, widths: &[usize]) -> Vec<String> {
        let header = self.broken(table.columns.iter().map(|column| (column.title.as_str(), BOLD)), widths);
        let rows = |part| self.rows(part, widths);
        let widths = match self.style.width {
            None => widths.to_vec(),
            Some(_) => {
                let used = table.rows.par_chunks(AT_ONCE).map(|part| self.used(widths.len(), &rows(part)));
                let used = used.reduce(|| vec![1; widths.len()], wider);
                wider(self.used(widths.len(), std::slice::from_ref(&header)), used)
            }
        };
        let across = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
        let rule = self.paint(&self.sign("─", "-").repeat(across), FAINT);
        let parts = table.rows.par_chunks(AT_ONCE).enumerate().map(|(part, chunk)| {
            let first = part * AT_ONCE;
            let is_ruled =
                |at: usize| first + at > 0 && table.rows[first + at].strong && !table.rows[first + at - 1].strong;
            self.laid_out(table, &widths, &rows(chunk), |at| is_ruled(at).then_some(&rule))
        });
        let mut lines = vec![self.laid_out(table, &widths, std::slice::from_ref(&header), |_| None)];
        lines.push(rule.clone());
        lines.extend(parts.collect::<Vec<_>>());
        lines
    }

    /// How wide each column is once its texts are broken: often a little less than there was room for.
    fn used(&self, columns: usize, rows: &[Vec<Broken<'_>>]) -> Vec<usize> {
        let mut used = vec![1; columns];
        for (at, cell) in rows.iter().flat_map(|row| row.iter().enumerate()) {
            let widest = cell.lines.iter().map(|line| self.width(line)).max().unwrap_or(0);
            used[at] = used[at].max(widest);
        }
        used
    }

    fn rows<'t>(&self, rows: &'t [Row], widths: &[usize]) -> Vec<Vec<Broken<'t>>> {
        rows.iter().map(|row| self.broken(cells(row, widths.len()), widths)).collect()
    }

    fn broken<'t>(&self, cells: impl Iterator<Item = (&'t str, Style)>, widths: &[usize]) -> Vec<Broken<'t>> {
        // Without a page to fit nothing is broken, so an unmeasured corner of Unicode cannot break it either.
        let room = |width: usize| self.style.width.map(|_| width);
        let lines = |text: &'t str, width: usize| match visible(text) {
            Cow::Borrowed(text) => {
                self.style.ambiguous.wrap(text, room(width)).into_iter().map(Cow::Borrowed).collect()
            }
            Cow::Owned(text) => {
                let lines = self.style.ambiguous.wrap(&text, room(width)).into_iter();
                lines.map(|line| Cow::Owned(line.to_owned())).collect()
            }
        };
        cells.zip(widths).map(|((text, style), width)| Broken { lines: lines(text, *width), style }).collect()
    }

    /// The lines of these rows, above each the rule that it has: a table that people read is comfy-table's, a long list is
    /// put together directly, which takes a third of the time.
    fn laid_out<'r>(
        &self,
        table: &Table,
        widths: &[usize],
        rows: &[Vec<Broken<'_>>],
        rule: impl Fn(usize) -> Option<&'r String>,
    ) -> String {
        let is_short = table.rows.len() <= BY_LIBRARY;
        let mut by_library = is_short.then(|| self.by_library(table, widths, rows).into_iter());
        let blank = " ".repeat(widths.iter().sum::<usize>() + GAP * widths.len());
        let mut lines = String::with_capacity(rows.len() * blank.len());
        for (at, row) in rows.iter().enumerate() {
            lines.extend(rule(at).into_iter().flat_map(|rule| [rule, "\n"]));
            match &mut by_library {
                Some(laid_out) => laid_out.by_ref().take(height(row)).for_each(|line| lines.extend([&line, "\n"])),
                None => self.line_up(table, widths, row, &blank, &mut lines),
            }
        }
        // Whoever prints them ends the last one.
        lines.pop();
        lines
    }

    /// Puts the cells of a row side by side, each as wide as its column.
    fn line_up(&self, table: &Table, widths: &[usize], row: &[Broken<'_>], blank: &str, lines: &mut String) {
        for at in 0..height(row) {
            for ((cell, column), width) in row.iter().zip(&table.columns).zip(widths) {
                let text = cell.lines.get(at).map_or("", |text| text);
                let room = width.saturating_sub(self.width(text));
                let (before, after) = if column.align == Align::Right { (room, 0) } else { (0, room) };
                lines.push_str(&blank[..before]);
                if self.style.color {
                    lines.push_str(&self.paint(text, cell.style))
                } else {
                    lines.push_str(text)
                }
                lines.push_str(&blank[..after + GAP]);
            }
            lines.truncate(lines.trim_end_matches(' ').len());
            lines.push('\n');
        }
    }

    /// Lays out stand-ins, comfy-table would count ① as one column on every terminal and colour as text, and puts the
    /// texts back. A first row of full width holds the columns open; it is dropped.
    fn by_library(&self, table: &Table, widths: &[usize], rows: &[Vec<Broken<'_>>]) -> Vec<String> {
        let stand_ins = |row: &[Broken<'_>]| -> Vec<String> {
            row.iter()
                .map(|cell| cell.lines.iter().map(|line| stand_in(self.width(line))).collect::<Vec<_>>().join("\n"))
                .collect()
        };
        let mut grid = comfy_table::Table::new();
        grid.load_style(TableStyle::new());
        grid.set_content_arrangement(ContentArrangement::Disabled);
        grid.add_row(widths.iter().map(|width| stand_in(*width)));
        grid.add_rows(rows.iter().map(|row| stand_ins(row)));
        for (at, column) in grid.column_iter_mut().enumerate() {
            let is_last = at + 1 == table.columns.len();
            column.set_padding((0, if is_last { 0 } else { GAP as u16 }));
            if table.columns[at].align == Align::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let mut texts = rows.iter().flat_map(|row| self.in_order(row));
        grid.lines().skip(1).map(|line| put_back(&line, &mut texts)).collect()
    }

    /// The lines of a row's cells as comfy-table will print them, painted.
    fn in_order(&self, row: &[Broken<'_>]) -> Vec<String> {
        let across = |at: usize| row.iter().filter_map(move |cell| Some((cell.lines.get(at)?, cell.style)));
        (0..height(row))
            .flat_map(across)
            .filter(|(line, _)| !line.is_empty())
            .map(|(line, style)| self.paint(line, style))
            .collect()
    }

    /// Each row by itself, one line a cell: still readable where a table would be mangled.
    fn blocks(&self, table: &Table) -> Vec<String> {
        let block = |row: &Row| {
            let titles = table.columns.iter().map(|column| format!("{}:", one_line(&column.title)));
            let fields = titles.zip(cells(row, table.columns.len()));
            let told = fields.filter(|(_, (text, _))| !text.is_empty());
            self.fields(&told.map(|(title, (text, style))| (title, text, style)).collect::<Vec<_>>())
        };
        table.rows.iter().map(block).collect::<Vec<_>>().join(&[String::new()][..])
    }
}

/// The least and the natural width of a column. A broken number misleads, so numbers are always whole.
fn column_width(column: &Column, title: usize, cells: usize) -> (usize, usize) {
    let natural = cells.max(title).max(1);
    let least = match column.align {
        Align::Right => cells.max(title.min(LEAST_TITLE)).max(1),
        Align::Left if natural <= KEPT => natural,
        Align::Left => natural.min(LEAST_TEXT),
    };
    (least, natural)
}

fn cells(row: &Row, columns: usize) -> impl Iterator<Item = (&str, Style)> {
    let style = |tone| if row.strong { style_of(tone).bold() } else { style_of(tone) };
    (0..columns).map(move |at| row.cells.get(at).map_or(("", PLAIN), |cell| (&*cell.text, style(cell.tone))))
}

fn height(row: &[Broken<'_>]) -> usize {
    row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0)
}

const START: char = 'a';
const FILL: &str = "b";
/// comfy-table counts in `u16`: a monster keeps its text and loses its alignment.
const MOST: usize = 60_000;

/// As many columns as the text it stands for.
fn stand_in(width: usize) -> String {
    if width == 0 { String::new() } else { format!("{START}{}", FILL.repeat(width.min(MOST) - 1)) }
}

fn put_back(line: &str, texts: &mut impl Iterator<Item = String>) -> String {
    let mut out = String::with_capacity(line.len());
    for (at, piece) in line.split(START).enumerate() {
        if at > 0 {
            out.extend(texts.next());
        }
        out.push_str(piece.trim_start_matches(FILL));
    }
    out.truncate(out.trim_end().len());
    out
}

/// The wider of each two columns.
fn wider(mut one: Vec<usize>, other: impl IntoIterator<Item = usize>) -> Vec<usize> {
    one.iter_mut().zip(other).for_each(|(one, other)| *one = other.max(*one));
    one
}
