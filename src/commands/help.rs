//! `kaikaku help`

use anyhow::Result;
use clap::Args;

use super::cli::{self, Cli};
use super::{Context, Exit, usage};
use crate::console;
use clap::CommandFactory;

/// The page of help of the program or of one command.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// どのコマンドか（省略時は全体） || Of which command (default: of the program)
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Runs it.
///
/// # Errors
/// When there is no such command, or nothing can be printed.
pub fn run(context: &Context, args: &HelpArgs) -> Result<Exit> {
    let line = std::iter::once("kaikaku").chain(args.command.iter().map(String::as_str)).chain(["--help"]);
    let line: Vec<&str> = line.collect();
    match Cli::command().try_get_matches_from(&line) {
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelp => {}
        Err(error) => return Err(usage::explain(&error).into()),
        Ok(_) => {}
    }
    let page = cli::help_page(&line, context.world.terminal.columns, context.lang());
    console::write_by_screens(&page, context.lang())?;
    Ok(Exit::Done)
}

/// `kaikaku version`
///
/// # Errors
/// When nothing can be printed.
pub fn version() -> Result<Exit> {
    console::write_words(&format!("kaikaku {}\n", env!("CARGO_PKG_VERSION")))?;
    Ok(Exit::Done)
}
