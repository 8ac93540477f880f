//! The only module that starts git. It asks, and writes nothing but the settings of [`Repository::set`]: [`blame`] who last
//! set a line, [`revision`] which commit a name or a day means, [`tree`] what files it has, [`objects`] what they say. What
//! `quiet` does lets no setting of a repository start another program.

pub mod blame;
pub mod log;
pub mod objects;
mod quiet;
pub mod revision;
pub mod tree;
mod watch;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::failure::Failure;
use crate::say;
use objects::Objects;
use quiet::{EMPTY, FORBIDDEN, Filters, is_in_work_tree};
pub use watch::wait_at_most;
use watch::{Watched, is_late, late, output};

/// A repository, and the folder of it that was asked about.
#[derive(Debug, Clone)]
pub struct Repository {
    /// The top of the work tree; of a bare repository its own folder.
    pub top: PathBuf,
    /// The folder that was asked about, from the top, with `/`; empty for the top itself.
    pub prefix: PathBuf,
    /// Whether it has only the last part of its history.
    pub is_shallow: bool,
    objects: Objects,
    filters: Filters,
}

/// What git says of a folder.
#[derive(Debug, Clone)]
struct Place {
    top: PathBuf,
    prefix: PathBuf,
    is_shallow: bool,
}

impl Repository {
    /// The repository around a folder.
    ///
    /// # Errors
    /// When there is none, git is not installed, or it refuses to read this one.
    pub fn around(folder: &Path) -> Result<Self, Failure> {
        Self::with(folder, Objects::around(folder), &[])
    }

    /// The same; `None` where no folder upward is one that git keeps, which is known without it.
    ///
    /// # Errors
    /// When there is one, and git is not installed or refuses to read it: nobody knows then what it would say.
    pub fn near(folder: &Path) -> Result<Option<Self>, Failure> {
        if is_in_work_tree(folder) { Self::around(folder).map(Some) } else { Ok(None) }
    }

    /// The same, of which these revisions will be read: what they say is asked for while git still tells where it is.
    /// `begun` is asked where it was begun in this folder.
    ///
    /// # Errors
    /// As [`Self::around`].
    pub fn to_read(folder: &Path, revisions: &[&str], begun: Option<&Objects>) -> Result<Self, Failure> {
        let begun = begun.filter(|objects| objects.is_of(folder)).cloned();
        Self::with(folder, begun.unwrap_or_else(|| Objects::begin(folder)), revisions)
    }

    fn with(folder: &Path, objects: Objects, revisions: &[&str]) -> Result<Self, Failure> {
        let Place { top, prefix, is_shallow } = match objects.place() {
            Some(known) => known,
            None => Self::ask_place(folder, &objects, revisions)?,
        };
        Ok(Self { top, prefix, is_shallow, objects, filters: Filters::default() })
    }

    /// Asks git where it is, and meanwhile for what these revisions say.
    fn ask_place(folder: &Path, objects: &Objects, revisions: &[&str]) -> Result<Place, Failure> {
        let mut place = git(folder);
        // A bare repository has no prefix, not even an empty line: what is always answered comes first.
        place.args(["rev-parse", "--is-shallow-repository", "--show-cdup", "--show-prefix"]);
        let place = Watched::start(place.stdout(Stdio::piped()).stderr(Stdio::piped()));
        let (place, pipes) = place.map_err(|_| not_started())?;
        let watch = place.watch();
        // Whoever needs what could not be had learns why.
        let _ = objects.foresee(revisions);
        let answer = stdout(place.output(pipes, watch))?;
        let text = String::from_utf8_lossy(&answer);
        let mut lines = text.lines();
        let mut line = || lines.next().unwrap_or_default();
        let (is_shallow, top) = (line() == "true", folder.join(line()));
        let place = Place { top, prefix: line().trim_end_matches('/').into(), is_shallow };
        objects.keep_place(&place);
        Ok(place)
    }

    /// The same repository, asked about another folder (from the top).
    pub fn standing_in(&self, folder: &Path) -> Self {
        Self { prefix: folder.to_owned(), ..self.clone() }
    }

    /// A file of the folder that was asked about, from the top, with `/`.
    pub fn path(&self, file: &str) -> String {
        let parts = self.prefix.iter().map(|part| part.to_string_lossy());
        parts.chain([file.into()]).collect::<Vec<_>>().join("/")
    }

    /// A setting of this repository alone.
    ///
    /// # Errors
    /// When git cannot be asked.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Failure> {
        self.ask_text(&["config", "--local", "--get", key])
    }

    /// Writes a setting of this repository.
    ///
    /// # Errors
    /// When git refuses.
    pub fn set(&self, key: &str, value: &str) -> Result<(), Failure> {
        self.ask(&["config", "--local", key, value]).map(drop)
    }

    /// Whether a file (from the top) is as the last commit has it.
    ///
    /// # Errors
    /// When git does not say.
    pub fn is_committed(&self, file: &str) -> Result<bool, Failure> {
        let args =
            ["status", "--porcelain", "--ignore-submodules=all", "--ignored", "--untracked-files=all", "--", file];
        Ok(self.ask_of_files(&args)?.is_empty())
    }

    /// What git answers to `args`, asked at the top.
    fn ask(&self, args: &[&str]) -> Result<Vec<u8>, Failure> {
        answer(git(&self.top).args(args))
    }

    /// The same of a command that compares files with what was committed.
    fn ask_of_files(&self, args: &[&str]) -> Result<Vec<u8>, Failure> {
        let without = self.filters.without(&self.top)?;
        answer(git(&self.top).args(without).args(args))
    }

    /// The same as text, without the line end; `None` where git says no. That it could not be started, or was ended, is no
    /// answer.
    fn ask_text(&self, args: &[&str]) -> Result<Option<String>, Failure> {
        let output = output(git(&self.top).args(args)).map_err(|_| not_started())?;
        match output.status.code() {
            Some(0) => Ok(Some(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())),
            Some(1) => Ok(None),
            // With any other code git could not tell.
            Some(_) => Err(refused(&String::from_utf8_lossy(&output.stderr))),
            None => Err(ended()),
        }
    }
}

/// Merges three files (ours, the one before, theirs) by their lines, as git does by itself; and whether nothing is left to a
/// person. Conflicts are marked with these names, by marks of `size` characters.
///
/// # Errors
/// When git cannot do it.
pub fn merge_lines(files: &[PathBuf; 3], names: [&str; 3], size: usize) -> Result<(Vec<u8>, bool), Failure> {
    let mut git = git(Path::new("."));
    git.args(["merge-file", "-p", &format!("--marker-size={size}")]);
    git.args(names.iter().flat_map(|name| ["-L", name])).args(files);
    let output = output(&mut git).map_err(|_| not_started())?;
    // The code is the number of conflicts; 255 is an error.
    match output.status.code() {
        Some(0) => Ok((output.stdout, true)),
        Some(1..=127) => Ok((output.stdout, false)),
        _ => Err(refused(&String::from_utf8_lossy(&output.stderr))),
    }
}

/// What git is to do, whatever a setting of the user's or the repository's says: nothing stands in for what was committed
/// (`git replace`), a path is a path and no pattern, renames are looked for however many files there are.
const FIXED: [&str; 22] = [
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    "--no-pager",
    "-c",
    "core.quotePath=false",
    "-c",
    "diff.renameLimit=0",
    "-c",
    "diff.orderFile=/dev/null",
    "-c",
    "diff.indentHeuristic=true",
    "-c",
    "diff.algorithm=myers",
    // Files of the user's: other names for authors, other ways to compare and to pass over.
    "-c",
    "mailmap.file=",
    "-c",
    "mailmap.blob=",
    "-c",
    "core.attributesFile=",
    "-c",
    "core.excludesFile=",
];

/// Variables by which git would read another repository than that around the folder, or read it otherwise. A hook sets
/// some of them. The index that a hook is about to commit (`GIT_INDEX_FILE`) is meant, and stays.
const LEFT_OUT: [&str; 13] = [
    "GIT_EXTERNAL_DIFF",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_CONFIG",
    "GIT_SHALLOW_FILE",
    "GIT_ATTR_SOURCE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// git in `folder`, speaking English, which is distinguished below.
fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(FIXED).args(FORBIDDEN);
    for name in LEFT_OUT {
        git.env_remove(name);
    }
    // Parents that a file of grafts makes up: there is none of this name.
    git.env("GIT_GRAFT_FILE", "").env("LC_ALL", "C").stdin(Stdio::null());
    // What is not here is not fetched, be it by the setting of an older git that does not know the first of these.
    git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "").env(EMPTY, "");
    git
}

/// Runs a git command and returns its stdout.
fn answer(git: &mut Command) -> Result<Vec<u8>, Failure> {
    stdout(output(git))
}

/// Runs a git command that is asked line by line, and returns its stdout.
fn answer_to(git: &mut Command, asked: String) -> Result<Vec<u8>, Failure> {
    git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (child, mut pipes) = Watched::start(git).map_err(|_| not_started())?;
    let (stdin, watch) = (pipes.stdin.take(), child.watch());
    // git answers while it is still being asked: both at once, or both would wait for ever.
    let asking = thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes())));
    let output = child.output(pipes, watch);
    // Where git has stopped reading, it says why.
    let _ = asking.join();
    stdout(output)
}

/// Returns the stdout of a git command that has ended.
fn stdout(output: io::Result<Output>) -> Result<Vec<u8>, Failure> {
    let output = output.map_err(|_| not_started())?;
    match output.status.code() {
        Some(0) => Ok(output.stdout),
        Some(_) => Err(refused(&String::from_utf8_lossy(&output.stderr))),
        None => Err(ended()),
    }
}

/// Something else ended git before it had answered.
fn ended() -> Failure {
    Failure::new(
        say!("git が答える前に終わりました", "git was ended before it answered"),
        say!("もう一度実行してください", "run it again"),
    )
}

/// It was waited for in vain, or is not there.
fn not_started() -> Failure {
    if is_late() { late() } else { not_installed() }
}

fn not_installed() -> Failure {
    Failure::new(
        say!("git を起動できません", "cannot start git"),
        say!(
            "git がなければ、情報システム課に「Git for Windows（git-scm.com）を入れて PATH に加えてほしい」と依頼してください。版や差分、履歴を使わない操作は、git がなくてもできます",
            "where there is none, ask the IT section for Git for Windows (git-scm.com) on the PATH; what needs no revisions, differences or history works without it"
        ),
    )
}

/// Why git would not answer; its own words where there are no better ones.
fn refused(stderr: &str) -> Failure {
    if stderr.contains("not a git repository") {
        return Failure::new(
            say!("ここは git のリポジトリではありません", "this is not a git repository"),
            say!(
                "計画を git で管理しているフォルダーの中で実行してください",
                "run it inside the folder in which git keeps the plan"
            ),
        );
    }
    if stderr.contains("dubious ownership") {
        let command = stderr.lines().map(str::trim).find(|line| line.starts_with("git config"));
        let command = command.unwrap_or("git config --global --add safe.directory '*'").to_owned();
        return Failure::new(
            say!(
                "このリポジトリは別の利用者のものなので、git が読み取りを断りました",
                "git refuses to read this repository, because it belongs to somebody else"
            ),
            say!("信頼できるなら {command} を実行してください", "if you trust it, run `{command}`"),
        );
    }
    let words = stderr.lines().map(|line| line.trim_start_matches("fatal: ").trim()).filter(|line| !line.is_empty());
    let words = words.take(3).collect::<Vec<_>>().join(" / ");
    Failure::plain(say!("git が答えません：{words}", "git does not answer: {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_refuses_is_reported_with_what_to_do() {
        let own = "fatal: detected dubious ownership in repository at '/srv/plan'\nTo add an exception for this \
                   directory, call:\n\n\tgit config --global --add safe.directory /srv/plan\n";
        let hint = refused(own).hint.unwrap().en;
        assert!(hint.ends_with("run `git config --global --add safe.directory /srv/plan`"), "{hint}");
        assert_eq!(refused("fatal: bad object HEAD\n").message.en, "git does not answer: bad object HEAD");
    }
}
