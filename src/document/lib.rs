//! What a report says, before any format: sections, tables of typed cells, trees.
//!
//! Every renderer knows these types and nothing of the plan, so the terminal, Word and Excel cannot disagree.

pub mod calendar;
mod chart;
mod column;
mod fact;
mod footnotes;
mod link;
mod meta;
mod strip;

use std::borrow::Cow;

use kaikaku_text::safe::one_line;
use rust_decimal::Decimal;

pub use chart::{Bullet, Chart, Mark, Point, Role};
pub use column::{Align, At, Column, ColumnOf, Type, Unit, cells, column, heads, weighed};
pub use fact::{Fact, brief, fact, fingerprint};
pub use footnotes::mark;
pub use link::Link;
pub use meta::{Meta, Start};
pub use strip::{Fill, Strip, StripPart, StripSign};

/// A whole report.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The heading of the whole.
    pub title: String,
    /// Which parts of the title are facts, in order.
    pub title_facts: Box<[Fact]>,
    /// Lines under the title: whose plan, as of when, what was left out.
    pub lead: Vec<Line>,
    /// The parts, in reading order.
    pub sections: Vec<Section>,
    /// What a paper says of itself.
    pub meta: Meta,
}

/// One part of a report under its own heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// `None` for a part that needs no heading.
    pub heading: Option<String>,
    /// Which parts of the heading are facts, in order.
    pub heading_facts: Box<[Fact]>,
    /// How deep the heading is: 0 under the title, 1 under a section of depth 0.
    pub depth: usize,
    /// On which page of a paper it begins.
    pub start: Start,
    /// The name that links lead to: ASCII letters, digits and hyphens, once in a document.
    pub anchor: Option<Box<str>>,
    /// What it is about, with which the ids of its facts begin.
    pub topic: Option<Box<str>>,
    /// The entry or indicator that it is about as a whole: ASCII, as the ids of its facts have it.
    pub subject: Option<Box<str>>,
    /// What stands in it, in reading order.
    pub blocks: Vec<Block>,
}

/// One piece of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Text(Line),
    /// A list of short statements.
    List(Vec<Line>),
    /// Names and what they stand for, one a line.
    Fields(Vec<(String, Line)>),
    /// A table.
    Table(Table),
    /// An indented outline; each node carries its depth (0 = top).
    Tree(Vec<Branch>),
    /// Pictures of numbers, one under the other.
    Charts(Vec<Chart>),
}

/// A run of text with the tone it is shown in. The tone never carries the meaning alone: the text says it too.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The words, as a person reads them; may hold line breaks.
    pub text: String,
    /// How it is set off where the output can.
    pub tone: Tone,
    /// A footnote to it; the same words are the same footnote.
    pub note: Option<Box<str>>,
    /// Where the words lead.
    pub link: Option<Box<Link>>,
    /// Which parts of the text are facts, in order.
    pub facts: Box<[Fact]>,
}

/// One node of a [`Block::Tree`].
#[derive(Debug, Clone)]
pub struct Branch {
    /// 0 for the top.
    pub depth: usize,
    /// The node's own words.
    pub line: Line,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What the table shows.
    pub caption: Option<Line>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, top to bottom; each has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Footnotes.
    pub notes: Vec<Line>,
    /// The same in narrower tables, for a page where this one does not fit.
    pub narrow: Vec<Table>,
    /// Where narrower tables would begin: each keeps the first column and a run of the others, up to the next place.
    pub begins: Vec<usize>,
    /// What may be left out on a narrow page, before any of the above.
    pub spare: Option<Spare>,
}

/// Columns of a table that may be left out where a page is narrow.
#[derive(Debug, Clone)]
pub struct Spare {
    /// Their places, those first that are missed least.
    pub columns: Vec<usize>,
    /// Says which were left out, of their titles.
    pub note: fn(&[&str]) -> String,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The cells, left to right.
    pub cells: Vec<Cell>,
    /// A total or a heading row.
    pub strong: bool,
    /// What it is about, as [`Table::about`] says it: ASCII.
    pub subject: Option<Box<str>>,
}

/// One cell: what is read, and the number behind it where there is one. Of what a long list has millions of, nothing is
/// large: short words stand in the cell itself, and what few cells have stands elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// As a person reads it ("57.1％", "▲20.9ポイント"); may hold line breaks.
    pub text: String,
    /// How it is set off where the output can.
    pub tone: Tone,
    /// How many further columns it reaches over, whose cells are empty. Where tables know no merged cells it stands alone.
    pub across: u16,
    /// How many further rows it reaches over, whose cells are empty.
    pub down: u16,
    number: Option<Box<Decimal>>,
    rare: Option<Box<Rare>>,
}

/// What few cells have.
#[derive(Debug, Clone, Default)]
struct Rare {
    note: Option<Box<str>>,
    parts: Vec<TextPart>,
    anchor: Option<Box<str>>,
    link: Option<Link>,
    fact: Option<Box<str>>,
    strip: Option<Box<Strip>>,
}

/// A part of a text, and whether it came or went.
pub type TextPart = (Option<Edit>, String);

/// What happened to a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// It is no longer there.
    Gone,
    /// It was not there.
    Come,
}

/// As far across as there are empty cells.
pub const WHOLE_ROW: u16 = u16::MAX;

/// As far down as there are empty cells.
pub const WHOLE_COLUMN: u16 = u16::MAX;

/// How a text is set off; colour in a terminal, a style in Word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As everything else.
    #[default]
    Plain,
    /// Less important.
    Faint,
    /// Good news.
    Good,
    /// Needs attention.
    Warn,
    /// Bad news.
    Bad,
    /// Emphasised.
    Strong,
}

impl Table {
    /// The tables for a page where this one does not fit; none where there are none.
    pub fn narrower(&self) -> Cow<'_, [Self]> {
        if self.begins.is_empty() {
            return Cow::Borrowed(&self.narrow);
        }
        let ends = self.begins.iter().skip(1).copied().chain([self.columns.len()]);
        let part = |(begin, end): (usize, usize)| {
            let row = |row: &Row| Row {
                cells: pick(&row.cells, begin, end),
                strong: row.strong,
                subject: row.subject.clone(),
            };
            let rows = self.rows.iter().map(row).collect();
            Self { columns: pick(&self.columns, begin, end), rows, ..Self::default() }
        };
        self.begins.iter().copied().zip(ends).map(part).collect::<Vec<_>>().into()
    }

    /// The same table without the column of this key.
    pub fn without(self, key: &str) -> Self {
        let kept: Vec<bool> = self.columns.iter().map(|column| column.key != key).collect();
        let (caption, notes) = (self.caption.clone(), self.notes.clone());
        Self { caption, notes, ..self.only(|at| kept[at]) }
    }

    /// The same table with these columns alone, in their order.
    pub fn only(&self, wanted: impl Fn(usize) -> bool) -> Self {
        fn kept<T: Clone>(all: &[T], wanted: impl Fn(usize) -> bool) -> Vec<T> {
            all.iter().enumerate().filter(|(at, _)| wanted(*at)).map(|(_, one)| one.clone()).collect()
        }
        let row = |row: &Row| Row { cells: kept(&row.cells, &wanted), ..row.clone() };
        let rows = self.rows.iter().map(row).collect();
        Self { columns: kept(&self.columns, &wanted), rows, ..Self::default() }
    }
}

/// The first of `all` and those from `begin` to before `end`.
fn pick<T: Clone>(all: &[T], begin: usize, end: usize) -> Vec<T> {
    all.iter().enumerate().filter(|(at, _)| *at == 0 || (begin..end).contains(at)).map(|(_, one)| one.clone()).collect()
}

impl Document {
    /// The title on one line, with its facts.
    pub fn title_line(&self) -> Line {
        on_one_line(&self.title, &self.title_facts)
    }
}

/// A heading on one line: one that had several has lost where its facts stand.
fn on_one_line(words: &str, facts: &[Fact]) -> Line {
    let text = one_line(words);
    let facts = if text == words { facts.into() } else { Box::default() };
    Line { facts, ..Line::from(text) }
}

impl Section {
    /// The heading on one line, with its facts.
    pub fn heading_line(&self) -> Option<Line> {
        Some(on_one_line(self.heading.as_deref()?, &self.heading_facts))
    }

    /// A section under `heading`.
    pub fn new(heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { heading: Some(heading.into()), blocks, ..Self::default() }
    }

    /// A section without a heading.
    pub fn plain(blocks: Vec<Block>) -> Self {
        Self { blocks, ..Self::default() }
    }

    /// The same section, beginning on such a page.
    pub fn starting(self, start: Start) -> Self {
        Self { start, ..self }
    }
}

impl Line {
    /// The same line with a footnote.
    pub fn noted(self, note: impl Into<Box<str>>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// A line in a tone.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, ..Self::default() }
    }

    /// The same line behind words that are no part of its facts.
    pub fn behind(mut self, words: &str) -> Self {
        self.text.insert_str(0, words);
        let moved = |place: &std::ops::Range<usize>| place.start + words.len()..place.end + words.len();
        self.facts.iter_mut().for_each(|fact| fact.place = moved(&fact.place));
        self
    }
}

impl<T: Into<String>> From<T> for Line {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl Row {
    /// An ordinary row.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, ..Self::default() }
    }

    /// A total or heading row.
    pub fn strong(cells: Vec<Cell>) -> Self {
        Self { cells, strong: true, ..Self::default() }
    }
}

impl Cell {
    /// Words of which some came or went: `[-…-]` and `{+…+}` in the text.
    pub fn marked(parts: Vec<TextPart>) -> Self {
        let piece = |(mark, text): &TextPart| match mark {
            None => text.clone(),
            Some(Edit::Gone) => format!("[-{text}-]"),
            Some(Edit::Come) => format!("{{+{text}+}}"),
        };
        let text = parts.iter().map(piece).collect();
        Self { text, rare: Some(Box::new(Rare { parts, ..Rare::default() })), ..Self::default() }
    }

    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number, with the words a person reads for it.
    pub fn number(value: impl Into<Decimal>, shown: impl Into<String>) -> Self {
        Self::text(shown).numbered(Some(value.into()))
    }

    /// The same cell with the exact number behind it, where there is one; machine formats (csv, xlsx) write this one.
    pub fn numbered(self, number: Option<Decimal>) -> Self {
        Self { number: number.map(Box::new), ..self }
    }

    /// The exact number behind the text.
    pub fn exact(&self) -> Option<Decimal> {
        self.number.as_deref().copied()
    }

    /// A footnote to it; the same words are the same footnote.
    pub fn note(&self) -> Option<&str> {
        self.rare.as_ref()?.note.as_deref()
    }

    /// The id of the fact that it states.
    pub fn fact(&self) -> Option<&str> {
        self.rare.as_ref()?.fact.as_deref()
    }

    /// Makes it a fact of this id.
    fn set_fact(&mut self, id: impl Into<Box<str>>) {
        self.rare.get_or_insert_default().fact = Some(id.into());
    }

    /// The text in parts where some of it came or went, for outputs that strike out; the others have marks in the text.
    pub fn parts(&self) -> &[TextPart] {
        self.rare.as_ref().map_or(&[], |rare| &rare.parts)
    }

    /// The same cell with more words, behind those it has.
    pub fn more(mut self, words: &str) -> Self {
        self.text.push_str(words);
        let parts = self.rare.as_mut().map(|rare| &mut rare.parts).filter(|parts| !parts.is_empty());
        parts.into_iter().for_each(|parts| parts.push((None, words.to_owned())));
        self
    }

    /// The same cell with a bar beside its words.
    pub fn drawn(mut self, strip: Strip) -> Self {
        self.rare.get_or_insert_default().strip = Some(Box::new(strip));
        self
    }

    /// The bar beside its words, where it has parts or signs.
    pub fn strip(&self) -> Option<&Strip> {
        self.rare.as_ref()?.strip.as_deref()
    }

    /// The bar that is drawn beside its words.
    pub fn bar(&self) -> Option<&Strip> {
        self.strip().filter(|strip| !strip.parts.is_empty())
    }

    /// The same cell in a tone.
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same cell, reaching over so many further columns and rows.
    pub fn merged(self, across: u16, down: u16) -> Self {
        Self { across, down, ..self }
    }

    /// The same cell with a footnote.
    pub fn noted(mut self, note: impl Into<Box<str>>) -> Self {
        self.rare.get_or_insert_default().note = Some(note.into());
        self
    }

    /// The same cell with a mark behind its text in place of its footnote.
    fn spelled_out(&mut self, mark: impl FnOnce(&str) -> Option<String>) {
        let note = self.rare.as_mut().and_then(|rare| rare.note.take());
        self.text.extend(note.and_then(|note| mark(&note)));
    }
}
