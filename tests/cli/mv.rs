//! `mv`: an id changes, what names it follows, and nothing else does.

use crate::support::{Desk, by_id};

const HEAD: &str = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"施策\", \"取組\"]\n\
                    [[scale]]\nid = \"s\"\nname = \"進捗\"\ngrades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\" }]\n";

const OUTLINE: &str = "\u{feff}# 1 の柱\r\n[1]\r\nname = \"柱\"\r\nowner = \"人事課\"\r\n\r\n[1-1]  # 施策 1-1\r\nname    = \"施策\" # 1-1 とは\r\n\
                       summary = \"1-1 の次は 1-10\"\r\n\r\n[1-1-1]\r\nname = \"甲\"\r\n[[1-1-1.initiative]]\r\nname = \"い\"\r\nalso = [ '1-10-1', \"1-1-2\" ]\r\n\
                       [[\"1-1-1\".initiative]]\r\nname = \"ろ\"\r\n\r\n[1-1-2]\r\nname = \"乙\"\r\nformerly = [\"1-9-9\"]\r\n\r\n\
                       [1-10]\r\nname = \"別\"\r\n[1-10-1]\r\nname = \"丙\"\r\n[loose]\r\nparent = \"1-1\"\r\nname = \"丁\"\r\n";

const INDICATORS: &str = "[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\nentry = [\"1-1-1\", \"1-10-1\"] # 1-1-1\ntarget = { R9 = 80 }\n\n\
                          [part]\nparent = \"rate\"\nname = \"内\"\nunit = \"％\"\nkind = \"up\"\nentry = \"1-1\"\n";

const RECORDS: &str = "# 1-1-1 の記録\n[[update]]\nperiod = \"R7Q2\"\nrecorded = 2025-10-03\nrating = { s = \"late\" }\ndone = \"1-1-1\"\n";

fn desk() -> Desk {
    Desk::plan(&[
        ("plan.toml", HEAD),
        ("owners.toml", "[hr]\nname = \"人事課\"\n"),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
        ("records/1-1-1.toml", RECORDS),
        ("records/rate.toml", "[[measure]]\nperiod = \"R6\"\nvalue = 70\n"),
    ])
}

#[test]
fn an_entry_goes_with_all_that_is_under_it_and_all_that_names_it() {
    let desk = desk();
    let before = desk.json("status --as-of R7Q2");
    let ran = desk.run("mv 1-1 1-4");
    assert_eq!((ran.code, ran.err.as_str()), (0, "3 件のファイルを変更しました。\n"), "{ran:?}");
    let expected = OUTLINE
        .replace("[1-1]  # 施策 1-1\r\n", "[1-4]  # 施策 1-1\r\n")
        .replace("# 1-1 とは\r\n", "# 1-1 とは\r\nformerly = [\"1-1\"]\r\n")
        .replace("[1-1-1]\r\nname = \"甲\"\r\n", "[1-4-1]\r\nname = \"甲\"\r\nformerly = [\"1-1-1\"]\r\n")
        .replace("[[1-1-1.", "[[1-4-1.")
        .replace("\"1-1-2\" ]", "\"1-4-2\" ]")
        .replace("[[\"1-1-1\".", "[[\"1-4-1\".")
        .replace("[1-1-2]", "[1-4-2]")
        .replace("[\"1-9-9\"]", "[\"1-9-9\", \"1-1-2\"]")
        .replace("parent = \"1-1\"", "parent = \"1-4\"");
    assert_eq!(desk.text("plan/outline/1.toml"), expected);
    let expected = INDICATORS.replace("[\"1-1-1\", ", "[\"1-4-1\", ").replace("entry = \"1-1\"", "entry = \"1-4\"");
    assert_eq!(desk.text("plan/indicators.toml"), expected);
    assert_eq!(desk.text("plan/records/1-4-1.toml"), RECORDS);
    assert!(!desk.path("plan/records/1-1-1.toml").exists());

    let after = desk.json("status --as-of R7Q2");
    assert_eq!(before["total"], after["total"]);
    assert_eq!((after["flows"][0]["id"].as_str(), after["flows"][0]["to"].as_str()), (Some("1-4-1"), Some("late")));
    assert_eq!(by_id(&before["nodes"], "1-1")["counts"], by_id(&after["nodes"], "1-4")["counts"]);
    assert_eq!(desk.json("show 1-1-2")["entry"]["id"], "1-4-2");
    assert_eq!(desk.json("show 1-9-9")["entry"]["id"], "1-4-2");
}

#[test]
fn back_again_only_the_former_ids_tell_of_it() {
    let desk = desk();
    let before = desk.files();
    assert_eq!(desk.run("mv 1-1-1 1-1-7").code, 0);
    assert_eq!(desk.run("mv １－１－７ 1-1-1").code, 0);
    let outline = OUTLINE.replace("name = \"甲\"\r\n", "name = \"甲\"\r\nformerly = [\"1-1-7\"]\r\n");
    for (path, text) in before {
        let text = if path.ends_with("outline/1.toml") { outline.clone().into_bytes() } else { text };
        assert_eq!(std::fs::read(&path).unwrap(), text, "{}", path.display());
    }
}

#[test]
fn an_indicator_goes_with_its_values() {
    let desk = desk();
    assert_eq!(desk.run("mv rate ratio").code, 0);
    let expected = INDICATORS
        .replace("[rate]\nname = \"率\"\n", "[ratio]\nname = \"率\"\nformerly = [\"rate\"]\n")
        .replace("parent = \"rate\"", "parent = \"ratio\"");
    assert_eq!(desk.text("plan/indicators.toml"), expected);
    assert_eq!(by_id(&desk.json("kpi --as-of R7Q2")["indicators"], "ratio")["actual"]["value"].to_string(), "70");
    let shown = desk.json("show rate");
    assert_eq!((&shown["indicator"]["id"], &shown["indicator"]["formerly"][0]), (&"ratio".into(), &"rate".into()));
    // What is recorded under the old id still belongs to it.
    desk.write("plan/records/rate.toml", "[[measure]]\nperiod = \"R7\"\nvalue = 75\n");
    assert_eq!(by_id(&desk.json("kpi --as-of R8Q2")["indicators"], "ratio")["actual"]["value"].to_string(), "75");
}

#[test]
fn a_trial_shows_every_line_and_writes_nothing() {
    let desk = desk();
    let before = desk.files();
    let ran = desk.run("mv 1-1-1 1-1-3 --dry-run");
    assert_eq!((ran.code, ran.err.as_str()), (0, "（試しただけで、何も書き込んでいません）\n"));
    let expected = "plan/indicators.toml\n    5 - entry = [\"1-1-1\", \"1-10-1\"] # 1-1-1\n    5 + entry = [\"1-1-3\", \"1-10-1\"] # 1-1-1\n\
                    plan/outline/1.toml\n   10 - [1-1-1]\n   10 + [1-1-3]\n   12 + formerly = [\"1-1-1\"]\n\
                    \u{20}  12 - [[1-1-1.initiative]]\n   12 + [[1-1-3.initiative]]\n\
                    \u{20}  15 - [[\"1-1-1\".initiative]]\n   15 + [[\"1-1-3\".initiative]]\n\
                    plan/records/1-1-1.toml → plan/records/1-1-3.toml\n";
    assert_eq!(ran.out(), expected);
    assert_eq!(desk.files(), before);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let desk = desk();
    let before = desk.files();
    for (args, listed) in [
        ("mv 1-1-1 1-1-2", "「1-1-2」は既に使われています"),
        ("mv rate 1-1-1", "「1-1-1」は既に使われています"),
        ("mv 1-1-1 1-9-9", "「1-9-9」は「1-1-2」の旧番号です"),
        ("mv 1-1-1 1-1-1", "既に「1-1-1」です"),
        ("mv 1-1-8 1-1-9", "「1-1-8」という項目も指標もありません"),
        ("mv 1-1-1 1-2-1", "「1-2」がありません"),
        ("mv 1-1-1 1-5", "階層が変わります"),
        ("mv 1-1-1 x", "階層が変わります"),
        ("mv 1 2-1", "「2」がありません"),
        ("mv 1-1 1-1-5", "自分の下に移すことはできません"),
        ("mv 1-1-1 1.1.3", "番号になりません"),
    ] {
        let err = desk.run(args).failed();
        assert!(err.contains(listed), "{args}: {err}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn an_entry_that_would_get_another_owner_is_left_where_it_is() {
    let desk = desk();
    desk.write("plan/outline/2.toml", "[2]\nname = \"柱2\"\n[2-1]\nname = \"施策2\"\n");
    let before = desk.files();
    assert!(desk.run("mv 1-10-1 2-1-1").failed().contains("「2-1-1」の所管課が変わります"));
    assert_eq!(desk.files(), before);
    desk.write("plan/outline/1.toml", OUTLINE.replace("name = \"丙\"", "name = \"丙\"\r\nowner = \"hr\""));
    assert_eq!(desk.run("mv 1-10-1 2-1-1").code, 0);
    assert_eq!(desk.json("show 2-1-1")["entry"]["formerly"][0], "1-10-1");
    assert!(desk.text("plan/outline/1.toml").contains("[2-1-1]"), "the text stays in its file");
}

#[test]
fn a_shipped_plan_reads_as_before() {
    let desk = Desk::copied();
    let counts = |at: &str| desk.csv(&format!("status --plan example --as-of {at}"));
    let (then, now) = (counts("R7Q2"), counts("R8Q2"));
    let check = desk.run("check --plan example").out().to_owned();
    assert_eq!(desk.run("mv 1-1-2 1-1-9 --plan example").code, 0);
    let renamed = |rows: Vec<Vec<String>>| {
        let swap = |cell: String| if cell == "1-1-9" { "1-1-2".to_owned() } else { cell };
        rows.into_iter().map(|row| row.into_iter().map(swap).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!((renamed(counts("R7Q2")), renamed(counts("R8Q2"))), (then, now));
    assert_eq!(desk.run("check --plan example").out().lines().last(), check.lines().last());
}

const THEMES: &str = "[1-1-1]\nframework = \"総合計画\"\nname = \"1-1-1\"\nof = [\"1-1-1\", \"rate\"] # 1-1-1\n\n\
                      [rest]\nframework = \"総合計画\"\nname = \"ほか\"\nof = ['1-1-2', \"loose\", \"1-10\"]\n";

#[test]
fn what_belongs_to_a_theme_belongs_to_it_under_its_new_id() {
    let desk = desk();
    desk.write("plan/themes.toml", THEMES);
    let groups = |desk: &Desk| desk.json("status --as-of R7Q2 --theme")["groups"].take();
    let before = (groups(&desk), desk.files());
    let ran = desk.run("mv 1-1-1 1-1-3");
    assert_eq!((ran.code, ran.err.as_str()), (0, "4 件のファイルを変更しました。\n"), "{ran:?}");
    assert!(ran.out().contains(
        "plan/themes.toml\n    4 - of = [\"1-1-1\", \"rate\"] # 1-1-1\n    4 + of = [\"1-1-3\", \"rate\"] # 1-1-1\n"
    ));
    let expected = THEMES.replace("of = [\"1-1-1\"", "of = [\"1-1-3\"");
    assert_eq!(desk.text("plan/themes.toml"), expected);
    assert_eq!(groups(&desk), before.0);
    // It is taken back with the other files.
    assert_eq!(desk.run("undo").code, 0);
    for (path, text) in before.1 {
        assert_eq!(std::fs::read(&path).unwrap(), text, "{}", path.display());
    }
    assert_eq!(desk.run("mv rate ratio").code, 0);
    assert_eq!(desk.text("plan/themes.toml"), THEMES.replace("\"rate\"", "\"ratio\""));
}

/// Under another entry it has the themes of that one, or none: that is told, and no reason to refuse.
#[test]
fn under_another_entry_it_belongs_to_the_themes_of_that_one() {
    for rest in ["\"1-10\"", "\"1-10-1\""] {
        let desk = desk();
        let themes = format!(
            "[a]\nframework = \"総合計画\"\nname = \"甲\"\nof = \"1-1\"\n[b]\nframework = \"総合計画\"\nname = \"乙\"\nof = {rest}\n"
        );
        desk.write("plan/themes.toml", themes);
        let ran = desk.run("mv 1-1-1 1-10-2");
        assert!(ran.code == 0 && ran.err.contains("属する主題が変わります"), "{rest}: {ran:?}");
        let ran = desk.run("mv 1-1-2 1-1-4");
        assert!(ran.code == 0 && !ran.err.contains("主題"), "{rest}: {ran:?}");
    }
}
