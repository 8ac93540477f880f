//! `kaikaku report`

pub mod council;
pub mod opinions;
pub mod questions;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::{Context, Exit};
use council::CouncilArgs;
use opinions::OpinionsArgs;
use questions::QuestionsArgs;

/// The papers that an office hands out.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Which.
    #[command(subcommand)]
    pub(super) paper: Papers,
}

/// The papers.
#[derive(Debug, Subcommand)]
pub(super) enum Papers {
    /// 四半期報告を書く（委員会・推進本部・議会） || Write the quarterly paper (committee, headquarters, assembly)
    Council(CouncilArgs),
    /// 想定質問を書く || Write down the questions to expect
    Questions(QuestionsArgs),
    /// 意見と対応を書く（前回の会議、台帳、パブリックコメント） || Write down opinions and responses (last meeting, ledger, public consultation)
    Opinions(OpinionsArgs),
}

/// Runs it.
///
/// # Errors
/// As the paper that is written.
pub fn run(context: &Context, args: &ReportArgs) -> Result<Exit> {
    match &args.paper {
        Papers::Council(args) => council::run(context, args),
        Papers::Questions(args) => questions::run(context, args),
        Papers::Opinions(args) => opinions::run(context, args),
    }
}
