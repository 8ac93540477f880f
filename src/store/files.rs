//! Files that are no part of a plan: what was asked for by name, and what another program hands over.

use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::beside::{replace, stage, sync_folder};
use super::names::refuse_odd;
use super::{Written, disk, failed, own};
use crate::failure::{Failure, is_missing, trouble};
use crate::say;
use crate::text::paths::Slashed;

/// What a file says, read as a whole; `None` where there is none.
///
/// # Errors
/// When it is there and no file that can be read, or the disk won't hand it out.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    // So git calls a file that is not there.
    if path == Path::new("/dev/null") {
        return Ok(Some(Vec::new()));
    }
    bytes(path, own::LARGEST).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file; `None` where there is none. A device or pipe is not waited for.
pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let meta = match disk::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        meta => meta?,
    };
    if !meta.is_file() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    if meta.len() > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0) + 1);
    disk::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The paths of what is in a folder; none where there is no such folder.
///
/// # Errors
/// When the disk won't hand them out.
pub fn names(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = disk::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    match entries {
        Err(error) if is_missing(&error) => Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(folder, &error)),
    }
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let shown = path.slashed();
    let (why, hint) = trouble(error);
    let (ja, en) = (why.ja, why.en);
    Failure::new(say!("{shown} を読み取れません（{ja}）", "cannot read {shown} ({en})"), hint)
}

/// Writes a file that another program made for the answer, in its place: as it was, or as a whole.
///
/// # Errors
/// When the disk refuses. The file is then as it was.
pub fn hand_back(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace(path, bytes).map_err(|error| failed(path, &error))
}

/// Whether something is there under a name, be it a link.
///
/// # Errors
/// When the disk does not say.
pub fn is_there(path: &Path) -> Result<bool, Failure> {
    match disk::symlink_metadata(path) {
        Err(error) if is_missing(&error) => Ok(false),
        there => there.map(|_| true).map_err(|error| unreadable(path, &error)),
    }
}

/// Whether a folder is there; a link to one is one.
///
/// # Errors
/// When the disk does not say.
pub fn is_folder(path: &Path) -> Result<bool, Failure> {
    match disk::metadata(path) {
        Err(error) if is_missing(&error) => Ok(false),
        there => there.map(|meta| meta.is_dir()).map_err(|error| unreadable(path, &error)),
    }
}

/// Refuses files of which one is there already.
///
/// # Errors
/// When one is, or the disk does not say.
pub fn absent<'p>(mut paths: impl Iterator<Item = &'p PathBuf>) -> Result<(), Failure> {
    paths.try_for_each(|path| {
        if !is_there(path)? {
            return Ok(());
        }
        let shown = path.slashed();
        Err(Failure::new(
            say!("{shown} は既にあります。何も書き込んでいません", "{shown} already exists; nothing was written"),
            say!("置き換えてよければ --force を付けてください", "add --force to replace it"),
        ))
    })
}

/// Writes files that no plan reads, into folders which are made where they are missing. What is there already is
/// replaced only with `force`; without it one such file is enough to write none. All are written beside their places
/// before the first takes its own.
///
/// # Errors
/// When a file is there already, or the disk refuses; what was written by then is said.
pub fn export(files: &[(PathBuf, Vec<u8>)], force: bool) -> Result<Written, Failure> {
    refuse_odd(files.iter().map(|(path, _)| path.as_path()))?;
    if !force {
        absent(files.iter().map(|(path, _)| path))?;
    }
    let stage = |(path, bytes): &(PathBuf, Vec<u8>)| stage(path, bytes).map_err(|error| failed(path, &error));
    let staged = files.iter().map(stage).collect::<Result<Vec<_>, Failure>>()?;
    for (done, (staged, (path, _))) in staged.into_iter().zip(files).enumerate() {
        staged.put(path).map_err(|error| if done == 0 { failed(path, &error) } else { halfway(path, &error, done) })?;
    }
    let folders: std::collections::BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    let unsynced = |folder: &Path| sync_folder(folder).err().map(|error| Written::unsynced_files(folder, &error));
    Ok(folders.into_iter().find_map(unsynced).unwrap_or(Written::Lasting))
}

fn halfway(path: &Path, error: &io::Error, done: usize) -> Failure {
    let shown = path.slashed();
    let (why, hint) = trouble(error);
    let (ja, en) = (why.ja, why.en);
    Failure::new(
        say!(
            "{shown} に書き込めません（{ja}）。その前の {done} 件は書き込みました",
            "cannot write {shown} ({en}); the {done} before it were written"
        ),
        hint,
    )
}
