//! One [`Document`](kaikaku_document::Document), many formats; each knows the document and nothing of the plan.

mod columns;
pub mod csv;
pub mod delta;
pub mod docx;
mod grid;
pub mod html;
pub mod ics;
#[cfg(test)]
mod links;
mod markup;
pub mod md;
mod palette;
mod picture;
mod png;
mod scale;
pub mod site;
pub mod svg;
pub mod text;
pub mod xlsx;
