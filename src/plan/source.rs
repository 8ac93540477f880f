//! Where a figure comes from: the line of a file, the document, and how sure it is.

use super::id::Id;
use super::value::Certainty;

/// A document that figures were read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key in `source = …`.
    pub id: Id,
    /// Its title.
    pub title: Box<str>,
    /// Its date, as printed.
    pub date: Option<Box<str>>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// Remarks.
    pub notes: Vec<Box<str>>,
}

/// Where something was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The file's place in the snapshot.
    pub file: u32,
    /// The byte in the file.
    pub offset: u32,
    /// The document, by its place in the plan; `None` where none is named.
    pub source: Option<u16>,
    /// How sure it is.
    pub certainty: Certainty,
}
