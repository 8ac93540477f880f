//! The rows of a list that are of entries, judged one by one.

use std::collections::BTreeMap;

use super::rows::{Listed as ListedRows, Row, State};
use super::ticks::Ticked;
use super::{History, Line, List, NewEntry, indicators, is_named};
use crate::inquiry::answer::{self, Reading};
use crate::inquiry::form::item;
use crate::inquiry::grid::{area_over_rows, holds_anything, merged_over, not_asked, unseen, unseen_row};
use crate::inquiry::review::{Record, Verdict, doubts};
use crate::inquiry::spot::Class;
use crate::inquiry::{Answer, Field, Item, Key};
use crate::lang::{Lang, Say};
use crate::plan::id::Id;
use crate::plan::inquiry::Aspect;
use crate::plan::owner::owners_called;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::say;

/// Judges the rows of entries, in order.
pub struct Reader<'l> {
    plan: &'l Plan,
    list: List<'l>,
    listed: &'l ListedRows<'l>,
    new: &'l [NewEntry],
    /// What earlier rows of the list say, by key.
    seen: BTreeMap<String, Answer>,
    /// The new entries that a row was counted for.
    begun: Vec<&'l Id>,
}

impl<'l> Reader<'l> {
    /// Before the first row.
    pub fn new(plan: &'l Plan, list: List<'l>, listed: &'l ListedRows<'l>, new: &'l [NewEntry]) -> Self {
        Self { plan, list, listed, new, seen: BTreeMap::new(), begun: Vec::new() }
    }
}

impl Reader<'_> {
    /// Judges a row: its lines and its record are added; the one class that it is counted in.
    pub fn entry(&mut self, row: u32, entry: &Row, history: &mut History) -> Class {
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
        let listed = self.listed;
        let columns = &listed.columns;
        let is_filled = |column: &u32| listed.is_filled(row, *column);
        let is_answered = columns.answers.iter().any(|(_, column)| is_filled(column))
            || columns.reports.iter().any(|(.., column)| is_filled(column))
            || columns.ticks.iter().flat_map(|ticks| &ticks.columns).any(|(column, _)| is_filled(column))
            || entry.indicator.is_some() && columns.values.iter().any(|(.., column)| is_filled(column));
        let Some(subject) = self.plan.find(&entry.id.text) else {
            let class = if is_answered || entry.name.is_some() { Class::Invalid } else { Class::LeftOut };
            return Err((columns.id, class, self.unknown_number(entry)));
        };
        let mut notes = entry.notes();
        notes.extend(unseen_row(self.listed.sheet(), row));
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
        for (period, asked) in by_period(&self.reported(row, entry, history)) {
            let period = self.period(entry, period)?;
            self.report(row, entry, (subject, period), &asked, history);
        }
        if let Some((id, aspect)) = &entry.indicator
            && let Some(subject) = self.plan.find(id.as_str())
        {
            let is_actual = |of: &Option<Aspect>| of.or(*aspect) == Some(Aspect::Actual);
            let values = columns.values.iter().filter(|(of, _, column)| is_actual(of) && is_filled(column));
            let values: Vec<_> = values.map(|(_, period, column)| Asked::new(Field::Value, *period, *column)).collect();
            for (period, asked) in by_period(&values) {
                let period = self.period(entry, period)?;
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

    /// What a row reports of its entry; ticks that are not certain are lines.
    fn reported(&self, row: u32, entry: &Row, history: &mut History) -> Vec<Asked> {
        let columns = &self.listed.columns;
        let answers = columns.answers.iter().map(|(field, column)| Asked::new(field.clone(), None, *column));
        let reports =
            columns.reports.iter().map(|(field, when, column)| Asked::new(field.clone(), Some(*when), *column));
        let filled = answers.chain(reports).filter(|asked| self.listed.is_filled(row, asked.column));
        let mut all: Vec<Asked> = filled.collect();
        for ticks in &columns.ticks {
            match ticks.read(self.listed.sheet(), row) {
                Ok(None) => {}
                Ok(Some(ticked)) => {
                    let asked = Asked::new(ticks.field.clone(), ticks.period, ticked.column);
                    all.push(Asked { ticked: Some(ticked), ..asked });
                }
                Err((column, reason)) => {
                    let line = self.listed.line(row, column, Class::Invalid, reason);
                    history.lines.push(Line { id: entry.id.text.clone(), ..line });
                }
            }
        }
        all
    }

    /// Reads what a row reports of one subject and period: its lines and its record are added.
    fn report(
        &mut self,
        row: u32,
        entry: &Row,
        (subject, period): (Subject, Period),
        asked: &[&Asked],
        history: &mut History,
    ) {
        let item = item(self.plan, subject, period, Lang::Ja);
        let mut answers = Vec::new();
        for asked in asked {
            let Asked { field, column, .. } = asked;
            let line = match self.shared(row, *column, entry) {
                Err(reason) => Some(self.listed.line(row, *column, Class::Invalid, reason)),
                Ok(()) => self.answer(row, asked, (subject, &item, period), &mut answers),
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
        asked: &Asked,
        (subject, item, period): (Subject, &Item, Period),
        answers: &mut Vec<(Field, Answer)>,
    ) -> Option<Line> {
        let Asked { field, column, ticked, .. } = asked;
        let column = *column;
        let cell = self.listed.sheet().cell(row, column).filter(|cell| holds_anything(cell))?;
        let cell = ticked.as_ref().map_or(cell, |ticked| &ticked.grade);
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
        notes.extend(ticked.iter().flat_map(|ticked| ticked.notes.clone()));
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

    /// The period that a heading names, else that of the row, else that of the command.
    fn period(&self, entry: &Row, named: Option<Period>) -> Result<Period, (u32, Class, Say)> {
        let of_row = || self.period_of_row(entry).map_err(|(column, reason)| (column, Class::Invalid, reason));
        named.map_or_else(of_row, Ok)
    }

    fn period_of_row(&self, entry: &Row) -> Result<Period, (u32, Say)> {
        let columns = &self.listed.columns;
        let fallback = self.listed.period;
        let Some(column) = columns.period else {
            return fallback.ok_or_else(|| (columns.id, no_period()));
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

/// What is asked in one column.
struct Asked {
    field: Field,
    /// Of when; `None` where the row says it.
    period: Option<Period>,
    column: u32,
    /// The tick that says it, where the column is one of a grade.
    ticked: Option<Ticked>,
}

impl Asked {
    fn new(field: Field, period: Option<Period>, column: u32) -> Self {
        Self { field, period, column, ticked: None }
    }
}

/// What is asked of each period, in the order in which the columns stand.
fn by_period(asked: &[Asked]) -> Vec<(Option<Period>, Vec<&Asked>)> {
    let mut all: Vec<(Option<Period>, Vec<&Asked>)> = Vec::new();
    for one in asked {
        match all.iter_mut().find(|(known, _)| *known == one.period) {
            Some((_, of_period)) => of_period.push(one),
            None => all.push((one.period, vec![one])),
        }
    }
    all
}

/// The class of a row: that of the line which needs a person most; a new entry is taken.
pub fn worst(lines: impl Iterator<Item = Class>, is_new: bool) -> Class {
    let order = [Class::Invalid, Class::Conflict, Class::Unlikely, Class::Changed, Class::Unchanged];
    let classes: Vec<Class> = lines.chain(is_new.then_some(Class::Changed)).collect();
    order.into_iter().find(|class| classes.contains(class)).unwrap_or(Class::LeftOut)
}

fn no_period() -> Say {
    say!(
        "期間が分かりません。--period R7 のように指定してください",
        "its period is not known; give it with --period, as in --period R7"
    )
}
