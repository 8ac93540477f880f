//! `kaikaku kpi`

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::paper::Answer;
use super::record::fiscal_year;
use super::status::{against, framework};
use super::{Context, Exit, find, output};
use crate::console;
use crate::document::Chart;
use crate::failure::Failure;
use crate::lang::{Lang, Say};
use crate::plan::indicator::Indicator;
use crate::plan::paper::PaperColumn;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::query::AsOf;
use crate::query::gap::gaps;
use crate::query::gap::methods::{compare, mismatches};
use crate::query::gap::versus::Before;
use crate::query::status::{Question, status};
use crate::query::verdicts::{verdict_tables, verdict_tables_since};
use crate::render::svg::svg;
use crate::report::chart::{Illustrated, charts};
use crate::report::kpi::methods::{MethodsReport, MismatchReport};
use crate::report::kpi::{KpiReport, Part, Shown, named_columns};
use crate::report::named::Asked;
use crate::say;
use crate::store;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::text::same::{Spelling, spellings};
use crate::text::suggest::suggest;
use crate::wording::plural;

/// Target against actual.
#[derive(Debug, Args)]
pub struct KpiArgs {
    /// この項目（とその下）か、この見出しの指標だけ || Only indicators of this entry (and under it) or heading
    #[arg(long, value_name = "ID")]
    under: Option<String>,
    /// この年度末の時点で見る || As of the end of this fiscal year
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// どの期間の末日と比べるか || Compare with the end of this period
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["compare_methods", "mismatch"])]
    against: Option<String>,
    /// 判定の方法を変えると判定が変わる指標を示す || Which verdicts change when the method does
    #[arg(long, conflicts_with = "mismatch")]
    compare_methods: bool,
    /// 進捗区分と食い違う指標を示す（あれば終了コード 1） || Indicators that contradict the rating of their entry (exit 1 if any)
    #[arg(long)]
    mismatch: bool,
    /// 判定ごとの件数と割合だけを示す（計画全体、見出し、項目ごと） || Only how many have which verdict: of the plan, by heading and by entry
    #[arg(long, conflicts_with_all = ["compare_methods", "mismatch", "chart", "svg"])]
    counts: bool,
    /// いくつもの計画に共通の主題ごとに、判定の件数と割合を示す（枠組みが一つなら、その名称は省ける） || How many have which verdict, by the themes that plans share (of which framework may be left out where there is one)
    #[arg(long, value_name = "FRAMEWORK", num_args = 0..=1, conflicts_with_all = ["compare_methods", "mismatch", "chart", "svg"])]
    theme: Option<Option<String>>,
    /// 表の列（例：実績値,目標値,判定） || Columns of the table (as in: actual,target,verdict)
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', conflicts_with_all = ["compare_methods", "mismatch", "counts", "theme", "sums"])]
    columns: Vec<String>,
    /// 画面の幅に収まらない列も、表を分けて示す || Show the columns for which there is no room, too, in tables of their own
    #[arg(long, conflicts_with_all = ["compare_methods", "mismatch", "counts", "theme", "sums", "columns"])]
    wide: bool,
    /// 効果額と、計画が定める合計だけを示す || Only the effects, and the sums that the plan declares
    #[arg(long, conflicts_with_all = ["compare_methods", "mismatch", "chart", "svg", "counts", "theme", "against"])]
    sums: bool,
    /// 図も添える || Add charts
    #[arg(long)]
    chart: bool,
    /// 指標ごとの図を SVG でこのフォルダーに書く || Write a chart of each indicator into this folder, as SVG
    #[arg(long, value_name = "DIR", group = "written")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, an argument names nothing, or something cannot be written.
pub fn run(context: &Context, args: &KpiArgs) -> Result<Exit> {
    if !args.compare_methods && !args.mismatch {
        return answer(context, args)?.write(context, &args.output);
    }
    let plan = &context.open_figures()?.plan;
    let (as_of, under) = (as_of(context, args, plan)?, under(args, plan)?);
    let wanted = |indicator: &Indicator| under.is_none_or(|under| belongs(plan, indicator, under));
    if args.compare_methods {
        let mut compared = compare(plan, as_of);
        compared.retain(|c| wanted(c.indicator));
        output::write(context, &MethodsReport { plan, as_of, compared }, &args.output)?;
        return Ok(Exit::Done);
    }
    let status = status(plan, Question::new(as_of, 0, 0));
    let mut mismatches = mismatches(plan, &status);
    mismatches.retain(|m| wanted(m.gap.indicator));
    let exit = if mismatches.is_empty() { Exit::Done } else { Exit::No };
    output::write(context, &MismatchReport { plan, as_of, version: status.version, mismatches }, &args.output)?;
    Ok(exit)
}

/// As of when the indicators are seen.
fn as_of(context: &Context, args: &KpiArgs, plan: &Plan) -> Result<AsOf, Failure> {
    match &args.year {
        Some(text) => context.end_of(plan, fiscal_year(text, context.world.today)?.into()),
        None => context.as_of(plan),
    }
}

/// What the indicators are to belong to.
fn under(args: &KpiArgs, plan: &Plan) -> Result<Option<Subject>, Failure> {
    args.under.as_deref().map(|text| find(plan, text)).transpose()
}

/// The indicators, or only how many have which verdict.
///
/// # Errors
/// When the plan has errors, an argument names nothing, or a chart cannot be written.
pub fn answer(context: &Context, args: &KpiArgs) -> Result<Answer> {
    let opened = context.open_figures()?;
    let plan = &opened.plan;
    let (as_of, under) = (as_of(context, args, plan)?, under(args, plan)?);
    let mut gaps = gaps(plan, as_of);
    gaps.retain(|gap| under.is_none_or(|under| belongs(plan, gap.indicator, under)));
    let mut charts = if args.chart || args.svg.is_some() { charts(plan, &gaps, as_of, context.lang()) } else { vec![] };
    if let Some(folder) = &args.svg {
        draw(context, folder, &charts, args.output.force)?;
    }
    if !args.chart {
        charts.clear();
    }
    let verified_by = match under {
        None => context.verifying(plan, args.year.as_ref().map(|_| as_of))?,
        Some(_) => Vec::new(),
    };
    let against = args.against.as_deref().map(|text| against(context, plan, as_of, text)).transpose()?;
    let before = against.map(|period| Before::new(plan, &gaps, as_of, period));
    let framework = args.theme.as_ref().map(|named| framework(plan, named.as_deref())).transpose()?;
    let part = match (args.counts || framework.is_some(), args.sums) {
        (true, _) => Part::Counts,
        (_, true) => Part::Sums,
        _ => Part::All,
    };
    let on_a_screen = args.output.is_for_the_screen() && context.world.terminal.columns.is_some();
    let shown = match args.columns.is_empty() {
        true if !args.wide && on_a_screen => Shown::Fitting,
        true => Shown::Wide,
        false => Shown::Chosen(args.columns.iter().map(|text| column(text)).collect::<Result<_, _>>()?),
    };
    let mut report = KpiReport { part, shown, ..KpiReport::new(plan, as_of, gaps, verified_by) };
    if let Some(before) = before {
        report.verdicts = verdict_tables_since(plan, &report.gaps, Some((before.period, &before.gaps)), framework);
        report.before = Some(before);
    } else if framework.is_some() {
        report.verdicts = verdict_tables(plan, &report.gaps, as_of, framework);
    }
    let id = |under| match under {
        Subject::Entry(place) => plan.entries[place].id.to_string(),
        Subject::Indicator(place) => plan.indicators[place].id.to_string(),
    };
    let asked: [Option<Asked>; 8] = [
        under.map(|under| ("under", Some(id(under)))),
        args.year.as_ref().map(|_| ("year", Some(Period::Year(as_of.year()).short()))),
        against.map(|period| ("against", Some(period.short()))),
        (!args.columns.is_empty()).then(|| ("columns", Some(args.columns.join(",")))),
        args.counts.then_some(("counts", None)),
        framework.map(|framework| ("theme", Some(framework.to_owned()))),
        args.sums.then_some(("sums", None)),
        args.chart.then_some(("chart", None)),
    ];
    // The end of a year that is asked for without a day needs none.
    let when = if args.year.is_none() || context.globals.as_of.is_some() { Some(context.as_of(plan)?) } else { None };
    let (report, asked) = (Box::new(Illustrated { report, charts }), asked.into_iter().flatten().collect());
    Ok(Answer { report, opened, key: "kpi", period: as_of.period, as_of: when, asked, exit: Exit::Done })
}

/// The column that is meant.
fn column(text: &str) -> Result<PaperColumn, Failure> {
    let named = named_columns();
    let called = |spelling: Spelling<'_>| named.iter().find(|(_, names)| names.iter().any(|name| spelling.is(name)));
    spellings(text.trim()).find_map(called).map(|(column, _)| *column).ok_or_else(|| {
        let message = say!("「{text}」という列はありません", "there is no column `{text}`");
        let of = |nth: usize| suggest(text, named.iter().map(|(_, names)| &*names[nth]), say!("", ""));
        Failure::new(message, Say { ja: of(1).ja, en: of(0).en })
    })
}

/// One file an indicator, named after it.
fn draw(context: &Context, folder: &Path, charts: &[Chart], force: bool) -> Result<()> {
    let lang = context.lang();
    let path = |chart: &Chart| context.world.cwd.join(folder).join(format!("{}.svg", chart.id));
    let files: Vec<_> = charts.iter().map(|chart| (path(chart), svg(chart, lang).into_bytes())).collect();
    let written = store::export(&files, force)?;
    let (shown, count) = (folder.slashed(), files.len());
    console::say(&visible(&match lang {
        Lang::Ja => format!("{shown} に図を {count} 件書きました"),
        Lang::En => format!("{} written to {shown}", plural(count, "chart", "charts")),
    }));
    for chart in charts {
        console::say(&format!("  {}.svg", chart.id));
    }
    Ok(written.certain()?)
}

fn belongs(plan: &Plan, indicator: &Indicator, under: Subject) -> bool {
    match under {
        Subject::Entry(place) => indicator.verifies(place, &plan.entries),
        Subject::Indicator(place) => {
            let wanted = &plan.indicators[place].id;
            let above = std::iter::successors(Some(indicator), |i| i.parent.map(|p| &plan.indicators[p]));
            above.take(plan.indicators.len()).any(|i| i.id == *wanted)
        }
    }
}
