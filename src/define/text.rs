//! A file of TOML changed at one place: a key set or taken away, a table added, and every other byte as it was.

use std::ops::Range;

use super::layout::{self, Anchor};
use crate::ledger::block::quoted;
use crate::ledger::tree::extent;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::renumber::edits::{Edit, apply};
use crate::tree::{Array, Key, Memory, Node, Said, Table};

/// A step from a table to one in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The table at a key.
    Key(String),
    /// The table at an id, however the file spells it.
    Id(Id),
    /// The table at a key that has several of them, by its place from 0.
    Nth(String, usize),
}

/// Why a text is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// There is no such place in it.
    NoPlace,
    /// A comment stands within what would go.
    Comment,
}

/// A file that is to be changed, without the mark that it may begin with.
struct File<'t> {
    mark: &'t str,
    text: &'t str,
}

impl<'t> File<'t> {
    fn new(text: &'t str) -> Self {
        let plain = text.trim_start_matches('\u{feff}');
        let (mark, text) = text.split_at(text.len() - plain.len());
        Self { mark, text }
    }

    fn with(&self, edits: &[Edit]) -> String {
        format!("{}{}", self.mark, apply(self.text, edits))
    }
}

/// The table that steps lead to, and where it begins: its header, its braces or its first key.
fn descend<'a>(file: Table<'a>, path: &[Step]) -> Option<(Table<'a>, Option<Range<usize>>)> {
    let (mut table, mut span) = (file, None);
    for step in path {
        let node = match step {
            Step::Key(key) => table.get(key)?,
            Step::Id(id) => {
                let is = |key: &str| Id::parse(key).is_ok_and(|parsed| parsed == *id);
                table.iter().find(|(key, _)| is(key.text))?.1
            }
            Step::Nth(key, place) => table.get(key)?.as_array()?.iter().nth(*place)?,
        };
        table = node.as_table()?;
        span = Some(node.span());
    }
    Some((table, span))
}

/// A value as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// A number, a day, a yes or no: as it is written.
    Plain(String),
    /// A table.
    Table,
}

impl Standing {
    /// The texts that it consists of.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) | Self::Plain(text) => vec![text.clone()],
            Self::Texts(texts) => texts.clone(),
            Self::Table => Vec::new(),
        }
    }
}

/// The value at a key; `None` where there is none.
pub fn value(text: &str, path: &[Step], key: &str) -> Option<Standing> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text)?;
    let node = descend(parsed, path)?.0.get(key)?;
    Some(match node.says() {
        Said::Table(_) => Standing::Table,
        Said::String(text) => Standing::Text(text.to_owned()),
        Said::Array(all) => match texts(all) {
            Some(texts) => Standing::Texts(texts),
            None => Standing::Table,
        },
        _ => Standing::Plain(file.text.get(node.span())?.to_owned()),
    })
}

/// The value at a key as it is written, table or not, on one line; `None` where it stands under headers of its own.
pub fn written(text: &str, path: &[Step], key: &str) -> Option<String> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text)?;
    let node = descend(parsed, path)?.0.get(key)?;
    let plain = |node: Node<'_>| Some(file.text.get(node.span())?.to_owned());
    let table = match node.says() {
        Said::Table(table) => table,
        _ => return plain(node),
    };
    let whole = plain(node)?;
    if whole.starts_with('{') {
        return Some(whole);
    }
    let part = |(key, node): (Key<'_>, Node<'_>)| {
        let key = file.text.get(key.span)?;
        let value = plain(node)?;
        (!node.is_table() || value.starts_with('{')).then(|| format!("{key} = {value}"))
    };
    let parts: Vec<String> = table.iter().map(part).collect::<Option<_>>()?;
    Some(format!("{{ {} }}", parts.join(", ")))
}

/// The keys of the table that steps lead to, in the order of the file.
pub fn keys(text: &str, path: &[Step]) -> Vec<String> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let Some(parsed) = memory.parse(file.text) else { return Vec::new() };
    let Some((table, _)) = descend(parsed, path) else { return Vec::new() };
    table.iter().map(|(key, _)| key.text.to_owned()).collect()
}

/// How many tables stand at a key of several.
pub fn count(text: &str, path: &[Step], key: &str) -> usize {
    called(text, path, key, &[]).len()
}

/// What each of several tables is called by these keys of its own.
pub fn called(text: &str, path: &[Step], key: &str, by: &[&str]) -> Vec<Vec<String>> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let Some(parsed) = memory.parse(file.text) else { return Vec::new() };
    let node = descend(parsed, path).and_then(|(table, _)| table.get(key));
    let names = |node: Node<'_>| {
        let value = |key: &&str| match node.as_table()?.get(key)?.says() {
            Said::String(text) => Some(text.to_owned()),
            Said::Table(_) | Said::Array(_) => None,
            _ => Some(file.text.get(node.as_table()?.get(key)?.span())?.to_owned()),
        };
        by.iter().filter_map(value).collect()
    };
    node.and_then(|node| node.as_array()).map(|all| all.iter().map(names).collect()).unwrap_or_default()
}

/// A key as a file writes it: in quotes where it has to be.
pub fn bare(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if is_bare { key.to_owned() } else { quoted(key) }
}

/// The bytes of one element of an array at the top of a file.
pub fn element(text: &str, key: &str, place: usize) -> Option<Range<usize>> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text)?;
    let span = parsed.get(key)?.as_array()?.iter().nth(place)?.span();
    Some(span.start + file.mark.len()..span.end + file.mark.len())
}

/// Where a key that is new comes among those that are there.
#[derive(Debug, Clone, Copy)]
pub enum Order<'o> {
    /// Behind the last of those that come before it in this list.
    Listed(&'o [&'o str]),
    /// In order of time; the keys are periods.
    Time,
}

/// Sets a key to a value, which is TOML already.
///
/// # Errors
/// When the path leads nowhere.
pub fn set(text: &str, path: &[Step], key: &str, order: Order<'_>, value: &str) -> Result<String, Kept> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text).ok_or(Kept::NoPlace)?;
    let (table, span) = descend(parsed, path).ok_or(Kept::NoPlace)?;
    if let Some(node) = table.get(key) {
        let new = match node.says() {
            Said::String(_) => alike(&file.text[node.span()], value),
            Said::Table(_) if !file.text[node.span()].starts_with('{') => return Err(Kept::NoPlace),
            _ => value.to_owned(),
        };
        return Ok(file.with(&[Edit { span: node.span(), new }]));
    }
    let anchor = anchor(file.text, table, key, order);
    let edit = match (anchor, span) {
        (Some(anchor), _) => layout::beside(file.text, anchor, &bare(key), value),
        (None, Some(span)) => layout::first(file.text, span, &bare(key), value),
        (None, None) => return Err(Kept::NoPlace),
    };
    Ok(file.with(&[edit]))
}

/// The key beside which a new one comes. Tables under headers of their own are no neighbours.
fn anchor(text: &str, table: Table<'_>, key: &str, order: Order<'_>) -> Option<Anchor> {
    let near: Vec<_> = table.iter().filter(|(_, node)| !layout::has_header(text, *node)).collect();
    let rank = |name: &str| match order {
        Order::Listed(all) => all.iter().position(|known| *known == name).unwrap_or(usize::MAX),
        Order::Time => Period::parse(name).map_or(usize::MAX, |parsed| {
            usize::try_from(parsed.period.last_day().signed_duration_since(chrono::NaiveDate::MIN).num_days())
                .unwrap_or(0)
        }),
    };
    let mine = rank(key);
    let before = near.iter().filter(|(name, _)| rank(name.text) <= mine).max_by_key(|(name, _)| rank(name.text));
    let at = |(key, node): &(Key<'_>, Node<'_>)| (key.span.clone(), extent(*node));
    match (before, near.first()) {
        (Some(before), _) => {
            let (key, value) = at(before);
            Some(Anchor { key, value, before: false })
        }
        (None, Some(first)) => {
            let (key, value) = at(first);
            Some(Anchor { key, value, before: matches!(order, Order::Time) })
        }
        (None, None) => None,
    }
}

/// A text in the quotes that stand there now, where it can be.
fn alike(now: &str, value: &str) -> String {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return value.to_owned() };
    let literal = now.starts_with('\'') && !now.starts_with("'''");
    if literal && !inner.contains(['\\', '\'']) { format!("'{inner}'") } else { value.to_owned() }
}

/// Takes a key away; a comment behind its value stays.
///
/// # Errors
/// When there is no such key, or a comment stands within its value.
pub fn remove(text: &str, path: &[Step], key: &str) -> Result<String, Kept> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text).ok_or(Kept::NoPlace)?;
    let (table, _) = descend(parsed, path).ok_or(Kept::NoPlace)?;
    let all: Vec<_> = table.iter().collect();
    let place = all.iter().position(|(name, _)| name.text == key).ok_or(Kept::NoPlace)?;
    let (name, node) = (&all[place].0, all[place].1);
    if layout::has_header(file.text, node) {
        return Err(Kept::NoPlace);
    }
    let value = extent(node);
    if layout::has_comment(&file.text[value.clone()]) {
        return Err(Kept::Comment);
    }
    let near = [place.checked_sub(1), Some(place + 1)]
        .map(|at| all.get(at?).map(|(key, node)| key.span.start..extent(*node).end));
    Ok(file.with(&[layout::without(file.text, name.span.start..value.end, &near)]))
}

/// Sets a key that takes one text or several.
///
/// # Errors
/// When the path leads nowhere, or a comment stands within what would go.
pub fn set_texts(text: &str, path: &[Step], key: &str, order: Order<'_>, new: &[String]) -> Result<String, Kept> {
    let whole = match new {
        [one] => quoted(one),
        _ => format!("[{}]", new.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")),
    };
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text).ok_or(Kept::NoPlace)?;
    let (table, _) = descend(parsed, path).ok_or(Kept::NoPlace)?;
    let Some(node) = table.get(key) else { return set(text, path, key, order, &whole) };
    let Some(all) = node.as_array() else { return set(text, path, key, order, &whole) };
    let old = texts(all).ok_or(Kept::NoPlace)?;
    if old.len() == new.len() {
        let changed = all.iter().zip(&old).zip(new).filter(|((_, old), new)| old != new);
        let edits: Vec<Edit> = changed
            .map(|((node, _), new)| Edit { span: node.span(), new: alike(&file.text[node.span()], &quoted(new)) })
            .collect();
        return Ok(file.with(&edits));
    }
    if !old.is_empty() && new.starts_with(&old) {
        let more: Vec<String> = new[old.len()..].iter().map(|text| quoted(text)).collect();
        return Ok(file.with(&layout::appended(file.text, node.span(), &spans(all), &more)));
    }
    if layout::has_comment(&file.text[node.span()]) {
        return Err(Kept::Comment);
    }
    // One that stood in brackets as the only one keeps them; one that is left of several needs none.
    Ok(file.with(&[Edit { span: node.span(), new: whole }]))
}

fn texts(all: Array<'_>) -> Option<Vec<String>> {
    all.iter().map(|node| Some(node.as_str()?.to_owned())).collect()
}

fn spans(all: Array<'_>) -> Vec<Range<usize>> {
    all.iter().map(extent).collect()
}

/// A table that is to be added: its keys and values, which are TOML already.
pub type Pairs = Vec<(&'static str, String)>;

fn inline(pairs: &Pairs) -> String {
    let parts: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", parts.join(", "))
}

/// A table under its header, the keys padded to one width.
pub fn block(header: &str, pairs: &Pairs) -> String {
    let width = pairs.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    let lines: String = pairs.iter().map(|(key, value)| format!("{key:<width$} = {value}\n")).collect();
    format!("{header}\n{lines}")
}

/// Adds one more table at a key that has several: behind the last one, written as that is. The first one stands under a
/// header of its own where `headed`, else in brackets.
///
/// # Errors
/// When the path leads nowhere.
pub fn push(
    text: &str,
    path: &[Step],
    key: &str,
    order: Order<'_>,
    pairs: &Pairs,
    headed: bool,
) -> Result<String, Kept> {
    let file = File::new(text);
    let mut memory = Memory::default();
    let parsed = memory.parse(file.text).ok_or(Kept::NoPlace)?;
    let (table, span) = descend(parsed, path).ok_or(Kept::NoPlace)?;
    let heads = layout::heads(file.text);
    if let Some(node) = table.get(key) {
        let Some(all) = node.as_array() else { return Err(Kept::NoPlace) };
        let Some(last) = all.iter().last().filter(|last| file.text[last.span()].starts_with("[[")) else {
            return Ok(file.with(&layout::appended(file.text, node.span(), &spans(all), &[inline(pairs)])));
        };
        let at = heads.iter().position(|head| head.begins == last.span().start).ok_or(Kept::NoPlace)?;
        let header = layout::header(file.text, &heads[at]);
        let end = heads[at..].iter().take_while(|head| head.path.starts_with(&heads[at].path)).count() + at - 1;
        // The next one of the same name has the same path, and is the end of this one.
        let end = heads[at + 1..=end].iter().position(|head| head.path == heads[at].path).map_or(end, |n| at + n);
        return Ok(file.with(&[layout::behind(file.text, &heads, end, &block(header, pairs))]));
    }
    let own = span.and_then(|span| heads.iter().position(|head| head.begins == span.start));
    let Some(own) = own.filter(|_| headed) else {
        return set(text, path, key, order, &format!("[{}]", inline(pairs)));
    };
    let depth = heads[own].path.len();
    let later = ["milestone", "change", "initiative"];
    let is_before = |head: &layout::Head| {
        head.path.starts_with(&heads[own].path)
            && head.path.get(depth).is_none_or(|inner| key == "change" || !later.contains(&inner.as_str()))
    };
    let behind = heads.iter().rposition(is_before).unwrap_or(own);
    let name = layout::header(file.text, &heads[own]).trim_start_matches('[').trim_end_matches(']').trim();
    let header = format!("[[{name}.{key}]]");
    Ok(file.with(&[layout::behind(file.text, &heads, behind, &block(&header, pairs))]))
}

/// Adds a block at the end of the text.
pub fn at_end(text: &str, block: &str) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let body = text.trim_end();
    let gap = match (body.trim_start_matches('\u{feff}'), text.ends_with('\n')) {
        ("", _) => String::new(),
        (_, true) => newline.to_owned(),
        (_, false) => newline.repeat(2),
    };
    format!("{text}{gap}{}", block.replace('\n', newline))
}

/// Adds a block under its header behind all that stands under the last of these ids that the text has; `None` where none
/// of them stands under a header.
pub fn behind_ids(text: &str, ids: &[&Id], block: &str) -> Option<String> {
    let file = File::new(text);
    let heads = layout::heads(file.text);
    let is = |head: &layout::Head| {
        head.path.first().and_then(|key| Id::parse(key).ok()).is_some_and(|id| ids.contains(&&id))
    };
    let last = heads.iter().rposition(is)?;
    Some(file.with(&[layout::behind(file.text, &heads, last, block)]))
}

/// Whether the text has a table of this id at its top.
pub fn has(text: &str, id: &Id) -> bool {
    let file = File::new(text);
    let mut memory = Memory::default();
    memory.parse(file.text).is_some_and(|parsed| descend(parsed, &[Step::Id(id.clone())]).is_some())
}
