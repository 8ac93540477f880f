//! A table as CSV: a line of names, then one value a cell, in UTF-8 as engines expect it. What is absent is empty.

use super::column::Datum;
use super::tables::{Table, refuse_long};
use crate::failure::Failure;

/// The bytes of a table.
///
/// # Errors
/// When a number has more digits than a column.
pub fn write(table: &Table<'_>) -> Result<Vec<u8>, Failure> {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    let columns = &table.head.columns;
    // Into memory nothing can fail.
    let mut put = |cells: &[Vec<u8>]| drop(writer.write_record(cells));
    put(&columns.iter().map(|column| column.name.as_bytes().to_vec()).collect::<Vec<_>>());
    for row in 0..table.len() {
        let cells = columns.iter().enumerate().map(|(at, column)| {
            Ok(match table.datum(row, at) {
                Datum::Null => Vec::new(),
                Datum::Text(text) => text.into_owned().into_bytes(),
                Datum::Integer(number) => number.to_string().into_bytes(),
                Datum::Decimal(number) => refuse_long(table, column, row, number)?.to_string().into_bytes(),
                Datum::Boolean(is) => is.to_string().into_bytes(),
                Datum::Date(day) => day.to_string().into_bytes(),
            })
        });
        put(&cells.collect::<Result<Vec<_>, Failure>>()?);
    }
    Ok(writer.into_inner().unwrap_or_default())
}
