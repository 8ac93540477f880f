//! One row a grade of a version of a scale.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::scale::{Grade, Scale, ScaleVersion};
use crate::plan::source::Origin;

pub struct Row<'p> {
    scale: &'p Scale,
    number: usize,
    version: &'p ScaleVersion,
    position: usize,
    grade: &'p Grade,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.grade.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "grades",
        about: ("評価尺度の区分", "A grade of a scale"),
        key: &["scale_id", "version", "position"],
        rows,
        columns: vec![
            required("scale_id", Kind::Text, ("評価尺度の id", "The scale, by id"), |row: &Row<'_>, _| {
                Datum::text(row.scale.id.as_str())
            }),
            required(
                "version",
                Kind::Integer,
                ("尺度の何番目の版か", "Which version of the scale, from 1"),
                |row, _| Datum::count(row.number),
            ),
            required("scale", Kind::Text, ("評価尺度の名称", "The name of the scale"), |row, _| {
                Datum::text(&row.version.name)
            }),
            optional(
                "from_year",
                Kind::Integer,
                ("使い始める年度（西暦）", "The first fiscal year it is in force"),
                |row, _| row.version.from.map(|year| year.western()).into(),
            ),
            optional(
                "to_year",
                Kind::Integer,
                ("使い終わる年度（西暦）", "The last fiscal year it is in force"),
                |row, _| row.version.to.map(|year| year.western()).into(),
            ),
            required(
                "is_ordered",
                Kind::Boolean,
                ("良い順に並んでいるか", "Whether its grades stand from best to worst"),
                |row, _| row.version.ordered.into(),
            ),
            required(
                "position",
                Kind::Integer,
                ("区分の順（1が最も良い）", "Its place; 1 is the best"),
                |row, _| Datum::count(row.position),
            ),
            required("grade_id", Kind::Text, ("進捗区分の id", "The grade, by id"), |row, _| {
                Datum::text(row.grade.id.as_str())
            }),
            required("grade", Kind::Text, ("進捗区分の名称", "Its name"), |row, _| Datum::text(&row.grade.name)),
            required(
                "counts",
                Kind::Boolean,
                ("割合の分母に入るか", "Whether it stands in the denominator"),
                |row, _| row.grade.counts.into(),
            ),
            required(
                "needs_attention",
                Kind::Boolean,
                ("対応が要る区分か", "Whether it needs attention"),
                |row, _| row.grade.attention.into(),
            ),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let mut scales: Vec<&Scale> = site.plan.scales.iter().collect();
    scales.sort_by_key(|scale| scale.id.as_str());
    let versions = scales.into_iter().flat_map(|scale| scale.versions.iter().enumerate().map(move |of| (scale, of)));
    let grades = versions.flat_map(|(scale, (at, version))| {
        let row = move |(place, grade)| Row { scale, number: at + 1, version, position: place + 1, grade };
        version.grades.iter().enumerate().map(row)
    });
    grades.collect()
}
