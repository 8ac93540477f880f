//! `kaikaku blame`

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, Opened, find, output};
use crate::failure::Failure;
use crate::git::Repository;
use crate::git::blame::LastSet;
use crate::plan::Subject;
use crate::report::blame::{BlameReport, BlamedNumber, numbers};
use crate::say;

/// Who last set each number of an indicator.
#[derive(Debug, Args)]
pub struct BlameArgs {
    /// 指標の番号か名前 || Id or name of an indicator
    #[arg(value_name = "INDICATOR")]
    indicator: String,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, it has no such indicator, or git does not keep it.
pub fn run(context: &Context, args: &BlameArgs) -> Result<Exit> {
    let opened = context.open()?;
    let Subject::Indicator(place) = find(&opened.plan, &args.indicator)? else {
        let id = &args.indicator;
        let message = say!("「{id}」は検証指標ではなく項目です", "`{id}` is an entry, not an indicator");
        let hint = say!(
            "項目の履歴は kaikaku history {id} で見ます",
            "see the history of an entry with `kaikaku history {id}`"
        );
        return Err(Failure::new(message, hint).into());
    };
    let indicator = &opened.plan.indicators[place];
    let repository = opened.repository()?;
    let mut numbers = numbers(indicator);
    set(opened, &repository, &mut numbers);
    let is_lost = numbers.iter().filter_map(|number| number.set.as_ref()).any(LastSet::is_lost);
    output::write(context, &BlameReport { plan: &opened.plan, indicator, numbers }, &args.output)?;
    Ok(if is_lost { Exit::No } else { Exit::Done })
}

/// Asks git for each file once.
fn set(opened: &Opened, repository: &Repository, numbers: &mut [BlamedNumber<'_>]) {
    let revision = opened.past.as_ref().and_then(|past| past.revision.as_ref()).map(|revision| revision.id.as_str());
    let mut lines: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for number in numbers.iter_mut() {
        let file = number.origin.file as usize;
        let (line, _) = opened.snapshot.line_column(file, number.origin.offset as usize);
        number.place = format!("{}:{line}", opened.snapshot.shown_path(file));
        number.line = line;
        lines.entry(file).or_default().push(line);
    }
    let ask = |(file, lines): (usize, Vec<usize>)| {
        let path = opened.snapshot.files.get(file).map_or("", |file| &file.path);
        (file, repository.last_set(revision, &repository.path(path), &lines))
    };
    let known: HashMap<usize, HashMap<usize, LastSet>> = lines.into_iter().map(ask).collect();
    for number in numbers {
        number.set = known.get(&(number.origin.file as usize)).and_then(|lines| lines.get(&number.line)).cloned();
    }
}
