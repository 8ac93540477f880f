//! What nobody sees in a file of others is listed or refused by its cell: letters of the colour of their ground, columns that
//! are too narrow, conditional formats; and what stands beside the tables of minutes.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatFormula,
    ConditionalFormatIconSet, ConditionalFormatIconType, Format, FormatPattern, Workbook,
};
use serde_json::Value as Json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::Desk;

const LIST: &str = "schema = 1\n\n[import]\nid     = \"番号\"\nname   = \"取組名\"\nperiod = \"時期\"\n\n\
                    [import.answers]\nprogress = \"進捗率\"\ndone     = \"取組状況\"\n";

/// What is read of a list whose rows are of 3-1-1 and 3-1-2, in JSON, and how the command ended.
fn imported(fill: impl Fn(&mut rust_xlsxwriter::Worksheet), more: &str) -> (Json, i32) {
    let desk = Desk::copied();
    desk.write("plan/example/inquiry.toml", LIST);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["番号", "取組名", "時期", "進捗率", "取組状況"]) {
        sheet.write(0, column, head).unwrap();
    }
    for (row, id, name) in [(1, "3-1-1", "公共施設の再編"), (2, "3-1-2", "施設の包括管理委託の導入")]
    {
        sheet.write(row, 0, id).unwrap().write(row, 1, name).unwrap().write(row, 2, "R8Q3").unwrap();
    }
    fill(sheet);
    desk.write("list.xlsx", book.save_to_buffer().unwrap());
    let ran = desk.run(&format!("import list.xlsx --plan example --confirmed 確認済み --format json {more}"));
    (serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}")), ran.code)
}

/// The class of the line at a cell, and what is said of it.
fn at(json: &Json, cell: &str) -> (String, String) {
    let is = |line: &&Json| line["at"].as_str().unwrap().ends_with(&format!("!{cell}"));
    let line = json["rows"].as_array().unwrap().iter().find(is).unwrap_or_else(|| panic!("{cell} in {json:#}"));
    let readings = line["readings"].as_array().unwrap().iter().map(|reading| reading["ja"].as_str().unwrap());
    (line["class"].as_str().unwrap().to_owned(), readings.collect::<Vec<_>>().join("\n"))
}

#[test]
fn letters_of_the_colour_of_their_ground_are_no_answer() {
    let white = Format::new().set_font_color("FFFFFF");
    let black = Format::new().set_background_color("000000");
    let seen = Format::new().set_font_color("FFFFFF").set_background_color("1F4E79");
    let fill = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.write_with_format(1, 3, 78, &white).unwrap().write_with_format(1, 4, "開いた", &black).unwrap();
        sheet.write_with_format(2, 3, 70, &seen).unwrap();
        let parts = [(&Format::new(), "結んだ"), (&white, "が取り消した")];
        sheet.write_rich_string(2, 4, &parts).unwrap();
    };
    let (json, code) = imported(fill, "");
    assert_eq!(code, 1);
    for (cell, stored) in [("D2", "78"), ("E2", "開いた")] {
        let (class, said) = at(&json, cell);
        assert_eq!(class, "invalid", "{json:#}");
        assert!(said.contains(&format!("何も表示されていませんが、「{stored}」が入っています")), "{said}");
    }
    assert_eq!(at(&json, "D3"), ("changed".into(), String::new()));
    let (class, said) = at(&json, "E3");
    assert!(class == "changed" && said.contains("「が取り消した」は、文字の色が地の色と同じか"), "{said}");
    let (json, _) = imported(fill, "--as-shown");
    assert_eq!([at(&json, "D2").0, at(&json, "E2").0], ["left_out", "left_out"]);
}

#[test]
fn a_number_without_room_and_a_condition_that_hides_are_told() {
    let white = Format::new().set_font_color("FFFFFF");
    let low = |bound: u8| {
        ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::LessThan(bound)).set_format(white.clone())
    };
    let (json, _) = imported(
        |sheet| {
            sheet.write(1, 3, 78).unwrap().write(1, 4, "開いた").unwrap();
            sheet.write(2, 3, 70).unwrap().write(2, 4, "結んだ").unwrap();
            sheet.add_conditional_format(1, 3, 1, 3, &low(5)).unwrap();
            sheet.add_conditional_format(2, 3, 2, 3, &low(75)).unwrap();
            let rule = ConditionalFormatFormula::new().set_rule("=$D3>0").set_format(white.clone());
            sheet.add_conditional_format(2, 4, 2, 4, &rule).unwrap();
            let red =
                ConditionalFormatFormula::new().set_rule("=$D2>0").set_format(Format::new().set_font_color("FF0000"));
            sheet.add_conditional_format(1, 4, 1, 4, &red).unwrap();
        },
        "",
    );
    assert_eq!([at(&json, "D2").1, at(&json, "E2").1], ["", ""], "{json:#}");
    for cell in ["D3", "E3"] {
        assert!(at(&json, cell).1.contains("条件付き書式により、隠れたり"), "{cell} {json:#}");
    }
    let narrow = |width: f64, format: Format| {
        let (json, _) = imported(
            |sheet| {
                sheet.set_column_width(3, width).unwrap().write_with_format(1, 3, 78, &format).unwrap();
                sheet.write(1, 4, "とても長い文は隣の列まで見える").unwrap();
            },
            "",
        );
        assert_eq!((at(&json, "D2").0, at(&json, "E2").1), ("changed".into(), String::new()));
        at(&json, "D2").1.contains("列の幅が足りない")
    };
    assert!(narrow(0.8, Format::new()));
    assert!(!narrow(3.0, Format::new()));
    assert!(narrow(3.0, Format::new().set_font_size(48)));
    assert!(!narrow(0.8, Format::new().set_shrink()));
}

/// What a number format, a pattern, the size of letters, or a bar does to what is seen.
#[test]
fn whatever_hides_a_number_makes_it_no_answer() {
    let plain = Format::new;
    let on = |pattern, front: &str, behind: &str, letters: &str| {
        plain().set_pattern(pattern).set_foreground_color(front).set_background_color(behind).set_font_color(letters)
    };
    let (black, white) = ("000000", "FFFFFF");
    for (format, is_seen) in [
        (plain().set_num_format("[White]0"), false),
        (plain().set_num_format("[Color2]#,##0"), false),
        (plain().set_num_format("0;[White]-0"), true),
        (plain().set_num_format("[Red]0"), true),
        (plain().set_num_format(";;;"), false),
        (plain().set_num_format("[White]0").set_background_color("1F4E79"), true),
        (on(FormatPattern::DarkGray, white, black, white), false),
        (on(FormatPattern::Gray125, black, white, white), false),
        (on(FormatPattern::Gray125, black, white, black), true),
        (plain().set_font_size(1), false),
        (plain().set_font_size(6), true),
    ] {
        let (json, _) = imported(
            |sheet| {
                sheet.write_with_format(1, 3, 78, &format).unwrap().write(2, 3, 70).unwrap();
            },
            "",
        );
        let (class, said) = at(&json, "D2");
        assert_eq!(class == "changed" && said.is_empty(), is_seen, "{format:?} {json:#}");
        assert!(is_seen || said.contains("何も表示されていませんが、「78」が入っています"), "{said}");
        assert_eq!(at(&json, "D3").0, "changed");
    }
}

#[test]
fn a_bar_or_a_sign_in_the_place_of_a_number_is_told() {
    let bar = || ConditionalFormatDataBar::new();
    let signs = || ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeArrows);
    let told = |alone: bool| {
        let (json, _) = imported(
            |sheet| {
                sheet.write(1, 3, 78).unwrap().write(2, 3, 70).unwrap();
                sheet.add_conditional_format(1, 3, 1, 3, &bar().set_bar_only(alone)).unwrap();
                sheet.add_conditional_format(2, 3, 2, 3, &signs().show_icons_only(alone)).unwrap();
            },
            "",
        );
        ["D2", "D3"].map(|cell| at(&json, cell).1.contains("条件付き書式により、隠れたり"))
    };
    assert_eq!([told(true), told(false)], [[true; 2], [false; 2]]);
}

#[test]
fn a_column_without_width_and_a_sheet_that_nobody_sees_are_told() {
    for (width, is_told) in [(0.0, true), (0.9, true), (4.0, false)] {
        let (json, _) = imported(
            |sheet| {
                sheet.write(1, 3, 78).unwrap().write(1, 4, "開いた").unwrap();
                sheet.set_column_width(4, width).unwrap();
            },
            "",
        );
        assert_eq!(at(&json, "E2").1.contains("非表示の列か、幅がほとんどない列です"), is_told, "{width} {json:#}");
        assert_eq!(at(&json, "D2").1, "");
    }
    // The numbers themselves: once for the column.
    let (json, _) = imported(
        |sheet| {
            sheet.write(1, 3, 78).unwrap();
            sheet.set_column_hidden(0).unwrap();
        },
        "",
    );
    assert!(json["left_out"].to_string().contains("行が何のものかは、この列から読みました"), "{json:#}");
    let desk = Desk::copied();
    desk.write("plan/example/inquiry.toml", LIST.replace("[import]\n", "[import]\nsheet  = \"裏\"\n"));
    for is_very_hidden in [false, true] {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "表").unwrap();
        let sheet = book.add_worksheet().set_name("裏").unwrap();
        for (row, cells) in (0..).zip([
            ["番号", "取組名", "時期", "進捗率", "取組状況"],
            ["3-1-1", "公共施設の再編", "R8Q3", "78", "開いた"],
        ]) {
            for (column, words) in (0..).zip(cells) {
                sheet.write(row, column, words).unwrap();
            }
        }
        if is_very_hidden {
            sheet.set_very_hidden(true)
        } else {
            sheet.set_hidden(true)
        };
        desk.write("list.xlsx", book.save_to_buffer().unwrap());
        let ran = desk.run("import list.xlsx --plan example --confirmed 確認済み --format json");
        let json: Json = serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}"));
        assert!(at(&json, "D2").1.contains("非表示のシートです"), "{json:#}");
    }
}

/// A Word file of this body.
fn word(body: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is called ready is what is taken: the same rows are refused without `--apply` as with it.
#[test]
fn a_preview_refuses_what_would_not_be_taken() {
    let desk = Desk::copied();
    let both = |command: &str| {
        let before = desk.files();
        let ran = ["", "--apply"].map(|apply| desk.run(&format!("{command} --plan example --format json {apply}")));
        let [preview, applied] = &ran;
        assert_eq!(preview.code, applied.code, "{preview:?} {applied:?}");
        (desk.files() == before, preview.code, preview.out().to_owned(), preview.err.clone())
    };
    let import = "opinion import m.csv --meeting R8.10.20 --name 委員会";
    desk.write("m.csv", "番号,意見の内容,件数,まとめる先\n1,混む,3,9\n2,遠い,-1,\n3,暗い,1,3\n");
    let (is_same, code, out, _) = both(import);
    let json: Json = serde_json::from_str(&out).unwrap();
    let said = json["rows"].to_string();
    assert!(is_same && code == 1 && said.matches("\"invalid\"").count() == 3, "{json:#}");
    for words in ["まとめる先の番号「9」", "件数の「-1」が読めません", "まとめる先の番号「3」"]
    {
        assert!(said.contains(words), "{words}: {json:#}");
    }
    // Numbers that are made are known to `check` alone.
    desk.write("m.csv", "番号,意見の内容,まとめる先\n1,混む,9\n,遠い,\n");
    let (is_same, code, _, err) = both(import);
    assert!(is_same && code == 2 && err.contains("unknown-opinion"), "{err}");
    desk.write("plan/example/inquiry.toml", LIST);
    desk.write("l.csv", "番号,取組名,時期,進捗率,取組状況\n3-1-1,公共施設の再編,R3Q3,78,開いた\n");
    let (is_same, code, _, err) = both("import l.csv");
    assert!(is_same && code == 2 && err.contains("outside-plan"), "{err}");
    std::fs::remove_file(desk.path("plan/example/inquiry.toml")).unwrap();
    desk.write("back.toml", "plan = \"example\"\nperiod = \"R3Q3\"\nowner = \"人事課\"\n[1-1-1]\nprogress = 70\n");
    let (is_same, code, ..) = both("inquiry collect back.toml");
    assert!(is_same && code > 0);
}

#[test]
fn a_table_of_minutes_that_does_not_add_up_or_names_a_column_twice_is_told() {
    let desk = Desk::copied();
    let import = |text: &str| {
        desk.write("m.csv", text);
        desk.run("opinion import m.csv --meeting R8.10.20 --name 委員会 --plan example")
    };
    let ran = import("番号,意見の内容,件数\n1,混む,3\n2,遠い,2\n合計,,6\n3,暗い,1\n");
    assert_eq!(ran.code, 1, "{ran:?}");
    for words in ["「合計」は 6 ですが、上の行は 5 になります", "合計の行より下の行なので、その合計に入っていません"]
    {
        assert!(ran.out().contains(words), "{words}: {}", ran.out());
    }
    assert_eq!(import("番号,意見の内容,件数\n1,混む,3\n2,遠い,2\n合計,,5\n").code, 0);
    let err = import("番号,意見の内容,意見の内容\n1,混む,空く\n").failed();
    assert!(err.contains("B1") && err.contains("C1"), "{err}");
    let ran = import("番号,意見の内容\n1,混む\n2,\u{200b}\n");
    assert!(!ran.out().contains("U+200B") && ran.out().contains("A3：意見の内容のない行です"), "{}", ran.out());
}

#[test]
fn what_stands_beside_the_tables_of_minutes_is_told_and_a_merged_speaker_belongs_to_each_row() {
    let desk = Desk::copied();
    let cell = |properties: &str, run: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run}</w:p></w:tc>");
    let text = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let merged = |start: bool| if start { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
    let struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>待ち時間</w:t></w:r>";
    let rows = [
        row(&["番号", "発言者", "意見の内容"].map(|head| cell("", &text(head)))),
        row(&[cell("", &text("1")), cell(merged(true), &text("山田委員")), cell("", &text("窓口が混む"))]),
        row(&[cell("", &text("2")), cell(merged(false), ""), cell("", &format!("{struck}{}", text("通知が遅い")))]),
    ];
    let title = format!("<w:p>{}</w:p>", text("第3回 委員会の記録"));
    desk.write("minutes.docx", word(&format!("{title}<w:tbl>{}</w:tbl>", rows.concat())));
    let import = |apply: &str| {
        desk.call(
            &[
                &[
                    "opinion",
                    "import",
                    "minutes.docx",
                    "--plan",
                    "example",
                    "--meeting",
                    "R8.10.20",
                    "--name",
                    "委員会 第3回",
                ][..],
                &apply.split_whitespace().collect::<Vec<_>>(),
            ]
            .concat(),
        )
    };
    let ran = import("--format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}"));
    let left: Vec<&str> =
        json["left_out"].as_array().unwrap().iter().map(|left| left["reason"]["ja"].as_str().unwrap()).collect();
    assert!(left.iter().any(|line| line.contains("第3回 委員会の記録")), "{left:?}");
    assert!(left.iter().any(|line| line.contains("「待ち時間」は読みません")), "{left:?}");
    assert_eq!(import("--apply").code, 0);
    let ran = desk.run("opinion list --plan example --meeting 2026-10-20 --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap();
    let said: Vec<_> =
        json["opinions"].as_array().unwrap().iter().map(|one| (one["who"].as_str(), &one["opinion"])).collect();
    assert_eq!(said, [(Some("山田委員"), &"窓口が混む".into()), (Some("山田委員"), &"通知が遅い".into())]);
    // Brought in once more, what is said otherwise is not taken and not passed over.
    desk.write("minutes.docx", desk_word_with(&rows, "鈴木委員"));
    let ran = import("--apply --format json");
    let json: Json = serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}"));
    let notes: Vec<String> = json["rows"].as_array().unwrap().iter().map(|row| row["notes"].to_string()).collect();
    assert!(notes.iter().all(|notes| notes.contains("発言者が記録と違います（表「鈴木委員」）")), "{notes:?}");
}

/// The same table, said by another person.
fn desk_word_with(rows: &[String], who: &str) -> Vec<u8> {
    word(&format!("<w:tbl>{}</w:tbl>", rows.concat().replace("山田委員", who)))
}
