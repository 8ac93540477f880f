//! `verified-by`: the indicators of other plans that verify one, under their own plan's name and never among its own.

use std::fs;

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, exact};

#[test]
fn the_first_command_shows_targets_actuals_and_gaps_of_the_documents() {
    let shown = Desk::shipped().run("status").done();
    let out = shown.out();
    let part = out.split("■ 検証指標（市役所改革プラン 第3ステージ）").nth(1).expect("a section of its own");
    let line = part.lines().find(|line| line.contains("市役所のサービスに満足している市民の割合")).unwrap();
    // 44.1 － 65 = －20.9
    for words in ["44.1％（R4）", "65％以上（R5）", "不足 20.9ポイント", "後退"] {
        assert!(line.contains(words), "{line}");
    }
    assert!(
        out.contains("■ 検証指標（熊本市職員成長・育成方針）") && out.contains("この計画自身の指標には数えない"),
        "{out}"
    );
    assert!(!out.contains("検証指標は登録されていません"), "{out}");
}

#[test]
fn none_of_them_counts_as_the_plans_own() {
    let desk = Desk::shipped();
    let kpi = desk.json("kpi");
    assert_eq!((&kpi["indicators"], &kpi["plan"]["folder"]), (&json!([]), &json!("2027")));
    let whose: Vec<&Json> = kpi["verified_by"].as_array().unwrap().iter().map(|one| &one["plan"]["folder"]).collect();
    assert_eq!(whose, [&json!("stage3"), &json!("growth-policy")]);
    let theirs = &kpi["verified_by"][0]["indicators"];
    assert_eq!(exact(&by_id(theirs, "service-satisfaction")["gap"]), "-20.9");
    assert_eq!(*theirs, desk.json("kpi --plan stage3")["indicators"], "the same figures as under their own plan");
    assert_eq!(desk.json("status")["verified_by"], kpi["verified_by"]);
    // In a table for spreadsheets each row says whose it is: 9 and 20.
    let csv = desk.run("kpi --format csv").done();
    let count = |name: &str| csv.out().lines().filter(|line| line.ends_with(name)).count();
    assert_eq!((count(",市役所改革プラン 第3ステージ"), count(",熊本市職員成長・育成方針")), (9, 20));
    assert_eq!(csv.out().lines().count(), 1 + 9 + 20);
}

#[test]
fn a_part_of_the_plan_has_none_of_them() {
    for part in ["status --under 1-1", "status --level 1", "kpi --under 1-1"] {
        let shown = Desk::shipped().run(part).done();
        assert!(!shown.out().contains("第3ステージ"), "{part}: {}", shown.out());
    }
}

#[test]
fn another_moment_is_asked_of_all_of_them() {
    // The satisfaction of R3, 48.9, is the baseline; the first value after it is that of R4.
    let desk = Desk::shipped();
    for args in ["kpi --as-of R3", "kpi --year R3"] {
        let kpi = desk.json(args);
        let of = by_id(&kpi["verified_by"][0]["indicators"], "service-satisfaction");
        assert_eq!(of["actual"], Json::Null, "{args}");
    }
}

#[test]
fn a_plan_that_cannot_be_read_says_so_and_the_others_are_shown() {
    let desk = Desk::copied();
    desk.write("plan/stage3/indicators.toml", "[broken");
    let ran = desk.run("status");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out().contains("「stage3」の指標は、その計画が読み取れないため示せません"), "{}", ran.out());
    assert!(ran.out().contains("■ 検証指標（熊本市職員成長・育成方針）"), "{}", ran.out());
    assert!(ran.err.contains("plan/stage3/indicators.toml:1"), "{}", ran.err);
    let json: Json = serde_json::from_str(desk.run("kpi --format json").out()).unwrap();
    assert_eq!(json["verified_by"][0], json!({ "unreadable": "stage3" }));
    fs::remove_dir_all(desk.path("plan/stage3")).unwrap();
    let ran = desk.run("kpi");
    assert!(ran.code == 0 && ran.out().contains("「stage3」の指標は"), "{ran:?}");
    let found = desk.run("check --plan 2027");
    assert!(found.out().contains("unknown-plan"), "{found:?}");
}

#[test]
fn a_plan_does_not_verify_itself_nor_twice() {
    let desk = Desk::copied();
    let path = "plan/2027/plan.toml";
    let text = desk.text(path);
    for (wrong, code) in [("[\"2027\"]", "unknown-plan"), ("[\"stage3\", \"stage3\"]", "duplicate-id")] {
        desk.write(path, text.replace("[\"stage3\", \"growth-policy\"]", wrong));
        let found = desk.run("check --plan 2027");
        assert!(found.out().contains(code), "{wrong}: {found:?}");
    }
    desk.write(path, text.replace("[\"stage3\", \"growth-policy\"]", "[\"2027\"]"));
    assert_eq!(desk.json("kpi")["verified_by"], json!([]));
}
