//! What every record says first: what it is about, when it was recorded, and which record it corrects.

use chrono::NaiveDate;
use toml::Table;

use super::block::{Block, quoted};
use super::kind::{Claim, Kind, Reference, Target};
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

/// What every new record claims: that it is the one that corrects another, and what it says of its period. Another evaluator
/// may say otherwise.
pub(super) fn claims(table: &Table, of_period: impl IntoIterator<Item = (String, String)>) -> Vec<Claim> {
    let value = |key: &str| table.get(key).map_or_else(String::new, ToString::to_string);
    let (evaluator, period) = (value("evaluator"), value("period"));
    let corrects = table.get("corrects").map(|name| Claim {
        of: format!("{evaluator}\ncorrects {name}"),
        // Whatever it says, it is the only one.
        says: table.to_string(),
    });
    let of_period = of_period.into_iter().map(|(of, says)| Claim { of: format!("{evaluator}\n{period} {of}"), says });
    corrects.into_iter().chain(of_period).collect()
}

/// What tells a record from the others of its file: what it is about, when it was recorded, who rates.
pub(super) const IDENTITY: &[&str] = &["period", "recorded", "evaluator"];

/// What a record names.
pub(super) const REFERENCES: &[Reference] = &[Reference { key: "corrects", to: Target::Record }];
