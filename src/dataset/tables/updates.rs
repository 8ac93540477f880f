//! One row an update: what was recorded about an entry and a period, as it was recorded.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{About, Site, Sourced, period_columns};
use crate::dataset::words;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::source::Origin;

pub struct Row<'p> {
    entry: &'p Entry,
    update: &'p Update,
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
        required(
            "record",
            Kind::Text,
            ("記録の名前（項目の中で一つ）", "The name of the record, which no other one of the entry has"),
            |row, _| row.update.name().to_string().into(),
        ),
    ];
    columns.extend(period_columns());
    columns.extend([
        optional("recorded", Kind::Date, ("記録した日", "When it was recorded"), |row: &Row<'_>, _| {
            row.update.recorded.into()
        }),
        required("evaluator_id", Kind::Text, ("評価者の id", "Who rates, by id"), |row, site| {
            Datum::text(site.plan.evaluators[row.update.evaluator].id.as_str())
        }),
        optional("progress", Kind::Integer, ("進捗率（％）", "How far it is, in percent"), |row, _| {
            row.update.progress.map(i32::from).into()
        }),
        optional("done", Kind::Text, ("実績", "Done"), |row, _| row.update.done.as_deref().into()),
        optional("issue", Kind::Text, ("課題", "The issue"), |row, _| row.update.issue.as_deref().into()),
        optional("next", Kind::Text, ("今後の対応", "Next"), |row, _| row.update.next.as_deref().into()),
        optional("recorded_by", Kind::Text, ("記録者", "Recorded by"), |row, _| row.update.by.as_deref().into()),
        required(
            "holds",
            Kind::Boolean,
            (
                "データセットの時点で数えるか（取り下げ、訂正されたものは false）",
                "Whether it counts at the moment of the dataset: neither corrected nor withdrawn nor of later",
            ),
            |row, site| site.as_of.counts(row.update).into(),
        ),
        required(
            "is_withdrawal",
            Kind::Boolean,
            ("取下げの記録か", "Whether it only takes back what it corrects"),
            |row, _| row.update.trace.withdrawn.into(),
        ),
        optional(
            "corrects",
            Kind::Text,
            ("訂正する記録の名前", "The record in whose place it stands"),
            |row, _| row.update.trace.corrects().map(|name| name.to_string()).into(),
        ),
        optional(
            "corrected_by",
            Kind::Text,
            ("訂正した記録の名前", "The record that stands in its place"),
            |row, _| row.update.trace.corrected().map(|name| name.to_string()).into(),
        ),
        required("certainty", Kind::Code, ("確かさ", "Certainty"), |row, _| {
            words::certainty(row.update.origin.certainty).into()
        }),
        optional("source_id", Kind::Text, ("資料の id", "The document, by id"), |row, site| {
            site.source(row.update.origin).into()
        }),
    ]);
    Spec {
        name: "updates",
        about: (
            "進捗の記録（書かれたまま。訂正、取下げも含む）",
            "An update as it was recorded, corrections and withdrawals among them",
        ),
        key: &["entry_id", "period_to", "record"],
        rows,
        columns,
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    site.updates_by_id().into_iter().map(|(entry, update)| Row { entry, update }).collect()
}
