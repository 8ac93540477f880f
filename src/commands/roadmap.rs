//! `kaikaku roadmap`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::paper::{Answer, asked_of};
use super::{Context, Exit, find_entry, find_owner};
use crate::query::Scope;
use crate::query::road::roads;
use crate::report::roadmap::RoadmapReport;

/// Planned against reached, year by year.
#[derive(Debug, Args)]
pub struct RoadmapArgs {
    /// この項目と、その下だけ（番号か名前） || Only this entry and what is under it (number or name)
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// 同上 || The same
    #[arg(long, value_name = "ID", conflicts_with = "id")]
    under: Option<String>,
    /// この所管課の項目だけ || Only what this owner has
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// As [`answer`], or when it cannot be written.
pub fn run(context: &Context, args: &RoadmapArgs) -> Result<Exit> {
    answer(context, args)?.write(context, &args.output)
}

/// The steps and milestones.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn answer(context: &Context, args: &RoadmapArgs) -> Result<Answer> {
    let opened = context.open_figures()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let under = args.id.as_deref().or(args.under.as_deref());
    let scope = Scope {
        under: under.map(|text| find_entry(plan, text)).transpose()?,
        owner: args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?,
    };
    let report = Box::new(RoadmapReport { plan, as_of, scope, roads: roads(plan, as_of, scope) });
    let (key, asked) = ("roadmap", asked_of(plan, scope));
    Ok(Answer { report, opened, key, period: as_of.period, as_of: Some(as_of), asked, exit: Exit::Done })
}
