//! Texts that mean harm are harmless in every format: no formula, no markup, nothing unseen, no file that will not open.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use kaikaku::document::*;
use kaikaku::lang::Lang;
use kaikaku::render::{docx, html, md, xlsx};
use proptest::prelude::*;
use roxmltree::{Document as Xml, ParsingOptions};
use rust_decimal::Decimal;

use super::parts::{text, unpack};

/// A document that says `words` wherever it can.
fn saying(words: &str) -> (Document, Table) {
    let line = || Line::toned(words, Tone::Warn).noted(words);
    let row = || Row::new(vec![Cell::text(words).noted(words), Cell::number(Decimal::from(-3), words)]);
    let table = Table {
        caption: Some(words.into()),
        columns: vec![Column::new("column", words, Type::Text), Column::new("column", words, Type::Decimal)],
        rows: vec![row(), Row::strong(vec![Cell::text(words).merged(1, 3), Cell::default()]), row()],
        notes: vec![words.into()],
        ..Table::default()
    };
    let mark = Mark {
        role: Role::Actual,
        label: words.into(),
        value: Some(Decimal::MIN),
        number: words.into(),
        text: words.into(),
        fact: None,
    };
    let point =
        Point { period: words.into(), value: Some(Decimal::MAX), text: words.into(), breaks: true, ..Point::default() };
    let bullet = Bullet { marks: vec![mark], verdict: words.into() };
    let chart = Chart { id: words.into(), name: words.into(), bullet, series: vec![point.clone(), point] };
    let blocks = vec![
        Block::Text(line()),
        Block::List(vec![line()]),
        Block::Fields(vec![(words.into(), line())]),
        Block::Table(table.clone()),
        Block::Tree(vec![Branch { depth: 0, line: line() }, Branch { depth: 2, line: line() }]),
        Block::Charts(vec![chart]),
    ];
    let meta = Meta {
        author: Some(words.into()),
        date: None,
        addressee: vec![words.into()],
        letterhead: vec![words.into()],
        provenance: Some(words.into()),
        ..Meta::default()
    };
    let sections = vec![
        Section { depth: 7, ..Section::new(words, blocks.clone()).starting(Start::Across) },
        Section::plain(blocks).starting(Start::Page),
    ];
    (Document { title: words.into(), lead: vec![words.into()], sections, meta, ..Document::default() }, table)
}

fn xml(text: &str) -> Xml<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Xml::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What no text may bring in, whatever the format.
fn unseen(text: &str) -> Option<char> {
    let unseen = |c: &char| {
        c.is_control() && !matches!(c, '\n' | '\r')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
    };
    text.chars().find(unseen)
}

/// Opens every format and looks for harm.
fn check(words: &str) {
    let (doc, data) = saying(words);
    for bytes in [docx::docx(&doc, Lang::Ja), xlsx::xlsx(&doc, &data, Lang::Ja).unwrap()] {
        let parts = unpack(&bytes);
        for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
            let part = std::str::from_utf8(bytes).unwrap();
            xml(part);
            assert_eq!(unseen(part), None, "{name}");
            assert!(!part.contains("<f>"), "{name} holds a formula");
        }
    }
    let page = html::html(&doc, Lang::Ja);
    let tree = xml(&page);
    let names: Vec<&str> = tree.descendants().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect();
    for foreign in ["script", "img", "iframe", "object", "form", "b"] {
        assert!(!names.contains(&foreign), "{foreign} in {page}");
    }
    let attributes = tree.descendants().flat_map(|node| node.attributes().collect::<Vec<_>>());
    for attribute in attributes {
        assert!(!attribute.name().starts_with("on") && !attribute.value().starts_with("javascript:"));
        assert!(attribute.name() != "href" || attribute.value().starts_with("#note-"), "{attribute:?}");
    }
    let text = md::md(&doc, Lang::Ja);
    assert_eq!((unseen(&page), unseen(&text)), (None, None));
    assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
    cells_are_texts(&doc, &data, words);
}

/// No cell of Excel is anything but a number or the words.
fn cells_are_texts(doc: &Document, data: &Table, words: &str) {
    let bytes = xlsx::xlsx(doc, data, Lang::Ja).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    for sheet in ["印刷用", "データ", "図の値"] {
        for (_, _, data) in book.worksheet_range(sheet).unwrap().cells() {
            assert!(
                matches!(data, Data::String(_) | Data::Float(_) | Data::Int(_) | Data::Empty),
                "{words:?}: {data:?}"
            );
        }
        assert!(book.worksheet_formula(sheet).is_ok_and(|formulas| formulas.is_empty()), "{words:?} in {sheet}");
    }
}

#[test]
fn harm_is_reported_and_not_done() {
    let long = "改".repeat(40_000);
    let latin = "x".repeat(2_000);
    for words in [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝HYPERLINK(\"http://evil.example\")",
        "\t=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "]]></w:t><b/>",
        "&amp;&#0;&lt;",
        "\u{0}\u{1}\u{8}\u{b}\u{1b}[31m\u{7f}\u{9b}\u{fffe}\u{ffff}",
        "\u{202e}逆\u{2066}\u{200b}\u{feff}",
        "_x0041_&P&82-1-1",
        "行\n二\r\n三\r四",
        "",
        " ",
        "葛\u{e0100}城 👨\u{200d}👩 𠮷",
        &long,
        &latin,
    ] {
        check(words);
    }
}

#[test]
fn what_looks_like_a_formula_stays_a_text_when_a_clerk_opens_the_cell() {
    let (doc, data) = saying("=1+1");
    let parts = unpack(&xlsx::xlsx(&doc, &data, Lang::Ja).unwrap());
    assert!(text(&parts, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn a_title_that_begins_with_a_number_does_not_set_the_size_of_the_page_head() {
    let (doc, data) = saying("2-1-1");
    let parts = unpack(&xlsx::xlsx(&doc, &data, Lang::Ja).unwrap());
    assert!(text(&parts, "xl/worksheets/sheet1.xml").contains("&amp;R&amp;8 2-1-1"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_harmless(words in "[a-z <>&\"'=+\\-@\\[\\]()|*_`#あ-ん一-十①▲\u{0}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}\u{fffe}\u{ffff}\u{10ffff}\n]{0,24}") {
        check(&words);
    }
}
