//! Where the program keeps its own files of one plan: in the folder of git, into which no clone brings anything; without git
//! beside the plan's files.

use std::fs::Metadata;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::beside::sync_folder;
use super::disk;
use super::journal::JOURNAL;
use crate::failure::{Failure, is_missing, trouble};
use crate::say;
use crate::text::paths::Slashed;

/// The folder in that of git which is ours.
const FOLDER: &str = "kaikaku";

/// The list of the files beside which something waits: whoever finds it takes away what a writer that died left there.
pub const STAGED: &str = ".kaikaku.staged";

/// A file `.git` says in one line where the folder is.
const LONGEST_LINK: u64 = 16 * 1024;

/// Where the program keeps its own files of one plan.
#[derive(Debug, Clone)]
pub struct Home {
    /// The folder of git that it lies in.
    git: Option<PathBuf>,
    /// The folder.
    folder: PathBuf,
    /// The plan's folder, where that is another one.
    plan: Option<PathBuf>,
}

impl Home {
    /// Of the plan in a folder, which need not be there yet. git is not started: what is found is what
    /// `git rev-parse --git-path kaikaku` says.
    ///
    /// # Errors
    /// When the folders above the plan cannot be read: two who looked in two places would not wait for each other.
    pub fn of(plan: &Path) -> io::Result<Self> {
        let real = real(plan)?;
        for top in real.ancestors() {
            let Some(git) = git_folder(top)? else { continue };
            let key = key(real.strip_prefix(top).unwrap_or(&real));
            let folder = git.join(FOLDER).join(key);
            return Ok(Self { git: Some(git), folder, plan: Some(plan.to_owned()) });
        }
        Ok(Self { git: None, folder: plan.to_owned(), plan: None })
    }

    /// As [`Self::of`], for a command.
    ///
    /// # Errors
    /// As there.
    pub fn find(plan: &Path) -> Result<Self, Failure> {
        Self::of(plan).map_err(|error| {
            let shown = plan.slashed();
            let (why, hint) = trouble(&error);
            let (ja, en) = (why.ja, why.en);
            Failure::new(
                say!(
                    "{shown} がどの git のリポジトリにあるか分かりません（{ja}）",
                    "cannot tell which git repository {shown} lies in ({en})"
                ),
                hint,
            )
        })
    }

    /// A file of ours.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The note of an unfinished write, beside a plan that keeps none there: it came with a clone, or is from before there
    /// was a repository. Whatever it asks for is not done, and nobody reads past it.
    ///
    /// # Errors
    /// When the disk does not say whether there is one.
    pub fn stray(&self) -> io::Result<Option<PathBuf>> {
        let Some(path) = self.plan.as_ref().map(|plan| plan.join(JOURNAL)) else { return Ok(None) };
        match disk::symlink_metadata(&path) {
            Err(error) if is_missing(&error) => Ok(None),
            there => there.map(|_| Some(path)),
        }
    }

    /// Whether a writer left something to be done or to be tidied up.
    pub fn is_unfinished(&self) -> bool {
        // What cannot be looked at may be there.
        let is_there = |path: PathBuf| !disk::symlink_metadata(&path).is_err_and(|error| is_missing(&error));
        [JOURNAL, STAGED].iter().any(|name| is_there(self.file(name)))
    }

    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// When the disk refuses, or something else has its name.
    pub fn make(&self) -> io::Result<()> {
        let Some(git) = &self.git else { return Ok(()) };
        let like = disk::metadata(git)?;
        for folder in [&git.join(FOLDER), &self.folder] {
            match disk::symlink_metadata(folder) {
                Ok(meta) if meta.is_dir() => continue,
                Ok(_) => return Err(ErrorKind::AlreadyExists.into()),
                Err(error) if !is_missing(&error) => return Err(error),
                Err(_) => {}
            }
            match disk::create_dir(folder) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => made.and_then(|()| share(folder, &like))?,
            }
            folder.parent().map_or(Ok(()), sync_folder)?;
        }
        Ok(())
    }
}

/// The one path of a folder, which need not be there yet.
fn real(plan: &Path) -> io::Result<PathBuf> {
    for there in plan.ancestors() {
        match disk::canonicalize(there) {
            Ok(real) => return Ok(real.join(plan.strip_prefix(there).unwrap_or(Path::new("")))),
            Err(error) if is_missing(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(plan.to_owned())
}

/// The folder of git of the work tree whose top this is.
fn git_folder(top: &Path) -> io::Result<Option<PathBuf>> {
    let path = top.join(".git");
    let meta = match disk::metadata(&path) {
        Err(error) if is_missing(&error) => return Ok(None),
        meta => meta?,
    };
    let own = if meta.is_file() { disk::symlink_metadata(&path)? } else { meta.clone() };
    // Above a plan in a folder that everybody may write to (`/tmp`) a stranger could lay one of their own.
    if !of_one_owner(&own, &disk::metadata(top)?) {
        return Ok(None);
    }
    let folder = if meta.is_dir() {
        path
    } else if meta.is_file() {
        let mut bytes = Vec::new();
        disk::open(&path)?.take(LONGEST_LINK).read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).unwrap_or_default();
        let Some(target) = text.trim_end().strip_prefix("gitdir: ") else { return Ok(None) };
        top.join(target)
    } else {
        return Ok(None);
    };
    match disk::metadata(&folder.join("HEAD")) {
        Err(error) if is_missing(&error) => Ok(None),
        head => head.map(|_| Some(folder)),
    }
}

/// The name of a plan's folder in ours, by its path from the top of the work tree.
fn key(path: &Path) -> String {
    // By its bytes: two names that are no Unicode are two, though both are shown alike.
    let parts: Vec<&[u8]> = path.components().map(|part| part.as_os_str().as_encoded_bytes()).collect();
    let digest = Sha256::digest(parts.join(&b'/'));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether both belong to one person.
#[cfg(unix)]
fn of_one_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn of_one_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Whoever may write into the folder of git may write here.
#[cfg(unix)]
fn share(folder: &Path, like: &Metadata) -> io::Result<()> {
    std::fs::set_permissions(folder, like.permissions())
}

#[cfg(not(unix))]
fn share(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(path: &Path) -> PathBuf {
        fs::create_dir_all(path).unwrap();
        fs::canonicalize(path).unwrap()
    }

    #[test]
    fn the_folder_of_git_is_found_without_git() {
        let dir = tempfile::tempdir().unwrap();
        let top = folder(&dir.path().join("work"));
        let plan = folder(&top.join("plan/2027"));
        assert_eq!(Home::of(&plan).unwrap().folder, plan, "without git");
        fs::create_dir(top.join(".git")).unwrap();
        assert_eq!(Home::of(&plan).unwrap().folder, plan, "an empty folder is no repository");
        fs::write(top.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
        let home = Home::of(&plan).unwrap();
        // printf 'plan/2027' | sha256sum
        assert_eq!(home.folder, top.join(".git/kaikaku/de0dc5f447296d86"));
        assert_eq!(Home::of(&top.join("plan/2027")).unwrap().folder, home.folder);
        assert_eq!(Home::of(&top.join("plan/none")).unwrap().folder.parent(), home.folder.parent());
    }

    #[cfg(unix)]
    #[test]
    fn two_names_that_are_no_unicode_are_two() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let key = |name: &[u8]| key(Path::new(OsStr::from_bytes(name)));
        assert_ne!(key(b"plan/\x8c"), key(b"plan/\x89"));
    }

    #[test]
    fn a_work_tree_has_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let git = folder(&dir.path().join("main/.git/worktrees/wt"));
        fs::write(git.join("HEAD"), "ref: refs/heads/wt\n").unwrap();
        let plan = folder(&dir.path().join("wt/plan"));
        for said in [git.slashed(), "../main/.git/worktrees/wt".to_owned()] {
            fs::write(plan.with_file_name(".git"), format!("gitdir: {said}\n")).unwrap();
            let home = Home::of(&plan).unwrap();
            assert_eq!(fs::canonicalize(home.folder.ancestors().nth(2).unwrap()).unwrap(), git, "{said}");
        }
        fs::write(plan.with_file_name(".git"), "gitdir: ../gone\n").unwrap();
        assert_eq!(Home::of(&plan).unwrap().folder, plan);
    }
}
