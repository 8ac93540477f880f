//! `kaikaku history`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, find, output};
use crate::diff::history::{Known, Step, changes, is_in_plan, is_of, late};
use crate::failure::Failure;
use crate::git::Repository;
use crate::git::log::{Commit, Touched};
use crate::ledger::files::RECORDS;
use crate::plan::id::Id;
use crate::plan::source::Revision;
use crate::plan::{Plan, Subject};
use crate::report::history::HistoryReport;
use crate::say;
use crate::source::lenient::Lenient;
use crate::source::revision::Past;
use crate::source::workspace::PlanFolder;
use crate::source::{Snapshot, is_record};
use crate::text::fold::fold;

/// Every value that something ever had.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// 項目か指標の番号か名前 || Number or name of an entry or indicator
    #[arg(value_name = "ID")]
    id: String,
    /// この欄だけ（target、owner、name、rating など） || Only this field (target, owner, name, rating …)
    #[arg(value_name = "FIELD")]
    field: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the id names nothing, or git does not keep the plan.
pub fn run(context: &Context, args: &HistoryArgs) -> Result<Exit> {
    let opened = context.open()?;
    let subject = find(&opened.plan, &args.id)?;
    let repository = opened.repository()?;
    let ids = ids(&opened.plan, subject);
    let is_shallow = repository.is_shallow;
    let walk = Walk { repository: &repository, is_shallow, folder: &opened.folder, ids: &ids, known: Known::default() };
    let tip = opened.past.as_ref().and_then(|past| past.revision.as_ref()).map_or("HEAD", |revision| &revision.id);
    let mut steps = walk.steps(tip)?;
    if opened.past.is_none() {
        steps.extend(walk.uncommitted(&opened.plan, tip)?);
    }
    for step in &mut steps {
        step.changes.retain(|change| args.field.as_ref().is_none_or(|field| is_of(change, field)));
        step.late = step.changes.iter().map(|change| late(change, step.plans[0], step.date)).collect();
    }
    steps.retain(|step| !step.changes.is_empty());
    if steps.is_empty()
        && let Some(field) = &args.field
    {
        let message = say!("「{field}」の履歴はありません", "there is no history of `{field}`");
        let hint = say!(
            "target、baseline、owner、name、rating などの欄を指定してください",
            "name a field, such as target, baseline, owner, name or rating"
        );
        return Err(Failure::new(message, hint).into());
    }
    let report = HistoryReport { plan: &opened.plan, subject, steps, is_shallow };
    output::write(context, &report, &args.output)?;
    Ok(Exit::Done)
}

/// The id of today, then those it had before.
fn ids(plan: &Plan, subject: Subject) -> Vec<Id> {
    match subject {
        Subject::Entry(place) => {
            let entry = &plan.entries[place];
            std::iter::once(&entry.id).chain(&entry.formerly).cloned().collect()
        }
        Subject::Indicator(place) => {
            let indicator = &plan.indicators[place];
            std::iter::once(&indicator.id).chain(&indicator.formerly).cloned().collect()
        }
    }
}

/// A walk through the commits that touched one entry or indicator.
struct Walk<'w> {
    repository: &'w Repository,
    is_shallow: bool,
    folder: &'w PlanFolder,
    ids: &'w [Id],
    known: Known,
}

impl Walk<'_> {
    fn steps(&self, tip: &str) -> Result<Vec<Step<'static>>, Failure> {
        let paths = self.paths(tip)?;
        let commits = self.repository.log(tip, &paths)?;
        let touched = self.repository.touched(&commits, &paths)?;
        let step = |commit: Commit| {
            let old = commit.parent.as_deref().map(|id| self.plan(id)).transpose()?.flatten();
            let new = self.plan(&commit.id)?;
            Ok(Step {
                changes: changes(old, new, self.ids),
                late: Vec::new(),
                plans: [old, new],
                is_first: !is_in_plan(old, self.ids),
                is_boundary: self.is_shallow && commit.parent.is_none(),
                revision: Some(commit.id),
                date: Some(commit.date),
                author: commit.author,
            })
        };
        let mut steps = Vec::new();
        for commit in commits {
            // Of what is not listed (a merge) nothing is known before it is read.
            let may_tell = touched.get(&commit.id).map_or(Ok(true), |files| self.may_tell(files))?;
            if may_tell {
                steps.push(step(commit)?);
            }
        }
        Ok(steps)
    }

    /// Whether a change of these files may be one of the subject. The plan is not read for each change of another entry: of a
    /// file of the outline or of indicators in which no id of the subject stands, before or after, nothing is its own.
    fn may_tell(&self, files: &[Touched]) -> Result<bool, Failure> {
        let is_of_many =
            |path: &str| ["/outline/", "/indicators/", "/indicators.toml"].iter().any(|of| path.contains(of));
        if files.is_empty() {
            return Ok(true);
        }
        for file in files {
            if !is_of_many(&format!("/{}", file.path)) {
                return Ok(true);
            }
            let blobs: Vec<&str> = file.blobs.iter().map(String::as_str).collect();
            for bytes in self.repository.blobs(&blobs)? {
                let text = String::from_utf8_lossy(&bytes);
                let text = fold(&text);
                // Behind a backslash an id may be spelled in another way.
                if text.contains('\\') || self.ids.iter().any(|id| text.contains(id.as_str())) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// What the files say that no commit does.
    fn uncommitted(&self, now: &'static Plan, tip: &str) -> Result<Option<Step<'static>>, Failure> {
        let old = self.plan(tip)?;
        let changes = changes(old, Some(now), self.ids);
        let plans = [old, Some(now)];
        Ok((!changes.is_empty()).then(|| Step {
            changes,
            late: Vec::new(),
            plans,
            is_first: !is_in_plan(old, self.ids),
            is_boundary: false,
            revision: None,
            date: None,
            author: String::new(),
        }))
    }

    /// The files that tell of the subject, in every folder that the plan was in.
    fn paths(&self, tip: &str) -> Result<Vec<String>, Failure> {
        let own = self.repository.path("plan.toml");
        let folders = self.repository.former_paths(tip, &own)?;
        let folders = folders.iter().filter_map(|path| path.strip_suffix("plan.toml"));
        let records = self.ids.iter().map(|id| RECORDS.path(id));
        let fixed = ["plan.toml", "owners.toml", "outline", "indicators.toml", "indicators"].map(str::to_owned);
        let files: Vec<String> = fixed.into_iter().chain(records).collect();
        Ok(folders.flat_map(|folder| files.iter().map(move |file| format!("{folder}{file}"))).collect())
    }

    /// The plan as a commit has it, as far as it tells of the subject; `None` where it had none, or none that can be read.
    fn plan(&self, id: &str) -> Result<Option<&'static Plan>, Failure> {
        let revision = Revision { name: id.to_owned(), id: id.to_owned(), date: Default::default() };
        let tree = match self.repository.tree(&revision) {
            // A commit that a shallow clone does not have tells nothing.
            Err(_) if self.is_shallow => return Ok(None),
            tree => tree?,
        };
        let past = Past { repository: self.repository.clone(), revision: Some(revision), tree };
        let Some(folder) = self.folder_in(&past)? else { return Ok(None) };
        let wanted = |path: &str| !is_record(path) || self.ids.iter().any(|id| path == RECORDS.path(id));
        let mut contents = String::new();
        for (path, blob) in past.blobs(&folder).into_iter().filter(|(path, _)| wanted(path)) {
            contents.extend([path, " ", blob, "\n"]);
        }
        self.known.plan(contents, || {
            let snapshot = past.snapshot(&folder, &wanted)?;
            Ok(Lenient::load(snapshot, &folder.name, &Snapshot::default(), &[]).plan)
        })
    }

    /// The folder of the same plan at a commit, whatever it was called then; `None` where the commit has no plans, or which
    /// of them it was cannot be told.
    ///
    /// # Errors
    /// When the commit has some, and git cannot hand out where they are.
    fn folder_in(&self, past: &Past) -> Result<Option<PlanFolder>, Failure> {
        let Some(workspace) = past.find_any()? else { return Ok(None) };
        let name = Some(self.folder.name.as_str());
        // Each of them fails only where no plan is meant.
        Ok(workspace.plan(name).or_else(|_| workspace.plan(None)).ok())
    }
}
