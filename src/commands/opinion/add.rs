//! `kaikaku opinion add`

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::ask::Asking;
use super::find::{self, choice, corrected};
use super::meeting::{MeetingArgs, MeetingAt};
use super::put::{Draft, put, recorded, review};
use crate::commands::confirm::{self, ConfirmArgs};
use crate::commands::record::{Answer, missing};
use crate::commands::{Context, Exit, Opened, find as find_subject, find_owner};
use crate::console;
use crate::failure::Failure;
use crate::ledger::opinion::{self, KIND, Opinion};
use crate::ledger::stamp::Stamped;
use crate::ledger::written::Written;
use crate::plan::id::Id;
use crate::plan::opinion::{OpinionKind, OpinionName};
use crate::plan::period::parse_day_ahead;
use crate::plan::plausible::{Doubt, passed};
use crate::plan::{Plan, Subject};
use crate::{say, tr};

/// What was said.
#[derive(Debug, Clone, Args)]
pub struct OpinionAddArgs {
    /// 会議の日か名前（2026-02-10、R8.2.10 など）。番号も指定するなら 2026-02-10/3 || The day or name of the meeting (such as 2026-02-10); with a number 2026-02-10/3
    #[arg(value_name = "MEETING")]
    pub meeting: Option<String>,
    #[command(flatten)]
    pub place: MeetingArgs,
    /// 意見の内容 || What was said
    #[arg(long, value_name = "TEXT")]
    pub opinion: Option<String>,
    /// 種類：意見、質問、要望、指摘 || Its kind: opinion, question, request, point
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// だれが（委員、議員などの立場） || Who said it: a role
    #[arg(long, value_name = "ROLE")]
    pub who: Option<String>,
    /// 氏名（指定しない限り、報告書に出ない） || The person's name, which papers leave out unless asked
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// どの項目や指標についてか（繰り返し可） || About which entry or indicator (repeatable)
    #[arg(long, value_name = "ID")]
    pub about: Vec<String>,
    /// 対応する所管課（繰り返し可。省略時は項目や指標の所管課） || Who is to answer (repeatable; default: the owners of what it is about)
    #[arg(long, value_name = "OWNER")]
    pub owner: Vec<String>,
    /// 回答の期限 || By when to answer
    #[arg(long, value_name = "DAY")]
    pub due: Option<String>,
    /// 報告書に載せる概要 || What papers print of it
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// 同じ意見の件数 || How many said so
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,
    /// この番号の意見とまとめる || Group it with the opinion of this number
    #[arg(long, value_name = "NUMBER")]
    like: Option<String>,
    /// 注記 || A footnote
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// 記録者 || Who records it
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// 記録日（省略時は今日） || The day it is recorded (default: today)
    #[arg(long, value_name = "DAY")]
    recorded: Option<String>,
    /// 訂正する記録の名前（2026-02-12 など。show に出る）。指定しなかった内容は引き継ぐ || The record to correct (such as 2026-02-12, see show); what is not given is taken over
    #[arg(long, value_name = "NAME")]
    corrects: Option<String>,
    /// 訂正ではなく取り下げる || Withdraw it instead
    #[arg(long, requires = "corrects", conflicts_with_all = ["opinion", "kind", "who", "person", "about", "owner", "due", "summary", "count", "like"])]
    withdraw: bool,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    consent: ConfirmArgs,
}

impl OpinionAddArgs {
    fn is_complete(&self) -> bool {
        self.meeting.is_some() && self.opinion.as_ref().is_some_and(|text| !text.trim().is_empty())
    }
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, `check` would refuse the opinion, or it cannot be written.
pub fn run(context: &Context, args: &OpinionAddArgs) -> Result<Exit> {
    let opened = context.open()?;
    if args.corrects.is_some() {
        return correct(context, opened, args);
    }
    if args.is_complete() {
        return put(context, opened, draft(context, &opened.plan, args)?, args.dry_run);
    }
    if !context.world.terminal.asks {
        return Err(incomplete(args).into());
    }
    let mut earlier = args.clone();
    loop {
        let mut asked = args.clone();
        Asking::new(context, opened).opinion(&mut asked, &earlier)?;
        let draft = draft(context, &opened.plan, &asked)?;
        match review(context, opened, &draft)? {
            Answer::Record => return put(context, opened, draft, args.dry_run),
            Answer::Again => earlier = asked,
        }
    }
}

/// What is to be written.
fn draft(context: &Context, plan: &Plan, args: &OpinionAddArgs) -> Result<Draft> {
    let today = context.world.today;
    let folded = args.meeting.as_deref().unwrap_or_default().replace('／', "/");
    let (place, number) = folded.rsplit_once('/').map_or((&*folded, None), |(place, number)| (place, Some(number)));
    let at = MeetingAt::new(plan, place.trim(), &args.place, today)?;
    let number = match number {
        Some(number) => fresh(&at, number.trim())?,
        None => fresh(&at, &at.next_number().to_string())?,
    };
    let about = about(context, plan, &args.about)?;
    let owners = owners(plan, &args.owner)?;
    let by = args.by.clone().or_else(|| context.settings().by);
    let recorded = recorded(args.recorded.as_deref(), today)?;
    let due = due(args, today)?;
    let note = note(context, args, due, recorded)?;
    let mut said = said(args, (&about, &owners), (due, note.as_deref(), by.as_deref()))?;
    said.kind = said.kind.or(at.body.usual_kind());
    let block = said.block(Stamped { number: &number, recorded, corrects: None, kept: Written::default() });
    Ok(Draft { name: OpinionName { meeting: at.id, number }, head: at.head, block })
}

/// Adds the record that stands in place of another one.
fn correct(context: &Context, opened: &Opened, args: &OpinionAddArgs) -> Result<Exit> {
    let today = context.world.today;
    let (meeting, number) = find::opinion(&opened.plan, args.meeting.as_deref().unwrap_or_default(), today)?;
    let traces: Vec<_> = meeting.opinions.iter().map(|one| (one.trace, one.number == number)).collect();
    let wanted = args.corrects.as_deref().unwrap_or_default();
    let (stamp, kept) = corrected(&opened.snapshot, meeting, KIND.header, &traces, wanted)?;
    let recorded = recorded(args.recorded.as_deref(), today)?;
    let head = Stamped { number: &number, recorded, corrects: Some(stamp), kept };
    let block = match args.withdraw {
        true => opinion::withdrawal(head, args.note.as_deref(), args.by.as_deref()),
        false => {
            let about = about(context, &opened.plan, &args.about)?;
            let owners = owners(&opened.plan, &args.owner)?;
            let due = due(args, today)?;
            let note = note(context, args, due, recorded)?;
            said(args, (&about, &owners), (due, note.as_deref(), args.by.as_deref()))?.block(head)
        }
    };
    put(context, opened, Draft { name: meeting.name_of(&number), head: None, block }, args.dry_run)
}

/// By when it is to be answered.
fn due(args: &OpinionAddArgs, today: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    let due = args.due.as_deref().map(|text| parse_day_ahead(text, today)).transpose();
    due.map_err(|error| Failure::new(error.say(), error.hint()))
}

/// The note, with why a term is right that has passed already.
fn note(
    context: &Context,
    args: &OpinionAddArgs,
    due: Option<NaiveDate>,
    recorded: NaiveDate,
) -> Result<Option<String>> {
    let what = || say!("回答の期限", "the term of the answer");
    let doubts: Vec<Doubt> = due.and_then(|due| passed("due", what(), due, recorded)).into_iter().collect();
    let reason = confirm::agreed(context, &args.consent, &doubts)?;
    Ok(confirm::noted(args.note.as_deref(), reason.as_deref()))
}

/// What the arguments say of the opinion.
fn said<'a>(
    args: &'a OpinionAddArgs,
    (about, owners): (&'a [String], &'a [String]),
    (due, note, by): (Option<NaiveDate>, Option<&'a str>, Option<&'a str>),
) -> Result<Opinion<'a>, Failure> {
    let kind = args
        .kind
        .as_deref()
        .map(|text| choice(text, &OpinionKind::ALL, OpinionKind::say, ("意見の種類", "kind of opinion")));
    Ok(Opinion {
        who: args.who.as_deref(),
        person: args.person.as_deref(),
        about: about.iter().map(String::as_str).collect(),
        kind: kind.transpose()?,
        text: args.opinion.as_deref(),
        summary: args.summary.as_deref(),
        count: args.count,
        like: args.like.as_deref(),
        owners: owners.iter().map(String::as_str).collect(),
        due,
        note,
        by,
    })
}

/// The present ids of what an opinion is about. One that was renumbered is said.
pub fn about(context: &Context, plan: &Plan, texts: &[String]) -> Result<Vec<String>, Failure> {
    let id = |text: &String| {
        let subject = find_subject(plan, text)?;
        let id = match subject {
            Subject::Entry(place) => &plan.entries[place].id,
            Subject::Indicator(place) => &plan.indicators[place].id,
        };
        let former = Id::parse(text).ok().filter(|former| former != id && plan.index.contains_key(former));
        if let Some(former) = former {
            console::say(&tr!(
                context.lang(),
                "注意: 「{former}」は、今は「{id}」です。「{id}」と記録します",
                "note: `{former}` is `{id}` now, and is recorded so"
            ));
        }
        Ok(id.to_string())
    };
    texts.iter().map(id).collect()
}

/// The ids of owners.
pub fn owners(plan: &Plan, texts: &[String]) -> Result<Vec<String>, Failure> {
    texts.iter().map(|text| find_owner(plan, text).map(|place| plan.owners[place].id.to_string())).collect()
}

/// The number that a person gave, which no opinion of the meeting has.
fn fresh(at: &MeetingAt<'_>, text: &str) -> Result<Id, Failure> {
    let number = Id::parse(text).map_err(|_| {
        Failure::new(
            say!("「{text}」は意見の番号になりません", "`{text}` cannot be the number of an opinion"),
            say!("3 や 1-2 のように書いてください", "write it as 3 or 1-2"),
        )
    })?;
    let is_there = at.known.is_some_and(|meeting| meeting.opinions.iter().any(|opinion| opinion.number == number));
    if is_there {
        return Err(Failure::new(
            say!("番号 {number} の意見はもうあります", "there is an opinion of number {number} already"),
            say!(
                "別の意見なら番号を付けずに、訂正なら --corrects を付けて実行してください（kaikaku opinion show {}/{number}）",
                "leave the number out for another opinion, or add --corrects (see `kaikaku opinion show {}/{number}`)",
                at.id
            ),
        ));
    }
    Ok(number)
}

fn incomplete(args: &OpinionAddArgs) -> Failure {
    Failure::new(
        missing(&[
            (args.meeting.is_none(), say!("会議の日か名前", "the day or name of the meeting")),
            (
                args.opinion.as_ref().is_none_or(|text| text.trim().is_empty()),
                say!("意見の内容（--opinion）", "what was said (--opinion)"),
            ),
        ]),
        say!(
            "kaikaku opinion add 2026-02-10 --name \"委員会の名称\" --about 1-1-1 --opinion \"意見\" のように指定してください（端末では順に尋ねます）",
            "run `kaikaku opinion add 2026-02-10 --name \"MEETING\" --about 1-1-1 --opinion \"TEXT\"` (in a terminal you are asked)"
        ),
    )
}
