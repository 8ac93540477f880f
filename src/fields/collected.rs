//! Where the findings of one file are collected.

use std::cell::RefCell;
use std::ops::Range;

use crate::finding::{Code, Finding};
use crate::lang::Say;

/// From how many on findings of one file come without suggestions.
pub const MANY: usize = 100;

/// Collects the findings of one file.
#[derive(Debug)]
pub struct Findings {
    /// The file's place in the snapshot.
    pub file: usize,
    list: RefCell<Vec<Finding>>,
}

impl Findings {
    /// For the file at this place.
    pub fn new(file: usize) -> Self {
        Self { file, list: RefCell::default() }
    }

    /// Notes a finding.
    pub fn add(&self, code: Code, span: Range<usize>, message: Say, help: Say) {
        self.push(Finding::new(code, self.file, span, message, help));
    }

    /// Notes a finding made elsewhere.
    pub fn push(&self, finding: Finding) {
        self.list.borrow_mut().push(finding);
    }

    /// Whether there are so many already that nobody reads what each of them suggests, and to find it out would take long.
    pub fn are_many(&self) -> bool {
        self.count() >= MANY
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.list.borrow().len()
    }

    /// Forgets all but the first `count`.
    pub fn truncate(&self, count: usize) {
        self.list.borrow_mut().truncate(count);
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<Finding> {
        self.list.into_inner()
    }
}
