//! `kaikaku status`. The counts of plan/example were taken from its records by hand: the latest 所管評価 of each entry
//! at or before the period, of the entries in the plan then (1-2-3 from R7 on, 2-1-3 until R7).

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, ids};

fn example(args: &str) -> Json {
    Desk::shipped().json(&format!("status --plan example {args}"))
}

fn total(args: &str) -> [u64; 5] {
    let json = example(args);
    let total = &json["total"];
    ["entries", "rated", "unreported", "excluded", "reported_this_period"].map(|key| total[key].as_u64().unwrap())
}

fn counts(json: &Json) -> [u64; 5] {
    ["ahead", "on-track", "delayed", "stalled", "out"].map(|grade| json["counts"][grade].as_u64().unwrap())
}

#[test]
fn every_period_counts_the_latest_rating_of_every_entry() {
    for (period, expected) in [
        ("R6Q4", [3, 14, 3, 0, 0]),
        ("R7Q3", [5, 11, 4, 1, 0]),
        ("R7Q4", [5, 12, 2, 1, 1]),
        ("R8Q1", [4, 13, 2, 1, 0]),
        ("R8Q2", [4, 14, 1, 1, 0]),
    ] {
        let json = example(&format!("--as-of {period}"));
        assert_eq!(counts(&json["total"]), expected, "{period}");
        assert_eq!(json["as_of"]["period"], period);
    }
    // entries, rated, unreported, excluded (評価対象外), with a record about that very period
    assert_eq!(total("--as-of R6Q4"), [20, 20, 0, 0, 20]);
    assert_eq!(total("--as-of R7Q4"), [21, 20, 0, 1, 21], "2-1-3 is 評価対象外");
    assert_eq!(total("--as-of R8Q1"), [20, 20, 0, 0, 17]);
    assert_eq!(total("--as-of R8Q2"), [20, 20, 0, 0, 13]);
    assert_eq!(total("--as-of R6.3"), [20, 0, 20, 0, 0], "before the plan began nothing is rated");
}

#[test]
fn the_contract_of_the_json() {
    let json = example("--as-of R7Q4");
    assert_eq!(json["schema"], 1);
    assert_eq!(json["plan"]["id"], "kakuu-reform-2028");
    assert_eq!(json["plan"]["name"], "架空市行政改革プラン2028");
    assert_eq!(json["as_of"], json!({ "date": "2026-03-31", "period": "R7Q4" }));
    assert_eq!(json["nodes"].as_array().unwrap().len(), 3 + 9 + 21);
    for node in json["nodes"].as_array().unwrap() {
        for key in ["id", "parent", "level", "name", "entries", "counts", "rating", "period", "progress"] {
            assert!(node.get(key).is_some(), "{key} in {node}");
        }
    }
    let top = by_id(&json["nodes"], "1");
    assert_eq!((&top["parent"], &top["level"], &top["rating"]), (&Json::Null, &json!(1), &Json::Null));
    // Under 1: 1-1-1 ahead; 1-1-2, 1-2-1, 1-2-3, 1-3-1, 1-3-2 on-track; 1-2-2 delayed.
    assert_eq!(counts(top), [1, 5, 1, 0, 0]);
    let item = by_id(&json["nodes"], "2-1-3");
    assert_eq!(item["rating"], "out");
    assert_eq!((&item["period"], &item["progress"], &item["entries"]), (&json!("R7Q4"), &json!(40), &json!(1)));
    assert_eq!(json["total"]["composites"], json!({ "ok": 17 }), "計画どおり以上 = 5 + 12");
}

#[test]
fn an_entry_without_report_counts_by_its_latest_one() {
    let json = example("--as-of R8Q2");
    let item = by_id(&json["nodes"], "3-3-2");
    assert_eq!((&item["rating"], &item["period"], &item["progress"]), (&json!("on-track"), &json!("R7Q4"), &json!(53)));
    assert_eq!(item["reported_this_period"], 0);
    assert_eq!(by_id(&json["nodes"], "3-3-1")["reported_this_period"], 1);
}

#[test]
fn what_moved_since_the_previous_period() {
    let json = example("--as-of R8Q1");
    assert_eq!(json["previous"], "R7Q4");
    assert_eq!(counts(&json["total"]["before"]), [5, 12, 2, 1, 1]);
    let flow = |id, from, to| json!({ "id": id, "from": from, "to": to });
    let expected = [
        flow("1-2-2", "delayed", "on-track"),
        flow("1-3-1", "on-track", "delayed"),
        flow("2-1-3", "out", "not-in-plan"),
        flow("2-2-2", "delayed", "on-track"),
        flow("2-2-3", "ahead", "on-track"),
        flow("3-3-1", "on-track", "delayed"),
    ];
    assert_eq!(json["flows"], json!(expected));
    // 1-2-3 came into the plan in R7.
    let came = example("--as-of R7Q1")["flows"].as_array().unwrap().clone();
    assert!(came.contains(&flow("1-2-3", "not-in-plan", "on-track")));
}

#[test]
fn level_under_and_owner() {
    let desk = Desk::shipped();
    for level in ["施策", "2", "２"] {
        let json = desk.json(&format!("status --plan example --level {level}"));
        assert_eq!(json["nodes"].as_array().unwrap().len(), 9, "{level}");
        assert!(json["nodes"].as_array().unwrap().iter().all(|node| node["level"] == 2));
    }
    let json = example("--under 1-2 --as-of R8Q2");
    assert_eq!(ids(&json["nodes"]), ["1-2", "1-2-1", "1-2-2", "1-2-3"]);
    assert_eq!(json["total"]["entries"], 3);
    assert_eq!(ids(&example("--under １－２")["nodes"]), ["1-2", "1-2-1", "1-2-2", "1-2-3"], "as people type");
    assert_eq!(ids(&example("--under 残業削減")["nodes"]), ["1-3-1"], "by an alias");
    assert_eq!(ids(&example("--under 3-1-3")["nodes"]), ["3-3-2"], "by a former number");
    // 人事課 leads branch 1 but for 1-3-2 (資産経営課).
    for owner in ["personnel", "人事課"] {
        assert_eq!(example(&format!("--owner {owner} --as-of R8Q2"))["total"]["entries"], 6);
    }
    assert_eq!(example("--owner 情報政策課 --as-of R8Q2")["total"]["entries"], 3, "2-1-1 (second), 2-2-1, 2-2-3");
}

#[test]
fn rating_and_attention() {
    assert_eq!(ids(&example("--rating ahead --as-of R8Q2")["nodes"]), ["1-1-1", "2-1-2", "2-2-1", "2-3-1"]);
    assert_eq!(ids(&example("--rating 大幅な遅れ --as-of R8Q2")["nodes"]), ["3-1-1"]);
    assert_eq!(ids(&example("--attention --as-of R8Q2")["nodes"]), ["1-3-1", "3-1-1"]);
    assert_eq!(ids(&example("--attention --as-of R8Q2 --under 1")["nodes"]), ["1-3-1"]);
    assert_eq!(ids(&example("--rating unreported --as-of R8Q2")["nodes"]), [""; 0]);
    assert_eq!(Desk::shipped().json("status --rating 未報告")["nodes"].as_array().unwrap().len(), 21);
    let text = Desk::shipped().run("status --plan example --attention --as-of R8Q2").done();
    assert!(text.out().contains("財源の見通しが立つのは12月以降である。"), "the issue is shown: {}", text.out());
}

#[test]
fn other_scales_and_evaluators() {
    // 着手状況 at R8Q2: 2-1-2 and 2-3-1 done, 1-2-2 and 2-3-2 never recorded, the other 16 of 20 running.
    let start = example("--scale start --as-of R8Q2");
    assert_eq!(start["total"]["counts"], json!({ "done": 2, "running": 16, "preparing": 0, "not-started": 0 }));
    assert_eq!((&start["total"]["unreported"], &start["scale"]), (&json!(2), &json!("start")));
    assert_eq!(example("--scale 着手状況 --as-of R8Q2")["total"], start["total"]);
    // The committee rated 12 entries for R7: 2 ahead, 6 on track, 3 delayed, 1 stalled.
    for name in ["committee", "委員会評価"] {
        let json = example(&format!("--evaluator {name} --as-of R7Q4"));
        assert_eq!(counts(&json["total"]), [2, 6, 3, 1, 0]);
        assert_eq!((&json["total"]["rated"], &json["total"]["unreported"]), (&json!(12), &json!(9)));
    }
}

#[test]
fn the_shipped_plan_has_no_invented_ratings() {
    let json = Desk::shipped().json("status");
    assert_eq!(json["plan"]["id"], "kumamoto-reform-2027");
    let total = &json["total"];
    assert_eq!((&total["entries"], &total["rated"], &total["unreported"]), (&json!(21), &json!(0), &json!(21)));
    assert_eq!(total["counts"], json!({ "on-track": 0, "off-track": 0 }));
}

#[test]
fn published_totals_stand_in_for_unknown_entries() {
    let desk = Desk::shipped();
    let json = desk.json("status --plan stage3");
    assert_eq!(json["total"]["counts"], json!({ "on-track": 108, "off-track": 29 }));
    assert_eq!((&json["total"]["entries"], &json["total"]["rated"]), (&json!(137), &json!(137)));
    // 108 ÷ 137 = 78.83…％, 29 ÷ 137 = 21.17…％
    let text = desk.run("status --plan stage3").done();
    assert!(text.out().contains("78.8％") && text.out().contains("21.2％"), "{}", text.out());
    assert_eq!(desk.json("status --plan stage3 --as-of R3")["total"]["entries"], Json::Null, "not yet published");
}

#[test]
fn as_people_read_it() {
    // Outside of a repository: a paper names its commit.
    let desk = Desk::copied();
    for (name, args) in [
        ("text", "--as-of R8Q2"),
        ("text_en", "--as-of R8Q2 --lang en"),
        ("all", "--all --as-of R8Q2"),
        ("tree", "--tree --as-of R8Q2"),
        ("tree_under", "--tree --under 3-1 --as-of R8Q2"),
        ("attention", "--attention --as-of R8Q2"),
        ("under", "--under 3-1 --as-of R8Q2"),
        ("level", "--level 1 --as-of R7Q4"),
        ("md", "--format md --under 2-1 --as-of R7Q4"),
    ] {
        insta::assert_snapshot!(name, desk.run(&format!("status --plan example {args}")).done().out());
    }
    insta::assert_snapshot!("published", desk.run("status --plan stage3").done().out());
}

#[test]
fn what_names_nothing_is_refused_with_a_suggestion() {
    for (args, hint) in [
        ("--level 取組項", "取組項目"),
        ("--level 4", "基本方針"),
        ("--under 1-9", "1-"),
        ("--under 採用公報", ""),
        ("--owner 人事科", "人事課"),
        ("--rating aheed", "ahead"),
        ("--scale progres", "progress"),
        ("--evaluator commitee", "committee"),
        ("--under counter-satisfaction", "kaikaku kpi"),
    ] {
        let err = Desk::shipped().run(&format!("status --plan example {args}")).failed();
        assert!(err.starts_with("エラー: ") && err.contains("\n対処: ") && err.contains(hint), "{args}: {err}");
    }
}
