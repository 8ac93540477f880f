//! The office's own form: found by the words above its columns, filled in, and read back the same way.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer::Trust;
use super::form::form;
use super::grid::{
    Head, Rest, area_over_rows, comment, holds_anything, is_same_in_cells, merged_over, not_asked, seen_at, unseen,
    unseen_row, without_number,
};
use super::reply::{Reply, ReplyRow};
use super::spot::{Aside, Class, Spot, Stray};
use super::write::Identity;
use super::{Expect, Field, Form, Item, Question, cells};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::inquiry::Template;
use crate::plan::period::{Parsed, Period};
use crate::plan::value::parse_number;
use crate::say;
use crate::text::safe::one_line;
use crate::workbook::edit::{Edits, edited};
use crate::workbook::{Book, Content, Sheet, place};

/// Where the form has what.
struct Layout<'b> {
    sheet: &'b Sheet,
    /// The words above the columns.
    head: Head,
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
    let mut free = layout.head.rows.1 + 1;
    for item in &form.items {
        let row = layout.row_of(&item.id).unwrap_or_else(|| layout.free_row(&mut free));
        if layout.row_of(&item.id).is_none() {
            cells.insert((row, layout.head.id), text(item.id.as_str()));
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
        let mut rows = self.head.rows_below(self.sheet);
        rows.find(|row| self.id_in(*row).as_ref() == Some(id))
    }

    fn id_in(&self, row: u32) -> Option<Id> {
        let words = cells::id(self.sheet.cell(row, self.head.id), Trust::Neither).ok()??;
        Id::parse(&words.text).ok()
    }

    /// The columns that are read.
    fn columns(&self) -> Vec<u32> {
        let answers = self.answers.iter().chain(&self.last).map(|(_, column)| *column);
        [Some(self.head.id), self.name].into_iter().flatten().chain(answers).collect()
    }

    /// The next row whose number is blank.
    fn free_row(&self, from: &mut u32) -> u32 {
        while self.sheet.cell(*from, self.head.id).is_some() {
            *from += 1;
        }
        *from += 1;
        *from - 1
    }
}

/// Reads the form back; `trust` decides what is taken where the cell of a number shows something else than it holds.
///
/// # Errors
/// When it does not have what its mapping names, holds no period, or has no row that is asked for.
pub fn read(file: &str, book: &Book, template: &Template, plan: &Plan, trust: Trust) -> Result<Vec<Reply>, Failure> {
    let layout = layout(book, template)?;
    let named = |at: Option<(u32, u32)>| at.and_then(|(row, column)| layout.sheet.cell(row, column));
    let asked = cells::words(named(layout.period)).ok().flatten().unwrap_or_default();
    let Ok(Parsed { period, .. }) = Period::parse(&asked.text) else { return Err(no_period()) };
    let forms = (0..plan.owners.len()).map(|owner| form(plan, owner, period, Lang::Ja)).collect();
    let mut back = Back { file, plan, period, trust, forms, layout: &layout, replies: Vec::new(), strays: Vec::new() };
    for row in layout.head.rows_below(layout.sheet) {
        if let Err((column, class, reason)) = back.row(row) {
            back.stray((row, column), class, reason);
        }
    }
    back.of_period(&asked);
    back.strays.extend(left_out(file, book, &layout));
    let Back { mut replies, mut strays, .. } = back;
    match replies.first_mut() {
        Some(first) => first.strays.append(&mut strays),
        None => return Err(no_rows(&strays)),
    }
    Ok(replies)
}

/// What of the form is not read: cells beside its columns one by one, and the rest of it in one.
fn left_out(file: &str, book: &Book, layout: &Layout<'_>) -> Vec<Stray> {
    let rest = Rest { file, book, sheet: layout.sheet, head: layout.head };
    let columns = layout.columns();
    let places: Vec<(u32, u32)> = [layout.period, layout.owner].into_iter().flatten().collect();
    let is_answer = |column: u32| layout.answers.iter().any(|(_, known)| *known == column);
    let is_listed =
        |row: u32, column: u32| row > layout.head.rows.1 && is_answer(column) && layout.id_in(row).is_some();
    let mut strays = rest.cells(&columns);
    strays.extend(rest.hidden_columns([Some(layout.head.id), layout.name].into_iter().flatten()));
    strays.extend(rest.notes(is_listed));
    let regions = rest.regions(&columns, &places);
    let spot = regions.first().map(|region| region.spot.clone());
    let all = |text: fn(&Say) -> &str, between: &str| {
        let one = |region: &Stray| format!("{}: {}", region.spot.named(), text(&region.reason));
        regions.iter().map(one).collect::<Vec<_>>().join(between)
    };
    let reason = Say { ja: all(|say| &say.ja, "、"), en: all(|say| &say.en, "; ") };
    strays.extend(spot.map(|spot| Stray { spot, class: Class::LeftOut, reason }));
    strays
}

/// A form on its way back.
struct Back<'b> {
    file: &'b str,
    plan: &'b Plan,
    period: Period,
    trust: Trust,
    /// What each owner is asked.
    forms: Vec<Form>,
    layout: &'b Layout<'b>,
    replies: Vec<Reply>,
    strays: Vec<Stray>,
}

impl Back<'_> {
    fn stray(&mut self, at: (u32, u32), class: Class, reason: Say) {
        self.strays.push(Stray { spot: Spot::new(self.file, self.layout.sheet, at), class, reason });
    }

    /// Every liberty taken in reading the period.
    fn of_period(&mut self, words: &cells::Words) {
        let Some(at) = self.layout.period else { return };
        let sheet = self.layout.sheet;
        let notes = words.notes.iter().cloned().chain(unseen_row(sheet, at.0)).chain(unseen(sheet, at));
        for note in notes.collect::<Vec<_>>() {
            self.stray(at, Class::LeftOut, note);
        }
    }

    /// Reads a row; an error is the cell, the class and the reason for which none of it is taken.
    fn row(&mut self, row: u32) -> Result<(), (u32, Class, Say)> {
        let layout = self.layout;
        let (sheet, number) = (layout.sheet, layout.head.id);
        let columns = layout.columns();
        let is_filled = |column: &u32| seen_at(sheet, row, *column).is_some_and(holds_anything);
        if !columns.iter().any(is_filled) {
            return Ok(());
        }
        let is_answered = layout.answers.iter().any(|(_, column)| is_filled(column));
        let class = if is_answered { Class::Invalid } else { Class::LeftOut };
        let found = cells::id(seen_at(sheet, row, number), self.trust).map_err(|reason| (number, class, reason))?;
        let Some(words) = found else {
            let held = columns.iter().filter_map(|column| sheet.cell(row, *column)).filter(|cell| holds_anything(cell));
            return Err((number, class, without_number(held)));
        };
        let id = Id::parse(&words.text).ok();
        let is_asked = |item: &&Item| Some(&item.id) == id.as_ref();
        let asked = self.forms.iter().find_map(|form| Some((form.owner, form.items.iter().find(is_asked)?.clone())));
        let Some((owner, item)) = asked else {
            let number_text = one_line(&words.text);
            let reason = say!(
                "この計画で今は問われていない番号です（{number_text}）",
                "the plan does not ask for this now ({number_text})"
            );
            return Err((number, class, reason));
        };
        let is_known = |field: &Field| item.questions.iter().any(|question| question.key.field == *field);
        if !layout.answers.iter().any(|(field, _)| is_known(field)) {
            let reason =
                say!("この番号に問う列が、様式にありません", "the form has no column for what is asked of such an id");
            return Err((number, class, reason));
        }
        if let Some(column) = layout.name {
            let name = cells::words(seen_at(sheet, row, column)).map_err(|reason| (column, class, reason))?;
            if let Some(name) = name.filter(|name| !is_same_in_cells(&name.text, &item.name)) {
                let (known, listed) = (&item.name, &name.text);
                let reason = say!(
                    "名称が違います（計画「{known}」、様式「{listed}」）。行がずれていないか確かめてください",
                    "its name differs (plan: `{known}`, form: `{listed}`): have the rows moved?"
                );
                return Err((column, class, reason));
            }
        }
        self.answers(row, owner, &item, words.notes.into_iter().chain(unseen_row(sheet, row)).collect());
        Ok(())
    }

    fn answers(&mut self, row: u32, owner: usize, item: &Item, mut notes: Vec<Say>) {
        let (layout, file) = (self.layout, self.file);
        let owner = self.plan.owners[owner].id.to_string();
        let at = self.replies.iter().position(|reply| reply.identity.owner == owner).unwrap_or_else(|| {
            self.replies.push(empty(file, self.plan, self.period, owner));
            self.replies.len() - 1
        });
        for (field, column) in &layout.answers {
            let place = (row, *column);
            let Some(question) = item.questions.iter().find(|question| question.key.field == *field) else {
                if let Some(cell) = layout.sheet.cell(row, *column).filter(|cell| holds_anything(cell)) {
                    self.stray(place, Class::Invalid, not_asked(cell));
                }
                continue;
            };
            if let Some(area) = area_over_rows(layout.sheet, row, *column)
                && (area.first.0..=area.last.0).any(|other| layout.id_in(other).is_some_and(|id| id != item.id))
            {
                self.stray(place, Class::Invalid, merged_over(area));
                continue;
            }
            let last = layout.last.iter().find(|(known, _)| known == field).and_then(|(_, column)| {
                Some(Aside::new(file, layout.sheet, (row, *column), layout.sheet.cell(row, *column)?))
            });
            let comments = layout.sheet.comments.get(&place).map(|words| comment(words));
            self.replies[at].rows.push(ReplyRow {
                key: question.key.clone(),
                spot: Spot::new(file, layout.sheet, place),
                cell: layout.sheet.cell(row, *column).cloned(),
                seen: None,
                last,
                beside: notes.drain(..).chain(comments).chain(unseen(layout.sheet, place)).collect(),
            });
        }
    }
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
    Reply::new(file, identity)
}

fn no_rows(strays: &[Stray]) -> Failure {
    let first = strays.iter().find(|stray| stray.class == Class::Invalid).or(strays.first());
    let Say { ja, en } = first.map(|stray| stray.reason.clone()).unwrap_or_default();
    let spot = first.map(|stray| stray.spot.named()).unwrap_or_default();
    Failure::new(
        Say {
            ja: format!("様式に、読める行がありません（{spot}：{ja}）"),
            en: format!("no row of the form can be read ({spot}: {en})"),
        },
        say!("番号の列が、計画の番号と合っているか確かめてください", "check whether its numbers are those of the plan"),
    )
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
        None => book.first_sheet().ok_or_else(|| lacks("1"))?,
    };
    let mapped = [&template.answers, &template.last].into_iter().flatten().map(|(_, title)| &**title);
    let titles: Vec<&str> = mapped.chain(template.name.as_deref()).collect();
    let head = match Head::find(sheet, &template.id, &titles)? {
        Some(head) => head,
        None => named(book, sheet, &template.id).map(|at| Head::at(sheet, at)).ok_or_else(|| lacks(&template.id))?,
    };
    let column = |title: &str| {
        let by_name = || named(book, sheet, title).map(|(_, column)| column);
        head.column(sheet, title)?.or_else(by_name).ok_or_else(|| lacks(title))
    };
    let columns = |of: &[(Field, Box<str>)]| {
        of.iter().map(|(field, title)| Ok((field.clone(), column(title)?))).collect::<Result<Vec<_>, Failure>>()
    };
    let cell =
        |text: &Option<Box<str>>| text.as_deref().map(|text| single(book, sheet, text).ok_or_else(|| lacks(text)));
    Ok(Layout {
        head,
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
