//! What every record says first: what it is about, when it was recorded, and which record it corrects.

use chrono::NaiveDate;
use toml::Table;

use super::block::{Block, quoted};
use super::kind::{Kind, Reference, Target};
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
    /// The head of a sample.
    pub(super) fn sample() -> Self {
        let period = Period::parse("R7").ok().map(|parsed| parsed.period);
        let recorded = NaiveDate::from_ymd_opt(2025, 10, 3).unwrap_or_default();
        Self { period, recorded, corrects: None, kept: Written::default() }
    }

    /// Begins a block of this kind.
    pub(super) fn block(self, header: &str) -> Block {
        let mut block = Block::new(header, self.kept);
        block.text("period", self.period.map(|period| period.short()).as_deref());
        block.date("recorded", self.recorded);
        block.text("corrects", self.corrects.map(|name| name.to_string()).as_deref());
        block
    }

    /// Writes the record of this kind that only takes back what it corrects.
    pub fn withdrawal(self, kind: &Kind, note: Option<&str>, by: Option<&str>) -> Block {
        self.block(kind.header).withdrawal(note, by)
    }
}

/// Writes `{ key = "value", … }`, the keys as they are given.
pub(super) fn table(pairs: &[(String, String)]) -> Option<String> {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {}", quoted(value))).collect();
    (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
}

/// What two new records have to do with each other.
pub(super) enum Meeting {
    /// They correct the same record: a person has to say which one holds.
    SameCorrected,
    /// They are about one period.
    SamePeriod,
    /// They have nothing to do with each other.
    Apart,
}

/// How two records meet.
pub(super) fn meeting(a: &Table, b: &Table) -> Meeting {
    let same = |key: &str| a.get(key) == b.get(key);
    match () {
        () if !same("evaluator") => Meeting::Apart,
        () if a.contains_key("corrects") && same("corrects") => Meeting::SameCorrected,
        () if same("period") => Meeting::SamePeriod,
        () => Meeting::Apart,
    }
}

/// What tells a record from the others of its file: what it is about, when it was recorded, who rates.
pub(super) const IDENTITY: &[&str] = &["period", "recorded", "evaluator"];

/// What a record names.
pub(super) const REFERENCES: &[Reference] = &[Reference { key: "corrects", to: Target::Record }];
