//! The documents that figures were read from.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::source::{Origin, Source};

pub struct Row<'p>(&'p Source);

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.0.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "sources",
        about: ("資料", "Source"),
        key: &["source_id"],
        rows,
        columns: vec![
            required("source_id", Kind::Text, ("資料の id", "Its id"), |row: &Row<'_>, _| {
                Datum::text(row.0.id.as_str())
            }),
            required("title", Kind::Text, ("資料の名称", "Its title"), |row, _| Datum::text(&row.0.title)),
            optional("date", Kind::Text, ("資料に示された日付", "Its date, as printed"), |row, _| {
                row.0.date.as_deref().into()
            }),
            optional("publisher", Kind::Text, ("発行者", "Who published it"), |row, _| {
                row.0.publisher.as_deref().into()
            }),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let mut sources: Vec<&Source> = site.plan.sources.iter().collect();
    sources.sort_by_key(|source| source.id.as_str());
    sources.into_iter().map(Row).collect()
}
