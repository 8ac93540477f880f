//! Records as programs read them: one a row, or one an object.

use crate::text::terms;
use crate::wording as words;
use serde::Serialize;

use crate::document::{Cell, ColumnOf, Type, column};
use crate::lang::Lang;
use crate::plan::entry::Update;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::road::Lane;
use crate::plan::scale::Rating;
use crate::plan::value::{Certainty, Value};
use crate::plan::{Plan, Subject};
use crate::query::history::{Event, Record};
use crate::report::json::{ByKey, Day, Exact, FigureJson, ReadingJson, called, figure, reading, source};

use super::{correction, grades, reached};

/// A record and the plan that has it.
pub type Recorded<'r> = (&'r Plan, &'r Event<'r>);

/// The columns of a list of records.
pub fn columns<'r>() -> [ColumnOf<Recorded<'r>>; 14] {
    [
        column("recorded", terms::RECORDED.titles(), Type::Date, |(_, event), _| {
            event.name.recorded.map_or_else(Cell::default, |day| Cell::text(day.to_string()))
        }),
        column("period", terms::PERIOD_COVERED.titles(), Type::Period, |(_, event), _| {
            Cell::text(event.name.period.short())
        }),
        column("id", ("id", "ID"), Type::Id, |(plan, event), _| Cell::text(called(plan, event.subject).0.as_str())),
        column("name", terms::NAME.titles(), Type::Name, |(plan, event), _| Cell::text(called(plan, event.subject).1)),
        column("rating", ("区分", "Rating"), Type::Grade, |(plan, event), _| {
            let grades = update(event).into_iter().flat_map(|update| grades(plan, update).map(|(_, grade)| grade));
            Cell::text(grades.collect::<Vec<_>>().join(" / "))
        }),
        column("progress", ("進捗率（％）", "Progress (%)"), Type::Percent, |(_, event), _| {
            let progress = update(event).and_then(|update| update.progress);
            progress.map_or_else(Cell::default, |percent| Cell::number(percent, percent.to_string()))
        }),
        column("value", terms::VALUE.titles(), Type::Decimal, |(plan, event), at| value(plan, event, at.lang)),
        column("unit", terms::UNIT.titles(), Type::Text, |(plan, event), _| match event.subject {
            Subject::Indicator(place) => Cell::text(&*plan.indicators[place].unit.0),
            Subject::Entry(_) => Cell::default(),
        }),
        column("done", terms::DONE.titles(), Type::Text, |(_, event), _| text_of_update(event, |update| &update.done)),
        column("issue", terms::ISSUE.titles(), Type::Text, |(_, event), _| {
            text_of_update(event, |update| &update.issue)
        }),
        column("next", terms::NEXT.titles(), Type::Text, |(_, event), _| text_of_update(event, |update| &update.next)),
        column("by", terms::RECORDED_BY.titles(), Type::Text, |(_, event), _| {
            Cell::text(event.record.by().unwrap_or_default())
        }),
        column("remarks", ("備考", "Remarks"), Type::Text, |(plan, event), at| {
            Cell::text(remarks(plan, event, at.lang))
        }),
        column("record", ("記録の名前", "Record name"), Type::Id, |(_, event), _| {
            Cell::text(event.name.to_string())
        }),
    ]
}

fn update<'r>(event: &Event<'r>) -> Option<&'r Update> {
    match event.record {
        Record::Update(update) => Some(update),
        Record::Actual(_) => None,
    }
}

/// The number of an actual, or what it says in place of one.
fn value(plan: &Plan, event: &Event<'_>, lang: Lang) -> Cell {
    match (event.record, event.subject) {
        (Record::Actual(measure), Subject::Indicator(place)) => match measure.reading.value {
            Value::Number(number) => Cell::number(number, number.to_string()),
            _ => Cell::text(words::reading(&measure.reading, &plan.indicators[place], lang)),
        },
        _ => Cell::default(),
    }
}

/// Returns the text that an update gives in one of its fields.
fn text_of_update(event: &Event<'_>, text: fn(&Update) -> &Option<Box<str>>) -> Cell {
    update(event).and_then(|update| text(update).as_deref()).map_or_else(Cell::default, Cell::text)
}

/// One record as programs read it.
pub fn json<'p>(plan: &'p Plan, event: &Event<'p>) -> Option<RecordJson<'p>> {
    let trace = event.record.shared().trace();
    let about = RecordedJson {
        recorded: event.name.recorded.map(Into::into),
        record: event.name.to_string(),
        corrects: trace.corrects().map(|of| of.to_string()),
        corrected_by: event.corrected.map(|by| by.to_string()),
        withdrawn: trace.withdrawn,
    };
    match (event.record, event.subject) {
        (Record::Update(update), Subject::Entry(place)) => {
            Some(RecordJson::Update(Box::new(update_json(plan, place, update, about))))
        }
        (Record::Actual(measure), Subject::Indicator(place)) => {
            let indicator = &plan.indicators[place];
            Some(RecordJson::Measure(Box::new(MeasureJson {
                reading: reading(&measure.reading, indicator, plan),
                r#type: "measure",
                id: &indicator.id,
                name: &indicator.name,
                about,
                provisional: measure.provisional,
                sample: measure.sample(),
                margin: measure.margin().map(Into::into),
                by: measure.by.as_deref(),
                notes: measure.reading.notes(),
            })))
        }
        _ => None,
    }
}

/// 記録：項目の進捗、又は指標の実績値 || A record: how an entry stands, or a value of an indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RecordJson<'p> {
    /// 項目の進捗 || How an entry stands
    Update(Box<UpdateJson<'p>>),
    /// 指標の実績値 || A value of an indicator
    Measure(Box<MeasureJson<'p>>),
}

/// 記録の名前と訂正 || What a record is called, and what became of it
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RecordedJson {
    /// 記録した日 || When it was recorded
    recorded: Option<Day>,
    /// 記録の名前 || The record's name within its file
    record: String,
    /// 訂正した記録の名前 || The record that it corrects
    corrects: Option<String>,
    /// これを訂正した記録の名前 || The record that corrects it
    corrected_by: Option<String>,
    /// 取り下げる記録か || Whether it only takes back what it corrects
    withdrawn: bool,
}

/// 項目の進捗の記録 || A record of how an entry stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct UpdateJson<'p> {
    /// 種類：update || What it is: update
    r#type: &'static str,
    /// 項目の番号 || The entry
    id: &'p Id,
    /// 項目の名称 || Its name
    name: &'p str,
    /// 対象の期間 || What it is about
    period: Period,
    #[serde(flatten)]
    about: RecordedJson,
    /// 評価者の id || Who rates, by id
    evaluator: &'p Id,
    /// 評価尺度の id ごとの進捗区分の id || The grade on each scale, by ids
    rating: ByKey<&'p Id>,
    /// 進捗率（％） || How far it is, in percent
    progress: Option<u8>,
    /// 到達した工程の段階 || The steps that were reached
    steps: Vec<ReachedStepJson<'p>>,
    /// 到達した節目 || The milestones that were reached
    reached: Vec<ReachedMilestoneJson<'p>>,
    /// 実績 || What was done
    done: Option<&'p str>,
    /// 課題 || What is in the way
    issue: Option<&'p str>,
    /// 今後の対応 || What comes next
    next: Option<&'p str>,
    /// 記録者 || Who says so
    by: Option<&'p str>,
    /// 数値 || Numbers that it states
    figures: Vec<FigureJson<'p>>,
    /// 注 || Footnotes
    notes: &'p [Box<str>],
    /// 確かさ || How sure it is
    certainty: Certainty,
    /// 資料の id || The document, by its id
    source: Option<&'p str>,
}

/// 到達した工程の段階 || A step that was reached
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReachedStepJson<'p> {
    /// 取組内容。項目そのものなら null || The initiative; null for the entry itself
    initiative: Option<&'p str>,
    /// 段階の名前 || The name of the step
    step: &'p str,
}

/// 到達した節目 || A milestone that was reached
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReachedMilestoneJson<'p> {
    /// 取組内容。項目そのものなら null || The initiative; null for the entry itself
    initiative: Option<&'p str>,
    /// 節目の名前 || The name of the milestone
    milestone: &'p str,
    /// 到達した時期 || When it was reached
    date: Period,
}

/// 指標の実績値の記録 || A record of an indicator's value
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MeasureJson<'p> {
    #[serde(flatten)]
    reading: ReadingJson<'p>,
    /// 種類：measure || What it is: measure
    r#type: &'static str,
    /// 指標の id || The indicator
    id: &'p Id,
    /// 指標の名称 || Its name
    name: &'p str,
    #[serde(flatten)]
    about: RecordedJson,
    /// 速報値か || Whether it is provisional
    provisional: bool,
    /// 回答数 || How many were asked
    sample: Option<u32>,
    /// 標本誤差（ポイント） || The sampling error, in points
    margin: Option<Exact>,
    /// 記録者 || Who says so
    by: Option<&'p str>,
    /// 注 || Footnotes
    notes: &'p [Box<str>],
}

fn update_json<'p>(plan: &'p Plan, place: usize, update: &'p Update, about: RecordedJson) -> UpdateJson<'p> {
    let (steps, reached) = reached_json(plan, place, update);
    UpdateJson {
        r#type: "update",
        id: &plan.entries[place].id,
        name: &plan.entries[place].name,
        period: update.period,
        about,
        evaluator: &plan.evaluators[update.evaluator].id,
        rating: ratings(plan, update),
        progress: update.progress,
        steps,
        reached,
        done: update.done.as_deref(),
        issue: update.issue.as_deref(),
        next: update.next.as_deref(),
        by: update.by.as_deref(),
        figures: update.figures.iter().map(|f| figure(plan, f)).collect(),
        notes: &update.notes,
        certainty: update.origin.certainty,
        source: source(plan, update.origin),
    }
}

/// The steps and milestones that a record says were reached.
fn reached_json<'p>(
    plan: &'p Plan,
    place: usize,
    update: &Update,
) -> (Vec<ReachedStepJson<'p>>, Vec<ReachedMilestoneJson<'p>>) {
    let entry = &plan.entries[place];
    let Some(reached) = &update.reached else { return Default::default() };
    let initiative = |lane: Lane| entry.initiative(lane).map(|i| &*i.name);
    let steps = reached.steps.iter();
    let steps = steps.map(|(lane, step)| ReachedStepJson { initiative: initiative(*lane), step: plan.step(*step) });
    let milestones = reached.milestones.iter().map(|(lane, milestone, date)| ReachedMilestoneJson {
        initiative: initiative(*lane),
        milestone: &entry.milestones_of(*lane)[*milestone].name,
        date: *date,
    });
    (steps.collect(), milestones.collect())
}

fn ratings<'p>(plan: &'p Plan, update: &Update) -> ByKey<&'p Id> {
    let grade = |rating: &Rating| {
        let scale = &plan.scales[usize::from(rating.scale)];
        (&scale.id, &scale.versions[usize::from(rating.version)].grades[usize::from(rating.grade)].id)
    };
    update.ratings.iter().map(grade).collect()
}

/// What the other columns do not say: who evaluated, that a value is provisional or unconfirmed, footnotes.
fn remarks(plan: &Plan, event: &Event<'_>, lang: Lang) -> String {
    let record = event.record;
    let (first, notes) = match record {
        Record::Update(update) => {
            let several = plan.evaluators.len() > 1;
            (several.then(|| plan.evaluators[update.evaluator].name.to_string()), &*update.notes)
        }
        Record::Actual(measure) => {
            (measure.provisional.then(|| terms::PROVISIONAL.word(lang).to_owned()), measure.reading.notes())
        }
    };
    let mark = record.origin().certainty.mark(lang);
    let mark = (!mark.is_empty()).then(|| mark.to_owned());
    let reached = match record {
        Record::Update(update) => reached(plan, event.subject, update, lang),
        Record::Actual(_) => Vec::new(),
    };
    let marks = correction(event, lang).into_iter().chain(first).chain(mark).chain(reached);
    let all = marks.chain(notes.iter().map(ToString::to_string));
    all.collect::<Vec<_>>().join(lang.pick("、", ", "))
}
