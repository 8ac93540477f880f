//! A bar beside the words of a cell: parts from left to right, some with a sign on them. The words of the cell say the same.

use std::borrow::Cow;

use super::{Block, Document};

/// A bar; one without parts is not drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    /// From left to right.
    pub parts: Vec<StripPart>,
    /// The same in signs of equal width, for a terminal.
    pub signs: String,
}

/// A part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StripPart {
    /// Its length beside that of the others.
    pub length: u32,
    /// How it is filled.
    pub fill: Fill,
    /// What stands on it.
    pub sign: Option<StripSign>,
}

/// How a part of a bar is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Not at all.
    Nothing,
    /// As what was planned.
    Planned,
    /// As what came.
    Actual,
    /// As what is well: the best first.
    Well(usize),
    /// As what is not well: the worst last.
    Ill(usize),
    /// As what nobody rated.
    Open,
}

/// A sign on a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripSign {
    /// Something is due.
    Due,
    /// It was reached.
    Reached,
    /// It passed, and nothing says that it was reached.
    Missed,
}

impl Strip {
    /// Where each part begins and ends on a line so long, in order.
    pub fn placed(&self, line: usize) -> Vec<(usize, usize, StripPart)> {
        let all: u64 = self.parts.iter().map(|part| u64::from(part.length)).sum();
        let at = |sum: u64| usize::try_from(sum * line as u64 / all.max(1)).unwrap_or(line);
        let mut sum = 0;
        let place = |part: &StripPart| {
            let from = at(sum);
            sum += u64::from(part.length);
            (from, at(sum), *part)
        };
        self.parts.iter().map(place).collect()
    }
}

impl Document {
    /// The document with every bar in signs under the words of its cell.
    pub fn in_signs(&self) -> Cow<'_, Self> {
        let tables = self.sections.iter().flat_map(|section| &section.blocks);
        let has_signs = |block: &Block| match block {
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.strip().is_some()),
            _ => false,
        };
        if !tables.clone().any(has_signs) {
            return Cow::Borrowed(self);
        }
        let mut document = self.clone();
        let blocks = document.sections.iter_mut().flat_map(|section| &mut section.blocks);
        for block in blocks {
            let Block::Table(table) = block else { continue };
            let narrow = table.narrow.iter_mut().flat_map(|table| &mut table.rows);
            for cell in table.rows.iter_mut().chain(narrow).flat_map(|row| &mut row.cells) {
                let Some(strip) = cell.strip().filter(|strip| !strip.signs.is_empty()) else { continue };
                let signs = strip.signs.clone();
                cell.text = signs;
            }
        }
        Cow::Owned(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_lie_side_by_side_and_fill_the_line() {
        let part = |length| StripPart { length, fill: Fill::Open, sign: None };
        let strip = Strip { parts: vec![part(1), part(0), part(2)], signs: String::new() };
        let ends: Vec<(usize, usize)> = strip.placed(100).iter().map(|(from, to, _)| (*from, *to)).collect();
        assert_eq!(ends, [(0, 33), (33, 33), (33, 100)]);
        assert!(Strip::default().placed(100).is_empty());
    }
}
