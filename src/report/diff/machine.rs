//! Changes for spreadsheets and programs.

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::rows::{Row, rows};
use super::words::numbers;
use super::{DiffReport, Side};
use crate::diff::change::Change;
use crate::diff::datum::{Amount, Datum};
use crate::diff::fact::{Fact, Key, Part};
use crate::document::{Cell, Column, Row as TableRow, Table};
use crate::lang::Lang;
use crate::plan::indicator;
use crate::plan::value::Value;
use crate::query::gap::Verdict;
use crate::report::json as figures;

/// One row a change.
pub fn table(report: &DiffReport<'_>, lang: Lang) -> Table {
    let titles = [
        ("区分", "Topic"),
        ("変更", "Change"),
        ("id", "ID"),
        ("名称", "Name"),
        ("項目", "Field"),
        ("旧", "Old"),
        ("新", "New"),
        ("増減・判定", "Effect"),
        ("理由", "Reason"),
        ("旧の場所", "Old place"),
        ("新の場所", "New place"),
    ];
    let columns = titles.map(|(ja, en)| Column::left(lang.pick(ja, en))).into();
    let row = |row: Row| {
        let [old, new] = row.places.map(Option::unwrap_or_default);
        let id = row.id.unwrap_or_default();
        let cells = [
            row.topic.name(lang).to_owned(),
            row.happened,
            id,
            row.name,
            row.field,
            row.old,
            row.new,
            row.effect,
            row.reason,
            old,
            new,
        ];
        TableRow::new(cells.map(Cell::text).into())
    };
    Table { columns, rows: rows(report, lang).into_iter().map(row).collect(), ..Table::default() }
}

/// `{"changes": [{"id", "kind", "field", "old", "new", "reason", …}]}`.
pub fn json(report: &DiffReport<'_>) -> Json {
    // Of what only the files know the rows say all; their texts are those of the files, whatever the language.
    let rows = rows(report, Lang::En);
    let changes = report.changes.iter().zip(&rows).map(|(change, row)| of_change(change, row));
    let files = rows.iter().skip(report.changes.len()).map(of_file);
    let probable = report.probable.iter().map(|(old, new)| json!({ "old": old, "new": new }));
    json!({
        "schema": 1,
        "old": side(&report.old),
        "new": side(&report.new),
        "changes": changes.chain(files).collect::<Vec<_>>(),
        "probably_renumbered": probable.collect::<Vec<_>>(),
    })
}

fn side(side: &Side<'_>) -> Json {
    let revision = side.plan.and_then(|plan| plan.revision.as_ref());
    json!({
        "label": side.label,
        "revision": revision.map(|revision| &revision.id),
        "date": revision.map(|revision| revision.date.to_string()),
        "plan": side.plan.map(figures::plan),
    })
}

/// One change.
pub fn of_change(change: &Change<'_>, row: &Row) -> Json {
    let difference = match (numbers(&change.old), numbers(&change.new)) {
        (Some((old, was)), Some((new, is))) if was == is => new.checked_sub(old),
        _ => None,
    };
    let said = |facts: &[Fact<'_>]| facts_of(change, facts);
    let [old, new] = match &change.kind {
        crate::diff::change::Kind::Renumbered(from) => [json!(from), json!(change.subject.id())],
        crate::diff::change::Kind::Merged(from) => [json!(from), json!(change.subject.id())],
        crate::diff::change::Kind::Split(from, into) => [json!(from), json!(into)],
        _ => [said(&change.old), said(&change.new)],
    };
    json!({
        "id": change.subject.id(),
        "name": change.name,
        "topic": change.topic.key(),
        "kind": row.kind,
        "field": change.key.as_ref().map(field),
        "old": old,
        "new": new,
        "before": if change.before.is_empty() { Json::Null } else { said(&change.before) },
        "reason": change.reason,
        "difference": figures::maybe(difference.filter(|_| !change.is_record())),
        "verdict": change.consequence.map(|c| json!({ "old": verdict(c.before), "new": verdict(c.after) })),
        "places": places(row),
    })
}

fn of_file(row: &Row) -> Json {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    json!({
        "id": null,
        "name": row.name,
        "topic": row.topic.key(),
        "kind": row.kind,
        "field": null,
        "old": text(&row.old),
        "new": text(&row.new),
        "before": null,
        "reason": null,
        "difference": null,
        "verdict": null,
        "places": places(row),
    })
}

fn places(row: &Row) -> Json {
    json!({ "old": row.places[0], "new": row.places[1] })
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::OnPace => "on-pace",
        Verdict::Behind => "behind",
        Verdict::Worsened => "worsened",
        Verdict::Undetermined(_) => "undetermined",
    }
}

/// The keys that lead to what changed: `target.R9`, `initiative.受付支援.end`.
fn field(key: &Key<'_>) -> String {
    let parts = key.part.iter().map(|part| match part {
        Part::Named(field, name, _) => format!("{}.{name}", field.key()),
        Part::Known(field, id) => format!("{}.{id}", field.key()),
        Part::At(field, period) => format!("{}.{}", field.key(), period.short()),
        Part::Until(day) => format!("revised.{day}"),
        Part::Version(year) => format!("scale.{}", year.map(|y| y.short()).unwrap_or_default()),
        Part::Record(field, period, recorded, ..) => {
            let day = recorded.map(|day| format!(".{day}")).unwrap_or_default();
            format!("{}.{}{day}", field.key(), period.short())
        }
        Part::Amendment(day, _) => format!("change.{day}"),
    });
    let own = key.part.last().is_none_or(|part| part.field() != key.field).then(|| key.field.key().to_owned());
    parts.chain(own).collect::<Vec<_>>().join(".")
}

/// One fact as its value; several as an object by their keys.
fn facts_of(change: &Change<'_>, facts: &[Fact<'_>]) -> Json {
    let around = change.key.as_ref().map_or(0, |key| key.part.len());
    match facts {
        [] => Json::Null,
        [fact] if change.key.as_ref().is_some_and(|key| key.field == fact.key.field) => datum(&fact.datum),
        facts => {
            let inner = |fact: &Fact<'_>| {
                let part = fact.key.part.get(around..).unwrap_or_default().to_vec();
                (field(&Key { part, field: fact.key.field }), datum(&fact.datum))
            };
            Json::Object(facts.iter().map(inner).collect())
        }
    }
}

fn datum(datum: &Datum<'_>) -> Json {
    match datum {
        Datum::Flag(flag) => json!(flag),
        Datum::Count(count) => json!(count),
        Datum::Counts(counts) => json!(counts),
        Datum::Number(number) => figures::decimal(*number),
        Datum::Text(text) => json!(text),
        Datum::Texts(texts) => json!(texts),
        Datum::Period(period) => json!(period.short()),
        Datum::Day(day) => json!(day.to_string()),
        Datum::Word(word) => json!(word.key),
        Datum::Refs(refs) => refs.iter().map(|r| json!(r.id)).collect(),
        Datum::Amount(amount) => self::amount(amount),
    }
}

/// A number, `{min, max}`, a step's name; the words of what is none of them.
fn amount(amount: &Amount<'_>) -> Json {
    let number = |n: &Decimal| figures::decimal(*n);
    match (amount.value, amount.kind) {
        (Value::Number(n), _) => number(n),
        (Value::Range(within), _) => json!({ "min": number(&within.min), "max": number(&within.max) }),
        (Value::Step(place), indicator::Kind::Milestone { steps }) => json!(steps.get(*place)),
        (Value::Absent(absence), _) => json!({ "absent": absence.key() }),
        _ => json!(amount.written),
    }
}
