//! The units of a file: each key of a table, each block of an array. A unit that differs must be shown by a change.

use std::ops::Range;

use super::text;
use crate::ledger::files::RECORDS;
use crate::ledger::tree::{Shape, extent, shape};
use crate::source::lenient::Lenient;
use crate::tree::{Memory, Node, Said, Table};

/// A unit of a file.
#[derive(Debug, Clone)]
pub struct Unit<'p> {
    /// The path of its file.
    pub path: String,
    /// What its name is to be looked for in: the outline, whatever the file; a file of records.
    pub scope: String,
    /// The keys that lead to it.
    pub name: Vec<String>,
    /// What it says, in one notation.
    says: String,
    /// Where its first key stands.
    pub at: usize,
    /// Where the table around it stands.
    pub table: usize,
    /// All of it.
    pub span: Range<usize>,
    /// As it is written.
    pub raw: &'p str,
    /// Whether it is a record.
    pub is_record: bool,
}

impl Unit<'_> {
    /// What two units have in common that are the same.
    pub fn same(&self) -> (&str, &[String], &str) {
        (&self.scope, &self.name, &self.says)
    }

    /// As one would write it in a header.
    pub fn title(&self) -> String {
        format!("[{}]", self.name.join("."))
    }
}

/// The units of the files at these paths, entries by the ids that `rename` gives them.
pub fn units<'p>(side: &'p Lenient, paths: &[&str], rename: &impl Fn(&str) -> Option<String>) -> Vec<Unit<'p>> {
    let mut all = Vec::new();
    for path in paths {
        let Some(toml) = text(side, path) else { continue };
        let mut memory = Memory::default();
        let (table, _) = memory.parse_recoverable(toml);
        let unknown: Vec<usize> =
            side.unknown.iter().filter(|key| key.path == *path).map(|key| key.span.start).collect();
        let file = File { path, toml, unknown, rename: &|id| rename(id), scope: scope(path, rename) };
        file.table(table, &[], 0, &mut all);
    }
    all
}

fn scope(path: &str, rename: &impl Fn(&str) -> Option<String>) -> String {
    if let Some(stem) = RECORDS.stem(path) {
        return RECORDS.path(rename(stem).as_deref().unwrap_or(stem));
    }
    path.split(['/', '.']).next().unwrap_or(path).to_owned()
}

struct File<'f, 'p> {
    path: &'f str,
    toml: &'p str,
    unknown: Vec<usize>,
    rename: &'f dyn Fn(&str) -> Option<String>,
    scope: String,
}

impl<'p> File<'_, 'p> {
    fn table(&self, table: Table<'_>, name: &[String], at: usize, all: &mut Vec<Unit<'p>>) {
        let known = table.iter().filter(|(key, _)| !self.unknown.contains(&key.span.start));
        let mut keys: Vec<_> = known.collect();
        keys.sort_by_key(|(key, _)| key.text);
        for (key, node) in keys {
            let mut own: Vec<String> = name.to_vec();
            own.push(if name.is_empty() { self.renamed(key.text) } else { key.text.to_owned() });
            match shape(node) {
                Shape::Table(inner) if name.is_empty() => self.table(inner, &own, key.span.start, all),
                Shape::Blocks(items) => {
                    items.iter().for_each(|item| all.push(self.unit(&own, item.span().start, item, at)));
                }
                Shape::Table(_) | Shape::Value => all.push(self.unit(&own, key.span.start, node, at)),
            }
        }
    }

    fn renamed(&self, key: &str) -> String {
        (self.rename)(key).unwrap_or_else(|| key.to_owned())
    }

    fn unit(&self, name: &[String], at: usize, node: Node<'_>, table: usize) -> Unit<'p> {
        let inner = extent(node);
        let span = at.min(inner.start)..at.max(inner.end);
        let mut says = String::new();
        self.say(node, &mut says);
        let raw = self.toml.get(span.clone()).unwrap_or("");
        let is_record = RECORDS.holds(self.path);
        Unit {
            path: self.path.to_owned(),
            scope: self.scope.clone(),
            name: name.to_vec(),
            says,
            at,
            table,
            span,
            raw,
            is_record,
        }
    }

    /// A value in one notation: keys in order of name, ids of entries as they are called now.
    fn say(&self, node: Node<'_>, out: &mut String) {
        match node.says() {
            Said::String(text) => {
                let id = (self.rename)(text);
                let text = id.as_deref().unwrap_or(text);
                // Its length parts it from what follows, whatever is in it.
                out.extend([text.len().to_string().as_str(), ":", text]);
            }
            Said::Integer(number) => out.push_str(number.digits),
            Said::Float(number) => out.push_str(number.digits),
            Said::Boolean(flag) => out.push_str(if flag { "true" } else { "false" }),
            Said::Datetime(date) => out.push_str(&date.to_string()),
            Said::Array(items) => {
                out.push('[');
                for item in items.iter() {
                    self.say(item, out);
                    out.push(',');
                }
                out.push(']');
            }
            Said::Table(table) => {
                let known = table.iter().filter(|(key, _)| !self.unknown.contains(&key.span.start));
                let mut keys: Vec<_> = known.map(|(key, node)| (key.text.to_owned(), node)).collect();
                keys.sort_by(|(a, _), (b, _)| a.cmp(b));
                out.push('{');
                for (key, node) in keys {
                    out.push_str(&key);
                    out.push('=');
                    self.say(node, out);
                    out.push(',');
                }
                out.push('}');
            }
        }
    }
}
