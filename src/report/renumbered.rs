//! What a renumbering changes, line by line.

use std::fmt::Write;
use std::path::Path;

use crate::renumber::FileChange;
use crate::renumber::edits::{Edit, apply};
use crate::text::paths::Slashed;

/// The lines that change, as they are and as they will be, under the file they stand in.
pub fn shown(root: &Path, changes: &[FileChange]) -> String {
    let path = |path: &str| root.join(path).slashed();
    let mut text = String::new();
    for change in changes {
        let (from, to) = (path(&change.path), change.to.as_deref().map(path));
        // Writing to a String cannot fail.
        let _ = match to {
            Some(to) => writeln!(text, "{from} → {to}"),
            None => writeln!(text, "{from}\n{}", lines(change)),
        };
    }
    text
}

fn lines(change: &FileChange) -> String {
    let old = &change.old;
    let mut shown = Vec::new();
    let mut edits = change.edits.iter().peekable();
    while let Some(edit) = edits.next() {
        let begin = old[..edit.span.start].rfind('\n').map_or(0, |at| at + 1);
        let number = old[..edit.span.start].matches('\n').count() + 1;
        if is_new_line(edit) {
            shown.push(format!("{number:>5} + {}", edit.new.trim()));
            continue;
        }
        let end = old[edit.span.end..].find('\n').map_or(old.len(), |at| edit.span.end + at);
        let mut own = vec![edit.clone()];
        while let Some(next) = edits.next_if(|next| next.span.start < end && !is_new_line(next)) {
            own.push(next.clone());
        }
        own.iter_mut().for_each(|edit| edit.span = edit.span.start - begin..edit.span.end - begin);
        let line = &old[begin..end];
        shown.push(format!("{number:>5} - {}", line.trim_end()));
        shown.push(format!("{number:>5} + {}", apply(line, &own).trim_end()));
    }
    shown.join("\n")
}

fn is_new_line(edit: &Edit) -> bool {
    edit.span.is_empty() && edit.new.contains('\n')
}
