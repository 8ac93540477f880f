//! What the fast parser reads: files in which nothing is left to doubt. It knows numbers only as bits, tables only with all
//! that is in them, and TOML 1.1, so that digits and headers come from the bytes of the text, and everything out of the
//! ordinary is left to the toml crate.

use std::ops::Range;

use toml::value::{Date, Datetime};
use toml_spanner::{Arena, ArrayStyle, DateTime, Item, Table, TableStyle};

use super::{Array, Number, Of, Said};

/// How deep a plain file goes. The toml crate goes deeper.
const DEEPEST: usize = 32;

/// The table of a file that the fast parser takes and in which everything is plain.
pub fn parse<'a>(text: &'a str, arena: &'a Arena) -> Option<Table<'a>> {
    let table = toml_spanner::parse(text, arena).ok()?.into_table();
    is_plain(&table, text, DEEPEST).then_some(table)
}

/// Whether both parsers are sure to see the same in a table.
fn is_plain(table: &Table<'_>, text: &str, depth: usize) -> bool {
    depth > 0
        && table.iter().all(|(key, item)| {
            // A header that comes after those within it moves the key to where it stands.
            let in_order = match item.as_table().map(Table::style) {
                Some(TableStyle::Header) => item.span().start < key.span.start,
                _ => true,
            };
            in_order && is_part(key.name, text) && is_plain_item(item, text, depth - 1)
        })
}

fn is_plain_item(item: &Item<'_>, text: &str, depth: usize) -> bool {
    let written = || text.get(item.span().range()).unwrap_or_default();
    match item.value() {
        toml_spanner::Value::String(own) => is_part(own, text) || !has_new_escapes(written()),
        toml_spanner::Value::Integer(_) => is_digits(unsigned(written())),
        toml_spanner::Value::Float(_) => {
            let digits = unsigned(written()).split_once('.');
            digits.is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest))
        }
        toml_spanner::Value::Boolean(_) => true,
        toml_spanner::Value::DateTime(when) => written().len() == "2025-10-03".len() && day(when).is_some(),
        toml_spanner::Value::Array(items) => depth > 0 && items.iter().all(|item| is_plain_item(item, text, depth - 1)),
        toml_spanner::Value::Table(table) => {
            let is_old = table.style() != TableStyle::Inline || !is_new_inline_table(written());
            is_old && is_plain(table, text, depth)
        }
    }
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix('-').unwrap_or(number)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text may have escapes that TOML 1.0 does not know.
fn has_new_escapes(written: &str) -> bool {
    written.contains("\\e") || written.contains("\\x")
}

/// Whether an inline table may be one that TOML 1.0 does not know: of several lines, or with a comma at its end.
fn is_new_inline_table(written: &str) -> bool {
    let inner = written.strip_suffix('}').unwrap_or(written);
    written.contains('\n') || inner.trim_end_matches([' ', '\t']).ends_with(',')
}

/// Whether a text stands in another one, at its place in memory.
pub fn is_part(part: &str, whole: &str) -> bool {
    part.is_empty() || whole.as_bytes().as_ptr_range().contains(&part.as_ptr())
}

fn day(when: &DateTime) -> Option<Datetime> {
    let date = when.date().filter(|_| when.time().is_none() && when.offset().is_none())?;
    let date = Date { year: date.year, month: date.month, day: date.day };
    Some(Datetime { date: Some(date), time: None, offset: None })
}

/// What a value of a plain file says.
pub fn says<'a>(item: &'a Item<'a>, text: &'a str) -> Said<'a> {
    let number = || Number { digits: text.get(item.span().range()).unwrap_or_default(), radix: 10 };
    match item.value() {
        toml_spanner::Value::String(text) => Said::String(text),
        toml_spanner::Value::Integer(_) => Said::Integer(number()),
        toml_spanner::Value::Float(_) => Said::Float(number()),
        toml_spanner::Value::Boolean(flag) => Said::Boolean(*flag),
        toml_spanner::Value::DateTime(when) => {
            Said::Datetime(day(when).unwrap_or(Datetime { date: None, time: None, offset: None }))
        }
        toml_spanner::Value::Array(items) => Said::Array(Array(Of::Plain(items.as_slice(), text))),
        toml_spanner::Value::Table(table) => Said::Table(super::Table(Of::Plain(table, text))),
    }
}

/// The bytes of a value of a plain file. To the fast parser a table with a header is all that stands under it.
pub fn span(item: &Item<'_>, text: &str) -> Range<usize> {
    let span = item.span().range();
    let has_header = match item.value() {
        toml_spanner::Value::Table(table) => table.style() == TableStyle::Header,
        toml_spanner::Value::Array(items) => items.style() == ArrayStyle::Header,
        _ => false,
    };
    if has_header { span.start..header_end(text, span.start) } else { span }
}

/// Where the header ends that begins at a place.
fn header_end(text: &str, start: usize) -> usize {
    let mut bytes = text.bytes().enumerate().skip(start);
    let mut quote = None;
    while let Some((at, byte)) = bytes.next() {
        match (quote, byte) {
            (None, b']') => return at + if text[start..].starts_with("[[") { 2 } else { 1 },
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(b'"'), b'\\') => drop(bytes.next()),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}
