//! What the changes of the plan tell of the files of one revision.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::Diff;
use super::super::change::Change;
use super::super::fact::{Fact, Subject};
use super::units::Unit;
use crate::source::Snapshot;

/// The places that the changes cite, and what they tell without a place.
pub struct Covered<'d> {
    snapshot: &'d Snapshot,
    /// By file, where facts stand.
    places: HashMap<usize, BTreeSet<usize>>,
    /// By file and place, the keys that state them; no key where a change is of all that stands there.
    keys: HashSet<(usize, usize, Option<&'d str>)>,
    /// By id, the keys that this revision lacks and the other one has.
    lacking: HashSet<(&'d str, &'d str)>,
    /// Of the files whose facts have no places of their own: the path, the first key, and the one under it.
    registers: HashSet<(&'static str, Option<&'d str>, Option<&'d str>)>,
}

impl<'d> Covered<'d> {
    /// What they tell of the new revision, or of the old one.
    pub fn new(snapshot: &'d Snapshot, diff: &'d Diff<'_>, is_new: bool) -> Self {
        let mut all = Self {
            snapshot,
            places: HashMap::new(),
            keys: HashSet::new(),
            lacking: HashSet::new(),
            registers: HashSet::new(),
        };
        diff.changes.iter().for_each(|change| all.add(change, is_new));
        all
    }

    fn add(&mut self, change: &'d Change<'_>, is_new: bool) {
        let (own, others) = if is_new { (&change.new, &change.old) } else { (&change.old, &change.new) };
        for fact in own.iter().chain(&change.beside[usize::from(is_new)]) {
            let (file, at) = (fact.origin.file as usize, fact.origin.offset as usize);
            self.places.entry(file).or_default().insert(at);
            let whole = change.key.is_none().then_some(None);
            self.keys.extend(keys(fact).map(Some).chain(whole).map(|key| (file, at, key)));
        }
        let id = change.subject.id().map(|id| id.as_str());
        if let Some(id) = id.filter(|_| own.is_empty()) {
            self.lacking.extend(others.iter().flat_map(keys).map(|key| (id, key)));
        }
        let Some(path) = register(change) else { return };
        let facts = change.old.iter().chain(&change.new);
        match change.subject {
            Subject::Scale(_) => drop(self.registers.insert((path, Some("scale"), None))),
            Subject::Evaluator(_) => drop(self.registers.insert((path, Some("evaluator"), None))),
            Subject::Bands(_) => drop(self.registers.insert((path, Some("bands"), None))),
            Subject::Plan => {
                let facts = facts.chain(change.beside.iter().flatten());
                self.registers.extend(facts.flat_map(keys).map(|key| (path, None, Some(key))));
            }
            _ if change.key.is_none() => drop(self.registers.insert((path, id, None))),
            _ => self.registers.extend(facts.flat_map(keys).map(|key| (path, id, Some(key)))),
        }
    }

    /// Whether a change tells of the unit.
    pub fn tells(&self, unit: &Unit<'_>) -> bool {
        let names = || unit.name.iter().map(String::as_str);
        let head = names().next();
        let path = &*unit.path;
        // What one revision lacks stands in the other only.
        let lacks = || head.is_some_and(|id| names().any(|name| self.lacking.contains(&(id, name))));
        let of_register = |path| {
            let under = |first| names().any(|name| self.registers.contains(&(path, first, Some(name))));
            self.registers.contains(&(path, head, None)) || under(None) || head.is_some() && under(head)
        };
        self.cites(unit) || lacks() || REGISTERS.into_iter().find(|register| *register == path).is_some_and(of_register)
    }

    /// Whether a fact of a change stands in the unit, or in the table around it under its name.
    fn cites(&self, unit: &Unit<'_>) -> bool {
        let Some(file) = self.snapshot.position(&unit.path) else { return false };
        // Facts without a place of their own stand at the beginning of a file; there a record begins, too.
        let begin = unit.span.start.max(usize::from(!unit.is_record));
        let within =
            |places: &BTreeSet<usize>| begin < unit.span.end && places.range(begin..unit.span.end).next().is_some();
        let stated = |key: Option<&str>| self.keys.contains(&(file, unit.table, key));
        self.places.get(&file).is_some_and(within)
            || unit.name.len() > 1 && (stated(None) || unit.name.iter().any(|name| stated(Some(name))))
    }

    /// Whether a change of the plan stands in the file.
    pub fn is_in(&self, path: &str) -> bool {
        self.snapshot.position(path).is_some_and(|file| self.places.contains_key(&file))
            || self.registers.iter().any(|(register, ..)| *register == path)
    }
}

/// The keys that state a fact: its own, and that of the part it belongs to.
fn keys(fact: &Fact<'_>) -> impl Iterator<Item = &'static str> {
    let part = fact.key.part.first().map(|part| part.field().key());
    std::iter::once(fact.key.field.key()).chain(part)
}

/// Files whose facts have no places of their own.
const REGISTERS: [&str; 3] = ["plan.toml", "owners.toml", "sources.toml"];

/// The one of them in which what the change is of stands.
fn register(change: &Change<'_>) -> Option<&'static str> {
    match change.subject {
        Subject::Plan | Subject::Scale(_) | Subject::Evaluator(_) | Subject::Bands(_) => Some("plan.toml"),
        Subject::Owner(_) => Some("owners.toml"),
        Subject::Source(_) => Some("sources.toml"),
        Subject::Entry(_) | Subject::Indicator(_) => None,
    }
}
