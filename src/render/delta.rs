//! What a write changes in a file, line by line, as `diff` shows it.

use kaikaku_text::safe::visible;

/// The lines that go and come, from the first that differs to the last, under their line numbers; nothing where the
/// texts are the same. `None` is a file that is not there.
pub fn delta(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let (before, after) = (lines(old), lines(new));
    if old == new {
        return String::new();
    }
    let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = before[same..].iter().rev().zip(after[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (gone, come) = (&before[same..before.len() - rest], &after[same..after.len() - rest]);
    let name = |text: Option<&str>| if text.is_some() { path } else { "/dev/null" };
    let mut shown = format!("--- {}\n+++ {}\n", name(old), name(new));
    let hunks = insertions(gone, come).unwrap_or_else(|| vec![(0, gone, 0, come)]);
    for (from, gone, to, come) in hunks {
        shown += &format!("@@ -{} +{} @@\n", range(same + from, gone.len()), range(same + to, come.len()));
        for (sign, lines) in [('-', gone), ('+', come)] {
            for line in lines {
                let end = if line.ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
                shown += &format!("{sign}{}{end}", visible(line));
            }
        }
    }
    shown
}

/// A stretch of lines that go, and one that comes in its place, each behind so many lines of its text.
type Hunk<'t> = (usize, &'t [&'t str], usize, &'t [&'t str]);

/// What came between lines that all stayed; `None` where a line went.
fn insertions<'t>(before: &'t [&'t str], after: &'t [&'t str]) -> Option<Vec<Hunk<'t>>> {
    let (mut found, mut at) = (Vec::new(), 0);
    for (place, line) in before.iter().enumerate() {
        let begun = at;
        at += after[begun..].iter().position(|other| other == line)?;
        if at > begun {
            found.push((place, &before[..0], begun, &after[begun..at]));
        }
        at += 1;
    }
    if at < after.len() {
        found.push((before.len(), &before[..0], at, &after[at..]));
    }
    Some(found)
}

fn lines(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or_default().split_inclusive('\n').collect()
}

/// Where lines stand, as `diff` counts: an empty stretch is named by the line before it.
fn range(before: usize, lines: usize) -> String {
    match lines {
        0 => format!("{before},0"),
        1 => (before + 1).to_string(),
        _ => format!("{},{lines}", before + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::delta;

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(delta("f", Some("a\nb\n"), Some("a\nb\n")), "");
        assert_eq!(delta("f", Some("a\n"), Some("a\n\nb\n")), "--- f\n+++ f\n@@ -1,0 +2,2 @@\n+\n+b\n");
        assert_eq!(delta("f", None, Some("a\n")), "--- /dev/null\n+++ f\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(delta("f", Some("a\nb\nc\n"), Some("a\nx\nc\n")), "--- f\n+++ f\n@@ -2 +2 @@\n-b\n+x\n");
        let twice = "--- f\n+++ f\n@@ -1,0 +2 @@\n+x\n@@ -2,0 +4 @@\n+y\n";
        assert_eq!(delta("f", Some("a\nb\nc\n"), Some("a\nx\nb\ny\nc\n")), twice);
        let bare = "--- f\n+++ f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n";
        assert_eq!(delta("f", Some("a"), Some("a\nb\n")), bare);
        assert_eq!(delta("f", Some("a\n"), None), "--- f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
    }
}
