//! `[[measure]]`: the value of an indicator in a period.

use rust_decimal::Decimal;
use toml::Table;

use super::block::{Block, quoted};
use super::files::RECORDS;
use super::kind::{Kind, Merging};
use super::record::{self, Head, Meeting, meeting};
use crate::keys;
use crate::plan::value::Absence;

/// The kind.
pub static KIND: Kind = Kind {
    header: "measure",
    form: &keys::MEASURE,
    files: RECORDS,
    identity: &["period", "recorded"],
    references: record::REFERENCES,
    merging: Merging::Blocks { contradict },
    sample,
};

/// What a measure says. Whatever is `None` holds on from the record that it corrects.
#[derive(Debug, Default)]
pub struct Measure<'a> {
    /// The value, or why there is none.
    pub value: Option<Value>,
    /// 速報値.
    pub provisional: bool,
    /// 回答数.
    pub sample: Option<u32>,
    /// 標本誤差.
    pub margin: Option<Decimal>,
    /// 出典, by id.
    pub source: Option<&'a str>,
    /// 注.
    pub note: Option<&'a str>,
    /// 記録者.
    pub by: Option<&'a str>,
}

/// The value of a measure.
#[derive(Debug)]
pub enum Value {
    /// A number, as it is written.
    Number(String),
    /// A step, or what `check` is to refuse.
    Text(String),
    /// Why there is no value.
    Absent(String),
}

impl Value {
    /// Takes a text for a reason why there is no value, for what `number` makes of it, else for words.
    pub fn parse(text: &str, number: impl Fn(&str) -> Option<String>) -> Self {
        if Absence::parse(text).is_some() {
            return Self::Absent(text.to_owned());
        }
        number(text).map_or_else(|| Self::Text(text.to_owned()), Self::Number)
    }

    /// The key, and the value in TOML.
    fn written(&self) -> (&'static str, String) {
        match self {
            Self::Number(number) => ("value", number.clone()),
            Self::Text(text) => ("value", quoted(text)),
            Self::Absent(reason) => ("absent", quoted(reason)),
        }
    }
}

impl Measure<'_> {
    /// Writes the block.
    pub fn block(&self, mut head: Head) -> Block {
        let given = self.value.as_ref().map(Value::written);
        if given.is_some() {
            // One of the two takes the place of the other.
            ["value", "absent"].iter().for_each(|key| drop(head.kept.take(key)));
        }
        let mut block = head.block(KIND.header);
        for key in ["value", "absent"] {
            let value = given.as_ref().filter(|(wanted, _)| *wanted == key);
            block.raw(key, value.map(|(_, value)| value.as_str()));
        }
        block.raw("provisional", self.provisional.then_some("true"));
        block.raw("sample", self.sample.map(|sample| sample.to_string()).as_deref());
        block.raw("margin", self.margin.map(|margin| margin.to_string()).as_deref());
        block.text("source", self.source);
        block.text("note", self.note);
        block.text("by", self.by);
        block
    }
}

/// Whether two measures give one period different values. A provisional value and its confirmation do not contradict each
/// other.
fn contradict(a: &Table, b: &Table) -> bool {
    let same = |key: &str| a.get(key) == b.get(key);
    let is_provisional = |table: &Table| table.get("provisional").and_then(toml::Value::as_bool).unwrap_or(false);
    match meeting(a, b) {
        Meeting::SameCorrected => true,
        Meeting::Apart => false,
        Meeting::SamePeriod => is_provisional(a) == is_provisional(b) && !(same("value") && same("absent")),
    }
}

fn sample() -> String {
    let measure = Measure {
        value: Some(Value::Number("44.10".to_owned())),
        provisional: true,
        sample: Some(1200),
        margin: Some(Decimal::new(28, 1)),
        source: Some("001"),
        note: Some("郵送とインターネット"),
        by: Some("広聴課"),
    };
    measure.block(Head::sample()).finish()
}
