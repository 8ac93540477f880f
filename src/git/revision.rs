//! Which commit a text means: a tag, a branch, a commit's id, or a day.

use chrono::NaiveDate;

use super::Repository;
use super::blame::signature;
use super::objects::Object;
use crate::failure::Failure;
use crate::plan::period::{Parsed, Period};
use crate::plan::source::Revision;
use crate::say;
use crate::text::paths::Slashed;
use crate::text::suggest::suggest;

/// The offset of Japan's clocks from UTC. A day ends everywhere when it ends there, so that the same day means the same
/// commit on every machine.
const JAPAN: &str = "+0900";

impl Repository {
    /// The commit that a text means. A day means the last commit of the current branch up to its end in Japan, unless a
    /// tag or branch is called so.
    ///
    /// # Errors
    /// When it means none.
    pub fn revision(&self, text: &str) -> Result<Revision, Failure> {
        let name = text.trim();
        self.objects.revision(name, || self.ask_revision(name))
    }

    fn ask_revision(&self, name: &str) -> Result<Revision, Failure> {
        let day = match Period::parse(name) {
            Ok(Parsed { period: Period::Day(day), .. }) if !self.has_ref(name)? => Some(day),
            _ => None,
        };
        let (id, date) = match day {
            Some(day) => (self.until(day)?, day),
            None => self.named(name)?,
        };
        Ok(Revision { name: name.to_owned(), id, date })
    }

    /// The commit that is checked out; `None` before the first one.
    ///
    /// # Errors
    /// When git cannot be asked.
    pub fn head(&self) -> Result<Option<String>, Failure> {
        Ok(self.ask_text(&["rev-parse", "--verify", "--quiet", "HEAD"])?.filter(|id| !id.is_empty()))
    }

    /// The same where it has anything of the folder that was asked about: one that git is told to ignore is in none.
    ///
    /// # Errors
    /// When git cannot be asked.
    pub fn head_that_has_it(&self) -> Result<Option<String>, Failure> {
        let folder = self.prefix.slashed();
        if folder.contains(char::is_control) {
            let Some(head) = self.head()? else { return Ok(None) };
            let has = !self.ask(&["ls-tree", "-r", "--name-only", &head, "--", &format!("./{folder}")])?.is_empty();
            return Ok(has.then_some(head));
        }
        let [head, folder] = [commit("HEAD"), format!("HEAD:{folder}")];
        let mut found = self.objects.named(&[&head, &folder])?.into_iter().flatten();
        Ok(found.next().filter(|_| found.next().is_some()).map(|head| head.id))
    }

    /// Whether the folder that was asked about says what the last commit says: a file of a plan that git is told to ignore
    /// is read as well, and no commit has it. `false` where git does not say.
    pub fn is_clean(&self) -> bool {
        self.differs().is_ok_and(|differs| !differs)
    }

    fn differs(&self) -> Result<bool, Failure> {
        let folder = format!("./{}", self.prefix.slashed());
        let changed = self.ask_of_files(&["status", "--porcelain", "--ignore-submodules=all", "--", &folder])?;
        if !changed.is_empty() {
            return Ok(true);
        }
        let listed = self.ask_text(&["ls-files", "-v", "--cached", "--others", "--", &folder])?;
        let differs = |file: &str| match file.strip_prefix('?') {
            // No commit has it.
            Some(other) => other.trim_end_matches('"').ends_with(".toml"),
            // A small letter or an S: git was told not to look at the file (`--assume-unchanged`, `--skip-worktree`).
            None => file.starts_with(|mark: char| mark == 'S' || mark.is_ascii_lowercase()),
        };
        Ok(listed.is_none_or(|files| files.lines().any(differs)))
    }

    /// The commit where two revisions parted.
    ///
    /// # Errors
    /// When one of them is none, or they have nothing in common.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, Failure> {
        let (one, other) = (self.revision(one)?, self.revision(other)?);
        self.ask_text(&["merge-base", &one.id, &other.id])?.filter(|id| !id.is_empty()).ok_or_else(|| {
            let (one, other) = (one.name, other.name);
            Failure::new(
                say!(
                    "「{one}」と「{other}」に共通の履歴がありません",
                    "`{one}` and `{other}` have no history in common"
                ),
                say!("{one}..{other} と書けば、そのまま比べます", "write {one}..{other} to compare them as they are"),
            )
        })
    }

    fn has_ref(&self, name: &str) -> Result<bool, Failure> {
        let pattern = |folder: &str| format!("refs/{folder}/{name}");
        Ok(!self.ask(&["for-each-ref", "--count=1", &pattern("tags"), &pattern("heads")])?.is_empty())
    }

    /// The last commit of the current branch up to the end of a day.
    fn until(&self, day: NaiveDate) -> Result<String, Failure> {
        let before = format!("--before={day}T23:59:59{JAPAN}");
        let answer = self.ask(&["rev-list", "-1", "--first-parent", &before, "HEAD"])?;
        let id = String::from_utf8_lossy(&answer).trim().to_owned();
        if !id.is_empty() {
            return Ok(id);
        }
        let message = say!("{day} までのコミットがありません", "there is no commit up to {day}");
        Err(Failure::new(
            message,
            match self.is_shallow {
                true => say!(
                    "このリポジトリには最近の履歴しかありません。git fetch --unshallow で取り寄せてください",
                    "this clone has only recent commits: get the others with `git fetch --unshallow`"
                ),
                false => {
                    say!("git log でコミットの日付を確かめてください", "run `git log` to see the dates of the commits")
                }
            },
        ))
    }

    /// The commit that a name means to git, and its day by the clock of who committed.
    fn named(&self, name: &str) -> Result<(String, NaiveDate), Failure> {
        if name.is_empty() || name.contains(char::is_control) {
            return Err(self.unknown(name));
        }
        let Object { id, bytes } =
            self.objects.named(&[&commit(name)])?.pop().flatten().ok_or_else(|| self.unknown(name))?;
        match day_of(&bytes) {
            Some(date) => Ok((id, date)),
            None => {
                Err(Failure::plain(say!("コミット {id} の日付を読み取れません", "cannot read the date of commit {id}")))
            }
        }
    }

    fn unknown(&self, name: &str) -> Failure {
        let message =
            say!("「{name}」という版（タグ・ブランチ・コミット・日付）はありません", "there is no revision `{name}`");
        if let Ok(Parsed { period, .. }) = Period::parse(name) {
            let period = period.short();
            return Failure::new(
                message,
                say!(
                    "どの期間かは --as-of {period} で指定します。--rev は git の版です",
                    "give a period with --as-of {period}; --rev is a git revision"
                ),
            );
        }
        let refs = ["for-each-ref", "--format=%(refname:short)", "refs/tags", "refs/heads"];
        // They are only what else could have been meant.
        let known = self.ask_text(&refs).ok().flatten().unwrap_or_default();
        let head = (!known.is_empty()).then_some("HEAD");
        Failure::new(
            message,
            suggest(
                name,
                known.lines().chain(head),
                say!("git log で確かめてください", "run `git log` to look for it"),
            ),
        )
    }
}

/// What git calls the commit that a name means.
pub(super) fn commit(name: &str) -> String {
    format!("{name}^{{commit}}")
}

/// The day that a commit says it was made, by the clock of who made it.
fn day_of(commit: &[u8]) -> Option<NaiveDate> {
    signature(commit, "committer ").map(|(_, date)| date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_who_committed() {
        // 1711897200 is 2024-03-31 15:00 UTC, and midnight in Japan.
        let commit = |zone: &str| {
            format!("tree 01\nauthor a <a> 1 +0000\ncommitter 山田 <h@x> 1711897200 {zone}\n\ncommitter b")
        };
        let day = |zone: &str| day_of(commit(zone).as_bytes()).map(|day| day.to_string());
        assert_eq!(day("+0900").as_deref(), Some("2024-04-01"));
        assert_eq!(day("+0859").as_deref(), Some("2024-03-31"));
        assert_eq!(day_of(b"tree 01\n\ncommitter a <a> 1 +0000"), None);
    }
}
