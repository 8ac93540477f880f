//! Comments, which the plan knows nothing of.

use similar::DiffTag;

use super::super::sequence::edits;
use super::{FileChange, FileKind, Sides, Spot, text};
use crate::ledger::walk;

/// The comments that changed in a file.
pub fn compare<'p>(sides: Sides<'p>, path: &str) -> Vec<FileChange<'p>> {
    let (olds, news) = (comments(text(sides.old, path).unwrap_or("")), comments(text(sides.new, path).unwrap_or("")));
    let texts = |all: &[(usize, &'p str)]| all.iter().map(|(_, text)| *text).collect::<Vec<_>>();
    let ops = edits(&texts(&olds), &texts(&news));
    let joined = |found: &[(usize, &str)]| {
        let (line, _) = found.first()?;
        let text = found.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n");
        Some(Spot { path: path.to_owned(), line: *line, text })
    };
    let change = |op: &similar::DiffOp| FileChange {
        kind: FileKind::Comment,
        old: joined(&olds[op.old_range()]),
        new: joined(&news[op.new_range()]),
    };
    ops.iter().filter(|op| op.tag() != DiffTag::Equal).map(change).collect()
}

/// Every comment with its line, from 1.
fn comments(toml: &str) -> Vec<(usize, &str)> {
    let (mut line, mut before) = (1, 0);
    let numbered = walk::comments(toml).map(|span| {
        line += toml[before..span.start].matches('\n').count();
        before = span.start;
        (line, toml[span].trim_end())
    });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn a_comment_is_what_toml_calls_so() {
        let text =
            "# 一\na = \"#x\" # 二\nb = '#'\nc = \"\"\"\n# no\n\\\"\"\" # still no\n\"\"\" # 三\nd = \"\\\"#\"\n";
        assert_eq!(comments(text), [(1, "# 一"), (2, "# 二"), (7, "# 三")]);
    }
}
