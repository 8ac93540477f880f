//! `[[answer]]`: what was answered to a question of the council.

use super::files::ANSWERS;
use super::kind::{Kind, Merging, Reference, Target};
use crate::keys;

/// The kind. People write it by hand.
pub static KIND: Kind = Kind {
    header: "answer",
    form: &keys::ANSWER,
    files: ANSWERS,
    identity: &["about", "period", "recorded"],
    references: &[Reference { key: "about", to: Target::Subject }],
    merging: Merging::Lines,
    sample,
};

fn sample() -> String {
    let lines = [
        "[[answer]]",
        "about    = \"1-1\"",
        "period   = \"R7Q2\"",
        "recorded = 2025-12-04",
        "question = \"進捗は\"",
        "answer   = \"計画どおりです\"",
        "by       = \"人事課長\"",
    ];
    lines.join("\n") + "\n"
}
