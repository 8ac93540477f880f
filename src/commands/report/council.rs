//! `kaikaku report council`

use anyhow::Result;
use clap::Args;

use crate::audit::claims::claims;
use crate::commands::cli::OutputArgs;
use crate::commands::paper::written_from;
use crate::commands::sides::{self, Read, Which};
use crate::commands::status::against;
use crate::commands::{Context, Exit, Opened, output};
use crate::console;
use crate::diff::{self, Asked, diff};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::paper::Paper;
use crate::plan::period::{Parsed, Period};
use crate::query::AsOf;
use crate::query::published::settled;
use crate::query::status::Question;
use crate::query::summary::{Summary, Unsure, summary_of};
use crate::report::council::{CouncilReport, Since, State, named};
use crate::text::safe::visible;
use crate::text::same::{Spelling, spellings};
use crate::text::suggest::suggest_named;
use crate::{say, tr};

/// The quarterly paper.
#[derive(Debug, Args)]
pub struct CouncilArgs {
    /// どの期間の報告か（R7Q2 など。省略時は、終わった期間のうち最も新しいもの） || Of which period (such as R7Q2; default: the last one that has ended)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// どの様式か（概要 summary、委員会 committee、本部 headquarters、議会 assembly、または reports/ の様式） || Which paper (summary, committee, headquarters, assembly, or one of reports/)
    #[arg(long = "for", value_name = "REGISTER", default_value = "committee")]
    register: String,
    /// 確定版として書く（要確認の値があれば書かない） || As the final version (refused while a value is unconfirmed)
    #[arg(long = "final")]
    is_final: bool,
    /// どの期間と比べるか（省略時は前の期間） || Compare with this period (default: the one before)
    #[arg(long, value_name = "PERIOD")]
    against: Option<String>,
    /// どの版からの計画の変更を載せるか（省略時は、前の期間を確定したときの版があれば、その版） || List what changed in the plan since this revision (default: that of the closing of the period before, where there is one)
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs it.
///
/// # Errors
/// When the plan has errors, an argument names nothing, or a final paper would state what is unconfirmed.
pub fn run(context: &Context, args: &CouncilArgs) -> Result<Exit> {
    let opened = context.open_whole()?;
    let period = period(context, &opened.plan, args.period.as_deref())?;
    let as_of = context.end_of(&opened.plan, period)?;
    let against = args.against.as_deref().map(|text| against(context, &opened.plan, as_of, text)).transpose()?;
    let before = against.or(period.prev());
    let state = compared(context, opened, args.since.as_deref(), state(context, opened, as_of), before)?;
    let state = State { is_final: args.is_final || state.is_final, ..state };
    let report = report(&opened.plan, &args.register, as_of, against, state)?;
    if args.is_final {
        refuse_unsettled(context, &report.summary, &report.summary.unsure)?;
        refuse_altered(&opened.plan, &report)?;
    }
    note_claims(context, &report.summary);
    note_unsettled(context, &opened.plan, &report);
    output::write(context, &report, &args.output)?;
    Ok(Exit::Done)
}

/// Says where a text that the paper prints states another number than the paper's tables.
fn note_claims(context: &Context, summary: &Summary<'_>) {
    let lang = context.lang();
    for claim in claims(summary.plan()) {
        let entry = &summary.plan().entries[claim.entry];
        if !summary.last_words(entry).is_some_and(|update| std::ptr::eq(update, claim.update)) {
            continue;
        }
        let (id, clause, stated, name) = (&entry.id, claim.clause, claim.stated, &claim.indicator.name);
        console::say(&visible(&tr!(
            lang,
            "注意: {id} の文章「{clause}」の {stated} は、指標「{name}」のどの値とも違います",
            "note: {id} says `{clause}`, but {stated} is not a value of the indicator `{name}`"
        )));
    }
}

/// The paper.
///
/// # Errors
/// When there is no such paper.
pub fn report(
    plan: &'static Plan,
    register: &str,
    as_of: AsOf,
    against: Option<Period>,
    state: State<'static>,
) -> Result<CouncilReport<'static>, Failure> {
    let paper = paper(plan, register)?;
    let plan = rounded(plan, paper);
    let question = Question { against, ..Question::new(as_of, paper.scale, paper.evaluator) };
    let summary = summary_of(plan, question);
    Ok(CouncilReport { summary, paper, state })
}

/// From which state of the record a paper about a period is written. It is final by itself while its manifest holds.
pub fn state(context: &Context, opened: &'static Opened, as_of: AsOf) -> State<'static> {
    let closing = settled(&opened.plan, as_of.period).filter(|closing| as_of.has_heard(Some(closing.closed)));
    let (revision, is_changed) = written_from(context, opened);
    State { is_final: closing.is_some(), closing, revision, is_changed, ..State::default() }
}

/// The state with what changed in the plan since the revision that is asked for, else since that which the period before
/// was closed at.
fn compared(
    context: &Context,
    opened: &'static Opened,
    asked: Option<&str>,
    state: State<'static>,
    before: Option<Period>,
) -> Result<State<'static>> {
    if let Some(revision) = asked {
        return Ok(State { since: Some(since_revision(context, revision)?), ..state });
    }
    let closing = opened.plan.closings.iter().find(|closing| Some(closing.period) == before);
    let Some(id) = closing.and_then(|closing| closing.revision.as_deref()) else { return Ok(state) };
    // A clone may lack the commit: then the plan's own account of its changes has to do, and the paper says so.
    match since_revision(context, id) {
        Ok(since) => Ok(State { since: Some(since), ..state }),
        Err(_) => {
            console::say(&tr!(
                context.lang(),
                "注意: 前の期間を確定したときの版 {id} を読み取れないため、その版からの計画の変更は載せません",
                "note: the revision {id} that the period before was closed at cannot be read, so changes since are left out"
            ));
            Ok(State { is_lost: true, ..state })
        }
    }
}

/// What changed in the definition of the plan since a revision.
///
/// # Errors
/// When there is no such revision, or the plan cannot be read there.
pub fn since_revision(context: &Context, revision: &str) -> Result<Since<'static>> {
    let found = context.find_sides(&Which::Named(revision.to_owned()), &Which::Now)?;
    let read: &'static Read = Box::leak(Box::new(sides::read(&found)?));
    let unreadable = || {
        Failure::new(
            say!("{revision} の計画を読み取れません", "cannot read the plan of {revision}"),
            say!("kaikaku diff {revision} で確かめてください", "run `kaikaku diff {revision}` to see why"),
        )
    };
    let plans = [&read.sides[0], &read.sides[1]].map(|side| side.plan.as_ref());
    let [Some(old), Some(new)] = plans else { return Err(unreadable().into()) };
    let question = diff::Question { as_of: context.as_of(new)?, same_records: &read.same_records };
    let asked = Asked { definition: true, ..Asked::default() };
    let changes = diff(old, new, &question).changes;
    let changes = changes.into_iter().filter(|change| asked.wants(change, [old, new])).collect();
    let at = old.revision.as_ref().ok_or_else(unreadable)?;
    Ok(Since { revision: at.id.clone(), date: at.date, plans: [old, new], changes })
}

/// Whether the period was closed and its figures are no longer those that were published.
fn is_altered(plan: &Plan, report: &CouncilReport<'_>) -> bool {
    let period = report.summary.period();
    report.state.closing.is_none() && plan.closings.iter().any(|closing| closing.period == period)
}

/// Refuses to call final what differs from what was published as final.
pub fn refuse_altered(plan: &Plan, report: &CouncilReport<'_>) -> Result<(), Failure> {
    if !is_altered(plan, report) {
        return Ok(());
    }
    let period = report.summary.period().short();
    Err(Failure::new(
        say!(
            "{period} は確定していますが、今の数値は公表したものと違うため、確定版は書けません",
            "{period} is closed, but its figures are no longer those published, so this paper is not final"
        ),
        say!(
            "kaikaku errata {period} で違いを確かめ、--record で訂正として記録するか、--final を外してください",
            "run `kaikaku errata {period}` to see what differs, record it with --record, or leave out --final"
        ),
    ))
}

/// Says why a paper about a closed period is not final: its figures are no longer those that were published.
fn note_unsettled(context: &Context, plan: &Plan, report: &CouncilReport<'_>) {
    if is_altered(plan, report) {
        let period = report.summary.period().short();
        console::say(&tr!(
            context.lang(),
            "注意: {period} は確定していますが、今の数値は公表したものと違います（kaikaku errata {period}）",
            "note: {period} is closed, but its figures are no longer those published (kaikaku errata {period})"
        ));
    }
}

/// The plan with the digits that the paper prints.
fn rounded(plan: &'static Plan, paper: &Paper) -> &'static Plan {
    let Some(digits) = paper.digits else { return plan };
    let mut rounded = plan.clone();
    rounded.head.rounding.digits = digits;
    Box::leak(Box::new(rounded))
}

/// The period that is asked for, else the last one of the plan's that has ended.
pub fn period(context: &Context, plan: &Plan, text: Option<&str>) -> Result<Period, Failure> {
    if let Some(text) = text {
        let Parsed { period, .. } =
            Period::parse_near(text, context.world.today).map_err(|e| Failure::new(e.say(), e.hint()))?;
        return Ok(period);
    }
    let as_of = context.as_of(plan)?;
    let day = as_of.date.min(plan.head.to.last_day());
    let period = if day < as_of.date { plan.head.cycle.period_containing(day) } else { as_of.period };
    let last = if period.last_day() <= day { Some(period) } else { period.prev() };
    Ok(last.unwrap_or(period))
}

/// The paper that a name means.
fn paper(plan: &'static Plan, name: &str) -> Result<&'static Paper, Failure> {
    let papers = || plan.papers.iter();
    let called = |spelling: Spelling<'_>| {
        papers().find(|paper| audience(paper).into_iter().chain(paper.title.as_deref()).any(|name| spelling.is(name)))
    };
    papers().find(|paper| paper.id.as_str() == name).or_else(|| spellings(name).find_map(called)).ok_or_else(|| {
        let message = say!("「{name}」という様式はありません", "there is no paper `{name}`");
        let known = papers().map(|paper| (paper.id.as_str(), audience(paper).first().copied().unwrap_or_default()));
        Failure::new(message, suggest_named(name, known, say!("", "")))
    })
}

/// Whom the papers are for that come with the program.
fn audience(paper: &Paper) -> Vec<&'static str> {
    match paper.id.as_str() {
        "committee" => vec!["委員会"],
        "headquarters" => vec!["推進本部", "本部"],
        "assembly" => vec!["議会"],
        _ => Vec::new(),
    }
}

/// Refuses to call final what is not: an unconfirmed value, or a period that has not ended.
pub fn refuse_unsettled(context: &Context, summary: &Summary<'_>, unsure: &[Unsure]) -> Result<(), Failure> {
    let (period, today) = (summary.period(), context.world.today);
    if today < period.last_day() {
        let (ja, en) = (period.long(Lang::Ja), period.long(Lang::En));
        return Err(Failure::new(
            say!("{ja}はまだ終わっていないため、確定版は書けません", "{en} has not ended, so no paper of it is final"),
            say!("--final を外すと、速報として書きます", "without --final it is written as provisional"),
        ));
    }
    if unsure.is_empty() {
        return Ok(());
    }
    for one in unsure {
        console::say(&visible(&format!("  {}", named(summary.plan(), one, context.lang()))));
    }
    let n = unsure.len();
    Err(Failure::new(
        say!("要確認の値が {n} 件あるため、確定版は書けません", "unconfirmed values: {n}, so this paper is not final"),
        say!(
            "資料で確かめて certainty を \"stated\" に改めるか、--final を外して速報として書いてください",
            "settle them and set certainty to \"stated\", or leave out --final for a provisional paper"
        ),
    ))
}
