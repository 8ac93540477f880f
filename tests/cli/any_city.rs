//! Any city's plan: small made-up plans in `tests/plans/`, their counts and verdicts worked out by hand.

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, exact, ids};

fn status(city: &str, args: &str) -> Json {
    Desk::city(city).json(&format!("status {args}"))
}

fn gap(id: &str, args: &str) -> Json {
    by_id(&Desk::city("yardsticks").json(&format!("kpi {args}"))["indicators"], id).clone()
}

fn tally(json: &Json) -> Json {
    json!([json["entries"], json["rated"], json["unreported"], json["excluded"]])
}

#[test]
fn the_small_plans_pass_the_check() {
    for city in ["flat", "deep", "history", "yardsticks", "springfield"] {
        let ran = Desk::city(city).run("check --strict");
        assert_eq!(ran.code, 0, "{city}: {}", ran.out());
    }
}

#[test]
fn one_level_with_its_own_rounding() {
    let json = status("flat", "--as-of R7");
    assert_eq!(ids(&json["nodes"]), ["1", "2", "10"], "as people count");
    assert_eq!(json["total"]["counts"], json!({ "ok": 2, "ng": 1 }));
    let text = Desk::city("flat").run("status --as-of R7 --all").done();
    // 2/3 = 66.66…, truncated without digits as the plan says
    assert!(text.out().contains("2 (66％)") && text.out().contains("1 (33％)"), "{}", text.out());
}

#[test]
fn five_levels_with_ratings_at_any() {
    let json = status("deep", "--as-of R8H1");
    let nodes = &json["nodes"];
    // 事業: 事業一 A, 事業二 今年度予定なし, 事業三 C, 事業四 not yet rated by its department.
    assert_eq!(tally(&json["total"]), json!([4, 2, 1, 1]));
    assert_eq!(json["total"]["counts"], json!({ "a": 1, "b": 0, "c": 1, "none": 1, "out": 0 }));
    assert_eq!(json["total"]["composites"], json!({ "ab": 1 }));
    assert_eq!(tally(by_id(nodes, "R1")), json!([2, 1, 0, 1]));
    assert_eq!(tally(by_id(nodes, "S")), json!([2, 1, 1, 0]));
    // Ratings above and below the counted level are shown and not counted.
    assert_eq!(by_id(nodes, "R1")["rating"], "b");
    assert_eq!(
        (&by_id(nodes, "R1-1-1-1-1")["rating"], &by_id(nodes, "R1-1-1-1-1")["level"]),
        (&json!("out"), &json!(5))
    );
    assert_eq!(tally(by_id(nodes, "R1-1-1-1-1")), json!([0, 0, 0, 0]));
    let text = Desk::city("deep").run("status --as-of R8H1 --all").done();
    assert!(text.out().contains("評価済 2件、未報告 1件、対象外 1件"), "the denominator: {}", text.out());
    assert!(text.out().contains("1 (50.0％)"), "C is one of the two rated: {}", text.out());
    insta::assert_snapshot!("deep", text.out());
    insta::assert_snapshot!("deep_tree", Desk::city("deep").run("status --as-of R8H1 --tree").done().out());
}

#[test]
fn ids_that_do_not_say_their_parent() {
    let json = status("deep", "--under S --as-of R8H1");
    assert_eq!(ids(&json["nodes"]), ["S", "R2-1", "R2-2", "R2-10"]);
    assert_eq!((&by_id(&json["nodes"], "R2-2")["parent"], &json["nodes"][0]["parent"]), (&json!("R2-1"), &Json::Null));
    assert_eq!(ids(&status("deep", "--level 5")["nodes"]), ["R1-1-1-1-1"]);
}

#[test]
fn two_scales_and_two_evaluators() {
    let json = status("deep", "--scale begun --as-of R8H1");
    assert_eq!((&json["total"]["counts"], &json["total"]["unreported"]), (&json!({ "yes": 1, "no": 1 }), &json!(2)));
    let json = status("deep", "--evaluator committee --as-of R8H1");
    assert_eq!((json["total"]["counts"]["b"].as_u64(), tally(&json["total"])), (Some(2), json!([4, 2, 2, 0])));
    let text = Desk::city("deep").run("status --evaluator 委員会評価 --as-of R8H1").done();
    assert!(text.out().contains("評価：委員会評価"), "{}", text.out());
    let shown = Desk::city("deep").json("show R1-1-1 --as-of R8H1")["entry"]["standings"].take();
    let listed: Vec<_> = shown.as_array().unwrap().iter().map(|s| (s["scale"].clone(), s["rating"].clone())).collect();
    assert_eq!(json!(listed), json!([["reach", "a"], ["reach", "b"], ["begun", "yes"]]));
}

#[test]
fn entries_come_and_go_and_the_past_reads_as_it_was() {
    // In the plan: 1-1 and 1-4 always, 1-2 in R6, 1-5 in R7, 1-3 from R7Q3 on.
    for (period, entries, counts) in [
        ("R6Q2", json!([3, 0, 3, 0]), json!({ "good": 0, "fair": 0, "poor": 0 })),
        ("R6Q3", json!([3, 2, 1, 0]), json!({ "good": 0, "fair": 1, "poor": 1 })), // 1-1 可, 1-2 不可
        ("R6Q4", json!([3, 3, 0, 0]), json!({ "good": 1, "fair": 2, "poor": 0 })), // 1-1 良, 1-2 可, 1-4 可
        ("R7Q1", json!([3, 2, 1, 0]), json!({ "good": 1, "poor": 1, "out": 0 })), // 1-1 順調, 1-5 要改善; no 可 any more
        ("R7Q3", json!([4, 3, 1, 0]), json!({ "good": 1, "poor": 2, "out": 0 })), // 1-3 順調, 1-1 and 1-5 要改善
        ("R7Q4", json!([4, 2, 1, 1]), json!({ "good": 2, "poor": 0, "out": 1 })), // 1-1, 1-3 順調; 1-5 評価対象外
        ("R8Q1", json!([3, 3, 0, 0]), json!({ "good": 3, "poor": 0, "out": 0 })), // 1-4 順調; 1-5 is gone
    ] {
        let json = status("history", &format!("--as-of {period}"));
        assert_eq!((tally(&json["total"]), &json["total"]["counts"]), (entries, &counts), "{period}");
    }
}

#[test]
fn a_scale_that_changed_between_years() {
    let desk = Desk::city("history");
    let (old, new) = (desk.run("status --as-of R6Q4").done(), desk.run("status --as-of R7Q1").done());
    assert!(old.out().contains("進捗（三段階）") && old.out().contains("可") && !old.out().contains("要改善"));
    assert!(new.out().contains("進捗（二段階）") && new.out().contains("要改善") && !new.out().contains("不可"));
    // 可 is no grade of the new scale: until it is rated anew, 1-4 counts as unreported.
    let json = desk.json("status --as-of R7Q1");
    let node = by_id(&json["nodes"], "1-4");
    assert_eq!((&node["rating"], &node["period"]), (&Json::Null, &Json::Null));
    assert_eq!(json["total"]["before"]["counts"], json!({ "good": 1, "fair": 2, "poor": 0 }), "in the words of then");
    let moved: Vec<_> =
        json["flows"].as_array().unwrap().iter().map(|f| json!([f["id"], f["from"], f["to"]])).collect();
    // Grades of two scales are not compared; what came and went is.
    let expected = json!([["1-2", "fair", "not-in-plan"], ["1-5", "not-in-plan", "poor"]]);
    assert_eq!(json!(moved), expected);
    let err = desk.run("update 1-1 --period R8Q1 --rating fair").failed();
    assert!(err.contains("順調"), "the grades of R8: {err}");
    assert_eq!(desk.run("update 1-1 --period R6Q4 --rating 可 --dry-run").code, 0, "the grades of R6");
}

#[test]
fn a_renumbered_entry_is_found_by_every_number_it_had() {
    for id in ["1-4", "1-9", "2-1", "２－１"] {
        assert_eq!(Desk::city("history").json(&format!("show {id}"))["entry"]["id"], "1-4", "{id}");
    }
    let desk = Desk::city("history");
    assert_eq!(desk.run("update 2-1 --period R8Q2 --rating 順調").code, 0);
    assert!(desk.path("plan/records/1-4.toml").exists() && !desk.path("plan/records/2-1.toml").exists());
}

#[test]
fn a_report_is_carried_forward_until_the_next() {
    let json = status("history", "--as-of R8Q3");
    let node = by_id(&json["nodes"], "1-3");
    assert_eq!(
        (&node["rating"], &node["period"], &node["reported_this_period"]),
        (&json!("good"), &json!("R7Q3"), &json!(0))
    );
    assert_eq!((&json["total"]["reported_this_period"], &json["flows"]), (&json!(0), &json!([])));
}

#[test]
fn every_kind_of_indicator() {
    for (id, verdict, gap_of, room, ratio, improvement) in [
        ("up", "on-pace", "-9", "null", "85", "55"), // 51/60; 11/20; the line asks 50
        ("down", "worsened", "150", "null", "40", "-50"), // 100/250; (250−200)/(100−200)
        ("at-least", "worsened", "-1.1", "-1.1", "null", "null"), // 38.9 under the floor of 40, and under 41.6
        ("at-most", "met", "-5.6", "5.6", "null", "null"), // 107.8 − 102.2
        ("maintain", "worsened", "-0.4", "-0.1", "null", "null"), // 98.5 lies 0.1 under 98.9 − 0.3
        ("range", "met", "0", "2", "null", "null"),  // 12 is 2 above 10 and 8 below 20
        ("milestone", "on-pace", "null", "null", "null", "null"), // 設計 by R7, as asked
        ("worded", "met", "0.0", "null", "100", "100"), // 15.0 is 15 or more
        ("yearly", "behind", "-23", "null", "61.6666666667", "42.5"), // 37/60; 17/40; R7 asks 38
        ("one", "behind", "0.2", "null", "96.2962962963", "0"), // 5.2/5.4
        ("two", "met", "-199", "199", "null", "null"),
        ("zero", "met", "0", "null", "null", "100"), // 0/0 has no meaning
        ("same", "worsened", "-1", "null", "80", "null"), // t = b: (a−b)/0 has no meaning
    ] {
        let gap = gap(id, "--as-of R7");
        let listed = ["gap", "room", "ratio_to_target", "improvement"].map(|key| exact(&gap[key]));
        assert_eq!(listed.each_ref().map(String::as_str), [gap_of, room, ratio, improvement], "{id}");
        assert_eq!(gap["verdict"], verdict, "{id}");
    }
    assert_eq!(gap("milestone", "--as-of R7")["actual"]["value"], "設計");
    assert_eq!(gap("range", "--as-of R7")["target"]["value"], json!({ "min": 10, "max": 20 }));
    assert_eq!(gap("up", "--year R6")["verdict"], "undetermined", "nothing measured by then");
}

#[test]
fn every_absence_is_null_and_never_zero() {
    for (id, actual, target, why) in [
        ("words", "5", "null", "no baseline to compare with"),
        ("watched", "7", "null", "no target is set"),
        ("no-target", "3", "null", "no target is set"),
        ("no-actual", "null", "2", "no actual yet"),
        ("no-baseline", "58", "80", "not yet due, and no basis for what to expect by now"),
        ("unsettled", "90", "null", "the documents do not settle the value"),
    ] {
        let gap = gap(id, "--as-of R7");
        assert_eq!(
            (exact(&gap["actual"]["value"]), exact(&gap["target"]["value"])),
            (actual.into(), target.into()),
            "{id}"
        );
        assert_eq!((&gap["verdict"], &gap["undetermined_because"]), (&json!("undetermined"), &json!(why)), "{id}");
        assert_eq!((&gap["improvement"], &gap["room"]), (&Json::Null, &Json::Null), "{id}");
    }
    // 53 in R6, not surveyed in R7, not published in R8: the last known value with its year.
    let gap = gap("gaps-in-years", "--as-of R8");
    assert_eq!((&gap["actual"]["period"], exact(&gap["actual"]["value"])), (&json!("R6"), "53".into()));
    assert_eq!((&gap["missing"]["period"], &gap["missing"]["absent"]), (&json!("R8"), &json!("not-published")));
    assert_eq!(self::gap("no-target", "")["target"], Json::Null);
    assert_eq!(self::gap("words", "")["target"]["written"], "増加");
    assert_eq!(self::gap("watched", "")["target"]["absent"], "not-set");
}

#[test]
fn a_target_that_was_revised_twice() {
    for (as_of, target) in [
        ("R7.3.31", "10"),
        ("R7.4.1", "20"),
        ("R8.3.31", "20"),
        ("R8.4.1", "30"),
        ("R6", "10"),
        ("R7", "20"),
        ("R8", "30"),
    ] {
        assert_eq!(exact(&gap("revised", &format!("--as-of {as_of}"))["target"]["value"]), target, "{as_of}");
    }
}

#[test]
fn several_values_under_one_heading_with_footnotes() {
    let desk = Desk::city("yardsticks");
    let json = desk.json("kpi --under heading --as-of R7");
    assert_eq!(ids(&json["indicators"]), ["one", "two"]);
    let two = by_id(&json["indicators"], "two");
    assert_eq!(
        (&two["parent"], &two["label"], &two["actual"]["provisional"]),
        (&json!("heading"), &json!("②"), &json!(true))
    );
    let text = desk.run("kpi --as-of R7").done();
    for listed in [
        "3 財政指標",
        "2,231億円（R7）速報",
        "15％以上（R9）",
        "① 一つ目：早期健全化の基準とは別。",
        "② 二つ目：速報による。",
        "15％以上：少なくとも。",
    ] {
        assert!(text.out().contains(listed), "{listed}: {}", text.out());
    }
    // 21: 6 undetermined (above), 5 met, 4 on pace (up, milestone, revised, gaps-in-years), 2 behind, 4 worsened
    assert!(
        text.out().contains("全体 21：判定できる 15（達成 5、順調 4、遅れ 2、後退 4）、判定できない 6"),
        "{}",
        text.out()
    );
}
