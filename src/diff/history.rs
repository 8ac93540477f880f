//! Every value that something of the plan ever had.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::change::{Change, ChangeKind};
use super::fact::{Subject, SubjectPart};
use super::field::Field;
use super::{changes_of, compare, facts, name, reasons};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::value::Value;
use crate::plan::{Plan, Subject as Found};

/// What one revision changed.
#[derive(Debug)]
pub struct Step<'p> {
    /// The revision's commit; `None` for what is not committed.
    pub revision: Option<String>,
    /// When it was written; `None` for what is not committed.
    pub date: Option<NaiveDate>,
    /// By whom.
    pub author: String,
    /// What it changed; for the first one, what it states.
    pub changes: Vec<Change<'p>>,
    /// For each change whether it lowered a target after the fact.
    pub late: Vec<Option<Late>>,
    /// The plan before and after it.
    pub plans: [Option<&'p Plan>; 2],
    /// Whether it is the first one that tells of it.
    pub is_first: bool,
    /// Whether what came before it is not known, since the clone is shallow.
    pub is_boundary: bool,
}

/// Why a target was lowered after the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// 期限の後: its period was over.
    AfterItsPeriod,
    /// 実績が出た後: the actual of its period was known.
    AfterItsActual,
}

/// The changes of one entry or indicator from one revision to the next; `None` for a plan that was not there.
pub fn changes<'p>(old: Option<&'p Plan>, new: Option<&'p Plan>, ids: &[Id]) -> Vec<Change<'p>> {
    let side = |plan: Option<&'p Plan>| plan.and_then(|plan| Some((plan, find(plan, ids)?)));
    let (old, new) = (side(old), side(new));
    let facts = |of: Option<(&'p Plan, Found)>| {
        of.map(|(plan, found)| match found {
            Found::Entry(place) => facts::entry(plan, &plan.entries[place]),
            Found::Indicator(place) => facts::indicator(plan, &plan.indicators[place]),
        })
    };
    let Some(subject) = new.or(old).map(subject) else { return Vec::new() };
    let (mut olds, news) = (facts(old).unwrap_or_default(), facts(new).unwrap_or_default());
    compare::align(&mut olds, &news);
    let called = if news.is_empty() { name(&olds) } else { name(&news) };
    let mut changes = changes_of(subject, called, olds, news);
    reasons::attach(&mut changes);
    changes
}

fn find(plan: &Plan, ids: &[Id]) -> Option<Found> {
    ids.iter().find_map(|id| plan.index.get(id).copied())
}

fn subject((plan, found): (&Plan, Found)) -> Subject<'_> {
    match found {
        Found::Entry(place) => Subject::Entry(&plan.entries[place].id),
        Found::Indicator(place) => Subject::Indicator(&plan.indicators[place].id),
    }
}

/// Whether a plan has an entry or indicator under one of these ids.
pub fn is_in_plan(plan: Option<&Plan>, ids: &[Id]) -> bool {
    plan.is_some_and(|plan| find(plan, ids).is_some())
}

/// Whether a change, written on that day, lowered a target after the fact. What was known is what the revision before it
/// knew.
pub fn late(change: &Change<'_>, before: Option<&Plan>, date: Option<NaiveDate>) -> Option<Late> {
    let Some(SubjectPart::At(Field::Target, _)) = change.key.as_ref().and_then(|key| key.part.first()) else {
        return None;
    };
    let lowered = change.kind == ChangeKind::Lowered || change.kind == ChangeKind::Dropped;
    // The period that was due, before it may have been put off.
    let Some(SubjectPart::At(_, period)) = change.old.first().and_then(|fact| fact.key.part.first()) else {
        return None;
    };
    let id = change.subject.id().filter(|_| lowered)?;
    if date.is_some_and(|date| date > period.last_day()) {
        return Some(Late::AfterItsPeriod);
    }
    let Some(Found::Indicator(place)) = before?.index.get(id) else { return None };
    let mut measures = before?.indicators[*place].measures.iter().map(|measure| &measure.reading);
    let known = measures.any(|r| r.period == *period && !matches!(r.value, Value::Absent(_)));
    known.then_some(Late::AfterItsActual)
}

/// Whether a change is one of the field that a text names: by its key in the files, or by what it is called.
pub fn is_of(change: &Change<'_>, field: &str) -> bool {
    let Some(key) = &change.key else { return false };
    let called = |of: Field| of.key() == field || [Lang::Ja, Lang::En].iter().any(|lang| of.name(*lang) == field);
    let rated = called(Field::Rating) && matches!(key.part.first(), Some(SubjectPart::Record(Field::Update, ..)));
    called(key.field) || rated || key.part.iter().any(|part| called(part.field()))
}

/// The plans of revisions, each read once however many revisions have the same files.
#[derive(Debug, Default)]
pub struct Known(RefCell<HashMap<String, Option<&'static Plan>>>);

impl Known {
    /// The plan made of these contents; `read` makes it where it is not yet known.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn plan<E>(
        &self,
        contents: String,
        read: impl FnOnce() -> Result<Option<Plan>, E>,
    ) -> Result<Option<&'static Plan>, E> {
        if let Some(known) = self.0.borrow().get(&contents) {
            return Ok(*known);
        }
        // Like the plan of every command, it is never let go of.
        let plan = read()?.map(|plan| &*Box::leak(Box::new(plan)));
        self.0.borrow_mut().insert(contents, plan);
        Ok(plan)
    }
}
