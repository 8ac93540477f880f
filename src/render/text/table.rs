//! Tables: how wide each column may be, and what to do when the page is too narrow for any.

use anstyle::Style;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, TableStyle};
use rayon::prelude::*;

use super::{BOLD, FAINT, PLAIN, Page, style_of, visible};
use crate::render::safe::one_line;
use crate::report::document::{Align, Row, Table};

/// Between two columns.
const GAP: usize = 2;
/// Columns up to this width are never narrowed: ids, dates, grades.
const KEPT: usize = 10;
/// What the title of a column of numbers is narrowed to at most.
const LEAST_TITLE: usize = 4;
/// What a column of long texts is narrowed to at most.
const LEAST_TEXT: usize = 12;

/// A cell broken into lines, none of which comfy-table ever sees.
struct Broken {
    lines: Vec<String>,
    style: Style,
}

impl Page<'_> {
    pub(super) fn table(&self, table: &Table) -> Vec<String> {
        let mut lines: Vec<String> = table.caption.iter().flat_map(|caption| self.hang("", caption, BOLD)).collect();
        if !table.columns.is_empty() {
            lines.extend(match self.column_widths(table) {
                Some(widths) => self.ruled(table, &widths),
                None if table.narrow.is_empty() => self.blocks(table),
                None => table.narrow.iter().map(|part| self.table(part)).collect::<Vec<_>>().join(&[String::new()][..]),
            });
        }
        lines.extend(table.notes.iter().flat_map(|note| self.hang("", note, PLAIN)));
        lines
    }

    /// The width of each column, or `None` if the page is too narrow for a table.
    fn column_widths(&self, table: &Table) -> Option<Vec<usize>> {
        let columns = (0..table.columns.len()).map(|at| self.column_width(table, at));
        let (least, natural): (Vec<usize>, Vec<usize>) = columns.unzip();
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

    /// The least and the natural width of a column. A broken number misleads, so numbers are always whole.
    fn column_width(&self, table: &Table, at: usize) -> (usize, usize) {
        let widest = |text: &str| self.style.ambiguous.widest(&visible(text));
        let column = &table.columns[at];
        let title = widest(&column.title);
        let cells = table.rows.par_iter().filter_map(|row| row.cells.get(at)).map(|cell| widest(&cell.text));
        let cells = cells.max().unwrap_or(0);
        let natural = cells.max(title).max(1);
        let least = match column.align {
            Align::Right => cells.max(title.min(LEAST_TITLE)).max(1),
            Align::Left if natural <= KEPT => natural,
            Align::Left => natural.min(LEAST_TEXT),
        };
        (least, natural)
    }

    /// A header, a rule, the rows; a rule above a strong row.
    fn ruled(&self, table: &Table, widths: &[usize]) -> Vec<String> {
        let titles = table.columns.iter().map(|column| (column.title.as_str(), BOLD));
        let header = self.broken(titles, widths);
        let rows: Vec<_> = table.rows.par_iter().map(|row| self.broken(cells(row, widths.len()), widths)).collect();
        let all = || std::iter::once(&header).chain(&rows);
        let mut texts = all().flat_map(|row| self.in_order(row));

        let mut laid_out = self.grid(table, &header, &rows).into_iter();
        let mut lines = Vec::new();
        let mut rule = String::new();
        for (at, row) in all().enumerate() {
            if at > 1 && table.rows[at - 1].strong && !table.rows[at - 2].strong {
                lines.push(rule.clone());
            }
            lines.extend(laid_out.by_ref().take(height(row)).map(|line| put_back(&line, &mut texts)));
            if at == 0 {
                rule = laid_out.next().map(|line| self.paint(&line, FAINT)).unwrap_or_default();
                lines.push(rule.clone());
            }
        }
        lines
    }

    fn broken<'a>(&self, cells: impl Iterator<Item = (&'a str, Style)>, widths: &[usize]) -> Vec<Broken> {
        let wrap = |text: &str, width: usize| {
            // Without a page to fit nothing is broken, so an unmeasured corner of Unicode cannot break it either.
            self.style.ambiguous.wrap(&visible(text), self.style.width.map(|_| width))
        };
        cells.zip(widths).map(|((text, style), width)| Broken { lines: wrap(text, *width), style }).collect()
    }

    /// The lines of a row's cells as comfy-table will print them, painted.
    fn in_order(&self, row: &[Broken]) -> Vec<String> {
        let across = |at: usize| row.iter().filter_map(move |cell| Some((cell.lines.get(at)?, cell.style)));
        (0..height(row))
            .flat_map(across)
            .filter(|(line, _)| !line.is_empty())
            .map(|(line, style)| self.paint(line, style))
            .collect()
    }

    /// Lays out stand-ins: comfy-table would count ① as one column on every terminal, and colour as text.
    fn grid(&self, table: &Table, header: &[Broken], rows: &[Vec<Broken>]) -> Vec<String> {
        let stand_ins = |row: &[Broken]| -> Vec<String> {
            row.iter()
                .map(|cell| cell.lines.iter().map(|line| stand_in(self.width(line))).collect::<Vec<_>>().join("\n"))
                .collect()
        };
        let mut grid = comfy_table::Table::new();
        let rule = self.sign("─", "-").chars().next();
        grid.load_style(TableStyle::new().header_separator(LineStyle { fill: rule, ..LineStyle::none() }));
        grid.set_content_arrangement(ContentArrangement::Disabled);
        grid.set_header(stand_ins(header));
        grid.add_rows(rows.iter().map(|row| stand_ins(row)));
        for (at, column) in grid.column_iter_mut().enumerate() {
            let is_last = at + 1 == table.columns.len();
            column.set_padding((0, if is_last { 0 } else { GAP as u16 }));
            if table.columns[at].align == Align::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        grid.lines().collect()
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

fn cells(row: &Row, columns: usize) -> impl Iterator<Item = (&str, Style)> {
    let style = |tone| if row.strong { style_of(tone).bold() } else { style_of(tone) };
    (0..columns).map(move |at| row.cells.get(at).map_or(("", PLAIN), |cell| (&*cell.text, style(cell.tone))))
}

fn height(row: &[Broken]) -> usize {
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
