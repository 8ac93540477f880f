//! The blocks that a plan's files are made of: one file for each kind, which says how a block of it is written.
//!
//! The room is pure and stands below whatever touches records: `commands` and `inquiry` write through it, `source` reads
//! what it wrote. [`block`] is the text of a block in the making, [`written`] what a block says that another one corrects,
//! and [`walk`] the walk over the text of a file that leaves every byte in its place.

pub mod block;
pub mod closing;
pub mod inquiry;
pub mod measure;
pub mod record;
pub mod update;
pub mod walk;
pub mod written;

/// The version of the file format.
pub const SCHEMA: u64 = 1;
