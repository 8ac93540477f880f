//! The cells of one sheet.

use quick_xml::events::{BytesStart, Event};

use super::colour::{Paint, Sight};
use super::conditions::Conditions;
use super::edges::Edges;
use super::number::exact;
use super::package::too_large;
use super::parts::{Runs, Words};
use super::styles::{Style, Styles};
use super::xml::{Events, attribute, decoded, entity, local};
use super::{Area, Cell, Content, Format, Limits, Seen, Sheet, Struck, damaged, place};
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
pub fn read(text: &str, strings: &[Words], styles: &Styles, room: &mut Limits) -> Result<Sheet, Failure> {
    let mut events = Events::new(text, "worksheet");
    let mut reader = Reader {
        strings,
        styles,
        room,
        sheet: Sheet::default(),
        shows_zeros: true,
        next: (0, 0),
        open: None,
        within: Within::Nothing,
        runs: Runs::default(),
        edges: Edges::default(),
        conditional: Conditions::default(),
    };
    while let Some(event) = events.next()? {
        reader.take(&event)?;
    }
    reader.finish()
}

/// A sheet in the making.
struct Reader<'r> {
    strings: &'r [Words],
    styles: &'r Styles,
    room: &'r mut Limits,
    sheet: Sheet,
    shows_zeros: bool,
    /// Where the next cell stands that does not say it itself.
    next: (u32, u32),
    open: Option<Open>,
    within: Within,
    runs: Runs,
    edges: Edges,
    conditional: Conditions,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Failure> {
        self.edges.take(event);
        self.sheet.widths.take(event);
        self.conditional.take(event, self.styles);
        if self.within == Within::Inline && self.runs.take(event) {
            self.within = Within::Nothing;
            if let Some(cell) = &mut self.open {
                cell.inline = Some(self.runs.finish());
            }
            return Ok(());
        }
        self.runs.check(self.room)?;
        match event {
            Event::Start(element) => self.begin(element),
            Event::Empty(element) => self.note(element),
            Event::Text(words) => add(&mut self.open, &self.within, &words.xml10_content()),
            Event::CData(words) => add(&mut self.open, &self.within, &words.xml10_content()),
            Event::GeneralRef(reference) => {
                add(&mut self.open, &self.within, &entity(reference).unwrap_or_default());
            }
            Event::End(element) => match element.local_name().into_inner() {
                "v" | "f" => self.within = Within::Nothing,
                "row" => self.next = (self.next.0 + 1, 0),
                "c" => self.end_cell()?,
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// Takes the beginning of an element that has something in it.
    fn begin(&mut self, element: &BytesStart<'_>) {
        match (local(element), &mut self.open) {
            ("row", _) => {
                self.next = row(element, self.next);
                if is_unseen(element, "ht") {
                    self.sheet.hidden_rows.insert(self.next.0);
                }
                if is_grouped(element) {
                    self.sheet.grouped_rows.insert(self.next.0);
                }
            }
            ("c", _) => self.open = Some(start(element, self.next, &self.styles.of_cells)),
            ("v", Some(cell)) => (self.within, cell.value) = (Within::Value, Some(String::new())),
            ("f", Some(cell)) => (self.within, cell.formula) = (Within::Formula, Some(String::new())),
            ("is", Some(_)) => self.within = Within::Inline,
            ("sheetView", _) => self.shows_zeros &= are_zeros_shown(element),
            _ => {}
        }
    }

    /// Takes an element that has nothing in it.
    fn note(&mut self, element: &BytesStart<'_>) {
        let sheet = &mut self.sheet;
        match (local(element), &mut self.open) {
            ("row", _) => self.next = row(element, self.next),
            ("c", _) => self.next = right_of(start(element, self.next, &self.styles.of_cells).at),
            ("f", Some(cell)) => cell.formula = Some(String::new()),
            ("sheetView", _) => self.shows_zeros &= are_zeros_shown(element),
            // A sheet has no more columns, and each stands in one run.
            ("col", _) if sheet.hidden_columns.len() < COLUMNS => {
                sheet.hidden_columns.extend(hidden_columns(element));
                sheet.grouped_columns.extend(columns(element).filter(|_| is_grouped(element)));
            }
            ("mergeCell", _) => sheet.merged.extend(attribute(element, "ref").and_then(|area| Area::parse(&area))),
            _ => {}
        }
    }

    /// The cell that is open is complete.
    fn end_cell(&mut self) -> Result<(), Failure> {
        let Some(open) = self.open.take() else { return Ok(()) };
        self.next = right_of(open.at);
        let Some(Placed { at, cell, half_seen }) = finish(open, self.strings)? else { return Ok(()) };
        self.sheet.half_seen.extend(half_seen.map(|seen| (at, seen)));
        let length = match &cell.value {
            Some(Content::Text(text)) => text.len(),
            _ => 0,
        };
        self.room.cells = self.room.cells.checked_sub(1).ok_or_else(too_many)?;
        self.room.words = self.room.words.checked_sub(length).ok_or_else(too_long)?;
        match self.sheet.cells.insert(at, cell) {
            Some(_) => Err(damaged("worksheet")),
            None => Ok(()),
        }
    }

    fn finish(self) -> Result<Sheet, Failure> {
        let mut sheet = self.sheet;
        (sheet.edges, sheet.conditional) = (self.edges.finish(), self.conditional.finish());
        if sheet.merged.len() > self.room.merged {
            return Err(too_large(say!("結合したセルの数", "number of merged cells")));
        }
        if !self.shows_zeros {
            sheet.cells.values_mut().filter(|cell| is_zero(cell)).for_each(|cell| cell.format = Format::hidden());
        }
        Ok(sheet)
    }
}

/// So many columns has a sheet.
pub const COLUMNS: usize = 16_384;

/// Whether nobody sees a row or column: it is hidden, or hardly wider than its line.
fn is_unseen(element: &BytesStart<'_>, size: &str) -> bool {
    // A row is measured in points, a column in digits.
    let line = if size == "ht" { 3.0 } else { 0.5 };
    attribute(element, "hidden").is_some_and(|hidden| hidden == "1" || hidden == "true")
        || attribute(element, size).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= line)
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

/// A cell that is complete.
struct Placed {
    /// Where it stands, by row and column.
    at: (u32, u32),
    cell: Cell,
    /// How much of it is seen, where that is not all of it.
    half_seen: Option<Seen>,
}

/// Makes a cell of what was read of it; `None` where it is empty.
fn finish(open: Open, strings: &[Words]) -> Result<Option<Placed>, Failure> {
    if open.at.0 > LAST.0 || open.at.1 > LAST.1 {
        return Err(damaged("worksheet"));
    }
    let Open { at, kind, style, value, formula, inline } = open;
    let read = content(&kind, value, inline, strings)?;
    let read = read.filter(|(content, _)| *content != Content::Text(String::new()) || formula.is_some());
    if read.is_none() && formula.is_none() {
        return Ok(None);
    }
    let Style { format, struck, look, paint, size } = style;
    let letters = read.as_ref().and_then(|(content, _)| format.letters(content)).unwrap_or(paint.letters);
    let paint = Paint { letters, ..paint };
    let (sight, half_seen) = match &read {
        Some((Content::Text(_), words)) => sight_of_words(words.seen(&paint)),
        _ if paint.sight() == Sight::Partly => (Sight::Partly, Some(Seen { is_partly: true, ..Seen::default() })),
        _ => (paint.sight(), None),
    };
    // What nobody sees shows nothing, as a format does that has nothing in it.
    let format = if sight == Sight::Unseen { Format::hidden() } else { format };
    let struck = match &read {
        Some((Content::Text(_), words)) => words.struck(struck),
        _ if struck => Struck::Whole,
        _ => Struck::Nothing,
    };
    let value = read.map(|(content, _)| content);
    Ok(Some(Placed { at, cell: Cell { value, formula, format, struck, look, size, paint }, half_seen }))
}

/// What a cell holds, by the kind that it says it is of, and how its words look.
fn content(
    kind: &str,
    value: Option<String>,
    inline: Option<Words>,
    strings: &[Words],
) -> Result<Option<(Content, Words)>, Failure> {
    let value = value.filter(|value| !value.is_empty() || kind == "str");
    let text = |words: Words| (Content::Text(words.text.clone()), words);
    let bare = |content: Content| (content, Words::default());
    Ok(match (kind, value) {
        ("inlineStr", _) => inline.map(text),
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
    })
}

/// How much of some words is seen; the words, where that is a part of them.
fn sight_of_words(seen: Seen) -> (Sight, Option<Seen>) {
    match (seen.unseen.is_empty(), seen.seen.trim().is_empty()) {
        (true, _) if !seen.is_partly => (Sight::Seen, None),
        (false, true) => (Sight::Unseen, None),
        _ => (Sight::Partly, Some(seen)),
    }
}
