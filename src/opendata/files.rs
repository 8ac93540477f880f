//! The files of open data: the tables, and what tells programs, catalogues and people what is in them.

use sha2::{Digest, Sha256};

use super::field::OpenTable;
use super::licence::Licence;
use super::{catalogue, package, readme, tables};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::query::AsOf;
use crate::render::csv::{self, Encoding};
use crate::render::xlsx;
use crate::say;

/// How the files are to be.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The formats of the tables, each once.
    pub formats: Vec<TableFormat>,
    /// The encoding of CSV.
    pub encoding: Encoding,
    /// The language of what people read.
    pub lang: Lang,
    /// Under which terms the data may be used.
    pub licence: Licence,
    /// Whom users may ask.
    pub contact: Option<String>,
    /// The address under which the files will be had, ending in a slash.
    pub address: Option<String>,
}

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// CSV.
    Csv,
    /// Excel: one sheet, nothing but the table.
    Xlsx,
}

impl TableFormat {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A table as a file.
#[derive(Debug)]
pub struct TableFile<'t> {
    /// The table.
    pub table: &'t OpenTable,
    /// Its format.
    pub format: TableFormat,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl TableFile<'_> {
    /// SHA-256 of what it holds, in hexadecimal digits.
    pub fn hash(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the files are about, for whoever describes them.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// As of when.
    pub as_of: AsOf,
    /// How the files are.
    pub wanted: &'a Wanted,
}

impl About<'_> {
    /// The name of an encoding, as programs know it.
    pub fn encoding(&self) -> &'static str {
        match self.wanted.encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-sig",
            Encoding::Cp932 => "cp932",
        }
    }

    /// The encoding in words, with whether a byte order mark stands before it.
    pub fn encoding_in_words(&self) -> &'static str {
        let lang = self.wanted.lang;
        match self.wanted.encoding {
            Encoding::Utf8 => lang.pick("UTF-8（BOM なし）", "UTF-8 (without BOM)"),
            Encoding::Utf8Bom => lang.pick("UTF-8（BOM あり）", "UTF-8 (with BOM)"),
            Encoding::Cp932 => lang.pick("CP932（Shift_JIS、BOM なし）", "CP932 (Shift_JIS, without BOM)"),
        }
    }

    /// Whose data they are: city and office.
    pub fn publisher(&self) -> String {
        let head = &self.plan.head;
        let parts = [head.official_city(), head.office.as_deref().map(str::to_owned)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Where a file will be had; its name where no address is known.
    pub fn address_of(&self, name: &str) -> String {
        format!("{}{name}", self.wanted.address.as_deref().unwrap_or_default())
    }

    /// The day as of which the data are: 2026-09-30.
    pub fn day(&self) -> String {
        super::OpenValue::from(self.as_of.date).written().into()
    }
}

/// The files by their names, of what is public of a plan.
///
/// # Errors
/// When a character has no place in the encoding, or a table none in Excel.
pub fn files(plan: &Plan, as_of: AsOf, wanted: &Wanted) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let about = About { plan, as_of, wanted };
    let all = tables(plan, as_of);
    let mut written = Vec::new();
    for table in &all {
        for format in &wanted.formats {
            let name = format!("{}.{}", table.name, format.extension());
            let bytes = bytes(table, *format, wanted.encoding)?;
            written.push(TableFile { table, format: *format, name, bytes });
        }
    }
    let described = [
        ("datapackage.json", package::text(&about, &all, &written)),
        ("dcat.jsonld", catalogue::dcat(&about, &written)),
        ("ckan.json", catalogue::ckan(&about, &written)),
        ("README.md", readme::text(&about, &all, &written)),
    ];
    let described = described.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let tables = written.into_iter().map(|file| (file.name, file.bytes));
    Ok(tables.chain(described).collect())
}

/// A table in a format.
///
/// # Errors
/// As [`files`].
pub fn bytes(table: &OpenTable, format: TableFormat, encoding: Encoding) -> Result<Vec<u8>, Failure> {
    match format {
        TableFormat::Csv => csv::csv(&table.sheet(), encoding).map_err(|error| {
            Failure::new(
                error.say(),
                say!("--encoding utf-8-bom で書き出してください", "write it with --encoding utf-8-bom"),
            )
        }),
        TableFormat::Xlsx => xlsx::bare(&table.sheet(), &table.name).map_err(|error| {
            Failure::new(error.say(), say!("--format csv で書き出してください", "write it with --format csv"))
        }),
    }
}
