//! One [`Document`](crate::report::document::Document), many formats; each knows the document and nothing of the plan.

pub mod csv;
pub mod delta;
pub mod md;
pub mod safe;
mod scale;
pub mod svg;
pub mod text;
pub mod width;
