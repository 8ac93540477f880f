//! `kaikaku calendar`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::paper::Answer;
use super::record::fiscal_year;
use super::{Context, Exit, find_owner};
use crate::query::calendar::{calendar, twelve_months};
use crate::report::calendar::CalendarReport;

/// The duties of a year.
#[derive(Debug, Args)]
pub struct CalendarArgs {
    /// この年度（省略時は今月からの12か月） || This fiscal year (default: the twelve months from this one on)
    #[arg(value_name = "YEAR")]
    asked: Option<String>,
    /// 同じことを名前付きで || The same by name
    #[arg(long, value_name = "YEAR", conflicts_with = "asked")]
    year: Option<String>,
    /// この所管課のものだけ || Only what this owner does
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// As [`answer`], or when it cannot be written.
pub fn run(context: &Context, args: &CalendarArgs) -> Result<Exit> {
    answer(context, args)?.write(context, &args.output)
}

/// The duties.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn answer(context: &Context, args: &CalendarArgs) -> Result<Answer> {
    let opened = context.open_whole()?;
    let plan = &opened.plan;
    let as_of = context.as_of(plan)?;
    let owner = args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?;
    let year = args.asked.as_ref().or(args.year.as_ref()).map(|text| fiscal_year(text, as_of.date)).transpose()?;
    let days = year.map_or_else(|| twelve_months(as_of.date), |year| [year.first_day(), year.last_day()]);
    let report = Box::new(CalendarReport { calendar: calendar(plan, as_of, days, owner) });
    let of_owner = owner.map(|place| ("owner", Some(plan.owners[place].id.to_string())));
    let asked = of_owner.into_iter().chain(year.map(|year| ("year", Some(year.short())))).collect();
    Ok(Answer { report, opened, key: "calendar", period: as_of.period, as_of: Some(as_of), asked, exit: Exit::Done })
}
