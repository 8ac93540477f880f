//! `themes.toml`: one theme counts the same in `status`, `kpi`, a paper and the dataset, and what belongs to none or two is told.
//!
//! The made-up city of `verdicts.rs`, worked out there: as of R6 visitors ◎, shops ○, events ○ (by hand), clubs none, readers △; the
//! first two verify entry 1, the others entry 2. Shops is named by `future`, and so is in no theme of its entry: `ease` has
//! visitors (1, of 1 judged ◎ 1), `future` the other four (3 judged: ○ 2, △ 1). `g8` has what is under `people`: visitors, shops
//! and events; clubs and readers belong to none.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::support::Desk;
use crate::verdicts::{BY_HAND, INDICATORS, PLAN, city};

const THEMES: &str = r#"[ease]
framework = "総合計画"
name      = "便利な市役所"
of        = ["1"]

[future]
framework = "総合計画"
name      = "次の世代"
of        = ["2", "shops"]

[g8]
framework = "SDGs"
name      = "働きがい"
of        = "people"
"#;

const PAPER: &str = r#"title = "主題ごとの状況"
[[section]]
show = "policies"
by   = "総合計画"
[[section]]
show = "verdicts"
by   = "総合計画"
"#;

fn with_themes(themes: &str) -> Desk {
    let desk = city(&PLAN.replace("fictional", "city-code = \"010006\"\nfictional"), INDICATORS, BY_HAND);
    desk.write("plan/themes.toml", themes);
    desk
}

/// By theme, `None` for no theme: how many indicators, how many judged, how many with each counted verdict.
type Counts = BTreeMap<Option<String>, (u64, u64, BTreeMap<String, u64>)>;

fn counted(kpi: &Json) -> Counts {
    let groups = kpi["verdict_counts"][0]["groups"].as_array().unwrap().iter().filter(|group| group["kind"] == "theme");
    let words = [("◎", "met"), ("○", "on-pace"), ("△", "behind"), ("none", "undetermined")];
    let of = |group: &Json| {
        let counts = group["counts"].as_array().unwrap().iter();
        let counts = counts.filter_map(|count| {
            let (_, word) = words.iter().find(|(band, _)| count["id"] == *band)?;
            Some(((*word).to_owned(), count["count"].as_u64()?)).filter(|(_, n)| *n > 0)
        });
        (group["all"].as_u64().unwrap(), group["judged"].as_u64().unwrap(), counts.collect())
    };
    groups.map(|group| (group["id"].as_str().map(str::to_owned), of(group))).collect()
}

/// A theme, how many indicators, how many judged, how many with each verdict.
type Expected<'e> = (Option<&'e str>, u64, u64, &'e [(&'e str, u64)]);

fn expected(all: &[Expected<'_>]) -> Counts {
    let words = |words: &[(&str, u64)]| words.iter().map(|(word, n)| ((*word).to_owned(), *n)).collect();
    all.iter().map(|(id, all, judged, of)| (id.map(str::to_owned), (*all, *judged, words(of)))).collect()
}

#[test]
fn a_theme_has_the_same_counts_in_kpi_a_paper_and_the_dataset() {
    let desk = with_themes(THEMES);
    let plan = expected(&[
        (Some("ease"), 1, 1, &[("met", 1)]),
        (Some("future"), 4, 3, &[("on-pace", 2), ("behind", 1), ("undetermined", 1)]),
    ]);
    assert_eq!(counted(&desk.json("kpi --as-of R6 --theme 総合計画")), plan);
    let sdgs = expected(&[
        (Some("g8"), 3, 3, &[("met", 1), ("on-pace", 2)]),
        (None, 2, 1, &[("behind", 1), ("undetermined", 1)]),
    ]);
    assert_eq!(counted(&desk.json("kpi --as-of R6 --theme SDGs")), sdgs);
    // A table says of which framework its themes are.
    assert!(desk.run("kpi --as-of R6 --theme SDGs --format md").out().contains("| SDGs | 全体 | 判定できる |"));
    assert_eq!(desk.csv("kpi --as-of R6 --theme SDGs")[0][3], "SDGs");
    // Of two frameworks one has to be named.
    assert!(desk.run("kpi --as-of R6 --theme --lang en").failed().contains("several frameworks"));

    desk.write("plan/reports/themes.toml", PAPER);
    let paper = desk.run("report council R6 --for themes --format md").out().to_owned();
    for row in [
        "| 便利な市役所 | 1 | 1 | 1（100.0％）",
        "| 次の世代 | 4 | 3 | 0（0.0％） | 2（66.7％）",
        "総合計画ごとの判定の件数",
    ] {
        assert!(paper.contains(row), "no {row} in\n{paper}");
    }
    assert_eq!(desk.run("export --as-of R6 --format csv -o dataset").code, 0);
    let rows = |table: &str| -> Vec<BTreeMap<String, String>> {
        let bytes = desk.read(&format!("dataset/{table}/city=010006/plan=bands/data.csv"));
        csv::Reader::from_reader(bytes.as_slice()).deserialize().map(Result::unwrap).collect()
    };
    let verdicts = rows("verdicts");
    let own: Vec<_> = verdicts.iter().filter(|row| row["is_latest"] == "true" && row["role"] == "own").collect();
    let mut found: Counts = BTreeMap::new();
    for theme in rows("themes").iter().filter(|row| row["framework"] == "総合計画" && row["subject"] == "indicator")
    {
        for row in own.iter().filter(|row| row["indicator_id"] == theme["subject_id"]) {
            let (all, judged, words) = found.entry(Some(theme["theme_id"].clone())).or_default();
            *all += 1;
            *judged += u64::from(row["counted_verdict"] != "undetermined");
            *words.entry(row["counted_verdict"].clone()).or_default() += 1;
        }
    }
    assert_eq!(found, plan);
}

#[test]
fn a_paper_about_themes_is_verified_and_says_what_counts_twice() {
    let desk = with_themes(
        &THEMES.replace("\"shops\"]", "\"shops\", \"visitors\"]").replace("[\"1\"]", "[\"1\", \"visitors\"]"),
    );
    assert_eq!(desk.run("kpi --as-of R6 --theme 総合計画 -o kpi.md").code, 0);
    let text = desk.text("kpi.md");
    // Visitors is in both: 1 and 5.
    assert!(text.contains("二つ以上の主題に属する指標は、それぞれで数えた（延べ6件、実数5件）"), "{text}");
    assert_eq!(desk.run("verify kpi.md").code, 0);
    let wrong = text.replacen("| 次の世代 | 5 |", "| 次の世代 | 6 |", 1);
    assert_ne!(wrong, text);
    desk.write("kpi.md", wrong);
    assert_eq!(desk.run("verify kpi.md").code, 1);
}

#[test]
fn indicators_of_no_theme_or_of_two_are_told() {
    let check = |themes: &str| desk_check(&with_themes(themes));
    // Of SDGs, which is about indicators alone, no entry is missed.
    let told = check(THEMES);
    assert!(
        told.contains("indicators of no theme of `SDGs`: clubs, readers") && !told.contains("entries of no theme"),
        "{told}"
    );
    assert!(!told.contains("theme-twice"), "{told}");
    let desk = with_themes(THEMES);
    desk.write("plan/indicators.toml", INDICATORS.replacen("entry = \"1\"", "entry = [\"1\", \"2\"]", 1));
    let told = desk_check(&desk);
    assert!(told.contains("the indicator `visitors` belongs to both `便利な市役所` and `次の世代`"), "{told}");
    // Named itself, it belongs to that theme alone.
    desk.write("plan/themes.toml", THEMES.replace("[\"1\"]", "[\"1\", \"visitors\"]"));
    assert!(!desk_check(&desk).contains("visitors"), "{}", desk_check(&desk));
    assert_eq!(counted(&desk.json("kpi --as-of R6 --theme 総合計画"))[&Some("ease".to_owned())].0, 1);
}

fn desk_check(desk: &Desk) -> String {
    desk.run("check --lang en").out().to_owned()
}

#[test]
fn a_paper_counts_by_a_framework_where_the_plan_names_its_groups() {
    let desk = with_themes(THEMES);
    let head = desk.text("plan/plan.toml");
    desk.write("plan/plan.toml", format!("{head}\n[[group]]\nid = \"tag\"\nname = \"分類\"\n"));
    desk.write("plan/reports/themes.toml", PAPER);
    assert!(!desk_check(&desk).contains("unknown-key"), "{}", desk_check(&desk));
    assert_eq!(desk.run("report council R6 --for themes --format md").code, 0);
    desk.write(
        "plan/reports/themes.toml",
        PAPER.replace("verdicts\"\nby   = \"総合計画\"", "verdicts\"\nby   = \"総合計\""),
    );
    let told = desk_check(&desk);
    assert!(told.contains("there is no framework of themes `総合計`") && told.contains("総合計画"), "{told}");
}

/// In `status` they would be one, in `kpi` two.
#[test]
fn two_themes_of_one_framework_have_two_names() {
    let twice = THEMES.replace("次の世代", "便利な市役所");
    let ran = with_themes(&twice).run("check --lang en");
    assert!(ran.code == 1 && ran.out().contains("duplicate-id") && ran.out().contains("the name"), "{ran:?}");
    // Of two frameworks they may have one name.
    let other = THEMES.replace("働きがい", "便利な市役所");
    assert!(!with_themes(&other).run("check --lang en").out().contains("duplicate-id"));
}
