//! A paper is what a person sees of it: what is hidden in it is gone, what a style adds is there, and a word by a figure
//! makes another statement of it.

use crate::support::Desk;
use crate::verify::{found_in, listed, repacked};

/// A desk with the paper in a format, and its bytes.
fn paper(extension: &str) -> (Desk, Vec<u8>) {
    let desk = Desk::copied();
    let to = if extension == "xlsx" { "committee" } else { "assembly" };
    let made = desk.run(&format!("report council --plan example --period R8Q2 --for {to} -o a.{extension}"));
    assert_eq!(made.code, 0, "{made:?}");
    let bytes = std::fs::read(desk.path(&format!("a.{extension}"))).unwrap();
    (desk, bytes)
}

/// What is found in the HTML after an edit that changes it.
fn in_html(desk: &Desk, html: &str, edit: impl Fn(&str) -> String) -> String {
    let edited = edit(html);
    assert_ne!(edited, html);
    desk.write("b.html", edited);
    listed(&found_in(desk, "b.html"))
}

#[test]
fn what_html_hides_is_gone() {
    let (desk, bytes) = paper("html");
    let html = String::from_utf8(bytes).unwrap();
    let (before, rest) = html.split_once("14件").unwrap();
    let hidden = |attributes: &str| in_html(&desk, &html, |_| format!("{before}<span {attributes}>14件</span>{rest}"));
    for attributes in [
        "style=\"font-size:0\"",
        "STYLE = 'color: #ffffff'",
        "style=\"display:none\"",
        "style=\"visibility:hidden\"",
        "style=\"opacity:0\"",
        "style=\"color:transparent\"",
        "style=\"position:absolute; left:-9999px\"",
        "\nhidden",
    ] {
        assert!(hidden(attributes).contains("14件"), "{attributes}");
    }
    for attributes in ["style=\"color:#b00020\"", "style=\"font-size:90%\"", "title=\"hidden\""] {
        assert_eq!(hidden(attributes), "", "{attributes}");
    }
}

#[test]
fn what_a_style_adds_or_hides_is_found() {
    let (desk, bytes) = paper("html");
    let html = String::from_utf8(bytes).unwrap();
    let with = |rule: &str| in_html(&desk, &html, |html| html.replacen("</style>", &format!("{rule}</style>"), 1));
    for rule in ["td::after{content:\"0\"}", "td:nth-child(3){font-size:0}", "td{color:#fff}", "@import url(a.css);"] {
        let found = with(rule);
        let start: String = rule.chars().take_while(|c| !matches!(c, '{' | ';')).collect();
        assert!(found.contains(&start), "{rule}: {found}");
    }
    assert_eq!(with("td{color:#333;padding:3px} h1{font-size:2rem}"), "");
    let script = in_html(&desk, &html, |html| html.replacen("</main>", "<script>x</script></main>", 1));
    assert_eq!(script, "<script>/-");
    let said = desk.run("verify b.html --plan example");
    assert!(said.code == 1 && said.out().contains("表示の指定"), "{said:?}");
}

#[test]
fn what_word_hides_is_gone() {
    let (desk, bytes) = paper("docx");
    let with = |properties: &str| {
        let edit = |xml: &str| {
            let (before, rest) = xml.split_once("14件").unwrap();
            let run = before.rfind("<w:r>").unwrap();
            let (before, run) = before.split_at(run);
            let run = match run.split_once("<w:rPr>") {
                Some((start, own)) => format!("{start}<w:rPr>{properties}{own}"),
                None => run.replacen("<w:r>", &format!("<w:r><w:rPr>{properties}</w:rPr>"), 1),
            };
            format!("{before}{run}14件{rest}")
        };
        std::fs::write(desk.path("b.docx"), repacked(&bytes, "word/document.xml", edit)).unwrap();
        listed(&found_in(&desk, "b.docx"))
    };
    for properties in
        ["<w:vanish/>", "<w:color w:val=\"FFFFFF\"/>", "<w:sz w:val=\"2\"/>", "<w:color w:val=\"FEFEFE\"/>"]
    {
        assert!(with(properties).contains("14件"), "{properties}");
    }
    for properties in ["<w:color w:val=\"B00020\"/>", "<w:b/>", "<w:color w:val=\"FFFFFF\"/><w:shd w:fill=\"1F4E79\"/>"]
    {
        assert_eq!(with(properties), "", "{properties}");
    }
}

#[test]
fn what_excel_hides_is_gone() {
    let (desk, bytes) = paper("xlsx");
    assert_eq!(listed(&found_in(&desk, "a.xlsx")), "");
    let found = |part: &str, edit: &dyn Fn(&str) -> String| {
        std::fs::write(desk.path("b.xlsx"), repacked(&bytes, part, edit)).unwrap();
        found_in(&desk, "b.xlsx").len()
    };
    let sheet = "xl/worksheets/sheet1.xml";
    assert!(found(sheet, &|xml| xml.replacen("<col ", "<col hidden=\"1\" ", 1)) > 0, "a hidden column");
    let rows = |xml: &str| xml.split("<row ").collect::<Vec<_>>().join("<row hidden=\"1\" ");
    assert!(found(sheet, &rows) > 10, "hidden rows");
    let white = |xml: &str| xml.replace("<color theme=\"1\"/>", "<color rgb=\"FFFFFFFF\"/>");
    assert!(found("xl/styles.xml", &white) > 10, "white letters");
}

#[test]
fn a_word_by_a_figure_is_another_statement() {
    let desk = Desk::copied();
    let paper = desk.run("report council --plan example --period R8Q2 --format md").done();
    let text = paper.out();
    for (old, new) in [
        ("計画どおり14件", "計画どおり約14件"),
        ("計画どおり14件", "計画どおりおよそ14件"),
        ("計画どおり14件", "計画どおりほぼ14件"),
        ("計画どおり14件", "計画どおり14件以上"),
        ("計画どおり14件", "計画どおり14件程度"),
        ("計画どおり14件", "ほぼ計画どおり14件"),
    ] {
        let edited = text.replacen(old, new, 1);
        assert_ne!(edited, text);
        desk.write("b.md", edited);
        let found = found_in(&desk, "b.md");
        assert_eq!(found.len(), 1, "{new}: {found:?}");
    }
    // Raw marks in Markdown hide as well.
    desk.write("b.md", text.replacen("14件", "<span style=\"display:none\">14件</span>", 1));
    assert!(listed(&found_in(&desk, "b.md")).contains("display:none"));
}
