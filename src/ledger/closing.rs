//! `closed/PERIOD.toml`: what `close` writes of a period that was published, one figure a line so that git shows each by
//! itself, and the `[[errata]]` that `errata` puts behind it.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::ops::Range;

use crate::tree::{Said, Table};
use chrono::NaiveDate;

use super::SCHEMA;
use super::block::quoted;
use super::files::CLOSED;
use super::kind::{Claim, Kind, Merging};
use crate::fields::advice::brief;
use crate::fields::{Fields, Findings, Node, Text};
use crate::finding::Code;
use crate::keys;
use crate::plan::Plan;
use crate::plan::closing::{About, Closing, Correction, FigureChange, FigureKey, Figures, Line, Words};
use crate::plan::id::Id;
use crate::plan::source::Origin;
use crate::say;
use crate::text::safe::one_line;

/// The kind of a correction. Each is fingerprinted together with those before it, so two branches never both have the
/// next one.
pub static ERRATA: Kind = Kind {
    header: "errata",
    form: &keys::ERRATA,
    files: CLOSED,
    identity: &["date"],
    references: &[],
    merging: Merging::Blocks { claims: |table| vec![Claim { of: String::new(), says: table.to_string() }] },
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

fn change(change: &FigureChange) -> String {
    let side = |key: &str, words: &Option<Words>| words.as_ref().map(|words| format!("{key} = {}", value(words)));
    let figure = format!("figure = {}", quoted(&change.key.to_string()));
    let parts = [Some(figure), side("before", &change.before), side("after", &change.after)];
    format!("  {{ {} }},\n", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// Reads the file of one closed period, after which it is named.
pub fn read(findings: &Findings, table: Table<'_>, path: &str) -> Option<Closing> {
    let fields = Fields::new(findings, table, 0..0, &keys::CLOSED);
    fields.get("schema");
    let mut figures = Figures::new();
    for about in ["total", "entry", "indicator"] {
        if let Some(node) = fields.get(about) {
            read_figures(&fields, about, node, &mut figures);
        }
    }
    let tables = fields.tables(ERRATA.header);
    let period = fields.need_period("period");
    if let Some(period) = period.filter(|period| path != CLOSED.path(period)) {
        findings.add(
            Code::ManifestAltered,
            fields.key_span("period"),
            say!("ファイルの名前と期間（{period}）が合いません", "the file is not named after its period, {period}"),
            say!("名前か期間を git で元に戻してください", "restore name and period from git"),
        );
    }
    let (as_of, closed) = (need_date(&fields, "as_of"), need_date(&fields, "closed"));
    let fingerprint = fields.need_text("fingerprint");
    Some(Closing {
        by: fields.boxed("by"),
        note: fields.boxed("note"),
        revision: fields.boxed("revision"),
        program: fields.boxed("program"),
        corrections: tables.iter().filter_map(read_correction).collect(),
        figures,
        period: period?,
        as_of: as_of?,
        closed: closed?,
        origin: at(&fields, fingerprint.as_ref()?.span.clone()),
        fingerprint: fingerprint?.text.into(),
    })
}

fn need_date(fields: &Fields<'_>, key: &'static str) -> Option<NaiveDate> {
    fields.need(key).and_then(|_| fields.date(key))
}

fn at(fields: &Fields<'_>, span: Range<usize>) -> Origin {
    Origin { offset: u32::try_from(span.start).unwrap_or(0), ..fields.origin() }
}

/// The figures in a table of tables, by their dotted keys.
fn read_figures(fields: &Fields<'_>, path: &str, node: Node<'_>, figures: &mut Figures) {
    let Said::Table(table) = node.says() else {
        if let Some(words) = words(fields, node) {
            let line = Line { words, origin: at(fields, node.span()), ..Line::default() };
            match FigureKey::parse(path) {
                Some(key) => drop(figures.insert(key, line)),
                None => no_figure(fields, path, node.span()),
            }
        }
        return;
    };
    for (key, node) in table.iter() {
        // Ids alone can be keys; a dot within a key would tell of another figure.
        if Id::parse(key.text).is_err() && !key.text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            no_figure(fields, key.text, key.span);
            continue;
        }
        read_figures(fields, &format!("{path}.{}", key.text), node, figures);
    }
}

fn no_figure(fields: &Fields<'_>, key: &str, span: Range<usize>) {
    let key = brief(key);
    fields.findings().add(
        Code::UnknownKey,
        span,
        say!("「{key}」という数字はありません", "there is no figure `{key}`"),
        say!("このファイルは手で書き換えず、git で元に戻してください", "do not edit this file; restore it from git"),
    );
}

/// A text, a whole number, or an array of them.
fn words(fields: &Fields<'_>, node: Node<'_>) -> Option<Words> {
    match node.says() {
        Said::Array(array) => array.iter().map(|node| word(fields, node)).collect(),
        _ => word(fields, node).map(|word| vec![word]),
    }
}

fn word(fields: &Fields<'_>, node: Node<'_>) -> Option<Box<str>> {
    match node.says() {
        Said::Integer(number) => Some(number.digits.into()),
        _ => fields.as_text(node).map(|text| text.text.into()),
    }
}

fn read_correction(fields: &Fields<'_>) -> Option<Correction> {
    let tables = fields.tables("changes");
    let changes = tables.iter().filter_map(|table| {
        let text: Text<'_> = table.need_text("figure")?;
        let side = |key: &'static str| table.get(key).and_then(|node| words(table, node));
        let (before, after) = (side("before"), side("after"));
        let key = FigureKey::parse(text.text);
        if key.is_none() {
            no_figure(table, text.text, text.span);
        }
        Some(FigureChange { key: key?, before, after })
    });
    let changes = changes.collect();
    let (date, reason, by) = (need_date(fields, "date"), fields.need_text("reason"), fields.boxed("by"));
    let fingerprint = fields.need_text("fingerprint");
    Some(Correction {
        date: date?,
        reason: reason?.text.into(),
        by,
        changes,
        origin: at(fields, fingerprint.as_ref()?.span.clone()),
        fingerprint: fingerprint?.text.into(),
    })
}

fn sample() -> String {
    let words = |word: &str| Some(vec![word.into(), "R7Q2".into()]);
    let about = About::Total;
    let key = FigureKey { about, what: "rated".into() };
    correction(&Correction {
        date: NaiveDate::from_ymd_opt(2025, 12, 1).unwrap_or_default(),
        reason: "集計の誤り".into(),
        by: Some("企画課".into()),
        changes: vec![FigureChange { key, before: words("1"), after: None }],
        fingerprint: "0123456789ab".into(),
        origin: Origin::default(),
    })
}
