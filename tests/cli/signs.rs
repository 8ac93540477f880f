//! What stands beside a number and could be read as a part of it: signs and digits of grades, units, one of something.

use crate::support::Desk;

const PLAN: &str = r#"schema = 1
id = "signs"
name = "架空市計画"
fictional = true
period = { from = "R4", to = "R6" }
cycle = "year"
levels = ["項目"]
rounding = { mode = "truncate" }

[[scale]]
id = "s"
name = "評価"
grades = [
  { id = "▲", name = "▲" },
  { id = "－", name = "－" },
  { id = "△", name = "△" },
  { id = "評価5", name = "評価5" },
  { id = "良", name = "良" },
]
"#;

/// Of three entries, 1 goes from ▲ to －, 2 from △ to 評価5, 3 from － to 良.
fn city() -> Desk {
    let rated = |before: &str, now: &str| {
        let block =
            |period: &str, grade: &str| format!("[[update]]\nperiod = \"{period}\"\nrating = {{ s = \"{grade}\" }}\n");
        block("R4", before) + &block("R5", now)
    };
    let indicators = r#"[people]
name = "参加者"
unit = "people"
kind = "up"
baseline = { R3 = 1 }
target = { R5 = 223 }

[share]
name = "割合"
unit = "％"
kind = "up"
baseline = { R3 = 50 }
target = { R5 = 51 }
"#;
    Desk::plan(&[
        ("plan.toml", PLAN),
        ("outline/1.toml", "[1]\nname = \"一\"\n[2]\nname = \"二\"\n[3]\nname = \"三\"\n"),
        ("indicators.toml", indicators),
        ("records/1.toml", &rated("▲", "－")),
        ("records/2.toml", &rated("△", "評価5")),
        ("records/3.toml", &rated("－", "良")),
        ("records/people.toml", "[[measure]]\nperiod = \"R5\"\nvalue = 222\n"),
        ("records/share.toml", "[[measure]]\nperiod = \"R5\"\nvalue = 50\n"),
    ])
}

#[test]
fn a_grade_that_is_a_sign_or_ends_in_a_digit_is_set_off_from_the_number() {
    let desk = city();
    desk.run("check").done();
    let status = desk.run("status --as-of R5").done();
    for text in ["「▲」▲1", "「△」▲1", "「評価5」+1", "良+1"] {
        assert!(status.out().contains(text), "no {text} in\n{}", status.out());
    }
    let paper = desk.run("report council R5").done();
    for text in [
        "「▲」0件（0.0％）、「－」1件（33.3％）、「△」0件（0.0％）、「評価5」1件（33.3％）及び良1件（33.3％）",
        "▲は1件の減",
    ] {
        assert!(paper.out().contains(text), "no {text} in\n{}", paper.out());
    }
    assert!(!paper.out().contains("▲▲"), "{}", paper.out());
    let english = desk.run("status --as-of R5 --lang en").done();
    assert!(english.out().contains("\"▲\"-1"), "{}", english.out());
}

#[test]
fn an_english_number_stands_apart_from_its_unit_and_one_point_is_one() {
    let desk = city();
    let kpi = desk.run("kpi --as-of R5 --lang en").done();
    for text in
        ["222 people (FY2023)", "223 people or more (FY2023)", "short 1 people", "50% (FY2023)", "short 1 point "]
    {
        assert!(kpi.out().contains(text), "no {text} in\n{}", kpi.out());
    }
    assert!(!kpi.out().contains("short 1 points"), "{}", kpi.out());
    assert!(desk.run("kpi --as-of R5").done().out().contains("222people（R5）"));
}

#[test]
fn what_is_truncated_is_not_called_rounded_half_up() {
    let desk = city();
    for command in
        ["status --as-of R5", "kpi --as-of R5", "explain --as-of R5", "explain share --as-of R5", "report council R5"]
    {
        let text = desk.run(command).done();
        assert!(!text.out().contains("四捨五入"), "{command}: {}", text.out());
        let text = desk.run(&format!("{command} --lang en")).done();
        assert!(!text.out().contains("half up"), "{command}: {}", text.out());
    }
}

#[test]
fn the_explanation_for_programs_is_in_the_language_asked_for() {
    let desk = city();
    let title = |command: &str| desk.json(command)["steps"][0]["title"].as_str().unwrap().to_owned();
    assert_eq!([title("explain share --as-of R5"), title("explain share --as-of R5 --lang en")], ["差", "gap"]);
}
