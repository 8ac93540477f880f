//! `[[measure]]`: the value of an indicator in a period.

use std::ops::Range;

use rust_decimal::Decimal;
use toml::Table;

use super::block::{Block, quoted};
use super::files::RECORDS;
use super::history::{Read, alone, at, duplicate, marked, settle, silent, trace};
use super::kind::{Claim, Kind, Merging};
use super::record::{self, Head, claims};
use crate::fields::advice::brief;
use crate::fields::registers::Registers;
use crate::fields::values::{self, Scope};
use crate::fields::{Fields, Findings};
use crate::finding::Code;
use crate::keys;
use crate::lang::Lang;
use crate::plan::indicator::{Actual, ByHand, Indicator, Rare, Reading, Series, Wording};
use crate::plan::judging::{BandAt, Meaning, place_near};
use crate::plan::period::Period;
use crate::plan::record::{RecordName, Recorded, Trace};
use crate::plan::value::{self, Absence};
use crate::say;

/// The kind.
pub static KIND: Kind = Kind {
    header: "measure",
    form: &keys::MEASURE,
    files: RECORDS,
    identity: &["period", "recorded"],
    references: record::REFERENCES,
    merging: Merging::Blocks { claims: claimed },
    sample,
};

/// What a measure says. Whatever is `None` holds on from the record that it corrects.
#[derive(Debug, Default)]
pub struct Measure<'a> {
    /// The value, or why there is none.
    pub value: Option<Value>,
    /// 速報値.
    pub provisional: bool,
    /// 回答数.
    pub sample: Option<u32>,
    /// 標本誤差.
    pub margin: Option<Decimal>,
    /// 出典, by id.
    pub source: Option<&'a str>,
    /// 注.
    pub note: Option<&'a str>,
    /// Why something unlikely in it is right; kept with the note.
    pub confirmed: Option<&'a str>,
    /// 記録者.
    pub by: Option<&'a str>,
}

/// The value of a measure.
#[derive(Debug)]
pub enum Value {
    /// A number, as it is written.
    Number(String),
    /// A step, or what `check` is to refuse.
    Text(String),
    /// Why there is no value.
    Absent(String),
}

impl Value {
    /// Takes a text for a reason why there is no value, for what `number` makes of it, else for words.
    pub fn parse(text: &str, number: impl Fn(&str) -> Option<String>) -> Self {
        if Absence::parse(text).is_some() {
            return Self::Absent(text.to_owned());
        }
        number(text).map_or_else(|| Self::Text(text.to_owned()), Self::Number)
    }

    /// The key, and the value in TOML.
    fn written(&self) -> (&'static str, String) {
        match self {
            Self::Number(number) => ("value", number.clone()),
            Self::Text(text) => ("value", quoted(text)),
            Self::Absent(reason) => ("absent", quoted(reason)),
        }
    }
}

impl Measure<'_> {
    /// Writes the block.
    pub fn block(&self, mut head: Head) -> Block {
        let given = self.value.as_ref().map(Value::written);
        if given.is_some() {
            // One of the two takes the place of the other.
            ["value", "absent"].iter().for_each(|key| drop(head.kept.take(key)));
        }
        let mut block = head.block(KIND.header);
        for key in ["value", "absent"] {
            let value = given.as_ref().filter(|(wanted, _)| *wanted == key);
            block.raw(key, value.map(|(_, value)| value.as_str()));
        }
        block.raw("provisional", self.provisional.then_some("true"));
        block.raw("sample", self.sample.map(|sample| sample.to_string()).as_deref());
        block.raw("margin", self.margin.map(|margin| margin.to_string()).as_deref());
        block.text("source", self.source);
        block.notes(self.note.as_slice(), self.confirmed);
        block.text("by", self.by);
        block
    }
}

/// The value that a measure gives its period. A provisional value and its confirmation do not contradict each other.
fn claimed(table: &Table) -> Vec<Claim> {
    let is_provisional = table.get("provisional").and_then(toml::Value::as_bool).unwrap_or(false);
    let says = format!("{:?}", ["value", "absent"].map(|key| table.get(key)));
    claims(table, [(format!("value {is_provisional}"), says)])
}

/// Reads the measures of an indicator, in order of period and of when they were recorded.
pub fn read(fields: &Fields<'_>, indicator: &Indicator, registers: &Registers) -> Vec<Actual> {
    let tables = fields.tables(KIND.header);
    let mut series = indicator.series;
    let read = |(block, table)| read_one(table, block, indicator, &mut series, registers);
    let mut measures = Vec::with_capacity(tables.len());
    measures.extend(tables.iter().enumerate().filter_map(read));
    let order = |m: &Actual| (m.reading.period, m.recorded, m.reading.origin.offset);
    measures.sort_by_key(|read| order(&read.record));
    settle(fields.findings(), &mut measures, &|block| marked(&tables, block));
    for pair in measures.windows(2) {
        let [a, b] = pair else { continue };
        if same(&a.record, &b.record) {
            duplicate(fields.findings(), a.span.clone(), b.span.clone());
        }
    }
    if series == Series::Cumulative {
        falling_sum(fields.findings(), &measures);
    }
    let mut measures = alone(measures);
    confirmed_last(&mut measures);
    // What is counted stays changed when the value is confirmed, not when it is corrected.
    for i in 1..measures.len() {
        let (before, later) = (&measures[i - 1], &measures[i]);
        let holds = before.stands() && before.reading.period == later.reading.period;
        let breaks = later.breaks || before.breaks && holds;
        measures[i].breaks = breaks;
    }
    measures
}

fn same(a: &Actual, b: &Actual) -> bool {
    let place = |m: &Actual| (m.reading.period, m.recorded, m.provisional, m.reading.origin.source);
    place(a) == place(b)
        && a.reading.value == b.reading.value
        && a.reading.notes() == b.reading.notes()
        && (&a.by, a.breaks, &a.rare) == (&b.by, b.breaks, &b.rare)
        && (a.trace.corrects(), a.trace.withdrawn) == (b.trace.corrects(), b.trace.withdrawn)
}

fn read_one(
    fields: &Fields<'_>,
    block: usize,
    indicator: &Indicator,
    series: &mut Series,
    registers: &Registers,
) -> Option<Read<Actual>> {
    let (period, recorded) = (fields.need_period("period"), fields.date("recorded"));
    let place = fields.get("value").or_else(|| fields.get("absent"));
    // Most say nothing else, and there may be a million of them.
    let aside = if fields.all_seen() {
        Aside::none(block)
    } else {
        Aside::read(fields, block, series, by_hand(fields, indicator, period, registers))
    };
    let (value, written) = if aside.trace.withdrawn {
        silent(fields, &["value", "absent"]);
        (value::Value::Absent(Absence::Withdrawn), None)
    } else {
        measured(fields, indicator)?
    };
    let origin = at(place, registers.origin(fields));
    let Aside { notes, provisional, by, breaks, rare, trace, corrects } = aside;
    let reading = Reading::new(period?, value, Wording { written, notes, strict: false }, origin);
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

    fn read(fields: &Fields<'_>, block: usize, series: &mut Series, by_hand: Option<ByHand>) -> Self {
        check_series(fields, series);
        let (trace, corrects) = trace(fields, block);
        let sample = fields.whole("sample", 1..1 << 32).and_then(|n| u32::try_from(n).ok());
        let margin = fields.number("margin").and_then(|m| fields.not_negative("margin", m));
        Self {
            notes: fields.boxed_all("note"),
            provisional: fields.flag("provisional").unwrap_or(false),
            by: fields.boxed("by"),
            breaks: fields.flag("break").unwrap_or(false),
            rare: Rare { sample, margin, by_hand },
            trace,
            corrects,
        }
    }
}

/// The verdict of a person: `verdict = "behind"` or a band of the sets that judge, by id or name; with the reason where it
/// differs from what is computed.
fn by_hand(
    fields: &Fields<'_>,
    indicator: &Indicator,
    period: Option<Period>,
    registers: &Registers,
) -> Option<ByHand> {
    let reason = fields.boxed("reason");
    if reason.is_some() {
        fields.need("verdict");
    }
    let text = fields.text("verdict")?;
    let bands = period.map(|period| bands(indicator, period, registers)).unwrap_or_default();
    let set_band = |set: &usize| Some(BandAt { set: *set, band: registers.band_sets[*set].band(text.text)? });
    if let Some(at) = bands.iter().find_map(set_band) {
        let meaning = registers.band_sets[at.set].bands[at.band].meaning;
        return Some(ByHand { meaning, band: Some(at), reason });
    }
    let words = Meaning::words();
    let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.text) else {
        let ids = bands.iter().flat_map(|set| registers.band_sets[*set].bands.iter().map(|band| band.id.as_str()));
        let known: Vec<&str> = ids.chain(words.iter().map(|(word, _)| *word)).collect();
        let (word, list) = (brief(text.text), known.join(" | "));
        fields.findings().add(
            Code::WrongType,
            text.span,
            say!("「{word}」は verdict の値ではありません", "`{word}` is not a value of verdict"),
            say!("{list} のどれかを書いてください", "write one of {list}"),
        );
        return None;
    };
    Some(ByHand { meaning: *meaning, band: None, reason })
}

/// The sets whose bands a person may name of a period, by place: the one that judges the indicator, then those beside it.
/// The bands of the standard set are the words that all plans share.
fn bands(indicator: &Indicator, period: Period, registers: &Registers) -> Vec<usize> {
    let main = indicator.judged_by.or(registers.judging.first().copied());
    let sets = main.into_iter().chain(registers.judging.iter().skip(1).copied());
    let versions = sets.map(|set| place_near(&registers.band_sets, set, period));
    versions.filter(|set| !registers.band_sets[*set].is_standard()).collect()
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

/// Puts the provisional values of each period before its first confirmed one: whenever they were recorded, and whether the
/// days are known or not, what is confirmed counts.
pub fn confirmed_last(measures: &mut [Actual]) {
    let confirms = |m: &Actual| m.confirms() && m.stands();
    for of_period in measures.chunk_by_mut(|a, b| a.reading.period == b.reading.period) {
        if let Some(first) = of_period.iter().position(confirms) {
            of_period[first..].sort_by_key(|m| !m.provisional);
        }
    }
}

/// A sum since the beginning does not fall. Of a period that was reported twice the value that holds counts.
fn falling_sum(findings: &Findings, measures: &[Read<Actual>]) {
    let standing: Vec<_> = measures.iter().filter(|read| read.record.stands()).collect();
    let of_period = standing.chunk_by(|a, b| a.record.reading.period == b.record.reading.period);
    let mut before = None;
    for reported in of_period {
        let Some(last) = Actual::last_word(reported.iter().map(|read| &read.record)) else { continue };
        let Some(Read { span, .. }) = reported.iter().find(|read| std::ptr::eq(&read.record, last)) else { continue };
        let Some(sum) = last.reading.number() else { continue };
        let breaks = reported.iter().any(|read| read.record.breaks);
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

fn measured(fields: &Fields<'_>, indicator: &Indicator) -> Option<values::Found> {
    let scope = Scope { kind: &indicator.kind, unit: &indicator.unit, words: false, spans: false };
    match (fields.get("value"), fields.text("absent")) {
        (Some(node), None) => values::value(fields, node, scope),
        (None, Some(text)) => {
            let absence = Absence::parse(text.text);
            if absence.is_none() {
                let word = brief(text.text);
                fields.findings().add(
                    Code::WrongType,
                    text.span.clone(),
                    say!("「{word}」は、値がない理由ではありません", "`{word}` is not a reason for a missing value"),
                    say!("未調査・未公表・対象外 のどれかを書いてください", "write 未調査, 未公表 or 対象外"),
                );
            }
            // A word of the papers is kept; the program's own needs no keeping.
            absence.map(|absence| {
                let own = absence.name(Lang::Ja) == text.text;
                (value::Value::Absent(absence), (!own).then(|| text.text.into()))
            })
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

fn sample() -> String {
    let measure = Measure {
        value: Some(Value::Number("44.10".to_owned())),
        provisional: true,
        sample: Some(1200),
        margin: Some(Decimal::new(28, 1)),
        source: Some("001"),
        note: Some("郵送とインターネット"),
        confirmed: None,
        by: Some("広聴課"),
    };
    measure.block(Head::sample()).finish()
}
