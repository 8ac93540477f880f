//! `kaikaku man`: the pages of the manual, for the packages.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Command};
use clap_mangen::Man;

use super::{Context, Exit, cli};
use crate::lang::Lang;
use crate::store;

/// The manual as files.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// どのフォルダーに書くか || Folder to write to
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

/// Headings that clap_mangen has in English alone.
const HEADINGS: [(&str, &str); 6] = [
    (".SH NAME", ".SH 名前"),
    (".SH SYNOPSIS", ".SH 書式"),
    (".SH DESCRIPTION", ".SH 説明"),
    (".SH SUBCOMMANDS", ".SH コマンド"),
    (".SH EXTRA", ".SH 補足"),
    (".SH VERSION", ".SH 版"),
];

/// Runs it: a page for each command under `man1`, the Japanese ones under `ja/man1`.
///
/// # Errors
/// When a page cannot be written, or is there already.
pub fn run(context: &Context, args: &ManArgs) -> Result<Exit> {
    let mut pages = Vec::new();
    for (lang, folder) in [(Lang::En, "man1"), (Lang::Ja, "ja/man1")] {
        let mut command = cli::command(lang);
        command.build();
        collect(&command, lang, &mut |name, page| {
            pages.push((context.world.cwd.join(&args.dir).join(folder).join(name), page));
        })?;
    }
    store::export(&pages, false)?.certain()?;
    Ok(Exit::Done)
}

fn collect(command: &Command, lang: Lang, keep: &mut dyn FnMut(String, Vec<u8>)) -> Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        collect(below, lang, keep)?;
    }
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (english, japanese) in HEADINGS {
        page = page.replace(&format!("{english}\n"), &format!("{}\n", lang.pick(japanese, english)));
    }
    keep(man.get_filename(), page.into_bytes());
    Ok(())
}
