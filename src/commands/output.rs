//! Writes a report in the format that was asked for.

use anyhow::Result;

use super::Context;
use crate::cli::{AmbiguousArg, EncodingArg, FormatArg, OutputArgs};
use crate::console;
use crate::failure::Failure;
use crate::render::csv::{self, Encoding};
use crate::render::md;
use crate::render::text::{self, Ambiguous, TextStyle};
use crate::report::Report;
use crate::say;

/// Writes `report` to stdout.
///
/// # Errors
/// When stdout cannot be written, or a character has no place in the encoding that was asked for.
pub fn write(context: &Context, report: &impl Report, args: &OutputArgs) -> Result<()> {
    let lang = context.lang();
    let bytes = match args.format {
        FormatArg::Text => text::text(&report.document(lang), &style(context)).into_bytes(),
        FormatArg::Md => md::md(&report.document(lang)).into_bytes(),
        FormatArg::Json => format!("{:#}\n", report.json()).into_bytes(),
        FormatArg::Csv => {
            let encoding = match args.encoding {
                EncodingArg::Utf8 => Encoding::Utf8,
                EncodingArg::Utf8Bom => Encoding::Utf8Bom,
                EncodingArg::Cp932 => Encoding::Cp932,
            };
            csv::csv(&report.sheet(lang), encoding).map_err(|e| {
                Failure::new(
                    e.say(),
                    say!("--encoding utf-8-bom で出力してください", "write it with --encoding utf-8-bom"),
                )
            })?
        }
    };
    Ok(console::write(&bytes)?)
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
