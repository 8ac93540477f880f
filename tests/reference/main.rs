//! The generated pages of `docs/{en,ja}/reference/` say what the program says, and what it writes for programs is what
//! the schemas in `docs/reference/schema/` say. `KAIKAKU_BLESS=1 cargo test --test reference` writes the pages anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

mod commands;
mod findings;
mod json;
mod outputs;
mod page;
#[path = "../support/mod.rs"]
mod support;
mod validate;
