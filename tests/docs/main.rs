//! The pages say what is true: their commands are run and their outputs compared, their links lead somewhere, and both
//! languages have the same. `KAIKAKU_BLESS=1 cargo test --test docs` writes the outputs anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

mod complete;
mod console;
mod links;
mod outputs;
mod pages;
mod pairs;
