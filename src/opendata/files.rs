//! The files of open data: the tables, and what tells programs, catalogues and people what is in them.

use std::borrow::Cow;

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
    /// Under which terms the data may be used; `None` where nobody said so, which no catalogue takes.
    pub licence: Option<Licence>,
    /// Whom users may ask.
    pub contact: Option<String>,
    /// The address under which the files will be had, ending in a slash.
    pub address: Option<String>,
    /// The page on which people read of them.
    pub page: Option<String>,
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
    pub bytes: Cow<'t, [u8]>,
    /// SHA-256 of that, in hexadecimal digits.
    pub hash: String,
}

impl<'t> TableFile<'t> {
    /// A table with the bytes that it is in a format.
    pub fn new(table: &'t OpenTable, format: TableFormat, bytes: Cow<'t, [u8]>) -> Self {
        let name = format!("{}.{}", table.name, format.extension());
        let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { table, format, name, bytes, hash }
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
        super::OpenValue::from(self.as_of.date).written()
    }
}

/// The files by their names, of what is public of a plan.
///
/// # Errors
/// When a character has no place in the encoding, or a table none in Excel.
pub fn files(plan: &Plan, as_of: AsOf, wanted: &Wanted) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let all = tables(plan, as_of);
    let mut written = Vec::new();
    for table in &all {
        for format in &wanted.formats {
            written.push(TableFile::new(table, *format, bytes(table, *format, wanted.encoding)?.into()));
        }
    }
    let described = describe(plan, as_of, wanted, &all.iter().collect::<Vec<_>>(), &written);
    let described = wanted.descriptions().map(str::to_owned).zip(described);
    let tables = written.into_iter().map(|file| (file.name, file.bytes.into_owned()));
    Ok(tables.chain(described).collect())
}

/// What the files are called that tell what is in the tables.
pub const DESCRIPTIONS: [&str; 4] = ["datapackage.json", "README.md", "dcat.jsonld", "ckan.json"];

impl Wanted {
    /// Which of [`DESCRIPTIONS`] there are: catalogues take only what has a licence.
    pub fn descriptions(&self) -> impl Iterator<Item = &'static str> {
        DESCRIPTIONS.into_iter().take(if self.licence.is_some() { 4 } else { 2 })
    }
}

/// What tells programs, people and catalogues of tables and their files, in the order of [`Wanted::descriptions`].
pub fn describe(
    plan: &Plan,
    as_of: AsOf,
    wanted: &Wanted,
    tables: &[&OpenTable],
    written: &[TableFile<'_>],
) -> Vec<Vec<u8>> {
    let about = About { plan, as_of, wanted };
    let mut texts = vec![package::text(&about, tables, written), readme::text(&about, tables, written)];
    if let Some(licence) = wanted.licence {
        texts.extend([catalogue::dcat(&about, written, licence), catalogue::ckan(&about, written, licence)]);
    }
    texts.into_iter().map(String::into_bytes).collect()
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
