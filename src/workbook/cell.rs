//! One cell: what it holds, and what a person sees of it.

use super::colour::Paint;
use super::number::exact;
use super::{Format, Kind};
use crate::text::fold::fold;
use crate::text::same::text_key;

/// One cell that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it holds; `None` for a formula whose result was not kept.
    pub value: Option<Content>,
    /// The formula whose result it is; empty where it is shared with another cell.
    pub formula: Option<String>,
    /// How it is shown.
    pub format: Format,
    /// What of it is struck through.
    pub struck: Struck,
    /// How it is set off: which of the looks of the workbook it has; 0 is that of an untouched cell.
    pub look: u16,
    /// How large its letters are, in hundredths of those by which columns are measured; 0 where they are made to fit.
    pub size: u32,
    /// The letters and the ground of it.
    pub paint: Paint,
}

/// How a cell is set off from others, by the letters and the ground of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Look {
    /// What sets its letters off: bold, a colour, a size …, as the file writes them.
    pub font: String,
    /// The colour or pattern of its ground, as the file writes it; empty where there is none.
    pub fill: String,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Words.
    Text(String),
    /// A number, as the file has it.
    Number(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// #REF! and its kind.
    Error(String),
}

/// What of a cell is struck through (見え消し).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Struck {
    /// Nothing.
    #[default]
    Nothing,
    /// A part of its words.
    Part {
        /// The words that are struck through.
        gone: String,
        /// The words that are left.
        left: String,
    },
    /// All of it.
    Whole,
}

impl Cell {
    /// A cell that holds this and shows it as it is.
    pub fn new(content: Content) -> Self {
        let (format, struck) = (Format::default(), Struck::default());
        Self { value: Some(content), formula: None, format, struck, look: 0, size: 100, paint: Paint::default() }
    }

    /// A cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Content::Text(text.into()))
    }

    /// The same cell in another format.
    #[must_use]
    pub fn with_format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// Its words, without those that are struck through; `None` for anything else.
    pub fn words(&self) -> Option<&str> {
        match (&self.value, &self.struck) {
            (Some(Content::Text(_)), Struck::Part { left, .. }) => Some(left),
            (Some(Content::Text(_)), Struck::Whole) => Some(""),
            (Some(Content::Text(text)), Struck::Nothing) => Some(text),
            _ => None,
        }
    }

    /// Whether it is shown as a day, a percentage or as it is.
    pub fn kind(&self) -> Kind {
        self.format.kind()
    }

    /// What a person sees in it, struck through or not; `None` where that cannot be known.
    pub fn shown(&self) -> Option<String> {
        match self.value.as_ref()? {
            Content::Text(text) => Some(self.format.shown_words(text)),
            Content::Number(raw) => self.format.shown(exact(raw)?.0),
            Content::Bool(is_true) => Some(if *is_true { "TRUE" } else { "FALSE" }.to_owned()),
            Content::Error(error) => Some(error.clone()),
        }
    }

    /// Whether it holds what a chart has kept of it: the same number, or the same words.
    pub fn holds(&self, kept: &str) -> bool {
        const ROUNDED: f64 = 1e-12;
        let number = |text: &str| text.trim().parse::<f64>().ok();
        let stored = if let Some(Content::Number(raw)) = &self.value { number(raw) } else { None };
        let is_near = |(a, b): (f64, f64)| (a - b).abs() <= ROUNDED * a.abs().max(b.abs());
        // A heading may be spaced (上　限), and whoever types takes letters of either width.
        let plain = |text: &str| fold(&text_key(text)).split_whitespace().collect::<String>();
        let is_same = |shown: String| plain(&shown) == plain(kept);
        stored.zip(number(kept)).is_some_and(is_near) || self.shown().is_some_and(is_same)
    }

    /// What it holds in words, for naming it to a person: what is seen, else what the file has.
    pub fn named(&self) -> String {
        let stored = || match &self.value {
            Some(Content::Number(raw)) => raw.clone(),
            _ => format!("={}", self.formula.as_deref().unwrap_or_default()),
        };
        self.shown().filter(|shown| !shown.trim().is_empty()).unwrap_or_else(stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_chart_keeps_is_held_against_what_is_seen_whatever_its_spaces_and_widths() {
        for (cell, kept) in [
            ("上　限", "上限"),
            ("上限", "上 限"),
            ("実績値（Ｒ７）", "実績値（R7）"),
            ("基準値\n（R5）", "基準値（R5）"),
        ] {
            assert!(Cell::text(cell).holds(kept), "{cell} {kept}");
        }
        for (cell, kept) in [("上限", "下限"), ("R7", "R8"), ("", "上限")] {
            assert!(!Cell::text(cell).holds(kept), "{cell} {kept}");
        }
    }
}
