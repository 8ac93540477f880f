//! `kaikaku roadmap`, and `--step` and `--reached` of `kaikaku update`.

use serde_json::{Value as Json, json};

use crate::support::Desk;

const HEAD: &str = r#"schema = 1
id     = "town"
name   = "町の計画"
period = { from = "R6", to = "R7" }
levels = ["取組"]
"#;

const OUTLINE: &str = r#"[1]
name      = "窓口"
steps     = { R6 = ["検討", "準備"], R7 = "実施" }
milestone = [{ date = "R6Q3", name = "契約" }]

[[1.initiative]]
name      = "予約"
start     = "R6.7"
end       = "R7.6"
milestone = [{ date = "R6.11.1", name = "公開" }, { date = "R7", name = "拡大" }]

[[1.initiative]]
name = "日付のない取組"
"#;

fn town(records: &str) -> Desk {
    Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", OUTLINE), ("records/1.toml", records)])
}

fn roads(desk: &Desk, args: &str) -> Json {
    desk.json(&format!("roadmap {args}"))["roads"].take()
}

/// `name state slip` of each step or milestone.
fn marks(list: &Json) -> Vec<String> {
    let name = |m: &Json| m["step"].as_str().or(m["milestone"].as_str()).unwrap().to_owned();
    let all = list.as_array().unwrap().iter();
    all.map(|m| format!("{} {} {}", name(m), m["state"].as_str().unwrap(), m["slip_months"])).collect()
}

#[test]
fn without_a_word_nothing_is_taken_for_done() {
    let desk = town("");
    let roads = roads(&desk, "--as-of R7.5.31");
    assert_eq!(roads.as_array().unwrap().len(), 2, "an initiative without dates has no road");
    // R6 ended in March; of the steps nothing was ever recorded, so their slip is not known.
    assert_eq!(marks(&roads[0]["steps"]), ["検討 unreported null", "準備 unreported null", "実施 ahead null"]);
    // R6Q3 ends in December 2024: five months to May 2025. From November 2024 it is six.
    assert_eq!(marks(&roads[0]["milestones"]), ["契約 missed 5"]);
    assert_eq!(marks(&roads[1]["milestones"]), ["公開 missed 6", "拡大 ahead null"]);
    assert_eq!((&roads[1]["slip_months"], &roads[1]["open"]), (&json!(6), &json!(true)));
}

#[test]
fn planned_against_reached() {
    let desk = town(
        r#"[[update]]
period   = "R6Q2"
recorded = 2024-10-03
step     = "検討"

[[update]]
period   = "R7Q2"
recorded = 2025-10-03
step     = "準備"
reached  = { "契約" = "R6.9.20", "公開" = "R7.2", "拡大" = "R7.8.1" }
"#,
    );
    let roads = roads(&desk, "--as-of R7.11.30");
    // 準備 was planned for R6, which ended in March 2025, and first shown in the quarter that ended in September: six.
    assert_eq!(marks(&roads[0]["steps"]), ["検討 reached 0", "準備 reached 6", "実施 ahead null"]);
    // The quarter planned began in October 2024; September is one month early.
    assert_eq!(marks(&roads[0]["milestones"]), ["契約 reached -1"]);
    // November to February: three. August lies within the year planned.
    assert_eq!(marks(&roads[1]["milestones"]), ["公開 reached 3", "拡大 reached 0"]);
    assert_eq!((&roads[0]["slip_months"], &roads[0]["open"]), (&json!(6), &json!(false)));
    let years = &roads[0]["years"];
    assert_eq!(years[0], json!({ "year": "R6", "planned": ["検討", "準備"], "actual": ["検討"] }));
    assert_eq!(years[1], json!({ "year": "R7", "planned": ["実施"], "actual": ["準備"] }));
    // Before the quarter that it was recorded of: November to June are seven.
    let before = crate::roadmap::roads(&desk, "--as-of R7.6.30");
    assert_eq!(marks(&before[1]["milestones"]), ["公開 missed 7", "拡大 ahead null"]);
}

#[test]
fn the_last_word_counts() {
    let desk = town(
        r#"[[update]]
period   = "R6Q3"
recorded = 2025-01-10
step     = "準備"
reached  = { "公開" = "R6.11.1" }

[[update]]
period   = "R6Q3"
recorded = 2025-02-10
step     = "検討"
reached  = { "公開" = "R6.12.2" }
"#,
    );
    let roads = roads(&desk, "--as-of R7.4.30");
    assert_eq!(marks(&roads[1]["milestones"]), ["公開 reached 1", "拡大 ahead null"]);
    assert_eq!(marks(&roads[0]["steps"]), ["検討 reached 0", "準備 missed 1", "実施 ahead null"]);
}

#[test]
fn update_records_what_was_reached() {
    let desk = town("");
    let args =
        ["update", "1", "--period", "R6Q3", "--step", "準備", "--step", "予約=実施", "--reached", "公開=2024-11-08"];
    let ran = desk.call(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out()
            .contains("step     = { \"1\" = \"準備\", \"予約\" = \"実施\" }\nreached  = { \"公開\" = \"R6.11.8\" }\n"),
        "{}",
        ran.out()
    );
    let roads = roads(&desk, "--as-of R6Q3");
    assert_eq!(marks(&roads[1]["milestones"]), ["公開 reached 0", "拡大 ahead null"]);
    assert_eq!(roads[1]["years"][0]["actual"], json!(["実施"]));
    let record = desk.json("log 1")["records"][0].take();
    assert_eq!(record["steps"][0], json!({ "initiative": null, "step": "準備" }));
    assert_eq!(record["reached"][0], json!({ "initiative": "予約", "milestone": "公開", "date": "R6.11.8" }));
    for (option, given, wanted) in [
        ("--reached", "公開", "到達した日がありません"),
        ("--reached", "公会=R6.11.8", "「公開」ではありませんか"),
        ("--step", "実地", "「実施」ではありませんか"),
        ("--step", "予納=実施", "「予約」ではありませんか"),
    ] {
        let err = desk.call(&["update", "1", "--period", "R6Q3", option, given]).failed();
        assert!(err.contains(wanted), "{given}: {err}");
    }
}

#[test]
fn a_plan_may_name_its_own_steps() {
    let head = format!("{HEAD}\n[roadmap]\nsteps = [\"調査\", \"設計\", \"工事\"]\n");
    let outline = "[1]\nname = \"改修\"\nsteps = { R6 = \"調査\", R7 = [\"設計\", \"工事\"] }\n";
    let desk = Desk::plan(&[("plan.toml", &head), ("outline/1.toml", outline)]);
    assert_eq!(desk.json("roadmap")["steps"], json!(["調査", "設計", "工事"]));
    let outside = outline.replace("R7 =", "R8 =");
    let desk = Desk::plan(&[("plan.toml", &head), ("outline/1.toml", &outside)]);
    assert!(desk.run("roadmap").failed().contains("outside-plan"));
}

#[test]
fn as_people_read_it() {
    // Outside of a repository: a paper names its commit.
    let desk = Desk::copied();
    for (name, args) in [
        ("roadmap", "roadmap --plan example"),
        ("roadmap_en", "roadmap 3-1 --plan example --lang en"),
        ("roadmap_2027", "roadmap --under 1"),
        ("roadmap_owner_md", "roadmap --owner 財政課 --plan example --format md"),
        ("roadmap_csv", "roadmap 1-1-2 --plan example --format csv --encoding utf-8"),
        ("roadmap_none", "roadmap --plan stage3"),
    ] {
        insta::assert_snapshot!(name, desk.run(args).done().out());
    }
}
