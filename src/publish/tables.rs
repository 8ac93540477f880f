//! The data of a plan: the tables of open data in every format that programs and spreadsheets read, the lists of the pages for
//! spreadsheets, and the page that describes them.

use serde_json::{Map, Value as Json};

use crate::document::{Block, Document, Line, Section};
use crate::failure::Failure;
use crate::formats::{CSV, Format, JSON, XLSX};
use crate::lang::Lang;
use crate::opendata::{OpenTable, OpenValue, TableFormat};
use crate::plan::publication::Publication;
use crate::render::csv::Encoding;
use crate::report::Report;
use crate::text::terms;
use crate::tr;

use super::{PublishedPlan, Sheet, data, lists, shared};

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

/// The formats of open data, in the order of the page.
static FORMATS: [&Format; 3] = [&CSV, &JSON, &XLSX];

/// Those of the lists: what has a row of headings for people is no CSV for programs.
static FORMATS_OF_LISTS: [&Format; 2] = [&XLSX, &JSON];

impl DataTable {
    fn formats(self) -> &'static [&'static Format] {
        match self {
            Self::Status | Self::Kpi => &FORMATS_OF_LISTS,
            Self::Open(_) => &FORMATS,
        }
    }
}

/// The lists as the pages have them.
fn lists_of(published: &PublishedPlan<'_>) -> impl Iterator<Item = DataTable> {
    let kpi = (!published.plan().indicators.is_empty()).then_some(DataTable::Kpi);
    std::iter::once(DataTable::Status).chain(kpi)
}

/// The tables of open data.
fn open(published: &PublishedPlan<'_>) -> impl Iterator<Item = DataTable> {
    published.data.standing().map(DataTable::Open)
}

/// Every file, with its path from the folder of the plan.
pub fn files(published: &PublishedPlan<'_>) -> Vec<(DataFile, String)> {
    let each = |table: DataTable| table.formats().iter().map(move |format| DataFile { table, format });
    let files = lists_of(published).chain(open(published)).flat_map(each);
    files.map(|file| (file, path(published, file))).collect()
}

fn path(published: &PublishedPlan<'_>, file: DataFile) -> String {
    let (folder, name) = match file.table {
        DataTable::Status => ("lists", "status"),
        DataTable::Kpi => ("lists", "kpi"),
        DataTable::Open(at) => ("data", &*published.data.tables[at].name),
    };
    format!("{folder}/{name}.{}", file.format.extensions[0])
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
            return match file.format.name {
                "json" => Ok(json(&published.data.tables[at])),
                "xlsx" => published.data.bytes(at, TableFormat::Xlsx).map(<[u8]>::to_vec),
                _ => published.data.bytes(at, TableFormat::Csv).map(<[u8]>::to_vec),
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
            let table = &published.data.tables[at];
            return (table.title(lang).to_owned(), format!("{}{}", table.meaning(lang), lang.pick("。", ".")));
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
    let (lang, published) = (sheet.lang, sheet.published);
    let mut sections = vec![Section::plain(vec![about(sheet)])];
    sections.extend(described(sheet));
    sections.extend(open(published).map(|table| Section::new(words(published, table, lang).0, offered(sheet, table))));
    sections.extend(why_none(sheet).map(|line| Section::plain(vec![Block::Text(line)])));
    let heading = lang.pick("一覧のページと同じ表", "The lists of the pages");
    let meaning = lang.pick(
        "一覧のページと同じ形の表。人が読むためのもので、オープンデータの形ではない。",
        "The lists as the pages have them: for people, not in the form of open data.",
    );
    let lists = lists_of(published).flat_map(|table| offered(sheet, table));
    sections.push(Section::new(heading, std::iter::once(Block::Text(meaning.into())).chain(lists).collect()));
    Document { title: lang.pick("データ", "Data").to_owned(), sections, ..Document::default() }
}

/// What is in a table, and links to its files.
fn offered(sheet: &Sheet<'_>, table: DataTable) -> Vec<Block> {
    let (lang, published, pages) = (sheet.lang, sheet.published, sheet.pages);
    let (name, meaning) = words(published, table, lang);
    let line = |format: &'static Format| {
        let kind = match format.name {
            "xlsx" => "Excel",
            "json" => "JSON",
            _ => "CSV",
        };
        let path = path(published, DataFile { table, format });
        Line::from(tr!(lang, "{name}（{kind}）", "{name} ({kind})")).linked(pages.to(&pages.home.path(&path)))
    };
    vec![Block::Text(meaning.into()), Block::List(table.formats().iter().copied().map(line).collect())]
}

/// Why tables do not stand here.
fn why_none(sheet: &Sheet<'_>) -> Option<Line> {
    let (lang, data) = (sheet.lang, &sheet.published.data);
    let large = data.large().map(|table| table.title(lang)).collect::<Vec<_>>().join(lang.pick("、", ", "));
    match () {
        () if data.tables.is_empty() && sheet.plan().head.city.is_none() => Some(Line::from(lang.pick(
            "どの自治体のデータかを示せないため、オープンデータはここに置いていません。",
            "Nothing says whose data they would be, so that no open data stand here.",
        ))),
        () if data.tables.is_empty() => Some(Line::from(lang.pick(
            "記録の件数が多いため、記録ごとの表はここに置いていません。",
            "There are too many records for tables of them to stand here.",
        ))),
        () if !large.is_empty() => Some(Line::from(tr!(
            lang,
            "行数が多いため、次の表はここに置いていません：{large}",
            "Too long to stand here: {large}"
        ))),
        () => None,
    }
}

/// What tells programs, catalogues and people of the data.
fn described(sheet: &Sheet<'_>) -> Option<Section> {
    let (lang, pages) = (sheet.lang, sheet.pages);
    let words = |path: &str| match path.rsplit('/').next().unwrap_or(path) {
        "datapackage.json" => lang.pick(
            "プログラムのための説明（Frictionless Data Package）",
            "The description for programs (Frictionless Data Package)",
        ),
        "dcat.jsonld" => lang.pick("データカタログのための説明（DCAT）", "The description for data catalogues (DCAT)"),
        "ckan.json" => lang.pick("CKAN への登録のための説明", "The dataset for CKAN"),
        _ => lang.pick("人のための説明（README）", "The description for people (README)"),
    };
    let line = |path: String| Line::from(words(&path)).linked(pages.to(&pages.home.path(&path)));
    let lines: Vec<Line> = data::described(sheet.published).into_iter().map(line).collect();
    let meaning = lang.pick(
        "記録ごとの表について、項目の定義、出典、単位、利用条件、更新を記す。",
        "The definitions, sources, units, licence and updates of the tables of records.",
    );
    let blocks = || vec![Block::Text(meaning.into()), Block::List(lines.clone())];
    let heading = lang.pick("データの説明（メタデータ）", "Descriptions of the data (metadata)");
    (!lines.is_empty()).then(|| Section::new(heading, blocks()))
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
