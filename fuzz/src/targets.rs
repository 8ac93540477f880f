//! What is fed.

mod arguments;
mod files;
mod plan;
mod texts;

use crate::dictionary::{ARGUMENTS, CSV, DATA, HTML, MARKDOWN, MINUTES, SYNTAX, TOML, XML};

/// Something that takes what comes from outside.
pub struct Target {
    pub name: &'static str,
    /// Files of the repository that are inputs, too.
    pub seeds: &'static [&'static str],
    /// Whether a stretch of an input is one as well.
    pub takes_parts: bool,
    /// Words that it knows.
    pub dictionary: &'static [&'static str],
    /// Panics where a law does not hold.
    pub run: fn(&[u8]),
}

pub const TARGETS: &[Target] = &[
    Target { name: "plan", seeds: &[], takes_parts: false, dictionary: TOML, run: plan::plan },
    Target {
        name: "workbook",
        seeds: &["tests/papers/golden/sample.xlsx"],
        takes_parts: false,
        dictionary: XML,
        run: files::workbook,
    },
    Target {
        name: "word",
        seeds: &["tests/papers/golden/sample.docx"],
        takes_parts: false,
        dictionary: XML,
        run: files::word,
    },
    Target {
        name: "html",
        seeds: &["tests/papers/golden/sample.html"],
        takes_parts: true,
        dictionary: HTML,
        run: files::html,
    },
    Target {
        name: "markdown",
        seeds: &["tests/papers/golden/sample.md"],
        takes_parts: true,
        dictionary: MARKDOWN,
        run: files::markdown,
    },
    Target { name: "csv", seeds: &[], takes_parts: true, dictionary: CSV, run: files::csv },
    Target {
        name: "minutes",
        seeds: &["tests/papers/golden/sample.xlsx", "tests/papers/golden/sample.docx"],
        takes_parts: true,
        dictionary: MINUTES,
        run: files::minutes,
    },
    Target {
        name: "opendata",
        seeds: &["tests/papers/golden/sample.xlsx"],
        takes_parts: true,
        dictionary: DATA,
        run: files::opendata,
    },
    Target { name: "arguments", seeds: &[], takes_parts: false, dictionary: ARGUMENTS, run: arguments::arguments },
    Target { name: "merge", seeds: &[], takes_parts: false, dictionary: TOML, run: texts::merged },
    Target {
        name: "toml",
        seeds: &["plan/2027/plan.toml", "plan/example/indicators.toml", "plan/example/plan.toml"],
        takes_parts: false,
        dictionary: SYNTAX,
        run: texts::parsers,
    },
];
