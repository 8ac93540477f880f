//! A list too long to be held: of hundreds of thousands of rows only those are there that are being laid out.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::{Document, Row, Table};

/// A document that ends in a table whose rows are made when they are wanted, each as often as it is.
pub struct Listing<'r> {
    /// What stands before the table.
    pub head: Document,
    /// The table without its rows.
    pub table: Table,
    /// How many rows there are.
    pub count: usize,
    /// Makes some of them.
    pub make: Box<dyn Fn(Range<usize>) -> Vec<Row> + Sync + 'r>,
}

/// The rows of a table, wherever they are.
#[derive(Debug, Clone, Copy)]
pub enum Rows<'r> {
    /// They are in the table.
    Held(&'r [Row]),
    /// They are made.
    Made(&'r Listing<'r>),
}

impl<'r> Rows<'r> {
    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Held(rows) => rows.len(),
            Self::Made(listing) => listing.count,
        }
    }

    /// Some of them, as far as there are any.
    pub fn part(&self, range: Range<usize>) -> Cow<'r, [Row]> {
        let range = range.start.min(self.count())..range.end.min(self.count());
        match self {
            Self::Held(rows) => Cow::Borrowed(&rows[range]),
            Self::Made(listing) => Cow::Owned((listing.make)(range)),
        }
    }

    /// All of them.
    pub fn all(&self) -> Cow<'r, [Row]> {
        self.part(0..self.count())
    }
}

impl fmt::Debug for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").field("table", &self.table).field("count", &self.count).finish_non_exhaustive()
    }
}
