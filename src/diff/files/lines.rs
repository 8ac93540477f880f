//! A file line by line, for what cannot be compared any better.

use similar::DiffTag;

use crate::diff::sequence::edits;

/// A line that is in one of the revisions only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is the new revision that has it.
    pub is_new: bool,
    /// Which line of its file, from 1.
    pub number: usize,
    /// What it says, without its end.
    pub text: String,
}

/// The lines that one of the texts has and the other has not, in their order.
pub fn line_diff(old: &str, new: &str) -> Vec<Line> {
    let (olds, news): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let line = |is_new: bool, all: &[&str], at: usize| Line { is_new, number: at + 1, text: all[at].to_owned() };
    let ops = edits(&olds, &news);
    let changed = ops.into_iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .flat_map(|op| {
            let gone = op.old_range().map(|at| line(false, &olds, at)).collect::<Vec<_>>();
            gone.into_iter().chain(op.new_range().map(|at| line(true, &news, at)).collect::<Vec<_>>())
        })
        .collect()
}
