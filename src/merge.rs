//! Two branches recorded on the same entry: their records files become one, no record lost and none twice.
//!
//! Blocks are only ever added to a records file, but git compares lines, and two blocks added at the same end collide
//! for it. Here blocks are compared. What people alone can settle (the same period rated differently, the same block
//! edited differently) stays a conflict, both sides whole.

use std::collections::{HashMap, HashSet, VecDeque};

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
    // Whoever merges: lines end as in Windows where one of both has them end so.
    let newline = if ours.contains("\r\n") || theirs.contains("\r\n") { "\r\n" } else { "\n" };
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
    slots.extend(added(&own.added, &other.added, &named));
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
fn added<'t>(own: &[&'t Block<'t>], other: &[&'t Block<'t>], named: &[RecordName]) -> Vec<Slot<'t>> {
    let sides = [own, other];
    let slots = pairs(sides, named);
    let mut queues = [0, 1].map(|side| order(&slots, side, sides[side]));
    let mut places = Vec::new();
    while let [Some(a), Some(b)] = [queues[0].front().copied(), queues[1].front().copied()] {
        // What both have keeps its place among what either has; where they have it in two orders, the earlier comes first.
        let next = match (slots[a].is_common(), slots[b].is_common()) {
            (true, false) => b,
            (false, true) => a,
            _ if slots[a].recorded() <= slots[b].recorded() => a,
            _ => b,
        };
        places.push(next);
        for queue in &mut queues {
            match queue.front() == Some(&next) {
                true => drop(queue.pop_front()),
                false if slots[next].is_common() => queue.retain(|at| *at != next),
                false => {}
            }
        }
    }
    places.extend(queues.into_iter().flatten());
    let mut slots: Vec<Option<Pair<'t>>> = slots.into_iter().map(Some).collect();
    places.into_iter().filter_map(|at| slots[at].take().map(Pair::into_slot)).collect()
}

/// One side as its slots, in the order of the first block that it has of each.
fn order(slots: &[Pair<'_>], side: usize, blocks: &[&Block<'_>]) -> VecDeque<usize> {
    let places = slots.iter().enumerate().flat_map(|(at, slot)| slot.sides[side].iter().map(move |own| (*own, at)));
    let places: HashMap<*const Block<'_>, usize> = places.map(|(own, at)| (std::ptr::from_ref(own), at)).collect();
    let mut known = HashSet::new();
    let all = blocks.iter().filter_map(|block| places.get(&std::ptr::from_ref(*block)).copied());
    all.filter(|at| known.insert(*at)).collect()
}

/// What stands at one place of the merged file, by side.
struct Pair<'t> {
    sides: [Vec<&'t Block<'t>>; 2],
    /// Whether both have the same record, and not two that contradict each other.
    same: bool,
}

impl<'t> Pair<'t> {
    fn is_common(&self) -> bool {
        self.sides.iter().all(|side| !side.is_empty())
    }

    /// The days on which its records were made, the first one first, and for those of one day something to tell them apart:
    /// the same whichever side has which.
    fn recorded(&self) -> Vec<(String, &str)> {
        let mut records: Vec<_> = self.sides.iter().flatten().map(|block| (block.recorded(), block.text)).collect();
        records.sort_unstable();
        records
    }

    fn into_slot(self) -> Slot<'t> {
        let [own, other] = self.sides;
        match self.same || own.is_empty() || other.is_empty() {
            // Comments make no other record: whoever wrote more of them is heard.
            true => own
                .iter()
                .chain(&other)
                .max_by_key(|block| (block.text.len(), block.text))
                .copied()
                .map_or_else(|| Slot::Both(Vec::new(), Vec::new()), Slot::One),
            false => Slot::Both(own, other),
        }
    }
}

/// What belongs to one place: the same record of both sides, and whatever contradicts each other, be it by a third.
fn pairs<'t>([own, other]: [&[&'t Block<'t>]; 2], named: &[RecordName]) -> Vec<Pair<'t>> {
    let mut rest: Vec<&Block<'_>> = other.to_vec();
    let (mut pairs, mut alone): (Vec<Pair<'t>>, Vec<[Vec<&Block<'_>>; 2]>) = (Vec::new(), Vec::new());
    for block in own {
        match rest.iter().position(|theirs| theirs.is_same(block)) {
            Some(at) => pairs.push(Pair { sides: [vec![block], vec![rest.remove(at)]], same: true }),
            None => alone.push([vec![block], Vec::new()]),
        }
    }
    let clash = |a: &Block<'_>, b: &Block<'_>| a.contradicts(b) || takes_the_name(a, b, named);
    for theirs in rest {
        let (against, apart): (Vec<_>, Vec<_>) =
            alone.into_iter().partition(|[ours, _]| ours.iter().any(|ours| clash(ours, theirs)));
        let mut joined = [Vec::new(), Vec::new()];
        for [ours, more] in against {
            joined[0].extend(ours);
            joined[1].extend(more);
        }
        joined[1].push(theirs);
        alone = apart;
        alone.push(joined);
    }
    pairs.extend(alone.into_iter().map(|sides| Pair { sides, same: false }));
    let place = |side: &[&Block<'_>], block: &Block<'_>| side.iter().position(|other| std::ptr::eq(*other, block));
    for pair in &mut pairs {
        pair.sides[0].sort_by_key(|block| place(own, block));
        pair.sides[1].sort_by_key(|block| place(other, block));
    }
    pairs
}

/// Whether two new records share a name that a correction calls one of them by: it would call whichever comes first.
fn takes_the_name(ours: &Block<'_>, theirs: &Block<'_>, named: &[RecordName]) -> bool {
    let calls = |name: &RecordName| (name.period, name.recorded);
    ours.called().zip(theirs.called()).is_some_and(|(a, b)| a == b && named.iter().any(|name| calls(name) == calls(&a)))
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
