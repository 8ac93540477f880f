//! `kaikaku diff`

use anyhow::Result;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::cli::OutputArgs;
use super::sides::{self, Found, Read};
use super::{Context, Exit, find_entry, output};
use crate::diff::field::Topic;
use crate::diff::files::{Sides, file_changes};
use crate::diff::{Asked, Diff, Question, diff};
use crate::report::diff::{Detail, DiffReport, Side};

/// What changed between two revisions.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// 比べる版：タグ、ブランチ、コミット、日付、フォルダー。A..B や A...B とも書ける（省略時は HEAD と今のファイル） || What to compare: tags, branches, commits, days, folders, A..B or A...B (default: HEAD with the files as they are)
    #[arg(value_name = "REVISION", num_args = 0..=2)]
    revisions: Vec<String>,
    /// この日から || Since that day
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// git add したものと比べる || Compare with what was added by git add
    #[arg(long)]
    staged: bool,
    /// この区分だけ（カンマ区切り） || Only these topics (separated by commas)
    #[arg(long, value_name = "TOPICS", value_delimiter = ',')]
    only: Vec<Topic>,
    /// 定めたこと（計画）だけ || Only what was approved (the plan)
    #[arg(long, conflicts_with = "records")]
    definition: bool,
    /// 起きたこと（記録）だけ || Only what happened (the records)
    #[arg(long)]
    records: bool,
    /// この項目とその下だけ || Only this entry and what is under it
    #[arg(long, value_name = "ID")]
    under: Option<String>,
    /// 件数だけ || Only how many
    #[arg(long, conflicts_with = "summary")]
    stat: bool,
    /// 1件を1行で || One line for each change
    #[arg(long)]
    summary: bool,
    /// 違いがあれば終了コードを1にする || Exit with code 1 where something changed
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// `--only`.
impl ValueEnum for Topic {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.key()))
    }
}

/// Runs it.
///
/// # Errors
/// When a revision is not there, or git cannot read it.
pub fn run(context: &Context, args: &DiffArgs) -> Result<Exit> {
    let is_folder = |text: &str| context.is_plan_folder(text);
    let [old, new] = sides::pair(&args.revisions, args.since.as_deref(), args.staged, is_folder)?;
    let found = context.find_sides(&old, &new)?;
    let read: &Read = Box::leak(Box::new(sides::read(&found)?));
    let report = report(context, args, &found, read)?;
    let differs = !report.is_empty();
    output::write(context, &report, &args.output)?;
    Ok(if args.exit_code && differs { Exit::No } else { Exit::Done })
}

/// What changed, as far as it was asked for.
fn report<'p>(context: &Context, args: &DiffArgs, found: &'p [Found; 2], read: &'p Read) -> Result<DiffReport<'p>> {
    let [old, new] = &read.sides;
    let side = |at: usize| {
        let Read { sides, .. } = read;
        Side { label: &found[at].label, plan: sides[at].plan.as_ref(), snapshot: &sides[at].snapshot }
    };
    let compared = match (&old.plan, &new.plan) {
        (Some(old), Some(new)) => {
            let question = Question { as_of: context.as_of(new)?, same_records: &read.same_records };
            Some((diff(old, new, &question), old, new))
        }
        _ => None,
    };
    let files =
        file_changes(Sides { old, new, same_records: &read.same_records }, compared.as_ref().map(|(diff, ..)| diff));
    let mut asked =
        Asked { only: args.only.clone(), definition: args.definition, records: args.records, under: Vec::new() };
    let (mut changes, mut probable) = (Vec::new(), Vec::new());
    if let Some((Diff { changes: all, probable: pairs, identity, .. }, old, new)) = compared {
        if let Some(text) = &args.under {
            // An entry that is gone is known to the old revision only.
            let plan = [new, old].into_iter().find(|plan| find_entry(plan, text).is_ok()).unwrap_or(new);
            asked.look_under(plan, find_entry(plan, text)?, &identity);
        }
        changes = all.into_iter().filter(|change| asked.wants(change, [old, new])).collect();
        probable = if asked.wants_suggestions() { pairs } else { Vec::new() };
    }
    let files = if asked.wants_files() { files } else { Vec::new() };
    let detail = match (args.stat, args.summary) {
        (true, _) => Detail::Counts,
        (_, true) => Detail::Summary,
        _ => Detail::Full,
    };
    Ok(DiffReport { old: side(0), new: side(1), changes, files, probable, detail })
}
