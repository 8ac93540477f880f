//! A paper that was handed out, read back: every number in it held against the record that it names.
//!
//! The paper is written anew from the record in the same format and read by the same reader; the two are then compared
//! number by number. Words may be edited freely.

mod compare;
pub mod docx;
pub mod html;
pub mod md;
mod pairs;
pub mod xlsx;

pub use compare::{Found, Verified, verify};

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
}

/// What stands under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// In reading order.
    pub pieces: Vec<Piece>,
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph, or one point of a list.
    Prose(String),
    /// A table: rows of cells, the first row its head.
    Table(Vec<Vec<String>>),
}

impl Sheet {
    /// Everything that is no table, one paragraph a line; last what the file says of itself.
    pub fn prose(&self) -> String {
        let pieces = self.parts.iter().flat_map(|part| &part.pieces);
        let prose = pieces.filter_map(|piece| match piece {
            Piece::Prose(text) => Some(text.as_str()),
            Piece::Table(_) => None,
        });
        prose.chain([self.about.as_str()]).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The sheet without the paragraphs that `wanted` says no to.
    pub fn retain_prose(mut self, wanted: impl Fn(&str) -> bool) -> Self {
        for part in &mut self.parts {
            part.pieces.retain(|piece| !matches!(piece, Piece::Prose(text) if !wanted(text)));
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
        self.parts.push(Part { heading: heading.trim().to_owned(), pieces: Vec::new() });
    }

    fn say(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.last().pieces.push(Piece::Prose(text.to_owned()));
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
