//! Merged cells: which cell of a table stands where, and how far it reaches.

use kaikaku_document::{Cell, Table};

/// A place in a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A cell begins here.
    Cell(Reach),
    /// The cell above reaches down to here.
    Beneath {
        /// The place of the column, from 0.
        column: usize,
        /// Over how many columns.
        across: usize,
    },
}

/// Where a cell stands and how far it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The place of the column, from 0.
    pub column: usize,
    /// Over how many columns; at least 1.
    pub across: usize,
    /// Over how many rows; at least 1.
    pub down: usize,
}

/// The places of every row, from left to right; together they fill the table, and no cell with words is covered.
pub fn places(table: &Table) -> Vec<Vec<Place>> {
    let columns = table.columns.len();
    let mut reaching: Vec<(usize, usize)> = vec![(0, 1); columns];
    let mut all = Vec::with_capacity(table.rows.len());
    for row in 0..table.rows.len() {
        let mut places = Vec::with_capacity(columns);
        let mut column = 0;
        while column < columns {
            let (left, across) = reaching[column];
            let place = if left > 0 {
                reaching[column].0 -= 1;
                Place::Beneath { column, across }
            } else {
                let reach = reach(table, row, column, &reaching);
                reaching[column] = (reach.down - 1, reach.across);
                Place::Cell(reach)
            };
            column += match place {
                Place::Cell(Reach { across, .. }) | Place::Beneath { across, .. } => across,
            };
            places.push(place);
        }
        all.push(places);
    }
    all
}

/// The cell at a place; an empty one where the row is short.
pub fn cell(table: &Table, row: usize, column: usize) -> Option<&Cell> {
    table.rows.get(row)?.cells.get(column)
}

fn is_free(table: &Table, row: usize, column: usize) -> bool {
    cell(table, row, column).is_none_or(|cell| cell.text.is_empty())
}

fn reach(table: &Table, row: usize, column: usize, reaching: &[(usize, usize)]) -> Reach {
    let (right, below) = cell(table, row, column).map_or((0, 0), |cell| (cell.across.into(), cell.down.into()));
    let free = |at: &usize| *at < table.columns.len() && reaching[*at].0 == 0 && is_free(table, row, *at);
    let across = 1 + (column + 1..).take(right).take_while(free).count();
    let free = |at: &usize| *at < table.rows.len() && (column..column + across).all(|c| is_free(table, *at, c));
    let down = 1 + (row + 1..).take(below).take_while(free).count();
    Reach { column, across, down }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use kaikaku_document::{Column, Row, Type};

    fn any_table() -> impl Strategy<Value = Table> {
        let cell = (prop::bool::weighted(0.4), 0u16..4, 0u16..4)
            .prop_map(|(filled, across, down)| Cell::text(if filled { "語" } else { "" }).merged(across, down));
        prop::collection::vec(prop::collection::vec(cell, 4), 1..7).prop_map(|rows| Table {
            columns: (0..4).map(|_| Column::new("column", "列", Type::Text)).collect(),
            rows: rows.into_iter().map(Row::new).collect(),
            ..Table::default()
        })
    }

    #[test]
    fn a_policy_reaches_over_its_measures() {
        let row = |cells: [Cell; 2]| Row::new(cells.into());
        let rows = vec![
            row([Cell::text("基本方針1").merged(0, 1), Cell::text("施策1-1")]),
            row([Cell::text(""), Cell::text("施策1-2")]),
            row([Cell::text("計").merged(1, 0), Cell::text("")]),
        ];
        let table = Table {
            columns: vec![Column::new("one", "一", Type::Text), Column::new("two", "二", Type::Text)],
            rows,
            ..Table::default()
        };
        let at = |column, across, down| Place::Cell(Reach { column, across, down });
        let beneath = Place::Beneath { column: 0, across: 1 };
        assert_eq!(places(&table), [vec![at(0, 1, 2), at(1, 1, 1)], vec![beneath, at(1, 1, 1)], vec![at(0, 2, 1)]]);
    }

    proptest! {
        #[test]
        fn every_place_is_taken_once_and_no_word_is_covered(table in any_table()) {
            let mut taken = vec![vec![0; 4]; table.rows.len()];
            for (row, places) in places(&table).iter().enumerate() {
                for place in places {
                    let Place::Cell(Reach { column, across, down }) = *place else { continue };
                    for (r, c) in (row..row + down).flat_map(|r| (column..column + across).map(move |c| (r, c))) {
                        taken[r][c] += 1;
                        prop_assert!((r, c) == (row, column) || is_free(&table, r, c));
                    }
                }
            }
            prop_assert!(taken.iter().flatten().all(|times| *times == 1), "{:?}", taken);
        }
    }
}
