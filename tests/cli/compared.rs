//! What is compared with the period before, and what is not: published totals, other scales, the first year, sums of
//! grades; and which records a day knows.

use serde_json::{Value as Json, json};

use crate::support::Desk;

const HEAD: &str = "schema = 1\nid = \"b\"\nname = \"b\"\nperiod = { from = \"R4\", to = \"R6\" }\ncycle = \"year\"\nlevels = [\"項目\"]\n";
const GRADES: &str =
    "grades = [{ id = \"good\", name = \"順調\" }, { id = \"late\", name = \"遅れ\", attention = true }]\n";

/// Two entries under this head, with records of each.
fn two(head: &str, first: &str, second: &str) -> Desk {
    Desk::plan(&[
        ("plan.toml", head),
        ("outline/1.toml", "[1]\nname = \"窓口\"\n"),
        ("outline/2.toml", "[2]\nname = \"公園\"\n"),
        ("records/1.toml", first),
        ("records/2.toml", second),
    ])
}

fn rated(period: &str, recorded: &str, grade: &str) -> String {
    format!("[[update]]\nperiod = \"{period}\"\nrecorded = {recorded}\nrating = {{ s = \"{grade}\" }}\n\n")
}

fn one_scale() -> String {
    format!("{HEAD}\n[[scale]]\nid = \"s\"\nname = \"状況\"\n{GRADES}")
}

fn paper(desk: &Desk, period: &str) -> String {
    desk.run(&format!("report council --format md --period {period}")).done().out().to_owned()
}

#[test]
fn published_totals_that_differ_are_movement() {
    let totals = |period, good, late| {
        format!(
            "\n[[published]]\nperiod = \"{period}\"\nscale = \"s\"\ncounts = {{ good = {good}, late = {late} }}\ntotal = 10\n"
        )
    };
    // 順調 6 → 7, 遅れ 4 → 3, of ten each time.
    let moved = Desk::plan(&[("plan.toml", &(one_scale() + &totals("R4", 6, 4) + &totals("R5", 7, 3)))]);
    let text = paper(&moved, "R5");
    assert!(text.contains("順調は1件の増、遅れは1件の減である"), "{text}");
    assert!(!text.contains("変わったものはない") && !text.contains("動いたものはない"), "{text}");
    let same = Desk::plan(&[("plan.toml", &(one_scale() + &totals("R4", 6, 4) + &totals("R5", 6, 4)))]);
    assert!(paper(&same, "R5").contains("件数に増減はない"));
    // Nothing was printed before R4.
    assert!(!paper(&moved, "R4").contains("前の公表"));
}

/// The report before is not the one that was asked for.
#[test]
fn a_paper_names_the_period_that_it_compares_with() {
    let records =
        rated("R4", "2023-04-10", "late") + &rated("R5", "2024-04-10", "good") + &rated("R6", "2025-04-10", "good");
    let desk = two(&one_scale(), &(records + "done = \"広げた。\"\n"), "");
    desk.write(
        "plan/indicators.toml",
        "[x]\nname = \"利用者\"\nkind = \"up\"\nunit = \"人\"\nbaseline = { R3 = 2 }\ntarget = { R6 = 10 }\n",
    );
    // Worse than the baseline in R4, met from R5 on.
    desk.write(
        "plan/records/x.toml",
        "[[measure]]\nperiod = \"R4\"\nvalue = 1\nrecorded = 2023-04-10\n\n[[measure]]\nperiod = \"R5\"\nvalue = 10\nrecorded = 2024-04-10\n\n[[measure]]\nperiod = \"R6\"\nvalue = 12\nrecorded = 2025-04-10\n",
    );
    let ran = |lang: &str| {
        desk.run(&format!("report council --format md --period R6 --against R4 --lang {lang}")).done().out().to_owned()
    };
    let text = ran("ja");
    let said = text.split("<!--").next().unwrap();
    assert!(!said.contains("前回"), "{said}");
    for words in ["令和4年度末からの動き", "（令和4年度末は", "令和4年度末より判定が改善した指標は"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let text = ran("en");
    assert!(
        text.contains("Moved since FY2022") && !text.contains("before: ") && !text.contains("last report"),
        "{text}"
    );
}

#[test]
fn nothing_is_compared_across_a_change_of_scale() {
    let head = format!(
        "{HEAD}\n[[scale]]\nid = \"s\"\nname = \"状況\"\nto = \"R4\"\n{GRADES}\n[[scale]]\nid = \"s\"\nname = \"達成度\"\nfrom = \"R5\"\n\
         grades = [{{ id = \"a\", name = \"A\" }}, {{ id = \"b2\", name = \"B\" }}]\n"
    );
    let first = rated("R4", "2023-04-10", "good") + &rated("R5", "2024-04-10", "a");
    let second = rated("R4", "2023-04-10", "late") + &rated("R5", "2024-04-10", "a");
    let desk = two(&head, &first, &second);
    let json = desk.json("status --as-of R5");
    assert_eq!(json["total"]["counts"], json!({ "a": 2, "b2": 0 }));
    assert_eq!((&json["previous"], &json["flows"]), (&Json::Null, &json!([])));
    assert_eq!(json["total"]["before"]["counts"], json!({ "good": 1, "late": 1 }), "in the words of then");
    assert_eq!(json["rescaled"], "R4");
    let text = desk.run("status --as-of R5").done();
    assert!(text.out().contains("尺度が前回（R4）と異なるため、前回比はありません"), "{}", text.out());
    let text = paper(&desk, "R5");
    assert!(text.contains("前回と比べていない"), "{text}");
    assert!(!text.contains("Aは2件の増") && !text.contains("良くなった"), "{text}");
    let explained = desk.run("explain --as-of R5").done();
    let why = "－（区分の尺度が前回（令和4年度）と異なるため、前回と比べていない）";
    assert!(explained.out().contains(&format!("前回比  {why}")), "{}", explained.out());
    // The next year has the same scale again, and both keep A.
    let json = desk.json("status --as-of R6");
    assert_eq!((&json["previous"], &json["rescaled"]), (&json!("R5"), &Json::Null));
    assert_eq!(json["total"]["before"]["counts"], json!({ "a": 2, "b2": 0 }));
}

#[test]
fn a_spreadsheet_says_why_nothing_is_compared() {
    let scale = |id: &str, from: &str| {
        format!("\n[[scale]]\nid = \"s\"\nname = \"{id}\"\n{from}\ngrades = [{{ id = \"{id}\", name = \"{id}\" }}]\n")
    };
    let head =
        HEAD.replace("[\"項目\"]", "[\"柱\", \"項目\"]") + &scale("a", "to = \"R4\"") + &scale("b", "from = \"R5\"");
    let desk = two(&head, &rated("R4", "2023-04-10", "a"), &rated("R5", "2024-04-10", "b"));
    desk.write("plan/outline/1.toml", "[1]\nname = \"柱\"\n[1-1]\nname = \"甲\"\n[1-2]\nname = \"乙\"\n");
    for (from, to) in [("1", "1-1"), ("2", "1-2")] {
        std::fs::rename(desk.path(&format!("plan/records/{from}.toml")), desk.path(&format!("plan/records/{to}.toml")))
            .unwrap();
    }
    let cell = |args: &str, row: usize, title: &str| {
        let table = desk.csv(args);
        let at = table[0].iter().position(|known| known == title).unwrap();
        table[row][at].clone()
    };
    let why = "区分の尺度が前回（令和4年度）と異なるため、前回と比べていない";
    assert_eq!(
        (cell("status --as-of R5", 1, "備考").as_str(), cell("status --as-of R5", 1, "前回比").as_str()),
        (why, "")
    );
    assert_eq!(cell("status --as-of R5 --by owner", 1, "備考"), why);
    // In the next year the scale is the same: both keep what they had.
    let next = ["比べる期間", "前回比", "備考"].map(|title| cell("status --as-of R6", 1, title));
    assert_eq!(next, ["R5", "増減なし", ""]);
    // A printed table says so in its own row.
    let printed = |period: &str, id: &str| {
        format!("\n[[published]]\nperiod = \"{period}\"\nscale = \"s\"\ncounts = {{ {id} = 3 }}\ntotal = 3\n")
    };
    let head = HEAD.to_owned() + &scale("a", "to = \"R4\"") + &scale("b", "from = \"R5\"");
    let desk = Desk::plan(&[("plan.toml", &(head + &printed("R4", "a") + &printed("R5", "b")))]);
    let csv = desk.run("status --as-of R5 --format csv").done();
    assert!(csv.out().contains(why), "{}", csv.out());
    assert!(desk.run("explain --as-of R5").done().out().contains(why));
}

#[test]
fn the_first_year_has_nothing_before_it() {
    let desk = two(&one_scale(), &rated("R4", "2023-04-10", "good"), &rated("R4", "2023-04-10", "late"));
    let json = desk.json("status --as-of R4");
    assert_eq!((&json["previous"], &json["total"]["before"]), (&Json::Null, &Json::Null));
    let text = desk.run("status --as-of R4").done();
    assert!(!text.out().contains("前回比") && !text.out().contains("未報告▲"), "{}", text.out());
    assert_eq!(desk.json("status --as-of R5")["previous"], "R4");
}

#[test]
fn a_day_does_not_know_what_was_recorded_of_the_running_period_later() {
    let head = one_scale().replace("cycle = \"year\"", "cycle = \"quarter\"");
    let early = rated("R5Q3", "2023-11-25", "good");
    let without = two(&head, &early, "");
    let with =
        two(&head, &(early.clone() + &rated("R5Q3", "2023-12-20", "late")), &rated("R5Q3", "2023-12-20", "late"));
    for question in ["status", "due", "log", "explain 1"] {
        let ask = format!("{question} --as-of R5.11.25");
        assert_eq!(without.run(&ask).out(), with.run(&ask).out(), "{ask}");
    }
    assert_eq!(with.json("status --as-of R5.11.25")["total"]["counts"], json!({ "good": 1, "late": 0 }));
    assert_eq!(with.json("status --as-of R5.12.20")["total"]["counts"], json!({ "good": 0, "late": 2 }));
    assert_eq!(with.json("status --as-of R5Q3")["total"]["counts"], json!({ "good": 0, "late": 2 }));
}

/// A scale with a grade that does not count, and this sum.
fn summed(sum: &str) -> String {
    format!(
        "{HEAD}\n[[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{{ id = \"good\", name = \"順調\" }}, {{ id = \"late\", name = \
         \"遅れ\" }}, {{ id = \"out\", name = \"対象外\", counts = false }}]\ncomposites = [{sum}]\n"
    )
}

#[test]
fn a_sum_over_a_grade_that_does_not_count_has_no_share() {
    let head = summed("{ id = \"x\", name = \"順調等\", grades = [\"順調\", \"out\"] }");
    // One 順調, one 対象外: rated 1, the sum 2. Two of one would be 200 %.
    let desk = two(&head, &rated("R4", "2023-04-10", "good"), &rated("R4", "2023-04-10", "out"));
    assert_eq!(desk.json("status --as-of R4")["total"]["composites"], json!({ "x": 2 }), "by name as by id");
    for text in [desk.run("status --as-of R4").done().out().to_owned(), paper(&desk, "R4")] {
        assert!(!text.contains("200"), "{text}");
    }
    assert!(!desk.run("explain --as-of R4").done().out().contains("200"));
    let csv = desk.csv("status --as-of R4");
    let column = csv[0].iter().position(|title| title == "順調等").unwrap();
    assert_eq!((csv[1][column].as_str(), csv[2][column].as_str()), ("1", "1"));
}

#[test]
fn a_paper_says_that_nothing_needs_attention_only_where_a_grade_could() {
    let good = rated("R4", "2023-04-10", "good");
    let none = "対応を要する項目はない";
    assert!(paper(&two(&one_scale(), &good, &good), "R4").contains(none));
    let without = two(&one_scale().replace(", attention = true", ""), &good, &good);
    assert!(!paper(&without, "R4").contains(none));
}

#[test]
fn a_sum_names_each_grade_once_and_has_an_id_of_its_own() {
    let refused = |sum: &str| two(&summed(sum), "", "").run("check --lang en").out().to_owned();
    let twice = refused("{ id = \"x\", name = \"X\", grades = [\"good\", \"順調\"] }");
    assert!(twice.contains("the sum has `順調` twice"), "{twice}");
    let ids =
        refused("{ id = \"x\", name = \"X\", grades = [\"good\"] }, { id = \"x\", name = \"Y\", grades = [\"late\"] }");
    assert!(ids.contains("`x` is there twice"), "{ids}");
    let names =
        refused("{ id = \"x\", name = \"X\", grades = [\"good\"] }, { id = \"y\", name = \"X\", grades = [\"late\"] }");
    assert!(names.contains("the name `X` is there twice"), "{names}");
}

#[test]
fn published_totals_have_their_sums() {
    let published =
        "\n[[published]]\nperiod = \"R4\"\nscale = \"s\"\ncounts = { good = 3, late = 1, out = 2 }\ntotal = 6\n";
    let head = summed("{ id = \"x\", name = \"評価分\", grades = [\"good\", \"late\"] }") + published;
    let desk = Desk::plan(&[("plan.toml", &head)]);
    // 3 + 1 = 4 of the 4 rated: 100 %.
    assert_eq!(desk.json("status --as-of R4")["total"]["composites"], json!({ "x": 4 }));
    let text = desk.run("status --as-of R4").done();
    assert!(text.out().contains("うち評価分") && !text.out().contains("資料 "), "{}", text.out());
    assert!(paper(&desk, "R4").contains("評価分は、合わせて4件（100.0％）である"));
}

#[test]
fn a_move_on_a_scale_without_order_is_neither_better_nor_worse() {
    let desk = |order: &str| {
        let head = format!("{HEAD}\n[[scale]]\nid = \"s\"\nname = \"方針\"\n{order}{GRADES}");
        two(
            &head,
            &(rated("R4", "2023-04-10", "late") + &rated("R5", "2024-04-10", "good")),
            &rated("R4", "2023-04-10", "good"),
        )
    };
    assert!(paper(&desk(""), "R5").contains("改善した項目（1件）"));
    let unordered = desk("ordered = false\n");
    let text = paper(&unordered, "R5");
    assert!(text.contains("そのほかの動き（1件）") && !text.contains("改善した項目"), "{text}");
    let json = unordered.json("report council --period R5");
    assert_eq!((&json["better"], &json["worse"]), (&json!([]), &json!([])));
}
