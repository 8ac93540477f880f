//! `kaikaku export`

mod folder;
mod inputs;
mod partition;

use std::path::PathBuf;
use std::sync::Mutex;

use anyhow::Result;
use clap::{Args, ValueEnum};

use self::folder::DatasetFolder;
use self::inputs::Input;
use self::partition::Trouble;
use super::{Context, Exit};
use crate::dataset::DatasetFormat;
use crate::failure::Failure;
use crate::plan::source::SHORT_ID;
use crate::render::text;
use crate::report::export::{ExportReport, Exported, Outcome, Standing};
use crate::text::paths::Slashed;
use crate::{console, say, threads, tr};

/// The dataset of one plan or of many.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// このフォルダーに書く（同じデータセットなら、変わった計画だけを書き直す） || Write into this folder (of the same dataset, only plans that changed are written again)
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    output: PathBuf,
    /// 表の形式 || Format of the tables
    #[arg(long, value_name = "FORMAT", default_value = "parquet")]
    format: FormatArg,
    /// ここにある計画（フォルダー、'cities/*/' のような型、path,rev,plan の一覧のファイル。何度でも指定できる） || The plans found here: folders, patterns such as 'cities/*/', a list file of path,rev,plan; may be repeated
    #[arg(long, value_name = "PATH", num_args = 1..)]
    from: Vec<PathBuf>,
}

impl ExportArgs {
    /// Whether the plans are those of the folder that commands are about.
    pub fn is_of_the_workspace(&self) -> bool {
        self.from.is_empty()
    }
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum FormatArg {
    Parquet,
    Csv,
    Jsonl,
}

impl FormatArg {
    fn format(self) -> DatasetFormat {
        match self {
            Self::Parquet => DatasetFormat::Parquet,
            Self::Csv => DatasetFormat::Csv,
            Self::Jsonl => DatasetFormat::Jsonl,
        }
    }
}

/// Runs it.
///
/// # Errors
/// When there is no plan, the folder is another program's, or the disk refuses. A plan that is broken is no error of the
/// command: the others are written, and it says which were not, and why.
pub fn run(context: &Context, args: &ExportArgs) -> Result<Exit> {
    let format = args.format.format();
    format.ready()?;
    let inputs = inputs::all(context, &args.from)?;
    let folder = DatasetFolder::open(context.world.cwd.join(&args.output), args.output.slashed(), format)?;
    let (outcomes, stopped) = each(context, &inputs, &folder);
    let strangers = folder.others(&inputs.iter().filter_map(|input| input.key.clone()).collect())?;
    let exported: Vec<Exported> =
        inputs.iter().zip(outcomes).map(|(input, outcome)| exported(input, outcome, &folder)).collect();
    let cleared = folder.cleared.iter().filter(|key| !folder.stamp(key).is_ok_and(|stamp| stamp.is_some()));
    let cleared = cleared.map(|key| format!("{}/{}", key.city, key.plan)).collect();
    let report = ExportReport { folder: folder.shown.clone(), plans: exported, strangers, cleared };
    let (lang, style) = (context.lang(), super::output::style(context));
    let printed = console::write_pieces(|mut out| text::write(&report.document(lang), &style, &mut out));
    if let Err(error) = printed {
        // What was written is there, and each plan of it whole.
        if !report.any_written() {
            return Err(stopped.map_or(error.into(), anyhow::Error::from));
        }
        context.untold(&error.into());
    }
    match stopped {
        Some(failure) => Err(failure.into()),
        None if report.any_failed() => Ok(Exit::No),
        None => Ok(Exit::Done),
    }
}

/// What came of a plan; where nothing did, what an earlier run wrote of it.
fn exported(input: &Input, outcome: Outcome, folder: &DatasetFolder) -> Exported {
    let failed = matches!(outcome, Outcome::Failed(_));
    let key = input.key.as_ref().filter(|_| failed);
    // What cannot be read does not stand.
    let stamp = key.and_then(|key| folder.stamp(key).ok().flatten());
    let stands = stamp.map(|stamp| Standing {
        as_of: stamp.as_of,
        commit: stamp.commit.map(|commit| commit.chars().take(SHORT_ID).collect()),
    });
    Exported { plan: input.shown.clone(), outcome, stands }
}

/// Makes each partition, on all cores; what came of each, and what the disk said where it stopped them all.
fn each(context: &Context, inputs: &[Input], folder: &DatasetFolder) -> (Vec<Outcome>, Option<Failure>) {
    let lang = context.lang();
    let state: Mutex<(Vec<Option<Outcome>>, usize, Option<Failure>)> = Mutex::new((vec![None; inputs.len()], 0, None));
    threads::side_by_side(inputs.len(), |at| {
        let made = partition::make(context, &inputs[at], folder);
        let Ok(mut state) = state.lock() else { return false };
        let (outcomes, done, stopped) = &mut *state;
        let (outcome, goes_on) = match made {
            Ok(outcome) => (outcome, true),
            Err(Trouble::Plan(failure)) => (Outcome::Failed(failure), true),
            Err(Trouble::Disk(failure)) => {
                stopped.get_or_insert(failure.clone());
                (Outcome::Failed(failure), false)
            }
        };
        outcomes[at] = Some(outcome);
        *done += 1;
        if inputs.len() > 1 && context.world.terminal.talks.is_some() {
            let (done, all) = (*done, inputs.len());
            console::progress(&tr!(lang, "{done}/{all} 件の計画", "{done} of {all} plans"), done == all);
        }
        goes_on
    });
    let (outcomes, _, stopped) = state.into_inner().unwrap_or_default();
    let left = || {
        Outcome::Failed(Failure::plain(say!(
            "途中で止めたため、書き出していません",
            "not written, since it was stopped before"
        )))
    };
    (outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(left)).collect(), stopped)
}
