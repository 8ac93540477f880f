//! `kaikaku status`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::{Context, Exit, find_entry, find_owner, output};
use crate::failure::Failure;
use crate::plan::Plan;
use crate::plan::scale::{Evaluator, Scale, ScaleVersion};
use crate::query::status::{Question, Standing, status};
use crate::report::status::{StatusReport, View};
use crate::say;
use crate::text::same::{Spelling, spellings};
use crate::text::suggest::suggest;

/// Where everything stands.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// この階層だけ（名前、または上から何番目か） || Only this level (its name, or its number from the top)
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
    /// この項目と、その下だけ || Only this entry and what is under it
    #[arg(long, value_name = "ID")]
    under: Option<String>,
    /// この所管課の項目だけ || Only what this owner has
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// この進捗区分の項目だけ（unreported は未報告） || Only entries with this grade (or: unreported)
    #[arg(long, value_name = "GRADE")]
    rating: Option<String>,
    /// 対応が要る項目だけ || Only entries that need attention
    #[arg(long)]
    attention: bool,
    /// 木の形で示す || As a tree
    #[arg(long)]
    tree: bool,
    /// どの評価尺度か（省略時は最初のもの） || On which scale (default: the first)
    #[arg(long, value_name = "SCALE")]
    scale: Option<String>,
    /// だれの評価か（省略時は最初のもの） || Rated by whom (default: the first evaluator)
    #[arg(long, value_name = "EVALUATOR")]
    evaluator: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn run(context: &Context, args: &StatusArgs) -> Result<Exit> {
    let opened = context.open_figures()?;
    let plan = &opened.plan;
    let (scale, evaluator) = rated(plan, args.scale.as_deref(), args.evaluator.as_deref())?;
    let question = Question {
        as_of: context.as_of(plan)?,
        scale,
        evaluator,
        under: args.under.as_deref().map(|text| find_entry(plan, text)).transpose()?,
        owner: args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?,
    };
    let status = status(plan, question);
    let rating = args.rating.as_deref().map(|text| standing(status.version, text)).transpose()?;
    let level = args.level.as_deref().map(|text| level(plan, text)).transpose()?;
    let view = View { level, rating, attention: args.attention, tree: args.tree };
    // Only the whole plan has what verifies it: neither an entry nor an owner of it is known to the other plans.
    let is_whole = question.under.is_none() && question.owner.is_none() && view.is_whole();
    let verified_by = if is_whole { context.verifying(plan, None)? } else { Vec::new() };
    output::write(context, &StatusReport { status, view, verified_by }, &args.output)?;
    Ok(Exit::Done)
}

/// The places of the scale and the evaluator that are named; without a name those of the first.
pub fn rated(plan: &Plan, on: Option<&str>, by: Option<&str>) -> Result<(usize, usize), Failure> {
    Ok((on.map_or(Ok(0), |text| scale(plan, text))?, by.map_or(Ok(0), |text| evaluator(plan, text))?))
}

/// The place of a scale.
pub fn scale(plan: &Plan, text: &str) -> Result<usize, Failure> {
    Scale::position(&plan.scales, text).ok_or_else(|| {
        let message = say!("「{text}」という評価尺度はありません", "there is no scale `{text}`");
        Failure::new(message, suggest(text, plan.scales.iter().map(|s| s.id.as_str()), say!("", "")))
    })
}

/// The place of an evaluator.
pub fn evaluator(plan: &Plan, text: &str) -> Result<usize, Failure> {
    Evaluator::position(&plan.evaluators, text).ok_or_else(|| {
        let message = say!("「{text}」という評価者はありません", "there is no evaluator `{text}`");
        Failure::new(message, suggest(text, plan.evaluators.iter().map(|e| e.id.as_str()), say!("", "")))
    })
}

fn standing(version: &ScaleVersion, text: &str) -> Result<Standing, Failure> {
    // A scale may have a grade of that name.
    let word = (text == "unreported" || text == "未報告").then_some(Standing::Unreported);
    version.grade(text).map(|(place, _)| Standing::Graded(place)).or(word).ok_or_else(|| {
        let known = version.grades.iter().map(|g| g.id.as_str()).chain(["unreported"]);
        let message = say!("「{text}」という進捗区分はありません", "there is no grade `{text}`");
        Failure::new(message, suggest(text, known, say!("", "")))
    })
}

fn level(plan: &Plan, text: &str) -> Result<usize, Failure> {
    let named = |spelling: Spelling<'_>| plan.head.levels.iter().position(|name| spelling.is(name));
    let by_name = spellings(text).find_map(named);
    let number = |text: &str| text.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let by_number = || number(&crate::text::fold::fold(text)).filter(|n| *n < plan.head.levels.len());
    by_name.or_else(by_number).ok_or_else(|| {
        let message = say!("「{text}」という階層はありません", "there is no level `{text}`");
        Failure::new(message, suggest(text, plan.head.levels.iter().map(|l| &**l), say!("", "")))
    })
}
