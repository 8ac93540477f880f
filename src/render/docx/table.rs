//! Tables: heads that stand on every page, merged cells, columns as wide as their words.

use std::borrow::Cow;

use super::body::Body;
use crate::columns::{squeezed, widths};
use crate::grid::{Place, Reach, cell, places};
use crate::palette::{HEAD, STRONG, bare};
use crate::picture;
use kaikaku_document::{Align, Cell, Column, Fact, Line, Strip, Table, Tone};
use kaikaku_text::safe::one_line;
use kaikaku_text::width::Ambiguous;

/// A half-width character of a table's text, in twentieths of a point.
/// Word puts a little room between Japanese and Latin letters.
const LETTER: usize = 97;
/// Beside the text of a cell, both sides together.
const PADDING: usize = 150;

/// How high a bar is, in twentieths of a point.
const STRIP: usize = 180;
/// A table of so few rows, none of them long, stands on one page.
const SMALL: usize = 12;
/// Of a longer one, so many rows stay together at its ends.
const FEW: usize = 4;
const SHORT: usize = 60;

impl Body<'_> {
    /// A table; where it is too wide for the page, the narrower ones in its place.
    pub fn table(&mut self, table: &Table) {
        let room = self.letters(table.columns.len());
        let widths = widths(table, room);
        let narrower = if widths.is_none() { table.narrower() } else { Cow::default() };
        if !narrower.is_empty() {
            narrower.iter().for_each(|part| self.table(part));
            table.notes.iter().for_each(|note| self.line("Note", note, ""));
            return;
        }
        if let Some(caption) = &table.caption {
            self.line("Caption", caption, "");
        }
        if !table.columns.is_empty() {
            let widths = widths.unwrap_or_else(|| squeezed(table, room));
            let widths: Vec<usize> = widths.iter().map(|width| width * LETTER + PADDING).collect();
            self.grid(&widths, |body| {
                body.head(table, &widths);
                for (row, places) in places(table).iter().enumerate() {
                    body.row(table, row, places, &widths);
                }
            });
        }
        table.notes.iter().for_each(|note| self.line("Note", note, ""));
        self.gap();
    }

    /// Names in a shaded column, what they stand for beside it.
    pub fn fields(&mut self, fields: &[(String, Line)]) {
        if fields.is_empty() {
            return;
        }
        let widest = fields.iter().map(|(name, _)| Ambiguous::Wide.widest(name)).max().unwrap_or(0);
        let name = widest.clamp(8, 24) * LETTER + PADDING;
        let widths = [name, self.room() - name];
        self.grid(&widths, |body| {
            for (at, (name, line)) in fields.iter().enumerate() {
                // A few of them stand on one page; of many, none stand alone at its end or at the begin of the next.
                let (at, all) = (at + 1, fields.len());
                let is_kept = at < all && (all <= SMALL || at < FEW || at + FEW > all);
                let stays = if is_kept { "<w:keepNext/>" } else { "" };
                body.out.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
                body.cell(widths[0], "", Some(HEAD), |body| body.line("TableText", &Line::from(name), stays));
                body.cell(widths[1], "", None, |body| body.line("TableText", line, stays));
                body.out.raw("</w:tr>");
            }
        });
        self.gap();
    }

    /// A table with columns so wide around the rows that are written in it.
    pub fn grid(&mut self, widths: &[usize], rows: impl FnOnce(&mut Self)) {
        let all = widths.iter().sum::<usize>().to_string();
        self.out.raw("<w:tbl>");
        self.out.element("w:tblPr", &[], |out| {
            out.empty("w:tblStyle", &[("w:val", "Grid")]);
            out.empty("w:tblW", &[("w:w", &all), ("w:type", "dxa")]);
            out.empty("w:tblLayout", &[("w:type", "fixed")]);
            out.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1")]);
        });
        self.out.element("w:tblGrid", &[], |out| {
            for width in widths {
                out.empty("w:gridCol", &[("w:w", &width.to_string())]);
            }
        });
        rows(self);
        self.out.raw("</w:tbl>");
    }

    /// A cell of this width, with more in its properties.
    pub fn cell(&mut self, width: usize, more: &str, shade: Option<&str>, inner: impl FnOnce(&mut Self)) {
        self.out.raw("<w:tc>");
        self.out.element("w:tcPr", &[], |out| {
            out.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            out.raw(more);
            if let Some(shade) = shade {
                out.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", bare(shade))]);
            }
            out.empty("w:vAlign", &[("w:val", "center")]);
        });
        inner(self);
        self.out.raw("</w:tc>");
    }

    /// Two tables without anything between them would be one.
    pub fn gap(&mut self) {
        self.out.raw("<w:p><w:pPr><w:spacing w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    }

    /// How many half-width characters the columns of a table share.
    fn letters(&self, columns: usize) -> usize {
        self.room().saturating_sub(columns * PADDING) / LETTER
    }

    fn head(&mut self, table: &Table, widths: &[usize]) {
        self.out.raw("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(widths) {
            self.cell(*width, "", Some(HEAD), |body| body.line("TableHead", &title(column), ""));
        }
        self.out.raw("</w:tr>");
    }

    fn row(&mut self, table: &Table, row: usize, places: &[Place], widths: &[usize]) {
        let strong = table.rows[row].strong;
        let shade = strong.then_some(STRONG);
        // A heading within the table stays with what it heads, the last row with the notes.
        let heads = strong && table.rows[row + 1..].iter().any(|row| !row.strong);
        let leads = if row + 1 < table.rows.len() { heads || is_small(table) } else { !table.notes.is_empty() };
        let stays = if leads { "<w:keepNext/>" } else { "" };
        self.out.raw("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for place in places {
            match *place {
                Place::Beneath { column, across } => {
                    let width = widths[column..column + across].iter().sum();
                    let more = format!("{}<w:vMerge/>", span(across));
                    self.cell(width, &more, shade, |body| body.paragraph("TableText", ""));
                }
                Place::Cell(Reach { column, across, down }) => {
                    let width = widths[column..column + across].iter().sum();
                    let merge = if down > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
                    let more = format!("{}{merge}", span(across));
                    let style = match table.columns[column].align() {
                        Align::Right if across == 1 => "TableNumber",
                        _ => "TableText",
                    };
                    let cell = cell(table, row, column);
                    let parts = cell.map_or(&[][..], |cell| cell.parts());
                    let line = cell.map(|cell| line(cell, strong)).unwrap_or_default();
                    self.name_next(cell.and_then(|cell| cell.anchor()));
                    self.cell(width, &more, shade, |body| match parts {
                        [] => {
                            let strip = cell.and_then(|cell| Some((cell, cell.bar()?)));
                            strip.into_iter().for_each(|(cell, strip)| body.strip(strip, width, &cell.text));
                            body.line(style, &line, stays);
                        }
                        parts => body.edited(style, parts, line.tone, stays),
                    });
                }
            }
        }
        self.out.raw("</w:tr>");
    }
}

/// Whether a table stands on one page.
fn is_small(table: &Table) -> bool {
    let is_short = |cell: &Cell| Ambiguous::Wide.width(&one_line(&cell.text)) <= SHORT;
    table.rows.len() <= SMALL && table.rows.iter().flat_map(|row| &row.cells).all(is_short)
}

/// The title of a column, with the fact that it states.
fn title(column: &Column) -> Line {
    let fact = column.fact.iter().map(|id| Fact { id: id.clone(), place: 0..column.title.len(), link: None });
    Line { facts: fact.collect(), ..Line::from(&*column.title) }
}

impl Body<'_> {
    /// A bar as a picture as wide as its cell.
    fn strip(&mut self, strip: &Strip, width: usize, description: &str) {
        let height = (STRIP * picture::WIDTH as usize / width.max(STRIP)) as u32;
        if let Some(bytes) = picture::strip(strip, height) {
            self.picture(bytes, (width, height), description);
        }
    }
}

fn span(across: usize) -> String {
    if across > 1 { format!("<w:gridSpan w:val=\"{across}\"/>") } else { String::new() }
}

/// The cell's words. In a row that stands out, what has no tone of its own does so as well.
fn line(cell: &Cell, strong: bool) -> Line {
    let tone = if strong && cell.tone == Tone::Plain { Tone::Strong } else { cell.tone };
    let link = cell.link().cloned().map(Box::new);
    let text = cell.text.to_string();
    let whole = |id: &str| Fact { id: id.into(), place: 0..text.trim_end().len(), link: None };
    let facts = cell.fact().map(whole).into_iter().collect();
    Line { text, tone, note: cell.note().map(Into::into), link, facts }
}
