//! The one who writes a plan, and how: what is to be done is noted first, every file is written beside, and only then the
//! first of them changes. A note that could not be made to last is taken back, so that nobody carries it out.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::beside::{Staged, beside, folder_of, forget, put, replace, stage, sync_folder};
use super::home::{Home, STAGED};
use super::journal::{self, Entry, JOURNAL, Journal, LAST, Occasion, is_inside};
use super::written::Written;
use super::{FileWrite, OWN, changed, disk, failed, lock, own};
use crate::failure::{Failure, is_missing};

/// The one who writes a plan: holds its lock until dropped.
#[derive(Debug)]
pub struct Writer {
    plan: PathBuf,
    home: Home,
    _lock: File,
}

/// What came of an attempt.
enum Attempt {
    /// A file changed since it was read; nothing was written.
    Changed(PathBuf),
    Written(Written),
}

impl Writer {
    /// Takes the lock of a plan folder, and finishes what an interrupted writer left half done.
    ///
    /// # Errors
    /// When another writer does not finish, the disk refuses, or a file of the interrupted write was changed since.
    pub fn open(plan: &Path) -> Result<Self, Failure> {
        let home = Home::find(plan)?;
        // A plan that has gone is not made anew by who waited for it.
        disk::metadata(plan).map_err(|error| failed(plan, &error))?;
        let lock = lock::take(&home)?;
        let writer = Self { plan: plan.to_owned(), home, _lock: lock };
        writer.tidy()?;
        writer.finish()?;
        Ok(writer)
    }

    /// Makes all these changes, or none.
    ///
    /// # Errors
    /// When a file changed since it was read, or the disk refuses. Every file is then as it was.
    pub fn apply(&self, changes: &[FileWrite], occasion: &Occasion) -> Result<Written, Failure> {
        match self.write(&self.journal(changes, occasion)?)? {
            Attempt::Changed(path) => Err(changed(&path)),
            Attempt::Written(written) => Ok(written),
        }
    }

    /// As [`Self::apply`], but returns `None` where a file changed since it was read.
    ///
    /// # Errors
    /// When the disk refuses. Every file is then as it was.
    pub fn attempt(&self, changes: &[FileWrite], occasion: &Occasion) -> Result<Option<Written>, Failure> {
        match self.write(&self.journal(changes, occasion)?)? {
            Attempt::Changed(_) => Ok(None),
            Attempt::Written(written) => Ok(Some(written)),
        }
    }

    /// Takes back the last write, if `allowed` does not object to what that comes to, and says what changed by it.
    ///
    /// # Errors
    /// As [`undoing`], and when the disk refuses. Every file is then as it was.
    pub fn undo(&self, allowed: impl Fn(&Journal) -> Result<(), Failure>) -> Result<(Journal, Written), Failure> {
        let undo = last(&self.plan, &self.home)?;
        allowed(&undo)?;
        match self.write(&undo)? {
            Attempt::Changed(path) => Err(journal::followed(&path)),
            Attempt::Written(written) => Ok((undo, written)),
        }
    }

    fn journal(&self, changes: &[FileWrite], occasion: &Occasion) -> Result<Journal, Failure> {
        Ok(Journal { occasion: occasion.clone(), ..Journal::new(&self.plan, changes)? })
    }

    /// Does it, or names a file that changed.
    fn write(&self, journal: &Journal) -> Result<Attempt, Failure> {
        if let Some(path) = self.changed(journal)? {
            return Ok(Attempt::Changed(path));
        }
        let list = self.home.file(STAGED);
        let paths: Vec<&str> = journal.changes.iter().map(|change| &*change.path).collect();
        let listed = serde_json::to_string(&paths).unwrap_or_default();
        leave(&list, listed.as_bytes()).map_err(|error| failed(&list, &error))?;
        let done = self.carry_out(journal);
        // What cannot be tidied up now, the next writer finds by the list.
        let _ = self.tidy();
        done
    }

    fn carry_out(&self, journal: &Journal) -> Result<Attempt, Failure> {
        let staged = self.stage(journal.changes.iter().enumerate())?;
        let note = self.announce(journal)?;
        // Syncing takes its time, and an editor asks for no lock.
        match self.changed(journal) {
            Ok(None) => {}
            found => {
                note.retract()?;
                return found.map(|path| Attempt::Changed(path.unwrap_or_default()));
            }
        }
        for (done, (path, new)) in staged.into_iter().enumerate() {
            if let Err(error) = put(&path, new) {
                return self.take_back(journal, done, &note, failed(&path, &error)).map(Attempt::Written);
            }
        }
        let settled = self.settle(journal);
        Ok(Attempt::Written(settled.map_or_else(|error| Written::unsynced(&error), |()| Written::Lasting)))
    }

    /// A file that no longer holds what it held when it was read.
    fn changed(&self, journal: &Journal) -> Result<Option<PathBuf>, Failure> {
        for change in &journal.changes {
            let path = self.target(&change.path)?;
            if super::bytes_of(&path)?.as_deref() != change.old.as_deref().map(str::as_bytes) {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// Writes every new text beside its file, so that a full disk is met before anything changes.
    fn stage<'e>(
        &self,
        changes: impl Iterator<Item = (usize, &'e Entry)>,
    ) -> Result<Vec<(PathBuf, Option<Staged>)>, Failure> {
        let stage = |(at, change): (usize, &Entry)| {
            let path = self.target(&change.path)?;
            let staged = change.new.as_ref().map(|text| beside(&path, text.as_bytes(), &name(at))).transpose();
            staged.map(|staged| (path.clone(), staged)).map_err(|error| failed(&path, &error))
        };
        changes.map(stage).collect()
    }

    /// Notes what is to be done. One file is renamed at one moment, and the note serves to take it back later; several need
    /// a note to be carried out by, should this end in between.
    fn announce(&self, journal: &Journal) -> Result<Note, Failure> {
        let note = Note::new(&self.home, journal)?;
        let text = journal.text();
        if u64::try_from(text.len()).unwrap_or(u64::MAX) > own::LARGEST {
            return Err(failed(&note.path, &io::ErrorKind::FileTooLarge.into()));
        }
        let fail = |error: io::Error| failed(&note.path, &error);
        stage(&note.path, text.as_bytes()).and_then(|staged| staged.put(&note.path)).map_err(fail)?;
        if let Err(error) = sync_folder(self.home.folder()) {
            match note.retract() {
                Ok(()) => return Err(fail(error)),
                // Readers take it for done already, so it is done.
                Err(_) if note.carries => {}
                Err(_) => return Err(fail(error)),
            }
        }
        Ok(note)
    }

    /// Makes the renames last, and the note of what was to be done one of what was done.
    fn settle(&self, journal: &Journal) -> io::Result<()> {
        self.sync(journal)?;
        if journal.changes.len() > 1 {
            disk::rename(&self.home.file(JOURNAL), &self.home.file(LAST))?;
            sync_folder(self.home.folder())?;
        }
        Ok(())
    }

    fn sync(&self, journal: &Journal) -> io::Result<()> {
        let folders: BTreeSet<PathBuf> =
            journal.changes.iter().map(|change| self.folder(&change.path)).collect::<io::Result<_>>()?;
        // One that went with its last file has nothing that must last.
        folders.iter().try_for_each(|folder| match sync_folder(folder) {
            Err(error) if is_missing(&error) => Ok(()),
            synced => synced,
        })
    }

    /// The folder of the file that a path means, once it is known to lie in the plan.
    fn folder(&self, path: &str) -> io::Result<PathBuf> {
        let path = self.plan.join(path);
        let real = match disk::canonicalize(&path) {
            Err(error) if is_missing(&error) => path,
            real => real?,
        };
        Ok(folder_of(&real).to_owned())
    }

    /// Puts back the first `done` files, after the next one could not be written. Where that cannot be done either, the
    /// note stands, and with it the write.
    fn take_back(&self, journal: &Journal, done: usize, note: &Note, why: Failure) -> Result<Written, Failure> {
        let undone = journal.changes.iter().enumerate().take(done).try_for_each(|(at, change)| {
            let path = self.target(&change.path)?;
            let old = change.old.as_ref().map(|text| beside(&path, text.as_bytes(), &name(at))).transpose();
            old.and_then(|old| put(&path, old)).map_err(|error| failed(&path, &error))
        });
        match undone.and_then(|()| note.retract()) {
            Err(_) if note.carries => Ok(Written::unfinished(&why)),
            _ => Err(why),
        }
    }

    /// Takes away what a writer that died left beside the files.
    fn tidy(&self) -> Result<(), Failure> {
        let list = self.home.file(STAGED);
        let Some((_, bytes)) = own::read(&list).map_err(|trouble| trouble.failure(&list))? else { return Ok(()) };
        // A list that breaks off is that of a writer that had not begun.
        let paths: Vec<String> = serde_json::from_slice(&bytes).unwrap_or_default();
        for (at, path) in paths.iter().enumerate().filter(|(_, path)| is_inside(path)) {
            let stale = self.target(path)?.with_file_name(name(at));
            forget(&stale).map_err(|error| failed(&stale, &error))?;
        }
        let notes = [LAST, JOURNAL].map(|note| self.home.file(&format!("{OWN}-{note}.new")));
        notes.iter().chain([&list]).try_for_each(|path| forget(path).map_err(|error| failed(path, &error)))
    }

    /// Finishes interrupted writes. Each of their files is as before it or as after it, or nothing is touched.
    fn finish(&self) -> Result<(), Failure> {
        if let Some(path) = self.home.stray().map_err(|error| failed(self.home.folder(), &error))? {
            return Err(journal::stray(&path));
        }
        let note = self.home.file(JOURNAL);
        Journal::read(&note)?.map_or(Ok(()), |journal| self.finish_one(&journal, &note))
    }

    fn finish_one(&self, journal: &Journal, note: &Path) -> Result<(), Failure> {
        let mut left = Vec::new();
        for (at, change) in journal.changes.iter().enumerate() {
            let path = self.target(&change.path)?;
            let now = super::bytes_of(&path)?;
            if now.as_deref() == change.new.as_deref().map(str::as_bytes) {
                continue;
            }
            if now.as_deref() != change.old.as_deref().map(str::as_bytes) {
                return Err(journal::overtaken(&path, note));
            }
            left.push((at, change));
        }
        for (path, new) in self.stage(left.into_iter())? {
            put(&path, new).map_err(|error| failed(&path, &error))?;
        }
        for (at, change) in journal.changes.iter().enumerate() {
            let stale = self.target(&change.path)?.with_file_name(name(at));
            forget(&stale).map_err(|error| failed(&stale, &error))?;
        }
        let fail = |error: io::Error| failed(note, &error);
        // One that was taken back is nothing to be undone.
        match journal.changes.len() > 1 {
            true => self.settle(journal).map_err(fail),
            false => self.sync(journal).and_then(|()| forget(note)).map_err(fail),
        }
    }

    /// The file that a path relative to the plan folder means. A link is followed, so that the file it leads to is
    /// replaced and not the link; one that leads out of the plan is refused.
    fn target(&self, path: &str) -> Result<PathBuf, Failure> {
        let path = self.plan.join(path);
        let fail = |error: io::Error| failed(&path, &error);
        let plan = disk::canonicalize(&self.plan).map_err(fail)?;
        for folder in path.ancestors() {
            let real = match disk::canonicalize(folder) {
                Err(error) if is_missing(&error) => continue,
                real => real.map_err(fail)?,
            };
            return match real.starts_with(plan) {
                true if *folder == *path => Ok(real),
                true => Ok(path),
                false => Err(journal::outside(&path)),
            };
        }
        Err(journal::outside(&path))
    }
}

/// What waits beside the `at`-th file of a write is called so.
fn name(at: usize) -> String {
    format!("{OWN}-{at}.new")
}

/// Leaves a small file of ours, which need not last: what died with the machine left nothing beside.
fn leave(path: &Path, bytes: &[u8]) -> io::Result<()> {
    forget(path)?;
    disk::write(&mut disk::create_new(path)?, bytes)
}

/// The note of a write.
struct Note {
    path: PathBuf,
    /// Whether it is carried out by whoever finds it.
    carries: bool,
    /// What stood in its place.
    before: Option<Vec<u8>>,
}

impl Note {
    fn new(home: &Home, journal: &Journal) -> Result<Self, Failure> {
        let carries = journal.changes.len() > 1;
        let path = home.file(if carries { JOURNAL } else { LAST });
        let before = own::read(&path).map_err(|trouble| trouble.failure(&path))?.map(|(_, bytes)| bytes);
        Ok(Self { path, carries, before })
    }

    /// Takes it back: nobody carries it out any more.
    fn retract(&self) -> Result<(), Failure> {
        let nothing = Journal::default().text();
        let taken = match &self.before {
            // What can be undone is again what it was.
            Some(before) => replace(&self.path, before),
            // A note that says nothing is as good as none.
            None => forget(&self.path).or_else(|_| replace(&self.path, nothing.as_bytes())),
        };
        taken.map_err(|error| failed(&self.path, &error))
    }
}

/// What taking back the last write comes to.
///
/// # Errors
/// When there is none, it took back something itself, or a file has changed since.
pub fn undoing(plan: &Path) -> Result<Journal, Failure> {
    last(plan, &Home::find(plan)?)
}

fn last(plan: &Path, home: &Home) -> Result<Journal, Failure> {
    let last = Journal::read(&home.file(LAST))?.filter(|last| !last.undo && !last.changes.is_empty());
    let undo = last.ok_or_else(journal::nothing)?.reversed();
    for change in &undo.changes {
        let path = plan.join(&change.path);
        let now = super::bytes_of(&path)?;
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
