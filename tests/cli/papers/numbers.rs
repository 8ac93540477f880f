//! Every format tells the same numbers: they are read back and held against those of the document.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use kaikaku::document::{Block, Document, Line, Table};
use roxmltree::{Document as Xml, Node, ParsingOptions};
use rust_decimal::Decimal;

use super::parts::{text, unpack};
use super::sample::{Paper, papers, sample};

/// The numbers in a text, without thousands separators and needless zeros.
fn numbers(text: &str) -> BTreeSet<Decimal> {
    let mut found = BTreeSet::new();
    for piece in text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))) {
        // A full stop or a comma at the end belongs to the sentence; 8.9.30 is three numbers.
        let piece = piece.trim_matches(['.', ',']);
        match Decimal::from_str_exact(&piece.replace(',', "")) {
            Ok(number) => drop(found.insert(number.normalize())),
            Err(_) => found.extend(piece.split('.').filter_map(|part| part.parse::<Decimal>().ok())),
        }
    }
    found
}

/// Everything that a document says, in words.
fn shown(doc: &Document) -> Vec<String> {
    let mut all = vec![doc.title.clone()];
    all.extend(doc.lead.iter().map(|line| &line.text).chain(&doc.meta.addressee).chain(&doc.meta.letterhead).cloned());
    all.extend(doc.meta.provenance.clone());
    all.extend(doc.footnotes().into_iter().map(str::to_owned));
    for section in &doc.sections {
        all.extend(section.heading.clone());
        section.blocks.iter().for_each(|block| tell(block, &mut all));
    }
    all
}

fn tell(block: &Block, all: &mut Vec<String>) {
    let text = |line: &Line| line.text.clone();
    match block {
        Block::Text(line) => all.push(text(line)),
        Block::List(lines) => all.extend(lines.iter().map(text)),
        Block::Fields(fields) => all.extend(fields.iter().flat_map(|(name, line)| [name.clone(), text(line)])),
        Block::Tree(branches) => all.extend(branches.iter().map(|branch| text(&branch.line))),
        Block::Table(table) => tell_table(table, all),
        Block::Charts(charts) => {
            for chart in charts {
                all.extend([chart.name.clone(), chart.bullet.verdict.text.clone()]);
                all.extend(chart.bullet.marks.iter().map(|mark| format!("{} {}", mark.label, mark.text)));
                all.extend(chart.series.iter().map(|point| format!("{} {}", point.period, point.text)));
            }
        }
    }
}

fn tell_table(table: &Table, all: &mut Vec<String>) {
    all.extend(table.caption.iter().chain(&table.notes).map(|line| line.text.clone()));
    all.extend(table.columns.iter().map(|column| column.title.clone()));
    all.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.to_string()));
}

fn of_document(doc: &Document) -> BTreeSet<Decimal> {
    shown(doc).iter().flat_map(|text| numbers(text)).collect()
}

/// The words of the elements of these names: within one of them letters belong together.
fn words(xml: &str, names: &[&str]) -> Vec<String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let xml = Xml::parse_with_options(xml, options).unwrap();
    let is_one = |node: &Node<'_, '_>| names.contains(&node.tag_name().name());
    let inner = |node: Node<'_, '_>| -> String {
        let pieces = node.descendants().filter(|n| n.is_text() || matches!(n.tag_name().name(), "br" | "tab"));
        pieces.map(|piece| piece.text().unwrap_or("\n").to_owned()).collect()
    };
    xml.descendants().filter(is_one).map(inner).collect()
}

fn of_docx(paper: &Paper) -> BTreeSet<Decimal> {
    let parts = unpack(&paper.docx());
    let mut all = words(text(&parts, "word/document.xml"), &["p"]);
    all.extend(words(text(&parts, "word/footnotes.xml"), &["p"]));
    // The numbers of pages are no numbers of the document.
    all.extend(words(text(&parts, "word/footer1.xml"), &["p"]).into_iter().skip(1));
    all.iter().flat_map(|text| numbers(text)).collect()
}

fn of_sheet(paper: &Paper, sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(paper.xlsx())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let cell = |data: &Data| match data {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{other:?}"),
    };
    range.cells().map(|(_, _, data)| cell(data)).collect()
}

fn of_html(paper: &Paper) -> BTreeSet<Decimal> {
    let names = ["footer", "h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "caption", "text", "desc"];
    words(&paper.html(), &names).iter().flat_map(|text| numbers(text)).collect()
}

fn of_md(paper: &Paper) -> BTreeSet<Decimal> {
    numbers(&paper.md().replace('\\', "").replace("<br>", "\n"))
}

#[test]
fn numbers_are_found_in_words() {
    let found: Vec<String> = numbers("▲1,234.50億円（R8.9.30）、20件。").iter().map(ToString::to_string).collect();
    assert_eq!(found, ["8", "9", "20", "30", "1234.5"]);
}

#[test]
fn every_format_tells_the_numbers_of_the_document_and_no_others() {
    for paper in papers() {
        let plain = of_document(&paper.doc);
        assert!(plain.len() > 10, "{}", paper.name);
        assert_eq!(of_docx(paper), plain, "{} in Word", paper.name);
        // Where a format knows no footnotes, their marks are numbers as well.
        let marked: BTreeSet<Decimal> = plain.union(&of_document(&paper.doc.spelled_out())).copied().collect();
        let foot = paper.doc.meta.provenance.as_deref().map(numbers).unwrap_or_default();
        let page = of_sheet(paper, "印刷用").iter().flat_map(|text| numbers(text)).chain(foot).collect::<BTreeSet<_>>();
        assert_eq!(page, marked, "{} in Excel", paper.name);
        assert_eq!(of_html(paper), marked, "{} in HTML", paper.name);
        assert_eq!(of_md(paper), marked, "{} in Markdown", paper.name);
    }
}

#[test]
fn the_sheet_for_machines_holds_the_exact_numbers() {
    for paper in papers() {
        let cells = of_sheet(paper, "データ");
        for row in &paper.data.rows {
            for number in row.cells.iter().filter_map(|cell| cell.exact()) {
                let held = |cell: &String| cell.parse::<Decimal>().is_ok_and(|held| held == number);
                assert!(cells.iter().any(held), "{}: {number}", paper.name);
            }
        }
    }
    let cells = of_sheet(&sample(), "データ");
    assert!(cells.contains(&"12345678901234567.5".to_owned()), "more digits than Excel has stay whole: {cells:?}");
}

#[test]
fn western_years_stand_beside_japanese_ones() {
    let kpi = papers().last().unwrap();
    let titles: Vec<&str> = kpi.data.columns.iter().map(|column| &*column.title).collect();
    let at = titles.iter().position(|title| *title == "目標年度").unwrap();
    assert_eq!(titles[at + 1], "目標年度（西暦年度）");
    let row = &kpi.data.rows[0].cells;
    assert_eq!((&*row[at].text, &*row[at + 1].text), ("R9", "2027"));
    assert!(titles.contains(&"単位") && !titles.contains(&"ID（西暦年度）"));
}

#[test]
fn the_charts_of_excel_rest_on_the_numbers_of_the_document() {
    let cells = of_sheet(&sample(), "図の値");
    for number in ["48.9", "44.1", "65", "52"] {
        assert!(cells.contains(&number.to_owned()), "{number}: {cells:?}");
    }
    let parts = unpack(&sample().xlsx());
    let drawn: Vec<&str> = parts.keys().filter(|name| name.starts_with("xl/charts/chart")).map(|n| &**n).collect();
    assert_eq!(drawn.len(), 2, "a bullet and a line: {drawn:?}");
    let line = text(&parts, drawn[1]);
    assert!(line.contains("<c:lineChart>") && text(&parts, drawn[0]).contains("<c:barChart>"));
    assert!(line.contains("図の値'!$D$5:$D$8") || line.contains("図の値!$D$5:$D$8"), "{line}");
}
