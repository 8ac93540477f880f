//! `kaikaku mv`

use anyhow::Result;
use clap::Args;

use super::{Context, Exit, Opened, find};
use crate::audit;
use crate::console;
use crate::failure::Failure;
use crate::finding::{Code, Finding};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::renumber::{self, FileChange, verify};
use crate::report::renumbered::shown;
use crate::store::{self, FileWrite};
use crate::text::safe::visible;
use crate::{say, tr};

/// Another id.
#[derive(Debug, Args)]
pub struct MvArgs {
    /// 今の番号（項目か指標） || The id now, of an entry or an indicator
    #[arg(value_name = "OLD")]
    old: String,
    /// 新しい番号 || The id then
    #[arg(value_name = "NEW")]
    new: String,
    /// 書き込まずに内容だけ示す || Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
///
/// # Errors
/// When the new id cannot be, when more than ids would change, or it cannot be written. Nothing is written then.
pub fn run(context: &Context, args: &MvArgs) -> Result<Exit> {
    let Opened { folder, mut snapshot, plan, .. } = context.open_with(&|_| true)?;
    let subject = find(&plan, &args.old)?;
    let new = Id::parse(&args.new).map_err(|_| no_id(&args.new))?;
    let ids = renumber::ids(&plan, subject, &new)?;
    let changes = renumber::changes(&snapshot, &ids)?;
    verify::files(&changes, &ids)?;
    let today = context.world.today;
    let before = audit::check(&snapshot, &folder.name, today).findings;
    renumber::then(&mut snapshot, &changes);
    let then = audit::check(&snapshot, &folder.name, today);
    let Some(renumbered) = then.plan.as_ref().filter(|_| codes(&before) == codes(&then.findings)) else {
        return Err(context.refuse_to_write(&then.findings, &snapshot).into());
    };
    verify::plans(&plan, renumbered, &ids)?;
    let mut written = None;
    if !args.dry_run {
        let changes: Vec<FileWrite> = changes.iter().flat_map(|change| on_disk(&folder.path, change)).collect();
        written = Some(store::apply(&folder.path, &changes, &context.occasion())?);
    }
    let changed = |findings: &[Finding]| findings.iter().filter(|f| f.code == Code::ChangedAfterClose).count();
    let moved = Moved {
        is_published: changed(&then.findings) > changed(&before),
        has_other_themes: verify::moves_themes(&plan, renumbered, &ids),
    };
    context.end(written, Exit::Done, || {
        console::write(visible(&shown(&folder.shown, &changes)).as_bytes())?;
        print_count(context.lang(), changes.len(), moved, args.dry_run);
        Ok(())
    })
}

/// What changes besides ids, where an entry goes under another one.
#[derive(Clone, Copy)]
struct Moved {
    /// Counts that were published.
    is_published: bool,
    /// The themes that it belongs to.
    has_other_themes: bool,
}

/// Says what was done, or would be.
fn print_count(lang: Lang, count: usize, moved: Moved, dry_run: bool) {
    if moved.has_other_themes {
        console::say(lang.pick(
            "注意: 別の項目の下に移るため、属する主題が変わります。themes.toml の of を確かめてください",
            "note: it moves under another entry, so it belongs to other themes; check `of` in themes.toml",
        ));
    }
    if moved.is_published {
        console::say(lang.pick(
            "注意: 別の項目の下に移るため、確定した期間に公表した件数が変わります。kaikaku check で確かめ、kaikaku errata 期間 --record で訂正を記録してください",
            "note: it moves under another entry, so published counts of a closed period change; run `kaikaku check` to see them, and `kaikaku errata PERIOD --record` to record the correction",
        ));
    }
    console::say(&match dry_run {
        true => tr!(lang, "（試しただけで、何も書き込んでいません）", "(dry run: nothing was written)"),
        false => tr!(lang, "{count} 件のファイルを変更しました。", "Files changed: {count}."),
    });
}

/// How many findings there are of each kind. Under another entry than before, an entry changes the counts of both, which
/// may have been published, and belongs to the themes of that one: that is shown, and no reason to refuse.
fn codes(findings: &[Finding]) -> Vec<Code> {
    const SHOWN: [Code; 3] = [Code::ChangedAfterClose, Code::UnmappedTheme, Code::ThemeTwice];
    let codes = findings.iter().map(|finding| finding.code).filter(|code| !SHOWN.contains(code));
    let mut codes: Vec<Code> = codes.collect();
    codes.sort_unstable();
    codes
}

fn on_disk(plan: &std::path::Path, change: &FileChange) -> Vec<FileWrite> {
    let (path, old, new) = (plan.join(&change.path), Some(change.old.clone()), Some(change.new.clone()));
    match &change.to {
        None => vec![FileWrite { path, old, new }],
        Some(to) => vec![FileWrite { path: plan.join(to), old: None, new }, FileWrite { path, old, new: None }],
    }
}

fn no_id(text: &str) -> Failure {
    Failure::new(
        say!("「{text}」は番号になりません", "`{text}` is not an ID"),
        say!(
            "半角の英数字を - でつないでください（1-1-3 など）",
            "write letters and digits joined by -, such as 1-1-3"
        ),
    )
}
