//! `kaikaku show`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, Opened, find, output};
use crate::plan::source::Origin;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::history::history;
use crate::query::status::{Question, Status, status};
use crate::report::show::{LineFinder, ShowReport};

/// Everything known.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// 項目か指標の番号（1-1-2 など）か名前（省略時は計画全体） || Number (such as 1-1-2) or name of an entry or indicator (default: the plan)
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or the id names nothing.
pub fn run(context: &Context, args: &ShowArgs) -> Result<Exit> {
    let opened = context.open()?;
    let Opened { snapshot, plan, .. } = &opened;
    let subject = args.id.as_deref().map(|text| find(plan, text)).transpose()?;
    let as_of = context.as_of(plan)?;
    let lines = LineFinder(Box::new(move |origin: Origin| {
        let file = origin.file as usize;
        let (line, _) = snapshot.line_column(file, origin.offset as usize);
        format!("{}:{line}", snapshot.shown_path(file))
    }));
    let events = subject.map_or_else(Vec::new, |subject| history(plan, Some(subject), as_of));
    let standings = standings(plan, subject, as_of);
    output::write(context, &ShowReport { plan, as_of, subject, events, standings, lines }, &args.output)?;
    Ok(Exit::Done)
}

/// One status for each scale and evaluator that has rated the entry.
fn standings(plan: &Plan, subject: Option<Subject>, as_of: AsOf) -> Vec<Status<'_>> {
    let Some(Subject::Entry(place)) = subject else { return Vec::new() };
    let evaluators = 0..plan.evaluators.len();
    let pairs = (0..plan.scales.len()).flat_map(|scale| evaluators.clone().map(move |evaluator| (scale, evaluator)));
    let is_rated = |(scale, evaluator): &(usize, usize)| {
        let updates = &plan.entries[place].updates;
        updates
            .iter()
            .any(|u| u.evaluator == *evaluator && u.rating_on(*scale).is_some() && as_of.has_heard(u.recorded))
    };
    let ask =
        |(scale, evaluator)| status(plan, Question { under: Some(place), ..Question::new(as_of, scale, evaluator) });
    pairs.filter(is_rated).map(ask).collect()
}
