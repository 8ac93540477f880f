//! The rows of a table side by side: a table that people read is comfy-table's, a long list is put together directly,
//! part by part, which takes a fraction of the time and of the memory.

use std::borrow::Cow;
use std::convert::Infallible;

use anstyle::Style;
use comfy_table::{CellAlignment, ContentArrangement, TableStyle};
use rayon::prelude::*;

use super::table::{GAP, cells};
use super::{TextPage, visible};
use kaikaku_document::{Align, Row, Table};
use kaikaku_text::width::plain_lines;

/// How many rows are laid out at once; the parts of a long table are laid out side by side.
pub(super) const AT_ONCE: usize = 256;
/// How many such parts are held before they are written.
const HELD: usize = 16;
/// How many rows a person may read; longer tables are lists for other programs.
pub(super) const BY_LIBRARY: usize = 1_000;

/// A table that fits on the page.
pub(super) struct Ruled<'d> {
    pub(super) table: &'d Table,
    /// The width of each column.
    pub(super) widths: Vec<usize>,
    /// What stands above a strong row.
    pub(super) rule: String,
}

/// A line of a cell that has words on it. Those of a row stand in the order in which they are read: line by line.
struct Words<'t> {
    line: usize,
    column: usize,
    text: Cow<'t, str>,
    width: usize,
    style: Style,
}

impl TextPage<'_> {
    /// All rows, each line with its line feed, in parts.
    pub(super) fn each_part<E>(&self, ruled: &Ruled<'_>, out: &mut impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        let rows = &ruled.table.rows;
        for held in (0..rows.len().div_ceil(AT_ONCE)).collect::<Vec<_>>().chunks(HELD) {
            let parts = held.par_iter().map(|part| self.part(ruled, part * AT_ONCE));
            parts.collect::<Vec<String>>().iter().try_for_each(|part| out(part))?;
        }
        Ok(())
    }

    /// All rows as lines.
    pub(super) fn rows(&self, ruled: &Ruled<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        let Ok(()) = self.each_part(ruled, &mut |part| {
            lines.extend(part.lines().map(str::to_owned));
            Ok::<_, Infallible>(())
        });
        lines
    }

    /// The rows from `first` on, as many as are laid out at once; a rule above a strong one.
    fn part(&self, ruled: &Ruled<'_>, first: usize) -> String {
        let rows = &ruled.table.rows;
        let chunk = &rows[first..rows.len().min(first + AT_ONCE)];
        let is_ruled = |at: usize| at > 0 && rows[at].strong && !rows[at - 1].strong;
        let mut by_library = (rows.len() <= BY_LIBRARY).then(|| self.by_library(ruled, chunk).into_iter());
        let blank = " ".repeat(ruled.widths.iter().sum::<usize>() + GAP * ruled.widths.len());
        let (mut lines, mut words) = (String::with_capacity(chunk.len() * blank.len()), Vec::new());
        for (at, row) in (first..).zip(chunk) {
            if is_ruled(at) {
                lines.extend([&*ruled.rule, "\n"]);
            }
            self.words(cells(row, ruled.widths.len()), &ruled.widths, &mut words);
            match &mut by_library {
                Some(laid_out) => laid_out.by_ref().take(height(&words)).for_each(|line| lines.extend([&*line, "\n"])),
                None => self.line_up(ruled, &words, &blank, &mut lines),
            }
        }
        lines
    }

    /// One row as lines.
    pub(super) fn row(&self, ruled: &Ruled<'_>, at: usize) -> Vec<String> {
        let blank = " ".repeat(ruled.widths.iter().sum::<usize>() + GAP * ruled.widths.len());
        let (mut lines, mut words) = (String::new(), Vec::new());
        self.words(cells(&ruled.table.rows[at], ruled.widths.len()), &ruled.widths, &mut words);
        self.line_up(ruled, &words, &blank, &mut lines);
        lines.lines().map(str::to_owned).collect()
    }

    /// One row that is none of the table's: its header.
    pub(super) fn single<'t>(&self, ruled: &Ruled<'_>, cells: impl Iterator<Item = (&'t str, Style)>) -> String {
        let blank = " ".repeat(ruled.widths.iter().sum::<usize>() + GAP * ruled.widths.len());
        let (mut line, mut words) = (String::new(), Vec::new());
        self.words(cells, &ruled.widths, &mut words);
        self.line_up(ruled, &words, &blank, &mut line);
        line.pop();
        line
    }

    /// How wide each column is once its texts are broken: often a little less than there was room for.
    pub(super) fn used<'t>(&self, cells: impl Iterator<Item = (&'t str, Style)>, widths: &[usize]) -> Vec<usize> {
        let (mut used, mut words) = (vec![1; widths.len()], Vec::new());
        self.words(cells, widths, &mut words);
        words.iter().for_each(|words: &Words<'_>| used[words.column] = used[words.column].max(words.width));
        used
    }

    /// Breaks the cells of a row into lines, in place of what was broken before.
    fn words<'t>(&self, cells: impl Iterator<Item = (&'t str, Style)>, widths: &[usize], words: &mut Vec<Words<'t>>) {
        words.clear();
        for (column, ((text, style), width)) in cells.zip(widths).enumerate() {
            // Without a page to fit nothing is broken, so an unmeasured corner of Unicode cannot break it either.
            let room = self.style.width.map(|_| *width);
            let from = words.len();
            let seen = |line, text: Cow<'t, str>, width| {
                (!text.is_empty()).then_some(Words { line, column, text, width, style })
            };
            for (at, line) in plain_lines(text).enumerate() {
                let Some((line, width)) = line.filter(|(_, width)| room.is_none_or(|room| *width <= room)) else {
                    // This one has to be looked at closely, and with it the whole text.
                    words.truncate(from);
                    let broken = self.broken(text, room).into_iter().map(|line| (self.width(&line), line)).enumerate();
                    words.extend(broken.filter_map(|(at, (width, line))| seen(at, line, width)));
                    break;
                };
                words.extend(seen(at, line.into(), width));
            }
        }
        if words.iter().any(|words| words.line > 0) {
            words.sort_by_key(|words| words.line);
        }
    }

    /// A text that may hold anything, as lines that fit.
    fn broken<'t>(&self, text: &'t str, room: Option<usize>) -> Vec<Cow<'t, str>> {
        match visible(text) {
            Cow::Borrowed(text) => self.style.ambiguous.wrap(text, room).into_iter().map(Cow::Borrowed).collect(),
            Cow::Owned(text) => {
                let lines = self.style.ambiguous.wrap(&text, room).into_iter();
                lines.map(|line| Cow::Owned(line.to_owned())).collect()
            }
        }
    }

    /// Puts the cells of a row side by side, each as wide as its column.
    fn line_up(&self, ruled: &Ruled<'_>, row: &[Words<'_>], blank: &str, lines: &mut String) {
        let (mut line, mut at) = (0, 0);
        let starts = |column: usize| ruled.widths[..column].iter().map(|width| width + GAP).sum::<usize>();
        for words in row {
            while line < words.line {
                lines.push('\n');
                (line, at) = (line + 1, 0);
            }
            let room = match ruled.table.columns[words.column].align() {
                Align::Right => ruled.widths[words.column].saturating_sub(words.width),
                Align::Left => 0,
            };
            let start = starts(words.column) + room;
            lines.push_str(&blank[..start.saturating_sub(at).min(blank.len())]);
            if self.style.color {
                lines.push_str(&self.paint(&words.text, words.style));
            } else {
                lines.push_str(&words.text);
            }
            at = start + words.width;
        }
        lines.push('\n');
    }

    /// Lays out stand-ins, comfy-table would count ① as one column on every terminal and colour as text, and puts the
    /// texts back. A first row of full width holds the columns open; it is dropped.
    fn by_library(&self, ruled: &Ruled<'_>, rows: &[Row]) -> Vec<String> {
        let Ruled { table, widths, .. } = ruled;
        let mut grid = comfy_table::Table::new();
        grid.load_style(TableStyle::new());
        grid.set_content_arrangement(ContentArrangement::Disabled);
        grid.add_row(widths.iter().map(|width| stand_in(*width)));
        let (mut texts, mut words) = (Vec::new(), Vec::new());
        for row in rows {
            self.words(cells(row, widths.len()), widths, &mut words);
            grid.add_row(stand_ins(&words, widths.len()));
            texts.extend(words.iter().map(|words| self.paint(&words.text, words.style)));
        }
        for (at, column) in grid.column_iter_mut().enumerate() {
            let is_last = at + 1 == table.columns.len();
            column.set_padding((0, if is_last { 0 } else { GAP as u16 }));
            if table.columns[at].align() == Align::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let mut texts = texts.into_iter();
        grid.lines().skip(1).map(|line| put_back(&line, &mut texts)).collect()
    }
}

/// How many lines a row takes.
fn height(row: &[Words<'_>]) -> usize {
    row.last().map_or(1, |words| words.line + 1)
}

const START: char = 'a';
const FILL: &str = "b";
/// comfy-table counts in `u16`: a monster keeps its text and loses its alignment.
const MOST: usize = 60_000;

/// As many columns as the text it stands for.
fn stand_in(width: usize) -> String {
    if width == 0 { String::new() } else { format!("{START}{}", FILL.repeat(width.min(MOST) - 1)) }
}

/// The cells of a row, each line in its place.
fn stand_ins(row: &[Words<'_>], columns: usize) -> Vec<String> {
    let mut cells = vec![(String::new(), 0); columns];
    for words in row {
        let (cell, line) = &mut cells[words.column];
        cell.push_str(&"\n".repeat(words.line - *line));
        cell.push_str(&stand_in(words.width));
        *line = words.line;
    }
    cells.into_iter().map(|(cell, _)| cell).collect()
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
