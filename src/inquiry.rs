//! 照会: what a department is asked, and what it answered.
//!
//! ```text
//!  Plan ──▶ Form ──▶ workbook ──▶ (a department) ──▶ Book ──▶ Reply ──▶ Review ──▶ records
//! ```
//!
//! A [`Form`] is made anew from the plan at each end: what was asked is compared with what is recorded now. Nothing is
//! matched by position, and nothing that can be read in two ways is read.

pub mod answer;
mod cells;
pub mod form;
mod grid;
pub mod import;
pub mod minutes;
pub mod opinion;
pub mod reply;
pub mod review;
pub mod road;
pub mod spot;
pub mod standing;
pub mod template;
pub mod write;

use std::fmt;

use rust_decimal::Decimal;

pub use self::grid::is_same_in_cells;
pub use crate::plan::inquiry::Field;

use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::indicator::Unit;
use crate::plan::period::{Parsed, Period};
use crate::text::same::is_same_text;

/// What one department is asked about one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The owner, by place in the plan.
    pub owner: usize,
    /// What it is asked about.
    pub period: Period,
    /// Entries, then indicators, in the plan's order.
    pub items: Vec<Item>,
}

/// One entry or indicator of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id in the plan.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What belongs to it: the entry above, or unit, baseline and target.
    pub context: String,
    /// The period that is asked.
    pub period: Period,
    /// The last period before it with an answer.
    pub last: Option<Period>,
    /// In the order they are asked.
    pub questions: Vec<Question>,
}

/// One question: one answer cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is known by, wherever it stands.
    pub key: Key,
    /// What is asked: 進捗率.
    pub label: Say,
    /// How to answer.
    pub hint: String,
    /// What an answer can be.
    pub expect: Expect,
    /// What was answered about the last period.
    pub last: Option<Answer>,
    /// What is recorded about this one.
    pub recorded: Option<Answer>,
    /// Whether the form is incomplete without it.
    pub required: bool,
}

/// What a question is known by: `1-1-2/progress@R7Q3`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The entry or indicator.
    pub id: Id,
    /// What of it is asked.
    pub field: Field,
    /// About when.
    pub period: Period,
}

/// What an answer can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// One of these grades: id and name.
    Grade(Vec<(Id, Box<str>)>),
    /// A whole number from 0 to 100.
    Percent,
    /// Words.
    Text,
    /// A number in the unit, or a reason why there is none.
    Number {
        /// In what.
        unit: Unit,
        /// Whether it may be a range, too.
        range: bool,
        /// Numbers of the same kind: baseline, target, what was answered before.
        alike: Vec<Decimal>,
    },
    /// One of these steps, or a reason why there is none.
    Step(Vec<Box<str>>),
    /// One of the steps of the roadmap.
    Stage(Vec<Box<str>>),
    /// The day on which a milestone was reached, or words why it was not.
    Reached,
}

/// An answer in its one form: the grade's id, an exact number, words without stray spaces, a reason (未調査). One that went
/// through a file in CP932 is the same answer, though some signs came back as others.
#[derive(Debug, Clone)]
pub struct Answer(pub String);

impl PartialEq for Answer {
    fn eq(&self, other: &Self) -> bool {
        is_same_text(&self.0, &other.0)
    }
}

impl Eq for Answer {}

impl Key {
    /// Reads a key as [`Key`]'s `Display` writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, rest) = text.trim().split_once('/')?;
        // The name of a milestone may hold any sign.
        let (field, period) = rest.rsplit_once('@')?;
        let Parsed { period, .. } = Period::parse(period).ok()?;
        Some(Self { id: Id::parse(id).ok()?, field: Field::parse(field).or_else(|| Field::of_opinion(field))?, period })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}@{}", self.id, self.field, self.period)
    }
}

impl Form {
    /// Every question, with what it is about.
    pub fn questions(&self) -> impl Iterator<Item = (&Item, &Question)> {
        self.items.iter().flat_map(|item| item.questions.iter().map(move |question| (item, question)))
    }

    /// How many required questions have no answer in the records.
    pub fn open(&self) -> usize {
        self.questions().filter(|(_, question)| question.required && question.recorded.is_none()).count()
    }
}

/// A fingerprint of texts: the same for the same texts, another for others that came about by accident (FNV-1a, 64 bits).
pub fn fingerprint<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        for byte in text.bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        for text in [
            "1-1-2/progress@R7Q3",
            "1-1-2/rating.start@R7Q3",
            "women-managers/value@R6",
            "a/note@R7.3.31",
            "1-1/reached.公開/β@版@R7Q3",
            "1-1/step.1-1@R7Q3",
            "2026-02-10/opinion.1-2.state@R7Q3",
        ] {
            assert_eq!(Key::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "1-1-2", "1-1-2/progress", "1-1-2/colour@R7", "1/rating.@R7", "/done@R7", "1/done@R7年"] {
            assert_eq!(Key::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_fingerprint_keeps_texts_apart() {
        // The published test value of FNV-1a for "a" followed by the separator differs from that of "a" alone.
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
        assert_eq!(fingerprint(["a"]), fingerprint(["a"]));
        assert_eq!(fingerprint([]), "cbf29ce484222325");
    }
}
