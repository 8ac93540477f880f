//! Papers as an office hands them out: Word, Excel, HTML, Markdown from one document.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

#[path = "../support/mod.rs"]
mod support;

mod files;
mod golden;
mod hostile;
mod numbers;
mod office;
mod parts;
mod sample;
mod word;
