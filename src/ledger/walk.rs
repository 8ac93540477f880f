//! The keys, texts and comments of a TOML file, each with the bytes it stands in: what an edit needs that leaves every
//! other byte alone. (A parsed table has forgotten the second and later headers of a name.)

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;
use toml_parser::parser::{Event, EventKind, parse_document};

/// One piece of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The keys that lead to it from the top of the file; of a key with itself as the last. Places in arrays are left out.
    pub path: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// The bytes it stands in, quotes included.
    pub span: Range<usize>,
    /// Where the statement `a.b = …` or the header begins that it is a part of.
    pub begins: usize,
    /// Whether it stands within an inline table or an array.
    pub inline: bool,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A key, in a header or before `=`.
    Key,
    /// A text, decoded.
    Text(String),
    /// The `[` of an array.
    Array,
}

/// What surrounds the place where the walk is.
enum Around {
    Array,
    /// An inline table, and the path that led to it.
    Table(Vec<String>),
}

/// The pieces of a file that has no syntax errors, in the order written.
pub fn pieces(text: &str) -> Vec<Piece> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::new();
    parse_document(&tokens, &mut events, &mut ());
    let mut walk = Walk { source, header: Vec::new(), path: Vec::new(), around: Vec::new(), fresh: true, begins: 0 };
    events.iter().filter_map(|event| walk.step(event)).collect()
}

/// Where the comments of a text are, whether or not it is TOML.
pub fn comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    let tokens = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    tokens.map(|token| token.span().start()..token.span().end())
}

struct Walk<'i> {
    source: Source<'i>,
    /// The table that the last header opened.
    header: Vec<String>,
    path: Vec<String>,
    around: Vec<Around>,
    /// Whether the next key begins a statement.
    fresh: bool,
    begins: usize,
}

impl Walk<'_> {
    fn step(&mut self, event: &Event) -> Option<Piece> {
        let span = event.span().start()..event.span().end();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                (self.header, self.path, self.fresh, self.begins) = (Vec::new(), Vec::new(), false, span.start);
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => self.header.clone_from(&self.path),
            EventKind::SimpleKey => {
                if std::mem::take(&mut self.fresh) {
                    self.path = self.base();
                    self.begins = span.start;
                }
                let mut key = Cow::Borrowed("");
                self.source.get(event)?.decode_key(&mut key, &mut ());
                self.path.push(key.into_owned());
                return Some(self.piece(Kind::Key, span));
            }
            EventKind::Scalar if event.encoding().is_some() => {
                let mut text = Cow::Borrowed("");
                let _ = self.source.get(event)?.decode_scalar(&mut text, &mut ());
                return Some(self.piece(Kind::Text(text.into_owned()), span));
            }
            EventKind::ArrayOpen => {
                let piece = self.piece(Kind::Array, span);
                self.around.push(Around::Array);
                return Some(piece);
            }
            EventKind::InlineTableOpen => {
                self.around.push(Around::Table(self.path.clone()));
                self.fresh = true;
            }
            EventKind::ArrayClose => drop(self.around.pop()),
            EventKind::InlineTableClose => {
                if let Some(Around::Table(path)) = self.around.pop() {
                    (self.path, self.fresh) = (path, false);
                }
            }
            EventKind::ValueSep => self.fresh = matches!(self.around.last(), Some(Around::Table(_))),
            EventKind::Newline => self.fresh |= self.around.is_empty(),
            _ => {}
        }
        None
    }

    fn base(&self) -> Vec<String> {
        let table = self.around.iter().rev().find_map(|around| match around {
            Around::Table(path) => Some(path),
            Around::Array => None,
        });
        table.unwrap_or(&self.header).clone()
    }

    fn piece(&self, kind: Kind, span: Range<usize>) -> Piece {
        Piece { path: self.path.clone(), kind, span, begins: self.begins, inline: !self.around.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_path_is_followed() {
        let text = "\u{feff}# 注 [x]\r\n[1-1]\r\nname = '甲' # [y]\r\nowner.id = \"a\"\r\n[[1-1.initiative]]\r\n\
                    also = [\r\n  \"1-2\", # b = \"c\"\r\n  \"1-3\",\r\n]\r\n[[\"1-1\".initiative]]\r\n\
                    milestone = [{ date = \"R6\", note = \"z\" }, { name = \"n\" }]\r\n";
        let found: Vec<String> = pieces(text)
            .into_iter()
            .map(|piece| {
                let what = match &piece.kind {
                    Kind::Key => "key".to_owned(),
                    Kind::Array => "array".to_owned(),
                    Kind::Text(text) => text.clone(),
                };
                format!(
                    "{} {what} {}{}",
                    piece.path.join("."),
                    &text[piece.span],
                    if piece.inline { " in" } else { "" }
                )
            })
            .collect();
        let expected = [
            "1-1 key 1-1",
            "1-1.name key name",
            "1-1.name 甲 '甲'",
            "1-1.owner key owner",
            "1-1.owner.id key id",
            "1-1.owner.id a \"a\"",
            "1-1 key 1-1",
            "1-1.initiative key initiative",
            "1-1.initiative.also key also",
            "1-1.initiative.also array [",
            "1-1.initiative.also 1-2 \"1-2\" in",
            "1-1.initiative.also 1-3 \"1-3\" in",
            "1-1 key \"1-1\"",
            "1-1.initiative key initiative",
            "1-1.initiative.milestone key milestone",
            "1-1.initiative.milestone array [",
            "1-1.initiative.milestone.date key date in",
            "1-1.initiative.milestone.date R6 \"R6\" in",
            "1-1.initiative.milestone.note key note in",
            "1-1.initiative.milestone.note z \"z\" in",
            "1-1.initiative.milestone.name key name in",
            "1-1.initiative.milestone.name n \"n\" in",
        ];
        assert_eq!(found, expected);
    }
}
