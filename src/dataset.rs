//! The whole model of a plan as a star schema: tables of typed columns, each row with where it comes from, as bytes that
//! engines read (Parquet, CSV, JSON lines). Which tables there are stands in [`tables`], their columns in its files; the
//! pages of the reference, the views and every format follow from the same columns.

pub mod column;
pub mod csv;
pub mod format;
pub mod jsonl;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod site;
pub mod stamp;
pub mod tables;
pub mod views;
pub mod words;

pub use column::{Column, Datum, Kind};
pub use format::DatasetFormat;
pub use site::{Key, Site};
pub use tables::{Table, all, catalogue};

/// The version of the tables. It changes with any change that makes a question give another answer, or none.
pub const VERSION: u32 = 1;

/// How many digits a number has behind the point: as many as JSON gives of a rate.
pub const SCALE: u32 = 10;
