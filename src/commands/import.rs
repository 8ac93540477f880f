//! `kaikaku import`

mod blocks;

use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::cli::OutputArgs;
use super::confirm::ConfirmArgs;
use super::form::{Form, given_up};
use super::inquiry::block::block;
use super::inquiry::collect::bytes;
use super::inquiry::post::{self, Addition};
use super::record::period;
use super::{Context, Exit, Opened, inputs, output};
use crate::console;
use crate::failure::Failure;
use crate::inquiry::answer::Trust;
use crate::inquiry::import::{Brought, History, List, baselines_without_year, brought, found, history, sheet_called};
use crate::inquiry::spot::{Class, Spot, Stray};
use crate::ledger::files::RECORDS;
use crate::plan::Plan;
use crate::plan::inquiry::ImportColumns;
use crate::report::import::ImportReport;
use crate::workbook::Book;
use crate::{say, source, tr};

/// A list that exists already.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// 一覧（.xlsx か .csv）。列は見出しから見つける || The list (.xlsx or .csv); its columns are found by their headings
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// 読むシートの名前か番号（省略時は、列の最も多く分かるシート） || The sheet to read, by name or number (default: the one with the most columns that are understood)
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// 期間の列がないときの期間 || The period, where the list has no column of it
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 書き込む（付けなければ、何をするか示すだけ） || Write it (without it, only shows what would be done)
    #[arg(long)]
    pub apply: bool,
    /// 見つけた列の読み方でよいとして書き込む（端末では尋ねる） || Agree to the columns that were found, and write (asked in a terminal)
    #[arg(long)]
    pub yes: bool,
    /// 基準値の列に年度がないときの年度（R5 など） || The year of baselines whose heading names none (such as R5)
    #[arg(long, value_name = "YEAR")]
    baseline: Option<String>,
    /// 表示と入っている値が違うセルを、表示のとおりに読む || Read cells that show something else than they hold as they show it
    #[arg(long)]
    as_shown: bool,
    #[command(flatten)]
    consent: ConfirmArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, the list cannot be read, or `check` would refuse what it says; where nobody agreed to how
/// its columns were read.
pub fn run(context: &Context, args: &ImportArgs) -> Result<Exit> {
    let path = inputs::one(context, &args.list, &["xlsx", "csv", "tsv", "txt"])?;
    let opened = context.open()?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let book = Book::from_file(&name, &bytes(&context.world.cwd.join(&path))?)?;
    let when = |text: &Option<String>| text.as_deref().map(|text| period(text, context.world.today)).transpose();
    let (baseline, named) = (when(&args.baseline)?, when(&args.period)?);
    let wanted = args.sheet.as_deref().map(|text| sheet_called(&book, text)).transpose()?;
    let (trust, today, confirmed) = (Trust::new(args.as_shown), context.world.today, args.consent.reason());
    // Another sheet may have other columns than those that were agreed to.
    let known = opened.plan.import.clone().map(|columns| match wanted {
        Some(sheet) => columns.of_sheet(&sheet.name),
        None => columns,
    });
    let known = known.filter(|columns| {
        let list = List { file: &name, book: &book, columns, period: named, trust, today, confirmed };
        wanted.is_none() || brought(&opened.plan, list).is_ok()
    });
    let proposed = match &known {
        Some(_) => None,
        None => Some(found(&opened.plan, &book, wanted, baseline)?),
    };
    let Some(columns) = known.or_else(|| proposed.clone().map(ImportColumns::Levelled)) else {
        return Err(given_up().into());
    };
    let list = List { file: &name, book: &book, columns: &columns, period: named, trust, today, confirmed };
    let brought = brought(&opened.plan, list)?;
    let mut additions = blocks::definition(&opened.plan, &brought);
    let levels = levels(&opened.plan, &brought)?;
    additions.extend(blocks::levels(opened, &levels));
    let plan = grown(context, opened, &additions)?;
    let mut history = history(&plan, list, &brought)?;
    history.left_out.extend(open_baselines(&opened.plan, list, &brought));
    add_records(&plan, &history, today, &mut additions);
    let is_empty = brought.is_empty() && history.records.is_empty();
    if is_empty {
        additions.clear();
    }
    let keeps = !is_empty && opened.plan.import.is_none();
    additions.extend(proposed.iter().filter(|_| keeps).map(blocks::columns));
    output::ready(context, &args.output)?;
    let (plan, brought, history, proposed) = (&plan, &brought, &history, proposed.is_some());
    let report = ImportReport { plan, book: &book, brought, history, proposed };
    let exit = if history.lines.iter().any(|line| line.class.is_troubled()) { Exit::No } else { Exit::Done };
    let agreed = args.apply && !proposed || args.yes;
    if !agreed {
        // What would be refused is refused before it is called ready.
        post::check(context, opened, &additions)?;
        output::write(context, &report, &args.output)?;
        if is_empty || !context.world.terminal.asks {
            return left(context, args, &report, is_empty, exit);
        }
        if !Form::new(context.lang()).agree(say!("この一覧を取り込みますか", "Bring this list in?"))? {
            return Err(given_up().into());
        }
    }
    let written = (!additions.is_empty()).then(|| post::write(context, opened, &additions)).transpose()?;
    context.end(written, exit, || {
        if agreed {
            output::write(context, &report, &args.output)?;
        }
        said(context, &report, is_empty, keeps);
        Ok(())
    })
}

/// What is said where nothing is written.
fn left(context: &Context, args: &ImportArgs, report: &ImportReport<'_>, is_empty: bool, exit: Exit) -> Result<Exit> {
    let lang = context.lang();
    if is_empty {
        console::say(&report.nothing(lang));
        return Ok(exit);
    }
    if report.proposed {
        return Err(unconfirmed(&context.world.command, args.apply).into());
    }
    let counts = report.counts(lang);
    console::say(&tr!(
        lang,
        "（読んだだけで、何も書き込んでいません。--apply を付けると、{counts}を書き込みます）",
        "(nothing was written; --apply writes {counts})"
    ));
    Ok(exit)
}

/// Says what was written.
fn said(context: &Context, report: &ImportReport<'_>, is_empty: bool, keeps: bool) {
    let (lang, counts) = (context.lang(), report.counts(context.lang()));
    if is_empty {
        return console::say(&report.nothing(lang));
    }
    console::say(&tr!(lang, "{counts}を書き込みました。", "Wrote {counts}."));
    if keeps {
        console::say(lang.pick(
            "列の読み方を inquiry.toml に書きました。次からは同じように読みます。",
            "How its columns are read is kept in inquiry.toml; the next list is read the same way.",
        ));
    }
}

/// The records of the list, each in the file of what it is about.
fn add_records(plan: &Plan, history: &History, today: NaiveDate, additions: &mut Vec<Addition>) {
    for record in &history.records {
        let blocks = vec![block(plan, record, None, today)];
        let path = RECORDS.path(&record.id);
        match additions.iter_mut().find(|addition| addition.path == path) {
            Some(addition) => addition.blocks.extend(blocks),
            None => additions.push(Addition { path, blocks, instead: None }),
        }
    }
}

/// Columns of baselines that are not read because nothing says of when they are.
fn open_baselines(plan: &Plan, list: List<'_>, brought: &Brought<'_>) -> Vec<Stray> {
    let Some((found, _)) = &brought.levelled else { return Vec::new() };
    let reason = |title: String| {
        say!(
            "列「{title}」は、いつの値か分からないので読みません。--baseline R5 のように年度を示してください",
            "the column `{title}` is not read, as nothing says of when it is; name the year, such as --baseline R5"
        )
    };
    let read = |column: &u32| found.all().contains(column);
    let open = baselines_without_year(plan, found.sheet).into_iter().filter(|(column, _)| !read(column));
    let stray = |(column, title): (u32, String)| Stray {
        spot: Spot::new(list.file, found.sheet, (found.headings.rows.1, column)),
        class: Class::LeftOut,
        reason: reason(title),
    };
    open.map(stray).collect()
}

/// The levels of the list; a plan that has entries keeps its own.
///
/// # Errors
/// When it has others: then the list is about another plan.
fn levels(plan: &Plan, brought: &Brought<'_>) -> Result<Vec<String>, Failure> {
    let Some((found, _)) = &brought.levelled else { return Ok(Vec::new()) };
    let deepest = brought.entries.iter().map(|entry| entry.id.as_str().matches('-').count() + 1).max().unwrap_or(0);
    let levels = found.level_names(plan, deepest);
    let (known, found) = (plan.head.levels.len(), levels.len());
    if plan.entries.is_empty() || found == known || found == 1 && deepest <= known || deepest == 0 {
        return Ok(levels);
    }
    let (names, own) = (levels.join("、"), plan.head.levels.join("、"));
    Err(Failure::new(
        say!(
            "一覧の階層は {found} 段（{names}）、計画の階層は {known} 段（{own}）です。何も書き込んでいません",
            "levels of the list: {found} ({names}), of the plan: {known} ({own}); nothing was written"
        ),
        say!(
            "一覧に計画の階層の列を揃えるか、計画の番号の列を作ってください",
            "give the list a column for each level of the plan, or a column of the plan's numbers"
        ),
    ))
}

fn unconfirmed(command: &str, had_apply: bool) -> Failure {
    let plain = if had_apply { command.replace(" --apply", "") } else { command.to_owned() };
    Failure::new(
        say!(
            "列の読み方を確かめていないので、何も書き込んでいません",
            "nothing was written: nobody agreed to how the columns are read"
        ),
        say!(
            "上の読み方でよければ {plain} --yes としてください",
            "if the columns above are right, run `{plain} --yes`"
        ),
    )
}

/// The plan as it is with what is added.
fn grown(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<Plan> {
    let (snapshot, _) = post::with(context, opened, additions)?;
    let loaded = source::load(&snapshot, &opened.folder.name);
    Ok(loaded.plan.ok_or_else(|| context.refuse_to_write(&loaded.findings, &snapshot))?)
}
