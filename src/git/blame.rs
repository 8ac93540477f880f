//! Who last set a line. Without git, or outside a repository, nobody knows.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::Repository;
use crate::plan::source::SHORT_ID;

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

impl Repository {
    /// Who last set each of these lines (from 1) of a file (from the top of the repository), up to a revision (a commit's
    /// id) or in the work tree; empty where git does not know the file.
    pub fn last_set(&self, revision: Option<&str>, file: &str, lines: &[usize]) -> HashMap<usize, LastSet> {
        let ranges: Vec<String> = lines.iter().map(|line| format!("-L{line},{line}")).collect();
        // A list of commits to look past would name the wrong author, and a text converter would run a program.
        let fixed = ["-c", "blame.ignoreRevsFile=", "blame", "--line-porcelain", "--encoding=UTF-8", "--no-textconv"];
        let ranges = ranges.iter().map(String::as_str);
        let args: Vec<&str> = fixed.into_iter().chain(ranges).chain(revision).chain(["--", file]).collect();
        self.ask_text(&args).map_or_else(HashMap::new, |answer| parse(&answer))
    }
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
    let date = day_at(headers.get("author-time")?, headers.get("author-tz")?)?;
    Some(LastSet::Commit {
        id: id.chars().take(SHORT_ID).collect(),
        date,
        author: (*headers.get("author")?).to_owned(),
    })
}

/// The day of a time as git writes it: seconds, and the offset from UTC as `+0900`.
pub(super) fn day_at(seconds: &str, zone: &str) -> Option<NaiveDate> {
    let zone: i32 = zone.parse().ok()?;
    let east = FixedOffset::east_opt((zone / 100 * 60 + zone % 100) * 60)?;
    Some(DateTime::from_timestamp(seconds.parse().ok()?, 0)?.with_timezone(&east).date_naive())
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
