//! Western years beside Japanese ones, for machines that know no 令和.

use crate::document::{Cell, Column, Table, Type};
use crate::lang::Lang;
use crate::plan::period::{Parsed, Period};

/// The table with a column of Western fiscal years behind each column of periods.
pub fn beside(table: Table, lang: Lang) -> Table {
    let Table { columns, rows, .. } = table;
    let is_period: Vec<bool> = columns.iter().map(|column| column.kind == Type::Period).collect();
    let mut wider = Table { rows, ..Table::default() };
    for column in columns {
        let western = (column.kind == Type::Period).then(|| fiscal_year(&column, lang));
        wider.columns.push(column);
        wider.columns.extend(western);
    }
    for row in &mut wider.rows {
        let mut cells = std::mem::take(&mut row.cells);
        cells.resize_with(is_period.len(), Cell::default);
        for (cell, is_period) in cells.into_iter().zip(&is_period) {
            let western = is_period.then(|| year(&cell.text));
            row.cells.push(cell);
            row.cells.extend(western);
        }
    }
    wider
}

/// The head of the column behind one of periods.
fn fiscal_year(period: &Column, lang: Lang) -> Column {
    let (key, title) = (format!("{}.fiscal_year", period.key), &period.title);
    Column::new(key, crate::tr!(lang, "{title}（西暦年度）", "{title} (fiscal year)"), Type::Integer)
}

/// The Western fiscal year of a period ("R7Q2"); nothing where there is none.
fn year(period: &str) -> Cell {
    let year = Period::parse(period).ok().map(|Parsed { period, .. }| period.fiscal_year().western());
    year.map_or_else(Cell::default, |year| Cell::number(year, year.to_string()))
}
