//! What `close` and `errata` write: `closed/PERIOD.toml`, one figure a line, so that git shows each by itself.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use chrono::NaiveDate;

use super::SCHEMA;
use super::block::quoted;
use super::files::CLOSED;
use super::kind::{Kind, Merging};
use crate::keys;
use crate::plan::Plan;
use crate::plan::closing::{About, Change, Closing, Correction, FigureKey, Figures, Words};
use crate::plan::source::Origin;
use crate::text::safe::one_line;

/// The kind of a correction. Each is fingerprinted together with those before it, so two branches never both have the
/// next one.
pub static ERRATA: Kind = Kind {
    header: "errata",
    form: &keys::ERRATA,
    files: CLOSED,
    identity: &["date"],
    references: &[],
    merging: Merging::Blocks { contradict: |_, _| true },
    sample,
};

/// What is known of the closing itself, up to its fingerprint.
pub fn head(closing: &Closing) -> String {
    let mut text = line("schema", SCHEMA);
    text += &line("period", quoted(&closing.period.short()));
    text += &line("as_of", closing.as_of);
    text += &line("closed", closing.closed);
    let known =
        [("by", &closing.by), ("note", &closing.note), ("revision", &closing.revision), ("program", &closing.program)];
    text.extend(known.iter().filter_map(|(key, value)| Some(line(key, quoted(value.as_ref()?)))));
    text + &line("fingerprint", quoted(&closing.fingerprint))
}

fn line(key: &str, value: impl Display) -> String {
    format!("{key:<11} = {value}\n")
}

/// The figures, each entry and indicator under a header that names it.
pub fn figures(plan: &Plan, figures: &Figures) -> String {
    let mut under: BTreeMap<&About, Vec<String>> = BTreeMap::new();
    for (key, line) in figures {
        under.entry(&key.about).or_default().push(format!("{} = {}\n", key.what, value(&line.words)));
    }
    let mut text = String::new();
    for (about, lines) in under {
        let header = match about.id() {
            Some(id) => format!("{}.{id}", about.table()),
            None => about.table().to_owned(),
        };
        let name = name(plan, about).map(|name| format!(" # {}", one_line(name))).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(text, "\n[{header}]{name}\n{}", lines.concat());
    }
    text
}

fn name<'p>(plan: &'p Plan, about: &About) -> Option<&'p str> {
    match about {
        About::Total => None,
        About::Entry(id) => plan.entries.iter().find(|e| e.id == *id).map(|e| &*e.name),
        About::Indicator(id) => plan.indicators.iter().find(|i| i.id == *id).map(|i| &*i.name),
    }
}

/// `"good"`, `12`, or `["80.2", "R6", "provisional"]`.
fn value(words: &Words) -> String {
    let is_count = |word: &str| {
        word == "0" || word.len() < 19 && !word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit())
    };
    match words.as_slice() {
        [word] if is_count(word) => word.to_string(),
        [word] => quoted(word),
        words => format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ")),
    }
}

/// The block of a correction.
pub fn correction(correction: &Correction) -> String {
    let mut text = format!("[[{}]]\n", ERRATA.header);
    text += &line("date", correction.date);
    text += &line("reason", quoted(&correction.reason));
    text.extend(correction.by.as_ref().map(|by| line("by", quoted(by))));
    text += &line("fingerprint", quoted(&correction.fingerprint));
    let changes: Vec<String> = correction.changes.iter().map(change).collect();
    text + &line("changes", format_args!("[\n{}]", changes.concat()))
}

fn change(change: &Change) -> String {
    let side = |key: &str, words: &Option<Words>| words.as_ref().map(|words| format!("{key} = {}", value(words)));
    let figure = format!("figure = {}", quoted(&change.key.to_string()));
    let parts = [Some(figure), side("before", &change.before), side("after", &change.after)];
    format!("  {{ {} }},\n", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn sample() -> String {
    let words = |word: &str| Some(vec![word.into(), "R7Q2".into()]);
    let about = About::Total;
    let key = FigureKey { about, what: "rated".into() };
    correction(&Correction {
        date: NaiveDate::from_ymd_opt(2025, 12, 1).unwrap_or_default(),
        reason: "集計の誤り".into(),
        by: Some("企画課".into()),
        changes: vec![Change { key, before: words("1"), after: None }],
        fingerprint: "0123456789ab".into(),
        origin: Origin::default(),
    })
}
