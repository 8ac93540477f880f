//! A paper that was handed out, read back: every fact in it held against the record that it names.
//!
//! The paper is written anew from the record in the same format and read by the same reader; the two are then compared
//! fact by fact: numbers with their units and directions, ids, periods, and the names and verdicts that the plan knows.
//! Words around them may be edited freely.

mod align;
mod compare;
pub mod docx;
mod facts;
pub mod html;
pub mod md;
mod pairs;
mod rows;
mod tagged;
mod text;
mod vocabulary;
pub mod xlsx;

pub use compare::{Found, Verified, verify};
pub use text::{Tagged, Text};
pub use vocabulary::Vocabulary;

use crate::failure::Failure;
use crate::workbook::Package;
use crate::workbook::xml::Element;

/// A paper as it is read back, in whatever format it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What the file says of itself where nobody edits.
    pub about: String,
    /// Its parts; the first one has no heading and holds what stands above the others.
    pub parts: Vec<Part>,
    /// What a program noted beside the text: comments, and what was changed while changes were tracked.
    pub remarks: Vec<Remark>,
}

/// What stands under one heading, or at one edge of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Where it stands.
    pub area: Area,
    /// The heading.
    pub heading: String,
    /// In reading order.
    pub pieces: Vec<Piece>,
}

/// Where a part stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Area {
    /// In the text.
    #[default]
    Body,
    /// In footnotes and endnotes.
    Notes,
    /// At the head or foot of the pages.
    Edges,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph, or one point of a list.
    Prose(Text),
    /// A table: rows of cells, the first row its head.
    Table(Vec<Vec<Text>>),
}

/// What a program noted beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is.
    pub kind: RemarkKind,
    /// Its words.
    pub words: String,
}

/// Kinds of remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemarkKind {
    /// A comment beside the text; it is not part of the paper.
    Comment,
    /// Words that came while changes were tracked; they are read as part of the paper.
    Inserted,
    /// Words that went while changes were tracked, or that are struck through; they are not read.
    Deleted,
}

impl Sheet {
    /// Everything that is no table, one paragraph a line; last what the file says of itself.
    pub fn prose(&self) -> String {
        let pieces = self.parts.iter().flat_map(|part| &part.pieces);
        let prose = pieces.filter_map(|piece| match piece {
            Piece::Prose(text) => Some(text.words.as_str()),
            Piece::Table(_) => None,
        });
        prose.chain([self.about.as_str()]).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The sheet without the paragraphs that `wanted` says no to.
    pub fn retain_prose(mut self, wanted: impl Fn(&str) -> bool) -> Self {
        for part in &mut self.parts {
            part.pieces.retain(|piece| !matches!(piece, Piece::Prose(text) if !wanted(&text.words)));
        }
        self
    }

    /// The sheet without the columns whose title `wanted` says no to.
    pub fn retain_columns(mut self, wanted: impl Fn(&str) -> bool) -> Self {
        for piece in self.parts.iter_mut().flat_map(|part| &mut part.pieces) {
            let Piece::Table(rows) = piece else { continue };
            let titles = rows.first().cloned().unwrap_or_default();
            for row in rows {
                let mut titles = titles.iter();
                row.retain(|_| titles.next().is_none_or(|title| wanted(&title.words)));
            }
        }
        self
    }

    /// The part that is read now.
    fn last(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn begin(&mut self, heading: &str) {
        self.parts.push(Part { heading: heading.trim().to_owned(), ..Part::default() });
    }

    /// Adds a paragraph, unless it is empty.
    fn add(&mut self, text: Text) {
        if !text.words.is_empty() {
            self.last().pieces.push(Piece::Prose(text));
        }
    }

    /// Adds a table, unless nothing stands in it.
    fn add_table(&mut self, rows: Vec<Vec<Text>>) {
        if rows.iter().flatten().any(|cell| !cell.words.is_empty()) {
            self.last().pieces.push(Piece::Table(rows));
        }
    }

    fn remark(&mut self, kind: RemarkKind, words: &str) {
        let words = words.trim();
        if !words.is_empty() {
            self.remarks.push(Remark { kind, words: words.to_owned() });
        }
    }
}

/// What a Word or Excel file says of itself: the line that names the record.
fn description(package: &mut Package<'_>) -> Result<String, Failure> {
    const CORE: &str = "docProps/core.xml";
    if !package.has(CORE) {
        return Ok(String::new());
    }
    let core = Element::parse(&package.read(CORE)?, CORE)?;
    Ok(core.find("description").map(Element::text).unwrap_or_default())
}
