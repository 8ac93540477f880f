//! Tables: how wide each column may be, and what to do when the page is too narrow for any.

use anstyle::Style;
use rayon::prelude::*;

use super::rows::{AT_ONCE, Ruled};
use super::{BOLD, FAINT, PLAIN, Piece, TextPage, as_lines, style_of, visible};
use kaikaku_document::{Align, Cell, Column, Line, Row, Table, Type};
use kaikaku_text::safe::one_line;
use kaikaku_text::width::plain_lines;

/// Between two columns.
pub(super) const GAP: usize = 2;
/// Columns up to this width are never narrowed: ids, dates, grades.
const KEPT: usize = 10;
/// Ids up to this width are never narrowed: a part of one names nothing.
const KEPT_ID: usize = 16;
/// What the title of a column of numbers is narrowed to at most.
const LEAST_TITLE: usize = 4;
/// What a column of long texts is narrowed to at most.
const LEAST_TEXT: usize = 12;
/// The same where other columns may be left out instead.
const EASY_TEXT: usize = 20;
/// What words in a column of numbers, where there is no number, are narrowed to at most.
const LEAST_WORDS: usize = 18;
/// How many columns may stand on the line of a name, it among them.
const MOST_BEFORE: usize = 3;
/// How far the rest of a row stands in beneath its name.
const INDENT: usize = 2;

impl TextPage<'_> {
    pub(super) fn table<'d>(&self, table: &'d Table) -> Vec<Piece<'d>> {
        let hung = |line: &Line, style| as_lines(self.hang("", &line.text, style));
        let mut pieces: Vec<Piece<'d>> = table.caption.iter().flat_map(|caption| hung(caption, BOLD)).collect();
        if !table.columns.is_empty() {
            match self.column_widths(table, least_text(table)) {
                Some(widths) => pieces.extend(self.ruled(table, widths)),
                None => pieces.extend(as_lines(self.narrow(table))),
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

    /// A table for which the page is too narrow: without what may be left out, in narrower tables, with its names above
    /// their rows, with names that are broken, and in the end each row by itself.
    fn narrow(&self, table: &Table) -> Vec<String> {
        let whole = |least: usize| {
            let lines = |table: &Table| Some(self.ruled_lines(table, self.column_widths(table, least)?));
            self.fewer(table, lines)
        };
        let least = least_text(table);
        if let Some(lines) = whole(least).or_else(|| whole(LEAST_TEXT)) {
            return lines;
        }
        if let (None, parts @ [_, ..]) = (&table.spare, &*table.narrower()) {
            return parts.iter().map(|part| self.lines(part)).collect::<Vec<_>>().join(&[String::new()][..]);
        }
        let broken = || self.widths_within(table, self.style.width, (false, LEAST_TEXT));
        let stacked = |least: usize| self.fewer(table, |table| self.stacked(table, least));
        stacked(least)
            .or_else(|| stacked(LEAST_TEXT))
            .or_else(|| broken().map(|widths| self.ruled_lines(table, widths)))
            .unwrap_or_else(|| self.blocks(table))
    }

    /// What `lay_out` makes of a table that has as much left out as it must, and which columns those are.
    fn fewer(&self, table: &Table, lay_out: impl Fn(&Table) -> Option<Vec<String>>) -> Option<Vec<String>> {
        let (spare, note) = table.spare.as_ref().map_or((&[][..], None), |spare| (&*spare.columns, Some(spare.note)));
        (0..=spare.len()).find_map(|left_out| {
            let left_out = &spare[..left_out];
            let mut lines = match left_out {
                [] => lay_out(table)?,
                _ => lay_out(&table.only(|at| !left_out.contains(&at)))?,
            };
            let titles = table.columns.iter().enumerate().filter(|(at, _)| left_out.contains(at));
            let titles: Vec<&str> = titles.map(|(_, column)| &*column.title).collect();
            let note = note.filter(|_| !titles.is_empty()).map(|note| note(&titles));
            lines.extend(note.iter().flat_map(|note| self.hang("", note, FAINT)));
            Some(lines)
        })
    }

    /// A table whose names stand on lines of their own, the rest of each row beneath; `None` where that does not fit.
    fn stacked(&self, table: &Table, least: usize) -> Option<Vec<String>> {
        let name = table.columns.iter().take(MOST_BEFORE).position(|column| column.kind == Type::Name)?;
        let rest = table.only(|at| at > name);
        let page = self.style.width.map(|width| width.saturating_sub(INDENT));
        let widths =
            Some(&rest).filter(|rest| !rest.columns.is_empty()).and(self.widths_within(&rest, page, (true, least)))?;
        let titles: Vec<&str> = table.columns[..=name].iter().map(|column| &*column.title).collect();
        let lead = |cells: &[&str], style| {
            let before: String = cells[..name]
                .iter()
                .zip(self.lead_widths(table, name))
                .map(|(cell, width)| {
                    let cell = one_line(cell);
                    let pad = " ".repeat(width.saturating_sub(self.width(&cell)) + GAP);
                    cell + &pad
                })
                .collect();
            self.hang(&before, cells[name], style)
        };
        let beneath = |lines: Vec<String>| lines.into_iter().map(|line| format!("{}{line}", " ".repeat(INDENT)));
        let [header, rule, rows] = self.ruled(&rest, widths);
        let mut lines = lead(&titles, BOLD);
        if let Piece::Line(header) = header {
            lines.extend(beneath(vec![header]));
        }
        let rule = |lines: &mut Vec<String>| {
            if let Piece::Line(rule) = &rule {
                lines.push(rule.clone())
            }
        };
        rule(&mut lines);
        let Piece::Rows(ruled) = rows else { return None };
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 && row.strong && !table.rows[at - 1].strong {
                rule(&mut lines);
            }
            let (texts, styles): (Vec<&str>, Vec<Style>) = cells(row, name + 1).unzip();
            lines.extend(lead(&texts, styles[name]));
            if row.cells.iter().skip(name + 1).any(|cell| !cell.text.is_empty()) {
                lines.extend(beneath(self.row(&ruled, at)));
            }
        }
        Some(lines)
    }

    /// How wide the columns before the name are.
    fn lead_widths(&self, table: &Table, name: usize) -> Vec<usize> {
        let widest = |at: usize| {
            let cells =
                table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| self.width(&one_line(&cell.text)));
            cells.chain([self.width(&table.columns[at].title)]).max().unwrap_or(0)
        };
        (0..name).map(widest).collect()
    }

    /// A table of these widths as lines.
    fn ruled_lines(&self, table: &Table, widths: Vec<usize>) -> Vec<String> {
        let line = |piece| match piece {
            Piece::Line(line) => vec![line],
            Piece::Rows(ruled) => self.rows(&ruled),
        };
        self.ruled(table, widths).into_iter().flat_map(line).collect()
    }

    /// The width of each column, none of long texts under `least`, or `None` if the page is too narrow for a table.
    fn column_widths(&self, table: &Table, least: usize) -> Option<Vec<usize>> {
        self.widths_within(table, self.style.width, (true, least))
    }

    /// The same on a page of that width; names are broken only where they need not stay whole.
    fn widths_within(&self, table: &Table, page: Option<usize>, (whole, least): (bool, usize)) -> Option<Vec<usize>> {
        let widest = |text: &str| {
            let plain = plain_lines(text).try_fold(0, |widest, line| line.map(|(_, width)| widest.max(width)));
            plain.unwrap_or_else(|| self.style.ambiguous.widest(&visible(text)))
        };
        let columns = table.columns.len();
        let of_rows = |measured: &(dyn Fn(&Cell) -> usize + Sync)| {
            let of_part = table.rows.par_chunks(AT_ONCE).map(|part| {
                let rows = part.iter().map(|row| row.cells.iter().map(measured));
                rows.fold(vec![0; columns], wider)
            });
            of_part.reduce(|| vec![0; columns], wider)
        };
        let all = of_rows(&|cell| widest(&cell.text));
        let numbers = match page {
            Some(_) => of_rows(&|cell| cell.exact().map_or(0, |_| widest(&cell.text))),
            None => vec![0; columns],
        };
        let columns = table.columns.iter().zip(all.into_iter().zip(numbers));
        let widths = columns.map(|(column, cells)| column_width(column, widest(&column.title), cells, (whole, least)));
        let (least, natural): (Vec<usize>, Vec<usize>) = widths.unzip();
        let Some(page) = page else { return Some(natural) };
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

/// How far columns of long texts may be narrowed before others are left out.
fn least_text(table: &Table) -> usize {
    if table.spare.is_some() { EASY_TEXT } else { LEAST_TEXT }
}

/// The least and the natural width of a column, of which the widest cell and the widest number are known. A broken number
/// misleads, so numbers are always whole.
fn column_width(
    column: &Column,
    title: usize,
    (cells, numbers): (usize, usize),
    (whole, least): (bool, usize),
) -> (usize, usize) {
    let natural = cells.max(title).max(1);
    let least = match column.align() {
        Align::Right => numbers.max(cells.min(LEAST_WORDS)).max(title.min(LEAST_TITLE)).max(1),
        Align::Left if natural <= KEPT || whole && column.kind == Type::Name => natural,
        Align::Left if natural <= KEPT_ID && column.kind == Type::Id => natural,
        Align::Left => natural.min(least),
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
