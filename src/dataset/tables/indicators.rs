//! One row an indicator, headings among them.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::Sourced;
use crate::dataset::words;
use crate::plan::indicator::{Indicator, Kind as Way, Reading};
use crate::plan::source::Origin;
use crate::plan::value::Value;
use crate::query::answering;

pub struct Row<'p>(&'p Indicator);

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.0.origin
    }
}

impl Row<'_> {
    fn baseline(&self) -> Option<&Reading> {
        self.0.baseline.as_ref()
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "indicators",
        about: ("検証指標（見出しを含む）", "An indicator, or a heading over several"),
        key: &["indicator_id"],
        rows: |site| site.indicators_by_id().into_iter().map(|place| Row(&site.plan.indicators[place])).collect(),
        columns: vec![
            required("indicator_id", Kind::Text, ("指標の id", "Its id"), |row: &Row<'_>, _| {
                Datum::text(row.0.id.as_str())
            }),
            optional("parent_id", Kind::Text, ("上の見出しの id", "The heading above it"), |row, site| {
                row.0.parent.map(|place| site.plan.indicators[place].id.as_str()).into()
            }),
            optional("label", Kind::Text, ("名称の前の印（①）", "The mark before its name"), |row, _| {
                row.0.label.as_deref().into()
            }),
            required("indicator", Kind::Text, ("名称", "Name"), |row, _| Datum::text(&row.0.name)),
            optional("unit", Kind::Text, ("単位", "Unit"), |row, _| Datum::text(&row.0.unit.0)),
            required("kind", Kind::Code, ("向き", "Kind"), |row, _| row.0.kind.key().into()),
            optional(
                "tolerance",
                Kind::Decimal,
                ("維持の許容幅", "How far a value that is to be kept may lie from its target"),
                |row, _| match &row.0.kind {
                    Way::Maintain { tolerance } => (*tolerance).into(),
                    _ => Datum::Null,
                },
            ),
            required("series", Kind::Code, ("値が何を表すか", "What one value covers"), |row, _| {
                words::series(row.0.series).into()
            }),
            optional(
                "owner_id",
                Kind::Text,
                ("主たる所管課の id", "The owner that answers for it, by id"),
                |row, site| site.owner(answering(site.plan, row.0)).map(|(id, _)| id).into(),
            ),
            optional("owner", Kind::Text, ("主たる所管課", "The owner that answers for it"), |row, site| {
                site.owner(answering(site.plan, row.0)).map(|(_, name)| name).into()
            }),
            optional("baseline_period", Kind::Text, ("基準値の期間", "The period of the baseline"), |row, _| {
                row.baseline().map(|reading| reading.period.short()).into()
            }),
            optional("baseline", Kind::Decimal, ("基準値", "The baseline"), |row, _| {
                row.baseline().and_then(Reading::number).into()
            }),
            optional("baseline_words", Kind::Text, ("数値でない基準値", "The baseline in words"), |row, _| {
                row.baseline().and_then(|reading| words::words_of(reading, row.0)).into()
            }),
            optional("absent", Kind::Code, ("基準値がない理由", "Why there is no baseline"), |row, _| {
                row.baseline().and_then(absent).into()
            }),
            optional(
                "judged_by",
                Kind::Text,
                ("判定区分の組の id", "The set of bands that judges, by id"),
                |row, site| {
                    let place = row.0.judged_by.unwrap_or(site.plan.head.judged_by);
                    Datum::text(site.plan.band_sets[place].id.as_str())
                },
            ),
            optional(
                "judged_against",
                Kind::Code,
                ("どの目標で判定するかの定め", "Which target is said to judge"),
                |row, site| site.plan.against(row.0).map(words::target_of).into(),
            ),
            optional(
                "effect",
                Kind::Code,
                ("効果額であれば、いつまで数えるか", "Of an amount gained: for how long it counts"),
                |row, _| row.0.effect.map(words::effect).into(),
            ),
            required("certainty", Kind::Code, ("確かさ", "Certainty"), |row, _| {
                words::certainty(row.0.origin.certainty).into()
            }),
            optional("source_id", Kind::Text, ("資料の id", "The document, by id"), |row, site| {
                site.source(row.0.origin).into()
            }),
        ],
    }
}

/// Why there is no value.
pub fn absent(reading: &Reading) -> Option<&'static str> {
    match &reading.value {
        Value::Absent(absence) => Some(absence.key()),
        _ => None,
    }
}
