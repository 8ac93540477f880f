//! `kaikaku opinion list` and `kaikaku opinion show`

use anyhow::Result;
use clap::Args;

use super::answer::state;
use super::find;
use crate::commands::cli::OutputArgs;
use crate::commands::{Context, Exit, find as find_subject, find_owner, output};
use crate::plan::Subject;
use crate::query::Scope;
use crate::query::opinion::{Thread, threads, threads_of};
use crate::report::opinion::thread::ThreadReport;
use crate::report::opinion::{OpinionsReport, Register};

/// Opinions.
#[derive(Debug, Args)]
pub struct OpinionListArgs {
    /// この会議のものだけ || Only those of this meeting
    #[arg(long, value_name = "MEETING")]
    meeting: Option<String>,
    /// この所管課が答えるものだけ || Only those that this owner answers
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// この対応状況のものだけ（未回答、対応済、対応中、検討中、対応しない） || Only those of this state (unanswered, done, doing, considering, declined)
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
    /// この項目（とその下）や指標についてのものだけ || Only those about this entry (and what is under it) or indicator
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// 済んでいないものだけ || Only those that are still open
    #[arg(long)]
    open: bool,
    /// 氏名も示す || Show the names of those who spoke
    #[arg(long)]
    names: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// One opinion.
#[derive(Debug, Args)]
pub struct OpinionShowArgs {
    /// 意見の名前（2026-02-10/3 など。list に出る） || The opinion (such as 2026-02-10/3, see list)
    #[arg(value_name = "OPINION")]
    opinion: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists opinions.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn run(context: &Context, args: &OpinionListArgs) -> Result<Exit> {
    let opened = context.open()?;
    let (plan, today) = (&opened.plan, context.world.today);
    let as_of = context.as_of(plan)?;
    let meeting = args.meeting.as_deref().map(|text| find::meeting(plan, text, today)).transpose()?;
    let subject = args.about.as_deref().map(|text| find_subject(plan, text)).transpose()?;
    let owner = args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?;
    let unanswered = args.state.as_deref().is_some_and(|text| matches!(text.trim(), "未回答" | "unanswered"));
    let wanted = args.state.as_deref().filter(|_| !unanswered).map(state).transpose()?;
    let scope = Scope { under: subject.and_then(Subject::entry), owner };
    let is_asked = |thread: &Thread<'_>| {
        let about = subject.is_none_or(|subject| subject.entry().is_some() || thread.is_about(subject));
        meeting.is_none_or(|meeting| meeting.id == thread.meeting.id)
            && about
            && thread.is_within(plan, scope)
            && (args.state.is_none() || thread.parts.iter().any(|part| part.state() == wanted))
            && (!args.open || thread.is_open())
    };
    let threads = threads(plan, as_of).into_iter().filter(is_asked).collect();
    let report = OpinionsReport { plan, as_of, threads, register: Register::List, with_names: args.names };
    output::write(context, &report, &args.output)?;
    Ok(Exit::Done)
}

/// Shows one opinion.
///
/// # Errors
/// When the plan has errors, or there is no such opinion.
pub fn show(context: &Context, args: &OpinionShowArgs) -> Result<Exit> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let (meeting, number) = find::opinion(plan, &args.opinion, context.world.today)?;
    let is_it = |thread: &Thread<'_>| {
        thread.opinion.number == number || thread.alike.iter().any(|other| other.number == number)
    };
    let threads = threads_of(plan, meeting, as_of).into_iter().filter(is_it).collect();
    let of = OpinionsReport { plan, as_of, threads, register: Register::List, with_names: true };
    let report = ThreadReport {
        of,
        name: meeting.name_of(&number).to_string(),
        said: meeting.opinions.iter().filter(|opinion| opinion.number == number).collect(),
        answered: meeting.responses.iter().filter(|response| response.to == number).collect(),
    };
    output::write(context, &report, &args.output)?;
    Ok(Exit::Done)
}
