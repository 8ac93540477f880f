//! A parsed file: which of its values are tables, which are blocks, and which bytes they take.

use std::ops::Range;

use crate::tree::{Array, Memory, Node, Said, Table};

/// What a value of a file is made of.
#[derive(Clone, Copy)]
pub enum Shape<'a> {
    /// Keys.
    Table(Table<'a>),
    /// Tables one after the other, each under a header of its own or within brackets.
    Blocks(Array<'a>),
    /// A value that has no keys in it.
    Value,
}

/// What a value is made of.
pub fn shape(node: Node<'_>) -> Shape<'_> {
    match node.says() {
        Said::Table(table) => Shape::Table(table),
        Said::Array(array) if array.iter().any(Node::is_table) => Shape::Blocks(array),
        _ => Shape::Value,
    }
}

/// The table of the block that is the `place`th under `[[header]]`, from 0.
pub fn block<'a>(file: Table<'a>, header: &str, place: usize) -> Option<Table<'a>> {
    let Shape::Blocks(blocks) = shape(file.get(header)?) else { return None };
    let Shape::Table(table) = shape(blocks.iter().nth(place)?) else { return None };
    Some(table)
}

/// The bytes of the value of a key, in the table under the header nearest above a byte of the text.
pub fn value_at(text: &str, offset: usize, key: &str) -> Option<Range<usize>> {
    values_at(text, [(offset, key)]).pop().flatten()
}

/// The same of many bytes and keys of one text, which is parsed once for all of them.
pub fn values_at<'k>(text: &str, wanted: impl IntoIterator<Item = (usize, &'k str)>) -> Vec<Option<Range<usize>>> {
    let plain = text.trim_start_matches('\u{feff}');
    let cut = text.len() - plain.len();
    let mut memory = Memory::default();
    let mut headed = Vec::new();
    if let Some(file) = memory.parse(plain) {
        headed.push((0, file));
        collect_headed(plain, file, &mut headed);
        headed.sort_by_key(|(start, _)| *start);
    }
    let value = |(offset, key): (usize, &str)| {
        let above = headed.partition_point(|(start, _)| *start <= offset.saturating_sub(cut));
        let (_, table) = headed[..above].last()?;
        let span = table.get(key)?.span();
        Some(span.start + cut..span.end + cut)
    };
    wanted.into_iter().map(value).collect()
}

/// Adds the tables within one that stand under a header of their own, each with where that begins.
fn collect_headed<'a>(text: &str, table: Table<'a>, found: &mut Vec<(usize, Table<'a>)>) {
    for (_, node) in table.iter() {
        let nodes = match node.says() {
            Said::Array(items) => items.iter().collect(),
            _ => vec![node],
        };
        for node in nodes {
            let Some(inner) = node.as_table() else { continue };
            if text.get(node.span().start..).is_some_and(|rest| rest.starts_with('[')) {
                found.push((node.span().start, inner));
            }
            collect_headed(text, inner, found);
        }
    }
}

/// The bytes from the first to the last of a value and of all in it: the span of a table with a header is the header only.
pub fn extent(node: Node<'_>) -> Range<usize> {
    let inner: Vec<Range<usize>> = match node.says() {
        Said::Table(table) => table.iter().map(|(_, node)| extent(node)).collect(),
        Said::Array(items) => items.iter().map(extent).collect(),
        _ => Vec::new(),
    };
    let widen = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
    inner.into_iter().fold(node.span(), widen)
}
