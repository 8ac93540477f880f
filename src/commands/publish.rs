//! `kaikaku publish`

mod folder;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::cli::LangArg;
use super::paper::written_from;
use super::report::council::{period, refuse_altered, refuse_unsettled};
use super::sides::{self, Which};
use super::{Context, Exit, Opened, output};
use crate::audit::contacts::exposed;
use crate::console;
use crate::diff::{self, Asked, diff};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::plan::paper::Paper;
use crate::plan::period::Period;
use crate::plan::publication::Publication;
use crate::plan::{Plan, Subject};
use crate::publish::preview::{self, first_time};
use crate::publish::{PublishedPlan, Site};
use crate::query::AsOf;
use crate::query::public::withhold;
use crate::query::published::{differences, settled};
use crate::query::status::{Question, Standing, Status, status};
use crate::query::summary::{summary_of, unsure_figures};
use crate::query::verifying::Verifying;
use crate::render::text;
use crate::report::council::{CouncilReport, Since, State};
use crate::source::{Snapshot, is_record};
use crate::text::paths::Slashed;
use crate::text::safe::{shortened, visible};
use crate::{say, tr};

/// The site of a plan.
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// ページを書くフォルダー（空か、前に publish が書いたもの） || The folder for the pages (empty, or written by publish before)
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    output: PathBuf,
    /// どの期間について公表するか（R7Q2 など。省略時は、終わった期間のうち最も新しいもの） || Of which period (such as R7Q2; default: the last one that has ended)
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// どの計画か（何度でも指定でき、並べて公表する） || Which plan (may be repeated, to publish several side by side)
    #[arg(long = "plan", id = "plan", value_name = "NAME", env = "KAIKAKU_PLAN")]
    plans: Vec<String>,
    /// ページの言語（ja,en のように並べる。省略時は計画の言語） || Languages of the pages (as in ja,en; default: that of the plan)
    #[arg(long = "lang", id = "lang", value_name = "LANG", value_delimiter = ',')]
    langs: Vec<LangArg>,
    /// 確定版として公表する（要確認の値があれば書かない） || As the final version (refused while a value is unconfirmed)
    #[arg(long = "final")]
    is_final: bool,
    /// 本文だけを書く（見出しや枠のあるCMSに貼るため） || Write the contents alone, for a system that has a head and foot of its own
    #[arg(long)]
    fragment: bool,
    /// 書かずに、初めて公表することになる文章を並べる || Write nothing; list every text that would go out for the first time
    #[arg(long)]
    preview: bool,
    /// 前に書いたページを手で直していても、書き直す || Write pages anew that were edited by hand
    #[arg(long)]
    force: bool,
}

/// Runs it.
///
/// # Errors
/// When a plan has errors or does not say what goes out, a text may not go out, or the folder is not ours.
pub fn run(context: &Context, args: &PublishArgs) -> Result<Exit> {
    let names: Vec<Option<String>> = match &*args.plans {
        [] => vec![None],
        names => names.iter().cloned().map(Some).collect(),
    };
    let contexts: Vec<Context> = names.into_iter().map(|name| context.about(name)).collect();
    let plans = contexts.iter().map(|context| published(context, args)).collect::<Result<Vec<_>>>()?;
    let target = folder::Target::open(context.world.cwd.join(&args.output), &args.output)?;
    if args.preview {
        return preview(context, &plans, &target);
    }
    let langs = langs(args, &plans);
    let site = Site { plans, langs, is_fragment: args.fragment };
    folder::write(context, &site, target, args.force)?;
    Ok(Exit::Done)
}

/// The languages of the pages, each once.
fn langs(args: &PublishArgs, plans: &[PublishedPlan<'_>]) -> Vec<Lang> {
    let asked = args.langs.iter().map(|lang| match lang {
        LangArg::Ja => Lang::Ja,
        LangArg::En => Lang::En,
    });
    let mut langs: Vec<Lang> = Vec::new();
    for lang in asked {
        if !langs.contains(&lang) {
            langs.push(lang);
        }
    }
    if langs.is_empty() {
        langs.extend(plans.first().map(|plan| plan.plan().head.lang));
    }
    langs
}

/// Lists the texts that were not public before.
fn preview(context: &Context, plans: &[PublishedPlan<'_>], target: &folder::Target) -> Result<Exit> {
    let known = target.known_texts();
    let new: Vec<_> = plans.iter().map(|published| (published.plan(), first_time(published.plan(), &known))).collect();
    let document = Box::leak(Box::new(preview::document(&new, context.lang())));
    console::write_pieces(|mut out| text::write(document, &output::style(context), &mut out))?;
    Ok(Exit::Done)
}

/// A plan as it goes out: what does not is taken out before anything is asked of it.
fn published(context: &Context, args: &PublishArgs) -> Result<PublishedPlan<'static>> {
    let mut opened = context.open_with(&|_| true)?;
    opened.plan.publication = Some(publication(context, &opened)?);
    refuse_exposed(&opened.plan)?;
    // Whether published figures hold is asked of the whole plan.
    let whole = (!opened.plan.closings.is_empty()).then(|| &*Box::leak(Box::new(opened.plan.clone())));
    opened.snapshot = Snapshot::default();
    withhold(&mut opened.plan);
    let opened: &'static Opened = Box::leak(Box::new(opened));
    let plan = &opened.plan;
    let period = period(context, plan, args.period.as_deref())?;
    let as_of = context.end_of(plan, period)?;
    let closing =
        whole.and_then(|whole| settled(whole, period)).filter(|closing| as_of.has_heard(Some(closing.closed)));
    let (revision, is_changed) = written_from(context, opened);
    let state =
        State { is_final: args.is_final || closing.is_some(), closing, revision, is_changed, ..State::default() };
    let state = since(context, plan, period, state)?;
    let report = CouncilReport { summary: summary_of(plan, Question::new(as_of, 0, 0)), paper: paper(plan)?, state };
    if args.is_final {
        // The page of an entry states more than the papers of a period do.
        let unsure = [&report.summary.unsure[..], &unsure_figures(plan)].concat();
        refuse_unsettled(context, &report.summary, &unsure)?;
        refuse_altered(plan, &report)?;
    }
    let verified_by = context.verifying(plan, Some(as_of))?.into_iter().map(public).collect::<Result<_, _>>()?;
    let mut published = PublishedPlan::new(report, statuses(plan, as_of), verified_by);
    published.errata =
        whole.map_or_else(Vec::new, |whole| whole.closings.iter().map(|closing| differences(whole, closing)).collect());
    Ok(published)
}

/// What goes out, as the files say it now, of whatever revision the figures are.
///
/// # Errors
/// When nothing says what goes out.
pub(super) fn publication(context: &Context, opened: &Opened) -> Result<Publication> {
    let now = match &context.globals.rev {
        None => opened.plan.publication.clone(),
        Some(_) => context.now().open_with(&|path| path == "publish.toml" || !is_record(path))?.plan.publication,
    };
    let file = opened.folder.shown.join("publish.toml");
    let shown = file.slashed();
    now.ok_or_else(|| {
        Failure::new(
            say!(
                "何を公表するかが決められていません（{shown} がありません）。何も書き込んでいません",
                "nothing says what goes out (there is no {shown}); nothing was written"
            ),
            say!(
                "公表してよい文章の種類を {shown} に書いてください。例：public = [\"summary\", \"done\", \"next\"]",
                "write into {shown} which texts may go out, such as public = [\"summary\", \"done\", \"next\"]"
            ),
        )
        .into()
    })
}

/// Refuses to let out an address or a number that the plan does not allow.
///
/// # Errors
/// When a text that would go out has one.
pub(super) fn refuse_exposed(plan: &Plan) -> Result<(), Failure> {
    const LISTED: usize = 10;
    let exposed = exposed(plan);
    if exposed.is_empty() {
        return Ok(());
    }
    for one in exposed.iter().take(LISTED) {
        let of = match one.text.subject {
            None => plan.head.name.to_string(),
            Some(Subject::Entry(place)) => plan.entries[place].id.to_string(),
            Some(Subject::Indicator(place)) => plan.indicators[place].id.to_string(),
        };
        let text = shortened(one.text.text, 60);
        console::say(&visible(&format!("  {of}: {}（{text}）", one.contact.words)));
    }
    let n = exposed.len();
    Err(Failure::new(
        say!(
            "公表する文章に、メールアドレスか電話番号が {n} 件あります。何も書き込んでいません",
            "texts that would go out have e-mail addresses or telephone numbers ({n}); nothing was written"
        ),
        say!(
            "文章から除くか、公表してよいものを publish.toml の allow に書いてください（kaikaku check で箇所が分かります）",
            "take them out, or allow them in `allow` of publish.toml (`kaikaku check` shows where)"
        ),
    ))
}

/// What the parts of the first page are laid out like.
fn paper(plan: &'static Plan) -> Result<&'static Paper, Failure> {
    let committee = plan.papers.iter().find(|paper| paper.id.as_str() == "committee");
    committee.or(plan.papers.first()).ok_or_else(|| {
        Failure::new(
            say!("様式がありません", "there is no paper"),
            say!("reports/ を確かめてください", "check reports/"),
        )
    })
}

/// The answers on each scale and by each evaluator that has a record; the first one always.
fn statuses(plan: &'static Plan, as_of: AsOf) -> Vec<Status<'static>> {
    let pairs =
        (0..plan.evaluators.len()).flat_map(|evaluator| (0..plan.scales.len()).map(move |scale| (scale, evaluator)));
    let answers =
        pairs.map(|(scale, evaluator)| ((scale, evaluator), status(plan, Question::new(as_of, scale, evaluator))));
    let is_rated = |of: &Status<'_>| of.nodes.iter().any(|node| matches!(node.standing, Standing::Graded(_)));
    answers.filter(|(pair, of)| *pair == (0, 0) || is_rated(of)).map(|(_, of)| of).collect()
}

/// A plan that verifies another one, without what does not go out of it.
///
/// # Errors
/// When it cannot be read: a page without its indicators would look as if there were none.
fn public(verifying: Verifying<'static>) -> Result<Verifying<'static>, Failure> {
    match verifying {
        Verifying::Known { plan, as_of, .. } => {
            let mut plan = plan.clone();
            withhold(&mut plan);
            Ok(Verifying::known(Box::leak(Box::new(plan)), as_of))
        }
        Verifying::Unknown { folder } => Err(Failure::new(
            say!(
                "検証に用いる計画「{folder}」を読み取れません。何も書き込んでいません",
                "the plan `{folder}`, which verifies this one, cannot be read; nothing was written"
            ),
            say!("kaikaku check --plan {folder} で確かめてください", "run `kaikaku check --plan {folder}` to see why"),
        )),
    }
}

/// The state with what changed in the plan since the period before was closed, without what does not go out.
fn since(context: &Context, plan: &'static Plan, period: Period, state: State<'static>) -> Result<State<'static>> {
    let closing = plan.closings.iter().find(|closing| Some(closing.period) == period.prev());
    let Some(id) = closing.and_then(|closing| closing.revision.as_deref()) else { return Ok(state) };
    match changes(context, plan, id) {
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

fn changes(context: &Context, plan: &'static Plan, revision: &str) -> Result<Since<'static>> {
    let found = context.find_sides(&Which::Named(revision.to_owned()), &Which::Now)?;
    let mut read = sides::read(&found)?;
    for side in &mut read.sides {
        if let Some(side) = &mut side.plan {
            side.publication.clone_from(&plan.publication);
            withhold(side);
        }
    }
    let read: &'static sides::Read = Box::leak(Box::new(read));
    let lost =
        || Failure::new(say!("{revision} の計画を読み取れません", "cannot read the plan of {revision}"), say!("", ""));
    let [Some(old), Some(new)] = [&read.sides[0], &read.sides[1]].map(|side| side.plan.as_ref()) else {
        return Err(lost().into());
    };
    let question = diff::Question { as_of: context.as_of(new)?, same_records: &read.same_records };
    let asked = Asked { definition: true, ..Asked::default() };
    let changes = diff(old, new, &question).changes;
    let changes = changes.into_iter().filter(|change| asked.wants(change, [old, new])).collect();
    let at = old.revision.as_ref().ok_or_else(lost)?;
    Ok(Since { revision: at.id.clone(), date: at.date, plans: [old, new], changes })
}
