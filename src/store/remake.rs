//! Files that can be made again at any time, a dataset of thousands: each is written beside its place and then takes it, so
//! that nobody reads half of one, but nothing waits until the disk has it. What a fallen machine took is missing afterwards or
//! has another size, and is made again.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::beside::{Staged, folder_of, name_beside, stage_unsynced};
use super::files::unreadable;
use super::names::refuse_odd;
use super::{disk, failed, halted};
use crate::failure::{Failure, is_missing};

/// Files that wait beside the places that they are to take. Where they never do, they go.
#[derive(Debug)]
pub struct Remade<'f> {
    staged: Vec<(Staged, &'f Path)>,
    is_begun: bool,
}

/// Writes files beside their places, into folders which are made where they are missing. `is_begun` says whether anything
/// was written before.
///
/// # Errors
/// When the disk refuses; each file is then as it was.
pub fn remake(files: &[(PathBuf, Vec<u8>)], is_begun: bool) -> Result<Remade<'_>, Failure> {
    refuse_odd(files.iter().map(|(path, _)| path.as_path()))?;
    let staged = files.iter().map(|(path, bytes)| {
        let made = make_folder(folder_of(path)).and_then(|()| stage_unsynced(path, bytes));
        let why = if is_begun { halted } else { failed };
        made.map(|staged| (staged, path.as_path())).map_err(|error| why(path, &error))
    });
    Ok(Remade { staged: staged.collect::<Result<_, _>>()?, is_begun })
}

impl Remade<'_> {
    /// Lets each take its place, in order.
    ///
    /// # Errors
    /// When the disk refuses; those before the file that is named have taken theirs.
    pub fn put(self) -> Result<(), Failure> {
        let why = |at: usize| if at == 0 && !self.is_begun { failed } else { halted };
        self.staged
            .into_iter()
            .enumerate()
            .try_for_each(|(at, (staged, path))| staged.put(path).map_err(|error| why(at)(path, &error)))
    }
}

/// Takes a file away that can be made again, if it is there.
///
/// # Errors
/// When the disk refuses.
pub fn unmake(path: &Path) -> Result<(), Failure> {
    super::beside::forget(path).map_err(|error| halted(path, &error))
}

/// The file that waits beside a place until it takes it.
pub fn waiting(path: &Path) -> PathBuf {
    folder_of(path).join(name_beside(path))
}

/// How many bytes a file has; `None` where there is none.
///
/// # Errors
/// When the disk does not say.
pub fn size(path: &Path) -> Result<Option<u64>, Failure> {
    match disk::metadata(path) {
        Err(error) if is_missing(&error) => Ok(None),
        meta => meta.map(|meta| meta.is_file().then_some(meta.len())).map_err(|error| unreadable(path, &error)),
    }
}

/// Makes a folder and those above it, where they are missing.
fn make_folder(folder: &Path) -> io::Result<()> {
    match disk::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound && folder_of(folder) != folder => {
            make_folder(folder_of(folder))?;
            make_folder_once(folder)
        }
        made => made,
    }
}

/// Another one may have made it meanwhile.
fn make_folder_once(folder: &Path) -> io::Result<()> {
    match disk::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }
}
