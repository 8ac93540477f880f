//! `kaikaku answer`

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::form::{Form, named_subjects};
use super::record::{missing, period};
use super::{Context, Exit, confirm, definition, find};
use crate::define::Change;
use crate::failure::Failure;
use crate::ledger::SCHEMA;
use crate::ledger::answer::AnswerBlock;
use crate::ledger::block::appended;
use crate::ledger::files::ANSWERS;
use crate::plan::paper::Answer as Said;
use crate::plan::period::{Parsed, Period};
use crate::plan::plausible::not_begun;
use crate::plan::{Plan, Subject};
use crate::{console, say, wording};

/// An answer to a question of the council, or the draft of one.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// 項目か指標（番号か名前） || The entry or indicator (number or name)
    #[arg(value_name = "ID")]
    about: Option<String>,
    /// 答弁 || The answer
    #[arg(value_name = "TEXT")]
    answer: Option<String>,
    /// いつの報告についてか（省略時は、終わった期間のうち最も新しいもの） || About the paper of which period (default: the last one that has ended)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 答弁案として（まだ答えていない。その期間の想定問答に載る） || As a draft, not given yet: the questions of that period show it
    #[arg(long, conflicts_with = "recorded")]
    draft: bool,
    /// 問われたこと || What was asked
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,
    /// 答えた日（省略時は今日） || The day it was given (default: today)
    #[arg(long, value_name = "DAY")]
    recorded: Option<String>,
    /// 答えた者 || Who answered
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, when `check` would refuse it, or it cannot be written.
pub fn run(context: &Context, mut args: AnswerArgs) -> Result<Exit> {
    let opened = context.open()?;
    let (plan, today) = (&opened.plan, context.world.today);
    if context.world.terminal.asks {
        let form = Form::new(context.lang());
        if args.about.is_none() {
            args.about = Some(asked(form, plan)?);
        }
        if args.answer.is_none() {
            let question = say!("問われたこと（なければ空のまま）", "What was asked (or leave blank)");
            form.text(&mut args.question, question, None)?;
            let question = if args.draft { say!("答弁案", "Draft answer") } else { say!("答弁", "Answer") };
            form.text(&mut args.answer, question, None)?;
        }
    }
    let (Some(about), Some(answer)) = (args.about.as_deref(), args.answer.as_deref()) else {
        return Err(incomplete(&args).into());
    };
    let subject = find(plan, about)?;
    let id = match subject {
        Subject::Entry(place) => &plan.entries[place].id,
        Subject::Indicator(place) => &plan.indicators[place].id,
    };
    let asked = args.period.as_deref().map(|text| period(text, today)).transpose()?;
    let asked = asked.map_or_else(|| super::report::council::period(context, plan, None), Ok)?;
    let given = args.recorded.as_deref().map(|text| day(text, today)).transpose()?;
    let recorded = if args.draft { None } else { Some(given.unwrap_or(today)) };
    confirm::refuse_impossible(&not_begun(asked, recorded.unwrap_or(today)).into_iter().collect::<Vec<_>>())?;
    let block = AnswerBlock {
        about: id.as_str(),
        period: Some(asked),
        recorded,
        question: args.question.as_deref(),
        answer,
        by: args.by.as_deref(),
        draft: args.draft,
    };
    let same = |one: &&Said| one.about == subject && one.period == asked && one.draft == args.draft;
    let replaced = plan.answers.iter().rfind(same).filter(|one| *one.answer != *answer).map(|one| {
        let title = context.lang().pick("前の答弁", "Earlier answer");
        wording::from_to(title, &one.answer, answer, context.lang())
    });
    let path = ANSWERS.path("answers");
    let old = opened.snapshot.position(&path).map(|place| opened.snapshot.text(place).to_owned());
    let start = old.clone().unwrap_or_else(|| format!("schema = {SCHEMA}\n"));
    let new = appended(&start, &block.block()).0;
    let exit = definition::write(context, opened, &[Change { path, old, new }], args.dry_run)?;
    replaced.iter().for_each(|line| console::say(line));
    Ok(exit)
}

/// The entry or indicator that an answer is about.
fn asked(form: Form, plan: &Plan) -> Result<String> {
    let (ids, names) = named_subjects(plan);
    let question = say!("どの項目や指標についてですか", "About which entry or indicator?");
    Ok(ids[form.choose(question, &names, 0)?].to_string())
}

/// The day on which an answer was given.
fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    match Period::parse_near(text, today) {
        Ok(Parsed { period: Period::Day(day), .. }) if day <= today => Ok(day),
        Ok(_) => Err(Failure::new(
            say!("「{text}」は、今日までの日付ではありません", "`{text}` is not a day up to today"),
            say!("R8.11.20 のように書いてください", "write a day such as 2026-11-20"),
        )),
        Err(error) => Err(Failure::new(error.say(), error.hint())),
    }
}

fn incomplete(args: &AnswerArgs) -> Failure {
    let parts = [
        (args.about.is_none(), say!("項目か指標", "the entry or indicator")),
        (args.answer.is_none(), say!("答弁", "the answer")),
    ];
    Failure::new(
        missing(&parts),
        say!(
            "kaikaku answer 1-1-1 \"…\" --draft のように指定してください（端末では順に尋ねます）",
            "run `kaikaku answer 1-1-1 \"…\" --draft` (in a terminal you are asked)"
        ),
    )
}
