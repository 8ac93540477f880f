//! `kaikaku plans`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, output};
use crate::finding::Severity;
use crate::report::plans::{Listed, PlansReport};
use crate::source;
use crate::source::workspace::Workspace;

/// The plans of the workspace.
#[derive(Debug, Args)]
pub struct PlansArgs {
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When there is no workspace.
pub fn run(context: &Context, args: &PlansArgs) -> Result<Exit> {
    let workspace = context.workspace()?;
    let names: Vec<Option<&str>> = match workspace.names.as_slice() {
        [] => vec![None],
        names => names.iter().map(|name| Some(name.as_str())).collect(),
    };
    let plans = names.into_iter().map(|name| listed(&workspace, name)).collect::<Result<_>>()?;
    output::write(context, &PlansReport { plans }, &args.output)?;
    Ok(Exit::Done)
}

fn listed(workspace: &Workspace, name: Option<&str>) -> Result<Listed> {
    let folder = workspace.plan(name)?;
    let snapshot = workspace.snapshot(&folder, &|path| !source::is_closed(path))?;
    let loaded = source::load(&snapshot, &folder.name);
    let errors = loaded.findings.iter().filter(|f| f.severity() == Severity::Error).count();
    let default = workspace.plan(None).is_ok_and(|meant| meant.name == folder.name);
    Ok(Listed { name: folder.name, default, plan: loaded.plan, errors })
}
