//! Sentences that say that there is nothing: each is said where it is so, and where it cannot be known that is said instead.

use crate::support::Desk;

const HEAD: &str = "schema = 1\nid = \"c\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\ncycle = \"quarter\"\nlevels = [\"項目\"]\n\n\
    [[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\", attention = true }]\n\n";
const OUTLINE: &str = "[1]\nname = \"一\"\n[2]\nname = \"二\"\n";
const TOTALS: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\ncounts = { good = 3, late = 1 }\ntotal = 4\n";

/// A city of two entries, each with a good rating for these quarters.
fn city(quarters: [&[&str]; 2]) -> Desk {
    let desk = Desk::plan(&[("plan.toml", HEAD), ("outline/1.toml", OUTLINE)]);
    for (entry, quarters) in [1, 2].into_iter().zip(quarters) {
        let block = |quarter: &&str| format!("[[update]]\nperiod = \"{quarter}\"\nrating = {{ s = \"good\" }}\n\n");
        desk.write(&format!("plan/records/{entry}.toml"), quarters.iter().map(block).collect::<String>());
    }
    desk
}

/// A city of which only totals are known.
fn totals_alone() -> Desk {
    Desk::plan(&[("plan.toml", &format!("{HEAD}{TOTALS}"))])
}

fn paper(desk: &Desk, args: &str) -> String {
    desk.run(&format!("report council --format md {args}")).done().out().to_owned()
}

fn has(text: &str, words: &str) {
    assert!(text.contains(words), "{words}\n{text}");
}

fn lacks(text: &str, words: &str) {
    assert!(!text.contains(words), "{words}\n{text}");
}

const REPORTED: [&[&str]; 2] = [&["R6Q1", "R6Q2"], &["R6Q1", "R6Q2"]];

#[test]
fn nothing_moved() {
    has(&paper(&city(REPORTED), "--period R6Q2"), "前回（令和6年度第1四半期）から区分又は判定が変わったものはない。");
    let stale = paper(&city([&["R6Q1"], &["R6Q1", "R6Q2"]]), "--period R6Q2");
    has(&stale, "変わったものは、記録にない（今期の報告のない項目が1件ある。）。");
    lacks(&stale, "変わったものはない");
    lacks(&paper(&totals_alone(), "--period R6Q4"), "変わったものはない");
    // The first period has nothing before it.
    lacks(&paper(&city(REPORTED), "--period R6Q1"), "変わったもの");
}

#[test]
fn the_plan_did_not_change() {
    let desk = city(REPORTED);
    let alone = paper(&desk, "--period R6Q2");
    has(&alone, "から、計画に記された項目の追加及び廃止並びに目標値の見直しはない。");
    lacks(&alone, "計画の変更はない");
    lacks(&alone, "計画の変更もない");
    desk.commit("2024-10-01T09:00:00+0900", "approved");
    let compared = paper(&desk, "--period R6Q2 --since HEAD");
    has(&compared, "目標値の見直しはなく、令和6年10月1日の版からの計画の変更もない。");
    // A renamed entry is a change that the plan itself does not tell of.
    desk.write("plan/outline/1.toml", OUTLINE.replace("一", "改称"));
    lacks(&paper(&desk, "--period R6Q2 --since HEAD"), "計画の変更もない");
    has(&paper(&desk, "--period R6Q2"), "計画に記された");
}

#[test]
fn nothing_needs_attention() {
    let desk = city(REPORTED);
    has(&paper(&desk, "--period R6Q2"), "対応を要する項目はない。");
    has(&paper(&desk, "--period R6Q2 --for headquarters"), "協議事項はない。");
    let half = city([&["R6Q1", "R6Q2"], &[]]);
    let committee = paper(&half, "--period R6Q2");
    has(&committee, "評価済の項目に、対応を要するものはない（未報告1件については分からない。）。");
    lacks(&committee, "対応を要する項目はない");
    let headquarters = paper(&half, "--period R6Q2 --for headquarters");
    has(
        &headquarters,
        "協議を要する事項は、記録からは見当たらない（未報告の項目1件及び判定できない指標0件については分からない。）。",
    );
    lacks(&headquarters, "協議事項はない");
    let unknown = paper(&totals_alone(), "--period R6Q4 --for headquarters");
    has(&unknown, "項目ごとの内訳が資料にないため、協議を要する項目は分からない。");
}

#[test]
fn nothing_is_overdue() {
    let desk = city(REPORTED);
    has(&paper(&desk, "--period R6Q2"), "報告の期限を過ぎたものはない。");
    has(
        &paper(&totals_alone(), "--period R6Q4"),
        "項目ごとの内訳が資料にないため、報告の期限を過ぎたものは分からない。",
    );
    let yearly = Desk::plan(&[("plan.toml", &HEAD.replace("quarter", "year")), ("outline/1.toml", OUTLINE)]);
    has(&paper(&yearly, "--period R6Q1"), "報告の対象となる期間は、まだ終わっていない。");
}

#[test]
fn nothing_is_owed_or_found_where_only_totals_are_known() {
    let desk = totals_alone();
    let unknown = "項目ごとの内訳が資料にないため、項目については分かりません。";
    for command in ["due", "due --letter", "status --attention", "status --rating unreported"] {
        let ran = desk.run(&format!("{command} --as-of R6"));
        assert!(ran.out().contains(unknown), "{command}: {}", ran.out());
        assert!(
            !ran.out().contains("督促するものはありません") && !ran.out().contains("該当する項目はありません"),
            "{command}"
        );
    }
    assert_eq!(city(REPORTED).run("due --letter --as-of R6Q2").out(), "督促するものはありません。\n");
}

#[test]
fn nothing_was_ever_rated() {
    let desk = city([&[], &[]]);
    let words = "進捗区分の記録がまだ一つもない。";
    has(desk.run("due --as-of R6Q2").out(), words);
    // What was recorded later is not known on the day.
    desk.write(
        "plan/records/1.toml",
        "[[update]]\nperiod = \"R6Q1\"\nrecorded = 2024-11-20\nrating = { s = \"good\" }\n",
    );
    has(desk.run("due --as-of 2024-10-10").out(), words);
    lacks(desk.run("due --as-of 2024-11-20").out(), words);
}

#[test]
fn no_rating_contradicts_its_indicator() {
    let ran = city([&["R6Q2"], &[]]).run("kpi --mismatch --as-of R6Q2").done();
    has(ran.out(), "比べられるものに食い違いはありません（未報告の項目と、判定できない指標は比べていません）。");
}

#[test]
fn the_whole_may_stand_still_while_its_rows_move() {
    // 1 + 2 and 2 + 1: the whole stays at 3, the rows changed places.
    let rows = |one: u64, other: u64| {
        format!(
            "rows = [{{ name = \"甲\", counts = {{ good = {one} }} }}, {{ name = \"乙\", counts = {{ good = {other} }} }}]\n"
        )
    };
    let table = |period: &str, rows: &str| {
        format!(
            "[[published]]\nperiod = \"{period}\"\nscale = \"s\"\ncounts = {{ good = 3, late = 0 }}\ntotal = 3\n{rows}\n"
        )
    };
    let desk = Desk::plan(&[("plan.toml", &format!("{HEAD}{}{}", table("R6", &rows(1, 2)), table("R7", &rows(2, 1))))]);
    let paper = paper(&desk, "--period R7Q4");
    has(&paper, "前の公表（令和6年度末）に比べ、全体の件数に増減はない。");
    lacks(&paper, "比べ、件数に増減はない");
    has(&paper, "順調+1");
}
