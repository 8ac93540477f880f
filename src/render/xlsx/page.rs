//! The sheet to print: A4, as wide as the page, the head kept in sight, "1 / 5" at the foot.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::formats::{self, numeral, words};
use super::grid::Grid;
use super::links::Links;
use super::{A4, Sheet, charts};
use kaikaku_document::{Align, Block, Branch, Document, Line, Section, Start};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::one_line;
use kaikaku_text::width::Ambiguous;

/// The height of a line of text and what is free around it, in points.
const LINE: f64 = 13.5;
const AROUND: f64 = 4.0;
/// Between two sections.
const BETWEEN: f64 = 13.5;
/// More breaks than this Excel does not take.
const MOST_BREAKS: usize = 1_023;
/// Behind a table.
pub const GAP: f64 = 6.0;
/// So many fields at least stand on the last page of them.
const LAST: usize = 5;
/// A heading.
const HEADING: f64 = 22.0;
/// The highest row that Excel has.
const HIGHEST: f64 = 409.0;

/// Writes down a sheet, row by row.
pub struct SheetPage<'w> {
    pub(super) sheet: &'w mut Worksheet,
    pub(super) row: u32,
    pub(super) lang: Lang,
    pub(super) charts: charts::Values,
    pub(super) grid: Grid,
    pub(super) links: Links,
    breaks: Vec<u32>,
    /// How far down the printed page the next row begins, in points.
    down: f64,
}

/// Lays the report out on `sheet`.
pub fn write(sheet: &mut Worksheet, doc: &Document, lang: Lang) -> Result<(), XlsxError> {
    let grid = Grid::new(doc);
    sheet.set_name(Sheet::Page.name(lang))?;
    let blocks = doc.sections.iter().flat_map(|section| &section.blocks);
    let drawn = blocks.flat_map(|block| if let Block::Charts(charts) = block { &charts[..] } else { &[] });
    let (charts, links) = (charts::Values::first(drawn), Links::default());
    let mut page = SheetPage { sheet, row: 0, lang, charts, grid, links, breaks: Vec::new(), down: 0.0 };
    for (at, width) in (0..).zip(page.grid.pixels()) {
        page.sheet.set_column_width_pixels(at, width)?;
    }
    page.document(doc)?;
    page.set_up(doc)
}

impl SheetPage<'_> {
    fn document(&mut self, doc: &Document) -> Result<(), XlsxError> {
        for line in &doc.meta.issue {
            self.across(line, formats::letterhead())?;
        }
        for line in &doc.meta.addressee {
            self.across(line, formats::plain())?;
        }
        for line in &doc.meta.letterhead {
            self.across(line, formats::letterhead())?;
        }
        if !doc.title.is_empty() {
            self.across(&one_line(&doc.title), formats::title())?;
        }
        for line in &doc.lead {
            self.across(&line.text, formats::plain())?;
        }
        doc.sections.iter().try_for_each(|section| self.section(section))?;
        match &doc.meta.contact {
            Some(contact) => self.across(contact, formats::letterhead()),
            None => Ok(()),
        }
    }

    fn section(&mut self, section: &Section) -> Result<(), XlsxError> {
        self.high_of(BETWEEN)?;
        match section.start {
            // All pages of a sheet lie alike: one that lies across needs no page of its own for it.
            Start::Here | Start::Across => self.keep(self.beginning(section)),
            Start::Page => self.new_page(),
        }
        self.links.anchor((self.row, 0), section.anchor.as_deref());
        if let Some(heading) = &section.heading {
            let format = formats::heading(section.depth);
            self.put(self.row, (0, self.grid.count() - 1), 1, &one_line(heading), None, format)?;
            self.high_of(HEADING)?;
        }
        section.blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        match block {
            Block::Text(line) => self.linked(&line.text, line, formats::toned(line.tone)),
            Block::List(lines) => lines.iter().try_for_each(|line| self.item(line)),
            Block::Fields(fields) => self.fields(fields),
            Block::Table(table) => self.table(table),
            Block::Tree(branches) => branches.iter().try_for_each(|branch| self.branch(branch)),
            Block::Charts(charts) => {
                let beside = if self.grid.across { 2 } else { 1 };
                charts.chunks(beside).try_for_each(|charts| self.charts(charts, beside))
            }
        }
    }

    /// How high the part of a section is that may not be parted from its heading, in points: to the first rows of its
    /// first table, to its first picture, all of its first fields.
    fn beginning(&self, section: &Section) -> f64 {
        let is_prose = |block: &&Block| matches!(block, Block::Text(_) | Block::List(_));
        let prose = section.blocks.iter().take_while(is_prose).count();
        // Longer prose may be parted itself.
        let blocks = section.blocks.iter().take(if prose <= 2 { prose + 1 } else { 1 });
        let high = blocks.map(|block| match block {
            Block::Table(table) => self.together(table),
            Block::Charts(_) => charts::HEIGHT,
            Block::Fields(fields) => fields.len() as f64 * (LINE + AROUND) + 3.0 * LINE,
            Block::List(lines) => lines.len().min(5) as f64 * (LINE + AROUND),
            Block::Text(_) | Block::Tree(_) => LINE + AROUND,
        });
        (HEADING + high.sum::<f64>()).min(self.grid.page_height() / 2.0)
    }

    fn item(&mut self, line: &Line) -> Result<(), XlsxError> {
        self.linked(&format!("・{}", line.text), line, formats::toned(line.tone))
    }

    fn branch(&mut self, branch: &Branch) -> Result<(), XlsxError> {
        let indent = u8::try_from(branch.depth.min(15)).unwrap_or(15);
        self.linked(&branch.line.text, &branch.line, formats::toned(branch.line.tone).set_indent(indent))
    }

    /// The words of a line from the first to the last column, leading where the line does.
    fn linked(&mut self, text: &str, line: &Line, format: Format) -> Result<(), XlsxError> {
        self.links.link((self.row, 0), text, &format, line.link.as_deref());
        self.across(text, format)
    }

    /// A text from the first to the last column.
    pub fn across(&mut self, text: &str, format: Format) -> Result<(), XlsxError> {
        let scale = f64::from(u8::from(format == formats::title())) * 0.6 + 1.0;
        let last = self.grid.count() - 1;
        self.put(self.row, (0, last), 1, text, None, format)?;
        let room = (self.grid.width(0, last) as f64 / scale) as usize;
        self.high(lines(text, room), scale)
    }

    fn fields(&mut self, fields: &[(String, Line)]) -> Result<(), XlsxError> {
        let widest = fields.iter().map(|(name, _)| Ambiguous::Wide.widest(name)).max().unwrap_or(0).clamp(8, 24);
        let all = self.grid.width(0, self.grid.count() - 1);
        let spread = self.grid.shared(&[widest, all.saturating_sub(widest).max(1)]);
        let high = |text: &str, (first, last)| lines(text, self.grid.width(first, last));
        let heights = fields.iter().map(|(name, line)| high(name, spread[0]).max(high(&line.text, spread[1])));
        let heights: Vec<f64> = heights.map(|lines| height(lines, 1.0)).collect();
        for (at, (name, line)) in fields.iter().enumerate() {
            // No few of them stand alone on the last page.
            if at + LAST == fields.len() {
                self.keep(heights[at..].iter().sum());
            }
            let format = formats::cell(line.tone, Align::Left, false);
            self.put(self.row, spread[0], 1, name, None, formats::name())?;
            self.links.link((self.row, spread[1].0), &line.text, &format, line.link.as_deref());
            self.put(self.row, spread[1], 1, &line.text, None, format)?;
            self.high_of(heights[at])?;
        }
        Ok(())
    }

    /// Ends the row, which is as high as so many lines.
    pub fn high(&mut self, lines: usize, scale: f64) -> Result<(), XlsxError> {
        self.high_of(height(lines, scale))
    }

    /// Ends the row, which is so many points high.
    pub fn high_of(&mut self, height: f64) -> Result<(), XlsxError> {
        // A row that has no room begins the next page. The break is set here rather than left to Excel, so that what
        // is kept together further down is counted from the same place.
        self.keep(height);
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        self.down += height;
        Ok(())
    }

    /// Keeps what is so many points high on one page.
    pub fn keep(&mut self, height: f64) {
        self.ends_before(height);
    }

    /// The same; says whether a page had to begin for it.
    pub fn ends_before(&mut self, height: f64) -> bool {
        let is_full = self.down > 0.0 && self.down + height > self.grid.page_height();
        if is_full {
            self.new_page();
        }
        is_full
    }

    fn new_page(&mut self) {
        self.breaks.push(self.row);
        self.down = 0.0;
    }

    /// Writes a cell over these columns and so many rows; a number as a number where there is one.
    pub fn put(
        &mut self,
        row: u32,
        (first, last): (usize, usize),
        down: usize,
        text: &str,
        number: Option<Decimal>,
        format: Format,
    ) -> Result<(), XlsxError> {
        let numeral = number.and_then(|number| numeral(text, number));
        let (text, format) = match &numeral {
            Some((_, shape)) => (Cow::Borrowed(""), format.set_num_format(shape)),
            None => words(text, format),
        };
        let (from, to) = (first as u16, last as u16);
        let bottom = row + down as u32 - 1;
        if from < to || row < bottom {
            self.sheet.merge_range(row, from, bottom, to, &text, &format)?;
        } else if numeral.is_none() {
            self.sheet.write_string_with_format(row, from, text, &format)?;
        }
        if let Some((value, _)) = numeral {
            self.sheet.write_number_with_format(row, from, value, &format)?;
        }
        Ok(())
    }

    /// Paper, margins, head and foot, what is printed, what stays in sight.
    fn set_up(self, doc: &Document) -> Result<(), XlsxError> {
        let Self { sheet, row, grid, breaks, links, lang, .. } = self;
        links.write(sheet, lang)?;
        sheet.set_paper_size(A4).set_margins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3).set_print_center_horizontally(true);
        if grid.across {
            sheet.set_landscape();
        }
        sheet.set_print_fit_to_pages(1, 0);
        // The space parts the size from a title that begins with a number.
        let title = one_line(&doc.title).replace('&', "&&");
        let provenance = doc.meta.provenance.as_deref().map(|text| one_line(text).replace('&', "&&"));
        sheet.set_header(format!("&R&8 {}", shortened(&title)));
        let foot = provenance.map(|text| format!("&L&7 {}", shortened(&text))).unwrap_or_default();
        sheet.set_footer(format!("{foot}&R&P / &N"));
        sheet.set_print_area(0, 0, row.saturating_sub(1), grid.count() as u16 - 1)?;
        if !breaks.is_empty() {
            sheet.set_page_breaks(&breaks[..breaks.len().min(MOST_BREAKS)])?;
        }
        if let Some(rows) = kept(doc) {
            sheet.set_freeze_panes(rows, 0)?;
        }
        Ok(())
    }
}

/// How many rows at the top stay in sight: to the title, and to the head of the table where one follows at once and is
/// all that there is.
fn kept(doc: &Document) -> Option<u32> {
    let above = doc.meta.issue.len() + doc.meta.addressee.len() + doc.meta.letterhead.len();
    (!doc.title.is_empty()).then(|| (above + 1) as u32)
}

/// What Excel takes at the head and foot of a page.
fn shortened(text: &str) -> String {
    text.chars().take(100).collect()
}

/// How high so many lines are.
pub fn height(lines: usize, scale: f64) -> f64 {
    (lines as f64 * LINE * scale + AROUND).min(HIGHEST)
}

/// How many lines a text takes in so many half-width characters.
pub fn lines(text: &str, room: usize) -> usize {
    Ambiguous::Wide.wrap(text, Some(room.max(2))).len()
}
