//! A folder of many files that are made anew again and again, beside files of others. Each is replaced at one moment; none is
//! synced but the last, which says what the folder holds: what is lost of the others is made again.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::beside::{folder_of, forget, make_folder, replace, stage_unsynced, sync_folder};
use super::files::{names, read, unreadable};
use super::names::refuse_odd;
use super::{OWN, disk, failed, halted};
use crate::failure::{Failure, is_missing};
use crate::say;
use crate::text::paths::Slashed;

/// What stands in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderHolds {
    /// Nothing, or there is no such folder.
    Nothing,
    /// Something, and the file that says what of it is ours.
    Ours(Vec<u8>),
    /// Something of others alone.
    Others,
}

/// What stands in a folder, of which the file of this name says what is ours.
///
/// # Errors
/// When it is no folder, or the disk does not say.
pub fn holds(folder: &Path, name: &str) -> Result<FolderHolds, Failure> {
    match disk::metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(FolderHolds::Nothing),
        Err(error) => return Err(failed(folder, &error)),
        Ok(meta) if !meta.is_dir() => return Err(no_folder(folder)),
        Ok(_) => {}
    }
    if let Some(bytes) = read(&folder.join(name))? {
        return Ok(FolderHolds::Ours(bytes));
    }
    let own = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OWN));
    let is_empty = names(folder)?.iter().all(|path| own(path));
    Ok(if is_empty { FolderHolds::Nothing } else { FolderHolds::Others })
}

/// Makes the folders of files, of which some that say what is theirs may be written already.
///
/// # Errors
/// When the disk refuses.
pub fn make_room<'p>(files: impl Iterator<Item = &'p Path>) -> Result<(), Failure> {
    let folders: BTreeSet<&Path> = files.map(folder_of).collect();
    folders.into_iter().try_for_each(|folder| make_folder(folder).map_err(|error| halted(folder, &error)))
}

/// Refuses a name that some system cannot have, and links among the folders of files, all within `top`: what came with a
/// folder of somebody else's may lead anywhere.
///
/// # Errors
/// As said, or when the disk does not say.
pub fn refuse_links<'p>(top: &Path, files: impl Iterator<Item = &'p Path> + Clone) -> Result<(), Failure> {
    refuse_odd(files.clone())?;
    let within = |file: &'p Path| file.ancestors().skip(1).take_while(|above| *above != top && above.starts_with(top));
    let folders: BTreeSet<&Path> = files.flat_map(within).collect();
    folders.into_iter().try_for_each(|folder| match disk::symlink_metadata(folder) {
        Ok(meta) if meta.file_type().is_symlink() => Err(no_folder(folder)),
        Err(error) if !is_missing(&error) => Err(unreadable(folder, &error)),
        _ => Ok(()),
    })
}

/// Puts a file in its place, as a whole.
///
/// # Errors
/// When the disk refuses. The file is then as it was.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    stage_unsynced(path, bytes).and_then(|staged| staged.put(path)).map_err(|error| halted(path, &error))
}

/// Puts the file that says what is ours, so that it lasts.
///
/// # Errors
/// When the disk refuses. The file is then as it was.
pub fn put_list(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    make_folder(folder_of(path))
        .and_then(|()| replace(path, bytes))
        .and_then(|()| sync_folder(folder_of(path)))
        .map_err(|error| halted(path, &error))
}

/// Takes files away, and the folders within `top` that are empty then.
///
/// # Errors
/// When the disk refuses.
pub fn take_away(top: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    for path in files {
        forget(path).map_err(|error| halted(path, &error))?;
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != top && folder.starts_with(top)) {
            // One with something in it stays.
            if disk::remove_dir(folder).is_err() {
                break;
            }
        }
    }
    Ok(())
}

/// What a file holds, where it is one of its own and no link; `None` where there is none.
///
/// # Errors
/// When the disk does not hand it out.
pub fn look_at(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match disk::symlink_metadata(path) {
        Err(error) if is_missing(&error) => Ok(None),
        Ok(meta) if meta.file_type().is_symlink() => Err(no_folder(path)),
        _ => read(path),
    }
}

fn no_folder(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!(
            "{shown} はふつうのフォルダーでもファイルでもありません。何も書き込んでいません",
            "{shown} is a link, or no folder; nothing was written"
        ),
        say!("リンクを外すか、別のフォルダーを指定してください", "take the link away, or name another folder"),
    )
}
