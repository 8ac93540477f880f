//! The generated pages of `docs/{en,ja}/reference/` say what the program says, and what it writes for programs is what
//! the schemas in `docs/reference/schema/` say. `KAIKAKU_BLESS=1 cargo test --test docs reference` writes the pages
//! anew.

mod commands;
mod dataset;
pub mod files;
mod findings;
mod json;
mod outputs;
mod page;
mod validate;
