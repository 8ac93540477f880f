//! `kaikaku report questions`

use anyhow::Result;
use clap::Args;

use super::council::{period, state};
use crate::commands::cli::OutputArgs;
use crate::commands::{Context, Exit, output};
use crate::plan::Plan;
use crate::query::AsOf;
use crate::query::questions::questions;
use crate::query::summary::summary;
use crate::report::council::State;
use crate::report::questions::QuestionsReport;

/// The questions to expect.
#[derive(Debug, Args)]
pub struct QuestionsArgs {
    /// どの期間についてか（R7Q2 など。省略時は、終わった期間のうち最も新しいもの） || About which period (such as R7Q2; default: the last one that has ended)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn run(context: &Context, args: &QuestionsArgs) -> Result<Exit> {
    let opened = context.open_whole()?;
    let period = period(context, &opened.plan, args.period.as_deref())?;
    let as_of = context.end_of(&opened.plan, period)?;
    output::write(context, &report(&opened.plan, as_of, state(context, opened, as_of)), &args.output)?;
    Ok(Exit::Done)
}

/// The sheet.
pub fn report<'p>(plan: &'p Plan, as_of: AsOf, state: State<'p>) -> QuestionsReport<'p> {
    let summary = summary(plan, as_of, 0, 0);
    let queries = questions(&summary);
    QuestionsReport { summary, state, queries }
}
