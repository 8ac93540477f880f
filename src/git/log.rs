//! Which commits touched a path, and where it was before.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::Repository;
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
}

impl Repository {
    /// The commits up to a revision that touched one of these paths (from the top), the oldest first. A merge is none of
    /// them where it only took over what one side has.
    ///
    /// # Errors
    /// When git cannot tell.
    pub fn log(&self, revision: &str, paths: &[String]) -> Result<Vec<Commit>, Failure> {
        // As `log`, which has settings of its own.
        let fixed = ["rev-list", "--topo-order", "--reverse", "--encoding=UTF-8", "--format=%H%x09%P%x09%aI%x09%an"];
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

    /// Whether the repository has only the last part of its history.
    ///
    /// # Errors
    /// When git cannot be asked.
    pub fn is_shallow(&self) -> Result<bool, Failure> {
        Ok(self.ask_text(&["rev-parse", "--is-shallow-repository"])?.is_some_and(|answer| answer == "true"))
    }
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
    let mut words = line.trim_start().splitn(4, '\t');
    let (id, parents) = (words.next()?.to_owned(), words.next()?);
    let (date, author) = (words.next()?.get(..10)?.parse().ok()?, words.next()?.trim_end().to_owned());
    let parent = parents.split(' ').next().filter(|parent| !parent.is_empty()).map(str::to_owned);
    Some(Commit { id, parent, date, author })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_has_no_parent_and_a_merge_the_first() {
        let read = |line: &str| commit(line).map(|c| (c.id, c.parent, c.date.to_string(), c.author));
        let day = "2025-04-01T23:30:00+09:00";
        assert_eq!(
            read(&format!("aa\tbb cc\t{day}\t山田 花子")),
            Some(("aa".into(), Some("bb".into()), "2025-04-01".into(), "山田 花子".into()))
        );
        assert_eq!(read(&format!("aa\t\t{day}\ta\tb")).map(|c| (c.1, c.3)), Some((None, "a\tb".into())));
        assert_eq!((read(""), read("commit 0123456789abcdef")), (None, None));
    }
}
