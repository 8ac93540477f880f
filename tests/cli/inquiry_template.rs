//! `kaikaku inquiry send --template`: the city's own form, filled in and read back, nothing else of it touched.

use std::io::{Cursor, Read};

use kaikaku::workbook::edit::{Edits, edited};
use kaikaku::workbook::{Book, Content};
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::Value as Json;
use zip::ZipArchive;

use crate::support::Desk;

const COLUMNS: &str = "schema = 1\n\n[template]\nsheet  = \"進捗報告\"\nid     = \"番号\"\nname   = \"取組項目\"\nperiod = \"対象期間\"\n\
                       owner  = \"B3\"\n\n[template.answers]\nrating.progress = \"進捗状況\"\nprogress = \"進捗率\"\ndone     = \"実績\"\n\n\
                       [template.last]\ndone = \"前回の実績\"\n";

/// A form as a city has it: a merged title, a head with line breaks, one item listed already, a sum, a second sheet.
fn city_form() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_background_color("FFCC00");
    let sheet = book.add_worksheet();
    sheet.set_name("進捗報告").unwrap();
    sheet.merge_range(0, 0, 0, 5, "行政改革プラン進捗報告書", &bold).unwrap();
    sheet.write(1, 0, "対象期間").unwrap().write(2, 0, "所管課").unwrap();
    for (column, head) in (0..).zip(["番号", "取組項目", "進捗\n状況", "進捗率", "前回の実績", "実　績"])
    {
        sheet.write_with_format(4, column, head, &bold).unwrap();
    }
    sheet.write_with_format(6, 0, "1-1-2", &bold).unwrap().write(6, 1, "採用試験の多様化").unwrap();
    sheet.write_formula(6, 7, Formula::new("=COUNTA(F6:F20)").set_result("0")).unwrap();
    sheet.write_blank(5, 5, &bold).unwrap();
    book.define_name("対象期間", "='進捗報告'!$B$2").unwrap();
    book.add_worksheet().set_name("記入要領").unwrap().write(0, 0, "太枠の中に記入").unwrap();
    book.save_to_buffer().unwrap()
}

fn desk() -> Desk {
    let desk = Desk::copied();
    desk.write("plan/example/inquiry.toml", COLUMNS);
    desk.write("form.xlsx", city_form());
    desk
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |at: usize, zip: &mut ZipArchive<Cursor<&[u8]>>| {
        let mut file = zip.by_index(at).unwrap();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        (file.name().unwrap().into_owned(), text)
    };
    (0..zip.len()).map(|at| read(at, &mut zip)).collect()
}

#[test]
fn the_own_form_is_filled_in_and_read_back() {
    let desk = desk();
    let ran = desk.run("inquiry send --plan example --period R8Q3 --owner 人事課 --template form.xlsx -o out");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let filled = desk.read("out/照会_R8Q3_人事課.xlsx");
    let book = Book::open(&filled).unwrap();
    let words = |row: u32, column: u32| book.sheets[0].cell(row, column).and_then(|cell| cell.words()).unwrap_or("");
    assert_eq!((words(0, 0), words(1, 1), words(2, 1)), ("行政改革プラン進捗報告書", "令和8年度第3四半期", "人事課"));
    assert_eq!((words(5, 0), words(5, 1)), ("1-1-1", "採用広報の強化と応募者層の拡大"));
    assert_eq!(words(5, 4), "職場体験の受入れを19課に広げ、学生104名が参加した。");
    assert_eq!((words(6, 0), words(6, 1)), ("1-1-2", "採用試験の多様化"));

    // Every part but the sheet stays to the byte, and of the sheet every element but the cells.
    let (before, after) = (parts(&desk.read("form.xlsx")), parts(&filled));
    let changed: Vec<&String> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| &a.0).collect();
    assert_eq!((before.len(), changed), (after.len(), vec![&"xl/worksheets/sheet1.xml".to_owned()]));
    let sheet = |parts: &[(String, Vec<u8>)]| {
        let (_, text) = parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
        String::from_utf8(text.clone()).unwrap()
    };
    let around = |text: &str| {
        (text.split("<sheetData>").next().unwrap().to_owned(), text.split("</sheetData>").nth(1).unwrap().to_owned())
    };
    assert_eq!(around(&sheet(&before)), around(&sheet(&after)));
    assert!(sheet(&after).contains("<mergeCell ref=\"A1:F1\"/>") && sheet(&after).contains("<f>COUNTA(F6:F20)</f>"));

    let part = book.sheets[0].part.clone();
    let text = |words: &str| Content::Text(words.into());
    let cells = [
        ((5, 2), text("計画どおり")),
        ((5, 3), text("７８％")),
        ((5, 5), text("説明会を開いた。")),
        ((6, 3), text("同上")),
    ];
    desk.write("back.xlsx", edited(&filled, &Edits::from([(part, cells.into())])).unwrap());
    let ran = desk.run("inquiry collect back.xlsx --plan example --apply --format json");
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!(
        (ran.code, &review["counts"]["changed"], &review["counts"]["invalid"]),
        (1, &3.into(), &1.into()),
        "{review:#}"
    );
    let records = String::from_utf8(desk.read("plan/example/records/1-1-1.toml")).unwrap();
    let stated = "rating   = { progress = \"on-track\" }\nprogress = 78\ndone     = \"説明会を開いた。\"\nby       = \"人事課\"\n";
    assert!(records.ends_with(stated), "{records}");
}

#[test]
fn an_untouched_own_form_changes_nothing() {
    let desk = desk();
    desk.run("update 1-1-1 --plan example --period R8Q3 --progress 80 --rating on-track --done 開いた。");
    assert_eq!(desk.run("inquiry send --plan example --period R8Q3 --template form.xlsx -o out").code, 0);
    let before = desk.files();
    let ran = desk.run("inquiry collect out/照会_R8Q3_人事課.xlsx --plan example --apply --format json");
    let review: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!(
        (ran.code, &review["counts"]["changed"], &review["counts"]["conflict"]),
        (0, &0.into(), &0.into()),
        "{review:#}"
    );
    assert_eq!(desk.files(), before);
}

#[test]
fn what_the_form_does_not_have_is_reported() {
    let desk = desk();
    desk.write("plan/example/inquiry.toml", COLUMNS.replace("実績\"\n\n", "成果\"\n\n"));
    let err = desk.run("inquiry send --plan example --period R8Q3 --template form.xlsx -o out").failed();
    assert!(err.contains("様式に「成果」がありません"), "{err}");
    desk.write("plan/example/inquiry.toml", COLUMNS.replace("progress = \"進捗率\"", "progres = \"進捗率\""));
    let ran = desk.run("check --plan example");
    assert_eq!(ran.code, 1);
    let mark = "plan/example/inquiry.toml:12:1";
    assert!(ran.out().contains(mark) && ran.out().contains("「progress」ではありませんか"), "{}", ran.out());
}
