//! The tables of open data: every row is whole, codes are known, keys name one row, and the counts are those of `status`.

use std::collections::{BTreeMap, BTreeSet};

use kaikaku::opendata::{Kind, OpenTable, OpenValue, tables};
use kaikaku::plan::Plan;
use kaikaku::plan::value::Value;
use kaikaku::query::AsOf;
use kaikaku::query::gap::gaps;
use kaikaku::query::status::{Question, status};
use kaikaku::source;
use kaikaku::text::portable::is_portable;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::generate::{snapshot, spec};
use crate::shipped::plan as shipped;

/// The values of a row by the names of their fields.
type Row = BTreeMap<&'static str, String>;

fn rows(table: &OpenTable) -> Vec<Row> {
    let named = |row: &Vec<OpenValue>| {
        table.fields.iter().zip(row).map(|(field, value)| (field.name, value.written().to_string())).collect()
    };
    table.rows.iter().map(named).collect()
}

fn table<'t>(all: &'t [OpenTable], name: &str) -> &'t OpenTable {
    all.iter().find(|table| table.name == name).unwrap()
}

fn number(row: &Row, field: &str) -> Decimal {
    Decimal::from_str_exact(&row[field]).unwrap()
}

/// What holds for every table of every plan.
fn are_sound(all: &[OpenTable]) {
    let known: BTreeSet<(String, String)> =
        rows(table(all, "codes")).into_iter().map(|row| (row["code_list"].clone(), row["code"].clone())).collect();
    for table in all {
        let names: BTreeSet<&str> = table.fields.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), table.fields.len(), "{}", table.name);
        assert!(
            names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'))
        );
        assert!(table.key.iter().all(|key| names.contains(key)), "{}: {:?}", table.name, table.key);
        let mut keys = BTreeSet::new();
        for row in &table.rows {
            assert_eq!(row.len(), table.fields.len(), "{}", table.name);
            for (field, value) in table.fields.iter().zip(row) {
                let place = format!("{} {}: {value:?}", table.name, field.name);
                assert!(!field.required || *value != OpenValue::Absent, "{place}");
                match (field.kind, value) {
                    (_, OpenValue::Absent) => {}
                    (Kind::Integer | Kind::Number, OpenValue::Number(number)) => {
                        assert!(field.kind == Kind::Number || number.fract().is_zero(), "{place}");
                    }
                    (Kind::Code(list), OpenValue::Text(code)) => {
                        assert!(known.contains(&(list.to_owned(), code.to_string())), "{place}");
                    }
                    (Kind::Text | Kind::Id | Kind::Date, OpenValue::Text(text)) => {
                        assert!(text.chars().all(is_portable) && !text.contains(['\n', '\r']), "{place}");
                        assert_eq!(text.trim(), text, "{place}");
                    }
                    _ => panic!("{place}"),
                }
            }
            let key: Vec<String> = table.key.iter().map(|key| table.value(row, key).written().to_string()).collect();
            assert!(keys.insert(key.clone()), "{}: {key:?} stands twice", table.name);
        }
    }
}

/// The counts of the last moment, recomputed from `status`.
fn are_counted(plan: &Plan, as_of: AsOf, all: &[OpenTable]) {
    for (scale, evaluator) in (0..plan.scales.len()).flat_map(|s| (0..plan.evaluators.len()).map(move |e| (s, e))) {
        let status = status(plan, Question::new(as_of, scale, evaluator));
        let (scale, evaluator) = (plan.scales[scale].id.as_str(), plan.evaluators[evaluator].id.as_str());
        let of = |row: &Row| {
            row["scale_code"] == scale
                && row["evaluator_code"] == evaluator
                && row["figure_code"] == "count"
                && row["as_of"] == as_of.date.to_string()
                && row["period_start"] == as_of.period.first_day().to_string()
        };
        let whole: Vec<Row> = rows(table(all, "counts_plan")).into_iter().filter(of).collect();
        let sum = |rows: &[Row]| rows.iter().map(|row| number(row, "value")).sum::<Decimal>();
        assert_eq!(sum(&whole), Decimal::from(status.total.entries));
        for (grade, count) in status.version.grades.iter().zip(&status.total.counts) {
            let row = whole.iter().find(|row| row["grade_code"] == grade.id.as_str()).unwrap();
            assert_eq!(number(row, "value"), Decimal::from(*count));
        }
        // Each level is the whole once more.
        for level in 1..=plan.head.counted {
            let all: Vec<Row> = rows(table(all, &format!("counts_level_{level}"))).into_iter().filter(of).collect();
            assert_eq!(sum(&all), Decimal::from(status.total.entries), "{level}");
            for node in status.nodes.iter().filter(|node| node.entry.level == level - 1) {
                let own: Vec<Row> =
                    all.iter().filter(|row| row["scope_id"] == node.entry.id.as_str()).cloned().collect();
                assert_eq!(sum(&own), Decimal::from(node.tally.entries));
            }
        }
    }
}

/// The values and results of indicators, recomputed from `kpi`.
fn are_measured(plan: &Plan, as_of: AsOf, all: &[OpenTable]) {
    let (values, results) = (rows(table(all, "indicator_values")), rows(table(all, "indicator_results")));
    let verdicts = rows(table(all, "indicator_verdicts"));
    for gap in gaps(plan, as_of) {
        let id = gap.indicator.id.as_str();
        let of = |row: &&Row| row["indicator_id"] == id;
        let actuals: Vec<&Row> = values.iter().filter(of).filter(|row| row["figure_code"] == "actual").collect();
        if let Some((actual, Value::Number(number))) = gap.actual.map(|actual| (actual, &actual.reading.value)) {
            let end = actual.reading.period.last_day().to_string();
            let found =
                actuals.iter().filter(|row| row["period_end"] == end).any(|row| self::number(row, "value") == *number);
            assert!(found, "{id}");
        }
        assert!(gap.actual.is_none() || actuals.iter().any(|row| row["value_status_code"] == "present"), "{id}");
        let result = |figure: &str| {
            let row = results.iter().filter(of).find(|row| row["result_figure_code"] == figure).unwrap();
            assert_eq!(row["value"].is_empty(), row["value_status_code"] == "not-meaningful", "{id} {figure}");
            row["value"].clone()
        };
        let written = |value: Option<Decimal>| value.map(|value| value.normalize().to_string()).unwrap_or_default();
        assert_eq!(result("gap"), written(gap.gap), "{id}");
        assert_eq!(result("room"), written(gap.room), "{id}");
        let verdict = verdicts.iter().filter(of).find(|row| row["verdict_by_code"] == "rule").unwrap();
        assert_eq!(verdict["verdict_code"], gap.verdict.key());
    }
}

fn check(plan: &Plan, as_of: AsOf) {
    let all = tables(plan, as_of);
    are_sound(&all);
    are_counted(plan, as_of, &all);
    are_measured(plan, as_of, &all);
}

#[test]
fn the_shipped_plans_make_sound_tables() {
    for (name, when) in [("2027", "R8Q2"), ("example", "R8Q2"), ("growth-policy", "R7"), ("stage3", "R5")] {
        let plan = shipped(name);
        check(&plan, AsOf::parse(when, plan.head.cycle).unwrap());
    }
}

/// By hand, from the records of 架空市: R8Q2 has 20 entries in the plan (21 less the one dropped in R8).
#[test]
fn the_counts_of_the_example_are_those_of_its_records() {
    let plan = shipped("example");
    let all = tables(&plan, AsOf::parse("R8Q2", plan.head.cycle).unwrap());
    let counts = rows(table(&all, "counts_plan"));
    let of = |row: &&Row| {
        row["period_end"] == "2026-09-30"
            && row["scale_code"] == "progress"
            && row["evaluator_code"] == "dept"
            && row["figure_code"] == "count"
    };
    let sum: Decimal = counts.iter().filter(of).map(|row| number(row, "value")).sum();
    assert_eq!(sum, Decimal::from(20));
    // Ten quarters of R6 to R8Q2, for two scales and two evaluators.
    let moments: BTreeSet<&str> = counts.iter().map(|row| row["period_end"].as_str()).collect();
    assert_eq!(moments.len(), 10);
    let area: BTreeSet<(String, String)> =
        rows(table(&tables(&shipped("2027"), AsOf::parse("R8Q2", plan.head.cycle).unwrap()), "entries"))
            .into_iter()
            .map(|row| (row["area_code"].clone(), row["area_name"].clone()))
            .collect();
    assert_eq!(area, BTreeSet::from([("431001".to_owned(), "熊本県熊本市".to_owned())]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn any_plan_makes_sound_tables(spec in spec()) {
        let plan = source::load(&snapshot(&spec.files()), "plan").plan.unwrap();
        let years = [plan.head.from, plan.head.to];
        years.into_iter().for_each(|year| check(&plan, AsOf::end_of(year)));
    }
}
