//! `kaikaku textconv`: called by git to show a file of a plan.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::{Context, Exit};
use crate::failure::Failure;
use crate::text::paths::Slashed;
use crate::text::safe::lossless;
use crate::{console, say, store, textconv};

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
    let bytes = store::read(&context.world.cwd.join(&args.file))?.ok_or_else(|| missing(&args.file))?;
    let text = lossless(bytes);
    let lines = textconv::lines(&text);
    console::write(lines.unwrap_or(text).as_bytes())?;
    Ok(Exit::Done)
}

fn missing(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!("{shown} がありません", "there is no {shown}"),
        say!("ファイルの名前を確かめてください", "check the name of the file"),
    )
}
