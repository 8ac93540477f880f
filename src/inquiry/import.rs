//! An existing list brought in: entries that the plan does not have yet, and what the list says of all of them as records.

mod columns;
mod definition;
mod found;
mod headings;
mod indicators;
mod marks;
mod numbering;
mod outline;
mod reader;
mod rows;
mod sheets;
mod ticks;
mod vocabulary;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use self::columns::Levelled;
pub use self::definition::{Definition, NewIndicator, NewOwner};
pub use self::found::{baselines_without_year, found};
pub use self::indicators::{Listed, label, way_name};
use self::reader::{Reader, worst};
use self::rows::{Listed as ListedRows, Row, State};
pub use self::sheets::{sheet_called, sheets};
use super::Field;
use super::answer::Trust;
use super::grid::is_same_in_cells;
use super::review::Record;
use super::spot::{Class, Spot, Stray};
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::ImportColumns;
use crate::plan::period::Period;
use crate::workbook::{Book, address};

/// A list, and where it has what.
#[derive(Debug, Clone, Copy)]
pub struct List<'l> {
    /// What its file is called.
    pub file: &'l str,
    /// Its cells.
    pub book: &'l Book,
    /// Its columns.
    pub columns: &'l ImportColumns,
    /// The period of rows that name none.
    pub period: Option<Period>,
    /// What is taken where a cell shows something else than it holds.
    pub trust: Trust,
    /// The day that is today.
    pub today: NaiveDate,
    /// Why what is unlikely in it is right.
    pub confirmed: Option<&'l str>,
}

/// An entry that the plan does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its number.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its owners, as the list writes them.
    pub owners: Vec<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// What is noted of it.
    pub notes: Vec<String>,
}

/// What a list adds to the definition of a plan.
#[derive(Debug, Clone, Default)]
pub struct Brought<'l> {
    /// Entries that the plan does not have.
    pub entries: Vec<NewEntry>,
    /// Indicators that the plan does not have.
    pub indicators: Vec<NewIndicator>,
    /// Owners that the plan does not have, where the list has levels.
    pub owners: Vec<NewOwner>,
    /// Where a list with levels has what, and what its rows are about.
    pub levelled: Option<(Levelled<'l>, Definition)>,
}

impl Brought<'_> {
    /// Whether the list defines nothing that the plan does not have.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.indicators.is_empty() && self.owners.is_empty()
    }
}

/// One cell of the list, judged.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands.
    pub spot: Spot,
    /// The entry or indicator, as the list writes it.
    pub id: String,
    /// What of it; `None` for the row as a whole, and for what defines the plan.
    pub field: Option<Field>,
    /// What of it in the words of people.
    pub label: Option<Say>,
    /// What is recorded already.
    pub recorded: Option<String>,
    /// What the list says.
    pub listed: Option<String>,
    /// The class.
    pub class: Class,
    /// Why, and every liberty taken in reading it.
    pub notes: Vec<Say>,
}

/// What a list says, row by row.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Its cells, judged.
    pub lines: Vec<Line>,
    /// The records that it makes.
    pub records: Vec<Record>,
    /// What of the list is not read, and why.
    pub left_out: Vec<Stray>,
    /// The one class of each row under the headings that holds anything, by number from 0.
    pub rows: BTreeMap<u32, Class>,
}

impl History {
    /// How many rows are in a class.
    pub fn count(&self, class: Class) -> usize {
        self.rows.values().filter(|of_row| **of_row == class).count()
    }
}

/// What the list has and the plan does not; only what is certain.
///
/// # Errors
/// When the list lacks a mapped column, or has one twice.
pub fn brought<'l>(plan: &Plan, list: List<'l>) -> Result<Brought<'l>, Failure> {
    let columns = match list.columns {
        ImportColumns::Numbered(columns) => {
            return Ok(Brought { entries: new_entries(plan, &ListedRows::read(list, columns)?), ..Brought::default() });
        }
        ImportColumns::Levelled(columns) => columns,
    };
    let found = Levelled::find(plan, list.book, columns)?;
    let mut definition = definition::definition(plan, list, &found);
    let (entries, owners) = (std::mem::take(&mut definition.entries), std::mem::take(&mut definition.owners));
    let indicators = std::mem::take(&mut definition.indicators);
    Ok(Brought { entries, indicators, owners, levelled: Some((found, definition)) })
}

/// The entries of a list with numbers that the plan does not have.
fn new_entries(plan: &Plan, listed: &ListedRows<'_>) -> Vec<NewEntry> {
    let mut found: Vec<NewEntry> = Vec::new();
    for (_, state) in &listed.rows {
        let State::Entry(Row { id, name: Some(name), owner, .. }) = state else { continue };
        let Ok(id) = Id::parse(&id.text) else { continue };
        let known = plan.index.contains_key(&id) || found.iter().any(|entry| entry.id == id);
        // A number that the plan does not have, with a name that it has: last year's numbering.
        if !known && !plan.entries.iter().any(|entry| is_named(&name.text, &entry.name, &entry.aliases)) {
            let owners = owner.iter().map(|owner| owner.text.clone()).collect();
            found.push(NewEntry { id, name: name.text.clone(), owners, summary: None, notes: Vec::new() });
        }
    }
    found
}

/// What the list says of the plan's entries and indicators, cell by cell, and the records that it makes; `brought` is
/// what the plan has from this list.
///
/// # Errors
/// When the list lacks a mapped column, or has one twice.
pub fn history(plan: &Plan, list: List<'_>, brought: &Brought<'_>) -> Result<History, Failure> {
    let listed = match (list.columns, &brought.levelled) {
        (ImportColumns::Numbered(columns), _) => ListedRows::read(list, columns)?,
        (ImportColumns::Levelled(columns), None) => return Err(rows::lacks(columns.sheet.as_deref().unwrap_or("1"))),
        (_, Some((found, definition))) => ListedRows::levelled(plan, list, found, definition),
    };
    let new = &brought.entries;
    let defined = brought.levelled.iter().flat_map(|(_, definition)| &definition.lines);
    let mut of_rows: BTreeMap<u32, Vec<Line>> = BTreeMap::new();
    defined.for_each(|(row, line)| of_rows.entry(*row).or_default().push(line.clone()));
    let mut reader = Reader::new(plan, list, &listed, new);
    let mut history = History::default();
    for (row, state) in &listed.rows {
        let from = history.lines.len();
        let class = match state {
            State::LeftOut(column, reason) => {
                history.lines.push(listed.line(*row, *column, Class::LeftOut, reason.clone()));
                Class::LeftOut
            }
            State::Invalid(column, reason) => {
                history.lines.push(listed.line(*row, *column, Class::Invalid, reason.clone()));
                Class::Invalid
            }
            State::Elsewhere => Class::LeftOut,
            State::Entry(entry) => reader.entry(*row, entry, &mut history),
        };
        let defined = of_rows.remove(row).unwrap_or_default();
        let class = match defined.is_empty() {
            true => class,
            false => worst(defined.iter().map(|line| line.class).chain([class]), false),
        };
        history.lines.splice(from..from, defined);
        history.rows.insert(*row, class);
        listed.add_comments(*row, &mut history.lines[from..]);
    }
    let spots: Vec<String> = history.lines.iter().map(|line| line.spot.cell.clone()).collect();
    let is_listed = |row: u32, column: u32| spots.contains(&address(row, column));
    let (rest, columns) = (&listed.rest, listed.columns.all());
    let hidden = rest.hidden_columns(listed.columns.about());
    let strays = [rest.cells(&columns), hidden, rest.notes(is_listed), rest.regions(&columns, &[])];
    history.left_out = strays.into_iter().flatten().collect();
    Ok(history)
}

/// Whether a name is that of an entry: spaces, widths and line breaks apart.
fn is_named(name: &str, entry: &str, aliases: &[Box<str>]) -> bool {
    let same = |known: &str| is_same_in_cells(known, name);
    same(entry) || aliases.iter().any(|alias| same(alias))
}
