//! Totals and rates that a paper printed, kept as printed where they contradict themselves, and marked.

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, exact};

/// A plan whose entries are not known, with what `[[published]]` says of it.
fn city(published: &str) -> Desk {
    let head = "schema = 1\nid = \"before\"\nname = \"前の計画\"\nperiod = { from = \"R2\", to = \"R5\" }\ncycle = \"year\"\n\
                levels = [\"取組\"]\n\n[[scale]]\nid = \"progress\"\nname = \"進捗状況\"\ngrades = [\n  { id = \"good\", name = \"順調\" },\n  \
                { id = \"late\", name = \"遅れ\", attention = true },\n  { id = \"out\", name = \"対象外\", counts = false },\n]\n\n";
    Desk::plan(&[("plan.toml", &format!("{head}{published}"))])
}

fn totals(counts: &str, total: &str) -> String {
    format!("[[published]]\nperiod = \"R4\"\nscale = \"progress\"\ncounts = {{ {counts} }}\ntotal = {total}\n")
}

/// The findings of `check`: code and severity, and the code it ends with.
fn findings(desk: &Desk) -> (i32, Vec<(String, String)>) {
    let ran = desk.run("check --format json");
    let report: Json = serde_json::from_str(ran.out()).unwrap();
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    let all = report["findings"].as_array().unwrap().iter();
    (ran.code, all.map(|finding| (text(&finding["code"]), text(&finding["severity"]))).collect())
}

fn one(code: &str, severity: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), severity.to_owned())]
}

fn total(desk: &Desk) -> Json {
    desk.json("status --as-of R5")["total"].clone()
}

#[test]
fn a_total_that_its_parts_do_not_give_is_shown_as_printed() {
    let note = "note = \"正誤表は出ていない\"\n";
    let desk = city(&(totals("good = 31, late = 9, out = 2", "43") + note));
    assert_eq!(findings(&desk), (0, one("published-sum", "warning")));
    let ran = desk.run("check --strict --lang en");
    assert!(
        ran.code == 1
            && ran.out().contains(
                "`進捗状況` as published for FY2022: the total is 43, the counts add up to 42 (the total is 1 more)"
            ),
        "{}",
        ran.out()
    );
    assert_eq!(
        total(&desk),
        json!({ "entries": 43, "rated": 40, "unreported": null, "excluded": 2, "published": "R4", "difference": 1,
                "counts": { "good": 31, "late": 9, "out": 2 }, "composites": {}, "notes": ["正誤表は出ていない"] })
    );
    for (command, ja, en) in [
        (
            "status --as-of R5",
            "公表された合計43件は、内訳の合計42件より1件多い",
            "The published total of 43 is 1 more than the counts add up to (42)",
        ),
        ("explain --as-of R5", "42件（公表された合計より1件少ない）", "42 (1 less than the published total)"),
        (
            "report council --as-of R5 --format md",
            "公表された合計43件は、内訳の合計42件より1件多い。",
            "The published total of 43 is 1 more than the counts add up to (42).",
        ),
    ] {
        let [ran_ja, ran_en] = ["ja", "en"].map(|lang| desk.run(&format!("{command} --lang {lang}")).done());
        assert!(ran_ja.out().contains(ja) && ran_ja.out().contains("正誤表は出ていない"), "{}", ran_ja.out());
        assert!(ran_en.out().contains(en) && ran_en.out().contains("正誤表は出ていない"), "{}", ran_en.out());
    }
    let shown = desk.run("status --as-of R5 --lang en").done();
    assert!(shown.out().contains("77.5%") && shown.out().contains("43"), "31 of 40: {}", shown.out());
}

#[test]
fn before_anything_was_published_how_many_there_are_is_not_known() {
    let desk = city(&totals("good = 31, late = 9, out = 2", "42"));
    assert_eq!(desk.json("status --as-of R3")["total"], json!({ "entries": null, "published": null }));
    assert!(!desk.run("explain --as-of R3").done().out().contains("全体 N"));
}

#[test]
fn parts_above_the_total_are_shown_as_less() {
    let desk = city(&totals("good = 31, late = 9, out = 0", "38"));
    assert_eq!((findings(&desk).1, exact(&total(&desk)["difference"])), (one("published-sum", "warning"), "-2".into()));
    let ran = desk.run("status --as-of R5").done();
    assert!(ran.out().contains("公表された合計38件は、内訳の合計40件より2件少ない"), "{}", ran.out());
}

#[test]
fn a_consistent_total_has_nothing_beside_it() {
    let desk = city(&totals("good = 31, late = 9", "40"));
    assert_eq!(findings(&desk), (0, vec![]));
    let total = total(&desk);
    assert_eq!((&total["difference"], &total["counts"]["out"], &total["excluded"]), (&json!(0), &json!(0), &json!(0)));
    let ran = desk.run("explain --as-of R5").done();
    assert!(!ran.out().contains("件多い") && !ran.out().contains("件少ない"), "{}", ran.out());
}

#[test]
fn a_part_that_the_paper_leaves_out_is_not_zero() {
    let desk = city(&totals("good = 31", "40"));
    assert_eq!(findings(&desk), (0, one("published-sum", "warning")));
    let total = total(&desk);
    assert_eq!((&total["counts"], &total["rated"]), (&json!({ "good": 31, "late": null, "out": null }), &Json::Null));
    let ran = desk.run("status --as-of R5").done();
    assert!(ran.out().contains("（件数のない区分がある）") && !ran.out().contains("％"), "{}", ran.out());
    let explained = desk.json("explain --as-of R5");
    let names: Vec<&str> = explained["steps"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["published_total", "count:good", "published_sum", "level:取組"]);
    let paper = desk.run("report council --as-of R5 --format md").done();
    assert!(paper.out().contains("取組は40件であり、その内訳は、順調31件である。"), "{}", paper.out());
    // A grade that does not count leaves the denominator as it is.
    let desk = city(&totals("good = 31, late = 5", "40"));
    let total = self::total(&desk);
    assert_eq!((&total["rated"], &total["excluded"]), (&json!(36), &Json::Null));
}

#[test]
fn a_total_without_parts_stands_alone() {
    let desk = city(&totals("", "40"));
    assert_eq!(findings(&desk), (0, vec![]));
    let total = total(&desk);
    assert_eq!((&total["entries"], &total["difference"], &total["rated"]), (&json!(40), &json!(0), &Json::Null));
    let paper = desk.run("report council --as-of R5 --format md").done();
    assert!(paper.out().contains("取組は40件である。項目ごとの内訳は、資料にない。"), "{}", paper.out());
}

#[test]
fn impossible_counts_are_refused_by_name() {
    for (counts, total, code) in [
        ("good = -1, late = 9", "8", "out-of-range"),
        ("good = 1.5, late = 9", "10.5", "out-of-range"),
        ("good = 31, late = 9", "-40", "out-of-range"),
        ("good = 31, lat = 9", "41", "unknown-grade"),
        ("good = 31, \"順調\" = 31", "31", "duplicate-id"),
        ("good = \"31\", late = 9", "40", "wrong-type"),
    ] {
        let (exit, found) = findings(&city(&totals(counts, total)));
        assert_eq!((exit, &found[0]), (1, &(code.to_owned(), "error".to_owned())), "{counts}, {total}");
        assert!(found.iter().all(|(found, _)| found == code), "{counts}: {found:?}");
    }
}

#[test]
fn two_totals_of_one_period_are_noted() {
    let desk = city(&(totals("good = 31, late = 9", "40") + &totals("good = 30, late = 10", "40")));
    assert_eq!(findings(&desk), (0, one("duplicate-record", "warning")));
    assert_eq!(total(&desk)["counts"]["good"], 30, "the later one");
    let other = totals("good = 30, late = 10", "40").replace("R4", "R3");
    assert_eq!(findings(&city(&(totals("good = 31, late = 9", "40") + &other))), (0, vec![]));
}

#[test]
fn totals_of_a_level_that_the_plan_does_not_have_are_refused() {
    let desk = city(&(totals("good = 31, late = 9", "40") + "level = \"施策\"\n"));
    assert_eq!(findings(&desk), (1, one("wrong-type", "error")));
}

#[test]
fn a_note_that_changes_is_a_change_of_the_plan() {
    let [before, after] =
        ["R4の資料による", "正誤表による"].map(|note| totals("good = 31", "40") + &format!("note = \"{note}\"\n"));
    let desk = city(&before);
    desk.commit("2026-04-01T09:00:00+0900", "before");
    let text = String::from_utf8(desk.read("plan/plan.toml")).unwrap();
    desk.write("plan/plan.toml", text.replace(&before, &after));
    let ran = desk.run("diff HEAD");
    assert!(ran.out().contains("正誤表による"), "{}", ran.out());
}

/// An indicator of 2 out of 3 (66.66…％ of its target) and what a paper printed of it, where the plan rounds so.
fn printed(rounding: &str, rate: &str) -> Desk {
    let head = format!(
        "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = {{ from = \"R6\", to = \"R9\" }}\nlevels = [\"取組\"]\n{rounding}"
    );
    let indicator = format!(
        "[rate]\nname = \"満足度\"\nunit = \"件\"\nkind = \"up\"\nbaseline = {{ R5 = 1 }}\ntarget = {{ R9 = 3 }}\n\
         published = [{{ period = \"R6\", {rate} }}]\n"
    );
    Desk::plan(&[
        ("plan.toml", &head),
        ("outline/1.toml", "[1]\nname = \"窓口\"\n"),
        ("indicators.toml", &indicator),
        ("records/rate.toml", "[[measure]]\nperiod = \"R6\"\nvalue = 2\n"),
    ])
}

#[test]
fn a_rate_is_held_to_the_rounding_of_the_plan() {
    let cut = "rounding = { mode = \"truncate\" }\n";
    for (rounding, rate, holds) in [
        ("", "ratio = 66.7", true),
        ("", "ratio = 67", true),
        ("", "ratio = 66.67", true),
        ("", "ratio = 66.6", false),
        ("", "ratio = 66", false),
        ("", "improvement = 50.0", true),
        (cut, "ratio = 66.6", true),
        (cut, "ratio = 66", true),
        (cut, "ratio = 66.7", false),
        (cut, "improvement = 50", true),
    ] {
        let expected = if holds { vec![] } else { one("published-rate", "warning") };
        assert_eq!(findings(&printed(rounding, rate)), (0, expected), "{rounding}{rate}");
    }
    let ran = printed("", "ratio = 66.6").run("check");
    let words = "「満足度」の令和6年度の対目標比の公表値は 66.6 ですが、計算すると 66.667 で、四捨五入で 66.7 です（差 -0.1）。切捨てなら公表値と一致します";
    assert!(ran.out().contains(words), "{}", ran.out());
    let ran = printed(cut, "ratio = 66.7").run("check --lang en");
    let words = "to target of `満足度` for FY2024: published is 66.7, computed is 66.667, cut off 66.6 (a difference of 0.1); rounded half up, it would be as published";
    assert!(ran.out().to_lowercase().contains(&words.to_lowercase()), "{}", ran.out());
    let ran = printed("", "ratio = 65.0").run("check");
    assert!(ran.out().contains("（差 -1.7）") && !ran.out().contains("一致します"), "{}", ran.out());
    let explained = printed("", "ratio = 66.6").json("explain rate --as-of R6");
    let step = explained["steps"].as_array().unwrap().iter().find(|step| step["name"] == "published_ratio").unwrap();
    assert_eq!(step["shown"], "66.7％（公表値 66.6％、差 ▲0.1ポイント）");
}

#[test]
fn shares_of_entries_are_held_to_it_as_well() {
    let share = "figure = [{ name = \"実施率\", value = 66.6, unit = \"％\", share = { part = 2, of = 3 } }]\n";
    let desk = printed("", "ratio = 66.7");
    desk.write("plan/records/1.toml", format!("[[update]]\nperiod = \"R6\"\ndone = \"実施\"\n{share}"));
    assert_eq!(findings(&desk), (0, one("published-rate", "warning")));
    let ran = desk.run("check");
    assert!(
        ran.out().contains("「実施率」の公表値は 66.6 ですが、計算すると 66.667 で、四捨五入で 66.7 です"),
        "{}",
        ran.out()
    );
}

#[test]
fn the_shipped_plans_print_what_their_rounding_gives() {
    let desk = Desk::shipped();
    for plan in ["2027", "example", "stage3"] {
        let ran = desk.run(&format!("check --plan {plan} --format json"));
        let report: Json = serde_json::from_str(ran.out()).unwrap();
        let figures = |finding: &&Json| finding["code"].as_str().unwrap().starts_with("published");
        assert_eq!((ran.code, report["findings"].as_array().unwrap().iter().filter(figures).count()), (0, 0), "{plan}");
    }
    let plans = desk.json("plans");
    assert_eq!(by_id(&plans["plans"], "kumamoto-reform-2027")["id"], "kumamoto-reform-2027");
}

#[test]
fn what_cities_print_of_a_change_is_worked_out_again() {
    // As of R6Q2: 45 after 35 a year before: 10 more, 45 ÷ 35 = 128.57…, 10 ÷ 35 = 28.57…; since R5Q1 (20) 25 more, 225 %, 125 %.
    // In the year 35 + 45 = 80 of 30 + 40 = 70: 114.28…; of its own target 45 ÷ 40, of the last one 45 ÷ 60.
    let plan = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R5\", to = \"R6\" }\ncycle = \"quarter\"\nlevels = [\"取組\"]\n";
    let desk = |printed: &str| {
        let indicator = format!(
            "[x]\nname = \"時間\"\nunit = \"時間\"\nkind = \"down\"\nseries = \"yearly\"\nbaseline = {{ R5Q1 = 20 }}\n\
             target = {{ R6Q1 = 30, R6Q2 = 40, R6Q4 = 60 }}\npublished = [{{ period = \"R6Q2\", {printed} }}]\n"
        );
        let values = [("R5Q2", 35), ("R6Q1", 35), ("R6Q2", 45)];
        let records = values.map(|(period, value)| format!("[[measure]]\nperiod = \"{period}\"\nvalue = {value}\n"));
        Desk::plan(&[("plan.toml", plan), ("indicators.toml", &indicator), ("records/x.toml", &records.concat())])
    };
    for (right, wrong) in [
        ("since-last-year = 10", "since-last-year = -10"),
        ("by-last-year = 128.6", "by-last-year = 77.8"),
        ("change-rate = 28.6", "change-rate = 128.6"),
        ("since-baseline = 25", "since-baseline = 15"),
        ("by-baseline = 225", "by-baseline = 125"),
        ("change-rate-of-baseline = 125", "change-rate-of-baseline = 225"),
        ("actual-by-period = 112.5", "actual-by-period = 88.9"),
        ("actual-by-final = 75", "actual-by-final = 133.3"),
        ("sum-in-year = 80", "sum-in-year = 115"),
        ("ratio-of-sums-in-year = 114.3", "ratio-of-sums-in-year = 100"),
    ] {
        assert_eq!(findings(&desk(right)), (0, vec![]), "{right}");
        assert_eq!(findings(&desk(wrong)), (0, one("published-rate", "warning")), "{wrong}");
        // Each is explained: the figure comes out of the numbers that stand there.
        let explained = desk(right).json("explain x --as-of R6Q2");
        let steps = explained["steps"].as_array().unwrap();
        let key = right.split(' ').next().unwrap().replace('-', "_");
        let step = steps.iter().find(|step| step["name"] == format!("published_{key}")).unwrap();
        assert!(!step["formula"].is_null() && step["shown"].as_str().unwrap().contains("公表値"), "{step:#}");
    }
}

#[test]
fn a_baseline_may_be_two_numbers_as_printed() {
    let plan =
        "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R5\", to = \"R6\" }\nlevels = [\"取組\"]\n";
    let desk = |baseline: &str| {
        let indicator = format!(
            "[x]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\nbaseline = {{ R4 = \"{baseline}\" }}\ntarget = {{ R6 = 60 }}\n"
        );
        let record = "[[measure]]\nperiod = \"R5\"\nvalue = 54\n";
        Desk::plan(&[("plan.toml", plan), ("indicators.toml", &indicator), ("records/x.toml", record)])
    };
    let desk_of = desk("40～50％");
    assert_eq!(findings(&desk_of), (0, vec![]));
    let kpi = desk_of.run("kpi --as-of R5").done();
    assert!(kpi.out().contains("40～50％（R4）"), "{}", kpi.out());
    let gap = desk_of.json("kpi --as-of R5")["indicators"][0].take();
    // 54 ÷ 60; there is no number to improve from.
    assert_eq!((gap["ratio_to_target"].to_string().as_str(), &gap["improvement"]), ("90", &Json::Null));
    assert_eq!(findings(&desk("40～50件")).1, one("unit-mismatch", "error"));
}
