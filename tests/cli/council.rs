//! `kaikaku report council`. The numbers were taken from the records of plan/example by hand: of each entry the latest
//! 所管評価 at or before the period, of the entries in the plan then (1-2-3 from R7 on, 2-1-3 until R7), compared with
//! the same a quarter earlier. Of the indicators: the value of the last year that was recorded by then, against baseline
//! and target.

use crate::support::{Desk, ids};

fn paper(args: &str) -> String {
    Desk::copied().run(&format!("report council --plan example --format md {args}")).done().out().to_owned()
}

/// R7Q1: 計画以上 5, 計画どおり 12, やや遅れ 3 (1-1-2, 2-1-1, 2-1-3), 大幅な遅れ 1 (3-1-1). A quarter later 1-1-2 is back
/// on track, 1-2-2 and 3-2-2 are behind: 12 + 1 − 2 = 11 and 3 − 1 + 2 = 4. 5/21 = 23.809…, 11/21 = 52.380…,
/// 4/21 = 19.047…, 1/21 = 4.761…, (5 + 11)/21 = 76.190….
#[test]
fn the_sentences_state_what_the_records_say() {
    let paper = paper("--period R7Q2 --for assembly");
    for sentence in [
        "令和7年度第2四半期末の取組項目は21件であり、このうち評価済は21件、未報告は0件である。",
        "評価済21件の内訳は、計画以上5件（23.8％）、計画どおり11件（52.4％）、やや遅れ4件（19.0％）及び大幅な遅れ1件（4.8％）である。\
         計画どおり以上は、合わせて16件（76.2％）である。",
        "前回（令和7年度第1四半期）に比べ、計画どおりは1件の減、やや遅れは1件の増である。区分が改善した項目は1件、悪化した項目は2件である。",
        "対応を要する項目は、1-2-2 管理職の対話力向上、2-1-1 書かない窓口の全庁展開、2-1-3 土曜開庁の拡充、3-1-1 公共施設の再編及び\
         3-2-2 自主財源の確保と受益者負担の適正化の5件である。",
    ] {
        assert!(paper.lines().any(|line| line == sentence), "{sentence}\n\n{paper}");
    }
}

/// 2-1-3 leaves the count with 評価対象外: of 21 entries 20 are rated. 12/20 = 60 %.
#[test]
fn what_does_not_count_is_reported_beside_what_does() {
    let paper = paper("--period R7Q4 --for assembly");
    let sentence = "令和7年度第4四半期末の取組項目は21件であり、このうち評価済は20件、未報告は0件、評価の対象としないものは1件である。";
    assert!(paper.contains(sentence), "{paper}");
    assert!(paper.contains("計画どおり12件（60.0％）"), "{paper}");
    assert!(paper.contains("| 評価対象外 | 1 | － | 0 | +1 |"), "{paper}");
}

#[test]
fn the_first_period_has_none_before_it() {
    let paper = paper("--period R6Q1");
    assert!(!paper.contains("前回"), "{paper}");
    assert!(paper.contains("検証指標は20件であり、いずれもまだ判定できない。"), "{paper}");
}

#[test]
fn what_changed_in_the_plan_is_reported_with_its_reason() {
    let paper = paper("--period R8Q1");
    assert!(paper.contains("- 廃止：2-1-3 土曜開庁の拡充\n"), "{paper}");
    assert!(
        paper.contains(
            "- 目標値の上方修正：指標「自動化により削減した時間」 12,000時間以上（R9）（R8.3.31まで） → 20,000時間以上（R9）。理由：生成AIの"
        ),
        "{paper}"
    );
    assert!(
        self::paper("--period R8Q2")
            .contains("前回（令和8年度第1四半期）から、計画に記された項目の追加及び廃止並びに目標値の見直しはない。")
    );
}

/// Nothing is rated, so nothing is stated about attention: absent is not zero.
#[test]
fn a_plan_without_ratings_claims_nothing() {
    let ran = Desk::copied().run("report council --plan 2027 --period R8Q2 --format md").done();
    assert!(ran.out().contains("このうち評価済は0件、未報告は21件である。"), "{}", ran.out());
    assert!(!ran.out().contains("対応を要する項目はない"), "{}", ran.out());
    assert!(ran.out().starts_with("市役所改革推進委員会\n\n熊本市"), "{}", ran.out());
}

/// 108 + 29 = 137; 108/137 = 78.83…, 29/137 = 21.16….
#[test]
fn published_totals_stand_in_for_unknown_entries() {
    let ran = Desk::copied().run("report council --plan stage3 --format md").done();
    let sentence = "公表された令和4年度末の集計によれば、取組項目は137件であり、その内訳は、計画通り進捗108件（78.8％）及び一部変更・遅れ29件（21.2％）\
                    である。項目ごとの内訳は、資料にない。";
    assert!(ran.out().contains(sentence), "{}", ran.out());
    assert!(ran.out().contains("（令和5年度）"), "the plan ended with R5: {}", ran.out());
}

#[test]
fn a_final_paper_states_nothing_unconfirmed() {
    let desk = Desk::copied();
    let stated = desk.run("report council --plan growth-policy --period R7 --final").failed();
    assert!(
        stated.contains("要確認の値が 6 件あるため、確定版は書けません"),
        "three indicators, baseline and target: {stated}"
    );
    assert!(stated.contains("職員の割合の基準値（R5）"), "{stated}");
    let stated = desk.run("report council --plan example --period R8Q3 --final").failed();
    assert!(stated.contains("令和8年度第3四半期はまだ終わっていない"), "{stated}");
    let paper = paper("--period R8Q2 --final");
    assert!(paper.contains("【確定】") && paper.contains("状態 確定）"), "{paper}");
    assert!(self::paper("--period R8Q2").contains("【速報】"));
}

#[test]
fn the_same_record_is_the_same_paper_on_any_day() {
    let on = |day: &str| {
        let args = ["report", "council", "--plan", "example", "--period", "R7Q2", "--format", "md"];
        Desk::copied().with_env(&[("KAIKAKU_TODAY", day)], &args).done().bytes
    };
    assert_eq!(on("2025-10-20"), on("2031-01-01"));
}

#[test]
fn every_part_of_the_paper_tells_the_same_total() {
    for period in ["R6Q4", "R7Q1", "R7Q2", "R7Q3", "R7Q4", "R8Q1", "R8Q2"] {
        let paper = paper(&format!("--period {period}"));
        let row = |begins: &str| -> Vec<u64> {
            let line =
                paper.lines().find(|line| line.starts_with(begins)).unwrap_or_else(|| panic!("{begins}: {paper}"));
            let cells = line.replace("**", "");
            let leading = |cell: &str| cell.trim().chars().take_while(char::is_ascii_digit).collect::<String>();
            cells.split('|').filter_map(|cell| leading(cell).parse().ok()).collect()
        };
        let overview = row("| **計** |")[0];
        let policies = row("| | **計** |")[0];
        let tops: u64 = ["1", "2", "3"].iter().map(|top| row(&format!("| **{top}** |"))[1]).sum();
        let listed = paper.lines().filter(|line| line.matches(" | ").count() == 8 && counted(line)).count() as u64;
        assert_eq!((overview, overview, overview), (policies, tops, listed), "{period}");
    }
}

/// Whether a line of the appendix is an entry of the counted level: `| 1-1-1 | …`.
fn counted(line: &str) -> bool {
    line.trim_start_matches("| ").split(" | ").next().is_some_and(|id| id.matches('-').count() == 2)
}

#[test]
fn the_json_says_who_moved() {
    let json = Desk::copied().json("report council --plan example --period R7Q2");
    assert_eq!(json["better"], serde_json::json!(["1-1-2"]));
    assert_eq!(json["worse"], serde_json::json!(["1-2-2", "3-2-2"]));
    assert_eq!(json["attention"], serde_json::json!(["1-2-2", "2-1-1", "2-1-3", "3-1-1", "3-2-2"]));
    assert_eq!(json["total"]["counts"]["on-track"], 11);
    assert_eq!(ids(&json["indicators"]).len(), 20);
}

/// The pillar is dropped before its entries: of three entries two are rated, and all stand under a line that adds up.
#[test]
fn what_stands_under_an_entry_that_was_dropped_is_still_reported_under_it() {
    let outline = OUTLINE.replace("name = \"柱の1\"\n", "name = \"柱の1\"\ndropped = \"R7Q1\"\n");
    let desk = office(&[("outline/1.toml", &outline)]);
    let paper = desk.run("report council --period R7Q2 --format md").done();
    let begins = |begin: &str| paper.out().lines().any(|line| line.starts_with(begin));
    assert!(
        begins("| **1** | **柱の1** | **3** | **2** |") && begins("| | **計** | **3** | **2** |"),
        "{}",
        paper.out()
    );
}

const PLAN: &str = "schema = 1\nid = \"m\"\nname = \"見本プラン\"\ncity = \"見本市\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"柱\", \"取組\"]\n\
    [[scale]]\nid = \"p\"\nname = \"進捗\"\ngrades = [{ id = \"a\", name = \"順調\" }, { id = \"b\", name = \"遅れ\", attention = true }]\n";
const OUTLINE: &str = "[1]\nname = \"柱の1\"\n[1-1]\nname = \"窓口\"\n[1-2]\nname = \"電話\"\n[1-3]\nname = \"郵送\"\n";
const INDICATORS: &str = "[wait]\nname = \"待ち時間\"\nunit = \"分\"\nkind = \"down\"\nentry = \"1-1\"\nbaseline = { R5 = 30 }\ntarget = { R9 = 10 }\n";

fn office(more: &[(&str, &str)]) -> Desk {
    let update = |period: &str, grade: &str, rest: &str| {
        format!("[[update]]\nperiod = \"{period}\"\nrating = {{ p = \"{grade}\" }}\n{rest}\n")
    };
    let first = update("R7Q1", "b", "") + &update("R7Q2", "a", "done = \"窓口を2つ増やした。\"");
    let second = update("R7Q2", "b", "issue = \"人が足りない。\"");
    let wait = "[[measure]]\nperiod = \"R6\"\nvalue = 36\n";
    let mut files = vec![
        ("plan.toml", PLAN),
        ("outline/1.toml", OUTLINE),
        ("indicators.toml", INDICATORS),
        ("records/1-1.toml", &first),
        ("records/1-2.toml", &second),
        ("records/wait.toml", wait),
    ];
    files.extend(more);
    Desk::plan(&files)
}

/// Two of three are rated, one each way: 1/2 = 50 %. The indicator: (36 − 30) ÷ (10 − 30) = −30 %.
#[test]
fn the_office_lays_out_its_own_paper() {
    let layout = "title = \"{city} {plan} {period}\"\naddressee = \"町長\"\ndigits = 2\nminus = \"△\"\n\
        [[section]]\nshow = \"indicators\"\nheading = \"指標の一覧\"\ncolumns = [\"name\", \"improvement\", \"gap\"]\n\
        [[section]]\nshow = \"policies\"\ncolumns = [\"name\", \"grades\"]\ndepth = 1\n";
    let desk = office(&[("reports/mayor.toml", layout)]);
    let paper = desk.run("report council --period R7Q2 --for mayor --format md").done();
    let wanted = "町長\n\n見本市\n\n# 見本市 見本プラン 令和7年度第2四半期\n\n令和7年度第2四半期（令和7年9月30日現在）　【速報】\n\n\
        ## 1　指標の一覧\n\n| 指標 | 改善率 | 目標との差 |\n| --- | ---: | ---: |\n| 待ち時間 | △30.00％ | 超過 26分 |\n\n\
        ## 2　柱ごとの状況\n\n| 名称 | 順調 | 遅れ |\n| --- | ---: | ---: |\n| **柱の1** | **1<br>（50.00％）** | **1<br>（50.00％）** |\n\
        | **計** | **1<br>（50.00％）** | **1<br>（50.00％）** |\n\n括弧内は、評価済の件数に対する割合である。\n";
    assert!(paper.out().starts_with(wanted), "{}", paper.out());
    let stated = desk.run("report council --for mayer").failed();
    assert!(stated.contains("「mayor」ではありませんか"), "{stated}");
}

#[test]
fn a_slip_in_a_layout_stands_under_a_caret() {
    let desk = office(&[("reports/committee.toml", "titel = \"x\"\n")]);
    let stated = desk.run("report council --period R7Q2").failed();
    assert!(stated.contains("plan/reports/committee.toml:1:1") && stated.contains("^^^^^"), "{stated}");
    assert!(stated.contains("「title」ではありませんか"), "{stated}");
}

#[test]
fn a_text_that_contradicts_its_table_is_reported_before_it_is_handed_out() {
    let text = "[[update]]\nperiod = \"R7Q2\"\nrating = { p = \"a\" }\ndone = \"待ち時間は34分となった。\"\n";
    let desk = office(&[("records/1-1.toml", text)]);
    let ran = desk.run("report council --period R7Q2");
    assert_eq!(ran.code, 0);
    assert_eq!(ran.err, "注意: 1-1 の文章「待ち時間は34分となった」の 34 は、指標「待ち時間」のどの値とも違います\n");
}

#[test]
fn the_papers_of_a_year() {
    for period in ["R7Q1", "R7Q2", "R7Q3", "R7Q4"] {
        for register in ["committee", "headquarters", "assembly"] {
            insta::assert_snapshot!(
                format!("{period}_{register}"),
                paper(&format!("--period {period} --for {register}"))
            );
        }
    }
    insta::assert_snapshot!("R7Q4_committee_en", paper("--period R7Q4 --lang en"));
}
