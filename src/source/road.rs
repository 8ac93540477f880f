//! 工程: `[roadmap]` of the plan and `steps` of the outline.

use super::named::{Named, named_once};
use crate::fields::Fields;
use crate::fields::registers::Registers;
use crate::finding::Code;
use crate::lang::Say;
use crate::plan::road::{PlannedStep, usual_steps};
use crate::plan::source::Origin;
use crate::say;

/// The names of the steps that the plan knows, in order; the usual ones where it names none.
pub fn names(fields: &Fields<'_>) -> Vec<Say> {
    let Some(table) = fields.table("roadmap") else { return usual_steps() };
    table.need("steps");
    let texts = table.texts("steps");
    named_once(&table, &texts.iter().cloned().map(Named::without_id).collect::<Vec<_>>());
    let named: Vec<Say> = texts.iter().map(|t| Say { ja: t.text.to_owned(), en: t.text.to_owned() }).collect();
    if named.is_empty() { usual_steps() } else { named }
}

/// Reads `steps = { R6 = "検討", R7 = ["準備", "実施"] }`: what is planned for each year.
pub fn steps(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Box<[PlannedStep]> {
    let Some(table) = fields.table("steps") else { return Box::default() };
    let mut planned = Vec::new();
    for (key, node) in table.entries() {
        let steps: Vec<usize> =
            table.as_texts(node).iter().filter_map(|text| registers.step(table.findings(), text)).collect();
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
