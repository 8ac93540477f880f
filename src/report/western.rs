//! Western years beside Japanese ones, for machines that know no 令和.

use rust_decimal::Decimal;

use crate::document::{Cell, Column, Table};
use crate::lang::Lang;
use crate::plan::period::{Parsed, Period};

/// The table with a column of Western fiscal years behind each column of Japanese periods.
pub fn beside(table: Table, lang: Lang) -> Table {
    let years: Vec<Option<Vec<Option<i32>>>> = (0..table.columns.len()).map(|at| years(&table, at)).collect();
    let Table { columns, rows, .. } = table;
    let mut wider = Table { rows, ..Table::default() };
    for (column, years) in columns.iter().zip(&years) {
        wider.columns.push(column.clone());
        if years.is_some() {
            let title = &column.title;
            wider.columns.push(Column::right(crate::tr!(lang, "{title}（西暦年度）", "{title} (fiscal year)")));
        }
    }
    for (at, row) in wider.rows.iter_mut().enumerate() {
        let mut cells = std::mem::take(&mut row.cells);
        cells.resize_with(columns.len(), Cell::default);
        for (cell, years) in cells.into_iter().zip(&years) {
            row.cells.push(cell);
            if let Some(years) = years {
                row.cells.push(
                    years[at].map_or_else(Cell::default, |year| Cell::number(Decimal::from(year), year.to_string())),
                );
            }
        }
    }
    wider
}

/// The Western year of every row; `None` where the column tells of something else, or of nothing.
fn years(table: &Table, column: usize) -> Option<Vec<Option<i32>>> {
    let texts = table.rows.iter().map(|row| row.cells.get(column).map_or("", |cell| &*cell.text));
    let years = texts.map(|text| if text.is_empty() { Some(None) } else { Some(Some(year(text)?)) });
    let years: Vec<Option<i32>> = years.collect::<Option<_>>()?;
    years.iter().any(Option::is_some).then_some(years)
}

/// The fiscal year of a period in Japanese years ("R7Q2"); an id such as "1-1" or a Western day is none.
fn year(text: &str) -> Option<i32> {
    let is_japanese = text.starts_with(['R', 'H', 'S']) && text[1..].starts_with(|c: char| c.is_ascii_digit());
    match Period::parse(text) {
        Ok(Parsed { period, .. }) if is_japanese => Some(period.fiscal_year().western()),
        _ => None,
    }
}
