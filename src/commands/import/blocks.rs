//! What a list adds to the definition of a plan, as the text of its files.

use std::collections::BTreeMap;

use crate::commands::Opened;
use crate::commands::inquiry::post::Addition;
use crate::define::text::{Order, Pairs, block, set_texts};
use crate::inquiry::import::{Brought, NewEntry, NewIndicator, NewOwner};
use crate::ledger::block::quoted;
use crate::plan::Plan;
use crate::plan::inquiry::{Aspect, Field, ListColumns, Role};
use crate::plan::owner::owners_called;
use crate::plan::period::Period;
use crate::text::same::is_same_name;

/// The files with new entries, indicators and owners.
pub fn definition(plan: &Plan, brought: &Brought<'_>) -> Vec<Addition> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut owners = brought.owners.clone();
    for entry in &brought.entries {
        let top = entry.id.as_str().split('-').next().unwrap_or_default();
        let called: Vec<String> = entry.owners.iter().map(|text| owner(plan, &mut owners, text)).collect();
        files.entry(format!("outline/{top}.toml")).or_default().push(entry_block(entry, &called));
    }
    for indicator in &brought.indicators {
        files.entry("indicators.toml".to_owned()).or_default().push(indicator_block(indicator));
    }
    let free = (1..).map(|n| format!("dept-{n}")).filter(|id| !plan.owners.iter().any(|owner| owner.id.as_str() == id));
    for (id, NewOwner { name, bureau }) in free.zip(&owners) {
        let mut pairs: Pairs = vec![("name", quoted(name))];
        pairs.extend(bureau.iter().map(|bureau| ("bureau", quoted(bureau))));
        files.entry("owners.toml".to_owned()).or_default().push(block(&format!("[{id}]"), &pairs));
    }
    files.into_iter().map(|(path, blocks)| Addition { path, blocks, instead: None }).collect()
}

/// An owner as files name it: in the plan's own spelling, or that of the first row, however the others spell it.
fn owner(plan: &Plan, owners: &mut Vec<NewOwner>, text: &str) -> String {
    if let Some(place) = plan.owner_called(text) {
        return plan.owners[place].label().to_owned();
    }
    if let Some(known) = owners.iter().find(|known| is_same_name(&known.name, text)) {
        return known.name.clone();
    }
    if owners_called(&plan.owners, text).is_empty() {
        owners.push(NewOwner { name: text.to_owned(), bureau: None });
    }
    text.to_owned()
}

fn texts(all: &[String]) -> Option<String> {
    match all {
        [] => None,
        [one] => Some(quoted(one)),
        several => Some(format!("[{}]", several.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))),
    }
}

fn entry_block(entry: &NewEntry, owners: &[String]) -> String {
    let mut pairs: Pairs = vec![("name", quoted(&entry.name))];
    pairs.extend(texts(owners).map(|owners| ("owner", owners)));
    pairs.extend(entry.summary.iter().map(|summary| ("summary", quoted(summary))));
    pairs.extend(texts(&entry.notes).map(|notes| ("note", notes)));
    block(&format!("[{}]", entry.id), &pairs)
}

fn indicator_block(indicator: &NewIndicator) -> String {
    let mut pairs: Pairs = vec![
        ("name", quoted(&indicator.name)),
        ("unit", quoted(&indicator.unit)),
        ("kind", quoted(indicator.way.kind)),
    ];
    pairs.extend(indicator.entry.iter().map(|entry| ("entry", quoted(entry.as_str()))));
    pairs.extend(texts(&indicator.owners).map(|owners| ("owner", owners)));
    for (key, wanted) in [("baseline", Aspect::Baseline), ("target", Aspect::Target)] {
        let mut of: Vec<_> = indicator.values.iter().filter(|((aspect, _), _)| *aspect == wanted).collect();
        of.sort_by_key(|((_, period), _)| period.last_day());
        let one = |listed: &crate::inquiry::import::Listed| match listed.in_words {
            true => quoted(&listed.written),
            false => listed.written.clone(),
        };
        let values: Vec<String> =
            of.iter().map(|((_, p), listed)| format!("{} = {}", key_of(*p), one(listed))).collect();
        if !values.is_empty() {
            pairs.push((key, format!("{{ {} }}", values.join(", "))));
        }
    }
    if !indicator.way.is_stated {
        pairs.push(("certainty", quoted("inferred")));
    }
    pairs.extend(texts(&indicator.notes).map(|notes| ("note", notes)));
    block(&format!("[{}]", indicator.id), &pairs)
}

/// A period as a key: one with a point is quoted.
fn key_of(period: Period) -> String {
    let short = period.short();
    if short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') { short } else { quoted(&short) }
}

/// `inquiry.toml` with the columns of a list, so that the next one is read the same way.
pub fn columns(columns: &ListColumns) -> Addition {
    let titles =
        |wanted: &dyn Fn(&Role) -> bool| columns.columns.iter().find(|(role, _)| wanted(role)).map(|(_, t)| &**t);
    let levels: Vec<&str> = (0..).map_while(|at| titles(&|role| *role == Role::Level(at))).collect();
    let numbers: Vec<&str> =
        (0..levels.len().max(1)).map(|at| titles(&|r| *r == Role::Number(at)).unwrap_or("")).collect();
    let list = |all: &[&str]| format!("[{}]", all.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "));
    let mut pairs: Pairs = Vec::new();
    pairs.extend(columns.sheet.iter().map(|sheet| ("sheet", quoted(sheet))));
    if !levels.is_empty() {
        pairs.push(("levels", list(&levels)));
    }
    if numbers.iter().any(|title| !title.is_empty()) {
        pairs.push(("numbers", list(&numbers)));
    }
    for (key, role) in Role::ONE_COLUMN {
        pairs.extend(titles(&|known| *known == role).map(|title| (key, quoted(title))));
    }
    let mut text = block("[import]", &pairs);
    let mut tables: BTreeMap<String, String> = BTreeMap::new();
    for (role, title) in &columns.columns {
        let (table, key) = match role {
            Role::Value(aspect, Some(period)) => (format!("import.{}", values_key(*aspect)), key_of(*period)),
            Role::Value(aspect, None) => ("import.row".to_owned(), values_key(*aspect).to_owned()),
            Role::Answer(field, period) => (reports_table(*period), field_key(field)),
            _ => continue,
        };
        tables.entry(table).or_default().push_str(&format!("{key} = {}\n", quoted(title)));
    }
    for (role, titles) in ticks(columns) {
        let Role::Tick(scale, period) = role else { continue };
        let line = format!("{} = {}\n", field_key(&Field::Rating(scale.clone())), list(&titles));
        tables.entry(reports_table(*period)).or_default().push_str(&line);
    }
    tables.iter().for_each(|(table, lines)| text.push_str(&format!("\n[{table}]\n{lines}")));
    Addition { path: "inquiry.toml".into(), blocks: vec![text], instead: None }
}

/// The columns of each scale and period of which one is ticked.
fn ticks(columns: &ListColumns) -> Vec<(&Role, Vec<&str>)> {
    let mut all: Vec<(&Role, Vec<&str>)> = Vec::new();
    for (role, title) in columns.columns.iter().filter(|(role, _)| matches!(role, Role::Tick(..))) {
        match all.iter_mut().find(|(known, _)| *known == role) {
            Some((_, titles)) => titles.push(title),
            None => all.push((role, vec![title])),
        }
    }
    all
}

fn values_key(aspect: Option<Aspect>) -> &'static str {
    match aspect {
        Some(Aspect::Baseline) => "baseline",
        Some(Aspect::Target) => "target",
        Some(Aspect::Actual) => "actual",
        None => "values",
    }
}

fn reports_table(period: Option<Period>) -> String {
    period.map_or_else(|| "import.answers".to_owned(), |period| format!("import.reports.{}", key_of(period)))
}

fn field_key(field: &Field) -> String {
    match field {
        Field::Step(called) => format!("step.{}", quoted(called)),
        Field::Reached(called) => format!("reached.{}", quoted(called)),
        other => other.to_string(),
    }
}

/// `plan.toml` with the levels of the list, where the plan has no entries yet; `None` where they are those of the plan.
pub fn levels(opened: &Opened, names: &[String]) -> Option<Addition> {
    let plan = &opened.plan;
    let known: Vec<&str> = plan.head.levels.iter().map(|level| &**level).collect();
    if !plan.entries.is_empty() || names.is_empty() || known == names {
        return None;
    }
    let place = opened.snapshot.position("plan.toml")?;
    let text = set_texts(opened.snapshot.text(place), &[], "levels", Order::Listed(&["levels"]), names).ok()?;
    Some(Addition { path: "plan.toml".into(), blocks: Vec::new(), instead: Some(text) })
}
