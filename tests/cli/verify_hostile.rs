//! Papers that would stop a careless reader short: nested without end, listed without end, with tags without end. Each is
//! refused in words and at once.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use crate::support::Desk;

const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
    Target=\"worksheets/sheet1.xml\"/></Relationships>";

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn excel(sheets: &str, sheet: &str) -> Vec<u8> {
    let workbook = format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>");
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn listed(times: usize) -> String {
    (0..times).map(|n| format!("<sheet name=\"s{n}\" sheetId=\"{n}\" r:id=\"r1\"/>")).collect()
}

fn nested(open: &str, close: &str, words: &str) -> String {
    format!("{}{words}{}", open.repeat(100_000), close.repeat(100_000))
}

#[test]
fn what_is_beyond_measure_is_refused_at_once() {
    let desk = Desk::copied();
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=\"\"")).collect();
    let one = listed(1);
    let sheet = |inner: &str| format!("<worksheet><sheetData>{inner}</sheetData></worksheet>");
    let text = format!("<c t=\"inlineStr\"><is>{}</is></c>", "<r><t>1</t></r>".repeat(100_000));
    let wide: String = (1..=50_000)
        .map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c><c r=\"ALK{n}\"><v>1</v></c></row>"))
        .collect();
    let merged = format!("<mergeCells>{}</mergeCells>", "<mergeCell ref=\"A1:B2\"/>".repeat(200_000));
    for (name, what, bytes) in [
        ("p.docx", "nested elements", word(&nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", ""))),
        ("p.docx", "nested tables", word(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", ""))),
        ("p.docx", "many attributes", word(&format!("<w:p{attributes}/>"))),
        ("p.docx", "a huge attribute", word(&format!("<w:p a=\"{}\"/>", "x".repeat(8_000_000)))),
        ("p.docx", "many paragraphs", word(&"<w:p><w:r><w:t>1</w:t></w:r></w:p>".repeat(100_000))),
        ("p.docx", "a long paragraph", word(&format!("<w:p>{}</w:p>", "<w:r><w:t>12件</w:t></w:r>".repeat(100_000)))),
        ("p.xlsx", "nested elements", excel(&one, &sheet(&nested("<a>", "</a>", "")))),
        ("p.xlsx", "a part listed thousands of times", excel(&listed(5_000), &sheet(""))),
        ("p.xlsx", "many attributes", excel(&one, &sheet(&format!("<row{attributes}/>")))),
        ("p.xlsx", "many runs", excel(&one, &sheet(&format!("<row>{text}</row>")))),
        ("p.xlsx", "rows of empty cells", excel(&one, &sheet(&wide))),
        (
            "p.xlsx",
            "merged cells",
            excel(&one, &format!("{}{merged}</worksheet>", &sheet("").replace("</worksheet>", ""))),
        ),
        ("p.html", "nested elements", nested("<div>", "</div>", "1").into_bytes()),
        ("p.html", "nested tables", nested("<table><tr><td>", "</td></tr></table>", "1").into_bytes()),
        ("p.html", "nested lists", nested("<ul><li>", "</li></ul>", "1").into_bytes()),
        ("p.html", "many paragraphs", "<p>12件</p>".repeat(100_000).into_bytes()),
        ("p.md", "nested quotes", format!("{}1", "> ".repeat(100_000)).into_bytes()),
        ("p.md", "nested lists", format!("{}1", "- ".repeat(100_000)).into_bytes()),
        ("p.md", "a list set in without end", format!("{}- 1", " ".repeat(100_000)).into_bytes()),
        ("p.md", "many lines", "12件\n\n".repeat(100_000).into_bytes()),
        ("p.md", "a large file", vec![b'x'; 17 * 1024 * 1024]),
    ] {
        desk.write(name, bytes);
        for lang in ["ja", "en"] {
            let begun = Instant::now();
            let err = desk.run(&format!("verify {name} --lang {lang}")).failed();
            let words = lang_words(lang);
            assert!(err.contains(name) && words.iter().any(|word| err.contains(word)), "{name}, {what}: {err}");
            assert!(begun.elapsed() < Duration::from_secs(60), "{name}, {what}");
        }
    }
}

fn lang_words(lang: &str) -> [&'static str; 2] {
    if lang == "ja" { ["大きすぎ", "複雑すぎ"] } else { ["too large", "more complex"] }
}
