//! `kaikaku opendata --check`

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{OpendataArgs, result_format};
use crate::commands::cli::OutputArgs;
use crate::commands::{Context, Exit, inputs, output};
use crate::failure::Failure;
use crate::lang::Say;
use crate::readable::{Beside, Checked, check, same_layout};
use crate::report::readable::ReadableReport;
use crate::text::paths::Slashed;
use crate::{console, say, store};

/// What is looked for in a folder.
const ENDINGS: [&str; 2] = ["csv", "xlsx"];

/// The largest file of explanations that is read.
const LONGEST: usize = 4 * 1024 * 1024;

/// Runs it.
///
/// # Errors
/// When no file is given, one cannot be read, or the result cannot be written.
pub fn run(context: &Context, args: &OpendataArgs) -> Result<Exit> {
    let format = result_format(&args.format)?;
    if args.files.is_empty() {
        return Err(no_files().into());
    }
    let files = inputs::files(context, &args.files, &ENDINGS)?;
    let mut folders = HashMap::new();
    let (mut checked, mut besides, mut unread) = (Vec::new(), Vec::new(), 0);
    for file in &files {
        match one(context, file, &mut folders) {
            Ok((one, beside)) => {
                checked.push(one);
                besides.push(beside);
            }
            Err(failure) if files.len() == 1 => return Err(failure.into()),
            Err(failure) => {
                unread += 1;
                console::complain(&failure.into(), context.lang());
            }
        }
    }
    for (at, breach) in same_layout(&checked, |at| besides[at].tells_changes()) {
        checked[at].breaches.push(breach);
        checked[at].breaches.sort_by_key(|breach| breach.rule);
    }
    let report = ReadableReport { files: checked, lang: context.lang() };
    let written =
        OutputArgs { format, encoding: args.encoding, files: args.output.iter().cloned().collect(), force: args.force };
    output::write(context, &report, &written)?;
    if unread > 0 {
        return Err(unchecked(unread, files.len()).into());
    }
    Ok(if report.is_broken() { Exit::No } else { Exit::Done })
}

/// What lies in a folder: the names, and the texts of what explains other files.
type Folder = Vec<(String, Option<String>)>;

fn one(context: &Context, file: &Path, folders: &mut HashMap<PathBuf, Folder>) -> Result<(Checked, Beside), Failure> {
    let shown = file.slashed();
    let path = context.world.cwd.join(file);
    let bytes = store::read(&path)?.ok_or_else(|| missing(&shown))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let known = match folders.get(&folder) {
        Some(known) => known,
        None => &*folders.entry(folder.clone()).or_insert(contents(&folder)?),
    };
    let mut beside = Beside::new();
    known.iter().for_each(|(other, text)| beside.take(&name, other, text.as_deref()));
    let checked = check(&shown, &bytes, beside.clone()).map_err(|failure| unreadable(&shown, failure))?;
    Ok((checked, beside))
}

/// What lies in a folder.
fn contents(folder: &Path) -> Result<Folder, Failure> {
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut names: Vec<String> = store::names(folder)?.iter().filter_map(name).collect();
    names.sort();
    let text = |name: &String| {
        let path = folder.join(name);
        if !Beside::is_read(name) || store::is_folder(&path)? {
            return Ok(None);
        }
        let bytes = store::read(&path)?.filter(|bytes| bytes.len() <= LONGEST);
        // What is no text explains nothing.
        Ok(bytes.and_then(|bytes| crate::workbook::csv::text(&bytes).ok()))
    };
    names.into_iter().map(|name| text(&name).map(|text| (name, text))).collect()
}

fn no_files() -> Failure {
    Failure::new(
        say!("点検するファイルが指定されていません", "no files to check are given"),
        say!(
            "kaikaku opendata --check 一覧.csv のように指定してください",
            "give them, as in `kaikaku opendata --check list.csv`"
        ),
    )
}

fn missing(file: &str) -> Failure {
    Failure::new(
        say!("{file} がありません", "there is no {file}"),
        say!("ファイルの名前と場所を確かめてください", "check its name and folder"),
    )
}

fn unreadable(file: &str, failure: Failure) -> Failure {
    let Say { ja, en } = failure.message;
    Failure { message: say!("{file} を読めません（{ja}）", "cannot read {file} ({en})"), ..failure }
}

fn unchecked(unread: usize, all: usize) -> Failure {
    Failure::new(
        say!("{all} 件のうち {unread} 件を点検できませんでした", "files that could not be checked: {unread} of {all}"),
        say!("上のエラーを確かめてください", "see the errors above"),
    )
}
