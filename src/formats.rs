//! Every format of a report, once: how its files end, how it is written, how it is read back. `--format`, `-o`, `verify`
//! and their help take it from [`FORMATS`]; a new format is its writer, perhaps its reader, and one line there.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::failure::Failure;
use crate::lang::Lang;
use crate::render::csv::Encoding;
use crate::render::text::TextStyle;
use crate::render::{csv, docx, html, ics, md, text, xlsx};
use crate::report::{Report, json};
use crate::say;
use crate::verify::{self, Sheet};

/// One format.
#[derive(Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// The extensions of its files; the first one is shown.
    pub extensions: &'static [&'static str],
    /// Whether it can be printed: `--format` offers it.
    pub is_printed: bool,
    /// Whether every report can be written so: help lists it.
    pub is_general: bool,
    write: Writer,
    read: Option<Reader>,
}

/// Writes a report; the encoding is that of CSV.
type Writer = fn(&dyn Report, Lang, Encoding) -> Result<Vec<u8>, Failure>;

/// Reads a paper back.
type Reader = fn(&[u8]) -> Result<Sheet, Failure>;

/// The formats, in the order in which help lists the extensions; `--format` lists them from the end.
pub static FORMATS: [&Format; 8] = [&DOCX, &XLSX, &HTML, &MD, &CSV, &JSON, &TEXT, &ICS];

/// Word.
pub static DOCX: Format = Format {
    name: "docx",
    extensions: &["docx"],
    is_printed: false,
    is_general: true,
    write: |report, lang, _| Ok(docx::docx(&report.paper(lang), lang)),
    read: Some(verify::docx::read),
};

/// Excel: the report, and its table as data.
pub static XLSX: Format = Format {
    name: "xlsx",
    extensions: &["xlsx"],
    is_printed: false,
    is_general: true,
    write: |report, lang, _| {
        xlsx::xlsx(&report.paper(lang), &report.data(lang), lang)
            .map_err(|e| Failure::new(e.say(), say!("CSV で出力してください", "write it as CSV")))
    },
    read: Some(verify::xlsx::read),
};

/// One file of HTML.
pub static HTML: Format = Format {
    name: "html",
    extensions: &["html", "htm"],
    is_printed: true,
    is_general: true,
    write: |report, lang, _| Ok(html::html(&report.paper(lang), lang).into_bytes()),
    read: Some(|bytes| verify::html::read(&words(bytes)?)),
};

/// Markdown.
pub static MD: Format = Format {
    name: "md",
    extensions: &["md", "markdown"],
    is_printed: true,
    is_general: true,
    write: |report, lang, _| Ok(md::md(&report.paper(lang), lang).into_bytes()),
    read: Some(|bytes| verify::md::read(&words(bytes)?)),
};

/// The table, one value a cell.
pub static CSV: Format = Format {
    name: "csv",
    extensions: &["csv"],
    is_printed: true,
    is_general: true,
    write: |report, lang, encoding| {
        csv::csv(&report.sheet(lang), encoding).map_err(|e| {
            Failure::new(e.say(), say!("--encoding utf-8-bom で出力してください", "write it with --encoding utf-8-bom"))
        })
    },
    read: None,
};

/// For programs.
pub static JSON: Format = Format {
    name: "json",
    extensions: &["json"],
    is_printed: true,
    is_general: true,
    write: |report, _, _| Ok(json::text(&report.json()).into_bytes()),
    read: None,
};

/// As a terminal shows it.
pub static TEXT: Format = Format {
    name: "text",
    extensions: &["txt", "text"],
    is_printed: true,
    is_general: true,
    write: |report, lang, _| Ok(text::text(&report.document(lang), &TextStyle::default()).into_bytes()),
    read: None,
};

/// iCalendar: the dates of a report that has some.
pub static ICS: Format = Format {
    name: "ics",
    extensions: &["ics"],
    is_printed: false,
    is_general: false,
    write: |report, lang, _| {
        let dates = report.dates(lang).ok_or_else(|| {
            Failure::new(
                say!("これには、カレンダーに取り込む予定がありません", "this has no dates for a calendar"),
                say!(
                    "kaikaku calendar の予定だけを .ics に出力できます",
                    "only the duties of `kaikaku calendar` are written as .ics"
                ),
            )
        })?;
        Ok(ics::ics(&dates).into_bytes())
    },
    read: None,
};

impl Format {
    /// The format that `--format` calls `name`.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.name == name)
    }

    /// The format that the extension of a path names.
    pub fn of_path(path: &Path) -> Option<&'static Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        FORMATS.into_iter().find(|format| format.extensions.contains(&extension.as_str()))
    }

    /// The report in this format; `encoding` is that of CSV.
    ///
    /// # Errors
    /// When the format cannot hold it.
    pub fn write(&self, report: &dyn Report, lang: Lang, encoding: Encoding) -> Result<Vec<u8>, Failure> {
        (self.write)(report, lang, encoding)
    }

    /// Whether papers of this format are read back.
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// Reads a paper back.
    ///
    /// # Errors
    /// When the bytes are no file of this format, or none of it is read back.
    pub fn read(&self, bytes: &[u8]) -> Result<Sheet, Failure> {
        let name = self.name;
        let unread = || Failure::plain(say!("{name} は読み戻せません", "{name} is not read back"));
        self.read.ok_or_else(unread)?(bytes)
    }
}

/// What `--format` offers.
pub fn printed() -> impl Iterator<Item = &'static str> {
    FORMATS.into_iter().rev().filter(|format| format.is_printed).map(|format| format.name)
}

/// The extensions of the formats that `wanted` says yes to, each as people write it, joined by `comma`.
pub fn extensions(wanted: fn(&Format) -> bool, dot: &str, comma: &str) -> String {
    let shown = FORMATS.into_iter().filter(|format| wanted(format)).filter_map(|format| format.extensions.first());
    shown.map(|extension| format!("{dot}{extension}")).collect::<Vec<_>>().join(comma)
}

/// The words of a file in UTF-8 or, as `>` of PowerShell and the editor of Windows write it, in UTF-16.
fn words(bytes: &[u8]) -> Result<Cow<'_, str>, Failure> {
    let failed = || Failure::plain(say!("文字コードが UTF-8 ではありません", "its encoding is not UTF-8"));
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| failed()),
    };
    let (text, _, had_errors) = encoding.decode(bytes);
    if had_errors { Err(failed()) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_one_format() {
        let of = |path: &str| Format::of_path(Path::new(path)).map(|format| format.name);
        let paths = ["a.docx", "a.XLSX", "a.htm", "b/a.markdown", "a.txt", "a.ods", "docx", ""];
        let names = [Some("docx"), Some("xlsx"), Some("html"), Some("md"), Some("text"), None, None, None];
        assert_eq!(paths.map(of), names);
        let mut all: Vec<&str> = FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count, "an extension of two formats");
    }

    #[test]
    fn help_and_refusals_list_what_there_is() {
        assert_eq!(printed().collect::<Vec<_>>(), ["text", "json", "csv", "md", "html"]);
        assert_eq!(extensions(|format| format.is_general, "", ", "), "docx, xlsx, html, md, csv, json, txt");
        assert_eq!(extensions(Format::is_read, ".", ", "), ".docx, .xlsx, .html, .md");
    }
}
