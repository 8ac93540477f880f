//! Which commits touched a path, and where it was before.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Repository, answer_to, git};
use crate::failure::Failure;
use crate::say;
use crate::text::safe::one_line;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: String,
    /// The one it was made from, where the repository has it.
    pub parent: Option<String>,
    /// The author's day.
    pub date: NaiveDate,
    /// The author.
    pub author: String,
    /// What it does, in one line.
    pub subject: String,
}

/// A file that a commit changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// From the top.
    pub path: String,
    /// What it said before and says after, by the ids; none where it was not there.
    pub blobs: Vec<String>,
}

impl Repository {
    /// Of these commits the files under these paths that each changed. A merge is none of them.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn touched(&self, commits: &[Commit], paths: &[String]) -> Result<HashMap<String, Vec<Touched>>, Failure> {
        let asked: String = commits.iter().flat_map(|commit| [commit.id.as_str(), "\n"]).collect();
        let fixed = ["diff-tree", "--stdin", "-r", "--root", "--raw", "--no-abbrev", "--no-renames", "--"];
        let args = fixed.into_iter().chain(paths.iter().map(String::as_str));
        Ok(changed(&String::from_utf8_lossy(&answer_to(git(&self.top).args(args), asked)?)))
    }

    /// The commits up to a revision that touched one of these paths (from the top), the oldest first. A merge is none of
    /// them where it only took over what one side has.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn log(&self, revision: &str, paths: &[String]) -> Result<Vec<Commit>, Failure> {
        // As `log`, which has settings of its own.
        let fixed =
            ["rev-list", "--topo-order", "--reverse", "--encoding=UTF-8", "--format=%H%x09%P%x09%aI%x09%an%x09%s"];
        let args = fixed.into_iter().chain([revision, "--"]).chain(paths.iter().map(String::as_str));
        let answer = self.ask(&args.collect::<Vec<_>>())?;
        let text = String::from_utf8_lossy(&answer);
        // Each is preceded by a line that only names it.
        let lines = text.lines().filter(|line| !line.starts_with("commit "));
        lines.map(|line| commit(line).ok_or_else(|| unread(line))).collect()
    }

    /// Every path that a file had up to a revision, today's first.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn former_paths(&self, revision: &str, path: &str) -> Result<Vec<String>, Failure> {
        let fixed = [
            "log",
            "--follow",
            "--name-only",
            "--no-show-signature",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "-z",
        ];
        let args: Vec<&str> = fixed.into_iter().chain(["--format=", revision, "--", path]).collect();
        let answer = self.ask(&args)?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let names = text.split('\0').map(str::trim).filter(|name| !name.is_empty());
        let mut known = HashSet::new();
        Ok(std::iter::once(path).chain(names).filter(|name| known.insert(*name)).map(str::to_owned).collect())
    }
}

/// Reads the answer of [`Repository::touched`]: the id of a commit, then a line for each file.
fn changed(answer: &str) -> HashMap<String, Vec<Touched>> {
    let mut all: HashMap<String, Vec<Touched>> = HashMap::new();
    let mut commit = None;
    for line in answer.lines() {
        let Some((modes, path)) = line.strip_prefix(':').and_then(|line| line.split_once('\t')) else {
            commit = Some(all.entry(line.to_owned()).or_default());
            continue;
        };
        let blobs = modes.split(' ').skip(2).take(2).filter(|id| id.contains(|c| c != '0')).map(str::to_owned);
        commit
            .iter_mut()
            .for_each(|files| files.push(Touched { path: path.to_owned(), blobs: blobs.clone().collect() }));
    }
    all
}

/// A commit of which git does not say who made it when.
fn unread(line: &str) -> Failure {
    let id = one_line(line.split('\t').next().unwrap_or_default());
    Failure::new(
        say!("コミット {id} の日付を読み取れません", "cannot read the date of commit {id}"),
        say!("git fsck でリポジトリを確かめてください", "check the repository with `git fsck`"),
    )
}

/// Reads a line of [`Repository::log`]; the one before it, which only names the commit, is none.
fn commit(line: &str) -> Option<Commit> {
    let mut words = line.trim_start().splitn(5, '\t');
    let (id, parents) = (words.next()?.to_owned(), words.next()?);
    let (date, author) = (words.next()?.get(..10)?.parse().ok()?, words.next()?.trim_end().to_owned());
    let subject = words.next().unwrap_or_default().trim_end().to_owned();
    let parent = parents.split(' ').next().filter(|parent| !parent.is_empty()).map(str::to_owned);
    Some(Commit { id, parent, date, author, subject })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_a_commit_made_was_nothing_before() {
        let [none, one, two] = ["0", "1", "2"].map(|digit| digit.repeat(40));
        let answer = format!("aa\n:000000 100644 {none} {one} A\tplan/1.toml\n:100644 100644 {one} {two} M\ta b\nbb\n");
        let file = |path: &str, blobs: &[&String]| Touched {
            path: path.into(),
            blobs: blobs.iter().map(|id| (*id).clone()).collect(),
        };
        let found = changed(&answer);
        assert_eq!(found["aa"], [file("plan/1.toml", &[&one]), file("a b", &[&one, &two])]);
        assert_eq!((found["bb"].len(), found.len()), (0, 2));
    }

    #[test]
    fn a_root_has_no_parent_and_a_merge_the_first() {
        let read = |line: &str| commit(line).map(|c| (c.id, c.parent, c.date.to_string(), c.author, c.subject));
        let day = "2025-04-01T23:30:00+09:00";
        assert_eq!(
            read(&format!("aa\tbb cc\t{day}\t山田 花子\t目標を改める\t二")),
            Some(("aa".into(), Some("bb".into()), "2025-04-01".into(), "山田 花子".into(), "目標を改める\t二".into()))
        );
        assert_eq!(read(&format!("aa\t\t{day}\ta")).map(|c| (c.1, c.3, c.4)), Some((None, "a".into(), String::new())));
        assert_eq!((read(""), read("commit 0123456789abcdef")), (None, None));
    }
}
