//! What `add` and `edit` share: a draft is checked, shown and written, or nothing is.

use anyhow::Result;

use super::form::{self, Form};
use super::{Context, Exit, Opened, find_owner};
use crate::audit;
use crate::console;
use crate::define::{Change, Target};
use crate::failure::Failure;
use crate::finding::{Code, Finding, Severity};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::{Plan, Subject};
use crate::render::delta::delta;
use crate::source::Loaded;
use crate::store::{self, FileWrite};
use crate::text::fold::fold;
use crate::text::suggest::suggest_named;
use crate::{say, tr};

/// What a person says to a change that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is to be written.
    Write,
    /// Other answers are to be given.
    Again,
}

/// Shows lines, and asks whether it is to be written so. Nothing is written yet.
pub fn review(context: &Context, lines: &[String]) -> Result<Answer> {
    let lang = context.lang();
    console::say(&format!("\n{}\n", lines.join("\n")));
    let answers = [
        lang.pick("この内容で書き込む", "Write it so"),
        lang.pick("入力し直す", "Answer again"),
        lang.pick("やめる（何も書き込まない）", "Leave (nothing is written)"),
    ];
    match Form::new(lang).decide(say!("どうしますか", "What next?"), &answers)? {
        0 => Ok(Answer::Write),
        1 => Ok(Answer::Again),
        _ => Err(form::given_up().into()),
    }
}

/// Checks the plan with the changes.
///
/// # Errors
/// When `check` would find an error that is not there now.
pub fn verify(context: &Context, opened: &Opened, changes: &[Change]) -> Result<Loaded, Failure> {
    let (today, name) = (context.world.today, &opened.folder.name);
    let before = audit::check(&opened.snapshot, name, today).findings;
    let mut snapshot = opened.snapshot.clone();
    changes.iter().for_each(|change| snapshot.put(&change.path, change.new.clone()));
    let then = audit::check(&snapshot, name, today);
    let is_error = |finding: &&Finding| finding.severity() == Severity::Error;
    let count = |findings: &[Finding], code: Code| findings.iter().filter(is_error).filter(|f| f.code == code).count();
    let worse = |code: Code| count(&then.findings, code) > count(&before, code);
    if then.plan.is_none() || then.findings.iter().filter(is_error).any(|finding| worse(finding.code)) {
        return Err(context.refuse_to_write(&then.findings, &snapshot));
    }
    let changed = |findings: &[Finding]| findings.iter().filter(|f| f.code == Code::ChangedAfterClose).count();
    if changed(&then.findings) > changed(&before) {
        console::say(context.lang().pick(
            "注意: 確定した期間に公表した数字が変わります。kaikaku check で確かめ、kaikaku errata 期間 --record で訂正を記録してください",
            "note: published figures of a closed period change; run `kaikaku check` to see them, and `kaikaku errata PERIOD --record` to record the correction",
        ));
    }
    Ok(then)
}

/// Shows the changes and writes them, unless it is a trial.
///
/// # Errors
/// When `check` would refuse them, or they cannot be written. Nothing is written then.
pub fn write(context: &Context, opened: &Opened, changes: &[Change], dry_run: bool) -> Result<Exit> {
    verify(context, opened, changes)?;
    let (lang, folder) = (context.lang(), &opened.folder);
    let shown = |path: &str| folder.shown.join(path).display().to_string().replace('\\', "/");
    for Change { path, old, new } in changes {
        console::write(delta(&shown(path), old.as_deref(), Some(new)).as_bytes())?;
    }
    let paths = |comma: &str| changes.iter().map(|change| shown(&change.path)).collect::<Vec<_>>().join(comma);
    let paths = paths(lang.pick("、", ", "));
    if dry_run {
        return Ok(context.tried(&paths));
    }
    let on_disk = |Change { path, old, new }: &Change| FileWrite {
        path: folder.path.join(path),
        old: old.clone(),
        new: Some(new.clone()),
    };
    let writes: Vec<FileWrite> = changes.iter().map(on_disk).collect();
    let written = store::apply(&folder.path, &writes, &context.occasion())?;
    context.end(Some(written), Exit::Done, || {
        console::say(&tr!(lang, "{paths} に書き込みました。", "Written to {paths}."));
        Ok(())
    })
}

/// What an id or name means: an entry, an indicator, an owner, the plan itself, a document or a theme.
pub fn target(opened: &Opened, text: &str) -> Result<Target, Failure> {
    let plan = &opened.plan;
    let is_plan = ["plan", "計画", plan.head.id.as_str(), &plan.head.name].contains(&fold(text).trim());
    match plan.find(text) {
        Some(Subject::Entry(place)) => Ok(Target::Entry(place)),
        Some(Subject::Indicator(place)) => Ok(Target::Indicator(place)),
        None if is_plan || text.trim() == &*plan.head.name => Ok(Target::Plan),
        None => match find_owner(plan, text) {
            Ok(place) => Ok(Target::Owner(place)),
            Err(error) if plan.owner_called(text).is_some() => Err(error),
            Err(_) => register(plan, text).ok_or_else(|| {
                let entries = plan.entries.iter().map(|e| (e.id.as_str(), &*e.name));
                let indicators = plan.indicators.iter().map(|i| (i.id.as_str(), &*i.name));
                let owners = plan.owners.iter().map(|owner| (owner.id.as_str(), owner.label()));
                let known = entries.chain(indicators).chain(owners).chain([("plan", &*plan.head.name)]);
                Failure::new(
                    say!(
                        "「{text}」という項目も指標も所管課もありません",
                        "there is no entry, indicator or owner `{text}`"
                    ),
                    suggest_named(text, known, Say::default()),
                )
            }),
        },
    }
}

/// A document or a theme, by its id.
fn register(plan: &Plan, text: &str) -> Option<Target> {
    let id = Id::parse(text).ok()?;
    let source = plan.sources.iter().position(|source| source.id == id).map(Target::Source);
    source.or_else(|| plan.themes.iter().position(|theme| theme.id == id).map(Target::Theme))
}

/// The id that a text is.
pub fn id(text: &str) -> Result<Id, Failure> {
    Id::parse(text).map_err(|_| {
        Failure::new(
            say!("「{text}」は番号になりません", "`{text}` is not an ID"),
            say!(
                "半角の英数字を - でつないでください（1-1-3 など）",
                "write letters and digits joined by -, such as 1-1-3"
            ),
        )
    })
}
