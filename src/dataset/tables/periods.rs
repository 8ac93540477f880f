//! The calendar: every period that a row of the plan names.

use std::collections::BTreeMap;

use super::Spec;
use crate::dataset::column::{Kind, required};
use crate::dataset::site::{Site, Sourced};
use crate::dataset::words;
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::plan::source::Origin;

pub struct Row {
    period: Period,
    is_in_plan: bool,
    origin: Origin,
}

impl Sourced for Row {
    fn origin(&self) -> Origin {
        self.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row> {
    Spec {
        name: "periods",
        about: ("期間（計画の行に現れるものすべて）", "A period: each one that a row of the plan names"),
        key: &["period"],
        rows,
        columns: vec![
            required(
                "period",
                Kind::Text,
                ("期間の書き方（R7Q2 など）", "The period as the files write it (R7Q2)"),
                |row: &Row, _| row.period.short().into(),
            ),
            required("kind", Kind::Code, ("期間の長さ", "How long it is"), |row, _| {
                words::length(row.period).into()
            }),
            required("period_from", Kind::Date, ("初日", "Its first day"), |row, _| row.period.first_day().into()),
            required("period_to", Kind::Date, ("末日", "Its last day"), |row, _| row.period.last_day().into()),
            required(
                "fiscal_year",
                Kind::Integer,
                ("年度（西暦）", "Its fiscal year, by the western year of its April"),
                |row, _| row.period.fiscal_year().western().into(),
            ),
            required("name_ja", Kind::Text, ("日本語の名称", "Its name in Japanese"), |row, _| {
                row.period.long(Lang::Ja).into()
            }),
            required("name_en", Kind::Text, ("英語の名称", "Its name in English"), |row, _| {
                row.period.long(Lang::En).into()
            }),
            required(
                "is_in_plan",
                Kind::Boolean,
                ("計画期間の中か", "Whether it lies within the years of the plan"),
                |row, _| row.is_in_plan.into(),
            ),
            required(
                "has_ended",
                Kind::Boolean,
                ("データセットの時点で終わっているか", "Whether it has ended by the moment of the dataset"),
                |row, site| (row.period.last_day() <= site.as_of.date).into(),
            ),
        ],
    }
}

fn rows(site: &Site<'_>) -> Vec<Row> {
    let plan = site.plan;
    let mut named: BTreeMap<Period, Origin> = BTreeMap::new();
    // The first place that names it.
    let mut name = |period: Period, origin: Origin| {
        let first = named.entry(period).or_insert(origin);
        if (origin.file, origin.offset) < (first.file, first.offset) {
            *first = origin;
        }
    };
    plan.entries.iter().flat_map(|entry| &entry.updates).for_each(|update| name(update.period, update.origin));
    for indicator in &plan.indicators {
        let revised = indicator.revised.iter().flat_map(|revision| &revision.in_force);
        let measured = indicator.measures.iter().map(|measure| &measure.reading);
        let readings = indicator.baseline.iter().chain(&indicator.targets).chain(revised).chain(measured);
        readings.for_each(|reading| name(reading.period, reading.origin));
    }
    plan.head.published.iter().for_each(|published| name(published.period, published.whole.origin));
    // A moment that no file names follows from the period and the cycle of the plan.
    for moment in site.moments().into_iter().chain(site.years()) {
        named.entry(moment.as_of.period).or_insert(plan.head.origin);
    }
    let row = |(period, origin)| Row { period, is_in_plan: plan.head.covers(period), origin };
    let mut rows: Vec<Row> = named.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| row.period.short());
    rows
}
