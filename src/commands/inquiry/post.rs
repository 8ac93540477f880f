//! Blocks that are added to several files of the plan as one, if `check` accepts them.

use anyhow::Result;

use crate::commands::record::appended;
use crate::commands::{Context, Opened};
use crate::failure::Failure;
use crate::source::workspace::PlanFolder;
use crate::source::{self, Snapshot};
use crate::store;

/// Blocks that come behind what a file of the plan says.
#[derive(Debug)]
pub struct Addition {
    /// The file, relative to the plan folder.
    pub path: String,
    /// In order.
    pub blocks: Vec<String>,
}

/// A file as it was read and as it is to be.
#[derive(Debug)]
pub struct Change {
    path: String,
    old: Option<String>,
    new: String,
}

/// The files of the plan with all that is added, and what changes in them.
///
/// # Errors
/// When the plan cannot be read again.
pub fn with(context: &Context, opened: &Opened, additions: &[Addition]) -> Result<(Snapshot, Vec<Change>)> {
    let mut snapshot = context.workspace()?.snapshot(&opened.folder, |_| true)?;
    let mut changes = Vec::with_capacity(additions.len());
    for Addition { path, blocks } in additions {
        let old = snapshot.position(path).map(|place| snapshot.text(place).to_owned());
        let start = old.clone().unwrap_or_else(|| "schema = 1\n".to_owned());
        let new = blocks.iter().fold(start, |text, block| appended(&text, block));
        snapshot.put(path, new.clone());
        changes.push(Change { path: path.clone(), old, new });
    }
    Ok((snapshot, changes))
}

/// Checks the plan with all that is added, and writes it.
///
/// # Errors
/// When `check` would refuse it, or a file cannot be written.
pub fn write(context: &Context, opened: &Opened, additions: Vec<Addition>) -> Result<()> {
    let folder = &opened.folder;
    let mut snapshot = context.workspace()?.snapshot(folder, |_| true)?;
    let mut changes = Vec::with_capacity(additions.len());
    for Addition { path, blocks } in additions {
        let old = snapshot.position(&path).map(|place| snapshot.text(place).to_owned());
        let start = old.clone().unwrap_or_else(|| "schema = 1\n".to_owned());
        let new = blocks.iter().fold(start, |text, block| appended(&text, block).0);
        snapshot.put(&path, new.clone());
        changes.push(Change { path, old, new });
    }
    let loaded = source::load(&snapshot, &folder.name);
    let (snapshot, changes) = with(context, opened, &additions)?;
    let loaded = source::load(&snapshot, &opened.folder.name);
    if loaded.plan.is_none() {
        return Err(context.refuse_to_write(&loaded.findings, &snapshot).into());
    }
    Ok(store_all(&opened.folder, &changes)?)
}

fn store_all(folder: &PlanFolder, changes: &[Change]) -> Result<(), Failure> {
    changes.iter().try_for_each(|change| {
        store::replace(&folder.path, &folder.path.join(&change.path), change.old.as_deref(), &change.new)
    })
}
