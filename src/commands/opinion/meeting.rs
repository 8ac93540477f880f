//! Where an opinion goes: to a meeting that the plan knows, or to a new one.

use chrono::NaiveDate;
use clap::Args;

use super::find::{self, choice, day, day_of, meetings};
use crate::commands::confirm;
use crate::failure::Failure;
use crate::ledger::opinion;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::opinion::{Body, Meeting};
use crate::plan::plausible;
use crate::say;
use crate::text::same::is_same_name;

/// What a meeting is, where it is new.
#[derive(Debug, Clone, Args)]
pub struct MeetingArgs {
    /// 会議の名称（最初の意見のとき） || What the meeting is called (with its first opinion)
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// 意見の出た場：委員会、議会、監査、パブリックコメント、その他（省略時は名称から） || Where it was said: committee, assembly, audit, public, other (default: as its name says)
    #[arg(long, value_name = "BODY")]
    pub body: Option<String>,
    /// 数日にわたるものの最初の日 || The first day of what lasted several
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
}

/// The meeting that something is added to.
#[derive(Debug)]
pub struct MeetingAt<'p> {
    /// What its file is called.
    pub id: Id,
    /// Of what kind it is.
    pub body: Body,
    /// Its first day.
    pub began: NaiveDate,
    /// What the plan knows of it.
    pub known: Option<&'p Meeting>,
    /// What a new file begins with.
    pub head: Option<String>,
}

impl<'p> MeetingAt<'p> {
    /// The meeting that a text names; one of another name on the same day is another meeting.
    ///
    /// # Errors
    /// When more than one is meant, or a new one has no name or day.
    pub fn new(plan: &'p Plan, text: &str, args: &MeetingArgs, today: NaiveDate) -> Result<Self, Failure> {
        let found = meetings(plan, text, today);
        let is_named = |meeting: &&Meeting| args.name.as_ref().is_none_or(|name| is_same_name(name, &meeting.name));
        let fitting: Vec<&Meeting> = found.into_iter().filter(is_named).collect();
        if !fitting.is_empty() {
            let one = if let [one] = fitting[..] { one } else { find::meeting(plan, text, today)? };
            refuse_ahead(one.date, one.from, today)?;
            return Ok(Self {
                id: one.id.clone(),
                body: one.body,
                began: one.from.unwrap_or(one.date),
                known: Some(one),
                head: None,
            });
        }
        let Some(name) = args.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            return Err(if day_of(text, today).is_some() { nameless(text) } else { no_meeting(plan, text, today) });
        };
        let date = day(text, today)?;
        let body = match &args.body {
            Some(text) => choice(text, &Body::ALL, Body::say, ("意見の出た場", "meeting"))?,
            None => body_of(name),
        };
        let from = args.from.as_deref().map(|text| day(text, today)).transpose()?;
        if let Some(from) = from.filter(|from| date < *from) {
            return Err(Failure::new(
                say!("最初の日（{from}）が、会議の日（{date}）より後です", "the first day, {from}, is after {date}"),
                say!("--from を確かめてください", "check --from"),
            ));
        }
        refuse_ahead(date, from, today)?;
        let (began, head) = (from.unwrap_or(date), opinion::head(name, body, date, from));
        Ok(Self { id: new_id(plan, date)?, body, began, known: None, head: Some(head) })
    }

    /// The number behind the largest of the meeting that is a plain one.
    ///
    /// # Errors
    /// Never: every number is an id.
    pub fn next_number(&self) -> u32 {
        let numbers = self.known.iter().flat_map(|meeting| &meeting.opinions);
        numbers.filter_map(|opinion| opinion.number.as_str().parse::<u32>().ok()).max().unwrap_or(0).saturating_add(1)
    }
}

/// Refuses a meeting at which nobody has said anything, since it is still to come.
fn refuse_ahead(date: NaiveDate, from: Option<NaiveDate>, today: NaiveDate) -> Result<(), Failure> {
    confirm::refuse_impossible(&plausible::meeting(date, from, today).into_iter().collect::<Vec<_>>())
}

/// Where something was said, as the name of the meeting tells.
pub fn body_of(name: &str) -> Body {
    let words = [
        (Body::Public, &["パブリックコメント", "意見公募", "意見募集", "市民意見"][..]),
        (Body::Audit, &["監査"]),
        (Body::Assembly, &["議会", "定例会", "臨時会", "常任委員会", "特別委員会"]),
        (Body::Committee, &["委員会", "審議会", "懇話会", "協議会", "会議"]),
    ];
    let is_said = |all: &[&str]| all.iter().any(|word| name.contains(word));
    words.into_iter().find(|(_, all)| is_said(all)).map_or(Body::Other, |(body, _)| body)
}

/// What the file of a new meeting is called: the day, behind which the second one of that day has a number.
fn new_id(plan: &Plan, date: NaiveDate) -> Result<Id, Failure> {
    let names = std::iter::once(date.to_string()).chain((2..).map(|n| format!("{date}-{n}")));
    let mut ids = names.filter_map(|name| Id::parse(&name).ok());
    let is_free = |id: &Id| plan.meetings.iter().all(|meeting| meeting.id != *id);
    ids.find(is_free).ok_or_else(|| no_name(date))
}

fn no_name(date: NaiveDate) -> Failure {
    Failure::plain(say!("{date} の会議のファイルに名前を付けられません", "no name is left for a meeting of {date}"))
}

fn no_meeting(plan: &Plan, text: &str, today: NaiveDate) -> Failure {
    find::meeting(plan, text, today).err().unwrap_or_else(|| nameless(text))
}

fn nameless(text: &str) -> Failure {
    Failure::new(
        say!("「{text}」の会議の名称が指定されていません", "the meeting of {text} has no name yet"),
        say!(
            "--name \"市役所改革推進委員会 第3回\" のように指定してください",
            "give it with --name, such as --name \"Reform committee, third meeting\""
        ),
    )
}
