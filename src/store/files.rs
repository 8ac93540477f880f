//! Files that are no part of a plan: what was asked for by name, and what another program hands over.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::beside::write_beside;
use super::failed;
use crate::failure::{Failure, is_missing, trouble};
use crate::say;

/// What a file says, read as a whole; `None` where there is none, or it is no text.
///
/// # Errors
/// When it is there and the disk won't hand it out.
pub fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The paths of what is in a folder; none where there is no such folder.
///
/// # Errors
/// When the disk won't hand them out.
pub fn names(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    match entries {
        Err(error) if is_missing(&error) => Ok(Vec::new()),
        entries => entries.map_err(|error| unreadable(folder, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    let (why, hint) = trouble(error);
    let (ja, en) = (why.ja, why.en);
    Failure::new(say!("{shown} を読み取れません（{ja}）", "cannot read {shown} ({en})"), hint)
}

/// Writes a file that another program made for the answer, in its place.
///
/// # Errors
/// When the disk refuses.
pub fn hand_back(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| failed(path, &error))
}

/// Writes files that no plan reads, into folders which are made where they are missing. What is there already is
/// replaced only with `force`; without it one such file is enough to write none.
///
/// # Errors
/// When a file is there already, or the disk refuses.
pub fn export(files: &[(PathBuf, Vec<u8>)], force: bool) -> Result<(), Failure> {
    let taken = files.iter().map(|(path, _)| path).find(|path| path.symlink_metadata().is_ok());
    if let Some(path) = taken.filter(|_| !force) {
        let shown = path.display();
        return Err(Failure::new(
            say!("{shown} は既にあります。何も書き込んでいません", "{shown} already exists; nothing was written"),
            say!("置き換えてよければ --force を付けてください", "add --force to replace it"),
        ));
    }
    let write = |(path, bytes): &(PathBuf, Vec<u8>)| {
        write_beside(path, bytes).map_err(|error| {
            let shown = path.display();
            let (why, hint) = trouble(&error);
            let (ja, en) = (why.ja, why.en);
            Failure::new(say!("{shown} に書き込めません（{ja}）", "cannot write {shown} ({en})"), hint)
        })
    };
    files.iter().try_for_each(write)
}
