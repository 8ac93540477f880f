//! A note of one write, beside the plan: before several files are written, what is to be done, so that it is done to the
//! end whatever happens; after the write, what was done, so that it can be taken back.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::home::Home;
use super::names::refuse_odd;
use super::own::{self, Trouble};
use super::{FileWrite, OWN};
use crate::failure::Failure;
use crate::lang::Say;
use crate::say;
use crate::text::paths::Slashed;

/// A write of several files that has begun and not ended.
pub const JOURNAL: &str = ".kaikaku.journal";

/// The last write.
pub const LAST: &str = ".kaikaku.last";

/// One write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// Whether it took back another one.
    pub undo: bool,
    /// The day and the command line of it, for people.
    #[serde(default, rename = "said")]
    pub occasion: Occasion,
    /// File by file.
    pub changes: Vec<Entry>,
}

/// When and by which command a write was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// The day.
    pub day: String,
    /// The command line, as it was typed.
    pub command: String,
}

/// One file of a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Relative to the plan folder, with `/`.
    pub path: String,
    /// What it held before; `None`: it was not there.
    pub old: Option<String>,
    /// What it says after; `None`: it is not there.
    pub new: Option<String>,
}

impl Journal {
    /// What these changes come to.
    ///
    /// # Errors
    /// When one of them lies outside the plan folder.
    pub fn new(plan: &Path, changes: &[FileWrite]) -> Result<Self, Failure> {
        let entry = |change: &FileWrite| {
            let path = change.path.strip_prefix(plan).ok().and_then(Path::to_str).map(|path| path.replace('\\', "/"));
            let path = path.filter(|path| is_inside(path)).ok_or_else(|| outside(&change.path))?;
            Ok(Entry { path, old: change.old.clone(), new: change.new.clone() })
        };
        // What is there already stays as it is.
        let made = changes.iter().filter(|change| change.old.is_none() && change.new.is_some());
        refuse_odd(made.map(|change| change.path.as_path()))?;
        Ok(Self { changes: changes.iter().map(entry).collect::<Result<_, Failure>>()?, ..Self::default() })
    }

    /// Reads a note, if there is one.
    ///
    /// # Errors
    /// When it cannot be read or is none of ours. It is written at one moment, so it is never half there.
    pub fn read(path: &Path) -> Result<Option<Self>, Failure> {
        let Some((_, bytes)) = own::read(path).map_err(|trouble| trouble.failure(path))? else { return Ok(None) };
        Self::parse(&bytes).map(Some).ok_or_else(|| own::foreign(path))
    }

    /// Reads the text of a note; `None` where it is none of ours.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(bytes).ok()?;
        Some(journal).filter(|journal| journal.changes.iter().all(|change| is_inside(&change.path)))
    }

    /// What takes it back.
    pub fn reversed(self) -> Self {
        let reverse = |Entry { path, old, new }| Entry { path, old: new, new: old };
        Self { undo: true, occasion: self.occasion, changes: self.changes.into_iter().map(reverse).collect() }
    }

    /// As it is written.
    pub fn text(&self) -> String {
        // Texts and a flag always make JSON.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What readers need to know of writes: an interrupted one, and whether anything was written since.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    interrupted: Option<Journal>,
    last: Option<(Option<std::time::SystemTime>, Vec<u8>)>,
    /// A note of a write that is there and cannot be read or is not ours, and why: nobody knows whether the files are whole.
    pub trouble: Option<(PathBuf, Say)>,
}

impl Stamp {
    /// As it is now.
    pub fn read(home: &Home) -> Self {
        let mut stamp = Self::default();
        let path = home.file(JOURNAL);
        if let Some((_, bytes)) = stamp.known(&path) {
            stamp.interrupted = Journal::parse(&bytes);
            if stamp.interrupted.is_none() {
                stamp.trouble = Some((path, Trouble::Foreign.say()));
            }
        }
        match home.stray() {
            Ok(None) => {}
            Ok(Some(path)) => stamp.trouble = Some((path.clone(), stray(&path).message)),
            Err(error) => stamp.trouble = Some((home.folder().to_owned(), Trouble::from(error).say())),
        }
        // Clocks of disks tick slowly: the text tells apart two writes of one tick.
        let last = stamp.known(&home.file(LAST));
        stamp.last = last.map(|(meta, bytes)| (meta.modified().ok(), bytes));
        stamp
    }

    fn known(&mut self, path: &Path) -> Option<(std::fs::Metadata, Vec<u8>)> {
        own::read(path).unwrap_or_else(|trouble| {
            self.trouble = Some((path.to_owned(), trouble.say()));
            None
        })
    }

    /// The files of a write that has begun and not ended.
    pub fn interrupted(&self) -> &[Entry] {
        self.interrupted.as_ref().map_or(&[], |journal| &journal.changes)
    }
}

/// Whether a path is that of a file the plan may have, and leads nowhere else.
pub(super) fn is_inside(path: &str) -> bool {
    let parts = || Path::new(path).components();
    let named = parts().all(|part| matches!(part, Component::Normal(_)));
    named
        && parts().next().is_some()
        && !Path::new(path).file_name().is_some_and(|n| n.to_string_lossy().starts_with(OWN))
}

/// Nothing is there to be taken back.
pub fn nothing() -> Failure {
    Failure::new(
        say!("取り消せる書き込みはありません", "there is no write to undo"),
        say!(
            "取り消せるのは、この場所で最後にした書き込み一つだけです。記録の誤りは --corrects で訂正してください",
            "only the last write made here can be undone; correct a wrong record with --corrects"
        ),
    )
}

/// Something came after the last write.
pub fn followed(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!(
            "最後の書き込みの後に {shown} が変わりました。何も変更していません",
            "{shown} has changed since the last write; nothing was changed"
        ),
        say!(
            "記録の誤りは --corrects で訂正してください。手で直した内容は git diff で確かめられます",
            "correct a wrong record with --corrects; run `git diff` to see what was changed by hand"
        ),
    )
}

/// A file is not the plan's.
pub fn outside(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!(
            "{shown} は計画のフォルダーの外です。何も書き込んでいません",
            "{shown} lies outside the plan; nothing was written"
        ),
        say!("リンクなら、計画のフォルダーの中に移してください", "if it is a link, move the file into the plan folder"),
    )
}

/// A file of an interrupted write was changed before the write could be finished.
pub fn overtaken(path: &Path, journal: &Path) -> Failure {
    let (shown, journal) = (path.slashed(), journal.slashed());
    Failure::new(
        say!(
            "前の書き込みが途中で止まり、その後に {shown} が変わりました。何も書き込んでいません",
            "an earlier write stopped halfway, and {shown} has changed since; nothing was written"
        ),
        say!(
            "git diff などで計画のファイルを確かめ、よければ {journal} を消してください（そこに書き込むはずだった内容があります）",
            "check the files of the plan (git diff) and, if they are right, delete {journal}, which holds what was to be written"
        ),
    )
}

/// A note of an unfinished write lies where no writer of this plan leaves one.
pub fn stray(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!(
            "途中で止まった書き込みの控え {shown} があります。git のリポジトリでは kaikaku はここに控えを置かないため、そのとおりには書き込みません",
            "there is a note of an unfinished write, {shown}; in a git repository kaikaku leaves none there, so that it is not carried out"
        ),
        say!(
            "受け取ったファイルに含まれていたものなら消してください。git を使い始める前に書き込みが止まっていたなら、計画のファイルを確かめてから消してください（そこに書き込むはずだった内容があります）",
            "delete it if it came with files from others; if a write was interrupted before there was a repository, check the files of the plan first (it holds what was to be written)"
        ),
    )
}
