//! Every value that an entry or indicator ever had.

use serde_json::{Value as Json, json};

use super::diff::{Row, row};
use super::{Report, heading, words};
use crate::diff::history::{Late, Step};
use crate::document::{Block, Cell, Column, Document, Row as TableRow, Section, Table, Tone};
use crate::lang::Lang;
use crate::plan::period::date_text;
use crate::plan::source::SHORT_ID;
use crate::plan::{Plan, Subject};

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
        let step = |(step, change, late): (&Step<'_>, &crate::diff::change::Change<'_>, Option<Late>)| {
            let mut json = super::diff::change_json(change, &row(step.plans, change, Lang::En));
            if let Some(map) = json.as_object_mut() {
                map.insert("revision".into(), step.revision.as_deref().into());
                map.insert("date".into(), step.date.map(|date| date.to_string()).into());
                map.insert("author".into(), step.revision.as_ref().map(|_| step.author.as_str()).into());
                map.insert("first".into(), step.is_first.into());
                map.insert("late".into(), late.map(key).into());
            }
            json
        };
        let steps = self.steps.iter().flat_map(|s| s.changes.iter().zip(&s.late).map(move |(c, late)| (s, c, *late)));
        json!({
            "schema": 1,
            "plan": super::json::plan(self.plan),
            "id": id,
            "name": name,
            "shallow": self.is_shallow,
            "history": steps.map(step).collect::<Vec<_>>(),
        })
    }
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
