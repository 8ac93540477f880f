//! `kaikaku merge-driver`: called by git for a file of records that both branches changed.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Context, Exit};
use crate::failure::Failure;
use crate::merge::{Marks, Merged, merge};
use crate::text::safe::one_line;
use crate::{console, git, store, tr};

/// One file in three states.
#[derive(Debug, Args)]
pub struct MergeDriverArgs {
    /// 分かれる前のファイル || The file before the branches parted
    #[arg(value_name = "BASE")]
    base: PathBuf,
    /// 取り込む側のファイル。結果もここに書く || Our file; the result is written there
    #[arg(value_name = "OURS")]
    ours: PathBuf,
    /// 取り込まれる側のファイル || Their file
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,
    /// 競合の印の長さ || Length of the marks of a conflict
    #[arg(long, value_name = "N", default_value = "7")]
    marker_size: usize,
    /// リポジトリの中でのファイルの名前 || What the file is called in the repository
    #[arg(long, value_name = "PATH", default_value = "")]
    path: String,
    /// 取り込む側のブランチの名前 || What our branch is called
    #[arg(long, value_name = "NAME", default_value = "")]
    ours_name: String,
    /// 取り込まれる側のブランチの名前 || What their branch is called
    #[arg(long, value_name = "NAME", default_value = "")]
    theirs_name: String,
}

/// Runs it. What is no file of records is merged by its lines, as git would.
///
/// # Errors
/// When a file cannot be read or the result not written.
pub fn run(context: &Context, args: &MergeDriverArgs) -> Result<Exit> {
    // An older git hands over the sign that it does not know.
    let called = |name: &str, otherwise: &str| match name {
        "" => otherwise.to_owned(),
        name if name.starts_with('%') => otherwise.to_owned(),
        name => one_line(name),
    };
    let (ours, theirs) = (called(&args.ours_name, "ours"), called(&args.theirs_name, "theirs"));
    let marks = Marks { ours: &ours, theirs: &theirs, size: args.marker_size.clamp(7, 100) };
    let cwd = &context.world.cwd;
    let files = [&args.ours, &args.base, &args.theirs].map(|path| cwd.join(path));
    let text = |path: &PathBuf| -> Result<Option<String>, Failure> {
        // What is no text, or not there, git merges by itself.
        Ok(store::read(path)?.and_then(|bytes| String::from_utf8(bytes).ok()))
    };
    let [own, base, other] = [text(&files[0])?, text(&files[1])?, text(&files[2])?];
    let texts = own.as_deref().zip(base.as_deref()).zip(other.as_deref());
    let (merged, clean) = match texts.and_then(|((own, base), other)| merge(base, own, other, marks)) {
        Some(Merged::Clean(text)) => (text.into_bytes(), true),
        Some(Merged::Conflict(text)) => (text.into_bytes(), false),
        None => git::merge_lines(&files, [&ours, "base", &theirs], marks.size)?,
    };
    store::hand_back(&files[0], &merged)?;
    if !clean {
        let (lang, path) = (context.lang(), one_line(&args.path));
        console::say(&tr!(lang, "{path}：記録が食い違っています", "{path}: the records contradict each other"));
        if path.contains("closed/") {
            console::say(lang.pick(
                "対処: 訂正は一方のブランチのものだけを残してください。もう一方の訂正は、マージの後に kaikaku errata 期間 --record で記録し直します",
                "help: keep the corrections of one branch; record those of the other again after the merge with `kaikaku errata PERIOD --record`",
            ));
        }
    }
    Ok(if clean { Exit::Done } else { Exit::No })
}
