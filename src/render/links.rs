//! What every format makes of links and anchors.

use std::io::{Cursor, Read};

use kaikaku_document::{Block, Cell, Column, Document, Line, Link, Row, Section, Table, Type};
use kaikaku_text::lang::Lang;

use super::text::{TextStyle, text};
use super::{csv, docx, html, md, xlsx};

fn table() -> Table {
    let columns = vec![Column::new("name", "名称", Type::Text), Column::new("rate", "割合", Type::Percent)];
    let row = Row::new(vec![Cell::text("人材"), Cell::text("詳細").linked(Link::Address("1 & 2.html".into()))]);
    Table { columns, rows: vec![row.anchored("entry-1")], ..Table::default() }
}

/// A sentence that leads to a row and one that leads to a section, which come later; and a row that leads out.
fn document() -> Document {
    let to = |text: &str, anchor: &str| Line::from(text).linked(Link::Anchor(anchor.into()));
    let lead =
        Section::plain(vec![Block::Text(to("人材を見る", "entry-1")), Block::List(vec![to("注を見る", "notes")])]);
    let notes = Section::new("注", vec![Block::Text("注である。".into())]).anchored("notes");
    let sections = vec![lead, Section::new("項目", vec![Block::Table(table())]), notes];
    Document { title: "改革".into(), sections, ..Document::default() }
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn words_alone_are_read_where_nothing_can_be_followed() {
    let plain = text(&document(), &TextStyle::default());
    assert!(plain.contains("人材を見る") && plain.contains("詳細"), "{plain}");
    assert!(!plain.contains("entry-1") && !plain.contains("html"), "{plain}");
    let rows = csv::csv(&table(), csv::Encoding::Utf8).unwrap();
    assert_eq!(String::from_utf8(rows).unwrap(), "名称,割合\r\n人材,詳細\r\n");
}

#[test]
fn html_links_lead_to_ids() {
    let page = html::html(&document(), Lang::Ja);
    for expected in [
        "<a href=\"#entry-1\">人材を見る</a>",
        "<li><a href=\"#notes\">注を見る</a></li>",
        "<th scope=\"row\" class=\"short\" id=\"entry-1\">人材</th>",
        "<a href=\"1 &amp; 2.html\">詳細</a>",
        "<section class=\"\" id=\"notes\">",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}

#[test]
fn markdown_links_lead_to_anchors() {
    let page = md::md(&document(), Lang::Ja);
    for expected in [
        "[人材を見る](<#entry-1>)",
        "- [注を見る](<#notes>)",
        "| <a id=\"entry-1\"></a>人材 | [詳細](<1 & 2.html>) |",
        "<a id=\"notes\"></a>\n\n## 注",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}

#[test]
fn word_links_lead_to_bookmarks() {
    let file = docx::docx(&document(), Lang::Ja);
    let (text, relations) = (part(&file, "word/document.xml"), part(&file, "word/_rels/document.xml.rels"));
    let xml = roxmltree::Document::parse(&text).unwrap();
    let named = |name: &str| xml.descendants().filter(|node| node.tag_name().name() == name).collect::<Vec<_>>();
    let value = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value().to_owned())
    };
    let bookmarks: Vec<_> = named("bookmarkStart").iter().map(|node| value(node, "name").unwrap()).collect();
    assert_eq!(bookmarks, ["a_entry_1", "a_notes"]);
    let anchors: Vec<_> = named("hyperlink").iter().filter_map(|node| value(node, "anchor")).collect();
    assert_eq!(anchors, bookmarks);
    assert!(relations.contains("Id=\"address1\"") && relations.contains("Target=\"1 &amp; 2.html\""), "{relations}");
    assert!(text.contains("<w:hyperlink r:id=\"address1\">"), "{text}");
}

#[test]
fn excel_links_lead_to_cells() {
    let file = xlsx::xlsx(&document(), &table(), Lang::Ja).unwrap();
    let (sheet, relations) =
        (part(&file, "xl/worksheets/sheet1.xml"), part(&file, "xl/worksheets/_rels/sheet1.xml.rels"));
    let xml = roxmltree::Document::parse(&sheet).unwrap();
    let links = xml.descendants().filter(|node| node.tag_name().name() == "hyperlink");
    let places: Vec<_> = links.filter_map(|node| node.attribute("location")).collect();
    assert_eq!(places, ["'印刷用'!A8", "'印刷用'!A11"]);
    assert!(relations.contains("Target=\"1%20&amp;%202.html\""), "{relations}");
}
