//! Replies held against what was sent and what is recorded now: every question falls into one class.

mod doubt;
mod judge;
mod printed;
mod records;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use doubt::{Verdict, doubt, doubts, refuse_future};
pub use records::{Record, records};

use self::judge::judge;
use self::printed::Printed;
use super::answer::Trust;
use super::reply::{Reply, ReplyRow};
use super::spot::{Class, Spot, Stray};
use super::{Answer, Form, Key, form};
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::say;

/// The replies of one or more owners, judged.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Every question of every form that was answered, and every answer to none.
    pub rows: Vec<Row>,
    /// The replies that were taken, by owner: file, who, when.
    pub taken: Vec<Taken>,
    /// Files that were refused, and why.
    pub refused: Vec<(String, Failure)>,
}

/// A reply that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The owner, by place in the plan.
    pub owner: usize,
    /// What it was asked about.
    pub period: Period,
    /// The file.
    pub file: String,
    /// Who answered.
    pub person: Option<String>,
    /// The day it says.
    pub day: Option<NaiveDate>,
    /// The day its form was sent, as the form says.
    pub sent: NaiveDate,
    /// Whether anything in it differs from what was sent.
    pub touched: bool,
    /// Liberties taken with the reply as a whole.
    pub notes: Vec<Say>,
}

/// One question, judged.
#[derive(Debug, Clone)]
pub struct Row {
    /// The owner, by place in the plan.
    pub owner: usize,
    /// The question; `None` for an answer to none.
    pub key: Option<Key>,
    /// The item's name.
    pub name: String,
    /// What was asked.
    pub label: Say,
    /// Where the answer stands.
    pub spots: Vec<Spot>,
    /// What was answered about the last period, as a person reads it.
    pub last: Option<String>,
    /// What stood there as it was sent, as a person reads it.
    pub sent: Option<String>,
    /// What is recorded now, as a person reads it.
    pub recorded: Option<String>,
    /// The answer as a person reads it.
    pub replied: Option<String>,
    /// The answer.
    pub answer: Option<Answer>,
    /// The class.
    pub class: Class,
    /// Why it is right although it is unlikely, where somebody gave a reason.
    pub confirmed: Option<String>,
    /// Why it is in this class, where that needs words.
    pub reason: Option<Say>,
    /// Liberties taken in reading it.
    pub notes: Vec<Say>,
}

/// What a changed answer is beside those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// 新規: nothing was answered about the last period.
    First,
    /// 変更: something else was answered about the last period.
    Moved,
    /// 継続: the same was answered about the last period.
    Same,
    /// 訂正: something else is recorded about this period.
    Corrected,
}

impl Row {
    /// What a changed answer is; `None` of any other class.
    pub fn news(&self) -> Option<News> {
        (self.class == Class::Changed).then_some(match (&self.recorded, &self.last) {
            (Some(_), _) => News::Corrected,
            (None, None) => News::First,
            (None, Some(last)) if self.replied.as_ref() == Some(last) => News::Same,
            (None, Some(_)) => News::Moved,
        })
    }

    /// Whether a person must look at it: all but what is unchanged, or the same as last time, without a remark.
    pub fn is_of_note(&self) -> bool {
        !self.notes.is_empty() || self.class != Class::Unchanged && self.news() != Some(News::Same)
    }
}

impl Review {
    /// How many questions are in a class.
    pub fn count(&self, class: Class) -> usize {
        self.rows.iter().filter(|row| row.class == class).count()
    }

    /// Whether anything needs a person: a conflict, what cannot be read or is unlikely, a refused file.
    pub fn is_troubled(&self) -> bool {
        !self.refused.is_empty() || self.rows.iter().any(|row| row.class.is_troubled())
    }
}

/// Judges replies against the plan as it is now; `trust` decides what is taken where a cell shows something else than it holds.
pub fn review(plan: &Plan, replies: Vec<Reply>, refused: Vec<(String, Failure)>, trust: Trust, lang: Lang) -> Review {
    let mut review = Review { refused, ..Review::default() };
    let mut groups: Vec<((usize, Period), Vec<Reply>)> = Vec::new();
    for reply in replies {
        match whose(plan, &reply) {
            Err(failure) => review.refused.push((reply.file, failure)),
            Ok(group) => match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, replies)) => replies.push(reply),
                None => groups.push((group, vec![reply])),
            },
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    for ((owner, period), replies) in groups {
        let form = form::form(plan, owner, period, lang);
        let begin = review.rows.len();
        judge_all(plan, &form, &replies, trust, &mut review.rows);
        for reply in &replies {
            let from_it = |row: &&Row| row.spots.iter().any(|spot| spot.file == reply.file);
            let mut rows = review.rows[begin..].iter().filter(from_it);
            let says = rows.any(|row| matches!(row.class, Class::Changed | Class::Conflict | Class::Invalid));
            let taken = taken(owner, period, reply);
            review.taken.push(Taken { touched: taken.touched || says, ..taken });
        }
    }
    review
}

fn whose(plan: &Plan, reply: &Reply) -> Result<(usize, Period), Failure> {
    let identity = &reply.identity;
    let (asked, own) = (&identity.plan, plan.head.id.as_str());
    if asked != own {
        return Err(Failure::new(
            say!("別の計画（{asked}）の照会への回答です", "this answers an inquiry of another plan ({asked})"),
            say!("--plan で計画を選んでください", "choose the plan with --plan"),
        ));
    }
    let id = &identity.owner;
    let owner = plan.owner_called(id).ok_or_else(|| {
        Failure::new(
            say!("所管課「{id}」は、この計画にありません", "there is no owner `{id}` in this plan"),
            say!("owners.toml を確かめてください", "check owners.toml"),
        )
    })?;
    Ok((owner, identity.period))
}

fn taken(owner: usize, period: Period, reply: &Reply) -> Taken {
    let mut notes: Vec<Say> = reply.day.iter().filter_map(|(_, note)| note.clone()).collect();
    if reply.sent.is_none() {
        notes.push(say!(
            "照会したときの控えがないため、記録のある設問は、同じ答えのほかは衝突として扱います",
            "what was sent is not known: where there is a record, any other answer is a conflict"
        ));
    }
    let day = reply.day.as_ref().map(|(day, _)| *day);
    let touched = reply.day.is_some() || reply.person.is_some();
    let (file, person, sent) = (reply.file.clone(), reply.person.clone(), reply.identity.sent);
    Taken { owner, period, file, person, day, sent, touched, notes }
}

fn judge_all(plan: &Plan, form: &Form, replies: &[Reply], trust: Trust, rows: &mut Vec<Row>) {
    let mut answers: HashMap<&Key, Vec<(&Reply, &ReplyRow)>> = HashMap::new();
    for reply in replies {
        for row in &reply.rows {
            answers.entry(&row.key).or_default().push((reply, row));
        }
    }
    let printed = Printed::new(plan, form);
    for (item, question) in form.questions() {
        let found = answers.remove(&question.key).unwrap_or_default();
        // A form that was sent before the opinion was given does not ask for it, nor does the office's own.
        if found.is_empty() && question.key.field.is_of_opinion() {
            continue;
        }
        let mut row = judge(form.owner, item, question, &found, trust);
        row.notes.extend(found.iter().flat_map(|(_, row)| printed.remarks(row, question)));
        rows.push(row);
    }
    for reply in replies {
        let unknown = reply.rows.iter().filter(|row| answers.contains_key(&row.key));
        let unknown = unknown.filter(|row| row.cell.is_some()).map(|row| Stray {
            spot: row.spot.clone(),
            class: Class::Invalid,
            reason: say!(
                "この計画で今は問われていない項目です（{}）",
                "the plan does not ask for this now ({})",
                row.key
            ),
        });
        let asides = reply.asides.iter().filter(|aside| !printed.has(aside, reply.identity.sent));
        let asides = asides.map(|aside| Stray { spot: aside.spot.clone(), class: Class::LeftOut, reason: aside.say() });
        let strays = unknown.chain(reply.strays.iter().cloned()).chain(asides);
        rows.extend(strays.map(|stray| of_no_question(form.owner, stray)));
    }
}

fn of_no_question(owner: usize, stray: Stray) -> Row {
    Row {
        owner,
        key: None,
        name: String::new(),
        label: Say::default(),
        spots: vec![stray.spot],
        last: None,
        sent: None,
        recorded: None,
        replied: None,
        answer: None,
        class: stray.class,
        confirmed: None,
        reason: Some(stray.reason),
        notes: Vec::new(),
    }
}
