//! What is wrong, where, and what to do: findings of `check`, told to a person or a program.

mod code;
mod excerpt;
pub mod explain;

pub use code::{Code, Severity};
pub use excerpt::excerpt;

use std::ops::Range;

use crate::lang::Say;
use crate::source::Snapshot;

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

impl Finding {
    /// A finding with one place.
    pub fn new(code: Code, file: usize, span: Range<usize>, message: Say, help: Say) -> Self {
        Self { code, place: Place { file, span }, message, help, related: None }
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
        let (line, column) = line_column(snapshot.text(self.place.file), self.place.span.start);
        (snapshot.shown_path(self.place.file), line, column)
    }
}

/// Line and column of a byte, both from 1; the column counts characters. A byte inside a character counts as its start.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Whether any finding is an error.
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity() == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "あいう\nname = \"人\"\n";
        assert_eq!(line_column(text, 0), (1, 1));
        assert_eq!(line_column(text, 3), (1, 2));
        assert_eq!(line_column(text, 4), (1, 2));
        assert_eq!(line_column(text, 10), (2, 1));
        assert_eq!(line_column(text, 999), (3, 1));
    }
}
