//! `kaikaku inquiry collect`: what stands beside an answer is listed, and what is seen is what is read.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value as Json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::sheet::{Filling, SHEET, number, text, through_libreoffice};
use crate::support::Desk;

/// A desk from which the inquiry of R8Q3 went out, in a language; and the form of the personnel department.
fn sent(lang: &str) -> (Desk, Filling) {
    let desk = Desk::copied();
    let args =
        format!("inquiry send --plan example --period R8Q3 -o out --deadline R9.1.15 --lang {lang} --owner 人事課");
    let ran = desk.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let filling = Filling::new(desk.read("out/照会_R8Q3_人事課.xlsx"));
    (desk, filling)
}

fn collected(desk: &Desk, file: &str, bytes: Vec<u8>, more: &str) -> (Json, i32) {
    desk.write(file, bytes);
    let ran = desk.run(&format!("inquiry collect {file} --plan example --format json {more}"));
    (serde_json::from_str(ran.out()).unwrap_or_else(|e| panic!("{e} {ran:?}")), ran.code)
}

/// The rows of a class: where, and why.
fn of_class(review: &Json, class: &str) -> Vec<String> {
    let rows = review["rows"].as_array().unwrap().iter().filter(|row| row["class"] == class);
    rows.map(|row| format!("{} {}", row["at"][0].as_str().unwrap(), row["reason"]["ja"].as_str().unwrap_or("")))
        .collect()
}

fn row<'j>(review: &'j Json, id: &str, question: &str) -> &'j Json {
    let rows = review["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id && row["question"] == question).unwrap_or_else(|| panic!("{id} {question}"))
}

fn readings(row: &Json) -> String {
    let readings = row["readings"].as_array().unwrap().iter();
    readings.map(|reading| reading["ja"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

/// The workbook with notes at cells of the sheet of questions.
fn with_comment(bytes: &[u8], cell: &str, words: &str) -> Vec<u8> {
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>"#;
    let comments = format!(
        "<comments><authors/><commentList><comment ref=\"{cell}\"><text><r><t>{words}</t></r></text></comment></commentList></comments>"
    );
    with_parts(
        bytes,
        |_, part| part,
        &[("xl/worksheets/_rels/sheet2.xml.rels", relations.to_owned()), ("xl/comments1.xml", comments)],
    )
}

/// The workbook with every part passed through, and more of them.
fn with_parts(bytes: &[u8], change: impl Fn(&str, String) -> String, more: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, part: &str| {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    };
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut part = String::new();
        file.read_to_string(&mut part).unwrap();
        let name = file.name().unwrap().into_owned();
        put(&name, &change(&name, part));
    }
    more.iter().for_each(|(name, part)| put(name, part));
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_untouched_form_leaves_nothing_out_in_either_language() {
    for lang in ["ja", "en"] {
        let (desk, filling) = sent(lang);
        let (review, code) = collected(&desk, "back.xlsx", filling.bytes.clone(), "");
        assert_eq!((code, of_class(&review, "left_out")), (0, Vec::new()), "{lang}");
        let noted = |row: &&Json| !row["readings"].as_array().unwrap().is_empty();
        let noted: Vec<&Json> = review["rows"].as_array().unwrap().iter().filter(noted).collect();
        assert!(noted.is_empty(), "{lang} {noted:#?}");
        desk.write("form.xlsx", filling.bytes);
        let Some(saved) = through_libreoffice(&desk.path("form.xlsx"), &desk.path("lo"), "xlsx") else { continue };
        let (review, code) = collected(&desk, "saved.xlsx", std::fs::read(saved).unwrap(), "");
        assert_eq!((code, of_class(&review, "left_out")), (0, Vec::new()), "{lang} saved by LibreOffice");
    }
}

#[test]
fn what_stands_beside_an_answer_is_listed() {
    let (desk, filling) = sent("ja");
    let progress = filling.row("1-1-1/progress@R8Q3");
    let done = filling.row("1-1-1/done@R8Q3");
    let next = filling.row("1-1-1/next@R8Q3");
    let last = *filling.book().sheet(SHEET).unwrap().rows().last().unwrap();
    let bytes = filling
        .answer("1-1-1/progress@R8Q3", number("78"))
        .cell(SHEET, progress, 5, text("9月末の速報"))
        .cell(SHEET, done, 3, text("前回の分も訂正します。"))
        .cell(SHEET, next, 2, text("今後の対応（来年度の予定を含む）"))
        .cell(SHEET, last + 2, 1, text("※ 1-1-1 は係の見込み"))
        .cell(SHEET, 3, 4, text("この取組は終了予定"))
        .cell("はじめに", 20, 1, text("期限に遅れてすみません"))
        .done();
    let e = |row: u32| format!("E{}", row + 1);
    let (review, code) = collected(&desk, "back.xlsx", with_comment(&bytes, &e(progress), "係長確認済み"), "");
    assert_eq!((code, of_class(&review, "changed").len()), (0, 1), "{review:#}");
    let left = of_class(&review, "left_out");
    for (place, words) in [
        (format!("回答!B{}", last + 3), "※ 1-1-1 は係の見込み"),
        ("回答!E4".into(), "この取組は終了予定"),
        ("はじめに!B21".into(), "期限に遅れてすみません"),
    ] {
        assert!(left.iter().any(|line| line.contains(&place) && line.contains(words)), "{place} {left:#?}");
    }
    assert_eq!(left.len(), 3, "{left:#?}");
    let noted = readings(row(&review, "1-1-1", "progress"));
    assert!(noted.contains(&format!("F{} に「9月末の速報」とあります", progress + 1)), "{noted}");
    assert!(noted.contains("コメント「係長確認済み」があります"), "{noted}");
    assert!(readings(row(&review, "1-1-1", "done")).contains("前回の分も訂正します。"), "{review:#}");
    assert!(
        readings(row(&review, "1-1-1", "next"))
            .contains("設問の欄が書き換えられています（今後の対応（来年度の予定を含む））")
    );
    let text = desk.run("inquiry collect back.xlsx --plan example");
    assert!(text.out().contains("期限に遅れてすみません") && text.out().contains("9月末の速報"), "{}", text.out());
    assert!(text.err.contains("設問の外に書かれていたもの 3 件は記録していません"), "{}", text.err);
}

#[test]
fn a_reply_between_tabs_or_semicolons_is_a_reply() {
    let (desk, _) = sent("ja");
    let csv = "kaikaku-inquiry 1 kakuu-reform-2028 R8Q3 personnel 2026-11-21 - 0,id,question,last,answer\n\
               1-1-1/progress@R8Q3,1-1-1,進捗率【必須】,,78\n";
    for (file, separator) in [("back.tsv", "\t"), ("back.csv", ";")] {
        let (review, code) = collected(&desk, file, csv.replace(',', separator).into_bytes(), "");
        assert_eq!((code, row(&review, "1-1-1", "progress")["reply"].as_str()), (0, Some("78")), "{file} {review:#}");
    }
    desk.write("back.csv", csv.replace("78", "\"78"));
    let err = desk.run("inquiry collect back.csv --plan example").failed();
    assert!(err.contains("2 行目の引用符"), "{err}");
}

#[test]
fn an_answer_over_several_questions_belongs_to_none() {
    let (desk, filling) = sent("ja");
    let done = filling.row("1-1-1/done@R8Q3");
    let bytes = filling.answer("1-1-1/done@R8Q3", text("開いた。")).done();
    let merge =
        format!("</sheetData><mergeCells count=\"1\"><mergeCell ref=\"E{}:E{}\"/></mergeCells>", done + 1, done + 2);
    let in_sheet = |name: &str, part: String| {
        if name == "xl/worksheets/sheet2.xml" { part.replace("</sheetData>", &merge) } else { part }
    };
    let (review, code) = collected(&desk, "back.xlsx", with_parts(&bytes, in_sheet, &[]), "");
    assert_eq!((code, of_class(&review, "changed").len(), of_class(&review, "invalid").len()), (1, 0, 2), "{review:#}");
    assert!(of_class(&review, "invalid")[0].contains("結合されているので、どの行の答えか決まりません"), "{review:#}");
}

/// The workbook with a cell of the sheet of questions in white letters.
fn in_white(bytes: &[u8], cell: &str) -> Vec<u8> {
    let styles = std::cell::Cell::new(0);
    let font = r#"<font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>"#;
    let with_font = |part: String| {
        let fonts = part.split("</fonts>").next().unwrap().matches("<font>").count();
        let of_cells = part.split("<cellXfs").nth(1).unwrap().split("</cellXfs>").next().unwrap();
        styles.set(of_cells.matches("<xf ").count());
        let own = format!(r#"<xf numFmtId="0" fontId="{fonts}" fillId="0" borderId="0" applyFont="1"/></cellXfs>"#);
        part.replace("</fonts>", font).replace("</cellXfs>", &own)
    };
    // The parts come in the order of the file, and styles behind sheets: the file is gone through twice.
    let styled = with_parts(bytes, |name, part| if name == "xl/styles.xml" { with_font(part) } else { part }, &[]);
    let begin = format!("<c r=\"{cell}\" s=\"");
    let in_sheet = |name: &str, part: String| match part.split_once(&begin) {
        Some((before, rest)) if name == "xl/worksheets/sheet2.xml" => {
            let (_, after) = rest.split_once('"').unwrap();
            format!("{before}{begin}{}\"{after}", styles.get())
        }
        _ => part,
    };
    with_parts(&styled, in_sheet, &[])
}

#[test]
fn an_answer_that_nobody_sees_is_none() {
    let (desk, filling) = sent("ja");
    let (progress, done) = (filling.row("1-1-1/progress@R8Q3"), filling.row("1-1-1/done@R8Q3"));
    let answers = [("1-1-1/progress@R8Q3", number("78")), ("1-1-1/done@R8Q3", text("開いた。"))];
    let bytes = answers.into_iter().fold(filling, |filling, (key, answer)| filling.answer(key, answer)).done();
    let (review, code) = collected(&desk, "seen.xlsx", bytes.clone(), "");
    assert_eq!((code, of_class(&review, "invalid"), of_class(&review, "changed").len()), (0, Vec::new(), 2));
    let white = in_white(&in_white(&bytes, &format!("E{}", progress + 1)), &format!("E{}", done + 1));
    let (review, code) = collected(&desk, "white.xlsx", white, "");
    let invalid = of_class(&review, "invalid");
    assert_eq!((code, invalid.len(), of_class(&review, "changed").len()), (1, 2, 0), "{review:#}");
    for stored in ["「78」", "「開いた。」"] {
        let told = |line: &String| line.contains("何も表示されていませんが、") && line.contains(stored);
        assert!(invalid.iter().any(told), "{stored} {invalid:#?}");
    }
}

#[test]
fn a_person_who_answers_is_read_where_a_number_stands_too() {
    let (desk, filling) = sent("ja");
    let bytes = filling.cell("はじめに", 17, 2, number("2345")).done();
    let (review, _) = collected(&desk, "back.xlsx", bytes, "");
    assert_eq!(review["replies"][0]["person"], "2345", "{review:#}");
}

const COLUMNS: &str = "schema = 1\n\n[template]\nsheet  = \"進捗報告\"\nid     = \"番号\"\nname   = \"取組項目\"\nperiod = \"B2\"\n\n\
                       [template.answers]\nprogress = \"進捗率\"\ndone     = \"実績\"\n";

#[test]
fn every_row_of_the_own_form_is_read_or_listed() {
    let desk = Desk::copied();
    desk.write("plan/example/inquiry.toml", COLUMNS);
    let mut book = Workbook::new();
    let (plain, gone) = (Format::new(), Format::new().set_font_strikethrough());
    let sheet = book.add_worksheet().set_name("進捗報告").unwrap();
    sheet.write(0, 0, "報告書").unwrap().write(1, 1, "令和8年度第3四半期").unwrap();
    // The heading of numbers is as high as two rows; the finer words stand in the second.
    sheet.merge_range(3, 0, 4, 0, "番号", &plain).unwrap().merge_range(3, 1, 4, 1, "取組項目", &plain).unwrap();
    sheet.merge_range(3, 2, 3, 3, "今回の報告", &plain).unwrap();
    sheet.write(4, 2, "進捗率").unwrap().write(4, 3, "実績").unwrap();
    let rows: [[&str; 5]; 6] = [
        ["1-1-1", "採用広報の強化と応募者層の拡大", "78％", "説明会を開いた。", ""],
        ["", "", "", "続き", ""],
        ["9-9-9", "別の取組", "50", "", ""],
        ["1-1-2", "採用広報の強化と応募者層の拡大", "60", "", ""],
        ["", "（記入例）", "", "", ""],
        ["1-2-1", "", "", "", "所属長の意見"],
    ];
    for (at, words) in (5..).zip(rows) {
        for (column, word) in (0..).zip(words).filter(|(_, word)| !word.is_empty()) {
            sheet.write(at, column, word).unwrap();
        }
    }
    sheet.write_rich_string(10, 2, &[(&gone, "10"), (&plain, "12")]).unwrap();
    book.add_worksheet().set_name("記入要領").unwrap().write(0, 0, "太枠の中に記入").unwrap();
    let (review, code) = collected(&desk, "back.xlsx", book.save_to_buffer().unwrap(), "");
    assert_eq!(code, 1, "{review:#}");
    assert_eq!(row(&review, "1-1-1", "progress")["reply"], "78");
    assert_eq!(row(&review, "1-2-1", "progress")["reply"], "12");
    assert!(readings(row(&review, "1-2-1", "progress")).contains("取消線のある「10」を除いて読みました"));
    let invalid = of_class(&review, "invalid");
    for (place, why) in
        [("!A7", "番号のない行です（続き）"), ("!A8", "問われていない番号です（9-9-9）"), ("!B9", "名称が違います")]
    {
        assert!(invalid.iter().any(|line| line.contains(place) && line.contains(why)), "{place} {invalid:#?}");
    }
    assert_eq!(invalid.len(), 3, "{invalid:#?}");
    let left = of_class(&review, "left_out");
    for (place, why) in
        [("!A10", "番号のない行です（（記入例））"), ("!E11", "見出しのない列の「所属長の意見」は読みません")]
    {
        assert!(left.iter().any(|line| line.contains(place) && line.contains(why)), "{place} {left:#?}");
    }
    assert!(
        left.iter()
            .any(|line| line.contains("見出しより上は読みません")
                && line.contains("記入要領!A1: このシートは読みません")),
        "{left:#?}"
    );
}

#[test]
fn an_own_form_none_of_whose_rows_is_asked_for_is_refused_with_the_reason() {
    let desk = Desk::copied();
    desk.write("plan/example/inquiry.toml", COLUMNS);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("進捗報告").unwrap();
    sheet.write(1, 1, "令和8年度第3四半期").unwrap();
    for (column, head) in (0..).zip(["番号", "取組項目", "進捗率", "実績"]) {
        sheet.write(4, column, head).unwrap();
    }
    let day = Format::new().set_num_format("m\"月\"d\"日\"");
    sheet.write_number_with_format(5, 0, 46023, &day).unwrap().write(5, 3, "開いた。").unwrap();
    desk.write("back.xlsx", book.save_to_buffer().unwrap());
    let err = desk.run("inquiry collect back.xlsx --plan example").failed();
    assert!(err.contains("様式に、読める行がありません（進捗報告!A6：番号が日付（1月1日）になっています"), "{err}");
}

/// As a Mac types it, in half-width katakana and with a space: it is the grade that the plan has.
#[test]
fn a_grade_is_the_one_that_the_plan_has_however_it_is_spelt() {
    let (desk, form) = sent("ja");
    let form = form.answer("1-1-2/rating.progress@R8Q3", text("計画と\u{3099} おり"));
    let (review, code) = collected(&desk, "a.xlsx", form.done(), "");
    let row = row(&review, "1-1-2", "rating.progress");
    assert_eq!(
        (code, row["class"].as_str(), row["reply"].as_str()),
        (0, Some("changed"), Some("計画どおり")),
        "{row:#}"
    );
}

/// The form itself says when it was sent, also where the plan has no record of that.
#[test]
fn a_reply_of_a_day_before_its_form_is_doubted_without_a_record_of_sending() {
    let (desk, form) = sent("ja");
    std::fs::remove_dir_all(desk.path("plan/example/inquiries")).unwrap();
    let book = form.book();
    let cover = &book.sheets[0];
    let (row, _) = cover.cells.iter().find(|(_, cell)| cell.words() == Some("reply/day")).unwrap().0;
    let name = cover.name.clone();
    let form = form.answer("1-1-2/progress@R8Q3", number("70")).cell(&name, *row, 2, text("2026-11-01"));
    desk.write("a.xlsx", form.done());
    let ran = desk.run("inquiry collect a.xlsx --plan example --apply");
    assert!(ran.code != 0 && format!("{}{}", ran.out(), ran.err).contains("2026-11-01"), "{ran:?}");
    let records = desk.text("plan/example/records/1-1-2.toml");
    assert!(!records.contains("2026-11-01"), "{records}");
}
