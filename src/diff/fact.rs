//! A plan taken apart: facts, each with a key that stays the same from revision to revision.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use chrono::NaiveDate;

use super::datum::Datum;
use super::field::Field;
use crate::plan::id::Id;
use crate::plan::period::{FiscalYear, Period};
use crate::plan::source::Origin;

/// Whose fact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject<'p> {
    /// The plan as a whole.
    Plan,
    /// A scale of ratings.
    Scale(&'p Id),
    /// Who rates.
    Evaluator(&'p Id),
    /// A set of bands of the plan's own.
    Bands(&'p Id),
    /// A department.
    Owner(&'p Id),
    /// A document.
    Source(&'p Id),
    /// An entry of the outline.
    Entry(&'p Id),
    /// An indicator.
    Indicator(&'p Id),
}

impl<'p> Subject<'p> {
    /// Its id; `None` for the plan as a whole.
    pub fn id(self) -> Option<&'p Id> {
        match self {
            Self::Plan => None,
            Self::Scale(id)
            | Self::Evaluator(id)
            | Self::Bands(id)
            | Self::Owner(id)
            | Self::Source(id)
            | Self::Entry(id)
            | Self::Indicator(id) => Some(id),
        }
    }
}

/// A part of a subject that is there or not as a whole: an initiative, a target, a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectPart<'p> {
    /// By name; of several with the same name the n-th.
    Named(Field, &'p str, usize),
    /// By id.
    Known(Field, &'p Id),
    /// By period: a baseline, a target.
    At(Field, Period),
    /// Targets that held until a day.
    Until(NaiveDate),
    /// A version of a scale, by its first year.
    Version(Option<FiscalYear>),
    /// A record: its kind, its period, the day it was recorded, its evaluator, the n-th of those.
    Record(Field, Period, Option<NaiveDate>, Option<&'p Id>, usize),
    /// The reason of a change: of when, the n-th.
    Amendment(NaiveDate, usize),
}

impl SubjectPart<'_> {
    /// The key under which it stands in the files.
    pub fn field(&self) -> Field {
        match self {
            Self::Named(field, ..) | Self::Known(field, _) | Self::At(field, _) | Self::Record(field, ..) => *field,
            Self::Until(_) => Field::Revised,
            Self::Version(_) => Field::Scale,
            Self::Amendment(..) => Field::Amendment,
        }
    }
}

/// What a fact says, within its subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<'p> {
    /// The part of the subject, from the outside in; empty for the subject itself.
    pub part: Vec<SubjectPart<'p>>,
    /// Which key of it.
    pub field: Field,
}

/// One thing that the plan says, and where.
#[derive(Debug, Clone)]
pub struct Fact<'p> {
    /// What it says it of.
    pub key: Key<'p>,
    /// What it says.
    pub datum: Datum<'p>,
    /// The table or value it stands in.
    pub origin: Origin,
}

/// Two facts are the same when they say the same, wherever they stand.
impl PartialEq for Fact<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.datum == other.datum
    }
}

impl Eq for Fact<'_> {}

impl Hash for Fact<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// Collects the facts of one subject.
#[derive(Debug)]
pub struct Collector<'p> {
    facts: Vec<Fact<'p>>,
    part: Vec<SubjectPart<'p>>,
    origin: Origin,
}

impl<'p> Collector<'p> {
    /// Of a subject that stands here.
    pub fn new(origin: Origin) -> Self {
        Self { facts: Vec::new(), part: Vec::new(), origin }
    }

    /// The facts, in order of their keys.
    pub fn done(mut self) -> Vec<Fact<'p>> {
        self.facts.sort_by(|a, b| a.key.cmp(&b.key));
        self.facts
    }

    /// What the plan says of a key; nothing where it says nothing.
    pub fn put(&mut self, field: Field, datum: impl Into<Option<Datum<'p>>>) {
        if let Some(datum) = datum.into() {
            let key = Key { part: self.part.clone(), field };
            self.facts.push(Fact { key, datum, origin: self.origin });
        }
    }

    /// A text that may be absent.
    pub fn text(&mut self, field: Field, text: &'p Option<Box<str>>) {
        self.put(field, text.as_deref().map(Datum::Text));
    }

    /// Texts, of which there may be none.
    pub fn texts(&mut self, field: Field, texts: &'p [Box<str>]) {
        self.put(field, (!texts.is_empty()).then(|| Datum::Texts(texts.iter().map(|t| &**t).collect())));
    }

    /// A yes; a no is what is usual and says nothing.
    pub fn flag(&mut self, field: Field, flag: bool) {
        self.put(field, flag.then_some(Datum::Flag(flag)));
    }

    /// A part of what is being collected, which stands at `origin`.
    pub fn within(&mut self, part: SubjectPart<'p>, origin: Origin, collect: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.origin, origin);
        self.part.push(part);
        collect(self);
        self.part.pop();
        self.origin = around;
    }

    /// Where what is being collected stands.
    pub fn origin(&self) -> Origin {
        self.origin
    }
}

/// For each of several things with names: the how-many-th of its name it is.
pub fn nth<'n>(names: impl Iterator<Item = &'n str>) -> Vec<usize> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let nth = |name| {
        let count = seen.entry(name).or_default();
        *count += 1;
        *count - 1
    };
    names.map(nth).collect()
}
