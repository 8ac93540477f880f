//! Counts that papers printed: one row a count of a line of a printed table.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Site, Sourced, period_columns};
use crate::plan::period::Period;
use crate::plan::scale::ScaleVersion;
use crate::plan::source::Origin;
use crate::plan::totals::{PrintedCounts, PrintedPart, PrintedRow, Published};

pub struct Row<'p> {
    published: &'p Published,
    version: &'p ScaleVersion,
    line: usize,
    row: Option<&'p PrintedRow>,
    counts: &'p PrintedCounts,
    part: PrintedPart,
    is_latest: bool,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.counts.origin
    }
}

impl About for Row<'_> {
    fn period(&self) -> Period {
        self.published.period
    }
}

impl<'p> Row<'p> {
    fn part(&self) -> &'static str {
        match self.part {
            PrintedPart::Grade(_) => "grade",
            PrintedPart::Unreported => "unreported",
            PrintedPart::Sum(_) => "sum",
            PrintedPart::Total => "total",
        }
    }

    fn part_id(&self) -> &'p str {
        match self.part {
            PrintedPart::Grade(at) => self.version.grades[at].id.as_str(),
            PrintedPart::Sum(at) => self.version.composites[at].id.as_str(),
            PrintedPart::Unreported | PrintedPart::Total => "",
        }
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    let mut columns = period_columns();
    columns.extend([
        required(
            "table_number",
            Kind::Integer,
            ("計画の何番目の表か", "Which of the plan's printed tables, from 1"),
            |row: &Row<'_>, site| {
                let place = site.plan.head.published.iter().position(|other| std::ptr::eq(other, row.published));
                Datum::count(place.unwrap_or(0) + 1)
            },
        ),
        required(
            "line_number",
            Kind::Integer,
            ("表の何番目の行か。0は全体", "Which line of the table; 0 is the whole"),
            |row, _| Datum::count(row.line),
        ),
        required(
            "is_latest",
            Kind::Boolean,
            (
                "項目が分からない計画の、データセットの時点の件数か",
                "Whether it is the count at the moment of the dataset, of a plan whose entries are not known",
            ),
            |row, _| row.is_latest.into(),
        ),
        required(
            "level",
            Kind::Integer,
            ("数えた階層（上から1、2…）", "The level that is counted, from 1"),
            |row, _| Datum::count(row.published.place.level + 1),
        ),
        required("scale_id", Kind::Text, ("評価尺度の id", "The scale, by id"), |row, site| {
            Datum::text(site.plan.scales[row.published.place.scale].id.as_str())
        }),
        required("evaluator_id", Kind::Text, ("評価者の id", "Who rates, by id"), |row, site| {
            Datum::text(site.plan.evaluators[row.published.place.evaluator].id.as_str())
        }),
        optional("grouped_by", Kind::Text, ("表のまとめ方", "By what the lines are grouped"), |row, _| {
            row.published.place.group.as_deref().into()
        }),
        optional("entry_id", Kind::Text, ("行の項目の番号", "The entry of the line"), |row, _| {
            row.row.and_then(|row| row.under.as_ref()).map(|id| id.as_str()).into()
        }),
        optional("line_name", Kind::Text, ("行の名称", "What the line is called"), |row, site| {
            row.row.map(|row| row.title(site.plan)).into()
        }),
        required("part", Kind::Code, ("何の件数か", "What is counted"), |row, _| row.part().into()),
        optional(
            "part_id",
            Kind::Text,
            ("進捗区分、区分の合計の id", "The grade or sum of grades, by id"),
            |row, _| Datum::text(row.part_id()),
        ),
        optional("count", Kind::Integer, ("印刷された件数", "The count as printed"), |row, _| {
            row.counts.part(row.part).map(Datum::count).unwrap_or(Datum::Null)
        }),
        optional(
            "share",
            Kind::Decimal,
            ("印刷された割合（％）", "The share as printed, in percent"),
            |row, _| row.counts.share(row.part).into(),
        ),
    ]);
    Spec {
        name: "published",
        about: ("公表された集計の件数", "A count that a paper printed"),
        key: &["table_number", "line_number", "part", "part_id"],
        rows,
        columns,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let latest = latest(site);
    let mut rows = Vec::new();
    for published in &site.plan.head.published {
        let version = site.plan.scales[published.place.scale].version_near(published.period).1;
        let is_latest = latest.is_some_and(|latest| std::ptr::eq(latest, published));
        let whole = (0, None, &published.whole);
        let lines = published.rows.iter().enumerate().map(|(at, row)| (at + 1, Some(row), &row.counted));
        for (line, row, counts) in [whole].into_iter().chain(lines) {
            let parts = counts.parts().chain([PrintedPart::Total]);
            let from = rows.len();
            rows.extend(parts.map(|part| Row {
                published,
                version,
                line,
                row,
                counts,
                part,
                is_latest: is_latest && line == 0,
            }));
            rows[from..].sort_by_key(|row: &Row<'p>| (row.part(), row.part_id()));
        }
    }
    rows
}

/// The table whose whole is the total of a plan whose entries are not known.
fn latest<'p>(site: &'p Site<'p>) -> Option<&'p Published> {
    let question = crate::query::status::Question::new(site.as_of, 0, 0);
    let totals = crate::query::totals::totals(site.plan, &question);
    totals.first().filter(|_| site.plan.entries.is_empty()).map(|totals| totals.published)
}
