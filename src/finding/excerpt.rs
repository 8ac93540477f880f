//! A finding as a person reads it: the user's own line, a caret that stands right under full-width text, what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Finding, Place, Severity};
use crate::lang::Lang;
use crate::render::safe::{one_line, visible};
use crate::source::Snapshot;

/// How much of a line is shown before, under and after the mark, in bytes: a line may be as long as its file.
const SHOWN: usize = 300;

/// The finding with its excerpt. A file that could not be read as text has none.
pub fn excerpt(finding: &Finding, snapshot: &Snapshot, lang: Lang, color: bool) -> String {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(finding.severity().name(lang));
    let title = level.primary_title(one_line(finding.message.text(lang))).id(finding.code.slug());
    let mut group = Group::with_title(title);
    let primary = Marked::new(snapshot, &finding.place);
    group = if finding.place.is_whole_file() {
        group.element(Origin::path(primary.path.clone()))
    } else {
        group.element(primary.snippet(AnnotationKind::Primary, None))
    };
    let related = finding.related.as_ref().map(|(place, label)| (Marked::new(snapshot, place), label.text(lang)));
    if let Some((related, label)) = &related {
        group = group.element(related.snippet(AnnotationKind::Context, Some(one_line(label))));
    }
    let help = one_line(finding.help.text(lang));
    if !help.is_empty() {
        group = group.element(Level::HELP.with_name(lang.pick("対処", "help")).message(help));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
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
    fn new(snapshot: &Snapshot, place: &Place) -> Self {
        let (line, column) = snapshot.line_column(place.file, place.span.start);
        let (text, span) = marked_line(snapshot.text(place.file), &place.span);
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
    fn of_a_huge_line_only_the_neighbourhood_is_shown() {
        let text = "あ".repeat(1_000_000);
        let (word, line) = marked(&text, 1_500_000..1_500_003);
        assert_eq!(word, "あ");
        assert!(line.starts_with('…') && line.len() < 3 * SHOWN);
        assert!(marked(&text, 0..3_000_000).1.len() < 3 * SHOWN);
    }
}
