//! The pages say what is true: their commands are run and their outputs compared, their links lead somewhere, both
//! languages have the same, and what is generated is what the program says. `KAIKAKU_BLESS=1 cargo test --test docs`
//! writes the outputs and the generated pages anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the pages use a part of it")]
mod support;

mod complete;
mod console;
mod format;
mod glossary;
mod links;
mod outputs;
mod pages;
mod pairs;
mod reference;
