//! A finding as a person reads it: the user's own line, a caret that stands right under full-width text, what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Finding, Place, Severity, line_column};
use crate::lang::Lang;
use crate::source::Snapshot;

/// The finding with its excerpt. A file that could not be read as text has none.
pub fn excerpt(finding: &Finding, snapshot: &Snapshot, lang: Lang, color: bool) -> String {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(finding.severity().name(lang));
    let title = level.primary_title(finding.message.text(lang)).id(finding.code.slug());
    let mut group = Group::with_title(title);
    let place = &finding.place;
    group = if place.span == (0..0) {
        group.element(annotate_snippets::Origin::path(snapshot.shown_path(place.file)))
    } else {
        group.element(snippet(snapshot, place, AnnotationKind::Primary, None))
    };
    if let Some((place, label)) = &finding.related {
        group = group.element(snippet(snapshot, place, AnnotationKind::Context, Some(label.text(lang))));
    }
    group = group.element(Level::HELP.with_name(lang.pick("対処", "help")).message(finding.help.text(lang)));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The one line of the file that holds the beginning of `place`, marked.
///
/// Only that line is handed on, so a finding in a huge file costs no more than one in a small file.
fn snippet<'a>(
    snapshot: &'a Snapshot,
    place: &Place,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = snapshot.text(place.file);
    let (line, _) = line_column(text, place.span.start);
    let (line_text, span) = marked_line(text, &place.span);
    Snippet::source(line_text)
        .path(snapshot.shown_path(place.file))
        .line_start(line)
        .annotation(kind.span(span).label(label))
}

/// The line that holds the beginning of `span`, and the span within it: on character boundaries (the excerpt library
/// panics on anything else) and not beyond the line's end (a mark under a whole block would repeat the user's file).
fn marked_line<'a>(text: &'a str, span: &Range<usize>) -> (&'a str, Range<usize>) {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    let end = text.ceil_char_boundary(span.end.clamp(start, line_end)).min(line_end);
    (&text[line_start..line_end], start - line_start..end - line_start)
}
