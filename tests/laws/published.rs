//! Any published table, recomputed from the items that it was printed of: it agrees, its rows give its whole, and a count
//! that was altered is found. A plan that has the table alone prints the same counts.

use kaikaku::audit;
use kaikaku::lang::Lang;
use kaikaku::plan::Plan;
use kaikaku::query::AsOf;
use kaikaku::query::status::{Question, Tally, status};
use kaikaku::source;
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::generate::{QUARTERS, Spec, quarter, snapshot, spec};
use crate::today;

/// The grades of the generated scale in a quarter, and which of them counts.
fn grades(at: usize) -> [(&'static str, bool); 3] {
    [("a", true), (if at < 8 { "b" } else { "c" }, true), ("x", false)]
}

/// The counts of a line as a person would copy them, with percentages of those rated to one digit; perhaps with what is
/// unreported.
fn line(at: usize, tally: &Tally, prints_unreported: bool) -> String {
    let rated: u64 = grades(at).iter().zip(&tally.counts).filter(|((_, counts), _)| *counts).map(|(_, n)| n).sum();
    let counts = grades(at).iter().zip(&tally.counts).map(|((id, _), n)| format!("{id} = {n}")).collect::<Vec<_>>();
    let share = |n: u64| {
        let exact = Decimal::from(n * 100) / Decimal::from(rated);
        exact.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
    };
    let shares = grades(at).into_iter().zip(&tally.counts).filter(|((_, counts), _)| *counts && rated > 0);
    let shares = shares.map(|((id, _), n)| format!("{id} = {}", share(*n))).collect::<Vec<_>>();
    let (counts, shares, total) = (counts.join(", "), shares.join(", "), tally.entries);
    let counts = if prints_unreported { format!("{counts}, unreported = {}", tally.unreported) } else { counts };
    format!("counts = {{ {counts} }}, shares = {{ {shares} }}, total = {total}")
}

/// The table of a quarter: the whole, and a row for each top-level entry.
fn table(plan: &Plan, at: usize, evaluator: usize, prints_unreported: bool) -> (Tally, String) {
    let as_of = AsOf::parse(&quarter(at), plan.head.cycle).unwrap();
    let status = status(plan, Question::new(as_of, 0, evaluator));
    let tops = status.nodes.iter().filter(|node| node.entry.level == 0 && node.tally.entries > 0);
    let rows: Vec<String> = tops
        .map(|node| format!("{{ under = \"{}\", {} }}", node.entry.id, line(at, &node.tally, prints_unreported)))
        .collect();
    let (whole, rows, who) =
        (line(at, &status.total, prints_unreported), rows.join(", "), ["dept", "committee"][evaluator]);
    let whole = whole.replace(", shares", "\nshares").replace(", total", "\ntotal");
    let text = format!(
        "[[published]]\nperiod = \"{}\"\nscale = \"p\"\nevaluator = \"{who}\"\n{whole}\nrows = [{rows}]\n",
        quarter(at)
    );
    (status.total, text)
}

/// The codes of what a check finds about printed tables.
fn found(spec: &Spec, table: &str) -> Vec<String> {
    let mut files = spec.files();
    files[0].1 += table;
    let loaded = audit::check(&snapshot(&files), "plan", today());
    let errors: Vec<&str> = loaded.findings.iter().map(|finding| finding.message.text(Lang::En)).collect();
    assert!(loaded.plan.is_some(), "{errors:?}\n{table}");
    let codes = loaded.findings.iter().map(|finding| finding.code.to_string());
    codes.filter(|code| code.starts_with("published") || code == "unknown-entry").collect()
}

fn load(files: &[(String, String)]) -> Plan {
    source::load(&snapshot(files), "plan").plan.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_printed_of_the_items_agrees_with_them(spec in spec(), at in 0..QUARTERS, evaluator in 0usize..2, prints: bool) {
        let plan = load(&spec.files());
        let (whole, table) = table(&plan, at, evaluator, prints);
        prop_assume!(whole.entries > 0);
        // Unreported entries that the table leaves out are in the total and in no grade: the counts do not give it, and it is said.
        let expected: &[&str] = if whole.unreported == 0 || prints { &[] } else { &["published-sum"] };
        let mut codes = found(&spec, &table);
        codes.dedup();
        prop_assert_eq!(codes, expected, "{}", table);
    }

    #[test]
    fn a_count_that_was_altered_is_found(spec in spec(), at in 0..QUARTERS, evaluator in 0usize..2, prints: bool) {
        let plan = load(&spec.files());
        let (whole, table) = table(&plan, at, evaluator, prints);
        prop_assume!(whole.entries > 0 && whole.unreported < whole.entries);
        let right = format!("counts = {{ a = {}", whole.counts[0]);
        let wrong = format!("counts = {{ a = {}", whole.counts[0] + 1);
        prop_assert!(found(&spec, &table.replacen(&right, &wrong, 1)).contains(&"published-count".to_owned()));
        if prints {
            let right = format!("unreported = {}", whole.unreported);
            let wrong = format!("unreported = {}", whole.unreported + 1);
            prop_assert!(found(&spec, &table.replacen(&right, &wrong, 1)).contains(&"published-count".to_owned()));
        }
    }

    #[test]
    fn a_city_that_has_its_table_alone_prints_the_same(spec in spec(), at in 0..QUARTERS, evaluator in 0usize..2, prints: bool) {
        let plan = load(&spec.files());
        let (whole, table) = table(&plan, at, evaluator, prints);
        prop_assume!(whole.entries > 0);
        // Nobody knows the entries: the rows have names.
        let named = table.replace("under =", "name =");
        let mut files = spec.files();
        files.truncate(1);
        files[0].1 += &named;
        let alone = load(&files);
        let as_of = AsOf::parse(&quarter(at), alone.head.cycle).unwrap();
        let status = status(&alone, Question::new(as_of, 0, evaluator));
        let totals = status.published().unwrap();
        let counts: Vec<u64> = totals.whole.printed.counts.iter().map(|n| n.unwrap()).collect();
        prop_assert_eq!((totals.whole.printed.total, counts), (whole.entries, whole.counts));
        prop_assert_eq!(totals.whole.printed.unreported, prints.then_some(whole.unreported));
        prop_assert_eq!(totals.published.rows_apart(), vec![]);
        prop_assert_eq!(totals.published.rows_total(), Some(whole.entries));
    }
}
