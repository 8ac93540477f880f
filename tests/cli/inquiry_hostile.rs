//! Workbooks that are none, or that mean harm: a clear error, and nothing written.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::Desk;

/// A zip of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="回答" sheetId="1" r:id="r1"/></sheets></workbook>"#;

/// A workbook whose one sheet says this.
fn with_sheet(sheet: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

#[test]
fn what_is_no_form_is_refused_in_words() {
    let desk = Desk::copied();
    let files = desk.files();
    let bomb = with_sheet(&vec![b' '; 64 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    let deep = format!("<worksheet><sheetData>{}", "<a>".repeat(100_000));
    let sheets: String = (0..5000).map(|n| format!("<sheet name=\"s{n}\" sheetId=\"{n}\" r:id=\"r1\"/>")).collect();
    let cells: String = (1..=100_001).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
    let ole = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let whole = with_sheet(b"<worksheet><sheetData/></worksheet>");
    let many = package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{sheets}</sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
    ]);
    let lol =
        "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><worksheet><sheetData/></worksheet>";
    for (what, bytes, why) in [
        ("a bomb", bomb, "ブックが大きすぎます（展開した大きさ）"),
        ("deep XML", with_sheet(deep.as_bytes()), "ブックが大きすぎます（入れ子の深さ）"),
        ("entities", with_sheet(lol.as_bytes()), "ブックが壊れています"),
        ("thousands of sheets", many, "ブックが大きすぎます（シートの数）"),
        (
            "many cells",
            with_sheet(format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").as_bytes()),
            "ブックが大きすぎます（セルの数）",
        ),
        ("macros", package(&[("[Content_Types].xml", b""), ("xl/vbaProject.bin", b"x")]), "マクロのあるブックです"),
        ("an old .xls", ole.clone(), "古い形式（.xls）"),
        ("a password", [ole, locked].concat(), "パスワードで保護された"),
        ("half a file", whole[..whole.len() / 2].to_vec(), "途中で切れているか、壊れています"),
        ("nothing", Vec::new(), "途中で切れているか、壊れています"),
        ("a picture", b"\x89PNG\r\n\x1a\n0000".to_vec(), "Excel のブック（.xlsx）ではありません"),
        (
            "another zip",
            package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
            "Excel のブック（.xlsx）ではありません",
        ),
        ("someone's own workbook", whole, "照会の様式ではありません"),
    ] {
        desk.write("back.xlsx", bytes);
        let err = desk.run("inquiry collect back.xlsx --plan example --apply").failed();
        assert!(err.contains("back.xlsx：") && err.contains(why), "{what}: {err}");
    }
    std::fs::remove_file(desk.path("back.xlsx")).unwrap();
    assert_eq!(desk.files(), files);
}
