//! Reads a paper in Excel: every sheet in order, rows with several cells as tables, others as prose.

use std::collections::BTreeMap;

use super::tagged::{Group, attach};
use super::{Part, Piece, Sheet, Text, description};
use crate::failure::Failure;
use crate::workbook::{self, Book, Cell, Content, Limits, Package};

/// The hidden sheet that lists the facts.
const FACTS: &str = "kaikaku facts";
/// More columns than any paper has.
const WIDEST: u32 = 1_000;

/// Reads the paper.
///
/// # Errors
/// When the bytes are no workbook, or more than one can be.
pub fn read(bytes: &[u8]) -> Result<Sheet, Failure> {
    let mut package = Package::open(bytes, Limits::default())?;
    let about = description(&mut package)?;
    let book = Book::read(&mut package)?;
    let (facts, shown): (Vec<_>, Vec<_>) = book.sheets.iter().partition(|sheet| sheet.name == FACTS);
    let part =
        |sheet: &workbook::Sheet| Part { heading: sheet.name.clone(), pieces: pieces(rows(sheet)), ..Part::default() };
    let mut sheet = Sheet { about, parts: shown.into_iter().map(part).collect(), ..Sheet::default() };
    attach(&mut sheet, facts.into_iter().flat_map(groups).collect());
    Ok(sheet)
}

/// The facts that the hidden sheet lists: those of one paragraph or row are numbered alike.
fn groups(sheet: &workbook::Sheet) -> Vec<Group> {
    let mut groups: BTreeMap<String, (u32, Group)> = BTreeMap::new();
    for row in sheet.rows() {
        let text = |column| sheet.cell(row, column).map(shown).unwrap_or_default();
        groups.entry(text(0)).or_insert_with(|| (row, Group::new())).1.push((text(1), text(2)));
    }
    let mut groups: Vec<(u32, Group)> = groups.into_values().collect();
    groups.sort_by_key(|(row, _)| *row);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The rows of a sheet, each cell at its own column; rows that are left blank between others are one without cells.
fn rows(sheet: &workbook::Sheet) -> Vec<Vec<String>> {
    let (mut rows, mut next) = (Vec::new(), 0);
    for row in sheet.rows() {
        if row > next {
            rows.push(Vec::new());
        }
        next = row + 1;
        let mut cells: Vec<String> = Vec::new();
        for (column, cell) in sheet.row(row).take_while(|(column, _)| *column < WIDEST) {
            let text = shown(cell);
            if !text.is_empty() {
                cells.resize(column as usize, String::new());
                cells.push(text);
            }
        }
        rows.push(cells);
    }
    rows
}

/// The text of a cell.
fn shown(cell: &Cell) -> String {
    match &cell.value {
        // Excel writes 0.7 as 0.69999999999999996: the shortest number that is the same is the one that was meant.
        Some(Content::Number(raw)) => raw.parse::<f64>().map_or_else(|_| raw.clone(), |number| number.to_string()),
        Some(Content::Text(text) | Content::Error(text)) => text.clone(),
        Some(Content::Bool(is_true)) => u8::from(*is_true).to_string(),
        None => String::new(),
    }
}

/// Rows with several cells are a table until one has fewer; a text alone in its row is prose.
fn pieces(rows: Vec<Vec<String>>) -> Vec<Piece> {
    let (mut pieces, mut table) = (Vec::new(), Vec::new());
    for row in rows.into_iter().chain([Vec::new()]) {
        let filled: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        if filled.len() > 1 {
            table.push(row.iter().map(|cell| Text::from(&**cell)).collect());
            continue;
        }
        if !table.is_empty() {
            pieces.push(Piece::Table(std::mem::take(&mut table)));
        }
        pieces.extend(filled.first().map(|text| Piece::Prose(Text::from(&***text))));
    }
    pieces
}
