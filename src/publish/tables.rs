//! The data of a plan: each table in every format that programs and spreadsheets read, and the page that describes them.

use crate::document::{Block, Document, Line, Section};
use crate::failure::Failure;
use crate::formats::{CSV, Format, JSON, XLSX};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::publication::Publication;
use crate::render::csv::Encoding;
use crate::report::Report;
use crate::text::terms;
use crate::tr;

use super::{PublishedPlan, Sheet, lists};

/// A table in a format.
#[derive(Debug, Clone, Copy)]
pub struct DataFile {
    table: DataTable,
    format: &'static Format,
}

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DataTable {
    Entries,
    Indicators,
}

/// The formats, in the order of the page.
static FORMATS: [&Format; 3] = [&CSV, &JSON, &XLSX];

impl DataFile {
    /// Its path from the folder of the plan.
    pub fn path(self) -> String {
        format!("data/{}.{}", self.table.key(), self.format.extensions[0])
    }
}

impl DataTable {
    fn key(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Indicators => "indicators",
        }
    }

    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Self::Entries => (
                lang.pick("進捗状況", "Progress"),
                lang.pick(
                    "1行が一つの項目。番号、名称、所管課、進捗区分、進捗率、何期の報告によるか、件数の内訳。",
                    "One row an entry: id, name, owner, rating, progress, the period of its report, and counts of what is under it.",
                ),
            ),
            Self::Indicators => (
                terms::INDICATOR.title(lang),
                lang.pick(
                    "1行が一つの指標。基準値、実績値、目標値、目標との差、率、判定。値がないときは空欄であり、0ではない。",
                    "One row an indicator: baseline, actual, target, gap, rates and verdict. Where there is no value the cell is empty, never 0.",
                ),
            ),
        }
    }
}

fn tables(plan: &Plan) -> Vec<DataTable> {
    let indicators = (!plan.indicators.is_empty()).then_some(DataTable::Indicators);
    std::iter::once(DataTable::Entries).chain(indicators).collect()
}

/// Every file.
pub fn files(plan: &Plan) -> Vec<DataFile> {
    let each = |table: DataTable| FORMATS.iter().map(move |format| DataFile { table, format });
    tables(plan).into_iter().flat_map(each).collect()
}

/// What a file says.
///
/// # Errors
/// When the table does not fit the format.
pub fn write(published: &PublishedPlan<'_>, file: DataFile, lang: Lang) -> Result<Vec<u8>, Failure> {
    let report: Box<dyn Report + '_> = match file.table {
        DataTable::Entries => Box::new(lists::status(published)),
        DataTable::Indicators => Box::new(lists::kpi(published)),
    };
    file.format.write(&*report, lang, Encoding::Utf8Bom)
}

/// The page that describes them.
pub fn document(sheet: &Sheet<'_>) -> Document {
    let (lang, plan, pages) = (sheet.lang, sheet.plan(), sheet.pages);
    let publication = plan.publication.as_ref();
    let of = |field: fn(&Publication) -> Option<&str>| publication.and_then(field).unwrap_or_default().to_owned();
    let office = [plan.head.city.as_deref(), plan.head.office.as_deref()];
    let office = office.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let fields = vec![
        (lang.pick("作成者", "Author").to_owned(), Line::from(office)),
        (lang.pick("利用条件", "Licence").to_owned(), of(|publication| publication.licence.as_deref()).into()),
        (lang.pick("問合せ先", "Contact").to_owned(), of(|publication| publication.contact.as_deref()).into()),
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
    ];
    let mut sections = vec![Section::plain(vec![super::shared::known(fields)])];
    for table in tables(plan) {
        let (name, words) = table.words(lang);
        let lines = FORMATS.iter().map(|format| {
            let file = DataFile { table, format };
            let kind = match format.name {
                "xlsx" => "Excel",
                "json" => "JSON",
                _ => "CSV",
            };
            Line::from(tr!(lang, "{name}（{kind}）", "{name} ({kind})"))
                .linked(pages.to(&pages.home.path(&file.path())))
        });
        sections.push(Section::new(name, vec![Block::Text(words.into()), Block::List(lines.collect())]));
    }
    Document { title: lang.pick("データ", "Data").to_owned(), sections, ..Document::default() }
}
