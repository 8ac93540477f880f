//! A table as lines of JSON: one object a row, exact numbers, `null` for what is absent.

use serde_json::{Map, Number, Value as Json};

use super::column::Datum;
use super::tables::{Table, refuse_long};
use crate::failure::Failure;

/// The bytes of a table.
///
/// # Errors
/// When a number has more digits than a column.
pub fn write(table: &Table<'_>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    for row in 0..table.len() {
        let mut object = Map::new();
        for (at, column) in table.head.columns.iter().enumerate() {
            let value = match table.datum(row, at) {
                Datum::Null => Json::Null,
                Datum::Text(text) => text.into_owned().into(),
                Datum::Integer(number) => number.into(),
                Datum::Decimal(number) => exact(&refuse_long(table, column, row, number)?.to_string()),
                Datum::Boolean(is) => is.into(),
                Datum::Date(day) => day.to_string().into(),
            };
            object.insert(column.name.to_owned(), value);
        }
        bytes.extend_from_slice(Json::Object(object).to_string().as_bytes());
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn exact(digits: &str) -> Json {
    digits.parse::<Number>().map_or(Json::Null, Json::Number)
}
