//! Records in order of time.

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::lang::Lang;
use crate::plan::entry::Update;
use crate::plan::period::date_text;
use crate::plan::road::Lane;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::history::{Event, Record};

use super::document::{Block, Cell, Column, Document, Row, Section, Table};
use super::{Report, heading, json as numbers, words};
use crate::tr;

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
        flat(self, lang)
    }

    fn json(&self) -> Json {
        json!({
            "schema": 1,
            "plan": numbers::plan(self.plan),
            "as_of": numbers::as_of(self.as_of),
            "records": self.events.iter().map(|e| json_event(self.plan, e)).collect::<Vec<_>>(),
        })
    }
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
    columns.push(Column::left(lang.pick("記録者", "By")));
    columns.push(Column::left(lang.pick("記録の名前", "Called")));
    let row = |event: &Event<'_>| {
        let record = event.record;
        let recorded =
            record.recorded().map_or_else(|| lang.pick("不明", "unknown").to_owned(), |d| date_text(d, lang));
        let mut cells = Vec::with_capacity(columns.len());
        cells.extend([Cell::text(recorded), Cell::text(record.period().tag(lang))]);
        if subject {
            cells.push(Cell::text(subject_name(plan, event.subject)));
        }
        cells.push(Cell::text(rated(plan, event, lang)));
        cells.push(Cell::text(content(plan, event, lang)));
        cells.push(Cell::text(record.by().unwrap_or_default()));
        cells.push(Cell::text(record.shared().name().to_string()));
        Row::new(cells)
    };
    let rows = events.par_iter().map(row).collect();
    Table { columns, rows, ..Table::default() }
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
        Subject::Entry(place) => format!("{} {}", plan.entries[place].id, plan.entries[place].name),
        Subject::Indicator(place) => words::indicator_name(&plan.indicators[place]),
    }
}

/// The grades by name, and how far it is; or the value.
fn rated(plan: &Plan, event: &Event<'_>, lang: Lang) -> String {
    match (event.record, event.subject) {
        (Record::Measure(measure), Subject::Indicator(place)) => {
            let indicator = &plan.indicators[place];
            let value = words::reading(&measure.reading, indicator, lang);
            let provisional = if measure.provisional { lang.pick("（速報）", " (provisional)") } else { "" };
            format!("{value}{provisional}{}", words::mark(measure.reading.origin.certainty, lang))
        }
        (Record::Update(update), _) => {
            let mut parts: Vec<String> = grades(plan, update).map(|(_, grade)| grade.to_owned()).collect();
            parts.extend(update.progress.map(|p| words::percent(p, lang)));
            if update.evaluator > 0 {
                parts.push(format!("({})", plan.evaluators[update.evaluator].name));
            }
            parts.join("\n")
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
    let mut parts = correction(event, lang);
    let notes = match event.record {
        Record::Update(update) => {
            parts.push(words::said(update, lang));
            parts.extend(reached(plan, event.subject, update, lang));
            update.notes.iter()
        }
        Record::Measure(measure) => {
            let sample = measure.sample().map(|n| format!("n={n}"));
            let margin = measure.margin().map(|m| format!("±{m}"));
            parts.push([sample, margin].into_iter().flatten().collect::<Vec<_>>().join(" "));
            measure.reading.notes().iter()
        }
    };
    parts.extend(notes.map(|note| note.to_string()));
    let origin = event.record.origin();
    if let (Record::Update(_), mark) = (event.record, words::mark(origin.certainty, lang)) {
        parts.push(mark);
    }
    parts.extend(words::source(plan, origin.source).map(|s| format!("{}{s}", lang.pick("資料：", "Source: "))));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// The steps and milestones that a record says were reached.
fn reached(plan: &Plan, subject: Subject, update: &Update, lang: Lang) -> Vec<String> {
    match subject {
        Subject::Entry(place) => words::said_reached(plan, &plan.entries[place], update, lang),
        Subject::Indicator(_) => Vec::new(),
    }
}

fn flat(report: &LogReport<'_>, lang: Lang) -> Table {
    let titles = [
        ("記録日", "Recorded"),
        ("対象期間", "Period"),
        ("id", "ID"),
        ("名称", "Name"),
        ("区分", "Rating"),
        ("進捗率（％）", "Progress (%)"),
        ("値", "Value"),
        ("単位", "Unit"),
        ("実績", "Done"),
        ("課題", "Issue"),
        ("今後の対応", "Next"),
        ("記録者", "By"),
        ("備考", "Remarks"),
        ("記録の名前", "Called"),
    ];
    let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
    let plan = report.plan;
    let row = |event: &Event<'_>| {
        let day = event.record.recorded().map(|d| d.to_string()).unwrap_or_default();
        let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
        let mut cells = vec![Cell::text(day), Cell::text(event.record.period().short())];
        match (event.record, event.subject) {
            (Record::Update(update), Subject::Entry(place)) => {
                let entry = &plan.entries[place];
                let rating: Vec<&str> = grades(plan, update).map(|(_, grade)| grade).collect();
                cells.extend([Cell::text(entry.id.as_str()), Cell::text(&*entry.name), Cell::text(rating.join(" / "))]);
                cells.push(update.progress.map_or_else(Cell::default, |p| Cell::number(p, p.to_string())));
                cells.extend([Cell::default(), Cell::default()]);
                cells.extend([&update.done, &update.issue, &update.next].map(|t| text(t.as_deref())));
            }
            (Record::Measure(measure), Subject::Indicator(place)) => {
                let indicator = &plan.indicators[place];
                let value = match measure.reading.value {
                    crate::plan::value::Value::Number(n) => Cell::number(n, n.to_string()),
                    _ => Cell::text(words::reading(&measure.reading, indicator, lang)),
                };
                cells.extend([
                    Cell::text(indicator.id.as_str()),
                    Cell::text(&*indicator.name),
                    Cell::default(),
                    Cell::default(),
                ]);
                cells.extend([
                    value,
                    Cell::text(&*indicator.unit.0),
                    Cell::default(),
                    Cell::default(),
                    Cell::default(),
                ]);
            }
            _ => {}
        }
        cells.push(text(event.record.by()));
        cells.push(Cell::text(remarks(plan, event, lang)));
        cells.push(Cell::text(event.record.shared().name().to_string()));
        Row::new(cells)
    };
    Table { columns, rows: report.events.par_iter().map(row).collect(), ..Table::default() }
}

/// One record as programs read it.
pub fn json_event(plan: &Plan, event: &Event<'_>) -> Json {
    let recorded = event.record.recorded().map(|d| d.to_string());
    let source = plan.sources.get(event.record.origin().source.map_or(usize::MAX, usize::from)).map(|s| s.id.as_str());
    let (called, trace) = (event.record.shared().name().to_string(), event.record.shared().trace());
    let corrects = trace.corrects().map(|of| of.to_string());
    let corrected = event.corrected.map(|by| by.to_string());
    match (event.record, event.subject) {
        (Record::Update(update), Subject::Entry(place)) => json!({
            "type": "update",
            "id": plan.entries[place].id,
            "name": plan.entries[place].name,
            "period": update.period.short(),
            "recorded": recorded,
            "record": called,
            "corrects": corrects,
            "corrected_by": corrected,
            "withdrawn": trace.withdrawn,
            "evaluator": plan.evaluators[update.evaluator].id,
            "rating": ratings(plan, update),
            "progress": update.progress,
            "steps": reached_json(plan, place, update).0,
            "reached": reached_json(plan, place, update).1,
            "done": update.done, "issue": update.issue, "next": update.next, "by": update.by,
            "figures": update.figures.iter().map(|f| numbers::figure(plan, f)).collect::<Vec<_>>(),
            "notes": update.notes,
            "certainty": update.origin.certainty,
            "source": source,
        }),
        (Record::Measure(measure), Subject::Indicator(place)) => {
            let mut map = numbers::reading(&measure.reading, &plan.indicators[place], plan);
            if let Some(map) = map.as_object_mut() {
                map.insert("type".into(), "measure".into());
                map.insert("id".into(), plan.indicators[place].id.as_str().into());
                map.insert("name".into(), (&*plan.indicators[place].name).into());
                map.insert("recorded".into(), recorded.into());
                map.insert("record".into(), called.into());
                map.insert("corrects".into(), corrects.into());
                map.insert("corrected_by".into(), corrected.into());
                map.insert("withdrawn".into(), trace.withdrawn.into());
                map.insert("provisional".into(), measure.provisional.into());
                map.insert("sample".into(), measure.sample().into());
                map.insert("margin".into(), numbers::maybe(measure.margin()));
                map.insert("by".into(), measure.by.as_deref().into());
                map.insert("notes".into(), measure.reading.notes().iter().map(|n| &**n).collect());
            }
            map
        }
        _ => Json::Null,
    }
}

/// The steps and milestones that a record says were reached.
fn reached_json(plan: &Plan, place: usize, update: &Update) -> (Vec<Json>, Vec<Json>) {
    let entry = &plan.entries[place];
    let Some(reached) = &update.reached else { return Default::default() };
    let of = |lane: Lane| entry.initiative(lane).map(|i| &*i.name);
    let steps = reached.steps.iter();
    let steps = steps.map(|(lane, step)| json!({ "initiative": of(*lane), "step": plan.step(*step) }));
    let milestones = reached.milestones.iter().map(|(lane, milestone, date)| {
        let name = &entry.milestones_of(*lane)[*milestone].name;
        json!({ "initiative": of(*lane), "milestone": name, "date": date.short() })
    });
    (steps.collect(), milestones.collect())
}

fn ratings(plan: &Plan, update: &Update) -> Json {
    let pairs = update.ratings.iter().map(|rating| {
        let scale = &plan.scales[usize::from(rating.scale)];
        let grade = &scale.versions[usize::from(rating.version)].grades[usize::from(rating.grade)];
        (scale.id.to_string(), Json::from(grade.id.as_str()))
    });
    Json::Object(pairs.collect())
}

/// What the other columns do not say: who evaluated, that a value is provisional or unconfirmed, footnotes.
fn remarks(plan: &Plan, event: &Event<'_>, lang: Lang) -> String {
    let record = event.record;
    let (first, notes) = match record {
        Record::Update(update) => {
            let several = plan.evaluators.len() > 1;
            (several.then(|| plan.evaluators[update.evaluator].name.to_string()), &*update.notes)
        }
        Record::Measure(measure) => {
            (measure.provisional.then(|| lang.pick("速報", "provisional").to_owned()), measure.reading.notes())
        }
    };
    let mark = record.origin().certainty.mark(lang);
    let mark = (!mark.is_empty()).then(|| mark.to_owned());
    let reached = match record {
        Record::Update(update) => reached(plan, event.subject, update, lang),
        Record::Measure(_) => Vec::new(),
    };
    let said = correction(event, lang).into_iter().chain(first).chain(mark).chain(reached);
    let all = said.chain(notes.iter().map(ToString::to_string));
    all.collect::<Vec<_>>().join(lang.pick("、", ", "))
}
