//! Which indicator verifies which entry.

use super::Spec;
use crate::dataset::column::{Datum, Kind, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::entry::Entry;
use crate::plan::indicator::Indicator;
use crate::plan::source::Origin;

pub struct Row<'p>(&'p Indicator, &'p Entry);

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.0.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "verifies",
        about: ("どの指標がどの項目を検証するか", "Which indicator verifies which entry"),
        key: &["indicator_id", "entry_id"],
        rows,
        columns: vec![
            required("indicator_id", Kind::Text, ("指標の id", "The indicator"), |row: &Row<'_>, _| {
                Datum::text(row.0.id.as_str())
            }),
            required("entry_id", Kind::Text, ("項目の番号", "The entry"), |row, _| Datum::text(row.1.id.as_str())),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let indicators = site.indicators_by_id().into_iter().map(|place| &site.plan.indicators[place]);
    let mut rows: Vec<Row<'p>> =
        indicators.flat_map(|one| one.entries.iter().map(move |place| Row(one, site.entry(*place)))).collect();
    rows.sort_by_key(|row| (row.0.id.as_str(), row.1.id.as_str()));
    rows
}
