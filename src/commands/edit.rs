//! `kaikaku edit`

use anyhow::Result;
use clap::Args;

use super::definition::{self, Answer, target};
use super::form::Form;
use super::record::Place;
use super::{Context, Exit, Opened};
use crate::define::Target;
use crate::define::edit::{Asked, Edited, Why, asked, edit};
use crate::define::field::{changeable, form, name};
use crate::failure::Failure;
use crate::keys::Shape;
use crate::lang::{Lang, Say};
use crate::{console, say, tr};

/// One value of the definition.
#[derive(Debug, Clone, Args)]
pub struct EditArgs {
    /// 項目の番号、指標か所管課の id か名前（計画そのものは plan） || The entry, indicator or owner by id or name (the plan itself: plan)
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// 欄（名称、所管課、目標値 R9、節目 公開 など）と新しい値（"" で消す） || The field (name, owner, target R9, milestone NAME …) and its new value ("" takes it away)
    #[arg(value_name = "FIELD VALUE", num_args = 1.., allow_hyphen_values = false)]
    words: Vec<String>,
    /// 決定された内容を変える理由（diff の新旧対照表に出る） || Why something approved is changed (diff shows it)
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// 変更を決めた日（省略時は今日。この日から新しい目標値が有効） || The day it was decided (default: today); a new target holds from then on
    #[arg(long, value_name = "DAY", requires = "reason")]
    decided: Option<String>,
    /// 決定の変更ではなく、ファイルの誤りを直す || It was never so: the file was wrong
    #[arg(long, conflicts_with = "reason")]
    misprint: bool,
    /// 書き込まずに内容だけ示す || Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl EditArgs {
    fn field_and_value(&self) -> Option<(String, &str)> {
        let (value, field) = self.words.split_last()?;
        (!field.is_empty()).then(|| (field.join(" "), value.as_str()))
    }
}

/// Runs it.
///
/// # Errors
/// When something is missing and nobody can be asked, when `check` would refuse it, or it cannot be written.
pub fn run(context: &Context, args: &EditArgs) -> Result<Exit> {
    let opened = context.open_whole()?;
    let (Some(id), Some((field, value))) = (&args.id, args.field_and_value()) else {
        if !context.world.terminal.asks {
            return Err(incomplete(args).into());
        }
        return by_questions(context, opened, args);
    };
    let why = why(context, args)?;
    let target = target(opened, id)?;
    let edited = edit(&opened.snapshot, &opened.plan, target, &field, value, &why)?;
    print_change(context, &edited);
    definition::write(context, opened, &[edited.change], args.dry_run)
}

fn why(context: &Context, args: &EditArgs) -> Result<Why, Failure> {
    match args.reason.as_deref().map(str::trim) {
        Some("") => Err(Failure::plain(say!("理由が空です", "the reason is empty"))),
        Some(reason) => {
            let day = Place::day(args.decided.as_deref(), context.world.today)?;
            if day > context.world.today {
                return Err(Failure::new(
                    say!("決めた日が先の日付です", "the day of the decision is still to come"),
                    say!("決めた日になってから変えてください", "change it once it is decided"),
                ));
            }
            Ok(Why::Decided(day, reason.to_owned()))
        }
        None if args.misprint => Ok(Why::Misprint),
        None => Ok(Why::Unsaid),
    }
}

/// The change in one line, old beside new.
fn line(edited: &Edited, lang: Lang) -> String {
    let none = || match &edited.inherited {
        Some(inherited) => inherited.text(lang).to_owned(),
        None => lang.pick("（なし）", "(none)").to_owned(),
    };
    let label = edited.label.text(lang);
    let before = edited.before.clone().unwrap_or_else(none);
    let after = edited.after.clone().unwrap_or_else(none);
    tr!(lang, "{label}：{before} → {after}", "{label}: {before} → {after}")
}

fn print_change(context: &Context, edited: &Edited) {
    console::say(&line(edited, context.lang()));
}

/// What is chosen from: the targets and their names.
fn targets(opened: &Opened, lang: Lang) -> Vec<(Target, String)> {
    let plan = &opened.plan;
    let entries = plan.entries.iter().enumerate().map(|(at, e)| (Target::Entry(at), format!("{} {}", e.id, e.name)));
    let indicators =
        plan.indicators.iter().enumerate().map(|(at, i)| (Target::Indicator(at), format!("{} {}", i.id, i.name)));
    let owners = plan.owners.iter().enumerate().map(|(at, o)| (Target::Owner(at), format!("{} {}", o.id, o.label())));
    let whole = (Target::Plan, format!("{} {}", lang.pick("計画", "plan"), plan.head.name));
    entries.chain(indicators).chain(owners).chain([whole]).collect()
}

fn by_questions(context: &Context, opened: &'static Opened, args: &EditArgs) -> Result<Exit> {
    let (form, lang) = (Form::new(context.lang()), context.lang());
    let mut start = 0;
    loop {
        let target = match &args.id {
            Some(id) => target(opened, id)?,
            None => {
                let (targets, names): (Vec<Target>, Vec<String>) = targets(opened, lang).into_iter().unzip();
                start = form.choose(say!("どれを変えますか", "What is to be changed?"), &names, start)?;
                targets[start]
            }
        };
        let field = match args.words.as_slice() {
            [] => field(context, form, opened, target)?,
            words => words.join(" "),
        };
        let edited = value(context, form, opened, target, &field, args)?;
        definition::verify(context, opened, std::slice::from_ref(&edited.change))?;
        match definition::review(context, &[line(&edited, lang)])? {
            Answer::Again => {}
            Answer::Write => return definition::write(context, opened, &[edited.change], args.dry_run),
        }
    }
}

/// The field, with the year or part that it needs.
fn field(context: &Context, asking: Form, opened: &'static Opened, target: Target) -> Result<String> {
    let lang = context.lang();
    let keys: Vec<_> = changeable(form(target)).collect();
    let now = |key: &str| {
        let asked = asked(&opened.snapshot, &opened.plan, target, key).ok()?;
        asked.now.or_else(|| Some(asked.inherited?.text(lang).to_owned()))
    };
    let label = |key: &str| match now(key) {
        Some(now) => tr!(lang, "{}（今は {now}）", "{} (now {now})", name(form(target), key).text(lang)),
        None => name(form(target), key).text(lang).to_owned(),
    };
    let labels: Vec<String> = keys.iter().map(|key| label(key.name)).collect();
    let chosen = keys[asking.choose(say!("どの欄ですか", "Which field?"), &labels, 0)?];
    let question = match chosen.shape() {
        Shape::Tables => {
            say!("どれの何ですか（名前と欄。例：公開 日付）", "Which one, and what of it (name and field)?")
        }
        Shape::Named | Shape::Numbers => say!("どれについてのものですか（due など）", "Of which (such as due)?"),
        Shape::Values | Shape::Steps => say!("いつのものですか（R9 など）", "Of when (such as R9)?"),
        _ => return Ok(chosen.name.to_owned()),
    };
    let key = chosen.name;
    let check = move |text: &str| asked(&opened.snapshot, &opened.plan, target, &format!("{key} {text}")).map(|_| ());
    Ok(format!("{key} {}", asking.checked(question, None, check)?))
}

/// The new value, and where it was approved the reason.
fn value(
    context: &Context,
    form: Form,
    opened: &'static Opened,
    target: Target,
    field: &str,
    args: &EditArgs,
) -> Result<Edited> {
    let Asked { spot, now, .. } = asked(&opened.snapshot, &opened.plan, target, field)?;
    let mut why = why(context, args)?;
    let needs_reason = spot.approved && now.is_some() && why == Why::Unsaid;
    let of = field.to_owned();
    let check = move |text: &str| edit(&opened.snapshot, &opened.plan, target, &of, text, &Why::Misprint).map(|_| ());
    let Say { ja, en } = &spot.label;
    let question = say!("{ja}の新しい値（空なら消す）", "New value: {en} (blank takes it away)");
    let value = form.checked(question, now.as_deref(), check)?;
    if needs_reason {
        let filled = |text: &str| match text.trim() {
            "" => Err(Failure::plain(say!("理由が空です", "the reason is empty"))),
            _ => Ok(()),
        };
        let reason = form.checked(say!("変更の理由", "Reason of a change"), None, filled)?;
        let today = context.world.today;
        let day = move |text: &str| Place::day(Some(text), today).map(|_| ());
        let decided = form.checked(say!("決めた日", "Decided on"), Some(&today.to_string()), day)?;
        why = Why::Decided(Place::day(Some(&decided), today)?, reason);
    }
    Ok(edit(&opened.snapshot, &opened.plan, target, field, &value, &why)?)
}

fn incomplete(args: &EditArgs) -> Failure {
    Failure::new(
        super::record::missing(&[
            (args.id.is_none(), say!("何を変えるか", "what to change")),
            (args.words.is_empty(), say!("欄", "the field")),
            (args.words.len() < 2, say!("新しい値", "the new value")),
        ]),
        say!(
            "kaikaku edit 1-1-2 所管課 人事課 のように指定してください（端末では順に尋ねます）",
            "run `kaikaku edit 1-1-2 owner NAME` (in a terminal you are asked)"
        ),
    )
}
