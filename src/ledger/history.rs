//! The records of one file as they are read: where each stands, which one corrects which, which is there twice.

use std::ops::Range;

use crate::fields::advice::{brief, suggest};
use crate::fields::{Fields, Findings, Node};
use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::plan::entry::Update;
use crate::plan::indicator::Actual;
use crate::plan::record::{RecordName, Recorded, Trace};
use crate::plan::source::Origin;
use crate::say;

/// A record that was read, and where.
pub struct Read<R> {
    /// The record.
    pub record: R,
    /// The block.
    pub span: Range<usize>,
    /// What it says that it corrects, and where it says so.
    pub corrects: Option<(RecordName, Range<usize>)>,
}

/// What [`settle`] finds out.
pub trait Settled: Recorded {
    fn trace_mut(&mut self) -> &mut Trace;
}

impl Settled for Update {
    fn trace_mut(&mut self) -> &mut Trace {
        &mut self.trace
    }
}

impl Settled for Actual {
    fn trace_mut(&mut self) -> &mut Trace {
        &mut self.trace
    }
}

/// A record stands where its value does: that line is the one that people ask about, not the head of the block.
pub fn at(value: Option<Node<'_>>, block: Origin) -> Origin {
    let offset = value.and_then(|node| u32::try_from(node.span().start).ok());
    Origin { offset: offset.unwrap_or(block.offset), ..block }
}

/// The trace of a block and what it says that it corrects.
pub fn trace(fields: &Fields<'_>, block: usize) -> (Trace, Option<(RecordName, Range<usize>)>) {
    let withdrawn = fields.flag("withdrawn").unwrap_or(false);
    let text = if withdrawn { fields.need_text("corrects") } else { fields.text("corrects") };
    let corrects = text.and_then(|text| {
        let name = RecordName::parse(text.text);
        if name.is_none() {
            let shown = brief(text.text);
            fields.findings().add(
                Code::UnknownCorrected,
                text.span.clone(),
                say!("「{shown}」は記録の名前ではありません", "`{shown}` is not the name of a record"),
                say!(
                    "R7Q2/2025-10-03 のように、対象期間と記録日を書いてください（kaikaku log に出ます）",
                    "write period and date, as in R7Q2/2025-10-03; `kaikaku log` shows the names"
                ),
            );
        }
        Some((name?, text.span))
    });
    (Trace { withdrawn, ..Trace::new(block) }, corrects)
}

/// A withdrawal takes something back and says nothing else.
pub fn silent(fields: &Fields<'_>, keys: &[&'static str]) {
    for key in keys.iter().filter(|key| fields.get(key).is_some()) {
        fields.findings().add(
            Code::WrongType,
            fields.key_span(key),
            say!("取下げの記録に {key} は書けません", "a withdrawal has no {key}"),
            say!(
                "値を直すなら withdrawn を、取り下げるなら {key} を消してください",
                "to correct the value, delete `withdrawn`; to take it back, delete `{key}`"
            ),
        );
    }
}

/// Names the records (in order of period, day and place in the file), finds what each correction corrects, and puts it
/// in that place of the order.
pub fn settle<R: Settled>(findings: &Findings, records: &mut [Read<R>]) {
    let mut before = None;
    for read in records.iter_mut() {
        let shared = (read.record.period(), read.record.recorded());
        let nth = match before {
            Some((same, nth)) if same == shared => nth + 1,
            _ => 1,
        };
        read.record.trace_mut().nth = nth;
        before = Some((shared, nth));
    }
    if records.iter().all(|read| read.corrects.is_none()) {
        return;
    }
    let mut order: Vec<usize> = (0..records.len()).filter(|at| records[*at].corrects.is_some()).collect();
    order.sort_by_key(|at| records[*at].record.trace().block);
    for at in order {
        let Some((wanted, span)) = records[at].corrects.clone() else { continue };
        match target(records, at, wanted) {
            Ok(found) => link(findings, records, at, found, span),
            Err((message, help)) => findings.add(Code::UnknownCorrected, span, message, help),
        }
    }
    // Stable: where there is no correction, the order stays.
    let place = |read: &Read<R>| (read.record.period(), read.record.since());
    records.sort_by_key(place);
}

/// The place of the record that is called so and was there before the one at `at`; else what is wrong and what to do.
fn target<R: Settled>(records: &[Read<R>], at: usize, wanted: RecordName) -> Result<usize, (Say, Say)> {
    let this = &records[at].record;
    let Some(found) = records.iter().position(|read| read.record.name() == wanted) else {
        let others = records.iter().map(|read| read.record.name()).filter(|name| *name != this.name());
        let names: Vec<String> = others.map(|name| name.to_string()).collect();
        let nothing = say!("kaikaku log で名前を確かめてください", "run `kaikaku log` to see the names");
        return Err((
            say!("「{wanted}」という記録はこのファイルにありません", "there is no record `{wanted}` in this file"),
            suggest(&wanted.to_string(), names.iter().map(String::as_str), nothing),
        ));
    };
    let other = &records[found].record;
    let in_order = other.recorded().zip(this.recorded()).is_none_or(|(a, b)| a <= b);
    if other.trace().block < this.trace().block && in_order {
        return Ok(found);
    }
    Err((
        say!("「{wanted}」は、この記録より前の記録ではありません", "`{wanted}` does not come before this record"),
        say!(
            "訂正は、前にした記録についてだけできます。corrects と recorded を確かめてください",
            "only what was recorded before can be corrected: check `corrects` and `recorded`"
        ),
    ))
}

fn link<R: Settled>(findings: &Findings, records: &mut [Read<R>], at: usize, found: usize, span: Range<usize>) {
    let name = records[at].record.name();
    if let Some(other) = records[found].record.trace().corrected() {
        let first = records.iter().find(|read| read.record.name() == other);
        let related = first.and_then(|read| read.corrects.as_ref()).map(|(_, span)| span.clone());
        let wanted = records[found].record.name();
        let finding = Finding::new(
            Code::CorrectedTwice,
            findings.file,
            span,
            say!("「{wanted}」は、もう訂正されています", "`{wanted}` has been corrected already"),
            say!("訂正した記録「{other}」のほうを訂正してください", "correct the record that did so: `{other}`"),
        );
        return findings.push(match related {
            Some(place) => finding.related(findings.file, place, say!("一つ目の訂正", "the first correction")),
            None => finding,
        });
    }
    let (of, since) = (records[found].record.name(), records[found].record.since());
    records[found].record.trace_mut().links.get_or_insert_default().corrected = Some(name);
    let links = records[at].record.trace_mut().links.get_or_insert_default();
    (links.corrects, links.first) = (Some(of), since);
}

/// Notes that a record is there twice.
pub fn duplicate(findings: &Findings, first: Range<usize>, second: Range<usize>) {
    let (first, second) = if first.start <= second.start { (first, second) } else { (second, first) };
    let message = say!("同じ内容の記録が二つあります", "the same record is there twice");
    let help = say!("一つを消してください", "delete one of them");
    findings.push(Finding::new(Code::DuplicateRecord, findings.file, second, message, help).related(
        findings.file,
        first,
        say!("一つ目", "the first one"),
    ));
}

/// The records without what was needed to settle them. They are moved: collected in place they would keep its room.
pub fn alone<R>(read: Vec<Read<R>>) -> Vec<R> {
    let mut records = Vec::with_capacity(read.len());
    records.extend(read.into_iter().map(|read| read.record));
    records
}
