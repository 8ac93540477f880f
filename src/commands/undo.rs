//! `kaikaku undo`

use std::path::Path;

use anyhow::Result;
use clap::Args;

use super::{Context, Exit};
use crate::failure::Failure;
use crate::git::Repository;
use crate::lang::Lang;
use crate::render::delta::delta;
use crate::store::Writer;
use crate::store::journal::Journal;
use crate::text::paths::Slashed;
use crate::text::safe::one_line;
use crate::{console, say, store, tr};

/// Takes back the last write.
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// 戻さずに、何が戻るかだけ示す || Show what would be taken back, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
///
/// # Errors
/// When there is nothing to take back, something came after it, it is committed, or the disk refuses.
pub fn run(context: &Context, args: &UndoArgs) -> Result<Exit> {
    let (lang, folder) = (context.lang(), context.folder(&context.workspace()?)?);
    // Whether it is committed must be known where there is a repository.
    let repository = Repository::near(&folder.path)?;
    let allowed = |last: &Journal| {
        let Some(git) = &repository else { return Ok(()) };
        for change in &last.changes {
            if git.is_committed(&git.path(&change.path))? {
                return Err(kept(&change.path));
            }
        }
        Ok(())
    };
    let (undo, written) = if args.dry_run {
        let undo = store::undoing(&folder.path)?;
        allowed(&undo)?;
        (undo, None)
    } else {
        let (undo, written) = Writer::open(&folder.path)?.undo(allowed)?;
        (undo, Some(written))
    };
    context.end(written, Exit::Done, || print_undone(&undo, &folder.shown, args.dry_run, lang))
}

/// Says what was taken back, or would be.
fn print_undone(undo: &Journal, shown: &Path, dry_run: bool, lang: Lang) -> Result<()> {
    for change in &undo.changes {
        let shown = shown.join(&change.path).slashed();
        console::write(delta(&shown, change.old.as_deref(), change.new.as_deref()).as_bytes())?;
    }
    let (day, command) = (&undo.occasion.day, one_line(&undo.occasion.command));
    // Notes of earlier versions do not tell.
    if !command.is_empty() {
        console::say(&tr!(lang, "最後の書き込み：{day} の {command}", "The last write: {command}, on {day}"));
    }
    console::say(&if dry_run {
        tr!(lang, "（試しただけで、何も戻していません）", "(dry run: nothing was undone)")
    } else {
        tr!(lang, "最後の書き込みを取り消しました。", "The last write was undone.")
    });
    Ok(())
}

fn kept(path: &str) -> Failure {
    Failure::new(
        say!(
            "最後の書き込み（{path}）は git にコミット済みです。何も変更していません",
            "the last write ({path}) is committed in git; nothing was changed"
        ),
        say!(
            "記録の誤りは、kaikaku update か measure に --corrects を付けて訂正してください",
            "correct a wrong record with `kaikaku update` or `kaikaku measure` and --corrects"
        ),
    )
}
