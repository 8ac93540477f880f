//! `records/<ID>.toml`: the history of one entry or indicator.

mod corrections;

use std::ops::Range;

use self::corrections::{Read, settle, silent, trace};
use super::advice::brief;
use super::fields::{Fields, Findings, Node};
use super::head::choice;
use super::head::{unknown_grade, within};
use super::indicators::{SERIES, not_negative};
use super::judging::MEANINGS;
use super::outline::figures;
use super::registers::Registers;
use super::road;
use super::values::{Scope, value};
use crate::finding::{Code, Finding};
use crate::plan::Head;
use crate::plan::entry::{Entry, Update};
use crate::plan::indicator::{ByHand, Indicator, Measure, Rare, Reading, Series};
use crate::plan::judging::Meaning;
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::scale::Rating;
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Value};
use crate::query::gap::expected::number;
use crate::say;

/// Reads the updates of an entry, in order of period and of when they were said.
pub fn updates(fields: &Fields<'_>, entry: &Entry, head: &Head, registers: &Registers) -> Vec<Update> {
    let tables = fields.tables("update");
    let mut updates = Vec::with_capacity(tables.len());
    let read = |(block, table)| update(table, block, entry, head, registers);
    updates.extend(tables.iter().enumerate().filter_map(read));
    updates.sort_by_key(|read| (read.record.period, read.record.recorded, read.record.origin.offset));
    settle(fields.findings(), &mut updates);
    for pair in updates.windows(2) {
        let [a, b] = pair else { continue };
        if same_update(&a.record, &b.record) {
            duplicate(fields.findings(), a.span.clone(), b.span.clone());
        }
    }
    alone(updates)
}

/// The records without what was needed to settle them. They are moved: collected in place they would keep its room.
fn alone<R>(read: Vec<Read<R>>) -> Vec<R> {
    let mut records = Vec::with_capacity(read.len());
    records.extend(read.into_iter().map(|read| read.record));
    records
}

fn update(
    fields: &Fields<'_>,
    block: usize,
    entry: &Entry,
    head: &Head,
    registers: &Registers,
) -> Option<Read<Update>> {
    let (trace, corrects) = trace(fields, block);
    if trace.withdrawn {
        silent(fields, &["rating", "progress", "done", "issue", "next", "step", "reached"]);
    }
    let period = fields.need("period").map(|node| (node, fields.as_period(node)));
    if let Some((node, Some(period))) = period {
        check_period(fields, node, period, entry, head);
    }
    let rated = fields.get("rating").or_else(|| fields.get("progress"));
    let origin = at(rated, registers.origin(fields));
    let update = Update {
        recorded: fields.date("recorded"),
        evaluator: registers.evaluator(fields),
        progress: fields.whole("progress", 0..101).and_then(|n| u8::try_from(n).ok()),
        done: fields.boxed("done"),
        issue: fields.boxed("issue"),
        next: fields.boxed("next"),
        by: fields.boxed("by"),
        reached: road::reached(fields, entry, registers),
        figures: figures(fields, registers, &origin),
        notes: fields.boxed_all("note"),
        ratings: ratings(fields, period.and_then(|(_, p)| p), registers),
        period: period?.1?,
        origin,
        trace,
    };
    Some(Read { record: update, span: fields.span.clone(), corrects })
}

/// A record stands where its value does: that line is the one that people ask about, not the head of the block.
fn at(value: Option<Node<'_>>, block: Origin) -> Origin {
    let offset = value.and_then(|node| u32::try_from(node.span().start).ok());
    Origin { offset: offset.unwrap_or(block.offset), ..block }
}

fn check_period(fields: &Fields<'_>, node: Node<'_>, period: Period, entry: &Entry, head: &Head) {
    if !within(head, period) {
        let (from, to) = (head.from.short(), head.to.short());
        fields.findings().add(
            Code::OutsidePlan,
            node.span(),
            say!("計画期間（{from}～{to}）の外の期間です", "the period lies outside the plan ({from} to {to})"),
            say!("期間の書き間違いがないか確かめてください", "check the period for a slip"),
        );
    } else if entry.dropped.is_some_and(|dropped| dropped.first_day() <= period.first_day()) {
        let id = &entry.id;
        fields.findings().add(
            Code::AfterDropped,
            node.span(),
            say!("「{id}」は、この期間にはもう計画にありません", "`{id}` has left the plan by then"),
            say!("期間か、計画の dropped を確かめてください", "check the period, or `dropped` in the outline"),
        );
    }
}

fn ratings(fields: &Fields<'_>, period: Option<Period>, registers: &Registers) -> Box<[Rating]> {
    let Some(table) = fields.table("rating") else { return Box::default() };
    let rated = table.entries().into_iter().filter_map(|(key, node)| {
        let scale = registers.scale(fields.findings(), &key)?;
        let grade = table.as_text(node)?;
        let (version, grades) = registers.scales[scale].version_near(period?);
        let Some((place, _)) = grades.grade(grade.text) else {
            unknown_grade(&table, &grade, &grades.grades);
            return None;
        };
        let byte = |n: usize| u8::try_from(n).ok();
        Some(Rating { scale: byte(scale)?, version: byte(version)?, grade: byte(place)? })
    });
    rated.collect()
}

fn same_update(a: &Update, b: &Update) -> bool {
    let head = |u: &Update| (u.period, u.recorded, u.evaluator, u.progress, u.origin.source);
    head(a) == head(b)
        && a.ratings == b.ratings
        && (&a.done, &a.issue, &a.next, &a.by) == (&b.done, &b.issue, &b.next, &b.by)
        && a.notes == b.notes
        && a.reached == b.reached
        && a.figures.len() == b.figures.len()
        && (a.trace.corrects(), a.trace.withdrawn) == (b.trace.corrects(), b.trace.withdrawn)
}

fn duplicate(findings: &Findings, first: Range<usize>, second: Range<usize>) {
    let (first, second) = if first.start <= second.start { (first, second) } else { (second, first) };
    let message = say!("同じ内容の記録が二つあります", "the same record stands twice");
    let help = say!("一つを消してください", "delete one of them");
    findings.push(Finding::new(Code::DuplicateRecord, findings.file, second, message, help).related(
        findings.file,
        first,
        say!("一つ目", "the first one"),
    ));
}

/// Reads the measures of an indicator, in order of period and of when they were said.
pub fn measures(fields: &Fields<'_>, indicator: &Indicator, registers: &Registers) -> Vec<Measure> {
    let tables = fields.tables("measure");
    let mut series = indicator.series;
    let read = |(block, table)| measure(table, block, indicator, &mut series, registers);
    let mut measures = Vec::with_capacity(tables.len());
    measures.extend(tables.iter().enumerate().filter_map(read));
    let order = |m: &Measure| (m.reading.period, m.recorded, m.reading.origin.offset);
    measures.sort_by_key(|read| order(&read.record));
    settle(fields.findings(), &mut measures);
    for pair in measures.windows(2) {
        let [a, b] = pair else { continue };
        if same_measure(&a.record, &b.record) {
            duplicate(fields.findings(), a.span.clone(), b.span.clone());
        }
    }
    if series == Series::Cumulative {
        falling_sum(fields.findings(), &measures);
    }
    let mut measures = alone(measures);
    // What is counted stays changed when the value is confirmed, not when it is corrected.
    for i in 1..measures.len() {
        let (before, later) = (&measures[i - 1], &measures[i]);
        let holds = before.stands() && before.reading.period == later.reading.period;
        let breaks = later.breaks || before.breaks && holds;
        measures[i].breaks = breaks;
    }
    measures
}

fn same_measure(a: &Measure, b: &Measure) -> bool {
    let place = |m: &Measure| (m.reading.period, m.recorded, m.provisional, m.reading.origin.source);
    place(a) == place(b)
        && a.reading.value == b.reading.value
        && a.reading.notes == b.reading.notes
        && (&a.by, a.breaks, &a.rare) == (&b.by, b.breaks, &b.rare)
        && (a.trace.corrects(), a.trace.withdrawn) == (b.trace.corrects(), b.trace.withdrawn)
}

fn measure(
    fields: &Fields<'_>,
    block: usize,
    indicator: &Indicator,
    series: &mut Series,
    registers: &Registers,
) -> Option<Read<Measure>> {
    let (trace, corrects) = trace(fields, block);
    let period = fields.need_period("period");
    let value = fields.get("value").or_else(|| fields.get("absent"));
    let origin = at(value, registers.origin(fields));
    let notes = fields.boxed_all("note");
    let recorded = fields.date("recorded");
    let provisional = fields.flag("provisional").unwrap_or(false);
    let sample = fields.whole("sample", 1..1 << 32).and_then(|n| u32::try_from(n).ok());
    let (margin, by) = (fields.number("margin").and_then(|m| not_negative(fields, "margin", m)), fields.boxed("by"));
    let breaks = fields.flag("break").unwrap_or(false);
    let by_hand = by_hand(fields);
    check_series(fields, series);
    let (value, written) = if trace.withdrawn {
        silent(fields, &["value", "absent"]);
        (Value::Absent(Absence::Withdrawn), None)
    } else {
        measured(fields, indicator)?
    };
    let reading = Reading { period: period?, value, written, notes, origin };
    let rare = Rare { sample, margin, by_hand };
    let rare = (rare != Rare::default()).then(|| Box::new(rare));
    let record = Measure { reading, recorded, provisional, by, breaks, rare, trace };
    Some(Read { record, span: fields.span.clone(), corrects })
}

/// The verdict of a person: `verdict = "behind"`, with the reason where it differs from what is computed.
fn by_hand(fields: &Fields<'_>) -> Option<ByHand> {
    let reason = fields.boxed("reason");
    if reason.is_some() {
        fields.need("verdict");
    }
    let words = MEANINGS.map(|(word, meaning)| (word, Some(meaning)));
    let words: Vec<(&str, Option<Meaning>)> = words.into_iter().chain([("undetermined", None)]).collect();
    let meaning = choice(fields, "verdict", &words)?;
    Some(ByHand { meaning, reason })
}

/// A flow and its sum, or a state on a day, are different things: a value that says it is another than its indicator
/// cannot stand among the others. Where the indicator says nothing, the first value that does speaks for all.
fn check_series(fields: &Fields<'_>, of_others: &mut Series) {
    let Some(series) = choice(fields, "series", &SERIES) else { return };
    if *of_others == Series::Unstated {
        *of_others = series;
    } else if series != *of_others {
        fields.findings().add(
            Code::MixedSeries,
            fields.key_span("series"),
            say!("この指標のほかの値と、値の種類（series）が違います", "this value covers something else than the others of its indicator"),
            say!(
                "時点の値・単年度の値・累計は混ぜられません。そろえるか、別の指標にしてください",
                "snapshots, yearly flows and cumulative sums cannot be mixed: convert it, or make it an indicator of its own"
            ),
        );
    }
}

/// A sum since the beginning does not fall. Of a period that was told twice the later value counts.
fn falling_sum(findings: &Findings, measures: &[Read<Measure>]) {
    let standing: Vec<_> = measures.iter().filter(|read| read.record.stands()).collect();
    let of_period = standing.chunk_by(|a, b| a.record.reading.period == b.record.reading.period);
    let mut before = None;
    for told in of_period {
        let Some(Read { record: last, span, .. }) = told.last() else { continue };
        let Some(sum) = number(&last.reading) else { continue };
        let breaks = told.iter().any(|read| read.record.breaks);
        if !breaks && before.is_some_and(|before| sum < before) {
            findings.add(
                Code::MixedSeries,
                span.clone(),
                say!("累計なのに、前の値より減っています", "a cumulative value is below the one before it"),
                say!(
                    "単年度の値が混じっていないか確かめてください。数え方が変わったなら break = true と書いてください",
                    "look for yearly values among them; if what is counted has changed, write break = true"
                ),
            );
        }
        before = Some(sum);
    }
}

fn measured(fields: &Fields<'_>, indicator: &Indicator) -> Option<(Value, Option<Box<str>>)> {
    let scope = Scope { kind: &indicator.kind, unit: &indicator.unit, words: false };
    match (fields.get("value"), fields.text("absent")) {
        (Some(node), None) => value(fields, node, scope),
        (None, Some(text)) => {
            let absence = Absence::parse(text.text);
            if absence.is_none() {
                let word = brief(text.text);
                fields.findings().add(
                    Code::WrongType,
                    text.span,
                    say!("「{word}」は、値がない理由ではありません", "`{word}` is no reason for a missing value"),
                    say!("未調査・未公表・対象外 のどれかを書いてください", "write 未調査, 未公表 or 対象外"),
                );
            }
            absence.map(|absence| (Value::Absent(absence), None))
        }
        (found, _) => {
            let code = if found.is_some() { Code::WrongType } else { Code::MissingKey };
            fields.findings().add(
                code,
                fields.span.clone(),
                say!("value か absent のどちらか一つが要ります", "exactly one of value and absent is needed"),
                say!(
                    "値があれば value、なければ理由を absent に書いてください",
                    "write value, or absent with the reason"
                ),
            );
            None
        }
    }
}
