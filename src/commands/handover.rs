//! `kaikaku handover`

use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::cli::OutputArgs;
use super::paper::Answer;
use super::report::council::since_revision;
use super::{Context, Exit, Opened, find_owner};
use crate::git::Repository;
use crate::git::log::Commit;
use crate::plan::period::{Parsed, Period};
use crate::query::handover::handover;
use crate::report::council::Since;
use crate::report::handover::{HandoverReport, Place};
use crate::say;
use crate::text::paths::Slashed;

/// What whoever takes over must know.
#[derive(Debug, Args)]
pub struct HandoverArgs {
    /// いつから担当したか：日付か、git のタグ・コミット（省略時は、git にある最初の版。git がなければ計画期間の初日） || Since when one was in charge: a day, tag or commit (default: the first revision that git has, else the plan's first day)
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// この所管課の引継書 || The paper of this owner
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// 前任者（省略時は settings の記録者） || Who hands over (default: who records, of your settings)
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// 後任者 || Who takes over
    #[arg(long, value_name = "WHO")]
    to: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// As [`answer`], or when it cannot be written.
pub fn run(context: &Context, args: &HandoverArgs) -> Result<Exit> {
    answer(context, args)?.write(context, &args.output)
}

/// The paper.
///
/// # Errors
/// When the plan has errors, an argument names nothing, or git does not read the plan.
pub fn answer(context: &Context, args: &HandoverArgs) -> Result<Answer> {
    let opened = context.open_whole()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let owner = args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?;
    let past = past(context, opened, args.since.as_deref())?;
    let begun = past.since.as_ref().map(|since| since.date);
    let since = past.day.or(begun).unwrap_or_else(|| plan.head.from.first_day()).min(as_of.date);
    let by = args.by.clone().or_else(|| context.settings().by);
    let report = HandoverReport {
        handover: handover(plan, as_of, since, owner),
        since: past.since,
        commits: past.commits,
        place: place(context, opened)?,
        names: [by, args.to.clone()],
    };
    let mut asked: Vec<_> = owner.map(|place| ("owner", Some(plan.owners[place].id.to_string()))).into_iter().collect();
    asked.extend(args.since.as_ref().map(|since| ("since", Some(since.clone()))));
    let (report, key) = (Box::new(report), "handover");
    Ok(Answer { report, opened, key, period: as_of.period, as_of: Some(as_of), asked, exit: Exit::Done })
}

/// What git tells of the time.
#[derive(Default)]
struct Told {
    /// The day that was asked for, where it was a day.
    day: Option<NaiveDate>,
    since: Option<Since<'static>>,
    commits: Vec<Commit>,
}

/// The changes since the revision that is asked for, or since the first one.
fn past(context: &Context, opened: &'static Opened, asked: Option<&str>) -> Result<Told> {
    let day = asked.and_then(|text| match Period::parse_near(text, context.world.today).ok()? {
        Parsed { period: Period::Day(day), .. } => Some(day),
        _ => None,
    });
    let Some(repository) = opened.repository_near()? else { return Ok(Told { day, ..Told::default() }) };
    let commits = commits(&repository, opened)?;
    let Some(first) = commits.first() else { return Ok(Told { day, ..Told::default() }) };
    let before = day.is_some_and(|day| day < first.date);
    let from = asked.filter(|_| !before).unwrap_or(&first.id);
    let since = since_revision(context, from)?;
    let position = commits.iter().position(|commit| commit.id == since.revision);
    let later = |commit: &Commit| position.is_none() && since.date < commit.date;
    let mut commits: Vec<Commit> = match position {
        Some(at) => commits[at + 1..].to_vec(),
        None => commits.into_iter().filter(later).collect(),
    };
    commits.reverse();
    if before {
        let (day, first) = (Period::Day(since.date).short(), &since.revision[..7.min(since.revision.len())]);
        let note = say!(
            "注意: その日より前の版は git にないため、最初の版（{day}、{first}）と比べます",
            "note: git has no revision of before that day; the plan is compared with the first one ({day}, {first})"
        );
        crate::console::say(note.text(context.lang()));
    }
    Ok(Told { day, since: Some(since), commits })
}

/// The commits that changed the definition of the plan, the oldest first.
fn commits(repository: &Repository, opened: &Opened) -> Result<Vec<Commit>> {
    let tip = opened.past.as_ref().and_then(|past| past.revision.as_ref()).map_or("HEAD", |revision| &revision.id);
    if repository.head()?.is_none() {
        return Ok(Vec::new());
    }
    let files = ["plan.toml", "owners.toml", "outline", "indicators.toml", "indicators"];
    Ok(repository.log(tip, &files.map(|file| repository.path(file)))?)
}

/// Where the files are.
fn place(context: &Context, opened: &Opened) -> Result<Place> {
    let workspace = context.workspace()?;
    let usual = workspace.plan(None).ok().map(|folder| folder.name);
    let repository = opened.repository_near()?.map(|repository| plain(&repository.top));
    let folder = match &repository {
        // A revision knows its folders from the top.
        Some(top) if opened.past.is_some() => top.join(&opened.folder.path),
        _ => opened.folder.path.clone(),
    };
    Ok(Place {
        folder: plain(&folder).slashed(),
        repository: repository.map(|top| top.slashed()),
        files: opened.snapshot.files.iter().map(|file| file.path.clone()).collect(),
        plan: Some(opened.folder.name.clone()).filter(|name| usual.as_ref() != Some(name)),
    })
}

/// A path without steps up.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}
