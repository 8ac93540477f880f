//! `kaikaku rollover`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::record::fiscal_year;
use super::{Context, Exit, output};
use crate::console;
use crate::query::rollover::{rollover, usual_year};
use crate::report::rollover::RolloverReport;

/// A fiscal year that is opened.
#[derive(Debug, Args)]
pub struct RolloverArgs {
    /// 開く年度（省略時は今の年度。1月からは次の年度） || The year that is opened (default: the running one; from January on the next)
    #[arg(value_name = "YEAR")]
    opened: Option<String>,
    /// 同じことを名前付きで || The same by name
    #[arg(long, value_name = "YEAR", conflicts_with = "opened")]
    year: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it. Nothing is written: a plan has its years in itself.
///
/// # Errors
/// When the plan has errors, or the year is none.
pub fn run(context: &Context, args: &RolloverArgs) -> Result<Exit> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let year = args.opened.as_ref().or(args.year.as_ref()).map(|text| fiscal_year(text, as_of.date)).transpose()?;
    let rollover = rollover(plan, as_of, year.unwrap_or_else(|| usual_year(as_of)));
    let report = RolloverReport { rollover };
    output::write(context, &report, &args.output)?;
    let (lang, next) = (context.lang(), report.next(context.lang()));
    if args.output.is_for_the_screen() && !next.is_empty() {
        console::say(lang.pick("\n続けて用いるコマンド：", "\nCommands to go on with:"));
        next.iter().for_each(|line| console::say(&format!("  {line}")));
    }
    Ok(Exit::Done)
}
