//! Records in order of time.

pub mod machine;

use std::sync::Arc;

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
use crate::text::terms;

use self::machine::RecordJson;
use super::json::{AsOfJson, PlanJson, Version, tree};
use super::{Report, heading};
use crate::document::{Block, Cell, ColumnOf, Document, Row, Section, Spare, Table, Type, cells, column, heads};
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

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = machine::columns();
        let rows = self.events.par_iter().map(|event| Row::new(cells(&columns, &(self.plan, event), lang)));
        Table { columns: heads(&columns, lang), rows: rows.collect(), ..Table::default() }
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
    let columns = columns(subject);
    // Thousands are called alike, side by side: the records of one period that were made on one day.
    let logged = events.par_iter().map_init(
        || None,
        |alike: &mut Option<(RecordName, Arc<[Cell; 3]>)>, event| {
            let name = event.name;
            let known = alike.take().filter(|(known, _)| *known == name);
            let (_, called) = alike.insert(known.unwrap_or_else(|| (name, called(name, lang).into())));
            Logged { plan, event, called: called.clone() }
        },
    );
    let rows = logged.map(|logged| Row::new(cells(&columns, &logged, lang))).collect();
    let last = columns.len() - 1;
    // Both can be had by a wider screen, the record's name before who recorded it.
    let spare = Some(Spare { columns: vec![last, last - 1], note: left_out(lang) });
    Table { columns: heads(&columns, lang), rows, spare, ..Table::default() }
}

/// Says which columns a narrow screen has no room for.
fn left_out(lang: Lang) -> fn(&[&str]) -> String {
    lang.pick(
        |titles| format!("この幅に収まらない列：{}（幅を広げるか、-o 経過.xlsx で示す）", titles.join("、")),
        |titles| format!("Without room here: {} (widen the screen, or write -o log.xlsx)", titles.join(", ")),
    )
}

/// A record, and the cells of its name.
struct Logged<'r> {
    plan: &'r Plan,
    event: &'r Event<'r>,
    called: Arc<[Cell; 3]>,
}

fn columns<'r>(subject: bool) -> Vec<ColumnOf<Logged<'r>>> {
    let about = || {
        column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |of: &Logged<'_>, _| {
            Cell::text(subject_name(of.plan, of.event.subject))
        })
    };
    let mut columns = vec![
        column("recorded", terms::RECORDED.titles(), Type::Date, |of: &Logged<'_>, _| of.called[0].clone()),
        column("period", terms::PERIOD_COVERED.titles(), Type::Period, |of, _| of.called[1].clone()),
    ];
    columns.extend(subject.then(about));
    columns.extend([
        column("rating", ("区分・値", "Rating, value"), Type::Text, |of: &Logged<'_>, at| {
            Cell::text(rated(of.plan, of.event, at.lang))
        }),
        column("content", ("内容", "Content"), Type::Text, |of, at| Cell::text(content(of.plan, of.event, at.lang))),
        column("by", terms::RECORDED_BY.titles(), Type::Text, |of, _| {
            Cell::text(of.event.record.by().unwrap_or_default())
        }),
        column("record", ("記録の名前", "Record name"), Type::Id, |of, _| of.called[2].clone()),
    ]);
    columns
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
fn rated(plan: &Plan, event: &Event<'_>, lang: Lang) -> String {
    match (event.record, event.subject) {
        (Record::Actual(measure), Subject::Indicator(place)) => {
            let indicator = &plan.indicators[place];
            let value = words::reading(&measure.reading, indicator, lang);
            let provisional = if measure.provisional { lang.pick("（速報）", " (provisional)") } else { "" };
            format!("{value}{provisional}{}", words::mark(measure.reading.origin.certainty, lang))
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
        _ => String::new(),
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

fn content(plan: &Plan, event: &Event<'_>, lang: Lang) -> String {
    let mut lines = Lines::default();
    correction(event, lang).iter().for_each(|line| lines.add([line]));
    let notes = match event.record {
        Record::Update(update) => {
            lines.add([&words::update_texts(update, lang)]);
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
        Subject::Entry(place) => words::reached_lines(plan, &plan.entries[place], update, lang),
        Subject::Indicator(_) => Vec::new(),
    }
}
