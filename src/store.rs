//! The only writer. Locks, reads again, refuses when a file is no longer what was read, writes beside, syncs file and
//! folder, renames: at any moment there is either the old file or the new one, and of several files either all or none.
//! What came of it is one of three: not written, written, or written but perhaps not on the disk yet.

mod beside;
pub mod disk;
mod files;
mod folder;
mod home;
pub mod journal;
mod lock;
mod names;
mod own;
mod patience;
mod real;
mod remake;
mod writer;
mod written;

use std::io;
use std::path::{Path, PathBuf};

pub use self::files::{absent, export, hand_back, is_folder, is_there, names, read};
pub use self::folder::{FolderHolds, holds, look_at, make_room, put_file, put_list, refuse_links, take_away};
pub use self::home::Home;
pub use self::journal::Occasion;
pub use self::lock::{LOCK, hold_writers};
pub use self::remake::{Remade, remake, size, unmake, waiting};
pub use self::writer::{Writer, undoing};
pub use self::written::Written;
use crate::failure::{Failure, trouble};
use crate::say;
use crate::text::paths::Slashed;

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
pub fn apply(plan: &Path, changes: &[FileWrite], occasion: &Occasion) -> Result<Written, Failure> {
    Writer::open(plan)?.apply(changes, occasion)
}

/// Replaces the file at `path` (in the plan folder `plan`) by `new`, if it still says `old` (`None`: is not there).
///
/// # Errors
/// As [`apply`].
pub fn replace(
    plan: &Path,
    path: &Path,
    old: Option<&str>,
    new: &str,
    occasion: &Occasion,
) -> Result<Written, Failure> {
    apply(
        plan,
        &[FileWrite { path: path.to_owned(), old: old.map(str::to_owned), new: Some(new.to_owned()) }],
        occasion,
    )
}

/// Makes the folder of a new plan.
///
/// # Errors
/// When the disk refuses, or some system could not have it beside what is there.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    names::refuse_odd([path])?;
    beside::make_folder(path).map_err(|error| failed(path, &error))
}

/// Finishes what an interrupted writer left half done, and says whether the folder holds anything but what writers keep
/// for themselves.
///
/// # Errors
/// As [`Writer::open`].
pub fn is_taken(folder: &Path) -> Result<bool, Failure> {
    // A folder that is not there yet has nobody's files.
    if Home::find(folder)?.is_unfinished() && folder.is_dir() {
        drop(Writer::open(folder)?);
    }
    let own = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OWN));
    let is_link_or_file = folder.symlink_metadata().is_ok_and(|meta| !meta.is_dir());
    Ok(is_link_or_file || names(folder)?.iter().any(|path| !own(path)))
}

/// What stands there, if anything.
fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    files::bytes(path, own::LARGEST).map_err(|error| failed(path, &error))
}

fn changed(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!(
            "{shown} が読み取りの後に変わりました。何も書き込んでいません",
            "{shown} has changed since it was read; nothing was written"
        ),
        say!("もう一度実行してください", "run it again"),
    )
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    let shown = path.slashed();
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

/// Of files that can be made again, some were written before the disk refused.
fn halted(path: &Path, error: &io::Error) -> Failure {
    let shown = path.slashed();
    let (why, _) = trouble(error);
    let (ja, en) = (why.ja, why.en);
    Failure::new(
        say!(
            "{shown} に書き込めません（{ja}）。途中まで書き込みました",
            "cannot write {shown} ({en}); a part of the files was written"
        ),
        say!(
            "原因を除いて、もう一度実行してください。残りを書き、揃えます",
            "remove the cause and run it again: it writes the rest"
        ),
    )
}

#[cfg(test)]
mod tests;
