//! The rows of a table side by side, put together part by part while they are written.

use std::borrow::Cow;
use std::convert::Infallible;

use anstyle::Style;
use rayon::prelude::*;

use super::table::{GAP, cells};
use super::{TextPage, visible};
use kaikaku_document::{Align, Table};
use kaikaku_text::width::plain_lines;

/// How many rows are laid out at once; the parts of a long table are laid out side by side.
pub(super) const AT_ONCE: usize = 256;
/// How many such parts are held before they are written.
const HELD: usize = 16;

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
        let blank = " ".repeat(ruled.widths.iter().sum::<usize>() + GAP * ruled.widths.len());
        let (mut lines, mut words) = (String::with_capacity(chunk.len() * blank.len()), Vec::new());
        for (at, row) in (first..).zip(chunk) {
            if is_ruled(at) {
                lines.extend([&*ruled.rule, "\n"]);
            }
            self.words(cells(row, ruled.widths.len()), &ruled.widths, &mut words);
            self.line_up(ruled, &words, &blank, &mut lines);
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
}
