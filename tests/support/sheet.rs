//! A department at its desk: fills in the cells of a workbook that it was sent.

#![allow(dead_code, reason = "every test uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a helper of tests may fail as a test does"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use kaikaku::workbook::edit::{Edits, edited};
use kaikaku::workbook::{Book, Cell, Content};

/// A workbook in someone's hands.
pub struct Filling {
    pub bytes: Vec<u8>,
    edits: Edits,
}

pub const SHEET: &str = "回答";

/// Words for a cell.
pub fn text(words: &str) -> Content {
    Content::Text(words.into())
}

/// A number for a cell.
pub fn number(raw: &str) -> Content {
    Content::Number(raw.into())
}

impl Filling {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes, edits: Edits::new() }
    }

    pub fn book(&self) -> Book {
        Book::open(&self.bytes).unwrap()
    }

    /// The row of a key, from 0.
    pub fn row(&self, key: &str) -> u32 {
        let book = self.book();
        let cells = &book.sheet(SHEET).unwrap().cells;
        let found = cells.iter().find(|((_, column), cell)| *column == 0 && cell.words() == Some(key));
        found.unwrap_or_else(|| panic!("no {key}")).0.0
    }

    /// Writes into a cell of a sheet.
    pub fn cell(mut self, sheet: &str, row: u32, column: u32, content: Content) -> Self {
        let part = self.book().sheet(sheet).unwrap().part.clone();
        self.edits.entry(part).or_default().insert((row, column), content);
        self
    }

    /// Answers the question with this key.
    pub fn answer(self, key: &str, content: Content) -> Self {
        let row = self.row(key);
        self.cell(SHEET, row, 4, content)
    }

    /// What was in a cell.
    pub fn was(&self, row: u32, column: u32) -> Content {
        let book = self.book();
        let cell: Option<Cell> = book.sheet(SHEET).unwrap().cell(row, column).cloned();
        cell.and_then(|cell| cell.value).unwrap_or(text(""))
    }

    /// The workbook as it is sent back.
    pub fn done(self) -> Vec<u8> {
        edited(&self.bytes, &self.edits).unwrap()
    }
}

/// Opens a workbook in LibreOffice and saves it again as `format`; `None` where there is no LibreOffice.
pub fn through_libreoffice(file: &Path, folder: &Path, format: &str) -> Option<PathBuf> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let outdir = folder.join("saved");
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", format, "--outdir"]).arg(&outdir).arg(file);
    office.env("LC_ALL", "C.UTF-8").env("HOME", folder);
    let Ok(ran) = office.output() else {
        eprintln!("skipped: LibreOffice is not installed");
        return None;
    };
    let saved = outdir.join(file.with_extension(format).file_name().unwrap());
    assert!(saved.is_file(), "{ran:?}");
    Some(saved)
}
