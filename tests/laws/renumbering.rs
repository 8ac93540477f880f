//! What holds for every renumbering of every plan: ids change, and nothing else.

use std::collections::BTreeMap;

use kaikaku::plan::Plan;
use kaikaku::plan::Subject;
use kaikaku::plan::id::Id;
use kaikaku::query::AsOf;
use kaikaku::query::status::{Question, status};
use kaikaku::renumber::{Ids, changes, ids, then, verify};
use kaikaku::source::{self, Snapshot};
use proptest::prelude::*;

use crate::generate::{QUARTERS, quarter, snapshot, spec};

fn load(snapshot: &Snapshot) -> Plan {
    source::load(snapshot, "plan").plan.expect("a plan without errors")
}

/// Renumbers, as the command does; the ids that changed.
fn renumber(snapshot: &mut Snapshot, old: &Id, new: &Id) -> Ids {
    let plan = load(snapshot);
    let ids = ids(&plan, plan.index[old], new).unwrap();
    let changes = changes(snapshot, &ids).unwrap();
    verify::files(&changes, &ids).unwrap();
    then(snapshot, &changes);
    verify::plans(&plan, &load(snapshot), &ids).unwrap();
    ids
}

/// How every entry stands at the end of a quarter, by its id as it was.
fn standings(plan: &Plan, at: usize, evaluator: usize, was: &Ids) -> BTreeMap<Id, String> {
    let as_of = AsOf::parse(&quarter(at), plan.head.cycle).unwrap();
    let asked = status(plan, Question::new(as_of, 0, evaluator));
    let was: BTreeMap<&Id, &Id> = was.iter().map(|(old, new)| (new, old)).collect();
    let line = |node: &kaikaku::query::status::Node<'_>| {
        let id = was.get(&node.entry.id).map_or(&node.entry.id, |id| id).clone();
        let rated = node.rated_by.map(|update| (update.period, update.recorded));
        (id, format!("{:?} {:?} {:?} {rated:?} {:?}", node.tally, node.before, node.standing, node.progress))
    };
    let mut shown: BTreeMap<Id, String> = asked.nodes.iter().map(line).collect();
    shown.insert(Id::parse("total").unwrap(), format!("{:?} {:?} {}", asked.total, asked.before, asked.flows.len()));
    shown
}

/// A number that no entry has, beside the entry.
fn beside(id: &Id) -> Id {
    let last = "77";
    Id::parse(&id.stem().map_or_else(|| last.to_owned(), |stem| format!("{stem}-{last}"))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_every_quarter_stays(spec in spec(), which in any::<prop::sample::Index>(), pieces in 1usize..4) {
        let entries = (0..spec.entries.len()).collect();
        let files = spec.written(entries, (0..spec.updates.len()).collect(), pieces);
        let (before, mut after) = (snapshot(&files), snapshot(&files));
        let old = Id::parse(&spec.entries[which.index(spec.entries.len())].id).unwrap();
        let was = renumber(&mut after, &old, &beside(&old));
        let (before, after) = (load(&before), load(&after));
        for at in 0..QUARTERS {
            for evaluator in 0..2 {
                prop_assert_eq!(standings(&before, at, evaluator, &Ids::new()), standings(&after, at, evaluator, &was));
            }
        }
        for (old, new) in &was {
            let Some(Subject::Entry(place)) = after.find(old.as_str()) else { panic!("{old}") };
            prop_assert_eq!(&after.entries[place].id, new);
        }
    }

    #[test]
    fn there_and_back_leaves_the_former_ids_and_nothing_else(spec in spec(), which in any::<prop::sample::Index>()) {
        let files = spec.files();
        let mut moved = snapshot(&files);
        let old = Id::parse(&spec.entries[which.index(spec.entries.len())].id).unwrap();
        renumber(&mut moved, &old, &beside(&old));
        renumber(&mut moved, &beside(&old), &old);
        for (path, text) in files {
            let now = moved.text(moved.position(&path).unwrap());
            let now: String = now.split_inclusive('\n').filter(|line| !line.starts_with("formerly")).collect();
            prop_assert_eq!(now, text);
        }
    }
}
