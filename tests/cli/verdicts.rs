//! A made-up city that counts its indicators by bands of its own, with a second set beside them: alike in every output.
//!
//! Worked out by hand. Every target is 100, so that the rate to target is the actual in percent:
//!
//! | indicator | entry | R5 | R6 | rate R5 | rate R6 | trend R6 |
//! |---|---|---|---|---|---|---|
//! | visitors (under `people`) | 1 | 90 | 100 | ○ | ◎ | better |
//! | shops (under `people`) | 1 | 85 | 80 | ○ | ○ | worse |
//! | events (under `people`) | 2 | 50 | 60 | △ | △, by hand ○ | better |
//! | clubs | 2 | | | none | none | new |
//! | readers | 2 | 70 | 75 | △ | △ | better |
//!
//! As of R6: ◎ 1, ○ 2, △ 1 of 4 that are judged (25 %, 50 %, 25 %), none 1, all 5; 80 % or more 3 (75 %), of these at 100 %
//! or more 1. As of R5: ◎ 0, ○ 2, △ 2, none 1. Under `people` 3 of 3 are at 80 % or more, ◎ 1/3 = 33.3 %. Entry 2: ○ 1 and △ 1
//! of 2, none 1. Trend: better 3 of 4 (75 %), worse 1, new 1; as of R5 all 5 were new.

use serde_json::{Value as Json, json};

use crate::support::Desk;

pub const PLAN: &str = r#"schema = 1
id = "bands"
name = "架空市総合計画"
city = "架空市"
fictional = true
period = { from = "R5", to = "R8" }
cycle = "year"
levels = ["政策"]
judge = { bands = "rate", also = ["trend"] }

[[bands]]
id = "rate"
name = "達成度"
by = "ratio"
bands = [
  { id = "◎", name = "◎", verdict = "met", at-least = 100 },
  { id = "○", name = "○", verdict = "on-pace", at-least = 80 },
  { id = "△", name = "△", verdict = "behind", at-least = 0 },
  { id = "none", name = "判断できない", verdict = "undetermined" },
]
composites = [
  { id = "from-80", name = "80％以上", bands = ["◎", "○"] },
  { id = "from-100", name = "100％以上", bands = ["◎"], of = "from-80" },
]

[[bands]]
id = "trend"
name = "前年度との比較"
bands = [
  { id = "better", name = "改善", verdict = "on-pace", last-year = "better" },
  { id = "same", name = "横ばい", verdict = "behind", last-year = "same" },
  { id = "worse", name = "悪化", verdict = "worsened", last-year = "worse" },
  { id = "new", name = "前年度の値なし", verdict = "undetermined" },
]
"#;

pub const INDICATORS: &str = r#"[people]
name = "交流"
kind = "heading"
published = [{ period = "R6", counts = { "◎" = 1, "○" = 2, from-80 = 3 }, shares = { "◎" = 33.3 } }]

[visitors]
name = "来訪者数"
unit = "千人"
kind = "up"
entry = "1"
target = { R8 = 100 }
parent = "people"

[shops]
name = "出店数"
unit = "店"
kind = "up"
entry = "1"
target = { R8 = 100 }
parent = "people"

[events]
name = "催しの参加者数"
unit = "千人"
kind = "up"
entry = "2"
target = { R8 = 100 }
parent = "people"

[clubs]
name = "団体数"
unit = "団体"
kind = "up"
entry = "2"
target = { R8 = 100 }

[readers]
name = "貸出冊数"
unit = "千冊"
kind = "up"
entry = "2"
target = { R8 = 100 }
"#;

/// The made-up city, with this text of its indicators and this verdict of events by hand.
pub fn city(plan: &str, indicators: &str, by_hand: &str) -> Desk {
    let values = |first: &str, second: &str, more: &str| {
        format!(
            "[[measure]]\nperiod = \"R5\"\nvalue = {first}\n\n[[measure]]\nperiod = \"R6\"\nvalue = {second}\n{more}"
        )
    };
    Desk::plan(&[
        ("plan.toml", plan),
        ("outline/1.toml", "[1]\nname = \"まちづくり\"\n[2]\nname = \"ひとづくり\"\n"),
        ("indicators.toml", indicators),
        ("records/visitors.toml", &values("90", "100", "")),
        ("records/shops.toml", &values("85", "80", "")),
        ("records/events.toml", &values("50", "60", by_hand)),
        ("records/readers.toml", &values("70", "75", "")),
    ])
}

pub const BY_HAND: &str = "verdict = \"○\"\nreason = \"取り戻す見込み\"\n";

fn counts(group: &Json) -> Vec<(String, u64)> {
    let counts = group["counts"].as_array().unwrap().iter();
    counts.map(|count| (count["id"].as_str().unwrap().to_owned(), count["count"].as_u64().unwrap())).collect()
}

fn pairs(all: &[(&str, u64)]) -> Vec<(String, u64)> {
    all.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect()
}

#[test]
fn counts_are_by_the_bands_of_the_city_in_json_and_csv() {
    let desk = city(PLAN, INDICATORS, BY_HAND);
    desk.run("check").done();
    let kpi = desk.json("kpi --as-of R6");
    let tables = kpi["verdict_counts"].as_array().unwrap();
    let ids: Vec<&str> = tables.iter().map(|table| table["bands"].as_str().unwrap()).collect();
    assert_eq!(ids, ["rate", "trend"]);
    let groups = tables[0]["groups"].as_array().unwrap();
    let rate = [("◎", 1), ("○", 2), ("△", 1), ("none", 1), ("from-80", 3), ("from-100", 1)];
    assert_eq!(counts(&groups[0]), pairs(&rate));
    assert_eq!((&groups[0]["all"], &groups[0]["judged"], &tables[0]["previous"]), (&json!(5), &json!(4), &json!("R5")));
    let before: Vec<&Json> = groups[0]["counts"].as_array().unwrap().iter().map(|count| &count["before"]).collect();
    assert_eq!(before, [0, 2, 2, 1, 2, 0].map(Json::from).iter().collect::<Vec<_>>());
    let named: Vec<(&str, &str)> =
        groups[1..].iter().map(|of| (of["kind"].as_str().unwrap(), of["id"].as_str().unwrap())).collect();
    assert_eq!(named, [("heading", "people"), ("entry", "1"), ("entry", "2")]);
    assert_eq!(counts(&groups[1])[..4], pairs(&[("◎", 1), ("○", 2), ("△", 0), ("none", 0)]));
    assert_eq!(counts(&groups[3])[..4], pairs(&[("◎", 0), ("○", 1), ("△", 1), ("none", 1)]));
    assert_eq!(counts(&tables[1]["groups"][0]), pairs(&[("better", 3), ("same", 0), ("worse", 1), ("new", 1)]));
    let rows = desk.csv("kpi --as-of R6 --counts");
    let of_plan: Vec<Vec<&str>> =
        rows[1..8].iter().map(|row| row[5..11].iter().map(String::as_str).collect()).collect();
    assert_eq!(
        of_plan,
        [
            ["◎", "1", "4", "25.0", "0", "1"],
            ["○", "2", "4", "50.0", "2", "0"],
            ["△", "1", "4", "25.0", "2", "-1"],
            ["判断できない", "1", "", "", "1", "0"],
            ["計", "5", "", "", "5", "0"],
            ["80％以上", "3", "4", "75.0", "2", "1"],
            ["100％以上", "1", "4", "25.0", "0", "1"],
        ]
    );
}

#[test]
fn the_paper_and_the_explanation_state_the_same_counts() {
    let desk = city(PLAN, INDICATORS, BY_HAND);
    for command in
        ["kpi --as-of R6 --format md", "kpi --as-of R6 --counts --format md", "report council R6 --format md"]
    {
        let text = desk.run(command).done();
        for row in ["| ◎ | 1 | 25.0％ | 0 | +1 |", "| ○ | 2 | 50.0％ | 2 | 0 |", "うち80％以上 | 3 | 75.0％ | 2 | +1 |"]
        {
            assert!(text.out().contains(row), "{command}: no {row} in\n{}", text.out());
        }
        assert!(text.out().contains("割合の分母は、判定できる4件"), "{command}");
    }
    let steps = desk.json("explain --as-of R6")["steps"].take();
    let result = |name: &str| {
        let step = steps.as_array().unwrap().iter().find(|step| step["name"] == name);
        step.unwrap_or_else(|| panic!("no {name}"))["result"].to_string()
    };
    for (name, expected) in [
        ("verdicts:band:◎", "1"),
        ("verdicts:band:○", "2"),
        ("verdicts:sum:from-80", "3"),
        ("verdicts:share:○", "50"),
        ("verdicts:share:from-80", "75"),
        ("verdicts:band:better", "3"),
        ("judged", "4"),
    ] {
        assert_eq!(result(name), expected, "{name}");
    }
}

#[test]
fn a_verdict_by_hand_is_shown_beside_the_band_everywhere() {
    let desk = city(PLAN, INDICATORS, BY_HAND);
    let rows = desk.csv("kpi --as-of R6");
    let at = |title: &str| rows[0].iter().position(|known| known == title).unwrap_or_else(|| panic!("no {title}"));
    let events = rows.iter().find(|row| row[0] == "events").unwrap();
    let cells = ["当てはまった判定区分", "所管課の判断", "所管課の判断の理由", "前年度との比較"]
        .map(|title| events[at(title)].as_str());
    assert_eq!(cells, ["△", "○（順調）", "取り戻す見込み", "改善（順調）"]);
    let undetermined =
        city(PLAN, &INDICATORS.replace("published", "#"), "verdict = \"undetermined\"\nreason = \"天災\"\n");
    let kpi = undetermined.json("kpi --as-of R6");
    let events = kpi["indicators"].as_array().unwrap().iter().find(|one| one["id"] == "events").unwrap();
    assert_eq!(events["by_hand"], json!({ "verdict": "undetermined", "band": null, "reason": "天災" }));
    // The only band that means so takes it: none 2, and 3 are judged.
    assert_eq!(
        counts(&kpi["verdict_counts"][0]["groups"][0])[..4],
        pairs(&[("◎", 1), ("○", 1), ("△", 1), ("none", 2)])
    );
    assert_eq!(kpi["verdict_counts"][0]["groups"][0]["judged"], 3);
    let unknown = city(PLAN, INDICATORS, "verdict = \"×\"\n");
    let check = unknown.run("check");
    assert!(check.out().contains("◎ | ○ | △ | none"), "{}", check.out());
}

#[test]
fn what_a_paper_printed_by_band_is_computed_anew() {
    let wrong = INDICATORS.replace("\"○\" = 2", "\"○\" = 3").replace("33.3", "33.4");
    let check = city(PLAN, &wrong, BY_HAND).run("check");
    for text in ["の○の件数の公表値は 3 ですが、計算すると 2", "の◎の割合の公表値は 33.4 ですが、計算すると 33.333"]
    {
        assert!(check.out().contains(text), "no {text} in\n{}", check.out());
    }
    let unknown = city(PLAN, &INDICATORS.replace("\"○\" = 2", "\"×\" = 2"), BY_HAND).run("check");
    assert!(unknown.out().contains("unknown-bands"), "{}", unknown.out());
    let explained = city(PLAN, INDICATORS, BY_HAND).run("explain people --as-of R6").done();
    assert!(explained.out().contains("1 ÷ 3 × 100"), "{}", explained.out());
}

#[test]
fn nothing_is_compared_across_a_change_of_bands() {
    let later = "[[bands]]\nid = \"rate\"\nname = \"達成度（新）\"\nfrom = \"R6\"\nby = \"ratio\"\nbands = [\n\
                 { id = \"S\", name = \"S\", verdict = \"met\", at-least = 100 },\n\
                 { id = \"A\", name = \"A\", verdict = \"on-pace\" },\n]\n\n[[bands]]\nid = \"trend\"";
    let plan = PLAN
        .replace("name = \"達成度\"\n", "name = \"達成度\"\nto = \"R5\"\n")
        .replace("[[bands]]\nid = \"trend\"", later);
    let desk = city(&plan, &INDICATORS.replace("published", "#"), "");
    let kpi = desk.json("kpi --as-of R6");
    let table = &kpi["verdict_counts"][0];
    assert_eq!((&table["previous"], &table["other_bands_before"]), (&Json::Null, &json!(true)));
    // S: visitors; A: all others that have a rate; clubs have none, and no band of what cannot be judged.
    assert_eq!(counts(&table["groups"][0]), pairs(&[("S", 1), ("A", 3), ("undetermined", 1)]));
    assert_eq!(
        counts(&desk.json("kpi --as-of R5")["verdict_counts"][0]["groups"][0])[..2],
        pairs(&[("◎", 0), ("○", 2)])
    );
    for command in ["kpi --as-of R6 --counts", "report council R6"] {
        let text = desk.run(command).done();
        assert!(text.out().contains("判定区分が異なるため、前回と比べていない"), "{command}: {}", text.out());
    }
    // What was not compared is not said to be unchanged.
    let (text, english) = (desk.run("report council R6").done(), desk.run("report council R6 --lang en").done());
    assert!(!text.out().contains("変わったものはない"), "{}", text.out());
    assert!(!english.out().contains("no verdict changed"), "{}", english.out());
    let overlapping = plan.replace("from = \"R6\"\nby", "from = \"R5\"\nby");
    assert!(city(&overlapping, INDICATORS, "").run("check").out().contains("同じ年度に二つあります"));
}

#[test]
fn bands_of_one_name_are_one_band_with_several_rules() {
    let plan = PLAN.replace("id = \"△\", name = \"△\"", "id = \"late\", name = \"○\"");
    let kpi = city(&plan, &INDICATORS.replace("published", "#"), "").json("kpi --as-of R6");
    // ○: shops, and with the second rule events and readers; both rules are in the sum that names ○.
    let rate = [("◎", 1), ("○", 3), ("none", 1), ("from-80", 4), ("from-100", 1)];
    assert_eq!(counts(&kpi["verdict_counts"][0]["groups"][0]), pairs(&rate));
}

#[test]
fn a_set_of_bands_names_one_thing_by_one_word() {
    for (from, to, stated) in [
        ("id = \"△\"", "id = \"○\"", "「○」が二つあります"),
        ("name = \"80％以上\"", "name = \"◎\"", "名称「◎」が二つあります"),
        ("bands = [\"◎\", \"○\"]", "bands = [\"◎\", \"◎\"]", "合計に「◎」が二つあります"),
        ("bands = [\"◎\"], of", "bands = [\"△\"], of", "「△」は「80％以上」に含まれません"),
        ("of = \"from-80\"", "of = \"from-70\"", "「from-70」という区分の合計はありません"),
        ("bands = [\"◎\", \"○\"]", "bands = [\"×\"]", "「×」という判定の区分はありません"),
        ("also = [\"trend\"]", "also = [\"rate\"]", "すでに判定に用いています"),
    ] {
        let plan = PLAN.replace(from, to);
        assert_ne!(plan, PLAN, "{from}");
        let check = city(&plan, &INDICATORS.replace("published", "#"), "").run("check");
        assert!(check.out().contains(stated), "{to}: no {stated} in\n{}", check.out());
    }
}

/// 60 of 100 is △ behind; a person judged it ○ on pace: so it counts wherever verdicts are compared, decided and scored.
#[test]
fn a_verdict_by_hand_is_what_is_compared_decided_and_scored() {
    let points = "\n[[sum]]\nid = \"points\"\nname = \"点数\"\nof = \"events\"\nby = \"points\"\npoints = { \"◎\" = 3, \"○\" = 2, \"△\" = 1 }\n";
    let desk = city(&(PLAN.to_owned() + points), INDICATORS, BY_HAND);
    let json = desk.json("kpi --as-of R6 --against R5");
    assert_eq!(json["sums"][0]["scores"]["sum"], 2, "{}", json["sums"]);
    let against =
        &json["against"]["indicators"].as_array().unwrap().iter().find(|one| one["id"] == "events").unwrap()["verdict"];
    assert_eq!(*against, "on-pace");
    // ○ gives 2 of 3 points; in R5 nothing was measured, so there is no sum to compare with.
    let sum = |figure: &str| {
        let sums = json["against"]["sums"].as_array().unwrap();
        sums.iter().find(|one| one["figure"] == figure).unwrap().clone()
    };
    assert_eq!((&sum("sum")["value"], &sum("mean")["value"]), (&2.into(), &2.into()), "{}", json["against"]["sums"]);
    let decided =
        |desk: &Desk| desk.run("report council --for headquarters --period R6 --format md").done().out().to_owned();
    let section = |text: &str| text.split("## ").find(|part| part.contains("協議事項")).unwrap_or_default().to_owned();
    assert!(
        section(&decided(&city(PLAN, INDICATORS, ""))).contains("催し"),
        "{}",
        decided(&city(PLAN, INDICATORS, ""))
    );
    assert!(!section(&decided(&desk)).contains("催し"), "{}", decided(&desk));
}

/// What has no rate, and how it stands in R6: a bound that is kept, one that is missed and was better, a range that is missed,
/// a step that is due, and one with a rate (85 of 100).
const RATELESS: &str = r#"[kept]
name = "上限"
unit = "％"
kind = "at-most"
target = { R8 = 60 }
[worse]
name = "悪化した上限"
unit = "％"
kind = "at-most"
baseline = { R5 = 70 }
target = { R6 = 60 }
[range]
name = "範囲"
unit = "時間"
kind = "range"
target = { R8 = { min = 18, max = 24 } }
[step]
name = "段階"
kind = "milestone"
steps = ["検討", "設計", "運用"]
target = { R6 = "設計", R8 = "運用" }
[rate]
name = "率"
unit = "人"
kind = "up"
target = { R8 = 100 }
"#;

fn rateless(bands: &str) -> Desk {
    let head = &PLAN[..PLAN.find("[[bands]]").unwrap()];
    let head = head.replace("judge = { bands = \"rate\", also = [\"trend\"] }", "judge = { bands = \"rate\" }");
    let plan = format!("{head}[[bands]]\nid = \"rate\"\nname = \"達成度\"\nby = \"ratio\"\nbands = [{bands}]\n");
    let measure = |value: &str| format!("[[measure]]\nperiod = \"R6\"\nvalue = {value}\n");
    let records = [
        ("records/kept.toml", measure("51")),
        ("records/worse.toml", measure("80")),
        ("records/range.toml", measure("12")),
        ("records/step.toml", measure("\"設計\"")),
        ("records/rate.toml", measure("85")),
    ];
    let mut files = vec![("plan.toml", &*plan), ("indicators.toml", RATELESS)];
    files.extend(records.iter().map(|(name, text)| (*name, &**text)));
    Desk::plan(&files)
}

#[test]
fn a_band_may_be_given_to_what_has_no_rate() {
    const BARE: &str = r#"{ id = "◎", name = "◎", verdict = "met", at-least = 100 }, { id = "○", name = "○", verdict = "on-pace", at-least = 80 }, { id = "△", name = "△", verdict = "behind" }"#;
    // Without a word two tables: the standard words of four (met, worsened, behind, on pace), ○ 1.
    let apart = rateless(BARE).json("kpi --as-of R6");
    let tables = apart["verdict_counts"].as_array().unwrap();
    assert_eq!(tables.len(), 2, "{tables:?}");
    // By hand: 51 ≤ 60 met, so ◎; 80 > 60, and further off than 70, worsened, so △; 12 short of 18, behind, so △; at 設計,
    // which is due, on pace, so ○; 85 % ○. ◎ 1, ○ 2, △ 2 of 5.
    let given = BARE
        .replace("at-least = 100", "at-least = 100, without-rate = \"met\"")
        .replace("at-least = 80", "at-least = 80, without-rate = \"on-pace\"")
        .replace("\"behind\" }", "\"behind\", without-rate = [\"behind\", \"worsened\"] }");
    let desk = rateless(&given);
    assert!(desk.run("check").done().out().contains("警告 0"));
    let json = desk.json("kpi --as-of R6");
    let tables = json["verdict_counts"].as_array().unwrap();
    assert_eq!(tables.len(), 1, "{tables:?}");
    let bands: Vec<(Json, Json)> = json["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["verdict"].clone(), one["band"].clone()))
        .collect();
    // Worse is 遅れ here: so the set calls its △.
    let expected = [("met", "◎"), ("behind", "△"), ("behind", "△"), ("on-pace", "○"), ("on-pace", "○")];
    assert_eq!(bands, expected.map(|(verdict, band)| (json!(verdict), json!(band))));
    let text = desk.run("kpi --as-of R6 --counts").done();
    for line in ["◎            1  20.0％", "○            2  40.0％", "△            2  40.0％"] {
        assert!(text.out().contains(line), "no {line} in\n{}", text.out());
    }
    let paper = desk.run("report council --period R6 --format md").done();
    assert!(
        paper.out().contains("率のない指標は、標準の判定による：達成 → ◎、順調 → ○、遅れ → △、後退 → △。"),
        "{}",
        paper.out()
    );
    let shown = desk.run("explain worse --as-of R6").done();
    for line in ["b − a > 0：70 − 80 > 0 → 当てはまる", "後退 → △", "遅れ（区分「△」）"] {
        assert!(shown.out().contains(line) || line.starts_with("b"), "no {line} in\n{}", shown.out());
    }
    // What no band is given for cannot be judged; who has reached the target has met it all the same.
    let some = rateless(&BARE.replace("at-least = 80", "at-least = 80, without-rate = \"on-pace\""));
    let json = some.json("kpi --as-of R6");
    let verdicts: Vec<&Json> = json["indicators"].as_array().unwrap().iter().map(|one| &one["verdict"]).collect();
    assert_eq!(verdicts, ["met", "undetermined", "undetermined", "on-pace", "on-pace"]);
    // A word that is none, and one verdict with two bands.
    for (from, to, said) in [
        ("without-rate = \"met\"", "without-rate = \"reached\"", "met"),
        ("without-rate = \"met\"", "without-rate = [\"met\", \"behind\"]", "区分が二つ"),
    ] {
        let ran = rateless(&given.replace(from, to)).run("check");
        assert!(ran.code == 1 && ran.out().contains(said), "{to}: {}", ran.out());
    }
}
