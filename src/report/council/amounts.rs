//! 効果額と合計、見出し・項目ごとの判定: the tables of `kpi`, as a paper has them.

use crate::document::{Block, Line, Table};
use crate::plan::paper::PaperSection;
use crate::report::kpi::{KpiReport, counts};
use crate::tr;

use super::PaperPage;

/// The effects and the sums that the plan declares, each table captioned by what it is of.
pub fn sums(page: &PaperPage<'_>) -> Vec<Block> {
    let (lang, summary) = (page.lang, page.summary);
    let report = KpiReport::new(page.plan(), summary.as_of(), summary.gaps.clone(), Vec::new());
    let sections = report.sums(lang).into_iter().flat_map(|section| {
        let mut caption = section.heading.map(Line::from);
        section.blocks.into_iter().map(move |block| captioned(block, caption.take()))
    });
    sections.map(|block| signed(page, block)).collect()
}

/// By what the verdicts are counted.
pub fn verdicts_heading(page: &PaperPage<'_>, section: &PaperSection) -> String {
    match section.by.as_deref() {
        Some(by) => tr!(page.lang, "{by}ごとの判定の件数", "Verdicts by {by}"),
        None => page.lang.pick("見出し・項目ごとの判定の件数", "Verdicts by heading and entry").to_owned(),
    }
}

/// How many stand how, by heading and by entry or by theme: a table for each set of bands that judges.
pub fn verdicts(page: &PaperPage<'_>, section: &PaperSection) -> Vec<Block> {
    let tables = page.summary.verdict_tables(section.by.as_deref());
    let several = tables.len() > 1;
    let laid_out = tables.iter().filter_map(|of| {
        let table = counts::by_group(page.plan(), of, page.lang)?;
        let caption = (several || !of.set.is_standard()).then(|| Line::from(of.set.name.text(page.lang)));
        Some(signed(page, Block::Table(Table { caption, ..table })))
    });
    laid_out.collect()
}

fn captioned(block: Block, caption: Option<Line>) -> Block {
    match block {
        Block::Table(table) => Block::Table(Table { caption: caption.or(table.caption), ..table }),
        other => other,
    }
}

/// Numbers with the minus sign that the office writes.
fn signed(page: &PaperPage<'_>, block: Block) -> Block {
    let Block::Table(mut table) = block else { return block };
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.exact().is_some()) {
        *cell = page.sign(std::mem::take(cell));
    }
    Block::Table(table)
}
