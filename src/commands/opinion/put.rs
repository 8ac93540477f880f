//! A block is added to the file of a meeting, if `check` accepts it.

use anyhow::Result;
use chrono::NaiveDate;

use crate::commands::inquiry::post::{self, Addition};
use crate::commands::record::Place;
use crate::commands::{Context, Exit, Opened, confirm};
use crate::failure::Failure;
use crate::ledger::files::OPINIONS;
use crate::plan::id::Id;
use crate::plan::opinion::OpinionName;
use crate::plan::plausible;
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

/// Adds a block to the file of a meeting; `head` is what a new file begins with. Then shows it.
///
/// # Errors
/// When `check` would refuse it, or the file cannot be written. Nothing is written then.
pub fn put(
    context: &Context,
    opened: &Opened,
    (meeting, head): (&Id, Option<String>),
    name: &OpinionName,
    block: String,
    dry_run: bool,
) -> Result<Exit> {
    let (lang, path) = (context.lang(), OPINIONS.path(meeting));
    let shown = opened.folder.shown.join(&path).slashed();
    let addition = [Addition { path, blocks: vec![block.clone()], instead: head }];
    if dry_run {
        let (snapshot, _) = post::with(context, opened, &addition)?;
        let loaded = source::load(&snapshot, &opened.folder.name);
        if loaded.plan.is_none() {
            return Err(context.refuse_to_write(&loaded.findings, &snapshot).into());
        }
        console::write(visible(&block).as_bytes())?;
        return Ok(context.tried(&shown));
    }
    let written = post::write(context, opened, &addition)?;
    context.end(Some(written), Exit::Done, || {
        console::write(visible(&block).as_bytes())?;
        console::say(&tr!(lang, "{shown} に記録しました（{name}）。", "Recorded in {shown} ({name})."));
        Ok(())
    })
}
