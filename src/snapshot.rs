//! The files of one plan as text, read at one moment: from a folder today, from a git revision the same way.

use std::fs::FileType;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::failure::{is_missing, trouble};
use crate::lang::Say;
use crate::say;
use crate::store::journal::{Entry, Stamp};
use crate::store::{Home, disk, hold_writers};
use crate::text::safe::one_line;
use crate::threads;

/// The largest file that is read, in bytes. A year of updates of one entry is a few kilobytes.
pub const LARGEST_FILE: u64 = 32 * 1024 * 1024;

/// How often the files are read again when somebody writes meanwhile.
const PATIENCE: usize = 3;

/// The TOML files of one plan folder.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// What stands before each path when it is shown (`plan/2027`).
    pub shown_root: PathBuf,
    /// In order of path.
    pub files: Vec<SourceFile>,
    /// Names of the plans beside this one; `None` where that is not known.
    pub beside: Option<Vec<String>>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Relative to the plan folder, with `/`.
    pub path: String,
    /// What was found there.
    pub content: Content,
    /// Where its lines begin, once anyone asked.
    lines: OnceLock<Vec<usize>>,
}

/// What was found where a file was expected.
#[derive(Debug, Clone)]
pub enum Content {
    /// UTF-8 text.
    Text(String),
    /// Not UTF-8: the bytes as they are.
    Bytes(Vec<u8>),
    /// More than [`LARGEST_FILE`]: its size.
    TooLarge(u64),
    /// A folder or device.
    NotAFile,
    /// A symbolic link that leads out of the plan folder.
    OutsideFolder,
    /// The system would not read it, and why.
    Unreadable(Say),
}

impl SourceFile {
    /// What was found at a path relative to the plan folder.
    pub fn new(path: String, content: Content) -> Self {
        Self { path, content, lines: OnceLock::new() }
    }

    /// Its text; empty where it has none.
    pub fn text(&self) -> &str {
        if let Content::Text(text) = &self.content { text } else { "" }
    }

    /// The line, from 0, that holds a byte of the text, and where that line begins.
    fn line(&self, offset: usize) -> (usize, usize) {
        let feeds = || self.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = self.lines.get_or_init(|| std::iter::once(0).chain(feeds()).collect());
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or(0))
    }
}

impl Snapshot {
    /// Reads the files of a plan folder that `wanted` says yes to, in parallel. A folder that it says no to is not even
    /// listed.
    ///
    /// Nothing in the folder makes this fail: what can't be read is kept as such, for `check` to tell. A write of several
    /// files that stopped half way is read as if it were done: the next writer does it.
    pub fn of_folder(folder: &Path, shown_root: PathBuf, wanted: &dyn Fn(&str) -> bool) -> Self {
        let listed = || {
            let mut listed = Vec::new();
            list(folder, "", wanted, &mut listed);
            listed.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            listed
        };
        let mut snapshot = Self::steady(folder, shown_root, &listed, wanted);
        match beside(folder) {
            Ok(names) => snapshot.beside = Some(names),
            // Who may not list the folder above may still read the plan.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
            Err(error) => snapshot.insert(SourceFile::new("..".to_owned(), Content::Unreadable(reason(&error)))),
        }
        snapshot
    }

    /// Reads one more file of the plan folder, by its name: no folder is listed.
    pub fn add(&mut self, folder: &Path, path: &str) {
        let kind = |path: &Path| match disk::symlink_metadata(&folder.join(path)) {
            Ok(meta) => Some(Ok(meta.file_type())),
            Err(error) if is_missing(&error) => None,
            Err(error) => Some(Err(reason(&error))),
        };
        let parent = Path::new(path).parent().unwrap_or(Path::new(""));
        // What lies behind a link to a folder is not the plan's.
        let there = || match kind(parent)? {
            Ok(parent) => kind(Path::new(path)).filter(|_| parent.is_dir()),
            Err(reason) => Some(Err(reason)),
        };
        let listed = || there().map(|kind| (path.to_owned(), kind)).into_iter().collect();
        let read = Self::steady(folder, PathBuf::new(), &listed, &|other| other == path);
        read.files.into_iter().for_each(|file| self.insert(file));
    }

    /// Reads what is listed, all of it as it is at one moment.
    fn steady(
        folder: &Path,
        shown_root: PathBuf,
        listed: &dyn Fn() -> Vec<Listed>,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Self {
        let home = match Home::of(folder) {
            Ok(home) => home,
            Err(error) => {
                let mut snapshot = Self { shown_root, files: read_all(folder, listed()), beside: None };
                snapshot.insert(SourceFile::new(String::new(), Content::Unreadable(reason(&error))));
                return snapshot;
            }
        };
        let mut stamp = Stamp::read(&home);
        let mut files = read_all(folder, listed());
        // What was written meanwhile is read again; of writers that never stop, the next one is kept waiting.
        let (mut held, mut is_steady) = (None, false);
        for turn in 0..=PATIENCE {
            // What is written from here on is no matter: the files were read before.
            is_steady = Stamp::read(&home) == stamp;
            if is_steady {
                break;
            }
            if turn == PATIENCE {
                held = hold_writers(&home);
            }
            stamp = Stamp::read(&home);
            files = read_all(folder, listed());
        }
        // Where they could not be kept waiting either, some files may be from before a write and some from after it.
        is_steady = is_steady || held.is_some() || Stamp::read(&home) == stamp;
        drop(held);
        let mut snapshot = Self { shown_root, files, beside: None };
        if !is_steady {
            snapshot.insert(SourceFile::new(String::new(), Content::Unreadable(busy())));
        }
        if let Some((path, error)) = &stamp.trouble {
            let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            snapshot.insert(SourceFile::new(name, Content::Unreadable(error.clone())));
        }
        for change in stamp.interrupted().iter().filter(|change| is_read(&change.path) && wanted(&change.path)) {
            snapshot.finish(change.clone());
        }
        snapshot
    }

    /// Does what an interrupted write left undone of a file, unless somebody changed it since.
    fn finish(&mut self, change: Entry) {
        let place = self.position(&change.path);
        let as_before = match (&change.old, place) {
            (Some(old), Some(place)) => self.text(place) == old,
            (old, place) => old.is_none() && place.is_none(),
        };
        match (change.new, place) {
            (Some(new), _) if as_before => self.put(&change.path, new),
            (None, Some(place)) if as_before => drop(self.files.remove(place)),
            _ => {}
        }
    }

    /// The text of a file; empty where it has none.
    pub fn text(&self, file: usize) -> &str {
        self.files.get(file).map_or("", SourceFile::text)
    }

    /// The path as the user knows it; nothing in it steers a terminal.
    pub fn shown_path(&self, file: usize) -> String {
        let path = self.files.get(file).map_or("", |f| &f.path);
        one_line(&self.shown_root.join(path).to_string_lossy().replace('\\', "/"))
    }

    /// Line and column of a byte of a file, both from 1; the column counts characters. A byte inside a character
    /// counts as its start.
    pub fn line_column(&self, file: usize, offset: usize) -> (usize, usize) {
        let text = self.text(file);
        let at = text.floor_char_boundary(offset.min(text.len()));
        let (line, start) = self.files.get(file).map_or((0, 0), |f| f.line(at));
        (line + 1, text[start..at].chars().count() + 1)
    }

    /// The line of a file, from 1, that holds a byte of it.
    pub fn line_at(&self, file: usize, offset: usize) -> usize {
        self.files.get(file).map_or(0, |file| file.line(offset).0) + 1
    }

    /// The same files, with `text` at `path`: what would be read after a write.
    pub fn put(&mut self, path: &str, text: String) {
        self.insert(SourceFile::new(path.to_owned(), Content::Text(text)));
    }

    fn insert(&mut self, new: SourceFile) {
        match self.files.binary_search_by(|file| file.path.cmp(&new.path)) {
            Ok(place) => self.files[place] = new,
            Err(place) => self.files.insert(place, new),
        }
    }

    /// The first file that the disk did not hand out, as the user knows it, and why.
    pub fn unread(&self) -> Option<(String, &Say)> {
        self.files.iter().enumerate().find_map(|(at, file)| match &file.content {
            Content::Unreadable(why) => Some((self.shown_path(at), why)),
            _ => None,
        })
    }

    /// The place of a path among the files.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }
}

/// Whether a file of a plan folder is read: a TOML file of which no part of the path is hidden.
pub fn is_read(path: &str) -> bool {
    path.to_lowercase().ends_with(".toml") && !path.split('/').any(|name| name.starts_with('.'))
}

/// The folders whose files are read.
pub const FOLDERS: [&str; 7] = ["outline", "indicators", "records", "closed", "inquiries", "opinions", "reports"];

/// A path, and what the folder says is there; or why it would not.
type Listed = (String, Result<FileType, Say>);

/// Collects `*.toml` below `folder`, not following links to folders, leaving out hidden names. A folder that cannot be
/// listed to its end, and one of [`FOLDERS`] that is none, stand in for their files, so that none is silently missing.
fn list(folder: &Path, prefix: &str, wanted: &dyn Fn(&str) -> bool, listed: &mut Vec<Listed>) {
    let itself = || prefix.trim_end_matches('/').to_owned();
    let entries = match disk::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return listed.push((itself(), Err(reason(&error)))),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return listed.push((itself(), Err(reason(&error)))),
        };
        // A name that is no Unicode can't be opened by what is listed here, and so is reported as unreadable.
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if !wanted(&path) {
            continue;
        }
        match entry.file_type() {
            Err(error) => listed.push((path, Err(reason(&error)))),
            Ok(kind) if name.to_lowercase().ends_with(".toml") => listed.push((path, Ok(kind))),
            Ok(kind) if kind.is_dir() => list(&entry.path(), &format!("{path}/"), wanted, listed),
            Ok(kind) if kind.is_symlink() && FOLDERS.contains(&path.as_str()) => listed.push((path, Ok(kind))),
            Ok(_) if FOLDERS.contains(&path.as_str()) => listed.push((path, Err(no_folder()))),
            Ok(_) => {}
        }
    }
}

/// The folders with a `plan.toml` beside a plan folder. Of one whose name is no Unicode no file can speak.
fn beside(folder: &Path) -> io::Result<Vec<String>> {
    let root = disk::canonicalize(folder)?;
    let mut names = Vec::new();
    for entry in root.parent().map(disk::read_dir).transpose()?.into_iter().flatten() {
        let path = entry?.path();
        let is_plan = || match disk::metadata(&path.join("plan.toml")) {
            Err(error) if is_missing(&error) => Ok(false),
            meta => meta.map(|meta| meta.is_file()),
        };
        if path != root && is_plan()? {
            names.extend(path.file_name().and_then(|name| name.to_str()).map(str::to_owned));
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn no_folder() -> Say {
    say!("フォルダーではありません", "it is not a folder")
}

/// Reads what is listed, in parallel.
fn read_all(folder: &Path, listed: Vec<Listed>) -> Vec<SourceFile> {
    // Without it no link is followed: none then seems to lead into the plan.
    let root = disk::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let file = |(path, kind): Listed| {
        let content = kind.and_then(|kind| read(&folder.join(&path), kind, &root).map_err(|error| reason(&error)));
        SourceFile::new(path, content.unwrap_or_else(Content::Unreadable))
    };
    match threads::help_to_read(listed.len()) {
        true => listed.into_par_iter().map(file).collect(),
        false => listed.into_iter().map(file).collect(),
    }
}

fn read(path: &Path, kind: FileType, root: &Path) -> io::Result<Content> {
    // Most are plain files, about which the system need not be asked again; on a network share every question counts.
    if !kind.is_file() {
        if disk::symlink_metadata(path)?.is_symlink() && !disk::canonicalize(path)?.starts_with(root) {
            return Ok(Content::OutsideFolder);
        }
        let meta = disk::metadata(path)?;
        if meta.is_dir() {
            return disk::read_dir(path).map(|_| Content::NotAFile);
        }
        if !meta.is_file() {
            return Ok(Content::NotAFile);
        }
    }
    let file = disk::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST_FILE {
        return Ok(Content::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(LARGEST_FILE).read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).map_or_else(|e| Content::Bytes(e.into_bytes()), Content::Text))
}

/// The text of a file that says where the plans are, read before any of them is. A device is not waited for, and no more is
/// read than a plan may hold.
///
/// # Errors
/// When it is no such file, or the system refuses.
pub fn text_of(path: &Path) -> io::Result<String> {
    let meta = disk::metadata(path)?;
    if !meta.is_file() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    if meta.len() > LARGEST_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut text = String::new();
    disk::open(path)?.take(LARGEST_FILE).read_to_string(&mut text)?;
    Ok(text)
}

/// Nobody knows what belongs together.
fn busy() -> Say {
    say!(
        "読み取る間に書き込みが続いているため、もう一度実行してください",
        "others keep writing while it is read; run it again"
    )
}

/// Why the system would not read something; its own words where there are no better ones.
fn reason(error: &io::Error) -> Say {
    match error.kind() {
        io::ErrorKind::NotFound => say!("見つかりません", "not found"),
        _ => trouble(error).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "あいう\nname = \"人\"\n";
        let file = SourceFile::new("plan.toml".into(), Content::Text(text.into()));
        let snapshot = Snapshot { files: vec![file], ..Snapshot::default() };
        let expected = [(0, (1, 1)), (3, (1, 2)), (4, (1, 2)), (10, (2, 1)), (999, (3, 1))];
        for (offset, place) in expected {
            assert_eq!(snapshot.line_column(0, offset), place, "{offset}");
        }
        assert_eq!(snapshot.line_column(1, 5), (1, 1));
    }
}
