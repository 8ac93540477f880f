//! A finding as a person reads it: the user's own line, a caret that stands right under full-width text, what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Finding, Place, Severity};
use crate::lang::Lang;
use crate::snapshot::Snapshot;
use crate::text::safe::{one_line, visible};
use crate::text::width::Ambiguous;

/// How much of a line is shown before, under and after the mark, in bytes: a line may be as long as its file.
const SHOWN: usize = 300;

/// What the excerpt library puts in front of a line: its number, a bar and the blanks between, of files that people write.
const GUTTER: usize = 10;

/// The least room for a line, however narrow the terminal is.
const LEAST: usize = 20;

/// Wider than any line that is shown.
const UNCUT: usize = 10_000;

/// Stands where a part of the line is left out.
const CUT: &str = "...";

/// What an excerpt is written for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page {
    /// Whether it is coloured.
    pub color: bool,
    /// How many columns a line may have: were the terminal to wrap the user's line, the caret would stand under another
    /// word. `None` where nothing wraps it.
    pub columns: Option<usize>,
}

/// The finding with its excerpt. A file that could not be read as text has none.
pub fn excerpt(finding: &Finding, snapshot: &Snapshot, lang: Lang, page: Page) -> String {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(finding.severity().name(lang));
    let title = level.primary_title(one_line(finding.message.text(lang))).id(finding.code.slug());
    let mut group = Group::with_title(title);
    let primary = Marked::new(snapshot, &finding.place, page);
    group = if finding.place.is_whole_file() {
        group.element(Origin::path(primary.path.clone()))
    } else {
        group.element(primary.snippet(AnnotationKind::Primary, None))
    };
    let related = finding.related.as_ref().map(|(place, label)| (Marked::new(snapshot, place, page), label.text(lang)));
    if let Some((related, label)) = &related {
        group = group.element(related.snippet(AnnotationKind::Context, Some(one_line(label))));
    }
    let help = one_line(finding.help.text(lang));
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name(lang.pick("対処", "help")).message(help));
    }
    let renderer = if page.color { Renderer::styled() } else { Renderer::plain() };
    // The library cuts by a mixture of bytes and columns; lines that are cut already are left to it whole.
    let renderer = if page.columns.is_some() { renderer.term_width(UNCUT) } else { renderer };
    let rendered = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    let marked = std::iter::once(&primary).chain(related.as_ref().map(|(marked, _)| marked));
    marked.fold(rendered, |rendered, marked| marked.with_own_column(rendered))
}

/// One line of a file as it is shown, with a stretch of it to mark.
struct Marked {
    path: String,
    line: usize,
    /// In the file; in the line as shown it may be another.
    column: usize,
    text: String,
    span: Range<usize>,
}

impl Marked {
    fn new(snapshot: &Snapshot, place: &Place, page: Page) -> Self {
        let (line, column) = snapshot.line_column(place.file, place.span.start);
        let (text, span) = marked_line(snapshot.text(place.file), &place.span);
        let (text, span) = match page.columns {
            Some(columns) => fitted(&text, span, columns.saturating_sub(GUTTER).max(LEAST)),
            None => (text, span),
        };
        Self { path: snapshot.shown_path(place.file), line, column, text, span }
    }

    fn snippet(&self, kind: AnnotationKind, label: Option<String>) -> Snippet<'_, Annotation<'_>> {
        let annotation = kind.span(self.span.clone()).label(label);
        Snippet::source(&self.text).path(&self.path).line_start(self.line).annotation(annotation)
    }

    /// The excerpt library counts the columns of what it is given, where unseen characters are spelled out and far ones
    /// cut off.
    fn with_own_column(&self, rendered: String) -> String {
        let shown = self.text[..self.span.start].chars().count() + 1;
        if shown == self.column {
            return rendered;
        }
        let Self { path, line, column, .. } = self;
        rendered.replacen(&format!("{path}:{line}:{shown}"), &format!("{path}:{line}:{column}"), 1)
    }
}

/// The line that holds the beginning of `span` with everything unseen made visible, and the span within it: on
/// character boundaries (the excerpt library panics on anything else) and not beyond the line's end (a mark under a
/// whole block would repeat the user's file).
fn marked_line(text: &str, span: &Range<usize>) -> (String, Range<usize>) {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let near = text.floor_char_boundary(start.saturating_sub(SHOWN));
    let from = text[near..start].rfind('\n').map_or(near, |i| near + i + 1);
    let line = |at: usize| {
        let far = text.ceil_char_boundary((at + SHOWN).min(text.len()));
        text[at..far].find(['\r', '\n']).map_or(far, |i| at + i)
    };
    let line_end = line(start);
    let end = text.ceil_char_boundary(span.end.clamp(start, line_end));
    let (before, marked, after) = (&text[from..start], &text[start..end], &text[end..line(end)]);
    let cut = if from == near && near > 0 && !text[..near].ends_with('\n') { "…" } else { "" };
    let before = format!("{cut}{}", visible(before));
    let marked = visible(marked);
    let span = before.len()..before.len() + marked.len();
    (format!("{before}{marked}{}", visible(after)), span)
}

/// The line cut to `room` columns around its mark.
fn fitted(line: &str, span: Range<usize>, room: usize) -> (String, Range<usize>) {
    if width(line) <= room {
        return (line.to_owned(), span);
    }
    let (before, after) = (&line[..span.start], &line[span.end..]);
    let room = room - 2 * CUT.len();
    let marked = head(&line[span], room);
    let left = room - width(marked);
    let before_room = (left / 2).max(left.saturating_sub(width(after)));
    let kept_before = tail(before, before_room);
    let kept_after = head(after, left - width(kept_before));
    let cut = |kept: &str, whole: &str| if kept.len() < whole.len() { CUT } else { "" };
    let before = format!("{}{kept_before}", cut(kept_before, before));
    let span = before.len()..before.len() + marked.len();
    (format!("{before}{marked}{kept_after}{}", cut(kept_after, after)), span)
}

fn width(text: &str) -> usize {
    Ambiguous::Narrow.width(text)
}

/// As much of the beginning of `text` as fits.
fn head(text: &str, room: usize) -> &str {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.take_while(|end| width(&text[..*end]) <= room).last().unwrap_or(0);
    &text[..end]
}

/// As much of the end of `text` as fits.
fn tail(text: &str, room: usize) -> &str {
    let starts = text.char_indices().rev().map(|(at, _)| at);
    let start = starts.take_while(|start| width(&text[*start..]) <= room).last().unwrap_or(text.len());
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, span: Range<usize>) -> (String, String) {
        let (line, span) = marked_line(text, &span);
        (line[span].to_owned(), line.clone())
    }

    #[test]
    fn only_the_line_is_shown_and_only_it_is_marked() {
        let text = "a = 1\r\n人事 = \"課\u{1b}\u{202e}\"\r\nb";
        assert_eq!(marked(text, 7..13), ("人事".into(), "人事 = \"課␛<U+202E>\"".into()));
        assert_eq!(marked(text, 8..12).0, "人事");
        assert_eq!(marked(text, 16..999).0, "\"課␛<U+202E>\"");
        assert_eq!(marked(text, 999..9999), (String::new(), "b".into()));
        assert_eq!(marked("", 0..1), (String::new(), String::new()));
    }

    #[test]
    fn a_line_is_cut_to_the_terminal_around_its_mark() {
        let line = format!("{}key = \"値\"{}", "あいう, ".repeat(40), "かきく, ".repeat(40));
        let start = line.find("key").unwrap();
        for (at, room) in [(start..start + 3, 70), (start..start + 3, 20), (0..line.len(), 70), (0..3, 30)] {
            let (cut, span) = fitted(&line, at.clone(), room);
            assert!(width(&cut) <= room, "{cut}");
            assert!(!cut[span.clone()].is_empty() && line[at].starts_with(&cut[span]), "{cut}");
        }
        let (cut, span) = fitted(&line, start..start + 3, 70);
        assert!(cut.starts_with("...") && cut.ends_with("...") && &cut[span] == "key", "{cut}");
        assert_eq!(fitted("a = 1", 0..1, 20), ("a = 1".to_owned(), 0..1));
    }

    #[test]
    fn of_a_huge_line_only_the_neighbourhood_is_shown() {
        let text = "あ".repeat(1_000_000);
        let (word, line) = marked(&text, 1_500_000..1_500_003);
        assert_eq!(word, "あ");
        assert!(line.starts_with('…') && line.len() < 3 * SHOWN);
        assert!(marked(&text, 0..3_000_000).1.len() < 3 * SHOWN);
    }
}
