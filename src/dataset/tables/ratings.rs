//! One row a grade that was given: a record, a scale.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Site, Sourced, period_columns};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::scale::{Grade, Rating};
use crate::plan::source::Origin;

pub struct Row<'p> {
    entry: &'p Entry,
    update: &'p Update,
    rating: Rating,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.update.origin
    }
}

impl About for Row<'_> {
    fn period(&self) -> Period {
        self.update.period
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = vec![
        required("entry_id", Kind::Text, ("項目の番号", "The entry"), |row: &Row<'_>, _| {
            Datum::text(row.entry.id.as_str())
        }),
        required("record", Kind::Text, ("記録の名前（表 updates）", "The record (table updates)"), |row, _| {
            row.update.name().to_string().into()
        }),
    ];
    columns.extend(period_columns());
    columns.extend([
        optional("recorded", Kind::Date, ("記録した日", "When it was recorded"), |row: &Row<'_>, _| {
            row.update.recorded.into()
        }),
        required("evaluator_id", Kind::Text, ("評価者の id", "Who rates, by id"), |row, site| {
            Datum::text(site.plan.evaluators[row.update.evaluator].id.as_str())
        }),
        required("evaluator", Kind::Text, ("評価者の名称", "Who rates"), |row, site| {
            Datum::text(&site.plan.evaluators[row.update.evaluator].name)
        }),
        required("scale_id", Kind::Text, ("評価尺度の id", "The scale, by id"), |row, site| {
            Datum::text(site.plan.scales[usize::from(row.rating.scale)].id.as_str())
        }),
        required(
            "version",
            Kind::Integer,
            ("尺度の何番目の版か", "Which version of the scale, from 1"),
            |row, _| Datum::count(row.rating.version + 1),
        ),
        required("grade_id", Kind::Text, ("進捗区分の id", "The grade, by id"), |row, site| {
            Datum::text(grade(site.plan, row.rating).id.as_str())
        }),
        required(
            "holds",
            Kind::Boolean,
            ("データセットの時点で数えるか", "Whether it counts at the moment of the dataset"),
            |row, site| site.as_of.counts(row.update).into(),
        ),
    ]);
    Spec {
        name: "ratings",
        about: ("付けられた進捗区分（記録と尺度ごとに1行）", "A grade that was given: one row a record and scale"),
        key: &["entry_id", "period_to", "record", "scale_id"],
        rows,
        columns,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let mut rows = Vec::new();
    for (entry, update) in site.updates_by_id() {
        let from = rows.len();
        rows.extend(update.ratings.iter().map(|rating| Row { entry, update, rating: *rating }));
        rows[from..].sort_by_key(|row| site.plan.scales[usize::from(row.rating.scale)].id.as_str());
    }
    rows
}

fn grade(plan: &Plan, rating: Rating) -> &Grade {
    let version = &plan.scales[usize::from(rating.scale)].versions[usize::from(rating.version)];
    &version.grades[usize::from(rating.grade)]
}
