//! Sums that a plan declares. Every figure here was worked out by hand, in the comment above it.

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id, exact};

const HEAD: &str = r#"
schema = 1
id     = "p"
name   = "計画"
period = { from = "R6", to = "R8" }
cycle  = "year"
levels = ["取組"]

[[scale]]
id     = "s"
name   = "評価"
grades = [
  { id = "a", name = "順調" },
  { id = "b", name = "やや遅れ" },
  { id = "c", name = "遅れ" },
  { id = "out", name = "対象外", counts = false },
]
"#;

const INDICATORS: &str = r#"
[desk]
name = "相談"
kind = "heading"
[hall]
parent = "desk"
name   = "窓口の相談"
unit   = "件"
kind   = "up"
series = "yearly"
target = { R6 = 100, R7 = 110, R8 = 120 }
[web]
parent = "desk"
name   = "ウェブの相談"
unit   = "件"
kind   = "up"
series = "yearly"
target = { R6 = 40, R7 = 60, R8 = 80 }
[wait]
name   = "待ち時間"
unit   = "分"
kind   = "down"
series = "yearly"
target = { R6 = 12, R7 = 11, R8 = 10 }
"#;

const OUTLINE: &str = "[1]\nname = \"窓口\"\n[2]\nname = \"通信\"\n[3]\nname = \"施設\"\n[4]\nname = \"終わった取組\"\n[5]\nname = \"報告のない取組\"\n";

fn city(sums: &str) -> Desk {
    let measure = |value: &str| format!("[[measure]]\nperiod = \"R6\"\nvalue = {value}\n");
    let rated = |grade: &str| format!("[[update]]\nperiod = \"R6\"\nrating = {{ s = \"{grade}\" }}\n");
    let head = format!("{HEAD}\n{sums}");
    let records = [
        ("records/hall.toml", measure("95")),
        ("records/web.toml", measure("48")),
        ("records/1.toml", rated("a")),
        ("records/2.toml", rated("b")),
        ("records/3.toml", rated("c")),
        ("records/4.toml", rated("out")),
    ];
    let mut files = vec![("plan.toml", &*head), ("indicators.toml", INDICATORS), ("outline/1.toml", OUTLINE)];
    files.extend(records.iter().map(|(name, text)| (*name, &**text)));
    Desk::plan(&files)
}

fn sum(keys: &str) -> String {
    format!("[[sum]]\nid = \"x\"\nname = \"その合計\"\n{keys}\n")
}

fn scores(desk: &Desk) -> Json {
    by_id(&desk.json("kpi --as-of R6")["sums"], "x")["scores"].clone()
}

fn figures(scores: &Json) -> [String; 5] {
    ["weights", "sum", "mean", "full", "share"].map(|key| match &scores[key] {
        Json::Null => "none".to_owned(),
        number => exact(number),
    })
}

#[test]
fn amounts_under_a_heading_add_up_by_year() {
    let desk = city(&sum("of = [\"desk\"]"));
    let kpi = desk.json("kpi --as-of R6");
    let rows = by_id(&kpi["sums"], "x")["totals"][0]["sums"].as_array().unwrap().clone();
    let of =
        |span: &str, year: &str| rows.iter().find(|row| row["span"] == span && row["year"] == year).unwrap().clone();
    // 100 + 40, 110 + 60, 120 + 80; so far 140, 310, 510.
    let planned = |span| ["R6", "R7", "R8"].map(|year| exact(&of(span, year)["planned"]["value"]));
    assert_eq!(
        (planned("year"), planned("so-far")),
        (["140", "170", "200"].map(str::to_owned), ["140", "310", "510"].map(str::to_owned))
    );
    // 95 + 48 = 143; 143 − 140; 143 ÷ 140 = 1.02142857…; (95 + 120) ÷ 2.
    let first = of("year", "R6");
    assert_eq!(exact(&first["actual"]["value"]), "143");
    let rates = ["difference", "ratio_of_sums", "mean_of_ratios"].map(|key| exact(&first[key]));
    assert_eq!(rates, ["3", "102.1428571429", "107.5"]);
    let shown = desk.run("kpi --as-of R6").done();
    assert!(shown.out().contains("■ 合計：その合計") && shown.out().contains("510件"), "{}", shown.out());
    // The whole plan: one total a unit.
    let whole = city(&sum("")).json("kpi --as-of R6");
    let totals = by_id(&whole["sums"], "x")["totals"].as_array().unwrap().clone();
    assert_eq!(totals.iter().map(|total| total["unit"].clone()).collect::<Vec<_>>(), [json!("件"), json!("分")]);
}

#[test]
fn rates_have_a_mean_by_weight() {
    // 95 and 120 twice: 95 + 240 = 335, ÷ 3 = 111.666…
    let desk = city(&sum("of = [\"desk\"]\nby = \"rates\"\nweights = { web = 2 }"));
    assert_eq!(figures(&scores(&desk)), ["3", "335", "111.6666666667", "none", "none"]);
    // The waiting time has no actual: it is named, and in neither.
    let desk = city(&sum("by = \"rates\""));
    assert_eq!(figures(&scores(&desk)), ["2", "215", "107.5", "none", "none"]);
    let shown = desk.run("kpi --as-of R6").done();
    assert!(shown.out().contains("合計にも平均にも入っていないもの（1件）：待ち時間"), "{}", shown.out());
}

#[test]
fn grades_are_worth_points() {
    // 5 × 2 + 3 + 0 = 13 of 4 × 5 = 20; the fourth does not count, the fifth is not rated.
    let keys = "by = \"points\"\nscale = \"s\"\npoints = { a = 5, b = 3, c = 0 }\nweights = { \"1\" = 2 }";
    let desk = city(&sum(keys));
    let found = scores(&desk);
    assert_eq!(figures(&found), ["4", "13", "3.25", "20", "65"]);
    let parts: Vec<(&Json, &Json)> =
        found["parts"].as_array().unwrap().iter().map(|p| (&p["id"], &p["score"])).collect();
    let ids = ["1", "2", "3", "5"].map(|id| json!(id));
    let points = [json!(5), json!(3), json!(0), Json::Null];
    assert_eq!(parts, ids.iter().zip(&points).collect::<Vec<_>>());
    let explained = desk.run("explain --as-of R6").done();
    let explained = explained.out().split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "合計 S S1 × W1 + S2 × W2 + S3 × W3 ＝ 5 × 2 + 3 × 1 + 0 × 1 ＝ 13",
        "平均 S ÷ W ＝ 13 ÷ 4 ＝ 3.25 → 3.3（小数第1位まで、四捨五入）",
        "満点に対する割合 S ÷ F × 100 ＝ 13 ÷ 20 × 100 ＝ 65 → 65.0％（小数第1位まで、四捨五入）",
    ] {
        assert!(explained.contains(line), "{line}\n{explained}");
    }
    // Under two entries only: 5 + 3 of 10.
    let desk =
        city(&sum("of = [\"1\", \"2\"]\nby = \"points\"\nscale = \"s\"\npoints = { \"順調\" = 5, b = 3, c = 0 }"));
    assert_eq!(figures(&scores(&desk)), ["2", "8", "4", "10", "80"]);
}

#[test]
fn verdicts_are_worth_points() {
    // 95 of 100 is behind, 48 of 40 met: 0 + 2 of 4. The waiting time cannot be judged.
    let desk = city(&sum("by = \"points\"\npoints = { met = 2, on-pace = 1, behind = 0, worsened = 0 }"));
    assert_eq!(figures(&scores(&desk)), ["2", "2", "1", "4", "50"]);
}

/// R6: 95 of 100 behind, 48 of 40 met, 143 together. R7: 110 of 110 and 60 of 60 met, 170 more: 313 so far.
#[test]
fn what_a_sum_comes_to_is_held_against_another_period() {
    let desk = city(
        &(sum("by = \"points\"\npoints = { met = 2, on-pace = 1, behind = 0, worsened = 0 }")
            + &sum("of = [\"desk\"]").replace("\"x\"", "\"all\"").replace("その合計", "相談の計")),
    );
    for (id, value) in [("hall", "110"), ("web", "60")] {
        let path = format!("plan/records/{id}.toml");
        let r7 = format!("[[measure]]\nperiod = \"R7\"\nvalue = {value}\n");
        desk.write(&path, desk.text(&path) + &r7);
    }
    let json = desk.json("kpi --as-of R7 --against R6");
    let sums = json["against"]["sums"].as_array().unwrap();
    let held = |id: &str, figure: &str| {
        let one = sums.iter().find(|one| one["id"] == id && one["figure"] == figure).unwrap();
        ["before", "value", "change"].map(|key| exact(&one[key]))
    };
    assert_eq!(held("x", "sum"), ["2", "4", "2"]);
    assert_eq!(held("x", "mean"), ["1", "2", "1"]);
    assert_eq!(held("x", "share"), ["50", "100", "50"]);
    assert_eq!(held("all", "actual-so-far"), ["143", "313", "170"]);
    let text = desk.run("kpi --as-of R7 --against R6 --wide").done();
    for shown in ["相談の計", "143件", "313件", "+170件", "+50.0ポイント"] {
        assert!(text.out().contains(shown), "no {shown} in\n{}", text.out());
    }
}

#[test]
fn what_a_sum_names_must_be_there() {
    for (keys, code) in [
        ("of = [\"deks\"]", "unknown-entry"),
        ("by = \"rates\"\nweights = { wab = 2 }", "unknown-entry"),
        ("by = \"points\"\nscale = \"s\"\npoints = { aa = 1 }", "unknown-grade"),
        ("by = \"points\"\npoints = { mat = 1 }", "unknown-bands"),
        ("by = \"points\"\nscale = \"t\"\npoints = { a = 1 }", "unknown-scale"),
        ("by = \"points\"\nscale = \"s\"", "missing-key"),
        ("by = \"products\"", "wrong-type"),
    ] {
        let ran = city(&sum(keys)).run("check --format json");
        assert_eq!(ran.code, 1, "{keys}");
        let found: Json = serde_json::from_str(ran.out()).unwrap();
        assert_eq!(found["findings"][0]["code"], code, "{keys}: {found}");
    }
    let twice = city(&(sum("") + &sum(""))).run("check --format json");
    assert!(twice.code == 1 && twice.out().contains("duplicate-id"), "{}", twice.out());
}

#[test]
fn a_year_after_its_era_is_understood_where_it_is_typed() {
    let desk = city("");
    for (period, written) in [("H37", "R7"), ("平成37年度", "R7"), ("平成36年度", "R6")] {
        let ran = desk.run(&format!("measure wait 9 --period {period} --dry-run"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out().contains(&format!("\"{written}\"")), "{period}: {}", ran.out());
    }
    let shown = desk.run("kpi --as-of 平成36年度").done();
    assert!(shown.out().contains("令和6年度"), "{}", shown.out());
}

#[test]
fn an_amount_takes_no_weight() {
    let desk = city("[[sum]]\nid = \"all\"\nname = \"合計\"\nweights = { hall = 2 }\n");
    let ran = desk.run("check");
    assert!(ran.code == 1 && ran.out().contains("額の合計に重みは付けられません"), "{}", ran.out());
}

#[test]
fn what_a_paper_printed_of_a_sum_is_worked_out_anew() {
    // As above: 100 + 40 planned, 95 + 48 came, 3 more, 143 ÷ 140 = 102.14, (95 + 120) ÷ 2 = 107.5; to R7 planned 140 + 170.
    // Points: a 2, b 1, c 0, twice for 1: 2 × 2 + 1 + 0 = 5, of the weights 4 a mean of 1.25, at most 8, 62.5 %.
    let right = "of = [\"desk\"]\npublished = [\n  { period = \"R6\", planned = 140, actual = 143, difference = 3, ratio-of-sums = 102.1, mean-of-ratios = 107.5 },\n  { period = \"R7\", over = \"so-far\", planned = 310 },\n]";
    let points = "by = \"points\"\nscale = \"s\"\npoints = { a = 2, b = 1, c = 0 }\nweights = { \"1\" = 2 }\nof = [\"1\", \"2\", \"3\"]\npublished = [{ period = \"R6\", sum = 5, mean = 1.25, full = 8, share = 62.5 }]";
    for keys in [right, points] {
        let ran = city(&sum(keys)).run("check").done();
        assert!(ran.out().contains("警告 0"), "{}", ran.out());
    }
    let kinds: [(&str, &str, &[&str]); 6] = [
        ("actual = 143", "actual = 145", &["「その合計」の令和6年度の実績の合計", "145", "143", "差 2"]),
        ("planned = 310", "planned = 300", &["令和7年度の計画の合計（累計）", "300", "310"]),
        // Cut off it would be 102.1 as well, rounded half up to no digits 102.
        ("102.1", "103", &["合計の比", "103", "102.14", "102"]),
        ("difference = 3", "difference = -3", &["実績－計画", "-3"]),
        // Of a month there are no amounts of a year; a mean of amounts there is none.
        ("{ period = \"R6\",", "{ period = \"R6Q2\",", &["計算できません"]),
        ("mean-of-ratios = 107.5", "mean = 107.5", &["平均", "計算できません"]),
    ];
    for (old, new, said) in kinds {
        assert_eq!(right.matches(old).count(), 1, "{old}");
        let ran = city(&sum(&right.replacen(old, new, 1))).run("check").done();
        assert!(ran.out().contains("published-rate"), "{new}: {}", ran.out());
        for said in said {
            assert!(ran.out().contains(said), "{new}: no {said} in\n{}", ran.out());
        }
    }
    // Of several units it cannot be told which is meant.
    let several = city(&sum("published = [{ period = \"R6\", actual = 143 }]")).run("check").done();
    assert!(several.out().contains("計算できません"), "{}", several.out());
}

#[test]
fn a_printed_sum_is_explained_beside_what_it_rests_on() {
    let keys = "of = [\"desk\"]\npublished = [{ period = \"R6\", actual = 145, ratio-of-sums = 102.5 }]";
    let shown = city(&sum(keys)).run("explain --as-of R6").done();
    for line in [
        "その合計（R6の公表値）",
        "公表された実績の合計",
        "AR6 ＝ 143 ＝ 143件（公表値 145件、差 +2）",
        "AR6 ÷ PR6 × 100 ＝ 143 ÷ 140 × 100 ＝ 102.142… → 102.1％（公表値 102.5％、差 +0.4ポイント）",
    ] {
        assert!(shown.out().contains(line), "no {line} in\n{}", shown.out());
    }
}
