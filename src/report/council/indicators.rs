//! 検証指標: the values, both rates, the verdict and by which method.

use crate::document::{Block, Line, Table};
use crate::plan::paper::{PaperColumn, PaperSection};
use crate::report::kpi::notes::sets;
use crate::report::kpi::{Judged, broken_note, grouped, indicator_columns, short_note, targets_note};
use crate::tr;

use super::PaperPage;

/// The table. The name comes first, wherever it was asked for.
pub fn blocks(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let (lang, summary) = (page.lang, page.summary);
    if summary.gaps.is_empty() {
        return Vec::new();
    }
    let methods = sets(&summary.gaps);
    // One method for all is stated once, beneath the table.
    let method = methods.first().filter(|_| methods.len() == 1 && section.columns.contains(&PaperColumn::Method));
    let is_stated_beneath = |column: &PaperColumn| *column == PaperColumn::Method && method.is_some();
    let wanted =
        section.columns.iter().copied().filter(|column| *column != PaperColumn::Name && !is_stated_beneath(column));
    let wanted: Vec<PaperColumn> = wanted.collect();
    let judged =
        |gap| Judged { minus: page.paper.minus, before: summary.gap_before(gap), ..Judged::new(page.plan(), gap) };
    let table = grouped(&summary.gaps, &indicator_columns(&wanted, &summary.gaps), lang, judged);
    // A heading stands for no indicator.
    let mut ids = summary.gaps.iter().map(|gap| gap.indicator.id.as_str());
    let subjects: Vec<_> = table.rows.iter().map(|row| if row.strong { None } else { ids.next() }).collect();
    let table = table.about(subjects);
    let note = method.map(|set| {
        let name = set.name.text(lang);
        tr!(lang, "判定の方法は、いずれも「{name}」である。", "All are judged by \"{name}\".")
    });
    let notes = note
        .into_iter()
        .chain(targets_note(&summary.gaps, lang))
        .chain(short_note(&summary.gaps, lang))
        .chain(broken_note(&summary.gaps, lang).filter(|_| section.columns.contains(&PaperColumn::Change)))
        .map(Line::from)
        .collect();
    vec![Block::Table(Table { notes, ..table })]
}
