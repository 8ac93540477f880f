//! Who may write: one process a plan at a time.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::disk;
use super::home::Home;
use super::own::{self, Trouble, is_alone, is_same};
use crate::failure::{Failure, trouble};
use crate::say;
use crate::text::paths::Slashed;

/// The file that writers of one plan hold while they write. It stays where it is; what counts is who holds it, and its
/// text says who did last.
pub const LOCK: &str = ".kaikaku.lock";

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it sleeps before it looks again.
const PAUSE: Duration = Duration::from_millis(5);

/// Takes the lock of a plan. The system lets go of it when the file is dropped or its process dies, so no stale lock blocks
/// anyone.
pub fn take(home: &Home) -> Result<File, Failure> {
    let path = home.file(LOCK);
    let failed = |error: io::Error| unlockable(&path, &error);
    home.make().map_err(failed)?;
    let begun = Instant::now();
    // One that waits asks for the lock alone: on a share every other question takes its time, and keeps the one who writes.
    let mut file = lock_file(&path)?;
    loop {
        match file.try_lock() {
            Ok(()) if is_still(&file, &path) => {
                sign(&mut file);
                return Ok(file);
            }
            // Somebody took the file away in the meantime, and others may hold the one that is there now.
            Ok(()) => file = lock_file(&path)?,
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => return Err(impatient(&mut file, &path)),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

/// The file of the lock, which is made where it is missing; no link is followed.
fn lock_file(path: &Path) -> Result<File, Failure> {
    loop {
        match own::open(path, true) {
            Ok(Some((file, _))) => return Ok(file),
            Ok(None) => {}
            Err(Trouble::Refused(error)) => return Err(unlockable(path, &error)),
            Err(Trouble::Foreign) => return Err(own::foreign(path)),
        }
        match disk::create_new(path) {
            // Another writer was quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map_err(|error| unlockable(path, &error)),
        }
    }
}

fn unlockable(path: &Path, error: &io::Error) -> Failure {
    let shown = path.slashed();
    let (why, hint) = trouble(error);
    let (ja, en) = (why.ja, why.en);
    Failure::new(
        say!(
            "書き込みの順番を待つためのファイル {shown} を開けません（{ja}）。何も書き込んでいません",
            "cannot lock {shown} ({en}); nothing was written"
        ),
        hint,
    )
}

/// Keeps writers waiting while somebody reads who could not get between them otherwise. It writes nothing; where there is
/// no lock file yet, or no lock can be had, there is nothing to keep.
pub fn hold_writers(home: &Home) -> Option<File> {
    let (file, _) = own::open(&home.file(LOCK), false).ok()??;
    let begun = Instant::now();
    while begun.elapsed() <= PATIENCE {
        match file.try_lock_shared() {
            Ok(()) => return Some(file),
            Err(TryLockError::Error(_)) => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

/// Whether the file that is held is the one that others will open.
fn is_still(file: &File, path: &Path) -> bool {
    matches!((file.metadata(), path.symlink_metadata()), (Ok(held), Ok(there)) if is_same(&held, &there))
}

/// Leaves the number of this process for those who wait. That it cannot be left is no reason not to write.
fn sign(file: &mut File) {
    if !file.metadata().is_ok_and(|meta| is_alone(&meta)) {
        return;
    }
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
}

fn impatient(file: &mut File, path: &Path) -> Failure {
    let mut text = String::new();
    // Where the system keeps a locked file from being read, nobody is named.
    let _ = file.rewind().and_then(|()| file.take(32).read_to_string(&mut text));
    let (shown, seconds) = (path.slashed(), PATIENCE.as_secs());
    let holder = text.trim().parse::<u32>().ok();
    let (ja, en) = holder.map_or_else(
        || ("ほかの人".to_owned(), "another writer".to_owned()),
        |id| (format!("ほかの人（プロセス {id}）"), format!("another writer (process {id})")),
    );
    Failure::new(
        say!(
            "{ja}の書き込みが {seconds} 秒待っても終わりません。何も書き込んでいません",
            "{en} has not finished within {seconds} seconds; nothing was written"
        ),
        say!(
            "少し待って、もう一度実行してください。{shown} を使っているプロセスが止まっていれば、終わらせてください",
            "wait a little and try again; if the process that uses {shown} hangs, end it"
        ),
    )
}
