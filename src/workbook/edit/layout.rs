//! Where the rows and cells stand in the text of a sheet.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use crate::failure::Failure;
use crate::workbook::xml::{Events, attribute, local};
use crate::workbook::{damaged, place};

/// A cell as it stands in the text of a sheet.
pub struct Found {
    /// Its whole element.
    pub span: Range<usize>,
    /// Its format, by number.
    pub style: Option<String>,
    /// Whether it holds a formula.
    pub formula: bool,
}

/// A row as it stands in the text of a sheet.
#[derive(Default)]
pub struct FoundRow {
    /// Where its cells begin; where `<row/>` is empty, the whole element.
    pub inside: Range<usize>,
    /// Whether the element is empty, and must be opened to take a cell.
    pub empty: bool,
    /// By column.
    pub cells: BTreeMap<u32, Found>,
}

/// What was found in a sheet.
#[derive(Default)]
pub struct Layout {
    /// By number, from 0.
    pub rows: BTreeMap<u32, FoundRow>,
    /// Where rows end.
    pub end: usize,
    /// `x:` where the sheet writes its elements with a prefix.
    pub prefix: String,
}

impl FoundRow {
    /// Where its start tag begins: the last `<` before its cells.
    pub fn start(&self, text: &str) -> usize {
        if self.empty { self.inside.start } else { text[..self.inside.start].rfind('<').unwrap_or(self.inside.start) }
    }
}

/// Finds the rows and cells in the text of a sheet.
///
/// # Errors
/// When it is damaged, or has no rows at all.
pub fn layout(text: &str) -> Result<Layout, Failure> {
    let mut events = Events::new(text, "worksheet");
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut layout = Layout::default();
    let mut next_row = 0;
    let mut open: Option<(u32, FoundRow)> = None;
    let mut in_cell: Option<(u32, Found)> = None;
    loop {
        let before = events.position() + bom;
        let Some(event) = events.next()? else { break };
        let after = events.position() + bom;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let empty = matches!(event, Event::Empty(_));
                match local(element) {
                    "sheetData" => {
                        layout.prefix = prefix(element);
                        if empty {
                            return Err(damaged("sheetData"));
                        }
                    }
                    "row" => {
                        let number =
                            attribute(element, "r").and_then(|r| r.parse::<u32>().ok()).and_then(|r| r.checked_sub(1));
                        let row = number.unwrap_or(next_row);
                        next_row = row + 1;
                        let found = FoundRow {
                            inside: if empty { before..after } else { after..after },
                            empty,
                            ..FoundRow::default()
                        };
                        if empty {
                            layout.rows.insert(row, found);
                        } else {
                            open = Some((row, found));
                        }
                    }
                    "c" => {
                        let Some((_, row)) = &mut open else { continue };
                        let last = row.cells.last_key_value().map_or(0, |(column, _)| column + 1);
                        let column = attribute(element, "r").and_then(|r| place(&r)).map_or(last, |(_, column)| column);
                        let style = attribute(element, "s").map(|s| s.into_owned());
                        let found = Found { span: before..after, style, formula: false };
                        if empty {
                            row.cells.insert(column, found);
                        } else {
                            in_cell = Some((column, found));
                        }
                    }
                    "f" => {
                        if let Some((_, cell)) = &mut in_cell {
                            cell.formula = true;
                        }
                    }
                    _ => {}
                }
            }
            Event::End(end) => match end.local_name().into_inner() {
                "c" => {
                    if let (Some((column, mut cell)), Some((_, row))) = (in_cell.take(), &mut open) {
                        cell.span.end = after;
                        row.cells.insert(column, cell);
                    }
                }
                "row" => {
                    if let Some((row, mut found)) = open.take() {
                        found.inside.end = before;
                        layout.rows.insert(row, found);
                    }
                }
                "sheetData" => layout.end = before,
                _ => {}
            },
            _ => {}
        }
    }
    Ok(layout)
}

fn prefix(element: &BytesStart<'_>) -> String {
    let name = element.name().into_inner();
    name.rsplit_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
}
