//! Entries of the outline (基本方針, 施策, 取組項目), their initiatives and their updates.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::amendment::Amendment;
use super::id::Id;
use super::period::Period;
use super::record::{Recorded, Trace};
use super::road::{PlannedStep, Reached};
use super::scale::Rating;
use super::source::Origin;
use super::value::{Certainty, Value};

/// One entry of the outline, at any level.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The outline number (`1-1-2`).
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
    /// Other names the documents use.
    pub aliases: Box<[Box<str>]>,
    /// What it is about.
    pub summary: Option<Box<str>>,
    /// The entry above it, by its place in the plan.
    pub parent: Option<usize>,
    /// The entries under it, by their places, in order.
    pub children: Vec<usize>,
    /// Its depth: 0 for the top level.
    pub level: usize,
    /// 所管課, by their places; the first leads. Inherited from the entry above where it names none.
    pub owners: Box<[usize]>,
    /// In the plan from the beginning of this period on; `None` from the plan's beginning.
    pub added: Option<Period>,
    /// No longer in the plan from the beginning of this period on.
    pub dropped: Option<Period>,
    /// When it begins; until then nobody is asked to rate it. Inherited from the entry above where it names none.
    pub start: Option<Period>,
    /// The periods in which it is rated. Inherited from the entry above, and from the plan, where it names none.
    pub rated: Box<[Period]>,
    /// What else it belongs to: keys and values, in the order written. A key is inherited from the entry above where it
    /// does not name it.
    pub groups: Box<[(Box<str>, Box<str>)]>,
    /// Ids it had before.
    pub formerly: Box<[Id]>,
    /// What is done about it.
    pub initiatives: Box<[Initiative]>,
    /// What is planned for each year, by year.
    pub steps: Box<[PlannedStep]>,
    /// Its dated steps.
    pub milestones: Box<[Milestone]>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// Why it was changed.
    pub amendments: Box<[Amendment]>,
    /// Where it was read.
    pub origin: Origin,
    /// Its history: by period, then by when it was recorded. The last one of a period and evaluator counts.
    pub updates: Vec<Update>,
}

impl Entry {
    /// The figures of its initiatives and of its updates.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let initiatives = self.initiatives.iter().flat_map(|initiative| &initiative.figures);
        initiatives.chain(self.updates.iter().flat_map(|update| &update.figures))
    }

    /// Whether the entry is in the plan at the end of `period`.
    pub fn is_active(&self, period: Period) -> bool {
        self.added.is_none_or(|added| added.first_day() <= period.last_day())
            && self.dropped.is_none_or(|dropped| period.last_day() < dropped.first_day())
    }

    /// Whether it has begun by the end of `period`.
    pub fn has_begun(&self, period: Period) -> bool {
        self.start.is_none_or(|start| start.first_day() <= period.last_day())
    }

    /// Takes over what the entry above says for those under it, where it says nothing itself.
    pub fn inherit(&mut self, above: &Self) {
        if self.owners.is_empty() {
            self.owners.clone_from(&above.owners);
        }
        if self.rated.is_empty() {
            self.rated.clone_from(&above.rated);
        }
        self.start = self.start.or(above.start);
        let is_new = |key: &str| self.groups.iter().all(|(own, _)| **own != *key);
        if above.groups.iter().any(|(key, _)| is_new(key)) {
            let inherited = above.groups.iter().filter(|(key, _)| is_new(key)).cloned();
            self.groups = self.groups.iter().cloned().chain(inherited).collect();
        }
    }
}

/// Something a city does under an entry (取組).
#[derive(Debug, Clone, Default)]
pub struct Initiative {
    /// What it is called.
    pub name: Box<str>,
    /// Other names the documents use.
    pub aliases: Box<[Box<str>]>,
    /// When it begins.
    pub start: Option<Period>,
    /// When it ends.
    pub end: Option<Period>,
    /// Other entries it belongs to, by their places.
    pub also: Vec<usize>,
    /// What is planned for each year, by year.
    pub steps: Box<[PlannedStep]>,
    /// Its dated steps.
    pub milestones: Box<[Milestone]>,
    /// Its numbers.
    pub figures: Box<[Figure]>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// Where it was read.
    pub origin: Origin,
}

/// A dated step of an entry, an initiative or the plan itself.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// When.
    pub date: Period,
    /// What.
    pub name: Box<str>,
    /// Footnotes.
    pub notes: Vec<Box<str>>,
    /// Where it was read.
    pub origin: Origin,
}

/// A number that a document states, for reference; it is not judged.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What is counted.
    pub name: Box<str>,
    /// How much; as written where the document words it ("80名以上").
    pub value: Value,
    /// The words in the file, where the value was written as text.
    pub written: Option<Box<str>>,
    /// Its unit.
    pub unit: Box<str>,
    /// The period of the figure.
    pub period: Option<Period>,
    /// The part and the whole that it is a share of, where the document prints both.
    pub share: Option<(Decimal, Decimal)>,
    /// Footnotes.
    pub notes: Vec<Box<str>>,
    /// Where it was read.
    pub origin: Origin,
}

/// One block of an entry's history: what was recorded about a period.
#[derive(Debug, Clone)]
pub struct Update {
    /// What it is about.
    pub period: Period,
    /// When it was recorded; `None` where a document does not state it.
    pub recorded: Option<NaiveDate>,
    /// Who rates, by place.
    pub evaluator: usize,
    /// At most one for each scale.
    pub ratings: Box<[Rating]>,
    /// How far it is, in percent (0–100).
    pub progress: Option<u8>,
    /// 実績.
    pub done: Option<Box<str>>,
    /// 課題.
    pub issue: Option<Box<str>>,
    /// 今後の対応.
    pub next: Option<Box<str>>,
    /// Who recorded it.
    pub by: Option<Box<str>>,
    /// Steps and milestones that were reached; few records tell of any.
    pub reached: Option<Box<Reached>>,
    /// Numbers it states.
    pub figures: Box<[Figure]>,
    /// Footnotes.
    pub notes: Box<[Box<str>]>,
    /// Where it was read.
    pub origin: Origin,
    /// Its name, and what became of it.
    pub trace: Trace,
}

impl Recorded for Update {
    fn period(&self) -> Period {
        self.period
    }

    fn recorded(&self) -> Option<NaiveDate> {
        self.recorded
    }

    fn trace(&self) -> &Trace {
        &self.trace
    }
}

impl Update {
    /// The grade given on a scale.
    pub fn rating_on(&self, scale: usize) -> Option<Rating> {
        self.ratings.iter().copied().find(|r| usize::from(r.scale) == scale)
    }

    /// How sure it is.
    pub fn certainty(&self) -> Certainty {
        self.origin.certainty
    }
}
