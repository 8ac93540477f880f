//! `kaikaku textconv`: called by git to show a file of a plan.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Context, Exit};
use crate::{console, store, textconv};

/// One file.
#[derive(Debug, Args)]
pub struct TextconvArgs {
    /// 計画のファイル || A file of a plan
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs it. What is no TOML is shown as it is.
///
/// # Errors
/// When the file cannot be read.
pub fn run(context: &Context, args: &TextconvArgs) -> Result<Exit> {
    let text = store::read(&context.world.cwd.join(&args.file))?.unwrap_or_default();
    let lines = textconv::lines(&text);
    console::write(lines.unwrap_or(text).as_bytes())?;
    Ok(Exit::Done)
}
