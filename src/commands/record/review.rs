//! What was asked is shown once more before it is written.

use anyhow::Result;

use super::{Draft, Make};
use crate::commands::confirm::{self, ConfirmArgs};
use crate::commands::form::{self, Form};
use crate::commands::{Context, find, output};
use crate::lang::Lang;
use crate::render::text::{TextStyle, text};
use crate::report;
use crate::source::{self, Loaded, is_closed};
use crate::{console, say};

/// What the person says to a record that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is to be recorded.
    Record,
    /// Other answers are to be given.
    Again,
}

/// Shows what somebody was asked for, in the plan's own words beside the last record, and asks whether it is to be
/// recorded so. Nothing is written yet.
///
/// # Errors
/// When `check` would refuse it, when the person gives up, or the terminal fails.
pub fn review(context: &Context, id: &str, consent: &ConfirmArgs, make: Make<'_>) -> Result<Answer> {
    let draft = Draft::new(context, id, make, consent.reason())?;
    confirm::refuse_impossible(&draft.doubts)?;
    if draft.loaded.plan.is_none() {
        return Err(context.refuse_to_write(&draft.loaded.findings, &draft.snapshot).into());
    }
    // Whether a rating fits the indicators only the whole plan knows.
    let mut opened = context.open_with(&|path| !is_closed(path))?;
    opened.snapshot.put(&draft.path, draft.change.new.clone().unwrap_or_default());
    let Loaded { plan, findings, .. } = source::load(&opened.snapshot, &opened.folder.name);
    let plan = plan.ok_or_else(|| context.refuse_to_write(&findings, &opened.snapshot))?;
    let lang = context.lang();
    if let Some(document) = report::record::review(&plan, find(&plan, id)?, lang) {
        let style = TextStyle { width: context.world.terminal.talks, ..output::style(context) };
        console::say_drawn(&text(&document, &style));
    }
    ask(Form::new(lang), lang)
}

/// Asks what is to become of a record that was shown.
///
/// # Errors
/// When the person gives up, or the terminal fails.
pub fn ask(form: Form, lang: Lang) -> Result<Answer> {
    let answers = [
        lang.pick("この内容で記録する", "Record it so"),
        lang.pick("入力し直す", "Answer again"),
        lang.pick("やめる（何も書き込まない）", "Leave (nothing is written)"),
    ];
    let question = say!("どうしますか", "What next?");
    match form.decide(question, &answers)? {
        0 => Ok(Answer::Record),
        1 => Ok(Answer::Again),
        _ => Err(form::given_up().into()),
    }
}
