//! `kaikaku kpi`

use anyhow::Result;
use clap::Args;

use super::record::fiscal_year;
use super::{Context, Exit, find, output};
use crate::cli::OutputArgs;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::{Gap, gaps};
use crate::report::kpi::KpiReport;

/// Target against actual.
#[derive(Debug, Args)]
pub struct KpiArgs {
    /// この項目（とその下）か、この見出しの指標だけ || Only indicators of this entry (and under it) or heading
    #[arg(long, value_name = "ID")]
    under: Option<String>,
    /// この年度末の時点で見る || As of the end of this fiscal year
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
    let as_of = match &args.year {
        Some(text) => AsOf::end_of(fiscal_year(text)?),
        None => context.as_of(plan)?,
    };
    let mut gaps = gaps(plan, as_of);
    if let Some(text) = &args.under {
        let under = find(plan, text)?;
        gaps.retain(|gap| belongs(plan, gap, under));
    }
    output::write(context, &KpiReport { plan, as_of, gaps }, &args.output)?;
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
