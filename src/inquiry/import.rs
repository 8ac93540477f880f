//! An existing list brought in: entries that the plan does not have yet, and what the list says of all of them as records.

mod columns;
mod definition;
mod found;
mod headings;
mod indicators;
mod marks;
mod outline;
mod rows;
mod vocabulary;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use self::columns::Levelled;
pub use self::definition::{Definition, NewIndicator, NewOwner};
pub use self::found::{baselines_without_year, found};
pub use self::indicators::{Listed, label, way_name};
use self::rows::{Listed as ListedRows, Row, State};
use super::answer::{self, Reading, Trust};
use super::form::item;
use super::grid::{area_over_rows, hidden_row, holds_anything, is_same_in_cells, merged_over, not_asked, unseen};
use super::review::{Record, Verdict, doubts};
use super::spot::{Class, Spot, Stray};
use super::{Answer, Field, Item, Key};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::id::Id;
use crate::plan::inquiry::{Aspect, ImportColumns};
use crate::plan::owner::owners_called;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::say;
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
        (_, Some((found, definition))) => ListedRows::levelled(list, found, definition),
    };
    let new = &brought.entries;
    let defined = brought.levelled.iter().flat_map(|(_, definition)| &definition.lines);
    let mut of_rows: BTreeMap<u32, Vec<Line>> = BTreeMap::new();
    defined.for_each(|(row, line)| of_rows.entry(*row).or_default().push(line.clone()));
    let mut reader = Reader { plan, list, listed: &listed, new, seen: BTreeMap::new(), begun: Vec::new() };
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
    let strays = [rest.cells(&columns), rest.notes(is_listed), rest.regions(&columns, &[])];
    history.left_out = strays.into_iter().flatten().collect();
    Ok(history)
}

/// Whether a name is that of an entry: spaces, widths and line breaks apart.
fn is_named(name: &str, entry: &str, aliases: &[Box<str>]) -> bool {
    let same = |known: &str| is_same_in_cells(known, name);
    same(entry) || aliases.iter().any(|alias| same(alias))
}

/// Judges the rows of entries, in order.
struct Reader<'l> {
    plan: &'l Plan,
    list: List<'l>,
    listed: &'l ListedRows<'l>,
    new: &'l [NewEntry],
    /// What earlier rows of the list say, by key.
    seen: BTreeMap<String, Answer>,
    /// The new entries that a row was counted for.
    begun: Vec<&'l Id>,
}

impl Reader<'_> {
    /// Judges a row: its lines and its record are added; the one class that it is counted in.
    fn entry(&mut self, row: u32, entry: &Row, history: &mut History) -> Class {
        let id = entry.id.text.clone();
        match self.judge(row, entry, history) {
            Ok(class) => class,
            Err((column, class, reason)) => {
                history.lines.push(Line { id, ..self.listed.line(row, column, class, reason) });
                class
            }
        }
    }

    /// Judges a row; an error is the cell, the class and the reason for which none of it is taken.
    fn judge(&mut self, row: u32, entry: &Row, history: &mut History) -> Result<Class, (u32, Class, Say)> {
        let columns = &self.listed.columns;
        let is_filled = |asked: &[(Field, u32)]| asked.iter().any(|(_, column)| self.listed.is_filled(row, *column));
        let is_later = |column: &u32| self.listed.is_filled(row, *column);
        let is_answered = is_filled(&columns.answers)
            || columns.reports.iter().any(|(.., column)| is_later(column))
            || entry.indicator.is_some() && columns.values.iter().any(|(.., column)| is_later(column));
        let Some(subject) = self.plan.find(&entry.id.text) else {
            let class = if is_answered || entry.name.is_some() { Class::Invalid } else { Class::LeftOut };
            return Err((columns.id, class, self.unknown_number(entry)));
        };
        let mut notes = entry.notes();
        notes.extend(hidden_row(self.listed.sheet(), row));
        notes.extend(self.other_name_or_owner(subject, entry)?);
        let is_new = self.begin(subject);
        if !is_answered {
            let class = if is_new { Class::Changed } else { Class::Unchanged };
            if !notes.is_empty() {
                let line = self.listed.line(row, columns.id, class, Say::default());
                history.lines.push(Line { id: entry.id.text.clone(), notes, ..line });
            }
            return Ok(class);
        }
        let from = history.lines.len();
        if is_filled(&columns.answers) {
            let period = self.period(entry).map_err(|(column, reason)| (column, Class::Invalid, reason))?;
            self.report(row, entry, (subject, period), &columns.answers, history);
        }
        for (period, asked) in by_period(&columns.reports) {
            self.report(row, entry, (subject, period), &asked, history);
        }
        if let Some((id, aspect)) = &entry.indicator
            && let Some(subject) = self.plan.find(id.as_str())
        {
            let is_actual = |of: &Option<Aspect>| of.or(*aspect) == Some(Aspect::Actual);
            let values = columns.values.iter().filter(|(of, ..)| is_actual(of));
            let values: Vec<_> = values.map(|(_, period, column)| (Field::Value, *period, *column)).collect();
            for (period, asked) in by_period(&values) {
                self.report(row, entry, (subject, period), &asked, history);
            }
        }
        let lines = &mut history.lines[from..];
        if let Some(first) = lines.first_mut() {
            first.notes.extend(notes);
        }
        let judged = lines.iter().map(|line| line.class);
        Ok(if lines.is_empty() && !is_new { Class::Unchanged } else { worst(judged, is_new) })
    }

    /// Reads what a row reports of one subject and period: its lines and its record are added.
    fn report(
        &mut self,
        row: u32,
        entry: &Row,
        (subject, period): (Subject, Period),
        asked: &[(Field, u32)],
        history: &mut History,
    ) {
        let item = item(self.plan, subject, period, Lang::Ja);
        let mut answers = Vec::new();
        for (field, column) in asked {
            let line = match self.shared(row, *column, entry) {
                Err(reason) => Some(self.listed.line(row, *column, Class::Invalid, reason)),
                Ok(()) => self.answer(row, *column, (subject, &item, period), field, &mut answers),
            };
            let question = item.questions.iter().find(|question| question.key.field == *field);
            let label = match field {
                Field::Value => Some(indicators::label(Aspect::Actual, period)),
                _ => question.map(|question| question.label.clone()),
            };
            let id = if entry.indicator.is_some() { item.id.to_string() } else { entry.id.text.clone() };
            history.lines.extend(line.map(|line| Line { id, label, field: Some(field.clone()), ..line }));
        }
        if answers.is_empty() {
            return;
        }
        let by = entry.owner.as_ref().map(|owner| owner.text.clone());
        let key = |field: &Field| Key { id: item.id.clone(), field: field.clone(), period };
        let is_doubtful = answers.iter().any(|(field, answer)| self.verdict(&key(field), answer).is_some());
        let confirmed = self.list.confirmed.filter(|_| is_doubtful).map(str::to_owned);
        let (id, day, corrects, not_before) = (item.id, None, None, None);
        history.records.push(Record { id, period, by, day, corrects, not_before, confirmed, answers });
    }

    /// Reads an answer; `None` where the cell is blank.
    fn answer(
        &mut self,
        row: u32,
        column: u32,
        (subject, item, period): (Subject, &Item, Period),
        field: &Field,
        answers: &mut Vec<(Field, Answer)>,
    ) -> Option<Line> {
        let cell = self.listed.sheet().cell(row, column).filter(|cell| holds_anything(cell))?;
        let line = |class, notes| Line { notes, ..self.listed.line(row, column, class, Say::default()) };
        let Some(question) = item.questions.iter().find(|question| question.key.field == *field) else {
            return Some(line(Class::Invalid, vec![not_asked(cell)]));
        };
        let about = Key { period, ..question.key.clone() };
        let key = about.to_string();
        // Of an indicator the list says itself of when its value is.
        let of_another = matches!(subject, Subject::Indicator(_)) && question.key.period != period;
        let recorded = if of_another { None } else { question.recorded.clone() };
        let earlier = self.seen.get(&key).cloned();
        let is_earlier = earlier.is_some();
        let recorded = earlier.or(recorded);
        let shown = |answer: &Answer| question.expect.shown(answer);
        let was = recorded.as_ref().map(shown);
        let Reading { answer, mut notes } = match answer::read(Some(cell), &question.expect, self.listed.trust) {
            Ok(reading) => reading,
            Err(reason) => return Some(Line { recorded: was, ..line(Class::Invalid, vec![reason]) }),
        };
        notes.extend(unseen(self.listed.sheet(), (row, column)));
        let Some(answer) = answer else { return Some(Line { recorded: was, ..line(Class::LeftOut, notes) }) };
        let mut class = match recorded {
            Some(recorded) if recorded == answer => Class::Unchanged,
            Some(_) => Class::Conflict,
            None => Class::Changed,
        };
        if class == Class::Conflict && is_earlier {
            notes.push(say!(
                "この一覧の、上の行の同じ番号・期間の答えと違います",
                "an earlier row of the list answers otherwise for the same number and period"
            ));
        }
        if let Some(verdict) = self.verdict(&about, &answer).filter(|_| class == Class::Changed) {
            class = verdict.class;
            notes.push(verdict.why);
        }
        let listed = Some(shown(&answer));
        if class == Class::Changed {
            self.seen.insert(key, answer.clone());
            answers.push((field.clone(), answer));
        }
        Some(Line { recorded: was, listed, ..line(class, notes) })
    }

    /// What becomes of an answer that is doubtful.
    fn verdict(&self, key: &Key, answer: &Answer) -> Option<Verdict> {
        Verdict::new(&doubts(self.plan, key, answer, self.list.today), self.list.confirmed)
    }

    /// Whether an answer is this row's alone: it is not one cell with rows of other numbers or periods.
    fn shared(&self, row: u32, column: u32, entry: &Row) -> Result<(), Say> {
        let Some(area) = area_over_rows(self.listed.sheet(), row, column) else { return Ok(()) };
        let same = |other: &Row| other.id.text == entry.id.text && other.period == entry.period;
        let rows = self.listed.rows.iter().filter(|(row, _)| (area.first.0..=area.last.0).contains(row));
        let is_alike = |state: &State| matches!(state, State::Entry(other) if same(other));
        if rows.into_iter().all(|(_, state)| is_alike(state)) {
            return Ok(());
        }
        Err(merged_over(area))
    }

    /// Whether this is the first row of an entry that the plan has from this list.
    fn begin(&mut self, subject: Subject) -> bool {
        let Subject::Entry(place) = subject else { return false };
        let id = &self.plan.entries[place].id;
        let new = self.new.iter().map(|entry| &entry.id).find(|new| *new == id);
        match new.filter(|new| !self.begun.contains(new)) {
            Some(new) => {
                self.begun.push(new);
                true
            }
            None => false,
        }
    }

    fn unknown_number(&self, entry: &Row) -> Say {
        let named = entry.name.as_ref().and_then(|name| {
            let has = |e: &&crate::plan::entry::Entry| is_named(&name.text, &e.name, &e.aliases);
            self.plan.entries.iter().find(has).map(|entry| (&entry.id, &entry.name))
        });
        match named {
            Some((id, name)) => say!(
                "この計画にない番号です。名称「{name}」は、計画では {id} です。前の年度の番号でないか確かめてください",
                "the plan has no such number; in the plan `{name}` is {id}: is it last year's numbering?"
            ),
            None => say!("この計画にない番号です", "the plan has no such number"),
        }
    }

    /// What is to be noted of the name and the owner beside a number, or why they are somebody else's.
    fn other_name_or_owner(&self, subject: Subject, entry: &Row) -> Result<Option<Say>, (u32, Class, Say)> {
        let columns = &self.listed.columns;
        let (name, aliases, owners): (&str, &[Box<str>], &[usize]) = match subject {
            Subject::Entry(place) => {
                let entry = &self.plan.entries[place];
                (&entry.name, &entry.aliases, &entry.owners)
            }
            Subject::Indicator(place) => {
                let indicator = &self.plan.indicators[place];
                (&indicator.name, &[], &indicator.owners)
            }
        };
        if let (Some(listed), Some(column)) = (&entry.name, columns.name)
            && !is_named(&listed.text, name, aliases)
        {
            let listed = &listed.text;
            let reason = say!(
                "名称が違います（計画「{name}」、一覧「{listed}」）。別の項目の番号でないか確かめ、名称を改めたのなら計画の aliases に書いてください",
                "its name differs (plan: `{name}`, list: `{listed}`): is it the number of another entry? If it was renamed, write the name into `aliases`"
            );
            return Err((column, Class::Invalid, reason));
        }
        let (Some(listed), Some(column), false) = (&entry.owner, columns.owner, owners.is_empty()) else {
            return Ok(None);
        };
        let called = owners_called(&self.plan.owners, &listed.text);
        let labels: Vec<&str> = owners.iter().map(|owner| self.plan.owners[*owner].label()).collect();
        // Several departments may stand in one cell.
        if called.iter().any(|owner| owners.contains(owner)) || labels.iter().any(|label| listed.text.contains(label)) {
            return Ok(None);
        }
        let known = labels.join("、");
        let listed = &listed.text;
        let reason = say!(
            "担当が違います（計画「{known}」、一覧「{listed}」）",
            "its owner differs (plan: `{known}`, list: `{listed}`)"
        );
        // Under a name that agrees, an owner of other days is none that was taken for another.
        if entry.name.is_some() { Ok(Some(reason)) } else { Err((column, Class::Conflict, reason)) }
    }

    fn period(&self, entry: &Row) -> Result<Period, (u32, Say)> {
        let columns = &self.listed.columns;
        let fallback = self.listed.period;
        let Some(column) = columns.period else {
            return fallback.ok_or_else(|| (columns.id, say!("期間が分かりません", "its period is not known")));
        };
        let Some(words) = &entry.period else {
            let blank = || say!("期間が空欄です", "its period is blank");
            return fallback.ok_or_else(|| (column, blank()));
        };
        match Period::parse(&words.text) {
            Ok(parsed) => parsed.settled().map_err(|overrun| (column, overrun.say())),
            Err(error) => Err((column, error.say())),
        }
    }
}

/// The columns of each period, in the order in which they stand.
fn by_period(columns: &[(Field, Period, u32)]) -> Vec<(Period, Vec<(Field, u32)>)> {
    let mut all: Vec<(Period, Vec<(Field, u32)>)> = Vec::new();
    for (field, period, column) in columns {
        match all.iter_mut().find(|(known, _)| known == period) {
            Some((_, of_period)) => of_period.push((field.clone(), *column)),
            None => all.push((*period, vec![(field.clone(), *column)])),
        }
    }
    all
}

/// The class of a row: that of the line which needs a person most; a new entry is taken.
fn worst(lines: impl Iterator<Item = Class>, is_new: bool) -> Class {
    let order = [Class::Invalid, Class::Conflict, Class::Unlikely, Class::Changed, Class::Unchanged];
    let classes: Vec<Class> = lines.chain(is_new.then_some(Class::Changed)).collect();
    order.into_iter().find(|class| classes.contains(class)).unwrap_or(Class::LeftOut)
}
