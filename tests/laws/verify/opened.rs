//! A paper opened, so that the words in it can be exchanged.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use kaikaku::formats::Format;
use kaikaku::report::named::Named;

/// The parts of a file that hold what a reader sees, as text.
pub struct Opened {
    parts: Vec<(String, Vec<u8>)>,
    is_zip: bool,
}

impl Opened {
    pub fn new(format: &Format, bytes: &[u8]) -> Self {
        if !matches!(format.name, "docx" | "xlsx") {
            return Self { parts: vec![(String::new(), bytes.to_vec())], is_zip: false };
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let parts = (0..zip.len()).map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        });
        Self { parts: parts.collect(), is_zip: true }
    }

    fn bytes(&self) -> Vec<u8> {
        if !self.is_zip {
            return self.parts[0].1.clone();
        }
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in &self.parts {
            zip.start_file(name.as_str(), stored).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Where the words stand that a reader sees: the part, and the place in it.
    pub fn words(&self, format: &Format) -> Vec<(usize, Range<usize>)> {
        const SEEN: usize = 9;
        let (mut found, shown, shown_sheets) = (Vec::new(), self.shown_strings(), self.shown_sheets());
        for (at, (name, bytes)) in self.parts.iter().enumerate() {
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            let ranges = match (format.name, name.as_str()) {
                ("docx", "word/document.xml" | "word/footnotes.xml") => between(text, "<w:t ", "</w:t>"),
                ("xlsx", "xl/sharedStrings.xml") => {
                    let mut strings = between(text, "<t", "</t>");
                    strings.retain(|range| shown.contains(&(text[..range.start].matches("<si>").count() - 1)));
                    strings
                }
                ("xlsx", "xl/worksheets/sheet1.xml" | "xl/worksheets/sheet3.xml") if shown_sheets.contains(name) => {
                    let values = between(text, "<v", "</v>").into_iter();
                    // Of a number with more digits than Excel shows the last ones are not seen.
                    let is_seen = |range: &Range<usize>| range.len() <= SEEN;
                    values.filter(|range| !text[..range.start].ends_with("t=\"s\"><v>")).filter(is_seen).collect()
                }
                ("html", _) => between(text, "<", "<"),
                ("md", _) => lines(text),
                _ => Vec::new(),
            };
            found.extend(ranges.into_iter().map(|range| (at, range)));
        }
        found
    }

    /// Which strings of a workbook stand in a sheet that is shown; the last one is the hidden list of facts.
    fn shown_strings(&self) -> BTreeSet<usize> {
        let shown = self.shown_sheets();
        let sheets = self.parts.iter().filter(|(name, _)| shown.contains(name));
        let texts = sheets.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap());
        let strings = texts.flat_map(|text| text.split("t=\"s\"><v>").skip(1));
        strings.filter_map(|rest| rest.split('<').next()?.parse().ok()).collect()
    }

    fn shown_sheets(&self) -> Vec<String> {
        let mut sheets: Vec<String> = self.parts.iter().map(|(name, _)| name.clone()).collect();
        sheets.retain(|name| name.starts_with("xl/worksheets/sheet"));
        sheets.sort();
        sheets.pop();
        sheets
    }

    /// Whether the words of a place are a number of a workbook, which is written in one way only.
    pub fn is_value(&self, (part, _): &(usize, Range<usize>)) -> bool {
        self.parts[*part].0.starts_with("xl/worksheets/")
    }

    pub fn text(&self, (part, range): &(usize, Range<usize>)) -> &str {
        std::str::from_utf8(&self.parts[*part].1[range.clone()]).unwrap()
    }

    /// The file with other words in one place.
    pub fn with(&self, (part, range): &(usize, Range<usize>), words: &str) -> Vec<u8> {
        let mut parts = self.parts.clone();
        let (mut range, mut words) = (range.clone(), words.to_owned());
        if self.parts[*part].0 == "xl/sharedStrings.xml" && words.contains("</t></r><r>") {
            // A string in two fonts consists of runs, each with its text.
            let text = std::str::from_utf8(&self.parts[*part].1).unwrap();
            range = text[..range.start].rfind("<t").unwrap()..range.end + "</t>".len();
            words = format!("<r><t xml:space=\"preserve\">{words}</t></r>");
        }
        parts[*part].1.splice(range, words.bytes());
        Self { parts, is_zip: self.is_zip }.bytes()
    }
}

/// The texts of elements. What HTML has in its head, and the words beside pictures, are left out.
fn between(text: &str, open: &str, close: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), text.find("<body").unwrap_or(0));
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        let Some(begin) = text[start..].find('>').map(|end| start + end + 1) else { break };
        let Some(end) = text[begin..].find(close).map(|end| begin + end) else { break };
        let is_text = !text[begin..end].trim().is_empty() && !text[begin..end].contains('<');
        if is_text && !text[start..].starts_with("<title") && !text[start..].starts_with("<t/") {
            found.push(begin..end);
        }
        at = if close == "<" { end.max(start + 1) } else { end };
    }
    found
}

/// The lines of Markdown that hold words; rules of tables and the list of facts at the end are none.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    let (shown, _) = text.split_once("<!--").unwrap();
    for line in shown.split_inclusive('\n') {
        if !line.starts_with("| ---") && !line.trim().is_empty() {
            found.push(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    found
}

/// Whether the words are those of a heading, whose number is none of its facts, or of the line that names the record.
pub fn is_apart(words: &str) -> bool {
    let bare = words.trim_start_matches(['#', ' ']);
    let numbered = bare.split_once('　').or_else(|| bare.split_once(". ")).map(|(number, _)| number);
    Named::find(words).is_some() || numbered.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}
