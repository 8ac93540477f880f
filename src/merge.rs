//! Two branches recorded on the same entry: their records files become one, no record lost and none twice.
//!
//! Blocks are only ever added to a records file, but git compares lines, and two blocks added at the same end collide
//! for it. Here blocks are compared. What people alone can settle (the same period rated differently, the same block
//! edited differently) stays a conflict, both sides whole.

use std::collections::VecDeque;

use crate::ledger::split::{Block, Split};
use crate::plan::record::RecordName;

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// Everything of both sides.
    Clean(String),
    /// The same, with both sides of every contradiction between git's marks.
    Conflict(String),
}

/// How the sides are called, and how long the marks of a conflict are.
#[derive(Debug, Clone, Copy)]
pub struct Marks<'a> {
    /// The branch that is merged into.
    pub ours: &'a str,
    /// The branch that is merged.
    pub theirs: &'a str,
    /// Characters of a mark; git's own are 7.
    pub size: usize,
}

/// Merges what `ours` and `theirs` made of `base`. `None` where one of them is no records file that can be taken apart, or
/// where more than blocks differs on both sides: lines must be compared then.
pub fn merge(base: &str, ours: &str, theirs: &str, marks: Marks<'_>) -> Option<Merged> {
    let newline = if ours.contains("\r\n") { "\r\n" } else { "\n" };
    let texts = [base, ours, theirs].map(|text| text.replace("\r\n", "\n"));
    let [base, ours, theirs] = [Split::parse(&texts[0])?, Split::parse(&texts[1])?, Split::parse(&texts[2])?];
    let head = match (ours.head == base.head, theirs.head == base.head) {
        (_, true) => ours.head,
        (true, false) => theirs.head,
        _ if ours.head == theirs.head => ours.head,
        _ => return None,
    };
    let (own, other) = (Side::of(&base, &ours), Side::of(&base, &theirs));
    let mut slots: Vec<Slot<'_>> = (0..base.blocks.len()).filter_map(|at| kept(&base, at, &own, &other)).collect();
    let named: Vec<RecordName> = [&ours, &theirs]
        .iter()
        .flat_map(|side| &side.blocks)
        .filter_map(Block::corrects)
        .filter(|name| name.mark.is_none())
        .collect();
    slots.extend(added(own.added, other.added, &named));
    let clean = slots.iter().all(|slot| matches!(slot, Slot::One(_)));
    let text = written(head, &slots, marks).replace('\n', newline);
    Some(if clean { Merged::Clean(text) } else { Merged::Conflict(text) })
}

/// What one side made of the base's blocks, by their places, and what it added.
struct Side<'t> {
    fates: Vec<Fate<'t>>,
    added: Vec<&'t Block<'t>>,
}

/// What became of a block.
#[derive(Clone, Copy)]
enum Fate<'t> {
    Same,
    Edited(&'t Block<'t>),
    Gone,
}

impl<'t> Side<'t> {
    /// A block that is not there any more was edited where one of the same name took its place.
    fn of(base: &Split<'_>, side: &'t Split<'t>) -> Self {
        let mut rest: Vec<&Block<'_>> = side.blocks.iter().collect();
        let mut take = |is: &dyn Fn(&Block<'_>) -> bool| rest.iter().position(|b| is(b)).map(|at| rest.remove(at));
        let same: Vec<bool> = base.blocks.iter().map(|old| take(&|new| new.text == old.text).is_some()).collect();
        let fate = |(old, same): (&Block<'_>, bool)| match same {
            true => Fate::Same,
            false => take(&|new| new.name() == old.name()).map_or(Fate::Gone, Fate::Edited),
        };
        let fates = base.blocks.iter().zip(same).map(fate).collect();
        Self { fates, added: rest }
    }
}

/// One place of the merged file.
enum Slot<'t> {
    One(&'t Block<'t>),
    Both(Vec<&'t Block<'t>>, Vec<&'t Block<'t>>),
}

/// What stands where the base's block `at` stood.
fn kept<'t>(base: &'t Split<'t>, at: usize, own: &Side<'t>, other: &Side<'t>) -> Option<Slot<'t>> {
    let block = |fate: Fate<'t>| match fate {
        Fate::Same => Some(&base.blocks[at]),
        Fate::Edited(block) => Some(block),
        Fate::Gone => None,
    };
    match (own.fates[at], other.fates[at]) {
        (fate, Fate::Same) | (Fate::Same, fate) => block(fate).map(Slot::One),
        (Fate::Gone, Fate::Gone) => None,
        (Fate::Edited(a), Fate::Edited(b)) if a.text == b.text => Some(Slot::One(a)),
        (a, b) => Some(Slot::Both(block(a).into_iter().collect(), block(b).into_iter().collect())),
    }
}

/// What both sides added: each record once, each side's in its own order, and otherwise in the order they were recorded, so
/// that it does not matter who merges. `named` are the names without a mark by which older files call what they correct.
fn added<'t>(own: Vec<&'t Block<'t>>, mut other: Vec<&'t Block<'t>>, named: &[RecordName]) -> Vec<Slot<'t>> {
    let is_in = |side: &[&Block<'_>], block: &Block<'_>| side.iter().any(|b| b.is_same(block));
    let of_both: Vec<&Block<'_>> = own.iter().copied().filter(|block| is_in(&other, block)).collect();
    let mut ours = VecDeque::new();
    for block in own {
        let clash = |theirs: &&Block<'_>| {
            !is_in(&of_both, theirs) && (block.contradicts(theirs) || takes_the_name(block, theirs, named))
        };
        let (against, rest): (Vec<_>, Vec<_>) = other.into_iter().partition(clash);
        other = rest;
        ours.push_back(if against.is_empty() { Slot::One(block) } else { Slot::Both(vec![block], against) });
    }
    let mut theirs: VecDeque<Slot<'_>> = other.into_iter().map(Slot::One).collect();
    let is_common = |slot: &Slot<'_>| matches!(slot, Slot::One(block) if is_in(&of_both, block));
    let mut slots = Vec::new();
    while let (Some(a), Some(b)) = (ours.front(), theirs.front()) {
        // What both have keeps its place among what either has.
        let from_ours = match (is_common(a), is_common(b)) {
            (true, true) => {
                theirs.retain(|slot| !slot.is(a));
                true
            }
            (true, false) => false,
            (false, true) => true,
            (false, false) => a.recorded() <= b.recorded(),
        };
        slots.extend(if from_ours { ours.pop_front() } else { theirs.pop_front() });
    }
    slots.extend(ours);
    slots.extend(theirs);
    slots
}

/// Whether two new records share a name that a correction calls one of them by: it would call whichever comes first.
fn takes_the_name(ours: &Block<'_>, theirs: &Block<'_>, named: &[RecordName]) -> bool {
    let calls = |name: &RecordName| (name.period, name.recorded);
    ours.called().zip(theirs.called()).is_some_and(|(a, b)| a == b && named.iter().any(|name| calls(name) == calls(&a)))
}

impl Slot<'_> {
    /// Whether both are one record.
    fn is(&self, other: &Self) -> bool {
        matches!((self, other), (Self::One(a), Self::One(b)) if a.is_same(b))
    }

    /// The day it was recorded, and for those of one day something to tell them apart.
    fn recorded(&self) -> (String, &str) {
        match self {
            Self::One(block) => (block.recorded(), block.text),
            Self::Both(own, other) => own.iter().chain(other).map(|b| (b.recorded(), b.text)).min().unwrap_or_default(),
        }
    }
}

fn written(head: &str, slots: &[Slot<'_>], marks: Marks<'_>) -> String {
    let mark = |sign: &str| sign.repeat(marks.size);
    let texts = |blocks: &[&Block<'_>]| blocks.iter().map(|b| format!("{}\n", b.text)).collect::<Vec<_>>().join("\n");
    let slot = |slot: &Slot<'_>| match slot {
        Slot::One(block) => texts(&[block]),
        Slot::Both(own, other) => {
            let (begin, middle, end) = (mark("<"), mark("="), mark(">"));
            let (own, other) = (texts(own), texts(other));
            format!("{begin} {}\n{own}{middle}\n{other}{end} {}\n", marks.ours, marks.theirs)
        }
    };
    let head = (!head.is_empty()).then(|| format!("{head}\n"));
    head.into_iter().chain(slots.iter().map(slot)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
