//! Facts of a paper: each figure, name and verdict has an id that stays the same from one day to the next, whatever rows
//! and words come and go around it: `items.1-1-1.R8Q2.rating` is where it stands, what it is about, when, and what it is.
//! How they get their ids stands in `names`.

mod names;

pub use names::fingerprint;

use std::ops::Range;

use kaikaku_text::safe::{one_line, shortened};

use super::{Block, Chart, Document, Line, Link, Row, Table};

/// A fact within the text of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// Its id: ASCII, once in a document.
    pub id: Box<str>,
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
    /// Where its words lead, where the line leads nowhere.
    pub link: Option<Box<Link>>,
}

/// What stands around a fact, and between what it is about, what it is and its words, until the document names it. No text
/// holds these characters: they stand for none.
const OPEN: char = '\u{FDD0}';
const BETWEEN: char = '\u{FDD1}';
const CLOSE: char = '\u{FDD2}';

/// Words of a sentence as a fact about `subject`; [`Document::name_facts`] gives it its id.
pub fn fact(subject: &str, kind: &str, words: &str) -> String {
    format!("{OPEN}{subject}{BETWEEN}{kind}{BETWEEN}{words}{CLOSE}")
}

impl Document {
    /// The facts of each paragraph and row that has any, in reading order: the id and the words of each.
    pub fn facts(&self) -> Vec<Vec<(&str, &str)>> {
        let title = std::iter::once(in_text(&self.title, &self.title_facts));
        let sections = self.sections.iter().flat_map(|section| {
            let heading = section.heading.iter().map(|words| in_text(words, &section.heading_facts));
            heading.chain(section.blocks.iter().flat_map(in_block))
        });
        let groups = title.chain(self.lead.iter().map(in_line)).chain(sections);
        groups.filter(|group| !group.is_empty()).collect()
    }

    /// A footnote of this document as a line, which is a fact where it states a figure.
    pub fn footnote(&self, words: &str) -> Line {
        names::footnote(words, self.meta.fact_period.as_deref())
    }
}

/// The id and the words of each fact of a paragraph or row.
type Group<'d> = Vec<(&'d str, &'d str)>;

fn in_block(block: &Block) -> Vec<Group<'_>> {
    match block {
        Block::Text(line) => vec![in_line(line)],
        Block::List(lines) => lines.iter().map(in_line).collect(),
        Block::Fields(fields) => fields.iter().map(|(_, line)| in_line(line)).collect(),
        Block::Tree(branches) => branches.iter().map(|branch| in_line(&branch.line)).collect(),
        Block::Table(table) => {
            let lines = table.caption.iter().map(in_line);
            let heads = table.columns.iter().filter_map(|column| Some((column.fact.as_deref()?, &*column.title)));
            let rows = std::iter::once(heads.collect()).chain(table.rows.iter().map(in_row));
            lines.chain(rows).chain(table.notes.iter().map(in_line)).collect()
        }
        Block::Charts(charts) => charts.iter().flat_map(in_chart).collect(),
    }
}

fn in_line(line: &Line) -> Group<'_> {
    in_text(&line.text, &line.facts)
}

fn in_text<'d>(text: &'d str, facts: &'d [Fact]) -> Group<'d> {
    facts.iter().map(|fact| (&*fact.id, &text[fact.place.clone()])).collect()
}

fn in_row(row: &Row) -> Group<'_> {
    row.cells.iter().filter_map(|cell| Some((cell.fact()?, &*cell.text))).collect()
}

/// The verdict, and each value by itself.
fn in_chart(chart: &Chart) -> Vec<Group<'_>> {
    let marks = chart.bullet.marks.iter().map(|mark| (&mark.fact, &*mark.text));
    let years = chart.series.iter().map(|point| (&point.fact, &*point.text));
    let values = marks.chain(years).filter_map(|(fact, text)| Some(vec![(fact.as_deref()?, text)]));
    std::iter::once(in_line(&chart.bullet.verdict)).chain(values).collect()
}

/// The words of a fact as lists of facts hold them: one line, not long.
pub fn brief(words: &str) -> String {
    const SHOWN: usize = 40;
    shortened(&one_line(words), SHOWN).into_owned()
}

impl Table {
    /// The same table, its rows about these subjects: each cell that has words is a fact, what it is says its column. What
    /// tells several rows about one subject apart stands behind a colon: `1-1-2:update`.
    pub fn about<S: AsRef<str>>(mut self, subjects: impl IntoIterator<Item = Option<S>>) -> Self {
        for (row, subject) in self.rows.iter_mut().zip(subjects) {
            row.subject = subject.map(|subject| subject.as_ref().into());
        }
        self
    }
}

impl Line {
    /// The text in order, in parts that are one fact each or none.
    pub fn parts(&self) -> Vec<(Option<&Fact>, &str)> {
        let (mut parts, mut from) = (Vec::with_capacity(self.facts.len() * 2 + 1), 0);
        for fact in &self.facts {
            parts.push((None, &self.text[from..fact.place.start]));
            parts.push((Some(fact), &self.text[fact.place.clone()]));
            from = fact.place.end;
        }
        parts.push((None, &self.text[from..]));
        parts.retain(|(_, text)| !text.is_empty());
        parts
    }
}
