//! What holds for every command: where the plan is, which, as of when, in which language, how it is printed.

use std::process::Stdio;

use serde_json::{Value as Json, json};

use crate::support::{Desk, japanese};

const READING: [&str; 8] = ["status", "kpi", "show", "show 1-1-1", "log", "roadmap", "plans", "check"];

#[test]
fn the_nearest_plan_upward_is_meant() {
    let here = Desk::copied().run("status").done();
    for folder in ["plan", "plan/2027", "plan/2027/outline", "plan/example/records"] {
        let there = Desk::copied().at(folder).run("status").done();
        assert_eq!(there.out(), here.out(), "{folder}");
    }
    let err = Desk::empty().run("status").failed();
    assert!(err.contains("plan/ が見つかりません") && err.contains("kaikaku init"), "{err}");
}

#[test]
fn dir_in_all_forms() {
    let desk = Desk::copied();
    desk.write("elsewhere/deep/note.txt", "");
    let expected = desk.run("status").done();
    let root = desk.path("").display().to_string();
    let desk = desk.at("elsewhere");
    for dir in ["..", "../plan", "../plan/2027/outline", "deep", root.as_str()] {
        for args in [vec!["-C", dir, "status"], vec!["status", "-C", dir], vec!["status", "--dir", dir]] {
            assert_eq!(desk.call(&args).done().out(), expected.out(), "{args:?}");
        }
        for glued in [format!("-C{dir}"), format!("-C={dir}"), format!("--dir={dir}")] {
            assert_eq!(desk.call(&["status", &glued]).done().out(), expected.out(), "{glued}");
        }
        assert_eq!(desk.with_env(&[("KAIKAKU_DIR", dir)], &["status"]).done().out(), expected.out(), "{dir}");
    }
    let one = desk.run("-C ../plan/example status");
    assert_eq!(one.done().out().lines().next(), Some("架空市行政改革プラン2028　進捗状況"), "the folder of one plan");
    let err = desk.run("-C nowhere status").failed();
    assert!(err.contains("nowhere"), "{err}");
}

#[test]
fn which_plan() {
    let desk = Desk::shipped();
    let id = |args: &[&str], env: &[(&str, &str)]| -> Json {
        let ran = desk.with_env(env, &[args, &["--format", "json"]].concat()).done();
        serde_json::from_str::<Json>(ran.out()).unwrap()["plan"]["id"].take()
    };
    assert_eq!(id(&["status"], &[]), "kumamoto-reform-2027");
    assert_eq!(id(&["status", "--plan", "stage3"], &[]), "kumamoto-reform-stage3");
    assert_eq!(id(&["status"], &[("KAIKAKU_PLAN", "stage3")]), "kumamoto-reform-stage3");
    assert_eq!(id(&["status", "--plan=2027"], &[("KAIKAKU_PLAN", "stage3")]), "kumamoto-reform-2027");
    let err = desk.run("status --plan exmaple").failed();
    assert_eq!(err, "エラー: 「exmaple」という計画はありません\n対処: 「example」ではありませんか\n");
    let err = desk.run("status --plan 2028x --lang en").failed();
    assert!(err.starts_with("error: there is no plan `2028x`\nhelp: "), "{err}");
}

#[test]
fn several_plans_without_a_default_are_not_guessed() {
    let desk = Desk::copied();
    std::fs::remove_file(desk.path("plan/kaikaku.toml")).unwrap();
    let err = desk.run("status").failed();
    assert!(err.contains("2027、example、growth-policy、stage3") && err.contains("--plan"), "{err}");
    let err = desk.run("status --lang en").failed();
    assert!(err.contains("2027, example, growth-policy, stage3") && japanese(&err).is_empty(), "{err}");
}

#[test]
fn as_of_in_every_form() {
    let desk = Desk::shipped();
    let quarter = json!({ "date": "2025-09-30", "period": "R7Q2" });
    for text in [
        "R7Q2",
        "r7q2",
        "Ｒ７Ｑ２",
        "令和7年度第2四半期",
        "令和７年度第２四半期",
        "2025Q2",
        "FY2025Q2",
        "R7.9.30",
        "R7.09.30",
        "令和7年9月30日",
        "2025-09-30",
        "2025/9/30",
    ] {
        assert_eq!(desk.json(&format!("status --as-of {text}"))["as_of"], quarter, "{text}");
        let ran = desk.with_env(&[("KAIKAKU_AS_OF", text)], &["status", "--format", "json"]).done();
        assert_eq!(serde_json::from_str::<Json>(ran.out()).unwrap()["as_of"], quarter, "{text}");
    }
    for (text, date, period) in [
        ("R7", "2026-03-31", "R7"),
        ("令和7年度", "2026-03-31", "R7"),
        ("FY2025", "2026-03-31", "R7"),
        ("R7H1", "2025-09-30", "R7H1"),
        ("令和7年度上半期", "2025-09-30", "R7H1"),
        ("R7.9", "2025-09-30", "R7.9"),
        ("2025-08-01", "2025-08-01", "R7Q2"),
        ("R8.1.12", "2026-01-12", "R7Q4"),
        ("令和元年度", "2020-03-31", "R1"),
    ] {
        assert_eq!(
            desk.json(&format!("status --as-of {text}"))["as_of"],
            json!({ "date": date, "period": period }),
            "{text}"
        );
    }
    for text in ["いつか", "R7Q5", "2025-02-30", "R0", ""] {
        let err = desk.call(&["status", "--as-of", text]).failed();
        assert!(err.starts_with("エラー: ") && err.contains("\n対処: "), "{text}: {err}");
    }
    assert_eq!(desk.json("status")["as_of"], json!({ "date": "2026-11-21", "period": "R8Q3" }), "today");
    let err = desk.with_env(&[("KAIKAKU_TODAY", "today")], &["status"]).failed();
    assert!(err.contains("KAIKAKU_TODAY"), "{err}");
}

#[test]
fn the_language_is_asked_for_or_the_locale_s_or_the_plan_s() {
    let desk = Desk::shipped();
    let is_japanese = |env: &[(&str, &str)], args: &[&str]| desk.with_env(env, args).out().contains("集計");
    assert!(is_japanese(&[], &["status"]), "ja_JP.UTF-8");
    assert!(is_japanese(&[("LANG", "C")], &["status"]), "the plan is Japanese");
    assert!(is_japanese(&[("LANG", "en_US.UTF-8")], &["status"]), "the plan is Japanese");
    assert!(!is_japanese(&[], &["status", "--lang", "en"]));
    assert!(!is_japanese(&[], &["status", "--lang=en"]));
    assert!(!is_japanese(&[("KAIKAKU_LANG", "en")], &["status"]));
    assert!(is_japanese(&[("KAIKAKU_LANG", "en")], &["--lang", "ja", "status"]));
    let nowhere = Desk::empty();
    let err = |env: &[(&str, &str)]| nowhere.with_env(env, &["status"]).failed();
    assert!(err(&[]).starts_with("エラー: "));
    assert!(err(&[("LANG", "C")]).starts_with("error: "), "no plan and no Japanese locale");
    let springfield = Desk::city("springfield");
    assert!(springfield.with_env(&[("LANG", "C")], &["status"]).done().out().contains("Counts"));
}

#[test]
fn no_japanese_leaks_into_english() {
    let desk = Desk::city("springfield");
    for format in ["text", "md", "csv", "json"] {
        for args in READING.iter().chain(&["status --tree", "status --attention", "kpi --under fiscal", "show fiscal"])
        {
            let ran = desk.run(&format!("{args} --lang en --format {format} --encoding utf-8"));
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args}");
            // Text as it was written, and what JSON has in both languages.
            let kept = |line: &&str| !["\"written\": ", "\"ja\": "].iter().any(|key| line.contains(key));
            let shown: Vec<&str> = japanese(ran.out()).into_iter().filter(kept).collect();
            assert_eq!(shown, [""; 0], "{args} --format {format}");
        }
    }
    for command in ["", "status", "kpi", "show", "log", "due", "roadmap", "update", "measure", "check", "plans", "init"]
    {
        let help = desk.run(&format!("{command} --help --lang en")).done();
        // What may be typed, and the signs that are spoken of, are reported as they are.
        let typed = ["未調査", "①", "or 、"];
        let words: Vec<&str> =
            japanese(help.out()).into_iter().filter(|line| !typed.iter().any(|word| line.contains(word))).collect();
        assert_eq!(words, [""; 0], "{command}");
    }
    for args in
        ["stauts", "status --levl 1", "status --level 9", "update", "measure", "init", "status --format xml", ""]
    {
        let err = desk.run(&format!("--lang en {args}")).failed();
        assert_eq!(japanese(&err), [""; 0], "{args}: {err}");
    }
}

#[test]
fn no_english_in_the_japanese_output() {
    let desk = Desk::shipped();
    let words = ["Rated", "Unreported", "Whole", "Target", "Actual", "Notes", "behind", "Usage", "Options", "error"];
    for args in
        ["status", "kpi", "show", "show 1-1-1", "log", "plans", "check", "kpi --plan stage3", "--help", "status --help"]
    {
        let ran = desk.run(args).done();
        assert!(words.iter().all(|word| !ran.out().contains(word)), "{args}: {}", ran.out());
    }
    for args in ["stauts", "status --levl 1", "status --format xml", "", "status status status"] {
        let err = desk.run(args).failed();
        assert!(err.starts_with("エラー: ") && !err.contains("Usage") && !err.contains("tip:"), "{args}: {err}");
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let desk = Desk::shipped();
    let coloured = |env: &[(&str, &str)], args: &[&str]| desk.with_env(env, args).done().out().contains('\u{1b}');
    let status = ["status", "--plan", "example", "--attention", "--as-of", "R8Q2"];
    assert!(!coloured(&[], &status), "a pipe has none");
    assert!(coloured(&[], &[&status[..], &["--color", "always"]].concat()));
    assert!(coloured(&[("KAIKAKU_COLOR", "always")], &status));
    assert!(
        coloured(&[("NO_COLOR", "1")], &[&status[..], &["--color", "always"]].concat()),
        "asked for beats NO_COLOR"
    );
    assert!(!coloured(&[("KAIKAKU_COLOR", "always")], &[&status[..], &["--color", "never"]].concat()));
    assert!(!coloured(&[("NO_COLOR", "1")], &status));
    let plain = desk.call(&status).done();
    let with = desk.call(&[&status[..], &["--color", "always"]].concat()).done();
    let mut stripped = String::new();
    let mut rest = with.out();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(stripped + rest, plain.out(), "colour changes nothing else");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::shipped();
    for args in [["log", "--plan", "example"], ["status", "--plan", "example"], ["kpi", "--plan", "example"]] {
        let mut child = desk.command(&[], &args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
}

#[test]
fn help_and_version() {
    let desk = Desk::shipped();
    assert_eq!(desk.run("--version").done().out(), format!("kaikaku {}\n", env!("CARGO_PKG_VERSION")));
    insta::assert_snapshot!("help", desk.run("--help").done().out());
    insta::assert_snapshot!("help_en", desk.run("--help --lang en").done().out());
    for command in [
        "status", "kpi", "show", "log", "due", "roadmap", "update", "measure", "check", "plans", "init", "diff",
        "history", "blame",
    ] {
        insta::assert_snapshot!(format!("help_{command}"), desk.run(&format!("{command} --help")).done().out());
    }
}

#[test]
fn a_made_up_city_is_marked_as_one() {
    let desk = Desk::shipped();
    for args in ["status", "status --tree", "kpi", "show", "show 1-1-1", "show counter-satisfaction", "log"] {
        for format in ["text", "md"] {
            let ran = desk.run(&format!("{args} --plan example --format {format}")).done();
            assert!(ran.out().contains("架空市は架空の市です"), "{args}: {}", ran.out());
        }
        let json = desk.json(&format!("{args} --plan example"));
        assert_eq!(json["plan"]["fictional"], true, "{args}");
    }
}

/// `--period`, `--as-of` and the period alone stand for each other where only one of them can be meant.
#[test]
fn a_period_by_any_name() {
    let desk = Desk::copied();
    let expected = desk.run("status --plan example --as-of R8Q2").done().out().to_owned();
    for args in [
        "status --plan example --period R8Q2",
        "status --plan example --period=R8Q2",
        "status R8Q2 --plan example",
        "--plan example status Ｒ８Ｑ２",
        "status --plan example 第2四半期", // today is 2026-11-21
        "status --plan example --as-of ２Ｑ",
        "status --plan example 令和8年度第2四半期",
    ] {
        assert_eq!(desk.run(args).done().out(), expected, "{args}");
    }
    let expected = desk.run("report council --plan example --period R8Q2").done().out().to_owned();
    for args in ["report council R8Q2 --plan example", "report council --plan example --period 第二四半期"] {
        assert_eq!(desk.run(args).done().out(), expected, "{args}");
    }
    for args in ["--as-of R8Q2", "R8Q2", "--period 前四半期", "--as-of=R8Q2"] {
        let ran = desk.run(&format!("update 3-1-2 --plan example {args} --progress 90 --dry-run"));
        assert!(ran.out().contains("period   = \"R8Q2\""), "{args}: {}", ran.out());
    }
    // Two periods, or none at all, are no riddle to be solved.
    let err = desk.run("status --plan example --as-of R8Q1 R8Q2").failed();
    assert!(err.contains("「R8Q2」という指定はありません"), "{err}");
    let err = desk.run("status --plan example 1-1").failed();
    assert!(err.contains("「1-1」という指定はありません"), "{err}");
    let err = desk.run("status --plan example --period").failed();
    assert!(err.contains("--period"), "{err}");
    let err = desk.run("status --plan example 第5四半期").failed();
    assert!(err.contains("「第5四半期」という指定はありません"), "{err}");
}

/// Each differs from its command by letters that changed places or are missing; of all that are alike one is meant.
#[test]
fn a_mistyped_command_suggests_the_one_that_was_meant() {
    let desk = Desk::shipped();
    for (typed, meant) in [("statsu", "status"), ("verfiy", "verify"), ("lst", "list"), ("repotr", "report")] {
        let said = desk.run(&format!("{typed} --lang en")).failed();
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{typed}: {said}");
    }
}
