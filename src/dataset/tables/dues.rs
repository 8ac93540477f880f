//! What every owner owes at the moment of the dataset, as `due` works it out.

use super::{Spec, number_alike};
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::Subject;
use crate::plan::source::Origin;
use crate::query::Scope;
use crate::query::due::{Due, What, due};

pub struct Row<'p> {
    owner: Option<usize>,
    due: Due<'p>,
    number: usize,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.due.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "dues",
        about: ("督促の対象（データセットの時点で計算したもの）", "What is owed at the moment of the dataset"),
        key: &["subject", "subject_id", "kind", "number"],
        rows,
        columns: vec![
            required(
                "subject",
                Kind::Code,
                ("項目か指標か計画か", "Whether an entry, an indicator or the plan owes it"),
                |row: &Row<'_>, _| subject(row).into(),
            ),
            optional(
                "subject_id",
                Kind::Text,
                ("項目の番号、指標の id", "The entry or indicator"),
                |row, site| Datum::text(subject_id(row, site)),
            ),
            required("kind", Kind::Code, ("何が出ていないか", "What is owed"), |row, _| {
                row.due.what.key().into()
            }),
            required(
                "number",
                Kind::Integer,
                (
                    "同じものが出ていないうちの何番目か（期限、ファイル、行の順）",
                    "Which of this kind that the same one owes, from 1, by deadline, file and line",
                ),
                |row, _| Datum::count(row.number),
            ),
            required(
                "is_overdue",
                Kind::Boolean,
                ("期限を過ぎたか", "Whether it should have come by now"),
                |row, _| row.due.what.is_overdue().into(),
            ),
            optional("owner_id", Kind::Text, ("所管課の id", "The owner, by id"), |row, site| {
                row.owner.map(|place| site.plan.owners[place].id.as_str()).into()
            }),
            optional("owner", Kind::Text, ("所管課", "The owner"), |row, site| {
                row.owner.map(|place| site.plan.owners[place].label()).into()
            }),
            optional("term", Kind::Date, ("期限", "Deadline"), |row, _| row.due.term.into()),
            required("days_late", Kind::Integer, ("遅れの日数", "Days since then"), |row, site| {
                Datum::count(row.due.days_late(site.as_of))
            }),
            optional(
                "missed_periods",
                Kind::Integer,
                ("続けて報告のない期間の数", "Of a report: how many periods in a row lack one"),
                |row, _| match &row.due.what {
                    What::Update { missed, .. } => Datum::count(*missed),
                    What::Value(years) => Datum::count(years.len()),
                    _ => Datum::Null,
                },
            ),
            optional(
                "what",
                Kind::Text,
                ("節目の名称、工程の段階", "The milestone or step"),
                |row, site| match &row.due.what {
                    What::Milestone(_, milestone) | What::Upcoming(_, milestone) => Datum::text(&milestone.name),
                    What::Step(_, step) => Datum::text(site.plan.step(step.step)),
                    _ => Datum::Null,
                },
            ),
        ],
    }
}

fn subject(row: &Row<'_>) -> &'static str {
    match row.due.subject {
        Some(Subject::Entry(_)) => "entry",
        Some(Subject::Indicator(_)) => "indicator",
        None => "plan",
    }
}

fn subject_id<'p>(row: &Row<'_>, site: &Site<'p>) -> &'p str {
    match row.due.subject {
        Some(Subject::Entry(place)) => site.entry(place).id.as_str(),
        Some(Subject::Indicator(place)) => site.plan.indicators[place].id.as_str(),
        None => "",
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let dues = due(site.plan, site.as_of, Scope::default());
    let all = dues
        .shares
        .into_iter()
        .flat_map(|share| share.dues.into_iter().map(move |due| Row { owner: share.owner, due, number: 1 }));
    let mut rows: Vec<Row<'p>> = all.collect();
    let of = |row: &Row<'p>| (subject(row), subject_id(row, site).to_owned(), row.due.what.key());
    rows.sort_by_cached_key(|row| (of(row), row.due.term, row.due.origin.file, row.due.origin.offset));
    number_alike(&mut rows, of, |row| &mut row.number);
    rows
}
