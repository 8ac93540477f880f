//! The measures of an indicator.

use std::ops::Range;

use super::corrections::{Read, settle, silent, trace};
use super::{alone, at, duplicate};
use crate::fields::advice::brief;
use crate::fields::registers::Registers;
use crate::fields::values::{Scope, value};
use crate::fields::{Fields, Findings};
use crate::finding::Code;
use crate::plan::indicator::{Actual, ByHand, Indicator, Rare, Reading, Series, Wording};
use crate::plan::judging::Meaning;
use crate::plan::record::{RecordName, Recorded, Trace};
use crate::plan::value::{Absence, Value};
use crate::say;

/// Reads the measures of an indicator, in order of period and of when they were said.
pub fn measures(fields: &Fields<'_>, indicator: &Indicator, registers: &Registers) -> Vec<Actual> {
    let tables = fields.tables("measure");
    let mut series = indicator.series;
    let read = |(block, table)| measure(table, block, indicator, &mut series, registers);
    let mut measures = Vec::with_capacity(tables.len());
    measures.extend(tables.iter().enumerate().filter_map(read));
    let order = |m: &Actual| (m.reading.period, m.recorded, m.reading.origin.offset);
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

fn same_measure(a: &Actual, b: &Actual) -> bool {
    let place = |m: &Actual| (m.reading.period, m.recorded, m.provisional, m.reading.origin.source);
    place(a) == place(b)
        && a.reading.value == b.reading.value
        && a.reading.notes() == b.reading.notes()
        && (&a.by, a.breaks, &a.rare) == (&b.by, b.breaks, &b.rare)
        && (a.trace.corrects(), a.trace.withdrawn) == (b.trace.corrects(), b.trace.withdrawn)
}

fn measure(
    fields: &Fields<'_>,
    block: usize,
    indicator: &Indicator,
    series: &mut Series,
    registers: &Registers,
) -> Option<Read<Actual>> {
    let (period, recorded) = (fields.need_period("period"), fields.date("recorded"));
    let place = fields.get("value").or_else(|| fields.get("absent"));
    // Most say nothing else, and there may be a million of them.
    let aside = if fields.all_seen() { Aside::none(block) } else { Aside::read(fields, block, series) };
    let (value, written) = if aside.trace.withdrawn {
        silent(fields, &["value", "absent"]);
        (Value::Absent(Absence::Withdrawn), None)
    } else {
        measured(fields, indicator)?
    };
    let origin = at(place, registers.origin(fields));
    let Aside { notes, provisional, by, breaks, rare, trace, corrects } = aside;
    let reading = Reading::new(period?, value, Wording { written, notes }, origin);
    let rare = (rare != Rare::default()).then(|| Box::new(rare));
    let record = Actual { reading, recorded, provisional, by, breaks, rare, trace };
    Some(Read { record, span: fields.span.clone(), corrects })
}

/// What a measure may say beside period, day and value.
#[derive(Default)]
struct Aside {
    notes: Box<[Box<str>]>,
    provisional: bool,
    by: Option<Box<str>>,
    breaks: bool,
    rare: Rare,
    trace: Trace,
    corrects: Option<(RecordName, Range<usize>)>,
}

impl Aside {
    fn none(block: usize) -> Self {
        Self { trace: Trace::new(block), ..Self::default() }
    }

    fn read(fields: &Fields<'_>, block: usize, series: &mut Series) -> Self {
        check_series(fields, series);
        let (trace, corrects) = trace(fields, block);
        let sample = fields.whole("sample", 1..1 << 32).and_then(|n| u32::try_from(n).ok());
        let margin = fields.number("margin").and_then(|m| fields.not_negative("margin", m));
        Self {
            notes: fields.boxed_all("note"),
            provisional: fields.flag("provisional").unwrap_or(false),
            by: fields.boxed("by"),
            breaks: fields.flag("break").unwrap_or(false),
            rare: Rare { sample, margin, by_hand: by_hand(fields) },
            trace,
            corrects,
        }
    }
}

/// The verdict of a person: `verdict = "behind"`, with the reason where it differs from what is computed.
fn by_hand(fields: &Fields<'_>) -> Option<ByHand> {
    let reason = fields.boxed("reason");
    if reason.is_some() {
        fields.need("verdict");
    }
    let words = Meaning::ALL.map(|(word, meaning)| (word, Some(meaning)));
    let words: Vec<(&str, Option<Meaning>)> = words.into_iter().chain([("undetermined", None)]).collect();
    let meaning = fields.choice("verdict", &words)?;
    Some(ByHand { meaning, reason })
}

/// A flow and its sum, or a state on a day, are different things: a value that says it is another than its indicator
/// cannot stand among the others. Where the indicator says nothing, the first value that does speaks for all.
fn check_series(fields: &Fields<'_>, of_others: &mut Series) {
    let Some(series) = fields.choice("series", &Series::ALL) else { return };
    if *of_others == Series::Unstated {
        *of_others = series;
    } else if series != *of_others {
        fields.findings().add(
            Code::MixedSeries,
            fields.key_span("series"),
            say!("この指標のほかの値と、値の種類（series）が違います", "this value is of another series than the others of its indicator"),
            say!(
                "時点の値・単年度の値・累計は混ぜられません。そろえるか、別の指標にしてください",
                "snapshots, yearly flows and cumulative sums cannot be mixed: convert it, or make it an indicator of its own"
            ),
        );
    }
}

/// A sum since the beginning does not fall. Of a period that was told twice the later value counts.
fn falling_sum(findings: &Findings, measures: &[Read<Actual>]) {
    let standing: Vec<_> = measures.iter().filter(|read| read.record.stands()).collect();
    let of_period = standing.chunk_by(|a, b| a.record.reading.period == b.record.reading.period);
    let mut before = None;
    for told in of_period {
        let Some(Read { record: last, span, .. }) = told.last() else { continue };
        let Some(sum) = last.reading.number() else { continue };
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
                    say!("「{word}」は、値がない理由ではありません", "`{word}` is not a reason for a missing value"),
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
