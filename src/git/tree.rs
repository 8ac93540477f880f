//! The files of a revision: which there are, and what they say.

use std::io::Write;
use std::process::Stdio;
use std::thread;

use super::{Repository, git, not_installed, refused};
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

impl TreeKind {
    fn of(mode: &str) -> Self {
        match mode {
            "120000" => Self::Link,
            "160000" => Self::Repository,
            _ => Self::File,
        }
    }
}

impl Tree {
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
        let said = self.ask(&["ls-tree", "-r", "-z", "--full-tree", &revision.id])?;
        Ok(listed(&said, |words| match words {
            [mode, _, blob] => Some((mode, blob)),
            _ => None,
        }))
    }

    /// The files as they were last added to the index. Of one in conflict, our side.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn index(&self) -> Result<Tree, Failure> {
        let said = self.ask(&["ls-files", "-s", "-z", "--full-name"])?;
        Ok(listed(&said, |words| match words {
            [mode, blob, "0" | "2"] => Some((mode, blob)),
            _ => None,
        }))
    }

    /// What these blobs say, in their order; one git process hands out all of them.
    ///
    /// # Errors
    /// When git stops, or does not have one of them.
    pub fn blobs(&self, ids: &[&str]) -> Result<Vec<Vec<u8>>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut command = git(&self.top);
        command.args(["cat-file", "--batch", "--buffer"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|_| not_installed())?;
        let asked: String = ids.iter().flat_map(|id| [id, "\n"]).collect();
        let stdin = child.stdin.take();
        // git answers while it is still being asked: both at once, or both would wait for ever.
        let asking = thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes())));
        let output = child.wait_with_output().map_err(|_| not_installed())?;
        // Where git has stopped reading, it says why.
        let _ = asking.join();
        if !output.status.success() {
            return Err(refused(&String::from_utf8_lossy(&output.stderr)));
        }
        let mut rest = output.stdout.as_slice();
        ids.iter().map(|id| next_blob(&mut rest).ok_or_else(|| lacking(id))).collect()
    }
}

fn lacking(id: &str) -> Failure {
    Failure::new(
        say!("リポジトリに {id} の中身がありません", "the repository does not hold {id}"),
        say!("git fsck でリポジトリを確かめてください", "check the repository by git fsck"),
    )
}

/// Takes one answer of `cat-file --batch`: `<id> blob <size>`, a line end, the bytes, a line end.
fn next_blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(bytes)
}

/// Reads a list of files, each ended by a zero byte: words, a tab, the path. `pick` finds mode and blob among the words.
fn listed(said: &[u8], pick: impl for<'w> Fn(&[&'w str]) -> Option<(&'w str, &'w str)>) -> Tree {
    let text = String::from_utf8_lossy(said);
    let file = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let (mode, blob) = pick(&head.split(' ').collect::<Vec<_>>())?;
        Some(TreeFile { path: path.to_owned(), kind: TreeKind::of(mode), blob: blob.to_owned() })
    };
    let mut files: Vec<TreeFile> = text.split('\0').filter_map(file).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|b, a| a.path == b.path);
    Tree(files)
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
    fn blobs_come_one_after_the_other() {
        let mut rest = b"01 blob 3\na\nb\n02 blob 0\n\n03 missing\n".as_slice();
        assert_eq!(next_blob(&mut rest), Some(b"a\nb".to_vec()));
        assert_eq!(next_blob(&mut rest), Some(Vec::new()));
        assert_eq!(next_blob(&mut rest), None);
    }
}
