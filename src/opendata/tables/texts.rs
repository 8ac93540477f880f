//! What was said of entries in words, line by line.

use super::super::field::{Head, Kind, OpenTable, OpenValue, field};
use super::{OfEntry, OfPeriod, OfPlan, entry, when, whose};
use crate::plan::Plan;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::query::AsOf;

/// A line of what a record says.
struct Said<'p> {
    plan: &'p Plan,
    entry: &'p Entry,
    update: &'p Update,
    kind: &'static str,
    number: u64,
    line: &'p str,
}

impl OfPlan for Said<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl OfEntry for Said<'_> {
    fn entry(&self) -> &Entry {
        self.entry
    }
}

impl OfPeriod for Said<'_> {
    fn period(&self) -> Period {
        self.update.period
    }
}

/// What was said: 実績, 課題, 今後の対応.
pub fn texts(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "entry_texts",
        ("項目の実績・課題・今後の対応", "What was done"),
        (
            "項目の実績、課題、今後の対応の文。1行が原文の1行で、空の行は除く",
            "what was done, what is open, what comes next; a row is one line of the text, blank ones left out",
        ),
        &[
            "plan_id",
            "entry_id",
            "period_start",
            "period_end",
            "evaluator_code",
            "record_order",
            "text_kind_code",
            "line_number",
        ],
    );
    let own = [
        field(
            "evaluator_code",
            Kind::Code("evaluator"),
            ("評価者", "Evaluator"),
            ("記録した評価者", "whose record it is"),
            |of: &Said<'_>| OpenValue::code(of.plan.evaluators[of.update.evaluator].id.as_str()),
        ),
        field(
            "record_order",
            Kind::Integer,
            ("記録の順番", "Order of the record"),
            ("同じ項目の記録の順番。1が最初", "which record of the entry it is, from 1"),
            |of| {
                let at = of.entry.updates.iter().position(|update| std::ptr::eq(update, of.update)).unwrap_or(0);
                OpenValue::number(at as u64 + 1)
            },
        ),
        field(
            "text_kind_code",
            Kind::Code("text_kind"),
            ("文の種類", "Kind of text"),
            ("実績、課題、今後の対応の別", "what the text is about"),
            |of| OpenValue::code(of.kind),
        ),
        field(
            "line_number",
            Kind::Integer,
            ("文の行", "Line"),
            ("原文での行。1から数える", "which line of the text it is, from 1"),
            |of| OpenValue::number(of.number),
        ),
        field(
            "text",
            Kind::Text,
            ("文", "Text"),
            ("文。機種依存文字は置き換えた", "the words, without signs that machines differ in"),
            |of| of.line.into(),
        ),
    ];
    let mut all = Vec::new();
    for entry in &plan.entries {
        for update in entry.updates.iter().filter(|update| as_of.counts(*update)) {
            let texts = [("done", &update.done), ("issue", &update.issue), ("next", &update.next)];
            for (kind, text) in texts {
                let lines = text.as_deref().unwrap_or_default().lines();
                let lines = (1..).zip(lines.map(str::trim).filter(|line| !line.is_empty()));
                all.extend(lines.map(|(number, line)| Said { plan, entry, update, kind, number, line }));
            }
        }
    }
    OpenTable::build(head, &whose(entry().into_iter().chain(when()).chain(own)), all)
}
