//! Changes for spreadsheets and programs.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value as Json;

use super::rows::{DiffRow, rows};
use super::words::numbers;
use super::{DiffReport, Side};
use crate::diff::change::{Change, ChangeKind};
use crate::diff::datum::{Amount, Datum};
use crate::diff::fact::{Fact, Key, SubjectPart};
use crate::document::{Cell, Table, Type, column};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::indicator;
use crate::plan::value::Value;
use crate::query::gap::Verdict;
use crate::report::json::{AmountJson, ByKey, Day, Exact, PlanJson, Version, number, tree};
use crate::text::terms;

/// One row a change.
pub fn table(report: &DiffReport<'_>, lang: Lang) -> Table {
    let columns = [
        column("topic", ("区分", "Topic"), Type::Text, |row: &DiffRow, at| Cell::text(row.topic.name(at.lang))),
        column("change", ("変更", "Change"), Type::Text, |row, _| Cell::text(&row.happened)),
        column("id", ("id", "ID"), Type::Id, |row, _| Cell::text(row.id.as_deref().unwrap_or_default())),
        column("name", terms::NAME.titles(), Type::Name, |row, _| Cell::text(&row.name)),
        column("field", terms::FIELD.titles(), Type::Text, |row, _| Cell::text(&row.field)),
        column("old", terms::OLD.titles(), Type::Text, |row, _| Cell::text(&row.old)),
        column("new", terms::NEW.titles(), Type::Text, |row, _| Cell::text(&row.new)),
        column("effect", ("増減・判定", "Effect"), Type::Text, |row, _| Cell::text(&row.effect)),
        column("reason", terms::REASON.titles(), Type::Text, |row, _| Cell::text(&row.reason)),
        column("old_place", ("旧の場所", "Old place"), Type::Text, |row, _| {
            Cell::text(row.places[0].as_deref().unwrap_or_default())
        }),
        column("new_place", ("新の場所", "New place"), Type::Text, |row, _| {
            Cell::text(row.places[1].as_deref().unwrap_or_default())
        }),
    ];
    Table::build(&columns, rows(report, lang), lang)
}

/// 二つの版の違い || What changed between two revisions
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiffJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 旧 || The old side
    old: SideJson<'p>,
    /// 新 || The new side
    new: SideJson<'p>,
    /// 変更 || The changes
    changes: Vec<ChangeJson<'p>>,
    /// 番号を変えたとみられるもの || What was probably renumbered
    probably_renumbered: Vec<RenumberedJson<'p>>,
}

/// 比べる版 || One of the two revisions
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SideJson<'p> {
    /// 指定したとおりの名前 || Its name, as it was asked for
    label: &'p str,
    /// コミットの id。今のファイルなら null || The commit; null for the files as they are
    revision: Option<&'p str>,
    /// 版の日付 || Its day
    date: Option<Day>,
    /// 計画。読めなければ null || The plan; null where it could not be read
    plan: Option<PlanJson<'p>>,
}

/// 番号を変えたとみられるもの || What was probably renumbered
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RenumberedJson<'p> {
    /// 旧番号 || The old id
    old: &'p Id,
    /// 新番号 || The new id
    new: &'p Id,
}

/// 変更 || A change
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeJson<'p> {
    /// 項目の番号又は指標の id。計画全体やファイルの変更なら null（ファイルの名前は name） || The entry or indicator; null for the plan as a whole, and for files, whose name is in name
    id: Option<&'p Id>,
    /// 名称 || Its name
    name: Cow<'p, str>,
    /// 区分：targets、structure、deadlines、owners、ratings、wording、files || What it is about: targets, structure, deadlines, owners, ratings, wording, files
    topic: &'static str,
    /// 変更：lowered、raised、added、dropped、renumbered、merged、split、renamed、moved、changed。記録は recorded、rating-moved、corrected、taken-back、confirmed、rewritten、withdrawn。ファイルは unread、lines、unknown-key、comment、reordered、relocated、notation、layout || What happened: lowered, raised, added, dropped, renumbered, merged, split, renamed, moved, changed; of records recorded, rating-moved, corrected, taken-back, confirmed, rewritten, withdrawn; of files unread, lines, unknown-key, comment, reordered, relocated, notation, layout
    kind: &'static str,
    /// キー（`target.R9` など） || The keys that lead to what changed, such as `target.R9`
    field: Option<String>,
    /// 旧 || What stood before
    old: Option<FactJson<'p>>,
    /// 新 || What stands now
    new: Option<FactJson<'p>>,
    /// 記録なら、同じことについての前の記録 || Of a record: the previous record about the same
    before: Option<FactJson<'p>>,
    /// 理由 || Why
    reason: Option<&'p str>,
    /// 増減 || New less old
    difference: Option<Exact>,
    /// 判定への影響 || What it does to the verdict
    verdict: Option<TurnJson>,
    /// ファイルと行 || File and line of both revisions
    places: PlacesJson,
}

/// 判定の変化 || The verdict before and after
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TurnJson {
    /// 旧 || By the old revision
    old: &'static str,
    /// 新 || By the new revision
    new: &'static str,
}

/// 両方の版のファイルと行 || File and line of both revisions
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PlacesJson {
    /// 旧 || In the old revision
    old: Option<String>,
    /// 新 || In the new revision
    new: Option<String>,
}

/// 値：真偽、数値、文字列、その並び、範囲、値のないこと、キーごとの値 || A value: yes or no, a number, a text, several of them, a range, an absence, values by key
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
enum FactJson<'p> {
    Flag(bool),
    Count(u64),
    Counts(Vec<usize>),
    Text(Cow<'p, str>),
    Texts(Vec<Cow<'p, str>>),
    Amount(AmountJson<'p>),
    Absent(AbsentJson),
    Facts(ByKey<Option<FactJson<'p>>>),
}

/// 値のないこと || The absence of a value
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AbsentJson {
    /// 値がない理由 || Why there is no value
    absent: &'static str,
}

/// The whole answer.
pub fn json(report: &DiffReport<'_>) -> Json {
    // Of what only the files know the rows say all; their texts are those of the files, whatever the language.
    let rows = rows(report, Lang::En);
    let changes = report.changes.iter().zip(&rows).map(|(change, row)| change_json(change, row));
    let files = rows.iter().skip(report.changes.len()).map(file_json);
    let probable = report.probable.iter().map(|(old, new)| RenumberedJson { old, new });
    tree(&DiffJson {
        schema: Version,
        old: side(&report.old),
        new: side(&report.new),
        changes: changes.chain(files).collect(),
        probably_renumbered: probable.collect(),
    })
}

fn side<'p>(side: &Side<'p>) -> SideJson<'p> {
    let revision = side.plan.and_then(|plan| plan.revision.as_ref());
    SideJson {
        label: side.label,
        revision: revision.map(|revision| &*revision.id),
        date: revision.map(|revision| revision.date.into()),
        plan: side.plan.map(Into::into),
    }
}

/// One change.
pub fn change_json<'r>(change: &'r Change<'_>, row: &DiffRow) -> ChangeJson<'r> {
    let difference = match (numbers(&change.old), numbers(&change.new)) {
        (Some((old, was)), Some((new, is))) if was == is => new.checked_sub(old),
        _ => None,
    };
    let values = |facts: &'r [Fact<'_>]| facts_json(change, facts);
    let one = |id: &'r Id| Some(FactJson::Text(id.as_str().into()));
    let several = |ids: &[&'r Id]| Some(FactJson::Texts(ids.iter().map(|id| id.as_str().into()).collect()));
    let id = change.subject.id();
    let [old, new] = match &change.kind {
        ChangeKind::Renumbered(from) => [one(from), id.and_then(one)],
        ChangeKind::Merged(from) => [several(from), id.and_then(one)],
        ChangeKind::Split(from, into) => [one(from), several(into)],
        _ => [values(&change.old), values(&change.new)],
    };
    ChangeJson {
        id,
        name: change.name.into(),
        topic: change.topic.key(),
        kind: row.kind,
        field: change.key.as_ref().map(field),
        old,
        new,
        before: values(&change.before),
        reason: change.reason,
        difference: difference.filter(|_| !change.is_record()).map(Into::into),
        verdict: change.consequence.map(|c| TurnJson { old: verdict(c.before), new: verdict(c.after) }),
        places: row.into(),
    }
}

fn file_json(row: &DiffRow) -> ChangeJson<'_> {
    let text = |text: &'_ str| (!text.is_empty()).then(|| FactJson::Text(text.to_owned().into()));
    ChangeJson {
        id: None,
        name: row.name.as_str().into(),
        topic: row.topic.key(),
        kind: row.kind,
        field: None,
        old: text(&row.old),
        new: text(&row.new),
        before: None,
        reason: None,
        difference: None,
        verdict: None,
        places: row.into(),
    }
}

impl From<&DiffRow> for PlacesJson {
    fn from(row: &DiffRow) -> Self {
        let [old, new] = row.places.clone();
        Self { old, new }
    }
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
pub fn field(key: &Key<'_>) -> String {
    let parts = key.part.iter().map(|part| match part {
        SubjectPart::Named(field, name, _) => format!("{}.{name}", field.key()),
        SubjectPart::Known(field, id) => format!("{}.{id}", field.key()),
        SubjectPart::At(field, period) => format!("{}.{}", field.key(), period.short()),
        SubjectPart::Until(day) => format!("revised.{day}"),
        SubjectPart::Version(year) => format!("scale.{}", year.map(|y| y.short()).unwrap_or_default()),
        SubjectPart::Record(field, period, recorded, ..) => {
            let day = recorded.map(|day| format!(".{day}")).unwrap_or_default();
            format!("{}.{}{day}", field.key(), period.short())
        }
        SubjectPart::Amendment(day, _) => format!("change.{day}"),
    });
    let own = key.part.last().is_none_or(|part| part.field() != key.field).then(|| key.field.key().to_owned());
    parts.chain(own).collect::<Vec<_>>().join(".")
}

/// One fact as its value; several as an object by their keys.
fn facts_json<'r>(change: &'r Change<'_>, facts: &'r [Fact<'_>]) -> Option<FactJson<'r>> {
    let around = change.key.as_ref().map_or(0, |key| key.part.len());
    match facts {
        [] => None,
        [fact] if change.key.as_ref().is_some_and(|key| key.field == fact.key.field) => datum(&fact.datum),
        facts => {
            let inner = |fact: &'r Fact<'_>| {
                let part = fact.key.part.get(around..).unwrap_or_default().to_vec();
                (field(&Key { part, field: fact.key.field }), datum(&fact.datum))
            };
            Some(FactJson::Facts(facts.iter().map(inner).collect()))
        }
    }
}

fn datum<'r>(datum: &'r Datum<'_>) -> Option<FactJson<'r>> {
    Some(match datum {
        Datum::Flag(flag) => FactJson::Flag(*flag),
        Datum::Count(count) => FactJson::Count(*count),
        Datum::Counts(counts) => FactJson::Counts(counts.clone()),
        Datum::Number(number) => FactJson::Amount(AmountJson::Number((*number).into())),
        Datum::Text(text) => FactJson::Text((*text).into()),
        Datum::Texts(texts) => FactJson::Texts(texts.iter().map(|text| (*text).into()).collect()),
        Datum::Periods(periods) => FactJson::Texts(periods.iter().map(|period| period.short().into()).collect()),
        Datum::Period(period) => FactJson::Text(period.short().into()),
        Datum::Day(day) => FactJson::Text(day.to_string().into()),
        Datum::Word(word) => FactJson::Text(word.key.into()),
        Datum::Refs(refs) => FactJson::Texts(refs.iter().map(|r| r.id.as_str().into()).collect()),
        Datum::Amount(amount) => return self::amount(amount),
    })
}

/// A number, `{min, max}`, a step's name; the words of what is none of them.
fn amount<'r>(amount: &'r Amount<'_>) -> Option<FactJson<'r>> {
    let text = |text: &'r str| FactJson::Text(text.into());
    match (amount.value, amount.kind) {
        (Value::Step(place), indicator::Kind::Milestone { steps }) => steps.get(*place).map(|step| text(step)),
        (Value::Absent(absence), _) => Some(FactJson::Absent(AbsentJson { absent: absence.key() })),
        (value, _) => number(value).map(FactJson::Amount).or(amount.written.map(text)),
    }
}
