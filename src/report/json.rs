//! What programs read, as types: the JSON Schema of every output follows from them. A doc comment of a key is its
//! description, Japanese first and English behind `||`. Numbers are exact decimals, what is absent is `null`.

#[cfg(test)]
mod schema;

use std::fmt::Display;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer, ser};
use serde_json::{Number, Value as Json};

use crate::lang::Say;
use crate::plan::area::AreaCode;
use crate::plan::entry::Figure;
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Kind, Reading};
use crate::plan::period::{FiscalYear, Period};
use crate::plan::road::PlannedStep;
use crate::plan::source::{Origin, Revision};
use crate::plan::value::{Absence, Certainty, Value};
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::Rate;
use crate::text::safe::is_unseen;

/// Digits behind the point of rates, which need not end.
const RATE_DIGITS: u32 = 10;

/// The tree of a typed output. Its keys are texts and its numbers exact, so that nothing in it cannot be written.
pub fn tree(output: &impl Serialize) -> Json {
    serde_json::to_value(output).unwrap_or_default()
}

/// A tree as it is printed. What is unseen stands in it as its number: programs read the same text, and no terminal obeys it.
pub fn text(json: &Json) -> String {
    let printed = format!("{json:#}\n");
    if !printed.chars().any(|c| c != '\n' && is_unseen(c)) {
        return printed;
    }
    let mut text = String::with_capacity(printed.len() + 64);
    for c in printed.chars() {
        match c {
            c if c == '\n' || !is_unseen(c) => text.push(c),
            // As halves, where it takes more than four digits.
            c => text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
        }
    }
    text
}

/// The version of an output's form: 1.
#[derive(Debug, Clone, Copy)]
pub struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(1)
    }
}

/// An exact decimal, written with the digits it has.
#[derive(Debug, Clone, Copy)]
pub struct Exact(Decimal);

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_string().parse::<Number>().map_err(ser::Error::custom)?.serialize(serializer)
    }
}

/// A mean or a forecast, which need not end, to ten digits behind the point.
pub fn rounded(value: Option<Decimal>) -> Option<Exact> {
    value.map(|v| v.round_dp(RATE_DIGITS).normalize().into())
}

/// A rate in percent, to ten digits behind the point.
pub fn rate(rate: Option<Rate>) -> Option<Exact> {
    rounded(rate.and_then(Rate::percent))
}

/// A day, as `2025-10-03`.
#[derive(Debug, Clone, Copy)]
pub struct Day(NaiveDate);

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// An object whose keys are data, in their order.
#[derive(Debug, Clone)]
pub struct ByKey<T>(Vec<(String, T)>);

impl<T> ByKey<T> {
    /// Whether it has no keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Display, T> FromIterator<(K, T)> for ByKey<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key.to_string(), value)).collect())
    }
}

impl<T: Serialize> Serialize for ByKey<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// 計画 || A plan
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlanJson<'p> {
    /// 計画の id || The plan's own id
    id: &'p Id,
    /// 計画の名称 || Its title
    name: &'p str,
    /// フォルダーの名前（`--plan` に書くもの） || The name of its folder, which `--plan` takes
    folder: &'p str,
    /// 自治体 || Whose plan it is
    city: Option<&'p str>,
    /// 全国地方公共団体コード。なければ null || Its local government code; null where none is declared
    city_code: Option<&'p str>,
    /// 架空の市か || Whether the city is made up
    fictional: bool,
    /// 読んだ版。今のファイルなら null || The revision that it was read from; null for the files as they are
    revision: Option<RevisionJson<'p>>,
}

impl<'p> From<&'p Plan> for PlanJson<'p> {
    fn from(plan: &'p Plan) -> Self {
        let head = &plan.head;
        Self {
            id: &head.id,
            name: &head.name,
            folder: &plan.folder,
            city: head.city.as_deref(),
            city_code: head.city_code.as_ref().map(AreaCode::as_str),
            fictional: head.fictional,
            revision: plan.revision.as_ref().map(Into::into),
        }
    }
}

/// 版 || A revision of git
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RevisionJson<'p> {
    /// 指定したとおりの名前 || Its name, as it was asked for
    name: &'p str,
    /// コミットの id || The commit's id
    id: &'p str,
    /// 版の日付 || Its day
    date: Day,
}

impl<'p> From<&'p Revision> for RevisionJson<'p> {
    fn from(revision: &'p Revision) -> Self {
        Self { name: &revision.name, id: &revision.id, date: revision.date.into() }
    }
}

/// いつ現在か || As of when
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AsOfJson {
    /// 日付 || The day
    date: Day,
    /// その日を含む報告の期間 || The reporting period that has this day
    period: Period,
}

impl From<AsOf> for AsOfJson {
    fn from(as_of: AsOf) -> Self {
        Self { date: as_of.date.into(), period: as_of.period }
    }
}

/// 値：数値、範囲、段階などの名前 || A value: a number, a range, the name of a step
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum AmountJson<'p> {
    /// 数値 || A number
    Number(Exact),
    /// 範囲 || A range
    Range(RangeJson),
    /// 言葉 || A word
    Word(&'p str),
}

/// 範囲 || A range
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RangeJson {
    /// 下限 || The lower bound
    min: Exact,
    /// 上限 || The upper bound
    max: Exact,
}

/// A number or a range; `None` for what is neither.
pub fn number<'p>(value: &Value) -> Option<AmountJson<'p>> {
    match value {
        Value::Number(number) => Some(AmountJson::Number((*number).into())),
        Value::Range(within) => Some(AmountJson::Range(RangeJson { min: within.min.into(), max: within.max.into() })),
        _ => None,
    }
}

/// The value of an indicator; `None` where there is none.
pub fn value<'p>(value: &Value, indicator: &'p Indicator) -> Option<AmountJson<'p>> {
    match (value, &indicator.kind) {
        (Value::Step(place), Kind::Milestone { steps }) => steps.get(*place).map(|step| AmountJson::Word(step)),
        _ => number(value),
    }
}

/// 資料が示す数値 || A number that a document states
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FigureJson<'p> {
    /// 何の数値か || What is counted
    name: &'p str,
    /// 値 || The value
    value: Option<AmountJson<'p>>,
    /// 文字列で書いてある値 || Its words, where it was written as text
    written: Option<&'p str>,
    /// 単位 || The unit
    unit: &'p str,
    /// いつの値か || The period of the value
    period: Option<Period>,
    /// 確かさ || How sure it is
    certainty: Certainty,
    /// 資料の id || The document, by its id
    source: Option<&'p str>,
}

/// A number that a document states.
pub fn figure<'p>(plan: &'p Plan, figure: &'p Figure) -> FigureJson<'p> {
    FigureJson {
        name: &figure.name,
        value: number(&figure.value),
        written: figure.written.as_deref(),
        unit: &figure.unit,
        period: figure.period,
        certainty: figure.origin.certainty,
        source: source(plan, figure.origin),
    }
}

/// 年度の工程 || What is planned for a year
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedStepJson<'p> {
    /// 年度 || The fiscal year
    year: FiscalYear,
    /// 段階の名前 || The name of the step
    step: &'p str,
}

/// What is planned for each year.
pub fn steps<'p>(plan: &'p Plan, steps: &[PlannedStep]) -> Vec<PlannedStepJson<'p>> {
    steps.iter().map(|p| PlannedStepJson { year: p.year, step: plan.step(p.step) }).collect()
}

/// The id of the document that something was read from.
pub fn source(plan: &Plan, origin: Origin) -> Option<&str> {
    plan.sources.get(usize::from(origin.source?)).map(|s| s.id.as_str())
}

/// ある期間の値 || The value of a period
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReadingJson<'p> {
    /// いつの値か || The period of the value
    period: Period,
    /// 値 || The value
    value: Option<AmountJson<'p>>,
    /// 文字列で書いてある値（「15％以上」など） || Its words, where it was written as text
    written: Option<&'p str>,
    /// 値がない理由：not-surveyed 未調査、not-published 未公表、not-applicable 対象外、not-set －、withdrawn 取下げ、unconfirmed 要確認 || Why there is no value: not-surveyed, not-published, not-applicable, not-set, withdrawn, unconfirmed
    absent: Option<&'static str>,
    /// 要確認の候補 || The values of which the documents leave open which it is
    candidates: Option<Vec<Exact>>,
    /// 確かさ || How sure it is
    certainty: Certainty,
    /// 資料の id || The document, by its id
    source: Option<&'p str>,
}

/// A reading with its period, its words where it was written as text, and how sure it is.
pub fn reading<'p>(reading: &'p Reading, indicator: &'p Indicator, plan: &'p Plan) -> ReadingJson<'p> {
    let absence = match &reading.value {
        Value::Absent(absence) => Some(absence.key()),
        _ => None,
    };
    ReadingJson {
        period: reading.period,
        value: value(&reading.value, indicator),
        written: reading.written(),
        absent: absence,
        candidates: candidates(reading),
        certainty: reading.origin.certainty,
        source: source(plan, reading.origin),
    }
}

/// The values of which the documents leave open which it is.
pub fn candidates(reading: &Reading) -> Option<Vec<Exact>> {
    match &reading.value {
        Value::Absent(Absence::Unsettled(all)) => Some(all.iter().map(|candidate| (*candidate).into()).collect()),
        _ => None,
    }
}

/// 両方の言語の文 || A sentence in both languages
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SayJson<'p> {
    /// 日本語 || Japanese
    ja: &'p str,
    /// 英語 || English
    en: &'p str,
}

impl<'p> From<&'p Say> for SayJson<'p> {
    fn from(say: &'p Say) -> Self {
        Self { ja: &say.ja, en: &say.en }
    }
}

/// 二つの言語の言葉 || Words in both languages
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SayOwned {
    /// 日本語 || Japanese
    pub ja: String,
    /// 英語 || English
    pub en: String,
}

/// The names of owners.
pub fn owners<'p>(plan: &'p Plan, places: &[usize]) -> Vec<&'p str> {
    places.iter().map(|place| plan.owners[*place].label()).collect()
}

/// Id and name of an entry or indicator.
pub fn called(plan: &Plan, subject: Subject) -> (&Id, &str) {
    match subject {
        Subject::Entry(place) => (&plan.entries[place].id, &plan.entries[place].name),
        Subject::Indicator(place) => (&plan.indicators[place].id, &plan.indicators[place].name),
    }
}
