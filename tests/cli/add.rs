//! `add`: a new block at the place where a reader looks for it, and nothing else.

use crate::person::Person;
use crate::support::Desk;

const HEAD: &str = "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"施策\", \"取組\"]\nexpect = [1, 2, 2]  # 柱、施策、取組\n";

const OWNERS: &str = "[hr]\nname = \"人事課\"\nbureau = \"総務局\"\n\n[money]\nname = \"財政課\"\nbureau = \"財務局\"";

const OUTLINE: &str = "\u{feff}# 柱の表\r\n[1]\r\nname = \"柱\"\r\n\r\n[1-1]\r\nname = \"甲\"\r\n[1-1-1]\r\nname = \"子\"\r\n[[1-1-1.initiative]]\r\nname = \"い\"\r\nmilestone = [\r\n  { date = \"R7.3\", name = \"公開\" }, # 予定\r\n]\r\n\
                       \r\n[1-1-2]\r\nname = \"丑\"\r\nmilestone = [{ date = \"R7\", name = \"点検\" }]\r\n\r\n# 乙の注\r\n[1-2]\r\nname = \"乙\"\r\n# 終わり\r\n";

const INDICATORS: &str = "[rate]\nname = \"率\"\nunit = \"％\"\nkind = \"up\"\nentry = \"1-1\"\ntarget = { R9 = 65 }\n\n# 費用\n[cost]\nname = \"費\"\nunit = \"円\"\nkind = \"down\"\n";

fn desk() -> Desk {
    Desk::plan(&[
        ("plan.toml", HEAD),
        ("owners.toml", OWNERS),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
    ])
}

#[test]
fn an_entry_comes_among_its_siblings_with_the_next_free_number() {
    let desk = desk();
    let ran = desk.call(&["add", "entry", "--under", "甲", "--name", "寅", "--owner", "人事課", "--owner", "財政課"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let expected = OUTLINE.replace(
        "name = \"点検\" }]\r\n",
        "name = \"点検\" }]\r\n\r\n[1-1-3]\r\nname  = \"寅\"\r\nowner = [\"人事課\", \"財政課\"]\r\n",
    );
    assert_eq!(desk.text("plan/outline/1.toml"), expected);
    // The plan says how many entries it has; one more was meant.
    assert_eq!(desk.text("plan/plan.toml"), HEAD.replace("[1, 2, 2]  # 柱", "[1, 2, 3]  # 柱"));
    // Under a sibling that has nothing below it, before the next one, and at the top in a file of its own.
    assert_eq!(desk.call(&["add", "entry", "1-2-1", "--name", "卯", "--summary", "概要"]).code, 0);
    let expected =
        expected.replace("# 終わり\r\n", "# 終わり\r\n\r\n[1-2-1]\r\nname    = \"卯\"\r\nsummary = \"概要\"\r\n");
    assert_eq!(desk.text("plan/outline/1.toml"), expected);
    assert_eq!(desk.call(&["add", "entry", "２", "--name", "次の柱"]).code, 0);
    assert_eq!(desk.text("plan/outline/2.toml"), "schema = 1\n\n[2]\nname = \"次の柱\"\n");
    assert_eq!(desk.text("plan/plan.toml"), HEAD.replace("[1, 2, 2]", "[2, 2, 4]"));
    assert_eq!(desk.run("check").code, 0);
    assert_eq!(desk.json("show 1-2-1")["entry"]["name"], "卯");
}

#[test]
fn initiatives_and_milestones_come_behind_those_of_their_entry() {
    for (args, old, new) in [
        (
            &["initiative", "1-1-1", "--name", "ろ", "--start", "Ｒ８", "--step", "R8=準備", "--step", "R9=実施"][..],
            "# 予定\r\n]\r\n",
            "# 予定\r\n]\r\n\r\n[[1-1-1.initiative]]\r\nname  = \"ろ\"\r\nstart = \"R8\"\r\nsteps = { R8 = \"準備\", R9 = \"実施\" }\r\n",
        ),
        (
            &["initiative", "丑", "--name", "は"],
            "\"点検\" }]\r\n",
            "\"点検\" }]\r\n\r\n[[1-1-2.initiative]]\r\nname = \"は\"\r\n",
        ),
        (
            &["milestone", "1-1-1", "--initiative", "い", "--name", "開通", "--date", "令和8年10月"],
            "# 予定\r\n",
            "# 予定\r\n  { date = \"R8.10\", name = \"開通\" },\r\n",
        ),
        (
            &["milestone", "1-1-2", "--name", "終了", "--date", "R9", "--note", "仮"],
            "name = \"点検\" }]",
            "name = \"点検\" }, { date = \"R9\", name = \"終了\", note = \"仮\" }]",
        ),
        (
            &["milestone", "1-2", "--name", "公表", "--date", "R7.4.1"],
            "\"乙\"\r\n",
            "\"乙\"\r\nmilestone = [{ date = \"R7.4.1\", name = \"公表\" }]\r\n",
        ),
    ] {
        let desk = desk();
        let ran = desk.call(&[&["add"], args].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(desk.text("plan/outline/1.toml"), OUTLINE.replacen(old, new, 1), "{args:?}");
        assert_eq!(desk.run("check").code, 0, "{args:?}");
    }
}

#[test]
fn indicators_and_owners_come_beside_their_like() {
    let desk = desk();
    let args = [
        "indicator",
        "part",
        "--name",
        "内訳",
        "--unit",
        "％",
        "--kind",
        "増やす",
        "--baseline",
        "Ｒ５＝４８．９",
        "--target",
    ];
    let more =
        ["R9=70", "--target", "R7=15％以上", "--entry", "1-1", "--certainty", "要確認", "--note", "一", "--note", "二"];
    let ran = desk.call(&[&["add"], &args[..], &more[..]].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    let block = "[part]\nname      = \"内訳\"\nunit      = \"％\"\nkind      = \"up\"\nentry     = \"1-1\"\nbaseline  = { R5 = 48.9 }\n\
                 target    = { R7 = \"15％以上\", R9 = 70 }\ncertainty = \"unconfirmed\"\nnote      = [\"一\", \"二\"]\n";
    let expected = INDICATORS.replace("\n# 費用", &format!("\n{block}\n# 費用"));
    assert_eq!(desk.text("plan/indicators.toml"), expected);
    // Behind the last of its bureau; one of no bureau that is there at the end, whose line had no end.
    assert_eq!(desk.call(&["add", "owner", "--name", "行政経営課", "--bureau", "総務局", "--alias", "改革課"]).code, 0);
    let expected = OWNERS.replace(
        "\"総務局\"\n",
        "\"総務局\"\n\n[dept-1]\nname    = \"行政経営課\"\nbureau  = \"総務局\"\naliases = \"改革課\"\n",
    );
    assert_eq!(desk.text("plan/owners.toml"), expected);
    assert_eq!(desk.call(&["add", "owner", "--name", "秘書課"]).code, 0);
    assert_eq!(desk.text("plan/owners.toml"), format!("{expected}\n\n[dept-2]\nname = \"秘書課\"\n"));
    assert!(desk.run("check").code == 0);
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let desk = desk();
    let before = desk.files();
    for (args, said) in [
        (&["entry", "--under", "1-1"][..], "名称（--name）"),
        (&["entry", "1-1-2", "--name", "x"], "既に使われています"),
        (&["entry", "5-1", "--name", "x"], "ありません"),
        (&["entry", "1-1-1-1", "--name", "x"], "置けません"),
        (&["entry", "--under", "1-1", "--name", "x", "--owner", "税務課"], "kaikaku add owner"),
        (&["entry", "番号", "--name", "x"], "番号になりません"),
        (&["indicator", "--name", "x"], "向き（--kind）"),
        (&["indicator", "--name", "x", "--kind", "上向き"], "増やす（up）"),
        (&["indicator", "--name", "x", "--kind", "up"], "何も書き込んでいません"),
        (&["indicator", "--name", "x", "--kind", "up", "--unit", "件", "--target", "80"], "= でつないで"),
        (&["indicator", "--name", "x", "--kind", "up", "--unit", "件", "--entry", "9"], "何も書き込んでいません"),
        (&["owner", "hr", "--name", "x"], "dept-1"),
        (&["initiative", "1-1-1"], "名称（--name）"),
        (&["initiative", "rate", "--name", "x"], "検証指標です"),
        (&["milestone", "1-1-1", "--name", "x"], "時期（--date）"),
        (&["milestone", "1-1-1", "--name", "x", "--date", "そのうち"], "読め"),
        (&["milestone", "1-1-1", "--name", "x", "--date", "R8", "--initiative", "ろ"], "取組内容"),
        (&["initiative", "1-1-1", "--name", "x", "--step", "R8=踊る"], "検討"),
    ] {
        let err = desk.call(&[&["add"], args].concat()).failed();
        assert!(err.contains(said), "{args:?}: {err}");
        assert_eq!(desk.files(), before, "{args:?}");
    }
    let tried = desk.call(&["add", "entry", "--under", "1-1", "--name", "寅", "--dry-run"]);
    assert_eq!((tried.code, desk.files()), (0, before));
    assert!(tried.out().contains("+[1-1-3]") && tried.out().contains("+expect = [1, 2, 3]"), "{tried:?}");
}

#[test]
fn a_plan_without_any_begins_with_the_first() {
    let desk = Desk::plan(&[("plan.toml", &HEAD.replace("expect = [1, 2, 2]  # 柱、施策、取組\n", ""))]);
    for args in [
        &["owner", "--name", "人事課"][..],
        &["entry", "1", "--name", "柱", "--owner", "人事課"],
        &["entry", "--under", "1", "--name", "施策"],
        &["entry", "--under", "1-1", "--name", "取組"],
        &["indicator", "--name", "率", "--unit", "％", "--kind", "up", "--target", "R9=80", "--entry", "1-1"],
    ] {
        let ran = desk.call(&[&["add"], args].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    assert_eq!(desk.text("plan/owners.toml"), "schema = 1\n\n[dept-1]\nname = \"人事課\"\n");
    let outline =
        "schema = 1\n\n[1]\nname  = \"柱\"\nowner = \"人事課\"\n\n[1-1]\nname = \"施策\"\n\n[1-1-1]\nname = \"取組\"\n";
    assert_eq!(desk.text("plan/outline/1.toml"), outline);
    assert_eq!(desk.run("check").code, 0);
    assert_eq!(desk.json("show kpi-1")["indicator"]["name"], "率");
}

#[test]
fn an_entry_step_by_step() {
    let desk = desk();
    let Some(mut person) = Person::starts(&desk, "add entry") else { return };
    person.sees("どの項目の下に加えますか").types("１－１\r").sees("番号").sees("1-1-3").types("\r");
    person.sees("名称").types("\r").sees("空にはできません").types("寅\r").sees("概要").types("\r");
    person.sees("所管課").types("税務課\r").sees("ありません").types(&"\u{7f}".repeat(3)).types("人事課\r");
    person.sees("追加の時期").types("\r").sees("1-1-3").sees("名称：寅").sees("所管課：人事課");
    person.sees("この内容で書き込む").types("\r").sees("に書き込みました。");
    assert_eq!(person.ends(), 0);
    assert!(desk.text("plan/outline/1.toml").contains("[1-1-3]\r\nname  = \"寅\"\r\nowner = \"人事課\"\r\n"));
}
