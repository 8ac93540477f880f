//! `kaikaku opinion`

mod add;
mod answer;
mod ask;
mod find;
pub mod import;
mod list;
mod meeting;
mod put;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::{Context, Exit};

pub(super) use find::{corrected, day, meeting};

/// 意見と対応.
#[derive(Debug, Args)]
pub struct OpinionArgs {
    #[command(subcommand)]
    command: OpinionCommands,
}

/// What to do about opinions.
#[derive(Debug, Subcommand)]
pub enum OpinionCommands {
    /// 委員会・議会・監査・パブリックコメントの意見を記録する || Record what a committee, the assembly, auditors or citizens said
    Add(add::OpinionAddArgs),
    /// 意見への対応を記録する || Record what was answered to an opinion
    Answer(answer::OpinionAnswerArgs),
    /// 意見とその対応状況を一覧にする || List opinions with what came of them
    List(list::OpinionListArgs),
    /// 一つの意見のやり取りを、訂正も含めてすべて示す || Everything said and answered about one opinion, corrections included
    Show(list::OpinionShowArgs),
    /// 議事録などの表（.xlsx、.docx、.csv）から意見と対応を取り込む || Bring in opinions and answers from a table (.xlsx, .docx, .csv)
    Import(import::OpinionImportArgs),
}

impl OpinionArgs {
    /// Whether it changes the plan's files.
    pub fn writes(&self) -> bool {
        match &self.command {
            OpinionCommands::Add(_) | OpinionCommands::Answer(_) => true,
            OpinionCommands::Import(args) => args.apply,
            OpinionCommands::List(_) | OpinionCommands::Show(_) => false,
        }
    }
}

/// Runs it.
///
/// # Errors
/// When it could not do it.
pub fn run(context: &Context, args: &OpinionArgs) -> Result<Exit> {
    match &args.command {
        OpinionCommands::Add(args) => add::run(context, args),
        OpinionCommands::Answer(args) => answer::run(context, args),
        OpinionCommands::List(args) => list::run(context, args),
        OpinionCommands::Show(args) => list::show(context, args),
        OpinionCommands::Import(args) => import::run(context, args),
    }
}
