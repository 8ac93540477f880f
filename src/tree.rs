//! A TOML file as a tree with places. It is the one door to what parses: a fast parser reads what is plain, and whatever it
//! refuses or that is out of the ordinary is read by the toml crate, which alone says what is valid and what is wrong.

mod iter;
mod plain;

use std::borrow::Cow;
use std::ops::Range;

pub use iter::{Entries, Items};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;
use toml_spanner::{Arena, Item};

/// Where one parsed file is kept, beside its text.
#[derive(Default)]
pub struct Memory<'a> {
    arena: Arena,
    plain: Option<toml_spanner::Table<'a>>,
    whole: Option<DeTable<'a>>,
}

/// A value of a file.
#[derive(Clone, Copy)]
pub struct Node<'a>(Of<&'a Item<'a>, &'a Spanned<DeValue<'a>>, &'a str>);

/// A table of a file.
#[derive(Clone, Copy)]
pub struct Table<'a>(Of<&'a toml_spanner::Table<'a>, &'a DeTable<'a>, &'a str>);

/// An array of a file.
#[derive(Clone, Copy)]
pub struct Array<'a>(Of<&'a [Item<'a>], &'a [Spanned<DeValue<'a>>], &'a str>);

/// Who parsed it: the fast parser, which leaves the text to be looked into, or the toml crate.
#[derive(Clone, Copy)]
enum Of<P, W, T> {
    Plain(P, T),
    Whole(W),
}

/// A key of a file.
#[derive(Debug, Clone)]
pub struct Key<'a> {
    /// What it says.
    pub text: &'a str,
    /// The bytes it stands in.
    pub span: Range<usize>,
}

/// What a value says.
#[derive(Clone, Copy)]
pub enum Said<'a> {
    /// A text.
    String(&'a str),
    /// A whole number.
    Integer(Number<'a>),
    /// A number with a point or an exponent, or none at all.
    Float(Number<'a>),
    /// Yes or no.
    Boolean(bool),
    /// A day, a time, or both.
    Datetime(Datetime),
    /// Values one after the other.
    Array(Array<'a>),
    /// Keys with their values.
    Table(Table<'a>),
}

/// A number as it is written, less separators and a plus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'a> {
    /// Its digits, with sign, point and exponent.
    pub digits: &'a str,
    /// The base that they are of.
    pub radix: u32,
}

impl<'a> Memory<'a> {
    /// Parses a file as far as that can be done: its table, and what is wrong with it.
    pub fn parse_recoverable(&'a mut self, text: &'a str) -> (Table<'a>, Vec<toml::de::Error>) {
        let Self { arena, plain, whole } = self;
        match plain::parse(text, arena) {
            Some(table) => (Table(Of::Plain(plain.insert(table), text)), Vec::new()),
            None => parse_whole(text, whole),
        }
    }

    /// Parses a file that is TOML from its beginning to its end.
    pub fn parse(&'a mut self, text: &'a str) -> Option<Table<'a>> {
        let (table, errors) = self.parse_recoverable(text);
        errors.is_empty().then_some(table)
    }

    /// The table as the fast parser reads it, where nothing in the file is left to doubt.
    pub fn parse_plain(&'a mut self, text: &'a str) -> Option<Table<'a>> {
        let Self { arena, plain, .. } = self;
        let table = plain::parse(text, arena)?;
        Some(Table(Of::Plain(plain.insert(table), text)))
    }

    /// The table as the toml crate reads it, and what that says is wrong with it.
    pub fn parse_whole(&'a mut self, text: &'a str) -> (Table<'a>, Vec<toml::de::Error>) {
        parse_whole(text, &mut self.whole)
    }
}

fn parse_whole<'a>(text: &'a str, whole: &'a mut Option<DeTable<'a>>) -> (Table<'a>, Vec<toml::de::Error>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    (Table(Of::Whole(whole.insert(table.into_inner()))), errors)
}

impl<'a> Node<'a> {
    /// What it says.
    pub fn says(self) -> Said<'a> {
        match self.0 {
            Of::Plain(item, text) => plain::says(item, text),
            Of::Whole(node) => match node.get_ref() {
                DeValue::String(text) => Said::String(text),
                DeValue::Integer(number) => Said::Integer(Number { digits: number.as_str(), radix: number.radix() }),
                DeValue::Float(number) => Said::Float(Number { digits: number.as_str(), radix: 10 }),
                DeValue::Boolean(flag) => Said::Boolean(*flag),
                DeValue::Datetime(when) => Said::Datetime(*when),
                DeValue::Array(items) => Said::Array(Array(Of::Whole(items))),
                DeValue::Table(table) => Said::Table(Table(Of::Whole(table))),
            },
        }
    }

    /// The bytes it stands in; of a table under a header of its own those of the header.
    pub fn span(self) -> Range<usize> {
        match self.0 {
            Of::Plain(item, text) => plain::span(item, text),
            Of::Whole(node) => node.span(),
        }
    }

    /// The text that it is.
    pub fn as_str(self) -> Option<&'a str> {
        match self.says() {
            Said::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is a text that does not stand in the file as it is: there may be escapes in it.
    pub fn is_escaped(self) -> bool {
        match self.0 {
            Of::Plain(item, text) => item.as_str().is_some_and(|own| !plain::is_part(own, text)),
            Of::Whole(node) => matches!(node.get_ref(), DeValue::String(Cow::Owned(_))),
        }
    }

    /// The array that it is.
    pub fn as_array(self) -> Option<Array<'a>> {
        match self.says() {
            Said::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The table that it is.
    pub fn as_table(self) -> Option<Table<'a>> {
        match self.says() {
            Said::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Whether it is a table.
    pub fn is_table(self) -> bool {
        self.as_table().is_some()
    }

    /// Whether two are the same place of the same file.
    pub fn is(self, other: Self) -> bool {
        match (self.0, other.0) {
            (Of::Plain(a, _), Of::Plain(b, _)) => std::ptr::eq(a, b),
            (Of::Whole(a), Of::Whole(b)) => std::ptr::eq(a, b),
            _ => false,
        }
    }
}

impl<'a> Table<'a> {
    /// Its keys with their values, in the order written.
    pub fn iter(self) -> Entries<'a> {
        Entries::of(self.0)
    }

    /// A key with its value.
    pub fn entry(self, key: &str) -> Option<(Key<'a>, Node<'a>)> {
        match self.0 {
            Of::Plain(table, text) => table.get_key_value(key).map(|(key, item)| iter::plain_entry(key, item, text)),
            Of::Whole(table) => table.get_key_value(key).map(|(key, node)| iter::whole_entry(key, node)),
        }
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|(_, node)| node)
    }
}

impl<'a> Array<'a> {
    /// Its values.
    pub fn iter(self) -> Items<'a> {
        Items::of(self.0)
    }

    /// How many values it has.
    pub fn len(self) -> usize {
        match self.0 {
            Of::Plain(items, _) => items.len(),
            Of::Whole(items) => items.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} ", self.span())?;
        match self.says() {
            Said::String(text) => write!(f, "{text:?}"),
            Said::Integer(number) => write!(f, "{number:?}"),
            Said::Float(number) => write!(f, "float {number:?}"),
            Said::Boolean(flag) => write!(f, "{flag}"),
            Said::Datetime(when) => write!(f, "{when:?}"),
            Said::Array(items) => f.debug_list().entries(items.iter()).finish(),
            Said::Table(table) => table.fmt(f),
        }
    }
}
