//! Pure answers about a plan: no clock, no files, no words.

pub mod asof;
pub mod calendar;
pub mod due;
pub mod effects;
pub mod explain;
pub mod gap;
pub mod handover;
pub mod history;
pub mod opinion;
pub mod public;
pub mod published;
pub mod questions;
pub mod recomputed;
pub mod road;
pub mod rollover;
mod scope;
pub mod status;
pub mod summary;
pub mod sums;
pub mod totals;
pub mod verdicts;
pub mod verifying;

pub use asof::AsOf;
pub use scope::{Scope, answering};
