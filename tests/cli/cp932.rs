//! What goes through a file of Windows (CP932) and comes back is what it was, and every report can be written as one.

use encoding_rs::SHIFT_JIS;
use kaikaku::workbook::Content;
use serde_json::Value as Json;

use crate::sheet::Filling;
use crate::support::Desk;

const TEXT: &str = "7〜9月に−3件（10‖20—30、¢£¬、¥1,000）";

/// As Excel of Windows saves a text as CSV, and opens it again.
fn saved(text: &str) -> Vec<u8> {
    let signs = [('〜', '～'), ('−', '－'), ('‖', '∥'), ('—', '―'), ('¢', '￠'), ('£', '￡'), ('¬', '￢'), ('¥', '\\')];
    let sign = |c: char| signs.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to);
    let text: String = text.chars().map(sign).collect();
    let (bytes, _, lost) = SHIFT_JIS.encode(&text);
    assert!(!lost, "{text}");
    bytes.into_owned()
}

/// The sheet of questions of a form as CSV.
fn form(desk: &Desk) -> String {
    let book = Filling::new(desk.read("out/照会_R8Q3_人事課.xlsx")).book();
    let sheet = &book.sheets[1];
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in 0..=*sheet.rows().last().unwrap() {
        let words = |column: u32| match sheet.cell(row, column).and_then(|cell| cell.value.clone()) {
            Some(Content::Text(text) | Content::Number(text)) => text,
            _ => String::new(),
        };
        writer.write_record((0..8).map(words)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn collected(desk: &Desk, csv: &str) -> Json {
    desk.write("back.csv", saved(csv));
    let ran = desk.run("inquiry collect back.csv --plan example --format json");
    serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}"))
}

#[test]
fn a_reply_that_nobody_touched_is_unchanged() {
    let desk = Desk::copied();
    desk.call(&["update", "1-1-1", "--plan", "example", "--period", "R8Q3", "--rating", "on-track", "--done", TEXT]);
    desk.run("inquiry send --plan example --period R8Q3 -o out").done();
    let csv = form(&desk);
    assert!(csv.contains(TEXT));
    let review = collected(&desk, &csv);
    let count = |class: &str| review["counts"][class].as_u64().unwrap();
    assert_eq!((count("changed"), count("conflict"), count("invalid")), (0, 0, 0), "{review:#}");
    let rows = review["rows"].as_array().unwrap();
    let done = rows.iter().find(|row| row["id"] == "1-1-1" && row["question"] == "done").unwrap();
    assert_eq!(done["class"], "unchanged");

    // What a person changed is another answer still.
    for (from, to) in [("3件", "4件"), ("−3件", "3件"), ("〜", "、")] {
        let review = collected(&desk, &csv.replace(TEXT, &TEXT.replace(from, to)));
        let rows = review["rows"].as_array().unwrap();
        let done = rows.iter().find(|row| row["id"] == "1-1-1" && row["question"] == "done").unwrap();
        assert_eq!(done["class"], "conflict", "{from} → {to}");
    }
}

#[test]
fn a_list_that_came_from_the_plan_is_unchanged() {
    let desk = Desk::empty();
    let args =
        ["init", "town", "--name", "改革プラン", "--from", "R8", "--to", "R11", "--levels", "柱、取組", "--grades"];
    assert_eq!(desk.call(&[&args[..], &["3〜5割、1〜2割!"]].concat()).code, 0);
    std::fs::remove_dir_all(desk.path("plan/town/outline")).unwrap();
    desk.write(
        "plan/town/inquiry.toml",
        "schema = 1\n\n[import]\nid = \"番号\"\nname = \"名称\"\nperiod = \"時期\"\n\n[import.answers]\nrating.progress = \"進捗（1〜5割）\"\ndone = \"実績\"\n",
    );
    let list = format!("番号,名称,時期,進捗（1〜5割）,実績\n1,暮らし〜,,,\n1-1,窓口〜手続,R8Q2,3〜5割,\"{TEXT}\"\n");
    desk.write("list.csv", &list);
    assert_eq!(desk.run("import list.csv --plan town --apply").code, 0);
    desk.write("list.csv", saved(&list));
    let ran = desk.run("import list.csv --plan town --format json");
    let report: Json = serde_json::from_str(ran.out()).unwrap();
    let classes: Vec<&str> =
        report["rows"].as_array().unwrap().iter().map(|row| row["class"].as_str().unwrap()).collect();
    assert_eq!((ran.code, classes), (0, vec!["unchanged"; 2]), "{report:#}");
}

#[test]
fn every_report_can_be_written_in_cp932() {
    let desk = Desk::copied();
    desk.run("inquiry send --plan example --period R8Q3 -o out").done();
    for command in [
        "status",
        "status --tree",
        "kpi",
        "kpi --compare-methods",
        "show",
        "show 1-1-1",
        "log",
        "due",
        "roadmap",
        "explain",
        "explain 1-1-1",
        "explain women-managers",
        "report council",
        "report questions",
        "inquiry status",
        "check",
        "plans",
    ] {
        for lang in ["ja", "en"] {
            let plan = if command == "plans" { "" } else { "--plan example" };
            let ran = desk.run(&format!("{command} {plan} --lang {lang} --format csv --encoding cp932"));
            assert!(ran.code < 2 && !SHIFT_JIS.decode(&ran.bytes).2, "{command} {lang}: {}", ran.err);
        }
    }
}
