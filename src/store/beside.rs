//! One file replaced by another at one moment: written beside, synced, renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::OWN;

/// Replaces a file by a synced one, and syncs the folder.
pub fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    put(path, Some(beside(path, bytes, &format!("{OWN}-{name}.new"))?))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// A synced file of this name beside `path`, with its permissions. What a writer that died left there is replaced.
pub fn beside(path: &Path, bytes: &[u8], name: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    forget(&folder.join(name))?;
    let mut beside = tempfile::Builder::new().prefix(name).rand_bytes(0).tempfile_in(folder)?;
    beside.write_all(bytes)?;
    match fs::metadata(path) {
        Ok(meta) => beside.as_file().set_permissions(meta.permissions())?,
        Err(_) => readable_by_all(beside.as_file())?,
    }
    beside.as_file().sync_all()?;
    Ok(beside)
}

/// Renames what was written beside to `path`; without such, the file goes.
pub fn put(path: &Path, new: Option<NamedTempFile>) -> io::Result<()> {
    match new {
        Some(new) => new.persist(path).map(drop).map_err(|e| e.error),
        None => forget(path),
    }
}

/// Takes a file away, if it is there.
pub fn forget(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A temporary file is its owner's alone; a new file of the plan is everybody's, as the folder says.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> io::Result<()> {
    Ok(())
}

/// A rename lasts once the folder is on the disk. Windows has no such call and needs none.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
