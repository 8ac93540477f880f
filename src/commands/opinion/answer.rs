//! `kaikaku opinion answer`

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::ask::Asking;
use super::find::{self, choice, corrected, day};
use super::put::{Draft, put, recorded, review};
use crate::commands::confirm::{self, ConfirmArgs};
use crate::commands::record::{Answer, missing, period};
use crate::commands::{Context, Exit, Opened, find_owner};
use crate::failure::Failure;
use crate::lang::Say;
use crate::ledger::response::{self, KIND, Response};
use crate::ledger::stamp::Stamped;
use crate::plan::Plan;
use crate::plan::opinion::{OpinionName, ResponseState};
use crate::plan::period::Period;
use crate::plan::plausible::{Doubt, Rule, passed};
use crate::query::opinion::{ThreadPart, known};
use crate::say;

/// What was answered.
#[derive(Debug, Clone, Args)]
pub struct OpinionAnswerArgs {
    /// 意見の名前（2026-02-10/3 など。list に出る） || The opinion (such as 2026-02-10/3, see list)
    #[arg(value_name = "OPINION")]
    pub opinion: Option<String>,
    /// 対応状況：対応済、対応中、検討中、対応しない || What comes of it: done, doing, considering, declined
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// 対応の内容（市の考え方） || What is answered
    #[arg(long, value_name = "TEXT")]
    pub answer: Option<String>,
    /// 対応しない理由 || Why nothing is done
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// 約束すること || What is promised
    #[arg(long, value_name = "TEXT")]
    pub promise: Option<String>,
    /// いつまでに（R8.6、R8Q1、2026-06-30 など） || Until when (such as R8.6, R8Q1, 2026-06-30)
    #[arg(long, value_name = "PERIOD")]
    pub until: Option<String>,
    /// どの所管課の対応か（省略時は意見の所管課すべて） || Whose answer it is (default: that of all owners of the opinion)
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<String>,
    /// 計画に反映した git の版 || The git revision that reflects it
    #[arg(long, value_name = "REV")]
    revision: Option<String>,
    /// 計画に反映した [[change]] の日 || The day of the [[change]] that reflects it
    #[arg(long, value_name = "DAY")]
    change: Option<String>,
    /// 回答者 || Who answers
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// 注記 || A footnote
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// 回答した日（省略時は今日） || The day of the answer (default: today)
    #[arg(long, value_name = "DAY")]
    recorded: Option<String>,
    /// 訂正する記録の名前（2026-03-02 など。show に出る）。指定しなかった内容は引き継ぐ || The record to correct (such as 2026-03-02, see show); what is not given is taken over
    #[arg(long, value_name = "NAME")]
    corrects: Option<String>,
    /// 訂正ではなく取り下げる || Withdraw it instead
    #[arg(long, requires = "corrects", conflicts_with_all = ["state", "answer", "reason", "promise", "until", "owner", "revision", "change"])]
    withdraw: bool,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    consent: ConfirmArgs,
}

impl OpinionAnswerArgs {
    fn is_complete(&self) -> bool {
        let is_said = self.state.is_some() && self.answer.is_some();
        self.opinion.is_some() && (is_said || self.corrects.is_some())
    }
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, `check` would refuse the answer, or it cannot be written.
pub fn run(context: &Context, args: &OpinionAnswerArgs) -> Result<Exit> {
    let opened = context.open()?;
    if args.is_complete() {
        return put(context, opened, draft(context, opened, args)?, args.dry_run);
    }
    if !context.world.terminal.asks || args.corrects.is_some() {
        return Err(incomplete(args).into());
    }
    let mut earlier = args.clone();
    loop {
        let mut asked = args.clone();
        Asking::new(context, opened).answer(&mut asked, &earlier)?;
        let draft = draft(context, opened, &asked)?;
        match review(context, opened, &draft)? {
            Answer::Record => return put(context, opened, draft, args.dry_run),
            Answer::Again => earlier = asked,
        }
    }
}

/// What is to be written.
fn draft(context: &Context, opened: &Opened, args: &OpinionAnswerArgs) -> Result<Draft> {
    let today = context.world.today;
    let (meeting, number) = find::opinion(&opened.plan, args.opinion.as_deref().unwrap_or_default(), today)?;
    let traces: Vec<_> = meeting.responses.iter().map(|one| (one.trace, one.to == number)).collect();
    let wanted = args.corrects.as_deref();
    let known = wanted.map(|text| corrected(&opened.snapshot, meeting, KIND.header, &traces, text)).transpose()?;
    let (corrects, kept) = known.unzip();
    let recorded = recorded(args.recorded.as_deref(), today)?;
    let head = Stamped { number: &number, recorded, corrects, kept: kept.unwrap_or_default() };
    let own = context.settings().by.filter(|_| corrects.is_none());
    let by = args.by.clone().or(own);
    let block = match args.withdraw {
        true => response::withdrawal(head, args.note.as_deref(), by.as_deref()),
        false => {
            let (owner, revision) = (owner(opened, args)?, revision(opened, args)?);
            let change = change(&opened.plan, args, today)?;
            let until = args.until.as_deref().map(|text| period(text, today)).transpose()?;
            let doubts =
                doubts(context, opened, args, (&meeting.name_of(&number), owner.as_deref()), (until, recorded))?;
            let reason = confirm::agreed(context, &args.consent, &doubts)?;
            let note = confirm::noted(args.note.as_deref(), reason.as_deref());
            let reflected = (owner.as_deref(), revision.as_deref(), change);
            said(args, reflected, (until, note.as_deref(), by.as_deref()))?.block(head)
        }
    };
    Ok(Draft { name: meeting.name_of(&number), head: None, block })
}

/// What is unlikely: a promise whose time has passed already, and an opinion that was settled and is open again.
fn doubts(
    context: &Context,
    opened: &Opened,
    args: &OpinionAnswerArgs,
    (name, owner): (&OpinionName, Option<&str>),
    (until, recorded): (Option<Period>, NaiveDate),
) -> Result<Vec<Doubt>> {
    let plan = &opened.plan;
    let what = || say!("約束の期限", "the term of the promise");
    let late = until.and_then(|until| passed("until", what(), until.last_day(), recorded));
    let now = args.state.as_deref().map(state).transpose()?.filter(|_| args.corrects.is_none());
    let threads = known(plan, context.as_of(plan)?);
    let parts = threads.iter().find(|thread| thread.name() == *name).map_or(&[][..], |thread| &thread.parts[..]);
    let is_asked =
        |part: &&ThreadPart<'_>| owner.is_none() || part.owner.map(|place| plan.owners[place].id.as_str()) == owner;
    let was = parts.iter().filter(is_asked).find_map(|part| part.state().filter(|state| state.is_settled()));
    let reopened = was.zip(now.filter(|now| !now.is_settled())).map(|(was, now)| reopened(was, now));
    Ok(late.into_iter().chain(reopened).collect())
}

/// The doubt about an opinion that was settled and is open again.
fn reopened(was: ResponseState, now: ResponseState) -> Doubt {
    let (was, now) = (was.say(), now.say());
    Doubt {
        rule: Rule::FallsBack,
        key: "state",
        message: Say {
            ja: format!("対応状況が「{}」から「{}」に戻っています", was.ja, now.ja),
            en: format!("the state falls back from `{}` to `{}`", was.en, now.en),
        },
        help: say!("意見の番号と対応状況を確かめてください", "check the opinion and the state"),
    }
}

fn said<'a>(
    args: &'a OpinionAnswerArgs,
    (owner, revision, change): (Option<&'a str>, Option<&'a str>, Option<NaiveDate>),
    (until, note, by): (Option<Period>, Option<&'a str>, Option<&'a str>),
) -> Result<Response<'a>, Failure> {
    let state = args.state.as_deref().map(state);
    Ok(Response {
        owner,
        state: state.transpose()?,
        text: args.answer.as_deref(),
        reason: args.reason.as_deref(),
        promise: args.promise.as_deref(),
        until,
        revision,
        change,
        note,
        by,
    })
}

/// What comes of an opinion, as a person types it.
///
/// # Errors
/// When it is no state.
pub fn state(text: &str) -> Result<ResponseState, Failure> {
    choice(text, &ResponseState::ALL, ResponseState::say, ("対応状況", "state"))
}

fn owner(opened: &Opened, args: &OpinionAnswerArgs) -> Result<Option<String>, Failure> {
    let place = args.owner.as_deref().map(|text| find_owner(&opened.plan, text)).transpose()?;
    Ok(place.map(|place| opened.plan.owners[place].id.to_string()))
}

/// The commit that a revision means today, whole: a branch moves on.
fn revision(opened: &Opened, args: &OpinionAnswerArgs) -> Result<Option<String>, Failure> {
    let Some(text) = args.revision.as_deref() else { return Ok(None) };
    Ok(Some(opened.repository()?.revision(text)?.id))
}

/// The day of a `[[change]]`, which the plan must have.
fn change(plan: &Plan, args: &OpinionAnswerArgs, today: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    let Some(text) = args.change.as_deref() else { return Ok(None) };
    let day = day(text, today)?;
    let of_entries = plan.entries.iter().flat_map(|entry| &entry.amendments);
    let of_indicators = plan.indicators.iter().flat_map(|indicator| &indicator.amendments);
    let mut days: Vec<NaiveDate> =
        plan.head.amendments.iter().chain(of_entries).chain(of_indicators).map(|change| change.date).collect();
    if days.contains(&day) {
        return Ok(Some(day));
    }
    days.sort_unstable();
    days.dedup();
    let list = days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Err(Failure::new(
        say!("{day} の [[change]] は、計画にありません", "the plan has no [[change]] of {day}"),
        match days.is_empty() {
            true => say!("変更した項目に [[change]] を書いてください", "write a [[change]] where the plan was changed"),
            false => say!("計画の [[change]] の日：{list}", "days of the plan's [[change]]: {list}"),
        },
    ))
}

fn incomplete(args: &OpinionAnswerArgs) -> Failure {
    let said = args.corrects.is_some();
    Failure::new(
        missing(&[
            (args.opinion.is_none(), say!("意見の名前", "the opinion name")),
            (args.state.is_none() && !said, say!("対応状況（--state）", "what comes of it (--state)")),
            (args.answer.is_none() && !said, say!("対応の内容（--answer）", "what is answered (--answer)")),
        ]),
        say!(
            "kaikaku opinion answer {0} --state 対応中 --answer \"…\" のように指定してください（端末では順に尋ねます）",
            "run `kaikaku opinion answer {0} --state doing --answer \"TEXT\"` (in a terminal you are asked)",
            args.opinion.as_deref().unwrap_or("2026-02-10/3")
        ),
    )
}
