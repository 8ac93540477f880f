//! `kaikaku init`: any other city begins.

use serde_json::json;

use crate::support::{Desk, japanese};

#[test]
fn a_new_plan_passes_the_check_and_takes_entries() {
    let desk = Desk::empty();
    let ran = desk.run("init reform --name 行政改革大綱 --from R8 --to R11");
    assert_eq!((ran.code, ran.out()), (0, "plan/reform/outline/1.toml\nplan/reform/plan.toml\n"), "{}", ran.err);
    assert!(ran.err.contains("kaikaku add entry --plan reform"), "{}", ran.err);
    let check = desk.json("check --strict");
    assert_eq!((check["findings"].clone(), check["counts"].clone()), (json!([]), json!([0, 0, 0])));
    let outline = String::from_utf8(desk.read("plan/reform/outline/1.toml")).unwrap();
    let (words, entries) = outline.split_once("#\n").unwrap();
    assert!(words.starts_with("# "));
    // The user does as shown: takes the # away.
    let entries: String =
        entries.lines().map(|line| format!("{}\n", line.trim_start_matches('#').trim_start())).collect();
    desk.write("plan/reform/outline/1.toml", entries);
    assert_eq!(desk.json("check --strict")["counts"], json!([1, 1, 1]));
    assert_eq!(desk.run("update 1-1-1 --period R8Q2 --rating やや遅れ").code, 0);
    let status = desk.json("status");
    assert_eq!(status["total"]["counts"], json!({ "g1": 0, "g2": 1, "g3": 0 }));
    assert_eq!(status["nodes"][2]["attention"], true);
}

#[test]
#[cfg(not(any(windows, target_os = "macos")))]
fn a_plan_has_a_name_that_every_system_tells_from_the_others() {
    let desk = Desk::empty();
    let begin = |name: &str| desk.run(&format!("init {name} --name 計画 --from R8 --to R11"));
    assert_eq!(begin("reform").code, 0);
    let ran = begin("Reform");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("plan/reform と "), "{}", ran.err);
    assert!(
        ran.err.contains("plan/Reform は Windows では同じファイルになります。何も書き込んでいません"),
        "{}",
        ran.err
    );
    assert!(!desk.path("plan/Reform").exists());
}

#[test]
fn every_flag() {
    let desk = Desk::empty();
    let ran = desk.call(&[
        "init",
        "keikaku",
        "--name",
        "第\"7\"次",
        "--city",
        "別市",
        "--from",
        "令和8年度",
        "--to",
        "FY2030",
        "--levels",
        "柱、事業",
        "--grades",
        "Ａ，Ｂ、Ｃ！",
        "--cycle",
        "half",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let overview = desk.json("show")["overview"].take();
    assert_eq!((&overview["from"], &overview["to"], &overview["cycle"]), (&json!("R8"), &json!("R12"), &json!("half")));
    assert_eq!(overview["levels"], json!(["柱", "事業"]));
    let plan = desk.json("show")["plan"].take();
    assert_eq!((&plan["name"], &plan["city"]), (&json!("第\"7\"次"), &json!("別市")));
    let csv = desk.csv("status");
    assert_eq!(csv[0][10..13], ["Ａ", "Ｂ", "Ｃ"]);
}

#[test]
fn in_english_for_an_english_office() {
    let desk = Desk::empty();
    let ran = desk.call(&["init", "reform", "--name", "Reform", "--from", "FY2026", "--to", "FY2029", "--lang", "en"]);
    assert_eq!((ran.code, japanese(&ran.err)), (0, vec![]));
    for (path, bytes) in desk.files() {
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(japanese(&text), [""; 0], "{}", path.display());
    }
    assert_eq!(japanese(desk.run("status --lang en").done().out()), [""; 0]);
}

#[test]
fn beside_the_plans_there_are() {
    let desk = Desk::copied().at("plan/2027/outline");
    assert_eq!(desk.run("init next --name 次期 --from R10 --to R13").code, 0);
    let plans = desk.json("plans")["plans"].take();
    let names: Vec<&str> = plans.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["2027", "example", "growth-policy", "next", "stage3"]);
    assert_eq!(desk.json("status --plan next")["plan"]["name"], "次期");
    let elsewhere = Desk::empty();
    elsewhere.write("office/note.txt", "");
    assert_eq!(elsewhere.run("-C office init a --name 計画 --from R8 --to R8").code, 0);
    assert!(elsewhere.path("office/plan/a/plan.toml").is_file());
}

#[test]
fn nothing_is_overwritten_and_nothing_wrong_is_written() {
    let desk = Desk::copied();
    let before = desk.files();
    for (args, word) in [
        ("2027 --name a --from R8 --to R9", "plan/2027"),
        ("../a --name a --from R8 --to R9", "../a"),
        ("改革 --name a --from R8 --to R9", "改革"),
        ("a --name a --from R9 --to R8", "R"),
        ("a --name a --from R8Q1 --to R9", "R8Q1"),
        ("a --name a --from いつか --to R9", "いつか"),
        ("a --name a --from R8 --to R9 --cycle week", "quarter"),
        ("a --name a --from R8 --to R9 --levels 、", "階層が一つもありません"),
        ("a --name= --from R8 --to R9", ""),
        ("a --name a --from R8", "kaikaku init"),
        ("", "kaikaku init"),
    ] {
        let err = desk.run(&format!("init {args}")).failed();
        assert!(err.contains("エラー") && err.contains(word), "{args}: {err}");
        assert_eq!(desk.files(), before, "{args}");
    }
}

#[test]
fn no_name_is_given_to_two_levels_or_two_grades() {
    let desk = Desk::empty();
    for lists in ["--levels 柱、取組、柱", "--grades 順調、遅れ!、遅れ"] {
        let err = desk.run(&format!("init town --name x --from R8 --to R9 {lists}")).failed();
        assert!(err.contains("が二度あります"), "{lists}: {err}");
    }
    let err = desk.call(&["init", "town", "--name", "x", "--from", "R8", "--to", "R9", "--grades", "、 ,"]).failed();
    assert!(err.contains("進捗区分が一つもありません"), "{err}");
    assert!(desk.files().is_empty());
}

#[test]
fn a_grade_in_brackets_does_not_count() {
    let desk = Desk::empty();
    let ran = desk.call(&[
        "init",
        "k",
        "--name",
        "計画",
        "--from",
        "R8",
        "--to",
        "R9",
        "--grades",
        "良、遅れ！、（評価対象外）、(n/a)!",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let plan = String::from_utf8(desk.read("plan/k/plan.toml")).unwrap();
    for line in [
        "  { id = \"g1\", name = \"良\" },",
        "  { id = \"g2\", name = \"遅れ\", attention = true },",
        "  { id = \"g3\", name = \"評価対象外\", counts = false },",
        "  { id = \"g4\", name = \"n/a\", counts = false, attention = true },",
    ] {
        assert!(plan.contains(line), "no {line} in\n{plan}");
    }
}

#[test]
fn the_folder_of_the_plans_is_not_made_within_itself() {
    let desk = Desk::empty();
    desk.write("plan/README.md", "");
    let ran = desk.run("-C plan init town --name 計画 --from R8 --to R9");
    assert_eq!((ran.code, ran.out()), (0, "plan/town/outline/1.toml\nplan/town/plan.toml\n"), "{}", ran.err);
    assert_eq!(desk.run("check --plan town").code, 0);
}
