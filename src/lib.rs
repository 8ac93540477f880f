//! # kaikaku (改革)

pub mod lang;
pub mod plan;
pub mod render;
pub mod report;
