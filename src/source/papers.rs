//! `reports/*.toml`: how the office lays out its papers.

use crate::tree::Table;

use crate::fields::registers::{OWN_GROUPINGS, Registers, unknown};
use crate::fields::{Fields, Findings, Text};
use crate::finding::Code;
use crate::keys;
use crate::plan::id::Id;
use crate::plan::paper::{Issue, Minus, Paper, PaperColumn, PaperSection, Topic};
use crate::say;

/// Digits that a percentage can be printed with.
const MOST_DIGITS: u64 = 6;

/// Reads one paper. What its file does not say holds as in the paper of this name that comes with the program.
pub fn read(findings: &Findings, table: Table<'_>, id: Id, presets: &[Paper], registers: &Registers) -> Paper {
    let fields = Fields::new(findings, table, 0..0, &keys::PAPER);
    fields.get("schema");
    let preset = presets.iter().find(|paper| paper.id == id);
    let mut sections: Vec<PaperSection> =
        fields.tables("section").iter().filter_map(|table| section(table, registers)).collect();
    if sections.is_empty() {
        match preset {
            Some(preset) => sections.clone_from(&preset.sections),
            None => {
                fields.need("section");
            }
        }
    }
    let scale = fields.text("scale").and_then(|text| registers.scale(findings, &text));
    Paper {
        id,
        title: fields.boxed("title"),
        addressee: fields.boxed("addressee"),
        issues: fields.tables("issue").iter().filter_map(issue).collect(),
        scale: scale.unwrap_or(0),
        evaluator: registers.evaluator(&fields),
        digits: fields.whole("digits", 0..MOST_DIGITS + 1).and_then(|digits| u32::try_from(digits).ok()),
        minus: fields.choice("minus", &Minus::ALL),
        sections,
    }
}

fn issue(fields: &Fields<'_>) -> Option<Issue> {
    let (period, number, date) = (fields.need_period("period"), fields.boxed("number"), fields.date("date"));
    Some(Issue { period: period?, number, date })
}

fn section(fields: &Fields<'_>, registers: &Registers) -> Option<PaperSection> {
    let (show, heading, beside) = (fields.need_text("show"), fields.boxed("heading"), beside(fields, registers));
    let columns = fields.texts("columns");
    let depth = fields.whole("depth", 1..17).and_then(|depth| usize::try_from(depth).ok());
    let topic = one_of(fields, &show?, ("内容", "topic"), Topic::ALL.as_slice())?;
    let by = fields.text("by").map(|text| by(fields, &text, topic, registers));
    let can_have: Vec<_> = topic.columns().iter().map(|column| (column.key(), *column)).collect();
    let has_columns = !columns.is_empty();
    let mut columns: Vec<PaperColumn> =
        columns.iter().filter_map(|text| one_of(fields, text, ("列", "column"), &can_have)).collect();
    if !has_columns {
        columns = topic.columns().to_vec();
    }
    Some(PaperSection { topic, heading, columns, depth, by, beside })
}

/// What stands side by side: each scale by each evaluator; nothing where neither is named.
fn beside(fields: &Fields<'_>, registers: &Registers) -> Vec<(usize, usize)> {
    let (scales, evaluators) = (fields.texts("scales"), fields.texts("evaluators"));
    if scales.is_empty() && evaluators.is_empty() {
        return Vec::new();
    }
    let findings = fields.findings();
    let scales: Vec<usize> = scales.iter().filter_map(|text| registers.scale(findings, text)).collect();
    let evaluators: Vec<usize> = evaluators.iter().filter_map(|text| registers.evaluator_of(findings, text)).collect();
    let scales = if scales.is_empty() { vec![0] } else { scales };
    let evaluators = if evaluators.is_empty() { vec![0] } else { evaluators };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for pair in scales.iter().flat_map(|scale| evaluators.iter().map(|by| (*scale, *by))) {
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

/// By what a section counts: verdicts only by a framework of themes.
fn by(fields: &Fields<'_>, text: &Text<'_>, topic: Topic, registers: &Registers) -> Box<str> {
    if topic == Topic::Verdicts {
        if !registers.is_framework(text.text) {
            let nothing = say!("themes.toml に主題を書いてください", "write themes into themes.toml");
            let known = registers.frameworks.iter().map(|framework| &**framework);
            unknown(
                fields.findings(),
                Code::UnknownSection,
                text,
                ("主題の枠組み", "framework of themes"),
                known,
                nothing,
            );
        }
    } else if !OWN_GROUPINGS.contains(&text.text) {
        registers.grouping(fields.findings(), text);
    }
    text.text.into()
}

fn one_of<T: Copy>(fields: &Fields<'_>, text: &Text<'_>, what: (&str, &str), known: &[(&str, T)]) -> Option<T> {
    let found = known.iter().find(|(key, _)| *key == text.text).map(|(_, value)| *value);
    if found.is_none() {
        let nothing = say!("この部分に列は選べません", "this section has no columns to choose");
        unknown(fields.findings(), Code::UnknownSection, text, what, known.iter().map(|(key, _)| *key), nothing);
    }
    found
}
