//! `-o FILE`: the extension picks the format, all are made before one is written, nothing is overwritten unasked.

use super::parts::{text, unpack};
use crate::support::Desk;

const ALL: [&str; 7] = ["p.docx", "p.xlsx", "p.html", "p.md", "p.csv", "p.json", "p.txt"];

#[test]
fn the_extension_picks_the_format() {
    let desk = Desk::copied();
    let files = ALL.map(|file| format!("-o out/{file}")).join(" ");
    let ran = desk.run(&format!("status --plan example --as-of R8Q2 {files}"));
    assert_eq!((ran.code, ran.out()), (0, ""), "{ran:?}");
    let shown: Vec<String> = ALL.iter().map(|file| format!("out/{file} を書きました\n")).collect();
    assert_eq!(ran.err, shown.concat());
    let docx = unpack(&desk.read("out/p.docx"));
    assert!(text(&docx, "word/document.xml").contains("架空市行政改革プラン2028　進捗状況"));
    assert!(text(&docx, "docProps/core.xml").contains("2026-09-30T00:00:00Z"), "the day of the figures, not of today");
    assert!(unpack(&desk.read("out/p.xlsx")).contains_key("xl/worksheets/sheet2.xml"));
    assert!(desk.read("out/p.html").starts_with(b"<!DOCTYPE html>\n<html lang=\"ja\">"));
    for (file, format) in
        [("p.md", "md"), ("p.csv", "csv"), ("p.json", "json"), ("p.txt", "text --all"), ("p.html", "html")]
    {
        let same = desk.run(&format!("status --plan example --as-of R8Q2 --format {format}")).done();
        assert!(desk.read(&format!("out/{file}")) == same.bytes, "{file}");
    }
}

#[test]
fn every_reading_command_writes_every_format_in_both_languages() {
    let desk = Desk::copied();
    let commands = ["status", "status --tree", "kpi --chart", "show", "show 2-1-1", "log", "check", "plans"];
    let plans = ["--plan example --as-of R8Q2", "--plan 2027", "--plan stage3", "--plan growth-policy"];
    for (at, command) in commands.iter().flat_map(|c| plans.iter().map(move |p| format!("{c} {p}"))).enumerate() {
        let lang = if at % 2 == 0 { "ja" } else { "en" };
        let missing = command.starts_with("show 2-1-1") && !command.contains("example");
        let ran = desk.run(&format!("{command} --lang {lang} -o a.docx -o a.xlsx -o a.html -o a.md --force"));
        assert_eq!(ran.code, if missing && ran.code != 0 { 2 } else { 0 }, "{command}: {}", ran.err);
    }
}

#[test]
fn what_is_there_is_kept_unless_force_is_given() {
    let desk = Desk::copied();
    desk.write("a.docx", "kept");
    let err = desk.run("status -o b.html -o a.docx").failed();
    assert!(err.contains("a.docx は既にあります") && err.contains("--force"), "{err}");
    assert!(desk.read("a.docx") == b"kept" && !desk.path("b.html").exists(), "nothing was written");
    assert_eq!(desk.run("status -o b.html -o a.docx --force").code, 0);
    assert!(desk.read("a.docx").starts_with(b"PK"));
}

#[test]
fn an_extension_that_names_no_format_is_refused_before_anything_is_written() {
    let desk = Desk::copied();
    for file in ["report.pdf", "report", "report.doc"] {
        let err = desk.run(&format!("status -o good.md -o {file}")).failed();
        assert!(err.contains(file) && err.contains(".docx、.xlsx、.html、.md、.csv、.json、.txt"), "{err}");
        assert!(!desk.path("good.md").exists());
    }
    let err = desk.run("status --lang en -o report.pdf").failed();
    assert!(err.contains("names no format") && err.contains(".docx, .xlsx"), "{err}");
    assert!(desk.run("status -o A.HTML").err.contains("A.HTML を書きました"), "capitals are the same");
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let desk = Desk::copied();
    for args in ["status -o a.md --format json", "status --force", "check --explain syntax -o a.md"] {
        desk.run(args).failed();
    }
    assert!(!desk.path("a.md").exists());
}

#[test]
fn a_character_without_a_place_writes_no_file_at_all() {
    let desk = Desk::plan(&[
        (
            "plan.toml",
            "schema = 1\nid = \"x\"\nname = \"計画\"\nperiod = { from = \"R6\", to = \"R9\" }\nlevels = [\"項目\"]\n[[scale]]\nid = \"s\"\nname = \"状況\"\ngrades = [{ id = \"a\", name = \"良\" }]\n",
        ),
        ("outline/1.toml", "[1]\nname = \"𠮷野家\"\n"),
    ]);
    let err = desk.run("status -o a.docx -o a.csv --encoding cp932").failed();
    assert!(err.contains("𠮷") && !desk.path("a.docx").exists(), "{err}");
}

#[test]
fn a_comparison_strikes_what_went_and_underlines_what_came() {
    let desk = Desk::copied();
    desk.commit("2026-11-20T09:00:00+0900", "first");
    let path = "plan/example/outline/1.toml";
    let outline = String::from_utf8(desk.read(path)).unwrap();
    desk.write(path, outline.replacen("\"多様な人材の確保\"", "\"多様な専門人材の採用\"", 1));
    desk.run("diff --plan example -o d.docx -o d.xlsx");
    let docx = unpack(&desk.read("d.docx"));
    let document = text(&docx, "word/document.xml");
    let run = |mark: &str, words: &str| format!("<w:rPr>{mark}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t>");
    assert!(document.contains(&run("<w:strike/>", "確保")), "{document}");
    assert!(document.contains(&run("<w:u w:val=\"single\"/>", "採用")) && !document.contains("[-"), "{document}");
    let xlsx = unpack(&desk.read("d.xlsx"));
    let strings = text(&xlsx, "xl/sharedStrings.xml");
    assert!(strings.contains("<strike/>") && strings.contains("<u/>") && !strings.contains("[-"), "{strings}");
}
