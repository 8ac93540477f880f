//! Writes a report in the format that was asked for: to stdout, or to the files of `-o`.

use std::path::Path;

use anyhow::Result;

use super::Context;
use super::cli::{AmbiguousArg, EncodingArg, FormatArg, OutputArgs};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::render::csv::{self, Encoding};
use crate::render::docx::docx;
use crate::render::html::html;
use crate::render::md;
use crate::render::text::{self, Ambiguous, TextStyle};
use crate::render::xlsx::xlsx;
use crate::report::Report;
use crate::text::safe::visible;
use crate::{console, say, store, tr};

/// Writes `report` to stdout, or to the files that were named.
///
/// # Errors
/// When something cannot be written, is there already, has an extension that names no format, or holds a character that
/// has no place in the encoding that was asked for. Nothing is written then.
pub fn write(context: &Context, report: &dyn Report, args: &OutputArgs) -> Result<()> {
    let lang = context.lang();
    if args.files.is_empty() {
        let bytes = match args.format {
            FormatArg::Text => {
                // Like the plan it is never let go of: the process ends with it.
                let document = Box::leak(Box::new(report.document(lang)));
                return Ok(console::write_pieces(|mut out| text::write(document, &style(context), &mut out))?);
            }
            FormatArg::Md => bytes(report, Format::Md, args.encoding, lang)?,
            FormatArg::Html => bytes(report, Format::Html, args.encoding, lang)?,
            FormatArg::Json => bytes(report, Format::Json, args.encoding, lang)?,
            FormatArg::Csv => bytes(report, Format::Csv, args.encoding, lang)?,
        };
        return Ok(console::write(&bytes)?);
    }
    // All are made before the first is written.
    let formats = args.files.iter().map(|path| Format::of(path)).collect::<Result<Vec<_>, Failure>>()?;
    let all = args.files.len();
    let shows = context.world.terminal.talks.is_some() && all > 1;
    let made = args.files.iter().zip(formats).enumerate().map(|(at, (path, format))| {
        // What was said of those before ends its line, or the complaint would stand behind it.
        let ended = |_: &Failure| {
            if shows && at > 0 {
                console::say("")
            }
        };
        let bytes = bytes(report, format, args.encoding, lang).inspect_err(ended)?;
        if shows {
            let now = at + 1;
            console::progress(&tr!(lang, "{now}/{all} 件を作りました", "made {now} of {all}"), now == all);
        }
        Ok((context.world.cwd.join(path), bytes))
    });
    store::export(&made.collect::<Result<Vec<_>, Failure>>()?, args.force)?;
    for path in &args.files {
        let shown = path.display();
        console::say(&visible(&tr!(lang, "{shown} を書きました", "{shown} written")));
    }
    Ok(())
}

/// What a file can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Format {
    Docx,
    Xlsx,
    Html,
    Md,
    Csv,
    Json,
    Text,
}

/// The extensions, the first of each format being the one that is shown.
const EXTENSIONS: [(&str, Format); 10] = [
    ("docx", Format::Docx),
    ("xlsx", Format::Xlsx),
    ("html", Format::Html),
    ("md", Format::Md),
    ("csv", Format::Csv),
    ("json", Format::Json),
    ("txt", Format::Text),
    ("htm", Format::Html),
    ("markdown", Format::Md),
    ("text", Format::Text),
];
const TOLD: usize = 7;

impl Format {
    /// The format that the extension of a path names.
    fn of(path: &Path) -> Result<Self, Failure> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let found = EXTENSIONS.iter().find(|(known, _)| extension.as_deref() == Some(*known));
        found.map(|(_, format)| *format).ok_or_else(|| {
            let shown = path.display();
            let known: Vec<String> = EXTENSIONS[..TOLD].iter().map(|(known, _)| format!(".{known}")).collect();
            let (ja, en) = (known.join("、"), known.join(", "));
            Failure::new(
                say!("{shown} の拡張子からは形式が決まりません", "the extension of {shown} names no format"),
                say!("次のいずれかを付けてください：{ja}", "give it one of these: {en}"),
            )
        })
    }
}

/// The report in a format.
///
/// # Errors
/// When the format cannot hold it.
pub fn bytes(report: &dyn Report, format: Format, encoding: EncodingArg, lang: Lang) -> Result<Vec<u8>, Failure> {
    Ok(match format {
        Format::Docx => docx(&report.document(lang), lang),
        Format::Xlsx => xlsx(&report.document(lang), &report.data(lang), lang)
            .map_err(|e| Failure::new(e.say(), say!("CSV で出力してください", "write it as CSV")))?,
        Format::Html => html(&report.document(lang), lang).into_bytes(),
        Format::Md => md::md(&report.document(lang), lang).into_bytes(),
        Format::Text => text::text(&report.document(lang), &TextStyle::default()).into_bytes(),
        Format::Json => format!("{:#}\n", report.json()).into_bytes(),
        Format::Csv => csv::csv(&report.sheet(lang), self::encoding(encoding)).map_err(|e| {
            Failure::new(e.say(), say!("--encoding utf-8-bom で出力してください", "write it with --encoding utf-8-bom"))
        })?,
    })
}

fn encoding(encoding: EncodingArg) -> Encoding {
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
