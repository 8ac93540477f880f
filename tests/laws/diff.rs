//! Laws of comparing: for any plan and any edits of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kaikaku::diff::change::{Change, ChangeKind};
use kaikaku::diff::datum::{Amount, Datum};
use kaikaku::diff::fact::Fact;
use kaikaku::diff::field::Field;
use kaikaku::diff::files::{FileChange, FileKind, Sides, file_changes};
use kaikaku::diff::identity::Identity;
use kaikaku::diff::{Diff, Question, aligned, diff};
use kaikaku::plan::Plan;
use kaikaku::plan::id::Id;
use kaikaku::plan::indicator::Kind;
use kaikaku::plan::period::Cycle;
use kaikaku::plan::value::Value;
use kaikaku::query::AsOf;
use kaikaku::source::Snapshot;
use kaikaku::source::lenient::Lenient;
use proptest::prelude::*;

use crate::edits::{self, Edit, Files, edited, plan, plan_files, snapshot};
use crate::generate;

fn question() -> Question<'static> {
    Question { as_of: AsOf::on(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(), Cycle::Quarter), same_records: &[] }
}

fn compared<'p>(old: &'p Plan, new: &'p Plan) -> Diff<'p> {
    diff(old, new, &question())
}

/// A plan of the examples, the tests or made up, and another that a few edits made of it.
fn revisions() -> impl Strategy<Value = (Files, Files)> {
    let made_up = generate::spec().prop_map(|spec| spec.files().into_iter().collect::<Files>());
    let written =
        prop::sample::select(vec!["README", "README", "springfield", "yardsticks", "history"]).prop_map(plan_files);
    let edits = prop::collection::vec(edits::edit(), 1..40);
    (prop_oneof![1 => made_up, 3 => written], edits, 1usize..4).prop_map(|(files, edits, wanted)| {
        let mut made = 0;
        let apply = |files: Files, edit: Edit| {
            let changed = if made < wanted { edited(&files, edit) } else { None };
            made += usize::from(changed.is_some());
            changed.unwrap_or(files)
        };
        (files.clone(), edits.into_iter().fold(files, apply))
    })
}

/// What a plan says, whatever the places it says it at.
fn stated(plan: &Plan) -> String {
    let Plan { head, scales, evaluators, steps, owners, sources, entries, indicators, band_sets, .. } = plan;
    let (registers, items) = (format!("{scales:?}{evaluators:?}{steps:?}{owners:?}{sources:?}"), (entries, indicators));
    let text = format!("{head:?}{registers}{items:?}{band_sets:?}");
    let mut pieces = text.split("offset: ");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| all + piece.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// What a fact says, whatever the names are of what it refers to and however a number is written.
fn says(datum: &Datum<'_>) -> String {
    match datum {
        Datum::Refs(refs) => format!("{:?}", refs.iter().map(|r| r.id).collect::<Vec<_>>()),
        Datum::Amount(Amount { value: Value::Number(number), .. }) => number.normalize().to_string(),
        Datum::Amount(Amount { value: Value::Words, written, .. }) => format!("{written:?}"),
        Datum::Amount(Amount { value: Value::Step(place), kind: Kind::Milestone { steps }, .. }) => {
            steps[*place].to_string()
        }
        Datum::Amount(Amount { value, .. }) => format!("{value:?}"),
        other => format!("{other:?}"),
    }
}

/// Facts, and how often each is stated.
fn counted<'f>(facts: impl IntoIterator<Item = &'f Fact<'f>>) -> BTreeMap<String, i32> {
    let mut counts = BTreeMap::new();
    for fact in facts {
        *counts.entry(format!("{:?} {}", fact.key, says(&fact.datum))).or_insert(0) += 1;
    }
    counts
}

fn shown(changes: &[Change<'_>]) -> Vec<String> {
    changes.iter().map(|c| format!("{:?} {:?} {:?}", c.subject, c.kind, c.key)).collect()
}

/// Which of two mirrored kinds it is: what is lowered one way is raised the other.
fn mirrored(kind: &ChangeKind<'_>) -> &'static str {
    match kind {
        ChangeKind::Lowered => "raised",
        ChangeKind::Raised => "lowered",
        ChangeKind::Added => "dropped",
        ChangeKind::Dropped => "added",
        ChangeKind::Merged(_) => "split",
        ChangeKind::Split(..) => "merged",
        ChangeKind::Recorded
        | ChangeKind::RatingMoved
        | ChangeKind::Corrected
        | ChangeKind::TakenBack
        | ChangeKind::Confirmed => "withdrawn",
        other => other.key(),
    }
}

fn direct(kind: &ChangeKind<'_>) -> &'static str {
    match kind {
        ChangeKind::Recorded
        | ChangeKind::RatingMoved
        | ChangeKind::Corrected
        | ChangeKind::TakenBack
        | ChangeKind::Confirmed => "recorded",
        other => other.key(),
    }
}

/// What an entry or indicator is called in the new revision.
fn today<'i>(identity: &Identity<'i>, id: &'i Id) -> &'i Id {
    let indicator = || identity.indicators.iter().find(|(old, _)| *old == id).map(|(_, new)| *new);
    identity.continuing(id).or_else(indicator).unwrap_or(id)
}

/// A change without its places and without the names of one revision; `called` gives the ids that both ways share.
fn essence<'i>(
    kind: &str,
    topic: impl std::fmt::Debug,
    [old, new]: [&[Fact<'i>]; 2],
    called: impl Fn(&'i Id) -> &'i Id,
) -> String {
    let says = |fact: &Fact<'i>| match &fact.datum {
        // A former id is called as it was, whichever way one looks.
        Datum::Refs(refs) if fact.key.field != Field::Formerly => {
            format!("{:?}", refs.iter().map(|r| called(r.id)).collect::<Vec<_>>())
        }
        other => says(other),
    };
    let says = |facts: &[Fact<'i>]| {
        let mut all: Vec<String> = facts.iter().map(|f| format!("{:?} {}", f.key.field, says(f))).collect();
        all.sort();
        all.join(";")
    };
    let kind = if kind == "withdrawn" || kind == "recorded" { "record" } else { kind };
    format!("{kind} {topic:?} {} → {}", says(old), says(new))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_does_not_differ_from_itself((_, files) in revisions()) {
        let plan = plan(&files).unwrap();
        let found = compared(&plan, &plan);
        prop_assert_eq!(shown(&found.changes), Vec::<String>::new());
    }

    #[test]
    fn the_way_back_mirrors_the_way_there((a, b) in revisions()) {
        let (a, b) = (plan(&a).unwrap(), plan(&b).unwrap());
        let (there, back) = (compared(&a, &b), compared(&b, &a));
        let identity = Identity::new(&a, &b);
        let forth = there.changes.iter().map(|c| essence(direct(&c.kind), c.topic, [&c.old, &c.new], |id| id));
        let home = back.changes.iter();
        let home = home.map(|c| essence(mirrored(&c.kind), c.topic, [&c.new, &c.old], |id| today(&identity, id)));
        let [mut forth, mut home] = [forth.collect::<Vec<_>>(), home.collect()];
        forth.sort();
        home.sort();
        prop_assert_eq!(forth, home);
    }

    #[test]
    fn the_changes_make_the_new_plan_of_the_old_one((a, b) in revisions()) {
        let (a, b) = (plan(&a).unwrap(), plan(&b).unwrap());
        let found = compared(&a, &b);
        let (olds, news) = aligned(&Identity::new(&a, &b), &a, &b);
        let mut facts = counted(olds.values().flatten());
        for change in &found.changes {
            let [old, new] = &change.beside;
            for (fact, count) in counted(change.old.iter().chain(old)) {
                *facts.entry(fact).or_insert(0) -= count;
            }
            for (fact, count) in counted(change.new.iter().chain(new)) {
                *facts.entry(fact).or_insert(0) += count;
            }
        }
        for (fact, count) in counted(news.values().flatten()) {
            *facts.entry(fact).or_insert(0) -= count;
        }
        facts.retain(|_, count| *count != 0);
        prop_assert_eq!(facts, BTreeMap::new(), "{:?}", shown(&found.changes));
    }

    #[test]
    fn an_edit_is_always_reported((a, b) in revisions()) {
        prop_assume!(a != b);
        let load = |files| Lenient::load(snapshot(files), "plan", &Snapshot::default(), &[]);
        let (old, new) = (load(&a), load(&b));
        let (was, is) = (old.plan.as_ref().unwrap(), new.plan.as_ref().unwrap());
        let found = compared(was, is);
        let files = file_changes(Sides { old: &old, new: &new, same_records: &[] }, Some(&found));
        let texts: Vec<_> = a.iter().filter(|(path, text)| b.get(*path) != Some(text)).collect();
        prop_assert!(!found.changes.is_empty() || !files.is_empty(), "{texts:#?}");
        // What says something else in the plan is reported as such, and not as mere writing.
        let order = |change: &FileChange<'_>| matches!(change.kind, FileKind::Reordered | FileKind::Notation);
        if stated(was) == stated(is) {
            prop_assert_eq!(shown(&found.changes), Vec::<String>::new());
        } else if found.changes.is_empty() {
            prop_assert!(files.iter().any(order), "{texts:#?}");
        }
    }

    #[test]
    fn the_order_of_files_and_tables_never_matters(
        spec in generate::spec(), seed in any::<u64>(), pieces in 1usize..4, edit in edits::edit(),
    ) {
        let shuffled = |count: usize| {
            let mut all: Vec<usize> = (0..count).collect();
            all.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
            all
        };
        let a: Files = spec.files().into_iter().collect();
        let c: Files =
            spec.written(shuffled(spec.entries.len()), shuffled(spec.updates.len()), pieces).into_iter().collect();
        let b = edited(&a, edit).unwrap_or_else(|| a.clone());
        let (a, b, c) = (plan(&a).unwrap(), plan(&b).unwrap(), plan(&c).unwrap());
        prop_assert_eq!(shown(&compared(&a, &c).changes), Vec::<String>::new());
        prop_assert_eq!(shown(&compared(&c, &b).changes), shown(&compared(&a, &b).changes));
    }
}
