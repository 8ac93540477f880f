//! `kaikaku close`

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use super::record::period;
use super::{Context, Exit, Opened};
use crate::console;
use crate::failure::Failure;
use crate::git::Repository;
use crate::lang::Lang;
use crate::ledger::closing as manifest;
use crate::ledger::files::CLOSED;
use crate::plan::Plan;
use crate::plan::closing::{Closing, Figures, SHORT, fingerprint, words_of};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::query::published::{Lacking, figures, lacking};
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{say, store, tr};

/// What was published of a period.
#[derive(Debug, Args)]
pub struct CloseArgs {
    /// 公表した期間（R7Q2 など） || The period that was published (such as R7Q2)
    #[arg(value_name = "PERIOD")]
    period: String,
    /// 確定した人・所属 || Who closes it
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// 決裁番号など || The number of the decision, or another remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, the period has not ended or is closed already, or the file cannot be written.
pub fn run(context: &Context, args: &CloseArgs) -> Result<Exit> {
    let opened = context.open_with(&|_| true)?;
    let Opened { folder, plan, .. } = &opened;
    let period = period(&args.period, context.world.today)?;
    let (lang, today) = (context.lang(), context.world.today);
    can_be_closed(plan, period, today)?;
    let figures = figures(plan, period);
    let known = Repository::near(&folder.path).and_then(|repository| {
        let head = repository.as_ref().map(Repository::head).transpose()?.flatten();
        Ok((repository, head))
    });
    let ((repository, head), unread) = known.map_or_else(|why| ((None, None), Some(why)), |known| (known, None));
    let closing = closing(context, args, period, figures, head);
    let head = manifest::head(&closing);
    let whole = format!("{head}{}", manifest::figures(plan, &closing.figures));
    let path = CLOSED.path(period);
    let shown = folder.shown.join(&path).slashed();
    let notes = || {
        tell_lacking(lacking(plan, period, &closing.figures), lang);
        let lost = say!(
            "どの版から公表したか（revision）は控えません",
            "the version that it was published from (`revision`) is not kept"
        );
        unread.iter().for_each(|why| context.note_unanswered(why, &lost));
    };
    if args.dry_run {
        console::write(visible(&whole).as_bytes())?;
        notes();
        return Ok(context.tried(&shown));
    }
    let is_ahead = closing.revision.is_some() && !repository.is_some_and(|r| r.is_clean());
    let written = store::replace(&folder.path, &folder.path.join(&path), None, &whole, &context.occasion())?;
    context.end(Some(written), Exit::Done, || {
        console::write(visible(&head).as_bytes())?;
        notes();
        if is_ahead {
            console::say(lang.pick(
                "注意: コミットしていない変更があります。revision はその前の版を指します",
                "note: there are changes that are not committed; `revision` names the version before them",
            ));
        }
        let (name, short) = (period.long(lang), &closing.fingerprint[..SHORT]);
        console::say(&tr!(
            lang,
            "{name}を確定し、{shown} に控えました（照合番号 {short}）。",
            "Closed {name}: {shown} (fingerprint {short})."
        ));
        Ok(())
    })
}

/// Refuses a period that is closed already, lies outside the plan or has not ended.
fn can_be_closed(plan: &Plan, period: Period, today: NaiveDate) -> Result<(), Failure> {
    if plan.closings.iter().any(|closing| closing.period == period) {
        return Err(closed_already(period));
    }
    if !(plan.head.from.first_day() <= period.first_day() && period.last_day() <= plan.head.to.last_day()) {
        let (from, to) = (plan.head.from, plan.head.to);
        let message =
            say!("{period} は計画期間（{from}～{to}）の外です", "{period} lies outside the plan ({from} to {to})");
        return Err(Failure::new(message, say!("期間を確かめてください", "check the period")));
    }
    if today <= period.last_day() {
        return Err(unfinished(period));
    }
    Ok(())
}

/// What is kept of the period.
fn closing(context: &Context, args: &CloseArgs, period: Period, figures: Figures, head: Option<String>) -> Closing {
    let text = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(Into::into);
    Closing {
        period,
        as_of: period.last_day(),
        closed: context.world.today,
        by: text(&args.by.clone().or_else(|| context.settings().by)),
        note: text(&args.note),
        revision: head.map(Into::into),
        program: Some(env!("CARGO_PKG_VERSION").into()),
        fingerprint: fingerprint(period, period.last_day(), &words_of(&figures)).into(),
        figures,
        corrections: Vec::new(),
        origin: Origin::default(),
    }
}

/// What a reader of the publication will ask about. It keeps nobody from closing: 未報告 and 要確認 are published as such.
fn tell_lacking(lacking: Lacking, lang: Lang) {
    let parts = [
        (lacking.unreported, lang.pick("未報告の項目", "entries unreported")),
        (lacking.carried, lang.pick("前の期間の報告によって数えた項目", "entries counted by an earlier report")),
        (lacking.without_actual, lang.pick("実績値のない指標", "indicators without an actual")),
        (lacking.unconfirmed, lang.pick("要確認の値", "values unconfirmed")),
        (lacking.provisional, lang.pick("速報値", "values provisional")),
    ];
    let held = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| tr!(lang, "{what} {count} 件", "{what}: {count}"));
    let held = held.collect::<Vec<_>>().join(lang.pick("、", ", "));
    if !held.is_empty() {
        console::say(&tr!(lang, "注意: {held}を、そのまま確定します", "note: closed as they are: {held}"));
    }
}

fn closed_already(period: Period) -> Failure {
    Failure::new(
        say!(
            "{period} は既に確定しています。何も書き込んでいません",
            "{period} is closed already; nothing was written"
        ),
        say!(
            "kaikaku errata {period} で違いを確かめ、--record --reason \"…\" で訂正を記録してください",
            "run `kaikaku errata {period}` to see what differs, and add --record --reason \"…\" to record it"
        ),
    )
}

fn unfinished(period: Period) -> Failure {
    let last = period.last_day();
    Failure::new(
        say!("{period} はまだ終わっていません（{last} まで）", "{period} has not ended yet (its last day is {last})"),
        say!("期間が終わり、決裁を経てから確定してください", "close it once it has ended and its figures are approved"),
    )
}
