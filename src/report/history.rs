//! Every value that an entry or indicator ever had.

use serde::Serialize;
use serde_json::Value as Json;

use super::diff::{ChangeJson, Row, change_json, row};
use super::json::{Day, PlanJson, Version, tree};
use super::{Report, heading};
use crate::diff::history::{Late, Step};
use crate::document::{Block, Cell, Column, Document, Row as TableRow, Section, Table, Tone};
use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::plan::source::SHORT_ID;
use crate::plan::{Plan, Subject};
use crate::wording as words;

/// The history of one entry or indicator.
#[derive(Debug)]
pub struct HistoryReport<'p> {
    /// The plan of today.
    pub plan: &'p Plan,
    /// Whose history it is.
    pub subject: Subject,
    /// The oldest first.
    pub steps: Vec<Step<'p>>,
    /// Whether the repository has only the last part of its history.
    pub is_shallow: bool,
}

impl HistoryReport<'_> {
    fn name(&self) -> (&str, String) {
        match self.subject {
            Subject::Entry(place) => (self.plan.entries[place].id.as_str(), self.plan.entries[place].name.to_string()),
            Subject::Indicator(place) => {
                let indicator = &self.plan.indicators[place];
                (indicator.id.as_str(), words::indicator_name(indicator))
            }
        }
    }

    fn rows(&self, lang: Lang) -> Vec<(&Step<'_>, Row, Option<Late>)> {
        let of_step = |step: &'_ Step<'_>| {
            let first = |row: Row| match step.is_first {
                true => Row { happened: lang.pick("最初の値", "first value").to_owned(), ..row },
                false => row,
            };
            let rows = step.changes.iter().zip(&step.late).map(|(c, late)| (first(row(step.plans, c, lang)), *late));
            rows.collect::<Vec<_>>()
        };
        self.steps.iter().flat_map(|step| of_step(step).into_iter().map(move |(row, late)| (step, row, late))).collect()
    }
}

impl Report for HistoryReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let (id, name) = self.name();
        let mut document = heading::document(self.plan, lang.pick("履歴", "history"), None, lang);
        let rows = self.rows(lang);
        let columns = [
            ("いつ・だれが", "When, by whom"),
            ("何を", "What"),
            ("旧", "Old"),
            ("新", "New"),
            ("理由・注意", "Reason, caution"),
        ];
        let columns = columns.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let rows = rows.iter().map(|(step, row, late)| table_row(step, row, *late, lang)).collect::<Vec<_>>();
        let none = rows.is_empty();
        let mut notes = Vec::new();
        if self.is_shallow {
            notes.push(shallow(lang).to_owned());
        }
        let blocks = match none {
            true => vec![Block::Text(lang.pick("履歴はありません。", "There is no history.").into())],
            false => vec![Block::Table(Table { columns, rows, notes, ..Table::default() })],
        };
        document.sections.push(Section::new(format!("{id} {name}"), blocks));
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let titles = [
            ("日付", "Date"),
            ("版", "Revision"),
            ("変更者", "Author"),
            ("変更", "Change"),
            ("項目", "Field"),
            ("旧", "Old"),
            ("新", "New"),
            ("理由", "Reason"),
            ("注意", "Caution"),
        ];
        let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
        let line = |(step, row, late): (&Step<'_>, Row, Option<Late>)| {
            let cells = [
                step.date.map(|date| date.to_string()).unwrap_or_default(),
                step.revision.clone().unwrap_or_default(),
                step.author.clone(),
                row.happened,
                row.field,
                row.old,
                row.new,
                row.reason,
                late.map(|late| caution(late, lang).to_owned()).unwrap_or_default(),
            ];
            TableRow::new(cells.map(Cell::text).into())
        };
        Table { columns, rows: self.rows(lang).into_iter().map(line).collect(), ..Table::default() }
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn json(&self) -> Json {
        let (id, name) = self.name();
        tree(&HistoryJson {
            schema: Version,
            plan: self.plan.into(),
            id,
            name,
            shallow: self.is_shallow,
            history: self.steps.iter().flat_map(past).collect(),
        })
    }
}

/// これまでの値 || Every value that an entry or indicator ever had
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HistoryJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 項目の番号又は指標の id || The entry or indicator
    id: &'p str,
    /// 名称 || Its name
    name: String,
    /// リポジトリに途中からの履歴しかないか || Whether the repository has only the last part of its history
    shallow: bool,
    /// 変更。古い順 || The changes, the oldest first
    history: Vec<PastJson<'p>>,
}

/// 版ごとの変更 || A change and the revision that made it
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PastJson<'p> {
    #[serde(flatten)]
    change: ChangeJson<'p>,
    /// コミットの id。まだコミットしていなければ null || The commit; null for what is not committed
    revision: Option<&'p str>,
    /// コミットの日付 || Its day
    date: Option<Day>,
    /// コミットの作者 || Who made it
    author: Option<&'p str>,
    /// 最初の値か || Whether it is the first value
    first: bool,
    /// 後からの下方修正：after-period 期限の後、after-actual 実績が出た後 || Lowered after the fact: after-period, after-actual
    late: Option<&'static str>,
}

/// What a revision changed.
fn past<'r>(step: &'r Step<'_>) -> impl Iterator<Item = PastJson<'r>> {
    step.changes.iter().zip(&step.late).map(|(change, late)| PastJson {
        change: change_json(change, &row(step.plans, change, Lang::En)),
        revision: step.revision.as_deref(),
        date: step.date.map(Into::into),
        author: step.revision.as_ref().map(|_| &*step.author),
        first: step.is_first,
        late: late.map(key),
    })
}

fn table_row(step: &Step<'_>, row: &Row, late: Option<Late>, lang: Lang) -> TableRow {
    let date =
        step.date.map_or_else(|| lang.pick("未コミット", "not committed").to_owned(), |date| date_text(date, lang));
    let id = step.revision.as_deref().map(|id| id.get(..SHORT_ID).unwrap_or(id).to_owned()).unwrap_or_default();
    let when =
        [date, step.author.clone(), id].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let what = if row.field.is_empty() { row.happened.clone() } else { format!("{}\n{}", row.field, row.happened) };
    let none = |text: &str| if text.is_empty() { words::none(lang).to_owned() } else { text.to_owned() };
    let caution = late.map(|late| caution(late, lang).to_owned());
    let boundary = step.is_boundary.then(|| shallow(lang).to_owned());
    let remarks = [Some(row.reason.clone()).filter(|r| !r.is_empty()), caution, boundary];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    let tone = if late.is_some() { Tone::Warn } else { Tone::Plain };
    let cells = [Cell::text(when), Cell::text(what), Cell::text(none(&row.old)), Cell::text(none(&row.new))];
    TableRow::new(cells.into_iter().chain([Cell::text(remarks.join("\n")).toned(tone)]).collect())
}

fn caution(late: Late, lang: Lang) -> &'static str {
    match late {
        Late::AfterItsPeriod => lang.pick("※ 期限が過ぎた後の下方修正", "* lowered after its period was over"),
        Late::AfterItsActual => lang.pick("※ 実績が出た後の下方修正", "* lowered after its actual was known"),
    }
}

fn key(late: Late) -> &'static str {
    match late {
        Late::AfterItsPeriod => "after-period",
        Late::AfterItsActual => "after-actual",
    }
}

fn shallow(lang: Lang) -> &'static str {
    lang.pick(
        "これより前の履歴はこのリポジトリにない（git fetch --unshallow で取り寄せる）",
        "the repository has no earlier history (git fetch --unshallow gets it)",
    )
}
