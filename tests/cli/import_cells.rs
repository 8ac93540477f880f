//! `kaikaku import`: a cell is what a person sees in it, and no row disappears.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Color, Format, Workbook, Worksheet};
use serde_json::Value as Json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::Desk;

const ENTRIES: &str = "schema = 1\n\n[import]\nid     = \"番号\"\nname   = \"取組名\"\nowner  = \"担当課\"\nperiod = \"時期\"\n\n\
                       [import.answers]\nrating.progress = \"評価\"\nprogress        = \"進捗率\"\ndone            = \"取組状況\"\n";

const VALUES: &str = "schema = 1\n\n[import]\nid     = \"番号\"\nowner  = \"担当課\"\nperiod = \"時期\"\n\n\
                      [import.answers]\nvalue = \"実績値\"\nnote  = \"備考\"\n";

const HEADS: [&str; 7] = ["番号", "取組名", "担当課", "時期", "評価", "進捗率", "取組状況"];

/// The made-up city, with these columns of a list.
fn desk(columns: &str) -> Desk {
    let desk = Desk::copied();
    desk.write("plan/example/inquiry.toml", columns);
    desk
}

/// A workbook with the headings of a list of entries in its first row.
fn list(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write(0, column, head).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

/// Writes words into a row, from the left; an empty text leaves its cell blank.
fn row(sheet: &mut Worksheet, row: u32, words: &[&str]) {
    for (column, word) in (0..).zip(words).filter(|(_, word)| !word.is_empty()) {
        sheet.write(row, column, *word).unwrap();
    }
}

/// The name and the owner of 3-1-1, and of 3-1-2.
const FIRST: [&str; 4] = ["3-1-1", "公共施設の再編", "資産経営課", "R8Q3"];
const SECOND: [&str; 4] = ["3-1-2", "施設の包括管理委託の導入", "資産経営課", "R8Q3"];

fn struck() -> Format {
    Format::new().set_font_strikethrough()
}

/// What is imported of a list, in JSON, where what is unlikely is confirmed; how the command ended.
fn imported(desk: &Desk, list: Vec<u8>, more: &str) -> (Json, i32) {
    desk.write("list.xlsx", list);
    let ran = desk.run(&format!("import list.xlsx --plan example --apply --confirmed 確認済み --format json {more}"));
    (serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}")), ran.code)
}

/// The line at a cell.
fn at<'j>(json: &'j Json, cell: &str) -> &'j Json {
    let is = |line: &&Json| line["at"].as_str().unwrap().ends_with(&format!("!{cell}"));
    json["rows"].as_array().unwrap().iter().find(is).unwrap_or_else(|| panic!("{cell} in {json:#}"))
}

/// What is said of a line.
fn readings(line: &Json) -> String {
    let readings = line["readings"].as_array().unwrap().iter();
    readings.map(|reading| reading["ja"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

fn left_out(json: &Json) -> Vec<String> {
    let lines = json["left_out"].as_array().unwrap().iter();
    lines.map(|line| format!("{} {}", line["at"].as_str().unwrap(), line["reason"]["ja"].as_str().unwrap())).collect()
}

fn counts(json: &Json) -> [u64; 5] {
    ["changed", "unchanged", "conflict", "invalid", "left_out"].map(|class| json["counts"][class].as_u64().unwrap())
}

/// The records of an entry or indicator; empty where there are none.
fn records(desk: &Desk, id: &str) -> String {
    std::fs::read_to_string(desk.path(&format!("plan/example/records/{id}.toml"))).unwrap_or_default()
}

/// A workbook of one sheet as its XML says.
fn raw(sheet: &str) -> Vec<u8> {
    let relations = r#"<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="一覧" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", sheet),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_number_that_a_spreadsheet_changed_is_refused_by_its_cell() {
    let desk = desk(ENTRIES);
    let before = desk.files();
    let cell = |name: &str| std::fs::read(format!("{}/tests/cli/cells/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let heads: String = HEADS.iter().map(|head| format!("<c t=\"inlineStr\"><is><t>{head}</t></is></c>")).collect();
    let with_id = |id: &str| {
        raw(&format!(
            "<worksheet><sheetData><row>{heads}</row><row><c r=\"A2\"{id}</c><c r=\"G2\" t=\"inlineStr\"><is><t>a</t></is></c></row>\
             </sheetData></worksheet>"
        ))
    };
    for (list, place, why) in [
        (cell("import-id-as-date.xlsx"), "A3", "番号が日付（1月1日）になっています"),
        (cell("import-id-as-decimal.xlsx"), "A2", "番号が数値（1.1）になっています"),
        (cell("import-id-as-error.xlsx"), "A2", "エラー値（#N/A）です"),
        (with_id(" t=\"b\"><v>1</v>"), "A2", "TRUE になっています"),
        (with_id("><f>B9</f>"), "A2", "計算結果が保存されていません"),
        (with_id(" t=\"str\"><f>[1]一覧!A2</f><v>3-1-1</v>"), "A2", "ほかのファイルを参照する数式です"),
        (with_id(" t=\"inlineStr\"><is><t>1-Jan</t></is>"), "A2", "番号が日付（1-Jan）になっています"),
    ] {
        let (json, code) = imported(&desk, list, "");
        let line = at(&json, place);
        assert_eq!((code, line["class"].as_str()), (1, Some("invalid")), "{json:#}");
        assert!(readings(line).contains(why), "{why}: {line:#}");
        // With the flag no other one is read either: none of these shows its number.
        assert_eq!(at(&imported(&desk, desk.read("list.xlsx"), "--as-shown").0, place)["class"], "invalid");
    }
    std::fs::remove_file(desk.path("list.xlsx")).unwrap();
    assert_eq!(desk.files(), before);
}

/// A plan that was just made, with nothing in it.
fn new_plan() -> Desk {
    let desk = Desk::empty();
    let args = [
        "init",
        "town",
        "--name",
        "みどり町",
        "--from",
        "R8",
        "--to",
        "R11",
        "--levels",
        "柱、取組",
        "--grades",
        "順調、遅れ!",
    ];
    assert_eq!(desk.call(&args).code, 0);
    std::fs::remove_dir_all(desk.path("plan/town/outline")).unwrap();
    desk.write("plan/town/inquiry.toml", ENTRIES);
    desk
}

#[test]
fn a_new_plan_gets_no_entry_from_a_date() {
    let desk = new_plan();
    desk.write("list.xlsx", include_bytes!("cells/import-id-as-date.xlsx"));
    let ran = desk.run("import list.xlsx --plan town --apply --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((ran.code, counts(&json)), (1, [1, 0, 0, 1, 0]), "{json:#}");
    assert_eq!(json["entries"].as_array().unwrap().len(), 1);
    let outline = String::from_utf8(desk.read("plan/town/outline/1.toml")).unwrap();
    assert!(outline.contains("便利な役場") && !outline.contains("46023"), "{outline}");
    assert!(!desk.path("plan/town/outline/46023.toml").exists() && !desk.path("plan/town/records/46023.toml").exists());
}

/// In NFC, in NFD, in half-width katakana and with a space: one department, in the spelling of the first row.
#[test]
fn an_owner_that_is_spelt_in_four_ways_is_one() {
    let desk = new_plan();
    desk.write("list.xlsx", include_bytes!("cells/import-owner-spelt-otherwise.xlsx"));
    let ran = desk.run("import list.xlsx --plan town --apply --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((ran.code, counts(&json)), (0, [4, 0, 0, 0, 0]), "{json:#}");
    assert_eq!(desk.text("plan/town/owners.toml"), "schema = 1\n\n[dept-1]\nname = \"デジタル推進課\"\n");
    let outline = desk.text("plan/town/outline/1.toml");
    assert_eq!(outline.matches("owner = \"デジタル推進課\"").count(), 4, "{outline}");
}

#[test]
fn a_number_that_its_format_shows_is_taken_only_when_that_is_confirmed() {
    let desk = desk(ENTRIES);
    let list = || {
        list(|sheet| {
            row(sheet, 1, &["", "公共施設の再編", "資産経営課", "R8Q3", "", "30"]);
            sheet.write_number_with_format(1, 0, 311, &Format::new().set_num_format("0-0-0")).unwrap();
        })
    };
    let (json, code) = imported(&desk, list(), "");
    assert_eq!((code, counts(&json)), (1, [0, 0, 0, 1, 0]));
    let said = readings(at(&json, "A2"));
    assert!(
        said.contains("番号の表示は「3-1-1」ですが、入っている値は 311 です") && said.contains("--as-shown"),
        "{said}"
    );
    let old = records(&desk, "3-1-1");
    let (json, code) = imported(&desk, list(), "--as-shown");
    assert_eq!((code, counts(&json)), (0, [1, 0, 0, 0, 0]), "{json:#}");
    assert!(readings(at(&json, "F2")).contains("表示のとおり「3-1-1」と読みました（入っている値は 311）"));
    assert!(records(&desk, "3-1-1").strip_prefix(&old).unwrap().contains("progress = 30"));
}

#[test]
fn what_is_struck_through_is_not_read() {
    let desk = desk(ENTRIES);
    let list = list(|sheet| {
        let plain = Format::new();
        row(sheet, 1, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3], "", "", ""]);
        sheet.write_rich_string(1, 5, &[(&struck(), "10"), (&plain, "12")]).unwrap();
        sheet.write_rich_string(1, 6, &[(&plain, "説明会を"), (&struck(), "3回"), (&plain, "4回開いた。")]).unwrap();
        // A row that is struck through, a cell that is, and a number that was put right.
        for (column, word) in (0..).zip([SECOND[0], SECOND[1], SECOND[2], SECOND[3], "計画どおり", "40"]) {
            sheet.write_with_format(2, column, word, &struck()).unwrap();
        }
        row(sheet, 3, &["", SECOND[1], SECOND[2], "R8Q2", "", "", "仕様書を作った。"]);
        sheet.write_rich_string(3, 0, &[(&struck(), "3-1-1"), (&plain, "3-1-2")]).unwrap();
        sheet.write_number_with_format(3, 5, 99, &struck()).unwrap();
        row(sheet, 4, &["", FIRST[1], FIRST[2], "R8Q1", "", "5"]);
        sheet.write_with_format(4, 0, "3-1-1", &struck()).unwrap();
    });
    let old = records(&desk, "3-1-1");
    let (json, code) = imported(&desk, list, "");
    assert_eq!((code, counts(&json)), (1, [2, 0, 0, 1, 1]), "{json:#}");
    assert_eq!(at(&json, "F2")["reply"], "12");
    assert!(readings(at(&json, "F2")).contains("取消線のある「10」を除いて読みました"));
    assert_eq!(at(&json, "G2")["reply"], "説明会を4回開いた。");
    assert!(readings(at(&json, "A3")).contains("行の全体に取消線があります"));
    assert_eq!(at(&json, "F4")["class"], "left_out");
    assert_eq!(at(&json, "G4")["id"], "3-1-2");
    assert!(readings(at(&json, "F4")).contains("取消線のある「3-1-1」を除いて読みました"), "{json:#}");
    assert!(readings(at(&json, "A5")).contains("番号に取消線があります"));
    let new = records(&desk, "3-1-1").strip_prefix(&old).unwrap().to_owned();
    assert!(new.contains("progress = 12") && new.contains("\"説明会を4回開いた。\"") && !new.contains("1012"), "{new}");
    assert!(!records(&desk, "3-1-2").contains("99"));
}

#[test]
fn where_a_cell_shows_something_else_than_it_holds_both_are_shown() {
    let desk = desk(VALUES);
    let one = |raw: f64, code: &str| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        row(sheet, 0, &["番号", "担当課", "時期", "実績値", "備考"]);
        row(sheet, 1, &["ad-revenue", "財政課", "R8"]);
        sheet.write_number_with_format(1, 3, raw, &Format::new().set_num_format(code)).unwrap();
        book.save_to_buffer().unwrap()
    };
    for (raw, code, why) in [
        (12_345_678.0, "#,##0,", "表示は「12,346」ですが、入っている値は 12345678 です"),
        (12_345_678.0, "#,##0,,\"百万円\"", "表示は「12百万円」"),
        (0.0, "0;-0;\"未公表\"", "表示は「未公表」ですが、入っている値は 0 です"),
        (5.0, "\"▲\"#,##0", "表示は「▲5」ですが、入っている値は 5 です"),
        (-5.0, "#,##0;[Red]#,##0", "表示は「5」ですが、入っている値は -5 です"),
        (12.0, "\"約\"0\"以上\"", "表示は「約12以上」"),
        (12.5, "0", "表示は「13」ですが、入っている値は 12.5 です"),
        (12.0, "0\"頭\"", "単位「頭」は"),
        (5.0, ";;;", "何も表示されていませんが、「5」が入っています"),
        (46_023.0, "m\"月\"d\"日\"", "表示は「1月1日」ですが、入っている値は 46023 です"),
        (12.0, "[$¥-411]#,##0", "単位「円」は"),
        (12.5, "# ?/?", "何が見えているか決まりません"),
    ] {
        let (json, code_of) = imported(&desk, one(raw, code), "");
        let line = at(&json, "D2");
        assert_eq!((code_of, line["class"].as_str()), (1, Some("invalid")), "{code} {line:#}");
        assert!(readings(line).contains(why), "{code} {line:#}");
    }
    assert!(!records(&desk, "ad-revenue").contains("period   = \"R8\""));
    // Only separators differ.
    let import = "import list.xlsx --plan example --format json --confirmed 確認済み";
    for (raw, code, reply) in [
        (1_234_567.0, "#,##0", "1234567"),
        (1_234_567.0, "#,##0_ ;[Red]\\-#,##0\\ ", "1234567"),
        (-5.0, "#,##0;\"▲ \"#,##0", "-5"),
        (-5.0, "#,##0_);(#,##0)", "-5"),
        (12.5, "0.00", "12.5"),
    ] {
        desk.write("list.xlsx", one(raw, code));
        let json = serde_json::from_str::<Json>(desk.run(import).out()).unwrap();
        assert_eq!(
            (&at(&json, "D2")["class"], &at(&json, "D2")["reply"]),
            (&"changed".into(), &reply.into()),
            "{code}"
        );
    }
    // What is seen is taken where that was confirmed.
    let (json, code) = imported(&desk, one(12_345_678.0, "#,##0,"), "--as-shown");
    assert_eq!((code, at(&json, "D2")["reply"].as_str()), (0, Some("12346")));
    assert!(readings(at(&json, "D2")).contains("表示のとおり「12,346」と読みました（入っている値は 12345678）"));
    assert!(records(&desk, "ad-revenue").contains("value    = 12346"), "{}", records(&desk, "ad-revenue"));
}

#[test]
fn cells_that_were_made_one_belong_to_each_of_their_rows_or_to_none() {
    let desk = desk(ENTRIES);
    let list = list(|sheet| {
        let format = Format::new();
        for (column, word) in (0..).zip([SECOND[0], SECOND[1], SECOND[2]]) {
            sheet.merge_range(1, column, 2, column, word, &format).unwrap();
        }
        row(sheet, 1, &["", "", "", "R8Q2", "計画どおり", "20"]);
        row(sheet, 2, &["", "", "", "R8Q3", "計画どおり", "30"]);
        row(sheet, 3, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3], "", "40"]);
        row(sheet, 4, &["1-1-1", "採用広報の強化と応募者層の拡大", "人事課", "R8Q3", "", "50"]);
        sheet.merge_range(3, 6, 4, 6, "二つの施設をまとめた。", &format).unwrap();
    });
    let (json, code) = imported(&desk, list, "");
    assert_eq!(code, 1, "{json:#}");
    assert_eq!((at(&json, "F3")["id"].as_str(), at(&json, "F3")["class"].as_str()), (Some("3-1-2"), Some("changed")));
    for cell in ["G4", "G5"] {
        assert_eq!(at(&json, cell)["class"], "invalid");
        assert!(readings(at(&json, cell)).contains("G4 から G5 までが結合されているので"), "{json:#}");
    }
    let second = records(&desk, "3-1-2");
    assert!(
        second.contains("period   = \"R8Q2\"")
            && second.contains("progress = 30\n")
            && second.ends_with("by       = \"資産経営課\"\n"),
        "{second}"
    );
    assert!(!records(&desk, "3-1-1").contains("二つの施設"));
}

#[test]
fn every_row_is_counted_once_and_what_is_not_read_is_listed() {
    let desk = desk(ENTRIES);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("一覧").unwrap().write(0, 0, "進捗一覧").unwrap();
    for (column, head) in (0..).zip(HEADS) {
        sheet.write(1, column, head).unwrap().write(8, column, head).unwrap();
    }
    sheet.write(1, 7, "連絡先").unwrap();
    row(sheet, 2, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3], "", "30", "", "内線1", "要確認"]);
    row(sheet, 3, &["", "", "", "", "", "", "第2期の候補地を選んだ。"]);
    row(sheet, 4, &["3-1", "公共施設の最適化"]);
    row(sheet, 5, &[SECOND[0], FIRST[1], SECOND[2], "R8Q3", "", "60"]);
    row(sheet, 6, &["3-1-9", FIRST[1], "", "R8Q3", "", "70"]);
    row(sheet, 7, &["", "小計"]);
    row(sheet, 9, &["1-1", "", "", "R8Q3", "", "", ""]);
    row(sheet, 10, &["", "", "", "", "", "", "", "内線9"]);
    sheet.insert_note(2, 5, &rust_xlsxwriter::Note::new("速報です").add_author_prefix(false)).unwrap();
    sheet.insert_note(11, 1, &rust_xlsxwriter::Note::new("以上").add_author_prefix(false)).unwrap();
    book.add_worksheet().set_name("別紙").unwrap().write(2, 2, "内訳").unwrap();
    let (json, code) = imported(&desk, book.save_to_buffer().unwrap(), "");
    // 3 taken; 5 known already and 10 likewise; 4, 6 and 7 invalid; 8, 9 and 11 left out.
    assert_eq!((code, counts(&json)), (1, [1, 2, 0, 3, 3]), "{json:#}");
    assert!(readings(at(&json, "F3")).contains("コメント「速報です」があります"));
    assert!(readings(at(&json, "A4")).contains("番号が空欄なので"));
    assert!(
        readings(at(&json, "B6"))
            .contains("名称が違います（計画「施設の包括管理委託の導入」、一覧「公共施設の再編」）")
    );
    assert!(readings(at(&json, "A7")).contains("名称「公共施設の再編」は、計画では 3-1-1 です"));
    assert!(readings(at(&json, "B8")).contains("番号のない行です（小計）"));
    assert!(readings(at(&json, "A9")).contains("見出しの繰返しです"));
    assert!(!desk.path("plan/example/records/3-1-9.toml").exists());
    let left = left_out(&json);
    for line in [
        "list.xlsx 一覧!A1 見出しより上は読みません（1 セル）",
        "list.xlsx 一覧!H2 列「連絡先」は対応を示した列でないので、読みません（2 セル）",
        "list.xlsx 一覧!I3 見出しのない列の「要確認」は読みません",
        "list.xlsx 一覧!B12 コメント「以上」があります",
        "list.xlsx 別紙!C3 このシートは読みません（1 セル）",
    ] {
        assert!(left.contains(&line.to_owned()), "{line} {left:#?}");
    }
    let text = desk.run("import list.xlsx --plan example");
    assert!(
        text.out().contains("読んだ行 9（取り込む 0、変更なし 3、衝突 0、確認が必要 0、読めない 3、取り込まない 3）"),
        "{}",
        text.out()
    );
    assert!(text.out().contains("読まなかったもの") && text.out().contains("別紙!C3"), "{}", text.out());
}

/// The workbook with every part passed through.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> (String, String)) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let (name, text) = change(&file.name().unwrap(), text);
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_name_or_an_owner_that_is_another_s_is_not_taken() {
    let desk = desk(ENTRIES);
    let before = records(&desk, "3-1-1");
    let (json, code) = imported(&desk, include_bytes!("cells/import-other-name.xlsx").to_vec(), "");
    assert_eq!((code, counts(&json)), (1, [0, 0, 0, 1, 0]), "{json:#}");
    assert!(readings(at(&json, "B2")).contains("名称が違います"));
    // Under its own name an owner of other days is noted; without a name it is a conflict.
    let other = |sheet: &mut Worksheet| row(sheet, 1, &[FIRST[0], FIRST[1], "税務課", FIRST[3], "", "30"]);
    let (json, code) = imported(&desk, list(other), "");
    assert_eq!((code, counts(&json)), (0, [1, 0, 0, 0, 0]), "{json:#}");
    assert!(readings(at(&json, "F2")).contains("担当が違います（計画「資産経営課」、一覧「税務課」）"));
    assert!(records(&desk, "3-1-1").strip_prefix(&before).unwrap().contains("税務課"));
    desk.write("plan/example/inquiry.toml", ENTRIES.replace("name   = \"取組名\"\n", ""));
    let (json, code) = imported(&desk, list(other), "");
    assert_eq!((code, counts(&json)), (1, [0, 0, 1, 0, 0]), "{json:#}");
}

#[test]
fn a_row_below_in_the_same_cells_is_not_lost() {
    let desk = desk(ENTRIES);
    let (json, code) = imported(&desk, include_bytes!("cells/import-row-without-id.xlsx").to_vec(), "");
    assert_eq!((code, counts(&json)), (1, [2, 0, 1, 0, 0]), "{json:#}");
    assert_eq!(
        (at(&json, "G3")["class"].as_str(), at(&json, "G3")["reply"].as_str()),
        (Some("conflict"), Some("第2期の候補地を選んだ。"))
    );
    assert!(readings(at(&json, "G3")).contains("上の行の同じ番号・期間の答えと違います"));
}

#[test]
fn a_heading_that_stands_twice_is_refused_with_both_cells() {
    let desk = desk(ENTRIES);
    desk.write("list.xlsx", list(|sheet| row(sheet, 0, &["", "", "", "", "", "", "", "", "取組 状況"])));
    let err = desk.run("import list.xlsx --plan example").failed();
    assert!(err.contains("見出し「取組状況」が、シート「Sheet1」の G1 と I1 にあり"), "{err}");
}

#[test]
fn words_between_separators_are_read_or_refused_by_their_line() {
    let desk = desk(ENTRIES);
    desk.write("list.csv", include_bytes!("cells/import-quote-not-closed.csv"));
    let err = desk.run("import list.csv --plan example --apply").failed();
    assert!(err.contains("2 行目の引用符（\"）が閉じられていない"), "{err}");
    let csv = format!("{}\n{},,30,\"a, b\"\n", HEADS.join(","), FIRST.join(","));
    for (name, text) in [
        ("a.tsv", csv.replace(',', "\t").replace("\ta\t", "a,")),
        ("b.csv", csv.replace(',', ";")),
        ("c.csv", csv.clone()),
    ] {
        desk.write(name, text);
        let ran = desk.run(&format!("import {name} --plan example --format json"));
        let json: Json = serde_json::from_str(ran.out()).unwrap();
        assert_eq!((ran.code, counts(&json)), (0, [1, 0, 0, 0, 0]), "{name} {json:#}");
        assert_eq!(at(&json, "F2")["reply"], "30");
    }
    // A separator within a value moves what stands right of it.
    desk.write("d.csv", format!("{}\n{},,1,200,a\n", HEADS.join(","), FIRST.join(",")));
    let ran = desk.run("import d.csv --plan example --apply --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    assert_eq!((ran.code, counts(&json)), (1, [0, 0, 0, 1, 0]), "{json:#}");
    assert!(readings(at(&json, "H2")).contains("列がずれたおそれがあります"));
}

#[test]
fn parts_under_other_names_are_found_and_missing_ones_named() {
    let desk = desk(ENTRIES);
    let list = list(|sheet| row(sheet, 1, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3], "計画どおり", "30"]));
    let other = repacked(&list, |name, text| {
        let name = if name == "xl/sharedStrings.xml" { "xl/SharedStrings.xml" } else { name };
        (name.to_owned(), text.replace("Target=\"worksheets/", "Target=\"./worksheets/"))
    });
    let (json, code) = imported(&desk, other, "");
    assert_eq!((code, counts(&json)), (0, [1, 0, 0, 0, 0]), "{json:#}");
    let gone = repacked(&list, |name, text| (name.replace("sharedStrings", "shared"), text));
    desk.write("list.xlsx", gone);
    let err = desk.run("import list.xlsx --plan example").failed();
    assert!(err.contains("ブックに部品 xl/sharedStrings.xml がありません"), "{err}");
}

#[test]
fn a_zero_that_the_sheet_hides_and_a_colour_change_nothing_that_is_seen() {
    let desk = desk(ENTRIES);
    let bytes = list(|sheet| {
        row(sheet, 1, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3]]);
        sheet.write_number_with_format(1, 5, 0, &Format::new().set_font_color(Color::Red)).unwrap();
    });
    let hidden =
        repacked(&bytes, |name, text| (name.to_owned(), text.replace("<sheetView ", "<sheetView showZeros=\"0\" ")));
    let (json, code) = imported(&desk, hidden, "");
    assert_eq!((code, at(&json, "F2")["class"].as_str()), (1, Some("invalid")), "{json:#}");
    let (json, code) = imported(&desk, bytes, "");
    assert_eq!((code, at(&json, "F2")["reply"].as_str()), (0, Some("0")), "{json:#}");
}

#[test]
fn a_hidden_row_and_a_shape_with_words_are_listed() {
    let desk = desk(ENTRIES);
    let bytes = list(|sheet| {
        row(sheet, 1, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3], "計画どおり", "30"]);
        sheet.set_row_hidden(1).unwrap();
        let shape = rust_xlsxwriter::Shape::textbox().set_text("進捗率は見込みです。");
        sheet.insert_shape(4, 3, &shape).unwrap();
    });
    let (json, code) = imported(&desk, bytes, "");
    assert_eq!((code, counts(&json)), (0, [1, 0, 0, 0, 0]), "{json:#}");
    assert!(readings(at(&json, "E2")).contains("非表示の行です"), "{json:#}");
    assert_eq!(left_out(&json), ["list.xlsx Sheet1!D5 図形に「進捗率は見込みです。」とあります"]);
}

/// A column that nobody sees, a row of no height, and a condition under which numbers look otherwise.
#[test]
fn what_is_not_seen_or_may_look_otherwise_is_told() {
    let desk = desk(ENTRIES);
    let bytes = list(|sheet| {
        row(sheet, 1, &[FIRST[0], FIRST[1], FIRST[2], FIRST[3], "計画どおり", "", "説明会を開いた。"]);
        row(sheet, 2, &[SECOND[0], SECOND[1], SECOND[2], SECOND[3], "計画どおり"]);
        sheet.write(1, 5, 30).unwrap();
        sheet.write(2, 5, 70).unwrap();
        sheet.set_column_hidden(6).unwrap();
        let condition = |format| {
            rust_xlsxwriter::ConditionalFormatCell::new()
                .set_rule(rust_xlsxwriter::ConditionalFormatCellRule::GreaterThan(0))
                .set_format(format)
        };
        sheet.add_conditional_format(1, 5, 1, 5, &condition(Format::new().set_num_format("0\"以上\""))).unwrap();
        sheet.add_conditional_format(2, 4, 2, 5, &condition(Format::new().set_font_color(Color::Red))).unwrap();
    });
    let bytes = repacked(&bytes, |name, text| (name.to_owned(), text.replace("<row r=\"3\"", "<row r=\"3\" ht=\"0\"")));
    let (json, _) = imported(&desk, bytes, "");
    assert!(readings(at(&json, "F2")).contains("条件付き書式"), "{json:#}");
    assert!(readings(at(&json, "G2")).contains("非表示の列か"), "{json:#}");
    assert_eq!(readings(at(&json, "E2")), "");
    assert!(readings(at(&json, "E3")).contains("非表示の行です"), "{json:#}");
    assert!(!readings(at(&json, "F3")).contains("条件付き書式"), "a colour changes nothing: {json:#}");
}
