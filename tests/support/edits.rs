//! Random edits of any plan: one value, key or table of its files is changed, left out or written twice, or an entry or
//! indicator renumbered.

use std::collections::BTreeMap;
use std::path::Path;

use kaikaku::plan::id::Id;
use kaikaku::plan::{Plan, Subject};
use kaikaku::renumber;
use kaikaku::source::{self, Snapshot};
use proptest::prelude::*;
use proptest::sample::Index;
use toml::{Table, Value};

/// The files of a plan by their paths.
pub type Files = BTreeMap<String, String>;

/// What is done to one value; or, wherever it is, to an id.
#[derive(Debug, Clone, Copy)]
pub enum Op {
    Change,
    Remove,
    Twice,
    Renumber,
}

/// An edit: what, and where.
pub type Edit = (Index, Index, Op);

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
    let op = prop_oneof![4 => Just(Op::Change), 2 => Just(Op::Remove), 1 => Just(Op::Twice), 1 => Just(Op::Renumber)];
    (any::<Index>(), any::<Index>(), op)
}

/// The files of the plan `tests/plans/<name>`, or of the examples in `docs/en/reference/files.md`.
pub fn plan_files(name: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if name == "README" {
        let text = std::fs::read_to_string(root.join("docs/en/reference/files.md")).unwrap();
        let blocks = text.split("```toml\n# plan/").skip(1).filter_map(|block| block.split("```").next());
        let mut files = Files::new();
        for block in blocks {
            let (path, text) = block.split_once('\n').unwrap();
            if let Some(path) = path.strip_prefix("reform/") {
                files.entry(path.to_owned()).or_default().push_str(text);
            }
        }
        return files;
    }
    let folder = root.join("tests/plans").join(name);
    let snapshot = Snapshot::of_folder(&folder, folder.clone(), &|_| true);
    snapshot.files.iter().map(|file| (file.path.clone(), file.text().to_owned())).collect()
}

/// The files as the program reads them.
pub fn snapshot(files: &Files) -> Snapshot {
    let mut snapshot = Snapshot::default();
    files.iter().for_each(|(path, text)| snapshot.put(path, text.clone()));
    snapshot
}

/// The plan in the files, where it has no errors.
pub fn plan(files: &Files) -> Option<Plan> {
    source::load(&snapshot(files), "plan").plan
}

/// The files after an edit, where that is still a plan.
pub fn edited(files: &Files, (file, place, op): Edit) -> Option<Files> {
    if matches!(op, Op::Renumber) {
        return renumbered(files, place);
    }
    let paths: Vec<&String> = files.keys().collect();
    let path = paths[file.index(paths.len())];
    let mut table: Table = toml::from_str(&files[path]).unwrap();
    let places = places(&table);
    let at = places.get(place.index(places.len().max(1)))?;
    let (last, around) = at.split_last().unwrap();
    let holder = around.iter().try_fold(Holder::Table(&mut table), |holder, step| holder.into(step))?;
    holder.apply(last, op);
    let mut changed = files.clone();
    changed.insert(path.clone(), toml::to_string(&table).ok()?);
    plan(&changed).is_some().then_some(changed)
}

/// The files after an entry, with what is under it, or an indicator got another id, its own in `formerly`.
fn renumbered(files: &Files, which: Index) -> Option<Files> {
    let plan = plan(files)?;
    let entries = (0..plan.entries.len()).map(Subject::Entry);
    let subjects: Vec<Subject> = entries.chain((0..plan.indicators.len()).map(Subject::Indicator)).collect();
    let subject = subjects[which.index(subjects.len())];
    let new = match subject {
        Subject::Entry(place) => match plan.entries[place].id.stem() {
            Some(stem) => format!("{stem}-77"),
            None => "77".to_owned(),
        },
        Subject::Indicator(place) => format!("{}-77", plan.indicators[place].id),
    };
    let ids = renumber::ids(&plan, subject, &Id::parse(&new).ok()?).ok()?;
    let mut snapshot = snapshot(files);
    let changes = renumber::changes(&snapshot, &ids).ok()?;
    renumber::then(&mut snapshot, &changes);
    let changed: Files = snapshot.files.iter().map(|file| (file.path.clone(), file.text().to_owned())).collect();
    self::plan(&changed).is_some().then_some(changed)
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Item(usize),
}

enum Holder<'t> {
    Table(&'t mut Table),
    Array(&'t mut Vec<Value>),
}

impl<'t> Holder<'t> {
    fn into(self, step: &Step) -> Option<Holder<'t>> {
        let value = match (self, step) {
            (Holder::Table(table), Step::Key(key)) => table.get_mut(key)?,
            (Holder::Array(array), Step::Item(at)) => array.get_mut(*at)?,
            _ => return None,
        };
        match value {
            Value::Table(table) => Some(Holder::Table(table)),
            Value::Array(array) => Some(Holder::Array(array)),
            _ => None,
        }
    }

    fn apply(self, step: &Step, op: Op) {
        match (self, step, op) {
            (Holder::Table(table), Step::Key(key), Op::Change) => other(table.get_mut(key).unwrap()),
            (Holder::Table(table), Step::Key(key), Op::Remove) => drop(table.remove(key)),
            (Holder::Table(table), Step::Key(key), Op::Twice) => {
                let value = table[key].clone();
                table.insert(format!("{key}9"), value);
            }
            (Holder::Array(array), Step::Item(at), Op::Change) => other(&mut array[*at]),
            (Holder::Array(array), Step::Item(at), Op::Remove) => drop(array.remove(*at)),
            (Holder::Array(array), Step::Item(at), Op::Twice) => array.insert(*at, array[*at].clone()),
            _ => unreachable!(),
        }
    }
}

/// Every place of a table, from the outside in.
fn places(table: &Table) -> Vec<Vec<Step>> {
    fn walk(value: &Value, at: &[Step], all: &mut Vec<Vec<Step>>) {
        let mut step = |step: Step, value: &Value| {
            let place: Vec<Step> = at.iter().cloned().chain([step]).collect();
            walk(value, &place, all);
            all.push(place);
        };
        match value {
            Value::Table(table) => table.iter().for_each(|(key, value)| step(Step::Key(key.clone()), value)),
            Value::Array(array) => array.iter().enumerate().for_each(|(at, value)| step(Step::Item(at), value)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    walk(&Value::Table(table.clone()), &[], &mut all);
    all
}

/// Makes another value of a value, of a kind that may stand there.
fn other(value: &mut Value) {
    let swaps = [
        ("up", "down"),
        ("good", "late"),
        ("slow", "good"),
        ("a", "x"),
        ("dept", "committee"),
        ("R6", "R7"),
        ("R9", "R8"),
    ];
    match value {
        Value::String(text) => match swaps.iter().find(|(from, _)| from == text) {
            Some((_, to)) => *text = (*to).to_owned(),
            None => text.push('改'),
        },
        Value::Integer(number) => *number += 1,
        Value::Float(number) => *number += 1.0,
        Value::Boolean(flag) => *flag = !*flag,
        Value::Datetime(date) => *date = "2026-01-31".parse().unwrap(),
        Value::Array(array) => array.reverse(),
        Value::Table(table) => {
            let first = table.keys().next().cloned();
            first.map(|key| table.remove(&key));
        }
    }
}
