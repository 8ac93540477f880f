//! What holds for the roll-up of every plan, whatever its shape.

use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::query::AsOf;
use kaikaku::query::status::{Question, Status, Tally, status};
use kaikaku::report::Report;
use kaikaku::report::check::CheckReport;
use kaikaku::report::status::{StatusReport, View};
use kaikaku::source;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::generate::{QUARTERS, Spec, quarter, snapshot, spec};

fn load(files: &[(String, String)]) -> Plan {
    let snapshot = snapshot(files);
    let loaded = source::load(&snapshot, "plan");
    let shown: Vec<String> = loaded.findings.iter().map(|f| format!("{} {}", f.code, f.message.en)).collect();
    loaded.plan.unwrap_or_else(|| panic!("{shown:?}\n{files:#?}"))
}

fn ask(plan: &Plan, at: usize, evaluator: usize) -> Status<'_> {
    let as_of = AsOf::parse(&quarter(at), plan.head.cycle).unwrap();
    status(plan, Question::new(as_of, 0, evaluator))
}

fn report(status: Status<'_>) -> StatusReport<'_> {
    StatusReport::new(status, View::default())
}

fn json(plan: &Plan, at: usize, evaluator: usize) -> Json {
    report(ask(plan, at, evaluator)).json()
}

/// A plan, and its entries and records in another order.
fn shuffled() -> impl Strategy<Value = (Spec, Vec<usize>, Vec<usize>, usize)> {
    spec().prop_flat_map(|spec| {
        let order = |n: usize| Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        let (entries, updates) = (order(spec.entries.len()), order(spec.updates.len()));
        (Just(spec), entries, updates, 1usize..4)
    })
}

fn sum(mut into: Tally, tally: &Tally) -> Tally {
    into.entries += tally.entries;
    into.unreported += tally.unreported;
    into.excluded += tally.excluded;
    into.fresh += tally.fresh;
    into.counts.iter_mut().zip(&tally.counts).for_each(|(into, n)| *into += n);
    into
}

fn nothing(like: &Tally) -> Tally {
    Tally { counts: vec![0; like.counts.len()], ..Tally::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_files_tables_and_records_does_not_matter(
        (spec, entries, updates, pieces) in shuffled(), at in 0..QUARTERS, evaluator in 0usize..2,
    ) {
        let (plain, other) = (load(&spec.files()), load(&spec.written(entries, updates, pieces)));
        prop_assert_eq!(json(&plain, at, evaluator), json(&other, at, evaluator));
    }

    #[test]
    fn totals_are_sums_over_children_at_every_level(spec in spec(), at in 0..QUARTERS) {
        let plan = load(&spec.files());
        let status = ask(&plan, at, 0);
        let roots = (0..plan.entries.len()).filter(|p| plan.entries[*p].parent.is_none());
        // An entry that has left the plan may still have entries in the plan under it.
        fn tally_of(plan: &Plan, status: &Status<'_>, place: usize) -> Tally {
            let blank = nothing(&status.total);
            match status.nodes.iter().find(|n| n.place == place) {
                Some(node) => node.tally.clone(),
                None => plan.entries[place].children.iter().fold(blank, |all, c| sum(all, &tally_of(plan, status, *c))),
            }
        }
        let over_roots = roots.fold(nothing(&status.total), |all, root| sum(all, &tally_of(&plan, &status, root)));
        prop_assert_eq!(&over_roots, &status.total);
        for node in status.nodes.iter().filter(|n| n.entry.level < plan.head.counted) {
            let children = node.entry.children.iter();
            let over = children.fold(nothing(&node.tally), |all, c| sum(all, &tally_of(&plan, &status, *c)));
            prop_assert_eq!(&over, &node.tally, "{}", node.entry.id);
        }
        for node in status.nodes.iter().filter(|n| n.entry.level == plan.head.counted) {
            prop_assert_eq!(node.tally.entries, 1);
        }
    }

    #[test]
    fn entries_are_rated_unreported_or_excluded(spec in spec(), at in 0..QUARTERS, evaluator in 0usize..2) {
        let plan = load(&spec.files());
        let status = ask(&plan, at, evaluator);
        let tallies = status.nodes.iter().flat_map(|n| [&n.tally, &n.before]).chain([&status.total, &status.before]);
        for tally in tallies {
            prop_assert_eq!(tally.entries, tally.rated() + tally.unreported + tally.excluded);
            prop_assert_eq!(tally.counts.iter().sum::<u64>(), tally.rated() + tally.excluded);
            prop_assert!(tally.fresh <= tally.entries);
        }
    }

    #[test]
    fn what_was_before_is_what_was_known_then(spec in spec(), at in 1..QUARTERS, evaluator in 0usize..2) {
        let plan = load(&spec.files());
        let (now, then) = (ask(&plan, at, evaluator), ask(&plan, at - 1, evaluator));
        prop_assert_eq!(&now.before, &then.total);
        for node in &now.nodes {
            if let Some(earlier) = then.nodes.iter().find(|n| n.place == node.place) {
                prop_assert_eq!(&node.before, &earlier.tally, "{}", node.entry.id);
            }
        }
        // Whoever did not move stands where it stood: the counts differ by the flows.
        let gone = now.flows.iter().filter(|f| f.to == kaikaku::query::status::Standing::Outside).count() as u64;
        let came = now.flows.iter().filter(|f| f.from == kaikaku::query::status::Standing::Outside).count() as u64;
        prop_assert_eq!(now.total.entries + gone, then.total.entries + came);
    }

    #[test]
    fn later_records_change_nothing(mut spec in spec(), at in 0..QUARTERS, evaluator in 0usize..2) {
        let all = load(&spec.files());
        spec.updates.retain(|update| update.quarter <= at);
        let known = load(&spec.files());
        prop_assert_eq!(json(&all, at, evaluator), json(&known, at, evaluator));
    }

    #[test]
    fn text_json_and_csv_tell_the_same_numbers(spec in spec(), at in 0..QUARTERS) {
        let plan = load(&spec.files());
        let report = report(ask(&plan, at, 0));
        let json: Json = serde_json::from_str(&report.json().to_string()).unwrap();
        let total = &json["total"];
        let table = report.table(Lang::Ja);
        let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
        prop_assert_eq!(table.rows.len(), json["nodes"].as_array().unwrap().len());
        for (row, node) in table.rows.iter().zip(json["nodes"].as_array().unwrap()) {
            let cell = |title: &str| row.cells[titles.iter().position(|t| *t == title).unwrap()].text.clone();
            prop_assert_eq!(cell("番号"), node["id"].as_str().unwrap());
            for (title, key) in [("件数", "entries"), ("評価済", "rated"), ("未報告", "unreported")] {
                prop_assert_eq!(cell(title), node[key].to_string());
            }
            let of = |key: &str| node[key].as_object().unwrap().values().map(ToString::to_string).collect::<Vec<_>>();
            let counts: Vec<String> = of("counts").into_iter().chain(of("composites")).collect();
            let shown: Vec<String> = row.cells[10..10 + counts.len()].iter().map(|c| c.text.to_string()).collect();
            prop_assert_eq!(shown, counts);
        }
        let lead = report.document(Lang::Ja).lead.iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n");
        let shown = format!("{}件：評価済 {}件、未報告 {}件", total["entries"], total["rated"], total["unreported"]);
        prop_assert!(lead.contains(&shown), "{} in {}", shown, lead);
    }

    #[test]
    fn the_order_of_files_does_not_change_the_findings(
        (spec, _, _, _) in shuffled(), faults in prop::collection::vec((any::<prop::sample::Index>(), 0usize..4), 1..4),
        order in Just((0..64usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let mut files = spec.files();
        for (file, fault) in faults {
            let at = file.index(files.len());
            files[at].1.push_str(["nmae = 1\n", "= \n", "[1]\nname = \"再\"\n", "[[update]]\nperiod = \"R5Q1\"\n"][fault]);
        }
        let mut other: Vec<_> = files.iter().cloned().zip(&order).collect();
        other.sort_by_key(|(_, key)| **key);
        let other: Vec<_> = other.into_iter().map(|(file, _)| file).collect();
        let shown = |files: &[(String, String)]| {
            let snapshot = snapshot(files);
            let loaded = source::load(&snapshot, "plan");
            CheckReport { snapshot: &snapshot, loaded: &loaded, lang: Lang::Ja }.json()
        };
        let told_once = shown(&files);
        prop_assert!(!told_once["findings"].as_array().unwrap().is_empty());
        prop_assert_eq!(told_once, shown(&other));
    }
}
