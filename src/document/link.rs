//! Links within a document and out of it: what is read is the words, what is followed stands beside them.

use std::borrow::Cow;

use super::{Cell, Line, Row, Section};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To the place of the same document that has this anchor.
    Anchor(Box<str>),
    /// To another file, by its address from this one.
    Address(Box<str>),
}

impl Link {
    /// The link as HTML and Markdown write it.
    pub fn href(&self) -> Cow<'_, str> {
        match self {
            Self::Anchor(anchor) => format!("#{anchor}").into(),
            Self::Address(address) => Cow::Borrowed(address),
        }
    }
}

impl Section {
    /// The same section with a name that links lead to.
    pub fn anchored(self, anchor: impl Into<Box<str>>) -> Self {
        Self { anchor: Some(anchor.into()), ..self }
    }
}

impl Line {
    /// The same line, leading elsewhere.
    pub fn linked(self, link: Link) -> Self {
        Self { link: Some(Box::new(link)), ..self }
    }
}

impl Row {
    /// The same row with a name that links lead to: that of its first cell.
    pub fn anchored(mut self, anchor: impl Into<Box<str>>) -> Self {
        if let Some(first) = self.cells.first_mut() {
            *first = std::mem::take(first).anchored(anchor);
        }
        self
    }
}

impl Cell {
    /// The same cell, leading elsewhere.
    pub fn linked(mut self, link: Link) -> Self {
        self.rare.get_or_insert_default().link = Some(link);
        self
    }

    /// The same cell with a name that links lead to.
    pub fn anchored(mut self, anchor: impl Into<Box<str>>) -> Self {
        self.rare.get_or_insert_default().anchor = Some(anchor.into());
        self
    }

    /// Where the cell leads.
    pub fn link(&self) -> Option<&Link> {
        self.rare.as_ref()?.link.as_ref()
    }

    /// The name that links lead to.
    pub fn anchor(&self) -> Option<&str> {
        self.rare.as_ref()?.anchor.as_deref()
    }
}
