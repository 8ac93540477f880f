//! Laws of sums of amounts: what holds for any effects, worked out here a second way.

use std::collections::BTreeMap;

use kaikaku::plan::Plan;
use kaikaku::plan::period::FiscalYear;
use kaikaku::query::AsOf;
use kaikaku::query::effects::effects;
use kaikaku::query::sums::{Row, Side, Span, totals_of};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::edits::plan;

const HEAD: &str = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\ncycle = \"year\"\nlevels = [\"柱\"]\n";

/// How an effect adds up, and its amounts of R6 to R9.
type Drawn = (&'static str, [i32; 4]);

fn drawn() -> impl Strategy<Value = Drawn> {
    (prop::sample::select(vec!["one-year", "continuing", "cumulative"]), prop::array::uniform4(-50i32..200))
}

/// A plan of such effects; each second one is a part of the one before it where `nested`.
fn city(all: &[Drawn], nested: bool) -> Plan {
    let effect = |(at, (how, amounts)): (usize, &Drawn)| {
        let (series, effect) = match *how {
            "cumulative" => ("cumulative", "one-year"),
            how => ("yearly", how),
        };
        let parent = if nested && at % 2 == 1 { format!("parent = \"e{}\"\n", at - 1) } else { String::new() };
        let [a, b, c, d] = amounts;
        format!(
            "[e{at}]\n{parent}name = \"効果{at}\"\nunit = \"万円\"\nkind = \"up\"\nseries = \"{series}\"\neffect = \"{effect}\"\n\
             target = {{ R6 = {a}, R7 = {b}, R8 = {c}, R9 = {d} }}\n"
        )
    };
    let indicators: String = all.iter().enumerate().map(effect).collect();
    let files = [("plan.toml", HEAD.to_owned()), ("indicators.toml", indicators)];
    plan(&files.map(|(name, text)| (name.to_owned(), text)).into()).unwrap()
}

/// Each year alone, by the definition and nothing else.
fn by_hand((how, amounts): &Drawn) -> [i32; 4] {
    let mut before = 0;
    amounts.map(|amount| {
        let within = match *how {
            "one-year" => amount,
            "continuing" => before + amount,
            _ => amount - before,
        };
        before = if *how == "continuing" { within } else { amount };
        within
    })
}

fn planned(plan: &Plan) -> BTreeMap<(&'static str, FiscalYear), Decimal> {
    let all: Vec<_> = plan.indicators.iter().collect();
    let totals = totals_of(plan, &effects(&all), AsOf::end_of(plan.head.to));
    assert_eq!(totals.len(), 1);
    let value = |row: &Row<'_>| ((row.span.key(), row.year), row.sum(Side::Planned).whole().unwrap_or_default());
    totals[0].rows.iter().map(value).collect()
}

proptest! {
    #[test]
    fn sums_are_those_of_the_definition(all in prop::collection::vec(drawn(), 1..6), nested in any::<bool>()) {
        let plan = city(&all, nested);
        let found = planned(&plan);
        let counted: Vec<[i32; 4]> =
            all.iter().enumerate().filter(|(at, _)| !nested || at % 2 == 0).map(|(_, one)| by_hand(one)).collect();
        let mut so_far = 0;
        for (at, year) in (2024..=2027).enumerate() {
            let year = FiscalYear::new(year).unwrap();
            let within: i32 = counted.iter().map(|one| one[at]).sum();
            so_far += within;
            prop_assert_eq!(found.get(&(Span::Year.key(), year)), Some(&Decimal::from(within)));
            prop_assert_eq!(found.get(&(Span::SoFar.key(), year)), Some(&Decimal::from(so_far)), "the sum of the years");
        }
    }
}
