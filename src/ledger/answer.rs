//! `[[answer]]`: what was answered to a question of the council.

use std::collections::HashMap;

use crate::tree::Table;

use super::files::ANSWERS;
use super::kind::{Kind, Merging, Reference, Target};
use crate::fields::registers::unknown;
use crate::fields::{Fields, Findings};
use crate::finding::Code;
use crate::keys;
use crate::plan::Subject;
use crate::plan::id::Id;
use crate::plan::paper::Answer;
use crate::say;

/// The kind. People write it by hand.
pub static KIND: Kind = Kind {
    header: "answer",
    form: &keys::ANSWER,
    files: ANSWERS,
    identity: &["about", "period", "recorded"],
    references: &[Reference { key: "about", to: Target::Subject }],
    merging: Merging::Lines,
    sample,
};

/// Reads what was answered.
pub fn read(findings: &Findings, table: Table<'_>, index: &HashMap<Id, Subject>) -> Vec<Answer> {
    let fields = Fields::new(findings, table, 0..0, &keys::ANSWERS);
    fields.get("schema");
    fields.tables(KIND.header).iter().filter_map(|table| read_one(table, index)).collect()
}

fn read_one(fields: &Fields<'_>, index: &HashMap<Id, Subject>) -> Option<Answer> {
    let (about, period) = (fields.need_text("about"), fields.need_period("period"));
    let (question, answer, by) = (fields.boxed("question"), fields.need_text("answer"), fields.boxed("by"));
    let recorded = fields.date("recorded");
    let text = about?;
    let id = fields.as_id(&text)?;
    let found = index.get(&id).copied();
    if found.is_none() {
        let mut known: Vec<&str> = index.keys().map(Id::as_str).collect();
        known.sort_unstable();
        let nothing = say!("この計画には項目も指標もありません", "this plan has none");
        unknown(
            fields.findings(),
            Code::UnknownEntry,
            &text,
            ("項目や指標", "entry or indicator"),
            known.into_iter(),
            nothing,
        );
    }
    Some(Answer { about: found?, period: period?, recorded, question, answer: answer?.text.into(), by })
}

fn sample() -> String {
    let lines = [
        "[[answer]]",
        "about    = \"1-1\"",
        "period   = \"R7Q2\"",
        "recorded = 2025-12-04",
        "question = \"進捗は\"",
        "answer   = \"計画どおりです\"",
        "by       = \"人事課長\"",
    ];
    lines.join("\n") + "\n"
}
