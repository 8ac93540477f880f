//! One sheet has one set of columns for all its tables: where columns of two tables end near each other they end
//! together, and a column of a table reaches over one or more of the sheet's.

use std::collections::{BTreeSet, VecDeque};

use crate::columns::{short, squeezed, widths};
use kaikaku_document::{Block, Document, Start, Table};

/// How wide a page may be in half-width characters: upright, across, and across in small print.
const ROOMS: [usize; 3] = [104, 150, 190];
/// Where the names end that stand beside what they stand for.
const NAME: usize = 18;
/// What a column has beside its words.
const PADDING: usize = 2;
/// A column ends where another one does that ends at most so much sooner or later.
const NEAR: (usize, usize) = (2, 3);
/// A half-width character that is planned for, in pixels. One of ten points takes two thirds of ten.
const LETTER: usize = 7;
/// What Excel leaves free beside the text of a cell and before it, in pixels.
const BESIDE: usize = 14;
/// Points in a pixel.
const POINT: f64 = 0.75;

/// The columns of a sheet.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Where each ends, in half-width characters from the left.
    ends: Vec<usize>,
    /// Whether the page lies across.
    pub across: bool,
    /// Of each column of each table to come, the first and the last of the sheet's columns that it reaches over.
    tables: VecDeque<Vec<(usize, usize)>>,
}

impl Grid {
    /// The columns of all tables of the document.
    pub fn new(doc: &Document) -> Self {
        let blocks = doc.sections.iter().flat_map(|section| &section.blocks);
        let tables = blocks.filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let tables: Vec<&Table> = tables.filter(|table| !table.columns.is_empty()).collect();
        let fits = |room: usize| tables.iter().all(|table| widths(table, inner(table, room)).is_some());
        let least = usize::from(doc.sections.iter().any(|section| section.start == Start::Across));
        let room = ROOMS.into_iter().skip(least).find(|room| fits(*room)).unwrap_or(ROOMS[2]);
        let mut ends = BTreeSet::from([room]);
        let has = |wanted: fn(&Block) -> bool| doc.sections.iter().flat_map(|section| &section.blocks).any(wanted);
        ends.extend(has(|block| matches!(block, Block::Fields(_))).then_some(NAME));
        ends.extend(has(|block| matches!(block, Block::Charts(_))).then_some(room / 2));
        // The table with most columns is laid out first, and the others after it.
        let mut order: Vec<usize> = (0..tables.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(tables[*at].columns.len()));
        let mut placed = vec![Vec::new(); tables.len()];
        for at in order {
            placed[at] = place(tables[at], room, &mut ends);
        }
        // A single column as wide as the page is not fitted to it by LibreOffice, but cut.
        if ends.len() == 1 {
            ends.insert(room / 2);
        }
        let ends: Vec<usize> = ends.into_iter().collect();
        let tables = placed.into_iter().map(|placed| reaches(&placed, &ends)).collect();
        Self { ends, across: room > ROOMS[0], tables }
    }

    /// How much of the sheet has room on one printed page, in points of the sheet.
    pub fn page_height(&self) -> f64 {
        let wide = (self.ends.last().copied().unwrap_or(0) * LETTER) as f64 * POINT;
        let (across, down) = if self.across { (756.0, 487.0) } else { (510.0, 734.0) };
        down * (wide / across).max(1.0)
    }

    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// How wide each column is, in pixels.
    pub fn pixels(&self) -> Vec<u32> {
        (0..self.count()).map(|at| self.pixels_of(at, at)).collect()
    }

    /// How wide these columns are together, in pixels.
    pub fn pixels_of(&self, first: usize, last: usize) -> u32 {
        u32::try_from((self.ends[last] - self.begin(first)) * LETTER).unwrap_or(u32::MAX)
    }

    /// How many half-width characters have room in these columns together.
    pub fn width(&self, first: usize, last: usize) -> usize {
        let wide = ((self.ends[last] - self.begin(first)) * LETTER).saturating_sub(BESIDE);
        (wide * 3 / 20).max(1)
    }

    fn begin(&self, column: usize) -> usize {
        column.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Of each column of the next table, the first and the last of the sheet's columns that it reaches over.
    pub fn spread(&self) -> &[(usize, usize)] {
        self.tables.front().map(Vec::as_slice).unwrap_or_default()
    }

    /// The same, and on to the table behind it.
    pub fn next_table(&mut self) -> Vec<(usize, usize)> {
        self.tables.pop_front().unwrap_or_default()
    }

    /// The same for columns that want such widths; there are at most as many as the sheet has.
    pub fn shared(&self, wanted: &[usize]) -> Vec<(usize, usize)> {
        let (all, wished) = (self.ends.last().copied().unwrap_or(0), wanted.iter().sum::<usize>().max(1));
        let mut begin = 0;
        let mut spread = Vec::with_capacity(wanted.len());
        for (at, wish) in running(wanted).into_iter().enumerate() {
            // Each column after this one needs at least one of the sheet's.
            let last = self.count().saturating_sub(wanted.len() - at).max(begin);
            let near = |end: &usize| self.ends[*end].abs_diff(wish * all / wished);
            let end = if at + 1 == wanted.len() { last } else { (begin..=last).min_by_key(near).unwrap_or(begin) };
            spread.push((begin, end));
            begin = (end + 1).min(self.count() - 1);
        }
        spread
    }
}

/// How much of a room the words of a table have.
fn inner(table: &Table, room: usize) -> usize {
    room.saturating_sub(table.columns.len() * PADDING)
}

/// Where the columns of a table end, near those that are there already where that leaves ids and numbers whole; those
/// that are new are added.
fn place(table: &Table, room: usize, ends: &mut BTreeSet<usize>) -> Vec<usize> {
    let inner = inner(table, room);
    let widths = widths(table, inner).unwrap_or_else(|| squeezed(table, inner));
    let widths: Vec<usize> = widths.into_iter().map(|width| width + PADDING).collect();
    let all: usize = widths.iter().sum();
    let mut before = 0;
    let place = |((at, ideal), (width, is_short)): ((usize, usize), (&usize, bool))| {
        let least =
            if is_short { ideal.max(before + width) } else { (ideal.saturating_sub(NEAR.0)).max(before + width / 2) };
        let least = least.max(before + 1);
        // A table that is about as wide as the page ends with it.
        let is_last = at + 1 == widths.len() && all + table.columns.len() >= room;
        let want = if is_last { room.max(least) } else { ideal.max(least) };
        // What this one takes too much of the columns behind it would lack.
        let behind: usize = widths[at + 1..].iter().sum();
        let most = (want + NEAR.1).min(want.max(room.saturating_sub(behind)));
        let near = ends.range(least..=most).min_by_key(|end| end.abs_diff(want));
        before = near.copied().unwrap_or(want);
        ends.insert(before);
        before
    };
    running(&widths).into_iter().enumerate().zip(widths.iter().zip(short(table))).map(place).collect()
}

/// Which of the sheet's columns those of a table reach over, both by where they end.
fn reaches(placed: &[usize], ends: &[usize]) -> Vec<(usize, usize)> {
    let mut begin = 0;
    let reach = |end: &usize| {
        let last = ends.partition_point(|known| known < end).min(ends.len() - 1);
        let first = std::mem::replace(&mut begin, last + 1);
        (first.min(last), last)
    };
    placed.iter().map(reach).collect()
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
    use kaikaku_document::{Cell, Column, Row, Section, Type};

    fn any_table() -> impl Strategy<Value = Table> {
        let column = (0usize..30, prop::bool::ANY);
        prop::collection::vec(column, 1..12).prop_map(|columns| Table {
            rows: vec![Row::new(columns.iter().map(|(long, _)| Cell::text("語".repeat(*long))).collect())],
            columns: columns
                .iter()
                .map(|(_, is_number)| {
                    if *is_number {
                        Column::new("column", "数", Type::Decimal)
                    } else {
                        Column::new("column", "名", Type::Text)
                    }
                })
                .collect(),
            ..Table::default()
        })
    }

    /// From left to right, without a gap and without an overlap.
    fn is_whole(spread: &[(usize, usize)]) -> bool {
        spread.first().is_none_or(|(first, _)| *first == 0)
            && spread.iter().all(|(first, last)| first <= last)
            && spread.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0)
    }

    /// A table of ten columns of numbers and one of words fills a sheet of 120; the ends of another lie 3 behind each.
    #[test]
    fn the_last_column_does_not_pay_for_the_ends_of_another_table() {
        let mut columns = vec![Column::new("number", "数", Type::Decimal); 10];
        columns.push(Column::new("words", "判定", Type::Text));
        let mut cells = vec![Cell::text("123456"); 10];
        cells.push(Cell::text("語".repeat(20)));
        let table = Table { columns, rows: vec![Row::new(cells)], ..Table::default() };
        // Ten of 6 and 2 beside them; what is left of 120 is for the words, which take 40.
        let mut ends: BTreeSet<usize> = (1..=10).map(|at| at * 8 + 3 * at).collect();
        let placed = place(&table, 120, &mut ends);
        assert!(placed[10] - placed[9] >= 38, "{placed:?}");
    }

    proptest! {
        #[test]
        fn every_table_has_its_columns_whole(tables in prop::collection::vec(any_table(), 0..5)) {
            let blocks = tables.iter().cloned().map(Block::Table).collect();
            let doc = Document { sections: vec![Section::plain(blocks)], ..Document::default() };
            let mut grid = Grid::new(&doc);
            for table in &tables {
                let spread = grid.next_table();
                prop_assert_eq!(spread.len(), table.columns.len());
                prop_assert!(is_whole(&spread) && spread[spread.len() - 1].1 < grid.count(), "{:?}", spread);
            }
        }

        #[test]
        fn the_columns_are_shared_out_whole(sheet in prop::collection::vec(2usize..40, 1..12), wanted in prop::collection::vec(1usize..60, 1..12)) {
            let grid = Grid { ends: running(&sheet), across: false, tables: VecDeque::new() };
            let wanted = &wanted[..wanted.len().min(grid.count())];
            let spread = grid.shared(wanted);
            prop_assert_eq!(spread.len(), wanted.len());
            prop_assert!(is_whole(&spread) && spread[spread.len() - 1].1 == grid.count() - 1, "{:?}", spread);
        }
    }
}
