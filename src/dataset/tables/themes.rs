//! The themes that plans share: one row a theme and what belongs to it.

use super::Spec;
use crate::dataset::column::{Datum, Kind, optional, required};
use crate::dataset::site::{Site, Sourced};
use crate::plan::source::Origin;
use crate::plan::theme::Theme;

pub struct Row<'p> {
    theme: &'p Theme,
    subject: &'static str,
    id: &'p str,
}

impl Sourced for Row<'_> {
    fn origin(&self) -> Origin {
        self.theme.origin
    }
}

pub fn spec<'p>() -> Spec<'p, Row<'p>> {
    Spec {
        name: "themes",
        about: (
            "計画に共通の主題に属する項目と指標（項目は、その下のすべてを含む）",
            "What belongs to a theme that plans share: entries, those under what is named among them, and indicators",
        ),
        key: &["framework", "theme_id", "subject", "subject_id"],
        rows,
        columns: vec![
            required("framework", Kind::Text, ("何の主題か", "What it is a theme of"), |row: &Row<'_>, _| {
                Datum::text(&row.theme.framework)
            }),
            required(
                "theme_id",
                Kind::Text,
                ("主題の id。計画をまたいで同じ", "Its id, the same in all plans"),
                |row, _| Datum::text(row.theme.id.as_str()),
            ),
            optional("theme", Kind::Text, ("主題の名称", "What the theme is called"), |row, _| {
                Datum::text(&row.theme.name)
            }),
            required(
                "subject",
                Kind::Code,
                ("項目か指標か", "Whether an entry or an indicator belongs to it"),
                |row, _| row.subject.into(),
            ),
            required(
                "subject_id",
                Kind::Text,
                ("項目の番号、指標の id", "The entry or indicator"),
                |row, _| Datum::text(row.id),
            ),
        ],
    }
}

fn rows<'p>(site: &'p Site<'p>) -> Vec<Row<'p>> {
    let plan = site.plan;
    let of = |theme: &'p Theme| {
        let entries = theme.entries.iter().map(|place| ("entry", plan.entries[*place].id.as_str()));
        let indicators = theme.indicators.iter().map(|place| ("indicator", plan.indicators[*place].id.as_str()));
        entries.chain(indicators).map(move |(subject, id)| Row { theme, subject, id })
    };
    let mut rows: Vec<Row<'p>> = plan.themes.iter().flat_map(of).collect();
    rows.sort_by_key(|row| (&*row.theme.framework, row.theme.id.as_str(), row.subject, row.id));
    rows
}
