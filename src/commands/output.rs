//! Writes a report in the format that was asked for: to stdout, or to the files of `-o`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Context;
use super::cli::{AmbiguousArg, EncodingArg, OutputArgs};
use crate::failure::Failure;
use crate::formats::{Format, extensions};
use crate::render::csv::Encoding;
use crate::render::text::{self, Ambiguous, TextStyle};
use crate::report::Report;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{console, say, store, tr};

/// Refuses what [`write`] would refuse before it has made anything: whoever writes records first is not to learn it later.
///
/// # Errors
/// When a file is there already, or has an extension that names no format.
pub fn ready(context: &Context, args: &OutputArgs) -> Result<()> {
    args.files.iter().try_for_each(|path| format_of(path).map(drop))?;
    let paths: Vec<PathBuf> = args.files.iter().map(|path| context.world.cwd.join(path)).collect();
    if args.force { Ok(()) } else { Ok(store::absent(paths.iter())?) }
}

/// Writes `report` to stdout, or to the files that were named.
///
/// # Errors
/// When something cannot be written, is there already, has an extension that names no format, or holds a character that
/// has no place in the encoding that was asked for. Nothing is written then.
pub fn write(context: &Context, report: &dyn Report, args: &OutputArgs) -> Result<()> {
    let (lang, encoding) = (context.lang(), encoding(args.encoding));
    if args.files.is_empty() {
        if args.is_for_the_screen() {
            // Like the plan it is never let go of: the process ends with it.
            let document = Box::leak(Box::new(report.document(lang)));
            return Ok(console::write_pieces(|mut out| text::write(document, &style(context), &mut out))?);
        }
        let bytes = args.format.write(report, lang, encoding)?;
        return Ok(console::write(&bytes)?);
    }
    // All are made before the first is written.
    let formats = args.files.iter().map(|path| format_of(path)).collect::<Result<Vec<_>, Failure>>()?;
    let all = args.files.len();
    let shows = context.world.terminal.talks.is_some() && all > 1;
    let made = args.files.iter().zip(formats).enumerate().map(|(at, (path, format))| {
        // The progress of those before ends its line, or the message would stand behind it.
        let ended = |_: &Failure| {
            if shows && at > 0 {
                console::say("")
            }
        };
        let bytes = format.write(report, lang, encoding).inspect_err(ended)?;
        if shows {
            let now = at + 1;
            console::progress(&tr!(lang, "{now}/{all} 件を作りました", "made {now} of {all}"), now == all);
        }
        Ok((context.world.cwd.join(path), bytes))
    });
    let written = store::export(&made.collect::<Result<Vec<_>, Failure>>()?, args.force)?;
    for path in &args.files {
        let shown = path.slashed();
        console::say(&visible(&tr!(lang, "{shown} を書きました", "{shown} written")));
    }
    Ok(written.certain()?)
}

/// The format that the extension of a path names.
fn format_of(path: &Path) -> Result<&'static Format, Failure> {
    Format::of_path(path).ok_or_else(|| {
        let shown = path.slashed();
        let (ja, en) =
            (extensions(|format| format.is_general, ".", "、"), extensions(|format| format.is_general, ".", ", "));
        Failure::new(
            say!("{shown} の拡張子からは形式が決まりません", "the extension of {shown} names no format"),
            say!("次のいずれかを付けてください：{ja}", "give it one of these: {en}"),
        )
    })
}

/// The encoding of CSV.
pub fn encoding(encoding: EncodingArg) -> Encoding {
    match encoding {
        EncodingArg::Utf8 => Encoding::Utf8,
        EncodingArg::Utf8Bom => Encoding::Utf8Bom,
        EncodingArg::Cp932 => Encoding::Cp932,
    }
}

/// How text is laid out on this terminal.
pub fn style(context: &Context) -> TextStyle {
    let columns = context.world.terminal.columns;
    let ambiguous = match context.globals.ambiguous {
        AmbiguousArg::Narrow => Ambiguous::Narrow,
        AmbiguousArg::Wide => Ambiguous::Wide,
    };
    TextStyle { width: columns, ambiguous, color: context.color(columns.is_some()) }
}
