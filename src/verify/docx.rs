//! Reads a paper in Word: paragraphs by their styles, tables cell by cell; what was deleted under revision is gone.

use roxmltree::Node;

use super::package::{Local, Package, parse};
use super::{Piece, Sheet};

/// The paper.
///
/// # Errors
/// When the bytes are no Word file.
pub fn read(bytes: &[u8]) -> Result<Sheet, String> {
    let mut package = Package::open(bytes)?;
    let about = package.description()?;
    let body = package.part("word/document.xml")?.ok_or("word/document.xml")?;
    let body = parse(&body)?;
    let mut sheet = Sheet { about, ..Sheet::default() };
    walk(body.root(), &mut sheet);
    Ok(sheet)
}

fn walk(node: Node<'_, '_>, sheet: &mut Sheet) {
    for child in node.children().filter(Node::is_element) {
        match child.tag_name().name() {
            "p" if is_heading(child) => sheet.begin(&text(child)),
            "p" => sheet.say(&text(child)),
            "tbl" => {
                let rows = child.children().filter(|row| row.has_tag_name_local("tr")).map(row).collect();
                sheet.last().pieces.push(Piece::Table(rows));
            }
            _ => walk(child, sheet),
        }
    }
}

fn is_heading(paragraph: Node<'_, '_>) -> bool {
    let style = paragraph.descendants().find(|node| node.has_tag_name_local("pStyle"));
    style.is_some_and(|style| style.value("val").is_some_and(|style| style.to_lowercase().starts_with("heading")))
}

/// The cells of a row; one that reaches over several columns has empty ones behind it.
fn row(row: Node<'_, '_>) -> Vec<String> {
    let cells = row.children().filter(|cell| cell.has_tag_name_local("tc"));
    let spread = cells.flat_map(|cell| {
        let paragraphs = cell.children().filter(|node| node.has_tag_name_local("p")).map(text);
        let said = paragraphs.collect::<Vec<_>>().join("\n").trim().to_owned();
        let span = cell.descendants().find(|node| node.has_tag_name_local("gridSpan"));
        let span = span.and_then(|span| span.value("val").and_then(|span| span.parse::<usize>().ok())).unwrap_or(1);
        std::iter::once(said).chain(std::iter::repeat_n(String::new(), span.saturating_sub(1).min(100)))
    });
    spread.collect()
}

fn text(paragraph: Node<'_, '_>) -> String {
    let deleted = |node: Node<'_, '_>| node.ancestors().any(|above| above.has_tag_name_local("del"));
    let said = paragraph.descendants().filter(|node| !deleted(*node)).map(|node| match node.tag_name().name() {
        "t" => node.text().unwrap_or_default(),
        "br" | "cr" => "\n",
        "tab" if node.parent().is_some_and(|run| run.has_tag_name_local("r")) => " ",
        _ => "",
    });
    said.collect()
}
