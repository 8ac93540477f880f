//! `errata`: what differs from what was published, and what is recorded of it.

use serde_json::{Value as Json, json};

use crate::closed::desk;
use crate::support::{Desk, without_marks};

fn closed() -> Desk {
    let desk = desk();
    assert_eq!(desk.run("close R7Q2").code, 0);
    desk
}

/// figure, published, now, recorded.
fn differences(desk: &Desk) -> Vec<(String, Json, Json, bool)> {
    let ran = desk.run("errata R7Q2 --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    let all = json["differences"].as_array().unwrap();
    let differences: Vec<_> = all
        .iter()
        .map(|d| {
            (d["figure"].as_str().unwrap().to_owned(), d["published"].clone(), d["now"].clone(), d["recorded"] == true)
        })
        .collect();
    assert_eq!(ran.code, i32::from(differences.iter().any(|d| !d.3)));
    differences
}

fn findings(desk: &Desk) -> Vec<String> {
    let json = desk.json("check");
    let all = json["findings"].as_array().unwrap();
    all.iter()
        .map(|f| format!("{} {}:{}", f["code"].as_str().unwrap(), f["file"].as_str().unwrap(), f["line"]))
        .collect()
}

#[test]
fn a_late_record_changes_what_was_published_until_it_is_recorded_as_a_correction() {
    let desk = closed();
    let published = String::from_utf8(desk.read("plan/closed/R7Q2.toml")).unwrap();
    desk.call(&["update", "1-3", "--period", "R7Q2", "--rating", "遅れ", "--note", "提出漏れ"]);
    let figures = vec![
        ("total.s.dept.counts.late".to_owned(), json!(["1"]), json!(["2"]), false),
        ("total.s.dept.rated".to_owned(), json!(["2"]), json!(["3"]), false),
        ("total.s.dept.unreported".to_owned(), json!(["1"]), json!(["0"]), false),
        (
            "entry.1.counts.s.dept".to_owned(),
            json!(["good 1", "late 1", "unreported 1"]),
            json!(["good 1", "late 2"]),
            false,
        ),
        ("entry.1-3.rating.s.dept".to_owned(), json!(["unreported"]), json!(["late", "R7Q2"]), false),
    ];
    assert_eq!(differences(&desk), figures);
    assert_eq!(findings(&desk), ["changed-after-close plan/records/1-3.toml:4"]);
    assert_eq!(desk.run("check --strict").code, 1);
    let shown = desk.run("errata R7Q2").out().to_owned();
    for words in [
        "1-3 丙",
        "進捗",
        "未報告",
        "遅れ（R7Q2）",
        "訂正を記録していない",
        "令和7年度第2四半期についてのR8.11.21の記録による：提出漏れ",
        "順調 1件、遅れ 1件、未報告 1件",
        "ほかの数字の変更に伴うもの",
        "plan/records/1-3.toml:4",
        "1件",
        "2件",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }

    let args = ["errata", "R7Q2", "--record", "--reason", "丙の報告の提出漏れ", "--by", "改革推進課"];
    let trial = desk.call(&[&args[..], &["--dry-run"]].concat());
    assert_eq!((trial.code, String::from_utf8(desk.read("plan/closed/R7Q2.toml")).unwrap()), (0, published.clone()));
    let ran = desk.call(&args);
    assert_eq!((ran.code, ran.out()), (0, trial.out()));
    let changes = "changes     = [\n\
                   \u{20} { figure = \"total.s.dept.counts.late\", before = 1, after = 2 },\n\
                   \u{20} { figure = \"total.s.dept.rated\", before = 2, after = 3 },\n\
                   \u{20} { figure = \"total.s.dept.unreported\", before = 1, after = 0 },\n\
                   \u{20} { figure = \"entry.1.counts.s.dept\", before = [\"good 1\", \"late 1\", \"unreported 1\"], after = [\"good 1\", \"late 2\"] },\n\
                   \u{20} { figure = \"entry.1-3.rating.s.dept\", before = \"unreported\", after = [\"late\", \"R7Q2\"] },\n]\n";
    assert!(ran.out().ends_with(changes), "{}", ran.out());
    assert_eq!(String::from_utf8(desk.read("plan/closed/R7Q2.toml")).unwrap(), format!("{published}\n{}", ran.out()));

    assert_eq!(findings(&desk), Vec::<String>::new());
    let recorded = figures.into_iter().map(|(figure, before, now, _)| (figure, before, now, true)).collect::<Vec<_>>();
    assert_eq!(differences(&desk), recorded);
    assert!(desk.run("errata R7Q2").done().out().contains("丙の報告の提出漏れ（R8.11.21 改革推進課）"));
    assert!(desk.call(&args).err.contains("記録していない違いはありません"));
}

#[test]
fn a_correction_that_is_corrected_again_is_reported_again() {
    let desk = closed();
    let record = || desk.call(&["errata", "R7Q2", "--record", "--reason", "再集計"]).code;
    desk.run("measure rate 62 --period R6");
    // 62 of 80; 12 of 30.
    let shown: Vec<(String, Json)> = differences(&desk).into_iter().map(|(figure, _, now, _)| (figure, now)).collect();
    let expected = [
        ("indicator.rate.actual", json!(["62", "R6"])),
        ("indicator.rate.improvement", json!(["12/30"])),
        ("indicator.rate.ratio_to_target", json!(["62/80"])),
    ];
    assert_eq!(shown, expected.map(|(figure, now)| (figure.to_owned(), now)));
    assert_eq!(findings(&desk), ["changed-after-close plan/records/rate.toml:10"]);
    assert!(desk.run("errata R7Q2").out().contains("77.5％"));
    assert_eq!((record(), findings(&desk).len()), (0, 0));

    // Back to what was published: the correction is what no longer holds.
    desk.write(
        "plan/records/rate.toml",
        "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-05-12\nvalue = 59\nprovisional = true\n",
    );
    assert_eq!(findings(&desk), ["changed-after-close plan/records/rate.toml:4"]);
    assert_eq!((record(), findings(&desk).len()), (0, 0));
    assert!(differences(&desk).iter().all(|(_, published, now, recorded)| published == now && *recorded));
    let text = String::from_utf8(desk.read("plan/closed/R7Q2.toml")).unwrap();
    desk.write("plan/closed/R7Q2.toml", text.replacen("after = [\"62\", \"R6\"]", "after = [\"63\", \"R6\"]", 1));
    assert!(findings(&desk)[0].starts_with("manifest-altered plan/closed/R7Q2.toml:"), "{:?}", findings(&desk));
}

#[test]
fn a_changed_definition_is_reported_where_it_stands() {
    let desk = closed();
    let text = String::from_utf8(desk.read("plan/indicators.toml")).unwrap();
    desk.write("plan/indicators.toml", text.replace("R9 = 80", "R9 = 90"));
    assert_eq!(findings(&desk), ["changed-after-close plan/indicators.toml:7"]);
    desk.write("plan/indicators.toml", text);
    let text = String::from_utf8(desk.read("plan/outline/1.toml")).unwrap();
    desk.write("plan/outline/1.toml", text.replace("name = \"丙\"\n", "name = \"丙\"\ndropped = \"R7\"\n"));
    assert_eq!(findings(&desk), ["changed-after-close plan/closed/R7Q2.toml:28"]);
    let gone = differences(&desk).into_iter().find(|d| d.0 == "entry.1-3.rating.s.dept").unwrap();
    assert_eq!((gone.1, gone.2), (json!(["unreported"]), Json::Null));
    desk.write("plan/outline/1.toml", text.replace("name = \"丙\"\n", "name = \"丙\"\ndropped = \"R8\"\n"));
    assert_eq!(findings(&desk), Vec::<String>::new());
}

/// What was tagged is there to the byte whatever comes later: reports of later periods, corrections, new numbers.
#[test]
fn what_was_published_stays_to_the_byte() {
    let desk = closed();
    let published = desk.read("plan/closed/R7Q2.toml");
    let then = desk.run("status --as-of R7Q2").done().bytes;
    desk.run("update 1-1 --period R7Q3 --rating 遅れ --progress 70");
    desk.run("measure rate 66 --period R7");
    assert_eq!(desk.run("status --as-of R7Q2").done().bytes, then);
    assert_eq!(differences(&desk), []);

    // New numbers are no corrections, wherever they lead.
    for (old, new) in [("1-1", "1-4"), ("1-4", "1-5"), ("1-2", "1-6"), ("1-6", "1-2"), ("rate", "share")] {
        assert_eq!(desk.run(&format!("mv {old} {new}")).code, 0, "{old} {new}");
        assert_eq!((differences(&desk), findings(&desk)), (vec![], vec![]), "{old} {new}");
    }
    desk.run("update 1-5 --period R7Q2 --rating 遅れ");
    let figures: Vec<String> = differences(&desk).into_iter().map(|d| d.0).collect();
    assert!(figures.contains(&"entry.1-1.rating.s.dept".to_owned()), "{figures:?}");
    assert!(desk.run("errata R7Q2").out().contains("1-5 甲（公表時 1-1）"));
    desk.call(&["errata", "R7Q2", "--record", "--reason", "評価の誤り"]);
    assert_eq!(findings(&desk), Vec::<String>::new());
    assert!(desk.read("plan/closed/R7Q2.toml").starts_with(&published));
}

/// Why: the record that corrects what was published, and its note, which stays when the correction is recorded.
#[test]
fn the_reason_comes_from_the_record_that_corrects() {
    let desk = closed();
    let because = |figure: &str| {
        let json: Json = serde_json::from_str(&without_marks(desk.run("errata R7Q2 --format json").out())).unwrap();
        json["differences"].as_array().unwrap().iter().find(|d| d["figure"] == figure).unwrap()["because"].clone()
    };
    let done = |args: &[&str]| assert_eq!(desk.call(args).code, 0, "{args:?}");
    done(&["update", "1-1", "--corrects", "R7Q2/2025-10-03", "--rating", "遅れ", "--note", "基準の当てはめの誤り"]);
    done(&["measure", "rate", "60", "--corrects", "R6/2025-05-12", "--note", "重複の除外"]);
    let json = |record: &str, corrects: &str, withdrawn: bool, note: &str| json!({ "record": record, "corrects": corrects, "withdrawn": withdrawn, "notes": [note] });
    let update = json("R7Q2/2026-11-21", "R7Q2/2025-10-03", false, "基準の当てはめの誤り");
    let measure = json("R6/2026-11-21", "R6/2025-05-12", false, "重複の除外");
    assert_eq!(because("entry.1-1.rating.s.dept"), update);
    assert_eq!(because("indicator.rate.actual"), measure);
    assert_eq!(because("indicator.rate.improvement"), Json::Null, "it follows from the actual");
    let shown = |words: &[&str]| {
        let table = desk.with_env(&[], &["errata", "R7Q2", "--format", "csv", "--encoding", "utf-8"]).out().to_owned();
        for words in words {
            assert!(table.contains(words), "{words}: {table}");
        }
    };
    let reasons = [
        "令和7年度第2四半期についてのR7.10.3の記録を訂正（R8.11.21）：基準の当てはめの誤り",
        "令和6年度についてのR7.5.12の記録を訂正（R8.11.21）：重複の除外",
    ];
    shown(&reasons);
    done(&["errata", "R7Q2", "--record", "--reason", "再点検"]);
    shown(&reasons);
    shown(&["再点検（R8.11.21）"]);
    // What is withdrawn leaves the record before it, or nothing; the withdrawal is the reason all the same.
    done(&["measure", "rate", "--corrects", "R6/2026-11-21", "--withdraw", "--note", "別の指標の値だった"]);
    done(&["update", "1-2", "--corrects", "R7Q1/2025-07-03", "--withdraw", "--note", "別の項目の報告だった"]);
    assert_eq!(because("indicator.rate.actual"), json("R6/2026-11-21", "R6/2026-11-21", true, "別の指標の値だった"));
    assert_eq!(
        because("entry.1-2.rating.s.dept"),
        json("R7Q1/2026-11-21", "R7Q1/2025-07-03", true, "別の項目の報告だった")
    );
    shown(&["令和7年度第1四半期についてのR7.7.3の記録を取下げ（R8.11.21）：別の項目の報告だった"]);
}

/// The counts of every entry above others were published too.
#[test]
fn a_move_under_another_entry_changes_published_counts_and_an_entry_merged_is_reported() {
    let desk = closed();
    let outline = String::from_utf8(desk.read("plan/outline/1.toml")).unwrap();
    desk.write("plan/outline/1.toml", format!("{outline}[2]\nname = \"別の柱\"\n"));
    let moved = desk.run("mv 1-3 2-1");
    assert!(moved.code == 0 && moved.err.contains("公表した件数が変わります"), "{moved:?}");
    assert_eq!(
        differences(&desk),
        [
            (
                "entry.1.counts.s.dept".to_owned(),
                json!(["good 1", "late 1", "unreported 1"]),
                json!(["good 1", "late 1"]),
                false
            ),
            ("entry.2.counts.s.dept".to_owned(), Json::Null, json!(["unreported 1"]), false),
        ]
    );
    assert_eq!(findings(&desk).len(), 2, "{:?}", findings(&desk));

    desk.write(
        "plan/outline/1.toml",
        outline.replace("[1-2]\nname = \"乙\"\n", "").replace("\"丙\"\n", "\"丙\"\nformerly = [\"1-2\"]\n"),
    );
    std::fs::remove_file(desk.path("plan/records/1-2.toml")).unwrap();
    let shown = desk.run("errata R7Q2").out().to_owned();
    assert!(shown.contains("1-3 に統合されている"), "{shown}");
    // Told with its year, a merger leaves what was published of the years before it.
    desk.write(
        "plan/outline/1.toml",
        outline.replace("\"乙\"\n", "\"乙\"\ndropped = \"R8\"\n").replace("\"丙\"\n", "\"丙\"\ndropped = \"R8\"\n")
            + "[1-4]\nname = \"乙と丙\"\nadded = \"R8\"\n",
    );
    desk.write(
        "plan/records/1-2.toml",
        "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = { s = \"late\" }\n",
    );
    assert_eq!(differences(&desk), []);
}

#[test]
fn every_format_tells_the_same_rows() {
    let desk = closed();
    desk.run("measure rate 62 --period R6");
    let rows = desk.with_env(&[], &["errata", "R7Q2", "--format", "csv", "--encoding", "utf-8"]);
    assert_eq!(rows.code, 1);
    let lines: Vec<&str> = rows.out().lines().collect();
    assert_eq!(lines[0], "id,名称,箇所,誤（公表）,正（現在）,訂正の記録,理由,ファイル,行");
    assert!(lines[1].starts_with("rate,率,実績値,59％（R6、速報）,62％（R6）,未,"), "{}", lines[1]);
    let md = desk.run("errata R7Q2 --format md");
    assert!(md.out().contains("| rate 率 | 改善率 | 30.0％ | 40.0％ |"), "{}", md.out());
    let english = desk.run("errata R7Q2 --lang en");
    assert!(english.out().contains("To target"), "{}", english.out());
}

/// R7Q2: 甲 順調, 乙 遅れ, 丙 unreported. 乙 becomes 順調, so that of two that are rated both are, in place of one.
#[test]
fn every_printed_figure_that_follows_is_listed_with_its_section_and_no_file() {
    let desk = closed();
    desk.commit("2025-10-10T09:00:00+0900", "closed");
    let late = desk.text("plan/records/1-2.toml").replace("late", "good");
    desk.write("plan/records/1-2.toml", late);
    let texts = desk.text("plan/records/1-1.toml").replace("着手", "着手し、3件を終えた");
    desk.write("plan/records/1-1.toml", texts);
    assert_eq!(desk.run("errata R7Q2 -o e.md").code, 1);
    let paper = desk.text("e.md");
    for row in [
        "| 合計 | 進捗　順調の割合 | 50.0％ | 100.0％ | ほかの数字の変更に伴うもの | 全体の状況 |",
        "| 合計 | 進捗　遅れの割合 | 50.0％ | 0.0％ | ほかの数字の変更に伴うもの | 全体の状況 |",
        "| 1 柱 | 進捗　順調の割合 | 50.0％ | 100.0％ | ほかの数字の変更に伴うもの | 見出しごとの集計 |",
    ] {
        assert!(paper.contains(row), "{row} in\n{paper}");
    }
    assert!(!paper.contains("records/") && !paper.contains(".toml"), "{paper}");
    desk.run("verify e.md").code_is(0);
}
