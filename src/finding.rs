//! What is wrong, where, and what to do: findings of `check`, for a person or a program.

mod code;
mod excerpt;
pub mod explain;

pub use code::{Code, Severity};
pub use excerpt::{Page, excerpt};

use std::ops::Range;

use crate::lang::Say;
use crate::plan::source::Origin;
use crate::snapshot::Snapshot;

/// One thing that is wrong or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: Say,
    /// What to do.
    pub help: Say,
    /// Another place that belongs to it (the first of two duplicates), and what it is.
    pub related: Option<(Place, Say)>,
}

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file's place in the snapshot.
    pub file: usize,
    /// Bytes of its text; empty for the file as a whole.
    pub span: Range<usize>,
}

impl Place {
    /// Whether the file as a whole is meant.
    pub fn is_whole_file(&self) -> bool {
        self.span == (0..0)
    }
}

impl Finding {
    /// A finding with one place.
    pub fn new(code: Code, file: usize, span: Range<usize>, message: Say, help: Say) -> Self {
        Self { code, place: Place { file, span }, message, help, related: None }
    }

    /// A finding about what a part of the plan was read from.
    pub fn at(code: Code, origin: Origin, message: Say, help: Say) -> Self {
        let (file, offset) = (origin.file as usize, origin.offset as usize);
        Self::new(code, file, offset..offset + 1, message, help)
    }

    /// The same finding, pointing to a second place.
    pub fn related(mut self, file: usize, span: Range<usize>, message: Say) -> Self {
        self.related = Some((Place { file, span }, message));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// File as the user knows it, line and column (both from 1; the column counts characters).
    pub fn position(&self, snapshot: &Snapshot) -> (String, usize, usize) {
        let (line, column) = snapshot.line_column(self.place.file, self.place.span.start);
        (snapshot.shown_path(self.place.file), line, column)
    }
}

/// Whether any finding is an error.
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity() == Severity::Error)
}
