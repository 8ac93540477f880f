//! `kaikaku measure`: one value more, as the indicator allows it.

use crate::support::{Desk, by_id, exact};

fn measured(desk: &Desk, id: &str) -> toml::Table {
    let text = String::from_utf8(desk.read(&format!("plan/example/records/{id}.toml"))).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    table["measure"].as_array().unwrap().last().unwrap().as_table().unwrap().clone()
}

#[test]
fn a_value_with_everything_about_it() {
    let desk = Desk::copied();
    let file = "plan/example/records/counter-satisfaction.toml";
    let old = desk.read(file);
    let ran = desk.run(
        "measure counter-satisfaction ８３．１ --plan example --period 令和8年度 --provisional --sample 801 --margin 2.7 \
         --by 窓口サービス課 --source K06 --note 速報",
    );
    let block = "[[measure]]\nperiod   = \"R8\"\nrecorded = 2026-11-21\nvalue    = 83.1\nprovisional = true\n\
                 sample   = 801\nmargin   = 2.7\nsource   = \"K06\"\nnote     = \"速報\"\nby       = \"窓口サービス課\"\n";
    assert_eq!((ran.code, ran.out()), (0, block), "{}", ran.err);
    assert_eq!(ran.err, format!("{file} に記録しました。\n"));
    assert_eq!(desk.read(file), [&old[..], b"\n", block.as_bytes()].concat());
    let kpi = desk.json("kpi --plan example");
    let actual = &by_id(&kpi["indicators"], "counter-satisfaction")["actual"];
    assert_eq!((exact(&actual["value"]).as_str(), actual["provisional"].as_bool()), ("83.1", Some(true)));
    assert_eq!(desk.run("check --plan example --strict").code, 0);
}

#[test]
fn values_as_people_type_them() {
    for (id, typed, value) in [
        ("convenience-certificates", "６２，３００", "62300"),
        ("convenience-certificates", "62,300件", "62300"),
        ("counter-satisfaction", "83.10", "83.10"),
        ("counter-satisfaction", "８３％", "83"),
        ("adjustment-fund", "▲1.5", "-1.5"),
        ("adjustment-fund", "-1.5", "-1.5"),
        ("adjustment-fund", "12345678901234567890.12345678", "12345678901234567890.12345678"),
    ] {
        let desk = Desk::copied();
        // So many digits are unlikely, and recorded once they are confirmed.
        let ran = desk.run(&format!("measure --plan example {id} {typed} --period R8 --confirmed 桁の試験"));
        assert_eq!(ran.code, 0, "{typed}: {}", ran.err);
        let kpi = desk.json("kpi --plan example");
        assert_eq!(exact(&by_id(&kpi["indicators"], id)["actual"]["value"]), value, "{typed}");
    }
}

#[test]
fn steps_and_reasons_why_there_is_none() {
    let desk = Desk::copied();
    assert_eq!(desk.run("measure managed-outsourcing 運用開始 --plan example --period R8").code, 0);
    assert_eq!(measured(&desk, "managed-outsourcing")["value"].as_str(), Some("運用開始"));
    for absence in ["未調査", "未公表", "対象外"] {
        let ran = desk.run(&format!("measure 経常収支比率 {absence} --plan example --period R8"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(measured(&desk, "current-balance-ratio")["absent"].as_str(), Some(absence));
    }
    let kpi = desk.json("kpi --plan example");
    let gap = by_id(&kpi["indicators"], "current-balance-ratio");
    assert_eq!(
        (exact(&gap["actual"]["value"]).as_str(), gap["missing"]["absent"].as_str()),
        ("94.2", Some("not-applicable"))
    );
}

#[test]
fn what_check_refuses_is_not_written() {
    let desk = Desk::copied();
    let before = desk.files();
    for (args, word) in [
        ("counter-satisfaction 12人 --period R8", "％"),
        ("counter-satisfaction 増加 --period R8", "増加"),
        ("counter-satisfaction 1,2 --period R8", "1,2"),
        ("counter-satisfaction NaN --period R8", "NaN"),
        ("counter-satisfaction 1e400 --period R8", "1e400"),
        ("managed-outsourcing 3 --period R8", "運用開始"),
        ("managed-outsourcing 運用 --period R8", "運用開始"),
        ("counter-satisfaction 83 --period R8Q9", "四半期"),
        ("counter-satisfaction 83 --period R8 --margin 約3", "約3"),
        ("counter-satisfaction 83 --period R8 --margin=-3", "-3"),
        ("counter-satisfaction 83 --period R8 --sample 0", "0"),
        ("counter-satisfaction 83 --period R8 --sample 多数", "多数"),
        ("counter-satisfaction 83 --period R8 --source K99", "K0"),
        ("fiscal-health 83 --period R8", ""),
        ("counter-satisfactoin 83 --period R8", "counter-satisfaction"),
        ("1-1-1 83 --period R8", "kaikaku update"),
    ] {
        let err = desk.run(&format!("measure --plan example {args}")).failed();
        assert!(err.contains("エラー") && err.contains("対処") && err.contains(word), "{args}: {err}");
        assert_eq!(desk.files(), before, "{args}");
    }
}

#[test]
fn a_dry_run_and_missing_arguments_write_nothing() {
    let desk = Desk::copied();
    let before = desk.files();
    let ran = desk.run("measure counter-satisfaction 83 --period R8 --plan example --dry-run");
    assert!(ran.code == 0 && ran.out().contains("value    = 83\n") && ran.err.contains("書き込んでいません"));
    for args in ["measure", "measure counter-satisfaction", "measure counter-satisfaction 83", "measure --period R8"] {
        let err = desk.run(&format!("{args} --plan example")).failed();
        assert!(err.contains("kaikaku measure 指標 値 --period R6"), "{args}: {err}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_confirmed_value_replaces_the_provisional_one() {
    let desk = Desk::copied();
    assert_eq!(desk.run("measure current-balance-ratio 94.4 --period R7 --plan example").code, 0);
    let kpi = desk.json("kpi --plan example");
    let gap = by_id(&kpi["indicators"], "current-balance-ratio");
    assert_eq!(
        (exact(&gap["actual"]["value"]).as_str(), gap["actual"]["provisional"].as_bool()),
        ("94.4", Some(false))
    );
    assert_eq!(desk.json("log current-balance-ratio --plan example")["records"].as_array().unwrap().len(), 4);
}

#[test]
fn two_writers_at_once_both_are_kept() {
    let desk = Desk::copied();
    let start = |progress: &str| {
        let args = ["update", "1-1-1", "--plan", "example", "--period", "R8Q3", "--progress", progress];
        desk.command(&[], &args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    let children: Vec<_> = ["71", "72", "73", "74", "75", "76"].map(start).into_iter().collect();
    let written =
        children.into_iter().filter_map(|mut child| child.wait().unwrap().code()).filter(|code| *code == 0).count();
    let records = desk.json("log 1-1-1 --plan example")["records"].as_array().unwrap().len();
    assert_eq!(records, 10 + written, "whoever was shown that it was written finds it there");
    assert!(written > 0);
}

#[test]
fn a_word_of_the_papers_for_no_value_is_kept_as_it_is_written() {
    let plan = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R8\" }\ncycle = \"year\"\nlevels = [\"柱\"]\n";
    let indicators = "[x]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\ntarget = { R8 = 60 }\n";
    for (word, key) in [("集計中", "not-published"), ("該当なし", "not-applicable"), ("未実施", "not-surveyed")]
    {
        let desk = Desk::plan(&[("plan.toml", plan), ("indicators.toml", indicators)]);
        assert_eq!(desk.call(&["measure", "x", word, "--period", "R6"]).code, 0, "{word}");
        assert!(desk.text("plan/records/x.toml").contains(&format!("absent   = \"{word}\"")));
        let kpi = desk.json("kpi --as-of R6");
        assert_eq!(by_id(&kpi["indicators"], "x")["missing"]["absent"], key, "{word}");
        assert!(desk.run("kpi --as-of R6 --wide").done().out().contains(word), "{word}");
        let english = desk.run("kpi --as-of R6 --wide --lang en").done();
        assert!(!english.out().contains(word) && english.out().contains(&key.replace('-', " ")), "{}", english.out());
    }
}

/// What stood there is said, and where a value goes that was recorded, somebody says why.
#[test]
fn a_value_is_not_replaced_without_a_word() {
    const EXAM: &str = "plan/example/records/exam-competition.toml";
    let desk = Desk::copied();
    let before = desk.files();
    // 4.9倍 of R7 was recorded on 2026-06-09.
    for typed in ["未公表", "5.0", "not-published"] {
        let err = desk.run(&format!("measure exam-competition {typed} --period R7 --plan example")).failed();
        let words = ["記録済みの「4.9倍（R7）」が", "に置き換わります", "--corrects R7/2026-06-09", "--confirmed"];
        assert!(words.iter().all(|word| err.contains(word)), "{typed}: {err}");
    }
    assert_eq!(desk.files(), before);
    let ran = desk.run("measure exam-competition 未公表 --period R7 --plan example --confirmed 精査中");
    assert!(ran.code == 0 && ran.err.contains("値：4.9倍（R7） → 未公表（R7）"), "{}", ran.err);
    assert!(desk.text(EXAM).ends_with("absent   = \"未公表\"\nnote     = \"精査中\"\n"), "{}", desk.text(EXAM));
    // A value that comes, one that confirms what was provisional, and a correction need no reason.
    for (args, said) in [
        ("exam-competition 5.0 --period R7", "値：未公表（R7） → 5.0倍（R7）"),
        ("current-balance-ratio 94.4 --period R7", "値：94.2％（R7）速報 → 94.4％（R7）"),
        ("training-hours 21 --corrects R7/2026-06-09", "値：20.5時間（R7） → 21"),
    ] {
        let ran = desk.run(&format!("measure {args} --plan example"));
        assert!(ran.code == 0 && ran.err.contains(said), "{args}: {}", ran.err);
    }
    let ran = desk.run("measure training-hours --corrects R7/2026-11-21 --withdraw --plan example");
    assert!(ran.code == 0 && ran.err.contains("→ （取下げ）"), "{}", ran.err);
    // What is provisional takes no place of what is confirmed, and nothing is replaced by itself.
    for args in [
        "women-managers 13.5 --period R7 --provisional",
        "women-managers 13.4 --period R7",
        "women-managers 14 --period R8",
    ] {
        let ran = desk.run(&format!("measure {args} --plan example"));
        assert!(ran.code == 0 && !ran.err.contains('→'), "{args}: {}", ran.err);
    }
}
