//! Rates and verdicts of indicators (`figures.md`, "Indicators"; `files.md`, how indicators are judged).

mod gauge;
mod judged;

use kaikaku::document::Table;
use kaikaku::lang::Lang;
use kaikaku::query::AsOf;
use kaikaku::query::gap::{Gap, Rate, gap};
use kaikaku::report::Report;
use kaikaku::report::kpi::KpiReport;
use kaikaku::source;
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value as Json;

use super::chance::Chance;
use super::fraction::Fraction;
use super::records::Asked;
use super::{plans, shown};
use crate::generate::snapshot;
use gauge::Gauge;
use judged::Judged;

proptest! {
    #![proptest_config(ProptestConfig { cases: plans(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_judged_is_what_the_model_judges(seed in any::<u64>()) {
        let mut chance = Chance::new(seed);
        let gauge = Gauge::any(&mut chance);
        let files = gauge.files();
        let loaded = source::load(&snapshot(&files), "plan");
        let told: Vec<&str> = loaded.findings.iter().map(|finding| finding.message.text(Lang::En)).collect();
        let Some(plan) = loaded.plan.as_ref() else { panic!("{told:?}\n{}", shown(&files)) };
        for _ in 0..4 {
            let asked = Asked::any(&mut chance, true);
            let as_of = AsOf::parse(&asked.words(), plan.head.cycle).unwrap();
            let gap = gap(plan, &plan.indicators[0], as_of);
            let model = gauge.judged(asked);
            let report = KpiReport::new(plan, as_of, vec![gap], Vec::new());
            let json = &report.json()["indicators"][0];
            let differs = differences(&report.gaps[0], json, &report.table(Lang::En), &gauge, &model);
            prop_assert!(differs.is_empty(), "{differs:#?}\nas of {}: {model:#?}\n{}", asked.words(), shown(&files));
        }
    }
}

/// What the program says otherwise than the model.
fn differences(gap: &Gap<'_>, json: &Json, table: &Table, gauge: &Gauge, model: &Judged) -> Vec<String> {
    let mut differs = Vec::new();
    let mut hold = |what: &str, is: String, ought: String| {
        if is != ought {
            differs.push(format!("{what}: {is}, and by the model {ought}"));
        }
    };
    let period = |reading: &Json| reading["period"].as_str().unwrap_or("none").to_owned();
    let name = |year: Option<u32>| year.map_or_else(|| "none".to_owned(), |year| format!("R{}", 6 + year));
    hold("period of the actual", period(&json["actual"]), name(model.year));
    hold("a last record without a value", (!json["missing"].is_null()).to_string(), model.is_missing.to_string());
    hold("provisional", json["actual"]["provisional"].to_string(), or_null(model.provisional));
    let near = |number: Option<Decimal>| number.and_then(|n| n.to_f64()).map(|n| format!("{n:.8}"));
    let fraction = |number: Option<Fraction>| number.map(|n| format!("{:.8}", n.as_f64()));
    let percent = |rate: Option<Rate>| near(rate.and_then(Rate::percent));
    let of_hundred = |rate: Option<Fraction>| fraction(rate.map(|rate| rate * Fraction::whole(100)));
    let say = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    for (what, is, ought) in [("gap", gap.gap, model.gap), ("room", gap.room, model.room)] {
        if let Some(ought) = ought {
            hold(what, say(near(is)), say(fraction(ought)));
        }
    }
    hold("ratio", say(percent(gap.ratio_to_target)), say(of_hundred(model.ratio)));
    hold("improvement", say(percent(gap.improvement)), say(of_hundred(model.improvement)));
    if let Some(pace) = model.pace {
        hold("pace", say(percent(gap.pace)), say(of_hundred(pace)));
    }
    if let Some(expected) = model.expected {
        hold("expected", say(near(gap.expected)), say(fraction(expected)));
    }
    // As they are printed, rounded as the plan rounds.
    for (title, rate) in [
        ("To the period's target (%)", model.ratio_to_period),
        ("To the final target (%)", model.ratio_to_final),
        ("Actual ÷ target (%)", model.actual_by_target),
    ] {
        let at = table.columns.iter().position(|column| column.title == title).unwrap();
        let ought = rate.map(|rate| rate.percent(gauge.digits, gauge.is_cut_off)).unwrap_or_default();
        hold(title, table.rows[0].cells[at].text.to_string(), ought);
    }
    if let Some(verdict) = model.verdict {
        hold("verdict", json["verdict"].as_str().unwrap().to_owned(), verdict.to_owned());
    }
    if let Some(band) = model.band {
        let at = gap.band.and_then(|band| gap.set.bands.iter().position(|other| other.id == band.id));
        // Of C there are two: as the baseline, and worse.
        let at = if gauge.set == "s-a-b-c" { at.map(|at| at.min(3)) } else { at };
        hold("band", format!("{at:?}"), format!("{:?}", Some(band)));
    }
    differs
}

fn or_null(flag: Option<bool>) -> String {
    flag.map_or_else(|| "null".to_owned(), |flag| flag.to_string())
}
