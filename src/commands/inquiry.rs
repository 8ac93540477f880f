//! `kaikaku inquiry`

pub mod block;
pub(super) mod collect;
pub(super) mod post;
mod send;
mod status;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::{Context, Exit};

/// 照会.
#[derive(Debug, Args)]
pub struct InquiryArgs {
    #[command(subcommand)]
    command: InquiryCommands,
}

/// What to do about an inquiry.
#[derive(Debug, Subcommand)]
pub enum InquiryCommands {
    /// 所管課ごとに、回答用の Excel ブックを作る || Make a workbook for each department to fill in
    Send(send::SendArgs),
    /// 戻ってきたブックを読み、変わった答えを記録する || Read what came back and record the answers that changed
    Collect(collect::CollectArgs),
    /// だれが回答し、だれがまだか || Who replied and who did not
    Status(status::InquiryStatusArgs),
}

impl InquiryArgs {
    /// Whether it changes the plan's files.
    pub fn writes(&self) -> bool {
        match &self.command {
            InquiryCommands::Send(_) => true,
            InquiryCommands::Collect(args) => args.apply,
            InquiryCommands::Status(_) => false,
        }
    }
}

/// Runs it.
///
/// # Errors
/// When it could not do it.
pub fn run(context: &Context, args: &InquiryArgs) -> Result<Exit> {
    match &args.command {
        InquiryCommands::Send(args) => send::run(context, args),
        InquiryCommands::Collect(args) => collect::run(context, args),
        InquiryCommands::Status(args) => status::run(context, args),
    }
}
