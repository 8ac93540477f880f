//! Reads a paper in Excel: every sheet in order, rows with several cells as tables, others as prose.

use std::collections::HashMap;

use roxmltree::Node;

use super::package::{Local, Package, parse};
use super::{Part, Piece, Sheet};

/// More columns than any paper has.
const WIDEST: usize = 1_000;

/// The paper.
///
/// # Errors
/// When the bytes are no Excel file.
pub fn read(bytes: &[u8]) -> Result<Sheet, String> {
    let mut package = Package::open(bytes)?;
    let about = package.description()?;
    let shared = strings(&mut package)?;
    let mut sheet = Sheet { about, ..Sheet::default() };
    for (name, path) in sheets(&mut package)? {
        let Some(text) = package.part(&path)? else { continue };
        let page = parse(&text)?;
        let rows = page.descendants().filter(|node| node.has_tag_name_local("row"));
        let rows: Vec<Vec<String>> = rows.map(|row| cells(row, &shared)).collect();
        sheet.parts.push(Part { heading: name, pieces: pieces(rows) });
    }
    Ok(sheet)
}

/// The texts that cells refer to, without the readings that Japanese Excel adds.
fn strings(package: &mut Package<'_>) -> Result<Vec<String>, String> {
    let Some(text) = package.part("xl/sharedStrings.xml")? else { return Ok(Vec::new()) };
    let all = parse(&text)?;
    let items = all.descendants().filter(|node| node.has_tag_name_local("si"));
    Ok(items.map(words).collect())
}

fn words(node: Node<'_, '_>) -> String {
    let is_reading = |node: Node<'_, '_>| node.ancestors().any(|above| above.has_tag_name_local("rPh"));
    let texts = node.descendants().filter(|node| node.has_tag_name_local("t") && !is_reading(*node));
    texts.filter_map(|node| node.text()).collect()
}

/// The sheets in order: name and path.
fn sheets(package: &mut Package<'_>) -> Result<Vec<(String, String)>, String> {
    let book = package.part("xl/workbook.xml")?.ok_or("xl/workbook.xml")?;
    let links = package.part("xl/_rels/workbook.xml.rels")?.unwrap_or_else(|| "<none/>".to_owned());
    let (book, links) = (parse(&book)?, parse(&links)?);
    let targets: HashMap<&str, &str> =
        links.descendants().filter_map(|link| Some((link.attribute("Id")?, link.attribute("Target")?))).collect();
    let named = book.descendants().filter(|node| node.has_tag_name_local("sheet"));
    let found = named.filter_map(|sheet| {
        let target = targets.get(sheet.value("id")?)?.trim_start_matches("/xl/");
        Some((sheet.attribute("name").unwrap_or_default().to_owned(), format!("xl/{target}")))
    });
    Ok(found.collect())
}

/// The cells of a row, each at its own column.
fn cells(row: Node<'_, '_>, shared: &[String]) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for cell in row.children().filter(|node| node.has_tag_name_local("c")) {
        let at = cell.attribute("r").and_then(column).unwrap_or(cells.len());
        let said = value(cell, shared);
        if at < WIDEST && !said.is_empty() {
            cells.resize(at.max(cells.len()), String::new());
            cells.truncate(at);
            cells.push(said);
        }
    }
    cells
}

/// The column of a place such as `AB12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_uppercase);
    letters
        .map(|letter| usize::from(letter - b'A') + 1)
        .try_fold(0_usize, |at, n| at.checked_mul(26)?.checked_add(n))?
        .checked_sub(1)
}

fn value(cell: Node<'_, '_>, shared: &[String]) -> String {
    let raw =
        cell.children().find(|node| node.has_tag_name_local("v")).and_then(|node| node.text()).unwrap_or_default();
    match cell.attribute("t") {
        Some("s") => raw.parse::<usize>().ok().and_then(|at| shared.get(at)).cloned().unwrap_or_default(),
        Some("inlineStr") => words(cell),
        Some("str" | "b" | "e") => raw.to_owned(),
        // Excel writes 0.7 as 0.69999999999999996: the shortest number that is the same is the one that was meant.
        _ => raw.parse::<f64>().map_or_else(|_| raw.to_owned(), |number| number.to_string()),
    }
}

/// Rows with several cells are a table until one has fewer; a text alone in its row is prose.
fn pieces(rows: Vec<Vec<String>>) -> Vec<Piece> {
    let (mut pieces, mut table) = (Vec::new(), Vec::new());
    for row in rows.into_iter().chain([Vec::new()]) {
        let said: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        if said.len() > 1 {
            table.push(row);
            continue;
        }
        if !table.is_empty() {
            pieces.push(Piece::Table(std::mem::take(&mut table)));
        }
        pieces.extend(said.first().map(|text| Piece::Prose((*text).clone())));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_excel_names_them() {
        assert_eq!(["A1", "Z9", "AA10", "12"].map(column), [Some(0), Some(25), Some(26), None]);
    }
}
