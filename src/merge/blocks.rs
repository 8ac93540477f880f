//! A records file as its blocks: each with the comment lines right above it.

use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use crate::plan::record::RecordName;

/// A records file.
pub struct Records<'t> {
    /// What stands before the first block, without blank lines at the end.
    pub head: &'t str,
    /// In their order.
    pub blocks: Vec<Block<'t>>,
}

/// One `[[update]]` or `[[measure]]`, or one `[[errata]]` of a closed period.
pub struct Block<'t> {
    /// As written, without blank lines around it.
    pub text: &'t str,
    /// `update`, `measure` or `errata`.
    kind: &'static str,
    /// What it says.
    table: Table,
}

/// The blocks of a records file, and of what was published of a closed period.
const KINDS: [&str; 3] = ["update", "measure", ERRATA];

/// Each correction is fingerprinted together with those before it, so two branches never both have the next one.
const ERRATA: &str = "errata";

impl<'t> Records<'t> {
    /// Takes a file apart; `None` where it is no TOML, or its blocks do not stand under headers of their own.
    pub fn parse(text: &'t str) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        let mut begins = Vec::new();
        for kind in KINDS {
            let Some(node) = table.get_ref().get(kind) else { continue };
            let DeValue::Array(blocks) = node.get_ref() else { return None };
            for block in blocks.iter() {
                let span = block.span();
                text.get(span.clone()).filter(|header| header.starts_with("[["))?;
                begins.push((with_comments(text, span.start), kind));
            }
        }
        begins.sort_unstable();
        let first = begins.first().map_or(text.len(), |(begin, _)| *begin);
        let ends = begins.iter().skip(1).map(|(begin, _)| *begin).chain([text.len()]);
        let block = |((begin, kind), end): (&(usize, &'static str), usize)| {
            let text = text[*begin..end].trim_end();
            let mut whole: Table = toml::from_str(text).ok()?;
            let table = match whole.remove(*kind)? {
                Value::Array(mut one) if one.len() == 1 && whole.is_empty() => one.pop()?,
                _ => return None,
            };
            let Value::Table(table) = table else { return None };
            Some(Block { text, kind, table })
        };
        let blocks = begins.iter().zip(ends).map(block).collect::<Option<_>>()?;
        Some(Self { head: text[..first].trim_end(), blocks })
    }
}

/// Where the comment lines right above the line of `at` begin.
fn with_comments(text: &str, at: usize) -> usize {
    let mut begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
    while begin > 0 {
        let above = text[..begin - 1].rfind('\n').map_or(0, |end| end + 1);
        if !text[above..begin].starts_with('#') {
            break;
        }
        begin = above;
    }
    begin
}

impl Block<'_> {
    /// What tells a block from the others of its file, whatever it says: kind, period, day, who rates.
    pub fn name(&self) -> [String; 4] {
        let value = |key: &str| self.table.get(key).map_or_else(String::new, ToString::to_string);
        [self.kind.to_owned(), value("period"), value("recorded"), value("evaluator")]
    }

    /// The day it was said, as written.
    pub fn recorded(&self) -> String {
        self.table.get("recorded").map_or_else(String::new, ToString::to_string)
    }

    /// What it is called, but for the number that tells those of one name apart.
    pub fn called(&self) -> Option<RecordName> {
        let value = |key: &str| self.table.get(key).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
        let (period, recorded) = (value("period")?, value("recorded"));
        RecordName::parse(&recorded.map_or(period.clone(), |day| format!("{period}/{day}")))
    }

    /// The record in whose place it stands.
    pub fn corrects(&self) -> Option<RecordName> {
        RecordName::parse(self.table.get("corrects")?.as_str()?)
    }

    /// Whether two blocks are the same record, whatever comments stand in them.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.table == other.table
    }

    fn flag(&self, key: &str) -> bool {
        self.table.get(key).and_then(Value::as_bool).unwrap_or(false)
    }
}

/// Whether a person must say which of two new records holds: both are about one period, or correct one record, and give
/// different figures. A provisional value and its confirmation do not contradict each other; two
/// corrections of a closed period always do.
pub fn contradict(a: &Block<'_>, b: &Block<'_>) -> bool {
    let both = |key: &str| Some((a.table.get(key)?, b.table.get(key)?));
    let differ = |key: &str| both(key).is_some_and(|(a, b)| a != b);
    let same = |key: &str| a.table.get(key) == b.table.get(key);
    if a.kind == ERRATA && b.kind == ERRATA {
        return true;
    }
    if a.kind != b.kind || !same("evaluator") {
        return false;
    }
    if both("corrects").is_some_and(|(a, b)| a == b) {
        return true;
    }
    let rated_otherwise = || match both("rating") {
        Some((Value::Table(a), Value::Table(b))) => {
            a.iter().any(|(scale, grade)| b.get(scale).is_some_and(|g| g != grade))
        }
        Some((a, b)) => a != b,
        None => false,
    };
    let measured_otherwise = || a.flag("provisional") == b.flag("provisional") && !(same("value") && same("absent"));
    same("period") && if a.kind == "measure" { measured_otherwise() } else { rated_otherwise() || differ("progress") }
}
