//! A new entry, indicator, owner, initiative or milestone, at the place where a reader would look for it.

use super::text::{self, Order, Pairs, Step};
use super::value::{Given, given};
use super::{Change, Target, field, home, kept, text_of};
use crate::failure::Failure;
use crate::keys::{self, Form};
use crate::lang::Say;
use crate::ledger::block::quoted;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::renumber::edits::{Edit, apply};
use crate::say;
use crate::source::{Snapshot, is_definition};

/// What is added: its keys with the values as people type them, in the order of the file. A value by year is typed as
/// `R9=80`; a key may stand several times.
pub type Typed<'t> = Vec<(&'static str, &'t str)>;

/// The next number under an entry, or at the top, that nobody has or had.
pub fn next_number(plan: &Plan, under: Option<usize>) -> Option<Id> {
    let stem = under.map(|place| format!("{}-", plan.entries[place].id)).unwrap_or_default();
    let last = |id: &Id| id.as_str().strip_prefix(&stem)?.parse::<u32>().ok();
    let used = plan.index.keys().filter_map(last).max().unwrap_or(0);
    free(plan, (used + 1..).map(|n| format!("{stem}{n}")))
}

/// An id for a new owner.
pub fn next_owner(plan: &Plan) -> Option<Id> {
    let is_free = |id: &Id| plan.owners.iter().all(|owner| owner.id != *id);
    (1u32..).filter_map(|n| Id::parse(&format!("dept-{n}")).ok()).find(is_free)
}

/// An id for a new indicator.
pub fn next_indicator(plan: &Plan) -> Option<Id> {
    free(plan, (plan.indicators.len() + 1..).map(|n| format!("kpi-{n}")))
}

fn free(plan: &Plan, names: impl Iterator<Item = String>) -> Option<Id> {
    names.filter_map(|name| Id::parse(&name).ok()).find(|id| !plan.index.contains_key(id))
}

/// The keys and values of a new table as TOML.
fn pairs(plan: &Plan, form: &'static Form, typed: &Typed<'_>) -> Result<Pairs, Failure> {
    let mut pairs = Pairs::new();
    for key in field::order(form) {
        let texts: Vec<&str> =
            typed.iter().filter(|(of, text)| *of == key && !text.trim().is_empty()).map(|(_, t)| *t).collect();
        let (Some(known), false) = (form.key(key), texts.is_empty()) else { continue };
        let label = field::name(form, key);
        let value = match known.shape() {
            keys::Shape::Values | keys::Shape::Steps => Some(by_year(plan, known, &label, &texts)?),
            shape => {
                let all: Vec<Given> =
                    texts.iter().map(|text| given(plan, key, shape, &label, text)).collect::<Result<_, _>>()?;
                joined(all).toml()
            }
        };
        pairs.extend(value.map(|value| (known.name, value)));
    }
    Ok(pairs)
}

/// Several values of one key as one.
fn joined(all: Vec<Given>) -> Given {
    let (mut texts, mut last) = (Vec::new(), Given::Nothing);
    for given in all {
        match given {
            Given::Texts(more) => texts.extend(more),
            other => last = other,
        }
    }
    if texts.is_empty() { last } else { Given::Texts(texts) }
}

/// `{ R8 = 70, R9 = 80 }` from `R8=70` and `R9=80`.
fn by_year(plan: &Plan, key: &'static keys::Key, label: &Say, texts: &[&str]) -> Result<String, Failure> {
    let mut values: Vec<(Period, String)> = Vec::new();
    for text in texts {
        let (when, value) = text.split_once(['=', '＝']).ok_or_else(|| without_year(label, text))?;
        let period = Period::parse(when).map_err(|error| Failure::new(error.say(), error.hint()))?.period;
        let value =
            given(plan, key.name, key.shape(), label, value)?.toml().ok_or_else(|| without_year(label, text))?;
        values.push((period, value));
    }
    values.sort_by_key(|(period, _)| period.last_day());
    let parts: Vec<String> = values.iter().map(|(period, value)| format!("{} = {value}", period.short())).collect();
    Ok(format!("{{ {} }}", parts.join(", ")))
}

fn without_year(label: &Say, text: &str) -> Failure {
    let Say { ja, en } = label;
    Failure::new(
        say!("「{text}」は{ja}として読めません", "`{text}` cannot be read as {en}"),
        say!("R9=80 のように、年度と値を = でつないでください", "join the year and the value by =, such as R9=80"),
    )
}

/// Refuses an id that is or was in use.
fn is_free(plan: &Plan, id: &Id) -> Result<(), Failure> {
    if !plan.index.contains_key(id) {
        return Ok(());
    }
    Err(Failure::new(
        say!("「{id}」は既に使われています", "`{id}` is taken"),
        say!(
            "ほかの番号にしてください（一度使った番号は、ほかに使えません）",
            "choose another ID; one that was once used is not used again"
        ),
    ))
}

/// A new entry; where the plan says how many it must have, one more of its level.
///
/// # Errors
/// When the id is taken or something cannot be read.
pub fn entry(
    snapshot: &Snapshot,
    plan: &Plan,
    id: &Id,
    under: Option<usize>,
    typed: &Typed<'_>,
) -> Result<Vec<Change>, Failure> {
    is_free(plan, id)?;
    let level = under.map_or(0, |place| plan.entries[place].level + 1);
    if level >= plan.head.levels.len() {
        let last = plan.head.levels.last().map_or("", |level| &**level);
        return Err(Failure::new(
            say!("「{last}」の下に項目は置けません", "nothing comes under a {last}"),
            say!(
                "取組内容なら kaikaku add initiative で書き足せます",
                "add an initiative with `kaikaku add initiative`"
            ),
        ));
    }
    let parent = under.map(|place| plan.entries[place].id.clone());
    let mut pairs = pairs(plan, &keys::ENTRY, typed)?;
    if id.stem() != parent
        && let Some(parent) = &parent
    {
        pairs.push(("parent", quoted(parent.as_str())));
    }
    let block = text::block(&format!("[{id}]"), &pairs);
    let mut siblings: Vec<&Id> =
        plan.entries.iter().filter(|e| e.parent == under).map(|e| &e.id).filter(|sibling| *sibling < id).collect();
    siblings.sort();
    let before = siblings.last().copied().or(parent.as_ref());
    let mut changes = vec![beside(snapshot, plan, id, before, under.is_none(), &block)];
    changes.extend(expected(snapshot, plan, level));
    Ok(changes)
}

/// The block behind all that stands under `before`; at the top in a file of its own, where the others have their own.
fn beside(snapshot: &Snapshot, plan: &Plan, id: &Id, before: Option<&Id>, is_top: bool, block: &str) -> Change {
    let own = format!("outline/{id}.toml");
    let home = before.and_then(|before| home(snapshot, before));
    let tops = |text: &str| plan.entries.iter().filter(|e| e.parent.is_none() && text::has(text, &e.id)).count();
    if let (Some(path), Some(before)) = (home, before)
        && let Some(old) = text_of(snapshot, path)
        && !(is_top && tops(old) < 2 && text_of(snapshot, &own).is_none())
    {
        // The table itself, then whatever is numbered under it in the same file.
        let own = plan.entries.iter().position(|entry| entry.id == *before);
        let is_before = is_top || id.stem().as_ref() != Some(before);
        let ids: Vec<&Id> = match own.filter(|_| is_before) {
            Some(place) => plan.subtree(place).map(|at| &plan.entries[at].id).collect(),
            None => vec![before],
        };
        let new = text::behind_ids(old, &ids, block).unwrap_or_else(|| text::at_end(old, block));
        return Change { path: path.to_owned(), old: Some(old.to_owned()), new };
    }
    at_end(snapshot, &own, block)
}

fn at_end(snapshot: &Snapshot, path: &str, block: &str) -> Change {
    let old = text_of(snapshot, path);
    let new = text::at_end(old.unwrap_or("schema = 1\n"), block);
    Change { path: path.to_owned(), old: old.map(str::to_owned), new }
}

/// `expect` with one more of a level.
fn expected(snapshot: &Snapshot, plan: &Plan, level: usize) -> Option<Change> {
    let count = plan.head.expect.get(level)?;
    let old = text_of(snapshot, "plan.toml")?;
    let span = text::element(old, "expect", level)?;
    let new = apply(old, &[Edit { span, new: (count + 1).to_string() }]);
    Some(Change { path: "plan.toml".into(), old: Some(old.to_owned()), new })
}

/// A new indicator: behind the last one under the same heading, or of the same entry; else at the end.
///
/// # Errors
/// When the id is taken or something cannot be read.
pub fn indicator(snapshot: &Snapshot, plan: &Plan, id: &Id, typed: &Typed<'_>) -> Result<Vec<Change>, Failure> {
    is_free(plan, id)?;
    let pairs = pairs(plan, &keys::INDICATOR, typed)?;
    let block = text::block(&format!("[{id}]"), &pairs);
    let named =
        |key: &'static str| typed.iter().filter(move |(of, _)| *of == key).filter_map(|(_, text)| plan.find(text));
    let heading = named("parent").next();
    let entries: Vec<_> = named("entry").collect();
    let near = |at: &usize| {
        let one = &plan.indicators[*at];
        let of_heading = heading.is_some_and(|heading| {
            heading == Subject::Indicator(*at) || one.parent.map(Subject::Indicator) == Some(heading)
        });
        let shares = |entry: &usize| entries.contains(&Subject::Entry(*entry));
        of_heading || heading.is_none() && one.entries.iter().any(shares)
    };
    let before = (0..plan.indicators.len()).rfind(near).map(|at| &plan.indicators[at].id);
    if let Some(before) = before
        && let Some(path) = home(snapshot, before)
        && let Some(old) = text_of(snapshot, path)
        && let Some(new) = text::behind_ids(old, &[before], &block)
    {
        return Ok(vec![Change { path: path.to_owned(), old: Some(old.to_owned()), new }]);
    }
    let files = || snapshot.files.iter().map(|file| file.path.as_str()).filter(|path| is_definition(path));
    let last = files().filter(|path| path.starts_with("indicators")).last().unwrap_or("indicators.toml");
    Ok(vec![at_end(snapshot, last, &block)])
}

/// A new owner: behind the last one of the same bureau, else at the end.
///
/// # Errors
/// When the id or the name is taken or something cannot be read.
pub fn owner(snapshot: &Snapshot, plan: &Plan, id: &Id, typed: &Typed<'_>) -> Result<Vec<Change>, Failure> {
    if plan.owners.iter().any(|owner| owner.id == *id) {
        let next = next_owner(plan).map(|id| id.to_string()).unwrap_or_default();
        return Err(Failure::new(
            say!("「{id}」は既に使われています", "`{id}` is taken"),
            say!("{next} など、ほかの id にしてください", "choose another id, such as {next}"),
        ));
    }
    let pairs = pairs(plan, &keys::OWNER, typed)?;
    let block = text::block(&format!("[{id}]"), &pairs);
    let bureau = typed.iter().find(|(key, _)| *key == "bureau").map(|(_, text)| text.trim());
    let before = plan.owners.iter().rfind(|owner| bureau.is_some() && owner.bureau.as_deref() == bureau);
    if let Some(before) = before
        && let Some(old) = text_of(snapshot, "owners.toml")
        && let Some(new) = text::behind_ids(old, &[&before.id], &block)
    {
        return Ok(vec![Change { path: "owners.toml".into(), old: Some(old.to_owned()), new }]);
    }
    Ok(vec![at_end(snapshot, "owners.toml", &block)])
}

/// A new initiative of an entry.
///
/// # Errors
/// When something cannot be read, or the file is written so that nothing can be added.
pub fn initiative(snapshot: &Snapshot, plan: &Plan, entry: usize, typed: &Typed<'_>) -> Result<Vec<Change>, Failure> {
    let pairs = pairs(plan, &keys::INITIATIVE, typed)?;
    let steps = vec![Step::Id(plan.entries[entry].id.clone())];
    pushed(snapshot, plan, entry, &steps, ("initiative", true), &pairs)
}

/// A new milestone of an entry, or of one of its initiatives.
///
/// # Errors
/// When something cannot be read, or the file is written so that nothing can be added.
pub fn milestone(
    snapshot: &Snapshot,
    plan: &Plan,
    entry: usize,
    initiative: Option<usize>,
    typed: &Typed<'_>,
) -> Result<Vec<Change>, Failure> {
    let pairs = pairs(plan, &keys::MILESTONE, typed)?;
    let mut steps = vec![Step::Id(plan.entries[entry].id.clone())];
    steps.extend(initiative.map(|place| Step::Nth("initiative".into(), place)));
    pushed(snapshot, plan, entry, &steps, ("milestone", false), &pairs)
}

fn pushed(
    snapshot: &Snapshot,
    plan: &Plan,
    entry: usize,
    steps: &[Step],
    (key, headed): (&str, bool),
    pairs: &Pairs,
) -> Result<Vec<Change>, Failure> {
    let path = home(snapshot, &plan.entries[entry].id).unwrap_or_default();
    let old = text_of(snapshot, path).unwrap_or_default();
    let form = if steps.len() > 1 { &keys::INITIATIVE } else { field::form(Target::Entry(entry)) };
    let order = field::order(form);
    let new = text::push(old, steps, key, Order::Listed(&order), pairs, headed).map_err(|why| kept(why, path))?;
    Ok(vec![Change { path: path.to_owned(), old: Some(old.to_owned()), new }])
}
