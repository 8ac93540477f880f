//! The only writer. Locks, reads again, refuses when a file is no longer what was read, writes beside, syncs file and
//! folder, renames: at any moment there is either the old file or the new one, and of several files either all or none.

mod beside;
mod files;
pub mod journal;
mod lock;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use self::beside::{beside, forget, put, sync_folder, write_beside};
pub use self::files::{export, hand_back, names, read};
pub use self::journal::Occasion;
use self::journal::{JOURNAL, Journal, LAST};
pub use self::lock::{LOCK, hold_writers};
use crate::failure::{Failure, trouble};
use crate::say;

/// What the names of all files begin with that the writer keeps for itself. They are no part of the plan.
pub const OWN: &str = ".kaikaku";

/// What becomes of one file of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileWrite {
    /// The file, absolute, in the plan folder.
    pub path: PathBuf,
    /// What it held when it was read; `None`: it was not there.
    pub old: Option<String>,
    /// What it is to say; `None`: it is to go.
    pub new: Option<String>,
}

/// Makes all these changes, or none.
///
/// # Errors
/// When another writer does not finish, a file changed since it was read, or the disk refuses. Every file is then as it
/// was.
pub fn apply(plan: &Path, changes: &[FileWrite], occasion: &Occasion) -> Result<(), Failure> {
    Writer::open(plan)?.apply(changes, occasion)
}

/// Replaces the file at `path` (in the plan folder `plan`) by `new`, if it still says `old` (`None`: is not there).
///
/// # Errors
/// As [`apply`].
pub fn replace(plan: &Path, path: &Path, old: Option<&str>, new: &str, occasion: &Occasion) -> Result<(), Failure> {
    apply(
        plan,
        &[FileWrite { path: path.to_owned(), old: old.map(str::to_owned), new: Some(new.to_owned()) }],
        occasion,
    )
}

/// Makes the folder of a new plan.
///
/// # Errors
/// When the disk refuses.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| failed(path, &error))
}

/// Finishes what an interrupted writer left half done, and says whether the folder holds anything but what writers keep
/// for themselves.
///
/// # Errors
/// As [`Writer::open`].
pub fn is_taken(folder: &Path) -> Result<bool, Failure> {
    if folder.join(JOURNAL).exists() {
        drop(Writer::open(folder)?);
    }
    let own = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OWN));
    let is_link_or_file = folder.symlink_metadata().is_ok_and(|meta| !meta.is_dir());
    Ok(is_link_or_file || names(folder)?.iter().any(|path| !own(path)))
}

/// The one who writes a plan: holds its lock until dropped.
#[derive(Debug)]
pub struct Writer {
    plan: PathBuf,
    _lock: File,
}

impl Writer {
    /// Takes the lock of a plan folder, and finishes what an interrupted writer left half done.
    ///
    /// # Errors
    /// When another writer does not finish, the disk refuses, or a file of the interrupted write was changed since.
    pub fn open(plan: &Path) -> Result<Self, Failure> {
        let writer = Self { plan: plan.to_owned(), _lock: lock::take(plan)? };
        writer.finish()?;
        Ok(writer)
    }

    /// Makes all these changes, or none.
    ///
    /// # Errors
    /// When a file changed since it was read, or the disk refuses. Every file is then as it was.
    pub fn apply(&self, changes: &[FileWrite], occasion: &Occasion) -> Result<(), Failure> {
        let journal = Journal { occasion: occasion.clone(), ..Journal::new(&self.plan, changes)? };
        self.write(&journal)?.map_or(Ok(()), |path| Err(changed(&path)))
    }

    /// As [`Self::apply`], but says `false` where a file changed since it was read.
    ///
    /// # Errors
    /// When the disk refuses. Every file is then as it was.
    pub fn attempt(&self, changes: &[FileWrite], occasion: &Occasion) -> Result<bool, Failure> {
        let journal = Journal { occasion: occasion.clone(), ..Journal::new(&self.plan, changes)? };
        Ok(self.write(&journal)?.is_none())
    }

    /// Takes back the last write, if `allowed` does not object to what that comes to, and says what changed by it.
    ///
    /// # Errors
    /// As [`undoing`], and when the disk refuses. Every file is then as it was.
    pub fn undo(&self, allowed: impl Fn(&Journal) -> Result<(), Failure>) -> Result<Journal, Failure> {
        let undo = undoing(&self.plan)?;
        allowed(&undo)?;
        match self.write(&undo)? {
            Some(path) => Err(journal::followed(&path)),
            None => Ok(undo),
        }
    }

    /// Does it, or names a file that changed.
    fn write(&self, journal: &Journal) -> Result<Option<PathBuf>, Failure> {
        if let Some(path) = self.changed(journal)? {
            return Ok(Some(path));
        }
        let staged = self.stage(journal)?;
        // One file is renamed at one moment; several need a note of what is to be done, should this end in between.
        let note = self.plan.join(if journal.changes.len() == 1 { LAST } else { JOURNAL });
        write_beside(&note, journal.text().as_bytes()).map_err(|error| failed(&note, &error))?;
        // Syncing takes its time, and an editor asks for no lock.
        if let Some(path) = self.changed(journal)? {
            forget(&note).map_err(|error| failed(&note, &error))?;
            return Ok(Some(path));
        }
        for (done, (path, new)) in staged.into_iter().enumerate() {
            if let Err(error) = put(&path, new) {
                return Err(self.take_back(journal, done, failed(&path, &error)));
            }
        }
        self.settle(journal).map(|()| None)
    }

    /// A file that no longer holds what it held when it was read.
    fn changed(&self, journal: &Journal) -> Result<Option<PathBuf>, Failure> {
        for change in &journal.changes {
            let path = self.target(&change.path)?;
            if bytes_of(&path)?.as_deref() != change.old.as_deref().map(str::as_bytes) {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// Writes every new text beside its file, so that a full disk is met before anything changes.
    fn stage(&self, journal: &Journal) -> Result<Vec<(PathBuf, Option<NamedTempFile>)>, Failure> {
        let stage = |(i, change): (usize, &journal::Entry)| {
            let path = self.target(&change.path)?;
            let staged =
                change.new.as_ref().map(|text| beside(&path, text.as_bytes(), &format!("{OWN}-{i}.new"))).transpose();
            staged.map(|staged| (path.clone(), staged)).map_err(|error| failed(&path, &error))
        };
        journal.changes.iter().enumerate().map(stage).collect()
    }

    /// Makes the renames last, and the note of what was to be done one of what was done.
    fn settle(&self, journal: &Journal) -> Result<(), Failure> {
        let folders: BTreeSet<PathBuf> =
            journal.changes.iter().filter_map(|change| self.folder(&change.path)).collect();
        for folder in &folders {
            sync_folder(folder).map_err(|error| failed(folder, &error))?;
        }
        let (note, last) = (self.plan.join(JOURNAL), self.plan.join(LAST));
        if journal.changes.len() > 1 {
            fs::rename(&note, &last).and_then(|()| sync_folder(&self.plan)).map_err(|error| failed(&last, &error))?;
        }
        Ok(())
    }

    fn folder(&self, path: &str) -> Option<PathBuf> {
        Some(self.target(path).ok()?.parent()?.to_owned()).filter(|folder| folder.is_dir())
    }

    /// Puts back the first `done` files, after the next one could not be written.
    fn take_back(&self, journal: &Journal, done: usize, why: Failure) -> Failure {
        let shown = self.plan.display();
        let undone = journal.changes.iter().take(done).try_for_each(|change| {
            let path = self.target(&change.path)?;
            let old =
                change.old.as_ref().map(|text| beside(&path, text.as_bytes(), &format!("{OWN}-0.new"))).transpose();
            old.and_then(|old| put(&path, old)).map_err(|error| failed(&path, &error))
        });
        let gone = |()| forget(&self.plan.join(JOURNAL)).map_err(|error| failed(&self.plan, &error));
        match undone.and_then(gone) {
            Ok(()) => why,
            Err(_) => Failure::new(
                say!("{shown} への書き込みが途中で止まりました", "the write to {shown} stopped halfway"),
                say!(
                    "原因を除いてください。次の書き込みの前に残りが書き込まれます",
                    "remove the cause; the rest is written before the next write"
                ),
            ),
        }
    }

    /// Finishes an interrupted write. Each of its files is as before it or as after it, or nothing is touched.
    fn finish(&self) -> Result<(), Failure> {
        let Some(journal) = Journal::read(&self.plan.join(JOURNAL))? else { return Ok(()) };
        let mut left = Vec::new();
        for change in &journal.changes {
            let path = self.target(&change.path)?;
            let now = bytes_of(&path)?;
            if now.as_deref() == change.new.as_deref().map(str::as_bytes) {
                continue;
            }
            if now.as_deref() != change.old.as_deref().map(str::as_bytes) {
                return Err(journal::overtaken(&path, &self.plan.join(JOURNAL)));
            }
            left.push(change.clone());
        }
        for (path, new) in self.stage(&Journal { changes: left, ..Journal::default() })? {
            put(&path, new).map_err(|error| failed(&path, &error))?;
        }
        for (i, change) in journal.changes.iter().enumerate() {
            let stale = self.target(&change.path)?.with_file_name(format!("{OWN}-{i}.new"));
            forget(&stale).map_err(|error| failed(&stale, &error))?;
        }
        self.settle(&journal)
    }

    /// The file that a path relative to the plan folder means. A link is followed, so that the file it leads to is
    /// replaced and not the link; one that leads out of the plan is refused.
    fn target(&self, path: &str) -> Result<PathBuf, Failure> {
        let path = self.plan.join(path);
        let real = path.ancestors().find_map(|path| fs::canonicalize(path).ok());
        if !real.zip(fs::canonicalize(&self.plan).ok()).is_some_and(|(real, plan)| real.starts_with(plan)) {
            return Err(journal::outside(&path));
        }
        Ok(fs::canonicalize(&path).unwrap_or(path))
    }
}

/// What taking back the last write comes to.
///
/// # Errors
/// When there is none, it took back something itself, or a file has changed since.
pub fn undoing(plan: &Path) -> Result<Journal, Failure> {
    let last = Journal::read(&plan.join(LAST))?.filter(|last| !last.undo).ok_or_else(journal::nothing)?;
    let undo = last.reversed();
    for change in &undo.changes {
        let path = plan.join(&change.path);
        let now = bytes_of(&path)?;
        // The note is made first: a writer that died then has written nothing.
        if now.as_deref() == change.new.as_deref().map(str::as_bytes) {
            return Err(journal::nothing());
        }
        if now.as_deref() != change.old.as_deref().map(str::as_bytes) {
            return Err(journal::followed(&path));
        }
    }
    Ok(undo)
}

/// What stands there, if anything.
fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, &error)),
    }
}

fn changed(path: &Path) -> Failure {
    let shown = path.display();
    Failure::new(
        say!(
            "{shown} が読み取りの後に変わりました。何も書き込んでいません",
            "{shown} has changed since it was read; nothing was written"
        ),
        say!("もう一度実行してください", "run it again"),
    )
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    let (why, hint) = trouble(error);
    let (ja, en) = (why.ja, why.en);
    Failure::new(
        say!(
            "{shown} に書き込めません（{ja}）。何も書き込んでいません",
            "cannot write {shown} ({en}); nothing was written"
        ),
        hint,
    )
}

#[cfg(test)]
mod tests;
