//! 検証指標の図: the bullet chart and the trend of each indicator.

use crate::document::Block;
use crate::report::chart::charts;

use super::PaperPage;

/// The pictures.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let charts = charts(page.plan(), &page.summary.gaps, page.summary.as_of(), page.lang);
    if charts.is_empty() { Vec::new() } else { vec![Block::Charts(charts)] }
}
