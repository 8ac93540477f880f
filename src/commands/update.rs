//! `kaikaku update`

mod ask;

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::confirm::ConfirmArgs;
use super::record::{self, Answer, Place, missing, percent, period};
use super::status::{evaluator, scale};
use super::{Context, Exit, find_entry};
use crate::failure::Failure;
use crate::ledger::block::Block;
use crate::ledger::record::Head;
use crate::ledger::update::{self, Step};
use crate::plan::Plan;
use crate::plan::entry::Update;
use crate::plan::period::Period;
use crate::plan::record::{RecordName, Recorded};
use crate::say;
use crate::text::suggest::suggest_named;

/// How an entry stands.
#[derive(Debug, Clone, Args)]
pub struct UpdateArgs {
    /// 項目の番号（1-1-2 など）か名前 || Number (such as 1-1-2) or name of the entry
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// 進捗区分（id か名前。尺度が複数なら 尺度=区分、繰り返し可） || Grade (id or name; with several scales SCALE=GRADE, repeatable)
    #[arg(long, value_name = "GRADE")]
    rating: Vec<String>,
    /// 進捗率（0～100） || Progress in percent (0 to 100)
    #[arg(long, value_name = "PERCENT")]
    progress: Option<String>,
    /// 対象期間（R7Q2、第3四半期 など） || The period it is about (such as R7Q2, Q3)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 実績 || What was done
    #[arg(long, value_name = "TEXT")]
    done: Option<String>,
    /// 課題 || What is in the way
    #[arg(long, value_name = "TEXT")]
    issue: Option<String>,
    /// 今後の対応 || What comes next
    #[arg(long, value_name = "TEXT")]
    next: Option<String>,
    /// 到達した工程の段階（取組内容なら 名称=段階。繰り返し可） || Step reached (of an initiative INITIATIVE=STEP; repeatable)
    #[arg(long, value_name = "STEP")]
    step: Vec<String>,
    /// 到達した節目と日（節目=日、繰り返し可） || Milestone reached, and when (MILESTONE=DATE, repeatable)
    #[arg(long, value_name = "MILESTONE")]
    reached: Vec<String>,
    /// 記録者（所管課など） || Who says so
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// だれの評価か（省略時は最初の評価者） || Rated by whom (default: the first evaluator)
    #[arg(long, value_name = "EVALUATOR")]
    evaluator: Option<String>,
    /// 注記 || A footnote
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// 訂正する記録の名前（R7Q2/2025-10-03 など。log に出る）。指定しなかった内容は引き継ぐ || The record to correct (such as R7Q2/2025-10-03, see log); what is not given is taken over
    #[arg(long, value_name = "NAME")]
    corrects: Option<String>,
    /// 訂正ではなく取り下げる（別の項目に記録したときなど） || Withdraw it instead (recorded for the wrong entry, say)
    #[arg(long, requires = "corrects", conflicts_with_all = ["period", "rating", "progress", "done", "issue", "next", "evaluator"])]
    withdraw: bool,
    /// 記録日（省略時は今日） || The day it is recorded (default: today)
    #[arg(long, value_name = "DAY")]
    recorded: Option<String>,
    #[command(flatten)]
    consent: ConfirmArgs,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl UpdateArgs {
    fn is_complete(&self) -> bool {
        let about = self.period.is_some() || self.corrects.is_some();
        self.id.is_some() && about && self.says_something()
    }

    fn says_something(&self) -> bool {
        let texts = [&self.progress, &self.done, &self.issue, &self.next];
        let lists = [&self.rating, &self.step, &self.reached];
        let also = [&self.period, &self.by, &self.evaluator, &self.note];
        let corrects = self.corrects.is_some();
        let corrected = corrects && (self.withdraw || also.iter().any(|text| text.is_some()));
        // Blanks are no report; in a correction they take away what was there.
        let is_said = |text: &&Option<String>| text.as_ref().is_some_and(|text| corrects || !text.trim().is_empty());
        corrected || lists.iter().any(|list| !list.is_empty()) || texts.iter().any(is_said)
    }
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, when `check` would refuse the record, or it cannot be written.
pub fn run(context: &Context, mut args: UpdateArgs) -> Result<Exit> {
    if !args.is_complete() {
        if !context.world.terminal.asks || args.corrects.is_some() {
            return Err(incomplete(&args).into());
        }
        args = asked(context, &args)?;
    } else if args.corrects.is_none() {
        // A correction takes over who had recorded.
        args.by = args.by.or_else(|| context.settings().by);
    }
    let id = args.id.as_deref().unwrap_or_default();
    record::add(context, id, args.dry_run, &args.consent, &|at, reason| block(context, &args, at, reason))
}

/// Asks for what is missing until the person agrees to what would be recorded.
fn asked(context: &Context, given: &UpdateArgs) -> Result<UpdateArgs> {
    let mut earlier = given.clone();
    loop {
        let mut args = given.clone();
        ask::ask(context, &mut args, &earlier)?;
        let id = args.id.as_deref().unwrap_or_default();
        match record::review(context, id, &args.consent, &|at, reason| block(context, &args, at, reason))? {
            Answer::Record => return Ok(args),
            Answer::Again => earlier = args,
        }
    }
}

fn block(context: &Context, args: &UpdateArgs, at: &Place<'_>, confirmed: Option<&str>) -> Result<Block> {
    let plan = at.plan();
    let place = find_entry(plan, args.id.as_deref().unwrap_or_default())?;
    let (corrects, kept) = args.corrects.as_deref().map(|name| at.corrected(name)).transpose()?.unzip();
    let about = args.period.as_deref().map(|text| period(text, context.world.today)).transpose()?;
    let about = about.or(corrects.map(|name| name.period));
    let head = Head {
        period: about,
        recorded: Place::day(args.recorded.as_deref(), context.world.today)?,
        corrects,
        kept: kept.unwrap_or_default(),
    };
    let (note, by) = (args.note.as_deref(), args.by.as_deref());
    if args.withdraw {
        return Ok(head.withdrawal(&update::KIND, note, by));
    }
    let evaluator = args.evaluator.as_deref().map(|text| evaluator(plan, text)).transpose()?;
    let updates = &plan.entries[place].updates;
    let before = corrects.and_then(|name| updates.iter().find(|update| is_one(update.name(), name)));
    if let (Some(before), Some(evaluator)) = (before, evaluator)
        && before.evaluator != evaluator
        && !before.trace.withdrawn
    {
        return Err(of_another_evaluator(plan, before.evaluator, evaluator).into());
    }
    let ratings = about.filter(|_| !args.rating.is_empty()).map(|about| ratings(plan, &args.rating, about, before));
    let progress = args.progress.as_deref().map(percent).transpose()?;
    let update = update::Update {
        evaluator: evaluator.map(|evaluator| plan.evaluators[evaluator].id.as_str()),
        ratings: ratings.transpose()?.unwrap_or_default(),
        progress: progress.map(|percent| percent.to_string()),
        step: steps(plan.entries[place].id.as_str(), &args.step),
        reached: reached(&args.reached, context.world.today)?,
        done: args.done.as_deref(),
        issue: args.issue.as_deref(),
        next: args.next.as_deref(),
        notes: note.into_iter().collect(),
        confirmed,
        by,
    };
    Ok(update.block(head))
}

/// Whether two names mean one record of a file, whichever of them tells its mark.
fn is_one(name: RecordName, other: RecordName) -> bool {
    name.shared() == other.shared() && name.nth == other.nth
}

/// Refuses to let one evaluator correct what another one recorded.
fn of_another_evaluator(plan: &Plan, theirs: usize, ours: usize) -> Failure {
    let [theirs, ours] = [theirs, ours].map(|place| &plan.evaluators[place].name);
    Failure::new(
        say!(
            "訂正しようとする記録は「{theirs}」の評価です。「{ours}」の評価で訂正することはできません",
            "the record to correct is the rating of `{theirs}`; `{ours}` cannot correct it"
        ),
        say!(
            "「{ours}」の評価は、--corrects なしで別に記録してください。評価者を間違えた記録は --withdraw で取り下げてください",
            "record the rating of `{ours}` of its own, without --corrects; withdraw a record of the wrong evaluator with --withdraw"
        ),
    )
}

fn incomplete(args: &UpdateArgs) -> Failure {
    Failure::new(
        missing(&[
            (args.id.is_none(), say!("項目", "the entry")),
            (args.period.is_none() && args.corrects.is_none(), say!("期間（--period）", "the period (--period)")),
            (
                !args.says_something(),
                say!("内容（--rating、--progress など）", "what to record (--rating, --progress and so on)"),
            ),
        ]),
        say!(
            "kaikaku update 番号 --period R7Q2 --rating 区分 --progress 60 --done \"…\" のように指定してください（端末では順に尋ねます）",
            "run `kaikaku update ID --period R7Q2 --rating GRADE --progress 60 --done \"…\"` (in a terminal you are asked)"
        ),
    )
}

/// Grades by scale from `GRADE` and `SCALE=GRADE`, and on other scales as before.
fn ratings(
    plan: &Plan,
    given: &[String],
    period: Period,
    before: Option<&Update>,
) -> Result<Vec<(String, String)>, Failure> {
    let mut pairs: Vec<(usize, (String, String))> = Vec::new();
    for text in given {
        let (place, grade) = match text.split_once('=') {
            Some((name, grade)) => (scale(plan, name.trim())?, grade.trim()),
            None => (0, text.trim()),
        };
        let scale = &plan.scales[place];
        let (_, version) = scale.version_near(period);
        let Some((_, found)) = version.grade(grade) else {
            let message = say!("「{grade}」という進捗区分はありません", "there is no grade `{grade}`");
            let known = version.grades.iter().map(|g| (g.id.as_str(), &*g.name));
            let nothing = say!("この計画に進捗区分の定めはありません", "this plan has no grades");
            return Err(Failure::new(message, suggest_named(grade, known, nothing)));
        };
        if pairs.iter().any(|(other, _)| *other == place) {
            let id = &scale.id;
            let message = say!("「{id}」の区分が二つあります", "two grades for `{id}`");
            return Err(Failure::new(message, say!("一つにしてください", "give one of them")));
        }
        pairs.push((place, (scale.id.to_string(), found.id.to_string())));
    }
    for rating in before.iter().flat_map(|update| &update.ratings) {
        let place = usize::from(rating.scale);
        if pairs.iter().all(|(other, _)| *other != place) {
            let scale = &plan.scales[place];
            let grade = &scale.versions[usize::from(rating.version)].grades[usize::from(rating.grade)].id;
            pairs.push((place, (scale.id.to_string(), grade.to_string())));
        }
    }
    Ok(pairs.into_iter().map(|(_, pair)| pair).collect())
}

/// The entry's own step from `STEP`, or those of its initiatives from `INITIATIVE=STEP`; `check` knows which there are.
fn steps(id: &str, given: &[String]) -> Option<Step> {
    match given {
        [] => None,
        [step] if !step.contains('=') => Some(Step::Own(step.clone())),
        _ => {
            let pairs = given.iter().map(|text| text.split_once('=').unwrap_or((id, text)));
            Some(Step::Each(pairs.map(|(name, step)| (name.to_owned(), step.to_owned())).collect()))
        }
    }
}

/// Milestones and days from `MILESTONE=DATE`.
fn reached(given: &[String], today: NaiveDate) -> Result<Vec<(String, String)>, Failure> {
    let pairs = given.iter().map(|text| {
        let (name, date) = text.rsplit_once('=').ok_or_else(|| {
            let message = say!("「{text}」に到達した日がありません", "`{text}` has no date");
            Failure::new(
                message,
                say!("--reached \"公開=R6.11.8\" のように書いてください", "write --reached \"MILESTONE=2024-11-08\""),
            )
        })?;
        Ok((name.to_owned(), period(date.trim(), today)?.short()))
    });
    pairs.collect()
}
