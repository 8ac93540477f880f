//! Comments, which the plan knows nothing of.

use similar::DiffTag;

use super::super::sequence::edits;
use super::{FileChange, FileKind, Sides, Spot, text};

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
    let mut found = Vec::new();
    let mut open = Open::Nothing;
    for (number, line) in toml.lines().enumerate() {
        if let Some(at) = open.comment_in(line) {
            found.push((number + 1, line[at..].trim_end()));
        }
    }
    found
}

/// Which string is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    /// `"…"` or `'…'`.
    Short(u8),
    /// `"""…"""` or `'''…'''`.
    Long(u8),
}

impl Open {
    /// Reads one line, and tells where a comment begins in it.
    fn comment_in(&mut self, line: &str) -> Option<usize> {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let triple = |quote: u8| bytes[at..].starts_with(&[quote; 3]);
            match *self {
                Self::Nothing => match byte {
                    b'#' => return Some(at),
                    b'"' | b'\'' if triple(*byte) => {
                        *self = Self::Long(*byte);
                        at += 2;
                    }
                    b'"' | b'\'' => *self = Self::Short(*byte),
                    _ => {}
                },
                Self::Short(b'"') | Self::Long(b'"') if *byte == b'\\' => at += 1,
                Self::Short(quote) if *byte == quote => *self = Self::Nothing,
                Self::Long(quote) if triple(quote) => {
                    *self = Self::Nothing;
                    at += 2;
                }
                _ => {}
            }
            at += 1;
        }
        // No string but a long one goes over the end of its line.
        if matches!(self, Self::Short(_)) {
            *self = Self::Nothing;
        }
        None
    }
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
