//! The definition of a plan (what was approved) changed by commands: texts in, texts out. Only what was meant changes;
//! comments, order, quotes and line ends stay.

pub mod add;
mod called;
pub mod edit;
pub mod field;
mod layout;
pub mod text;
pub mod value;

pub use self::text::Order;

use crate::failure::Failure;
use crate::plan::id::Id;
use crate::say;
use crate::source::{Snapshot, is_definition};
use text::Kept;

/// What of a plan is changed, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The plan itself.
    Plan,
    /// An entry.
    Entry(usize),
    /// An indicator.
    Indicator(usize),
    /// An owner.
    Owner(usize),
    /// A document.
    Source(usize),
    /// A theme that plans share.
    Theme(usize),
}

/// A file as it is to be, relative to the plan folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is.
    pub path: String,
    /// Its text now; `None` where there is none.
    pub old: Option<String>,
    /// Its text then.
    pub new: String,
}

/// The text of a file; `None` where there is none.
fn text_of<'s>(snapshot: &'s Snapshot, path: &str) -> Option<&'s str> {
    snapshot.position(path).map(|file| snapshot.text(file))
}

/// The file that defines an entry or indicator.
fn home<'s>(snapshot: &'s Snapshot, id: &Id) -> Option<&'s str> {
    let mut files = snapshot.files.iter().filter(|file| is_definition(&file.path));
    files.find(|file| text::has(file.text(), id)).map(|file| file.path.as_str())
}

/// Says why a text was left as it is.
fn kept(why: Kept, path: &str) -> Failure {
    match why {
        Kept::Comment => Failure::new(
            say!("消える範囲に注釈（#）があります", "a comment (#) stands within what would go"),
            say!("{path} を直接書き換えてください", "change {path} by hand"),
        ),
        Kept::NoPlace => Failure::new(
            say!(
                "{path} の書き方のため、ここは変えられません",
                "{path} is written so that this cannot be changed here"
            ),
            say!(
                "{path} を直接書き換え、kaikaku check で確かめてください",
                "change {path} by hand, and run `kaikaku check`"
            ),
        ),
    }
}
