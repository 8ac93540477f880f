//! `kaikaku explain`: every formula it prints is worked out again here from the numbers it prints, by an arithmetic of
//! its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper of tests may fail as a test does")]

#[path = "support/mod.rs"]
mod support;

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value as Json, json};
use support::{Desk, exact, ids, japanese};

/// When the commits here are made.
const DAY: &str = "2024-03-31T23:30:00+0900";

const STAGE3: [&str; 9] = [
    "service-satisfaction",
    "counter-satisfaction",
    "convenience-certificates",
    "work-fulfilment",
    "annual-leave",
    "telework",
    "real-debt-ratio",
    "future-burden",
    "bond-balance",
];

/// A reader of formulas: `+ − × ÷`, parentheses, `min(…)`, `max(…)`, `|…|`, names and numbers.
struct Reader<'t> {
    rest: &'t str,
    numbers: &'t HashMap<String, Decimal>,
}

impl Reader<'_> {
    fn value(formula: &str, numbers: &HashMap<String, Decimal>) -> Decimal {
        let mut reader = Reader { rest: formula, numbers };
        let value = reader.sum();
        assert_eq!(reader.rest.trim(), "", "{formula}");
        value
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        rest.inspect(|rest| self.rest = rest).is_some()
    }

    fn sum(&mut self) -> Decimal {
        let mut value = self.product();
        loop {
            match () {
                () if self.takes("+") => value += self.product(),
                () if self.takes("−") => value -= self.product(),
                () => return value,
            }
        }
    }

    fn product(&mut self) -> Decimal {
        let mut value = self.atom();
        loop {
            match () {
                () if self.takes("×") => value *= self.atom(),
                () if self.takes("÷") => value /= self.atom(),
                () => return value,
            }
        }
    }

    fn list(&mut self) -> Vec<Decimal> {
        let mut values = vec![self.sum()];
        while self.takes(",") {
            values.push(self.sum());
        }
        assert!(self.takes(")"));
        values
    }

    fn atom(&mut self) -> Decimal {
        match () {
            () if self.takes("min(") => self.list().into_iter().min().unwrap(),
            () if self.takes("max(") => self.list().into_iter().max().unwrap(),
            () if self.takes("(") => self.list()[0],
            () if self.takes("|") => {
                let value = self.sum();
                assert!(self.takes("|"));
                value.abs()
            }
            () => {
                let rest = self.rest.trim_start();
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "'.".contains(c))).unwrap_or(rest.len());
                let (word, rest) = rest.split_at(end);
                self.rest = rest;
                let known = self.numbers.get(word).copied();
                known.unwrap_or_else(|| word.parse().unwrap_or_else(|_| panic!("`{word}` is no number given")))
            }
        }
    }
}

fn numbers(step: &Json) -> HashMap<String, Decimal> {
    let all = step["numbers"].as_array().unwrap().iter();
    let read = |n: &Json| Some((n["symbol"].as_str()?.to_owned(), exact(&n["value"]).parse().ok()?));
    all.filter_map(read).collect()
}

fn holds(relation: &str, numbers: &HashMap<String, Decimal>) -> bool {
    let sign = ["≥", "≤", ">", "<"].into_iter().find(|sign| relation.contains(sign)).unwrap();
    let (left, right) = relation.split_once(sign).unwrap();
    let (left, right) = (Reader::value(left, numbers), Reader::value(right, numbers));
    match sign {
        "≥" => left >= right,
        "≤" => left <= right,
        ">" => left > right,
        _ => left < right,
    }
}

/// Works a step out again; whether there was anything to work out.
fn check(step: &Json) -> bool {
    let (Some(formula), result) = (step["formula"].as_str(), &step["result"]) else { return false };
    let numbers = numbers(step);
    match result {
        Json::Number(_) => {
            let (told, own): (Decimal, _) = (exact(result).parse().unwrap(), Reader::value(formula, &numbers));
            assert!((told - own).abs() < Decimal::new(1, 18), "{own}: {step:#}");
            if let Some(shown) = step["shown"].as_str().unwrap().strip_suffix('％').filter(|_| formula.ends_with("100"))
            {
                let own = own.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
                assert_eq!(shown.replace('▲', "-").replace(',', "").parse::<Decimal>().unwrap(), own, "{step:#}");
            }
        }
        Json::Bool(told) if step["shown"].as_str().unwrap().contains("がない") => assert!(!told, "{step:#}"),
        Json::Bool(told) => {
            assert_eq!(formula.split(" and ").all(|relation| holds(relation, &numbers)), *told, "{step:#}");
        }
        // What the series did since the year before.
        Json::String(_) => assert!(holds(formula, &numbers), "{step:#}"),
        _ => return false,
    }
    true
}

fn step<'j>(explained: &'j Json, name: &str) -> &'j Json {
    let mut steps = explained["steps"].as_array().unwrap().iter();
    steps.find(|step| step["name"] == name).unwrap_or_else(|| panic!("no {name} in {explained:#}"))
}

fn worked_out_again(explained: &Json) -> usize {
    explained["steps"].as_array().unwrap().iter().filter(|step| check(step)).count()
}

#[test]
fn every_formula_of_stage_3_comes_out_the_same() {
    let desk = Desk::shipped();
    for id in STAGE3 {
        let explained = desk.json(&format!("explain {id} --plan stage3"));
        assert_eq!(explained["figure"]["id"], id);
        assert!(worked_out_again(&explained) >= 6, "{explained:#}");
        for number in explained["steps"].as_array().unwrap().iter().flat_map(|s| s["numbers"].as_array().unwrap()) {
            let derived = ["e", "v"].contains(&number["symbol"].as_str().unwrap());
            assert_eq!(number["written_in"].is_null(), derived, "{number:#}");
            assert_eq!(number["source"].is_null(), derived, "{number:#}");
        }
    }
}

#[test]
fn the_figures_worked_out_by_hand() {
    let desk = Desk::shipped();
    for (id, ratio, improvement, gap) in [
        ("service-satisfaction", "67.8％", "▲29.8％", "▲20.9ポイント"),
        ("counter-satisfaction", "96.7％", "0.0％", "▲3ポイント"),
        ("convenience-certificates", "60.0％", "49.1％", "▲199,830件"),
        ("work-fulfilment", "85.3％", "▲7.7％", "▲14ポイント"),
        ("annual-leave", "93.8％", "50.0％", "▲1日"),
        ("telework", "90.0％", "81.5％", "▲5ポイント"),
        ("real-debt-ratio", "96.3％", "0.0％", "0.2ポイント"),
    ] {
        let explained = desk.json(&format!("explain {id} --plan stage3"));
        for (name, shown) in [("ratio_to_target", ratio), ("improvement", improvement), ("gap", gap)] {
            assert_eq!(step(&explained, name)["shown"], shown, "{id} {name}");
        }
    }
    for (id, room) in [("future-burden", "5.6ポイント"), ("bond-balance", "199億円")] {
        let explained = desk.json(&format!("explain {id} --plan stage3"));
        assert_eq!(
            (&step(&explained, "room")["shown"], &step(&explained, "verdict")["result"]),
            (&json!(room), &json!("met"))
        );
    }
    let text = desk.run("explain service-satisfaction --plan stage3").done();
    for line in [
        "a − t ＝ 44.1 − 65 ＝ ▲20.9ポイント",
        "a ÷ t × 100 ＝ 44.1 ÷ 65 × 100 ＝ 67.846… → 67.8％（小数第1位まで、四捨五入）",
        "(a − b) ÷ (t − b) × 100 ＝ (44.1 − 48.9) ÷ (65 − 48.9) × 100 ＝ ▲29.813… → ▲29.8％",
        "b − a > 0：48.9 − 44.1 > 0 → 当てはまる",
        "plan/stage3/records/service-satisfaction.toml:3",
    ] {
        assert!(text.out().contains(line), "{line}\n{}", text.out());
    }
}

#[test]
fn every_indicator_and_entry_of_the_shipped_plans_can_be_explained() {
    let desk = Desk::shipped();
    for plan in ["example", "growth-policy", "stage3"] {
        for as_of in ["R6Q1", "R8Q2", "R20"] {
            let indicators = desk.json(&format!("kpi --plan {plan} --as-of {as_of}"))["indicators"].take();
            for id in ids(&indicators) {
                let explained = desk.json(&format!("explain {id} --plan {plan} --as-of {as_of}"));
                worked_out_again(&explained);
                let verdict = &support::by_id(&indicators, id)["verdict"];
                assert_eq!(&step(&explained, "verdict")["result"], verdict, "{id}");
            }
        }
    }
    let under = desk.json("explain fiscal-health --plan example --as-of R8Q2");
    let verdicts = under["steps"].as_array().unwrap().iter().filter(|step| step["name"] == "verdict");
    assert_eq!(verdicts.count(), 3, "a heading is explained by what is under it");
    for format in ["text", "md", "csv"] {
        for figure in ["", "1-2", "fiscal-health", "managed-outsourcing", "council-participants"] {
            desk.run(&format!("explain {figure} --plan example --format {format}")).done();
        }
    }
    let english = desk.run("explain livability --plan growth-policy --lang en").done();
    let plain = english.out().lines().filter(|line| !line.contains("plan/"));
    let left: Vec<&str> = plain.filter(|line| !japanese(line).is_empty()).collect();
    assert!(left.len() <= 2, "the plan's own texts alone are Japanese: {left:?}");
}

#[test]
fn the_roll_up_can_be_counted_again() {
    let desk = Desk::shipped();
    for figure in ["", "1-2", "3", "2-1-1"] {
        for as_of in ["R6Q2", "R7Q1", "R8Q2"] {
            let explained = desk.json(&format!("explain {figure} --plan example --as-of {as_of}"));
            worked_out_again(&explained);
            let entries = step(&explained, "entries");
            let listed = entries["numbers"].as_array().unwrap();
            assert_eq!(exact(&entries["result"]), listed.len().to_string());
            for grade in ["ahead", "on-track", "delayed", "stalled", "out"] {
                let own = listed.iter().filter(|entry| entry["value"] == grade).count();
                assert_eq!(exact(&step(&explained, &format!("count:{grade}"))["result"]), own.to_string());
            }
            let all = listed.iter().all(|entry| !entry["written_in"].is_null());
            assert!(all, "{entries:#}");
        }
    }
    let printed = desk.json("explain --plan stage3");
    assert_eq!(worked_out_again(&printed), 3);
    assert_eq!(step(&printed, "share:on-track")["shown"], "78.8％");
}

fn number<'j>(explained: &'j Json, symbol: &str) -> &'j Json {
    let numbers = step(explained, "ratio_to_target")["numbers"].as_array().unwrap();
    numbers.iter().find(|number| number["symbol"] == symbol).unwrap()
}

#[test]
fn in_a_checkout_every_number_names_its_commit() {
    let desk = Desk::copied();
    for args in [&["init", "-q"][..], &["add", "plan"], &["commit", "-q", "-m", "first"]] {
        desk.git(DAY, args);
    }
    let explain = || desk.json("explain service-satisfaction --plan stage3");
    let actual = number(&explain(), "a").clone();
    assert_eq!((&actual["date"], &actual["author"]), (&json!("2024-03-31"), &json!("山田 花子")));
    assert_eq!((actual["commit"].as_str().unwrap().len(), &actual["uncommitted"]), (10, &json!(false)));

    // The head of the block stays as committed; the value is what changed.
    let path = "plan/stage3/records/service-satisfaction.toml";
    let text = String::from_utf8(desk.read(path)).unwrap();
    desk.write(path, text.replace("44.1", "45.1"));
    let changed = explain();
    let actual = number(&changed, "a");
    assert_eq!(
        (&actual["uncommitted"], &actual["commit"], &actual["author"]),
        (&json!(true), &Json::Null, &Json::Null)
    );
    assert_eq!(number(&changed, "t")["author"], "山田 花子");
    let text = desk.run("explain service-satisfaction --plan stage3").done();
    assert!(text.out().contains("未コミット") && text.out().contains("R6.3.31 山田 花子"), "{}", text.out());

    // A file that git does not know.
    desk.git(DAY, &["rm", "-q", "--cached", path]);
    desk.git(DAY, &["commit", "-q", "-m", "second"]);
    let actual = number(&explain(), "a").clone();
    assert_eq!((&actual["uncommitted"], &actual["commit"]), (&Json::Null, &Json::Null));
}

#[test]
fn outside_git_the_column_is_absent_and_says_so() {
    let desk = Desk::copied();
    for env in [&[][..], &[("PATH", "/nonexistent")]] {
        let ran = desk.with_env(env, &["explain", "service-satisfaction", "--plan", "stage3"]).done();
        assert!(ran.out().contains("git の記録がないため") && !ran.out().contains("最後に書いた記録"), "{}", ran.out());
    }
    let explained = desk.json("explain service-satisfaction --plan stage3");
    assert_eq!((&explained["git"], &number(&explained, "a")["commit"]), (&json!(false), &Json::Null));
}

#[test]
fn margins_and_verdicts_by_hand_are_told() {
    let plan = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n\
                [[scale]]\nid = \"s\"\nname = \"進捗\"\ngrades = [{ id = \"a\", name = \"A\" }]\n";
    let indicators =
        "[x]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\nbaseline = { R5 = 50 }\ntarget = { R9 = 60 }\n";
    let records = "[[measure]]\nperiod = \"R6\"\nvalue = 51\nmargin = 1.5\n\n\
                   [[measure]]\nperiod = \"R7\"\nvalue = 52\nmargin = 1.2\nverdict = \"behind\"\nreason = \"調査の方法\"\n";
    let desk = Desk::plan(&[("plan.toml", plan), ("indicators.toml", indicators), ("records/x.toml", records)]);
    let explained = desk.json("explain x");
    worked_out_again(&explained);
    let change = step(&explained, "change_is");
    assert_eq!((&change["result"], &change["shown"]), (&json!("same"), &json!("横ばい")));
    let margin = change["numbers"].as_array().unwrap().iter().find(|n| n["symbol"] == "mc").unwrap();
    assert_eq!(margin["written_in"], "plan/records/x.toml:4");
    let by_hand = step(&explained, "by_hand");
    assert_eq!((&by_hand["result"], &by_hand["why"]), (&json!("behind"), &json!("調査の方法")));
}
