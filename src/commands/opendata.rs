//! `kaikaku opendata`

mod check;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::cli::EncodingArg;
use super::publish::{publication, refuse_exposed};
use super::report::council;
use super::{Context, Exit, output};
use crate::failure::Failure;
use crate::formats;
use crate::opendata::{Licence, TableFormat, Wanted, files};
use crate::plan::Plan;
use crate::query::public::withhold;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{console, say, store, tr};

/// Data for programs, or any file against the rules for them.
#[derive(Debug, Args)]
pub struct OpendataArgs {
    /// 点検するファイル（.csv、.xlsx）、そのフォルダー、または *.csv || Files to check (.csv, .xlsx), their folder, or *.csv
    #[arg(value_name = "FILES", requires = "check")]
    files: Vec<PathBuf>,
    /// FILES を、機械可読性の30のルールに照らして点検する（反するものがあれば終了コード 1） || Hold FILES against the 30 rules of machine readability (exit 1 if any is broken)
    #[arg(long)]
    check: bool,
    /// データを書くフォルダー。--check では結果を書くファイル || Folder to write the data into; with --check the file for the result
    #[arg(short = 'o', long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// この期間の末日現在のデータ（省略時は、終わった最後の期間） || Data as of the end of this period (default: the last one that has ended)
    #[arg(long, value_name = "PERIOD", conflicts_with = "check")]
    period: Option<String>,
    /// データの形式：csv、xlsx（「,」で並べられる。既定は両方）。--check では結果の形式：text、json、csv、md、html || Format of the data: csv, xlsx (joined by commas; default: both); with --check that of the result: text, json, csv, md, html
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<String>,
    /// CSV の文字コード || Encoding of CSV
    #[arg(long, value_name = "ENCODING", default_value = "utf-8-bom")]
    encoding: EncodingArg,
    /// 利用条件 || Under which licence the data may be used
    #[arg(long, value_name = "LICENCE", conflicts_with = "check", value_parser = licence_parser())]
    licence: Option<Licence>,
    /// 同じ名前のファイルがあれば置き換える || Replace files of the same names
    #[arg(long, requires = "output")]
    force: bool,
}

/// Reads the word for a licence.
fn licence_parser() -> impl TypedValueParser<Value = Licence> {
    PossibleValuesParser::new(Licence::ALL.map(|(word, _)| word)).try_map(|word| Licence::parse(&word).ok_or(word))
}

/// Runs it.
///
/// # Errors
/// When the plan has errors or says not whose it is, a file cannot be read, or one cannot be written.
pub fn run(context: &Context, args: &OpendataArgs) -> Result<Exit> {
    if args.check {
        return check::run(context, args);
    }
    let folder = args.output.as_ref().ok_or_else(no_folder)?;
    let mut opened = context.open_with(&|_| true)?;
    opened.plan.publication = Some(publication(context, &opened)?);
    refuse_exposed(&opened.plan)?;
    withhold(&mut opened.plan);
    let plan = &opened.plan;
    let wanted = wanted(context, plan, args)?;
    let period = council::period(context, plan, args.period.as_deref())?;
    let made = files(plan, context.end_of(plan, period)?, &wanted)?;
    let root = context.world.cwd.join(folder);
    let all: Vec<(PathBuf, Vec<u8>)> = made.into_iter().map(|(name, bytes)| (root.join(name), bytes)).collect();
    let written = store::export(&all, args.force)?;
    let (shown, count, when) = (folder.slashed(), all.len(), period.long(context.lang()));
    console::say(&visible(&tr!(
        context.lang(),
        "{shown} に {count} 件のファイルを書きました（{when}）",
        "{count} files written to {shown} ({when})"
    )));
    written.certain()?;
    Ok(Exit::Done)
}

fn wanted(context: &Context, plan: &Plan, args: &OpendataArgs) -> Result<Wanted, Failure> {
    if plan.head.city.is_none() {
        return Err(nameless());
    }
    let publication = plan.publication.clone().unwrap_or_default();
    let declared = publication.licence.as_deref().and_then(Licence::parse);
    let licence = args.licence.or(declared).ok_or_else(|| unlicensed(publication.licence.as_deref()))?;
    Ok(Wanted {
        formats: table_formats(&args.format)?,
        encoding: output::encoding(args.encoding),
        lang: context.lang(),
        licence: Some(licence),
        contact: publication.contact.map(Into::into),
        // Where the office puts the files nobody knows; of the site it says where it is.
        address: None,
        page: publication.address.map(Into::into),
    })
}

/// The formats of the tables, each once.
fn table_formats(named: &[String]) -> Result<Vec<TableFormat>, Failure> {
    let format = |name: &String| match name.as_str() {
        "csv" => Ok(TableFormat::Csv),
        "xlsx" => Ok(TableFormat::Xlsx),
        _ => Err(Failure::new(
            say!("データは「{name}」の形式では書けません", "data cannot be written as `{name}`"),
            say!("csv か xlsx を指定してください", "give csv or xlsx"),
        )),
    };
    let mut formats: Vec<TableFormat> = Vec::new();
    for format in named.iter().map(format) {
        let format = format?;
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(if formats.is_empty() { vec![TableFormat::Csv, TableFormat::Xlsx] } else { formats })
}

fn no_folder() -> Failure {
    Failure::new(
        say!("書くフォルダーが指定されていません", "no folder to write into is given"),
        say!(
            "-o フォルダー を付けるか、--check でファイルを点検してください",
            "add -o with a folder, or check files with --check"
        ),
    )
}

fn nameless() -> Failure {
    Failure::new(
        say!(
            "計画に自治体の名前がないため、どの地域のデータか示せません",
            "the plan does not say whose it is, so the data could not"
        ),
        say!(
            "plan.toml に city と city-code（全国地方公共団体コード）を書いてください",
            "write `city` and `city-code` (全国地方公共団体コード) in plan.toml"
        ),
    )
}

fn unlicensed(declared: Option<&str>) -> Failure {
    let words = Licence::ALL.map(|(word, _)| word).join(", ");
    let message = match declared.map(crate::text::safe::one_line) {
        Some(licence) => say!(
            "publish.toml の利用条件「{licence}」は、データに付けられる利用条件のどれでもありません",
            "the licence in publish.toml is none that data can be given: {licence}"
        ),
        None => say!("利用条件が決まっていません", "nothing says under which licence the data may be used"),
    };
    Failure::new(message, say!("--licence に {words} のどれかを指定してください", "give --licence one of {words}"))
}

/// The format of the result of a check.
fn result_format(named: &[String]) -> Result<&'static formats::Format, Failure> {
    let [name] = named else {
        return if named.is_empty() { Ok(&formats::TEXT) } else { Err(unprinted(&named.join(","))) };
    };
    formats::Format::named(name).filter(|format| format.is_printed).ok_or_else(|| unprinted(name))
}

fn unprinted(name: &str) -> Failure {
    let known = formats::printed().collect::<Vec<_>>().join(", ");
    Failure::new(
        say!("結果は「{name}」の形式では示せません", "the result cannot be printed as `{name}`"),
        say!("{known} のどれかを指定してください", "give one of {known}"),
    )
}
