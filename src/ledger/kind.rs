//! What is to be known of a kind of block: where it stands, what tells it from others, and what it names.

use toml::Table;

use super::files::Files;
use crate::keys::Form;

/// A kind of block.
#[derive(Debug)]
pub struct Kind {
    /// What stands in its header: `update` in `[[update]]`.
    pub header: &'static str,
    /// The keys that it may hold, by which it is read.
    pub form: &'static Form,
    /// The files that hold it.
    pub files: Files,
    /// The keys that tell a block from the others of its file. Two blocks that agree in them are the same one, whatever
    /// else they say.
    pub identity: &'static [&'static str],
    /// The keys that name an entry, an indicator or a record.
    pub references: &'static [Reference],
    /// How the blocks of two branches become one file.
    pub merging: Merging,
    /// Writes a block with all that the codec knows to write; the test of all kinds has a plan that takes it.
    pub sample: fn() -> String,
}

/// A key that names something else.
#[derive(Debug)]
pub struct Reference {
    /// The key.
    pub key: &'static str,
    /// What it names.
    pub to: Target,
}

/// What a key names. What was recorded stays as it is, so a renumbering rewrites none of them; former ids are read as
/// the present ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An entry or indicator, as it was numbered then.
    Subject,
    /// A record of the same file, in whose place the block stands.
    Record,
}

/// How the blocks of two branches become one file.
#[derive(Debug)]
pub enum Merging {
    /// Block by block: all of both sides, but for those that contradict each other, which a person has to settle.
    Blocks {
        /// What a new block says that another one must not say otherwise.
        claims: fn(&Table) -> Vec<Claim>,
    },
    /// Line by line, as git does.
    Lines,
}

/// What a block says, and of what. Two new blocks that say different things of the same contradict each other: a person has
/// to settle which one holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Of what: a grade of a period, say.
    pub of: String,
    /// What it says of it.
    pub says: String,
}

impl Kind {
    /// What tells which new blocks contradict each other, where they are merged block by block.
    pub fn claims(&self) -> Option<fn(&Table) -> Vec<Claim>> {
        match self.merging {
            Merging::Blocks { claims } => Some(claims),
            Merging::Lines => None,
        }
    }

    /// The key by which a block names the record in whose place it stands.
    pub fn corrects(&self) -> Option<&'static str> {
        self.references.iter().find(|reference| reference.to == Target::Record).map(|reference| reference.key)
    }
}
