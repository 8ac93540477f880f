//! Footnotes: numbered in order of reading, the same words once.

use std::borrow::Cow;

use super::{Block, Cell, Document, Line, Section};

impl Document {
    /// The footnotes, each once, in the order of reading; the first is number 1.
    pub fn footnotes(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for note in self.sections.iter().flat_map(|section| &section.blocks).flat_map(notes) {
            if !all.contains(&note) {
                all.push(note);
            }
        }
        all
    }

    /// For formats that know no footnotes: a mark behind each text that has one, and the notes at the end.
    pub fn spelled_out(&self) -> Cow<'_, Self> {
        let notes: Vec<String> = self.footnotes().into_iter().map(str::to_owned).collect();
        if notes.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut spelled = self.clone();
        let blocks = spelled.sections.iter_mut().flat_map(|section| &mut section.blocks);
        let place = |note: &str| notes.iter().position(|known| known == note).map(|place| mark(place + 1));
        blocks.for_each(|block| marked(block, &place));
        let lines =
            notes.iter().enumerate().map(|(at, note)| self.footnote(note).behind(&format!("{} ", mark(at + 1))));
        spelled.sections.push(Section::plain(vec![Block::List(lines.collect())]));
        Cow::Owned(spelled)
    }
}

/// What stands for a footnote of this number.
pub fn mark(number: usize) -> String {
    format!("※{number}")
}

fn notes(block: &Block) -> Vec<&str> {
    fn note(line: &Line) -> Option<&str> {
        line.note.as_deref()
    }
    match block {
        Block::Text(line) => note(line).into_iter().collect(),
        Block::List(lines) => lines.iter().filter_map(note).collect(),
        Block::Fields(fields) => fields.iter().filter_map(|(_, line)| note(line)).collect(),
        Block::Tree(branches) => branches.iter().filter_map(|branch| note(&branch.line)).collect(),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).filter_map(Cell::note).collect(),
        Block::Charts(_) => Vec::new(),
    }
}

/// Puts the mark of every footnote in its place.
fn marked(block: &mut Block, mark: &impl Fn(&str) -> Option<String>) {
    let line = |line: &mut Line| line.text.extend(line.note.take().and_then(|note| mark(&note)));
    match block {
        Block::Text(text) => line(text),
        Block::List(lines) => lines.iter_mut().for_each(line),
        Block::Fields(fields) => fields.iter_mut().for_each(|(_, one)| line(one)),
        Block::Tree(branches) => branches.iter_mut().for_each(|branch| line(&mut branch.line)),
        Block::Table(table) => {
            for table in std::iter::once(&mut table.rows).chain(table.narrow.iter_mut().map(|part| &mut part.rows)) {
                let cells = table.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| cell.spelled_out(mark));
            }
        }
        Block::Charts(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, Row, Table, Type};

    #[test]
    fn the_same_words_are_the_same_footnote() {
        let cells = vec![Cell::text("44.1％").noted("速報値"), Cell::text("60％").noted("要確認")];
        let columns =
            vec![Column::new("actual", "実績値", Type::Decimal), Column::new("target", "目標値", Type::Decimal)];
        let table = Table { columns, rows: vec![Row::new(cells)], ..Table::default() };
        let blocks = vec![Block::Text(Line::from("満足度").noted("要確認")), Block::Table(table)];
        let doc = Document { sections: vec![Section::plain(blocks)], ..Document::default() };
        assert_eq!(doc.footnotes(), ["要確認", "速報値"]);
    }
}
