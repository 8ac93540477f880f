//! What updates and measures have in common: a name to call them by, and what became of them.

use std::fmt;

use chrono::NaiveDate;

use super::period::Period;
use crate::text::fold::fold;

/// What a record is called within its file: `R7Q2/2025-10-03`, and `R7Q2` where the day is unknown. Where several are about
/// one period and of one day, each has its mark behind it: `R7Q2/2025-10-03#3fa9c1`. A name that was written with a mark
/// means the same record wherever it stands in the file, so no merge can move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordName {
    /// What it is about.
    pub period: Period,
    /// When it was recorded.
    pub recorded: Option<NaiveDate>,
    /// Which of those that share both, in the order of the file, from 1. Older files name the second by `#2`.
    pub nth: u16,
    /// What tells it from those that share both.
    pub mark: Option<RecordMark>,
}

/// The first 24 bits of the fingerprint of what a record says: `3fa9c1`. It is another one as soon as the record says
/// something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RecordMark(u32);

impl RecordMark {
    /// The mark of a record with this fingerprint, of which the first 24 bits are taken.
    pub fn new([a, b, c, ..]: [u8; 32]) -> Self {
        Self(u32::from_be_bytes([0, a, b, c]))
    }

    /// Reads the six digits of a mark.
    pub fn parse(text: &str) -> Option<Self> {
        let is_mark = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_mark.then(|| u32::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for RecordMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06x}", self.0)
    }
}

impl RecordName {
    /// Reads a name as people type it: with full-width characters, and periods and days in any form.
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        let (rest, mark, nth) = match folded.split_once('#') {
            None => (folded.as_ref(), None, 1),
            Some((rest, which)) => match RecordMark::parse(which.trim()) {
                Some(mark) => (rest, Some(mark), 1),
                None => (rest, None, which.trim().parse().ok().filter(|nth| *nth > 0)?),
            },
        };
        let period = |text: &str| Period::parse(text).ok().and_then(|parsed| parsed.settled().ok());
        // A day may be written with strokes itself, but not in a name.
        let (about, day) = rest.split_once('/').map_or((rest, None), |(about, day)| (about, Some(day)));
        let recorded = match day.map(|day| period(day.trim())) {
            None => None,
            Some(Some(Period::Day(day))) => Some(day),
            Some(_) => return None,
        };
        Some(Self { period: period(about.trim())?, recorded, nth, mark })
    }

    /// What all records of one period and day share: the name without what tells them apart.
    pub fn shared(self) -> (Period, Option<NaiveDate>) {
        (self.period, self.recorded)
    }
}

impl fmt::Display for RecordName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.period)?;
        if let Some(day) = self.recorded {
            write!(f, "/{day}")?;
        }
        match self.mark {
            Some(mark) => write!(f, "#{mark}"),
            None if self.nth > 1 => write!(f, "#{}", self.nth),
            None => Ok(()),
        }
    }
}

/// How a record stands to the others of its file.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Which block of its file it is, from 0.
    pub block: u32,
    /// Which of those of its period and day it is, in the order of the file, from 1; 0 where it is the only one.
    pub nth: u16,
    /// 取下げ: it says nothing itself and only takes away what it corrects.
    pub withdrawn: bool,
    /// What it has to do with others; few records have anything.
    pub links: Option<Box<Links>>,
}

/// What a record has to do with others of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// What tells it from others of its period and day, as far as anything asks.
    pub mark: Option<RecordMark>,
    /// The record in whose place it stands.
    pub corrects: Option<RecordName>,
    /// The record that stands in its place.
    pub corrected: Option<RecordName>,
    /// Of the first of those that it corrects in the end: when it was recorded, and which block of the file it is.
    pub first: Option<(Option<NaiveDate>, u32)>,
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
        let trace = self.trace();
        let mark = trace.links.as_ref().and_then(|links| links.mark).filter(|_| trace.nth > 0);
        RecordName { period: self.period(), recorded: self.recorded(), nth: trace.nth.max(1), mark }
    }

    /// Whether it holds to this day: nothing corrected it, and it is no withdrawal.
    fn stands(&self) -> bool {
        self.trace().corrected().is_none() && !self.trace().withdrawn
    }

    /// Its place in the order of time: the day, and of records of one day the block of the file. A correction stands where
    /// what it corrects stood, and so before what was recorded after that, on the same day or later.
    fn place(&self) -> (Option<NaiveDate>, u32) {
        let trace = self.trace();
        trace.links.as_ref().and_then(|links| links.first).unwrap_or((self.recorded(), trace.block))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back() {
        for name in ["R7Q2/2025-10-03", "R7Q2/2025-10-03#2", "R4", "R4#12", "R7H1/2025-10-03", "R7Q2/2025-10-03#012345"]
        {
            assert_eq!(RecordName::parse(name).unwrap().to_string(), name);
        }
        for (typed, name) in [
            ("Ｒ７Ｑ２／２０２５－１０－０３", "R7Q2/2025-10-03"),
            (" R7Q2 / R7.10.3 ", "R7Q2/2025-10-03"),
            ("R7Q2/R7.10.3＃３ＦＡ９Ｃ１", "R7Q2/2025-10-03#3fa9c1"),
        ] {
            assert_eq!(RecordName::parse(typed).map(|n| n.to_string()).as_deref(), Some(name), "{typed}");
        }
        for text in [
            "",
            "/",
            "R7Q2/",
            "R7Q2/R7",
            "2025-10-03/R7Q2#0",
            "R7Q5/2025-10-03",
            "R7Q2/2025-10-03#x",
            "R7Q2/2025-10-03#3fa9cg",
            "R7Q2/2025-10-03#3fa9c12",
        ] {
            assert_eq!(RecordName::parse(text), None, "{text}");
        }
    }
}
