//! What a fact says, in its own type.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::indicator::Kind;
use crate::plan::period::Period;
use crate::plan::value::Value;

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum<'p> {
    /// Yes.
    Flag(bool),
    /// A count.
    Count(u64),
    /// Counts, one for each level.
    Counts(Vec<usize>),
    /// An exact number.
    Number(Decimal),
    /// A text.
    Text(&'p str),
    /// Texts in their order.
    Texts(Vec<&'p str>),
    /// A period.
    Period(Period),
    /// Periods in their order.
    Periods(Vec<Period>),
    /// A day.
    Day(NaiveDate),
    /// One of a few words.
    Word(Word),
    /// What it refers to, in order.
    Refs(Vec<Ref<'p>>),
    /// A value in its indicator's unit.
    Amount(Amount<'p>),
}

/// One of a few words: its key in the files, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The key in the files.
    pub key: &'static str,
    /// 日本語.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Word {
    /// What it is called.
    pub fn name(self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Word {}

/// Something else in the plan. It stays the same when it gets another name.
#[derive(Debug, Clone, Copy)]
pub struct Ref<'p> {
    /// Its id.
    pub id: &'p Id,
    /// Its name in the same revision.
    pub name: &'p str,
}

impl PartialEq for Ref<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Ref<'_> {}

/// A value, with all that is needed to read it out.
#[derive(Debug, Clone, Copy)]
pub struct Amount<'p> {
    /// The value.
    pub value: &'p Value,
    /// As written.
    pub written: Option<&'p str>,
    /// The kind of its indicator.
    pub kind: &'p Kind,
    /// Its unit.
    pub unit: &'p str,
}

impl<'p> Amount<'p> {
    /// What the value says beyond its number: a bound (以上), the words of a target that is no number, a step's name.
    fn words(&self) -> Option<&'p str> {
        match (self.value, self.kind) {
            (Value::Words, _) => self.written,
            (Value::Step(place), Kind::Milestone { steps }) => steps.get(*place).map(|step| &**step),
            (Value::Number(_), _) => {
                let written = self.written?.trim();
                ["以上", "以下", "以内", "未満"].into_iter().find(|word| written.ends_with(word))
            }
            _ => None,
        }
    }
}

/// The same value, in whatever notation and unit; a step is its name, wherever it stands among the steps.
impl PartialEq for Amount<'_> {
    fn eq(&self, other: &Self) -> bool {
        let same = match (self.value, other.value) {
            (Value::Step(_), Value::Step(_)) => true,
            (own, others) => own == others,
        };
        same && self.words() == other.words()
    }
}

impl Eq for Amount<'_> {}
