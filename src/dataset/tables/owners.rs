//! Who answers for what: one row an owner of an entry or indicator.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::owner::Owner;
use crate::plan::source::Origin;

pub struct Row<'p> {
    subject: &'static str,
    id: &'p str,
    position: usize,
    owner: &'p Owner,
    origin: Origin,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "owners",
        about: ("所管課（項目・指標ごとに1行）", "An owner of an entry or indicator"),
        key: &["subject", "subject_id", "position"],
        rows,
        columns: vec![
            required(
                "subject",
                Kind::Code,
                ("項目か指標か", "Whether it is of an entry or an indicator"),
                |row: &Row<'_>, _| row.subject.into(),
            ),
            required(
                "subject_id",
                Kind::Text,
                ("項目の番号、指標の id", "The entry or indicator"),
                |row, _| Datum::text(row.id),
            ),
            required(
                "position",
                Kind::Integer,
                ("何番目に書いてあるか。1が主たる所管課", "Its place; 1 leads"),
                |row, _| Datum::count(row.position),
            ),
            required("owner_id", Kind::Text, ("所管課の id", "The owner, by id"), |row, _| {
                Datum::text(row.owner.id.as_str())
            }),
            required("owner", Kind::Text, ("所管課の名称", "Its name in papers"), |row, _| {
                Datum::text(row.owner.label())
            }),
            optional("bureau", Kind::Text, ("局・部", "The bureau above it"), |row, _| {
                row.owner.bureau.as_deref().into()
            }),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let plan = site.plan;
    let row = |subject, id, origin, owners: &'p [usize]| {
        let of = move |(at, place): (usize, &usize)| Row {
            subject,
            id,
            position: at + 1,
            owner: &plan.owners[*place],
            origin,
        };
        owners.iter().enumerate().map(of)
    };
    let entries = site.entries_by_id().into_iter().map(|place| &plan.entries[place]);
    let entries = entries.flat_map(|entry| row("entry", entry.id.as_str(), entry.origin, &entry.owners));
    let indicators = site.indicators_by_id().into_iter().map(|place| &plan.indicators[place]);
    let indicators = indicators.flat_map(|one| row("indicator", one.id.as_str(), one.origin, &one.owners));
    entries.chain(indicators).collect()
}
