//! Shapes and escaped words, one under the other, in whole pixels.

use std::fmt::Write;

use super::{MARGIN, WIDTH};
use kaikaku_text::lang::Lang;
use kaikaku_text::safe::{markup, visible};
use kaikaku_text::width::Ambiguous;

/// On which side of its place a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    pub(super) size: usize,
    pub(super) fill: &'static str,
    pub(super) bold: bool,
}

/// What was drawn, and down to where.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    shapes: String,
    used: usize,
}

/// How many pixels a text of a size takes at most.
pub(super) fn width(text: &str, size: usize) -> usize {
    // A column is half an em; wide letters of Latin fonts are a little more.
    Ambiguous::Wide.width(text) * size * 6 / 10
}

impl Ink {
    pub(super) fn plain(size: usize, fill: &'static str) -> Self {
        Self { size, fill, bold: false }
    }

    pub(super) fn bold(size: usize, fill: &'static str) -> Self {
        Self { size, fill, bold: true }
    }
}

impl Canvas {
    /// Where what is drawn next begins.
    pub(super) fn top(&self) -> usize {
        self.used + 12
    }

    /// Takes so many pixels, and tells where they begin.
    pub(super) fn room(&mut self, height: usize) -> usize {
        let top = self.top();
        self.used += height;
        top
    }

    /// A text from `x` to the margin, on as many lines as it takes, each so many pixels high.
    pub(super) fn paragraph(&mut self, text: &str, ink: Ink, x: usize, height: usize) {
        let columns = (WIDTH - MARGIN - x) * 10 / (ink.size * 6);
        for line in Ambiguous::Wide.wrap(&visible(text), Some(columns)) {
            let top = self.room(height);
            self.text((x, top + height / 2 + ink.size / 3), ink, Anchor::Start, line);
        }
    }

    pub(super) fn text(&mut self, (x, y): (usize, usize), ink: Ink, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (Ink { size, fill, bold }, text) = (ink, markup(text));
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        // White around the letters, so that a line behind them does not cross them out.
        self.shape(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} text-anchor=\"{anchor}\" fill=\"{fill}\" \
             stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">{text}</text>"
        ));
    }

    /// What is drawn states this fact.
    pub(super) fn fact(&mut self, id: Option<&str>, draw: impl FnOnce(&mut Self)) {
        if let Some(id) = id {
            self.shapes.push_str(&format!("<g data-fact=\"{}\">", markup(id)));
        }
        draw(self);
        if id.is_some() {
            self.shapes.push_str("</g>");
        }
    }

    pub(super) fn line(&mut self, from: (usize, usize), to: (usize, usize), width: usize, color: &str, dashed: bool) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let dash = if dashed { " stroke-dasharray=\"3 3\"" } else { "" };
        self.shape(&format!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{color}\" stroke-width=\"{width}\"{dash}/>"
        ));
    }

    pub(super) fn rect(&mut self, x: usize, y: usize, width: usize, height: usize, fill: &str) {
        self.shape(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"));
    }

    pub(super) fn circle(&mut self, x: usize, y: usize, radius: usize, fill: &str) {
        self.shape(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"#ffffff\" stroke-width=\"1\"/>"
        ));
    }

    /// With its point at the top.
    pub(super) fn triangle(&mut self, x: usize, y: usize, size: usize, fill: &str) {
        let (left, right, bottom) = (x - size / 2, x + size / 2, y + size);
        self.shape(&format!("<polygon points=\"{x},{y} {left},{bottom} {right},{bottom}\" fill=\"{fill}\"/>"));
    }

    /// Open to the right where the hooks are longer than nothing, else to the left.
    pub(super) fn bracket(&mut self, (x, y): (usize, usize), hooks: i32, color: &str) {
        let (top, back) = (y - 11, -hooks);
        self.shape(&format!(
            "<path d=\"M{x} {top} m{hooks} 0 h{back} v22 h{hooks}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>"
        ));
    }

    fn shape(&mut self, shape: &str) {
        self.shapes.push_str("  ");
        self.shapes.push_str(shape);
        self.shapes.push('\n');
    }

    /// The whole document.
    pub(super) fn document(self, id: &str, title: &str, description: &str, lang: Lang) -> String {
        let (id, title, description) = (markup(id), markup(title), markup(description));
        let (height, lang) = (self.used + 24, lang.pick("ja", "en"));
        let mut out = String::new();
        // A String takes every write.
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" xml:lang=\"{lang}\" font-family=\"sans-serif\" \
             aria-labelledby=\"{id}-title {id}-desc\">\n  <title id=\"{id}-title\">{title}</title>\n  \
             <desc id=\"{id}-desc\">{description}</desc>\n  \
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>",
            self.shapes
        );
        out
    }
}
