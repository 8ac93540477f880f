//! How a file of TOML is laid out: lines, headers, brackets. What is added is written as its neighbours are.

use std::ops::Range;

use crate::ledger::split::with_comments;
use crate::ledger::walk::{Kind, comments, pieces};
use crate::renumber::edits::Edit;
use crate::tree::{Node, Said};

/// Whether a value is a table, or are tables, under a header of its own.
pub fn has_header(text: &str, node: Node<'_>) -> bool {
    let begins = |node: Node<'_>, with: &str| text[node.span().start..].starts_with(with);
    match node.says() {
        // A table that only its own tables make has no place of its own.
        Said::Table(table) => begins(node, "[") || table.iter().any(|(_, inner)| has_header(text, inner)),
        Said::Array(all) => all.iter().next().is_some_and(|first| first.is_table() && begins(first, "[[")),
        _ => false,
    }
}

/// Whether a comment stands in a piece of a file.
pub fn has_comment(piece: &str) -> bool {
    comments(piece).next().is_some()
}

/// A key with its value, beside which another one comes.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The bytes of the key.
    pub key: Range<usize>,
    /// The bytes of its value.
    pub value: Range<usize>,
    /// Whether the new one comes before it.
    pub before: bool,
}

fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line ends in which a byte stands, its line end included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn insertion(at: usize, new: String) -> Edit {
    Edit { span: at..at, new }
}

/// Whether the key at these bytes stands within braces.
fn is_inline(text: &str, key: &Range<usize>) -> bool {
    pieces(text).iter().any(|piece| piece.kind == Kind::Key && piece.span == *key && piece.inline)
}

/// `key = value` beside a key, written as that is: within the same braces, under the same prefix, padded alike.
pub fn beside(text: &str, anchor: Anchor, key: &str, value: &str) -> Edit {
    let Anchor { key: near, value: near_value, before } = anchor;
    if is_inline(text, &near) {
        return match before {
            true => insertion(near.start, format!("{key} = {value}, ")),
            false => insertion(near_value.end, format!(", {key} = {value}")),
        };
    }
    let start = line_start(text, near.start);
    let prefix = &text[start..near.start];
    let padded = text[near.end..].find('=').map_or(0, |at| near.len() + at).max(key.len() + 1);
    let line = format!("{prefix}{key:<padded$}= {value}");
    let newline = newline(text);
    if before {
        return insertion(start, format!("{line}{newline}"));
    }
    let end = line_end(text, near_value.end);
    if text[..end].ends_with('\n') {
        insertion(end, format!("{line}{newline}"))
    } else {
        insertion(end, format!("{newline}{line}"))
    }
}

/// `key = value` as the first one of a table that has no key of its own: the bytes are those of its header or braces.
pub fn first(text: &str, table: Range<usize>, key: &str, value: &str) -> Edit {
    if text[table.clone()].starts_with('{') {
        return Edit { span: table, new: format!("{{ {key} = {value} }}") };
    }
    let (end, newline) = (line_end(text, table.end), newline(text));
    if text[..end].ends_with('\n') {
        insertion(end, format!("{key} = {value}{newline}"))
    } else {
        insertion(end, format!("{newline}{key} = {value}"))
    }
}

/// Without a key and its value; `near` are the key with its value before it in the same table, and the one behind it.
pub fn without(text: &str, whole: Range<usize>, near: &[Option<Range<usize>>; 2]) -> Edit {
    let key = pieces(text).into_iter().find(|piece| piece.kind == Kind::Key && piece.span.start == whole.start);
    if key.is_some_and(|key| key.inline) {
        let span = match near {
            [Some(before), _] => before.end..whole.end,
            [None, Some(behind)] => whole.start..behind.start,
            [None, None] => whole,
        };
        return Edit { span, new: String::new() };
    }
    let start = line_start(text, whole.start);
    let end = line_end(text, whole.end);
    let rest = text[whole.end..end].trim();
    // A comment behind the value is not lost with it.
    if rest.starts_with('#') {
        let comment = whole.end + text[whole.end..end].find('#').unwrap_or(0);
        return Edit { span: start..comment, new: String::new() };
    }
    let is_last = end == text.len() && !text.ends_with('\n');
    // The last line has no line end to go with it: that of the line before goes.
    let start = if is_last { text[..start].trim_end_matches(['\r', '\n']).len() } else { start };
    Edit { span: start..end, new: String::new() }
}

/// More elements behind those of an array, which stand at these bytes.
pub fn appended(text: &str, array: Range<usize>, elements: &[Range<usize>], more: &[String]) -> Vec<Edit> {
    let Some(last) = elements.last() else {
        return vec![insertion(array.start + 1, more.join(", "))];
    };
    let start = line_start(text, last.start);
    let indent = &text[start..last.start];
    let stands_alone = start > array.start && indent.trim().is_empty();
    if !stands_alone {
        return vec![insertion(last.end, more.iter().map(|new| format!(", {new}")).collect())];
    }
    let newline = newline(text);
    let has_comma = text[last.end..array.end].trim_start().starts_with(',');
    let end = line_end(text, last.end).min(array.end - 1);
    let is_closed_here = !text[last.end..end].contains('\n');
    if is_closed_here {
        // The bracket closes on the same line.
        let new = more.iter().map(|new| format!(",{newline}{indent}{new}")).collect();
        return vec![insertion(last.end, new)];
    }
    let comma = if has_comma { "," } else { "" };
    let lines = more.iter().enumerate().map(|(at, new)| {
        let comma = if at + 1 < more.len() { "," } else { comma };
        format!("{indent}{new}{comma}{newline}")
    });
    let lines = insertion(end, lines.collect());
    if has_comma { vec![lines] } else { vec![insertion(last.end, ",".to_owned()), lines] }
}

/// A header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Where it begins.
    pub begins: usize,
    /// The keys in it.
    pub path: Vec<String>,
}

/// The headers of a file, in order.
pub fn heads(text: &str) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for piece in pieces(text) {
        if piece.kind != Kind::Key || piece.inline || !text[piece.begins..].starts_with('[') {
            continue;
        }
        match heads.last_mut().filter(|head| head.begins == piece.begins) {
            Some(head) => head.path = piece.path,
            None => heads.push(Head { begins: piece.begins, path: piece.path }),
        }
    }
    heads
}

/// A header as it is written, brackets included, without what stands behind it.
pub fn header<'t>(text: &'t str, head: &Head) -> &'t str {
    let line = text[head.begins..line_end(text, head.begins)].trim_end();
    let comment = comments(line).next().map_or(line.len(), |comment| comment.start);
    line[..comment].trim_end()
}

/// A block behind all that stands under a header, one blank line between.
pub fn behind(text: &str, heads: &[Head], at: usize, block: &str) -> Edit {
    let next = heads.get(at + 1).map_or(text.len(), |next| with_comments(text, next.begins));
    let body = text[..next].trim_end();
    let newline = newline(text);
    let end = line_end(text, body.len()).min(next.max(body.len()));
    let gap = if text[..end].ends_with('\n') { newline.to_owned() } else { newline.repeat(2) };
    let apart = if matches!(text[end..].chars().next(), None | Some('\r' | '\n')) { "" } else { newline };
    insertion(end, format!("{gap}{}{apart}", block.replace('\n', newline)))
}
