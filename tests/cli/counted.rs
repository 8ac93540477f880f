//! What is counted: several levels, groups, scales and evaluators side by side, who is asked in which year, what percentages
//! are of, and what a count is compared with.

use serde_json::{Value as Json, json};

use crate::support::{Desk, by_id};

const HEAD: &str = r#"schema = 1
id     = "minato"
name   = "みなと市改革プラン"
period = { from = "R4", to = "R6" }
cycle  = "year"
levels = ["政策", "施策"]
count  = ["政策", "施策"]

[[scale]]
id = "progress"
name = "進捗"
grades = [{ id = "good", name = "順調" }, { id = "late", name = "遅れ", attention = true }]
composites = [{ id = "all", name = "順調と遅れ", grades = ["good", "late"] }]

[[scale]]
id = "effect"
name = "成果"
grades = [{ id = "a", name = "A" }, { id = "b", name = "B" }]

[[evaluator]]
id = "dept"
name = "所管"

[[evaluator]]
id = "committee"
name = "委員会"

[[evaluator]]
id = "final"
name = "最終"
first-of = ["committee", "dept"]
"#;

/// When the plan was committed.
const DAY: &str = "2026-11-20T09:00:00+0900";

const OUTLINE: &str = r#"
[1]
name = "窓口"
owner = "plan"

[1-1]
name = "予約"
group = { due = "R5", tag = ["DX", "財政"] }

[1-2]
name = "電話"
group = { due = "R6", tag = "DX" }

[2]
name = "公園"
owner = "parks"

[2-1]
name = "花壇"
group = { due = "R5" }
rated = ["R4", "R6"]

[2-2]
name = "遊具"
start = "R6"

[2-3]
name = "道"
owner = "roads"
"#;

const OWNERS: &str = r#"
[plan]
name = "企画課"
bureau = "企画局"

[parks]
name = "公園課"
bureau = "建設局"

[roads]
name = "道路課"
bureau = "建設局"
"#;

fn rated(period: &str, by: &str, progress: &str, effect: &str) -> String {
    format!(
        "[[update]]\nperiod = \"{period}\"\nevaluator = \"{by}\"\nrating = {{ progress = \"{progress}\", effect = \"{effect}\" }}\n"
    )
}

/// The city. As of R5 its department says: of the policies one 順調, one 遅れ; of the measures 1-1 and 1-2 順調, 2-1 not
/// rated this year (遅れ in R4), 2-2 not begun, 2-3 nothing. As of R4: 順調 1-1, 遅れ 1-2 and 2-1.
fn minato(head: &str) -> Desk {
    let one = rated("R4", "dept", "good", "a") + &rated("R5", "dept", "good", "b");
    Desk::plan(&[
        ("plan.toml", head),
        ("owners.toml", OWNERS),
        ("outline/1.toml", OUTLINE),
        ("records/1.toml", &rated("R5", "dept", "good", "a")),
        ("records/2.toml", &rated("R5", "dept", "late", "b")),
        ("records/1-1.toml", &(one + &rated("R5", "committee", "late", "b"))),
        ("records/1-2.toml", &(rated("R4", "dept", "late", "b") + &rated("R5", "dept", "good", "a"))),
        ("records/2-1.toml", &rated("R4", "dept", "late", "b")),
    ])
}

#[test]
fn each_level_is_counted_for_itself() {
    let desk = minato(HEAD);
    let json = desk.json("status --as-of R5");
    // Measures: five, of which two rated.
    assert_eq!(json["total"]["entries"], 5);
    assert_eq!(json["total"]["counts"], json!({ "good": 2, "late": 0 }));
    // Policies: two, both rated.
    let level = &json["levels"][0];
    assert_eq!((&level["level_name"], &level["total"]["entries"]), (&json!("政策"), &json!(2)));
    assert_eq!(level["total"]["counts"], json!({ "good": 1, "late": 1 }));
    let text = desk.run("status --as-of R5").done();
    for words in
        ["政策 2件：評価済 2", "施策 5件：評価済 2", "集計（政策）", "集計（施策）", "階層の間では足し合わせません"]
    {
        assert!(text.out().contains(words), "{words}\n{}", text.out());
    }
    assert!(!text.out().contains("7件"), "{}", text.out());
    // Asked for one level, its count is the total.
    let json = desk.json("status --as-of R5 --level 政策");
    assert_eq!((&json["total"]["entries"], &json["levels"]), (&json!(2), &Json::Null));
    let explained = desk.run("explain --as-of R5").done();
    assert!(explained.out().contains("政策"), "{}", explained.out());
    let paper = desk.run("report council --period R5 --format md").done();
    for words in ["政策は2件であり", "施策は5件であり", "進捗区分ごとの件数（政策）", "足し合わせない"]
    {
        assert!(paper.out().contains(words), "{words}\n{}", paper.out());
    }
}

#[test]
fn an_entry_that_is_not_asked_is_not_unreported() {
    let desk = minato(HEAD);
    let json = desk.json("status --as-of R5");
    let total = &json["total"];
    assert_eq!((&total["not_rated"], &total["not_begun"], &total["unreported"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(total["rated"], 2);
    let node = |id: &str| by_id(&json["nodes"], id)["standing"].clone();
    assert_eq!((node("2-1"), node("2-2"), node("2-3")), (json!("not_rated"), json!("not_begun"), Json::Null));
    // Of R4 it was rated; a year without a report is unreported where it is to be rated.
    assert_eq!(desk.json("status --as-of R4")["total"]["counts"], json!({ "good": 1, "late": 2 }));
    let last = desk.json("status --as-of R6");
    assert_eq!((&last["total"]["unreported"], &last["total"]["not_rated"]), (&json!(3), &Json::Null));
    let text = desk.run("status --as-of R5").done();
    for words in ["今期対象外 1", "開始前 1", "「今期対象外」は"] {
        assert!(text.out().contains(words), "{words}\n{}", text.out());
    }
    // Nobody is asked for what is not to be rated: 2-3 alone owes R5.
    let due = desk.run("due --as-of R6.4.1").out().to_owned();
    assert!(due.contains("2-3") && !due.contains("2-1") && !due.contains("2-2"), "{due}");
    // The plan itself may say in which years: then nothing is owed of R5, and what was reported still counts.
    let all = minato(&HEAD.replace("count ", "rated  = [\"R4\", \"R6\"]\ncount "));
    let total = &all.json("status --as-of R5")["total"];
    assert_eq!((&total["rated"], &total["not_rated"], &total["not_begun"]), (&json!(2), &json!(2), &json!(1)));
}

#[test]
fn the_denominator_is_what_the_plan_says_and_is_named() {
    // Rated: 順調 2 of 2. With what is unreported: 2 of 3 is 66.7 %, 未報告 1 of 3 is 33.3 %.
    let plain = minato(HEAD);
    assert!(plain.run("status --as-of R5 --all").out().contains("2 (100.0％)"));
    assert!(plain.run("status --as-of R5").out().contains("評価済に対する割合（2件）：順調2（100.0％）"));
    let due = minato(&HEAD.replace("count ", "denominator = \"due\"\ncount "));
    assert!(due.run("status --as-of R5").out().contains("未報告1（33.3％）"));
    let text = due.run("status --as-of R5 --all").done();
    for words in ["2 (66.7％)", "1 (33.3％)", "割合の分母は評価済と未報告を合わせた件数です"] {
        assert!(text.out().contains(words), "{words}\n{}", text.out());
    }
    assert_eq!(due.json("status --as-of R5")["denominator"], "due");
    let paper = due.run("report council --period R5 --format md").done();
    for words in ["66.7％", "評価済と未報告を合わせた件数（", "33.3％"] {
        assert!(paper.out().contains(words), "{words}\n{}", paper.out());
    }
    let explained = due.run("explain --as-of R5").done();
    assert!(explained.out().contains("（割合の分母）D"), "{}", explained.out());
}

#[test]
fn groups_come_beside_the_outline() {
    let desk = minato(HEAD);
    let groups = |by: &str| -> Vec<(Json, Json, Json)> {
        let json = desk.json(&format!("status --as-of R5 --by {by}"));
        let all = json["groups"].as_array().unwrap().iter().filter(|group| group["level"] == 2);
        all.map(|group| (group["group"].clone(), group["entries"].clone(), group["counts"]["good"].clone())).collect()
    };
    let row = |name: Json, entries: u64, good: u64| (name, json!(entries), json!(good));
    // R5: 1-1 (順調), 2-1 (not asked). R6: 1-2 (順調). The others name none.
    assert_eq!(groups("due"), [row(json!("R5"), 2, 1), row(json!("R6"), 1, 1), row(Json::Null, 2, 0)]);
    assert_eq!(groups("bureau"), [row(json!("企画局"), 2, 2), row(json!("建設局"), 3, 0)]);
    assert_eq!(groups("owner"), [row(json!("企画課"), 2, 2), row(json!("公園課"), 2, 0), row(json!("道路課"), 1, 0)]);
    // 1-1 has two tags and counts in each: 延べ 6, of 5.
    assert_eq!(groups("tag"), [row(json!("DX"), 2, 2), row(json!("財政"), 1, 1), row(Json::Null, 3, 0)]);
    let text = desk.run("status --as-of R5 --by tag").done();
    assert!(text.out().contains("延べ6件、実数5件"), "{}", text.out());
    let csv = desk.csv("status --as-of R5 --by due");
    assert_eq!(
        csv.iter().filter(|row| row[1] == "施策").map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["R5", "R6", "（なし）", "計画全体"]
    );
    assert!(desk.run("status --by nothing").failed().contains("nothing"));
    // A plan may name its groupings; then no other key is known.
    let named = HEAD.to_owned()
        + "\n[[group]]\nid = \"due\"\nname = \"完了年度\"\n\n[[group]]\nid = \"tag\"\nname = \"分野\"\n";
    assert!(minato(&named).run("status --as-of R5 --by 完了年度").done().out().contains("集計（施策、完了年度ごと）"));
    let fewer = HEAD.to_owned() + "\n[[group]]\nid = \"due\"\nname = \"完了年度\"\n";
    assert!(minato(&fewer).run("check").out().contains("tag"));
}

#[test]
fn a_paper_counts_by_group() {
    let desk = minato(HEAD);
    desk.write(
        "plan/reports/mayor.toml",
        "[[section]]\nshow = \"policies\"\nby = \"due\"\n\n[[section]]\nshow = \"policies\"\n",
    );
    let paper = desk.run("report council --period R5 --for mayor --format md").done();
    assert!(paper.out().contains("期限ごとの状況") && paper.out().contains("政策ごとの状況"), "{}", paper.out());
}

#[test]
fn scales_and_evaluators_stand_side_by_side() {
    let desk = minato(HEAD);
    let text = desk.run("status --as-of R5 --scale progress --scale effect").done();
    assert!(text.out().contains("進捗") && text.out().contains("成果"), "{}", text.out());
    let csv = desk.csv("status --as-of R5 --scale progress --scale effect");
    assert_eq!(csv[0][3..], ["進捗", "成果"]);
    let row = csv.iter().find(|row| row[0] == "1-1").unwrap();
    assert_eq!(row[3..], ["順調", "B"]);
    let json = desk.json("status --as-of R5 --scale progress --scale effect");
    // 1-1 B, 1-2 A.
    assert_eq!(json["beside"][0]["total"]["counts"], json!({ "a": 1, "b": 1 }));
    let csv = desk.csv("status --as-of R5 --evaluator dept --evaluator committee");
    let row = csv.iter().find(|row| row[0] == "1-1").unwrap();
    assert_eq!(row[3..], ["順調", "遅れ"]);
}

#[test]
fn each_level_is_counted_beside() {
    let desk = minato(HEAD);
    let text = desk.run("status --as-of R5 --scale progress --scale effect").done();
    let lines: Vec<&str> = text.out().lines().collect();
    let table = |heading: &str| {
        let from = lines.iter().position(|line| line.contains(heading)).unwrap_or_else(|| panic!("no {heading}"));
        let whole = lines[from..].iter().find(|line| line.contains("計画全体")).unwrap();
        whole.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    // Policies: 順調 1 and 遅れ 1, A 1 and B 1. Measures: 順調 2 (1-1, 1-2), A 1 (1-2), B 1 (1-1); the others are not rated.
    let policies = table("集計（政策）");
    assert_eq!(policies[..2], ["計画全体", "2"]);
    assert_eq!([&policies[2], &policies[3], &policies[5]], ["2", "1", "1"]);
    let measures = table("集計（施策）");
    assert_eq!([&measures[1], &measures[2], &measures[3]], ["5", "2", "2"]);
    let json = desk.json("status --as-of R5 --scale progress --scale effect");
    assert_eq!(json["beside"][0]["levels"][0]["total"]["counts"], json!({ "a": 1, "b": 1 }));
    assert_eq!(json["beside"][0]["levels"][0]["level"], 1);
    let csv = desk.csv("status --as-of R5 --scale progress --scale effect --by tag");
    let wholes: Vec<&Vec<String>> = csv.iter().filter(|row| row[0] == "計画全体").collect();
    assert_eq!((csv[0][1].as_str(), csv[0][2].as_str()), ("階層", "件数"));
    assert_eq!([&wholes[0][1..3], &wholes[1][1..3]], [["政策", "2"], ["施策", "5"]]);
    // A paper has both, and its facts are found again.
    desk.write("plan/reports/mayor.toml", "[[section]]\nshow = \"beside\"\nscales = [\"progress\", \"effect\"]\n");
    let paper = desk.run("report council --period R5 --for mayor --format md").done();
    assert!(paper.out().contains("**政策**") && paper.out().contains("**施策**"), "{}", paper.out());
    desk.write("paper.md", paper.out());
    assert_eq!(desk.run("verify paper.md").code, 0, "{}", desk.run("verify paper.md").out());
}

#[test]
fn a_paper_puts_scales_and_evaluators_side_by_side() {
    let desk = minato(HEAD);
    desk.write(
        "plan/reports/mayor.toml",
        "[[section]]\nshow = \"beside\"\nscales = [\"progress\", \"effect\"]\n\
         [[section]]\nshow = \"beside\"\nevaluators = [\"dept\", \"committee\"]\nby = \"due\"\n\
         [[section]]\nshow = \"beside\"\n",
    );
    let paper = desk.run("report council --period R5 --for mayor --format md").done();
    let beside = desk.run("status --as-of R5 --scale progress --scale effect --format md").done();
    // The very tables of `status`: the counts of 3, then the entries.
    let tables = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with('|') && !line.contains("---"));
        lines.map(|line| line.replace("**", "").replace("<br>", " ")).collect()
    };
    let (wanted, told) = (tables(beside.out()), tables(paper.out()));
    for line in wanted.iter().take(2) {
        assert!(told.contains(line), "no {line} in\n{}", paper.out());
    }
    assert!(paper.out().contains("評価の対比"), "{}", paper.out());
    // 1-1 is 順調 to the department, 遅れ to the committee; of each scale by each evaluator there are 2 × 3 in the last.
    assert!(paper.out().contains("| 1-1 | 予約 |") && paper.out().contains("| 順調 | 遅れ |"), "{}", paper.out());
    // What a page has no room for stands in tables of its own, each named.
    for name in ["進捗・所管", "進捗・委員会", "成果・最終"] {
        assert!(paper.out().contains(&format!("**{name}（施策）**")), "no {name} in\n{}", paper.out());
    }
    let json = desk.json("report council --period R5 --for mayor");
    assert!(json["beside"].as_array().is_some_and(|all| all.len() >= 5), "{json}");
    // Its facts are found again.
    desk.write("paper.md", paper.out());
    assert_eq!(desk.run("verify paper.md").code, 0, "{}", desk.run("verify paper.md").out());
    let unknown = desk.text("plan/reports/mayor.toml").replace("\"effect\"", "\"effects\"");
    desk.write("plan/reports/mayor.toml", unknown);
    let ran = desk.run("check");
    assert!(ran.code == 1 && ran.out().contains("unknown-scale"), "{}", ran.out());
}

#[test]
fn the_second_rating_counts_where_there_is_one() {
    let desk = minato(HEAD);
    let json = desk.json("status --as-of R5 --evaluator final");
    // The committee calls 1-1 遅れ; of 1-2 only the department speaks.
    assert_eq!(json["total"]["counts"], json!({ "good": 1, "late": 1 }));
    let who = |id: &str| by_id(&json["nodes"], id)["evaluator"].clone();
    assert_eq!((who("1-1"), who("1-2")), (json!("committee"), json!("dept")));
    let text = desk.run("status --as-of R5 --evaluator final").done();
    assert!(text.out().contains("委員会 1件、所管 1件"), "{}", text.out());
    // An older word of the committee does not beat a newer one of the department.
    desk.write(
        "plan/records/1-2.toml",
        rated("R4", "committee", "late", "b") + &rated("R4", "dept", "good", "b") + &rated("R5", "dept", "good", "a"),
    );
    let of = |period: &str| desk.json(&format!("status --as-of {period} --evaluator final"))["total"]["counts"].clone();
    assert_eq!(of("R5"), json!({ "good": 1, "late": 1 }));
    assert_eq!(of("R4"), json!({ "good": 1, "late": 2 }), "1-1 順調; 1-2 by the committee, 2-1 by the department 遅れ");
    // It does not rate itself.
    desk.write("plan/records/2-3.toml", rated("R5", "final", "good", "a"));
    assert!(desk.run("check").out().contains("自らは評価しません"));
}

#[test]
fn a_count_is_compared_with_any_period() {
    let desk = minato(HEAD);
    // R6: 1-1 and 1-2 順調, three unreported. R4: 順調 1, 遅れ 2, 未報告 1, 開始前 1.
    let text = desk.run("status --as-of R6 --against R4").done();
    let change = "順調+1、遅れ▲2、順調と遅れ▲1、未報告+2、開始前▲1";
    assert!(text.out().contains("R4との比較") && text.out().contains(change), "{}", text.out());
    let json = desk.json("status --as-of R6 --against R4");
    assert_eq!(
        (&json["previous"], &json["total"]["before"]["counts"]),
        (&json!("R4"), &json!({ "good": 1, "late": 2 }))
    );
    let paper = desk.run("report council --period R6 --against R4 --format md").done();
    assert!(paper.out().contains("令和4年度末に比べ、順調は1件の増、遅れは2件の減"), "{}", paper.out());
    assert!(paper.out().contains("比較の期間 R4"), "{}", paper.out());
    for wrong in ["R6", "R7", "R3"] {
        assert!(!desk.run(&format!("status --as-of R6 --against {wrong}")).failed().is_empty(), "{wrong}");
    }
}

#[test]
fn indicators_are_compared_with_any_period() {
    let indicators = "[visits]\nname = \"来庁\"\nunit = \"人\"\nkind = \"up\"\nbaseline = { R3 = 10 }\ntarget = { R6 = 40 }\n\n\
                      [waits]\nname = \"待ち\"\nunit = \"分\"\nkind = \"down\"\nbaseline = { R3 = 20 }\ntarget = { R6 = 8 }\n";
    let value = |period: &str, value: u64| format!("[[measure]]\nperiod = \"{period}\"\nvalue = {value}\n");
    let desk = minato(HEAD);
    desk.write("plan/indicators.toml", indicators);
    // 来庁: 20 of the 20 expected in R4, on pace; 40 in R6, met. 待ち: 8 in R4 is met; 9 in R6 is not (16 − 8 = 8 by then).
    desk.write("plan/records/visits.toml", value("R4", 20) + &value("R5", 25) + &value("R6", 40));
    desk.write("plan/records/waits.toml", value("R4", 8) + &value("R6", 9));
    let json = desk.json("kpi --as-of R6 --against R4");
    let against = &json["against"];
    assert_eq!(against["period"], "R4");
    let count = |at: usize| (against["verdicts"][at]["before"].clone(), against["verdicts"][at]["count"].clone());
    assert_eq!((count(0), count(1), count(2)), ((json!(1), json!(1)), (json!(1), json!(0)), (json!(0), json!(1))));
    assert_eq!((&against["indicators"][0]["change"], &against["indicators"][1]["change"]), (&json!(20), &json!(1)));
    let text = desk.run("kpi --as-of R6 --against R4").done();
    for words in ["令和4年度末との比較", "+20人（改善）", "+1分（悪化）"] {
        assert!(text.out().contains(words), "{words}\n{}", text.out());
    }
    assert_eq!(desk.json("kpi --as-of R6")["against"], Json::Null);
    let csv = desk.csv("kpi --as-of R6 --against R4");
    let at = |key: &str| csv[0].iter().position(|title| title == key).unwrap();
    assert_eq!((&*csv[1][at("比べる実績値")], &*csv[1][at("増減")]), ("20", "20"));
}

#[test]
fn a_part_of_a_year_is_compared_as_its_year_is() {
    let desk = minato(HEAD);
    // R6.3 is the end of fiscal year R5: the year before is R4.
    let json = desk.json("status --as-of R6.3");
    assert_eq!(
        (&json["previous"], &json["total"]["before"]["counts"]),
        (&json!("R4"), &json!({ "good": 1, "late": 2 }))
    );
    for part in ["R5Q2", "R5H2", "R6.3.31"] {
        assert_eq!(desk.json(&format!("status --as-of {part}"))["previous"], "R4", "{part}");
    }
    assert_eq!(desk.json("status --as-of R4Q3")["previous"], Json::Null);
}

#[test]
fn what_was_published_of_each_level_is_kept() {
    let desk = minato(HEAD);
    assert!(desk.run("close R5 --by 担当").err.contains("確定し"));
    let closed = desk.text("plan/closed/R5.toml");
    assert!(closed.contains("progress.dept.level-1.counts.good = 1") && closed.contains("not_rated"), "{closed}");
    assert_eq!(desk.json("errata R5")["differences"], json!([]));
    // The policy 1 was 遅れ after all: 順調 1 → 0, 遅れ 1 → 2 of the policies, and nothing of the measures.
    desk.write("plan/records/1.toml", rated("R5", "dept", "late", "a"));
    let errata = desk.run("errata R5").out().to_owned();
    assert!(errata.contains("進捗　政策　順調（所管）"), "{errata}");
}

#[test]
fn what_the_plan_says_anew_is_told_by_diff() {
    let desk = minato(HEAD);
    desk.git(DAY, &["init", "-q"]);
    desk.commit(DAY, "as it was");
    let head = HEAD
        .replace("count  = [\"政策\", \"施策\"]", "count = \"施策\"\ndenominator = \"due\"\nrated = [\"R4\"]")
        .replace("[\"committee\", \"dept\"]", "[\"dept\", \"committee\"]");
    desk.write("plan/plan.toml", head);
    let outline = OUTLINE.replace("due = \"R6\"", "due = \"R5\"").replace("start = \"R6\"", "start = \"R5\"");
    desk.write("plan/outline/1.toml", outline.replace("[\"R4\", \"R6\"]", "[\"R4\", \"R5\"]"));
    let text = desk.run("diff HEAD").out().to_owned();
    for words in ["数える階層", "割合の分母", "評価する期間", "評価を採る順", "分け方", "開始"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn several_years_are_one_period_of_values_and_records() {
    let head = HEAD
        .replace("{ from = \"R4\", to = \"R6\" }", "{ from = \"R1\", to = \"R6\" }")
        .replace("count  = [\"政策\", \"施策\"]", "count = \"施策\"");
    let desk = minato(&head);
    // Each block of three years has a target and a value of its own: 90 of 100 is 90 %, 130 of 120 is 108.3 %.
    desk.write(
        "plan/indicators.toml",
        "[sum]\nname = \"三年間の効果\"\nunit = \"件\"\nkind = \"up\"\nseries = \"yearly\"\ntarget = { R1-R3 = 100, R4-R6 = 120 }\n",
    );
    desk.write(
        "plan/records/sum.toml",
        "[[measure]]\nperiod = \"R1-R3\"\nvalue = 90\n\n[[measure]]\nperiod = \"R4～R6\"\nvalue = 130\n",
    );
    desk.write("plan/records/2-3.toml", rated("R4-R6", "dept", "good", "a"));
    desk.run("check").done();
    let gap = |as_of: &str| desk.json(&format!("kpi --as-of {as_of}"))["indicators"][0].clone();
    assert_eq!((&gap("R3")["verdict"], &gap("R3")["actual"]["period"]), (&json!("behind"), &json!("R1-R3")));
    assert_eq!(gap("R6")["verdict"], "met");
    let text = desk.run("kpi --as-of R6").done();
    assert!(text.out().contains("108.3％") && text.out().contains("R4-R6"), "{}", text.out());
    // The rating about all three years answers for the last of them.
    let node = by_id(&desk.json("status --as-of R6")["nodes"], "2-3").clone();
    assert_eq!((&node["rating"], &node["period"]), (&json!("good"), &json!("R4-R6")));
    assert_eq!(by_id(&desk.json("status --as-of R5")["nodes"], "2-3")["rating"], Json::Null, "it is not over yet");
    // No single year of the three is owed.
    assert!(!desk.run("due --as-of R7.4.1").out().contains("三年間"), "{}", desk.run("due --as-of R7.4.1").out());
    let json = desk.json("status --as-of R4-R6");
    assert_eq!((&json["previous"], &json["as_of"]["period"]), (&json!("R1-R3"), &json!("R4-R6")));
}
