//! What else than the outline entries belong to: one row an entry and group.

use super::Spec;
use crate::dataset::column::{Datum, Kind, required};
use crate::dataset::site::{Site, Sourced};
use crate::lang::Lang;
use crate::plan::entry::Entry;
use crate::plan::source::Origin;
use crate::query::status::By;
use crate::wording;

pub struct Row<'p> {
    entry: &'p Entry,
    key: &'p str,
    value: &'p str,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.entry.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "groups",
        about: ("構成のほかの属し方（主題など）", "What else an entry belongs to: a theme that plans share, a project"),
        key: &["entry_id", "group_key", "group_value"],
        rows,
        columns: vec![
            required("entry_id", Kind::Text, ("項目の番号", "ID"), |row: &Row<'_>, _| {
                Datum::text(row.entry.id.as_str())
            }),
            required(
                "group_key",
                Kind::Text,
                ("見方のキー", "By what it is grouped, as the files name it"),
                |row, _| Datum::text(row.key),
            ),
            required("grouped_by", Kind::Text, ("見方の名称", "By what it is grouped, in words"), |row, site| {
                wording::grouping(site.plan, By::Key(row.key), Lang::Ja).into()
            }),
            required("group_value", Kind::Text, ("属するもの", "What it belongs to"), |row, _| {
                Datum::text(row.value)
            }),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let entries = site.entries_by_id().into_iter().map(|place| site.entry(place));
    let mut rows: Vec<Row<'p>> =
        entries.flat_map(|entry| entry.groups.iter().map(move |(key, value)| Row { entry, key, value })).collect();
    rows.sort_by_key(|row| (row.entry.id.as_str(), row.key, row.value));
    rows
}
