//! A report for the terminal, a pager or a plain-text mail.

mod chart;
mod rows;
mod table;
#[cfg(test)]
mod tests;

use std::convert::Infallible;

use anstyle::{AnsiColor, Style};

#[cfg(test)]
pub(super) use chart::tests::any_chart;

use rows::Ruled;

use kaikaku_document::{Block, Branch, Document, Section, Tone};
use kaikaku_text::safe::{one_line, visible};
pub use kaikaku_text::width::Ambiguous;

/// Where the text will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextStyle {
    /// The terminal's columns; `None` when piped, and then nothing is wrapped.
    pub width: Option<usize>,
    /// How wide the terminal draws ① and ▲.
    pub ambiguous: Ambiguous,
    /// Whether tones are shown in colour.
    pub color: bool,
}

/// The report as plain text: one blank line between its parts, one line feed at its end; nothing for an empty one.
pub fn text(doc: &Document, style: &TextStyle) -> String {
    let mut text = String::new();
    let Ok(()) = write(doc, style, &mut |piece| {
        text.push_str(piece);
        Ok::<_, Infallible>(())
    });
    text
}

/// The same, piece by piece, as it is laid out: a long list is too much to be put together.
///
/// # Errors
/// The first one of `out`.
pub fn write<E>(doc: &Document, style: &TextStyle, out: &mut impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let doc = doc.in_signs();
    let (page, doc) = (TextPage { style }, &*doc.spelled_out());
    let sections = doc.sections.iter().flat_map(|section| page.section(section));
    let parts = std::iter::once(as_lines(page.head(doc))).chain(sections);
    for (at, part) in parts.filter(|part| part.iter().any(Piece::is_seen)).enumerate() {
        if at > 0 {
            out("\n")?;
        }
        for piece in part {
            match piece {
                Piece::Line(line) => out(&line).and_then(|()| out("\n"))?,
                Piece::Rows(ruled) => page.each_part(&ruled, out)?,
            }
        }
    }
    Ok(())
}

/// A piece of what is between two blank lines.
enum Piece<'d> {
    Line(String),
    /// The rows of a table, which are laid out where they are written.
    Rows(Ruled<'d>),
}

impl Piece<'_> {
    fn is_seen(&self) -> bool {
        !matches!(self, Self::Line(line) if line.is_empty())
    }
}

fn as_lines<'d>(lines: Vec<String>) -> Vec<Piece<'d>> {
    lines.into_iter().map(Piece::Line).collect()
}

/// What stands before a heading, by its depth.
const SIGNS: [&str; 3] = ["■ ", "□ ", "○ "];
/// The least room a text is wrapped to, however deep it stands.
const LEAST_ROOM: usize = 8;
/// The least room for what stands beside a name.
const LEAST_BESIDE: usize = 16;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

fn style_of(tone: Tone) -> Style {
    let color = |color: AnsiColor| PLAIN.fg_color(Some(color.into()));
    match tone {
        Tone::Plain => PLAIN,
        Tone::Faint => FAINT,
        Tone::Good => color(AnsiColor::Green),
        Tone::Warn => color(AnsiColor::Yellow),
        Tone::Bad => color(AnsiColor::Red),
        Tone::Strong => BOLD,
    }
}

/// Lays the parts of a document out as lines.
struct TextPage<'a> {
    style: &'a TextStyle,
}

impl TextPage<'_> {
    fn head(&self, doc: &Document) -> Vec<String> {
        let mut lines = Vec::new();
        if !doc.title.is_empty() {
            let title = self.wrap(&doc.title, 0);
            let rule = self.sign("═", "=").repeat(title.iter().map(|line| self.width(line)).max().unwrap_or(0));
            lines.extend(title.iter().map(|line| self.paint(line, BOLD)));
            lines.push(self.paint(&rule, FAINT));
        }
        lines.extend(doc.lead.iter().flat_map(|line| self.hang("", &line.text, PLAIN)));
        lines
    }

    fn section<'d>(&self, section: &'d Section) -> Vec<Vec<Piece<'d>>> {
        let sign = *SIGNS.get(section.depth).unwrap_or(&"・ ");
        let heading = section.heading.iter().map(|heading| as_lines(self.hang(sign, heading, BOLD)));
        heading.chain(section.blocks.iter().map(|block| self.block(block))).collect()
    }

    fn block<'d>(&self, block: &'d Block) -> Vec<Piece<'d>> {
        as_lines(match block {
            Block::Text(line) => self.hang("", &line.text, style_of(line.tone)),
            Block::List(items) => {
                items.iter().flat_map(|item| self.hang("- ", &item.text, style_of(item.tone))).collect()
            }
            Block::Fields(fields) => {
                let fields: Vec<_> =
                    fields.iter().map(|(name, line)| (one_line(name), &*line.text, style_of(line.tone))).collect();
                self.fields(&fields)
            }
            Block::Table(table) => return self.table(table),
            Block::Tree(branches) => self.tree(branches),
            Block::Charts(charts) => self.charts(charts),
        })
    }

    /// Names in a column, what they stand for beside it; beneath it where the page is too narrow.
    fn fields(&self, fields: &[(String, &str, Style)]) -> Vec<String> {
        let widest = fields.iter().map(|(name, ..)| self.width(name)).max().unwrap_or(0);
        let beside = self.style.width.is_none_or(|width| widest + 2 + LEAST_BESIDE <= width);
        let mut lines = Vec::new();
        for (name, text, style) in fields {
            if beside {
                let pad = " ".repeat(widest - self.width(name) + 2);
                lines.extend(self.hang(&format!("{name}{pad}"), text, *style));
            } else {
                lines.extend(self.hang("", name, PLAIN));
                lines.extend(self.hang("  ", text, *style));
            }
        }
        lines
    }

    /// Read from the end, where it is known at each depth whether a sibling follows.
    fn tree(&self, branches: &[Branch]) -> Vec<String> {
        let (fork, last, bar) = (self.sign("├─ ", "|- "), self.sign("└─ ", "`- "), self.sign("│  ", "|  "));
        let mut follows: Vec<bool> = Vec::new();
        let mut nodes = Vec::with_capacity(branches.len());
        for Branch { depth, line } in branches.iter().rev() {
            follows.resize(depth + 1, false);
            let stem: String = follows[..*depth].iter().skip(1).map(|more| if *more { bar } else { "   " }).collect();
            let (first, rest) = match (depth, follows[*depth]) {
                (0, _) => ("", ""),
                (_, true) => (fork, bar),
                (_, false) => (last, "   "),
            };
            let (first, rest) = (format!("{stem}{first}"), format!("{stem}{rest}"));
            nodes.push(self.hang_over(&first, &rest, &line.text, style_of(line.tone)));
            follows[*depth] = true;
        }
        nodes.into_iter().rev().flatten().collect()
    }

    /// `first` and the text, whose further lines stand under its first one.
    fn hang(&self, first: &str, text: &str, style: Style) -> Vec<String> {
        self.hang_over(first, &" ".repeat(self.width(first)), text, style)
    }

    /// `first` and the first line of the text, then `rest` and each further line.
    fn hang_over(&self, first: &str, rest: &str, text: &str, style: Style) -> Vec<String> {
        let lines = self.wrap(text, self.width(rest)).into_iter().enumerate();
        lines
            .map(|(at, line)| format!("{}{}", if at == 0 { first } else { rest }, self.paint(&line, style)))
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    fn wrap(&self, text: &str, indent: usize) -> Vec<String> {
        let room = self.style.width.map(|width| width.saturating_sub(indent).max(LEAST_ROOM));
        self.style.ambiguous.wrap(&visible(text), room).into_iter().map(str::to_owned).collect()
    }

    fn width(&self, text: &str) -> usize {
        self.style.ambiguous.width(text)
    }

    /// Box-drawing characters are of ambiguous width themselves: where they are drawn wide, ASCII stands in.
    fn sign<'s>(&self, drawn: &'s str, ascii: &'s str) -> &'s str {
        match self.style.ambiguous {
            Ambiguous::Narrow => drawn,
            Ambiguous::Wide => ascii,
        }
    }

    fn paint(&self, line: &str, style: Style) -> String {
        if !self.style.color || line.is_empty() || style.is_plain() {
            return line.to_owned();
        }
        format!("{style}{line}{style:#}")
    }
}
