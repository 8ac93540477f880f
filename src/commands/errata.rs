//! `kaikaku errata`

use anyhow::Result;
use clap::Args;

use super::cli::OutputArgs;
use super::paper::Answer;
use super::record::period;
use super::sides::{self, Read, Which};
use super::{Context, Exit, Opened, confirm};
use crate::console;
use crate::failure::Failure;
use crate::ledger::block::appended;
use crate::ledger::closing as manifest;
use crate::ledger::files::CLOSED;
use crate::plan::Plan;
use crate::plan::closing::{Closing, Correction, FigureChange, fingerprint};
use crate::plan::period::Period;
use crate::plan::plausible;
use crate::plan::source::Origin;
use crate::query::published::{Difference, differences};
use crate::report::errata::ErrataReport;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{say, store, tr};

/// As published, and as it holds now.
#[derive(Debug, Args)]
pub struct ErrataArgs {
    /// 確定した期間（R7Q2 など） || The closed period (such as R7Q2)
    #[arg(value_name = "PERIOD")]
    period: String,
    /// まだ記録していない違いを、訂正として記録する || Record what differs, and is not recorded yet, as corrected
    #[arg(long, requires = "reason")]
    record: bool,
    /// 訂正の理由 || Why it is corrected
    #[arg(long, value_name = "TEXT", requires = "record")]
    reason: Option<String>,
    /// 訂正した人・所属 || Who corrects it
    #[arg(long, value_name = "WHO", requires = "record")]
    by: Option<String>,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long, requires = "record")]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

impl ErrataArgs {
    /// Whether it records a correction.
    pub fn writes(&self) -> bool {
        self.record
    }
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, the period is not closed, or the correction cannot be written.
pub fn run(context: &Context, args: &ErrataArgs) -> Result<Exit> {
    if let Some(reason) = &args.reason {
        let opened = context.open_with(&|_| true)?;
        let closing = closing(context, args, &opened.plan)?;
        let differences = differences(&opened.plan, closing);
        return record(context, args, &opened, closing, &differences, reason);
    }
    answer(context, args)?.write(context, &args.output)
}

/// What differs.
///
/// # Errors
/// When the plan has errors, or the period is not closed.
pub fn answer(context: &Context, args: &ErrataArgs) -> Result<Answer> {
    let opened = context.open_whole()?;
    let plan = &opened.plan;
    let closing = closing(context, args, plan)?;
    let differences = differences(plan, closing);
    let exit = if differences.iter().all(Difference::is_recorded) { Exit::Done } else { Exit::No };
    let has_texts = differences.iter().any(|difference| difference.key.what.starts_with("texts."));
    let then = if has_texts { published_plan(context, closing) } else { None };
    let report = Box::new(ErrataReport { plan, snapshot: &opened.snapshot, closing, differences, then });
    Ok(Answer { report, opened, key: "errata", period: closing.period, as_of: None, asked: Vec::new(), exit })
}

/// The plan as it was when the period was closed; `None` where its revision is not kept, or cannot be read.
fn published_plan(context: &Context, closing: &Closing) -> Option<&'static Plan> {
    let which = Which::Named(closing.revision.as_deref()?.to_owned());
    let found = context.find_sides(&which, &Which::Now).ok()?;
    let read: &'static Read = Box::leak(Box::new(sides::read(&found).ok()?));
    read.sides[0].plan.as_ref()
}

/// The manifest of the period that was asked about.
fn closing<'p>(context: &Context, args: &ErrataArgs, plan: &'p Plan) -> Result<&'p Closing, Failure> {
    let period = period(&args.period, context.world.today)?;
    plan.closings.iter().find(|closing| closing.period == period).ok_or_else(|| not_closed(plan, period))
}

/// Adds a block to the end of the manifest; what was published stays to the byte.
fn record(
    context: &Context,
    args: &ErrataArgs,
    Opened { folder, snapshot, .. }: &Opened,
    closing: &Closing,
    differences: &[Difference<'_>],
    reason: &str,
) -> Result<Exit> {
    let lang = context.lang();
    if reason.trim().is_empty() {
        let message = say!("訂正の理由が空です", "the reason is blank");
        return Err(Failure::new(message, say!("--reason に理由を書いてください", "give it with --reason")).into());
    }
    if closing.altered().is_some() {
        return Err(altered(closing.period).into());
    }
    let early = plausible::before_closing(context.world.today, closing);
    confirm::refuse(&early.into_iter().collect::<Vec<_>>())?;
    let changes: Vec<FigureChange> =
        differences.iter().filter(|difference| !difference.is_recorded()).map(change).collect();
    if changes.is_empty() {
        console::say(lang.pick("記録していない違いはありません。", "There is nothing to record."));
        return Ok(Exit::Done);
    }
    let path = CLOSED.path(closing.period);
    let old = snapshot.position(&path).map_or("", |place| snapshot.text(place));
    let block = manifest::correction(&correction(context, args, closing, changes, reason));
    let shown = folder.shown.join(&path).slashed();
    if args.dry_run {
        console::write(visible(&block).as_bytes())?;
        return Ok(context.tried(&shown));
    }
    let (file, new) = (folder.path.join(&path), appended(old, &block).0);
    let written = store::replace(&folder.path, &file, Some(old), &new, &context.occasion())?;
    context.end(Some(written), Exit::Done, || {
        console::write(visible(&block).as_bytes())?;
        console::say(&tr!(lang, "{shown} に訂正を記録しました。", "Recorded the correction in {shown}."));
        Ok(())
    })
}

fn correction(
    context: &Context,
    args: &ErrataArgs,
    closing: &Closing,
    changes: Vec<FigureChange>,
    reason: &str,
) -> Correction {
    let mut correction = Correction {
        date: context.world.today,
        reason: reason.trim().into(),
        by: args.by.as_deref().map(str::trim).filter(|by| !by.is_empty()).map(Into::into),
        changes,
        fingerprint: Box::default(),
        origin: Origin::default(),
    };
    let mut figures = closing.acknowledged();
    correction.apply(&mut figures);
    correction.fingerprint = fingerprint(closing.period, closing.as_of, &figures).into();
    correction
}

fn change(difference: &Difference<'_>) -> FigureChange {
    FigureChange {
        key: difference.key.clone(),
        before: difference.acknowledged.clone(),
        after: difference.now.as_ref().map(|line| line.words.clone()),
    }
}

fn not_closed(plan: &Plan, period: Period) -> Failure {
    let closed: Vec<String> = plan.closings.iter().map(|closing| closing.period.short()).collect();
    let message = say!("{period} は確定していません", "{period} is not closed");
    let (ja, en) = (closed.join("、"), closed.join(", "));
    let hint = match closed.is_empty() {
        true => say!(
            "公表したら kaikaku close {period} で確定してください",
            "once it is published, close it with `kaikaku close {period}`"
        ),
        false => say!("確定した期間：{ja}", "closed periods: {en}"),
    };
    Failure::new(message, hint)
}

fn altered(period: Period) -> Failure {
    Failure::new(
        say!(
            "{period} の確定ファイルが書き換えられています。何も書き込んでいません",
            "the manifest of {period} was altered; nothing was written"
        ),
        say!(
            "kaikaku check で箇所を確かめ、git で元に戻してください",
            "run `kaikaku check` to see where, and restore it from git"
        ),
    )
}
