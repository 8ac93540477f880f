//! The cells of one sheet.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::package::too_large;
use super::parts::Runs;
use super::xml::{Events, attribute, decoded, entity, local};
use super::{Cell, Content, Format, place};
use crate::failure::Failure;
use crate::say;

/// Excel's own last row and column, from 0.
const LAST: (u32, u32) = (1_048_575, 16_383);

/// A cell in the making.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    format: Format,
    value: Option<String>,
    formula: Option<String>,
    inline: Option<String>,
}

/// Which text an event belongs to.
#[derive(PartialEq)]
enum Within {
    Nothing,
    Value,
    Formula,
    Inline,
}

/// Reads what is not empty; `room` is how many cells more there may be.
///
/// # Errors
/// When the sheet is damaged or holds too much.
pub fn cells(
    text: &str,
    strings: &[String],
    styles: &[Format],
    room: &mut usize,
) -> Result<BTreeMap<(u32, u32), Cell>, Failure> {
    let mut events = Events::new(text, "worksheet");
    let mut cells = BTreeMap::new();
    // Where the next cell stands that does not say it itself.
    let mut next = (0, 0);
    let mut open: Option<Open> = None;
    let mut within = Within::Nothing;
    let mut runs = Runs::default();
    while let Some(event) = events.next()? {
        if within == Within::Inline && runs.take(&event) {
            within = Within::Nothing;
            if let Some(cell) = &mut open {
                cell.inline = Some(runs.finish());
            }
            continue;
        }
        match &event {
            Event::Start(element) => match (local(element), &mut open) {
                ("row", _) => next = row(element, next),
                ("c", _) => open = Some(start(element, next, styles)),
                ("v", Some(cell)) => (within, cell.value) = (Within::Value, Some(String::new())),
                ("f", Some(cell)) => (within, cell.formula) = (Within::Formula, Some(String::new())),
                ("is", Some(_)) => within = Within::Inline,
                _ => {}
            },
            Event::Empty(element) => match (local(element), &mut open) {
                ("row", _) => next = row(element, next),
                ("c", _) => next = right_of(start(element, next, styles).at),
                ("f", Some(cell)) => cell.formula = Some(String::new()),
                _ => {}
            },
            Event::Text(words) => add(&mut open, &within, &words.xml10_content()),
            Event::CData(words) => add(&mut open, &within, &words.xml10_content()),
            Event::GeneralRef(reference) => add(&mut open, &within, &entity(reference).unwrap_or_default()),
            Event::End(element) => match element.local_name().into_inner() {
                "v" | "f" => within = Within::Nothing,
                "row" => next = (next.0 + 1, 0),
                "c" => {
                    if let Some(cell) = open.take() {
                        next = right_of(cell.at);
                        if let Some((at, cell)) = finish(cell, strings) {
                            *room = room.checked_sub(1).ok_or_else(too_many)?;
                            cells.insert(at, cell);
                        }
                    }
                }
                "sheetData" => break,
                _ => {}
            },
            _ => {}
        }
    }
    Ok(cells)
}

fn too_many() -> Failure {
    too_large(say!("セルの数", "number of cells"))
}

fn right_of((row, column): (u32, u32)) -> (u32, u32) {
    (row, column.saturating_add(1))
}

fn row(element: &BytesStart<'_>, next: (u32, u32)) -> (u32, u32) {
    let said = attribute(element, "r").and_then(|r| r.parse::<u32>().ok()).and_then(|r| r.checked_sub(1));
    (said.unwrap_or(next.0), 0)
}

fn start(element: &BytesStart<'_>, next: (u32, u32), styles: &[Format]) -> Open {
    let style = attribute(element, "s").and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
    Open {
        at: attribute(element, "r").and_then(|r| place(&r)).unwrap_or(next),
        kind: attribute(element, "t").map(|t| t.into_owned()).unwrap_or_default(),
        format: styles.get(style).copied().unwrap_or_default(),
        ..Open::default()
    }
}

fn add(open: &mut Option<Open>, within: &Within, text: &str) {
    let Some(cell) = open else { return };
    let into = match within {
        Within::Value => &mut cell.value,
        Within::Formula => &mut cell.formula,
        Within::Nothing | Within::Inline => return,
    };
    into.get_or_insert_default().push_str(text);
}

fn finish(open: Open, strings: &[String]) -> Option<((u32, u32), Cell)> {
    if open.at.0 > LAST.0 || open.at.1 > LAST.1 {
        return None;
    }
    let value = open.value.filter(|value| !value.is_empty() || open.kind == "str");
    let content = match (open.kind.as_str(), value) {
        ("inlineStr", _) => open.inline.map(Content::Text),
        (_, None) => None,
        ("s", Some(value)) => {
            value.trim().parse::<usize>().ok().and_then(|at| strings.get(at)).cloned().map(Content::Text)
        }
        ("str", Some(value)) => Some(Content::Text(decoded(&value).into_owned())),
        ("b", Some(value)) => Some(Content::Bool(value.trim() == "1")),
        ("e", Some(value)) => Some(Content::Error(value)),
        ("d", Some(value)) => Some(Content::Text(value)),
        (_, Some(value)) => Some(Content::Number(value.trim().to_owned())),
    };
    let content = content.filter(|content| *content != Content::Text(String::new()) || open.formula.is_some());
    if content.is_none() && open.formula.is_none() {
        return None;
    }
    Some((open.at, Cell { value: content, formula: open.formula, format: open.format }))
}
