//! Corrections and undo: the corrected figure counts, the history keeps both, the last write can be taken back.

use std::process::Command;

use crate::support::{Desk, by_id, without_marks};

const HEAD: &str = "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\ncycle = \"quarter\"\nlevels = [\"項目\"]\n\
    [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }, { id = \"b\", name = \"否\" }]\n";
const INDICATORS: &str =
    "[m]\nname = \"満足\"\nunit = \"％\"\nkind = \"up\"\nbaseline = { R5 = 40 }\ntarget = { R9 = 60 }\n";

/// A plan of two entries and an indicator, with one record of entry 1 recorded on 2025-10-03.
fn plan() -> Desk {
    let desk = Desk::plan(&[
        ("plan.toml", HEAD),
        ("outline/1.toml", "[1]\nname = \"一\"\n[2]\nname = \"二\"\n"),
        ("indicators.toml", INDICATORS),
    ]);
    run(&desk, "2025-10-03", "update 1 --period R7Q2 --rating a --progress 60 --done 開始 --issue 人手 --by 人事課");
    desk
}

fn run(desk: &Desk, today: &str, args: &str) {
    let ran = desk.with_env(&[("KAIKAKU_TODAY", today)], &args.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ran.code, 0, "{args}: {}", ran.err);
}

/// The actual value of the indicator.
fn actual(desk: &Desk, as_of: &str) -> String {
    let kpi = desk.json(&format!("kpi --as-of {as_of}"));
    by_id(&kpi["indicators"], "m")["actual"]["value"].to_string()
}

/// The grade and progress of an entry.
fn stands(desk: &Desk, entry: &str, as_of: &str) -> (String, String) {
    let json = desk.json(&format!("status --as-of {as_of}"));
    let node = by_id(&json["nodes"], entry);
    (node["rating"].as_str().unwrap_or("-").to_owned(), node["progress"].to_string())
}

fn is(grade: &str, progress: &str) -> (String, String) {
    (grade.to_owned(), progress.to_owned())
}

#[test]
fn a_correction_says_the_record_anew_and_takes_its_place() {
    let desk = plan();
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-10-03 --progress 55");
    let text = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    let block = "[[update]]\nperiod   = \"R7Q2\"\nrecorded = 2025-12-01\ncorrects = \"R7Q2/2025-10-03\"\n\
                 rating   = { s = \"a\" }\nprogress = 55\ndone     = \"開始\"\nissue    = \"人手\"\nby       = \"人事課\"\n";
    assert!(without_marks(&text).ends_with(&format!("\n\n{block}")), "{text}");
    for (as_of, progress) in [("R7Q2", "55"), ("2025-11-30", "60"), ("2025-12-01", "55"), ("R7Q3", "55")] {
        assert_eq!(stands(&desk, "1", as_of), is("a", progress), "{as_of}");
    }
    assert_eq!(stands(&desk, "1", "R7.9.30"), is("-", "null"), "nothing had been recorded on that day");
    let log = desk.json("log 1")["records"].take();
    let names: Vec<_> =
        log.as_array().unwrap().iter().map(|r| (&r["record"], &r["corrects"], &r["corrected_by"])).collect();
    let null = serde_json::Value::Null;
    let (first, second) = ("R7Q2/2025-10-03".into(), "R7Q2/2025-12-01".into());
    assert_eq!(names, [(&first, &null, &second), (&second, &first, &null)]);
    let shown = desk.run("log 1").done();
    assert!(shown.out().contains("訂正済（R7Q2/2025-12-01）") && shown.out().contains("R7Q2/2025-10-03 を訂正"));
    assert!(desk.run("show 1").done().out().contains("訂正済（R7Q2/2025-12-01）"));
    let then = desk.json("log 1 --as-of 2025-11-30")["records"].take();
    assert_eq!((then.as_array().unwrap().len(), &then[0]["corrected_by"]), (1, &null));
    assert_eq!(desk.run("check --strict").code, 0);
}

#[test]
fn a_later_word_is_not_overtaken_by_the_correction_of_an_earlier_one() {
    let desk = plan();
    run(&desk, "2025-10-20", "update 1 --period R7Q2 --rating b --progress 30");
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-10-03 --progress 55");
    assert_eq!(stands(&desk, "1", "R7Q3"), is("b", "30"));
}

/// The last word of a day keeps it when an earlier one of that day is corrected.
#[test]
fn a_correction_keeps_its_place_among_the_records_of_one_day() {
    let desk = plan();
    run(&desk, "2025-10-03", "update 1 --period R7Q2 --rating b --progress 30");
    let first = names(&desk)[0].clone();
    run(&desk, "2025-12-01", &format!("update 1 --corrects {first} --rating a --progress 55"));
    assert_eq!(stands(&desk, "1", "R7Q3"), is("b", "30"));
    let second = names(&desk)[1].clone();
    run(&desk, "2025-12-02", &format!("update 1 --corrects {second} --progress 35"));
    assert_eq!(stands(&desk, "1", "R7Q3"), is("b", "35"));
    run(&desk, "2025-12-03", &format!("update 1 --corrects {} --progress 56", names(&desk)[2]));
    assert_eq!(stands(&desk, "1", "R7Q3"), is("b", "35"), "a correction of a correction stands there, too");

    run(&desk, "2026-05-01", "measure m 85 --period R7");
    run(&desk, "2026-05-01", "measure m 86 --period R7 --confirmed 再集計");
    let log = desk.json("log m")["records"].take();
    run(&desk, "2026-06-01", &format!("measure m 81 --corrects {}", log[0]["record"].as_str().unwrap()));
    assert_eq!(actual(&desk, "R8Q1"), "86");
}

/// What is confirmed counts, whenever it was recorded and whether that is known or not.
#[test]
fn a_confirmed_value_counts_before_any_provisional_one() {
    let provisional = |day: &str| format!("[[measure]]\nperiod = \"R7\"\n{day}value = 44\nprovisional = true\n");
    let confirmed = |day: &str| format!("[[measure]]\nperiod = \"R7\"\n{day}value = 50\n");
    let (early, late, none) = ("recorded = 2026-05-01\n", "recorded = 2026-06-01\n", "");
    for records in [
        provisional(early) + &confirmed(late),
        confirmed(early) + &provisional(late),
        provisional(early) + &confirmed(none),
        confirmed(none) + &provisional(early),
        provisional(none) + &confirmed(none),
        confirmed(none) + &provisional(none),
    ] {
        let desk = plan();
        desk.write("plan/records/m.toml", &records);
        assert_eq!(actual(&desk, "R8Q1"), "50", "{records}");
    }
    // A value that is taken back counts for nothing.
    let desk = plan();
    desk.write("plan/records/m.toml", provisional(early) + &confirmed(late));
    run(&desk, "2026-07-01", "measure m --corrects R7/2026-06-01 --withdraw");
    assert_eq!(actual(&desk, "2026-07-01"), "44");
    // That there is no value yet is what was known before there was one.
    let absent = "[[measure]]\nperiod = \"R7\"\nrecorded = 2026-04-20\nabsent = \"未公表\"\n";
    desk.write("plan/records/m.toml", absent.to_owned() + &provisional(early));
    assert_eq!(actual(&desk, "R8Q1"), "44");
}

/// Whenever it comes in, a record counts for the period that it is about.
#[test]
fn what_arrives_late_or_out_of_order_counts_for_its_own_period() {
    let desk = plan();
    run(&desk, "2026-01-08", "update 1 --period R7Q3 --rating b --progress 70");
    run(&desk, "2026-02-01", "update 1 --period R7Q1 --rating b --progress 20");
    run(&desk, "2026-02-02", "update 1 --period R7Q2 --rating b --progress 58");
    for (as_of, stood) in
        [("R7Q1", is("b", "20")), ("R7Q2", is("b", "58")), ("R7Q3", is("b", "70")), ("R8Q2", is("b", "70"))]
    {
        assert_eq!(stands(&desk, "1", as_of), stood, "{as_of}");
    }
    run(&desk, "2026-06-01", "measure m 50 --period R7");
    run(&desk, "2026-06-02", "measure m 45 --period R6");
    let actual = |as_of: &str| {
        let kpi = desk.json(&format!("kpi --as-of {as_of}"));
        by_id(&kpi["indicators"], "m")["actual"]["value"].to_string()
    };
    assert_eq!((actual("R6"), actual("R7"), actual("R8Q1")), ("45".into(), "50".into(), "50".into()));
}

#[test]
fn a_correction_of_a_correction_and_one_of_another_period() {
    let desk = plan();
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-10-03 --progress 55");
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-12-01 --rating s=b --progress ５０％");
    let err = desk.run("update 1 --corrects R7Q2/2025-10-03 --progress 1").failed();
    assert!(without_marks(&err).contains("「R7Q2/2025-12-01」で訂正済み"), "{err}");
    assert_eq!(stands(&desk, "1", "R7Q3"), is("b", "50"));
    run(&desk, "2026-01-05", "update 1 --corrects R7Q2/R7.12.1#2 --period R7Q3");
    assert_eq!(stands(&desk, "1", "R7Q2"), is("-", "null"), "withdrawn from the wrong period");
    assert_eq!(stands(&desk, "1", "R7Q3"), is("b", "50"));
    let status = desk.json("status --as-of R7Q3");
    assert_eq!(status["flows"].as_array().unwrap().len(), 1, "from unreported to b: {}", status["flows"]);
}

#[test]
fn what_was_recorded_of_the_wrong_entry_is_withdrawn() {
    let desk = plan();
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-10-03 --withdraw --note 項目2の記録だった");
    let text = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    let block = "corrects = \"R7Q2/2025-10-03\"\nwithdrawn = true\nnote     = \"項目2の記録だった\"\n";
    assert!(without_marks(&text).ends_with(block), "{text}");
    assert_eq!(stands(&desk, "1", "R7Q2"), is("-", "null"));
    assert_eq!(stands(&desk, "1", "2025-11-30"), is("a", "60"));
    assert!(desk.run("log 1").done().out().contains("R7Q2/2025-10-03 を取下げ"));
    run(&desk, "2025-12-02", "update 1 --corrects R7Q2/2025-12-01 --rating b --done 再度");
    assert_eq!(stands(&desk, "1", "R7Q2"), is("b", "null"));
}

#[test]
fn a_measure_is_corrected_in_every_figure() {
    let desk = plan();
    run(&desk, "2026-05-01", "measure m 85 --period R7 --sample 400");
    run(&desk, "2026-06-01", "measure m 48 --corrects R7/2026-05-01");
    let actual = |as_of: &str| {
        let kpi = desk.json(&format!("kpi --as-of {as_of}"));
        let indicator = by_id(&kpi["indicators"], "m").clone();
        (indicator["actual"]["value"].to_string(), indicator["improvement"].to_string())
    };
    // (48 − 40) ÷ (60 − 40) and (85 − 40) ÷ (60 − 40).
    assert_eq!(actual("2026-06-01"), ("48".to_owned(), "40".to_owned()));
    assert_eq!(actual("2026-05-31"), ("85".to_owned(), "225".to_owned()));
    let last = desk.json("log m")["records"][1].take();
    assert_eq!((&last["sample"], &last["corrects"]), (&400.into(), &"R7/2026-05-01".into()));
    run(&desk, "2026-07-01", "measure m --corrects R7/2026-06-01 --withdraw");
    assert_eq!(actual("2026-07-01").0, "null");
    assert_eq!(desk.json("log m")["records"][2]["withdrawn"], true);
}

#[test]
fn what_cannot_be_corrected_is_reported_and_nothing_written() {
    let desk = plan();
    let before = desk.files();
    for (args, word) in [
        ("update 1 --corrects R7Q2/2025-10-30 --progress 1", "R7Q2/2025-10-03"),
        ("update 2 --corrects R7Q2/2025-10-03 --progress 1", "訂正できる記録がありません"),
        ("update 1 --corrects R7Q2/2025-10-03", "指定されていません"),
        ("update 1 --corrects R7Q2/2025-10-03 --progress 1 --recorded 2025-10-01", "訂正の日（2025-10-01）"),
        ("update 1 --withdraw", "--corrects"),
        ("update 1 --corrects R7Q2/2025-10-03 --withdraw --progress 5", "--withdraw"),
        ("measure m --corrects R7/2026-05-01 --withdraw", "訂正できる記録がありません"),
        ("measure m --corrects R7/2026-05-01", "指定されていません"),
    ] {
        let err = desk.run(args).failed();
        assert!(err.contains(word), "{args}: {err}");
        assert_eq!(desk.files(), before, "{args}");
    }
}

/// Ids changed by hand leave the records where they were; a correction must stand in the file of what it corrects.
#[test]
fn records_under_a_former_id_are_reported() {
    let desk = plan();
    desk.write("plan/outline/1.toml", "[9]\nname = \"一\"\nformerly = [\"1\"]\n[2]\nname = \"二\"\n");
    assert_eq!(stands(&desk, "9", "R7Q2"), is("a", "60"));
    let err = desk.run("update 9 --corrects R7Q2/2025-10-03 --progress 50").failed();
    assert!(
        err.contains("旧番号のファイル records/1.toml が残っています") && err.contains("records/9.toml に移して"),
        "{err}"
    );
    std::fs::rename(desk.path("plan/records/1.toml"), desk.path("plan/records/9.toml")).unwrap();
    run(&desk, "2025-12-01", "update 9 --corrects R7Q2/2025-10-03 --progress 50");
    assert_eq!(stands(&desk, "9", "R7Q2"), is("a", "50"));
}

#[test]
fn undo_takes_back_the_last_write_to_the_byte_and_only_once() {
    let desk = Desk::copied();
    let before = desk.files();
    let err = desk.run("undo --plan example").failed();
    assert!(err.contains("取り消せる書き込みはありません"), "{err}");
    run(&desk, "2026-11-21", "update 3-3-2 --plan example --period R8Q2 --progress 60");
    let written = desk.files();
    let trial = desk.run("undo --plan example --dry-run");
    assert!(trial.code == 0 && trial.out().contains("\n-progress = 60\n"), "{}", trial.out());
    let last = "最後の書き込み：2026-11-21 の kaikaku update 3-3-2 --plan example --period R8Q2 --progress 60\n";
    assert!(trial.err.starts_with(last), "{}", trial.err);
    assert_eq!(desk.files(), written);
    let undone = desk.run("undo --plan example");
    assert_eq!((undone.code, undone.out()), (0, trial.out()));
    assert_eq!(desk.files(), before);
    assert!(desk.run("undo --plan example").failed().contains("取り消せる書き込みはありません"));
    // A file that the write made goes again.
    run(&desk, "2026-11-21", "update 1-1-1 --plan 2027 --period R8Q2 --progress 60");
    assert_eq!(desk.run("undo --plan 2027").code, 0);
    assert_eq!(desk.files(), before);
}

#[test]
fn undo_refuses_what_was_followed_or_committed() {
    let desk = plan();
    let git = |args: &str| {
        let mut git = Command::new("git");
        git.current_dir(desk.path(".")).args(["-c", "user.name=x", "-c", "user.email=x@example.jp"]);
        assert!(git.args(args.split_whitespace()).output().unwrap().status.success(), "git {args}");
    };
    git("init -q");
    // The last write is known where git keeps it.
    run(&desk, "2025-10-04", "update 1 --period R7Q2 --progress 60");
    git("add plan/plan.toml plan/outline plan/indicators.toml plan/records");
    assert_eq!(desk.run("undo --dry-run").code, 0, "what is only staged can be taken back");
    git("commit -q -m x");
    let before = desk.files();
    let err = desk.run("undo").failed();
    assert!(err.contains("コミット済み") && err.contains("--corrects"), "{err}");
    run(&desk, "2025-10-04", "update 1 --period R7Q2 --progress 61");
    assert_eq!(desk.run("undo").code, 0, "what came after the commit can be taken back");
    assert_eq!(desk.files(), before);
    run(&desk, "2025-10-04", "update 1 --period R7Q2 --progress 61");
    let text = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    desk.write("plan/records/1.toml", format!("{text}# 手で\n"));
    assert!(desk.run("undo").failed().contains("変わりました"));
}

const RATERS: &str =
    "[[evaluator]]\nid = \"dept\"\nname = \"所管課\"\n[[evaluator]]\nid = \"committee\"\nname = \"委員会\"\n";

/// A plan with two evaluators, both of which rated entry 1 on one day.
fn rated_by_two() -> Desk {
    let desk = plan();
    desk.write("plan/plan.toml", format!("{HEAD}{RATERS}"));
    run(&desk, "2025-10-03", "update 1 --period R7Q2 --rating b --evaluator committee --by 委員会");
    desk
}

/// The names of the records of entry 1, as `log` shows them.
fn names(desk: &Desk) -> Vec<String> {
    let log = desk.json("log 1")["records"].take();
    log.as_array().unwrap().iter().map(|record| record["record"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_evaluator_corrects_the_record_of_another() {
    let desk = plan();
    desk.write("plan/plan.toml", format!("{HEAD}{RATERS}"));
    let before = desk.read("plan/records/1.toml");
    let err = desk.run("update 1 --corrects R7Q2/2025-10-03 --evaluator committee --rating b --lang en").failed();
    assert!(err.contains("the record to correct is the rating of `所管課`; `委員会` cannot correct it"), "{err}");
    assert_eq!(desk.read("plan/records/1.toml"), before);
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-10-03 --evaluator dept --rating b");
    // A withdrawal names no evaluator, and may take back a record of any.
    run(&desk, "2025-12-02", "update 1 --period R7Q2 --evaluator committee --rating a");
    run(&desk, "2025-12-03", "update 1 --corrects R7Q2/2025-12-02 --withdraw");
    assert_eq!(desk.run("check --strict").code, 0);
}

#[test]
fn a_name_that_several_records_have_is_asked_for() {
    let desk = rated_by_two();
    let err = desk.run("update 1 --corrects R7Q2/2025-10-03 --progress 1 --lang en").failed();
    let [first, second] = names(&desk).try_into().unwrap();
    assert!(err.contains("`R7Q2/2025-10-03` is more than one record"), "{err}");
    assert!(err.contains(&format!("give one of {first}, {second}")), "{err}");
    run(&desk, "2025-12-01", &format!("update 1 --corrects {second} --rating a"));
    assert_eq!(stands(&desk, "1", "R7Q2"), is("a", "60"));
    let text = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    assert!(text.contains(&format!("corrects = \"{second}\"\nevaluator = \"committee\"")), "{text}");
    // Only one of them still stands.
    run(&desk, "2025-12-02", "update 1 --corrects R7Q2/2025-10-03 --progress 70");
    assert_eq!(stands(&desk, "1", "R7Q2"), is("a", "70"));
}

/// An older file names by its place what a merge has moved.
#[test]
fn a_name_that_has_come_to_mean_the_record_of_another_is_an_error() {
    let desk = rated_by_two();
    let old = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    let correction = "\n[[update]]\nperiod = \"R7Q2\"\nrecorded = 2025-10-03\nevaluator = \"committee\"\ncorrects = \"R7Q2/2025-10-03\"\nrating = { s = \"a\" }\n";
    desk.write("plan/records/1.toml", format!("{old}{correction}"));
    let ran = desk.run("check --lang en");
    assert_eq!(ran.code, 1);
    assert!(ran.out().contains("error[unknown-corrected]: `R7Q2/2025-10-03` means the record of another evaluator"));
    assert_eq!(desk.run("status").code, 2, "no figure rests on it");
    let help = ran.out().split("into `corrects` (").nth(1).unwrap();
    let name = help.split(')').next().unwrap();
    let renamed = correction.replace("corrects = \"R7Q2/2025-10-03\"", &format!("corrects = \"{name}\""));
    desk.write("plan/records/1.toml", format!("{old}{renamed}"));
    assert_eq!(desk.run("check --strict").code, 0);
    assert_eq!(stands(&desk, "1", "R7Q2"), is("a", "60"));
}

#[test]
fn a_record_that_was_edited_after_its_correction_is_an_error() {
    let desk = plan();
    run(&desk, "2025-12-01", "update 1 --corrects R7Q2/2025-10-03 --progress 55");
    let text = String::from_utf8(desk.read("plan/records/1.toml")).unwrap();
    desk.write("plan/records/1.toml", text.replacen("progress = 60", "progress = 61 # 書き間違い", 1));
    let ran = desk.run("check --lang en");
    assert_eq!(ran.code, 1);
    assert!(ran.out().contains("it was edited or deleted after it had been corrected"), "{}", ran.out());
    // Spaces, comments and quotes are no part of what it says.
    desk.write(
        "plan/records/1.toml",
        text.replacen("progress = 60", "progress=60 # 再確認", 1).replacen("\"人事課\"", "'人事課'", 1),
    );
    assert_eq!(desk.run("check --strict").code, 0);
}
