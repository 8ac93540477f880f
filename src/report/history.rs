//! Every value that an entry or indicator ever had.

use serde::Serialize;
use serde_json::Value as Json;

use super::diff::{ChangeJson, DiffRow, change_json, row};
use super::json::{Day, PlanJson, Version, tree};
use super::{Report, heading};
use crate::diff::history::{Late, Step};
use crate::document::{Block, Cell, Document, Section, Table, Tone, Type, column};
use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::plan::source::SHORT_ID;
use crate::plan::{Plan, Subject};
use crate::text::terms;
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

    fn rows(&self, lang: Lang) -> Vec<Past<'_>> {
        let of_step = |step: &'_ Step<'_>| {
            let first = |row: DiffRow| match step.is_first {
                true => DiffRow { happened: lang.pick("最初の値", "first value").to_owned(), ..row },
                false => row,
            };
            let changes = step.changes.iter().zip(&step.late);
            changes.map(|(change, late)| (first(row(step.plans, change, lang)), *late)).collect::<Vec<_>>()
        };
        let past = |step| of_step(step).into_iter().map(move |(row, late)| Past { step, row, late });
        self.steps.iter().flat_map(past).collect()
    }
}

/// A change, the revision that made it, and whether a target was lowered after the fact.
struct Past<'r> {
    step: &'r Step<'r>,
    row: DiffRow,
    late: Option<Late>,
}

impl Past<'_> {
    /// Day, author and revision.
    fn when(&self, lang: Lang) -> Cell {
        let step = self.step;
        let uncommitted = || lang.pick("未コミット", "not committed").to_owned();
        let date = step.date.map_or_else(uncommitted, |date| date_text(date, lang));
        let id = step.revision.as_deref().map(|id| id.get(..SHORT_ID).unwrap_or(id)).unwrap_or_default();
        let known = [&*date, &step.author, id].into_iter().filter(|text| !text.is_empty());
        Cell::text(known.collect::<Vec<_>>().join("\n"))
    }

    /// The field, and what became of it.
    fn what(&self) -> Cell {
        let DiffRow { field, happened, .. } = &self.row;
        Cell::text(if field.is_empty() { happened.clone() } else { format!("{field}\n{happened}") })
    }

    fn remarks(&self, lang: Lang) -> Cell {
        let reason = Some(self.row.reason.as_str()).filter(|reason| !reason.is_empty());
        let caution = self.late.map(|late| caution(late, lang));
        let boundary = self.step.is_boundary.then(|| shallow(lang));
        let remarks: Vec<&str> = [reason, caution, boundary].into_iter().flatten().collect();
        Cell::text(remarks.join("\n")).toned(if self.late.is_some() { Tone::Warn } else { Tone::Plain })
    }
}

/// A value, or that there is none.
fn value(text: &str, lang: Lang) -> Cell {
    Cell::text(if text.is_empty() { words::none(lang) } else { text })
}

impl Report for HistoryReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let (id, name) = self.name();
        let mut document = heading::document(self.plan, lang.pick("履歴", "history"), None, lang);
        let rows = self.rows(lang);
        let columns = [
            column("when", ("いつ・だれが", "When, by whom"), Type::Text, |past: &Past<'_>, at| {
                past.when(at.lang)
            }),
            column("what", ("何を", "What"), Type::Text, |past, _| past.what()),
            column("old", terms::OLD.titles(), Type::Text, |past, at| value(&past.row.old, at.lang)),
            column("new", terms::NEW.titles(), Type::Text, |past, at| value(&past.row.new, at.lang)),
            column("remarks", ("理由・注意", "Reason, caution"), Type::Text, |past, at| past.remarks(at.lang)),
        ];
        let none = rows.is_empty();
        let mut notes = Vec::new();
        if self.is_shallow {
            notes.push(shallow(lang).into());
        }
        let blocks = match none {
            true => vec![Block::Text(lang.pick("履歴はありません。", "There is no history.").into())],
            false => vec![Block::Table(Table { notes, ..Table::build(&columns, rows, lang) })],
        };
        document.sections.push(Section::new(format!("{id} {name}"), blocks));
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("date", ("日付", "Date"), Type::Date, |past: &Past<'_>, _| {
                past.step.date.map_or_else(Cell::default, |date| Cell::text(date.to_string()))
            }),
            column("revision", terms::REVISION.titles(), Type::Id, |past, _| {
                Cell::text(past.step.revision.as_deref().unwrap_or_default())
            }),
            column("author", ("変更者", "Author"), Type::Text, |past, _| Cell::text(&past.step.author)),
            column("change", ("変更", "Change"), Type::Text, |past, _| Cell::text(&past.row.happened)),
            column("field", terms::FIELD.titles(), Type::Text, |past, _| Cell::text(&past.row.field)),
            column("old", terms::OLD.titles(), Type::Text, |past, _| Cell::text(&past.row.old)),
            column("new", terms::NEW.titles(), Type::Text, |past, _| Cell::text(&past.row.new)),
            column("reason", terms::REASON.titles(), Type::Text, |past, _| Cell::text(&past.row.reason)),
            column("caution", ("注意", "Caution"), Type::Text, |past, at| {
                Cell::text(past.late.map_or("", |late| caution(late, at.lang)))
            }),
        ];
        Table::build(&columns, self.rows(lang), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
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
