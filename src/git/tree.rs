//! The files of a revision: which there are, and what they say.

use super::Repository;
use super::objects::Object;
use crate::failure::Failure;
use crate::plan::source::Revision;

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
    fn of(mut files: Vec<TreeFile>) -> Self {
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
        let mut files = Vec::new();
        let mut folders = vec![(String::new(), format!("{}^{{tree}}", revision.id))];
        // Level by level: the folders of one are asked for together.
        while !folders.is_empty() {
            let ids: Vec<&str> = folders.iter().map(|(_, id)| id.as_str()).collect();
            let mut below = Vec::new();
            for ((folder, _), Object { id, bytes }) in folders.iter().zip(self.known(&ids)?) {
                for (mode, name, blob) in entries(&bytes, id.len()) {
                    let path = format!("{folder}{name}");
                    match mode.as_str() {
                        "40000" => below.push((format!("{path}/"), blob)),
                        mode => files.push(TreeFile { path, kind: TreeKind::of(mode), blob }),
                    }
                }
            }
            folders = below;
        }
        Ok(Tree::of(files))
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
}

/// Reads a list of files, each ended by a zero byte: words, a tab, the path. `pick` finds mode and blob among the words.
fn listed(said: &[u8], pick: impl for<'w> Fn(&[&'w str]) -> Option<(&'w str, &'w str)>) -> Tree {
    let text = String::from_utf8_lossy(said);
    let file = |line: &str| {
        let (head, path) = line.split_once('\t')?;
        let (mode, blob) = pick(&head.split(' ').collect::<Vec<_>>())?;
        Some(TreeFile { path: path.to_owned(), kind: TreeKind::of(mode), blob: blob.to_owned() })
    };
    Tree::of(text.split('\0').filter_map(file).collect())
}

/// Reads a folder as git keeps it: mode, a blank, the name, a zero byte, and the bytes of an id of so many digits.
fn entries(raw: &[u8], digits: usize) -> Vec<(String, String, String)> {
    let (mut found, mut rest) = (Vec::new(), raw);
    while let Some(end) = rest.iter().position(|byte| *byte == 0) {
        let (head, after) = (String::from_utf8_lossy(&rest[..end]), &rest[end + 1..]);
        let (Some((mode, name)), Some((id, others))) = (head.split_once(' '), after.split_at_checked(digits / 2))
        else {
            break;
        };
        let hex =
            id.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|half| char::from_digit(half.into(), 16));
        found.push((mode.to_owned(), name.to_owned(), hex.collect()));
        rest = others;
    }
    found
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
        let raw = [b"40000 plan\0".as_slice(), &[0xab, 0x01], b"120000 a b\0", &[0, 0xff]].concat();
        assert_eq!(
            entries(&raw, 4),
            [("40000".into(), "plan".into(), "ab01".into()), ("120000".into(), "a b".into(), "00ff".into())]
        );
        assert_eq!(entries(&raw[..12], 4), []);
    }
}
