//! Which new records of two branches a person has to choose between.

use std::collections::HashMap;

use super::Named;
use crate::ledger::kind::Claim;
use crate::ledger::split::Block;

/// The blocks of two sides, in groups: those that contradict one of the other side, be it by a third, stand together; each
/// other one alone.
pub(super) fn together<'t>(sides: &[Vec<&'t Block<'t>>; 2], named: &Named) -> Vec<[Vec<&'t Block<'t>>; 2]> {
    let first = sides[0].len();
    let mut groups = Groups((0..first + sides[1].len()).collect());
    for topic in topics(sides, named).into_values() {
        let [own, other] = topic.each_ref().map(|stated| ends(stated));
        for (at, says) in &topic[0] {
            other.iter().filter(|(_, theirs)| theirs != says).for_each(|(theirs, _)| groups.join(*at, first + theirs));
        }
        for (at, says) in &topic[1] {
            own.iter().filter(|(_, ours)| ours != says).for_each(|(ours, _)| groups.join(first + at, *ours));
        }
    }
    let mut found: Vec<[Vec<&Block<'_>>; 2]> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (at, block) in sides.iter().flatten().enumerate() {
        let place = *places.entry(groups.root(at)).or_insert_with(|| {
            found.push([Vec::new(), Vec::new()]);
            found.len() - 1
        });
        found[place][usize::from(at >= first)].push(*block);
    }
    found
}

/// What the blocks of a side state on one topic: which block, and what.
type Stated = Vec<(usize, String)>;

/// What both sides state on each topic. A name by which a correction calls a record is one, too: it can mean only one of them.
fn topics(sides: &[Vec<&Block<'_>>; 2], named: &Named) -> HashMap<String, [Stated; 2]> {
    let mut topics: HashMap<String, [Stated; 2]> = HashMap::new();
    for (side, blocks) in sides.iter().enumerate() {
        for (at, block) in blocks.iter().enumerate() {
            let called = block.called().filter(|name| named.contains(&(name.period, name.recorded)));
            let name = called.map(|name| Claim { of: format!("{name}"), says: format!("{side} {at}") });
            for Claim { of, says } in block.claims().into_iter().chain(name) {
                topics.entry(of).or_default()[side].push((at, says));
            }
        }
    }
    topics
}

/// The first statement, and the first one that differs from it: whoever contradicts any contradicts one of these, and
/// whatever contradicts each other is joined through them.
fn ends(stated: &Stated) -> Vec<&(usize, String)> {
    let first = stated.first();
    let second = first.and_then(|(_, says)| stated.iter().find(|(_, other)| other != says));
    first.into_iter().chain(second).collect()
}

/// Sets that grow together: each member leads to another of its set, in the end to the same one.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
