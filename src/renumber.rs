//! Renumbering (番号の変更): an entry with everything under it, or an indicator, gets another id, and every key, reference and
//! records file that names it follows. Nothing else changes, which is checked before anything is written.

pub mod edits;
pub mod verify;

use std::collections::BTreeMap;

use crate::failure::Failure;
use crate::ledger;
use crate::ledger::files::Files;
use crate::plan::id::Id;
use crate::plan::{Plan, Subject};
use crate::say;
use crate::source::{Snapshot, is_definition, is_themes};
use edits::{Edit, apply, edits, in_themes};

/// Old ids and the new ones in their place.
pub type Ids = BTreeMap<Id, Id>;

/// What a renumbering does to one file.
#[derive(Debug, Clone)]
pub struct FileChange {
    /// Where it is, relative to the plan folder.
    pub path: String,
    /// Where it goes, if it is renamed.
    pub to: Option<String>,
    /// What changes in its text, in order; nothing in a file that is renamed.
    pub edits: Vec<Edit>,
    /// Its text now.
    pub old: String,
    /// Its text then.
    pub new: String,
}

/// Which ids change when `subject` is called `new`.
///
/// # Errors
/// When the new id is taken, or an entry would have nothing above it or stand at another level.
pub fn ids(plan: &Plan, subject: Subject, new: &Id) -> Result<Ids, Failure> {
    let ids: Ids = match subject {
        Subject::Indicator(place) => [(plan.indicators[place].id.clone(), new.clone())].into(),
        Subject::Entry(root) => under(plan, root, new)?,
    };
    ids.iter().try_for_each(|(old, new)| is_free(plan, old, new))?;
    if let Subject::Entry(root) = subject {
        has_place(plan, root, new)?;
    }
    Ok(ids)
}

/// The entry and what is numbered after it. What stands under it by `parent` alone keeps its id.
fn under(plan: &Plan, root: usize, new: &Id) -> Result<Ids, Failure> {
    let stem = format!("{}-", plan.entries[root].id);
    let renumbered = plan.subtree(root).filter_map(|place| {
        let old = &plan.entries[place].id;
        let id = match old.as_str().strip_prefix(&stem) {
            Some(rest) => Id::parse(&format!("{new}-{rest}")).map_err(|_| too_long(old, new)),
            None if place == root => Ok(new.clone()),
            None => return None,
        };
        Some(id.map(|id| (old.clone(), id)))
    });
    renumbered.collect()
}

fn too_long(old: &Id, new: &Id) -> Failure {
    Failure::new(
        say!(
            "「{old}」を「{new}」の下に移すと、番号が長くなりすぎます",
            "the ID of `{old}` gets too long under `{new}`"
        ),
        say!("短い番号にしてください", "give a shorter ID"),
    )
}

/// The new number must name a place of the same level as the old one.
fn has_place(plan: &Plan, root: usize, new: &Id) -> Result<(), Failure> {
    let entry = &plan.entries[root];
    let above = entry.parent.map(|parent| &plan.entries[parent].id);
    if above != entry.id.stem().as_ref() {
        // `parent = …` says where it stands, whatever its number.
        return Ok(());
    }
    let level = plan.level_name(entry.level);
    let Some(stem) = new.stem() else {
        return if entry.level == 0 { Ok(()) } else { Err(wrong_level(entry.id.as_str(), new, level)) };
    };
    let Some(Subject::Entry(parent)) = plan.index.get(&stem).copied().filter(|_| is_present(plan, &stem)) else {
        return Err(Failure::new(
            say!("「{new}」の上にあるはずの「{stem}」がありません", "there is no `{stem}` for `{new}` to go under"),
            say!("上の項目を先に作るか、番号を確かめてください", "make the entry above it first, or check the id"),
        ));
    };
    if plan.subtree(root).any(|place| place == parent) {
        return Err(Failure::new(
            say!("「{}」を自分の下に移すことはできません", "`{}` cannot go under itself", entry.id),
            say!("番号を確かめてください", "check the ID"),
        ));
    }
    if plan.entries[parent].level + 1 == entry.level { Ok(()) } else { Err(wrong_level(entry.id.as_str(), new, level)) }
}

fn wrong_level(old: &str, new: &Id, level: &str) -> Failure {
    Failure::new(
        say!(
            "「{old}」（{level}）を「{new}」にすると、階層が変わります",
            "`{old}` is of the level {level}; as `{new}` it would be of another"
        ),
        say!("同じ階層の番号にしてください", "give it an ID of the same level"),
    )
}

fn is_present(plan: &Plan, id: &Id) -> bool {
    plan.index.get(id).is_some_and(|subject| present(plan, *subject) == id)
}

fn present(plan: &Plan, subject: Subject) -> &Id {
    match subject {
        Subject::Entry(place) => &plan.entries[place].id,
        Subject::Indicator(place) => &plan.indicators[place].id,
    }
}

/// An id that was ever used means one thing for ever; only whoever had it may have it back.
fn is_free(plan: &Plan, old: &Id, new: &Id) -> Result<(), Failure> {
    let Some(holder) = plan.index.get(new).map(|subject| present(plan, *subject)) else { return Ok(()) };
    if holder == old && new != old {
        return Ok(());
    }
    let other = say!(
        "ほかの番号にしてください（一度使った番号は、ほかの項目に使えません）",
        "choose another ID; one that was once used is not used again"
    );
    Err(match () {
        () if new == old => Failure::plain(say!("既に「{new}」です", "it is already `{new}`")),
        () if holder == new => Failure::new(say!("「{new}」は既に使われています", "`{new}` is taken"), other),
        () => Failure::new(say!("「{new}」は「{holder}」の旧番号です", "`{new}` is a former id of `{holder}`"), other),
    })
}

/// What changes in the files of a plan when these ids change, in order of path.
///
/// # Errors
/// When a records file of a new id is there already.
pub fn changes(snapshot: &Snapshot, ids: &Ids) -> Result<Vec<FileChange>, Failure> {
    let mut changes = Vec::new();
    for file in &snapshot.files {
        let (path, old) = (file.path.clone(), file.text().to_owned());
        if is_definition(&path) || is_themes(&path) {
            let edits = if is_themes(&path) { in_themes(&old, ids) } else { edits(&old, ids) };
            let new = apply(&old, &edits);
            changes.extend((!edits.is_empty()).then_some(FileChange { path, to: None, edits, old, new }));
        } else if let Some((files, new_id)) = named_by_id(&path).and_then(|(files, id)| Some((files, ids.get(&id)?))) {
            let to = files.path(new_id);
            if snapshot.position(&to).is_some() {
                return Err(Failure::new(
                    say!("記録のファイル {to} が既にあります", "the records file {to} already exists"),
                    say!("中身を {path} に移してから実行してください", "move its contents to {path} first"),
                ));
            }
            changes.push(FileChange { path, to: Some(to), edits: Vec::new(), new: old.clone(), old });
        }
    }
    Ok(changes)
}

/// The files of the ledger that are called by an id, and the id of the one at this path.
fn named_by_id(path: &str) -> Option<(Files, Id)> {
    let files = ledger::kinds_in(path).map(|kind| kind.files).find(Files::are_named_by_id)?;
    Some((files, Id::parse(files.stem(path)?).ok()?))
}

/// The files as they are then.
pub fn then(snapshot: &mut Snapshot, changes: &[FileChange]) {
    snapshot.files.retain(|file| !changes.iter().any(|change| change.to.is_some() && change.path == file.path));
    for change in changes {
        snapshot.put(change.to.as_ref().unwrap_or(&change.path), change.new.clone());
    }
}
