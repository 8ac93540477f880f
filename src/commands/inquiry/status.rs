//! `kaikaku inquiry status`

use anyhow::Result;
use clap::Args;

use crate::commands::cli::OutputArgs;
use crate::commands::record::period;
use crate::commands::{Context, Exit, output};
use crate::failure::Failure;
use crate::inquiry::standing::inquiry_status;
use crate::report::inquiry::StandingReport;
use crate::say;

/// Who replied and who did not.
#[derive(Debug, Args)]
pub struct InquiryStatusArgs {
    /// どの照会か（省略時は最後のもの） || Of which period (default: the last one that was sent)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 所管課ごとの督促の文面も示す || Print reminders, too, one letter an owner
    #[arg(long)]
    letter: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or nothing was sent.
pub fn run(context: &Context, args: &InquiryStatusArgs) -> Result<Exit> {
    let opened = context.open()?;
    let plan = &opened.plan;
    let wanted = args.period.as_deref().map(|text| period(text, context.world.today)).transpose()?;
    let inquiry = plan.inquiries.iter().rfind(|inquiry| wanted.is_none_or(|period| inquiry.period == period));
    let Some(inquiry) = inquiry else {
        return Err(Failure::new(
            say!("照会の控えがありません", "no inquiry was sent"),
            say!("kaikaku inquiry send で照会してください", "send one with `kaikaku inquiry send`"),
        )
        .into());
    };
    let status = inquiry_status(plan, inquiry, context.as_of(plan)?);
    let late = status.is_late();
    output::write(context, &StandingReport { status, letter: args.letter }, &args.output)?;
    Ok(if late { Exit::No } else { Exit::Done })
}
