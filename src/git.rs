//! The only module that starts git. It asks and never writes; without git, or outside a repository, it knows nothing.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{DateTime, FixedOffset, NaiveDate};

/// How much of a commit's id is shown.
const SHORT: usize = 10;

/// Who last set a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastSet {
    /// 未コミット: it differs from what the repository holds.
    Uncommitted,
    /// A commit.
    Commit {
        /// Its id, shortened.
        id: String,
        /// The author's day.
        date: NaiveDate,
        /// The author.
        author: String,
    },
}

/// Whether a folder lies in a git checkout, as far as git can tell.
pub fn is_checkout(folder: &Path) -> bool {
    ask(folder, &["rev-parse", "--is-inside-work-tree"]).is_some_and(|answer| answer.trim() == "true")
}

/// Who last set each of these lines (from 1) of a file of the folder; empty where git does not know the file.
pub fn last_set(folder: &Path, file: &str, lines: &[usize]) -> HashMap<usize, LastSet> {
    let ranges: Vec<String> = lines.iter().map(|line| format!("-L{line},{line}")).collect();
    // A list of commits to look past would name the wrong author, and a text converter would run a program.
    let fixed = ["-c", "blame.ignoreRevsFile=", "blame", "--line-porcelain", "--encoding=UTF-8", "--no-textconv"];
    let args = fixed.into_iter().chain(ranges.iter().map(String::as_str)).chain(["--", file]);
    let answer = ask(folder, &args.collect::<Vec<_>>());
    answer.map_or_else(HashMap::new, |answer| parse(&answer))
}

/// What git answers; `None` where it is absent or refuses.
fn ask(folder: &Path, args: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["--no-optional-locks", "-c", "core.fsmonitor=false"]).args(args);
    git.env("LC_ALL", "C").stdin(Stdio::null()).stderr(Stdio::null());
    let output = git.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads `git blame --line-porcelain`: for each line its commit, headers, and the line itself behind a tab.
fn parse(answer: &str) -> HashMap<usize, LastSet> {
    let mut found = HashMap::new();
    let mut rest = answer.split('\n');
    while let Some(head) = rest.next() {
        let mut words = head.split(' ');
        let (Some(id), Some(line)) = (words.next(), words.nth(1)) else { break };
        let headers = rest.by_ref().take_while(|line| !line.starts_with('\t'));
        let headers: HashMap<&str, &str> = headers.filter_map(|line| line.split_once(' ')).collect();
        let set = if id.bytes().all(|b| b == b'0') { Some(LastSet::Uncommitted) } else { commit(id, &headers) };
        found.extend(line.parse().ok().zip(set));
    }
    found
}

fn commit(id: &str, headers: &HashMap<&str, &str>) -> Option<LastSet> {
    let seconds = headers.get("author-time")?.parse().ok()?;
    let zone: i32 = headers.get("author-tz")?.parse().ok()?;
    let east = FixedOffset::east_opt((zone / 100 * 60 + zone % 100) * 60)?;
    let date = DateTime::from_timestamp(seconds, 0)?.with_timezone(&east).date_naive();
    Some(LastSet::Commit { id: id.chars().take(SHORT).collect(), date, author: (*headers.get("author")?).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_the_author() {
        let answer = "0123456789abcdef 3 7 1\nauthor 山田 花子\nauthor-mail <h@example.jp>\nauthor-time 1711897200\n\
                      author-tz +0900\nsummary x\nfilename a.toml\n\tvalue = 1\n\
                      0000000000000000 8 8 1\nauthor Not Committed Yet\nauthor-time 1\nauthor-tz +0000\n\tvalue = 2\n";
        let found = parse(answer);
        let date = NaiveDate::from_ymd_opt(2024, 4, 1).unwrap();
        let author = "山田 花子".to_owned();
        assert_eq!(found[&7], LastSet::Commit { id: "0123456789".into(), date, author });
        assert_eq!((&found[&8], found.len()), (&LastSet::Uncommitted, 2));
    }
}
