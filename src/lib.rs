//! # kaikaku (改革)
//!
//! Tracks a city's reform plan: where every 取組項目 stands, how far every 検証指標 is from its target.
//!
//! ```text
//!  plan/*.toml ──▶ source ──▶ plan ──▶ query ──▶ report ──▶ render ──▶ bytes
//! ```
//!
//! - [`source`] turns files into a [`Plan`](plan::Plan) and collects every [`Finding`](finding::Finding) on the way.
//! - [`plan`] is the checked model. It knows no files and no clock.
//! - [`query`] answers with plain values, [`diff`] compares two plans.
//! - [`report`] lays answers out as a [`Document`](document::Document), [`render`] writes it as bytes.
//! - [`commands`] has one page a command: load, ask, lay out, write.
//!
//! `docs/ARCHITECTURE.md` draws the house, `docs/STYLE.md` holds the terms: Japanese, English, type and key.

pub use kaikaku_document as document;
pub use kaikaku_render as render;
pub use kaikaku_text as text;
pub use kaikaku_text::{lang, say, tr};

pub mod audit;
pub mod commands;
pub mod console;
pub mod dataset;
pub mod define;
pub mod diff;
pub mod failure;
pub mod fields;
pub mod finding;
pub mod formats;
pub mod git;
pub mod inquiry;
pub mod keys;
pub mod ledger;
pub mod merge;
pub mod opendata;
pub mod plan;
pub mod publish;
pub mod query;
pub mod readable;
pub mod renumber;
pub mod report;
pub mod snapshot;
pub mod source;
pub mod store;
pub mod textconv;
pub mod threads;
pub mod tree;
pub mod verify;
pub mod wording;
pub mod workbook;
