//! `kaikaku due`

use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;

use super::cli::OutputArgs;
use super::paper::{Answer, asked_of};
use super::{Context, Exit, find_entry, find_owner};
use crate::failure::Failure;
use crate::plan::period::{Period, parse_day_ahead};
use crate::query::Scope;
use crate::query::due::due;
use crate::report::Report;
use crate::report::due::DueReport;
use crate::report::due::letter::LetterReport;
use crate::say;

/// Who still owes what.
#[derive(Debug, Args)]
pub struct DueArgs {
    /// この所管課のものだけ || Only what this owner owes
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// この項目と、その下だけ || Only this entry and what is under it
    #[arg(long, value_name = "ID")]
    under: Option<String>,
    /// 所管課ごとの督促の文面にする || As text to mail, one letter an owner
    #[arg(long)]
    letter: bool,
    /// 文面に書く回答の期限（R8.12.4、2026-12-04 など。省略時は settings の日数） || By when the letters ask for an answer (such as 2026-12-04; default: the days of your settings)
    #[arg(long, value_name = "DATE", requires = "letter")]
    by: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// As [`answer`], or when it cannot be written.
pub fn run(context: &Context, args: &DueArgs) -> Result<Exit> {
    answer(context, args)?.write(context, &args.output)
}

/// The list, or the letters.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn answer(context: &Context, args: &DueArgs) -> Result<Answer> {
    let opened = context.open_figures()?;
    let plan = &opened.plan;
    let scope = Scope {
        under: args.under.as_deref().map(|text| find_entry(plan, text)).transpose()?,
        owner: args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?,
    };
    let as_of = context.as_of(plan)?;
    let by = args.by.as_deref().map(|text| deadline(text, as_of.date)).transpose()?;
    let days = |days: u16| as_of.date.checked_add_days(Days::new(days.into()));
    let usual = || context.settings().deadline.and_then(days);
    let by = if args.letter && !context.is_again() { by.or_else(usual) } else { by };
    let dues = due(plan, as_of, scope);
    let exit = if dues.any_overdue() { Exit::No } else { Exit::Done };
    let mut asked = asked_of(plan, scope);
    asked.extend(by.map(|by| ("deadline", Some(Period::Day(by).short()))));
    let (key, report): (_, Box<dyn Report>) = match args.letter {
        true => ("letter", Box::new(LetterReport { dues, by })),
        false => ("due", Box::new(DueReport { dues, scope })),
    };
    Ok(Answer { report, opened, key, period: as_of.period, as_of: Some(as_of), asked, exit })
}

/// A day that is still to come.
fn deadline(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let day = parse_day_ahead(text, today).map_err(|error| Failure::new(error.say(), error.hint()))?;
    if day < today {
        let hint = say!("R8.12.4 や 12月4日 のように書いてください", "write a date in the future, such as 2026-12-04");
        return Err(Failure::new(say!("「{text}」は過ぎた日です", "`{text}` has passed"), hint));
    }
    Ok(day)
}
