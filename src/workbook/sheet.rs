//! The cells of one sheet.

use quick_xml::events::{BytesStart, Event};

use super::conditions::Conditions;
use super::edges::Edges;
use super::number::exact;
use super::package::too_large;
use super::parts::{Runs, Words};
use super::styles::Style;
use super::width::Widths;
use super::xml::{Events, attribute, decoded, entity, local};
use super::{Area, Cell, Content, Format, Limits, Sheet, Struck, damaged, place};
use crate::failure::Failure;
use crate::say;

/// Excel's own last row and column, from 0.
const LAST: (u32, u32) = (1_048_575, 16_383);

/// A cell in the making.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    style: Style,
    value: Option<String>,
    formula: Option<String>,
    inline: Option<Words>,
}

/// Which text an event belongs to.
#[derive(PartialEq)]
enum Within {
    Nothing,
    Value,
    Formula,
    Inline,
}

/// Reads what is not empty; `room` is how much more there may be.
///
/// # Errors
/// When the sheet is damaged or holds too much.
pub fn read(
    text: &str,
    strings: &[Words],
    (styles, conditions): (&[Style], &[bool]),
    room: &mut Limits,
) -> Result<Sheet, Failure> {
    let mut events = Events::new(text, "worksheet");
    let mut sheet = Sheet::default();
    let mut shows_zeros = true;
    // Where the next cell stands that does not say it itself.
    let mut next = (0, 0);
    let mut open: Option<Open> = None;
    let mut within = Within::Nothing;
    let mut runs = Runs::default();
    let mut edges = Edges::default();
    let (mut widths, mut conditional) = (Widths::default(), Conditions::default());
    while let Some(event) = events.next()? {
        edges.take(&event);
        widths.take(&event);
        conditional.take(&event, conditions);
        if within == Within::Inline && runs.take(&event) {
            within = Within::Nothing;
            if let Some(cell) = &mut open {
                cell.inline = Some(runs.finish());
            }
            continue;
        }
        runs.check(room)?;
        match &event {
            Event::Start(element) => match (local(element), &mut open) {
                ("row", _) => {
                    next = row(element, next);
                    if is_unseen(element, "ht") {
                        sheet.hidden_rows.insert(next.0);
                    }
                    if is_grouped(element) {
                        sheet.grouped_rows.insert(next.0);
                    }
                }
                ("c", _) => open = Some(start(element, next, styles)),
                ("v", Some(cell)) => (within, cell.value) = (Within::Value, Some(String::new())),
                ("f", Some(cell)) => (within, cell.formula) = (Within::Formula, Some(String::new())),
                ("is", Some(_)) => within = Within::Inline,
                ("sheetView", _) => shows_zeros &= are_zeros_shown(element),
                _ => {}
            },
            Event::Empty(element) => match (local(element), &mut open) {
                ("row", _) => next = row(element, next),
                ("c", _) => next = right_of(start(element, next, styles).at),
                ("f", Some(cell)) => cell.formula = Some(String::new()),
                ("sheetView", _) => shows_zeros &= are_zeros_shown(element),
                // A sheet has no more columns, and each stands in one run.
                ("col", _) if sheet.hidden_columns.len() < COLUMNS => {
                    sheet.hidden_columns.extend(hidden_columns(element));
                    sheet.grouped_columns.extend(columns(element).filter(|_| is_grouped(element)));
                }
                ("mergeCell", _) => sheet.merged.extend(attribute(element, "ref").and_then(|area| Area::parse(&area))),
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
                        if let Some((at, cell, hidden)) = finish(cell, strings)? {
                            sheet.hidden_words.extend(hidden.map(|words| (at, words)));
                            room.cells = room.cells.checked_sub(1).ok_or_else(too_many)?;
                            let length = match &cell.value {
                                Some(Content::Text(text)) => text.len(),
                                _ => 0,
                            };
                            room.words = room.words.checked_sub(length).ok_or_else(too_long)?;
                            if sheet.cells.insert(at, cell).is_some() {
                                return Err(damaged("worksheet"));
                            }
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    sheet.edges = edges.finish();
    (sheet.widths, sheet.conditional) = (widths, conditional.finish());
    if sheet.merged.len() > room.merged {
        return Err(too_large(say!("結合したセルの数", "number of merged cells")));
    }
    if !shows_zeros {
        sheet.cells.values_mut().filter(|cell| is_zero(cell)).for_each(|cell| cell.format = Format::hidden());
    }
    Ok(sheet)
}

/// So many columns has a sheet.
pub const COLUMNS: usize = 16_384;

/// Whether nobody sees a row or column: it is hidden, or hardly wider than its line.
fn is_unseen(element: &BytesStart<'_>, size: &str) -> bool {
    const LINE: f64 = 0.5;
    attribute(element, "hidden").is_some_and(|hidden| hidden == "1" || hidden == "true")
        || attribute(element, size).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= LINE)
}

/// Whether a row or column is part of a group that can be folded away.
fn is_grouped(element: &BytesStart<'_>) -> bool {
    attribute(element, "outlineLevel").is_some_and(|level| level != "0")
}

/// The columns that an element is about, from 0.
pub fn columns(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    let number = |name| attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
    Some((number("min")?, number("max")?))
}

/// The columns that an element hides, from 0.
fn hidden_columns(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    columns(element).filter(|_| is_unseen(element, "width"))
}

/// Whether the sheet shows a zero; an option of Excel leaves its cells blank.
fn are_zeros_shown(element: &BytesStart<'_>) -> bool {
    attribute(element, "showZeros").is_none_or(|shown| shown != "0" && shown != "false")
}

fn is_zero(cell: &Cell) -> bool {
    matches!(&cell.value, Some(Content::Number(raw)) if exact(raw).is_some_and(|(number, _)| number.is_zero()))
}

fn too_many() -> Failure {
    too_large(say!("セルの数", "number of cells"))
}

fn too_long() -> Failure {
    too_large(say!("セルの文字の量", "amount of text in cells"))
}

fn right_of((row, column): (u32, u32)) -> (u32, u32) {
    (row, column.saturating_add(1))
}

fn row(element: &BytesStart<'_>, next: (u32, u32)) -> (u32, u32) {
    let number = attribute(element, "r").and_then(|r| r.parse::<u32>().ok()).and_then(|r| r.checked_sub(1));
    (number.unwrap_or(next.0), 0)
}

fn start(element: &BytesStart<'_>, next: (u32, u32), styles: &[Style]) -> Open {
    let style = attribute(element, "s").and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
    Open {
        at: attribute(element, "r").and_then(|r| place(&r)).unwrap_or(next),
        kind: attribute(element, "t").map(|t| t.into_owned()).unwrap_or_default(),
        style: styles.get(style).cloned().unwrap_or_default(),
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

/// A cell, where it stands, by row and column, and the words of it that nobody sees beside those that are seen.
type Placed = ((u32, u32), Cell, Option<String>);

/// Makes a cell of what was read of it; `None` where it is empty.
fn finish(open: Open, strings: &[Words]) -> Result<Option<Placed>, Failure> {
    if open.at.0 > LAST.0 || open.at.1 > LAST.1 {
        return Err(damaged("worksheet"));
    }
    let value = open.value.filter(|value| !value.is_empty() || open.kind == "str");
    let text = |words: Words| (Content::Text(words.text.clone()), words);
    let bare = |content: Content| (content, Words::default());
    let read = match (open.kind.as_str(), value) {
        ("inlineStr", _) => open.inline.map(text),
        (_, None) => None,
        ("s", Some(value)) => {
            let words = value.trim().parse::<usize>().ok().and_then(|at| strings.get(at));
            Some(text(words.ok_or_else(|| damaged("sharedStrings.xml"))?.clone()))
        }
        ("str", Some(value)) => Some(text(Words::plain(decoded(&value).into_owned()))),
        ("b", Some(value)) => Some(bare(Content::Bool(value.trim() == "1"))),
        ("e", Some(value)) => Some(bare(Content::Error(value))),
        ("d", Some(value)) => Some(text(Words::plain(value))),
        (_, Some(value)) => Some(bare(Content::Number(value.trim().to_owned()))),
    };
    let read = read.filter(|(content, _)| *content != Content::Text(String::new()) || open.formula.is_some());
    if read.is_none() && open.formula.is_none() {
        return Ok(None);
    }
    let Style { format, struck, look, paint, size } = open.style;
    let hidden = match &read {
        Some((Content::Text(_), words)) => words.hidden(&paint),
        _ => paint.hides(paint.letters).then_some((String::new(), true)),
    };
    // Letters of the colour of their ground show nothing, as a format does that has nothing in it.
    let (format, hidden) = match hidden {
        Some((_, true)) => (Format::hidden(), None),
        Some((words, false)) => (format, Some(words)),
        None => (format, None),
    };
    let struck = match &read {
        Some((Content::Text(_), words)) => words.struck(struck),
        _ if struck => Struck::Whole,
        _ => Struck::Nothing,
    };
    let value = read.map(|(content, _)| content);
    Ok(Some((open.at, Cell { value, formula: open.formula, format, struck, look, size }, hidden)))
}
