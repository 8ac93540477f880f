//! What every record says first: what it is about, when it was recorded, and which record it corrects.

use chrono::NaiveDate;

use super::block::{Block, quoted};
use super::written::Written;
use crate::plan::period::Period;
use crate::plan::record::RecordName;

/// The head of a record, with what the record that it corrects says.
#[derive(Debug)]
pub struct Head {
    /// What the record is about.
    pub period: Option<Period>,
    /// The day of the record.
    pub recorded: NaiveDate,
    /// The record in whose place it stands.
    pub corrects: Option<RecordName>,
    /// The keys of that record, which hold on where the new one gives none.
    pub kept: Written,
}

impl Head {
    /// Begins a block of this kind.
    pub(super) fn block(self, header: &str) -> Block {
        let mut block = Block::new(header, self.kept);
        block.text("period", self.period.map(|period| period.short()).as_deref());
        block.date("recorded", self.recorded);
        block.text("corrects", self.corrects.map(|name| name.to_string()).as_deref());
        block
    }

    /// Writes the record that only takes back what it corrects.
    pub fn withdrawal(self, header: &str, note: Option<&str>, by: Option<&str>) -> Block {
        self.block(header).withdrawal(note, by)
    }
}

/// Writes `{ key = "value", … }`, the keys as they are given.
pub(super) fn table(pairs: &[(String, String)]) -> Option<String> {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {}", quoted(value))).collect();
    (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
}
