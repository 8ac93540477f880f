//! A paper that was handed out, read back: every fact in it held against the record that it names.
//!
//! The paper is written anew from the record in the same format and read by the same reader; the two are then compared
//! fact by fact: numbers with their units and directions, ids, periods, and the names and verdicts that the plan knows.
//! Words around them may be edited freely.

mod about;
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

use std::ops::Range;

use crate::failure::Failure;
use crate::lang::Say;
use crate::say;
use crate::workbook::xml::Element;
use crate::workbook::{Limits, Package};

/// A paper as it is read back, in whatever format it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What the file says of itself where nobody edits.
    pub about: String,
    /// Its parts; the first one has no heading and holds what stands above the others.
    pub parts: Vec<Part>,
    /// What a program noted beside the text: comments, and what was changed while changes were tracked.
    pub remarks: Vec<Remark>,
    /// What the file brings along that hides text or adds to it when it is shown, as it is written there.
    pub rules: Vec<String>,
}

/// What stands under one heading, or at one edge of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Where it stands.
    pub area: Area,
    /// The heading.
    pub heading: Text,
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
    /// Nowhere: it says how the paper is shown.
    Style,
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

    /// The sheet without what `unwanted` finds in its paragraphs.
    pub fn without(mut self, unwanted: impl Fn(&str) -> Option<Range<usize>>) -> Self {
        for part in &mut self.parts {
            for piece in &mut part.pieces {
                if let Piece::Prose(text) = piece
                    && let Some(place) = unwanted(&text.words)
                {
                    text.cut(place);
                }
            }
            part.pieces.retain(|piece| !matches!(piece, Piece::Prose(text) if text.words.trim().is_empty()));
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

    /// The sheet, where it is no larger than a paper can be: what it holds is compared with what the record holds.
    fn within(self, limits: &Limits) -> Result<Self, Failure> {
        let pieces = self.parts.iter().flat_map(|part| &part.pieces);
        let count = |piece: &Piece| match piece {
            Piece::Prose(_) => 1,
            Piece::Table(rows) => rows.len(),
        };
        if pieces.clone().map(count).sum::<usize>() + self.parts.len() > limits.pieces {
            return Err(beyond(say!("段落と行の数", "number of paragraphs and rows")));
        }
        let texts = |piece: &'_ Piece| match piece {
            Piece::Prose(text) => text.words.len(),
            Piece::Table(rows) => rows.iter().flatten().map(|cell| cell.words.len()).max().unwrap_or(0),
        };
        let widest = pieces.clone().filter_map(|piece| match piece {
            Piece::Prose(_) => None,
            Piece::Table(rows) => rows.iter().map(Vec::len).max(),
        });
        if widest.max().is_some_and(|widest| widest > WIDEST) {
            return Err(beyond(say!("列の数", "number of columns")));
        }
        // A character has up to four bytes.
        let headings = self.parts.iter().map(|part| part.heading.words.len());
        if pieces.map(texts).chain(headings).max().is_some_and(|longest| longest > limits.letters * 4) {
            return Err(beyond(say!("一つの段落の長さ", "length of a paragraph")));
        }
        Ok(self)
    }

    /// The part that is read now.
    fn last(&mut self) -> &mut Part {
        if self.parts.is_empty() {
            self.parts.push(Part::default());
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn begin(&mut self, heading: Text) {
        self.parts.push(Part { heading, ..Part::default() });
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

/// More columns than any paper has.
const WIDEST: usize = 1_000;

/// Refuses a paper that is larger, or nested more deeply, than any that an office sends.
fn beyond(what: Say) -> Failure {
    let (ja, en) = (what.ja, what.en);
    Failure::plain(Say {
        ja: format!("ファイルが大きすぎるか、複雑すぎます（{ja}）"),
        en: format!("the file is larger or more complex than any paper ({en})"),
    })
}

/// The cells that others reach over, as far as there may be any more of them.
#[derive(Debug, Default)]
struct Spans(usize);

impl Spans {
    /// So many empty cells behind one that reaches over `span` columns.
    fn behind(&mut self, span: usize) -> impl Iterator<Item = Text> + use<> {
        const WIDE: usize = 100;
        let room = Limits::default().cells.saturating_sub(self.0);
        let count = span.saturating_sub(1).min(WIDE).min(room);
        self.0 += count;
        std::iter::repeat_n(Text::default(), count)
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
