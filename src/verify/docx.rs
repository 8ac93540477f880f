//! Reads a paper in Word: paragraphs by their styles, tables cell by cell; what was deleted under revision is gone.

use super::{Piece, Sheet, description};
use crate::failure::Failure;
use crate::say;
use crate::workbook::xml::Element;
use crate::workbook::{Limits, Package};

/// Reads the paper.
///
/// # Errors
/// When the bytes are no Word document, or more than one can be.
pub fn read(bytes: &[u8]) -> Result<Sheet, Failure> {
    // What the package says of a file is said of workbooks.
    let no_document = |_| {
        Failure::plain(say!(
            "Word の文書（.docx）でないか、壊れているか、大きすぎます",
            "it is no Word document (.docx), is damaged, or is too large"
        ))
    };
    parts(bytes).map_err(no_document)
}

fn parts(bytes: &[u8]) -> Result<Sheet, Failure> {
    let mut package = Package::open(bytes, Limits::default())?;
    let about = description(&mut package)?;
    let body = Element::parse(&package.read("word/document.xml")?, "word/document.xml")?;
    let mut sheet = Sheet { about, ..Sheet::default() };
    walk(&body, &mut sheet);
    Ok(sheet)
}

fn walk(element: &Element, sheet: &mut Sheet) {
    for child in element.elements() {
        match &*child.name {
            "p" if is_heading(child) => sheet.begin(&text(child)),
            "p" => sheet.say(&text(child)),
            "tbl" => {
                let rows = child.elements().filter(|row| row.name == "tr").map(row).collect();
                sheet.last().pieces.push(Piece::Table(rows));
            }
            _ => walk(child, sheet),
        }
    }
}

fn is_heading(paragraph: &Element) -> bool {
    let style = paragraph.find("pStyle").and_then(|style| style.attribute("val"));
    style.is_some_and(|style| style.to_lowercase().starts_with("heading"))
}

/// The cells of a row; one that reaches over several columns has empty ones behind it.
fn row(row: &Element) -> Vec<String> {
    let cells = row.elements().filter(|cell| cell.name == "tc");
    let spread = cells.flat_map(|cell| {
        let paragraphs = cell.elements().filter(|element| element.name == "p").map(text);
        let words = paragraphs.collect::<Vec<_>>().join("\n").trim().to_owned();
        let span = cell.find("gridSpan").and_then(|span| span.attribute("val")?.parse::<usize>().ok()).unwrap_or(1);
        std::iter::once(words).chain(std::iter::repeat_n(String::new(), span.saturating_sub(1).min(100)))
    });
    spread.collect()
}

fn text(paragraph: &Element) -> String {
    let mut text = String::new();
    add_text(paragraph, &mut text);
    text
}

fn add_text(element: &Element, text: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "del" => {}
            "t" => text.push_str(&child.text()),
            "br" | "cr" => text.push('\n'),
            "tab" if element.name == "r" => text.push(' '),
            _ => add_text(child, text),
        }
    }
}
