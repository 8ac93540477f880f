//! The two revisions that are compared: as git names them, or folders.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::Result;

use super::Context;
use crate::failure::Failure;
use crate::git::Repository;
use crate::lang::Say;
use crate::ledger::files::RECORDS;
use crate::plan::Plan;
use crate::say;
use crate::source::lenient::{Lenient, Unread};
use crate::source::revision::Past;
use crate::source::workspace::{PlanFolder, Workspace, start};
use crate::source::{Snapshot, is_read_for_plans, is_record};
use crate::text::paths::Slashed;

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
    /// Whether a text names a folder with plans. One that cannot be read is one, so that nothing else is read in its place.
    pub(super) fn is_plan_folder(&self, text: &str) -> bool {
        let path = self.world.cwd.join(text);
        let found = || Workspace::find_any(Some(&path), &self.world.cwd);
        path.is_dir() && found().map_or(true, |found| found.is_some_and(|w| w.root.starts_with(&path)))
    }

    /// Looks for both revisions. The plan that is meant in the new one is meant in the old one.
    pub(super) fn find_sides(&self, old: &Which, new: &Which) -> Result<[Found; 2]> {
        let names = [old, new].into_iter().filter_map(|which| match which {
            Which::Named(name) => Some(name.as_str()),
            _ => None,
        });
        let names: Vec<&str> = names.collect();
        let new = self.find_side(new, &names, None)?;
        Ok([self.find_side(old, &names, Some(&new))?, new])
    }

    /// Looks for a revision; where git has to be asked, for all `names` together. `like` is the other one.
    fn find_side(&self, which: &Which, names: &[&str], like: Option<&Found>) -> Result<Found> {
        let (dir, cwd) = (self.globals.dir.as_deref(), &self.world.cwd);
        let lang = self.lang();
        // The same process of git answers for both.
        let known = like.and_then(|other| other.workspace.past.as_ref()).map(|past| past.repository.clone());
        let begin = || Repository::to_read(&start(dir, cwd)?, names, self.world.git.as_ref());
        let repository = || known.map_or_else(begin, Ok);
        let (label, workspace) = match which {
            Which::Now => match &self.globals.rev {
                None => (lang.pick("今のファイル", "the files as they are").to_owned(), Workspace::find(dir, cwd)?),
                Some(rev) => (rev.clone(), self.workspace()?),
            },
            Which::Folder(path) => (path.slashed(), Workspace::find(Some(path), cwd)?),
            Which::Named(text) => (text.clone(), Workspace::of_revision(repository()?, text, dir.is_some())?),
            Which::Base(a, b) => {
                let repository = repository()?;
                let base = repository.merge_base(a, b)?;
                (format!("{a}...{b}"), Workspace::of_revision(repository, &base, dir.is_some())?)
            }
            Which::Index => {
                let past = Past::index(repository()?)?;
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
                let same = workspace.same_plan(&other.workspace, &other.folder.name)?;
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

/// Reads both revisions. Of what is the same in both no record is read, unless a target of its indicator may have changed,
/// and nothing that is compared by its lines alone.
///
/// # Errors
/// When git cannot hand out the files.
pub fn read(found: &[Found; 2]) -> Result<Read, Failure> {
    let [old, new] = found;
    let (same, read) = same_files(old, new)?;
    let is_same = |path: &str| same.binary_search_by(|known| known.as_str().cmp(path)).is_ok();
    let tells = |path: &str| !is_same(path) || !is_record(path) && is_read_for_plans(path);
    let mut snapshots = match read {
        Some(read) => read,
        None => [old.workspace.snapshot(&old.folder, &tells)?, new.workspace.snapshot(&new.folder, &tells)?],
    };
    snapshots.iter().try_for_each(refuse_unread)?;
    let judged = redefined(&snapshots);
    let judges = |path: &str| is_same(path) && RECORDS.stem(path).is_some_and(|id| judged.contains(id));
    if new.workspace.past.is_some() && !judged.is_empty() {
        let more = new.workspace.snapshot(&new.folder, &judges)?;
        snapshots[1].files.extend(more.files);
        snapshots[1].files.sort_by(|a, b| a.path.cmp(&b.path));
        snapshots[1].files.dedup_by(|b, a| a.path == b.path);
    }
    snapshots[0].files.retain(|file| tells(&file.path));
    snapshots[1].files.retain(|file| tells(&file.path) || judges(&file.path));
    let same_records = same.iter().filter_map(|path| RECORDS.stem(path)).map(str::to_owned).collect();
    Ok(Read { sides: lenient(snapshots, found), same_records })
}

/// Refuses to compare what the disk did not hand out: it would be shown as dropped.
fn refuse_unread(snapshot: &Snapshot) -> Result<(), Failure> {
    snapshot.unread().map_or(Ok(()), |(shown, Say { ja, en })| {
        Err(Failure::new(
            say!(
                "{shown} を読み取れないため、比べられません（{ja}）",
                "cannot read {shown}, so nothing was compared ({en})"
            ),
            say!(
                "kaikaku check で確かめて、もう一度実行してください",
                "run `kaikaku check` to see why, then try again"
            ),
        ))
    })
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

/// The paths of the files that are the same in both revisions, in order; and all the files, where they had to be read to
/// know.
fn same_files(old: &Found, new: &Found) -> Result<(Vec<String>, Option<[Snapshot; 2]>), Failure> {
    if let (Some(a), Some(b)) = (&old.workspace.past, &new.workspace.past) {
        let (olds, news) = (a.blobs(&old.folder), b.blobs(&new.folder));
        let same = olds.iter().filter(|(path, blob)| news.get(*path) == Some(blob));
        return Ok((same.map(|(path, _)| (*path).to_owned()).collect(), None));
    }
    let mut read = [old.workspace.snapshot(&old.folder, &|_| true)?, new.workspace.snapshot(&new.folder, &|_| true)?];
    align_line_ends(&mut read);
    let is_same = |path: &str| {
        let text = |side: &Snapshot| side.position(path).map(|file| side.text(file).to_owned());
        text(&read[0]).is_some_and(|text| !text.is_empty()) && text(&read[0]) == text(&read[1])
    };
    let same = read[0].files.iter().map(|file| &file.path).filter(|path| is_same(path)).cloned().collect();
    Ok((same, Some(read)))
}

/// Where git put CRLF into the files of a folder that were committed without (`core.autocrlf`), that is no change.
fn align_line_ends(read: &mut [Snapshot; 2]) {
    for (plain, other) in [(0, 1), (1, 0)] {
        let is_committed_plain = |text: &str| !text.is_empty() && !text.contains('\r');
        let texts = read[other].files.iter().filter(|file| file.text().contains("\r\n"));
        let texts = texts
            .filter(|file| read[plain].position(&file.path).is_some_and(|at| is_committed_plain(read[plain].text(at))));
        let texts: Vec<(String, String)> =
            texts.map(|file| (file.path.clone(), file.text().replace("\r\n", "\n"))).collect();
        texts.into_iter().for_each(|(path, text)| read[other].put(&path, text));
    }
}

/// The indicators of which the two revisions say something else.
fn redefined([old, new]: &[Snapshot; 2]) -> BTreeSet<String> {
    let text = |side: &Snapshot, path: &str| side.position(path).map(|file| side.text(file).to_owned());
    let all = text(old, "plan.toml") != text(new, "plan.toml");
    let tables = |side: &Snapshot, other: &Snapshot| {
        let mut tables: BTreeMap<String, String> = BTreeMap::new();
        let own = side.files.iter().filter(|file| file.path.starts_with("indicators"));
        for file in own.filter(|file| all || text(other, &file.path).as_deref() != Some(file.text())) {
            let mut table = String::new();
            for line in file.text().lines() {
                if let Some(head) = line.trim_start().strip_prefix('[') {
                    let head = head.trim_start_matches('[').split([']', '.']).next().unwrap_or_default();
                    table = head.trim().trim_matches(['"', '\'']).to_owned();
                }
                tables.entry(table.clone()).or_default().extend([line, "\n"]);
            }
        }
        tables
    };
    let (olds, news) = (tables(old, new), tables(new, old));
    // What stands before the first table may be about all of them.
    let all = all || olds.get("") != news.get("");
    news.into_iter().filter(|(id, table)| all || olds.get(id) != Some(table)).map(|(id, _)| id).collect()
}
