//! Why a command could not do it: what is wrong, and apart from it what to do next, in both languages.

use std::fmt;

use crate::lang::{Lang, Say};

/// A command could not do it. The process ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong.
    pub message: Say,
    /// What to do next.
    pub hint: Option<Say>,
}

impl Failure {
    /// With a hint.
    pub fn new(message: Say, hint: Say) -> Self {
        Self { message, hint: Some(hint) }
    }

    /// Where the message says it all.
    pub fn plain(message: Say) -> Self {
        Self { message, hint: None }
    }
}

/// In the default language; whoever knows the reader prints [`Failure::message`] itself.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.text(Lang::default()))
    }
}

impl std::error::Error for Failure {}
