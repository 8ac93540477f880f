//! The targets of indicators, as each revision had them.

use chrono::NaiveDate;

use super::Spec;
use super::indicators::absent;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Site, Sourced, period_columns};
use crate::dataset::words;
use crate::plan::indicator::{Indicator, Reading};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::value::Value;

pub struct Row<'p> {
    indicator: &'p Indicator,
    number: usize,
    until: Option<NaiveDate>,
    reason: Option<&'p str>,
    is_final: bool,
    reading: &'p Reading,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.reading.origin
    }
}

impl About for Row<'_> {
    fn period(&self) -> Period {
        self.reading.period
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = vec![
        required("indicator_id", Kind::Text, ("指標の id", "The indicator"), |row: &Row<'_>, _| {
            Datum::text(row.indicator.id.as_str())
        }),
        required(
            "target_revision",
            Kind::Integer,
            ("目標値の何番目の版か（1が最初）", "Which revision of the targets, 1 being the first"),
            |row, _| Datum::count(row.number),
        ),
    ];
    columns.extend(period_columns());
    columns.extend([
        optional(
            "valid_until",
            Kind::Date,
            ("この目標値が最後に有効だった日。今も有効なら空", "The last day it held; null for what still holds"),
            |row: &Row<'_>, _| row.until.into(),
        ),
        required("is_current", Kind::Boolean, ("今も有効か", "Whether it still holds"), |row, _| {
            row.until.is_none().into()
        }),
        required(
            "is_final",
            Kind::Boolean,
            ("その版の最終目標か", "Whether it is the final target of its revision"),
            |row, _| row.is_final.into(),
        ),
        optional(
            "value",
            Kind::Decimal,
            ("目標値。範囲なら下限", "The target; of a range the lower bound"),
            |row, _| lower(row.reading),
        ),
        optional("value_max", Kind::Decimal, ("範囲の上限", "The upper bound of a range"), |row, _| {
            upper(row.reading)
        }),
        optional(
            "words",
            Kind::Text,
            (
                "数値でない目標（段階の名前、「増加」、「15％以上」）",
                "The target in words: a step, a direction, as it is written",
            ),
            |row, _| words::words_of(row.reading, row.indicator).into(),
        ),
        optional("absent", Kind::Code, ("値がない理由", "Reason for no value"), |row, _| {
            absent(row.reading).into()
        }),
        required(
            "is_strict",
            Kind::Boolean,
            ("「未満」「超」か", "Whether the number itself does not reach it"),
            |row, _| row.reading.is_strict().into(),
        ),
        optional(
            "reason",
            Kind::Text,
            ("見直しの理由（見直される前の版に示す）", "Why it was revised, with the revision that was given up"),
            |row, _| row.reason.into(),
        ),
        required("certainty", Kind::Code, ("確かさ", "Certainty"), |row, _| {
            words::certainty(row.reading.origin.certainty).into()
        }),
        optional("source_id", Kind::Text, ("資料の id", "The document, by id"), |row, site| {
            site.source(row.reading.origin).into()
        }),
    ]);
    Spec {
        name: "targets",
        about: ("目標値（見直しの版ごと）", "A target, as each revision had it"),
        key: &["indicator_id", "target_revision", "period_to"],
        rows,
        columns,
    }
}

/// The number, or the lower bound.
pub fn lower<'r>(reading: &Reading) -> Datum<'r> {
    match &reading.value {
        Value::Number(number) => (*number).into(),
        Value::Range(within) => within.min.into(),
        _ => Datum::Null,
    }
}

/// The upper bound.
pub fn upper<'r>(reading: &Reading) -> Datum<'r> {
    match &reading.value {
        Value::Range(within) => within.max.into(),
        _ => Datum::Null,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let indicators = site.indicators_by_id().into_iter().map(|place| &site.plan.indicators[place]);
    indicators.flat_map(of_indicator).collect()
}

fn of_indicator(indicator: &Indicator) -> impl Iterator<Item = Row<'_>> {
    let revised = indicator.revised.iter().map(|of| (Some(of.until), of.reason.as_deref(), of.in_force.as_slice()));
    let all = revised.chain([(None, None, indicator.targets.as_slice())]).enumerate();
    all.flat_map(move |(at, (until, reason, readings))| {
        let last = readings.len().wrapping_sub(1);
        let row =
            move |(place, reading)| Row { indicator, number: at + 1, until, reason, is_final: place == last, reading };
        readings.iter().enumerate().map(row)
    })
}
