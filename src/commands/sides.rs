//! The two revisions that are compared: as git names them, or folders.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Context;
use crate::failure::Failure;
use crate::git::Repository;
use crate::plan::Plan;
use crate::say;
use crate::source::lenient::{Lenient, Unread};
use crate::source::revision::Past;
use crate::source::workspace::{PlanFolder, Workspace, start};
use crate::source::{Snapshot, is_record};

/// A revision, as the user names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The files as they are.
    Now,
    /// The files as they were added to the index.
    Index,
    /// A revision of git, or a day.
    Named(String),
    /// Where two revisions parted.
    Base(String, String),
    /// A folder with a plan.
    Folder(PathBuf),
}

/// What is compared with what.
///
/// # Errors
/// When the words do not go together.
pub fn pair(
    words: &[String],
    since: Option<&str>,
    staged: bool,
    folder: impl Fn(&str) -> bool,
) -> Result<[Which; 2], Failure> {
    let one = |text: &str| match text {
        "" => Which::Named("HEAD".into()),
        text if folder(text) => Which::Folder(text.into()),
        text => Which::Named(text.to_owned()),
    };
    let last = if staged { Which::Index } else { Which::Now };
    let (old, new) = match (words, since) {
        ([], None) => (Which::Named("HEAD".into()), None),
        ([], Some(day)) => (Which::Named(day.to_owned()), None),
        ([text], None) => match (text.split_once("..."), text.split_once("..")) {
            _ if folder(text) => (one(text), None),
            (Some((a, b)), _) => {
                let name = |text: &str| if text.is_empty() { "HEAD" } else { text }.to_owned();
                (Which::Base(name(a), name(b)), Some(one(b)))
            }
            (None, Some((a, b))) => (one(a), Some(one(b))),
            (None, None) => (one(text), None),
        },
        ([old, new], None) => (one(old), Some(one(new))),
        _ => return Err(too_many()),
    };
    match (new, staged) {
        (Some(_), true) => Err(too_many()),
        (new, _) => Ok([old, new.unwrap_or(last)]),
    }
}

fn too_many() -> Failure {
    Failure::new(
        say!("比べる版が多すぎます", "too many revisions to compare"),
        say!(
            "版は二つまでです。--since や --staged と一緒には一つ以下にしてください",
            "name two at most, and fewer beside --since or --staged"
        ),
    )
}

/// A revision that was found: its plans, the plan that is meant, and its files.
#[derive(Debug)]
pub struct Found {
    /// What the user calls it.
    pub label: String,
    /// Its plans.
    pub workspace: Workspace,
    /// The plan.
    pub folder: PlanFolder,
}

impl Context {
    /// Whether a text names a folder with plans.
    pub(super) fn is_plan_folder(&self, text: &str) -> bool {
        let path = self.world.cwd.join(text);
        path.is_dir()
            && Workspace::find_in(&crate::source::workspace::Disk, &path, true, Path::to_owned)
                .is_ok_and(|w| w.root.starts_with(&path))
    }

    /// Looks for a revision. `like` is the other one: the plan that was meant there is meant here.
    pub(super) fn find_side(&self, which: &Which, like: Option<&Found>) -> Result<Found> {
        let (dir, cwd) = (self.globals.dir.as_deref(), &self.world.cwd);
        let lang = self.lang();
        // The same process of git answers for both.
        let known = like.and_then(|other| other.workspace.past.as_ref()).map(|past| past.repository.clone());
        let repository = || known.map_or_else(|| Repository::around(&start(dir, cwd)?), Ok);
        let (label, workspace) = match which {
            Which::Now => match &self.globals.rev {
                None => (lang.pick("今のファイル", "the files as they are").to_owned(), Workspace::find(dir, cwd)?),
                Some(rev) => (rev.clone(), self.workspace()?),
            },
            Which::Folder(path) => (path.display().to_string(), Workspace::find(Some(path), cwd)?),
            Which::Named(text) => (text.clone(), Workspace::of_revision(repository()?, text, dir.is_some())?),
            Which::Base(a, b) => {
                let repository = repository()?;
                let base = repository.merge_base(a, b)?;
                (format!("{a}...{b}"), Workspace::of_revision(repository, &base, dir.is_some())?)
            }
            Which::Index => {
                let past = Past::index(&start(dir, cwd)?)?;
                let mut workspace = past.workspace(dir.is_some())?;
                workspace.past = Some(past);
                let label = lang.pick("コミット前（git add したもの）", "the index").to_owned();
                (label, workspace)
            }
        };
        let named = self.globals.plan.as_deref();
        let folder = match like {
            None => self.folder(&workspace)?,
            Some(other) => workspace.plan(Some(&other.folder.name)).or_else(|error| {
                let same = workspace.same_plan(&other.workspace, &other.folder.name);
                let same = same.map(|name| workspace.plan(Some(&name)));
                same.or_else(|| (workspace.names.len() < 2 && named.is_none()).then(|| workspace.plan(None)))
                    .unwrap_or(Err(error))
            })?,
        };
        Ok(Found { label, workspace, folder })
    }
}

/// Both revisions, read.
#[derive(Debug)]
pub struct Read {
    /// Old and new.
    pub sides: [Lenient; 2],
    /// Ids whose records are the same in both, so that only the new revision was read with them.
    pub same_records: Vec<String>,
}

/// Reads both revisions. Of what is the same in both no record is read, unless a target of its indicator may have changed.
///
/// # Errors
/// When git cannot hand out the files.
pub fn read(found: &[Found; 2]) -> Result<Read, Failure> {
    let [old, new] = found;
    let same = same_records(old, new)?;
    let judged = |stem: &str| same.definition_of.as_ref().is_some_and(|text| text.contains(&format!("[{stem}]")));
    let stem = |path: &str| path.trim_start_matches("records/").trim_end_matches(".toml").to_owned();
    let is_same = |path: &str| is_record(path) && same.paths.binary_search_by(|known| known.as_str().cmp(path)).is_ok();
    let mut snapshots = match same.read {
        Some(read) => read,
        None => [
            old.workspace.snapshot(&old.folder, |path| !is_same(path))?,
            new.workspace.snapshot(&new.folder, |path| !is_same(path) || judged(&stem(path)))?,
        ],
    };
    snapshots[0].files.retain(|file| !is_same(&file.path));
    snapshots[1].files.retain(|file| !is_same(&file.path) || judged(&stem(&file.path)));
    let same_records = same.paths.iter().map(|path| stem(path)).collect();
    Ok(Read { sides: lenient(snapshots, found), same_records })
}

/// Reads both; a file that neither can be read nor stood in for is left out of both, and compared by its lines.
fn lenient(snapshots: [Snapshot; 2], found: &[Found; 2]) -> [Lenient; 2] {
    let [old, new] = snapshots;
    let load = |at: usize, snapshot, others: &Snapshot, without: &[String]| {
        Lenient::load(snapshot, &found[at].folder.name, others, without)
    };
    let mut old = load(0, old, &new, &[]);
    let mut new = load(1, new, &old.snapshot, &old.emptied);
    if !new.emptied.is_empty() {
        let unread = std::mem::take(&mut old.unread);
        let without: Vec<String> = old.emptied.iter().chain(&new.emptied).cloned().collect();
        old = load(0, old.snapshot, &new.snapshot, &without);
        let known: Vec<Unread> = unread.into_iter().filter(|u| old.unread.iter().all(|o| o.path != u.path)).collect();
        old.unread.extend(known);
    }
    for (side, found) in [(&mut old, &found[0]), (&mut new, &found[1])] {
        let revision = found.workspace.past.as_ref().and_then(|past| past.revision.clone());
        side.plan = side.plan.take().map(|plan| Plan { revision, ..plan });
    }
    [old, new]
}

/// Which records are the same in both revisions.
struct Same {
    /// Their paths, in order.
    paths: Vec<String>,
    /// What the new revision says of its indicators, where that is another than before.
    definition_of: Option<String>,
    /// All the files, where they had to be read to know.
    read: Option<[Snapshot; 2]>,
}

fn same_records(old: &Found, new: &Found) -> Result<Same, Failure> {
    let indicators = |snapshot: &Snapshot| {
        let own = snapshot.files.iter().filter(|f| f.path.starts_with("indicators") || f.path == "plan.toml");
        own.map(|file| file.text()).collect::<Vec<_>>().join("\n")
    };
    let defined = |[old, new]: [&Snapshot; 2]| Some(indicators(new)).filter(|text| *text != indicators(old));
    if let (Some(a), Some(b)) = (&old.workspace.past, &new.workspace.past) {
        let (olds, news) = (a.blobs(&old.folder), b.blobs(&new.folder));
        let paths =
            olds.iter().filter(|(path, blob)| news.get(*path) == Some(blob)).map(|(path, _)| (*path).to_owned());
        let wanted = |path: &str| path.starts_with("indicators") || path == "plan.toml";
        let texts = [old.workspace.snapshot(&old.folder, wanted)?, new.workspace.snapshot(&new.folder, wanted)?];
        let definition_of = defined([&texts[0], &texts[1]]);
        return Ok(Same { paths: paths.collect(), definition_of, read: None });
    }
    let read = [old.workspace.snapshot(&old.folder, |_| true)?, new.workspace.snapshot(&new.folder, |_| true)?];
    let is_same = |path: &str| {
        let text = |side: &Snapshot| side.position(path).map(|file| side.text(file).to_owned());
        text(&read[0]).is_some_and(|text| !text.is_empty()) && text(&read[0]) == text(&read[1])
    };
    let paths = read[0].files.iter().map(|file| &file.path).filter(|path| is_same(path)).cloned().collect();
    let definition_of = defined([&read[0], &read[1]]);
    Ok(Same { paths, definition_of, read: Some(read) })
}
