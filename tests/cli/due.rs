//! `kaikaku due`.

use serde_json::{Value as Json, json};

use crate::sheet::Filling;
use crate::support::{Desk, exact};

const HEAD: &str = r#"schema = 1
id     = "town"
name   = "町の計画"
office = "改革課"
period = { from = "R6", to = "R8" }
levels = ["柱", "取組"]

[[scale]]
id     = "progress"
name   = "進捗状況"
grades = [{ id = "good", name = "順調" }]

[[evaluator]]
id   = "dept"
name = "所管評価"

[[evaluator]]
id   = "committee"
name = "委員会評価"
"#;

/// One entry of a department with a passed milestone, one of nobody's, one that came, one that went.
const OUTLINE: &str = r#"[1]
name = "柱"

[1-1]
name      = "窓口"
owner     = ["counter", "digital"]
milestone = [{ date = "R6.11.1", name = "公開" }, { date = "R7.11", name = "拡大" }]

[[1-1.initiative]]
name  = "予約"
steps = { R6 = "準備", R7 = "実施" }

[1-2]
name = "広報"

[1-3]
name  = "後から"
owner = "digital"
added = "R7Q2"

[1-4]
name    = "やめた"
owner   = "digital"
dropped = "R7"
"#;

const OWNERS: &str = "[counter]\nname = \"町民課\"\n\n[digital]\nname = \"情報課\"\n";

fn town(records: &[(&str, &str)]) -> Desk {
    let mut files = vec![("plan.toml", HEAD), ("outline/1.toml", OUTLINE), ("owners.toml", OWNERS)];
    files.extend(records);
    Desk::plan(&files)
}

fn due(desk: &Desk, args: &str) -> (i32, Json) {
    let ran = desk.run(&format!("due {args} --format json"));
    assert_eq!(ran.err, "");
    (ran.code, serde_json::from_str(ran.out()).unwrap())
}

/// `owner kind id`, in the order they are reported.
fn shown(json: &Json) -> Vec<String> {
    let shares = json["owners"].as_array().unwrap();
    let text = |json: &Json| json.as_str().unwrap_or("-").to_owned();
    let of = |share: &Json| {
        let owner = text(&share["owner"]);
        let dues = share["due"].as_array().unwrap();
        dues.iter().map(move |d| format!("{owner} {} {}", text(&d["kind"]), text(&d["id"]))).collect::<Vec<_>>()
    };
    shares.iter().flat_map(of).collect()
}

#[test]
fn a_report_is_due_once_its_period_has_ended() {
    let desk = town(&[]);
    let (code, json) = due(&desk, "--as-of R6.6.29");
    assert_eq!((code, &json["period"], shown(&json)), (0, &Json::Null, vec![]), "the first quarter still runs");
    let (code, json) = due(&desk, "--as-of R6.6.30");
    assert_eq!((code, &json["period"]), (1, &json!("R6Q1")));
    assert_eq!(shown(&json), ["町民課 update 1-1", "情報課 update 1-4", "- update 1-2"], "1-3 comes later");
    let (_, json) = due(&desk, "--as-of R7Q2");
    let updates: Vec<String> = shown(&json).into_iter().filter(|line| line.contains("update")).collect();
    assert_eq!(updates, ["町民課 update 1-1", "情報課 update 1-3", "- update 1-2"], "1-4 has gone, 1-3 has come");
    let missed = |id: &str| {
        let all = json["owners"].as_array().unwrap().iter().flat_map(|share| share["due"].as_array().unwrap());
        all.filter(|d| d["kind"] == "update").find(|d| d["id"] == id).unwrap()["missed"].clone()
    };
    // R6Q1 to R7Q2 are six quarters; the one that came in R7Q2 owes that alone.
    assert_eq!((missed("1-1"), missed("1-3")), (json!(6), json!(1)));
}

#[test]
fn a_record_of_the_first_evaluator_about_the_period_answers() {
    let record = |period: &str, evaluator: &str, stated: &str| {
        format!("[[update]]\nperiod = \"{period}\"\nrecorded = 2025-07-10\nevaluator = \"{evaluator}\"\n{stated}\n")
    };
    let (rated, texts) = ("rating = { progress = \"good\" }", "done = \"開いた。\"");
    for (record, answers) in [
        (record("R7Q1", "dept", rated), true),
        (record("R7Q1", "dept", texts), true),
        (record("R7.5", "dept", texts), true),
        (record("R7H1", "dept", rated), true),
        (record("R7Q1", "committee", rated), false),
        (record("R6Q4", "dept", rated), false),
        (record("R7Q2", "dept", rated), false),
    ] {
        let desk = town(&[("records/1-2.toml", &record)]);
        let (_, json) = due(&desk, "--as-of R7.7.10");
        assert_eq!(json["period"], "R7Q1");
        assert_eq!(!shown(&json).contains(&"- update 1-2".to_owned()), answers, "{record}");
    }
}

#[test]
fn milestones_and_steps_are_due_after_their_last_day_until_they_are_reached() {
    let reached = "[[update]]\nperiod = \"R6Q3\"\nrecorded = 2025-01-10\nreached = { \"公開\" = \"R6.11.8\" }\nstep = { \"予約\" = \"準備\" }\n";
    let desk = town(&[("records/1-1.toml", reached)]);
    let of = |args: &str| -> Vec<String> {
        let (_, json) = due(&desk, args);
        let all = json["owners"].as_array().unwrap().iter().flat_map(|share| share["due"].as_array().unwrap().clone());
        let all = all.filter(|d| d["kind"] != "update" && d["id"] == "1-1");
        all.map(|d| {
            format!(
                "{} {} {}",
                d["kind"].as_str().unwrap(),
                d["milestone"].as_str().or(d["step"].as_str()).unwrap(),
                exact(&d["days_late"])
            )
        })
        .collect()
    };
    assert_eq!(of("--as-of R6.11.1"), ["upcoming 公開 null"], "on its own day it is in time");
    assert_eq!(of("--as-of R7.7.1"), ["upcoming 拡大 null"], "before the end of R7Q3");
    assert_eq!(of("--as-of R7.6.30"), [""; 0], "R7Q2 is next");
    assert_eq!(of("--as-of R7.11.30"), ["upcoming 拡大 null"]);
    assert_eq!(of("--as-of R7.12.1"), ["milestone 拡大 1"]);
    // 31 days of December, 31 of January, 28 of February, 31 of March: 121 behind 30 November.
    assert_eq!(of("--as-of R8.3.31"), ["milestone 拡大 121"]);
    assert_eq!(of("--as-of R8.4.1"), ["milestone 拡大 122", "step 実施 1"]);
}

#[test]
fn a_date_without_a_record_is_reported_as_such() {
    let desk = town(&[]);
    assert_eq!(shown(&due(&desk, "--as-of R6.11.1").1).iter().filter(|l| l.contains("milestone")).count(), 0);
    let (_, json) = due(&desk, "--as-of R6.11.2");
    assert!(shown(&json).contains(&"町民課 milestone 1-1".to_owned()), "{json:#}");
}

#[test]
fn yearly_values_are_due_for_years_that_have_ended() {
    let indicators = r#"[a]
name = "満足度"
unit = "％"
kind = "up"
entry = "1-1"
baseline = { R6 = 40 }
target = { R8 = 60 }

[b]
name = "件数"
unit = "件"
kind = "up"
target = { R7 = 10 }

[c]
name = "見守る値"
unit = "件"
kind = "up"

[d]
name = "新しい値"
unit = "件"
kind = "up"
entry = "1-3"
target = { R8 = "増加" }
"#;
    let absent = "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-04-01\nabsent = \"未調査\"\n";
    let fast = "[[measure]]\nperiod = \"R7\"\nrecorded = 2026-05-01\nvalue = 41\nprovisional = true\n";
    let desk = town(&[("indicators.toml", indicators), ("records/b.toml", absent), ("records/a.toml", fast)]);
    let values = |args: &str| -> Vec<(String, Json)> {
        let (_, json) = due(&desk, args);
        let shares = json["owners"].as_array().unwrap().clone();
        let of = |share: &Json| {
            let owner = share["owner"].as_str().unwrap_or("-").to_owned();
            let dues = share["due"]
                .as_array()
                .unwrap()
                .clone()
                .into_iter()
                .filter(|d| d["kind"] == "value" || d["kind"] == "waiting");
            dues.map(move |d| {
                (format!("{owner} {} {}", d["kind"].as_str().unwrap(), d["id"].as_str().unwrap()), d["years"].clone())
            })
            .collect::<Vec<_>>()
        };
        shares.iter().flat_map(of).collect()
    };
    assert_eq!(values("--as-of R7.3.30"), [], "R6 still runs");
    assert_eq!(values("--as-of R7.4.1"), [], "a: R6 is the baseline. b: not surveyed. d: not in the plan");
    let (a, b, d) = ("町民課 waiting a".to_owned(), "- value b".to_owned(), "情報課 value d".to_owned());
    // c has neither baseline nor target. The 速報 of a is reported, and not overdue.
    assert_eq!(
        values("--as-of R8.5.1"),
        [(a.clone(), Json::Null), (d.clone(), json!(["R7"])), (b.clone(), json!(["R7"]))]
    );
    // b's last target is R7; the plan ends with R8.
    let late =
        [("町民課 value a".to_owned(), json!(["R8"])), (a, Json::Null), (d, json!(["R7", "R8"])), (b, json!(["R7"]))];
    assert_eq!(values("--as-of R11.5.1"), late);
}

#[test]
fn what_waits_is_what_check_calls_unconfirmed() {
    for plan in ["2027", "example", "growth-policy", "stage3"] {
        let desk = Desk::shipped();
        let ran = desk.run(&format!("check --plan {plan} --format json"));
        let check: Json = serde_json::from_str(ran.out()).unwrap();
        let notes = check["findings"].as_array().unwrap().iter().filter(|f| f["code"] == "unconfirmed").count();
        let (_, json) = due(&desk, &format!("--plan {plan}"));
        let all = json["owners"].as_array().unwrap().iter().flat_map(|share| share["due"].as_array().unwrap());
        let is_new = |what: &str| ["provisional", "not published"].iter().any(|word| what.contains(word));
        let waiting = all.filter(|d| d["kind"] == "waiting" && !is_new(d["what"].as_str().unwrap()));
        assert_eq!(waiting.count(), notes, "{plan}");
    }
}

#[test]
fn only_what_is_overdue_ends_with_one() {
    let desk = Desk::shipped();
    let (code, json) = due(&desk, "--plan 2027 --as-of R6.6.29 --under 3");
    assert_eq!((code, &json["overdue"]), (0, &json!(false)));
    let (code, json) = due(&desk, "--plan 2027");
    assert_eq!((code, &json["counts"]["update"]), (1, &json!(21)), "a plan that was never rated");
    assert_eq!(json["owners"].as_array().unwrap().len(), 1);
    assert_eq!(json["owners"][0]["owner"], Json::Null, "nothing without an owner is lost");
}

#[test]
fn by_owner_and_under() {
    let desk = town(&[]);
    let (_, json) = due(&desk, "--as-of R6Q1 --owner 情報課");
    assert_eq!(shown(&json), ["情報課 update 1-1", "情報課 update 1-4"], "also where it does not lead");
    let (_, json) = due(&desk, "--as-of R6Q1 --under 1-2");
    assert_eq!(shown(&json), ["- update 1-2"]);
    assert!(desk.run("due --owner 情報化").failed().contains("「情報課」ではありませんか"));
}

#[test]
fn a_letter_goes_to_whoever_is_late() {
    let desk = town(&[]);
    let ran = desk.run("due --as-of R6.7.1 --letter --by R6.7.12 --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((ran.code, &json["by"]), (1, &json!("2024-07-12")));
    let letters = json["letters"].as_array().unwrap();
    let to: Vec<&Json> = letters.iter().map(|letter| &letter["owner"]).collect();
    assert_eq!(to, [&json!("町民課"), &json!("情報課"), &Json::Null]);
    let text = letters[0]["text"].as_str().unwrap();
    for part in [
        "町民課　御担当者様",
        "令和6年7月1日現在",
        "1-1 窓口",
        "令和6年度第1四半期の報告をいただいておりません",
        "回答の期限：令和6年7月12日",
        "改革課",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let none = desk.run("due --as-of R6.6.29 --letter").done();
    assert_eq!(none.out(), "督促するものはありません。\n");
    for by in ["R6.6.30", "R6.7", "あす"] {
        desk.run(&format!("due --as-of R6.7.1 --letter --by {by}")).failed();
    }
    desk.run("due --by R6.7.12").failed();
}

#[test]
fn as_people_read_it() {
    // Outside of a repository: a paper names its commit.
    let desk = Desk::copied();
    for (name, args) in [
        ("due", "due --plan example"),
        ("due_en", "due --plan growth-policy --lang en"),
        ("due_2027", "due"),
        ("due_letter", "due --plan example --owner 人事課 --letter --by R8.12.4"),
        ("due_letter_en", "due --plan stage3 --letter --lang en"),
        ("due_md", "due --plan example --owner 資産経営課 --format md"),
        ("due_csv", "due --plan example --owner 資産経営課 --format csv --encoding utf-8"),
    ] {
        let ran = desk.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{args}");
        insta::assert_snapshot!(name, ran.out());
    }
}

#[test]
fn a_value_of_a_quarter_with_a_target_of_its_own_is_due_when_the_quarter_has_ended() {
    let indicators = "[a]\nname = \"相談\"\nunit = \"件\"\nkind = \"up\"\nseries = \"yearly\"\nentry = \"1-1\"\nowner = \"counter\"\n\
                      baseline = { R5 = 5 }\ntarget = { R6Q1 = 10, R6Q2 = 20, R7 = 90, \"R8.4\" = 7, R8H2 = 50 }\n";
    let desk = town(&[("indicators.toml", indicators)]);
    let owed = |args: &str| {
        let (_, json) = due(&desk, args);
        let shares = json["owners"].as_array().unwrap().clone();
        let all = shares.iter().flat_map(|share| share["due"].as_array().unwrap().clone());
        let all: Vec<Json> = all.filter(|due| due["kind"] == "value").collect();
        all.first().map_or(Json::Null, |due| json!([due["periods"], due["years"], due["term"]]))
    };
    assert_eq!(owed("--as-of R6.6.29"), Json::Null, "the quarter still runs");
    assert_eq!(owed("--as-of R6.7.1"), json!([["R6Q1"], [], "2024-06-30"]));
    assert_eq!(owed("--as-of R6.10.1"), json!([["R6Q1", "R6Q2"], [], "2024-06-30"]));
    // In place of R6 its quarters are owed, of R8 the month and the half, of R7 the year.
    assert_eq!(owed("--as-of R8.5.1"), json!([["R6Q1", "R6Q2", "R7", "R8.4"], ["R7"], "2024-06-30"]));
    assert_eq!(owed("--as-of R9.4.1"), json!([["R6Q1", "R6Q2", "R7", "R8.4", "R8H2"], ["R7"], "2024-06-30"]));
    let letter = desk.run("due --letter --as-of R6.7.1");
    assert!(letter.out().contains("令和6年度第1四半期の実績値をいただいておりません"), "{}", letter.out());
    // The inquiry about the quarter asks for it, although the baseline is of a year.
    desk.run("inquiry send R6Q1 --out forms").done();
    Filling::new(desk.read("forms/照会_R6Q1_町民課.xlsx")).row("a/value@R6Q1");
    // A reason answers, a value of the year too.
    desk.write("plan/records/a.toml", "[[measure]]\nperiod = \"R6Q1\"\nabsent = \"未調査\"\n");
    assert_eq!(owed("--as-of R6.10.1"), json!([["R6Q2"], [], "2024-09-30"]));
    desk.write("plan/records/a.toml", "[[measure]]\nperiod = \"R6\"\nvalue = 70\n");
    assert_eq!(owed("--as-of R7.4.1"), Json::Null);
    // The calendar has it in the month after the quarter.
    desk.write("plan/records/a.toml", "");
    let calendar = desk.run("calendar --as-of R6.4.1").done();
    assert!(calendar.out().contains("令和6年度第1四半期の実績値を記録する"), "{}", calendar.out());
}
