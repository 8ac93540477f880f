//! `kaikaku plans` and `kaikaku check`.

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, ids};

/// Levels and grades are asked for by name.
#[test]
fn two_levels_or_two_grades_of_one_name_are_found() {
    let head = "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"柱\"]\n\
                [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }, { id = \"b\", name = \"良\" }]\n";
    let desk = Desk::plan(&[("plan.toml", head), ("outline/1.toml", "[1]\nname = \"一\"\n")]);
    let findings: Json = serde_json::from_str(desk.run("check --format json").out()).unwrap();
    let shown: Vec<(&str, u64)> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["code"].as_str().unwrap(), f["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(shown, [("duplicate-id", 5), ("duplicate-id", 9)]);
}

#[test]
fn the_plans_side_by_side() {
    let json = Desk::shipped().json("plans");
    let plans = &json["plans"];
    let names: Vec<&str> = plans.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["2027", "example", "growth-policy", "stage3"]);
    assert_eq!(by_id(plans, "kumamoto-reform-2027")["default"], true);
    assert_eq!(by_id(plans, "kakuu-reform-2028")["fictional"], true);
    assert_eq!(ids(plans).len(), 4);
    let desk = Desk::shipped();
    insta::assert_snapshot!("plans", desk.run("plans").done().out());
    insta::assert_snapshot!("plans_en", desk.run("plans --lang en").done().out());
}

#[test]
fn a_plan_with_errors_is_listed_as_such() {
    let desk = Desk::copied();
    desk.write("plan/example/outline/1.toml", "[1\n");
    let ran = desk.run("plans").done();
    assert!(ran.out().lines().any(|line| line.contains("example") && line.contains("エラー")), "{}", ran.out());
}

#[test]
fn the_shipped_plans_have_nothing_but_unconfirmed_values() {
    let desk = Desk::shipped();
    for (plan, counts) in [
        ("2027", json!([3, 9, 21])),
        ("stage3", json!([0])),
        ("example", json!([3, 9, 21])),
        ("growth-policy", Json::Null),
    ] {
        let json = desk.json(&format!("check --strict --plan {plan}"));
        if !counts.is_null() {
            assert_eq!(json["counts"], counts, "{plan}");
        }
        for finding in json["findings"].as_array().unwrap() {
            assert_eq!((&finding["code"], &finding["severity"]), (&json!("unconfirmed"), &json!("note")), "{finding}");
        }
    }
}

fn broken() -> Desk {
    let desk = Desk::copied();
    let path = "plan/2027/records/3-1-2.toml";
    let mut text = String::from_utf8(desk.read(path)).unwrap();
    text.push_str("\n[[update]]\nperiod = \"R7Q2\"\nprogres = 60\n");
    desk.write(path, text);
    desk
}

#[test]
fn an_error_has_its_place_its_line_and_a_way_out() {
    let desk = broken();
    let ran = desk.run("check");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    // 8 lines of the shipped file, a blank one, the header, the period: line 12.
    assert!(ran.out().contains("--> plan/2027/records/3-1-2.toml:11:1") || ran.out().contains("3-1-2.toml:12:1"));
    assert!(ran.out().contains("progres = 60\n") && ran.out().contains("^^^^^^^"), "{}", ran.out());
    assert!(ran.out().contains("「progress」ではありませんか"), "{}", ran.out());
    let json: Json = serde_json::from_str(desk.run("check --format json").out()).unwrap();
    let errors: Vec<&Json> = json["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").collect();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    for key in ["code", "severity", "file", "line", "column", "message"] {
        assert!(error.get(key).is_some(), "{key}");
    }
    assert_eq!((&error["code"], &error["file"]), (&json!("unknown-key"), &json!("plan/2027/records/3-1-2.toml")));
    assert_eq!((&error["column"], json["counts"].clone()), (&json!(1), json!([3, 9, 21])));
    assert_eq!(desk.run("check --format csv").code, 1);
    assert_eq!(desk.run("check --format md").code, 1);
}

#[test]
fn every_reading_command_refuses_a_plan_with_errors() {
    let desk = broken();
    for args in ["status", "show", "log", "kpi", "show 1-1", "update 3-1-2 --period R7Q3 --done a"] {
        let before = desk.files();
        let err = desk.run(args).failed();
        assert!(err.contains("progres") && err.contains("kaikaku check"), "{args}: {err}");
        assert_eq!(desk.files(), before);
    }
    assert_eq!(desk.run("status --plan example").done().code, 0, "the other plans are as they were");
}

#[test]
fn warnings_refuse_only_when_strict() {
    let desk = Desk::copied();
    let path = "plan/2027/records/3-1-2.toml";
    let text = String::from_utf8(desk.read(path)).unwrap().replace('\n', "\r\n");
    desk.write(path, text);
    let json = desk.json("check");
    assert!(json["findings"].as_array().unwrap().iter().any(|f| f["code"] == "crlf" && f["severity"] == "warning"));
    assert_eq!(desk.run("check").code, 0);
    assert_eq!(desk.run("check --strict").code, 1);
}

#[test]
fn codes_are_explained() {
    let desk = Desk::shipped();
    let list = desk.run("check --explain LIST").done();
    assert!(list.out().lines().count() > 30 && list.out().contains("unknown-grade"), "{}", list.out());
    for line in list.out().lines() {
        let code = line.split('（').next().unwrap();
        let shown = desk.run(&format!("check --explain {code}")).done();
        assert!(shown.out().starts_with(line) && shown.out().lines().count() > 2, "{code}: {}", shown.out());
        let english = desk.run(&format!("check --explain {code} --lang en")).done();
        assert!(english.out().starts_with(&format!("{code} (")), "{code}: {}", english.out());
    }
    assert!(desk.run("check --explain unknown-graed").failed().contains("「unknown-grade」ではありませんか"));
}

#[test]
fn bad_files_are_findings_and_no_crash() {
    let desk = Desk::copied();
    desk.write("plan/2027/outline/1.toml", b"[1]\nname = \"\x91g\x90D\"\n");
    desk.write("plan/2027/outline/2.toml", "");
    std::fs::create_dir_all(desk.path("plan/2027/records/1-1-1.toml")).unwrap();
    desk.write("plan/2027/records/1-1-2.toml", "\u{feff}[[update]]\n");
    desk.write("plan/2027/records/2-1-1.toml", [b'#'; 100].repeat(10_000));
    let ran = desk.run("check --format json");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    let codes: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    for code in ["not-utf8", "empty-file", "not-a-file", "bom"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert!(ran.out().contains("Shift_JIS"));
}

#[test]
fn an_explanation_has_no_other_format() {
    let err = Desk::shipped().run("check --explain bom --format json").failed();
    assert!(err.contains("--explain"), "{err}");
}
