//! The rows of a list: which number, name, owner and period each has, or why it has none.

use super::columns::Levelled;
use super::definition::Definition;
use super::outline::About;
use super::ticks::Ticks;
use super::{Line, List};
use crate::failure::Failure;
use crate::inquiry::Field;
use crate::inquiry::answer::Trust;
use crate::inquiry::cells::{Words, id, words};
use crate::inquiry::grid::{Head, Rest, comment, holds_anything, is_heading, seen_at, without_number};
use crate::inquiry::spot::{Class, Spot};
use crate::lang::Say;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::{Aspect, Role, Template};
use crate::plan::period::Period;
use crate::say;
use crate::workbook::{Sheet, Struck, address, csv};

/// A list as it was read.
pub struct Listed<'l> {
    /// Where it has what.
    pub columns: Columns,
    /// The rows under the headings that hold anything.
    pub rows: Vec<(u32, State)>,
    /// What of it is not read.
    pub rest: Rest<'l>,
    /// The period of rows that name none.
    pub period: Option<Period>,
    /// What is taken where a cell shows something else than it holds.
    pub trust: Trust,
}

/// The columns of a list.
pub struct Columns {
    pub id: u32,
    pub name: Option<u32>,
    pub owner: Option<u32>,
    pub period: Option<u32>,
    pub answers: Vec<(Field, u32)>,
    /// What is recorded of an entry about the period that the heading names.
    pub reports: Vec<(Field, Period, u32)>,
    /// Columns of grades of which one is ticked.
    pub ticks: Vec<Ticks>,
    /// The values of an indicator; without an aspect the row says what they are, without a period of when.
    pub values: Vec<(Option<Aspect>, Option<Period>, u32)>,
    /// What the definition of the plan is read from.
    pub others: Vec<u32>,
}

/// What a row is.
pub enum State {
    /// Nothing to be taken: the cell and the reason.
    LeftOut(u32, Say),
    /// What is not certain: the cell and the reason.
    Invalid(u32, Say),
    /// Nothing in the columns that are read; its cells are listed with all that is left out.
    Elsewhere,
    /// What a row says of an entry or indicator.
    Entry(Row),
}

/// A row of an entry or indicator.
pub struct Row {
    pub id: Words,
    pub name: Option<Words>,
    pub owner: Option<Words>,
    pub period: Option<Words>,
    /// The indicator whose values the row has, and what they are, where the row says it.
    pub indicator: Option<(Id, Option<Aspect>)>,
}

impl Row {
    /// Every liberty taken in reading it.
    pub fn notes(&self) -> Vec<Say> {
        let cells = [Some(&self.id), self.name.as_ref(), self.owner.as_ref(), self.period.as_ref()];
        cells.into_iter().flatten().flat_map(|words| words.notes.clone()).collect()
    }
}

impl Columns {
    /// The columns that say what a row is about.
    pub fn about(&self) -> impl Iterator<Item = u32> + use<> {
        let mut about: Vec<u32> = [Some(self.id), self.name, self.owner, self.period].into_iter().flatten().collect();
        about.sort_unstable();
        about.dedup();
        about.into_iter()
    }

    /// All columns that are read.
    pub fn all(&self) -> Vec<u32> {
        let answers = self.answers.iter().map(|(_, column)| *column);
        self.about().chain(answers).chain(self.others.iter().copied()).collect()
    }
}

impl<'l> Listed<'l> {
    /// Reads the rows of a list.
    ///
    /// # Errors
    /// When it lacks a mapped column, or has one twice.
    pub fn read(list: List<'l>, mapped: &Template) -> Result<Self, Failure> {
        let List { file, book, period, trust, .. } = list;
        let sheet = match &mapped.sheet {
            Some(name) => book.sheet(name),
            None => book.first_sheet(),
        };
        let sheet = sheet.ok_or_else(|| lacks(mapped.sheet.as_deref().unwrap_or("1")))?;
        let about = [&mapped.name, &mapped.owner, &mapped.period].into_iter().filter_map(|title| title.as_deref());
        let titles: Vec<&str> = about.chain(mapped.answers.iter().map(|(_, title)| &**title)).collect();
        let head = Head::find(sheet, &mapped.id, &titles)?.ok_or_else(|| lacks(&mapped.id))?;
        let column = |title: &str| head.column(sheet, title)?.ok_or_else(|| lacks(title));
        let optional = |title: &Option<Box<str>>| title.as_deref().map(column).transpose();
        let answers = mapped.answers.iter().map(|(field, title)| Ok((field.clone(), column(title)?)));
        let columns = Columns {
            id: head.id,
            name: optional(&mapped.name)?,
            owner: optional(&mapped.owner)?,
            period: optional(&mapped.period)?,
            answers: answers.collect::<Result<_, Failure>>()?,
            reports: Vec::new(),
            ticks: Vec::new(),
            values: Vec::new(),
            others: Vec::new(),
        };
        let rest = Rest { file, book, sheet, head };
        let mut listed = Self { columns, rows: Vec::new(), rest, period, trust };
        listed.rows = head.rows_below(sheet).map(|row| (row, listed.state(row, &mapped.id))).collect();
        Ok(listed)
    }

    /// The rows of a list with levels, whose numbers are made.
    pub fn levelled(plan: &Plan, list: List<'l>, found: &Levelled<'l>, definition: &Definition) -> Self {
        let List { file, book, period, trust, .. } = list;
        let id = found.named();
        let head = found.headings.head(id);
        let all = || found.answers().map(|(field, period, column)| (field.clone(), period, column));
        let columns = Columns {
            id,
            name: Some(id),
            owner: found.of(&Role::Owner),
            period: found.of(&Role::Period),
            answers: all()
                .filter(|(_, period, _)| period.is_none())
                .map(|(field, _, column)| (field, column))
                .collect(),
            reports: all().filter_map(|(field, period, column)| Some((field, period?, column))).collect(),
            ticks: found.ticks(plan),
            values: found.values().collect(),
            others: found.all(),
        };
        let rest = Rest { file, book, sheet: found.sheet, head };
        let mut listed = Self { columns, rows: Vec::new(), rest, period, trust };
        let rows = definition.outline.rows.iter();
        listed.rows = rows.map(|(row, about)| (*row, listed.state_of(*row, about, definition))).collect();
        listed
    }

    fn state_of(&self, row: u32, about: &About, definition: &Definition) -> State {
        let (node, notes) = match about {
            About::LeftOut(column, reason) => return State::LeftOut(*column, reason.clone()),
            About::Invalid(column, reason) => return State::Invalid(*column, reason.clone()),
            About::Elsewhere => return State::Elsewhere,
            About::Indicator => return self.state_of_indicator(row, definition),
            About::Node(node, notes) => (&definition.outline.nodes[*node], notes.clone()),
        };
        let above = node.above.and_then(|above| definition.outline.nodes[above].id.clone());
        let Some(id) = node.id.clone().filter(|id| node.above.is_none() || id.stem() == above || !node.is_new) else {
            let reason = match node.above {
                Some(_) => {
                    say!("番号が、上の階層の番号と合いません", "its number does not agree with that of the level above")
                }
                None => say!(
                    "番号の示す上の項目が、一覧にも計画にもありません。上の階層の列か行を加えてください",
                    "neither the list nor the plan has the entry above that its number names; add its column or row"
                ),
            };
            return State::Invalid(node.at.1, reason);
        };
        let period = match self.period_of(row) {
            Ok(period) => period,
            Err((column, reason)) => return State::Invalid(column, reason),
        };
        let of_row = definition.rows.get(&row).cloned().unwrap_or_default();
        let plain = |text: String| Words { text, notes: Vec::new() };
        State::Entry(Row {
            id: Words { text: id.to_string(), notes },
            name: Some(plain(node.name.clone())),
            owner: Some(of_row.owners.join("、")).filter(|owners| !owners.is_empty()).map(plain),
            period,
            indicator: of_row.indicator.map(|id| (id, of_row.aspect)),
        })
    }

    /// What a row says of an indicator of which the list names no entry.
    fn state_of_indicator(&self, row: u32, definition: &Definition) -> State {
        let of_row = definition.rows.get(&row).cloned().unwrap_or_default();
        let Some(id) = of_row.indicator else { return State::Elsewhere };
        let period = match self.period_of(row) {
            Ok(period) => period,
            Err((column, reason)) => return State::Invalid(column, reason),
        };
        let plain = |text: String| Words { text, notes: Vec::new() };
        let owner = Some(of_row.owners.join("、")).filter(|owners| !owners.is_empty()).map(plain);
        let name = words(seen_at(self.sheet(), row, self.columns.id)).ok().flatten();
        let indicator = Some((id.clone(), of_row.aspect));
        State::Entry(Row { id: plain(id.to_string()), name, owner, period, indicator })
    }

    fn period_of(&self, row: u32) -> Result<Option<Words>, (u32, Say)> {
        let Some(column) = self.columns.period else { return Ok(None) };
        words(seen_at(self.sheet(), row, column)).map_err(|reason| (column, reason))
    }

    /// The sheet that it stands in.
    pub fn sheet(&self) -> &'l Sheet {
        self.rest.sheet
    }

    /// Whether a cell holds anything.
    pub fn is_filled(&self, row: u32, column: u32) -> bool {
        seen_at(self.sheet(), row, column).is_some_and(holds_anything)
    }

    fn state(&self, row: u32, title: &str) -> State {
        let (sheet, columns) = (self.sheet(), &self.columns);
        let all = columns.all();
        let held: Vec<(u32, &crate::workbook::Cell)> =
            sheet.row(row).filter(|(column, cell)| all.contains(column) && holds_anything(cell)).collect();
        let Some((first, _)) = held.first() else { return State::Elsewhere };
        if held.iter().all(|(_, cell)| cell.struck == Struck::Whole) {
            return State::LeftOut(*first, say!("行の全体に取消線があります", "the whole row is struck through"));
        }
        if sheet.cell(row, columns.id).is_some_and(|cell| is_heading(cell, title)) {
            return State::LeftOut(columns.id, say!("見出しの繰返しです", "the headings are repeated"));
        }
        if let Some(column) = self.beyond_headings(row) {
            let reason = say!(
                "見出しより右に値があります。引用符で囲んでいない区切り文字のため、列がずれたおそれがあります",
                "there is a value right of the last heading: a separator without quotes may have moved the columns"
            );
            return State::Invalid(column, reason);
        }
        let answered = columns.answers.iter().find(|(_, column)| self.is_filled(row, *column));
        let id = match id(seen_at(sheet, row, columns.id), self.trust) {
            Ok(Some(id)) => id,
            Ok(None) if answered.is_some() => {
                let reason = say!(
                    "番号が空欄なので、どの項目の行か決まりません。行ごとに番号を入力してください",
                    "its number is blank, so it is unclear what the row is about; write the number in every row"
                );
                return State::Invalid(columns.id, reason);
            }
            Ok(None) => {
                return State::LeftOut(*first, without_number(held.iter().map(|(_, cell)| *cell)));
            }
            Err(reason) => return State::Invalid(columns.id, reason),
        };
        let read = |column: Option<u32>| match column {
            None => Ok(None),
            Some(column) => words(seen_at(sheet, row, column)).map_err(|reason| (column, reason)),
        };
        match (read(columns.name), read(columns.owner), read(columns.period)) {
            (Ok(name), Ok(owner), Ok(period)) => State::Entry(Row { id, name, owner, period, indicator: None }),
            (Err((column, reason)), ..) | (_, Err((column, reason)), _) | (.., Err((column, reason))) => {
                State::Invalid(column, reason)
            }
        }
    }

    /// In a list of words between separators, a value where no heading is: a separator within a value does that.
    fn beyond_headings(&self, row: u32) -> Option<u32> {
        let sheet = self.sheet();
        let last = sheet.row(self.rest.head.rows.1).filter(|(_, cell)| holds_anything(cell)).map(|(c, _)| c).last()?;
        let beyond = sheet.row(row).find(|(column, cell)| *column > last && holds_anything(cell));
        beyond.map(|(column, _)| column).filter(|_| sheet.name == csv::SHEET && sheet.part.is_empty())
    }

    /// A line about a row as a whole.
    pub fn line(&self, row: u32, column: u32, class: Class, reason: Say) -> Line {
        let spot = Spot::new(self.rest.file, self.sheet(), (row, column));
        let notes = Some(reason).filter(|reason| !reason.ja.is_empty()).into_iter().collect();
        Line { spot, id: String::new(), field: None, label: None, recorded: None, listed: None, class, notes }
    }

    /// Adds to the lines of a row what is noted at their cells.
    pub fn add_comments(&self, row: u32, lines: &mut [Line]) {
        for ((_, column), words) in self.sheet().comments.range((row, 0)..=(row, u32::MAX)) {
            let cell = address(row, *column);
            if let Some(line) = lines.iter_mut().find(|line| line.spot.cell == cell) {
                line.notes.push(comment(words));
            }
        }
    }
}

/// The failure of a list that has no such sheet or heading.
pub fn lacks(what: &str) -> Failure {
    Failure::new(
        say!("一覧に「{what}」がありません", "the list has no `{what}`"),
        say!(
            "シートの名前と列の見出しを、一覧にあるとおりに書いてください",
            "write sheet and headings as they are in the list"
        ),
    )
}
