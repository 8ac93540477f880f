//! The members of tables and arrays, one after the other, whoever parsed them.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_spanner::Item;

use super::{Key, Node, Of};

/// The keys of a table with their values, in the order written.
pub struct Entries<'a>(Of<PlainEntries<'a>, std::vec::IntoIter<WholeEntry<'a>>, &'a str>);

type PlainEntries<'a> = std::slice::Iter<'a, (toml_spanner::Key<'a>, Item<'a>)>;

type WholeEntry<'a> = (&'a Spanned<Cow<'a, str>>, &'a Spanned<DeValue<'a>>);

impl<'a> Entries<'a> {
    pub(super) fn of(table: Of<&'a toml_spanner::Table<'a>, &'a DeTable<'a>, &'a str>) -> Self {
        Self(match table {
            Of::Plain(table, text) => Of::Plain(table.iter(), text),
            Of::Whole(table) => {
                let mut all: Vec<_> = table.iter().collect();
                all.sort_by_key(|(key, _)| key.span().start);
                Of::Whole(all.into_iter())
            }
        })
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (Key<'a>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Of::Plain(entries, text) => entries.next().map(|(key, item)| plain_entry(key, item, text)),
            Of::Whole(entries) => entries.next().map(|(key, node)| whole_entry(key, node)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Of::Plain(entries, _) => entries.size_hint(),
            Of::Whole(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for Entries<'_> {}

pub(super) fn plain_entry<'a>(key: &toml_spanner::Key<'a>, item: &'a Item<'a>, text: &'a str) -> (Key<'a>, Node<'a>) {
    (Key { text: key.name, span: key.span.range() }, Node(Of::Plain(item, text)))
}

pub(super) fn whole_entry<'a>(key: &'a Spanned<Cow<'a, str>>, node: &'a Spanned<DeValue<'a>>) -> (Key<'a>, Node<'a>) {
    (Key { text: key.get_ref(), span: key.span() }, Node(Of::Whole(node)))
}

/// The values of an array.
pub struct Items<'a>(Of<std::slice::Iter<'a, Item<'a>>, std::slice::Iter<'a, Spanned<DeValue<'a>>>, &'a str>);

impl<'a> Items<'a> {
    pub(super) fn of(array: Of<&'a [Item<'a>], &'a [Spanned<DeValue<'a>>], &'a str>) -> Self {
        Self(match array {
            Of::Plain(items, text) => Of::Plain(items.iter(), text),
            Of::Whole(items) => Of::Whole(items.iter()),
        })
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        match &mut self.0 {
            Of::Plain(items, text) => items.next().map(|item| Node(Of::Plain(item, text))),
            Of::Whole(items) => items.next().map(|node| Node(Of::Whole(node))),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Of::Plain(items, _) => items.size_hint(),
            Of::Whole(items) => items.size_hint(),
        }
    }
}

impl ExactSizeIterator for Items<'_> {}
