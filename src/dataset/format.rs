//! In which formats tables are written.

#[cfg(feature = "parquet")]
use super::parquet;
use super::tables::Table;
use super::{csv, jsonl};
use crate::failure::Failure;
#[cfg(not(feature = "parquet"))]
use crate::say;

/// A format of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatasetFormat {
    /// Typed, in columns, packed.
    Parquet,
    /// One value a cell, without types.
    Csv,
    /// One object a line.
    Jsonl,
}

impl DatasetFormat {
    /// All of them, with their names, which are the endings of their files.
    pub const ALL: [(&str, Self); 3] = [("parquet", Self::Parquet), ("csv", Self::Csv), ("jsonl", Self::Jsonl)];

    /// Its name, and the ending of its files.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    /// Refuses a format that this program was built without.
    ///
    /// # Errors
    /// When it is Parquet, and the program has none.
    pub fn ready(self) -> Result<(), Failure> {
        #[cfg(not(feature = "parquet"))]
        if self == Self::Parquet {
            return Err(Failure::new(
                say!(
                    "このプログラムは、Parquet を書く部分を入れずに作られています",
                    "this program was built without what writes Parquet"
                ),
                say!(
                    "配布されているプログラムを使うか、cargo build --release --features parquet で作ってください。--format csv と --format jsonl は、このままで書けます",
                    "take the program that is handed out, or build it with `cargo build --release --features parquet`; --format csv and --format jsonl can be written as it is"
                ),
            ));
        }
        Ok(())
    }

    /// A table as the bytes of a file.
    ///
    /// # Errors
    /// When a number has more digits than a column, or the program has no such format.
    pub fn write(self, table: &Table<'_>) -> Result<Vec<u8>, Failure> {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::write(table),
            #[cfg(not(feature = "parquet"))]
            Self::Parquet => self.ready().map(|()| Vec::new()),
            Self::Csv => csv::write(table),
            Self::Jsonl => jsonl::write(table),
        }
    }
}
