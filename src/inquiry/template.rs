//! The office's own form: found by the words above its columns, filled in, and read back the same way.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::form::form;
use super::reply::{Reply, ReplyRow, Spot};
use super::write::Identity;
use super::{Expect, Field, Form, Item, Question};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::Template;
use crate::plan::period::{Parsed, Period};
use crate::plan::value::parse_number;
use crate::say;
use crate::text::fold::fold;
use crate::workbook::edit::{Edits, edited};
use crate::workbook::{Book, Cell, Content, Sheet, address, place};

/// Where the form has what.
struct Layout<'b> {
    sheet: &'b Sheet,
    /// The row of the words above the columns.
    head: u32,
    id: u32,
    name: Option<u32>,
    period: Option<(u32, u32)>,
    owner: Option<(u32, u32)>,
    answers: Vec<(Field, u32)>,
    last: Vec<(Field, u32)>,
}

/// Fills in the form for an owner; only the mapped cells change.
///
/// # Errors
/// When the form does not have what its mapping names, has too few rows, or cannot be read.
pub fn filled(bytes: &[u8], template: &Template, plan: &Plan, form: &Form) -> Result<Vec<u8>, Failure> {
    let book = Book::open(bytes)?;
    let layout = layout(&book, template)?;
    let mut cells: BTreeMap<(u32, u32), Content> = BTreeMap::new();
    let text = |words: &str| Content::Text(words.to_owned());
    cells.extend(layout.period.map(|at| (at, text(&form.period.long(plan.head.lang)))));
    cells.extend(layout.owner.map(|at| (at, text(plan.owners[form.owner].label()))));
    let mut free = layout.head + 1;
    for item in &form.items {
        let row = layout.row_of(&item.id).unwrap_or_else(|| layout.free_row(&mut free));
        if layout.row_of(&item.id).is_none() {
            cells.insert((row, layout.id), text(item.id.as_str()));
            cells.extend(layout.name.map(|column| ((row, column), text(&item.name))));
        }
        cells.extend(answers(item, row, &layout));
    }
    edited(bytes, &Edits::from([(layout.sheet.part.clone(), cells)]))
}

fn answers(item: &Item, row: u32, layout: &Layout<'_>) -> Vec<((u32, u32), Content)> {
    let find = |field: &Field| item.questions.iter().find(|question| question.key.field == *field);
    let recorded = layout.answers.iter().filter_map(|(field, column)| {
        let question = find(field)?;
        Some(((row, *column), content(question, question.recorded.as_ref()?)))
    });
    let last = layout.last.iter().filter_map(|(field, column)| {
        let question = find(field)?;
        Some(((row, *column), content(question, question.last.as_ref()?)))
    });
    recorded.chain(last).collect()
}

/// An answer as a cell has it. A percentage is written with its sign: the format of the office's cell is not known.
fn content(question: &Question, answer: &super::Answer) -> Content {
    let shown = question.expect.shown(answer);
    let percent = match &question.expect {
        Expect::Number { unit, .. } => unit.is_percent(),
        Expect::Percent => true,
        _ => return Content::Text(shown),
    };
    match parse_number(&shown) {
        Some(_) if percent => Content::Text(format!("{shown}％")),
        Some(number) => Content::Number(number.to_string()),
        None => Content::Text(shown),
    }
}

impl Layout<'_> {
    fn row_of(&self, id: &Id) -> Option<u32> {
        let rows = self.sheet.rows().into_iter().filter(|row| *row > self.head);
        rows.into_iter().find(|row| self.id_in(*row).as_ref() == Some(id))
    }

    fn id_in(&self, row: u32) -> Option<Id> {
        Id::parse(self.sheet.cell(row, self.id)?.words()?).ok()
    }

    /// The next row whose number is blank.
    fn free_row(&self, from: &mut u32) -> u32 {
        while self.sheet.cell(*from, self.id).is_some() {
            *from += 1;
        }
        *from += 1;
        *from - 1
    }
}

/// Reads the form back.
///
/// # Errors
/// When it does not have what its mapping names, or holds no period.
pub fn read(file: &str, book: &Book, template: &Template, plan: &Plan) -> Result<Vec<Reply>, Failure> {
    let layout = layout(book, template)?;
    let words =
        |at: Option<(u32, u32)>| at.and_then(|(row, column)| layout.sheet.cell(row, column)).and_then(Cell::words);
    let period = words(layout.period).and_then(|text| Period::parse(text).ok());
    let Some(Parsed { period, .. }) = period else { return Err(no_period()) };
    let mut replies: Vec<Reply> = Vec::new();
    let rows: Vec<u32> = layout.sheet.rows().into_iter().filter(|row| *row > layout.head).collect();
    let forms: Vec<Form> = (0..plan.owners.len()).map(|owner| form(plan, owner, period, Lang::Ja)).collect();
    for row in rows {
        let Some(id) = layout.id_in(row) else { continue };
        let asked = forms.iter().find_map(|form| Some((form, form.items.iter().find(|item| item.id == id)?)));
        let Some((form, item)) = asked else { continue };
        let owner = plan.owners[form.owner].id.to_string();
        let at = replies.iter().position(|reply| reply.identity.owner == owner).unwrap_or_else(|| {
            replies.push(empty(file, plan, period, owner));
            replies.len() - 1
        });
        for (field, column) in &layout.answers {
            let Some(question) = item.questions.iter().find(|question| question.key.field == *field) else { continue };
            let spot =
                Spot { file: file.to_owned(), sheet: Some(layout.sheet.name.clone()), cell: address(row, *column) };
            let cell = layout.sheet.cell(row, *column).cloned();
            replies[at].rows.push(ReplyRow { key: question.key.clone(), spot, cell, seen: None });
        }
    }
    Ok(replies)
}

fn empty(file: &str, plan: &Plan, period: Period, owner: String) -> Reply {
    let identity = Identity {
        plan: plan.head.id.to_string(),
        period,
        owner,
        sent: NaiveDate::MIN,
        revision: "-".into(),
        fingerprint: "-".into(),
    };
    Reply { file: file.to_owned(), identity, sent: None, person: None, day: None, rows: Vec::new(), strays: Vec::new() }
}

fn no_period() -> Failure {
    Failure::new(
        say!("様式の、対象期間のセルが読めません", "the cell of the form that holds the period cannot be read"),
        say!(
            "inquiry.toml の period に、期間を書いたセルか名前を示してください",
            "set `period` in inquiry.toml to the cell or the defined name that holds it"
        ),
    )
}

fn layout<'b>(book: &'b Book, template: &Template) -> Result<Layout<'b>, Failure> {
    let sheet = match &template.sheet {
        Some(name) => book.sheet(name).ok_or_else(|| lacks(name))?,
        None => book.sheets.first().ok_or_else(|| lacks("1"))?,
    };
    let (head, id) = header(book, sheet, &template.id, None).ok_or_else(|| lacks(&template.id))?;
    let column =
        |title: &str| header(book, sheet, title, Some(head)).map(|(_, column)| column).ok_or_else(|| lacks(title));
    let columns = |of: &[(Field, Box<str>)]| {
        of.iter().map(|(field, title)| Ok((field.clone(), column(title)?))).collect::<Result<Vec<_>, Failure>>()
    };
    let cell =
        |text: &Option<Box<str>>| text.as_deref().map(|text| single(book, sheet, text).ok_or_else(|| lacks(text)));
    Ok(Layout {
        head,
        id,
        name: template.name.as_deref().map(column).transpose()?,
        period: cell(&template.period).transpose()?,
        owner: cell(&template.owner).transpose()?,
        answers: columns(&template.answers)?,
        last: columns(&template.last)?,
        sheet,
    })
}

fn lacks(what: &str) -> Failure {
    Failure::new(
        say!("様式に「{what}」がありません", "the form has no `{what}`"),
        say!(
            "inquiry.toml に、シートの名前、列の見出し、名前の定義を、様式にあるとおりに書いてください",
            "write sheets, headings and defined names in inquiry.toml as they are in the form"
        ),
    )
}

/// The cell that a defined name stands for, or that is named (B2).
fn single(book: &Book, sheet: &Sheet, text: &str) -> Option<(u32, u32)> {
    named(book, sheet, text).or_else(|| place(text))
}

fn named(book: &Book, sheet: &Sheet, name: &str) -> Option<(u32, u32)> {
    let (_, refers) = book.names.iter().find(|(known, _)| known == name)?;
    let (of, cells) = refers.rsplit_once('!')?;
    let own = of.trim_matches('\'').replace("''", "'") == sheet.name;
    own.then(|| place(cells.split(':').next().unwrap_or(cells)))?
}

/// The heading with these words, or the cell of a defined name; below `head`'s row nothing is a heading.
fn header(book: &Book, sheet: &Sheet, title: &str, head: Option<u32>) -> Option<(u32, u32)> {
    let plain = |text: &str| fold(text).split_whitespace().collect::<String>();
    let wanted = plain(title);
    let is = |cell: &Cell| cell.words().is_some_and(|words| plain(words) == wanted);
    let in_row = |row: u32| sheet.row(row).find(|(_, cell)| is(cell)).map(|(column, _)| (row, column));
    // Headings may stand in two rows, the second of which has the finer words.
    let found = match head {
        Some(head) => in_row(head).or_else(|| head.checked_sub(1).and_then(in_row)),
        None => sheet.cells.iter().find(|(_, cell)| is(cell)).map(|(at, _)| *at),
    };
    found.or_else(|| named(book, sheet, title))
}
