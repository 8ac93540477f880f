//! `kaikaku log`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, find, output};
use crate::query::history::history;
use crate::report::log::LogReport;

/// Records in order of time.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// 項目か指標の番号か名前（省略時は計画全体） || Number or name of an entry or indicator (default: the whole plan)
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or the id names nothing.
pub fn run(context: &Context, args: &LogArgs) -> Result<Exit> {
    let opened = context.open_figures()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let subject = args.id.as_deref().map(|text| find(plan, text)).transpose()?;
    output::write(context, &LogReport { plan, as_of, events: history(plan, subject, as_of) }, &args.output)?;
    Ok(Exit::Done)
}
