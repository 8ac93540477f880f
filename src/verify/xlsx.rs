//! Reads a paper in Excel as it is shown: every sheet in order, rows with several cells as tables, others as prose, then the
//! boxes and charts, then heads and feet of pages. What is hidden or struck through is not read; comments are listed.

use std::collections::{BTreeMap, HashSet};

use super::tagged::{Group, attach};
use super::{Area, Part, Piece, RemarkKind, Sheet, Text, WIDEST, beyond, description};
use crate::failure::Failure;
use crate::say;
use crate::workbook::{self, Book, Cell, Limits, Package, Struck};

/// The hidden sheet that lists the facts.
const FACTS: &str = "kaikaku facts";
/// Reads the paper.
///
/// # Errors
/// When the bytes are no workbook, or more than one can be.
pub fn read(bytes: &[u8]) -> Result<Sheet, Failure> {
    let mut package = Package::open(bytes, limits())?;
    let about = description(&mut package)?;
    let book = Book::read(&mut package)?;
    let mut sheet = Sheet { about, ..Sheet::default() };
    for shown in shown_sheets(&book) {
        let pieces = pieces(rows(shown, &package.limits)?);
        sheet.parts.push(Part { heading: Text::from(&*shown.name), pieces, ..Part::default() });
        shown.comments.values().for_each(|words| sheet.remark(RemarkKind::Comment, words));
        for cell in shown.cells.values() {
            match &cell.struck {
                Struck::Nothing => {}
                Struck::Part { gone, .. } => sheet.remark(RemarkKind::Deleted, gone),
                Struck::Whole => sheet.remark(RemarkKind::Deleted, &cell.shown().unwrap_or_default()),
            }
        }
    }
    let around = [(Area::Body, boxes(&book)), (Area::Edges, edges(&book))];
    let around = around.into_iter().filter(|(_, pieces)| !pieces.is_empty());
    sheet.parts.extend(around.map(|(area, pieces)| Part { area, pieces, ..Part::default() }));
    let mut sheet = sheet.within(&package.limits)?;
    attach(&mut sheet, book.sheets.iter().filter(|sheet| sheet.name == FACTS).flat_map(groups).collect());
    Ok(sheet)
}

/// How much a paper may hold: that of a large plan has more than a reply of a department. Each figure of it is a row of the facts
/// too, most of its rows merge a cell, and each chart is a part of its own.
fn limits() -> Limits {
    let usual = Limits::default();
    Limits {
        file: usual.file * 4,
        unpacked: usual.unpacked * 4,
        parts: usual.parts * 4,
        cells: usual.cells * 10,
        merged: usual.cells,
        ..usual
    }
}

/// The sheets that a person sees; that of the facts is none, even where a program has lost that it is hidden.
fn shown_sheets(book: &Book) -> impl Iterator<Item = &workbook::Sheet> {
    book.sheets.iter().filter(|sheet| !sheet.is_hidden && sheet.name != FACTS)
}

/// The texts of boxes and charts that stand over the cells, one paragraph a piece. What a chart shows of cells stands in the
/// cells, but for what it has kept of cells that hold something else.
fn boxes(book: &Book) -> Vec<Piece> {
    let shapes = shown_sheets(book).flat_map(|sheet| &sheet.shapes).map(|(_, words)| words.clone());
    let charts = shown_sheets(book).flat_map(|sheet| &sheet.charts);
    let charts = charts.flat_map(|chart| chart.words.iter().cloned().chain(chart.stale(book)));
    let words: Vec<String> = shapes.chain(charts).collect();
    let lines = words.iter().flat_map(|words| words.lines()).filter(|line| !line.trim().is_empty());
    lines.map(|line| Piece::Prose(Text::from(line))).collect()
}

/// What stands at the head and foot of the printed pages, each text once.
fn edges(book: &Book) -> Vec<Piece> {
    let mut known = HashSet::new();
    let texts = shown_sheets(book).flat_map(|sheet| &sheet.edges).filter(|text| known.insert(text.as_str()));
    texts.map(|text| Piece::Prose(Text::from(&**text))).collect()
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
fn rows(sheet: &workbook::Sheet, limits: &Limits) -> Result<Vec<Vec<String>>, Failure> {
    const EMPTY: usize = 4;
    let (mut rows, mut next, mut room) = (Vec::new(), 0, limits.cells * EMPTY);
    for row in sheet.rows() {
        if row > next {
            rows.push(Vec::new());
        }
        next = row + 1;
        let mut cells: Vec<String> = Vec::new();
        for (column, cell) in sheet.row(row).take_while(|(column, _)| (*column as usize) < WIDEST) {
            let text = seen(sheet, (row, column), cell);
            if !text.is_empty() {
                cells.resize(column as usize, String::new());
                cells.push(text);
            }
        }
        room = room.checked_sub(cells.len()).ok_or_else(|| beyond(say!("セルの数", "number of cells")))?;
        rows.push(cells);
    }
    Ok(rows)
}

/// What a person sees of a cell where it stands.
fn seen(sheet: &workbook::Sheet, (row, column): (u32, u32), cell: &Cell) -> String {
    if is_hidden(sheet, (row, column)) || sheet.is_too_narrow((row, column)) || sheet.is_conditional((row, column)) {
        return String::new();
    }
    match sheet.half_seen.get(&(row, column)).filter(|seen| !seen.unseen.is_empty()) {
        Some(half) if cell.struck == Struck::Nothing => half.seen.clone(),
        _ => shown(cell),
    }
}

/// Whether nobody sees the place of a cell; one that was made of several is seen where any of them is.
fn is_hidden(sheet: &workbook::Sheet, (row, column): (u32, u32)) -> bool {
    if !sheet.hidden_rows.contains(&row) && !sheet.hides_column(column) {
        return false;
    }
    let place = (row, column);
    let (first, last) = sheet.area(row, column).map_or((place, place), |area| (area.first, area.last));
    (first.0..=last.0).all(|row| sheet.hidden_rows.contains(&row))
        || (first.1..=last.1).all(|column| sheet.hides_column(column))
}

/// What a person reads in a cell: nothing that is struck through.
fn shown(cell: &Cell) -> String {
    match &cell.struck {
        Struck::Nothing => cell.shown().unwrap_or_else(|| cell.named()),
        Struck::Part { left, .. } => left.clone(),
        Struck::Whole => String::new(),
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

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    #[test]
    fn a_paper_of_a_large_plan_is_read_whole() {
        // With 1,000 entries and 300 indicators, the paper of all of them had 100,618 cells and 18,179 merged ones.
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..3_000 {
            for column in 0..34 {
                sheet.write(row, column, 1).unwrap();
            }
        }
        let read = read(&book.save_to_buffer().unwrap()).unwrap();
        let Some(Piece::Table(table)) = read.parts[0].pieces.last() else { panic!("no table") };
        assert_eq!(table.len(), 3_000);
    }
}
