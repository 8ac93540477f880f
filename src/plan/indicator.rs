//! Verification indicators (検証指標): what is measured, from where, to where.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::amendment::Amendment;
use super::entry::Entry;
use super::id::Id;
use super::judging::{BandAt, Meaning, TargetOf};
use super::period::Period;
use super::printed::PublishedOf;
use super::record::{Recorded, Trace};
use super::source::Origin;
use super::value::Value;

/// One indicator, or a heading over several.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// The key in records.
    pub id: Id,
    /// What is measured.
    pub name: Box<str>,
    /// The mark before the name (①).
    pub label: Option<Box<str>>,
    /// In what; empty for headings and milestones.
    pub unit: Unit,
    /// Which way is good.
    pub kind: Kind,
    /// What one value covers.
    pub series: Series,
    /// The heading or indicator above it, by place.
    pub parent: Option<usize>,
    /// The entries it verifies, by place.
    pub entries: Box<[usize]>,
    /// 所管課, by place.
    pub owners: Box<[usize]>,
    /// 基準値.
    pub baseline: Option<Reading>,
    /// 目標値, by period; the last is the final one, those before it the plan's own yearly targets.
    pub targets: Vec<Reading>,
    /// Targets that held before, the oldest first.
    pub revised: Vec<Revision>,
    /// Which bands judge it, by place in the plan; the plan's own choice where it names none.
    pub judged_by: Option<usize>,
    /// Which of its targets judges; the plan's own choice where it says nothing.
    pub against: Option<TargetOf>,
    /// 見込: amounts that are expected of years to come, by period; of effects.
    pub forecasts: Vec<Reading>,
    /// Whether it is an amount gained (効果額), and for how long it counts.
    pub effect: Option<Effect>,
    /// Rates as a paper printed them.
    pub published: Vec<PublishedRates>,
    /// Ids it had before.
    pub formerly: Box<[Id]>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// Why it was changed.
    pub amendments: Box<[Amendment]>,
    /// Where it was read.
    pub origin: Origin,
    /// 実績値: by period, then by when it was recorded. The last one of a period counts.
    pub measures: Vec<Actual>,
}

/// Which way is good, and what the target means. Declared, never guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// No values of its own.
    Heading,
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// A floor: met at or above the target.
    AtLeast,
    /// A ceiling: met at or below the target.
    AtMost,
    /// To be kept at the target, give or take.
    Maintain {
        /// How far the actual may lie from the target, in the unit.
        tolerance: Decimal,
    },
    /// To be kept between two bounds.
    Range,
    /// Ordered steps, never forced into a percent.
    Milestone {
        /// In order.
        steps: Vec<Box<str>>,
    },
}

/// What one value covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Series {
    /// Not stated.
    Unstated,
    /// The state on a day.
    Snapshot,
    /// What happened within one period.
    Yearly,
    /// The sum since the beginning.
    Cumulative,
    /// 要確認.
    Unconfirmed,
}

impl Series {
    /// Those that can be stated, with the words of the file.
    pub const ALL: [(&str, Self); 4] = [
        ("snapshot", Self::Snapshot),
        ("yearly", Self::Yearly),
        ("cumulative", Self::Cumulative),
        ("unconfirmed", Self::Unconfirmed),
    ];
}

/// How long an amount gained in a year counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// 単年度効果: in that year only.
    OneYear,
    /// 継続効果: in that year and every later one.
    Continuing,
}

/// Figures of an indicator or of a heading as a paper printed them.
#[derive(Debug, Clone)]
pub struct PublishedRates {
    /// Of the actual of this period.
    pub period: Period,
    /// What was printed, each named for what it is.
    pub figures: Box<[(PublishedOf, Decimal)]>,
    /// Where it was read.
    pub origin: Origin,
}

/// A unit as printed ("％", "件"); `％` and `%` are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit(pub Box<str>);

/// A value and the period it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The period of the value.
    pub period: Period,
    /// How much.
    pub value: Value,
    /// What few readings have. Of readings there are a million, so it stands elsewhere.
    pub wording: Option<Box<Wording>>,
    /// Where it was read.
    pub origin: Origin,
}

/// What a file says of a value beside the value itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// The words in the file, where the value was written as text ("15％以上").
    pub written: Option<Box<str>>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// 未満・超: whether the number itself does not reach the target any more.
    pub strict: bool,
}

impl Reading {
    /// A reading of which the file says this, too.
    pub fn new(period: Period, value: Value, wording: Wording, origin: Origin) -> Self {
        let wording = (wording != Wording::default()).then(|| Box::new(wording));
        Self { period, value, wording, origin }
    }

    /// The number it holds, where it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The words in the file, where the value was written as text ("15％以上").
    pub fn written(&self) -> Option<&str> {
        self.wording.as_ref()?.written.as_deref()
    }

    /// 未満・超: whether the number itself does not reach the target any more.
    pub fn is_strict(&self) -> bool {
        self.wording.as_ref().is_some_and(|wording| wording.strict)
    }

    /// Footnotes.
    pub fn notes(&self) -> &[Box<str>] {
        self.wording.as_ref().map_or(&[], |wording| &wording.notes)
    }
}

/// Targets that held until a day.
#[derive(Debug, Clone)]
pub struct Revision {
    /// The last day they held.
    pub until: NaiveDate,
    /// By period, as the revision lists them.
    pub targets: Vec<Reading>,
    /// By period, all that held: those that the revision does not list were not changed by it.
    pub in_force: Vec<Reading>,
    /// Why they were changed.
    pub reason: Option<Box<str>>,
}

/// One block of an indicator's history.
#[derive(Debug, Clone)]
pub struct Actual {
    /// The value or the reason why there is none.
    pub reading: Reading,
    /// When it was recorded.
    pub recorded: Option<NaiveDate>,
    /// 速報値: to be confirmed by a later block.
    pub provisional: bool,
    /// Who recorded it.
    pub by: Option<Box<str>>,
    /// 断層: what is counted changed with this value, so that no trend crosses it.
    pub breaks: bool,
    /// What few measures have. Of measures there are a million, so it stands elsewhere.
    pub rare: Option<Box<Rare>>,
    /// Its name, and what became of it.
    pub trace: Trace,
}

/// What few measures have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rare {
    /// How many were asked.
    pub sample: Option<u32>,
    /// The sampling error, in the unit.
    pub margin: Option<Decimal>,
    /// The verdict of a person, where one was given.
    pub by_hand: Option<ByHand>,
}

impl Actual {
    /// The one of several measures of a period that holds: the last of the confirmed ones where there is one, else the last.
    /// That there is no value confirms nothing. Which is the last, their places in the order of time say.
    pub fn last_word<'m>(of_period: impl Iterator<Item = &'m Self> + Clone) -> Option<&'m Self> {
        let is_confirmed = of_period.clone().any(Self::confirms);
        of_period.max_by_key(|measure| (is_confirmed && !measure.provisional, measure.place()))
    }

    /// Whether it is a confirmed value.
    pub fn confirms(&self) -> bool {
        !self.provisional && !self.trace.withdrawn && !matches!(self.reading.value, Value::Absent(_))
    }

    /// 回答数: how many were asked.
    pub fn sample(&self) -> Option<u32> {
        self.rare.as_ref()?.sample
    }

    /// 標本誤差: the sampling error, in the unit.
    pub fn margin(&self) -> Option<Decimal> {
        self.rare.as_ref()?.margin
    }

    /// The verdict of a person, where one was given.
    pub fn by_hand(&self) -> Option<&ByHand> {
        self.rare.as_ref()?.by_hand.as_ref()
    }
}

impl Recorded for Actual {
    fn period(&self) -> Period {
        self.reading.period
    }

    fn recorded(&self) -> Option<NaiveDate> {
        self.recorded
    }

    fn trace(&self) -> &Trace {
        &self.trace
    }
}

/// A verdict that a person gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// In the words that all plans share; `None` for 判定不能.
    pub meaning: Option<Meaning>,
    /// The band that was named, where one was.
    pub band: Option<BandAt>,
    /// Why it differs from what was computed.
    pub reason: Option<Box<str>>,
}

impl Kind {
    /// The key in files and in JSON.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Up => "up",
            Self::Down => "down",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Maintain { .. } => "maintain",
            Self::Range => "range",
            Self::Milestone { .. } => "milestone",
        }
    }
}

impl Unit {
    /// Whether a text names this unit.
    pub fn is(&self, text: &str) -> bool {
        *self.0 == *text || crate::text::fold::fold(&self.0) == crate::text::fold::fold(text)
    }

    /// Whether it is a percentage, whose differences are points.
    pub fn is_percent(&self) -> bool {
        matches!(&*self.0, "％" | "%") || self.is("%")
    }
}

impl Indicator {
    /// The targets in force on `day`.
    pub fn targets_on(&self, day: NaiveDate) -> &[Reading] {
        self.revised.iter().find(|r| day <= r.until).map_or(&self.targets, |r| &r.in_force)
    }

    /// The value that holds for each period, in order of time, of those that `counts` says yes to ([`Actual::last_word`]).
    pub fn known(&self, counts: impl Fn(&Actual) -> bool) -> impl Iterator<Item = &Actual> {
        let periods = self.measures.chunk_by(|a, b| a.reading.period == b.reading.period);
        periods.filter_map(move |of_period| match of_period {
            [only] => counts(only).then_some(only),
            several => Actual::last_word(several.iter().filter(|measure| counts(measure))),
        })
    }

    /// Whether it verifies `entry` (by place) or an entry under it.
    pub fn verifies(&self, entry: usize, outline: &[Entry]) -> bool {
        self.entries.iter().any(|&of| std::iter::successors(Some(of), |&e| outline[e].parent).any(|e| e == entry))
    }
}
