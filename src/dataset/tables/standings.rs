//! How every counted entry stood at each moment, as `status` works it out.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Moment, Site, Sourced, period_columns};
use crate::dataset::words;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::scale::{Grade, ScaleVersion};
use crate::plan::source::Origin;
use crate::query::status::{Question, Standing, status};

pub struct Row<'p> {
    moment: Moment,
    scale: usize,
    evaluator: usize,
    version: &'p ScaleVersion,
    entry: &'p Entry,
    standing: Standing,
    rated_by: Option<&'p Update>,
    progress: Option<u8>,
    is_reported: bool,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.rated_by.map_or(self.entry.origin, |update| update.origin)
    }
}

impl About for Row<'_> {
    fn period(&self) -> Period {
        self.moment.as_of.period
    }
}

impl<'p> Row<'p> {
    fn grade(&self) -> Option<&'p Grade> {
        match self.standing {
            Standing::Graded(place) => Some(&self.version.grades[place]),
            _ => None,
        }
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = vec![
        required("entry_id", Kind::Text, ("項目の番号", "The entry"), |row: &Row<'_>, _| {
            Datum::text(row.entry.id.as_str())
        }),
        required("level", Kind::Integer, ("階層（上から1、2…）", "Its level, from 1"), |row, _| {
            Datum::count(row.entry.level + 1)
        }),
        optional("owner_id", Kind::Text, ("主たる所管課の id", "The owner that leads, by id"), |row, site| {
            site.owner(&row.entry.owners).map(|(id, _)| id).into()
        }),
        required("scale_id", Kind::Text, ("評価尺度の id", "The scale, by id"), |row, site| {
            Datum::text(site.plan.scales[row.scale].id.as_str())
        }),
        required("evaluator_id", Kind::Text, ("評価者の id", "Who rates, by id"), |row, site| {
            Datum::text(site.plan.evaluators[row.evaluator].id.as_str())
        }),
    ];
    columns.extend(period_columns());
    columns.extend([
        required(
            "is_latest",
            Kind::Boolean,
            (
                "データセットの時点のものか（ほかはその期間の末）",
                "Whether it is as of the moment of the dataset; else as of the end of its period",
            ),
            |row: &Row<'_>, _| row.moment.is_latest.into(),
        ),
        required("standing", Kind::Code, ("状況", "How it stands"), |row, _| words::standing(row.standing).into()),
        required(
            "version",
            Kind::Integer,
            ("尺度の何番目の版か", "Which version of the scale, from 1"),
            |row, site| {
                let versions = &site.plan.scales[row.scale].versions;
                Datum::count(versions.iter().position(|version| std::ptr::eq(version, row.version)).unwrap_or(0) + 1)
            },
        ),
        optional("grade_id", Kind::Text, ("進捗区分の id", "Its grade, by id"), |row, _| {
            row.grade().map(|grade| grade.id.as_str()).into()
        }),
        required(
            "counts",
            Kind::Boolean,
            ("割合の分母に入る区分があるか（評価済）", "Whether it has a grade that stands in the denominator: rated"),
            |row, _| row.grade().is_some_and(|grade| grade.counts).into(),
        ),
        required("needs_attention", Kind::Boolean, ("対応が要るか", "Whether it needs attention"), |row, _| {
            row.grade().is_some_and(|grade| grade.attention).into()
        }),
        optional(
            "rated_period",
            Kind::Text,
            ("進捗区分を報告した期間", "The period of the record that rates it"),
            |row, _| row.rated_by.map(|update| update.period.short()).into(),
        ),
        required(
            "is_reported",
            Kind::Boolean,
            ("その期間の報告があるか", "Whether a record answers for the period"),
            |row, _| row.is_reported.into(),
        ),
        optional("progress", Kind::Integer, ("進捗率（％）", "How far it is, in percent"), |row, _| {
            row.progress.map(i32::from).into()
        }),
    ]);
    Spec {
        name: "standings",
        about: (
            "項目の状況（時点、尺度、評価者ごとに計算したもの）",
            "How a counted entry stood at a moment, worked out for each scale and evaluator",
        ),
        key: &["entry_id", "scale_id", "evaluator_id", "period_to", "period", "is_latest"],
        rows,
        columns,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let plan = site.plan;
    let mut rows = Vec::new();
    for moment in site.moments() {
        for scale in 0..plan.scales.len() {
            for evaluator in 0..plan.evaluators.len() {
                for level in plan.head.counted_levels() {
                    let question = Question { level: Some(level), ..Question::new(moment.as_of, scale, evaluator) };
                    let status = status(plan, question);
                    let counted = status
                        .nodes
                        .iter()
                        .filter(|node| node.entry.level == level && node.standing != Standing::Outside);
                    rows.extend(counted.map(|node| Row {
                        moment,
                        scale,
                        evaluator,
                        version: status.version,
                        entry: node.entry,
                        standing: node.standing,
                        rated_by: node.rated_by,
                        progress: node.progress,
                        is_reported: node.tally.fresh > 0,
                    }));
                }
            }
        }
    }
    let ids = |row: &Row<'p>| {
        (row.entry.id.as_str(), plan.scales[row.scale].id.as_str(), plan.evaluators[row.evaluator].id.as_str())
    };
    rows.sort_by(|a, b| ids(a).cmp(&ids(b)).then_with(|| a.moment.sort_key().cmp(&b.moment.sort_key())));
    rows
}
