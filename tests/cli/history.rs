//! `history` and `blame`: who changed what when, out of a real repository.

use serde_json::{Value as Json, json};

use crate::support::Desk;

const HEAD: &str =
    "schema = 1\nid = \"city\"\nname = \"市の計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n";

fn indicator(target: &str) -> String {
    format!(
        "[rate]\nname = \"満足度\"\nunit = \"％\"\nkind = \"up\"\nbaseline = {{ R5 = 50 }}\ntarget = {{\n  R7 = 55,\n  R9 = {target},\n}}\n"
    )
}

/// A target that is raised, lowered in time, and lowered again once the actual of its year was known.
fn city() -> Desk {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", "[1]\nname = \"窓口\"\n")]);
    for (day, target) in [("2024-04-01", "60"), ("2024-10-01", "70"), ("2025-04-01", "65")] {
        desk.write("plan/indicators.toml", indicator(target));
        desk.commit(&format!("{day}T09:00:00+0900"), "target");
    }
    desk.write("plan/records/rate.toml", "[[measure]]\nperiod = \"R9\"\nrecorded = 2027-12-01\nvalue = 61\n");
    desk.commit("2027-12-01T09:00:00+0900", "actual");
    desk.write("plan/indicators.toml", indicator("60"));
    desk.commit("2028-01-10T09:00:00+0900", "lowered");
    desk.write("plan/indicators.toml", indicator("58"));
    desk.commit("2028-05-10T09:00:00+0900", "lowered again");
    desk
}

#[test]
fn every_value_a_target_ever_had_is_reported_and_who_lowered_it_after_the_fact() {
    let desk = city();
    let history = desk.json("history rate target --as-of 2028-06-01");
    let steps: Vec<Json> = history["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["field"] == "target.R9")
        .map(|step| json!([step["date"], step["kind"], step["old"], step["new"], step["late"]]))
        .collect();
    assert_eq!(
        json!(steps),
        json!([
            ["2024-04-01", "added", null, 60, null],
            ["2024-10-01", "raised", 60, 70, null],
            ["2025-04-01", "lowered", 70, 65, null],
            ["2028-01-10", "lowered", 65, 60, "after-actual"],
            ["2028-05-10", "lowered", 60, 58, "after-period"],
        ])
    );
    assert_eq!(history["history"][0]["author"], "山田 花子");
    insta::assert_snapshot!(desk.run("history rate target --lang ja").done().out());
}

#[test]
fn what_is_not_committed_is_reported_as_such() {
    let desk = city();
    desk.write("plan/indicators.toml", indicator("57"));
    let history = desk.json("history rate 目標値");
    let last = history["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["revision"], &last["date"], &last["new"]), (&json!(null), &json!(null), &json!(57)));
    let blame = desk.json("blame rate");
    let numbers: Vec<Json> = blame["numbers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| json!([n["number"], n["period"], n["value"], n["date"], n["uncommitted"]]))
        .collect();
    assert_eq!(
        json!(numbers),
        json!([
            ["baseline", "R5", 50, "2024-04-01", false],
            ["target", "R7", 55, "2024-04-01", false],
            ["target", "R9", 57, null, true],
            ["measure", "R9", 61, "2027-12-01", false],
        ])
    );
}

#[test]
fn a_renumbered_entry_keeps_its_history() {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", "[1]\nname = \"窓口\"\n")]);
    desk.commit("2024-04-01T09:00:00+0900", "first");
    desk.write("plan/outline/1.toml", "[2]\nname = \"窓口の見直し\"\nformerly = [\"1\"]\n");
    desk.commit("2025-04-01T09:00:00+0900", "renumbered");
    let history = desk.json("history 2 name");
    let names: Vec<&Json> = history["history"].as_array().unwrap().iter().map(|step| &step["new"]).collect();
    assert_eq!(names, [&json!("窓口"), &json!("窓口の見直し")]);
}

#[test]
fn what_has_no_history_is_refused() {
    let desk = city();
    assert!(desk.run("history rate colour").failed().contains("colour"));
    assert!(desk.run("history nothing").failed().contains("nothing"));
    assert!(desk.run("blame 1").failed().contains("検証指標ではなく項目"));
    assert!(Desk::city("springfield").run("history 1-1").failed().contains("git"));
}

/// Changes of other entries are passed over; one that moves to another file, or whose number is written in full width, is not.
#[test]
fn an_entry_is_followed_from_file_to_file() {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", "[7]\nname = \"窓口\"\n")]);
    let at = |hour: usize| format!("2025-04-01T{hour:02}:00:00+0900");
    desk.commit(&at(0), "0");
    for (hour, file, text) in [
        (1, "outline/2.toml", "[8]\nname = \"広報\"\n"),
        (2, "outline/1.toml", "[\"７\"]\nname = \"総合窓口\"\n"),
        (3, "outline/2.toml", "[8]\nname = \"広聴\"\n"),
        (4, "outline/2.toml", "[8]\nname = \"広聴\"\n[7]\nname = \"総合窓口\"\nowner = \"課\"\n"),
        (5, "outline/2.toml", "[8]\nname = \"広聴\"\n[\"\\u0037\"]\nname = \"相談\"\nowner = \"課\"\n"),
    ] {
        desk.write(&format!("plan/{file}"), text);
        if hour == 4 {
            desk.write("plan/outline/1.toml", "# 移した\n");
            desk.write("plan/owners.toml", "[o]\nname = \"課\"\n");
        }
        desk.commit(&at(hour), "x");
    }
    let history = desk.json("history 7 --as-of 2025-06-01");
    let steps = history["history"].as_array().unwrap();
    let said: Vec<Json> = steps.iter().map(|step| json!([step["field"], step["old"], step["new"]])).collect();
    let names: Vec<&Json> = said.iter().filter(|step| step[0] == "name").collect();
    let named = json!([["name", null, "窓口"], ["name", "窓口", "総合窓口"], ["name", "総合窓口", "相談"]]);
    assert_eq!(json!(names), named, "{said:?}");
}
