//! The zip around a workbook: opened within limits, so that a bomb goes off nowhere.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::damaged;
use crate::failure::Failure;
use crate::lang::Say;
use crate::say;

/// How much a file of others may hold, in whatever format: one set for workbooks, Word, HTML, Markdown and CSV. What an
/// office sends is a hundredth of it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file.
    pub file: usize,
    /// Bytes of all parts that are read, unpacked.
    pub unpacked: u64,
    /// Parts in the zip.
    pub parts: usize,
    /// Sheets.
    pub sheets: usize,
    /// Cells that are not empty, over all sheets.
    pub cells: usize,
    /// Bytes of the words of all cells: many cells may share one text.
    pub words: usize,
    /// Merged areas of a sheet.
    pub merged: usize,
    /// Formats of cells; Excel itself has no more.
    pub styles: usize,
    /// Runs of one text.
    pub runs: usize,
    /// Paragraphs and rows of a paper.
    pub pieces: usize,
    /// Characters of a paragraph or a cell of a paper; as many as Excel has in a cell.
    pub letters: usize,
}

/// How deep elements may stand in one another, tables in tables, lists in lists.
pub const DEEPEST: usize = 128;
/// How many attributes an element may have.
pub const ATTRIBUTES: usize = 256;
/// How long the tag of an element may be, in bytes.
pub const TAG: usize = 256 * 1024;

impl Default for Limits {
    fn default() -> Self {
        let mebibyte = 1024 * 1024;
        Self {
            file: 16 * mebibyte,
            unpacked: 32 * 1024 * 1024,
            parts: 2_000,
            sheets: 100,
            cells: 100_000,
            words: 64 * mebibyte,
            merged: 10_000,
            styles: 65_500,
            runs: 10_000,
            pieces: 20_000,
            letters: 32_767,
        }
    }
}

/// The parts of a workbook.
#[derive(Debug)]
pub struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The names of the parts by these in small letters: programs differ in how they write them.
    names: HashMap<String, String>,
    left: u64,
    /// What it was opened within.
    pub limits: Limits,
}

impl<'b> Package<'b> {
    /// Opens the zip.
    ///
    /// # Errors
    /// When it is none, or no workbook as this product reads them.
    pub fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, Failure> {
        if bytes.len() > limits.file {
            return Err(too_large(say!("ファイルの大きさ", "size of the file")));
        }
        check_head(bytes)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| truncated())?;
        if zip.len() > limits.parts {
            return Err(too_large(say!("部品の数", "number of parts")));
        }
        let named = |name: std::borrow::Cow<'_, str>| (name.to_lowercase().replace('\\', "/"), name.into_owned());
        let names: HashMap<String, String> = zip.file_names().flatten().map(named).collect();
        if names.keys().any(|name| name.ends_with("vbaproject.bin")) {
            return Err(macros());
        }
        if !names.contains_key("xl/workbook.xml") && !names.contains_key("[content_types].xml") {
            return Err(not_a_workbook());
        }
        Ok(Self { zip, names, left: limits.unpacked, limits })
    }

    /// Whether there is such a part.
    pub fn has(&self, part: &str) -> bool {
        self.actual(part).is_some()
    }

    /// The name that the zip has for a part, in whatever case.
    pub fn actual(&self, part: &str) -> Option<&str> {
        self.names.get(&part.to_lowercase()).map(String::as_str)
    }

    /// The text of a part.
    ///
    /// # Errors
    /// When there is none, it is damaged, no UTF-8, or too large.
    pub fn read(&mut self, part: &str) -> Result<String, Failure> {
        let left = self.left;
        let name = self.actual(part).ok_or_else(|| missing(part))?.to_owned();
        let file = self.zip.by_name(&name).map_err(|_| damaged(part))?;
        if file.size() > left {
            return Err(too_large(say!("展開した大きさ", "unpacked size")));
        }
        let mut bytes = Vec::new();
        // The zip's own word about the size is not believed.
        file.take(left + 1).read_to_end(&mut bytes).map_err(|_| damaged(part))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = left.checked_sub(size).ok_or_else(|| too_large(say!("展開した大きさ", "unpacked size")))?;
        String::from_utf8(bytes).map_err(|_| damaged(part))
    }
}

/// What the first bytes say of a file that is no zip.
fn check_head(bytes: &[u8]) -> Result<(), Failure> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.starts_with(OLE) {
        return Err(if contains_utf16(bytes, "EncryptedPackage") { locked() } else { old_format() });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(());
    }
    Err(if bytes.is_empty() { truncated() } else { not_a_workbook() })
}

fn contains_utf16(bytes: &[u8], word: &str) -> bool {
    let wanted: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn locked() -> Failure {
    Failure::new(
        say!("パスワードで保護されたブックです", "the workbook is protected by a password"),
        say!(
            "Excel でパスワードを外して保存したものを渡してください",
            "remove the password in Excel, save it, and give that file"
        ),
    )
}

fn old_format() -> Failure {
    Failure::new(
        say!("古い形式（.xls）のブックです", "the workbook is of the old format (.xls)"),
        say!(
            "Excel で「Excel ブック（.xlsx）」として保存したものを渡してください",
            "save it in Excel as .xlsx and give that file"
        ),
    )
}

fn macros() -> Failure {
    Failure::new(
        say!(
            "マクロのあるブックです。マクロは実行せず、読み取りもしません",
            "the workbook has macros, which are never run"
        ),
        say!(
            "Excel で「Excel ブック（.xlsx）」として保存したものを渡してください",
            "save it in Excel as .xlsx and give that file"
        ),
    )
}

fn not_a_workbook() -> Failure {
    Failure::new(
        say!("Excel のブック（.xlsx）ではありません", "this is not an Excel workbook (.xlsx)"),
        say!(
            "拡張子だけを変えたものでないか確かめ、Excel で .xlsx として保存してください",
            "check whether only its name was changed, and save it in Excel as .xlsx"
        ),
    )
}

fn truncated() -> Failure {
    Failure::new(
        say!("ブックが途中で切れているか、壊れています", "the workbook is cut off or damaged"),
        say!(
            "もう一度受け取るか、Excel で開いて保存し直してください",
            "have it sent again, or open and save it in Excel"
        ),
    )
}

/// The workbook names a part that it does not have.
pub(super) fn missing(part: &str) -> Failure {
    Failure::new(
        say!("ブックに部品 {part} がありません", "the workbook lacks its part {part}"),
        say!("Excel で開いて保存し直したものを渡してください", "open it in Excel, save it again, and give that file"),
    )
}

/// The workbook holds more than a form can.
pub fn too_large(what: Say) -> Failure {
    let (ja, en) = (what.ja, what.en);
    Failure::new(
        Say {
            ja: format!("ブックが大きすぎます（{ja}）"), en: format!("the workbook is too large ({en})")
        },
        say!(
            "必要なシートだけを残して保存したものを渡してください",
            "keep only the sheets that are needed, save it, and give that file"
        ),
    )
}
