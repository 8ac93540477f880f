//! The tables of a Word file as sheets, and what else stands in it.

use crate::failure::Failure;
use crate::formats::DOCX;
use crate::inquiry::spot::{Class, Spot, Stray};
use crate::lang::Say;
use crate::say;
use crate::text::safe::{one_line, shortened};
use crate::verify::{Piece, Remark, RemarkKind, Sheet as Paper, Text};
use crate::workbook::{Area, Book, Cell, Sheet};

/// Reads a Word file: each of its tables is a sheet, and what is not in a table, or is noted beside the text, is left out.
///
/// # Errors
/// When it is none, or larger than a paper can be.
pub fn book(file: &str, bytes: &[u8]) -> Result<(Book, Vec<Stray>), Failure> {
    let paper = DOCX.read(bytes)?;
    let tables = paper.parts.iter().flat_map(|part| &part.pieces).filter_map(|piece| match piece {
        Piece::Table(rows) => Some(rows),
        Piece::Prose(_) => None,
    });
    let sheets = (1..).zip(tables).map(|(at, rows)| sheet(at, rows)).collect();
    let strays = outside(&paper).into_iter().chain(paper.remarks.iter().map(remark));
    let stray = |reason| Stray { spot: spot(file), class: Class::LeftOut, reason };
    Ok((Book { sheets, ..Book::default() }, strays.map(stray).collect()))
}

/// The text of the file; no cell has a name there.
fn spot(file: &str) -> Spot {
    Spot { file: file.to_owned(), sheet: None, cell: "本文".into() }
}

fn sheet(at: usize, rows: &[Vec<Text>]) -> Sheet {
    let mut sheet = Sheet { name: format!("表{at}"), ..Sheet::default() };
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u32..).zip(cells) {
            if !cell.words.trim().is_empty() {
                sheet.cells.insert((row, column), Cell::text(cell.words.as_str()));
            }
            if cell.goes_on && row > 0 {
                goes_on(&mut sheet, row, column);
            }
        }
    }
    sheet
}

/// Notes that a cell is one with that above it.
fn goes_on(sheet: &mut Sheet, row: u32, column: u32) {
    match sheet.merged.iter_mut().find(|area| area.last == (row - 1, column)) {
        Some(area) => area.last.0 = row,
        None => sheet.merged.push(Area { first: (row - 1, column), last: (row, column) }),
    }
}

/// What stands outside of tables.
fn outside(paper: &Paper) -> Option<Say> {
    const SHOWN: usize = 40;
    let headings = paper.parts.iter().map(|part| &part.heading);
    let prose = paper.parts.iter().flat_map(|part| &part.pieces).filter_map(|piece| match piece {
        Piece::Prose(text) => Some(text),
        Piece::Table(_) => None,
    });
    let texts: Vec<&Text> = headings.chain(prose).filter(|text| !text.words.trim().is_empty()).collect();
    let first = one_line(&texts.first()?.words);
    let (first, count) = (shortened(&first, SHOWN), texts.len());
    Some(say!(
        "表の外の文は読みません（{count} 段落。最初は「{first}」）",
        "what stands outside of tables is not read (paragraphs: {count}; the first is `{first}`)"
    ))
}

fn remark(Remark { kind, words }: &Remark) -> Say {
    let words = one_line(words);
    match kind {
        RemarkKind::Comment => say!("コメント「{words}」は読みません", "a comment is not read: `{words}`"),
        RemarkKind::Inserted => say!(
            "変更履歴で加えられた「{words}」は、あるものとして読みました",
            "`{words}` was inserted while changes were tracked, and is read as part of the text"
        ),
        RemarkKind::Deleted => say!(
            "取消線か変更履歴で消された「{words}」は読みません",
            "`{words}` is struck through or deleted, and is not read"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_are_one_with_those_above_stay_one() {
        let text = |words: &str| Text::from(words);
        let on = || Text { goes_on: true, ..Text::default() };
        let rows = [
            vec![text("委員"), text("意見")],
            vec![text("山田委員"), text("一")],
            vec![on(), text("二")],
            vec![on(), text("三")],
            vec![text("鈴木委員"), text("四")],
        ];
        let sheet = sheet(1, &rows);
        assert_eq!(sheet.merged, [Area { first: (1, 0), last: (3, 0) }]);
        assert_eq!(sheet.cells.len(), 8);
    }
}
