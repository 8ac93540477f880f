//! A person's own defaults, and the words that people try.

use crate::support::Desk;

const FILE: &str = "own/settings.toml";

/// The command did what it was to do.
fn well(ran: crate::support::Ran) -> crate::support::Ran {
    assert_eq!(ran.code, 0, "{ran:?}");
    ran
}

fn own(desk: &Desk, args: &str) -> crate::support::Ran {
    let file = desk.path(FILE).display().to_string();
    desk.with_env(&[("KAIKAKU_SETTINGS", &file)], &args.split(' ').collect::<Vec<_>>())
}

#[test]
fn they_stand_in_for_what_is_not_typed_and_change_no_figure() {
    let desk = Desk::copied();
    let before = own(&desk, "status --plan example --format json").done().out().to_owned();
    let ran = own(&desk, "settings").done();
    assert!(ran.out().contains("記録者 (by): （なし）") && ran.out().contains(FILE), "{}", ran.out());
    well(own(&desk, "settings --by 行政経営課 --deadline 14 --folder 報告書"));
    let ran = own(&desk, "settings").done();
    assert!(ran.out().contains("記録者 (by): 行政経営課\n"), "{}", ran.out());
    assert!(ran.out().contains("期限 (deadline): 送る日から14日後\n"), "{}", ran.out());
    assert_eq!(own(&desk, "status --plan example --format json").done().out(), before);
    well(own(&desk, "update 1-1-1 --plan example --period R8Q3 --done 説明会"));
    let records = String::from_utf8(desk.read("plan/example/records/1-1-1.toml")).unwrap();
    assert!(records.ends_with("done     = \"説明会\"\nby       = \"行政経営課\"\n"), "{records}");
    well(own(&desk, "update 1-1-2 --plan example --period R8Q3 --done 説明会 --by 人事課"));
    let records = String::from_utf8(desk.read("plan/example/records/1-1-2.toml")).unwrap();
    assert!(records.ends_with("by       = \"人事課\"\n"), "{records}");
    // Today is 2026-11-21, and 14 days later it is 2026-12-05.
    let ran = well(own(&desk, "inquiry send --plan example --period R8Q2 --out forms"));
    assert!(ran.out().contains("R8.12.5"), "{}", ran.out());
    well(own(&desk, "settings --forget deadline"));
    let text = String::from_utf8(desk.read(FILE)).unwrap();
    assert!(text.contains("by = ") && !text.contains("deadline"), "{text}");
}

#[test]
fn a_file_that_is_not_understood_is_told_and_not_used() {
    let desk = Desk::copied();
    desk.write(FILE, "by = 3\n");
    let ran = own(&desk, "update 1-1-1 --plan example --period R8Q3 --done 説明会");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("注意: 自分の設定を使いません"), "{ran:?}");
    assert_eq!(own(&desk, "status --plan example").code, 0);
    own(&desk, "settings --by 人事課").failed();
    assert_eq!(desk.read(FILE), b"by = 3\n");
}

#[test]
fn words_that_people_try_are_understood() {
    let desk = Desk::shipped();
    let out = |args: &str| desk.run(args).done().out().to_owned();
    assert_eq!(out("version"), out("--version"));
    assert_eq!(out("help"), out("--help"));
    assert_eq!(out("help inquiry send"), out("inquiry send --help"));
    assert_eq!(out("list --plan example"), out("status --all --plan example"));
    let help = out("help");
    let at = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text}: {help}"));
    assert!(at("見る:") < at("status ") && at("status ") < at("記録する:") && at("記録する:") < at("update "));
    assert!(out("help update").contains("例:\n  kaikaku update "), "{}", out("help update"));
    let err = desk.run("help nothing").failed();
    assert!(err.contains("「nothing」というコマンドはありません"), "{err}");
}

#[test]
fn labels_and_parts_of_names_are_understood_and_suggested() {
    let desk = Desk::copied();
    // 架空市 has やや遅れ (1-3-1) and 大幅な遅れ (3-1-1): both are late.
    let ran = desk.run("status --plan example --as-of R8Q2 --rating 遅れ").done();
    assert!(
        ran.out().contains("1-3-1") && ran.out().contains("3-1-1") && !ran.out().contains("1-1-1"),
        "{}",
        ran.out()
    );
    // A record takes one: of the two none is guessed, and both are shown.
    let err = desk.run("update 1-1-1 --plan example --period R8Q3 --rating 遅れ").failed();
    assert!(err.contains("やや遅れ") && err.contains("大幅な遅れ"), "{err}");
    // Of 一部変更・遅れ one word will do.
    assert_eq!(desk.run("update 1-1-1 --plan 2027 --period R8Q2 --rating 遅れ").code, 0);
    let paper = |register: &str| {
        let args = format!("report council --plan example --period R8Q2 --for {register} --format md");
        desk.run(&args).done().out().to_owned()
    };
    assert_eq!(paper("議会"), paper("assembly"));
    let err = desk.run("show 採用選考 --plan 2027").failed();
    assert!(err.contains("1-1-2 採用選考試験の見直し"), "{err}");
    let err = desk.run("show 1-1-l --plan 2027").failed();
    assert!(err.contains("「1-1-1 戦略的リクルート」ではありませんか"), "{err}");
    let err = desk.run("edit 採用選考 owner 人事課 --plan 2027").failed();
    assert!(err.contains("1-1-2 採用選考試験の見直し"), "{err}");
}

#[test]
fn an_owner_is_added_with_the_entries_in_its_charge() {
    let desk = Desk::copied();
    let args = "add owner 人事課 --plan 2027 --bureau 総務局 --entry 1-1-1 --entry 採用選考試験の見直し --entry 3-3-1";
    let ran = well(desk.run(args));
    assert!(ran.out().contains("+name   = \"人事課\""), "{}", ran.out());
    let status = desk.json("status --plan 2027");
    let owned =
        status["nodes"].as_array().unwrap().iter().filter(|node| !node["owners"].as_array().unwrap().is_empty());
    assert_eq!(owned.map(|node| node["id"].clone()).collect::<Vec<_>>(), ["1-1-1", "1-1-2", "3-3-1"]);
    assert_eq!(desk.run("check --plan 2027").code, 0);
}
