//! `kaikaku import`: lists as cities have them, found by their headings, become a plan.

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value as Json;

use crate::sheet::through_libreoffice;
use crate::support::{Desk, by_id};

/// A city that has its list and nothing else.
pub fn desk() -> Desk {
    let desk = Desk::empty();
    let made = desk.call(&["init", "town", "--name", "みどり町改革プラン", "--from", "R7", "--to", "R10"]);
    assert_eq!(made.code, 0, "{made:?}");
    desk
}

/// Writes rows from the left; an empty text leaves its cell blank, a number is a number.
pub fn rows(sheet: &mut Worksheet, from: u32, rows: &[&[&str]]) {
    for (row, cells) in (from..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, *text).unwrap(),
            };
        }
    }
}

pub fn merge(sheet: &mut Worksheet, (first, last): ((u32, u16), (u32, u16)), text: &str) {
    sheet.merge_range(first.0, first.1, last.0, last.1, text, &Format::new()).unwrap();
}

/// A list under a title, headings in two rows, levels merged downwards, numbers that run on, two owners in a cell.
fn merged() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("進捗管理表").unwrap();
    rows(sheet, 0, &[&["みどり町改革プラン　進捗管理表"]]);
    for (column, title) in
        [(0, "基本方針"), (1, "推進項目"), (2, "No."), (3, "取組項目"), (4, "所管課"), (5, "検証指標"), (6, "単位")]
    {
        merge(sheet, ((2, column), (3, column)), title);
    }
    merge(sheet, ((2, 7), (3, 7)), "基準値（R6）");
    merge(sheet, ((2, 8), (2, 9)), "令和7年度");
    merge(sheet, ((2, 10), (2, 11)), "令和8年度");
    merge(sheet, ((2, 12), (3, 12)), "備考");
    rows(sheet, 3, &[&["", "", "", "", "", "", "", "", "目標", "実績", "目標", "実績"]]);
    rows(
        sheet,
        4,
        &[
            &["", "", "1", "採用の多様化", "人事課", "応募者数", "人", "120", "130", "125", "140", ""],
            &["", "", "2", "研修", "人事課\n総務課", "受講率", "％", "60.5", "70", "65.5", "80", ""],
            &["", "デジタル", "3", "窓口", "住民課、情報課", "", "", "", "", "", "", "", "様式を集約"],
            &["", "", "4", "収納", "税務課", "収納率", "％", "97.1", "97.5", "97.3", "98", ""],
            &["", "歳出", "5", "補助金", "財政課", "補助金の件数", "件", "50", "45", "44", "40", ""],
            &["", "", "6", "施設", "財政課", "施設数", "施設", "", "", "", "30", ""],
            &["合計", "", "", "", "", "", "", "", "", "", "", ""],
            &["※ 実績は速報"],
        ],
    );
    merge(sheet, ((4, 0), (6, 0)), "組織づくり");
    merge(sheet, ((4, 1), (5, 1)), "人材");
    merge(sheet, ((7, 0), (9, 0)), "財政");
    rows(sheet, 7, &[&["", "歳入"]]);
    merge(sheet, ((8, 1), (9, 1)), "歳出");
    book.save_to_buffer().unwrap()
}

/// What is proposed, in JSON, and how the command ended.
pub fn proposed(desk: &Desk, file: &str, more: &str) -> (Json, i32) {
    let ran = desk.run(&format!("import {file} --format json {more}"));
    (serde_json::from_str(ran.out()).unwrap_or_else(|error| panic!("{error} {ran:?}")), ran.code)
}

pub fn counts(json: &Json) -> [u64; 5] {
    ["changed", "unchanged", "conflict", "invalid", "left_out"].map(|class| json["counts"][class].as_u64().unwrap())
}

pub fn ids(json: &Json) -> Vec<String> {
    json["entries"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

/// No keys of the program stand in what people read.
fn without_keys(text: &str) {
    for key in ["rating.", "done", "progress", "value", "at-least"] {
        assert!(!text.contains(key), "{key} in {text}");
    }
}

fn is_the_plan_of_the_merged_list(desk: &Desk) {
    assert_eq!(desk.run("check --strict").code, 0);
    let outline = desk.text("plan/town/outline/1.toml");
    assert!(outline.contains("[1-1-2]\nname  = \"研修\"\nowner = [\"人事課\", \"総務課\"]\n"), "{outline}");
    assert!(outline.contains("[1-2-1]\nname  = \"窓口\"\nowner = [\"住民課\", \"情報課\"]\nnote  = \"様式を集約\"\n"));
    let kpi = desk.json("kpi --as-of R7");
    let all = kpi["indicators"].as_array().unwrap();
    // 応募者数: 基準値 120（R6）、目標 130（R7）・140（R8）、実績 125（R7）。
    let first = all.iter().find(|one| one["name"] == "応募者数").unwrap();
    assert_eq!(first["actual"]["value"].to_string(), "125", "{first:#}");
    let status = desk.json("status");
    assert_eq!(by_id(&status["nodes"], "2-2-2")["name"], "施設");
}

#[test]
fn a_city_with_nothing_but_its_list_gets_a_plan() {
    let desk = desk();
    desk.write("list.xlsx", merged());
    let before = desk.files();
    let ran = desk.run("import list.xlsx");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("kaikaku import list.xlsx --yes"), "{}", ran.err);
    assert_eq!(desk.files(), before, "nothing is written before somebody agrees");
    without_keys(ran.out());
    for words in [
        "シート「進捗管理表」、見出しは 3〜4 行目",
        "階層：基本方針、推進項目、取組項目",
        "J 列「令和7年度 実績」：実績値（R7）",
        "番号は通し番号なので",
        "加える項目（12）",
        "加える指標（4）",
        "加える所管課（6）",
        "進捗管理表!A12",
    ] {
        assert!(ran.out().contains(words), "{words} in {}", ran.out());
    }

    // Nothing says whether fewer or more 施設 are good: that indicator is named, and not made.
    let (json, code) = proposed(&desk, "list.xlsx", "--yes");
    assert_eq!((code, counts(&json)), (1, [5, 0, 0, 1, 2]), "{json:#}");
    let wanted = ["1", "1-1", "1-1-1", "1-1-2", "1-2", "1-2-1", "2", "2-1", "2-1-1", "2-2", "2-2-1", "2-2-2"];
    assert_eq!(ids(&json), wanted);
    is_the_plan_of_the_merged_list(&desk);

    // The next time it is read the same way, and everything is there.
    let kept = desk.text("plan/town/inquiry.toml");
    assert!(
        kept.contains("levels    = [\"基本方針\", \"推進項目\", \"取組項目\"]\nnumbers   = [\"\", \"\", \"No.\"]"),
        "{kept}"
    );
    let after = desk.files();
    let (json, code) = proposed(&desk, "list.xlsx", "--apply");
    assert_eq!((code, counts(&json)), (1, [0, 5, 0, 1, 2]), "{json:#}");
    assert_eq!(desk.files(), after);
    let said = desk.run("import list.xlsx").err;
    assert!(
        said.contains("新しいものがないので、何も書き込みません（変更なし 5 行、読めない 1 行、取り込まない 2 行）"),
        "{said}"
    );
}

#[test]
fn libreoffice_saves_the_same_list() {
    let desk = desk();
    desk.write("first.xlsx", merged());
    let Some(saved) = through_libreoffice(&desk.path("first.xlsx"), &desk.path("saved"), "xlsx") else { return };
    desk.write("list.xlsx", std::fs::read(saved).unwrap());
    let (json, code) = proposed(&desk, "list.xlsx", "--yes");
    assert_eq!((code, counts(&json)), (1, [5, 0, 0, 1, 2]), "{json:#}");
    is_the_plan_of_the_merged_list(&desk);
}

#[test]
fn a_list_in_cp932_without_merged_cells_is_read_with_its_reports() {
    let list = "行革プラン一覧,,,,,,,\n,基本目標,取組名,担当部,担当課,令和7年度,,令和8年度\n,,,,,進捗状況,取組実績,進捗状況\n\
                1,1 市民サービス,（1）窓口改革,市民部,市民課,計画どおり,窓口を開いた,やや遅れ\n\
                2,,（2）電子申請,企画部,情報政策課,やや遅れ,3件開始,\n3,2 財政,（1）基金,総務部,財政課,大幅な遅れ,,\n";
    let desk = desk();
    desk.write("list.csv", encoding_rs::SHIFT_JIS.encode(list).0);
    let (json, code) = proposed(&desk, "list.csv", "--yes");
    // R8 has not ended on the day of the desk; what is said of it is a report of a year that has begun.
    assert_eq!((code, counts(&json)), (0, [3, 0, 0, 0, 0]), "{json:#}");
    assert_eq!(ids(&json), ["1", "1-1", "1-2", "2", "2-1"]);
    assert_eq!(desk.run("check --strict").code, 0);
    let owners = desk.text("plan/town/owners.toml");
    assert!(owners.contains("name   = \"市民課\"\nbureau = \"市民部\""), "{owners}");
    let records = desk.text("plan/town/records/1-1.toml");
    assert!(records.contains("period   = \"R7\"") && records.contains("窓口を開いた"), "{records}");
}

#[test]
fn whole_numbers_and_rows_of_targets_and_actuals_are_read() {
    let list = "番号,項目名,担当,指標,単位,目標・実績,R7,R8\n1,サービス,,,,,,\n1-1,窓口,市民課,待ち時間,分,目標,20,15\n\
                1-1,窓口,市民課,待ち時間,分,実績,18,\n1-2,電子申請,情報課,申請率,％,目標,10,20\n,,,,,実績,12,\n";
    let desk = desk();
    desk.write("list.csv", list);
    let (json, code) = proposed(&desk, "list.csv", "--yes");
    assert_eq!((code, ids(&json)), (0, ["1", "1-1", "1-2"].map(str::to_owned).to_vec()), "{json:#}");
    assert_eq!(desk.run("check --strict").code, 0);
    // The plan had three levels: two are left, the last of them by the name of the list.
    assert!(desk.text("plan/town/plan.toml").contains("levels = [\"基本方針\", \"項目名\"]"));
    let kpi = desk.text("plan/town/indicators.toml");
    assert!(kpi.contains("kind      = \"down\"") && kpi.contains("target    = { R7 = 20, R8 = 15 }"), "{kpi}");
    assert!(desk.text("plan/town/records/kpi-1.toml").contains("value    = 18"));
}

#[test]
fn circled_numbers_bounds_and_a_baseline_without_a_year_are_read() {
    let list = "大項目,中項目,小項目,所属,KPI,現状値,目標値\n①行政,①組織,①定員管理,人事課,職員数,\"1,200人\",\"1,150人以下\"\n\
                ①行政,①組織,②組織再編,行政課、人事課,課の数,80課,75課\n②財政,①歳入,①税収,税務課,収納率,97％,98％以上\n";
    let desk = desk();
    desk.write("list.csv", list);
    let (json, code) = proposed(&desk, "list.csv", "");
    assert_eq!((code, counts(&json)), (2, [2, 0, 0, 1, 0]));
    let left = json["left_out"].to_string();
    assert!(left.contains("F1") && left.contains("--baseline R5"), "{left}");

    let (json, code) = proposed(&desk, "list.csv", "--baseline R6 --yes");
    assert_eq!((code, counts(&json)), (0, [3, 0, 0, 0, 0]), "{json:#}");
    assert_eq!(desk.run("check --strict").code, 0);
    let kpi = desk.text("plan/town/indicators.toml");
    // 1,200人 → 1,150人以下 is said to fall; 80課 → 75課 only seems to.
    assert!(kpi.contains("kind     = \"down\"\nentry    = \"1-1-1\"\nbaseline = { R6 = 1200 }"), "{kpi}");
    assert!(kpi.contains("\"1,150人以下\"") && kpi.matches("certainty = \"inferred\"").count() == 1, "{kpi}");
    assert!(
        desk.text("plan/town/outline/1.toml")
            .contains("[1-1-2]\nname  = \"組織再編\"\nowner = [\"行政課\", \"人事課\"]")
    );
}

#[test]
fn a_list_beside_other_sheets_with_numbers_and_names_under_one_heading_is_found() {
    let mut book = Workbook::new();
    rows(book.add_worksheet().set_name("表紙").unwrap(), 0, &[&["みどり町"], &["令和7年度"]]);
    let sheet = book.add_worksheet().set_name("一覧").unwrap();
    merge(sheet, ((0, 0), (0, 1)), "基本方針");
    merge(sheet, ((0, 2), (0, 3)), "取組項目");
    rows(sheet, 0, &[&["", "", "", "", "主管課", "取組内容", "課題", "対象期間"]]);
    rows(
        sheet,
        1,
        &[
            &["1", "暮らし", "1", "窓口", "住民課", "一か所で受ける", "人手", "R7Q1"],
            &["1", "暮らし", "2", "手続", "住民課", "押印をやめる", "", ""],
            &["2", "財政", "1", "基金", "財政課", "積み立てる", "金利", "令和7年"],
        ],
    );
    let desk = desk();
    desk.write("list.xlsx", book.save_to_buffer().unwrap());
    let (json, code) = proposed(&desk, "list.xlsx", "--yes");
    assert_eq!((code, counts(&json)), (1, [2, 0, 0, 1, 0]), "{json:#}");
    assert_eq!(ids(&json), ["1", "1-1", "1-2", "2", "2-1"]);
    assert!(desk.text("plan/town/inquiry.toml").contains("sheet   = \"一覧\""));
    assert!(desk.text("plan/town/outline/1.toml").contains("summary = \"押印をやめる\""));
    assert_eq!(desk.run("check --strict").code, 0);
}

#[test]
fn what_is_uncertain_is_named_by_its_cell_and_every_row_counts_once() {
    let list = "基本方針,取組項目,所管課,指標,単位,基準値（R6）,目標値（R10）\n暮らし,窓口,住民課,待ち時間,分,20,やや短縮\n\
                〃,手続,住民課,,,,\n,,,,,,\n暮らし,手続,〃,申請率,％,10,30\n,同上,住民課,,,,\n,基金,財政課,,,5,10\n";
    let desk = desk();
    desk.write("list.csv", list);
    let (json, code) = proposed(&desk, "list.csv", "");
    let invalid: Vec<String> = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["class"] == "invalid")
        .map(|row| row["at"].as_str().unwrap().rsplit('!').next().unwrap().to_owned())
        .collect();
    assert_eq!(code, 2);
    for cell in ["G2", "D2", "A3", "C5", "B6", "F7", "G7"] {
        assert!(invalid.iter().any(|known| known == cell), "{cell} in {invalid:?}");
    }
    assert_eq!(counts(&json), [0, 0, 0, 5, 0], "{json:#}");
}

#[test]
fn a_list_without_headings_or_rows_says_why_nothing_comes_of_it() {
    let desk = desk();
    let before = desk.files();
    for (list, why) in [
        ("", "一覧に何も書かれていません"),
        ("これは,一覧\nでは,ない\n", "一覧の見出しが見つかりません"),
        ("取組項目,所管課\n", "見出しの下に行がないので、書き込むものはありません"),
    ] {
        desk.write("../list.csv", list);
        let ran = desk.run("import ../list.csv --yes");
        assert!(ran.err.contains(why), "{why} {ran:?}");
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_plan_that_has_entries_keeps_its_levels() {
    let desk = desk();
    desk.write("list.csv", "基本方針,施策,取組項目\n暮らし,窓口,予約\n");
    assert_eq!(desk.run("import list.csv --yes").code, 0);
    std::fs::remove_file(desk.path("plan/town/inquiry.toml")).unwrap();
    desk.write("list.csv", "基本方針,取組項目\n暮らし,別の取組\n");
    let err = desk.run("import list.csv --yes").failed();
    assert!(err.contains("一覧の階層は 2 段（基本方針、取組項目）、計画の階層は 3 段"), "{err}");
}

/// A list in a workbook of one sheet.
pub fn book_of(held: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    rows(book.add_worksheet(), 0, held);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_second_table_beneath_is_named_and_not_read() {
    let desk = desk();
    let list = book_of(&[
        &["基本方針", "推進項目", "取組項目", "所管課"],
        &["人と組織", "採用", "採用の多様化", "人事課"],
        &[],
        &["指標一覧"],
        &["指標名", "単位", "基準値", "目標値"],
        &["満足度", "％", "48.9", "65"],
    ]);
    desk.write("list.xlsx", list);
    let shown = desk.call(&["import", "list.xlsx"]).out().to_owned();
    assert!(shown.contains("加える項目（3）") && shown.contains("加える所管課（1）"), "{shown}");
    for row in ["A4", "A5", "A6"] {
        assert!(shown.contains(&format!("!{row}")), "{row}: {shown}");
    }
    assert!(shown.contains("別の表なので、読みません"), "{shown}");
}

#[test]
fn rows_that_would_be_lost_or_become_wrong_entries_say_why_they_are_not_read() {
    let desk = desk();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    rows(sheet, 0, &[&["基本方針", "推進項目", "取組項目", "所管課"], &["人と組織", "研修", "", "人事課"]]);
    sheet.write_with_format(1, 2, "研修の見直し", &Format::new().set_font_strikethrough()).unwrap();
    desk.write("struck.xlsx", book.save_to_buffer().unwrap());
    let shown = desk.call(&["import", "struck.xlsx"]).out().to_owned();
    assert!(shown.contains("名称に取消線があります"), "{shown}");
    desk.write(
        "groups.xlsx",
        book_of(&[&["取組項目", "所管課"], &["【人と組織】"], &["採用の多様化", "人事課"], &["研修", "総務課"]]),
    );
    let shown = desk.call(&["import", "groups.xlsx"]).out().to_owned();
    assert!(shown.contains("見出しの行のようです（【人と組織】）") && shown.contains("加える項目（2）"), "{shown}");
    desk.write("ids.xlsx", book_of(&[&["番号", "取組項目", "所管課"], &["１－１－１", "採用の多様化", "人事課"]]));
    let shown = desk.call(&["import", "ids.xlsx"]).out().to_owned();
    assert!(shown.contains("番号の示す上の項目が、一覧にも計画にもありません"), "{shown}");
}
