//! The files of a revision: which there are, and what they say.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::iter;

use super::Repository;
use super::objects::{Object, Objects};
use super::revision::commit;
use crate::failure::Failure;
use crate::plan::source::Revision;
use crate::say;

/// The files of a revision, in order of path.
#[derive(Debug, Clone, Default)]
pub struct Tree(pub Vec<TreeFile>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFile {
    /// From the top of the repository, with `/`.
    pub path: String,
    /// What stands there.
    pub kind: TreeKind,
    /// The id of its content: equal ids are equal bytes.
    pub blob: String,
}

/// What stands at a path of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeKind {
    /// A file.
    File,
    /// A symbolic link; its content is where it leads.
    Link,
    /// Another repository.
    Repository,
}

/// How git marks a folder in another.
const FOLDER: &str = "40000";

impl TreeKind {
    fn from_mode(mode: &str) -> Self {
        match mode {
            "120000" => Self::Link,
            "160000" => Self::Repository,
            _ => Self::File,
        }
    }
}

impl Tree {
    fn new(mut files: Vec<TreeFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|b, a| a.path == b.path);
        Self(files)
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&TreeFile> {
        let place = self.0.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.0.get(place)
    }

    /// The files of a folder and everything under it; `""` is the top.
    pub fn under(&self, folder: &str) -> &[TreeFile] {
        if folder.is_empty() {
            return &self.0;
        }
        let prefix = format!("{folder}/");
        let from = self.0.partition_point(|file| file.path < prefix);
        let count = self.0[from..].iter().take_while(|file| file.path.starts_with(&prefix)).count();
        &self.0[from..from + count]
    }
}

impl Repository {
    /// The files of a revision.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn tree(&self, revision: &Revision) -> Result<Tree, Failure> {
        let commit = self.objects.known(&[&revision.id])?;
        let mut files = Vec::new();
        let mut folders: Vec<_> = commit.iter().filter_map(root).map(|id| (String::new(), id)).collect();
        // Level by level: the folders of one are asked for together.
        while !folders.is_empty() {
            let ids: Vec<&str> = folders.iter().map(|(_, id)| id.as_str()).collect();
            let mut below = Vec::new();
            for ((folder, _), object) in folders.iter().zip(self.objects.known(&ids)?) {
                for entry in entries(&object) {
                    let (mode, name, blob) = entry?;
                    let (path, blob) = (format!("{folder}{name}"), hex(blob));
                    match mode {
                        FOLDER => below.push((format!("{path}/"), blob)),
                        mode => files.push(TreeFile { path, kind: TreeKind::from_mode(mode), blob }),
                    }
                }
            }
            folders = below;
        }
        Ok(Tree::new(files))
    }

    /// The files as they were last added to the index. Of one in conflict, our side.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn index(&self) -> Result<Tree, Failure> {
        let answer = self.ask(&["ls-files", "-s", "-z", "--full-name"])?;
        Ok(listed(&answer, |words| match words {
            [mode, blob, "0" | "2"] => Some((mode, blob)),
            _ => None,
        }))
    }
}

impl Objects {
    /// Asks for all folders of some revisions together, so that none has to be waited for when each of them is read.
    pub(super) fn foresee(&self, revisions: &[&str]) -> Result<(), Failure> {
        let can_be = |name: &&str| !name.is_empty() && !name.contains(char::is_control);
        let names = revisions.iter().copied().filter(can_be);
        let names: Vec<String> = names.flat_map(|name| [commit(name), format!("{name}^{{tree}}")]).collect();
        let found = self.named(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut folders: BTreeSet<String> = found.iter().flatten().filter_map(root).collect();
        while !folders.is_empty() {
            let found = self.known(&folders.iter().map(String::as_str).collect::<Vec<_>>())?;
            let below = found.iter().flat_map(entries).collect::<Result<Vec<_>, Failure>>()?;
            folders = below.into_iter().filter(|(mode, ..)| *mode == FOLDER).map(|(.., id)| hex(id)).collect();
        }
        Ok(())
    }
}

/// The folder that a commit has.
fn root(commit: &Object) -> Option<String> {
    let first = commit.bytes.strip_prefix(b"tree ")?.split(|byte| *byte == b'\n').next()?;
    Some(String::from_utf8_lossy(first).into_owned())
}

/// Reads a list of files, each ended by a zero byte: words, a tab, the path. `pick` finds mode and blob among the words.
fn listed(answer: &[u8], pick: impl for<'w> Fn(&[&'w str]) -> Option<(&'w str, &'w str)>) -> Tree {
    let text = String::from_utf8_lossy(answer);
    let file = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let (mode, blob) = pick(&head.split(' ').collect::<Vec<_>>())?;
        Some(TreeFile { path: path.to_owned(), kind: TreeKind::from_mode(mode), blob: blob.to_owned() })
    };
    Tree::new(text.split('\0').filter_map(file).collect())
}

/// Reads a folder as git keeps it: mode, a blank, the name, a zero byte, and the bytes of an id as long as its own.
/// One that breaks off says so: what comes behind it would silently not be there.
fn entries(Object { id, bytes }: &Object) -> impl Iterator<Item = Result<Entry<'_>, Failure>> {
    let (mut rest, size) = (bytes.as_slice(), id.len() / 2);
    iter::from_fn(move || {
        let all = std::mem::take(&mut rest);
        let read = (!all.is_empty()).then(|| entry(all, size))?;
        Some(read.map(|(entry, others)| {
            rest = others;
            entry
        }))
        .map(|read| read.ok_or_else(|| broken(id)))
    })
}

/// Mode, name and id of something in a folder.
type Entry<'f> = (&'f str, Cow<'f, str>, &'f [u8]);

/// The first of them, and the rest.
fn entry(rest: &[u8], size: usize) -> Option<(Entry<'_>, &[u8])> {
    let (head, after) = rest.split_at_checked(rest.iter().position(|byte| *byte == 0)?)?;
    let (mode, name) = head.split_at_checked(head.iter().position(|byte| *byte == b' ')?)?;
    let (own, others) = after.get(1..)?.split_at_checked(size)?;
    Some(((str::from_utf8(mode).ok()?, String::from_utf8_lossy(name.get(1..)?), own), others))
}

fn broken(id: &str) -> Failure {
    Failure::new(
        say!("git のフォルダー {id} が壊れています", "the folder {id} of git is broken"),
        say!("git fsck でリポジトリを確かめてください", "check the repository with `git fsck`"),
    )
}

/// An id as git writes it.
fn hex(id: &[u8]) -> String {
    let halves = id.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> Tree {
        let file = |path: &&str| format!("100644 blob 01ab\t{path}\0");
        listed(paths.iter().map(file).collect::<String>().as_bytes(), |words| Some((words[0], words[2])))
    }

    #[test]
    fn a_folder_is_no_prefix_of_another() {
        let tree = tree(&["plan/a.toml", "plan/a/x.toml", "plan/a-b/x.toml", "plan/ab/x.toml", "plan/計画/x.toml"]);
        let under = |folder| tree.under(folder).iter().map(|f| &*f.path).collect::<Vec<_>>();
        assert_eq!(under("plan/a"), ["plan/a/x.toml"]);
        assert_eq!(under("plan/計画"), ["plan/計画/x.toml"]);
        assert_eq!((under("").len(), under("none").len()), (5, 0));
        assert!(tree.file("plan/a.toml").is_some() && tree.file("plan").is_none());
    }

    #[test]
    fn a_folder_tells_its_entries() {
        let bytes = [b"40000 plan\0".as_slice(), &[0xab, 0x01], b"120000 a b\0", &[0, 0xff]].concat();
        let mut folder = Object { id: "00ff".into(), bytes };
        let lines = |folder: &Object| -> Result<Vec<String>, Failure> {
            let line = |(mode, name, id): Entry<'_>| format!("{mode} {name} {}", hex(id));
            entries(folder).map(|entry| entry.map(line)).collect()
        };
        assert_eq!(lines(&folder).unwrap(), ["40000 plan ab01", "120000 a b 00ff"]);
        // Of one that breaks off, wherever it does, nothing is silently left out.
        for length in (1..folder.bytes.len()).rev().filter(|length| *length != 13) {
            folder.bytes.truncate(length);
            assert!(lines(&folder).is_err(), "{length}");
        }
        folder.bytes.clear();
        assert_eq!(lines(&folder).unwrap(), [""; 0]);
    }
}
