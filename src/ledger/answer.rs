//! `[[answer]]`: what was answered to a question of the council.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::tree::Table;

use super::block::quoted;
use super::files::ANSWERS;
use super::kind::{Kind, Merging, Reference, Target};
use crate::fields::registers::unknown;
use crate::fields::{Fields, Findings};
use crate::finding::Code;
use crate::keys;
use crate::plan::Subject;
use crate::plan::id::Id;
use crate::plan::paper::Answer;
use crate::plan::period::Period;
use crate::say;

/// The kind.
pub static KIND: Kind = Kind {
    header: "answer",
    form: &keys::ANSWER,
    files: ANSWERS,
    identity: &["about", "period", "recorded", "draft"],
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
    let draft = fields.flag("draft") == Some(true);
    let (about, period, answer, origin) = (found?, period?, answer?.text.into(), fields.origin());
    Some(Answer { about, period, recorded, question, answer, by, draft, origin })
}

/// What is written of an answer.
#[derive(Debug, Clone, Default)]
pub struct AnswerBlock<'a> {
    /// About which entry or indicator, by its id.
    pub about: &'a str,
    /// The paper of which period.
    pub period: Option<Period>,
    /// When it was given.
    pub recorded: Option<NaiveDate>,
    /// What was asked.
    pub question: Option<&'a str>,
    /// The answer.
    pub answer: &'a str,
    /// Who answers.
    pub by: Option<&'a str>,
    /// Whether it is only prepared.
    pub draft: bool,
}

impl AnswerBlock<'_> {
    /// The block as TOML.
    pub fn block(&self) -> String {
        let lines = [
            Some(("about", quoted(self.about))),
            self.period.map(|period| ("period", quoted(&period.short()))),
            self.recorded.map(|day| ("recorded", day.to_string())),
            self.question.map(|question| ("question", quoted(question))),
            Some(("answer", quoted(self.answer))),
            self.by.map(|by| ("by", quoted(by))),
            self.draft.then(|| ("draft", "true".to_owned())),
        ];
        let lines = lines.into_iter().flatten().map(|(key, value)| format!("{key:<8} = {value}\n"));
        format!("[[{}]]\n{}", KIND.header, lines.collect::<String>())
    }
}

fn sample() -> String {
    AnswerBlock {
        about: "1-1",
        period: Period::parse("R7Q2").ok().map(|parsed| parsed.period),
        recorded: NaiveDate::from_ymd_opt(2025, 12, 4),
        question: Some("進捗は"),
        answer: "計画どおりです",
        by: Some("人事課長"),
        draft: true,
    }
    .block()
}
