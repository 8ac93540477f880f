//! What a renumbering changes in the text of one file: keys, references, and `formerly`.

use std::ops::Range;

use super::Ids;
use crate::ledger::walk::{Kind, Piece, pieces};
use crate::plan::id::Id;

/// One change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Range<usize>,
    /// What stands there instead.
    pub new: String,
}

/// Keys under an id whose texts name other ids, in the outline and in the indicators.
const REFERENCES: [&[&str]; 3] = [&["parent"], &["entry"], &["initiative", "also"]];

/// The changes of the text of `themes.toml`, in order. Its keys name themes, and stay.
pub fn in_themes(text: &str, ids: &Ids) -> Vec<Edit> {
    let pieces = pieces(text);
    let of = pieces.iter().filter(|piece| piece.path.get(1..).is_some_and(|path| path == ["of"]));
    let named = of.filter_map(|piece| if let Kind::Text(named) = &piece.kind { Some((piece, named)) } else { None });
    named.filter_map(|(piece, named)| replaced(text, piece, named, ids)).collect()
}

/// The changes of the text of an outline or indicators file, in order.
pub fn edits(text: &str, ids: &Ids) -> Vec<Edit> {
    let pieces = pieces(text);
    let mut edits: Vec<Edit> = pieces.iter().filter_map(|piece| renamed(text, piece, ids)).collect();
    for (old, new) in ids {
        let own: Vec<&Piece> = pieces.iter().filter(|p| p.path.first().is_some_and(|key| is(key, old))).collect();
        edits.extend(formerly(text, &own, old, new));
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

/// `text` with its edits.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let (mut new, mut at) = (String::with_capacity(text.len() + 64), 0);
    for edit in edits {
        new.push_str(&text[at..edit.span.start]);
        new.push_str(&edit.new);
        at = edit.span.end;
    }
    new.push_str(&text[at..]);
    new
}

fn is(text: &str, id: &Id) -> bool {
    Id::parse(text).is_ok_and(|parsed| parsed == *id)
}

/// A key that is an id, or a text that refers to one.
fn renamed(text: &str, piece: &Piece, ids: &Ids) -> Option<Edit> {
    let named = match &piece.kind {
        Kind::Key if piece.path.len() == 1 => piece.path.first(),
        Kind::Text(named) if REFERENCES.iter().any(|keys| piece.path.get(1..).is_some_and(|path| path == *keys)) => {
            Some(named)
        }
        _ => None,
    };
    replaced(text, piece, named?, ids)
}

/// The new id in the place of the one that a piece names.
fn replaced(text: &str, piece: &Piece, named: &str, ids: &Ids) -> Option<Edit> {
    let new = ids.get(&Id::parse(named).ok()?)?;
    Some(Edit { span: piece.span.clone(), new: quoted_alike(&text[piece.span.clone()], new) })
}

/// An id in the quotes that stand there now.
fn quoted_alike(now: &str, id: &Id) -> String {
    match now.chars().next().filter(|c| ['"', '\''].contains(c)) {
        Some(quote) => format!("{quote}{id}{quote}"),
        None => id.to_string(),
    }
}

/// Writes `old` into `formerly` of the table that `own` are the pieces of; where `new` stood there, in its place.
fn formerly(text: &str, own: &[&Piece], old: &Id, new: &Id) -> Option<Edit> {
    let of = |key: &'static str| own.iter().filter(move |p| p.path.len() == 2 && p.path[1] == key);
    let is_text = |piece: &&&Piece| matches!(piece.kind, Kind::Text(_));
    let texts: Vec<&&Piece> = of("formerly").filter(is_text).collect();
    let back = texts.iter().find(|piece| matches!(&piece.kind, Kind::Text(text) if is(text, new)));
    if let Some(back) = back {
        return Some(Edit { span: back.span.clone(), new: quoted_alike(&text[back.span.clone()], old) });
    }
    let array = of("formerly").find(|piece| piece.kind == Kind::Array);
    match (array, texts.last()) {
        (Some(_), Some(last)) => Some(insertion(last.span.end, format!(", \"{old}\""))),
        (Some(array), None) => Some(insertion(array.span.end, format!("\"{old}\""))),
        (None, Some(only)) => {
            Some(Edit { span: only.span.clone(), new: format!("[{}, \"{old}\"]", &text[only.span.clone()]) })
        }
        (None, None) => {
            let key = of("name").find(|piece| piece.kind == Kind::Key)?;
            let name = of("name").find(is_text)?;
            Some(new_key(text, key, name, old, new))
        }
    }
}

fn insertion(at: usize, new: String) -> Edit {
    Edit { span: at..at, new }
}

/// `formerly = ["old"]` behind the name, written as the name is: in its table, under its prefix, padded alike.
fn new_key(text: &str, key: &Piece, name: &Piece, old: &Id, new: &Id) -> Edit {
    if key.inline {
        return insertion(name.span.end, format!(", formerly = [\"{old}\"]"));
    }
    let indent = &text[text[..key.begins].rfind('\n').map_or(0, |at| at + 1)..key.begins];
    let indent = if indent.trim_start_matches('\u{feff}').trim().is_empty() { indent } else { "" };
    let prefix = if key.begins == key.span.start { String::new() } else { format!("{new}.") };
    let padded = text[key.span.start..].find('=').unwrap_or(0).max("formerly ".len());
    let rest = &text[name.span.end..];
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = format!("{}{prefix}{:<padded$}= [\"{old}\"]", indent.trim_start_matches('\u{feff}'), "formerly");
    match rest.find('\n') {
        Some(end) => insertion(name.span.end + end + 1, format!("{line}{newline}")),
        None => insertion(text.len(), format!("{newline}{line}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn moved(text: &str) -> String {
        let ids = [("1-2", "1-5"), ("1-2-1", "1-5-1")].map(|(old, new)| (id(old), id(new))).into();
        apply(text, &edits(text, &ids))
    }

    #[test]
    fn what_belongs_to_a_theme_stays_in_it() {
        let ids = [("1-2", "1-5"), ("1-2-1", "1-5-1")].map(|(old, new)| (id(old), id(new))).into();
        for (before, after) in [
            (
                "[1-2] # 1-2\nname = \"1-2\"\nof = [ '1-2', \"1-2-1\", \"1-20\" ] # 1-2\n",
                "[1-2] # 1-2\nname = \"1-2\"\nof = [ '1-5', \"1-5-1\", \"1-20\" ] # 1-2\n",
            ),
            ("ease.of = \"１－２\"\r\n", "ease.of = \"1-5\"\r\n"),
            ("ease = { framework = \"1-2\", of = [\"1-2\"] }", "ease = { framework = \"1-2\", of = [\"1-5\"] }"),
            ("[ease]\nof = [\n  \"1-2\", # x\n  \"3\",\n]\n", "[ease]\nof = [\n  \"1-5\", # x\n  \"3\",\n]\n"),
        ] {
            assert_eq!(apply(before, &in_themes(before, &ids)), after);
        }
    }

    #[test]
    fn what_names_the_id_follows_and_nothing_else_changes() {
        for (before, after) in [
            ("[1-2]\nname = \"a\" # x\n\n[1-20]\n", "[1-5]\nname = \"a\" # x\nformerly = [\"1-2\"]\n\n[1-20]\n"),
            (
                "[ \"1-2\" ]\r\nname     = \"a\"\r\n[[1-2.initiative]]\r\n",
                "[ \"1-5\" ]\r\nname     = \"a\"\r\nformerly = [\"1-2\"]\r\n[[1-5.initiative]]\r\n",
            ),
            ("[1-2]\nname      = \"a\"", "[1-5]\nname      = \"a\"\nformerly  = [\"1-2\"]"),
            (
                "1-2.name = \"a\"\n1-2.note = \"1-2\"\n",
                "1-5.name = \"a\"\n1-5.formerly = [\"1-2\"]\n1-5.note = \"1-2\"\n",
            ),
            ("1-2 = { name = \"a\", parent = '1' }\n", "1-5 = { name = \"a\", formerly = [\"1-2\"], parent = '1' }\n"),
            ("[1-2]\nname = \"a\"\nformerly = \"x\"\n", "[1-5]\nname = \"a\"\nformerly = [\"x\", \"1-2\"]\n"),
            ("[1-2]\nname = \"a\"\nformerly = []\n", "[1-5]\nname = \"a\"\nformerly = [\"1-2\"]\n"),
            (
                "[1-2]\nname = \"a\"\nformerly = [\n  \"x\", # y\n]\n",
                "[1-5]\nname = \"a\"\nformerly = [\n  \"x\", \"1-2\", # y\n]\n",
            ),
            ("[1-2]\nname = \"a\"\nformerly = ['1-5', 'x']\n", "[1-5]\nname = \"a\"\nformerly = ['1-2', 'x']\n"),
            ("[\"１－２\"]\nname = \"\"\"\n1-2\"\"\"\n", "[\"1-5\"]\nname = \"\"\"\n1-2\"\"\"\nformerly = [\"1-2\"]\n"),
            ("[x]\nparent = \"1-2\"\nentry = ['1-2-1', '1-2']\n", "[x]\nparent = \"1-5\"\nentry = ['1-5-1', '1-5']\n"),
            ("[x]\nnote = \"1-2\"\nname = '1-2'\n", "[x]\nnote = \"1-2\"\nname = '1-2'\n"),
            ("[[x.initiative]]\nalso = [\"1-2\"]\n", "[[x.initiative]]\nalso = [\"1-5\"]\n"),
        ] {
            assert_eq!(moved(before), after);
        }
    }
}
