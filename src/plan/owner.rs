//! 所管課: who is responsible.

use super::id::Id;

/// A department that owns entries or indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The key in `owner = …`.
    pub id: Id,
    /// What it is called.
    pub name: Box<str>,
    /// The bureau above it.
    pub bureau: Option<Box<str>>,
    /// Other names it goes or went by.
    pub aliases: Vec<Box<str>>,
}

impl Owner {
    /// Whether a text names this owner: its id, name or alias.
    pub fn is_called(&self, text: &str) -> bool {
        self.id.as_str() == text || &*self.name == text || self.aliases.iter().any(|a| &**a == text)
    }
}
