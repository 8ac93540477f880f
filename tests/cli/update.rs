//! `kaikaku update`: one block more at the end of one records file, and nothing else.

use proptest::prelude::*;

use crate::support::Desk;

const FILE: &str = "plan/example/records/3-3-2.toml";

fn plan() -> Desk {
    Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n\
             [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }, { id = \"b\", name = \"否\" }]\n",
        ),
        ("outline/1.toml", "[1]\nname = \"一\"\n"),
    ])
}

/// The last block of a records file, as any TOML reader sees it.
fn last(desk: &Desk, file: &str) -> toml::Table {
    let text = String::from_utf8(desk.read(file)).unwrap();
    let table: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    table["update"].as_array().unwrap().last().unwrap().as_table().unwrap().clone()
}

#[test]
fn a_block_is_added_and_the_rest_stays() {
    let desk = Desk::copied();
    let before = desk.files();
    let ran = desk.call(&[
        "update",
        "３－３－２",
        "--plan",
        "example",
        "--period",
        "令和8年度第2四半期",
        "--rating",
        "やや遅れ",
        "--rating",
        "start=running",
        "--progress",
        "５８％",
        "--done",
        "実績",
        "--issue",
        "課題",
        "--next",
        "対応",
        "--by",
        "道路公園課",
        "--note",
        "注",
    ]);
    let block = "[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-11-21\n\
                 rating   = { progress = \"delayed\", start = \"running\" }\nprogress = 58\ndone     = \"実績\"\n\
                 issue    = \"課題\"\nnext     = \"対応\"\nnote     = \"注\"\nby       = \"道路公園課\"\n";
    assert_eq!((ran.code, ran.out()), (0, block), "{}", ran.err);
    assert_eq!(ran.err, format!("{FILE} に記録しました。\n"));
    let expected =
        [before.iter().find(|(path, _)| path.ends_with(FILE)).unwrap().1.as_slice(), b"\n", block.as_bytes()];
    assert_eq!(desk.read(FILE), expected.concat());
    let others = |files: Vec<_>| {
        files.into_iter().filter(|(p, _): &(std::path::PathBuf, _)| !p.ends_with(FILE)).collect::<Vec<_>>()
    };
    assert_eq!(others(desk.files()), others(before));
    let node = desk.json("status --plan example --under 3-3-2 --as-of R8Q2")["nodes"][0].take();
    assert_eq!((&node["rating"], &node["progress"], &node["period"]), (&"delayed".into(), &58.into(), &"R8Q2".into()));
    assert_eq!(desk.run("check --plan example --strict").code, 0);
}

#[test]
fn the_first_record_of_an_entry_makes_its_file() {
    let desk = Desk::copied();
    let ran = desk.run("update 戦略的リクルート --period R8Q2 --rating on-track --lang en");
    assert_eq!((ran.code, ran.err.as_str()), (0, "Recorded in plan/2027/records/1-1-1.toml.\n"));
    let block = "[[update]]\nperiod   = \"R8Q2\"\nrecorded = 2026-11-21\nrating   = { progress = \"on-track\" }\n";
    assert_eq!(desk.read("plan/2027/records/1-1-1.toml"), block.as_bytes());
    let by = desk.run("update 3-1-3 --plan example --period R8Q3 --evaluator 委員会評価 --rating on-track");
    assert_eq!(by.code, 0, "{}", by.err);
    assert_eq!(last(&desk, FILE)["evaluator"].as_str(), Some("committee"), "by the former number 3-1-3");
    assert!(!desk.path("plan/example/records/3-1-3.toml").exists());
}

#[test]
fn what_check_refuses_is_not_written() {
    let desk = Desk::copied();
    let before = desk.files();
    for (args, word) in [
        ("1-1-1 --period R8Q2 --rating aheed", "ahead"),
        ("1-1-1 --period R8Q2 --rating progres=ahead", "progress"),
        ("1-1-1 --period R8Q2 --rating ahead --rating on-track", "progress"),
        ("1-1-1 --period R8Q2 --progress 101", "100"),
        ("1-1-1 --period R8Q2 --progress 半分", "半分"),
        ("1-1-1 --period R8Q2 --progress=-1", "-1"),
        ("1-1-1 --period R3Q2 --rating ahead", "R6"),
        ("1-1-1 --period R10Q1 --rating ahead", "R9"),
        ("1-1-1 --period R7Q5 --rating ahead", "四半期"),
        ("1-1-1 --period いつか --rating ahead", "いつか"),
        ("1-1-1 --period H33Q1 --rating ahead", "R3"),
        ("1-1-1 --period R8Q2 --rating ahead --evaluator comittee", "committee"),
        ("9-9-9 --period R8Q2 --rating ahead", "9-9-9"),
        ("counter-satisfaction --period R8Q2 --rating ahead", "kaikaku measure"),
    ] {
        let err = desk.run(&format!("update --plan example {args}")).failed();
        assert!(err.contains("エラー") && err.contains("対処") && err.contains(word), "{args}: {err}");
        assert_eq!(desk.files(), before, "{args}");
    }
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let desk = Desk::copied();
    let before = desk.files();
    let ran = desk.run("update 3-3-2 --plan example --period R8Q2 --progress 60 --dry-run");
    let file = String::from_utf8(desk.read(FILE)).unwrap();
    let lines = file.lines().count();
    let delta = &format!(
        "--- {FILE}\n+++ {FILE}\n@@ -{lines},0 +{},5 @@\n+\n+[[update]]\n+period   = \"R8Q2\"\n\
         +recorded = 2026-11-21\n+progress = 60\n",
        lines + 1
    );
    assert_eq!((ran.code, ran.out()), (0, delta.as_str()));
    assert!(ran.err.contains("書き込んでいません"), "{}", ran.err);
    assert_eq!(desk.files(), before);
    assert!(!desk.path("plan/example/.kaikaku.lock").exists());
}

#[test]
fn without_a_terminal_what_is_missing_is_a_failure_with_usage() {
    let desk = Desk::copied();
    let before = desk.files();
    for args in [
        "update",
        "update 1-1-1",
        "update 1-1-1 --period R8Q2",
        "update 1-1-1 --done a",
        "update --period R8Q2 --done a",
    ] {
        let err = desk.run(args).failed();
        assert!(err.contains("kaikaku update 番号 --period R7Q2 --rating 区分"), "{args}: {err}");
    }
    let err = desk.call(&["update", "1-1-1", "--period", "R8Q2", "--done", "- 会議"]).failed();
    assert!(err.contains("--done=\"- …\""), "a text that begins with a dash: {err}");
    assert_eq!(desk.call(&["update", "1-1-1", "--period", "R8Q2", "--done=- 会議", "--dry-run"]).code, 0);
    assert_eq!(desk.files(), before);
}

#[test]
fn a_record_after_the_end_of_its_entry_is_reported() {
    let desk = Desk::copied();
    let ran = desk.run("update 2-1-3 --plan example --period R8Q2 --progress 41 --dry-run");
    assert!(ran.code == 0 && ran.err.contains("after-dropped"), "{}", ran.err);
}

/// Contents of a records file that people and editors leave behind.
fn odd_file() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        Just("[[update]]\nperiod = \"R6Q1\"\ndone = \"一\"\n".to_owned()),
        Just("# 注釈 [[update]]\n\n".to_owned()),
        Just("[[ update ]]   # 二\n  period=\"R6Q2\"\nrating = { s = \"a\" }\n\n\n".to_owned()),
        Just("[[update]]\nperiod = \"R6Q3\"\ndone = '''\n三\n[[update]]\n'''\n".to_owned()),
        Just("[[update]]\nperiod = \"R6Q4\"\nnote = [\n  \"四\",\n]\n".to_owned()),
    ];
    let tail = prop::sample::select(vec!["", "# 終わり", "   ", "\t", "\n\n\n", "# 終わり\n  "]);
    let parts = (any::<bool>(), any::<bool>(), prop::collection::vec(block, 0..4), tail, any::<bool>());
    parts.prop_map(|(bom, crlf, blocks, tail, cut)| {
        let mut text = blocks.concat() + tail;
        if cut && text.ends_with('\n') {
            text.pop();
        }
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        if bom { format!("\u{feff}{text}") } else { text }
    })
}

/// Texts that people paste: quotes, line breaks, controls, emoji, very long ones.
fn odd_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "\u{1b}[31m",
        "\u{7f}",
        "\u{202e}",
        "👨\u{200d}👩\u{200d}👧",
        "𠮷",
        "葛\u{e0100}",
        "#",
        "[[update]]",
        " = ",
        "実績",
        "a",
        "=1+1",
        "\u{feff}",
        "{}",
        "%",
        "\u{85}",
    ]);
    let long = (1usize..30).prop_map(|n| "長い".repeat(n * 500));
    prop_oneof![
        9 => prop::collection::vec(pieces, 1..12).prop_map(|parts| parts.concat()),
        1 => long,
        2 => "[^\u{0}]{1,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_other_byte_stays_and_what_was_written_reads_back(old in odd_file(), done in odd_text(), by in odd_text()) {
        let desk = plan();
        let file = "plan/records/1.toml";
        desk.write(file, &old);
        let (done_arg, by_arg) = (format!("--done={done}"), format!("--by={by}"));
        let ran = desk.call(&["update", "1", "--period", "R8Q2", "--rating", "b", &done_arg, &by_arg]);
        prop_assert_eq!(ran.code, if done.trim().is_empty() && by.trim().is_empty() { ran.code } else { 0 }, "{}", ran.err);
        let new = String::from_utf8(desk.read(file)).unwrap();
        prop_assert!(new.starts_with(&old), "{:?} became {:?}", old, new);
        let added = &new[old.len()..];
        prop_assert_eq!(added.matches("[[update]]\n").count() + added.matches("[[update]]\r\n").count() > 0, true);
        let block = last(&desk, file);
        let text = |key: &str| block.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        prop_assert_eq!(text("done"), done.trim());
        prop_assert_eq!(text("by"), by.trim());
        prop_assert_eq!(block["rating"]["s"].as_str(), Some("b"));
        let shown = desk.json("log 1")["records"].as_array().unwrap().last().unwrap().clone();
        prop_assert_eq!(shown["done"].as_str().unwrap_or_default(), done.trim());
        prop_assert_eq!(shown["period"].as_str(), Some("R8Q2"));
    }
}

#[test]
fn what_is_refused_is_what_was_given_and_not_the_plan() {
    let desk = Desk::copied();
    let before = desk.files();
    for (args, code) in [
        ("update 1-1-2 --period R12Q3 --progress 10 --plan example", "outside-plan"),
        ("measure counter-satisfaction abc --period R8 --plan example", "not-a-number"),
        ("init town --name x --from R9 --to R8", "out-of-range"),
    ] {
        let err = desk.run(args).failed();
        assert!(err.contains(code) && err.contains("書き込む内容に 1 件のエラーがあります"), "{args}: {err}");
        assert!(!err.contains("kaikaku check"), "check would find nothing: {err}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn what_was_forgotten_is_named() {
    let desk = Desk::copied();
    for (args, forgotten) in [
        ("update 1-1-1 --progress 60", "期間（--period）が指定されていません"),
        ("update --period R8Q2 --done a", "項目が指定されていません"),
        ("update 1-1-1 --period R8Q2", "内容（--rating、--progress など）が指定されていません"),
        ("measure counter-satisfaction 83", "期間（--period）が指定されていません"),
        ("measure counter-satisfaction", "値、期間（--period）が指定されていません"),
    ] {
        let err = desk.run(&format!("{args} --plan example")).failed();
        assert!(err.contains(&format!(" {forgotten}")), "{args}: {err}");
    }
    let err = desk.run("update 1-1-1 --progress 60 --lang en").failed();
    assert!(err.contains("not given: the period (--period)"), "{err}");
}

#[test]
fn blanks_are_no_report() {
    let desk = Desk::copied();
    let before = desk.text("plan/example/records/1-1-1.toml");
    for blank in ["--done=", "--issue=\u{3000}", "--next= ", "--progress="] {
        let ran = desk.call(&["update", "1-1-1", "--plan", "example", "--period", "R8Q3", blank]);
        assert_eq!(ran.code, 2, "{blank}: {ran:?}");
        assert!(ran.err.contains("内容（--rating、--progress など）が指定されていません"), "{}", ran.err);
    }
    let ran = desk.call(&["opinion", "add", "R8.11.10", "--plan", "example", "--name", "委員会", "--opinion", " "]);
    assert!(ran.code == 2 && ran.err.contains("意見の内容（--opinion）が指定されていません"), "{ran:?}");
    assert_eq!(desk.text("plan/example/records/1-1-1.toml"), before);
}

/// Of what was reported about the period before, what is said otherwise now; what is left out stays.
#[test]
fn a_second_report_says_what_it_replaces() {
    let desk = Desk::copied();
    let first = "update 1-1-2 --plan example --period R8Q3 --rating 計画どおり --progress 60 --done 開始";
    let ran = desk.run(first);
    assert!(ran.code == 0 && !ran.err.contains('→'), "{ran:?}");
    let second = desk.run("update 1-1-2 --plan example --period R8Q3 --rating やや遅れ --progress 70");
    for said in ["進捗状況：計画どおり → やや遅れ", "進捗率：60％ → 70％"] {
        assert!(second.err.contains(said), "{said}: {}", second.err);
    }
    assert!(!second.err.contains("開始"), "{}", second.err);
    let again = desk.run("answer 1-1-2 一つ目 --draft --plan example");
    assert!(!again.err.contains('→'), "{}", again.err);
    let again = desk.run("answer 1-1-2 二つ目 --draft --plan example");
    assert!(again.err.contains("前の答弁：一つ目 → 二つ目"), "{}", again.err);
}
