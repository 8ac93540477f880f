//! Links from what a document says of an entry or indicator to its page.

use crate::document::{Block, Cell, Column, Document, Line, Link, Row, Section, Table};
use crate::plan::id::Id;
use crate::plan::{Plan, Subject};

use super::address::{Home, between};

/// The name of the part of a page that tells of the figures on it.
pub const FIGURES: &str = "figures";

/// The topics whose figures are not worked out: how others came about, what stood in a paper, what people said, what is drawn.
const UNTOLD: [&str; 6] = ["calculations", "closed", "errata", "opinions", "roadmap", "figures"];

/// How the ids of facts begin that are texts with digits in them.
const WORDS: [&str; 7] = ["text-", "lead-", "field-", "note-", "caption-", "heading-", "title-"];

/// The facts of sentences that are periods, days and names.
const NAMES: [&str; 5] = ["period", "when", "since", "closed", "attention"];

/// What a fact is about: `flows.1-1-2.R8Q2.flow`.
fn of_fact(id: &str) -> &str {
    id.split('.').nth(1).unwrap_or_default()
}

/// Whether a cell of a table says a figure: a number, or the verdict on one.
pub fn is_of_figures(cell: &Cell, column: &Column) -> bool {
    let is_number = column.kind.is_number() && cell.text.contains(|c: char| c.is_ascii_digit());
    is_number || column.key == "verdict" && !cell.text.is_empty()
}

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

    /// The link to a part of a page of the site, by the name of the part.
    pub fn to_part(self, path: &str, name: &str) -> Link {
        match path == self.page {
            true => Link::Anchor(name.into()),
            false => Link::Address(format!("{}#{name}", between(self.page, path)).into()),
        }
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
        let link = self.to_subject(self.subject(id)?);
        let own = self.page.rsplit('/').next();
        let Link::Address(address) = &link else { return None };
        (Some(&**address) != own).then_some(link)
    }

    /// A line that names an entry or indicator, leading to its page.
    pub fn named(&self, subject: Subject, words: String) -> Line {
        Line::from(words).linked(self.to_subject(subject))
    }

    /// The same document, each row and each line about one entry or indicator leading to its page, and each figure to how it
    /// came about. Its facts have their ids.
    pub fn linked(&self, mut document: Document) -> Document {
        // Those of another plan have no page here, whatever they are called.
        let own = |section: &&mut Section| section.topic.as_deref() != Some("verifying");
        for section in document.sections.iter_mut().filter(own) {
            let is_told = section.topic.as_deref().is_none_or(|topic| !UNTOLD.contains(&topic));
            for block in &mut section.blocks {
                match block {
                    Block::Table(table) => self.table(table, is_told),
                    Block::List(lines) => lines.iter_mut().for_each(|line| self.line(line)),
                    Block::Text(line) if is_told => self.figures(line),
                    _ => {}
                }
            }
        }
        document.lead.iter_mut().for_each(|line| self.figures(line));
        document
    }

    fn table(&self, table: &mut Table, is_told: bool) {
        let names = ["name", "indicator", "subject"];
        let place = table.columns.iter().position(|column| names.contains(&&*column.key)).unwrap_or(0);
        let Table { columns, rows, .. } = table;
        for row in rows {
            self.row(row, place);
            if is_told {
                self.row_of_figures(row, columns);
            }
        }
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

    /// Each number of a row, and the verdict, leads to how it came about.
    fn row_of_figures(&self, row: &mut Row, columns: &[Column]) {
        for (cell, column) in row.cells.iter_mut().zip(columns).filter(|(cell, _)| cell.link().is_none()) {
            let Some(about) = cell.fact().map(of_fact) else { continue };
            let is_judged = || column.key != "verdict" || matches!(self.subject(about), Some(Subject::Indicator(_)));
            if is_of_figures(cell, column) && is_judged() {
                let link = self.behind(about);
                *cell = std::mem::take(cell).linked(link);
            }
        }
    }

    /// What an id means.
    fn subject(&self, id: &str) -> Option<Subject> {
        self.plan.index.get(&Id::parse(id).ok()?).copied()
    }

    /// Where the figures about something are told of: its row among the data, and how each was worked out.
    pub fn behind(&self, id: &str) -> Link {
        let page = match self.subject(id) {
            Some(Subject::Entry(place)) => self.home.entry(&self.plan.entries[place].id),
            Some(Subject::Indicator(place)) => self.home.indicator(&self.plan.indicators[place].id),
            None => self.home.path("calculations.html"),
        };
        self.to_part(&page, FIGURES)
    }

    /// The figures that a sentence names lead to how they came about. What is only a text that has digits in it is none.
    fn figures(&self, line: &mut Line) {
        let is_figure = |id: &str| {
            let what = id.rsplit('.').next().unwrap_or(id);
            !NAMES.contains(&what) && WORDS.iter().all(|of| !what.starts_with(of))
        };
        for fact in line.facts.iter_mut().filter(|fact| is_figure(&fact.id)) {
            fact.link = Some(Box::new(self.behind(of_fact(&fact.id))));
        }
    }

    /// A line that is one fact leads to what that is about.
    fn line(&self, line: &mut Line) {
        let [fact] = &*line.facts else { return self.figures(line) };
        let link = self.of_id(of_fact(&fact.id));
        if line.link.is_none() {
            line.link = link.map(Box::new);
        }
    }
}
