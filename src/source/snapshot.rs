//! The files of one plan as text, read at one moment: from a folder today, from a git revision the same way.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// The largest file that is read, in bytes. A year of updates of one entry is a few kilobytes.
pub const LARGEST_FILE: u64 = 32 * 1024 * 1024;

/// The TOML files of one plan folder.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// What stands before each path when it is shown (`plan/2027`).
    pub shown_root: PathBuf,
    /// In order of path.
    pub files: Vec<SourceFile>,
}

/// One file.
#[derive(Debug)]
pub struct SourceFile {
    /// Relative to the plan folder, with `/`.
    pub path: String,
    /// What was found there.
    pub content: Content,
}

/// What was found where a file was expected.
#[derive(Debug)]
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
    Unreadable(String),
}

impl Snapshot {
    /// Reads the files of a plan folder that `wanted` says yes to, in parallel.
    ///
    /// Nothing in the folder makes this fail: what can't be read is kept as such, for `check` to tell.
    pub fn of_folder(folder: &Path, shown_root: PathBuf, wanted: impl Fn(&str) -> bool) -> Self {
        let mut listed = Vec::new();
        list(folder, "", &mut listed);
        listed.retain(|(path, _)| wanted(path));
        listed.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let files = listed
            .into_par_iter()
            .map(|(path, kind)| {
                let content = read(&folder.join(&path), kind, &root);
                SourceFile { path, content: content.unwrap_or_else(|e| Content::Unreadable(e.to_string())) }
            })
            .collect();
        Self { shown_root, files }
    }

    /// The text of a file; empty where it has none.
    pub fn text(&self, file: usize) -> &str {
        match self.files.get(file).map(|f| &f.content) {
            Some(Content::Text(text)) => text,
            _ => "",
        }
    }

    /// The path as the user knows it.
    pub fn shown_path(&self, file: usize) -> String {
        let path = self.files.get(file).map_or("", |f| &f.path);
        self.shown_root.join(path).to_string_lossy().replace('\\', "/")
    }

    /// The place of a path among the files.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()
    }
}

/// A path, and what the folder says is there.
type Listed = (String, Option<FileType>);

/// Collects `*.toml` below `folder`, not following links to folders, leaving out hidden names.
fn list(folder: &Path, prefix: &str, listed: &mut Vec<Listed>) {
    // A folder that can't be listed has no files; the missing ones are told by what refers to them.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().ok();
        if name.ends_with(".toml") {
            listed.push((path, kind));
        } else if kind.is_some_and(|kind| kind.is_dir()) {
            list(&entry.path(), &format!("{path}/"), listed);
        }
    }
}

fn read(path: &Path, kind: Option<FileType>, root: &Path) -> io::Result<Content> {
    // Most are plain files, about which the system need not be asked again; on a network share every question counts.
    if !kind.is_some_and(|kind| kind.is_file()) {
        if fs::symlink_metadata(path)?.is_symlink() && !fs::canonicalize(path)?.starts_with(root) {
            return Ok(Content::OutsideFolder);
        }
        if !fs::metadata(path)?.is_file() {
            return Ok(Content::NotAFile);
        }
    }
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > LARGEST_FILE {
        return Ok(Content::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(LARGEST_FILE).read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).map_or_else(|e| Content::Bytes(e.into_bytes()), Content::Text))
}
