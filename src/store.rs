//! The only writer. Locks, reads again, refuses when the file is no longer what was read, writes beside, syncs file and
//! folder, renames: at any moment there is either the old file or the new one.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::say;

/// The file that writers of one plan hold while they write. It stays where it is; what counts is who holds it.
pub const LOCK: &str = ".kaikaku.lock";

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

/// Replaces the file at `path` (in the plan folder `plan`) by `new`, if it still says `old` (`None`: is not there).
///
/// # Errors
/// When another writer does not finish, the file changed since it was read, or the disk refuses. The file is then
/// as it was.
pub fn replace(plan: &Path, path: &Path, old: Option<&str>, new: &str) -> Result<(), Failure> {
    let _lock = lock(plan)?;
    // A link is followed, so that the file it leads to is replaced and not the link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let now = match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(path, &error)),
    };
    if now.as_deref() != old.map(str::as_bytes) {
        let shown = path.display();
        return Err(Failure::new(
            say!(
                "{shown} が読み取りの後に変わりました。何も書かれていません",
                "{shown} has changed since it was read; nothing was written"
            ),
            say!("もう一度実行してください", "run it again"),
        ));
    }
    write_beside(path, new).map_err(|error| failed(path, &error))
}

/// What a file says, read as a whole; `None` where there is none, or it is no text.
///
/// # Errors
/// When it is there and the disk won't hand it out.
pub fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let shown = path.display();
            let message = say!("{shown} を読み取れません（{error}）", "cannot read {shown} ({error})");
            Err(Failure::new(message, say!("アクセス権を確かめてください", "check the permissions")))
        }
    }
}

/// Writes a file that another program made for the answer, in its place.
///
/// # Errors
/// When the disk refuses.
pub fn hand_back(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| failed(path, &error))
}

/// Makes the folder of a new plan.
///
/// # Errors
/// When the disk refuses.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    Failure::new(
        say!(
            "{shown} に書き込めません（{error}）。何も書かれていません",
            "cannot write {shown} ({error}); nothing was written"
        ),
        say!("アクセス権、空き容量、ネットワークを確かめてください", "check permissions, free space and the network"),
    )
}

/// Writes files of these names into `folder`, which is made where it is missing. What is there already is replaced only
/// with `force`; without it one such file is enough to write none.
///
/// # Errors
/// When a file is there already, or the disk refuses.
pub fn export(folder: &Path, files: &[(String, String)], force: bool) -> Result<(), Failure> {
    let taken = files.iter().map(|(name, _)| folder.join(name)).find(|path| path.symlink_metadata().is_ok());
    if let Some(path) = taken.filter(|_| !force) {
        let shown = path.display();
        return Err(Failure::new(
            say!("{shown} はもうあります。何も書かれていません", "{shown} is there already; nothing was written"),
            say!("置き換えてよければ --force を付けてください", "add --force to replace it"),
        ));
    }
    let write = |(name, text): &(String, String)| {
        let path = folder.join(name);
        write_beside(&path, text).map_err(|error| {
            let shown = path.display();
            Failure::new(
                say!("{shown} に書き込めません（{error}）", "cannot write {shown} ({error})"),
                say!("アクセス権と空き容量を確かめてください", "check permissions and free space"),
            )
        })
    };
    files.iter().try_for_each(write)
}

fn write_beside(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::Builder::new().prefix(".kaikaku-").suffix(".tmp").tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    match fs::metadata(path) {
        Ok(meta) => beside.as_file().set_permissions(meta.permissions())?,
        Err(_) => readable_by_all(beside.as_file())?,
    }
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|e| e.error)?;
    sync_folder(folder)
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
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Holds the plan's lock until dropped. The system lets go of it when a process dies, so no stale lock blocks anyone.
fn lock(plan: &Path) -> Result<File, Failure> {
    let path = plan.join(LOCK);
    let failed = |error: io::Error| {
        let (shown, error) = (path.display(), error.to_string());
        Failure::new(
            say!(
                "書き込みの鍵 {shown} を取れません（{error}）。何も書かれていません",
                "cannot lock {shown} ({error}); nothing was written"
            ),
            say!("計画のフォルダーに書き込めるか確かめてください", "check that the plan's folder can be written"),
        )
    };
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                return Err(Failure::new(
                    say!(
                        "ほかの人の書き込みが終わりません。何も書かれていません",
                        "another writer does not finish; nothing was written"
                    ),
                    say!("少し待って、もう一度実行してください", "wait a little and run it again"),
                ));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("records/1.toml");
        replace(dir.path(), &path, None, "a = 1\n").unwrap();
        assert!(replace(dir.path(), &path, None, "a = 2\n").is_err());
        assert!(replace(dir.path(), &path, Some("a = 9\n"), "a = 2\n").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "a = 1\n");
        replace(dir.path(), &path, Some("a = 1\n"), "a = 2\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "a = 2\n");
    }

    #[test]
    fn nothing_is_left_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plan.toml");
        replace(dir.path(), &path, None, "a = 1\n").unwrap();
        let mut names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [LOCK, "plan.toml"]);
    }
}
