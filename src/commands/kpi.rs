//! `kaikaku kpi`

use anyhow::Result;
use clap::Args;

use super::{Context, Exit, find, output};
use crate::cli::OutputArgs;
use crate::failure::Failure;
use crate::plan::period::{Parsed, Period};
use crate::plan::{Plan, Subject};
use crate::query::gap::{Gap, gaps};
use crate::report::kpi::KpiReport;

/// Target against actual.
#[derive(Debug, Args)]
pub struct KpiArgs {
    /// この項目（とその下）か、この見出しの指標だけ || Only indicators of this entry (and under it) or heading
    #[arg(long, value_name = "ID")]
    under: Option<String>,
    /// この年度までの実績で見る（省略時は --as-of の年度） || Actuals up to this fiscal year (default: that of --as-of)
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn run(context: &Context, args: &KpiArgs) -> Result<Exit> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let year = args.year.as_deref().map(Period::parse).transpose().map_err(|e| Failure::new(e.say(), e.hint()))?;
    let year = year.map_or_else(|| as_of.year(), |Parsed { period, .. }| period.fiscal_year());
    let mut gaps = gaps(plan, as_of, year);
    if let Some(text) = &args.under {
        let under = find(plan, text)?;
        gaps.retain(|gap| belongs(plan, gap, under));
    }
    output::write(context, &KpiReport { plan, as_of, year, gaps }, &args.output)?;
    Ok(Exit::Done)
}

fn belongs(plan: &Plan, gap: &Gap<'_>, under: Subject) -> bool {
    match under {
        Subject::Entry(place) => gap.indicator.verifies(place, &plan.entries),
        Subject::Indicator(place) => {
            let wanted = &plan.indicators[place].id;
            let above = std::iter::successors(Some(gap.indicator), |i| i.parent.map(|p| &plan.indicators[p]));
            above.take(plan.indicators.len()).any(|i| i.id == *wanted)
        }
    }
}
