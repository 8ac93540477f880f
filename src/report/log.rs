//! Records in order of time.

pub mod machine;

use compact_str::{CompactString, format_compact};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value as Json;

use crate::lang::Lang;
use crate::plan::entry::Update;
use crate::plan::period::date_text;
use crate::plan::record::RecordName;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::history::{Event, Record};

use self::machine::RecordJson;
use super::json::{AsOfJson, PlanJson, Version, tree};
use super::{Report, heading};
use crate::document::{Block, Cell, Column, Document, Row, Section, Table};
use crate::tr;
use crate::wording::{self as words, Lines};

/// Records of a plan, or of one entry or indicator.
#[derive(Debug)]
pub struct LogReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// In order of time.
    pub events: Vec<Event<'p>>,
}

impl Report for LogReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("記録", "records"), Some(self.as_of), lang);
        let block = if self.events.is_empty() {
            Block::Text(lang.pick("記録はありません。", "There are no records.").into())
        } else {
            Block::Table(events_table(self.plan, &self.events, true, lang))
        };
        document.sections.push(Section::plain(vec![block]));
        document
    }

    fn of(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let row = |event: &Event<'_>| Row::new(machine::cells(self.plan, event, lang));
        Table { columns: machine::columns(lang), rows: self.events.par_iter().map(row).collect(), ..Table::default() }
    }

    fn json(&self) -> Json {
        tree(&LogJson {
            schema: Version,
            plan: self.plan.into(),
            as_of: self.as_of.into(),
            records: self.events.iter().filter_map(|e| machine::json(self.plan, e)).collect(),
        })
    }
}

/// 記録 || Records in order of time
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LogJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 記録 || The records
    records: Vec<RecordJson<'p>>,
}

/// Records as a table; with `subject` each row says what it is about.
pub fn events_table(plan: &Plan, events: &[Event<'_>], subject: bool, lang: Lang) -> Table {
    let mut columns =
        vec![Column::left(lang.pick("記録日", "Recorded")), Column::left(lang.pick("対象期間", "Period"))];
    if subject {
        columns.push(Column::left(lang.pick("項目・指標", "Entry, indicator")));
    }
    columns.push(Column::left(lang.pick("区分・値", "Rating, value")));
    columns.push(Column::left(lang.pick("内容", "What was said")));
    columns.push(Column::left(lang.pick("記録者", "Recorded by")));
    columns.push(Column::left(lang.pick("記録の名前", "Record name")));
    // Thousands are called alike, side by side: the records of one period that were made on one day.
    let row = |alike: &mut Option<(RecordName, [Cell; 3])>, event: &Event<'_>| {
        let name = event.name;
        let known = alike.take().filter(|(known, _)| *known == name);
        let (_, [recorded, period, called]) = alike.insert(known.unwrap_or_else(|| (name, called(name, lang))));
        let mut cells = Vec::with_capacity(columns.len());
        cells.extend([recorded.clone(), period.clone()]);
        if subject {
            cells.push(Cell::text(subject_name(plan, event.subject)));
        }
        cells.push(Cell::text(rated(plan, event, lang)));
        cells.push(Cell::text(content(plan, event, lang)));
        cells.push(Cell::text(event.record.by().unwrap_or_default()));
        cells.push(called.clone());
        Row::new(cells)
    };
    let rows = events.par_iter().map_init(|| None, row).collect();
    Table { columns, rows, ..Table::default() }
}

/// When a record was made, what it is about, and its name.
fn called(name: RecordName, lang: Lang) -> [Cell; 3] {
    let recorded = name.recorded.map_or_else(|| lang.pick("不明", "unknown").to_owned(), |d| date_text(d, lang));
    [Cell::text(recorded), Cell::text(name.period.tag(lang)), Cell::text(name.to_string())]
}

/// What a record corrects, and by which it has been corrected.
fn correction(event: &Event<'_>, lang: Lang) -> Vec<String> {
    let trace = event.record.shared().trace();
    let of = trace.corrects().map(|of| match trace.withdrawn {
        true => tr!(lang, "{of} を取下げ", "withdraws {of}"),
        false => tr!(lang, "{of} を訂正", "corrects {of}"),
    });
    let by = event.corrected.map(|by| tr!(lang, "訂正済（{by}）", "corrected ({by})"));
    of.into_iter().chain(by).collect()
}

fn subject_name(plan: &Plan, subject: Subject) -> String {
    match subject {
        Subject::Entry(place) => [plan.entries[place].id.as_str(), &plan.entries[place].name].join(" "),
        Subject::Indicator(place) => words::indicator_name(&plan.indicators[place]),
    }
}

/// The grades by name, and how far it is; or the value.
fn rated(plan: &Plan, event: &Event<'_>, lang: Lang) -> CompactString {
    match (event.record, event.subject) {
        (Record::Actual(measure), Subject::Indicator(place)) => {
            let indicator = &plan.indicators[place];
            let value = words::reading(&measure.reading, indicator, lang);
            let provisional = if measure.provisional { lang.pick("（速報）", " (provisional)") } else { "" };
            format_compact!("{value}{provisional}{}", words::mark(measure.reading.origin.certainty, lang))
        }
        (Record::Update(update), _) => {
            let mut lines = Lines::default();
            grades(plan, update).for_each(|(_, grade)| lines.add([grade]));
            lines.add([&update.progress.map(|p| words::progress(p, lang)).unwrap_or_default()]);
            if update.evaluator > 0 {
                lines.add(["(", &plan.evaluators[update.evaluator].name, ")"]);
            }
            lines.into()
        }
        _ => CompactString::default(),
    }
}

/// Scale ids and grade names of an update.
pub fn grades<'p>(plan: &'p Plan, update: &'p Update) -> impl Iterator<Item = (&'p str, &'p str)> {
    update.ratings.iter().map(|rating| {
        let scale = &plan.scales[usize::from(rating.scale)];
        let version = &scale.versions[usize::from(rating.version)];
        (scale.id.as_str(), &*version.grades[usize::from(rating.grade)].name)
    })
}

fn content(plan: &Plan, event: &Event<'_>, lang: Lang) -> CompactString {
    let mut lines = Lines::default();
    correction(event, lang).iter().for_each(|line| lines.add([line]));
    let notes = match event.record {
        Record::Update(update) => {
            lines.add([&words::said(update, lang)]);
            reached(plan, event.subject, update, lang).iter().for_each(|line| lines.add([line]));
            &update.notes
        }
        Record::Actual(measure) => {
            let sample = measure.sample().map(|n| format!("n={n}"));
            let margin = measure.margin().map(|m| format!("±{m}"));
            lines.add([&[sample, margin].into_iter().flatten().collect::<Vec<_>>().join(" ")]);
            measure.reading.notes()
        }
    };
    notes.iter().for_each(|note| lines.add([note]));
    let origin = event.record.origin();
    if let Record::Update(_) = event.record {
        lines.add([&words::mark(origin.certainty, lang)]);
    }
    if let Some(source) = words::source(plan, origin.source) {
        lines.add([lang.pick("資料：", "Source: "), &source]);
    }
    lines.into()
}

/// The steps and milestones that a record says were reached.
fn reached(plan: &Plan, subject: Subject, update: &Update, lang: Lang) -> Vec<String> {
    match subject {
        Subject::Entry(place) => words::said_reached(plan, &plan.entries[place], update, lang),
        Subject::Indicator(_) => Vec::new(),
    }
}
