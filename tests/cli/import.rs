//! `kaikaku import`: a list that exists already, as a plan and as history.

use serde_json::Value as Json;

use crate::support::{Desk, by_id};

const MAP: &str = "schema = 1\n\n[import]\nid     = \"番号\"\nname   = \"名称\"\nowner  = \"担当\"\nperiod = \"時期\"\n\n[import.answers]\n\
                   rating.progress = \"進捗\"\nprogress = \"率\"\ndone     = \"実績\"\n";

const LIST: &str = "みどり町改革プラン 進捗一覧,,,,,,\n番号,名称,担当,時期,進捗,率,実績\n1,暮らし,,,,,\n\
                    1-1,窓口を一つにする,住民課,令和8年度第1四半期,順調,４０％,職員の研修を終えた。\n\
                    1-1,窓口を一つにする,住民課,R8Q2,順調,60,窓口を開いた。\n1-2,手続を減らす,総務課,R8Q2,遅れ,20,押印を見直した。\n";

/// A new plan with its grades and no entries, and a list of what the office has kept so far.
fn desk(list: &str) -> Desk {
    let desk = Desk::empty();
    let args = [
        "init",
        "town",
        "--name",
        "みどり町改革プラン",
        "--from",
        "R8",
        "--to",
        "R11",
        "--levels",
        "柱、取組",
        "--grades",
        "順調、遅れ!",
    ];
    assert_eq!(desk.call(&args).code, 0);
    std::fs::remove_dir_all(desk.path("plan/town/outline")).unwrap();
    desk.write("plan/town/inquiry.toml", MAP);
    desk.write("list.csv", list);
    desk
}

#[test]
fn a_list_becomes_a_plan_with_its_history() {
    let desk = desk(LIST);
    let before = desk.files();
    let ran = desk.run("import list.csv --plan town");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out().contains("加える項目（3）") && ran.err.contains("項目 3 件と記録 3 件"),
        "{} {}",
        ran.out(),
        ran.err
    );
    assert_eq!(desk.files(), before, "without --apply nothing is written");

    assert_eq!(desk.run("import list.csv --plan town --apply").code, 0);
    let outline = String::from_utf8(desk.read("plan/town/outline/1.toml")).unwrap();
    assert!(outline.ends_with("[1-2]\nname  = \"手続を減らす\"\nowner = \"総務課\"\n"), "{outline}");
    assert_eq!(desk.run("check --plan town --strict").code, 0);
    let status = desk.json("status --plan town --as-of R8Q2");
    assert_eq!(by_id(&status["nodes"], "1-1")["progress"], 60);
    assert_eq!(by_id(&status["nodes"], "1-2")["progress"], 20);

    // The second time everything is there already.
    let after = desk.files();
    let ran = desk.run("import list.csv --plan town --apply --format json");
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    assert!(
        ran.code == 0 && review["rows"].as_array().unwrap().iter().all(|row| row["class"] == "unchanged"),
        "{review:#}"
    );
    assert_eq!(desk.files(), after);
}

#[test]
fn what_cannot_be_read_or_contradicts_is_left_out_and_reported() {
    let desk = desk(&format!(
        "{LIST}1-1,窓口を一つにする,住民課,令和8年,順調,70,\n1-1,窓口を一つにする,住民課,R8Q2,順調,61,同上\n"
    ));
    let ran = desk.run("import list.csv --plan town --apply --format json");
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    let of = |class: &str| {
        review["rows"].as_array().unwrap().iter().filter(|row| row["class"] == class).cloned().collect::<Vec<Json>>()
    };
    assert_eq!((ran.code, of("changed").len(), of("invalid").len(), of("conflict").len()), (1, 9, 2, 1), "{review:#}");
    assert_eq!(of("conflict")[0]["at"], "list.csv CSV!F8");
    assert!(of("invalid").iter().any(|row| row["at"] == "list.csv CSV!D7"));
}

#[test]
fn columns_must_be_named_and_be_there() {
    let desk = desk("番号,名前\n1,暮らし\n");
    assert!(desk.run("import list.csv --plan town").failed().contains("一覧に「名称」がありません"));
    desk.write("plan/town/inquiry.toml", "schema = 1\n");
    let ran = desk.run("import list.csv --plan town");
    assert!(ran.code == 2 && ran.out().contains("B 列「名前」：名前の名称"), "{ran:?}");
}

#[test]
fn what_is_unlikely_in_a_list_has_to_be_confirmed() {
    let desk = desk(LIST);
    assert_eq!(desk.run("import list.csv --plan town --apply").code, 0);
    desk.write(
        "list.csv",
        "番号,名称,担当,時期,進捗,率,実績\n1-1,窓口を一つにする,住民課,R8Q3,順調,6,窓口を広げた。\n",
    );
    let class = |more: &str, key: &str| {
        let ran = desk.run(&format!("import list.csv --plan town --format json {more}"));
        let list: Json = serde_json::from_str(ran.out()).unwrap();
        let rows = list["rows"].as_array().unwrap().clone();
        let row = rows.into_iter().find(|row| row["question"] == key).unwrap();
        (ran.code, row["class"].as_str().unwrap().to_owned(), row["readings"].to_string())
    };
    let (code, found, why) = class("", "progress");
    assert_eq!((code, found.as_str()), (1, "unlikely"));
    let list: Json = serde_json::from_str(desk.run("import list.csv --plan town --format json").out()).unwrap();
    assert_eq!(
        (&list["counts"]["unlikely"], &list["counts"]["changed"]),
        (&1.into(), &0.into()),
        "the row counts once"
    );
    assert!(why.contains("60％から 6％に下がっています"), "{why}");
    assert_eq!(class("", "done").1, "changed");
    assert_eq!(class("--apply --confirmed 集計をやり直した", "progress").0, 0);
    let file = String::from_utf8(desk.read("plan/town/records/1-1.toml")).unwrap();
    assert!(file.contains("progress = 6\n") && file.contains("note     = \"集計をやり直した\"\n"), "{file}");
    assert_eq!(desk.run("check --plan town --strict").code, 0);

    // No consent makes a period begin.
    desk.write("list.csv", "番号,名称,担当,時期,進捗,率,実績\n1-2,手続を減らす,総務課,R9Q4,順調,70,広げた。\n");
    let before = desk.files();
    for key in ["rating.progress", "progress", "done"] {
        let (code, found, why) = class("--apply --confirmed 本当", key);
        assert_eq!((code, found.as_str()), (1, "invalid"), "{why}");
        assert!(why.contains("2028-01-01"), "{why}");
    }
    assert_eq!(desk.files(), before);
}
