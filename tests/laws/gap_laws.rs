//! What holds for target against actual whatever the numbers.

use kaikaku::lang::Lang;
use kaikaku::plan::judging::Measured;
use kaikaku::query::AsOf;
use kaikaku::query::gap::methods::compare;
use kaikaku::query::gap::{Gap, Verdict};
use kaikaku::wording as words;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::gauge::{at, band, indicator, percent, plan};

/// A number as offices have them.
fn number() -> impl Strategy<Value = Decimal> {
    (-1_000_000i64..1_000_000, 0u32..4).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

/// Any number that a file can hold, the most extreme among them.
fn extreme() -> impl Strategy<Value = Decimal> {
    let any = (any::<i128>(), 0u32..=28)
        .prop_map(|(mantissa, scale)| Decimal::try_from_i128_with_scale(mantissa >> 32, scale).unwrap_or(Decimal::MAX));
    let edges = prop::sample::select(vec![
        Decimal::MAX,
        Decimal::MIN,
        Decimal::ZERO,
        Decimal::ONE,
        Decimal::new(1, 28),
        Decimal::new(-1, 28),
    ]);
    prop_oneof![any, edges, number()]
}

/// What was measured: a quarter of R6 to R9, and how much.
fn measured(of: impl Strategy<Value = Decimal>) -> impl Strategy<Value = Vec<(usize, Decimal)>> {
    prop::collection::vec((0usize..16, of), 1..6)
}

fn block(at: usize, (quarter, value): (usize, Decimal)) -> String {
    let (year, quarter) = (6 + quarter / 4, quarter % 4 + 1);
    format!("[[measure]]\nperiod = \"R{year}Q{quarter}\"\nrecorded = 2024-01-{:02}\nvalue = \"{value}\"\n", at + 1)
}

fn records(measured: &[(usize, Decimal)], order: impl Iterator<Item = usize>) -> String {
    order.map(|at| block(at, measured[at])).collect()
}

fn written(kind: &str, baseline: Decimal, target: Decimal) -> String {
    indicator(kind, &format!("R5 = \"{baseline}\""), &format!("R9 = \"{target}\""))
}

fn one(kind: &str, b: Decimal, t: Decimal, a: Decimal) -> kaikaku::plan::Plan {
    plan("", &written(kind, b, t), &format!("[[measure]]\nperiod = \"R7\"\nvalue = \"{a}\"\n"))
}

fn rates(gap: &Gap<'_>) -> [String; 3] {
    [gap.ratio_to_target, gap.improvement, gap.pace].map(percent)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reversing_direction_and_signs_leaves_improvement_and_verdict(b in number(), t in number(), a in number()) {
        let (up, down) = (one("up", b, t, a), one("down", -b, -t, -a));
        let (up, down) = (at(&up, "R7"), at(&down, "R7"));
        prop_assert_eq!(percent(up.improvement), percent(down.improvement));
        prop_assert_eq!(up.verdict, down.verdict);
        prop_assert_eq!(up.expected, down.expected.map(|e| -e));
    }

    #[test]
    fn scaling_the_unit_leaves_rates_and_verdict(
        b in number(), t in number(), a in number(), by in 1i64..10_000, digits in 0u32..4, down in any::<bool>(),
    ) {
        let (by, kind) = (Decimal::new(by, digits), ["up", "down"][usize::from(down)]);
        let (plain, scaled) = (one(kind, b, t, a), one(kind, b * by, t * by, a * by));
        let (plain, scaled) = (at(&plain, "R7"), at(&scaled, "R7"));
        prop_assert_eq!(rates(&plain), rates(&scaled));
        prop_assert_eq!(plain.verdict, scaled.verdict);
    }

    #[test]
    fn improvement_is_0_at_the_baseline_and_100_at_the_target(b in number(), t in number()) {
        prop_assume!(b != t);
        let kind = if t > b { "up" } else { "down" };
        let (start, end) = (one(kind, b, t, b), one(kind, b, t, t));
        prop_assert_eq!(percent(at(&start, "R7").improvement), "0");
        prop_assert_eq!(percent(at(&end, "R7").improvement), "100");
        prop_assert_eq!(at(&end, "R7").verdict, Verdict::Met);
    }

    #[test]
    fn what_is_expected_runs_from_the_baseline_to_the_target(b in number(), t in number(), step in any::<bool>()) {
        let head = if step { "[judge]\npace = \"step\"\n" } else { "" };
        let expected = |year: &str| {
            let plan = plan(head, &written("up", b, t), &format!("[[measure]]\nperiod = \"{year}\"\nvalue = 1\n"));
            at(&plan, year).expected
        };
        prop_assert_eq!(expected("R5"), Some(b));
        prop_assert_eq!(expected("R9"), Some(t));
        prop_assert_eq!(expected("R12"), Some(t));
        let between = expected("R7").unwrap();
        prop_assert!(b.min(t) <= between && between <= b.max(t));
    }

    #[test]
    fn no_number_makes_a_panic(
        kind in prop::sample::select(vec!["up", "down", "at-least", "at-most", "maintain"]),
        b in extreme(), t in extreme(), width in extreme(), measured in measured(extreme()), published in extreme(),
    ) {
        let more = format!("published = [{{ period = \"R7\", ratio = {published}, improvement = {published} }}]\n");
        let kept = if kind == "maintain" { format!("tolerance = {}\n", width.abs()) } else { String::new() };
        let text = format!("{}{more}{kept}", written(kind, b, t));
        let plan = plan("", &text, &records(&measured, 0..measured.len()));
        let as_of = AsOf::parse("R9", plan.head.cycle).unwrap();
        for gap in compare(&plan, as_of).into_iter().flat_map(|compared| compared.gaps) {
            for by in [Measured::Ratio, Measured::Improvement, Measured::Pace] {
                let shown = words::rate_of(&gap, by, plan.head.rounding, Lang::En);
                prop_assert!(!shown.contains("NaN") && !shown.contains("inf"));
            }
        }
    }

    #[test]
    fn rounding_never_crosses_a_band(a in 0i64..2_000_000, t in 1i64..1_000_000, digits in 0u32..3, cut in any::<bool>()) {
        let mode = ["half-up", "truncate"][usize::from(cut)];
        let head = format!("[judge]\nbands = \"tenths-7\"\n[rounding]\ndigits = {digits}\nmode = \"{mode}\"\n");
        let text = written("up", Decimal::ZERO, t.into());
        let plan = plan(&head, &text, &format!("[[measure]]\nperiod = \"R9\"\nvalue = {a}\n"));
        let gap = at(&plan, "R9");
        let shown = words::rate_of(&gap, Measured::Ratio, plan.head.rounding, Lang::En);
        let shown = Decimal::from_str_exact(&shown.replace([',', '%'], "")).unwrap();
        let by_what_is_shown = gap.set.bands.iter().find(|b| b.rule.at_least.is_none_or(|from| shown >= from)).unwrap();
        prop_assert_eq!(band(&gap), by_what_is_shown.id.as_str(), "{}", shown);
    }

    #[test]
    fn the_order_of_records_does_not_matter(
        (measured, order) in measured(number()).prop_flat_map(|m| {
            let order = Just((0..m.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(m), order)
        }),
        b in number(), t in number(),
    ) {
        let text = written("up", b, t);
        let (plain, other) = (
            plan("", &text, &records(&measured, 0..measured.len())),
            plan("", &text, &records(&measured, order.into_iter())),
        );
        let (plain, other) = (at(&plain, "R9"), at(&other, "R9"));
        prop_assert_eq!(rates(&plain), rates(&other));
        prop_assert_eq!((plain.verdict, plain.outlook), (other.verdict, other.outlook));
        prop_assert_eq!(plain.change.map(|c| (c.by, c.is)), other.change.map(|c| (c.by, c.is)));
    }
}
