//! `kaikaku verify`: papers as they were written, and as someone edited them.

use std::io::{Read, Write};

use crate::support::Desk;

const COMMITTEE: &str = "report council --plan example --period R8Q2 --format md";

fn paper(desk: &Desk, args: &str) -> String {
    desk.run(args).done().out().to_owned()
}

/// What `verify` finds in a paper, all three parts: where, what it says, what the record says.
fn found(desk: &Desk, args: &str, text: &str) -> Vec<[String; 3]> {
    desk.write("paper.md", text);
    found_in(desk, &format!("paper.md {args}"))
}

pub fn found_in(desk: &Desk, args: &str) -> Vec<[String; 3]> {
    let ran = desk.run(&format!("verify {args} --format json"));
    let json: serde_json::Value = serde_json::from_str(ran.out()).unwrap_or_else(|_| panic!("{ran:?}"));
    let shown = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let all = ["differs", "missing", "added"].into_iter().flat_map(|part| json[part].as_array().unwrap());
    let all: Vec<_> = all.map(|one| [shown(&one["place"]), shown(&one["paper"]), shown(&one["record"])]).collect();
    assert_eq!((ran.code, &json["agrees"]), (i32::from(!all.is_empty()), &all.is_empty().into()), "{ran:?}");
    all
}

/// What was found, as one text.
pub fn listed(found: &[[String; 3]]) -> String {
    found.iter().map(|[_, paper, record]| format!("{paper}/{record}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_paper_agrees_with_the_record_it_was_written_from() {
    let desk = Desk::copied();
    for args in [
        COMMITTEE.to_owned(),
        format!("{COMMITTEE} --for headquarters"),
        format!("{COMMITTEE} --for assembly --lang en"),
        "report questions --plan example --period R8Q2 --format md".to_owned(),
        "report council --plan stage3 --format md".to_owned(),
        "report council --plan 2027 --period R8Q2 --format md".to_owned(),
    ] {
        assert_eq!(found(&desk, "", &paper(&desk, &args)), [[""; 3]; 0], "{args}");
    }
}

#[test]
fn a_number_in_prose_and_one_in_a_table_are_found() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    let edited = text.replacen("計画どおり14件（70.0％）", "計画どおりが１５件（70.0％）", 1).replacen(
        "| 81.9％（R7） | － | 85％以上（R9）",
        "| 82.9％（R7） | － | 85％以上（R9）",
        1,
    );
    assert_ne!(text, edited);
    let found = found(&desk, "", &edited);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0][0].starts_with("評価済20件の内訳は"), "{found:?}");
    assert_eq!(found[0][1..], ["15件", "14件"]);
    assert_eq!(found[1], ["窓口の対応に満足した利用者の割合 / 実績値", "82.9%", "81.9%"]);
}

#[test]
fn words_may_be_edited_and_parts_moved() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    let (head, rest) = text.split_once("## 5　").unwrap();
    let (fifth, rest) = rest.split_once("## 6　").unwrap();
    let edited = format!("{head}## 6　{rest}\n## 5　{fifth}")
        .replace("評価済20件の内訳は、", "なお、評価の済んだ20件の内訳を見ると、")
        .replace("不足 3.1ポイント", "不足３．１ポイント")
        .replace("やや遅れ1件（5.0％）", "やや遅れが一件（マイナスではなく5.0パーセント）");
    assert_eq!(found(&desk, "", &edited), [[""; 3]; 0]);
}

#[test]
fn names_units_signs_and_verdicts_are_found() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    for (old, new, expected) in [
        ("| 1-3-1 | 時間外勤務の縮減 |", "| 1-3-1 | 残業の縮減 |", "残業の縮減/時間外勤務の縮減"),
        ("45,920件", "45,920人", "45920人/45920件"),
        ("| ▲1 |", "| 1 |", "1/-1"),
        ("計画どおりは1件の増、", "計画どおりは1件の減、", "1件減/1件増"),
        ("やや遅れ → 計画どおり", "計画どおり → やや遅れ", "計画どおり/やや遅れ やや遅れ/計画どおり"),
        ("達成8件、順調3件", "順調8件、達成3件", "順調/達成 達成/順調"),
        ("15％以上", "15％以下", "15%以下/15%以上"),
        ("【速報】", "【】", "-/速報"),
    ] {
        assert!(text.contains(old), "{old}");
        assert_eq!(listed(&found(&desk, "", &text.replacen(old, new, 1))), expected, "{old} → {new}");
    }
}

#[test]
fn rows_sentences_and_tables_that_are_gone_are_missing() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("| 1-1-2 |")).collect();
    let rows = found(&desk, "", &kept.join("\n"));
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0][0].starts_with("1-1-2 ") && rows[0][1] == "-", "{rows:?}");
    let sentence = "判定できないものは3件である。";
    assert!(text.contains(sentence));
    assert_eq!(listed(&found(&desk, "", &text.replacen(sentence, "", 1))), "-/3件");
    let (head, rest) = text.split_once("**検証指標の判定**").unwrap();
    let (_, rest) = rest.split_once("\n## ").unwrap();
    let rows = found(&desk, "", &format!("{head}\n## {rest}"));
    assert_eq!(rows.len(), 8, "a head, six rows and a note: {rows:?}");
    assert!(rows.iter().all(|[_, paper, _]| paper == "-"), "{rows:?}");
}

/// ▲ may be written in many ways, and so may numbers.
#[test]
fn numbers_are_read_however_a_paper_writes_them() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    for (old, new) in [
        ("| ▲1 |", "| ▲ 1 |"),
        ("| ▲1 |", "| （１） |"),
        ("| ▲1 |", "| マイナス1 |"),
        ("未報告は0件", "未報告は〇件"),
        ("評価済20件", "評価済二十件"),
        ("今期の報告があったものは13件", "今期の報告があったものは⑬件"),
        ("| 45,920件", "| 4万5,920件"),
        ("80％以上（R9）", "八割以上（R9）"),
    ] {
        assert!(text.contains(old) || old.contains("45,920"), "{old}");
        assert_eq!(listed(&found(&desk, "", &text.replacen(old, new, 1))), "", "{old} → {new}");
    }
}

#[test]
fn what_was_added_must_stand_in_the_record() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    let added = "\n10月15日の第3回会議で説明する。委員から5,678件という数が示された。\n";
    let row = "| 9-9-9 | 架空の項目 | 人事課 | 計画どおり | 変わらず | 1,234人が参加した。 | － | － |\n";
    let (head, rest) = text.split_once("## 6　").unwrap();
    let edited = format!("{}\n{row}\n## 6　{rest}{added}", head.trim_end());
    let found = listed(&found(&desk, "", &edited));
    assert_eq!(found, "9-9-9, 人事課, 計画どおり, 変わらず, 1234人/- 10月, 15日, 3回, 5678件/-");
}

/// 20 is the number of entries rated: the sentence that someone added may be of them, or of chairs.
#[test]
fn what_was_added_and_happens_to_stand_in_the_part_is_found() {
    let desk = Desk::copied();
    let text = paper(&desk, COMMITTEE);
    let (head, rest) = text.split_once("## 2　").unwrap();
    let edited = format!("{head}会場に椅子を20脚用意した。\n\n## 2　{rest}");
    assert_eq!(listed(&found(&desk, "", &edited)), "20/-");
    let ran = desk.run("verify paper.md");
    assert_eq!(ran.code, 1);
    assert!(ran.out().contains("報告書にあり、記録にないもの") && ran.out().contains("会場に椅子を20脚"), "{ran:?}");
    // A number that is doubled within its sentence has no counterpart.
    let doubled = text.replacen("このうち評価済は20件", "このうち評価済は20件、20件", 1);
    assert_eq!(found(&desk, "", &doubled).len(), 1);
}

#[test]
fn a_revision_is_held_against_itself_or_another() {
    let desk = Desk::copied();
    desk.commit("2026-10-20T09:00:00+0900", "第2四半期");
    let text = paper(&desk, &format!("{COMMITTEE} --rev HEAD"));
    let records = desk.path("plan/example/records/2-1-1.toml");
    let later = "\n[[update]]\nperiod = \"R8Q2\"\nrecorded = 2026-10-25\nrating = { progress = \"delayed\" }\n";
    let old = std::fs::read_to_string(&records).unwrap();
    std::fs::write(&records, old + later).unwrap();
    assert_eq!(found(&desk, "", &text), [[""; 3]; 0], "the paper names its own revision");
    desk.commit("2026-10-26T09:00:00+0900", "訂正");
    let found = found(&desk, "--rev HEAD", &text);
    assert!(
        found.iter().any(|[place, paper, record]| place == "計画どおり / 件数" && paper == "14" && record == "13"),
        "{found:?}"
    );
    assert!(
        found.iter().any(|[place, paper, record]| place == "やや遅れ / 件数" && paper == "1" && record == "2"),
        "{found:?}"
    );
}

/// The same paper in every format: nothing differs from the record, and of a record that differs the same is reported.
#[test]
fn every_format_is_read_back() {
    let desk = Desk::copied();
    for register in ["committee", "assembly"] {
        let files = ["docx", "xlsx", "html", "md"].map(|ending| format!("{register}.{ending}"));
        let named: Vec<String> = files.iter().map(|file| format!("-o {file}")).collect();
        let args = format!("report council --plan example --period R8Q2 --for {register} {}", named.join(" "));
        assert_eq!(desk.run(&args).code, 0);
        for file in &files {
            let json = desk.json(&format!("verify {file}"));
            assert_eq!(json["agrees"], true, "{file}");
            assert!(json["checked"].as_u64().unwrap() > 150, "{file}: {json}");
        }
    }
    // 2-1-1 falls behind: 計画どおり 14 → 13, やや遅れ 1 → 2.
    let records = desk.path("plan/example/records/2-1-1.toml");
    let later = "\n[[update]]\nperiod = \"R8Q2\"\nrecorded = 2026-10-25\nrating = { progress = \"delayed\" }\n";
    std::fs::write(&records, std::fs::read_to_string(&records).unwrap() + later).unwrap();
    for ending in ["docx", "xlsx", "html", "md"] {
        let ran = desk.run(&format!("verify assembly.{ending} --format json"));
        assert_eq!(ran.code, 1, "{ending}: {ran:?}");
        let json: serde_json::Value = serde_json::from_str(ran.out()).unwrap();
        let found = json["differs"].as_array().unwrap();
        let has = |paper: &str, record: &str| found.iter().any(|one| one["paper"] == paper && one["record"] == record);
        assert!(has("14", "13") && has("1", "2"), "{ending}: {json:#}");
    }
}

#[test]
fn what_is_no_paper_is_refused() {
    let desk = Desk::copied();
    desk.write("other.md", "# 覚書\n\n数は12である。\n");
    assert!(desk.run("verify other.md").failed().contains("どの記録から書いたかを示す行がありません"));
    assert!(desk.run("verify missing.md").failed().contains("missing.md を読めません"));
    desk.write("broken.docx", "no zip");
    assert!(desk.run("verify broken.docx").failed().contains("broken.docx を読めません"));
    assert!(desk.run("verify plan/kaikaku.toml").failed().contains("形式は読めません"));
}

#[test]
fn what_is_found_is_reported_in_a_table() {
    let desk = Desk::copied();
    desk.write("paper.md", paper(&desk, COMMITTEE).replace("| 計画以上 | 4 |", "| 計画以上 | 3 |"));
    let ran = desk.run("verify paper.md");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out());
}

/// A Word or Excel file with other text in one of its parts.
pub fn repacked(bytes: &[u8], part: &str, edit: impl Fn(&str) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().to_string();
        if name == part {
            bytes = edit(std::str::from_utf8(&bytes).unwrap()).into_bytes();
        }
        out.start_file(name, stored).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The package with one more part.
pub fn with_part(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new_append(std::io::Cursor::new(bytes.to_vec())).unwrap();
    out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}

/// What Word makes of a paper that people worked on.
#[test]
fn word_is_read_as_it_is_shown() {
    let desk = Desk::copied();
    assert_eq!(desk.run("report council --plan example --period R8Q2 --for assembly -o a.docx").code, 0);
    let bytes = std::fs::read(desk.path("a.docx")).unwrap();
    let text = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let paragraph = |inner: &str| format!("<w:p>{inner}</w:p>");
    let boxed = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(&text(words)));
    let cases = [
        (paragraph(&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", text("31件"))), "31件/-"),
        (format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph(&text("32件"))), "32件/-"),
        (
            paragraph(&format!(
                "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
                boxed("33件"),
                boxed("33件"),
            )),
            "33件/-",
        ),
        (
            format!(
                "<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>\
                 </w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>",
                paragraph(&text("34件")),
                paragraph(&text("35件")),
            ),
            "34件/- 35件/-",
        ),
        (paragraph(&format!("<w:ins>{}</w:ins>", text("36件"))), "36件/-"),
        (paragraph("<w:del><w:r><w:delText>37件</w:delText></w:r></w:del>"), ""),
        (paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>38件</w:t></w:r>"), ""),
        (paragraph("<w:r><w:rPr><w:strike/></w:rPr><w:t>38件</w:t></w:r>"), ""),
        (paragraph("<w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>42件</w:t></w:r>"), "42件/-"),
        (
            paragraph(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>39</w:t><w:fldChar w:fldCharType=\"end\"/></w:r>",
            ),
            "",
        ),
        (
            paragraph(
                "<w:r><w:ruby><w:rt><w:r><w:t>40</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>四一</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            ),
            "",
        ),
    ];
    for (added, expected) in cases {
        let edit = |xml: &str| xml.replacen("<w:body>", &format!("<w:body>{added}"), 1);
        std::fs::write(desk.path("b.docx"), repacked(&bytes, "word/document.xml", edit)).unwrap();
        assert_eq!(listed(&found_in(&desk, "b.docx")), expected, "{added}");
    }
    let edit = |xml: &str| {
        xml.replacen(
            "<w:body>",
            &format!(
                "<w:body>{}",
                paragraph(
                    "<w:ins><w:r><w:t>案</w:t></w:r></w:ins><w:del><w:r><w:delText>37件</w:delText></w:r></w:del>"
                )
            ),
            1,
        )
    };
    std::fs::write(desk.path("b.docx"), repacked(&bytes, "word/document.xml", edit)).unwrap();
    let json = desk.json("verify b.docx");
    assert_eq!(
        json["remarks"],
        serde_json::json!([{"kind": "inserted", "words": "案"}, {"kind": "deleted", "words": "37件"}])
    );
    let footer = |xml: &str| xml.replacen("<w:p>", "<w:p><w:r><w:t>42件</w:t></w:r></w:p><w:p>", 1);
    std::fs::write(desk.path("b.docx"), repacked(&bytes, "word/footer1.xml", footer)).unwrap();
    assert_eq!(listed(&found_in(&desk, "b.docx")), "42件/-");
}

/// What Excel makes of a paper that people worked on.
#[test]
fn excel_is_read_as_it_is_shown() {
    let desk = Desk::copied();
    assert_eq!(desk.run("report council --plan example --period R8Q2 -o a.xlsx").code, 0);
    let bytes = std::fs::read(desk.path("a.xlsx")).unwrap();
    let held = |part: &str, edit: &dyn Fn(&str) -> String| {
        std::fs::write(desk.path("b.xlsx"), repacked(&bytes, part, edit)).unwrap();
        listed(&found_in(&desk, "b.xlsx"))
    };
    // The unit of a number stands in its format.
    let percent = |xml: &str| xml.replacen("0.0&quot;％&quot;", "0.0&quot;ポイント&quot;", 9);
    let found = held("xl/styles.xml", &percent);
    assert!(found.contains("20ポイント/20%"), "{found}");
    let boxed = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>77</a:t></a:r><a:r><a:t>件</a:t></a:r></a:p></xdr:txBody></xdr:sp>";
    let found = held("xl/drawings/drawing1.xml", &|xml| xml.replacen("</xdr:wsDr>", &format!("{boxed}</xdr:wsDr>"), 1));
    assert_eq!(found, "77件/-");
    // What was struck through is not read, and neither is a sheet that was hidden.
    let struck = "<r><rPr><strike/></rPr><t>やや遅れ</t></r><r><t>計画どおり</t></r>";
    let found = held("xl/sharedStrings.xml", &|xml| xml.replacen("<t>やや遅れ</t>", struck, 1));
    assert!(found.contains("計画どおり/やや遅れ"), "{found}");
    let json = serde_json::from_str::<serde_json::Value>(desk.run("verify b.xlsx --format json").out()).unwrap();
    assert_eq!(json["remarks"][0], serde_json::json!({"kind": "deleted", "words": "やや遅れ"}));
    let sheet = |xml: &str| xml.replacen("name=\"データ\"", "name=\"データ\" state=\"hidden\"", 1);
    let found = held("xl/workbook.xml", &sheet);
    assert!(found.contains("-/") && !found.contains("/-"), "{found}");
}

/// The programs that offices open papers with, where they are installed.
#[test]
fn a_paper_that_another_program_saved_again_agrees() {
    let desk = Desk::copied();
    let mut papers = Vec::new();
    for (name, asked, endings) in [
        ("committee", "report council --period R8Q2", &["docx", "xlsx", "html"][..]),
        ("kpi", "kpi --chart --as-of R8Q2", &["html"]),
        ("roadmap", "roadmap --lang en", &["html"]),
    ] {
        let files: Vec<String> = endings.iter().map(|ending| format!("{name}.{ending}")).collect();
        let args: Vec<String> = files.iter().map(|file| format!("-o {file}")).collect();
        assert_eq!(desk.run(&format!("{asked} --plan example {}", args.join(" "))).code, 0);
        papers.extend(files);
    }
    let save = "import openpyxl,sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
    std::fs::create_dir(desk.path("again")).unwrap();
    for paper in &papers {
        let ending = paper.rsplit('.').next().unwrap();
        let home = format!("-env:UserInstallation=file://{}", desk.path("office").display());
        let office = ["--headless", &home, "--convert-to", ending, "--outdir", "again", paper];
        if ran(&desk, "soffice", &office) {
            assert_eq!(found_in(&desk, &format!("again/{paper}")), [[""; 3]; 0], "{paper} by LibreOffice");
        }
        if ending == "xlsx" && ran(&desk, "python3", &["-c", save, paper, "again/openpyxl.xlsx"]) {
            assert_eq!(found_in(&desk, "again/openpyxl.xlsx"), [[""; 3]; 0], "{paper} by openpyxl");
        }
    }
}

/// Whether a program is installed and did it.
fn ran(desk: &Desk, program: &str, args: &[&str]) -> bool {
    let output = std::process::Command::new(program).args(args).current_dir(desk.path(".")).output();
    output.is_ok_and(|output| output.status.success())
}

/// Every figure of a paper has an id, the same in each format and the same when other rows come.
#[test]
fn facts_have_ids_that_explain_knows() {
    let desk = Desk::copied();
    let write = |name: &str| {
        let files = ["docx", "xlsx", "html", "md"].map(|ending| format!("-o {name}.{ending}")).join(" ");
        assert_eq!(desk.run(&format!("report council --plan example --period R8Q2 {files}")).code, 0);
        std::fs::read_to_string(desk.path(&format!("{name}.html"))).unwrap()
    };
    let ids = |html: &str| {
        let ids = html.split("data-fact=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    let html = write("a");
    let before = ids(&html);
    let unique: std::collections::BTreeSet<&String> = before.iter().collect();
    assert_eq!(unique.len(), before.len(), "an id twice");
    assert!(before.iter().all(|id| id.len() <= 64 && id.is_ascii()), "{before:?}");
    assert!(
        html.contains("<span data-fact=\"summary.grade-on-track.R8Q2.stated\">計画どおり14件（70.0％）</span>"),
        "{html}"
    );
    assert!(html.contains(" data-fact=\"items.1-1-1.R8Q2.rating\">"));
    let markdown = std::fs::read_to_string(desk.path("a.md")).unwrap();
    let word = part(&desk, "a.docx", "word/document.xml");
    let sheet = part(&desk, "a.xlsx", "xl/sharedStrings.xml");
    for id in &before {
        assert!(markdown.contains(&format!("\n{id}\t")), "{id}");
        assert!(word.contains(&format!("<w:tag w:val=\"{id}\"/>")), "{id}");
        assert!(sheet.contains(&format!("<t>{id}</t>")), "{id}");
    }
    for id in before.iter().step_by(29) {
        desk.run(&format!("explain {id} --plan example")).done();
    }
    let said = desk.run("explain items.1-3-1.R8Q2.rating --plan example --lang en").done();
    assert!(
        said.out().contains("時間外勤務の縮減") && said.out().contains("Behind the fact items.1-3-1.R8Q2.rating"),
        "{said:?}"
    );
    assert!(desk.run("explain items.9-9-9.R8Q2.rating --plan example").failed().contains("9-9-9"));
    // A new entry and a report of another one take no id from those that were there.
    let outline = desk.path("plan/example/outline/1.toml");
    let old = std::fs::read_to_string(&outline).unwrap();
    std::fs::write(&outline, old + "\n[1-3-9]\nname = \"新しい項目\"\n").unwrap();
    let plan = desk.path("plan/example/plan.toml");
    let text = std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&plan, text.replace("= [3, 9, 21]", "= [3, 9, 22]")).unwrap();
    let after = ids(&write("b"));
    let lost: Vec<_> = before.iter().filter(|id| !after.contains(id)).collect();
    assert!(lost.is_empty() && after.len() > before.len(), "{lost:?}");
}

/// A part of a Word or Excel file.
fn part(desk: &Desk, file: &str, name: &str) -> String {
    let bytes = std::fs::read(desk.path(file)).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// However a paragraph is reworded: what carries an id is found again, in its own words or in others.
#[test]
fn a_reworded_paragraph_is_held_to_its_facts() {
    let desk = Desk::copied();
    assert_eq!(desk.run("report council --plan example --period R8Q2 -o a.html -o a.md").code, 0);
    let html = std::fs::read_to_string(desk.path("a.html")).unwrap();
    let fact = |id: &str| {
        let start = html.find(&format!("<span data-fact=\"summary.{id}\"")).unwrap();
        let end = start + html[start..].find("</span>").unwrap() + "</span>".len();
        html[start..end].to_owned()
    };
    let start = html.find("<p>検証指標は").unwrap();
    let end = start + html[start..].find("</p>").unwrap();
    let indicators = |what: &str| fact(&format!("indicators.R8Q2.{what}"));
    let all = ["worsened", "behind", "on-pace", "met", "judged", "all", "undetermined"].map(indicators);
    let reworded = format!("<p>指標を見ると、悪いほうから並べて {} という結果だった", all.join(" と "));
    let edited = format!("{}{reworded}{}", &html[..start], &html[end..]);
    std::fs::write(desk.path("b.html"), &edited).unwrap();
    assert_eq!(listed(&found_in(&desk, "b.html")), "");
    std::fs::write(desk.path("b.html"), edited.replace("順調3件", "順調5件")).unwrap();
    let json = serde_json::from_str::<serde_json::Value>(desk.run("verify b.html --format json").out()).unwrap();
    assert_eq!(json["differs"][0]["fact"], "summary.indicators.R8Q2.on-pace");
    assert_eq!((&json["differs"][0]["paper"], &json["differs"][0]["record"]), (&"5件".into(), &"3件".into()));
    // The same without any id, as papers of earlier versions are.
    let old = html.split("data-fact=\"").enumerate();
    let old: String = old.map(|(at, rest)| if at == 0 { rest } else { rest.split_once('"').unwrap().1 }).collect();
    std::fs::write(desk.path("b.html"), &old).unwrap();
    assert_eq!(listed(&found_in(&desk, "b.html")), "");
    std::fs::write(desk.path("b.html"), old.replace("順調3件", "順調5件")).unwrap();
    assert_eq!(listed(&found_in(&desk, "b.html")), "5件/3件");
    let md = std::fs::read_to_string(desk.path("a.md")).unwrap();
    let (old, _) = md.split_once("<!-- kaikaku facts").unwrap();
    assert_eq!(listed(&found(&desk, "", old)), "");
}
