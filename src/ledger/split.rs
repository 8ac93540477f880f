//! A file of the ledger as its blocks, each with the comment lines right above it.

use toml::{Table, Value};

use super::KINDS;
use super::kind::{Claim, Kind};
use crate::plan::record::RecordName;
use crate::tree::Memory;

/// A file of the ledger.
pub struct Split<'t> {
    /// What stands before the first block, without blank lines at the end.
    pub head: &'t str,
    /// In their order.
    pub blocks: Vec<Block<'t>>,
}

/// A block of it.
pub struct Block<'t> {
    /// As written, without blank lines around it.
    pub text: &'t str,
    kind: &'static Kind,
    /// What it says.
    table: Table,
}

impl<'t> Split<'t> {
    /// Takes a file apart; `None` where it is no TOML, or its blocks do not stand under headers of their own. Blocks
    /// that are merged by their lines stay in the head.
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut memory = Memory::default();
        let file = memory.parse(text)?;
        let mut begins = Vec::new();
        for kind in KINDS.into_iter().filter(|kind| kind.claims().is_some()) {
            let Some(node) = file.get(kind.header) else { continue };
            for block in node.as_array()?.iter() {
                let span = block.span();
                text.get(span.clone()).filter(|header| header.starts_with("[["))?;
                begins.push((with_comments(text, span.start), kind));
            }
        }
        begins.sort_unstable_by_key(|(begin, _)| *begin);
        let first = begins.first().map_or(text.len(), |(begin, _)| *begin);
        let ends = begins.iter().skip(1).map(|(begin, _)| *begin).chain([text.len()]);
        let block = |((begin, kind), end): (&(usize, &'static Kind), usize)| {
            let text = text[*begin..end].trim_end();
            let mut whole: Table = toml::from_str(text).ok()?;
            let table = match whole.remove(kind.header)? {
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
pub fn with_comments(text: &str, at: usize) -> usize {
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
    /// What tells a block from the others of its file, whatever else it says.
    pub fn name(&self) -> Vec<String> {
        let value = |key: &&str| self.table.get(*key).map_or_else(String::new, ToString::to_string);
        [self.kind.header.to_owned()].into_iter().chain(self.kind.identity.iter().map(value)).collect()
    }

    /// The day it was recorded, as written.
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
        RecordName::parse(self.table.get(self.kind.corrects()?)?.as_str()?)
    }

    /// What a block says, in one notation: two blocks of which it is the same are the same record.
    pub fn says(&self) -> String {
        format!("{}\n{}", self.kind.header, self.table)
    }

    /// What it says that another new block must not say otherwise.
    pub fn claims(&self) -> Vec<Claim> {
        let claims = self.kind.claims().map_or_else(Vec::new, |claims| claims(&self.table));
        claims.into_iter().map(|Claim { of, says }| Claim { of: format!("{}\n{of}", self.kind.header), says }).collect()
    }
}
