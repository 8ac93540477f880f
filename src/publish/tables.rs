//! The data of a plan: each table in every format that programs and spreadsheets read, and the page that describes them. Tables
//! of all that was ever recorded are those of open data.

use serde_json::{Map, Value as Json};

use crate::document::{Block, Document, Line, Section};
use crate::failure::Failure;
use crate::formats::{CSV, Format, JSON, XLSX};
use crate::lang::Lang;
use crate::opendata::{self, OpenTable, OpenValue, TableFormat};
use crate::plan::Plan;
use crate::plan::publication::Publication;
use crate::query::AsOf;
use crate::render::csv::Encoding;
use crate::report::Report;
use crate::text::terms;
use crate::tr;

use super::{PublishedPlan, Sheet, lists, shared};

/// A table in a format.
#[derive(Debug, Clone, Copy)]
pub struct DataFile {
    table: DataTable,
    format: &'static Format,
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DataTable {
    /// How every entry stands.
    Status,
    /// How every indicator stands.
    Kpi,
    /// A table of open data, by its place.
    Open(usize),
}

/// The formats, in the order of the page.
static FORMATS: [&Format; 3] = [&CSV, &JSON, &XLSX];

/// How many records stand in tables of their own at most: of more, the tables would take longer than all pages, and a
/// spreadsheet could not open them.
const MOST_RECORDS: usize = 20_000;

/// How many rows a table has at most that stands on the site: what is larger follows from the others.
const MOST_ROWS: usize = 3_000;

/// The tables of open data of a plan; none where there would be too many rows.
pub fn open_tables(plan: &Plan, as_of: AsOf) -> Vec<OpenTable> {
    let updates: usize = plan.entries.iter().map(|entry| entry.updates.len()).sum();
    let measures: usize = plan.indicators.iter().map(|indicator| indicator.measures.len()).sum();
    if updates + measures > MOST_RECORDS { Vec::new() } else { opendata::tables(plan, as_of) }
}

/// Every table.
fn all(published: &PublishedPlan<'_>) -> Vec<DataTable> {
    let kpi = (!published.plan().indicators.is_empty()).then_some(DataTable::Kpi);
    let is_there = |at: &usize| published.open_tables[*at].rows.len() <= MOST_ROWS;
    let open = (0..published.open_tables.len()).filter(is_there).map(DataTable::Open);
    std::iter::once(DataTable::Status).chain(kpi).chain(open).collect()
}

/// Every file, with its path from the folder of the plan.
pub fn files(published: &PublishedPlan<'_>) -> Vec<(DataFile, String)> {
    let each = |table: DataTable| FORMATS.iter().map(move |format| DataFile { table, format });
    let files = all(published).into_iter().flat_map(each);
    files.map(|file| (file, path(published, file))).collect()
}

fn path(published: &PublishedPlan<'_>, file: DataFile) -> String {
    let name = match file.table {
        DataTable::Status => "status",
        DataTable::Kpi => "kpi",
        DataTable::Open(at) => &published.open_tables[at].name,
    };
    format!("data/{name}.{}", file.format.extensions[0])
}

/// What a file says.
///
/// # Errors
/// When the table does not fit the format.
pub fn write(published: &PublishedPlan<'_>, file: DataFile, lang: Lang) -> Result<Vec<u8>, Failure> {
    let report: Box<dyn Report + '_> = match file.table {
        DataTable::Status => Box::new(lists::status(published)),
        DataTable::Kpi => Box::new(lists::kpi(published)),
        DataTable::Open(at) => {
            let table = &published.open_tables[at];
            return match file.format.name {
                "json" => Ok(json(table)),
                "xlsx" => opendata::bytes(table, TableFormat::Xlsx, Encoding::Utf8Bom),
                _ => opendata::bytes(table, TableFormat::Csv, Encoding::Utf8Bom),
            };
        }
    };
    file.format.write(&*report, lang, Encoding::Utf8Bom)
}

/// A table as a list of objects, one a row; what is absent is null.
fn json(table: &OpenTable) -> Vec<u8> {
    let value = |value: &OpenValue| match value {
        OpenValue::Absent => Json::Null,
        OpenValue::Text(text) => Json::String(text.to_string()),
        OpenValue::Number(_) => value.written().parse().map_or(Json::Null, Json::Number),
    };
    let row = |row: &Vec<OpenValue>| {
        let named = table.fields.iter().zip(row).map(|(field, of)| (field.name.to_owned(), value(of)));
        Json::Object(named.collect::<Map<String, Json>>())
    };
    let mut bytes = serde_json::to_vec(&table.rows.iter().map(row).collect::<Vec<_>>()).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What a table is called, and what is in it.
fn words(published: &PublishedPlan<'_>, table: DataTable, lang: Lang) -> (String, String) {
    let (name, words) = match table {
        DataTable::Open(at) => {
            let table = &published.open_tables[at];
            return (table.title(lang).to_owned(), table.meaning(lang).to_owned());
        }
        DataTable::Status => (
            lang.pick("進捗状況の表", "Table of progress"),
            lang.pick(
                "1行が一つの項目。番号、名称、所管課、進捗区分、進捗率、何期の報告によるか、件数の内訳。",
                "One row an entry: id, name, owner, rating, progress, the period of its report, and counts of what is under it.",
            ),
        ),
        DataTable::Kpi => (
            lang.pick("検証指標の表", "Table of indicators"),
            lang.pick(
                "1行が一つの指標。基準値、実績値、目標値、目標との差、率、判定。値がないときは空欄であり、0ではない。",
                "One row an indicator: baseline, actual, target, gap, rates and verdict. Where there is no value the cell is empty, never 0.",
            ),
        ),
    };
    (name.to_owned(), words.to_owned())
}

/// The page that describes them.
pub fn document(sheet: &Sheet<'_>) -> Document {
    let (lang, published, pages) = (sheet.lang, sheet.published, sheet.pages);
    let mut sections = vec![Section::plain(vec![about(sheet)])];
    for table in all(published) {
        let (name, meaning) = words(published, table, lang);
        let lines = FORMATS.iter().map(|format| {
            let kind = match format.name {
                "xlsx" => "Excel",
                "json" => "JSON",
                _ => "CSV",
            };
            let path = path(published, DataFile { table, format });
            Line::from(tr!(lang, "{name}（{kind}）", "{name} ({kind})")).linked(pages.to(&pages.home.path(&path)))
        });
        let lines = Block::List(lines.collect());
        sections.push(Section::new(name.clone(), vec![Block::Text(meaning.into()), lines]));
    }
    if published.open_tables.is_empty() {
        sections.push(Section::plain(vec![shared::nothing(
            lang,
            "記録の件数が多いため、記録ごとの表はここに置いていません。",
            "There are too many records for tables of them to stand here.",
        )]));
    }
    let large = published.open_tables.iter().filter(|table| table.rows.len() > MOST_ROWS);
    let large = large.map(|table| table.title(lang)).collect::<Vec<_>>().join(lang.pick("、", ", "));
    if !large.is_empty() {
        let words =
            tr!(lang, "行数が多いため、次の表はここに置いていません：{large}", "Too long to stand here: {large}");
        sections.push(Section::plain(vec![Block::Text(words.into())]));
    }
    Document { title: lang.pick("データ", "Data").to_owned(), sections, ..Document::default() }
}

/// Whose they are, under which licence, how they are written.
fn about(sheet: &Sheet<'_>) -> Block {
    let (lang, plan) = (sheet.lang, sheet.plan());
    let publication = plan.publication.as_ref();
    let of = |field: fn(&Publication) -> Option<&str>| publication.and_then(field).unwrap_or_default().to_owned();
    let office = [plan.head.city.as_deref(), plan.head.office.as_deref()];
    let office = office.into_iter().flatten().collect::<Vec<_>>().join(" ");
    shared::known(vec![
        (lang.pick("作成者", "Author").to_owned(), Line::from(office)),
        (lang.pick("利用条件", "Licence").to_owned(), of(|publication| publication.licence.as_deref()).into()),
        (lang.pick("問合せ先", "Contact").to_owned(), of(|publication| publication.contact.as_deref()).into()),
        (
            terms::PERIOD.title(lang).to_owned(),
            sheet.published.summary().period().long(lang).into(),
        ),
        (
            lang.pick("文字コード", "Encoding").to_owned(),
            lang.pick("UTF-8（CSV は BOM 付き）", "UTF-8 (CSV with a BOM)").into(),
        ),
        (
            lang.pick("識別子", "Identifiers").to_owned(),
            lang.pick(
                "ページの数値には data-fact 属性で識別子を付けている。識別子は報告書のものと同じであり、2番目の部分がデータの番号に当たる。",
                "Each figure of a page has an identifier, in its attribute data-fact, as in the papers; the second part of it is the id in the data.",
            )
            .into(),
        ),
    ])
}
