//! One sheet has one set of columns: those of its widest table. The others share them, each column over one or more.

use crate::render::columns::{least, squeezed, widths};
use crate::report::document::{Block, Document, Table};

/// How wide a page may be in half-width characters: upright, across, and across in small print.
const ROOMS: [usize; 3] = [92, 136, 180];

/// The columns of a sheet.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Their widths, in half-width characters.
    pub widths: Vec<usize>,
    /// Whether the page lies across.
    pub across: bool,
}

impl Grid {
    /// The columns of the table that has most of them.
    pub fn of(doc: &Document) -> Self {
        let blocks = doc.sections.iter().flat_map(|section| &section.blocks);
        let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let most = tables.max_by_key(|table| (table.columns.len(), table.rows.len()));
        let Some(table) = most.filter(|table| table.columns.len() > 1) else {
            return Self { widths: vec![18, ROOMS[0] - 18], across: false };
        };
        let fitting = ROOMS.into_iter().find_map(|room| Some((room, widths(table, room)?)));
        let (room, mut widths) = fitting.unwrap_or_else(|| (ROOMS[2], squeezed(table, ROOMS[2])));
        // A table of few words would leave the page's other texts no room.
        let all: usize = widths.iter().sum();
        if let Some(widest) = widths.iter_mut().max().filter(|_| all < ROOMS[0]) {
            *widest += ROOMS[0] - all;
        }
        let mut grid = Self { widths, across: room > ROOMS[0] };
        grid.widen(doc);
        grid
    }

    /// What stands in one column of the sheet has the room it needs.
    fn widen(&mut self, doc: &Document) {
        for block in doc.sections.iter().flat_map(|section| &section.blocks) {
            let Block::Table(table) = block else { continue };
            for ((first, last), least) in self.spread(table).into_iter().zip(least(table)) {
                if first == last {
                    self.widths[first] = self.widths[first].max(least);
                }
            }
        }
    }

    /// How much of the sheet has room on one printed page, in points of the sheet.
    pub fn page_height(&self) -> f64 {
        // A half-width character and a column's frame are about so wide.
        let wide: f64 = self.widths.iter().map(|width| *width as f64 * 5.25 + 17.0).sum();
        let (across, down) = if self.across { (756.0, 487.0) } else { (510.0, 734.0) };
        down * (wide / across).max(1.0)
    }

    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.widths.len()
    }

    /// How wide these columns are together.
    pub fn width(&self, first: usize, last: usize) -> usize {
        self.widths[first..=last].iter().sum()
    }

    /// Where the columns of a table end: of each, the first and the last of the sheet's columns.
    pub fn spread(&self, table: &Table) -> Vec<(usize, usize)> {
        let all: usize = self.widths.iter().sum();
        self.shared(&widths(table, all).unwrap_or_else(|| squeezed(table, all)))
    }

    /// The same for columns that want such widths; there are at most as many as the sheet has.
    pub fn shared(&self, wanted: &[usize]) -> Vec<(usize, usize)> {
        let ends: Vec<usize> = running(&self.widths);
        let (all, wished) = (ends.last().copied().unwrap_or(0), wanted.iter().sum::<usize>().max(1));
        let mut begin = 0;
        let mut spread = Vec::with_capacity(wanted.len());
        for (at, wish) in running(wanted).into_iter().enumerate() {
            // Each column after this one needs at least one of the sheet's.
            let last = self.count().saturating_sub(wanted.len() - at).max(begin);
            let near = |end: &usize| ends[*end].abs_diff(wish * all / wished);
            let end = if at + 1 == wanted.len() { last } else { (begin..=last).min_by_key(near).unwrap_or(begin) };
            spread.push((begin, end));
            begin = (end + 1).min(self.count() - 1);
        }
        spread
    }
}

/// The sums up to each.
fn running(numbers: &[usize]) -> Vec<usize> {
    let mut sum = 0;
    let add = |number: &usize| {
        sum += number;
        sum
    };
    numbers.iter().map(add).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_columns_are_shared_out_whole(sheet in prop::collection::vec(2usize..40, 1..12), wanted in prop::collection::vec(1usize..60, 1..12)) {
            let grid = Grid { widths: sheet, across: false };
            let wanted = &wanted[..wanted.len().min(grid.count())];
            let spread = grid.shared(wanted);
            prop_assert_eq!(spread.len(), wanted.len());
            prop_assert_eq!((spread[0].0, spread[spread.len() - 1].1), (0, grid.count() - 1));
            prop_assert!(spread.iter().all(|(first, last)| first <= last));
            prop_assert!(spread.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0), "{:?}", spread);
        }
    }
}
