//! A table as Parquet: typed columns, packed by zstd; those that questions choose rows by have their least and largest value, so
//! that an engine reads only what it asks for. The same table gives the same bytes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, TypePtr};

use super::VERSION;
use super::column::{Column, Datum, Kind, unscaled};
use super::tables::{Head, Table, catalogue, refuse_long};
use crate::failure::Failure;
use crate::say;

/// How many rows stand together: an engine passes over those of which the least and largest value say that it need not look.
const GROUP: usize = 65_536;

/// How hard zstd tries: tables are small, and written once for being read often.
const LEVEL: i32 = 9;

/// From how many rows on a column has a dictionary. Of a few rows, which most tables of a small city have, it would be larger than
/// what it saves.
const MANY: usize = 1024;

/// Columns that say the same in every row of a plan.
const SAME: [&str; 5] = ["city_code", "plan_id", "revision", "commit", "as_of"];

/// The bytes of a table.
///
/// # Errors
/// When a number has more digits than a column.
pub fn write(table: &Table<'_>) -> Result<Vec<u8>, Failure> {
    let broken = |error: ParquetError| {
        Failure::plain(say!(
            "表 {} を Parquet にできません：{error}",
            "cannot write the table {} as Parquet: {error}",
            table.head.name
        ))
    };
    let schema = schema(&table.head).map_err(broken)?;
    let properties = Arc::new(properties(&table.head, table.len()).map_err(broken)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).map_err(broken)?;
    let mut from = 0;
    while from < table.len() {
        let rows = from..table.len().min(from + GROUP);
        from = rows.end;
        let mut group = writer.next_row_group().map_err(broken)?;
        for (at, column) in table.head.columns.iter().enumerate() {
            let values = Values::new(table, at, column, rows.clone())?;
            if let Some(mut writer) = group.next_column().map_err(broken)? {
                values.write(&mut writer).map_err(broken)?;
                writer.close().map_err(broken)?;
            }
        }
        group.close().map_err(broken)?;
    }
    writer.into_inner().map_err(broken)
}

/// The schemas of the tables, which are the same for every plan.
static SCHEMAS: LazyLock<HashMap<&'static str, TypePtr>> = LazyLock::new(|| {
    let schema = |head: Head| Some((head.name, Arc::new(parse_message_type(&message(&head)).ok()?)));
    catalogue().into_iter().filter_map(schema).collect()
});

fn schema(head: &Head) -> Result<TypePtr, ParquetError> {
    let known = SCHEMAS.get(head.name).cloned();
    known.map_or_else(|| parse_message_type(&message(head)).map(Arc::new), Ok)
}

/// The schema, as Parquet writes schemas.
fn message(head: &Head) -> String {
    let field = |column: &Column| {
        let name = column.name;
        let presence = if column.is_required { "required" } else { "optional" };
        match column.kind {
            Kind::Text | Kind::Code => format!("{presence} binary {name} (STRING);"),
            Kind::Integer => format!("{presence} int32 {name};"),
            Kind::Decimal => format!("{presence} fixed_len_byte_array(16) {name} (DECIMAL(38,10));"),
            Kind::Boolean => format!("{presence} boolean {name};"),
            Kind::Date => format!("{presence} int32 {name} (DATE);"),
        }
    };
    let fields: Vec<String> = head.columns.iter().map(field).collect();
    format!("message {} {{ {} }}", head.name, fields.join(" "))
}

fn properties(head: &Head, rows: usize) -> Result<WriterProperties, ParquetError> {
    let place = |name: &&str| head.columns.iter().position(|column| column.name == *name);
    // By texts alone: of the rest of the key Parquet orders some otherwise than the rows are.
    let sorted = head.key.iter().take(1).filter_map(place).filter_map(|at| i32::try_from(at).ok());
    let sorted: Vec<SortingColumn> =
        sorted.map(|column_idx| SortingColumn { column_idx, descending: false, nulls_first: false }).collect();
    let mut builder = WriterProperties::builder()
        .set_created_by(format!("kaikaku {} (dataset {VERSION})", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_dictionary_enabled(rows >= MANY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_sorting_columns((!sorted.is_empty()).then_some(sorted));
    for column in &head.columns {
        let path = ColumnPath::from(column.name);
        if prunes(head, column) {
            builder = builder.set_column_statistics_enabled(path.clone(), EnabledStatistics::Chunk);
        }
        if SAME.contains(&column.name) {
            builder = builder.set_column_dictionary_enabled(path, false);
        } else if column.name == "line" {
            builder = builder.set_column_dictionary_enabled(path.clone(), false);
            builder = builder.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
    }
    Ok(builder.build())
}

/// Whether a question may pass over rows by the least and largest value of a column: a key, a day, a year, a word of the program.
/// Of amounts and of long texts they would only take room.
fn prunes(head: &Head, column: &Column) -> bool {
    let is_key = head.key.contains(&column.name) || SAME[..2].contains(&column.name);
    is_key || matches!(column.kind, Kind::Date | Kind::Code | Kind::Boolean) || column.name == "fiscal_year"
}

/// The values of a column in a group of rows, and in which of the rows there are any.
struct Values {
    present: Option<Vec<i16>>,
    typed: Typed,
}

enum Typed {
    Text(Vec<ByteArray>),
    Integer(Vec<i32>),
    Decimal(Vec<FixedLenByteArray>),
    Boolean(Vec<bool>),
}

impl Values {
    fn new(table: &Table<'_>, at: usize, column: &Column, rows: Range<usize>) -> Result<Self, Failure> {
        if SAME.contains(&column.name) && rows.len() > 1 {
            let one = Self::new(table, at, column, rows.start..rows.start + 1)?;
            return Ok(one.repeated(rows.len()));
        }
        let mut present = Vec::with_capacity(rows.len());
        // One piece of memory for all texts of the column.
        let (mut bytes, mut ends, mut integers, mut booleans) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let datum = table.datum(row, at);
            present.push(i16::from(datum != Datum::Null));
            match datum {
                Datum::Null => {}
                Datum::Text(text) => bytes.extend_from_slice(text.as_bytes()),
                Datum::Integer(number) => integers.push(number),
                Datum::Decimal(number) => {
                    let number = unscaled(refuse_long(table, column, row, number)?).unwrap_or_default();
                    bytes.extend_from_slice(&number.to_be_bytes());
                }
                Datum::Boolean(is) => booleans.push(is),
                Datum::Date(day) => integers.push(days(day)),
            }
            if present.last() == Some(&1) {
                ends.push(bytes.len());
            }
        }
        let whole = ByteArray::from(bytes);
        let slices = || {
            let starts = std::iter::once(0).chain(ends.iter().copied());
            starts.zip(&ends).map(|(from, to)| whole.slice(from, to - from))
        };
        let typed = match column.kind {
            Kind::Text | Kind::Code => Typed::Text(slices().collect()),
            Kind::Decimal => Typed::Decimal(slices().map(FixedLenByteArray::from).collect()),
            Kind::Integer | Kind::Date => Typed::Integer(integers),
            Kind::Boolean => Typed::Boolean(booleans),
        };
        Ok(Self { present: (!column.is_required).then_some(present), typed })
    }

    /// One row, so many times.
    fn repeated(self, times: usize) -> Self {
        fn all<T: Clone>(one: &[T], times: usize) -> Vec<T> {
            one.iter().flat_map(|value| std::iter::repeat_n(value.clone(), times)).collect()
        }
        let typed = match self.typed {
            Typed::Text(one) => Typed::Text(all(&one, times)),
            Typed::Integer(one) => Typed::Integer(all(&one, times)),
            Typed::Decimal(one) => Typed::Decimal(all(&one, times)),
            Typed::Boolean(one) => Typed::Boolean(all(&one, times)),
        };
        Self { present: self.present.map(|one| all(&one, times)), typed }
    }

    fn write(&self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let present = self.present.as_deref();
        match (writer.untyped(), &self.typed) {
            (ColumnWriter::ByteArrayColumnWriter(writer), Typed::Text(all)) => writer.write_batch(all, present, None),
            (ColumnWriter::Int32ColumnWriter(writer), Typed::Integer(all)) => writer.write_batch(all, present, None),
            (ColumnWriter::BoolColumnWriter(writer), Typed::Boolean(all)) => writer.write_batch(all, present, None),
            (ColumnWriter::FixedLenByteArrayColumnWriter(writer), Typed::Decimal(all)) => {
                writer.write_batch(all, present, None)
            }
            _ => Err(ParquetError::General("the schema has another type than the column".to_owned())),
        }
        .map(drop)
    }
}

/// Days since 1970-01-01.
fn days(day: NaiveDate) -> i32 {
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    i32::try_from(days).unwrap_or(i32::MAX)
}
