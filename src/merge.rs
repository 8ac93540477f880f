//! Two branches recorded on the same entry: their records files become one, no record lost and none twice.
//!
//! Blocks are only ever added to a records file, but git compares lines, and two blocks added at the same end collide
//! for it. Here blocks are compared. What people alone can settle (the same period rated differently, the same block
//! edited differently) stays a conflict, both sides whole.

mod clash;

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use chrono::NaiveDate;

use crate::ledger::split::{Block, Split};
use crate::plan::period::Period;

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

/// What Windows puts before the text of a file in UTF-8.
const MARK: char = '\u{feff}';

/// Merges what `ours` and `theirs` made of `base`. `None` where one of them is no records file that can be taken apart, or
/// where more than blocks differs on both sides: lines must be compared then.
pub fn merge(base: &str, ours: &str, theirs: &str, marks: Marks<'_>) -> Option<Merged> {
    // Whoever merges: lines end as in Windows where one of both has them end so.
    let newline = if ours.contains("\r\n") || theirs.contains("\r\n") { "\r\n" } else { "\n" };
    // An editor's mark before the first sign is of the file: with the first block it would come to stand between others.
    let marked = [base, ours, theirs].map(|text| text.starts_with(MARK));
    let mark = if marked[1] == marked[0] { marked[2] } else { marked[1] };
    let texts = [base, ours, theirs].map(|text| text.trim_start_matches(MARK).replace("\r\n", "\n"));
    let [base, ours, theirs] = [Split::parse(&texts[0])?, Split::parse(&texts[1])?, Split::parse(&texts[2])?];
    let head = match (ours.head == base.head, theirs.head == base.head) {
        (_, true) => ours.head,
        (true, false) => theirs.head,
        _ if ours.head == theirs.head => ours.head,
        _ => return None,
    };
    let (own, other) = (Side::of(&base, &ours), Side::of(&base, &theirs));
    let mut slots: Vec<Slot<'_>> = (0..base.blocks.len()).filter_map(|at| kept(&base, at, &own, &other)).collect();
    let corrects = [&ours, &theirs].into_iter().flat_map(|side| &side.blocks).filter_map(Block::corrects);
    let named: Named = corrects.filter(|name| name.mark.is_none()).map(|name| (name.period, name.recorded)).collect();
    slots.extend(added(&own.added, &other.added, &named));
    let clean = slots.iter().all(|slot| matches!(slot, Slot::One(_)));
    let text = written(head, &slots, marks).replace('\n', newline);
    let text = if mark { format!("{MARK}{text}") } else { text };
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
        let mut free: Vec<Option<&Block<'_>>> = side.blocks.iter().map(Some).collect();
        let mut texts = places(side.blocks.iter().map(|block| block.text));
        let same = |old: &Block<'_>| take(&mut free, texts.get_mut(old.text)).is_some();
        let same: Vec<bool> = base.blocks.iter().map(same).collect();
        let mut names = places(side.blocks.iter().map(Block::name));
        let fate = |(old, same): (&Block<'_>, bool)| match same {
            true => Fate::Same,
            false => take(&mut free, names.get_mut(&old.name())).map_or(Fate::Gone, Fate::Edited),
        };
        let fates = base.blocks.iter().zip(same).map(fate).collect();
        Self { fates, added: free.into_iter().flatten().collect() }
    }
}

/// Where each key stands, in order.
fn places<K: Hash + Eq>(keys: impl Iterator<Item = K>) -> HashMap<K, VecDeque<usize>> {
    let mut places: HashMap<K, VecDeque<usize>> = HashMap::new();
    keys.enumerate().for_each(|(at, key)| places.entry(key).or_default().push_back(at));
    places
}

/// Takes the first of these that is still free.
fn take<T>(free: &mut [Option<T>], places: Option<&mut VecDeque<usize>>) -> Option<T> {
    let places = places?;
    std::iter::from_fn(|| places.pop_front()).find_map(|at| free[at].take())
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

/// The names without a mark by which older files call what they correct.
type Named = HashSet<(Period, Option<NaiveDate>)>;

/// What both sides added: each record once, each side's in its own order, and otherwise in the order they were recorded, so
/// that it does not matter who merges.
fn added<'t>(own: &[&'t Block<'t>], other: &[&'t Block<'t>], named: &Named) -> Vec<Slot<'t>> {
    let sides = [own, other];
    let slots = pairs(sides, named);
    let recorded: Vec<_> = slots.iter().map(Pair::recorded).collect();
    let mut queues = [0, 1].map(|side| order(&slots, side, sides[side]));
    let (mut places, mut is_placed) = (Vec::new(), vec![false; slots.len()]);
    loop {
        for queue in &mut queues {
            while queue.front().is_some_and(|at| is_placed[*at]) {
                queue.pop_front();
            }
        }
        let [Some(a), Some(b)] = [queues[0].front().copied(), queues[1].front().copied()] else { break };
        // What both have keeps its place among what either has; where they have it in two orders, the earlier comes first.
        let next = match (slots[a].is_common(), slots[b].is_common()) {
            (true, false) => b,
            (false, true) => a,
            _ if recorded[a] <= recorded[b] => a,
            _ => b,
        };
        places.push(next);
        is_placed[next] = true;
    }
    places.extend(queues.into_iter().flatten().filter(|at| !is_placed[*at]));
    drop(recorded);
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
fn pairs<'t>([own, other]: [&[&'t Block<'t>]; 2], named: &Named) -> Vec<Pair<'t>> {
    let mut free: Vec<Option<&Block<'_>>> = other.iter().copied().map(Some).collect();
    let mut same = places(other.iter().map(|block| block.says()));
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for block in own {
        match take(&mut free, same.get_mut(&block.says())) {
            Some(theirs) => pairs.push(Pair { sides: [vec![*block], vec![theirs]], same: true }),
            None => alone.push(*block),
        }
    }
    let rest = [alone, free.into_iter().flatten().collect()];
    pairs.extend(clash::together(&rest, named).into_iter().map(|sides| Pair { sides, same: false }));
    pairs
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
