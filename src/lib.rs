//! # kaikaku (改革)

pub mod cli;
pub mod commands;
pub mod console;
pub mod failure;
pub mod finding;
pub mod lang;
pub mod plan;
pub mod query;
pub mod render;
pub mod report;
pub mod source;
pub mod store;
pub mod usage;
