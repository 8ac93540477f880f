//! Who last set a line. Without git, or outside a repository, nobody knows.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use encoding_rs::{Encoding, UTF_8};

use super::Repository;
use super::objects::Object;
use crate::failure::Failure;
use crate::lang::Say;
use crate::plan::source::SHORT_ID;
use crate::say;

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
        /// The author, as the commit itself names them.
        author: String,
    },
    /// 不明: it cannot be known.
    Unknown(Why),
}

/// Why it cannot be known who last set a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// git does not keep the file.
    NotKept,
    /// The clone has only the last part of the history, and the line is older than that.
    CutOff,
    /// git does not answer; what it says.
    NoAnswer(Say),
}

impl LastSet {
    /// Whether somebody set the line, and nobody can say who.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Unknown(Why::CutOff | Why::NoAnswer(_)))
    }

    /// Whether the line is not committed yet; `None` where nobody knows.
    pub fn is_uncommitted(&self) -> Option<bool> {
        match self {
            Self::Uncommitted => Some(true),
            Self::Commit { .. } => Some(false),
            Self::Unknown(_) => None,
        }
    }

    /// Why nobody knows who set the line, as programs read it.
    pub fn unknown(&self) -> Option<&'static str> {
        match self {
            Self::Unknown(Why::NotKept) => Some("not-kept"),
            Self::Unknown(Why::CutOff) => Some("cut-off"),
            Self::Unknown(Why::NoAnswer(_)) => Some("no-answer"),
            Self::Uncommitted | Self::Commit { .. } => None,
        }
    }
}

impl Repository {
    /// Who last set each of these lines (from 1) of a file (from the top of the repository), up to a revision (a commit's
    /// id) or in the work tree.
    pub fn last_set(&self, revision: Option<&str>, file: &str, lines: &[usize]) -> HashMap<usize, LastSet> {
        self.blame(revision, file, lines).unwrap_or_else(|failure| {
            let is_kept = self.keeps(revision, file).unwrap_or(true);
            let why = if is_kept { Why::NoAnswer(failure.message) } else { Why::NotKept };
            lines.iter().map(|line| (*line, LastSet::Unknown(why.clone()))).collect()
        })
    }

    fn blame(&self, rev: Option<&str>, file: &str, lines: &[usize]) -> Result<HashMap<usize, LastSet>, Failure> {
        let ranges: Vec<String> = lines.iter().map(|line| format!("-L{line},{line}")).collect();
        // A list of commits to look past would name the wrong author, and a text converter would run a program.
        let fixed =
            ["-c", "blame.showRoot=false", "blame", "--line-porcelain", "--no-ignore-revs-file", "--no-textconv"];
        let ranges = ranges.iter().map(String::as_str);
        let args: Vec<&str> = fixed.into_iter().chain(ranges).chain(rev).chain(["--", file]).collect();
        let answer = self.ask_of_files(&args)?;
        let text = String::from_utf8_lossy(&answer);
        let set = parse(&text);
        let mut ids: Vec<&str> = set.iter().filter(|line| !line.is_uncommitted()).map(|line| line.commit).collect();
        ids.sort_unstable();
        ids.dedup();
        // Who it was stands in the commit: a list of other names (`.mailmap`) says otherwise.
        let commits: HashMap<&str, Object> = ids.iter().copied().zip(self.objects.known(&ids)?).collect();
        Ok(set.iter().map(|line| (line.number, line.last_set(&commits))).collect())
    }

    /// Whether git keeps a file: at a revision, or in what is checked out.
    fn keeps(&self, revision: Option<&str>, file: &str) -> Result<bool, Failure> {
        let files = self.ask_text(&["ls-tree", "--name-only", revision.unwrap_or("HEAD"), "--", file])?;
        Ok(files.is_some_and(|files| !files.is_empty()))
    }
}

/// A line, and the commit that set it.
#[derive(Debug, PartialEq, Eq)]
struct SetLine<'a> {
    /// From 1.
    number: usize,
    commit: &'a str,
    /// Whether nothing is known of what was before the commit.
    is_boundary: bool,
}

impl SetLine<'_> {
    fn is_uncommitted(&self) -> bool {
        self.commit.bytes().all(|b| b == b'0')
    }

    fn last_set(&self, commits: &HashMap<&str, Object>) -> LastSet {
        if self.is_uncommitted() {
            return LastSet::Uncommitted;
        }
        let commit = commits.get(self.commit).map_or(&[][..], |commit| &commit.bytes);
        if self.is_boundary && headers(commit).any(|line| line.starts_with(b"parent ")) {
            return LastSet::Unknown(Why::CutOff);
        }
        let id: String = self.commit.chars().take(SHORT_ID).collect();
        match signature(commit, "author ") {
            Some((author, date)) => LastSet::Commit { id, date, author },
            None => LastSet::Unknown(Why::NoAnswer(say!(
                "コミット {id} の作者を読み取れません",
                "cannot read the author of commit {id}"
            ))),
        }
    }
}

/// Reads `git blame --line-porcelain`: for each line its commit, headers, and the line itself behind a tab.
fn parse(answer: &str) -> Vec<SetLine<'_>> {
    let mut found = Vec::new();
    let mut rest = answer.split('\n');
    while let Some(head) = rest.next() {
        let mut words = head.split(' ');
        let (Some(commit), Some(Ok(number))) = (words.next(), words.nth(1).map(str::parse)) else { break };
        let is_boundary =
            rest.by_ref().take_while(|line| !line.starts_with('\t')).filter(|l| *l == "boundary").count() > 0;
        found.push(SetLine { number, commit, is_boundary });
    }
    found
}

/// The lines of a commit that stand before its message.
fn headers(commit: &[u8]) -> impl Iterator<Item = &[u8]> {
    commit.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty())
}

/// Who signed a commit as `author ` or `committer `, by name (by address where there is no name), and the day by their clock.
pub(super) fn signature(commit: &[u8], role: &str) -> Option<(String, NaiveDate)> {
    let header = |name: &str| headers(commit).find_map(|line| line.strip_prefix(name.as_bytes()));
    let encoding = header("encoding ").and_then(Encoding::for_label).unwrap_or(UTF_8);
    let (line, _) = encoding.decode_without_bom_handling(header(role)?);
    let (rest, zone) = line.rsplit_once(' ')?;
    let (who, seconds) = rest.rsplit_once(' ')?;
    let (name, address) = who.rsplit_once('<').unwrap_or((who, ""));
    let name = Some(name.trim()).filter(|name| !name.is_empty()).unwrap_or(address.trim_end_matches('>'));
    Some((name.to_owned(), day_at(seconds, zone)?))
}

/// The day of a time as git writes it: seconds, and the offset from UTC as `+0900`.
fn day_at(seconds: &str, zone: &str) -> Option<NaiveDate> {
    // Some programs wrote offsets that there are not; the day of UTC is the nearest.
    let east = zone.parse().ok().and_then(|zone: i32| FixedOffset::east_opt((zone / 100 * 60 + zone % 100) * 60));
    let east = east.or_else(|| FixedOffset::east_opt(0))?;
    Some(DateTime::from_timestamp(seconds.parse().ok()?, 0)?.with_timezone(&east).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_commit() {
        let answer = "0123456789abcdef 3 7 1\nauthor x\nsummary boundary\nboundary\nfilename a.toml\n\tboundary\n\
                      0000000000000000 8 8 1\nauthor Not Committed Yet\n\tvalue = 2\n";
        let [first, second] = parse(answer).try_into().unwrap();
        assert_eq!(first, SetLine { number: 7, commit: "0123456789abcdef", is_boundary: true });
        assert_eq!((second.number, second.is_boundary, second.is_uncommitted()), (8, false, true));
    }

    #[test]
    fn who_signed_is_read_as_it_was_written() {
        let signed = |author: &[u8], encoding: &str| {
            let commit = [b"tree 01\nauthor ", author, b" 1711897200 +0900\n", encoding.as_bytes(), b"\nauthor b"];
            signature(&commit.concat(), "author ").map(|(name, date)| (name, date.to_string()))
        };
        let who = |name: &str| Some((name.to_owned(), "2024-04-01".to_owned()));
        assert_eq!(signed("山田 花子 <h@example.jp>".as_bytes(), ""), who("山田 花子"));
        assert_eq!(signed(b"\x8e\x52\x93\x63 <h@x>", "encoding Shift_JIS\n"), who("山田"));
        assert_eq!(signed(b" <h@example.jp>", ""), who("h@example.jp"));
        assert_eq!(day_at("1711897200", "+9999").map(|day| day.to_string()).as_deref(), Some("2024-03-31"));
        assert_eq!(signature(b"tree 01\n\nauthor a <a> 1 +0000", "author "), None);
    }
}
