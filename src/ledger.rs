//! The ledger: the blocks that say what happened to a plan. Each kind of block has one file here and one line in [`KINDS`];
//! whatever touches records asks them.
//!
//! A [`Kind`] says what its blocks are called and which files hold them, what tells one block from another, what it names,
//! and how the blocks of two branches become one file. Its file also holds how a block is read, with its findings, and how
//! it is written. From there take it `source` (which hands over the tables and puts what was read into the plan),
//! `commands` and `inquiry` (what they write), `merge` (which blocks are one, which contradict each other), `renumber`
//! (which files are called by an id), `textconv` (what a block is called), `diff` (which files are records), and
//! `git-setup` (which files git hands over). A test walks all kinds and fails where one of these does not know a kind.
//!
//! To add a kind: its file with a `static KIND`, its line in [`KINDS`], and its field in the plan, into which `source` puts
//! what the file reads.
//!
//! Two things look like kinds and are none. `[[change]]` says why a definition was changed: it is a part of the entry,
//! indicator or plan that it stands in, which people write and git merges as a whole, and `source` reads it with that. The
//! head and the figures of a closed period are no blocks, for a file has them once; [`closing`] reads and writes them
//! beside the `[[errata]]` of the same file.
//!
//! The room is pure. What was said is never rewritten: a correction is a block of its own, and a renumbering leaves ids
//! within blocks as they were. `history` holds the records of one file against each other, [`block`] is the text of a
//! block in the making, [`mark`] what a record is known by, [`written`] what the block says that another one corrects,
//! [`tree`] the walk over a parsed file, and [`walk`] the walk over its text that leaves every byte in place.

pub mod answer;
pub mod block;
pub mod closing;
pub mod files;
mod history;
pub mod inquiry;
pub mod kind;
pub mod mark;
pub mod measure;
pub mod opinion;
pub mod record;
pub mod response;
pub mod split;
pub mod stamp;
pub mod tree;
pub mod update;
pub mod walk;
pub mod written;

pub use kind::Kind;

/// The version of the file format.
pub const SCHEMA: u64 = 1;

/// Every kind of block.
pub static KINDS: [&Kind; 8] = [
    &update::KIND,
    &measure::KIND,
    &closing::ERRATA,
    &inquiry::SENT,
    &inquiry::REPLY,
    &answer::KIND,
    &opinion::KIND,
    &response::KIND,
];

/// The kind of the blocks under a header.
pub fn kind(header: &str) -> Option<&'static Kind> {
    KINDS.into_iter().find(|kind| kind.header == header)
}

/// The kinds of block that the file at this path holds.
pub fn kinds_in(path: &str) -> impl Iterator<Item = &'static Kind> {
    KINDS.into_iter().filter(move |kind| kind.files.holds(path))
}
