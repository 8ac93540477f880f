//! Answers written into cells of a workbook that others made: only these cells change, every other part stays to the byte.

mod layout;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::ops::Range;

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{System, ZipArchive, ZipWriter};

use self::layout::layout;
use super::{Content, Limits, Package, address, damaged};
use crate::failure::Failure;
use crate::say;

/// What cells are to say, by part of the package, row and column (both from 0).
pub type Edits = BTreeMap<String, BTreeMap<(u32, u32), Content>>;

/// The workbook with these cells changed, their formats kept.
///
/// # Errors
/// When a cell holds a formula, or the workbook is damaged.
pub fn edited(bytes: &[u8], edits: &Edits) -> Result<Vec<u8>, Failure> {
    let mut package = Package::open(bytes, Limits::default())?;
    let mut texts = BTreeMap::new();
    for (part, cells) in edits {
        let text = package.read(part)?;
        texts.insert(part.as_str(), sheet(&text, cells)?);
    }
    let failed = |_: zip::result::ZipError| damaged("zip");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).map_err(failed)?;
        let name = file.name().map_err(failed)?.into_owned();
        match texts.get(name.as_str()) {
            None => writer.raw_copy_file(file).map_err(failed)?,
            Some(text) => {
                let options = SimpleFileOptions::default().system(System::Unix);
                let options = options.last_modified_time(file.last_modified().unwrap_or_default());
                writer.start_file(&*name, options).map_err(failed)?;
                writer.write_all(text.as_bytes()).map_err(|_| damaged(&name))?;
            }
        }
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}

fn sheet(text: &str, cells: &BTreeMap<(u32, u32), Content>) -> Result<String, Failure> {
    let layout = layout(text)?;
    // What is put where, from the end, so that places before it stay.
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut by_row: BTreeMap<u32, Vec<(u32, &Content)>> = BTreeMap::new();
    for ((row, column), content) in cells {
        by_row.entry(*row).or_default().push((*column, content));
    }
    let prefix = &layout.prefix;
    for (row, wanted) in by_row {
        let Some(found) = layout.rows.get(&row) else {
            let next = layout.rows.range(row..).next().map_or(layout.end, |(_, next)| next.start(text));
            let inner: String =
                wanted.iter().map(|(column, content)| cell(prefix, row, *column, None, content)).collect();
            let number = row + 1;
            changes.push((next..next, format!("<{prefix}row r=\"{number}\">{inner}</{prefix}row>")));
            continue;
        };
        if found.empty {
            let tag = text[found.inside.clone()].trim_end_matches("/>").trim_end();
            let inner: String =
                wanted.iter().map(|(column, content)| cell(prefix, row, *column, None, content)).collect();
            changes.push((found.inside.clone(), format!("{tag}>{inner}</{prefix}row>")));
            continue;
        }
        for (column, content) in wanted {
            match found.cells.get(&column) {
                Some(old) if old.formula => return Err(holds_formula(row, column)),
                Some(old) => {
                    changes.push((old.span.clone(), cell(prefix, row, column, old.style.as_deref(), content)));
                }
                None => {
                    let next = found.cells.range(column..).next().map_or(found.inside.end, |(_, next)| next.span.start);
                    changes.push((next..next, cell(prefix, row, column, None, content)));
                }
            }
        }
    }
    changes.sort_by_key(|(span, _)| span.start);
    let mut new = String::with_capacity(text.len() + 1024);
    let mut at = 0;
    for (span, with) in changes {
        new.push_str(&text[at..span.start]);
        new.push_str(&with);
        at = span.end;
    }
    new.push_str(&text[at..]);
    Ok(new)
}

fn holds_formula(row: u32, column: u32) -> Failure {
    let cell = address(row, column);
    Failure::new(
        say!(
            "様式の {cell} は数式なので、書き込めません",
            "the form has a formula in {cell}, which is not overwritten"
        ),
        say!("inquiry.toml の列の対応を確かめてください", "check the columns in inquiry.toml"),
    )
}

fn cell(prefix: &str, row: u32, column: u32, style: Option<&str>, content: &Content) -> String {
    let mut text = format!("<{prefix}c r=\"{}\"", address(row, column));
    if let Some(style) = style {
        // Writing to a String cannot fail.
        let _ = write!(text, " s=\"{}\"", escape(style));
    }
    match content {
        Content::Number(number) => text + &format!("><{prefix}v>{}</{prefix}v></{prefix}c>", escape(number.as_str())),
        Content::Bool(is) => text + &format!(" t=\"b\"><{prefix}v>{}</{prefix}v></{prefix}c>", u8::from(*is)),
        Content::Error(error) => {
            text + &format!(" t=\"e\"><{prefix}v>{}</{prefix}v></{prefix}c>", escape(error.as_str()))
        }
        Content::Text(words) if words.is_empty() => text + "/>",
        Content::Text(words) => {
            let words = encoded(words);
            text + &format!(
                " t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{words}</{prefix}t></{prefix}is></{prefix}c>"
            )
        }
    }
}

/// A text as XML holds it; what it cannot hold is written as `_x000B_`.
fn encoded(text: &str) -> String {
    let held = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let looks_encoded = c == '_' && super::xml::decoded(&text[at..]).len() < text.len() - at;
        if held(c) && !looks_encoded {
            plain.push(c);
        } else {
            let _ = write!(plain, "_x{:04X}_", u32::from(c));
        }
    }
    escape(plain.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(row: u32, column: u32, words: &str) -> BTreeMap<(u32, u32), Content> {
        BTreeMap::from([((row, column), Content::Text(words.into()))])
    }

    const SHEET: &str = "<worksheet><sheetData><row r=\"2\" ht=\"30\"><c r=\"B2\" s=\"3\"><v>1</v></c><c r=\"D2\" s=\"4\"/>\
                         </row><row r=\"5\"/><row r=\"6\"><c r=\"A6\"><f>1+1</f><v>2</v></c></row></sheetData><x/></worksheet>";

    #[test]
    fn only_the_cell_changes() {
        let new = |row, column| {
            let whole = sheet(SHEET, &text(row, column, "a<b")).unwrap();
            let words = " t=\"inlineStr\"><is><t xml:space=\"preserve\">a&lt;b</t></is></c>";
            whole.replace(words, "…")
        };
        assert_eq!(new(1, 1), SHEET.replace("<c r=\"B2\" s=\"3\"><v>1</v></c>", "<c r=\"B2\" s=\"3\"…"));
        assert_eq!(new(1, 3), SHEET.replace("<c r=\"D2\" s=\"4\"/>", "<c r=\"D2\" s=\"4\"…"));
        assert_eq!(new(1, 2), SHEET.replace("<c r=\"D2\"", "<c r=\"C2\"…<c r=\"D2\""));
        assert_eq!(new(1, 5), SHEET.replace("<c r=\"D2\" s=\"4\"/>", "<c r=\"D2\" s=\"4\"/><c r=\"F2\"…"));
        assert_eq!(new(4, 0), SHEET.replace("<row r=\"5\"/>", "<row r=\"5\"><c r=\"A5\"…</row>"));
        assert_eq!(new(2, 0), SHEET.replace("<row r=\"5\"/>", "<row r=\"3\"><c r=\"A3\"…</row><row r=\"5\"/>"));
        assert_eq!(new(8, 0), SHEET.replace("</sheetData>", "<row r=\"9\"><c r=\"A9\"…</row></sheetData>"));
        assert_eq!(new(0, 0), SHEET.replace("<row r=\"2\"", "<row r=\"1\"><c r=\"A1\"…</row><row r=\"2\""));
        assert!(sheet(SHEET, &text(5, 0, "a")).is_err());
    }

    #[test]
    fn what_xml_cannot_hold_comes_back() {
        for words in ["a\u{b}b", "_x000D_", "_x", "改行\nあり", "\u{1b}[31m", "a & b < c", "  前後の空白  "] {
            let xml = encoded(words);
            let plain = quick_xml::escape::unescape(&xml).unwrap();
            assert_eq!(super::super::xml::decoded(&plain), words);
        }
    }
}
