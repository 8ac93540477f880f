//! `kaikaku verify`

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::report::{council, questions};
use super::{Context, Exit, Opened, inputs, output, paper};
use crate::failure::Failure;
use crate::formats::{FORMATS, Format, TEXT, extensions};
use crate::lang::Say;
use crate::query::published::settled;
use crate::render::csv::Encoding;
use crate::report::Report;
use crate::report::council::{State, is_lost};
use crate::report::named::{Named, PaperName};
use crate::report::questions::REGISTER;
use crate::report::verify::{VerifyReport, vocabulary};
use crate::text::paths::Slashed;
use crate::verify::{Sheet, verify};
use crate::workbook::Limits;
use crate::{console, say};

/// A paper against the record.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// report で書いた報告書（手で直したものでもよい）、そのフォルダー、または *.docx || Papers that report wrote, perhaps edited since, their folder, or *.docx
    #[arg(value_name = "FILES", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// The column of a sheet for programs that names the revision.
const REVISION: [&str; 2] = ["版", "Revision"];

/// Runs it.
///
/// # Errors
/// When the file cannot be read or names no record, or the record cannot be read.
pub fn run(context: &Context, args: &VerifyArgs) -> Result<Exit> {
    let endings: Vec<&str> =
        FORMATS.iter().filter(|format| format.is_read()).flat_map(|format| format.extensions).copied().collect();
    let files = inputs::files(context, &args.files, &endings)?;
    if files.len() > 1 && (!args.output.files.is_empty() || args.output.format.name != TEXT.name) {
        return Err(several().into());
    }
    let (mut exit, mut unread) = (Exit::Done, 0);
    for (at, file) in files.iter().enumerate() {
        if at > 0 {
            console::write(b"\n")?;
        }
        match verify_one(context, file, &args.output) {
            Ok(Exit::Done) => {}
            Ok(other) => exit = other,
            Err(error) if files.len() == 1 => return Err(error),
            Err(error) => {
                unread += 1;
                console::complain(&error, context.lang());
            }
        }
    }
    if unread > 0 {
        return Err(unverified(unread, files.len()).into());
    }
    Ok(exit)
}

fn verify_one(context: &Context, path: &Path, written: &OutputArgs) -> Result<Exit> {
    let file = path.slashed();
    let format = Format::of_path(path).filter(|format| format.is_read()).ok_or_else(|| unknown_format(&file))?;
    let bytes = bytes(&context.world.cwd.join(path)).map_err(|e| unreadable(&file, &say!("{e}", "{e}")))?;
    let paper = format.read(&bytes).map_err(|e| unreadable(&file, &e.message))?;
    let named = Named::find(&paper.prose()).ok_or_else(|| nameless(&file))?;
    let record = context.again(&named)?;
    let (report, opened) = match &named.paper {
        PaperName::Register(register) => of_register(&record, register, &named, &paper)?,
        PaperName::Answer(key) => {
            let answer = paper::again(&record, key, &named)?;
            (answer.report, answer.opened)
        }
    };
    let revision = opened.past.as_ref().and_then(|past| past.revision.as_ref());
    let revision = revision.map(|revision| revision.short().to_owned());
    let record = format.write(&*report, named.lang, Encoding::Utf8)?;
    let record = format.read(&record).map_err(|e| unreadable(&file, &e.message))?;
    let words = vocabulary(&opened.plan, &report.document(named.lang), named.lang);
    // What names the record is no fact of it.
    let is_told = matches!(named.paper, PaperName::Answer(_));
    let contents =
        |sheet: Sheet| sheet.without(Named::place).retain_columns(|title| is_told || !REVISION.contains(&title));
    let verified = verify(&contents(paper), &contents(record), &words);
    let exit = if verified.agrees() { Exit::Done } else { Exit::No };
    output::write(context, &VerifyReport { file, named, revision, verified }, written)?;
    Ok(exit)
}

/// The bytes of a paper.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is read of any file, so that what is too large is seen to be.
    let most = u64::try_from(Limits::default().file).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A paper of `report` as the record would write it; `context` is about that record.
fn of_register(
    context: &Context,
    register: &str,
    named: &Named,
    paper: &Sheet,
) -> Result<(Box<dyn Report>, &'static Opened)> {
    let opened = context.open_whole()?;
    let plan = &opened.plan;
    let since = named.since.as_deref().map(|since| council::since_revision(context, since)).transpose()?;
    let closing = settled(plan, named.period).filter(|_| named.is_final);
    let (revision, is_changed) = (named.revision.clone(), named.is_changed);
    let state =
        State { is_final: named.is_final, closing, revision, is_changed, since, is_lost: is_lost(&paper.prose()) };
    let as_of = context.end_of(plan, named.period)?;
    let report: Box<dyn Report> = match register {
        REGISTER => Box::new(questions::report(plan, as_of, state)),
        register => Box::new(council::report(plan, register, as_of, named.against, state)?),
    };
    Ok((report, opened))
}

fn several() -> Failure {
    Failure::new(
        say!("-o と --format には、報告書を一つだけ指定してください", "-o and --format take one paper at a time"),
        say!("付けずに実行すると、すべての結果を画面に示します", "without them the results of all are shown"),
    )
}

fn unverified(unread: usize, all: usize) -> Failure {
    Failure::new(
        say!("{all} 件のうち {unread} 件を照らせませんでした", "papers that could not be verified: {unread} of {all}"),
        say!("上のエラーを確かめてください", "see the errors above"),
    )
}

fn unknown_format(file: &str) -> Failure {
    let endings = extensions(Format::is_read, ".", ", ");
    Failure::new(
        say!("{file} の形式は読めません", "the format of {file} cannot be read"),
        say!("読めるのは {endings} です", "these can be read: {endings}"),
    )
}

fn unreadable(file: &str, error: &Say) -> Failure {
    let (ja, en) = (&error.ja, &error.en);
    Failure::new(
        say!("{file} を読めません（{ja}）", "cannot read {file} ({en})"),
        say!("ファイルの名前と中身を確かめてください", "check the file's name and what is in it"),
    )
}

fn nameless(file: &str) -> Failure {
    Failure::new(
        say!(
            "{file} には、どの記録から書いたかを示す行がありません",
            "{file} has no line that names the record it was written from"
        ),
        say!(
            "kaikaku report が最後に書く「kaikaku … により作成（…）」の行を残してください。PowerShell の > では文字が壊れることがあるので、-o で書いてください",
            "keep the line at its end: \"Written by kaikaku … (…)\"; `>` of PowerShell may garble letters, so write it with -o"
        ),
    )
}
