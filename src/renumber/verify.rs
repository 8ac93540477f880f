//! That a renumbering changed ids and nothing else: asked of the files as TOML, and of the plan that they make.

use toml::{Table, Value};

use super::{FileChange, Ids};
use crate::failure::Failure;
use crate::plan::id::Id;
use crate::plan::theme::Theme;
use crate::plan::{Plan, Subject};
use crate::say;
use crate::source::is_themes;

/// Whether every changed file says what it did, with the ids replaced.
///
/// # Errors
/// When one does not: the edits went wrong, and nothing may be written.
pub fn files(changes: &[FileChange], ids: &Ids) -> Result<(), Failure> {
    let read = |text: &str| text.strip_prefix('\u{feff}').unwrap_or(text).parse::<Table>().ok();
    for change in changes.iter().filter(|change| change.to.is_none()) {
        let renumbered = if is_themes(&change.path) { themes } else { renumbered };
        let wanted = read(&change.old).map(|table| renumbered(table, ids));
        if wanted.is_none() || wanted != read(&change.new) {
            return Err(not_the_same(&change.path));
        }
    }
    Ok(())
}

fn new_id<'i>(text: &str, ids: &'i Ids) -> Option<&'i Id> {
    ids.get(&Id::parse(text).ok()?)
}

/// What `themes.toml` must say then.
fn themes(mut table: Table, ids: &Ids) -> Table {
    let themes = table.iter_mut().filter_map(|(_, theme)| theme.as_table_mut());
    themes.filter_map(|theme| theme.get_mut("of")).for_each(|of| replace(of, ids));
    table
}

/// What a file must say then.
fn renumbered(table: Table, ids: &Ids) -> Table {
    let entry = |(key, value): (String, Value)| {
        let old = Id::parse(&key).ok();
        let new = old.as_ref().and_then(|old| ids.get(old));
        let value = match value {
            Value::Table(mut table) => {
                for reference in ["parent", "entry"] {
                    table.get_mut(reference).into_iter().for_each(|value| replace(value, ids));
                }
                let initiatives = table.get_mut("initiative").and_then(Value::as_array_mut);
                let tables = initiatives.into_iter().flatten().filter_map(Value::as_table_mut);
                tables.filter_map(|table| table.get_mut("also")).for_each(|value| replace(value, ids));
                if let (Some(old), Some(new)) = (&old, new) {
                    let before = table.remove("formerly");
                    table.insert("formerly".into(), formerly(before, old, new));
                }
                Value::Table(table)
            }
            value => value,
        };
        (new.map_or(key, ToString::to_string), value)
    };
    table.into_iter().map(entry).collect()
}

fn replace(value: &mut Value, ids: &Ids) {
    match value {
        Value::String(text) => *text = new_id(text, ids).map_or_else(|| text.clone(), ToString::to_string),
        Value::Array(all) => all.iter_mut().for_each(|value| replace(value, ids)),
        _ => {}
    }
}

/// `old` at the end, or where `new` stood.
fn formerly(before: Option<Value>, old: &Id, new: &Id) -> Value {
    let is_new = |value: &Value| value.as_str().and_then(|text| Id::parse(text).ok()).is_some_and(|id| id == *new);
    let old = Value::String(old.to_string());
    match before {
        Some(text @ Value::String(_)) if is_new(&text) => old,
        Some(Value::Array(mut all)) => {
            match all.iter_mut().find(|value| is_new(value)) {
                Some(back) => *back = old,
                None => all.push(old),
            }
            Value::Array(all)
        }
        before => Value::Array(before.into_iter().chain([old]).collect()),
    }
}

/// Whether the plan then is the plan now, with the ids replaced: who is in charge, what depends on what, which records.
///
/// # Errors
/// When it is not.
pub fn plans(now: &Plan, then: &Plan, ids: &Ids) -> Result<(), Failure> {
    let renamed = |id: &Id| ids.get(id).unwrap_or(id).clone();
    for entry in &now.entries {
        let id = renamed(&entry.id);
        let Some(Subject::Entry(at)) = then.index.get(&id) else { return Err(not_the_same(id.as_str())) };
        let other = &then.entries[*at];
        if entry.owners != other.owners {
            return Err(other_owner(&id));
        }
        let counts = |e: &crate::plan::entry::Entry| (e.level, e.name.clone(), e.updates.len(), e.initiatives.len());
        let above = |plan: &Plan, parent: Option<usize>| parent.map(|parent| plan.entries[parent].id.clone());
        let is_root = ids.contains_key(&entry.id) && above(now, entry.parent).is_none_or(|id| !ids.contains_key(&id));
        let stays = is_root || above(now, entry.parent).map(|id| renamed(&id)) == above(then, other.parent);
        if counts(entry) != counts(other) || !stays || then.index.get(&entry.id) != Some(&Subject::Entry(*at)) {
            return Err(not_the_same(id.as_str()));
        }
    }
    for indicator in &now.indicators {
        let id = renamed(&indicator.id);
        let Some(Subject::Indicator(at)) = then.index.get(&id) else { return Err(not_the_same(id.as_str())) };
        let other = &then.indicators[*at];
        let entries =
            |plan: &Plan, places: &[usize]| places.iter().map(|e| plan.entries[*e].id.clone()).collect::<Vec<_>>();
        let verifies: Vec<Id> = entries(now, &indicator.entries).iter().map(renamed).collect();
        let same = indicator.measures.len() == other.measures.len() && indicator.kind == other.kind;
        if !same || verifies != entries(then, &other.entries) || indicator.owners != other.owners {
            return Err(not_the_same(id.as_str()));
        }
    }
    let sizes = |plan: &Plan| (plan.entries.len(), plan.indicators.len());
    if sizes(now) == sizes(then) { Ok(()) } else { Err(not_the_same("")) }
}

/// Whether what is renumbered belongs to other themes then: under another entry it has those of that one.
pub fn moves_themes(now: &Plan, then: &Plan, ids: &Ids) -> bool {
    let belongs = |plan: &Plan, id: &Id| -> Vec<(Box<str>, Id)> {
        let subject = plan.index.get(id).copied();
        let has = |theme: &&Theme| match subject {
            Some(Subject::Entry(place)) => theme.entries.contains(&place),
            Some(Subject::Indicator(place)) => theme.indicators.contains(&place),
            None => false,
        };
        plan.themes.iter().filter(has).map(|theme| (theme.framework.clone(), theme.id.clone())).collect()
    };
    ids.iter().any(|(old, new)| belongs(now, old) != belongs(then, new))
}

fn not_the_same(what: &str) -> Failure {
    Failure::new(
        say!(
            "番号のほかに変わるものがあります（{what}）。何も書き込んでいません",
            "more than IDs would change ({what}); nothing was written"
        ),
        say!("手で書き換えて、kaikaku check で確かめてください", "change the files by hand, and run `kaikaku check`"),
    )
}

fn other_owner(id: &Id) -> Failure {
    Failure::new(
        say!(
            "「{id}」の所管課が変わります。何も書き込んでいません",
            "the owner of `{id}` would change; nothing was written"
        ),
        say!(
            "上の項目の所管課を引き継いでいます。先に owner を書いてください",
            "it inherits the owner of the entry above: give it its own `owner` first"
        ),
    )
}
