//! `kaikaku import`: lists that tick grades, lists of indicators alone, a row for each year, and workbooks of several lists.

use rust_xlsxwriter::Workbook;
use serde_json::Value as Json;

use crate::import_lists::{book_of, counts, desk, ids, merge, proposed, rows};
use crate::support::Desk;

/// Brings a list in; what is shown of it, and the plan has no errors afterwards.
fn brought(desk: &Desk, list: impl AsRef<[u8]>, more: &str) -> Json {
    desk.write("list.xlsx", list.as_ref());
    let (json, code) = proposed(desk, "list.xlsx", &format!("--yes {more}"));
    assert_eq!(code, 0, "{json:#}");
    assert_eq!(desk.run("check --strict").code, 0, "{:?}", desk.run("check --strict"));
    json
}

/// The values that are recorded of an indicator, as period and value.
fn recorded(desk: &Desk, id: &str) -> Vec<(String, String)> {
    let text = desk.text(&format!("plan/town/records/{id}.toml"));
    let of = |key: &str| {
        let lines = text.lines().filter(|line| line.split(' ').next() == Some(key));
        lines.map(|line| line.rsplit("= ").next().unwrap().trim_matches('"').to_owned()).collect::<Vec<_>>()
    };
    of("period").into_iter().zip(of("value")).collect()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(period, value)| ((*period).to_owned(), (*value).to_owned())).collect()
}

/// The spots of the cells that are not certain.
fn invalid(json: &Json) -> Vec<String> {
    let lines = json["rows"].as_array().unwrap().iter().filter(|row| row["class"] == "invalid");
    lines.map(|row| row["at"].as_str().unwrap().rsplit('!').next().unwrap().to_owned()).collect()
}

#[test]
fn a_tick_under_a_grade_is_the_rating() {
    for tick in ["○", "〇", "◯", "●", "◎", "レ", "✓", "☑", "1", "O"] {
        let desk = desk();
        let list = book_of(&[
            &["取組項目", "所管課", "計画どおり", "やや遅れ", "大幅な遅れ", "課題"],
            &["採用の多様化", "人事課", tick, "", "", ""],
            &["研修", "総務課", "", tick, "", "受講者が少ない"],
            &["窓口", "住民課", "", "", "", ""],
        ]);
        let json = brought(&desk, list, "--period R7Q1");
        assert_eq!(counts(&json), [3, 0, 0, 0, 0], "{tick} {json:#}");
        let of = |id: &str| desk.text(&format!("plan/town/records/{id}.toml"));
        assert!(of("1").contains("rating   = { progress = \"g1\" }"), "{tick} {}", of("1"));
        assert!(of("2").contains("\"g2\"") && of("2").contains("受講者が少ない"), "{tick} {}", of("2"));
        assert!(!desk.path("plan/town/records/3.toml").exists());
        let kept = desk.text("plan/town/inquiry.toml");
        assert!(kept.contains("rating.progress = [\"計画どおり\", \"やや遅れ\", \"大幅な遅れ\"]"), "{kept}");
        // The next list is read the same way, and says nothing new.
        let (json, code) = proposed(&desk, "list.xlsx", "--apply --period R7Q1");
        assert_eq!((code, counts(&json)), (0, [0, 3, 0, 0, 0]), "{json:#}");
    }
}

#[test]
fn ticks_under_two_rows_of_headings_are_of_their_years() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    rows(sheet, 0, &[&["みどり町　進捗一覧"]]);
    merge(sheet, ((1, 0), (2, 0)), "取組項目");
    merge(sheet, ((1, 1), (1, 3)), "進捗状況（令和7年度）");
    merge(sheet, ((1, 4), (1, 6)), "進捗状況（令和8年度）");
    rows(sheet, 2, &[&["", "計画どおり", "やや遅れ", "大幅な遅れ", "計画どおり", "やや遅れ", "大幅な遅れ"]]);
    rows(
        sheet,
        3,
        &[
            &["採用", "○", "", "", "", "", "○"],
            &["研修", "", "○", "", "○", "", ""],
            &["合計", "1", "1", "", "1", "", "1"],
        ],
    );
    let desk = desk();
    let json = brought(&desk, book.save_to_buffer().unwrap(), "");
    assert_eq!(counts(&json), [2, 0, 0, 0, 1], "{json:#}");
    let first = desk.text("plan/town/records/1.toml");
    let (seventh, eighth) = first.split_once("period   = \"R8\"").unwrap();
    assert!(seventh.contains("\"g1\"") && eighth.contains("\"g3\""), "{first}");
    assert!(desk.text("plan/town/inquiry.toml").contains("[import.reports.R8]"));
    let (json, code) = proposed(&desk, "list.xlsx", "--apply");
    assert_eq!((code, counts(&json)), (0, [0, 2, 0, 0, 1]), "{json:#}");
}

#[test]
fn two_ticks_other_signs_and_struck_ones_are_no_rating() {
    let desk = desk();
    let list = book_of(&[
        &["取組項目", "所管課", "計画どおり", "やや遅れ", "大幅な遅れ"],
        &["採用", "人事課", "○", "○", ""],
        &["研修", "総務課", "", "△", ""],
        &["窓口", "住民課", "○", "", ""],
        &["収納", "税務課", "", "", "○"],
    ]);
    desk.write("list.xlsx", list);
    let (json, code) = proposed(&desk, "list.xlsx", "--yes --period R7Q1");
    assert_eq!((code, counts(&json)), (1, [2, 0, 0, 2, 0]), "{json:#}");
    assert_eq!(invalid(&json), ["D2", "D3"]);
    // Counts under the grades are no ticks: the columns are named and not read.
    let counted = book_of(&[&["施策", "所管課", "計画どおり", "やや遅れ"], &["採用", "人事課", "5", "2"]]);
    let desk = crate::import_lists::desk();
    desk.write("list.xlsx", counted);
    let shown = desk.run("import list.xlsx --period R7Q1").out().to_owned();
    assert!(shown.contains("列「計画どおり」は対応を示した列でないので、読みません（1 セル）"), "{shown}");
}

#[test]
fn a_list_of_indicators_alone_brings_those_of_the_whole_plan() {
    let desk = desk();
    let list = book_of(&[
        &["No.", "指標名", "単位", "担当課", "基準値（R6）", "目標値（R10）", "R7実績", "備考"],
        &["1", "満足度", "％", "広報課", "48.9", "65", "50.1", "毎年度の調査"],
        &["2", "職員数", "人", "人事課", "1200", "1150以下", "", ""],
        &["合計", "", "", "", "", "", "", ""],
    ]);
    let json = brought(&desk, list, "");
    assert_eq!((counts(&json), ids(&json).len()), ([2, 0, 0, 0, 1], 0), "{json:#}");
    assert!(json["indicators"][0]["entry"].is_null(), "{json:#}");
    let kpi = desk.text("plan/town/indicators.toml");
    assert!(kpi.contains("name      = \"満足度\"") && !kpi.contains("entry"), "{kpi}");
    assert!(kpi.contains("baseline  = { R6 = 48.9 }\ntarget    = { R10 = 65 }"), "{kpi}");
    assert!(kpi.contains("note      = \"毎年度の調査\"") && kpi.contains("owner     = \"広報課\""), "{kpi}");
    assert_eq!(recorded(&desk, "kpi-1"), pairs(&[("R7", "50.1")]));

    // The list of the next year: known by their names, and only what is new is recorded.
    let next = book_of(&[
        &["No.", "指標名", "単位", "担当課", "基準値（R6）", "目標値（R10）", "R7実績", "備考"],
        &["1", "満足度", "％", "広報課", "48.9", "65", "50.1", "毎年度の調査"],
        &["2", "職員数", "人", "人事課", "1200", "1150以下", "1190", ""],
    ]);
    desk.write("next.xlsx", next);
    let (json, code) = proposed(&desk, "next.xlsx", "--apply");
    assert_eq!((code, counts(&json)), (0, [1, 1, 0, 0, 0]), "{json:#}");
    assert_eq!(recorded(&desk, "kpi-2"), pairs(&[("R7", "1190")]));
}

#[test]
fn numbers_of_entries_beside_indicators_say_whose_they_are() {
    let desk = desk();
    desk.write("entries.csv", "基本方針,施策,取組項目\n暮らし,窓口,予約\n暮らし,窓口,手続\n");
    assert_eq!(desk.run("import entries.csv --yes").code, 0);
    std::fs::remove_file(desk.path("plan/town/inquiry.toml")).unwrap();
    let head: &[&str] = &["番号", "指標", "単位", "目標値（R10）", "実績（R7）"];
    let list =
        book_of(&[head, &["1-1-1", "待ち時間", "分", "10分以下", "18"], &["1-1-2", "申請率", "％", "20％以上", "12"]]);
    brought(&desk, list, "");
    let kpi = desk.text("plan/town/indicators.toml");
    assert!(kpi.contains("entry  = \"1-1-1\"") && kpi.contains("entry  = \"1-1-2\""), "{kpi}");
    assert_eq!(recorded(&desk, "kpi-1"), pairs(&[("R7", "18")]));
    // A number that the plan does not have is said to be none.
    let list =
        book_of(&[head, &["1-1-1", "待ち時間", "分", "10分以下", "18"], &["1-9-9", "申請率", "％", "20％以上", "12"]]);
    desk.write("list.xlsx", list);
    let (json, code) = proposed(&desk, "list.xlsx", "--apply");
    assert_eq!((code, invalid(&json)), (1, vec!["A3".to_owned()]), "{json:#}");
}

#[test]
fn a_row_for_each_year_and_indicator_is_read() {
    let wanted = [("R7", "50.1"), ("R8", "52.3")];
    let lists: [&[&[&str]]; 5] = [
        // Names repeated, actuals only.
        &[
            &["指標名", "単位", "向き", "年度", "実績値"],
            &["満足度", "％", "増やす", "R7", "50.1"],
            &["満足度", "％", "増やす", "R8", "52.3"],
            &["職員数", "人", "減らす", "令和7年度", "1190"],
        ],
        // Names once, the rows beneath blank.
        &[
            &["指標名", "単位", "向き", "年度", "実績値"],
            &["満足度", "％", "増やす", "2025", "50.1"],
            &["", "", "", "2026", "52.3"],
            &["職員数", "人", "減らす", "2025", "1190"],
        ],
        // The year first.
        &[
            &["年度", "指標", "単位", "望ましい方向", "値"],
            &["令和7年度", "満足度", "％", "向上", "50.1"],
            &["令和7年度", "職員数", "人", "減少", "1190"],
            &["令和8年度", "満足度", "％", "向上", "52.3"],
        ],
        // Targets of the years beside the actuals.
        &[
            &["指標", "単位", "年度", "目標値", "実績値"],
            &["満足度", "％", "R7", "50以上", "50.1"],
            &["満足度", "％", "R8", "55以上", "52.3"],
            &["職員数", "人", "R7", "1195以下", "1190"],
        ],
        // A row says whether its value is a target or an actual.
        &[
            &["指標", "単位", "年度", "目標・実績", "値"],
            &["満足度", "％", "R7", "目標", "50以上"],
            &["満足度", "％", "R7", "実績", "50.1"],
            &["満足度", "％", "R8", "目標", "55以上"],
            &["満足度", "％", "R8", "実績", "52.3"],
            &["職員数", "人", "R7", "目標", "1195以下"],
            &["職員数", "人", "R7", "実績", "1190"],
        ],
    ];
    for (at, list) in lists.into_iter().enumerate() {
        let desk = desk();
        let json = brought(&desk, book_of(list), "");
        assert_eq!(json["indicators"].as_array().unwrap().len(), 2, "{at} {json:#}");
        assert_eq!(recorded(&desk, "kpi-1"), pairs(&wanted), "{at} {json:#}");
        assert_eq!(recorded(&desk, "kpi-2"), pairs(&[("R7", "1190")]), "{at}");
        let kpi = desk.text("plan/town/indicators.toml");
        assert_eq!(at > 2, kpi.contains("target = { R7 = \"50以上\", R8 = \"55以上\" }"), "{at} {kpi}");
        // Read again by what was saved, it says nothing new.
        let (json, code) = proposed(&desk, "list.xlsx", "--apply");
        assert_eq!((code, counts(&json)[0]), (0, 0), "{at} {json:#}");
    }
}

#[test]
fn a_last_target_repeated_in_each_year_is_one_target_and_a_row_without_a_year_is_none() {
    let desk = desk();
    let list = book_of(&[
        &["取組項目", "指標", "単位", "目標値", "年度", "実績"],
        &["調査", "満足度", "％", "65以上", "R7", "50.1"],
        &["調査", "満足度", "％", "65以上", "R8", "52.3"],
        &["採用", "応募者数", "人", "140以上", "R7", "125"],
        &["採用", "応募者数", "人", "140以上", "", "130"],
    ]);
    desk.write("list.xlsx", list);
    let (json, code) = proposed(&desk, "list.xlsx", "--yes");
    assert_eq!((code, invalid(&json)), (1, vec!["E5".to_owned()]), "{json:#}");
    let kpi = desk.text("plan/town/indicators.toml");
    assert!(kpi.contains("{ R10 = \"140以上\" }"), "{kpi}");
    assert_eq!(recorded(&desk, "kpi-2"), pairs(&[("R7", "125")]));
}

#[test]
fn a_column_of_any_name_says_of_the_values_beside_it_what_they_are() {
    // 区分 says nothing by its name: taken for actuals, the targets would be wrong figures.
    for title in ["区分", "種別", "項目区分"] {
        let desk = desk();
        let list = book_of(&[
            &["指標名", "単位", "向き", "年度", title, "値"],
            &["満足度", "％", "増やす", "R7", "目標", "55"],
            &["満足度", "％", "増やす", "R7", "実績", "50.1"],
        ]);
        brought(&desk, list, "");
        assert!(desk.text("plan/town/indicators.toml").contains("{ R7 = 55 }"), "{title}");
        assert_eq!(recorded(&desk, "kpi-1"), pairs(&[("R7", "50.1")]));
    }
}

#[test]
fn targets_that_differ_are_none_of_the_end_of_the_plan_though_a_year_is_missing() {
    let desk = desk();
    let list = book_of(&[
        &["指標名", "単位", "向き", "年度", "目標値"],
        &["満足度", "％", "増やす", "R7", "55"],
        &["満足度", "％", "増やす", "", "60"],
    ]);
    desk.write("list.xlsx", list);
    let (json, code) = proposed(&desk, "list.xlsx", "--yes");
    assert_eq!((code, invalid(&json)), (1, vec!["E3".to_owned()]), "{json:#}");
    assert!(desk.text("plan/town/indicators.toml").contains("{ R7 = 55 }"));
}

#[test]
fn numbers_of_rows_in_front_of_the_levels_number_no_level() {
    let desk = desk();
    let list = book_of(&[
        &["No", "基本方針", "取組項目", "所管課", "計画どおり", "やや遅れ"],
        &["1", "人と組織", "採用", "人事課", "○", ""],
        &["2", "人と組織", "研修", "総務課", "", "○"],
        &["3", "財政", "基金", "財政課", "○", ""],
    ]);
    std::fs::write(
        desk.path("plan/town/plan.toml"),
        desk.text("plan/town/plan.toml")
            .replace("[\"基本方針\", \"施策\", \"取組項目\"]", "[\"基本方針\", \"取組項目\"]"),
    )
    .unwrap();
    let json = brought(&desk, list, "--period R7Q1");
    assert_eq!(ids(&json), ["1", "1-1", "1-2", "2", "2-1"], "{json:#}");
}

#[test]
fn a_rating_in_words_beside_ticks_counts() {
    let desk = desk();
    let list = book_of(&[
        &["取組項目", "評価", "計画どおり", "やや遅れ"],
        &["採用", "計画どおり", "○", ""],
        &["研修", "やや遅れ", "○", ""],
    ]);
    brought(&desk, list, "--period R7Q1");
    assert!(desk.text("plan/town/records/2.toml").contains("\"g2\""));
    let shown = desk.run("import list.xlsx --period R7Q1").out().to_owned();
    assert!(shown.contains("列「計画どおり」は対応を示した列でないので、読みません（2 セル）"), "{shown}");
}

#[test]
fn a_target_with_a_year_of_its_own_is_not_taken_for_the_year_of_the_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    merge(sheet, ((0, 0), (1, 0)), "取組項目");
    merge(sheet, ((0, 1), (1, 1)), "指標");
    merge(sheet, ((0, 2), (1, 2)), "単位");
    merge(sheet, ((0, 3), (0, 4)), "目標");
    merge(sheet, ((0, 5), (1, 5)), "実績（R7）");
    rows(sheet, 1, &[&["", "", "", "年度", "値"], &["採用", "応募者数", "人", "R9", "140以上", "125"]]);
    let desk = desk();
    desk.write("list.xlsx", book.save_to_buffer().unwrap());
    let shown = desk.run("import list.xlsx").out().to_owned();
    assert!(!shown.contains("対象期間") && !shown.contains("目標値（R10）"), "{shown}");
    assert!(shown.contains("列「値」は対応を示した列でないので、読みません（1 セル）"), "{shown}");
}

/// A cover, a list of entries, and one of indicators.
fn several() -> Vec<u8> {
    let mut book = Workbook::new();
    rows(book.add_worksheet().set_name("表紙").unwrap(), 0, &[&["みどり町"]]);
    rows(
        book.add_worksheet().set_name("取組一覧").unwrap(),
        0,
        &[&["基本方針", "施策", "取組項目", "所管課"], &["暮らし", "窓口", "予約", "住民課"]],
    );
    rows(
        book.add_worksheet().set_name("指標　一覧").unwrap(),
        0,
        &[&["指標", "単位", "目標値（R10）"], &["満足度", "％", "65以上"]],
    );
    book.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_is_chosen_by_its_name_or_number() {
    for third in ["3", "３", "指標　一覧", "指標一覧"] {
        let desk = desk();
        desk.write("list.xlsx", several());
        let shown = desk.call(&["import", "list.xlsx"]).out().to_owned();
        assert!(
            shown.contains("シート「取組一覧」") && shown.contains("ほかのシート：1「表紙」、3「指標　一覧」"),
            "{shown}"
        );
        assert_eq!(desk.call(&["import", "list.xlsx", "--yes"]).code, 0);
        // The sheet of indicators has other columns: they are proposed, and those of the entries stay as they were kept.
        let kept = desk.text("plan/town/inquiry.toml");
        let ran = desk.call(&["import", "list.xlsx", "--sheet", third, "--apply"]);
        assert!(ran.code == 2 && ran.out().contains("シート「指標　一覧」"), "{ran:?}");
        let ran = desk.call(&["import", "list.xlsx", "--sheet", third, "--yes"]);
        assert!(ran.code == 0 && !ran.err.contains("inquiry.toml"), "{ran:?}");
        assert_eq!(desk.text("plan/town/inquiry.toml"), kept);
        assert!(desk.text("plan/town/indicators.toml").contains("{ R10 = \"65以上\" }"));
    }
    let desk = desk();
    desk.write("list.xlsx", several());
    for none in ["4", "0", "なし"] {
        let err = desk.call(&["import", "list.xlsx", "--sheet", none]).failed();
        assert!(
            err.contains("というシートはありません") && err.contains("1「表紙」、2「取組一覧」、3「指標　一覧」"),
            "{err}"
        );
    }
    let err = desk.call(&["import", "list.xlsx", "--sheet", "表紙"]).failed();
    assert!(err.contains("一覧の見出しが見つかりません（シート「表紙」"), "{err}");
}

#[test]
fn sheets_of_the_same_columns_are_read_the_same_way() {
    let mut book = Workbook::new();
    for (name, item) in [("総務部", "採用"), ("市民部", "窓口")] {
        rows(book.add_worksheet().set_name(name).unwrap(), 0, &[&["取組項目", "所管課"], &[item, "担当課"]]);
    }
    let desk = desk();
    desk.write("list.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(desk.run("import list.xlsx --yes").code, 0);
    let ran = desk.run("import list.xlsx --sheet 2 --apply");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(desk.text("plan/town/outline/2.toml").contains("窓口"));
}
