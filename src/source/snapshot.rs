//! The files of one plan as text, read at one moment: from a folder today, from a git revision the same way.

use std::fs;
use std::io;
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
        let mut paths = Vec::new();
        list(folder, "", &mut paths);
        paths.retain(|path| wanted(path));
        paths.sort_unstable();
        let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let files = paths
            .into_par_iter()
            .map(|path| {
                let content = read(&folder.join(&path), &root).unwrap_or_else(|e| Content::Unreadable(e.to_string()));
                SourceFile { path, content }
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

/// Collects `*.toml` below `folder`, not following links to folders, leaving out hidden names.
fn list(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    // A folder that can't be listed has no files; the missing ones are told by what refers to them.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{prefix}{name}");
        let is_folder = entry.file_type().is_ok_and(|t| t.is_dir());
        if name.ends_with(".toml") {
            paths.push(path);
        } else if is_folder {
            list(&entry.path(), &format!("{path}/"), paths);
        }
    }
}

fn read(path: &Path, root: &Path) -> io::Result<Content> {
    if fs::symlink_metadata(path)?.is_symlink() && !fs::canonicalize(path)?.starts_with(root) {
        return Ok(Content::OutsideFolder);
    }
    let meta = fs::metadata(path)?;
    if !meta.is_file() {
        return Ok(Content::NotAFile);
    }
    if meta.len() > LARGEST_FILE {
        return Ok(Content::TooLarge(meta.len()));
    }
    let bytes = fs::read(path)?;
    Ok(String::from_utf8(bytes).map_or_else(|e| Content::Bytes(e.into_bytes()), Content::Text))
}
