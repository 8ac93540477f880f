//! Blocks that are added to several files of the plan as one, if `check` accepts them.

use anyhow::Result;

use crate::commands::{Context, Opened};
use crate::ledger::SCHEMA;
use crate::ledger::block::appended;
use crate::source::{self, Snapshot};
use crate::store::{self, FileWrite, Written};

/// Blocks that come behind what a file of the plan says.
#[derive(Debug)]
pub struct Addition {
    /// The file, relative to the plan folder.
    pub path: String,
    /// In order.
    pub blocks: Vec<String>,
    /// The text that stands instead of what the file says.
    pub instead: Option<String>,
}

/// The files of the plan with all that is added to them as they were read, and what changes.
///
/// # Errors
/// When the plan cannot be read again.
pub fn with(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<(Snapshot, Vec<FileWrite>)> {
    let mut snapshot = context.workspace()?.snapshot(&opened.folder, &|_| true)?;
    let mut changes = Vec::with_capacity(additions.len());
    for Addition { path, blocks, instead } in additions {
        // What was judged is what was read at first: a file that says something else by now is not written.
        let old = opened.snapshot.position(path).map(|place| opened.snapshot.text(place).to_owned());
        let start = instead.clone().or_else(|| old.clone()).unwrap_or_else(|| format!("schema = {SCHEMA}\n"));
        let new = blocks.iter().fold(start, |text, block| appended(&text, block).0);
        snapshot.put(path, new.clone());
        changes.push(FileWrite { path: opened.folder.path.join(path), old, new: Some(new) });
    }
    Ok((snapshot, changes))
}

/// Checks the plan with all that is added.
///
/// # Errors
/// When `check` would refuse it: then [`write`] does so, too.
pub fn check(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<()> {
    checked(context, opened, additions).map(drop)
}

fn checked(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<Vec<FileWrite>> {
    let (snapshot, changes) = with(context, opened, additions)?;
    let loaded = source::load(&snapshot, &opened.folder.name);
    if loaded.plan.is_none() {
        return Err(context.refuse_to_write(&loaded.findings, &snapshot).into());
    }
    Ok(changes)
}

/// Checks the plan with all that is added, and writes all of it or nothing.
///
/// # Errors
/// When `check` would refuse it, a file has changed since it was read, or the disk refuses.
pub fn write(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<Written> {
    let changes = checked(context, opened, additions)?;
    Ok(store::apply(&opened.folder.path, &changes, &context.occasion())?)
}
