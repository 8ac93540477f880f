//! Where a figure comes from: the line of a file, the document, how sure it is, the revision.

use chrono::NaiveDate;

use super::id::Id;
use super::value::Certainty;

/// How much of a commit's id is shown.
pub const SHORT_ID: usize = 10;

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
    /// Where it was read.
    pub origin: Origin,
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

/// 版: the commit of the office's repository that a plan was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// As it was asked for: a tag, a branch, a commit's id, a day.
    pub name: String,
    /// The commit's id, whole.
    pub id: String,
    /// The day that was asked for, else that of the commit, by the clock of who committed.
    pub date: NaiveDate,
}

impl Revision {
    /// The commit's id, shortened.
    pub fn short(&self) -> &str {
        self.id.get(..SHORT_ID).unwrap_or(&self.id)
    }
}
