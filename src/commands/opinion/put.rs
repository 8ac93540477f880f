//! A block is added to the file of a meeting, if `check` accepts it.

use anyhow::Result;
use chrono::NaiveDate;

use crate::commands::form::Form;
use crate::commands::inquiry::post::{self, Addition};
use crate::commands::record::{Answer as Reviewed, Place, ask};
use crate::commands::{Context, Exit, Opened, confirm, output};
use crate::failure::Failure;
use crate::ledger::files::OPINIONS;
use crate::plan::Plan;
use crate::plan::opinion::OpinionName;
use crate::plan::plausible;
use crate::query::opinion::known;
use crate::render::text::{TextStyle, text};
use crate::report::opinion::thread;
use crate::source;
use crate::text::paths::Slashed;
use crate::text::safe::visible;
use crate::{console, tr};

/// The day of a record: the one that is given, else today.
///
/// # Errors
/// When it is no day, or has not begun.
pub fn recorded(given: Option<&str>, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let day = Place::day(given, today)?;
    confirm::refuse_impossible(&plausible::future("recorded", day, today).into_iter().collect::<Vec<_>>())?;
    Ok(day)
}

/// A block that is to be added to the file of a meeting.
pub struct Draft {
    /// What the opinion is called that it is about.
    pub name: OpinionName,
    /// What a new file begins with.
    pub head: Option<String>,
    /// The block.
    pub block: String,
}

impl Draft {
    fn addition(&self) -> Addition {
        let path = OPINIONS.path(&self.name.meeting);
        Addition { path, blocks: vec![self.block.clone()], instead: self.head.clone() }
    }
}

/// Shows how the opinion would stand, and asks whether it is to be recorded so. Nothing is written yet.
///
/// # Errors
/// When `check` would refuse it, the person gives up, or the terminal fails.
pub fn review(context: &Context, opened: &Opened, draft: &Draft) -> Result<Reviewed> {
    let (snapshot, _) = post::with(context, opened, &[draft.addition()])?;
    let loaded = source::load(&snapshot, &opened.folder.name);
    let plan = loaded.plan.ok_or_else(|| context.refuse_to_write(&loaded.findings, &snapshot))?;
    let lang = context.lang();
    let threads = known(&plan, context.as_of(&plan)?);
    if let Some(thread) = threads.iter().find(|thread| thread.name() == draft.name) {
        let style = TextStyle { width: context.world.terminal.talks, ..output::style(context) };
        console::say_drawn(&text(&thread::review(&plan, thread, lang), &style));
    }
    ask(Form::new(lang), lang)
}

/// Adds a block to the file of a meeting, and shows it.
///
/// # Errors
/// When `check` would refuse it, or the file cannot be written. Nothing is written then.
pub fn put(context: &Context, opened: &Opened, draft: Draft, dry_run: bool) -> Result<Exit> {
    let (lang, addition) = (context.lang(), [draft.addition()]);
    let shown = opened.folder.shown.join(&addition[0].path).slashed();
    let Draft { name, block, .. } = draft;
    let (snapshot, _) = post::with(context, opened, &addition)?;
    let loaded = source::load(&snapshot, &opened.folder.name);
    let plan = loaded.plan.ok_or_else(|| context.refuse_to_write(&loaded.findings, &snapshot))?;
    let replaced = replaced(context, &opened.plan, &plan, &name)?;
    let tell = || replaced.iter().for_each(|line| console::say(line));
    if dry_run {
        console::write(visible(&block).as_bytes())?;
        tell();
        return Ok(context.tried(&shown));
    }
    let written = post::write(context, opened, &addition)?;
    context.end(Some(written), Exit::Done, || {
        console::write(visible(&block).as_bytes())?;
        console::say(&tr!(lang, "{shown} に記録しました（{name}）。", "Recorded in {shown} ({name})."));
        tell();
        Ok(())
    })
}

/// What becomes of what was recorded of an opinion, a line for each part: from what to what.
fn replaced(context: &Context, before: &Plan, after: &Plan, name: &OpinionName) -> Result<Vec<String>> {
    let as_of = context.as_of(after)?;
    let [then, now] = [before, after].map(|plan| known(plan, as_of).into_iter().find(|thread| thread.name() == *name));
    let Some(then) = then else { return Ok(Vec::new()) };
    Ok(thread::replaced((before, &then), now.as_ref().map(|now| (after, now)), context.lang()))
}
