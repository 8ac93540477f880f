//! `kaikaku rollover`: a fiscal year opened, by a made-up plan worked out by hand and by the made-up city.

use serde_json::Value as Json;

use crate::support::Desk;

const PLAN: &str = r#"schema = 1
id     = "reform"
name   = "みどり町改革プラン"
period = { from = "R7", to = "R9" }
cycle  = "quarter"
levels = ["柱", "取組"]

[[scale]]
id     = "progress"
name   = "進捗状況"
to     = "R7"
grades = [{ id = "good", name = "順調" }, { id = "late", name = "遅れ", attention = true }]

[[scale]]
id     = "progress"
name   = "進捗評価"
from   = "R8"
grades = [{ id = "a", name = "A" }, { id = "b", name = "B" }, { id = "c", name = "C", attention = true }]
"#;

const OUTLINE: &str = r#"schema = 1

[1]
name = "暮らし"

[1-1]
name  = "窓口"
owner = "住民課"
steps = { R7 = "検討", R8 = "実施", R9 = "実施" }

[[1-1.milestone]]
name = "要綱"
date = "R8.1"

[[1-1.milestone]]
name = "開設"
date = "R8.10"

[1-2]
name  = "手続"
owner = "総務課"
added = "R8"
"#;

const INDICATORS: &str = r#"schema = 1

[wait]
name     = "待ち時間"
unit     = "分"
kind     = "down"
entry    = "1-1"
baseline = { R6 = 20 }
target   = { R8 = 15, R9 = 10 }

[rate]
name     = "申請率"
unit     = "％"
kind     = "up"
entry    = "1-1"
baseline = { R6 = 10 }
target   = { R9 = 30 }
"#;

const OWNERS: &str = "schema = 1\n\n[a]\nname = \"住民課\"\n\n[b]\nname = \"総務課\"\n";

/// Reported: R7Q1 to Q3 of 1-1, and the value of 待ち時間 of R7. Not reported: R7Q4, the value of 申請率, 要綱.
const RECORDS: &str = r#"schema = 1

[[update]]
period   = "R7Q3"
recorded = 2026-01-10
rating   = { progress = "good" }
step     = "検討"
"#;

const VALUES: &str = "schema = 1\n\n[[measure]]\nperiod   = \"R7\"\nrecorded = 2026-04-05\nvalue    = 18\n";

fn desk() -> Desk {
    Desk::plan(&[
        ("plan.toml", PLAN),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
        ("owners.toml", OWNERS),
        ("records/1-1.toml", RECORDS),
        ("records/wait.toml", VALUES),
    ])
}

/// The lines of a group: the number, the owner and what is said.
fn group(json: &Json, group: &str) -> Vec<String> {
    let tasks = json["tasks"].as_array().unwrap().iter().filter(|task| task["group"] == group);
    let line = |task: &Json| {
        let text = |key: &str| task[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text("id"), text("owner"), text("what"))
    };
    tasks.map(line).collect()
}

#[test]
fn the_next_year_is_opened_with_what_is_left_of_the_last() {
    let desk = desk();
    // On 10 April R8 the running year is R8; R7 has ended.
    let json = desk.json("rollover --as-of R8.4.10");
    assert_eq!((&json["year"], &json["period"]), (&"R8".into(), &"R8Q1".into()));
    let open = group(&json, "open");
    // 1-1 without R7Q4, its milestone of R8.1, the value of 申請率 of R7; then the four quarters that nobody closed.
    assert_eq!(open.len(), 7, "{open:#?}");
    for (id, words) in [("1-1", "FY2025Q4"), ("1-1", "要綱"), ("rate", "FY2025")] {
        assert!(open.iter().any(|line| line.starts_with(id) && line.contains(words)), "{id} {words} in {open:#?}");
    }
    assert_eq!(open.iter().filter(|line| line.contains("not closed")).count(), 4);
    assert_eq!(group(&json, "scale"), ["- - from this year on: 進捗評価 (A, B, C)"]);
    let begins = group(&json, "begins");
    assert_eq!(begins.len(), 3, "{begins:#?}");
    assert!(begins[0].starts_with("1-1 住民課 step `実施`") && begins[1].contains("開設"), "{begins:#?}");
    assert!(begins[2].starts_with("1-2 総務課 the entry is added"), "{begins:#?}");
    assert_eq!(group(&json, "target").len(), 1);
    assert!(group(&json, "target")[0].starts_with("wait 住民課 15"));
    assert!(group(&json, "no-target")[0].starts_with("rate 住民課 final target 30"));
    // 住民課 is asked about 1-1, and 総務課 about 1-2; the indicators name no owner of their own.
    let asked = group(&json, "ask");
    assert!(asked[0].contains("住民課 entries: 1") && asked[1].contains("総務課 entries: 1"), "{asked:#?}");
}

#[test]
fn from_january_on_the_next_year_is_meant_and_a_year_can_be_named() {
    let desk = desk();
    let year = |args: &str| desk.json(&format!("rollover {args}"))["year"].as_str().unwrap().to_owned();
    assert_eq!(year("--as-of R7.12.31"), "R7");
    assert_eq!(year("--as-of R8.1.1"), "R8");
    assert_eq!(year("--as-of R8.3.31"), "R8");
    assert_eq!(year("--as-of R8.4.1"), "R8");
    assert_eq!(year("--as-of R8.4.1 --year R9"), "R9");

    // 実施 goes on in R9; only the targets begin.
    let json = desk.json("rollover --as-of R9.1.10 --year 令和9年度");
    assert_eq!(group(&json, "begins"), [""; 0]);
    assert_eq!(group(&json, "target").len(), 2);
    assert_eq!(group(&json, "scale"), ["- - 進捗評価 (A, B, C)"]);

    // Behind the end of the plan nothing begins, and nobody is asked.
    let ran = desk.run("rollover --as-of R10.4.10");
    assert_eq!(ran.code, 0);
    assert!(ran.out().contains("計画期間（令和7年度から令和9年度まで）の外の年度である"), "{}", ran.out());
    let json = desk.json("rollover --as-of R10.4.10");
    assert!(group(&json, "ask").is_empty() && group(&json, "target").is_empty());
}

#[test]
fn it_writes_nothing_and_comes_in_every_format() {
    let desk = Desk::copied();
    let ran = desk.run("rollover --plan example --as-of R9.2.1");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out().contains("令和9年度の開始") && ran.err.contains("kaikaku inquiry send --period R9Q1"), "{ran:?}");
    // A paper names indicators, and neither their ids nor commands.
    assert!(ran.out().contains("① 経常収支比率") && !ran.out().contains("current-balance-ratio"), "{}", ran.out());
    assert!(!ran.out().contains("kaikaku"), "{}", ran.out());
    let before = desk.files();
    for format in ["text", "md", "csv", "json"] {
        assert_eq!(desk.run(&format!("rollover --plan example --format {format}")).code, 0);
    }
    assert_eq!(desk.files(), before);
    for file in ["year.docx", "year.xlsx", "year.html"] {
        assert_eq!(desk.run(&format!("rollover --plan example -o {file}")).code, 0, "{file}");
    }
    assert!(desk.run("rollover --plan example --year 2").code == 2);
}
