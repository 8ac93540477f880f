//! What holds for every change of the definition of every plan: only what was meant changes.

use kaikaku::define::add;
use kaikaku::define::edit::{Why, edit};
use kaikaku::define::{Change, Target};
use kaikaku::plan::Plan;
use kaikaku::source::{self, Snapshot};
use proptest::prelude::*;

use crate::generate::{Spec, quarter, snapshot, spec};

/// A plan whose files end their lines in one way or the other, and may begin with a mark.
fn plans() -> impl Strategy<Value = (Spec, Snapshot)> {
    (spec(), any::<bool>(), any::<bool>(), 1usize..4).prop_map(|(spec, crlf, mark, pieces)| {
        let files = spec.written((0..spec.entries.len()).collect(), Vec::new(), pieces);
        let text = |text: String| if crlf { text.replace('\n', "\r\n") } else { text };
        let mark = if mark { "\u{feff}" } else { "" };
        let files: Vec<_> = files.into_iter().map(|(path, old)| (path, format!("{mark}{}", text(old)))).collect();
        (spec, snapshot(&files))
    })
}

fn load(snapshot: &Snapshot) -> Plan {
    source::load(snapshot, "plan").plan.expect("a plan without errors")
}

fn put(snapshot: &Snapshot, changes: &[Change]) -> Snapshot {
    let mut then = snapshot.clone();
    changes.iter().for_each(|change| then.put(&change.path, change.new.clone()));
    then
}

/// What came between what stayed, where nothing else changed.
fn inserted<'n>(old: &str, new: &'n str) -> Option<&'n str> {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let tail = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let from = same.min(old.len());
    let to = new.len() - tail.min(old.len() - from);
    (from + (new.len() - to) == old.len()).then(|| new.get(from..to)).flatten()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_and_back_is_the_same_to_the_byte(
        (spec, files) in plans(),
        which in any::<prop::sample::Index>(),
        name in "[ -~ぁ-ん一-龠]{0,10}[a-zぁ-ん\"'\\\\]",
        at in 0usize..16,
    ) {
        let plan = load(&files);
        let place = which.index(spec.entries.len());
        let entry = &plan.entries[place];
        let was = |text: Option<String>| text.unwrap_or_default();
        let cases = [
            ("名称", name.clone(), entry.name.to_string()),
            ("概要", name.clone(), String::new()),
            ("注", name.clone(), String::new()),
            ("追加の時期", quarter(at), was(entry.added.map(|p| p.short()))),
            ("dropped", quarter(at), was(entry.dropped.map(|p| p.short()))),
        ];
        for (field, new, old) in cases {
            let Ok(there) = edit(&files, &plan, Target::Entry(place), field, &new, &Why::Misprint) else {
                prop_assert_eq!(new.trim(), old.as_str(), "{}", field);
                continue;
            };
            let moved = put(&files, std::slice::from_ref(&there.change));
            // Only the line of the field is another one.
            let before = there.change.old.clone().unwrap();
            let differ = |a: &str, b: &str| a.lines().filter(|line| !b.lines().any(|other| other == *line)).count();
            prop_assert!(differ(&there.change.new, &before) <= 1 && differ(&before, &there.change.new) <= 1);
            prop_assert_eq!(there.change.new.contains("\r\n"), before.contains("\r\n"));
            let loaded = source::load(&moved, "plan").plan;
            if let (Some(then), "名称") = (&loaded, field) {
                prop_assert_eq!(&*then.entries[place].name, new.trim());
            }
            // What `check` refuses the command does not write; the text comes back all the same.
            let back = edit(&moved, &plan, Target::Entry(place), field, &old, &Why::Misprint).unwrap();
            prop_assert_eq!(&back.change.new, &before, "{}", field);
        }
    }

    #[test]
    fn an_added_entry_is_inserted_and_found((spec, files) in plans(), which in any::<prop::sample::Index>()) {
        let plan = load(&files);
        let under = which.index(spec.entries.len());
        let under = Some(under).filter(|place| plan.entries[*place].level + 1 < plan.head.levels.len());
        let id = add::next_number(&plan, under).unwrap();
        prop_assert!(!plan.index.contains_key(&id));
        let changes = add::entry(&files, &plan, &id, under, &vec![("name", "新 = \"項目\" # 一")]).unwrap();
        prop_assert_eq!(changes.len(), 1);
        let change = &changes[0];
        let new = inserted(change.old.as_deref().unwrap_or_default(), &change.new);
        prop_assert!(new.is_some(), "{:?}", change);
        let then = load(&put(&files, &changes));
        prop_assert_eq!(then.entries.len(), plan.entries.len() + 1);
        let place = then.entries.iter().position(|entry| entry.id == id).unwrap();
        prop_assert_eq!(&*then.entries[place].name, "新 = \"項目\" # 一");
        prop_assert_eq!(then.entries[place].parent.map(|p| &then.entries[p].id), under.map(|p| &plan.entries[p].id));
        // Everything else is as it was.
        for old in &plan.entries {
            let now = then.entries.iter().find(|now| now.id == old.id).unwrap();
            prop_assert_eq!((&now.name, now.added, now.dropped, now.level), (&old.name, old.added, old.dropped, old.level));
        }
    }

    #[test]
    fn initiatives_and_milestones_come_to_their_entry((spec, files) in plans(), which in any::<prop::sample::Index>()) {
        let (mut files, place) = (files, which.index(spec.entries.len()));
        for (nth, name) in ["甲", "乙"].into_iter().enumerate() {
            let plan = load(&files);
            let typed = vec![("name", name), ("start", "R7")];
            let changes = add::initiative(&files, &plan, place, &typed).unwrap();
            prop_assert!(inserted(changes[0].old.as_deref().unwrap(), &changes[0].new).is_some());
            files = put(&files, &changes);
            for of in [None, Some(nth)] {
                let plan = load(&files);
                let changes = add::milestone(&files, &plan, place, of, &vec![("name", name), ("date", "R8.4")]).unwrap();
                prop_assert!(inserted(changes[0].old.as_deref().unwrap(), &changes[0].new).is_some());
                files = put(&files, &changes);
            }
        }
        let plan = load(&files);
        let entry = &plan.entries[place];
        prop_assert_eq!(entry.initiatives.iter().map(|i| (&*i.name, i.milestones.len())).collect::<Vec<_>>(), [("甲", 1), ("乙", 1)]);
        prop_assert_eq!(entry.milestones.len(), 2);
        let others = plan.entries.iter().enumerate().filter(|(at, _)| *at != place);
        prop_assert!(others.into_iter().all(|(_, other)| other.initiatives.is_empty() && other.milestones.is_empty()));
    }
}
