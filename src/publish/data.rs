//! The tables of open data on the site: their bytes, made once for all languages, and what tells programs, catalogues and
//! people what is in them.

use std::sync::OnceLock;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::opendata::{self, Licence, OpenTable, TableFile, TableFormat, Wanted};
use crate::plan::Plan;
use crate::plan::publication::Publication;
use crate::query::AsOf;
use crate::render::csv::Encoding;

use super::PublishedPlan;
use super::address::{Home, between};

/// How many records stand in tables of their own at most: of more, the tables would take longer than all pages, and a
/// spreadsheet could not open them.
const MOST_RECORDS: usize = 20_000;

/// How many rows a table has at most that stands on the site: what is larger follows from the others.
const MOST_ROWS: usize = 3_000;

/// The encoding of the tables in CSV.
const ENCODING: Encoding = Encoding::Utf8Bom;

/// The formats of the tables that are described.
const FORMATS: [TableFormat; 2] = [TableFormat::Csv, TableFormat::Xlsx];

/// Bytes that are made when they are first asked for.
type Made = OnceLock<Result<Vec<u8>, Failure>>;

/// The tables of open data of a plan.
#[derive(Debug)]
pub struct SiteData {
    /// The tables; none where there would be too many rows, or nothing says whose data they are.
    pub tables: Vec<OpenTable>,
    made: Vec<[Made; FORMATS.len()]>,
    described: [OnceLock<Result<Vec<Vec<u8>>, Failure>>; 2],
}

impl SiteData {
    /// Those of a plan.
    pub fn new(plan: &Plan, as_of: AsOf) -> Self {
        let updates: usize = plan.entries.iter().map(|entry| entry.updates.len()).sum();
        let measures: usize = plan.indicators.iter().map(|indicator| indicator.measures.len()).sum();
        let is_large = updates + measures > MOST_RECORDS;
        let tables = if is_large || plan.head.city.is_none() { Vec::new() } else { opendata::tables(plan, as_of) };
        let made = tables.iter().map(|_| Default::default()).collect();
        Self { tables, made, described: Default::default() }
    }

    /// The places of the tables that stand on the site.
    pub fn standing(&self) -> impl Iterator<Item = usize> {
        (0..self.tables.len()).filter(|at| self.tables[*at].rows.len() <= MOST_ROWS)
    }

    /// Those that are too long for it.
    pub fn large(&self) -> impl Iterator<Item = &OpenTable> {
        self.tables.iter().filter(|table| table.rows.len() > MOST_ROWS)
    }

    /// A table in a format.
    ///
    /// # Errors
    /// When it does not fit the format.
    pub fn bytes(&self, table: usize, format: TableFormat) -> Result<&[u8], Failure> {
        let at = FORMATS.iter().position(|of| *of == format).unwrap_or(0);
        let made = self.made[table][at].get_or_init(|| opendata::bytes(&self.tables[table], format, ENCODING));
        made.as_deref().map_err(Clone::clone)
    }
}

/// The files that describe the data, by their paths from the folder of the plan.
pub fn described(published: &PublishedPlan<'_>) -> Vec<String> {
    if published.data.standing().next().is_none() {
        return Vec::new();
    }
    wanted(published, Lang::Ja).descriptions().map(|name| format!("data/{name}")).collect()
}

fn wanted(published: &PublishedPlan<'_>, lang: Lang) -> Wanted {
    let plan = published.plan();
    let publication = plan.publication.as_ref();
    let of = |field: fn(&Publication) -> Option<&str>| publication.and_then(field);
    let home = Home { plan: &plan.folder, lang };
    let at = |page: &str| {
        of(|publication| publication.address.as_deref()).map(|top| format!("{top}{}", between("", &home.path(page))))
    };
    Wanted {
        formats: FORMATS.into(),
        encoding: ENCODING,
        lang,
        licence: of(|publication| publication.licence.as_deref()).and_then(Licence::parse),
        contact: of(|publication| publication.contact.as_deref()).map(str::to_owned),
        address: at("data/"),
        page: at("data.html"),
    }
}

/// One of these files, by its place among them.
///
/// # Errors
/// When a table does not fit its format.
pub fn describe(published: &PublishedPlan<'_>, lang: Lang, nth: usize) -> Result<Vec<u8>, Failure> {
    let data = &published.data;
    let all = data.described[lang.pick(0, 1)].get_or_init(|| {
        let wanted = wanted(published, lang);
        let each = data.standing().flat_map(|table| FORMATS.map(|format| (table, format)));
        let file = |(table, format)| Ok(TableFile::new(&data.tables[table], format, data.bytes(table, format)?.into()));
        let files = each.map(file).collect::<Result<Vec<_>, Failure>>()?;
        let tables: Vec<&OpenTable> = data.standing().map(|table| &data.tables[table]).collect();
        Ok(opendata::describe(published.plan(), published.summary().as_of(), &wanted, &tables, &files))
    });
    all.as_ref().map(|all| all.get(nth).cloned().unwrap_or_default()).map_err(Clone::clone)
}
