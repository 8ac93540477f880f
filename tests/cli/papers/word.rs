//! What Word is strict about: it offers to repair a file where one of these does not hold.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document as Xml, Node};

use super::parts::{Parts, text, unpack};
use super::sample::{papers, sample};

fn named<'a, 'i>(xml: &'a Xml<'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    xml.descendants().filter(move |node| node.tag_name().name() == name)
}

fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The order in which the schema wants properties to stand.
const ORDERS: [(&str, &[&str]); 4] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "autoSpaceDE",
            "autoSpaceDN",
            "spacing",
            "ind",
            "jc",
            "outlineLvl",
            "sectPr",
        ],
    ),
    ("rPr", &["rStyle", "rFonts", "b", "bCs", "strike", "color", "sz", "szCs", "u", "vertAlign", "lang"]),
    ("tcPr", &["tcW", "gridSpan", "vMerge", "shd", "tcMar", "vAlign"]),
    ("sectPr", &["footerReference", "type", "pgSz", "pgMar", "docGrid"]),
];

fn in_order(xml: &Xml<'_>) {
    for (name, order) in ORDERS {
        for node in named(xml, name) {
            let places: Vec<usize> = node
                .children()
                .map(|child| {
                    order
                        .iter()
                        .position(|known| *known == child.tag_name().name())
                        .unwrap_or_else(|| panic!("{name}: {child:?}"))
                })
                .collect();
            assert!(places.is_sorted_by(|a, b| a < b), "{name}: {node:?}");
        }
    }
}

fn related(parts: &Parts) -> BTreeMap<String, String> {
    let xml = Xml::parse(text(parts, "word/_rels/document.xml.rels")).unwrap();
    named(&xml, "Relationship").map(|r| (value(r, "Id").unwrap().into(), value(r, "Target").unwrap().into())).collect()
}

#[test]
fn every_reference_leads_somewhere_and_every_id_stands_once() {
    for paper in papers() {
        let parts = unpack(&paper.docx());
        let document = Xml::parse(text(&parts, "word/document.xml")).unwrap();
        let styles = Xml::parse(text(&parts, "word/styles.xml")).unwrap();
        let known: BTreeSet<&str> = named(&styles, "style").filter_map(|style| value(style, "styleId")).collect();
        for node in document.descendants().filter(|n| matches!(n.tag_name().name(), "pStyle" | "rStyle" | "tblStyle")) {
            assert!(known.contains(value(node, "val").unwrap()), "{node:?}");
        }
        for style in named(&styles, "basedOn").chain(named(&styles, "next")) {
            assert!(known.contains(value(style, "val").unwrap()));
        }
        let related = related(&parts);
        for target in related.values() {
            assert!(parts.contains_key(&format!("word/{target}")), "{target}");
        }
        for node in document.descendants() {
            for id in ["embed", "id"].into_iter().filter_map(|name| node.attribute((R, name))) {
                assert!(related.contains_key(id), "{id}");
            }
        }
        let ids: Vec<&str> = named(&document, "docPr").filter_map(|picture| value(picture, "id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let types = text(&parts, "[Content_Types].xml");
        for name in parts.keys().filter(|name| name.ends_with(".xml") && *name != "[Content_Types].xml") {
            assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
        }
    }
}

const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[test]
fn properties_stand_in_the_order_of_the_schema() {
    for paper in papers() {
        let parts = unpack(&paper.docx());
        for name in ["word/document.xml", "word/styles.xml", "word/footnotes.xml"] {
            in_order(&Xml::parse(text(&parts, name)).unwrap());
        }
    }
}

#[test]
fn tables_are_whole() {
    for paper in papers() {
        let parts = unpack(&paper.docx());
        let document = Xml::parse(text(&parts, "word/document.xml")).unwrap();
        let children = |node: Node<'_, '_>, name: &str| node.children().filter(|n| n.tag_name().name() == name).count();
        for table in named(&document, "tbl") {
            let columns = table.descendants().filter(|n| n.tag_name().name() == "gridCol").count();
            for row in table.children().filter(|n| n.tag_name().name() == "tr") {
                let span = |cell: Node<'_, '_>| {
                    let span = cell.descendants().find(|n| n.tag_name().name() == "gridSpan");
                    span.and_then(|span| value(span, "val")).map_or(1, |n| n.parse::<usize>().unwrap())
                };
                let cells: Vec<_> = row.children().filter(|n| n.tag_name().name() == "tc").collect();
                assert_eq!(cells.iter().map(|cell| span(*cell)).sum::<usize>(), columns);
                for cell in cells {
                    assert!(children(cell, "p") > 0 && cell.last_element_child().unwrap().tag_name().name() == "p");
                }
            }
            // Two tables that touch would be one, and a body does not end with a table.
            assert_eq!(table.next_sibling_element().map(|next| next.tag_name().name()), Some("p"));
        }
    }
}

#[test]
fn the_sample_is_set_as_a_city_hall_wants_it() {
    let parts = unpack(&sample().docx());
    let document = text(&parts, "word/document.xml");
    let (styles, core) = (text(&parts, "word/styles.xml"), text(&parts, "docProps/core.xml"));
    assert!(document.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"), "A4 upright");
    assert!(document.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"), "and across");
    assert!(styles.contains("w:eastAsia=\"ＭＳ 明朝\"") && styles.contains("w:eastAsia=\"ＭＳ ゴシック\""));
    assert!(styles.contains("<w:lang w:val=\"en-US\" w:eastAsia=\"ja-JP\""));
    assert!(document.contains("<w:tblHeader/>") && document.contains("<w:vMerge w:val=\"restart\"/>"));
    assert!(document.contains("<w:gridSpan w:val=\"2\"/>"));
    let foot = text(&parts, "word/footer1.xml");
    assert!(foot.contains("w:instr=\"PAGE\"") && foot.contains("w:instr=\"NUMPAGES\"") && foot.contains("rev 1a2b3c4"));
    assert!(
        document.contains("descr=\"後退。基準値：48.9％（R3）、実績値：44.1％（R5）"),
        "what the picture shows, in words"
    );
    assert!(core.contains("2026-09-30T00:00:00Z") && core.contains("<dc:creator>架空市 行政経営課</dc:creator>"));
    assert_eq!(document.matches("<w:footnoteReference ").count(), 2, "each footnote once: a second mark is its number");
    let words: Vec<&str> = ["遅れ", "後退", "達成"].into_iter().filter(|word| document.contains(word)).collect();
    assert_eq!(words.len(), 3, "no tone without its word");
}
