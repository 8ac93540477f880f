//! A full table as a paper printed it: by group, level and evaluator, with percentages, notes and the change since the
//! paper before; alone, or beside the entries. The figures were added up by hand.

use serde_json::{Value as Json, json};

use crate::support::Desk;

const HEAD: &str = "schema = 1\nid = \"minato\"\nname = \"計画\"\nperiod = { from = \"R5\", to = \"R8\" }\ncycle = \"year\"\n\
    levels = [\"施策\", \"取組\"]\n\n[[source]]\n";

/// A town of 110 measures that count and 4 that do not. R5: 30+60+20+4 = 114. R6: 36+58+16+4 = 114, so A rose by 6, B fell by
/// 2 and C by 4. 36/110 = 32.72… %, 58/110 = 52.72… %, 16/110 = 14.54… %, A+B 94/110 = 85.45… %.
const R5: &str = "[[published]]\nperiod = \"R5\"\nscale = \"s\"\ngroup = \"基本方針別\"\ncounts = { a = 30, b = 60, c = 20, out = 4 }\ntotal = 114\n\
    rows = [\n  { name = \"行政運営\", counts = { a = 20, b = 30, c = 8, out = 2 } },\n  { name = \"財政運営\", counts = { a = 10, b = 30, c = 12, out = 2 } },\n]\n\n";
const R6: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\ngroup = \"基本方針別\"\ncounts = { a = 36, b = 58, c = 16, out = 4 }\ntotal = 114\n\
    shares = { a = 32.7, b = 52.7, c = 14.5 }\nnote = \"対象外を除く\"\n\
    rows = [\n  { name = \"行政運営\", counts = { a = 24, b = 28, c = 6, out = 2 }, total = 60 },\n  { name = \"財政運営\", counts = { a = 12, b = 30, c = 10, out = 2 }, total = 54 },\n]\n\n";
/// Of 114 the bureaus have 40 + 73 = 113: the paper lost one.
const BUREAUS: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\ngroup = \"局別\"\ncounts = { a = 36, b = 58, c = 16, out = 4 }\ntotal = 114\n\
    rows = [\n  { name = \"総務局\", counts = { a = 16, b = 18, c = 5, out = 1 } },\n  { name = \"市民局\", counts = { a = 20, b = 40, c = 11, out = 2 } },\n]\n\n";
const POLICIES: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\nlevel = \"施策\"\ncounts = { a = 9, b = 14, c = 4 }\ntotal = 27\n\n";
const PANEL: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\nevaluator = \"panel\"\ncounts = { a = 1, b = 2, c = 3 }\ntotal = 6\n\n";

fn head() -> String {
    let scale = "[[scale]]\nid = \"s\"\nname = \"進捗\"\ngrades = [{ id = \"a\", name = \"Ａ\" }, { id = \"b\", name = \"Ｂ\" }, \
                 { id = \"c\", name = \"Ｃ\", attention = true }, { id = \"out\", name = \"対象外\", counts = false }]\n\
                 composites = [{ id = \"good\", name = \"Ａ＋Ｂ\", grades = [\"a\", \"b\"] }]\n\n\
                 [[evaluator]]\nid = \"own\"\nname = \"所管\"\n\n[[evaluator]]\nid = \"panel\"\nname = \"委員会\"\n\n";
    HEAD.replace("[[source]]\n", scale)
}

fn city(tables: &[&str]) -> Desk {
    Desk::plan(&[("plan.toml", &(head() + &tables.concat()))])
}

/// The same city with its entries: two policies, one measure each; as of R6 the first is A, the second B.
fn with_entries(tables: &[&str]) -> Desk {
    let record = |grade: &str| format!("[[update]]\nperiod = \"R6\"\nrating = {{ s = \"{grade}\" }}\n");
    Desk::plan(&[
        ("plan.toml", &(head() + &tables.concat())),
        (
            "outline/1.toml",
            "[1]\nname = \"行政運営\"\n[1-1]\nname = \"一\"\n[2]\nname = \"財政運営\"\n[2-1]\nname = \"二\"\n",
        ),
        ("records/1-1.toml", &record("a")),
        ("records/2-1.toml", &record("b")),
    ])
}

/// The codes of the findings, and how `check` ends.
fn codes(desk: &Desk) -> (i32, Vec<String>) {
    let ran = desk.run("check --format json");
    let report: Json = serde_json::from_str(ran.out()).unwrap();
    let all = report["findings"].as_array().unwrap().iter();
    (ran.code, all.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect())
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn a_full_table_comes_out_as_it_was_printed() {
    let desk = city(&[R5, R6]);
    assert_eq!(codes(&desk), (0, none()));
    let table = desk.json("status --as-of R6")["published"][0].clone();
    assert_eq!(
        (&table["group"], &table["level"], &table["previous"]),
        (&json!("基本方針別"), &json!("取組"), &json!("R5"))
    );
    assert_eq!(table["whole"]["counts"], json!({ "a": 36, "b": 58, "c": 16, "out": 4 }));
    assert_eq!(table["whole"]["composites"], json!({ "good": 94 }));
    assert_eq!(table["whole"]["before"]["counts"]["a"], 30);
    assert_eq!((&table["rows"][0]["name"], &table["rows"][0]["entries"]), (&json!("行政運営"), &json!(60)));
    assert_eq!(table["rows"][1]["before"]["entries"], 54, "10+30+12+2, where the paper printed no total");
    let text = desk.run("status --as-of R6").done();
    for words in [
        "令和6年度末の公表値（基本方針別）",
        "36 (32.7％)",
        "94 (85.5％)",
        "24 (41.4％)",
        "Ａ+6、Ｂ▲2、Ｃ▲4",
        "Ａ+4、Ｂ▲2、Ｃ▲2",
        "対象外を除く",
    ] {
        assert!(
            text.out().contains(words) || text.out().contains(&words.replace(" (", "（")),
            "{words}: {}",
            text.out()
        );
    }
    let csv = desk.csv("status --as-of R6");
    let [name, a, good] = ["名称", "Ａ", "Ａ＋Ｂ"].map(|key| csv[0].iter().position(|k| k == key).unwrap());
    let lines: Vec<_> = csv[1..].iter().map(|row| (&*row[name], &*row[a], &*row[good])).collect();
    assert_eq!(lines, [("行政運営", "24", "52"), ("財政運営", "12", "42"), ("計", "36", "94")]);
    let paper = desk.run("report council --period R6 --format md").done();
    for words in [
        "前の公表（令和5年度末）に比べ、Ａは6件の増、Ｂは2件の減、Ｃは4件の減である。",
        "Ａ＋Ｂは、合わせて94件（85.5％）である。",
        "行政運営",
        "財政運営",
    ] {
        assert!(paper.out().contains(words), "{words}: {}", paper.out());
    }
    let explained = desk.json("explain --as-of R6");
    let step = |name: &str| {
        let steps = explained["steps"].as_array().unwrap();
        steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("{name}: {steps:#?}"))["shown"].clone()
    };
    assert_eq!((step("published_row:財政運営"), step("published_rows")), (json!("54件"), json!("114件")));
}

#[test]
fn tables_stand_side_by_side_by_group_level_and_evaluator() {
    let desk = city(&[R6, BUREAUS, POLICIES, PANEL]);
    let groups = |args: &str| {
        let json = desk.json(&format!("status --as-of R6{args}"));
        let tables = json["published"].as_array().unwrap().clone();
        tables.iter().map(|t| (t["level"].clone(), t["whole"]["entries"].clone())).collect::<Vec<_>>()
    };
    let of = |level: &str, n: u64| (json!(level), json!(n));
    assert_eq!(groups(""), [of("取組", 114), of("取組", 114), of("施策", 27)]);
    assert_eq!(groups(" --evaluator panel"), [of("取組", 6)]);
    let text = desk.run("status --as-of R6").done();
    assert!(
        text.out().contains("令和6年度末の公表値（局別）") && text.out().contains("令和6年度末の公表値（施策）"),
        "{}",
        text.out()
    );
}

#[test]
fn rows_that_do_not_give_the_whole_are_marked() {
    // C: 5 + 11 = 16 and so on; 対象外: 1 + 2 = 3 of 4, the total 40 + 73 = 113 of 114.
    let desk = city(&[BUREAUS]);
    assert_eq!(codes(&desk), (0, vec!["published-sum".to_owned(); 2]));
    for command in ["status --as-of R6", "report council --period R6 --format md"] {
        let ran = desk.run(command).done();
        assert!(ran.out().contains("全体の対象外4件は、各行の和3件と合わない"), "{}", ran.out());
        assert!(ran.out().contains("全体の合計114件は、各行の和113件と合わない"), "{}", ran.out());
    }
    let explained = desk.run("explain --as-of R6").done();
    assert!(explained.out().contains("113件（公表された合計より1件少ない）"), "{}", explained.out());
}

#[test]
fn what_a_table_cannot_be_is_found() {
    let warning = |code: &str| (0, vec![code.to_owned()]);
    let error = |code: &str| (1, vec![code.to_owned()]);
    assert_eq!(codes(&city(&[R6, R6])), warning("duplicate-record"), "two of one period and place");
    assert_eq!(codes(&city(&[R6, &R6.replace("基本方針別", "局別")])), (0, none()), "another place");
    assert_eq!(codes(&city(&[&R6.replace("\"R6\"", "\"R9\"")])), error("outside-plan"));
    assert_eq!(codes(&city(&[&POLICIES.replace("施策", "政策")])), error("wrong-type"));
    assert_eq!(codes(&city(&[&R6.replace("32.7", "32.8")])), warning("published-rate"), "32.72… is 32.7");
    assert_eq!(codes(&city(&[&R6.replace("name = \"行政運営\", ", "")])), error("missing-key"));
    let one_more = R6.replace("基本方針別", "局別").replace("a = 36", "a = 37").replace("total = 114", "total = 115");
    let found = codes(&city(&[R6, &one_more])).1;
    assert!(
        found.iter().filter(|code| *code == "published-sum").count() >= 2,
        "the wholes differ, and so do the rows: {found:?}"
    );
}

/// Printed: A 2, B 0. The records: A 1, B 1.
const PRINTED: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\ncounts = { a = 2, b = 0 }\ntotal = 2\n\
    rows = [{ under = \"1\", counts = { a = 1 } }, { under = \"2\", counts = { a = 1 } }]\n";

#[test]
fn a_table_beside_the_entries_is_held_against_them() {
    let right = PRINTED.replace("a = 2, b = 0", "a = 1, b = 1").replace("\"2\", counts = { a", "\"2\", counts = { b");
    assert_eq!(codes(&with_entries(&[&right])), (0, none()));
    let desk = with_entries(&[PRINTED]);
    assert_eq!(codes(&desk), (0, vec!["published-count".to_owned(); 2]), "the whole, and the row of 2");
    let json = desk.json("status --as-of R6");
    assert_eq!(json["total"]["counts"], json!({ "a": 1, "b": 1, "c": 0, "out": 0 }), "the records are what counts");
    assert_eq!(json["published"][0]["whole"]["counted"]["counts"]["b"], 1);
    let words = "公表値は、記録から数えた件数と異なる（Ａは公表2件、記録1件、Ｂは公表0件、記録1件）";
    for command in ["status --as-of R6", "report council --period R6 --format md"] {
        let ran = desk.run(command).done();
        assert!(ran.out().contains(words) && ran.out().contains("令和6年度末の公表値"), "{}", ran.out());
    }
    let names: Vec<String> = desk.csv("status --as-of R6")[1..].iter().map(|row| row[2].clone()).collect();
    assert_eq!(names, ["行政運営", "一", "財政運営", "二", "行政運営", "財政運営", "計"]);
    // Of another moment, and of a part of the plan, nothing was printed.
    for part in ["--as-of R7", "--as-of R6 --under 1"] {
        assert_eq!(desk.json(&format!("status {part}"))["published"], json!([]), "{part}");
    }
    assert_eq!(codes(&with_entries(&[&PRINTED.replace("\"2\", counts", "\"9\", counts")])).0, 1, "there is no entry 9");
}

#[test]
fn a_city_begins_with_its_table() {
    let desk = city(&[R5, R6]);
    for command in [
        "check",
        "status",
        "status --tree",
        "kpi",
        "show",
        "plans",
        "explain",
        "due",
        "roadmap",
        "log",
        "report council",
        "report questions",
    ] {
        let ran = desk.run(&format!("{command} --as-of R6"));
        assert!(ran.code == 0 || ran.code == 1 && command == "due", "{command}: {} {}", ran.code, ran.err);
    }
    let without = desk.run("status --as-of R4").done();
    assert!(without.out().contains("公表値もないため、件数は分かりません"), "{}", without.out());
    let paper = desk.run("report council --period R4 --format md").done();
    assert!(paper.out().contains("件数は分からない。"), "{}", paper.out());
}

#[test]
fn a_row_that_changes_is_a_change_of_the_plan() {
    let desk = city(&[R6]);
    desk.commit("2026-04-01T09:00:00+0900", "before");
    let text = desk.text("plan/plan.toml").replace("a = 24, b = 28", "a = 25, b = 27").replace("a = 32.7", "a = 32.8");
    desk.write("plan/plan.toml", text);
    let ran = desk.run("diff HEAD");
    for words in ["行政運営", "24", "25", "32.8"] {
        assert!(ran.out().contains(words), "{words}: {}", ran.out());
    }
}

/// 30 A, 60 B, 20 C, 4 that do not count and 6 that nobody rated: 120. A 30 ÷ 110 = 27.27… %, of 116 that are due 25.86… %; A+B 90 ÷ 110 =
/// 81.81… %, of 116 77.58… %. The rows have 4 + 2 = 6 that nobody rated, 20 + 30 + 8 + 2 + 4 = 64 and 10 + 30 + 12 + 2 + 2 = 56.
const UNRATED: &str = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\ngroup = \"基本方針別\"\ncounts = { a = 30, b = 60, c = 20, out = 4, unreported = 6, good = 90 }\n\
    total = 120\nshares = { a = 27.3, good = 81.8 }\nrows = [\n  { name = \"行政運営\", counts = { a = 20, b = 30, c = 8, out = 2, unreported = 4 } },\n  \
    { name = \"財政運営\", counts = { a = 10, b = 30, c = 12, out = 2, \"未報告\" = 2 } },\n]\n\n";

#[test]
fn what_nobody_rated_and_sums_of_grades_are_columns_of_a_paper() {
    let desk = city(&[UNRATED]);
    assert_eq!(codes(&desk), (0, none()));
    let json = desk.json("status --as-of R6");
    assert_eq!((&json["total"]["unreported"], &json["total"]["rated"]), (&json!(6), &json!(110)));
    let whole = &json["published"][0]["whole"];
    assert_eq!((&whole["unreported"], &whole["composites"]["good"]), (&json!(6), &json!(90)));
    assert_eq!(whole["sum_shares"], json!({ "good": 81.8 }));
    assert_eq!(json["published"][0]["rows"][1]["unreported"], 2);
    let text = desk.run("status --as-of R6").done();
    let columns = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let lines: Vec<Vec<String>> = text.out().lines().map(columns).collect();
    for line in
        ["未報告 6 －", "うちＡ＋Ｂ 90 81.8％ 81.8％", "行政運営 64 20 (34.5％) 30 (51.7％) 8 (13.8％) 2 50 (86.2％) 4"]
    {
        assert!(lines.contains(&columns(line)), "{line}: {}", text.out());
    }
    let csv = desk.run("status --as-of R6 --format csv").done();
    assert!(csv.out().contains(",取組,財政運営,,,R6,,56,52,2,10,30,12,2,40,"), "{}", csv.out());
    let paper = desk.run("report council --period R6 --format md").done();
    assert!(paper.out().contains("対象外4件及び未報告6件である"), "{}", paper.out());
    assert!(
        paper.out().contains("| 財政運営 | 56 | 10 (19.2％) | 30 (57.7％) | 12 (23.1％) | 2 | 40 (76.9％) | 2 |"),
        "{}",
        paper.out()
    );
    let explained = desk.run("explain --as-of R6").done();
    for line in [
        "n1 + n2 + n3 + n4 + U ＝ 30 + 60 + 20 + 4 + 6 ＝ 120件",
        "s1 ÷ R × 100 ＝ 90 ÷ 110 × 100",
        "n1r1 + n2r1 + n3r1 + n4r1 + Ur1 ＝ 20 + 30 + 8 + 2 + 4 ＝ 64件",
    ] {
        assert!(explained.out().contains(line), "{line}: {}", explained.out());
    }
}

#[test]
fn percentages_of_a_paper_are_of_what_the_plan_takes_them_of() {
    let due = head().replace("levels =", "denominator = \"due\"\nlevels =");
    let desk = Desk::plan(&[("plan.toml", &(due + UNRATED))]);
    // Of 116 that are due A is 25.9 % and A+B 77.6 %, which the paper does not print.
    assert_eq!(codes(&desk), (0, vec!["published-rate".to_owned(); 2]));
    assert!(desk.run("status --as-of R6").done().out().contains("25.9％"));
    assert!(desk.run("explain --as-of R6").done().out().contains("n1 ÷ D × 100 ＝ 30 ÷ 116 × 100"));
}

#[test]
fn a_printed_sum_that_its_grades_do_not_give_is_found_and_shown_as_printed() {
    let desk = city(&[&UNRATED.replace("good = 90", "good = 91").replace(", good = 81.8", "")]);
    assert_eq!(codes(&desk), (0, vec!["published-sum".to_owned()]));
    let text = desk.run("status --as-of R6").done();
    assert!(text.out().contains("Ａ＋Ｂは公表91件、その区分の和90件"), "{}", text.out());
    // 91 ÷ 110 = 82.72… %.
    assert!(text.out().contains("82.7％"), "{}", text.out());
    assert!(desk.run("explain --as-of R6").done().out().contains("s1 ÷ R × 100 ＝ 91 ÷ 110 × 100"));
    // Without its grades a sum stands as printed.
    let alone = city(&["[[published]]\nperiod = \"R6\"\nscale = \"s\"\ncounts = { good = 90, c = 20 }\ntotal = 110\n"]);
    assert_eq!(alone.json("status --as-of R6")["total"]["composites"]["good"], 90);
    // A sum may not be called as a grade is: the table could mean either.
    let twice = head().replace("id = \"good\"", "id = \"a\"");
    assert!(Desk::plan(&[("plan.toml", &twice)]).run("check").out().contains("duplicate-id"));
}

#[test]
fn what_nobody_rated_is_held_against_the_records() {
    let printed = "[[published]]\nperiod = \"R6\"\nscale = \"s\"\ncounts = { a = 1, b = 0, c = 0, out = 0, unreported = 1 }\ntotal = 2\n";
    let text = with_entries(&[printed]).run("check");
    assert!(text.out().contains("Ｂは公表 0、記録 1、未報告は公表 1、記録 0"), "{}", text.out());
}
