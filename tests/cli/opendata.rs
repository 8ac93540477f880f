//! `opendata`: what it writes, what it keeps back, what it finds in files of others.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::support::Desk;

const WRITE: &str = "opendata --plan example --lang ja --licence cc-by-4.0 --format csv -o data";

/// The rows of a file of the data by the names of their fields.
fn rows(desk: &Desk, name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = desk.read(&format!("data/{name}.csv"));
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| heads.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn plan(publish: &str, record: &str) -> Desk {
    Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"p\"\nname = \"計画\"\ncity = \"熊本市\"\ncity-code = \"431001\"\nperiod = { from = \"R6\", to = \"R9\" }\n\
             levels = [\"柱\"]\n[[scale]]\nid = \"s\"\nname = \"進捗\"\ngrades = [{ id = \"good\", name = \"良\" }]\n",
        ),
        ("outline/1.toml", "[1]\nname = \"①窓口の改革\"\n"),
        ("records/1.toml", record),
        ("publish.toml", publish),
    ])
}

const RECORD: &str = "[[update]]\nperiod = \"R7Q1\"\nrecorded = 2025-07-03\nrating = { s = \"good\" }\ndone = \"一行目\\n\\n二行目㎡\"\nissue = \"財政課と調整中\"\n";

#[test]
fn every_table_is_described_and_comes_out_the_same_twice() {
    let desk = Desk::copied();
    let ran = desk.run(WRITE);
    assert_eq!(ran.code, 0, "{ran:?}");
    let package: Json = serde_json::from_slice(&desk.read("data/datapackage.json")).unwrap();
    let listed: BTreeSet<String> =
        package["resources"].as_array().unwrap().iter().map(|r| r["path"].as_str().unwrap().to_owned()).collect();
    let written =
        std::fs::read_dir(desk.path("data")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let tables: BTreeSet<String> = written.filter(|name| name.ends_with(".csv")).collect();
    assert_eq!(listed, tables);
    for name in ["entries.csv", "indicator_values.csv", "counts_plan.csv", "codes.csv", "fields.csv", "history.csv"] {
        assert!(tables.contains(name), "{name}");
    }
    assert_eq!(package["licenses"][0]["name"], json!("CC-BY-4.0"));
    // The fields of the package are those of the file.
    let entries = package["resources"].as_array().unwrap().iter().find(|r| r["name"] == "entries").unwrap();
    let fields: Vec<&str> =
        entries["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    let text = String::from_utf8(desk.read("data/entries.csv")).unwrap();
    assert_eq!(text.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect::<Vec<_>>(), fields);
    for name in ["dcat.jsonld", "ckan.json"] {
        let _: Json = serde_json::from_slice(&desk.read(&format!("data/{name}"))).unwrap();
    }
    let again = desk.run(&WRITE.replace("-o data", "-o again"));
    assert_eq!(again.code, 0);
    for name in tables.iter().map(String::as_str).chain(["datapackage.json", "README.md", "dcat.jsonld", "ckan.json"]) {
        assert_eq!(desk.read(&format!("data/{name}")), desk.read(&format!("again/{name}")), "{name}");
    }
}

/// The counts are those of `status`, the values and verdicts those of `kpi`.
#[test]
fn figures_are_those_of_the_other_commands() {
    let desk = Desk::copied();
    assert_eq!(desk.run(WRITE).code, 0);
    let status = desk.json("status --plan example --as-of R8Q2");
    let counted = rows(&desk, "counts_plan");
    let of = |row: &&BTreeMap<String, String>| {
        row["period_end"] == "2026-09-30"
            && row["scale_code"] == "progress"
            && row["evaluator_code"] == "dept"
            && row["figure_code"] == "count"
    };
    let sum: u64 = counted.iter().filter(of).map(|row| row["value"].parse::<u64>().unwrap()).sum();
    assert_eq!(json!(sum), status["total"]["entries"]);
    let kpi = desk.json("kpi --plan example --as-of R8Q2");
    let verdicts = rows(&desk, "indicator_verdicts");
    for indicator in kpi["indicators"].as_array().unwrap() {
        let id = indicator["id"].as_str().unwrap();
        let row = verdicts.iter().find(|row| row["indicator_id"] == id && row["verdict_by_code"] == "rule").unwrap();
        assert_eq!(json!(row["verdict_code"]), indicator["verdict"], "{id}");
    }
}

#[test]
fn a_folder_that_has_such_files_is_left_as_it_is() {
    let desk = Desk::copied();
    desk.write("data/codes.csv", "of the office\n");
    desk.write("data/own.txt", "of the office\n");
    let ran = desk.run(WRITE);
    assert!(ran.failed().contains("data/codes.csv"));
    assert_eq!(desk.text("data/codes.csv"), "of the office\n");
    assert!(!desk.path("data/entries.csv").exists());
    assert_eq!(desk.run(&format!("{WRITE} --force")).code, 0);
    assert_ne!(desk.text("data/codes.csv"), "of the office\n");
    assert_eq!(desk.text("data/own.txt"), "of the office\n");
}

#[test]
fn only_what_is_public_goes_out_and_in_characters_that_every_machine_has() {
    let desk = plan("public = [\"done\"]\nlicence = \"公共データ利用規約（第1.0版）\"\ncontact = \"総務局\"\n", RECORD);
    assert_eq!(desk.run("opendata --format csv --encoding cp932 -o data").code, 0);
    for (path, bytes) in
        desk.files().into_iter().filter(|(path, _)| path.components().any(|part| part.as_os_str() == "data"))
    {
        let (utf8, (cp932, _, _)) = (String::from_utf8_lossy(&bytes), encoding_rs::SHIFT_JIS.decode(&bytes));
        let secret = "財政課と調整中";
        assert!(!utf8.contains(secret) && !cp932.contains(secret), "{}", path.display());
    }
    let bytes = desk.read("data/entry_texts.csv");
    let (text, _, had_errors) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!had_errors);
    let lines: Vec<&str> = text.lines().skip(1).map(|line| line.rsplit(',').next().unwrap()).collect();
    assert_eq!(lines, ["一行目", "二行目m2"]);
    assert!(text.contains("(1)窓口の改革") && text.contains("431001,熊本県熊本市"));
    let package: Json = serde_json::from_slice(&desk.read("data/datapackage.json")).unwrap();
    assert_eq!(package["licenses"][0]["name"], json!("PDL-1.0"));
    assert_eq!(package["resources"][0]["encoding"], json!("cp932"));
    assert!(desk.text("data/README.md").contains("総務局"));
}

#[test]
fn what_nobody_decided_is_not_decided_here() {
    // Which texts are public.
    let desk = plan("public = []\n", RECORD);
    std::fs::remove_file(desk.path("plan/publish.toml")).unwrap();
    assert!(desk.run("opendata --licence cc-by-4.0 -o data").failed().contains("publish.toml"));
    // Under which licence.
    let desk = plan("public = []\n", RECORD);
    assert!(desk.run("opendata -o data").failed().contains("--licence"));
    let desk = plan("public = []\nlicence = \"すべての権利を留保する\"\n", RECORD);
    assert!(desk.run("opendata -o data").failed().contains("すべての権利を留保する"));
    // Whose data they are.
    let desk = plan("public = []\n", RECORD);
    let head = desk.text("plan/plan.toml").replace("city = \"熊本市\"\ncity-code = \"431001\"\n", "");
    desk.write("plan/plan.toml", head);
    assert!(desk.run("opendata --licence cc-by-4.0 -o data").failed().contains("city-code"));
    // Where to.
    assert!(desk.run("opendata --licence cc-by-4.0").failed().contains("-o"));
    assert!(!desk.path("data").exists());
}

#[test]
fn our_own_data_break_no_rule_and_a_breach_ends_with_1() {
    let desk = Desk::copied();
    assert_eq!(desk.run("opendata --plan 2027 --lang ja --licence cc-by-4.0 -o data").code, 0);
    let ran = desk.run("opendata --check data --lang ja");
    assert_eq!(ran.code, 0, "{}", ran.out());
    desk.write("data/list.csv", "市名,年度,人口\n熊本市,R4,\"738,567\"\n八代,R4,-\n");
    let ran = desk.run("opendata --check data/list.csv --lang ja");
    assert_eq!(ran.code, 1);
    for words in ["L2-01", "C列「人口」、2行", "L3-05", "B列「年度」", "L3-03", "L3-08"] {
        assert!(ran.out().contains(words), "{words}\n{}", ran.out());
    }
    let ran = desk.run("opendata --check data/list.csv --format json --lang en");
    assert_eq!(ran.code, 1);
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    let breaches = json["files"][0]["breaches"].as_array().unwrap();
    let separator = breaches.iter().find(|breach| breach["rule"] == "L2-01").unwrap();
    assert_eq!((&separator["column"], &separator["rows"]), (&json!("C"), &json!([2])));
    assert!(separator["help"].as_str().unwrap().is_ascii());
    assert_eq!(desk.run("opendata --check data/list.csv -o result.xlsx").code, 1);
    assert!(desk.path("result.xlsx").exists());
}

#[test]
fn what_cannot_be_checked_is_said() {
    let desk = Desk::empty();
    assert!(desk.run("opendata --check").failed().contains("--check"));
    assert!(desk.run("opendata --check nowhere.csv").failed().contains("nowhere.csv"));
    desk.write("broken.xlsx", "PK\u{3}\u{4}");
    assert!(desk.run("opendata --check broken.xlsx").failed().contains("broken.xlsx"));
    desk.write("good.csv", "area_code,area_name\n431001,熊本県熊本市\n");
    // One that cannot be read keeps nobody from the others.
    let ran = desk.run("opendata --check good.csv broken.xlsx --lang ja");
    assert_eq!(ran.code, 2);
    assert!(ran.out().contains("good.csv") && ran.err.contains("broken.xlsx"), "{ran:?}");
}

/// Files that nobody would write: none of them may end the program, hang it, or steer the terminal.
#[test]
fn hostile_files_are_read_or_refused() {
    let desk = Desk::empty();
    let long = "あ".repeat(100_000);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("empty.csv", Vec::new()),
        ("blank.csv", b"\n\n\n".to_vec()),
        ("commas.csv", b",,,,\n,,,\n".to_vec()),
        ("quotes.csv", b"\"\"\"\"\"\n\"a\nb".to_vec()),
        ("one.csv", b"x".to_vec()),
        ("long.csv", format!("a,b\n{long},1\n").into_bytes()),
        ("wide.csv", format!("{}\n{}\n", vec!["a"; 5000].join(","), vec!["1"; 5000].join(",")).into_bytes()),
        ("controls.csv", "a,b\n\u{1b}[31m,\u{202e}\u{0}\n".as_bytes().to_vec()),
        ("numbers.csv", "a,b\n9999999999999999999999999999999,1e999\n-0,0x10\n1,２,３\n".as_bytes().to_vec()),
        ("eras.csv", "年度,値\n令和,1\nR,2\n令和99年,3\nH元,4\n".as_bytes().to_vec()),
        ("signs.csv", "a,b\n▲,約\n(,)\n~,18~\n～,18～\n㍻,①\n".as_bytes().to_vec()),
    ];
    for (name, bytes) in files {
        desk.write(name, bytes);
        let ran = desk.run(&format!("opendata --check {name} --lang ja"));
        assert!(ran.code < 3 && !ran.err.contains("panicked"), "{name}: {ran:?}");
        assert!(!ran.out().contains(['\u{1b}', '\u{202e}', '\u{0}']), "{name}");
    }
}
