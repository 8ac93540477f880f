//! 検証指標: the values, both rates, the verdict and by which method.

use crate::document::{Block, Cell, Column, Table};
use crate::lang::Lang;
use crate::plan::paper::{PaperColumn, PaperSection};
use crate::query::gap::Gap;
use crate::report::kpi::notes::sets;
use crate::report::kpi::{Told, grouped};
use crate::tr;
use crate::wording as words;

use super::Page;

/// The table. The name comes first, wherever it was asked for.
pub fn blocks(page: &Page<'_>, section: &PaperSection) -> Vec<Block> {
    let (lang, summary) = (page.lang, page.summary);
    if summary.gaps.is_empty() {
        return Vec::new();
    }
    let methods = sets(&summary.gaps);
    // One method for all is said once, beneath the table.
    let method = methods.first().filter(|_| methods.len() == 1 && section.columns.contains(&PaperColumn::Method));
    let is_said = |column: &PaperColumn| *column == PaperColumn::Method && method.is_some();
    let wanted = section.columns.iter().copied().filter(|column| *column != PaperColumn::Name && !is_said(column));
    let wanted: Vec<PaperColumn> = wanted.collect();
    let mut columns = vec![Column::left(lang.pick("指標", "Indicator"))];
    columns.extend(wanted.iter().map(|column| self::column(*column, lang)));
    let cells = |gap: &Gap<'_>| wanted.iter().map(|column| cell(page, *column, gap)).collect();
    let rows = grouped(page.plan(), &summary.gaps, columns.len(), lang, cells);
    let note = method.map(|set| {
        let name = set.name.text(lang);
        tr!(lang, "判定の方法は、いずれも「{name}」である。", "All are judged by \"{name}\".")
    });
    vec![Block::Table(Table { columns, rows, notes: note.into_iter().collect(), ..Table::default() })]
}

/// The columns that every report about indicators has.
fn told(column: PaperColumn) -> Option<Told> {
    Some(match column {
        PaperColumn::Baseline => Told::Baseline,
        PaperColumn::Actual => Told::Actual,
        PaperColumn::Target => Told::Target,
        PaperColumn::Gap => Told::Distance,
        PaperColumn::ToTarget => Told::ToTarget,
        PaperColumn::Improvement => Told::Improvement,
        PaperColumn::Pace => Told::Pace,
        PaperColumn::Change => Told::Change,
        PaperColumn::Verdict => Told::Verdict,
        _ => return None,
    })
}

fn column(column: PaperColumn, lang: Lang) -> Column {
    match (told(column), column) {
        (Some(told), _) => told.column(lang),
        (_, PaperColumn::Owner) => Column::left(lang.pick("所管課", "Owner")),
        (_, PaperColumn::Before) => Column::left(lang.pick("前回の判定", "Verdict before")),
        _ => Column::left(lang.pick("判定の方法", "Judged by")),
    }
}

fn cell(page: &Page<'_>, column: PaperColumn, gap: &Gap<'_>) -> Cell {
    let (lang, plan) = (page.lang, page.plan());
    match (told(column), column) {
        (Some(told), _) => page.sign(told.cell(gap, plan, lang)),
        (_, PaperColumn::Owner) => Cell::text(words::owners(&gap.indicator.owners, &plan.owners, lang)),
        (_, PaperColumn::Before) => before(page, gap),
        _ => Cell::text(gap.set.name.text(lang)),
    }
}

fn before(page: &Page<'_>, gap: &Gap<'_>) -> Cell {
    let place = page.summary.gaps.iter().position(|other| other.indicator.id == gap.indicator.id);
    let verdict = place.and_then(|place| page.summary.verdicts_before.get(place));
    verdict.map_or_else(|| page.blank(), |verdict| Cell::text(words::verdict(*verdict, page.lang)))
}
