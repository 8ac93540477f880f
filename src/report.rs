//! Answers laid out as a [`Document`](document::Document): sections, tables, trees.

pub mod document;
