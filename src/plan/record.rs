//! What updates and measures have in common: a name to call them by, and what became of them.

use std::fmt;

use chrono::NaiveDate;

use super::period::{Parsed, Period};
use crate::text::fold::fold;

/// What a record is called within its file: `R7Q2/2025-10-03`, the second such one `R7Q2/2025-10-03#2`, one of an
/// unknown day `R7Q2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordName {
    /// What it is about.
    pub period: Period,
    /// When it was recorded.
    pub recorded: Option<NaiveDate>,
    /// Which of those that share both, in the order of the file, from 1.
    pub nth: u16,
}

impl RecordName {
    /// Reads a name as people type it: with full-width characters, and periods and days in any form.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        let (rest, nth) = match folded.split_once('#') {
            Some((rest, nth)) => (rest, nth.trim().parse().ok().filter(|nth| *nth > 0)?),
            None => (folded.as_ref(), 1),
        };
        let period = |text: &str| match Period::parse(text) {
            Ok(Parsed { period, overrun: None }) => Some(period),
            _ => None,
        };
        // A day may be written with strokes itself, but not in a name.
        let (about, day) = rest.split_once('/').map_or((rest, None), |(about, day)| (about, Some(day)));
        let recorded = match day.map(|day| period(day.trim())) {
            None => None,
            Some(Some(Period::Day(day))) => Some(day),
            Some(_) => return None,
        };
        Some(Self { period: period(about.trim())?, recorded, nth })
    }
}

impl fmt::Display for RecordName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.period)?;
        if let Some(day) = self.recorded {
            write!(f, "/{day}")?;
        }
        if self.nth > 1 { write!(f, "#{}", self.nth) } else { Ok(()) }
    }
}

/// How a record stands to the others of its file.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Which block of its file it is, from 0.
    pub block: u32,
    /// The last part of its name.
    pub nth: u16,
    /// 取下げ: it says nothing itself and only takes away what it corrects.
    pub withdrawn: bool,
    /// What it has to do with corrections; few records have anything.
    pub links: Option<Box<Links>>,
}

/// What a record has to do with corrections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// The record in whose place it stands.
    pub corrects: Option<RecordName>,
    /// The record that stands in its place.
    pub corrected: Option<RecordName>,
    /// When the first of those that it corrects in the end was recorded: its place in the order of time.
    pub first: Option<NaiveDate>,
}

impl Trace {
    /// That of a block that has nothing to do with corrections.
    pub fn new(block: usize) -> Self {
        Self { block: u32::try_from(block).unwrap_or(u32::MAX), ..Self::default() }
    }

    /// The record in whose place it stands.
    pub fn corrects(&self) -> Option<RecordName> {
        self.links.as_ref()?.corrects
    }

    /// The record that stands in its place.
    pub fn corrected(&self) -> Option<RecordName> {
        self.links.as_ref()?.corrected
    }
}

/// An update or a measure.
pub trait Recorded {
    /// What it is about.
    fn period(&self) -> Period;

    /// When it was recorded; `None` where a document does not state it.
    fn recorded(&self) -> Option<NaiveDate>;

    /// How it stands to the others of its file.
    fn trace(&self) -> &Trace;

    /// What it is called within its file.
    fn name(&self) -> RecordName {
        RecordName { period: self.period(), recorded: self.recorded(), nth: self.trace().nth.max(1) }
    }

    /// Whether it holds to this day: nothing corrected it, and it is no withdrawal.
    fn stands(&self) -> bool {
        self.trace().corrected().is_none() && !self.trace().withdrawn
    }

    /// Its place in the order of time: a correction stands where what it corrects stood.
    fn since(&self) -> Option<NaiveDate> {
        self.trace().links.as_ref().and_then(|links| links.first).or(self.recorded())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back() {
        for name in ["R7Q2/2025-10-03", "R7Q2/2025-10-03#2", "R4", "R4#12", "R7H1/2025-10-03"] {
            assert_eq!(RecordName::parse(name).unwrap().to_string(), name);
        }
        for (typed, name) in
            [("Ｒ７Ｑ２／２０２５－１０－０３", "R7Q2/2025-10-03"), (" R7Q2 / R7.10.3 ", "R7Q2/2025-10-03")]
        {
            assert_eq!(RecordName::parse(typed).map(|n| n.to_string()).as_deref(), Some(name), "{typed}");
        }
        for text in ["", "/", "R7Q2/", "R7Q2/R7", "2025-10-03/R7Q2#0", "R7Q5/2025-10-03", "R7Q2/2025-10-03#x"] {
            assert_eq!(RecordName::parse(text), None, "{text}");
        }
    }
}
