//! Facts of a paper: each figure, name and verdict has an id that stays the same from one day to the next, whatever rows
//! and words come and go around it: `items.1-1-1.R8Q2.rating` is where it stands, what it is about, when, and what it is.

use std::collections::HashMap;
use std::ops::Range;

use kaikaku_text::safe::{one_line, shortened};

use super::{Block, Cell, Document, Line, Row, Table};

/// A fact within the text of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its id: ASCII, once in a document.
    pub id: Box<str>,
    /// Where it stands in the text, in bytes.
    pub place: Range<usize>,
}

/// Word takes no longer tag.
const LONGEST: usize = 64;
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
    /// Gives every fact its id, those of sections that have a name for it; `period` is that of the paper.
    pub fn name_facts(&mut self, period: &str) {
        let mut names = Names { period, taken: HashMap::new() };
        for section in &mut self.sections {
            let topic = section.topic.as_deref().unwrap_or("paper");
            for block in &mut section.blocks {
                match block {
                    Block::Text(line) => names.line(topic, line),
                    Block::List(lines) => lines.iter_mut().for_each(|line| names.line(topic, line)),
                    Block::Fields(fields) => fields.iter_mut().for_each(|(_, line)| names.line(topic, line)),
                    Block::Tree(branches) => branches.iter_mut().for_each(|branch| names.line(topic, &mut branch.line)),
                    Block::Table(table) => {
                        table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| names.cell(topic, cell));
                    }
                    Block::Charts(_) => {}
                }
            }
        }
    }
}

impl Document {
    /// The facts of each paragraph and row that has any, in reading order: the id and the words of each.
    pub fn facts(&self) -> Vec<Vec<(&str, &str)>> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let groups = blocks.flat_map(|block| match block {
            Block::Text(line) => vec![in_line(line)],
            Block::List(lines) => lines.iter().map(in_line).collect(),
            Block::Fields(fields) => fields.iter().map(|(_, line)| in_line(line)).collect(),
            Block::Tree(branches) => branches.iter().map(|branch| in_line(&branch.line)).collect(),
            Block::Table(table) => table.rows.iter().map(in_row).collect(),
            Block::Charts(_) => Vec::new(),
        });
        groups.filter(|group| !group.is_empty()).collect()
    }
}

fn in_line(line: &Line) -> Vec<(&str, &str)> {
    line.facts.iter().map(|fact| (&*fact.id, &line.text[fact.place.clone()])).collect()
}

fn in_row(row: &Row) -> Vec<(&str, &str)> {
    row.cells.iter().filter_map(|cell| Some((cell.fact()?, &*cell.text))).collect()
}

/// The words of a fact as lists of facts hold them: one line, not long.
pub fn brief(words: &str) -> String {
    const SHOWN: usize = 40;
    shortened(&one_line(words), SHOWN).into_owned()
}

impl Table {
    /// The same table, its rows about these subjects: each cell that has words is a fact, what it is says its column. A row
    /// about nothing has none.
    pub fn about<S: AsRef<str>>(mut self, subjects: impl IntoIterator<Item = Option<S>>) -> Self {
        for (row, subject) in self.rows.iter_mut().zip(subjects) {
            let Some(subject) = subject else { continue };
            for (cell, column) in row.cells.iter_mut().zip(&self.columns) {
                if !cell.text.is_empty() {
                    cell.set_fact(format!("{}{BETWEEN}{}", subject.as_ref(), column.key));
                }
            }
        }
        self
    }
}

/// The ids that were given so far.
struct Names<'p> {
    period: &'p str,
    taken: HashMap<String, usize>,
}

impl Names<'_> {
    /// The id of a fact; one that is there already has a number behind it.
    fn id(&mut self, topic: &str, subject: &str, kind: &str) -> Box<str> {
        let id = within_limit(format!("{topic}.{subject}.{}.{kind}", self.period));
        let count = self.taken.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id.into() } else { within_limit(format!("{id}-{count}")).into() }
    }

    fn cell(&mut self, topic: &str, cell: &mut Cell) {
        let Some((subject, kind)) = cell.fact().and_then(|fact| fact.split_once(BETWEEN)) else { return };
        let id = self.id(topic, subject, kind);
        cell.set_fact(id);
    }

    /// Takes the marks out of a line.
    fn line(&mut self, topic: &str, line: &mut Line) {
        if !line.text.contains([OPEN, BETWEEN, CLOSE]) {
            return;
        }
        let (mut text, mut facts) = (String::with_capacity(line.text.len()), Vec::new());
        for (at, piece) in line.text.split(OPEN).enumerate() {
            let mut parts = piece.splitn(3, BETWEEN);
            let marked = (parts.next(), parts.next(), parts.next().and_then(|rest| rest.split_once(CLOSE)));
            match marked {
                (Some(subject), Some(kind), Some((words, behind))) if at > 0 => {
                    let start = text.len();
                    text.push_str(words);
                    facts.push(Fact { id: self.id(topic, subject, kind), place: start..text.len() });
                    text.push_str(behind);
                }
                _ => text.push_str(&piece.replace([BETWEEN, CLOSE], "")),
            }
        }
        (line.text, line.facts) = (text, facts.into());
    }
}

/// An id that is not too long: of one that would be, the end is a fingerprint of the whole.
fn within_limit(id: String) -> String {
    if id.len() <= LONGEST {
        return id;
    }
    // FNV-1a.
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{}.{hash:016x}", &id[..LONGEST - 17])
}

impl Line {
    /// The text in order, in parts that are one fact each or none.
    pub fn parts(&self) -> Vec<(Option<&str>, &str)> {
        let (mut parts, mut from) = (Vec::with_capacity(self.facts.len() * 2 + 1), 0);
        for fact in &self.facts {
            parts.push((None, &self.text[from..fact.place.start]));
            parts.push((Some(&*fact.id), &self.text[fact.place.clone()]));
            from = fact.place.end;
        }
        parts.push((None, &self.text[from..]));
        parts.retain(|(_, text)| !text.is_empty());
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Section, Type};

    fn named(blocks: Vec<Block>) -> Section {
        let sections = vec![Section { topic: Some("summary".into()), ..Section::plain(blocks) }];
        let mut document = Document { sections, ..Document::default() };
        document.name_facts("R8Q2");
        document.sections.remove(0)
    }

    #[test]
    fn a_sentence_keeps_its_words_and_names_its_facts() {
        let text = format!("計{}、{}である。", fact("all", "entries", "20件"), fact("all", "entries", "21件"));
        let section = named(vec![Block::Text(text.into())]);
        let Block::Text(line) = &section.blocks[0] else { panic!("{section:?}") };
        assert_eq!(line.text, "計20件、21件である。");
        let parts = [
            (None, "計"),
            (Some("summary.all.R8Q2.entries"), "20件"),
            (None, "、"),
            (Some("summary.all.R8Q2.entries-2"), "21件"),
            (None, "である。"),
        ];
        assert_eq!(line.parts(), parts);
    }

    #[test]
    fn a_cell_is_a_fact_about_its_row() {
        let columns = vec![Column::new("id", "番号", Type::Id), Column::new("note", "注", Type::Text)];
        let rows = vec![Row::new(vec![Cell::text("1-1"), Cell::default()]), Row::new(vec![Cell::text("計")])];
        let table = Table { columns, rows, ..Table::default() }.about([Some("1-1"), None]);
        let section = named(vec![Block::Table(table)]);
        let Block::Table(table) = &section.blocks[0] else { panic!("{section:?}") };
        let ids: Vec<_> = table.rows.iter().flat_map(|row| &row.cells).map(Cell::fact).collect();
        assert_eq!(ids, [Some("summary.1-1.R8Q2.id"), None, None]);
    }

    #[test]
    fn an_id_is_never_too_long_and_stray_marks_are_no_words() {
        let long = "a".repeat(80);
        let other = long.clone() + "b";
        let line = format!("{CLOSE}{}{}{OPEN}x", fact(&long, "n", "1"), fact(&other, "n", "2"));
        let section = named(vec![Block::Text(line.into())]);
        let Block::Text(line) = &section.blocks[0] else { panic!("{section:?}") };
        assert_eq!(line.text, "12x");
        assert!(line.facts.iter().all(|fact| fact.id.len() == LONGEST) && line.facts[0].id != line.facts[1].id);
    }
}
