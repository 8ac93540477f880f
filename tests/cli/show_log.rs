//! `kaikaku show` and `kaikaku log`.

use serde_json::{Value as Json, json};

use crate::support::{Desk, exact, ids};

fn example(args: &str) -> Json {
    Desk::shipped().json(&format!("{args} --plan example"))
}

#[test]
fn an_entry_with_everything_known() {
    let json = example("show 3-1-1 --as-of R8Q2")["entry"].take();
    assert_eq!((&json["id"], &json["name"]), (&json!("3-1-1"), &json!("公共施設の再編")));
    assert_eq!((&json["level"], &json["level_name"], &json["parent"]), (&json!(3), &json!("取組項目"), &json!("3-1")));
    assert_eq!(json["owners"], json!(["資産経営課"]), "inherited from 3-1");
    assert_eq!(json["aliases"], json!(["施設再編", "ファシリティマネジメント"]));
    let standing = |scale: &str, evaluator: &str, rating: &str, period: &str, progress: Json| json!({ "scale": scale, "evaluator": evaluator, "rating": rating, "period": period, "progress": progress });
    assert_eq!(
        json["standings"],
        json!([
            standing("progress", "dept", "stalled", "R8Q2", json!(22)),
            standing("progress", "committee", "stalled", "R7Q4", Json::Null),
            standing("start", "dept", "running", "R8Q2", json!(22)),
        ])
    );
    assert_eq!(json["initiatives"].as_array().unwrap().len(), 2);
}

#[test]
fn an_indicator_with_everything_known() {
    let json = example("show automation-hours --as-of R8Q2")["indicator"].take();
    // 9,460 of 20,000 from 0: 47.3 both ways; the line from R5 to R9 asks 10,000 by R7.
    assert_eq!((exact(&json["actual"]["value"]).as_str(), exact(&json["target"]["value"]).as_str()), ("9460", "20000"));
    assert_eq!((exact(&json["ratio_to_target"]).as_str(), exact(&json["improvement"]).as_str()), ("47.3", "47.3"));
    assert_eq!((exact(&json["expected"]).as_str(), &json["verdict"]), ("10000", &json!("behind")));
    assert_eq!((&json["series"], &json["entries"]), (&json!("cumulative"), &json!(["2-2-3"])));
}

#[test]
fn the_plan_itself() {
    let json = Desk::shipped().json("show")["overview"].take();
    assert_eq!((&json["counts"], &json["from"], &json["to"]), (&json!([3, 9, 21]), &json!("R6"), &json!("R9")));
    assert_eq!(json["vision"], json!(["市民満足度の高い市役所", "職員満足度の高い市役所"]));
    assert_eq!((&json["predecessor"], &json["related"]), (&json!("stage3"), &json!(["growth-policy"])));
}

#[test]
fn ids_names_aliases_and_former_ids_find_the_same() {
    for text in ["3-3-2", "３－３－２", "3-1-3", "通報アプリ", "道路・公園の通報と市民による管理"]
    {
        assert_eq!(example(&format!("show {text}"))["entry"]["id"], "3-3-2", "{text}");
    }
    assert_eq!(Desk::shipped().json("show 3-2")["entry"]["aliases"][0], "広報広聴の促進", "促進 on its own page");
}

#[test]
fn an_entry_out_of_the_plan_is_still_shown() {
    let json = example("show 2-1-3 --as-of R8Q2")["entry"].take();
    assert_eq!((&json["dropped"], &json["name"]), (&json!("R8"), &json!("土曜開庁の拡充")));
    assert_eq!(example("log 2-1-3")["records"].as_array().unwrap().len(), 8, "R6Q1 to R7Q4");
}

#[test]
fn records_stand_in_the_order_they_were_made() {
    let records = example("log")["records"].take();
    let days: Vec<&str> = records.as_array().unwrap().iter().map(|r| r["recorded"].as_str().unwrap()).collect();
    assert!(days.is_sorted(), "{days:?}");
    let under = example("log 1-2")["records"].take();
    let mut of: Vec<&str> = ids(&under);
    of.sort_unstable();
    of.dedup();
    assert_eq!(of, ["1-2-1", "1-2-2", "1-2-3"], "everything under it");
    // The correction of R7Q3 stands behind what it corrects.
    let corrected = example("log 2-2-2")["records"].take();
    let r7q3: Vec<&Json> = corrected.as_array().unwrap().iter().filter(|r| r["period"] == "R7Q3").collect();
    assert_eq!(r7q3.iter().map(|r| r["progress"].as_u64()).collect::<Vec<_>>(), [Some(47), Some(43)]);
}

#[test]
fn a_record_as_programs_read_it() {
    let record = example("log 3-1-1 --as-of R6Q3")["records"][2].take();
    assert_eq!(
        (&record["type"], &record["period"], &record["recorded"]),
        (&json!("update"), &json!("R6Q3"), &json!("2025-01-10"))
    );
    assert_eq!(record["rating"], json!({ "progress": "delayed", "start": "running" }));
    assert_eq!(
        (&record["progress"], &record["evaluator"], &record["source"]),
        (&json!(14), &json!("dept"), &json!("K08"))
    );
    assert_eq!(record["issue"], "代わりの活動場所を示せていない。");
    let measure = example("log counter-satisfaction")["records"][0].take();
    assert_eq!((&measure["type"], exact(&measure["value"]).as_str()), (&json!("measure"), "79.6"));
    assert_eq!((&measure["sample"], exact(&measure["margin"]).as_str()), (&json!(812), "2.8"));
    let absent = example("log future-burden-ratio")["records"][1].take();
    assert_eq!((&absent["value"], &absent["absent"]), (&Json::Null, &json!("not-published")));
}

#[test]
fn as_of_leaves_out_what_is_about_later_periods() {
    let count = |args: &str| example(args)["records"].as_array().unwrap().len();
    assert_eq!(count("log 1-1-1 --as-of R6Q4"), 4);
    assert_eq!(count("log 1-1-1 --as-of R7Q1"), 5);
    assert_eq!(count("log 1-1-1 --as-of R7.6.30"), 4, "the report on R7Q1 was recorded in July");
    assert_eq!(count("log 1-1-1 --as-of R6Q1"), 1);
    let text = Desk::shipped().run("log 1-2-3 --plan example --as-of R6").done();
    assert!(text.out().contains("記録はありません。"));
}

#[test]
fn as_people_read_it() {
    let desk = Desk::shipped();
    for (name, args) in [
        ("entry", "show 3-1-1 --plan example --as-of R8Q2"),
        ("entry_en", "show 1-2-3 --plan example --as-of R8Q2 --lang en"),
        ("indicator", "show automation-hours --plan example --as-of R8Q2"),
        ("heading", "show fiscal --plan stage3"),
        ("plan", "show"),
        ("plan_en", "show --plan growth-policy --lang en"),
        ("log", "log 3-1-1 --plan example --as-of R7Q1"),
        ("log_measures", "log current-balance-ratio --plan example"),
        ("log_2027", "log"),
        ("log_md", "log 3-1-2 --format md"),
        ("log_csv", "log 3-1-2 --format csv --encoding utf-8"),
    ] {
        insta::assert_snapshot!(name, desk.run(args).done().out());
    }
}

#[test]
fn the_provenance_leads_to_the_line() {
    let json = Desk::shipped().json("show 3-1-2");
    let (file, line) = json["entry"]["provenance"]["written_in"].as_str().unwrap().split_once(':').unwrap();
    let text = std::fs::read_to_string(crate::support::repository().join(file)).unwrap();
    let there = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
    assert!(there.starts_with("[3-1-2]"), "{file}:{line} is {there}");
}

#[test]
fn what_names_nothing_is_refused_with_a_suggestion() {
    for command in ["show", "log"] {
        let err = Desk::shipped().run(&format!("{command} counter-satisfactoin --plan example")).failed();
        assert!(err.contains("「counter-satisfaction 窓口の対応に満足した利用者の割合」ではありませんか"), "{err}");
        let err = Desk::shipped().run(&format!("{command} 9-9-9 --plan example --lang en")).failed();
        assert!(err.starts_with("error: there is no entry and no indicator `9-9-9`\nhelp: "), "{err}");
    }
}

#[test]
fn a_slip_in_a_name_is_reported_as_one_in_a_number() {
    for (slip, meant) in [
        ("書かない窓ロ", "2-1-1 書かない窓口"),
        ("採用試験の多様か", "1-1-2 採用試験の多様化"),
        ("2-1-l", "2-1-1 書かない窓口の全庁展開"),
    ] {
        let err = Desk::shipped().call(&["show", slip, "--plan", "example"]).failed();
        assert!(err.contains(&format!("「{meant}」ではありませんか")), "{slip}: {err}");
    }
}
