//! A block of TOML in the making, and how it comes behind what a file says already.

use std::fmt::Write;

use chrono::NaiveDate;

use crate::ledger::written::Written;
use crate::text::safe::is_unseen;

/// A block: keys padded to one width, as the files are written by hand.
#[derive(Debug)]
pub struct Block {
    text: String,
    /// What is taken over from the record that this one corrects, unless it says something else.
    kept: Written,
}

impl Block {
    /// A block under this header, with the keys of the record that it corrects.
    pub fn new(header: &str, kept: Written) -> Self {
        Self { text: format!("[[{header}]]\n"), kept }
    }

    /// Adds `key = value`, where `value` is TOML already; without one, what is taken over.
    pub fn raw(&mut self, key: &str, value: Option<&str>) {
        let kept = self.kept.take(key);
        if let Some(value) = value.or(kept.as_deref()) {
            // Writing to a String cannot fail.
            let _ = writeln!(self.text, "{key:<8} = {value}");
        }
    }

    /// Adds a text, quoted as it needs. An empty one says nothing, and so nothing is taken over either.
    pub fn text(&mut self, key: &str, text: Option<&str>) {
        match text.map(str::trim) {
            Some("") => drop(self.kept.take(key)),
            text => self.raw(key, text.map(quoted).as_deref()),
        }
    }

    /// Adds the footnotes, or those that are taken over, and with them why something unlikely is right.
    pub fn notes(&mut self, notes: &[&str], confirmed: Option<&str>) {
        match (notes, confirmed) {
            ([], None) => return self.text("note", None),
            ([note], None) => return self.text("note", Some(note)),
            _ => {}
        }
        let mut all: Vec<String> = match notes {
            [] => self.kept.texts("note"),
            notes => notes.iter().map(|note| note.trim().to_owned()).collect(),
        };
        all.extend(confirmed.map(|reason| reason.trim().to_owned()));
        all.retain(|note| !note.is_empty());
        self.kept.take("note");
        let all: Vec<String> = all.iter().map(|note| quoted(note)).collect();
        match all.as_slice() {
            [note] => self.raw("note", Some(note)),
            all => self.raw("note", Some(&format!("[{}]", all.join(", ")))),
        }
    }

    /// Adds a day.
    pub fn date(&mut self, key: &str, date: NaiveDate) {
        self.raw(key, Some(&date.to_string()));
    }

    /// The block of a record that only takes back what it corrects.
    pub fn withdrawal(mut self, note: Option<&str>, by: Option<&str>) -> Self {
        self.kept = Written::default();
        self.raw("withdrawn", Some("true"));
        self.text("note", note);
        self.text("by", by);
        self
    }

    /// The block, with all that is left to take over.
    pub fn finish(mut self) -> String {
        for (key, value) in std::mem::take(&mut self.kept).into_keys() {
            let _ = writeln!(self.text, "{key:<8} = {value}");
        }
        self.text
    }
}

/// A text as a TOML string on one line: a line break in it is no line end, which editors and git may change.
pub fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        // What is unseen would mislead whoever reads the file.
        c if is_unseen(c) && u32::from(c) > 0xffff => format!("\\U{:08X}", u32::from(c)),
        c if is_unseen(c) => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// `old` with `block` behind it, one blank line between; every byte of `old` stays, and so does its way to end lines.
/// The second part is where the block begins.
pub fn appended(old: &str, block: &str) -> (String, usize) {
    let newline = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = match old {
        "" => "",
        old if old.ends_with('\n') => newline,
        _ => &[newline, newline].concat(),
    };
    (format!("{old}{gap}{}", block.replace('\n', newline)), old.len() + gap.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_stays_to_the_byte() {
        for (old, new) in [
            ("", "[[update]]\n"),
            ("a = 1\n", "a = 1\n\n[[update]]\n"),
            ("a = 1", "a = 1\n\n[[update]]\n"),
            ("a = 1\r\n", "a = 1\r\n\r\n[[update]]\r\n"),
            ("\u{feff}# 注\n", "\u{feff}# 注\n\n[[update]]\n"),
        ] {
            let (text, begins) = appended(old, "[[update]]\n");
            assert_eq!(text, new);
            assert!(text[begins..].starts_with("[[update]]"));
        }
    }

    #[test]
    fn any_text_is_quoted_so_that_it_reads_back() {
        for text in ["a \"b\" \\ c", "二行\nあり", "'''", "\"\"\"", "\u{1b}[31m", "= # ]"] {
            let mut block = Block::new("update", Written::default());
            block.text("done", Some(text));
            let table: toml::Table = toml::from_str(&block.finish()).unwrap();
            assert_eq!(table["update"][0]["done"].as_str(), Some(text));
        }
    }
}
