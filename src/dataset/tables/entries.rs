//! One row an entry of the outline.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::Sourced;
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::period::Period;
use crate::plan::source::Origin;

pub struct Row<'p> {
    place: usize,
    entry: &'p Entry,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.entry.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "entries",
        about: ("項目（構成の階層のすべて）", "An entry of the outline, at any level"),
        key: &["entry_id"],
        rows: |site| site.entries_by_id().into_iter().map(|place| Row { place, entry: site.entry(place) }).collect(),
        columns: vec![
            required("entry_id", Kind::Text, ("番号", "ID"), |row: &Row<'_>, _| Datum::text(row.entry.id.as_str())),
            optional("parent_id", Kind::Text, ("上位の項目の番号", "The entry above it"), |row, site| {
                row.entry.parent.map(|place| site.entry(place).id.as_str()).into()
            }),
            required(
                "top_id",
                Kind::Text,
                ("最上位の項目の番号", "The entry at the top that it belongs to"),
                |row, site| Datum::text(top(site.plan, row.place)),
            ),
            required("level", Kind::Integer, ("階層（上から1、2…）", "Its level, from 1"), |row, _| {
                Datum::count(row.entry.level + 1)
            }),
            required("level_name", Kind::Text, ("階層の名前", "The name of its level"), |row, site| {
                Datum::text(site.plan.level_name(row.entry.level))
            }),
            required(
                "is_counted",
                Kind::Boolean,
                ("数える階層の項目か", "Whether its level is counted"),
                |row, site| site.plan.head.counts(row.entry.level).into(),
            ),
            required(
                "position",
                Kind::Integer,
                ("構成の順（1から）", "Its place in the outline, from 1"),
                |row, _| Datum::count(row.place + 1),
            ),
            required("entry", Kind::Text, ("名称", "Name"), |row, _| Datum::text(&row.entry.name)),
            optional("summary", Kind::Text, ("概要", "What it is about"), |row, _| {
                row.entry.summary.as_deref().into()
            }),
            optional(
                "owner_id",
                Kind::Text,
                ("主たる所管課の id", "The owner that leads, by id"),
                |row, site| site.owner(&row.entry.owners).map(|(id, _)| id).into(),
            ),
            optional("owner", Kind::Text, ("主たる所管課", "The owner that leads"), |row, site| {
                site.owner(&row.entry.owners).map(|(_, name)| name).into()
            }),
            optional(
                "added",
                Kind::Text,
                ("追加された期間", "The period from which on it is in the plan"),
                |row, _| row.entry.added.map(Period::short).into(),
            ),
            optional(
                "dropped",
                Kind::Text,
                ("廃止された期間", "The period from which on it is no longer in the plan"),
                |row, _| row.entry.dropped.map(Period::short).into(),
            ),
            optional("start", Kind::Text, ("開始の期間", "The period in which it begins"), |row, _| {
                row.entry.start.map(Period::short).into()
            }),
            required(
                "is_in_plan",
                Kind::Boolean,
                ("データセットの時点で計画にあるか", "Whether it is in the plan at the moment of the dataset"),
                |row, site| site.as_of.has(row.entry).into(),
            ),
            optional("source_id", Kind::Text, ("資料の id", "The document, by id"), |row, site| {
                site.source(row.entry.origin).into()
            }),
        ],
    }
}

/// The id of the entry at the top.
fn top(plan: &Plan, place: usize) -> &str {
    let up = std::iter::successors(Some(place), |at| plan.entries[*at].parent);
    up.last().map_or("", |top| plan.entries[top].id.as_str())
}
