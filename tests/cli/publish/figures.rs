//! Every figure of the site is the one that `status` and `kpi` say.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{body, fields, page, published, rows, words};
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
        // What stands before the definition of the indicator, and how each figure came about behind it.
        let fields: Vec<_> = fields(&own).into_iter().take_while(|(name, _)| name != "向き").collect();
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let word = verdicts.iter().find(|(key, _)| indicator["verdict"] == *key).unwrap().1;
        for shown in [Some(row["判定"].as_str()), field("判定")] {
            let shown = shown.unwrap();
            assert!(shown.contains(word), "{id}: {shown:?}");
        }
        for (title, key) in [
            ("実績値", "actual"),
            ("基準値", "baseline"),
            ("最終目標", "target"),
            ("目標値", "target"),
            ("当年度目標", "period_target"),
        ] {
            let value = &indicator[key]["value"];
            for shown in [row.get(title).map(String::as_str), field(title)].into_iter().flatten() {
                compared += equal(value, shown, &format!("{id} {title}"));
            }
        }
        // Whether it is met tells the word; how far it is from the target, or within it, the number.
        for shown in [Some(row["目標との差"].as_str()), field("目標との差")].into_iter().flatten() {
            let (room, gap) = (indicator["room"].as_number(), indicator["gap"].as_number());
            let Some(distance) = room.or(gap) else {
                assert_eq!(shown, "－", "{id}");
                continue;
            };
            let distance = exact(&Json::Number(distance.clone()));
            let less = ["down", "at-most"].contains(&indicator["kind"].as_str().unwrap());
            let is_met = if room.is_some() { !distance.starts_with('-') } else { distance.starts_with('-') == less };
            let is_met = is_met || distance == "0";
            let (word, amount) = shown.split_once(' ').unwrap_or(("", shown));
            assert_eq!(trimmed(&number(amount)), distance.trim_start_matches('-'), "{id}: {shown}");
            assert_eq!(word == "余裕", is_met, "{id}: {shown} {distance}");
            compared += 1;
        }
        for (title, key) in [
            ("対目標比", "ratio_to_target"),
            ("対当年度目標比", "ratio_to_period_target"),
            ("対最終目標比", "ratio_to_final_target"),
            ("実績÷目標", "actual_by_target"),
            ("改善率", "improvement"),
            ("ペース比", "pace"),
        ] {
            let (Some(rate), Some(shown)) = (indicator[key].as_number(), field(title)) else { continue };
            // The page rounds to the plan's digits, halves away from zero; JSON is exact.
            let rate: rust_decimal::Decimal = rate.to_string().parse().unwrap();
            let rounded = rate.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            assert_eq!(number(shown), format!("{rounded:.1}"), "{id} {title}");
            compared += 1;
        }
        if let (Some(change), Some(shown)) = (indicator["change"]["by"].as_number(), field("前年から")) {
            let amount = shown.trim_start_matches(|c: char| !c.is_ascii_digit() && !['+', '▲', '-'].contains(&c));
            let change = exact(&Json::Number(change.clone()));
            assert_eq!(trimmed(&number(amount.trim_start_matches(['+', '±']))), change, "{id}: {shown}");
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}

/// How many figures were compared: a value is the one that is shown; of a range both ends are.
fn equal(value: &Json, shown: &str, what: &str) -> usize {
    if let Some(ends) = value.as_object() {
        let shown: Vec<String> = shown.split('～').map(|end| trimmed(&number(end))).collect();
        assert_eq!(shown, [exact(&ends["min"]), exact(&ends["max"])], "{what}");
        return 2;
    }
    if value.is_number() {
        assert_eq!(trimmed(&number(shown)), exact(value), "{what}: {shown}");
        return 1;
    }
    if let Some(words) = value.as_str() {
        assert!(shown.starts_with(words), "{what}: {shown}");
        return 1;
    }
    assert!(shown.starts_with('－') || !shown.starts_with(|c: char| c.is_ascii_digit()), "{what}: {shown}");
    0
}

/// The words of each fact of a page, by its id.
fn facts(page: &str) -> BTreeMap<String, String> {
    let body = body(page);
    let facts = body.descendants().filter_map(|node| Some((node.attribute("data-fact")?.to_owned(), words(node))));
    facts.collect()
}

#[test]
fn facts_that_stand_in_a_paper_as_well_are_the_same_there() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2");
    let mut compared = 0;
    for paper in ["committee", "assembly", "headquarters"] {
        let ran = desk.run(&format!("report council --plan example --period R8Q2 --for {paper} --format html"));
        let paper = facts(ran.done().out());
        for (path, _) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
            let own = facts(page(&site, path));
            for (id, shown) in own.iter().filter(|(id, _)| !id.contains(".title-") && !id.contains(".heading-")) {
                let Some(printed) = paper.get(id) else { continue };
                // The table of changes says the standing of an entry; its page adds from which report.
                assert_eq!(printed.replace('\n', ""), shown.replace('\n', ""), "{path}: {id}");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn each_figure_leads_to_its_row_and_to_how_it_came_about() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2 --lang ja,en");
    let target = |path: &str, figure: &str| {
        let body = body(page(&site, path));
        let cell = body.descendants().find(|node| node.attribute("data-fact") == Some(figure)).unwrap();
        let link = cell.descendants().find(|node| node.has_tag_name("a")).unwrap();
        link.attribute("href").unwrap().to_owned()
    };
    let gap = "kpi.counter-satisfaction.R8Q2.gap";
    assert_eq!(target("example/indicators.html", gap), "indicators/counter-satisfaction.html#figures");
    assert_eq!(target("en/example/indicators.html", gap), "indicators/counter-satisfaction.html#figures");
    assert_eq!(target("example/index.html", "policies.1-1.R8Q2.rated"), "entries/1-1.html#figures");
    // What is about no entry: the counts of the whole plan.
    assert_eq!(target("example/index.html", "summary.all.R8Q2.entries"), "calculations.html#figures");
    let own = page(&site, "example/indicators/counter-satisfaction.html");
    let told = &own[own.find("id=\"figures\"").unwrap()..];
    // By hand: 81.9 - 85 = -3.1.
    assert!(told.contains("../indicators.html#row-counter-satisfaction") && told.contains("../data.html"), "{told}");
    assert!(told.contains("81.9 − 85 ＝ ▲3.1ポイント"), "{told}");
    // Of a part of the plan how many stand under it; of a single entry which report says so.
    let of = |id: &str| page(&site, &format!("example/entries/{id}.html"));
    assert!(of("1-1").contains("../entries.html#row-1-1\"") && of("1-1").contains("数えた項目"), "{}", of("1-1"));
    assert!(of("1-1-1").contains("href=\"#reports\"") && of("1-1-1").contains("id=\"reports\""), "{}", of("1-1-1"));
    // Every number of a table of figures leads on, wherever it stands; those of a plan that verifies another one, too.
    let verified = published(&desk, "--plan 2027 --period R8Q2");
    let pages =
        ["index", "entries", "indicators"].map(|name| [format!("example/{name}.html"), format!("2027/{name}.html")]);
    for path in pages.as_flattened() {
        let body = body(page(if path.starts_with("2027") { &verified } else { &site }, path));
        let numbers = body.descendants().filter(|node| {
            let is_number = node.attribute("class").is_some_and(|class| class.contains("number"));
            is_number && node.has_tag_name("td") && node.attribute("data-fact").is_some()
        });
        for cell in numbers.filter(|cell| words(*cell).contains(|c: char| c.is_ascii_digit())) {
            let leads = cell.descendants().any(|node| node.has_tag_name("a"));
            assert!(leads, "{path}: {:?} {}", cell.attribute("data-fact"), words(cell));
        }
    }
}

/// A plan without indicators is verified by those of others: on their pages where they are published beside it, else told here.
#[test]
fn figures_of_plans_that_verify_another_lead_to_how_they_came_about() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan 2027 --period R8Q2 --lang ja,en");
    let name = "verifying-kumamoto-reform-stage3-service-satisfaction";
    for home in ["2027", "en/2027"] {
        for path in ["index.html", "indicators.html"] {
            let page = page(&site, &format!("{home}/{path}"));
            assert!(page.contains(&format!("href=\"calculations.html#{name}\"")), "{home}/{path}");
        }
        let told = page(&site, &format!("{home}/calculations.html"));
        let told = &told[told.find(&format!("id=\"{name}\"")).unwrap()..];
        // By hand: 44.1 - 65 = -20.9.
        assert!(told.contains("44.1 − 65 ＝ ▲20.9") || told.contains("44.1 − 65 = -20.9"), "{home}");
    }
    // Nothing stands there twice where the other plan has pages of its own.
    for plan in ["stage3", "growth-policy"] {
        desk.write(&format!("plan/{plan}/publish.toml"), "public = []\n");
    }
    let site = published(&desk, "--plan 2027 --plan stage3 --plan growth-policy --period R8Q2");
    assert!(page(&site, "2027/index.html").contains("href=\"../stage3/indicators/service-satisfaction.html#figures\""));
    assert!(!page(&site, "2027/calculations.html").contains("verifying-"));
}

/// What a closed period and a chart say leads to what is behind it.
#[test]
fn figures_of_closed_periods_and_charts_lead_on() {
    let desk = Desk::copied();
    assert_eq!(desk.run("close R8Q1 --plan example").code, 0);
    let site = published(&desk, "--plan example --period R8Q2 --lang ja,en");
    for home in ["example", "en/example"] {
        let closed = body(page(&site, &format!("{home}/periods/R8Q1.html")));
        let values = closed.descendants().filter(|node| {
            node.has_tag_name("td") && node.attribute("data-fact").is_some_and(|fact| fact.contains(".value-"))
        });
        let values: Vec<_> = values.collect();
        assert!(values.len() > 100, "{}", values.len());
        for value in values {
            assert!(value.descendants().any(|node| node.attribute("href") == Some("#figures")), "{}", words(value));
        }
        let chart = page(&site, &format!("{home}/indicators/counter-satisfaction.html"));
        let behind = chart[chart.find("<figure").unwrap()..].split("</section>").next().unwrap();
        assert!(behind.contains("href=\"#figures\""), "{behind}");
    }
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
        words(body(page(&site, "plan/index.html")).root())
            .contains("検証指標3件のうち、実績値がまだないものは2件（66.7％）である。")
    );
}

#[test]
fn the_data_are_those_of_the_commands() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2");
    for (name, command, list) in [("status", "status", "nodes"), ("kpi", "kpi", "indicators")] {
        let data: Json = serde_json::from_slice(&site[&format!("example/lists/{name}.json")]).unwrap();
        assert_eq!(data[list], desk.json(&format!("{command} --plan example --as-of R8Q2"))[list], "{name}");
    }
    // Every table is described, and stands there in each format.
    let page = page(&site, "example/data.html");
    for name in ["status.xlsx", "status.json", "kpi.xlsx", "kpi.json"] {
        assert!(page.contains(&format!("href=\"lists/{name}\"")), "{name}");
    }
    let files: Vec<&String> = site.keys().filter(|path| path.starts_with("example/data/")).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert!(page.contains(&format!("href=\"{}\"", file.trim_start_matches("example/"))), "{file}");
        if kaikaku::opendata::DESCRIPTIONS.iter().any(|name| file.ends_with(&format!("/{name}"))) {
            continue;
        }
        let stem = file.rsplit_once('.').unwrap().0;
        ["csv", "json", "xlsx"]
            .iter()
            .for_each(|ending| assert!(site.contains_key(&format!("{stem}.{ending}")), "{stem}"));
    }
}

#[test]
fn the_data_page_leads_to_what_describes_the_data() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --period R8Q2 --lang ja,en");
    let address = "https://www.city.kakuu.example/reform/";
    for home in ["example", "en/example"] {
        for name in ["datapackage.json", "dcat.jsonld", "ckan.json", "README.md"] {
            assert!(page(&site, &format!("{home}/data.html")).contains(&format!("href=\"data/{name}\"")), "{name}");
        }
        let json = |name: &str| -> Json { serde_json::from_slice(&site[&format!("{home}/data/{name}")]).unwrap() };
        let package = json("datapackage.json");
        assert_eq!(package["homepage"], format!("{address}{home}/data.html"));
        for resource in package["resources"].as_array().unwrap() {
            let bytes = &site[&format!("{home}/data/{}", resource["path"].as_str().unwrap())];
            assert_eq!(resource["bytes"], bytes.len());
        }
        let dcat = json("dcat.jsonld");
        assert_eq!(dcat["dcat:landingPage"]["@id"], format!("{address}{home}/data.html"));
        let first = &json("ckan.json")["resources"][0];
        assert_eq!(first["url"], format!("{address}{home}/data/entries.csv"));
    }
}

/// What the site gives out as data is in the form that `opendata --check` asks of everybody: of a plan with a licence and of one
/// without, of a made-up city and of a real one, in both languages.
#[test]
fn every_table_of_open_data_breaks_no_rule() {
    let desk = Desk::copied();
    let site = published(&desk, "--plan example --plan 2027 --lang ja,en --period R8Q2");
    let csv = site.keys().filter(|path| path.ends_with(".csv"));
    let stray: Vec<&String> = csv.clone().filter(|path| !path.contains("/data/")).collect();
    assert!(stray.is_empty(), "{stray:?}");
    assert!(csv.count() > 40);
    for home in ["example", "2027", "en/example", "en/2027"] {
        let ran = desk.run(&format!("opendata --check site/{home}/data --lang ja"));
        assert_eq!(ran.code, 0, "{home}: {}", ran.out());
    }
}

/// Without a city nobody could tell whose data they are: there are none, and the page says so.
#[test]
fn without_a_city_no_open_data_stand_there() {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"p\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"取組\"]\n",
        ),
        ("outline/1.toml", "[1]\nname = \"甲\"\n"),
        ("publish.toml", "public = []\n"),
    ]);
    let site = published(&desk, "--period R7Q2");
    assert!(!site.keys().any(|path| path.contains("/data/")), "{:?}", site.keys());
    assert!(page(&site, "plan/data.html").contains("オープンデータはここに置いていません"));
}
