//! 工程: `[roadmap]` of the plan, `steps` of the outline, `step` and `reached` of the records.

use toml::de::DeValue;

use crate::fields::registers::{Registers, unknown};
use crate::fields::{Fields, Node, Text};
use crate::finding::Code;
use crate::lang::Say;
use crate::plan::entry::Entry;
use crate::plan::road::{Lane, PlannedStep, Reached, step_named, usual_steps};
use crate::plan::source::Origin;
use crate::say;
use crate::text::terms;

/// The names of the steps that the plan knows, in order; the usual ones where it names none.
pub fn names(fields: &Fields<'_>) -> Vec<Say> {
    let Some(table) = fields.table("roadmap") else { return usual_steps() };
    table.need("steps");
    let named = table.texts("steps").into_iter().map(|t| Say { ja: t.text.to_owned(), en: t.text.to_owned() });
    let named: Vec<Say> = named.collect();
    if named.is_empty() { usual_steps() } else { named }
}

/// Reads `steps = { R6 = "検討", R7 = ["準備", "実施"] }`: what is planned for each year.
pub fn steps(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Box<[PlannedStep]> {
    let Some(table) = fields.table("steps") else { return Box::default() };
    let mut planned = Vec::new();
    for (key, node) in table.entries() {
        let steps: Vec<usize> = table.as_texts(node).iter().filter_map(|text| step(&table, text, registers)).collect();
        let period = table.period_of(key.text, key.span.clone());
        let Some(year) = period.and_then(|period| table.whole_year(period, key.span.clone())) else { continue };
        if registers.years.is_some_and(|(from, to)| year < from || to < year) {
            table.findings().add(
                Code::OutsidePlan,
                key.span.clone(),
                say!("計画期間の外の年度です", "this year lies outside the plan"),
                say!(
                    "年度の書き間違いがないか、plan.toml の period を確かめてください",
                    "check the year for a typing error, and `period` in plan.toml"
                ),
            );
        }
        let offset = u32::try_from(key.span.start).unwrap_or(around.offset);
        planned.extend(steps.into_iter().map(|step| PlannedStep { year, step, origin: Origin { offset, ..*around } }));
    }
    planned.sort_by_key(|planned| planned.year);
    planned.into()
}

fn step(fields: &Fields<'_>, text: &Text<'_>, registers: &Registers) -> Option<usize> {
    let found = step_named(&registers.steps, text.text);
    // Without a plan.toml that could be read nobody knows which steps there are.
    if found.is_none() && !registers.steps.is_empty() {
        let known = registers.steps.iter().map(|step| step.ja.as_str());
        let nothing =
            say!("plan.toml の [roadmap] に steps を書いてください", "write `steps` in [roadmap] of plan.toml");
        unknown(fields.findings(), Code::UnknownStep, text, ("工程の段階", "step"), known, nothing);
    }
    found
}

/// Reads `step` and `reached` of a record.
pub fn reached(fields: &Fields<'_>, entry: &Entry, registers: &Registers) -> Option<Box<Reached>> {
    let steps = fields.get("step").map(|node| standing(fields, node, entry, registers)).unwrap_or_default();
    let table = fields.table("reached");
    let milestones = table.map(|table| {
        let read = |(name, node): (Text<'_>, Node<'_>)| {
            let date = table.as_period(node);
            let (lane, place) = milestone(&table, &name, entry)?;
            Some((lane, place, date?))
        };
        table.entries().into_iter().filter_map(read).collect()
    });
    let reached = Reached { steps, milestones: milestones.unwrap_or_default() };
    (reached != Reached::default()).then(|| Box::new(reached))
}

/// `"実施"` for the entry itself, `{ 取組内容の名称 = "実施" }` for its initiatives.
fn standing(fields: &Fields<'_>, node: Node<'_>, entry: &Entry, registers: &Registers) -> Vec<(Lane, usize)> {
    let DeValue::Table(_) = node.get_ref() else {
        let text = fields.as_text(node);
        return text.and_then(|text| step(fields, &text, registers)).map(|step| (None, step)).into_iter().collect();
    };
    let Some(table) = fields.as_table(node) else { return Vec::new() };
    let read = |(name, node): (Text<'_>, Node<'_>)| {
        let step = table.as_text(node).and_then(|text| step(&table, &text, registers));
        let lane = entry.lane(name.text);
        if lane.is_none() {
            let known = entry.initiatives.iter().map(|i| &*i.name).chain([entry.id.as_str()]);
            unknown(table.findings(), Code::UnknownMilestone, &name, terms::INITIATIVE.words(), known, Say::default());
        }
        Some((lane?, step?))
    };
    table.entries().into_iter().filter_map(read).collect()
}

fn milestone(fields: &Fields<'_>, text: &Text<'_>, entry: &Entry) -> Option<(Lane, usize)> {
    let found = entry.milestones_named(text.text);
    match found[..] {
        [one] => Some(one),
        [] => {
            let known = entry.lanes().flat_map(|lane| entry.milestones_of(lane)).map(|milestone| &*milestone.name);
            let nothing = say!(
                "この項目に節目はありません。outline の milestone に書き足してください",
                "this entry has no milestones: add one to `milestone` in the outline"
            );
            unknown(fields.findings(), Code::UnknownMilestone, text, terms::MILESTONE.words(), known, nothing);
            None
        }
        _ => {
            let name = text.text;
            fields.findings().add(
                Code::UnknownMilestone,
                text.span.clone(),
                say!("「{name}」という節目が二つ以上あります", "there is more than one milestone `{name}`"),
                say!("\"取組内容の名称/{name}\" と書いてください", "write \"INITIATIVE/{name}\""),
            );
            None
        }
    }
}
