//! `kaikaku git-setup`

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use clap::Args;

use super::form::Form;
use super::{Context, Exit};
use crate::console;
use crate::failure::Failure;
use crate::git::Repository;
use crate::lang::{Lang, Say};
use crate::ledger;
use crate::text::paths::Slashed;
use crate::{say, store, tr};

/// git learns how this tool merges and shows the files of a plan.
#[derive(Debug, Args)]
pub struct GitSetupArgs {
    /// 確かめずに設定する || Set it up without asking
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,
    /// 設定する内容を示すだけにする || Only show what would be set up
    #[arg(long)]
    dry_run: bool,
}

/// The lines of `.gitattributes`: which files are shown and merged by this tool.
pub fn attributes() -> Vec<String> {
    // With the one a copy on Windows holds the same bytes as any other; by the other git shows its changes.
    let mut lines = vec!["*.toml text eol=lf".to_owned(), "*.toml diff=kaikaku".to_owned()];
    for kind in ledger::KINDS.iter().filter(|kind| kind.claims().is_some()) {
        let line = format!("{} merge=kaikaku", kind.files.pattern());
        lines.extend((!lines.contains(&line)).then_some(line));
    }
    lines
}

/// What is missing.
struct Missing {
    /// The attributes file, as it is and as it shall be.
    attributes: Option<(Option<String>, String)>,
    /// Settings of the repository.
    settings: Vec<(&'static str, String)>,
}

/// Runs it.
///
/// # Errors
/// When there is no plan, no repository, or something cannot be written.
pub fn run(context: &Context, args: &GitSetupArgs) -> Result<Exit> {
    let lang = context.lang();
    let workspace = context.workspace()?;
    let repository = Repository::around(&workspace.root)?;
    let path = workspace.root.join(".gitattributes");
    let missing = missing(&repository, &path, &context.world.program, lang)?;
    if missing.attributes.is_none() && missing.settings.is_empty() {
        console::say(lang.pick("もう設定されています。", "It is already set up."));
        return Ok(Exit::Done);
    }
    let shown = workspace.shown_root.join(".gitattributes");
    console::write_words(&describe(&missing, &shown, lang))?;
    if args.dry_run || !(args.yes || agreed(context)?) {
        console::say(lang.pick("設定していません。", "Nothing was set up."));
        return Ok(Exit::Done);
    }
    // Settings do nothing without the file; where one of them fails, running it again does the rest.
    missing.settings.iter().try_for_each(|(key, value)| repository.set(key, value)).map_err(partly)?;
    let mut written = None;
    if let Some((old, new)) = &missing.attributes {
        let replaced = store::replace(&workspace.root, &path, old.as_deref(), new, &context.occasion());
        written = Some(replaced.map_err(partly)?);
    }
    context.end(written, Exit::Done, || {
        console::say(&tr!(lang, "設定しました。{} をコミットしてください。", "Set up. Commit {}.", shown.slashed()));
        Ok(())
    })
}

/// Running it again does what is left.
fn partly(Failure { message, hint }: Failure) -> Failure {
    let Say { ja, en } = hint.unwrap_or_default();
    Failure::new(
        message,
        say!(
            "{ja}。原因を除いて、もう一度実行してください。設定できた分はそのまま使われます",
            "{en}; then run it again: what was set up by now stays"
        ),
    )
}

fn missing(repository: &Repository, path: &Path, program: &Path, lang: Lang) -> Result<Missing, Failure> {
    let old = store::read(path)?.map(String::from_utf8).transpose().map_err(|_| no_text(path))?;
    let text = old.clone().unwrap_or_default();
    let mut lacking = attributes();
    lacking.retain(|line| !text.lines().any(|known| known.trim() == line));
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let attributes = (!lacking.is_empty()).then(|| (old, format!("{text}{gap}{}\n", lacking.join("\n"))));
    let mut settings = settings(program, lang);
    let known = settings.iter().map(|(key, _)| repository.setting(key)).collect::<Result<Vec<_>, _>>()?;
    let mut known = known.into_iter();
    settings.retain(|(_, value)| known.next().flatten().as_ref() != Some(value));
    Ok(Missing { attributes, settings })
}

fn no_text(path: &Path) -> Failure {
    let shown = path.slashed();
    Failure::new(
        say!("{shown} の文字コードは UTF-8 ではありません", "{shown} is not UTF-8"),
        say!("UTF-8 で保存し直してから、もう一度実行してください", "save it as UTF-8, then run it again"),
    )
}

/// The settings of the repository. Where the program has gone, git does what it would do without: a merge that calls
/// nothing would leave one side alone, and lose the records of the other.
fn settings(program: &Path, lang: Lang) -> Vec<(&'static str, String)> {
    let program = quoted(program);
    let merge = format!(
        "test -x {program} || exec git merge-file --marker-size=%L %A %O %B; \
         exec {program} merge-driver --marker-size %L --path %P --ours-name %X --theirs-name %Y %O %A %B"
    );
    let convert = format!("show() {{ test -x {program} || exec cat \"$1\"; exec {program} textconv \"$1\"; }}; show");
    let compare = format!(
        "show() {{ test -x {program} || exec git diff --no-ext-diff --no-index -- \"$2\" \"$5\"; \
         exec {program} diff-driver \"$@\"; }}; show"
    );
    vec![
        ("merge.kaikaku.name", lang.pick("進捗と実績値の記録", "records of a plan").to_owned()),
        ("merge.kaikaku.driver", merge),
        ("diff.kaikaku.textconv", convert),
        ("diff.kaikaku.command", compare),
    ]
}

/// A path in quotes for the shell that git starts, which knows `/` on every system.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\\', "/").replace('\'', r"'\''"))
}

fn describe(missing: &Missing, shown: &Path, lang: Lang) -> String {
    let mut text = String::new();
    if let Some((old, new)) = &missing.attributes {
        let shown = shown.slashed();
        let _ = writeln!(text, "{}\n", tr!(lang, "{shown} に加える行：", "Lines to be added to {shown}:"));
        let lines = new[old.as_ref().map_or(0, String::len)..].lines().filter(|line| !line.is_empty());
        lines.for_each(|line| text.push_str(&format!("    {line}\n")));
        text.push('\n');
    }
    if !missing.settings.is_empty() {
        let head =
            lang.pick("このリポジトリの git の設定（このクローンだけのもの）：", "Settings of git in this clone:");
        let _ = writeln!(text, "{head}\n");
        missing.settings.iter().for_each(|(key, value)| text.push_str(&format!("    {key} = {value}\n")));
        text.push('\n');
    }
    text
}

/// Asks, where somebody is there to answer.
fn agreed(context: &Context) -> Result<bool> {
    if !context.world.terminal.asks {
        return Err(Failure::new(
            say!("設定してよいか確かめられません", "nobody can be asked whether to set it up"),
            say!("よければ --yes を付けて実行してください", "to set it up, run it with --yes"),
        )
        .into());
    }
    Form::new(context.lang()).agree(say!("このように設定しますか", "Set it up like this?"))
}
