//! `kaikaku diff-driver`: called by `git diff` for each file of a plan that differs.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::{Context, Exit, output};
use crate::console;
use crate::diff::files::{Sides, file_changes, line_diff};
use crate::diff::{Diff, Question, diff};
use crate::render::text;
use crate::report::Report;
use crate::report::diff::{Detail, DiffReport, Side};
use crate::source::lenient::Lenient;
use crate::source::workspace::shown;
use crate::source::{Snapshot, is_record};
use crate::store;
use crate::text::paths::Slashed;
use crate::text::safe::lossless;
use crate::text::terms;

/// What git tells of a file that differs.
#[derive(Debug, Args)]
pub struct DiffDriverArgs {
    /// git が渡すもの：パス、旧ファイル、その id とモード、新ファイル、その id とモード || What git hands over: path, old file, its id and mode, new file, its id and mode
    #[arg(value_name = "ARG", num_args = 1..=9, allow_hyphen_values = true)]
    args: Vec<PathBuf>,
}

/// Runs it. What belongs to no plan, or cannot be read, is shown line by line: git must be answered in any case.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(context: &Context, args: &DiffDriverArgs) -> Result<Exit> {
    let [path, old, _, _, new, ..] = &args.args[..] else {
        let path = args.args.first().map(|path| path.slashed()).unwrap_or_default();
        console::write_words(&format!("* {path}: {}\n", context.lang().pick("マージされていません", "unmerged")))?;
        return Ok(Exit::Done);
    };
    // Of a file that was renamed git tells the new path behind the rest.
    let path = args.args.get(7).unwrap_or(path);
    let [old, new] = [old, new].map(|file| store::read(&context.world.cwd.join(file)));
    let texts = [old?, new?].map(|bytes| lossless(bytes.unwrap_or_default()));
    console::write_words(&format!("{}\n", path.slashed()))?;
    match sides(context, path, &texts) {
        Some(sides) => print(context, sides),
        None => lines(&texts),
    }
}

/// The plan around a file, once with its old text and once with the new one; the other files as they are.
fn sides(context: &Context, path: &Path, texts: &[String; 2]) -> Option<[Lenient; 2]> {
    let whole = context.world.cwd.join(path);
    let folder = whole.ancestors().skip(1).find(|folder| folder.join("plan.toml").is_file())?;
    let own = whole.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/");
    let side = |text: &String| {
        let shown = shown(folder, &context.world.cwd);
        let mut snapshot = Snapshot::of_folder(folder, shown, &|path| !is_record(path) || path == own);
        snapshot.put(&own, text.clone());
        snapshot
    };
    let name = folder.file_name()?.to_string_lossy();
    let [old, new] = [side(&texts[0]), side(&texts[1])];
    // What the disk does not hand out would be shown as dropped.
    if old.unread().or(new.unread()).is_some() {
        return None;
    }
    let old = Lenient::load(old, &name, &new, &[]);
    let new = Lenient::load(new, &name, &old.snapshot, &old.emptied);
    Some([old, new])
}

fn print(context: &Context, sides: [Lenient; 2]) -> Result<Exit> {
    let [old, new] = &*Box::leak(Box::new(sides));
    let mut diffed: Option<Diff<'_>> = None;
    if let (Some(was), Some(is)) = (&old.plan, &new.plan) {
        diffed = Some(diff(was, is, &Question { as_of: context.as_of(is)?, same_records: &[] }));
    }
    let files = file_changes(Sides { old, new, same_records: &[] }, diffed.as_ref());
    let side = |of: &'static str, side: &'static Lenient| Side {
        label: of,
        plan: side.plan.as_ref(),
        snapshot: &side.snapshot,
    };
    let (changes, probable) = diffed.map(|diff| (diff.changes, diff.probable)).unwrap_or_default();
    let lang = context.lang();
    let (old, new) = (side(terms::OLD.word(lang), old), side(terms::NEW.word(lang), new));
    let report = DiffReport { old, new, changes, files, probable, detail: Detail::Rows };
    console::write(format!("{}\n", text::text(&report.document(lang), &output::style(context))).as_bytes())?;
    Ok(Exit::Done)
}

fn lines(texts: &[String; 2]) -> Result<Exit> {
    let line = |line: &crate::diff::files::Line| format!("{}{}\n", if line.is_new { '+' } else { '-' }, line.text);
    let lines: String = line_diff(&texts[0], &texts[1]).iter().map(line).collect();
    console::write(format!("{}\n", crate::text::safe::visible(&lines)).as_bytes())?;
    Ok(Exit::Done)
}
