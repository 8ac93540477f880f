//! Open data: a plan as tables that programs read, with what tells what is in them.
//!
//! Every table is long (one observation a row), has ASCII names of fields, its units in a column, codes for what is chosen
//! from a list, Western years beside Japanese ones, and says whose it is. [`tables`] makes them; the files around them
//! (data package, catalogues, a page for people) follow from the same fields.

mod catalogue;
mod code;
mod field;
mod files;
mod licence;
mod package;
mod readme;
mod tables;

pub use code::{CODE_LISTS, Code, name_of};
pub use field::{Field, Kind, OpenTable, OpenValue};
pub use files::{DESCRIPTIONS, TableFile, TableFormat, Wanted, bytes, describe, files};
pub use licence::Licence;
pub use tables::tables;

use crate::lang::Say;
use crate::say;

/// The version of the layout of the tables: which there are, and which fields they have.
pub const LAYOUT: &str = "1.0";

/// What changed in the layout, the first version first. Whoever adds, renames or drops a table or field writes it here.
pub fn layout_changes() -> Vec<(&'static str, Say)> {
    vec![(LAYOUT, say!("最初の版", "the first version"))]
}
