//! Links from what a document says of an entry or indicator to its page.

use crate::document::{Block, Document, Line, Link, Row, Table};
use crate::plan::id::Id;
use crate::plan::{Plan, Subject};

use super::address::{Home, between};

/// Finds the pages that a page leads to.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Where its pages stand.
    pub home: Home<'p>,
    /// The page itself, by its path from the top.
    pub page: &'p str,
}

impl Pages<'_> {
    /// The link to a file of the site.
    pub fn to(&self, path: &str) -> Link {
        Link::Address(between(self.page, path).into())
    }

    /// The link to the page of an entry or indicator.
    pub fn to_subject(self, subject: Subject) -> Link {
        match subject {
            Subject::Entry(place) => self.to(&self.home.entry(&self.plan.entries[place].id)),
            Subject::Indicator(place) => self.to(&self.home.indicator(&self.plan.indicators[place].id)),
        }
    }

    /// The page of what an id means; none of the page itself.
    fn of_id(&self, id: &str) -> Option<Link> {
        let subject = *self.plan.index.get(&Id::parse(id).ok()?)?;
        let link = self.to_subject(subject);
        let own = self.page.rsplit('/').next();
        let Link::Address(address) = &link else { return None };
        (Some(&**address) != own).then_some(link)
    }

    /// A line that names an entry or indicator, leading to its page.
    pub fn named(&self, subject: Subject, words: String) -> Line {
        Line::from(words).linked(self.to_subject(subject))
    }

    /// The same document, each row and each line about one entry or indicator leading to its page. Its facts have their ids.
    pub fn linked(&self, mut document: Document) -> Document {
        for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
            match block {
                Block::Table(table) => self.table(table),
                Block::List(lines) => lines.iter_mut().for_each(|line| self.line(line)),
                _ => {}
            }
        }
        document
    }

    fn table(&self, table: &mut Table) {
        let names = ["name", "indicator", "subject"];
        let place = table.columns.iter().position(|column| names.contains(&&*column.key)).unwrap_or(0);
        table.rows.iter_mut().for_each(|row| self.row(row, place));
    }

    fn row(&self, row: &mut Row, place: usize) {
        let subject = row.subject.as_deref().map(|subject| subject.split(':').next().unwrap_or(subject));
        let Some(link) = subject.and_then(|id| self.of_id(id)) else { return };
        let has_words = row.cells.get(place).is_some_and(|cell| !cell.text.is_empty());
        let place = if has_words { place } else { 0 };
        if let Some(cell) = row.cells.get_mut(place).filter(|cell| cell.link().is_none() && !cell.text.is_empty()) {
            *cell = std::mem::take(cell).linked(link);
        }
    }

    /// A line that is one fact leads to what that is about: `flows.1-1-2.R8Q2.flow`.
    fn line(&self, line: &mut Line) {
        let [fact] = &*line.facts else { return };
        let link = fact.id.split('.').nth(1).and_then(|id| self.of_id(id));
        if line.link.is_none() {
            line.link = link.map(Box::new);
        }
    }
}
