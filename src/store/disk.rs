//! What is asked of the disk, call by call. Tests make the n-th call fail, or end the program there as a kill would; in what is
//! handed out no call is ever made to fail.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::patience::patiently;
use super::real::real;

/// What is asked of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// What stands at a path.
    Look,
    /// The names in a folder.
    List,
    /// A file to be read.
    Open,
    /// A new file or folder.
    Create,
    /// Bytes into a file.
    Write,
    /// That what was written lasts.
    Sync,
    /// One file in the place of another.
    Rename,
    /// That a file goes.
    Unlink,
}

/// The words by which tests name the calls.
const CALLS: [(&str, Call); 8] = [
    ("look", Call::Look),
    ("list", Call::List),
    ("open", Call::Open),
    ("create", Call::Create),
    ("write", Call::Write),
    ("sync", Call::Sync),
    ("rename", Call::Rename),
    ("unlink", Call::Unlink),
];

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// It fails.
    Fail,
    /// It fails, and so does every later one of its kind.
    Stay,
    /// The program ends.
    Kill,
}

/// A fault that a test asked for.
#[derive(Debug)]
struct Fault {
    /// Of which calls; `None`: of all.
    call: Option<Call>,
    /// At which of them, from 1.
    nth: usize,
    how: How,
    /// A file that is made once it has happened.
    mark: PathBuf,
    seen: AtomicUsize,
}

static FAULT: OnceLock<Fault> = OnceLock::new();

/// Makes a call fail: `CALL:N:HOW:MARK`, where the call is `any` or one of those above, and how is `fail`, `stay` or `kill`.
/// What is handed out is built without this.
pub fn break_at(text: &str) {
    let mut words = text.splitn(4, ':');
    let mut word = || words.next().unwrap_or_default();
    let (call, nth, how, mark) = (word(), word(), word(), word());
    let how = match how {
        "fail" => How::Fail,
        "stay" => How::Stay,
        _ => How::Kill,
    };
    let call = CALLS.iter().find(|(name, _)| *name == call).map(|(_, call)| *call);
    let nth = nth.parse().unwrap_or(usize::MAX);
    FAULT.get_or_init(|| Fault { call, nth, how, mark: mark.into(), seen: AtomicUsize::new(0) });
}

/// What is to happen at this call, if it is the one.
fn due(call: Call) -> Option<&'static Fault> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let fault = FAULT.get().filter(|fault| fault.call.is_none_or(|wanted| wanted == call))?;
    let now = fault.seen.fetch_add(1, Ordering::SeqCst) + 1;
    let is_due = match fault.how {
        How::Stay => now >= fault.nth && stays(call, now == fault.nth),
        How::Fail | How::Kill => now == fault.nth,
    };
    is_due.then(|| {
        // A test that finds no mark knows that there was no such call.
        drop(File::create(&fault.mark));
        fault
    })
}

/// Of a fault that stays, whether this call is of the kind that failed first.
fn stays(call: Call, first: bool) -> bool {
    static KIND: OnceLock<Call> = OnceLock::new();
    if first { *KIND.get_or_init(|| call) == call } else { KIND.get() == Some(&call) }
}

impl Fault {
    fn happen(&self, call: Call) -> io::Error {
        if self.how == How::Kill {
            // As with a kill nothing is tidied up: no destructor runs.
            std::process::exit(137);
        }
        let kind = match call {
            Call::Write | Call::Create => ErrorKind::StorageFull,
            Call::List | Call::Look | Call::Open => ErrorKind::StaleNetworkFileHandle,
            Call::Sync => ErrorKind::QuotaExceeded,
            Call::Rename | Call::Unlink => ErrorKind::PermissionDenied,
        };
        kind.into()
    }
}

fn step(call: Call) -> io::Result<()> {
    due(call).map_or(Ok(()), |fault| Err(fault.happen(call)))
}

/// What stands at a path; a link is followed.
pub fn metadata(path: &Path) -> io::Result<Metadata> {
    step(Call::Look)?;
    fs::metadata(path)
}

/// What stands at a path, be it a link.
pub fn symlink_metadata(path: &Path) -> io::Result<Metadata> {
    step(Call::Look)?;
    fs::symlink_metadata(path)
}

/// The one path of what stands at a path.
pub fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    step(Call::Look)?;
    real(path)
}

/// What is in a folder, one by one.
pub fn read_dir(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<DirEntry>>> {
    step(Call::List)?;
    Ok(fs::read_dir(folder)?.map(|entry| step(Call::List).and(entry)))
}

/// A file to be read.
pub fn open(path: &Path) -> io::Result<File> {
    step(Call::Open)?;
    patiently(|| File::open(path))
}

/// A file that is there, to be read and written.
pub fn open_to_write(path: &Path) -> io::Result<File> {
    step(Call::Open)?;
    patiently(|| File::options().read(true).write(true).open(path))
}

/// A file that is not there yet: no link is followed.
pub fn create_new(path: &Path) -> io::Result<File> {
    step(Call::Create)?;
    patiently(|| File::options().read(true).write(true).create_new(true).open(path))
}

/// A folder that is not there yet.
pub fn create_dir(path: &Path) -> io::Result<()> {
    step(Call::Create)?;
    fs::create_dir(path)
}

/// Bytes into a file.
pub fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    if let Some(fault) = due(Call::Write) {
        // A full disk takes some of it, and so does one whose program dies.
        file.write_all(&bytes[..bytes.len() / 2])?;
        return Err(fault.happen(Call::Write));
    }
    file.write_all(bytes)
}

/// That what was written into a file lasts.
pub fn sync(file: &File) -> io::Result<()> {
    step(Call::Sync)?;
    file.sync_all()
}

/// One file in the place of another.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step(Call::Rename)?;
    patiently(|| fs::rename(from, to))
}

/// That an empty folder goes.
pub fn remove_dir(path: &Path) -> io::Result<()> {
    step(Call::Unlink)?;
    patiently(|| fs::remove_dir(path))
}

/// That a file goes.
pub fn remove_file(path: &Path) -> io::Result<()> {
    step(Call::Unlink)?;
    patiently(|| fs::remove_file(path))
}
