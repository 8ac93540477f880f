//! One file replaced by another at one moment: written beside, synced, renamed.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{OWN, disk};
use crate::failure::is_missing;

/// A synced file that waits beside the one whose place it is to take. Where it never does, it goes.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    waits: bool,
}

impl Staged {
    /// Puts it in the place of `path`.
    pub fn put(mut self, path: &Path) -> io::Result<()> {
        disk::rename(&self.path, path)?;
        self.waits = false;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.waits {
            // Where it stays, the next writer takes it away.
            let _ = forget(&self.path);
        }
    }
}

/// Replaces a file by a synced one. That the new name lasts is another matter: [`sync_folder`].
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    stage(path, bytes)?.put(path)
}

/// A synced file beside `path`, named after it.
pub fn stage(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    beside(path, bytes, &name_beside(path))
}

/// A synced file of this name beside `path`, with its permissions. What a writer that died left there is replaced.
pub fn beside(path: &Path, bytes: &[u8], name: &str) -> io::Result<Staged> {
    make_folder(folder_of(path))?;
    let (file, staged) = written(path, bytes, name)?;
    disk::sync(&file)?;
    Ok(staged)
}

/// A file beside `path`, named after it, in a folder that is there; the disk need not have it yet.
pub fn stage_unsynced(path: &Path, bytes: &[u8]) -> io::Result<Staged> {
    written(path, bytes, &name_beside(path)).map(|(_, staged)| staged)
}

/// How the file is called that waits beside `path`.
pub fn name_beside(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{OWN}-{name}.new")
}

fn written(path: &Path, bytes: &[u8], name: &str) -> io::Result<(File, Staged)> {
    let new = folder_of(path).join(name);
    forget(&new)?;
    let mut file = disk::create_new(&new)?;
    let staged = Staged { path: new, waits: true };
    disk::write(&mut file, bytes)?;
    match disk::metadata(path) {
        Ok(meta) => file.set_permissions(meta.permissions())?,
        Err(error) if is_missing(&error) => readable_by_all(&file)?,
        Err(error) => return Err(error),
    }
    Ok((file, staged))
}

/// Puts what was written beside in its place; without such, the file goes.
pub fn put(path: &Path, new: Option<Staged>) -> io::Result<()> {
    new.map_or_else(|| forget(path), |new| new.put(path))
}

/// Takes a file away, if it is there.
pub fn forget(path: &Path) -> io::Result<()> {
    match disk::remove_file(path) {
        Err(error) if is_missing(&error) => Ok(()),
        gone => gone,
    }
}

/// Makes a folder and those above it, where they are missing, so that they last.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    match disk::metadata(folder) {
        Ok(meta) if meta.is_dir() => return Ok(()),
        Ok(_) => return Err(ErrorKind::AlreadyExists.into()),
        Err(error) if !is_missing(&error) => return Err(error),
        Err(_) => {}
    }
    let above = folder_of(folder);
    // Above what stands highest there is nothing that could be made.
    if above != folder && above != Path::new(".") {
        make_folder(above)?;
    }
    match disk::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }?;
    sync_folder(above)
}

/// The folder that a path lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new file of the plan is everybody's, as the folder says.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> io::Result<()> {
    Ok(())
}

/// A rename lasts once the folder is on the disk. Windows has no such call and needs none.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { disk::sync(&disk::open(folder)?) } else { Ok(()) }
}
