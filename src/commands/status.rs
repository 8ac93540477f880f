//! `kaikaku status`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::paper::{Answer, asked_of};
use super::record::period;
use super::{Context, Exit, find_entry, find_owner};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::plan::scale::{Evaluator, Scale, ScaleVersion};
use crate::query::AsOf;
use crate::query::status::{By, Question, Standing, Status, status};
use crate::report::named::Asked;
use crate::report::status::{StatusReport, View};
use crate::say;
use crate::text::same::{Spelling, name_key, spellings};
use crate::text::suggest::{suggest, suggest_named};
use crate::text::terms;
use crate::wording as words;

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
    /// この進捗区分の項目だけ（名称の一部でもよい。未報告も） || Only entries with this grade (a part of its name will do; or: unreported)
    #[arg(long, value_name = "GRADE")]
    rating: Option<String>,
    /// 対応が要る項目だけ || Only entries that need attention
    #[arg(long)]
    attention: bool,
    /// 木の形で示す || As a tree
    #[arg(long)]
    tree: bool,
    /// 画面にも、すべての項目と指標を示す || Show every entry and indicator on the screen, too
    #[arg(long)]
    all: bool,
    /// 構成のほかの見方で数える（owner 所管課、bureau 局・部、または項目の group のキー） || Count by something else than the outline (owner, bureau, or a key of `group` of the entries)
    #[arg(long, value_name = "KEY", conflicts_with_all = ["rating", "attention", "tree"])]
    by: Option<String>,
    /// いくつもの計画に共通の主題で数える（枠組みが一つなら、その名称は省ける） || Count by the themes that plans share (of which framework may be left out where there is one)
    #[arg(long, value_name = "FRAMEWORK", num_args = 0..=1, conflicts_with_all = ["by", "rating", "attention", "tree"])]
    theme: Option<Option<String>>,
    /// どの期間と比べるか（省略時は前の期間） || Compare with this period (default: the one before)
    #[arg(long, value_name = "PERIOD")]
    against: Option<String>,
    /// どの評価尺度か（省略時は最初のもの。何度でも指定でき、並べて示す） || On which scale (default: the first; may be repeated, to show them side by side)
    #[arg(long, value_name = "SCALE")]
    scale: Vec<String>,
    /// だれの評価か（省略時は最初のもの。何度でも指定でき、並べて示す） || Rated by whom (default: the first evaluator; may be repeated, to show them side by side)
    #[arg(long, value_name = "EVALUATOR")]
    evaluator: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

impl StatusArgs {
    /// The same with every entry and indicator.
    pub fn listing_all(self) -> Self {
        Self { all: true, ..self }
    }
}

/// Runs it.
///
/// # Errors
/// As [`answer`], or when it cannot be written.
pub fn run(context: &Context, args: &StatusArgs) -> Result<Exit> {
    answer(context, args)?.write(context, &args.output)
}

/// Where everything stands.
///
/// # Errors
/// When the plan has errors, or an argument names nothing.
pub fn answer(context: &Context, args: &StatusArgs) -> Result<Answer> {
    let opened = context.open_figures()?;
    let plan = &opened.plan;
    let mut pairs = pairs(plan, &args.scale, &args.evaluator)?.into_iter();
    let (scale, evaluator) = pairs.next().unwrap_or_default();
    let as_of = context.as_of(plan)?;
    let level = args.level.as_deref().map(|text| level(plan, text)).transpose()?;
    let question = Question {
        under: args.under.as_deref().map(|text| find_entry(plan, text)).transpose()?,
        owner: args.owner.as_deref().map(|text| find_owner(plan, text)).transpose()?,
        level: level.filter(|level| plan.head.counts(*level) && !plan.head.also_counted.is_empty()),
        against: args.against.as_deref().map(|text| against(context, plan, as_of, text)).transpose()?,
        ..Question::new(as_of, scale, evaluator)
    };
    let by = match &args.theme {
        Some(framework) => Some(By::Key(self::framework(plan, framework.as_deref())?)),
        None => args.by.as_deref().map(|text| grouping(plan, text)).transpose()?,
    };
    let status = self::status(plan, question);
    let rating = args.rating.as_deref().map(|text| standings(status.version, text)).transpose()?;
    let rating = rating.unwrap_or_default();
    let is_narrowed = args.level.is_some() || args.under.is_some() || args.owner.is_some() || by.is_some();
    let is_beside = args.scale.len() > 1 || args.evaluator.len() > 1;
    let brief = args.output.is_for_the_screen() && !(args.all || args.tree || is_narrowed || is_beside);
    let view = View { level, rating, attention: args.attention, tree: args.tree, brief };
    // Only the whole plan has what verifies it: neither an entry nor an owner of it is known to the other plans.
    let is_whole = question.under.is_none() && question.owner.is_none() && view.is_whole();
    let verified_by = if is_whole { context.verifying(plan, None)? } else { Vec::new() };
    let beside =
        pairs.map(|(scale, evaluator)| self::status(plan, Question { scale, evaluator, ..question })).collect();
    let asked = asked(args, &status, level, by)?;
    let report = Box::new(StatusReport { verified_by, beside, by, ..StatusReport::new(status, view) });
    Ok(Answer { report, opened, key: "status", period: as_of.period, as_of: Some(as_of), asked, exit: Exit::Done })
}

/// What was asked, in words that mean the same on any day.
fn asked(
    args: &StatusArgs,
    status: &Status<'_>,
    level: Option<usize>,
    by: Option<By<'_>>,
) -> Result<Vec<Asked>, Failure> {
    let (plan, question) = (status.plan, status.question);
    let by = by.map(|by| match by {
        By::Owner => "owner".to_owned(),
        By::Bureau => "bureau".to_owned(),
        By::Key(key) => key.to_owned(),
    });
    let mut asked = asked_of(plan, question.scope());
    let values = [
        ("level", level.map(|level| (level + 1).to_string())),
        ("rating", args.rating.clone()),
        ("by", by),
        ("against", question.against.map(Period::short)),
    ];
    asked.extend(values.into_iter().filter_map(|(key, value)| Some((key, Some(value?)))));
    let flags = [("attention", args.attention), ("tree", args.tree)];
    asked.extend(flags.into_iter().filter_map(|(key, is_asked)| is_asked.then_some((key, None))));
    for text in &args.scale {
        asked.push(("scale", Some(plan.scales[scale(plan, text)?].id.to_string())));
    }
    for text in &args.evaluator {
        asked.push(("evaluator", Some(plan.evaluators[evaluator(plan, text)?].id.to_string())));
    }
    Ok(asked)
}

/// What `--rating` calls an entry without a report.
const UNREPORTED: &str = "unreported";

/// The scales and evaluators that stand side by side: each scale by each evaluator.
fn pairs(plan: &Plan, on: &[String], by: &[String]) -> Result<Vec<(usize, usize)>, Failure> {
    let scales: Vec<usize> = on.iter().map(|text| scale(plan, text)).collect::<Result<_, _>>()?;
    let evaluators: Vec<usize> = by.iter().map(|text| evaluator(plan, text)).collect::<Result<_, _>>()?;
    let scales = if scales.is_empty() { vec![0] } else { scales };
    let evaluators = if evaluators.is_empty() { vec![0] } else { evaluators };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for pair in scales.iter().flat_map(|scale| evaluators.iter().map(|evaluator| (*scale, *evaluator))) {
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    Ok(pairs)
}

/// The period that `--against` names: one that the plan had begun by, and that ends before the one asked about.
pub fn against(context: &Context, plan: &Plan, as_of: AsOf, text: &str) -> Result<Period, Failure> {
    let period = period(text, context.world.today)?;
    let (from, until) = (plan.head.from, as_of.period);
    if period.last_day() >= as_of.period.last_day() {
        let (asked, until) = (period.short(), until.short());
        return Err(Failure::new(
            say!("{asked} は {until} より前の期間ではありません", "{asked} is not before {until}"),
            say!("比べる時点より前の期間を指定してください", "name a period that ends before the one asked about"),
        ));
    }
    if period.last_day() < from.first_day() {
        let (asked, first) = (period.short(), from.short());
        return Err(Failure::new(
            say!("{asked} には、計画はまだ始まっていません", "the plan had not begun by {asked}"),
            say!("計画の最初の年度は {first} です", "its first fiscal year is {first}"),
        ));
    }
    Ok(period)
}

/// The framework of themes that is meant.
///
/// # Errors
/// When there is none, or none of that name.
pub fn framework<'p>(plan: &'p Plan, named: Option<&str>) -> Result<&'p str, Failure> {
    let mut known: Vec<&str> = plan.themes.iter().map(|theme| &*theme.framework).collect();
    known.dedup();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() {
        return Err(Failure::new(
            say!("この計画には、ほかの計画と共通の主題がありません", "this plan has no themes that plans share"),
            say!(
                "themes.toml に書いてください（kaikaku check --explain unmapped-theme）",
                "write them into themes.toml (`kaikaku check --explain unmapped-theme`)"
            ),
        ));
    }
    let found = match named {
        None => (known.len() == 1).then(|| known[0]),
        Some(text) => spellings(text).find_map(|spelling| known.iter().copied().find(|name| spelling.is(name))),
    };
    found.ok_or_else(|| {
        let (ja, en) = (known.join("、"), known.join(", "));
        let help = say!("{ja} のどれかを書いてください", "name one of these: {en}");
        match named {
            None => {
                Failure::new(say!("主題の枠組みがいくつもあります", "there are themes of several frameworks"), help)
            }
            Some(text) => {
                Failure::new(say!("「{text}」という枠組みはありません", "there is no framework `{text}`"), help)
            }
        }
    })
}

/// What `--by` names.
fn grouping<'p>(plan: &'p Plan, text: &str) -> Result<By<'p>, Failure> {
    let keys = plan.group_keys();
    let all = || [By::Owner, By::Bureau].into_iter().chain(keys.iter().map(|key| By::Key(key)));
    let is = |by: &By<'_>| match by {
        By::Owner => ["owner", "所管課", "課"].contains(&text),
        By::Bureau => ["bureau", "局・部", "局", "部"].contains(&text),
        By::Key(key) => *key == text,
    };
    let named = |by: &By<'_>| spellings(text).any(|spelling| spelling.is(words::grouping(plan, *by, Lang::Ja)));
    all().find(is).or_else(|| all().find(named)).ok_or_else(|| {
        let message = say!("「{text}」という見方はありません", "entries are not grouped by `{text}`");
        let known = ["owner", "bureau"].into_iter().chain(keys.iter().copied());
        Failure::new(message, suggest(text, known, say!("", "")))
    })
}

/// The places of the scale and the evaluator that are named; without a name those of the first.
pub fn rated(plan: &Plan, on: Option<&str>, by: Option<&str>) -> Result<(usize, usize), Failure> {
    Ok((on.map_or(Ok(0), |text| scale(plan, text))?, by.map_or(Ok(0), |text| evaluator(plan, text))?))
}

/// The place of a scale.
pub fn scale(plan: &Plan, text: &str) -> Result<usize, Failure> {
    Scale::position(&plan.scales, text).ok_or_else(|| {
        let message = say!("「{text}」という評価尺度はありません", "there is no scale `{text}`");
        Failure::new(
            message,
            suggest_named(
                text,
                plan.scales.iter().map(|s| (s.id.as_str(), s.versions.first().map_or("", |v| &*v.name))),
                say!("", ""),
            ),
        )
    })
}

/// The place of an evaluator.
pub fn evaluator(plan: &Plan, text: &str) -> Result<usize, Failure> {
    Evaluator::position(&plan.evaluators, text).ok_or_else(|| {
        let message = say!("「{text}」という評価者はありません", "there is no evaluator `{text}`");
        Failure::new(
            message,
            suggest_named(text, plan.evaluators.iter().map(|e| (e.id.as_str(), &*e.name)), say!("", "")),
        )
    })
}

/// The grades that are meant: one by its id or name, else all whose names hold the text, as 遅れ is in やや遅れ.
fn standings(version: &ScaleVersion, text: &str) -> Result<Vec<Standing>, Failure> {
    // A scale may have a grade of that name.
    let word = (text == UNREPORTED || text == "未報告").then_some(Standing::Unreported);
    if let Some(one) = version.grade(text).map(|(place, _)| Standing::Graded(place)).or(word) {
        return Ok(vec![one]);
    }
    let key = name_key(text);
    let holds = |name: &str| key.chars().count() > 1 && name_key(name).contains(&*key);
    let holding = version.grades.iter().enumerate().filter(|(_, grade)| holds(&grade.name));
    let holding: Vec<Standing> = holding.map(|(place, _)| Standing::Graded(place)).collect();
    if !holding.is_empty() {
        return Ok(holding);
    }
    let grades = version.grades.iter().map(|g| (g.id.as_str(), &*g.name));
    let known = grades.chain([(UNREPORTED, terms::UNREPORTED.word(Lang::Ja))]);
    let message = say!("「{text}」という進捗区分はありません", "there is no grade `{text}`");
    Err(Failure::new(message, suggest_named(text, known, say!("", ""))))
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
