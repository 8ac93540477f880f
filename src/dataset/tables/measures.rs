//! One row a measure: a value of an indicator as it was recorded.

use super::Spec;
use super::indicators::absent;
use super::targets::{lower, upper};
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Site, Sourced, period_columns};
use crate::dataset::words;
use crate::plan::indicator::{Actual, Indicator};
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Value};

pub struct Row<'p> {
    indicator: &'p Indicator,
    measure: &'p Actual,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.measure.reading.origin
    }
}

impl About for Row<'_> {
    fn period(&self) -> Period {
        self.measure.reading.period
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = vec![
        required("indicator_id", Kind::Text, ("指標の id", "The indicator"), |row: &Row<'_>, _| {
            Datum::text(row.indicator.id.as_str())
        }),
        required(
            "record",
            Kind::Text,
            ("記録の名前（指標の中で一つ）", "The name of the record, which no other one of the indicator has"),
            |row, _| row.measure.name().to_string().into(),
        ),
    ];
    columns.extend(period_columns());
    columns.extend([
        optional("recorded", Kind::Date, ("記録した日", "When it was recorded"), |row: &Row<'_>, _| {
            row.measure.recorded.into()
        }),
        optional(
            "value",
            Kind::Decimal,
            ("実績値。範囲なら下限", "The value; of a range the lower bound"),
            |row, _| lower(&row.measure.reading),
        ),
        optional("value_max", Kind::Decimal, ("範囲の上限", "The upper bound of a range"), |row, _| {
            upper(&row.measure.reading)
        }),
        optional(
            "words",
            Kind::Text,
            ("数値でない値（段階の名前など）", "The value in words: a step, as it is written"),
            |row, _| words::words_of(&row.measure.reading, row.indicator).into(),
        ),
        optional("absent", Kind::Code, ("値がない理由", "Reason for no value"), |row, _| {
            absent(&row.measure.reading).into()
        }),
        optional(
            "candidates",
            Kind::Text,
            (
                "要確認の候補（空白区切り）",
                "The values of which the documents leave open which it is, with blanks between",
            ),
            |row, _| candidates(row).into(),
        ),
        required("is_provisional", Kind::Boolean, ("速報値か", "Whether it is provisional"), |row, _| {
            row.measure.provisional.into()
        }),
        required(
            "is_break",
            Kind::Boolean,
            ("断層か（数え方が変わった）", "Whether what is counted changed with it"),
            |row, _| row.measure.breaks.into(),
        ),
        optional("sample", Kind::Integer, ("回答数", "Sample"), |row, _| {
            row.measure.sample().map(Datum::count).unwrap_or(Datum::Null)
        }),
        optional("margin", Kind::Decimal, ("標本誤差", "Sampling error"), |row, _| row.measure.margin().into()),
        optional("recorded_by", Kind::Text, ("記録者", "Recorded by"), |row, _| row.measure.by.as_deref().into()),
        required(
            "holds",
            Kind::Boolean,
            (
                "データセットの時点で数えるか（取り下げ、訂正されたものは false）",
                "Whether it counts at the moment of the dataset: neither corrected nor withdrawn nor of later",
            ),
            |row, site| site.as_of.counts(row.measure).into(),
        ),
        required(
            "is_withdrawal",
            Kind::Boolean,
            ("取下げの記録か", "Whether it only takes back what it corrects"),
            |row, _| row.measure.trace.withdrawn.into(),
        ),
        optional(
            "corrects",
            Kind::Text,
            ("訂正する記録の名前", "The record in whose place it stands"),
            |row, _| row.measure.trace.corrects().map(|name| name.to_string()).into(),
        ),
        optional(
            "corrected_by",
            Kind::Text,
            ("訂正した記録の名前", "The record that stands in its place"),
            |row, _| row.measure.trace.corrected().map(|name| name.to_string()).into(),
        ),
        required("certainty", Kind::Code, ("確かさ", "Certainty"), |row, _| {
            words::certainty(row.measure.reading.origin.certainty).into()
        }),
        optional("source_id", Kind::Text, ("資料の id", "The document, by id"), |row, site| {
            site.source(row.measure.reading.origin).into()
        }),
    ]);
    Spec {
        name: "measures",
        about: (
            "実績値（書かれたまま。訂正、取下げも含む）",
            "A value as it was recorded, corrections and withdrawals among them",
        ),
        key: &["indicator_id", "period_to", "record"],
        rows,
        columns,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let indicators = site.indicators_by_id().into_iter().map(|place| &site.plan.indicators[place]);
    indicators.flat_map(|indicator| indicator.measures.iter().map(move |measure| Row { indicator, measure })).collect()
}

fn candidates(row: &Row<'_>) -> Option<String> {
    match &row.measure.reading.value {
        Value::Absent(Absence::Unsettled(all)) => {
            Some(all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}
