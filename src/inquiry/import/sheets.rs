//! The sheets of a list's workbook, as people call them: by the words on the tab, or by its place among the tabs.

use crate::failure::Failure;
use crate::inquiry::grid::is_same_in_cells;
use crate::say;
use crate::text::fold::fold;
use crate::text::safe::one_line;
use crate::workbook::{Book, Sheet};

/// The sheets that are seen, each with its place from 1.
pub fn sheets(book: &Book) -> impl Iterator<Item = (usize, &Sheet)> {
    (1..).zip(book.sheets.iter().filter(|sheet| !sheet.is_hidden))
}

/// The sheet that is called so.
///
/// # Errors
/// When the book has none.
pub fn sheet_called<'b>(book: &'b Book, text: &str) -> Result<&'b Sheet, Failure> {
    let place = fold(text).trim().parse::<usize>().ok();
    let alike = || book.sheets.iter().find(|sheet| is_same_in_cells(&sheet.name, text));
    let placed = || sheets(book).find(|(at, _)| Some(*at) == place).map(|(_, sheet)| sheet);
    if let Some(sheet) = book.sheet(text).or_else(alike).or_else(placed) {
        return Ok(sheet);
    }
    let all: Vec<String> = sheets(book).map(|(at, sheet)| format!("{at}「{}」", one_line(&sheet.name))).collect();
    let (text, all) = (one_line(text), all.join("、"));
    Err(Failure::new(
        say!("「{text}」というシートはありません", "there is no sheet `{text}`"),
        say!("シートの名前か番号を指定してください：{all}", "give the name or the number of a sheet: {all}"),
    ))
}
