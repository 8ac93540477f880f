//! Files given alone (`kaikaku reply.xlsx`, a file dropped on the program): what each is, and what is done with it. Nothing
//! is written without a question.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Desk, point_out};
use crate::commands::form::Form;
use crate::commands::inquiry::collect::bytes;
use crate::commands::{Context, Exit, inputs};
use crate::console;
use crate::failure::Failure;
use crate::formats::Format;
use crate::inquiry::answer::Trust;
use crate::inquiry::reply;
use crate::plan::Plan;
use crate::report::named::Named;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{say, source};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A form that an owner filled in.
    Reply,
    /// A paper that `report` wrote.
    Paper,
    /// Some other list of rows.
    List,
}

/// The words of a command line that are files, where all that are no options are.
pub fn files(args: &[OsString], cwd: &Path) -> Option<(Vec<OsString>, Vec<PathBuf>)> {
    let is_file = |arg: &OsString| {
        !arg.to_string_lossy().starts_with('-')
            && (cwd.join(arg).exists() || inputs::is_pattern_of_files(cwd, Path::new(arg)))
    };
    let (files, rest): (Vec<OsString>, Vec<OsString>) = args.iter().skip(1).cloned().partition(is_file);
    let program = args.first().cloned();
    let files: Vec<PathBuf> = files.into_iter().map(PathBuf::from).collect();
    (!files.is_empty()).then(|| (program.into_iter().chain(rest).collect(), files))
}

/// Looks at the files: replies are reviewed together, papers verified, lists offered for import.
///
/// # Errors
/// When the plan has errors, or a file is nothing that can be read.
pub fn open(context: &Context, files: &[PathBuf]) -> Result<Exit> {
    let desk = Desk { context, form: Form::new(context.lang()), plan: context.globals.plan.clone() };
    let opened = context.open_with(&|path| !source::is_record(path) && !source::is_closed(path))?;
    let mut kinds = Vec::new();
    for path in
        &inputs::files(context, files, &["xlsx", "csv", "tsv", "txt", "toml", "docx", "html", "htm", "md", "markdown"])?
    {
        kinds.push((path.clone(), kind(context, &opened.plan, path)?));
    }
    let of = |wanted: Kind| -> Vec<PathBuf> {
        kinds.iter().filter(|(_, kind)| *kind == wanted).map(|(path, _)| path.clone()).collect()
    };
    let mut worst = Exit::Done;
    let mut note = |exit: Exit| {
        point_out(exit, context);
        if exit == Exit::No {
            worst = Exit::No;
        }
    };
    for paper in of(Kind::Paper) {
        note(desk.run(&["verify", &paper.slashed()])?);
    }
    let replies = of(Kind::Reply);
    if !replies.is_empty() {
        note(if context.world.terminal.asks { desk.collect_files(&replies)? } else { desk.review(&replies)? });
    }
    for list in of(Kind::List) {
        let list = list.slashed();
        note(desk.run(&["import", &list])?);
    }
    Ok(worst)
}

impl Desk<'_> {
    /// Shows what replies say, and records nothing.
    fn review(&self, files: &[PathBuf]) -> Result<Exit> {
        let files: Vec<String> = files.iter().map(|path| path.slashed()).collect();
        let words: Vec<&str> = ["inquiry", "collect"].into_iter().chain(files.iter().map(String::as_str)).collect();
        self.run(&words)
    }
}

/// What a file is, by what is in it.
fn kind(context: &Context, plan: &Plan, path: &Path) -> Result<Kind> {
    let shown = visible(&path.slashed()).into_owned();
    let bytes = bytes(&context.world.cwd.join(path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let paper = Format::of_path(path).filter(|format| format.is_read()).and_then(|format| format.read(&bytes).ok());
    let found = if paper.is_some_and(|paper| Named::find(&paper.prose()).is_some()) {
        Kind::Paper
    } else if reply::read(&name, &bytes, plan, Trust::new(false)).is_ok_and(|replies| !replies.is_empty()) {
        Kind::Reply
    } else if ["xlsx", "csv", "txt", "tsv"].iter().any(|ending| name.to_lowercase().ends_with(&format!(".{ending}"))) {
        Kind::List
    } else {
        return Err(unknown(&shown).into());
    };
    let (ja, en) = match found {
        Kind::Reply => ("所管課の回答", "a reply of a department"),
        Kind::Paper => ("報告書", "a paper"),
        Kind::List => ("一覧", "a list"),
    };
    console::say(context.lang().pick(&*format!("{shown}：{ja}として読みます"), &*format!("{shown}: read as {en}")));
    Ok(found)
}

fn unknown(file: &str) -> Failure {
    Failure::new(
        say!("{file} は、回答でも報告書でも一覧でもありません", "{file} is no reply, no paper and no list"),
        say!(
            "照会のブック、kaikaku report で書いた報告書、Excel か CSV の一覧を指定してください",
            "give a workbook of an inquiry, a paper written by `kaikaku report`, or a list in Excel or CSV"
        ),
    )
}
