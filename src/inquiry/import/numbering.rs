//! The numbers of a list's entries: those of the plan, those of the list, or their places under the entries above them.

use std::collections::{BTreeMap, HashMap};

use super::marks::Mark;
use super::outline::{Node, Outline};
use crate::inquiry::grid::is_same_in_cells;
use crate::plan::Plan;
use crate::plan::id::Id;

/// Where every name of a level has a number in front of it, that is its number.
pub fn marks_in_names(nodes: &mut [Node], levels: usize) {
    for level in 0..levels {
        let of_level = || nodes.iter().filter(|node| node.level == level);
        let parted: Option<Vec<(Mark, String)>> = of_level().map(|node| Mark::in_front(&node.name)).collect();
        let Some(parted) = parted.filter(|_| of_level().all(|node| node.mark.is_none())) else { continue };
        for (node, (mark, name)) in nodes.iter_mut().filter(|node| node.level == level).zip(parted) {
            (node.mark, node.name) = (Some(mark), name);
        }
    }
}

/// Gives every entry its number: that of the plan, that of the list, or its place under the one above it.
pub fn number(plan: &Plan, out: &mut Outline) {
    let levels = out.nodes.iter().map(|node| node.level + 1).max().unwrap_or(0);
    let own: Vec<bool> = (0..levels).map(|level| has_own_numbers(&out.nodes, level, &mut out.runs_on)).collect();
    let mut used: HashMap<String, u32> = HashMap::new();
    let last = |id: &Id| id.as_str().rsplit('-').next().and_then(|part| part.parse::<u32>().ok());
    for id in plan.index.keys() {
        let stem = id.stem().map(|stem| stem.to_string()).unwrap_or_default();
        let most = used.entry(stem).or_default();
        *most = (*most).max(last(id).unwrap_or(0));
    }
    stems_of_whole(plan, &mut out.nodes);
    for at in 0..out.nodes.len() {
        let node = &out.nodes[at];
        let above = node.above.and_then(|above| out.nodes[above].id.clone());
        if node.above.is_some() && above.is_none() {
            continue;
        }
        let stem = above.as_ref().map(|id| format!("{id}-")).unwrap_or_default();
        let known = plan.entries.iter().find(|entry| {
            let parent = entry.parent.map(|parent| &plan.entries[parent].id);
            let alike = is_same_in_cells(&entry.name, &node.name)
                || entry.aliases.iter().any(|alias| is_same_in_cells(alias, &node.name));
            alike && (parent == above.as_ref() || matches!(&node.mark, Some(Mark::Whole(id)) if *id == entry.id))
        });
        let id = match (known, &node.id, &node.mark) {
            (Some(entry), ..) => Some(entry.id.clone()),
            (None, Some(id), _) => Some(id.clone()),
            (None, None, Some(Mark::Part(part))) if own[node.level] => Id::parse(&format!("{stem}{part}")).ok(),
            _ => {
                let next = used.entry(stem.trim_end_matches('-').to_owned()).or_default();
                // Behind the greatest number that there is, there is none.
                next.checked_add(1).and_then(|next| Id::parse(&format!("{stem}{next}")).ok())
            }
        };
        if let Some(id) = &id {
            let most = used.entry(stem.trim_end_matches('-').to_owned()).or_default();
            *most = (*most).max(last(id).unwrap_or(0));
        }
        let node = &mut out.nodes[at];
        node.is_new = known.is_none() && id.as_ref().is_some_and(|id| !plan.index.contains_key(id));
        node.id = id;
    }
    without_stem(plan, &mut out.nodes);
}

/// An entry whose number says that others stand above it, of which neither the list nor the plan has one, has no place.
fn without_stem(plan: &Plan, nodes: &mut [Node]) {
    let known: Vec<Id> = nodes.iter().filter_map(|node| node.id.clone()).collect();
    let lacks = |id: &Id| id.stem().is_some_and(|stem| !plan.index.contains_key(&stem) && !known.contains(&stem));
    for node in nodes.iter_mut().filter(|node| node.is_new && node.above.is_none()) {
        if node.id.as_ref().is_some_and(&lacks) {
            (node.id, node.is_new) = (None, false);
        }
    }
}

/// Whether every entry of a level has a number of its own under the one above it. Numbers that run on through the list
/// are none: the first entry under another one would not be its first.
fn has_own_numbers(nodes: &[Node], level: usize, runs_on: &mut bool) -> bool {
    let of_level: Vec<&Node> = nodes.iter().filter(|node| node.level == level).collect();
    let mut under: BTreeMap<Option<usize>, Vec<u32>> = BTreeMap::new();
    for node in &of_level {
        let Some(Mark::Part(part)) = node.mark else { return false };
        under.entry(node.above).or_default().push(part);
    }
    let is_distinct = |parts: &Vec<u32>| (1..parts.len()).all(|at| !parts[..at].contains(&parts[at]));
    let begin = |parts: &Vec<u32>| parts.iter().min().copied().unwrap_or(0);
    let all: Vec<u32> = under.values().flatten().copied().collect();
    let runs = under.len() > 1 && is_distinct(&all) && under.values().filter(|parts| begin(parts) > 1).count() > 0;
    *runs_on |= runs;
    !runs && under.values().all(is_distinct)
}

/// Whole numbers (1-2-3) say those of the entries above, too.
fn stems_of_whole(plan: &Plan, nodes: &mut [Node]) {
    for at in 0..nodes.len() {
        let Some(Mark::Whole(id)) = nodes[at].mark.clone() else {
            // In one column of names, a number without a dash is that of an entry at the top.
            let alone = nodes.iter().all(|node| node.level == 0);
            if let (true, Some(Mark::Part(part))) = (alone, &nodes[at].mark) {
                nodes[at].id = Id::parse(&part.to_string()).ok();
            }
            continue;
        };
        let mut above = nodes[at].above;
        let mut stem = id.stem();
        nodes[at].id = Some(id);
        while let (Some(place), Some(id)) = (above, stem) {
            stem = id.stem();
            above = nodes[place].above;
            if nodes[place].id.is_none() && !plan.index.contains_key(&id) {
                nodes[place].id = Some(id);
            }
        }
    }
}
