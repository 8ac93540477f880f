//! Records as programs read them: one a row, or one an object.

use serde_json::{Value as Json, json};

use crate::document::{Cell, Column};
use crate::lang::Lang;
use crate::plan::entry::Update;
use crate::plan::road::Lane;
use crate::plan::value::Value;
use crate::plan::{Plan, Subject};
use crate::query::history::{Event, Record};
use crate::report::{json as numbers, words};

use super::{correction, grades, reached};

/// The columns of a list of records.
pub fn columns(lang: Lang) -> Vec<Column> {
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
    titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into()
}

/// One record in these columns.
pub fn cells(plan: &Plan, event: &Event<'_>, lang: Lang) -> Vec<Cell> {
    let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    let day = event.name.recorded.map(|d| d.to_string()).unwrap_or_default();
    let mut cells = Vec::with_capacity(MOST);
    cells.extend([Cell::text(day), Cell::text(event.name.period.short())]);
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
                Value::Number(n) => Cell::number(n, n.to_string()),
                _ => Cell::text(words::reading(&measure.reading, indicator, lang)),
            };
            cells.extend([Cell::text(indicator.id.as_str()), Cell::text(&*indicator.name)]);
            cells.extend([Cell::default(), Cell::default(), value, Cell::text(&*indicator.unit.0)]);
            cells.extend([Cell::default(), Cell::default(), Cell::default()]);
        }
        _ => {}
    }
    cells.push(text(event.record.by()));
    cells.push(Cell::text(remarks(plan, event, lang)));
    cells.push(Cell::text(event.name.to_string()));
    cells
}

/// As many cells as a row may come to have: those of the record, and what every row of a sheet says.
const MOST: usize = 16;

/// One record as programs read it.
pub fn json(plan: &Plan, event: &Event<'_>) -> Json {
    let recorded = event.name.recorded.map(|d| d.to_string());
    let source = plan.sources.get(event.record.origin().source.map_or(usize::MAX, usize::from)).map(|s| s.id.as_str());
    let (called, trace) = (event.name.to_string(), event.record.shared().trace());
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
