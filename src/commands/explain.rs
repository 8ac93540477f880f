//! `kaikaku explain`

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Result;
use clap::Args;
use rayon::prelude::*;

use super::cli::OutputArgs;
use super::status::rated;
use super::{Context, Exit, Opened, find, output};
use crate::git::Repository;
use crate::git::blame::LastSet;
use crate::query::explain::{Explanation, explain};
use crate::report::explain::{ExplainReport, Place, Spot, spot};
use crate::source::Snapshot;

/// How a figure came about.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// 指標か項目の番号（1-2 など）か名前（省略時は計画全体） || Id (such as 1-2) or name of an indicator or entry (default: the plan as a whole)
    #[arg(value_name = "FIGURE")]
    figure: Option<String>,
    /// どの評価尺度か（省略時は最初のもの） || On which scale (default: the first)
    #[arg(long, value_name = "SCALE")]
    scale: Option<String>,
    /// だれの評価か（省略時は最初のもの） || Rated by whom (default: the first evaluator)
    #[arg(long, value_name = "EVALUATOR")]
    evaluator: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn run(context: &Context, args: &ExplainArgs) -> Result<Exit> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let subject = args.figure.as_deref().map(|text| find(plan, text)).transpose()?;
    let as_of = context.as_of(plan)?;
    let (scale, evaluator) = rated(plan, args.scale.as_deref(), args.evaluator.as_deref())?;
    let explanation = explain(plan, subject, as_of, scale, evaluator);
    let repository = opened.repository();
    let places = places(opened, &explanation, repository.as_ref().ok());
    let is_lost = places.values().filter_map(|place| place.set.as_ref()).any(LastSet::is_lost);
    let without_git = repository.err().map(|failure| failure.message);
    output::write(context, &ExplainReport { plan, as_of, subject, explanation, places, without_git }, &args.output)?;
    Ok(if is_lost { Exit::No } else { Exit::Done })
}

/// Where every number stands, and who last set that line.
fn places(opened: &Opened, explanation: &Explanation<'_>, repository: Option<&Repository>) -> HashMap<Spot, Place> {
    let (snapshot, commit) = (&opened.snapshot, opened.plan.revision.as_ref().map(|revision| &*revision.id));
    let numbers = explanation.parts.iter().flat_map(|part| &part.steps).flat_map(|step| &step.numbers);
    let lines: HashMap<Spot, usize> = numbers.filter_map(spot).map(|spot| (spot, line(snapshot, spot))).collect();
    let mut files: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (spot, line) in lines.iter().filter(|_| repository.is_some()) {
        files.entry(spot.0 as usize).or_default().insert(*line);
    }
    let asked = files.into_par_iter().filter_map(|(file, lines)| {
        let repository = repository?;
        let path = repository.path(&snapshot.files.get(file)?.path);
        Some((file, repository.last_set(commit, &path, &lines.into_iter().collect::<Vec<_>>())))
    });
    let set: HashMap<usize, HashMap<usize, LastSet>> = asked.collect();
    let place = |(spot, line): (Spot, usize)| {
        let file = spot.0 as usize;
        let written_in = format!("{}:{line}", snapshot.shown_path(file));
        (spot, Place { written_in, set: set.get(&file).and_then(|lines| lines.get(&line)).cloned() })
    };
    lines.into_iter().map(place).collect()
}

/// The line of a number, from 1. One at a key of its own is looked for in its block, from one table header to the next.
fn line(snapshot: &Snapshot, (file, offset, key): Spot) -> usize {
    let (own, _) = snapshot.line_column(file as usize, offset as usize);
    let Some(key) = key else { return own };
    let lines: Vec<&str> = snapshot.text(file as usize).lines().collect();
    let is_header = |line: &&str| line.starts_with('[');
    let head = lines.iter().take(own).rposition(is_header).map_or(0, |head| head + 1);
    let block = lines.iter().enumerate().skip(head).take_while(|(_, line)| !is_header(line));
    let is_key =
        |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    block.into_iter().find(|(_, line)| is_key(line)).map_or(own, |(at, _)| at + 1)
}
