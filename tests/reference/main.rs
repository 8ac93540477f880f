//! The generated pages of `docs/{en,ja}/reference/` say what the program says. `KAIKAKU_BLESS=1 cargo test --test
//! reference` writes them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

mod commands;
mod findings;
mod page;
