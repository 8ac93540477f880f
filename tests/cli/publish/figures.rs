//! Every figure of the site is the one that `status` and `kpi` say.

use serde_json::Value as Json;

use super::{body, fields, page, published, rows};
use crate::support::{Desk, by_id};

/// The grades of the shipped plan.
const GRADES: [(&str, &str); 5] = [
    ("ahead", "計画以上"),
    ("on-track", "計画どおり"),
    ("delayed", "やや遅れ"),
    ("stalled", "大幅な遅れ"),
    ("out", "評価対象外"),
];

/// The number that words begin with.
fn number(words: &str) -> String {
    let plain = words.replace(',', "").replace('▲', "-");
    let end = plain.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(plain.len());
    plain[..end].trim_end_matches('.').to_owned()
}

/// A number as JSON writes it, without zeros at its end.
fn exact(json: &Json) -> String {
    let text = json.to_string();
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn trimmed(number: &str) -> String {
    exact(&number.parse().map(Json::Number).unwrap_or(Json::Null))
}

#[test]
fn entries_and_counts_are_those_of_status() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2");
    let status = desk.json("status --plan example --as-of R8Q2");
    let named = |id: &Json| GRADES.iter().find(|(grade, _)| *id == *grade).map(|(_, name)| *name);
    let list = body(page(&site, "example/entries.html"));
    let listed = rows(&list, &["番号", "名称", "進捗区分", "進捗率"]);
    let mut rated = 0;
    for entry in status["nodes"].as_array().unwrap() {
        let id = entry["id"].as_str().unwrap();
        let Some(grade) = named(&entry["rating"]) else { continue };
        let row = listed.iter().find(|row| row["番号"] == id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(row["名称"], entry["name"].as_str().unwrap());
        rated += 1;
        assert_eq!(row["進捗区分"].replace("（要対応）", ""), grade, "{id}");
        let progress = entry["progress"].as_u64().map(|n| format!("{n}％")).unwrap_or_default();
        assert_eq!(row["進捗率"], progress, "{id}");
        let own = body(page(&site, &format!("example/entries/{id}.html")));
        let standing = fields(&own).into_iter().find(|(name, _)| name == "進捗状況（所管評価）").unwrap().1;
        assert!(standing.starts_with(grade), "{id}: {standing}");
        assert!(entry["progress"].is_null() || standing.contains(&format!("進捗率{progress}")), "{id}: {standing}");
    }
    assert_eq!(rated, 20);
    let overview = body(page(&site, "example/index.html"));
    let total = &status["total"];
    let counts = rows(&overview, &["進捗区分", "件数", "増減"]);
    let row = |name: &str| counts.iter().find(|row| row["進捗区分"] == name).unwrap();
    assert_eq!(row("計")["件数"], total["entries"].to_string());
    assert_eq!(row("未報告")["件数"], total["unreported"].to_string());
    for (grade, name) in GRADES {
        assert_eq!(row(name)["件数"], total["counts"][grade].to_string(), "{grade}");
    }
    let policies = rows(&overview, &["番号", "名称", "取組項目", "評価済"]);
    let above = policies.iter().filter(|row| !row["番号"].is_empty());
    let mut counted = 0;
    for row in above {
        let tally = by_id(&status["nodes"], &row["番号"]);
        assert_eq!(row["取組項目"], tally["entries"].to_string(), "{row:?}");
        assert_eq!(row["評価済"], tally["rated"].to_string(), "{row:?}");
        for (grade, name) in GRADES {
            assert_eq!(number(&row[name]), tally["counts"][grade].to_string(), "{row:?} {grade}");
        }
        counted += 1;
    }
    assert_eq!(counted, 12);
}

#[test]
fn indicators_are_those_of_kpi() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2");
    let kpi = desk.json("kpi --plan example --as-of R8Q2");
    let list = body(page(&site, "example/indicators.html"));
    let listed = rows(&list, &["指標", "実績値", "判定"]);
    let verdicts =
        [("met", "達成"), ("on-pace", "順調"), ("behind", "遅れ"), ("worsened", "後退"), ("undetermined", "判定不能")];
    let mut compared = 0;
    for indicator in kpi["indicators"].as_array().unwrap() {
        let (id, name) = (indicator["id"].as_str().unwrap(), indicator["name"].as_str().unwrap());
        let row = listed.iter().find(|row| row["指標"].trim().contains(name)).unwrap_or_else(|| panic!("{name}"));
        let own = body(page(&site, &format!("example/indicators/{id}.html")));
        let fields = fields(&own);
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let word = verdicts.iter().find(|(key, _)| indicator["verdict"] == *key).unwrap().1;
        for shown in [Some(row["判定"].as_str()), field("判定")] {
            let shown = shown.unwrap().replace("判定保留", "判定不能");
            assert!(shown.contains(word), "{id}: {shown:?}");
        }
        let figures = [("実績値", "actual"), ("基準値", "baseline")];
        for (title, key) in figures {
            let Some(value) = indicator[key]["value"].as_number() else { continue };
            let exact = exact(&Json::Number(value.clone()));
            for shown in [row.get(title).map(String::as_str), field(title)] {
                assert_eq!(trimmed(&number(shown.unwrap())), exact, "{id} {title}");
            }
            compared += 1;
        }
        for (title, key) in [("対目標比", "ratio_to_target"), ("改善率", "improvement")] {
            if let Some(rate) = indicator[key].as_number() {
                // The page rounds to the plan's digits, halves away from zero; JSON is exact.
                let rate: rust_decimal::Decimal = rate.to_string().parse().unwrap();
                let rounded = rate.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
                if let Some(shown) = field(title) {
                    assert_eq!(number(shown), format!("{rounded:.1}"), "{id} {title}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 40, "{compared}");
}

#[test]
fn the_share_without_a_value_stands_on_the_first_page() {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n",
        ),
        ("outline/1.toml", "[1]\nname = \"甲\"\n"),
        (
            "indicators.toml",
            "[a]\nname = \"い\"\nunit = \"件\"\nkind = \"up\"\ntarget = { R9 = 10 }\n\
             [b]\nname = \"ろ\"\nunit = \"件\"\nkind = \"up\"\ntarget = { R9 = 10 }\n\
             [c]\nname = \"は\"\nunit = \"件\"\nkind = \"up\"\ntarget = { R9 = 10 }\n",
        ),
        ("records/a.toml", "[[measure]]\nperiod = \"R6\"\nrecorded = 2025-05-12\nvalue = 5\n"),
        ("publish.toml", "public = []\n"),
    ]);
    let site = published(&desk, "--period R7Q2");
    // Two of three: 66.66… percent.
    assert!(
        super::words(body(page(&site, "plan/index.html")).root())
            .contains("検証指標3件のうち、実績値がまだないものは2件（66.7％）である。")
    );
}

#[test]
fn the_data_are_those_of_the_commands() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2");
    for (name, command, list) in [("status", "status", "nodes"), ("kpi", "kpi", "indicators")] {
        let data: Json = serde_json::from_slice(&site[&format!("example/data/{name}.json")]).unwrap();
        assert_eq!(data[list], desk.json(&format!("{command} --plan example --as-of R8Q2"))[list], "{name}");
    }
    // Every table is described, and stands there in each format.
    let page = page(&site, "example/data.html");
    let files: Vec<&String> = site.keys().filter(|path| path.starts_with("example/data/")).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert!(page.contains(&format!("href=\"{}\"", file.trim_start_matches("example/"))), "{file}");
        let stem = file.rsplit_once('.').unwrap().0;
        ["csv", "json", "xlsx"]
            .iter()
            .for_each(|ending| assert!(site.contains_key(&format!("{stem}.{ending}")), "{stem}"));
    }
}
