//! Who may write: one process a plan at a time.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, trouble};
use crate::say;

/// The file that writers of one plan hold while they write. It stays where it is; what counts is who holds it, and its
/// text says who did last.
pub const LOCK: &str = ".kaikaku.lock";

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long it sleeps before it looks again.
const PAUSE: Duration = Duration::from_millis(5);

/// Takes the lock of a plan folder. The system lets go of it when the file is dropped or its process dies, so no stale
/// lock blocks anyone.
pub fn take(plan: &Path) -> Result<File, Failure> {
    let path = plan.join(LOCK);
    let failed = |error: io::Error| {
        let shown = path.display();
        let (why, hint) = trouble(&error);
        let (ja, en) = (why.ja, why.en);
        Failure::new(
            say!(
                "書き込みの順番を待つためのファイル {shown} を開けません（{ja}）。何も書き込んでいません",
                "cannot lock {shown} ({en}); nothing was written"
            ),
            hint,
        )
    };
    let begun = Instant::now();
    loop {
        let mut file =
            File::options().create(true).truncate(false).read(true).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) if is_still(&file, &path) => {
                sign(&mut file);
                return Ok(file);
            }
            // Somebody took the file away in the meantime, and others may hold the one that is there now.
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => return Err(impatient(&mut file, &path)),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

/// Keeps writers waiting while somebody reads who could not get between them otherwise. It writes nothing; where there is
/// no lock file yet, or no lock can be had, there is nothing to keep.
pub fn hold_writers(plan: &Path) -> Option<File> {
    let file = File::open(plan.join(LOCK)).ok()?;
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

#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), path.metadata()), (Ok(held), Ok(there)) if same(&held, &there))
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Leaves the number of this process for those who wait. That it cannot be left is no reason not to write.
fn sign(file: &mut File) {
    let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
}

fn impatient(file: &mut File, path: &Path) -> Failure {
    let mut text = String::new();
    // Where the system keeps a locked file from being read, nobody is named.
    let _ = file.rewind().and_then(|()| file.read_to_string(&mut text));
    let (shown, seconds) = (path.display(), PATIENCE.as_secs());
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
