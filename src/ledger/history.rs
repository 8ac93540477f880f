//! The records of one file as they are read: where each stands, which one corrects which, which is there twice.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use chrono::NaiveDate;

use crate::fields::advice::{brief, suggest};
use crate::fields::{Fields, Findings, Node};
use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::ledger::mark::mark;
use crate::plan::entry::Update;
use crate::plan::indicator::Actual;
use crate::plan::period::Period;
use crate::plan::record::{RecordMark, RecordName, Recorded, Trace};
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

    /// Who rates, by place in the plan; `None` where nobody does.
    fn evaluator(&self) -> Option<usize>;
}

impl Settled for Update {
    fn trace_mut(&mut self) -> &mut Trace {
        &mut self.trace
    }

    fn evaluator(&self) -> Option<usize> {
        Some(self.evaluator)
    }
}

impl Settled for Actual {
    fn trace_mut(&mut self) -> &mut Trace {
        &mut self.trace
    }

    fn evaluator(&self) -> Option<usize> {
        None
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
/// in that place of the order. `mark_at` calculates the mark of the block at a place.
pub fn settle<R: Settled>(findings: &Findings, records: &mut [Read<R>], mark_at: &dyn Fn(u32) -> RecordMark) {
    number(records, mark_at);
    if records.iter().all(|read| read.corrects.is_none()) {
        return;
    }
    let mut order: Vec<usize> = (0..records.len()).filter(|at| records[*at].corrects.is_some()).collect();
    order.sort_by_key(|at| records[*at].record.trace().block);
    let mut named = NamedRecords::new(records);
    for at in order {
        let Some((wanted, span)) = records[at].corrects.clone() else { continue };
        match named.target(findings, records, at, wanted) {
            Ok(found) => link(findings, records, at, found, span, &named),
            Err((message, help)) => findings.add(Code::UnknownCorrected, span, message, help),
        }
    }
    // Stable: where there is no correction, the order stays.
    let place = |read: &Read<R>| (read.record.period(), read.record.place());
    records.sort_by_key(place);
}

/// The mark of the block at this place among the tables that were read.
pub fn marked(tables: &[Fields<'_>], block: u32) -> RecordMark {
    let table = usize::try_from(block).ok().and_then(|place| tables.get(place));
    table.map_or_else(RecordMark::default, |table| mark(table.raw()))
}

/// Numbers the records that share period and day; they, and those that a correction names by a mark, get theirs.
fn number<R: Settled>(records: &mut [Read<R>], mark_at: &dyn Fn(u32) -> RecordMark) {
    let marked = records.iter().filter_map(|read| read.corrects.as_ref()).filter(|(name, _)| name.mark.is_some());
    let marked: HashSet<_> = marked.map(|(name, _)| name.shared()).collect();
    for alike in records.chunk_by_mut(|a, b| a.record.name().shared() == b.record.name().shared()) {
        let is_alone = alike.len() == 1;
        if is_alone && !marked.contains(&alike[0].record.name().shared()) {
            continue;
        }
        for (nth, read) in (1_u32..).zip(alike) {
            let trace = read.record.trace_mut();
            trace.nth = if is_alone { 0 } else { u16::try_from(nth).unwrap_or(u16::MAX) };
            trace.links.get_or_insert_default().mark = Some(mark_at(trace.block));
        }
    }
}

/// So many names are shown where several are meant.
const SHOWN: usize = 3;

/// So many names are looked through for those that are shown.
const LOOKED_AT: usize = 100;

/// Among so many names the one is looked for that was meant.
const MOST_NAMES: usize = 1_000;

/// The records of a file by what they are called.
struct NamedRecords {
    /// Where those of one period and day stand, side by side.
    alike: HashMap<Shared, Range<usize>>,
    /// Those of one mark, in their order; the first of them is whom it means when none of them stands any more.
    marked: HashMap<(Shared, RecordMark), (usize, VecDeque<usize>)>,
    /// The names of the first of them, once somebody asked.
    names: OnceCell<Vec<String>>,
}

/// What all records of one period and day share.
type Shared = (Period, Option<NaiveDate>);

impl NamedRecords {
    fn new<R: Settled>(records: &[Read<R>]) -> Self {
        let (mut alike, mut marked) = (HashMap::new(), HashMap::new());
        for (at, read) in records.iter().enumerate() {
            let shared = read.record.name().shared();
            alike.entry(shared).or_insert(at..at).end = at + 1;
            if let Some(mark) = read.record.trace().links.as_ref().and_then(|links| links.mark) {
                let (_, standing) = marked.entry((shared, mark)).or_insert_with(|| (at, VecDeque::new()));
                standing.push_back(at);
            }
        }
        Self { alike, marked, names: OnceCell::new() }
    }

    /// The place of the record that is called so and was there before the one at `at`; else what is wrong and what to do.
    fn target<R: Settled>(
        &mut self,
        findings: &Findings,
        records: &[Read<R>],
        at: usize,
        wanted: RecordName,
    ) -> Result<usize, (Say, Say)> {
        let this = &records[at].record;
        let alike = self.alike.get(&wanted.shared()).cloned().unwrap_or_default();
        let Some(found) = self.meant(records, wanted, &alike) else {
            return Err(self.unknown(findings, records, at, wanted, alike));
        };
        let other = &records[found].record;
        if wanted.mark.is_none() && alike.len() > 1 && is_anothers(this, other) {
            return Err(moved(records, at, wanted, alike));
        }
        // In its file a record comes behind those that were there before; the day that one of them tells may be wrong.
        if other.trace().block < this.trace().block {
            return Ok(found);
        }
        Err((
            say!("「{wanted}」は、この記録より前の記録ではありません", "`{wanted}` does not come before this record"),
            say!(
                "訂正は、ファイルで前にある記録についてだけできます。corrects を確かめてください",
                "only a record above it in the file can be corrected: check `corrects`"
            ),
        ))
    }

    /// The record that a name means; of records that say the same, the one that still stands.
    fn meant<R: Settled>(&mut self, records: &[Read<R>], wanted: RecordName, alike: &Range<usize>) -> Option<usize> {
        let Some(mark) = wanted.mark else {
            let nth = usize::from(wanted.nth).checked_sub(1)?;
            return Some(alike.start + nth).filter(|at| alike.contains(at));
        };
        let (first, standing) = self.marked.get_mut(&(wanted.shared(), mark))?;
        while standing.front().is_some_and(|at| records[*at].record.trace().corrected().is_some()) {
            standing.pop_front();
        }
        Some(standing.front().copied().unwrap_or(*first))
    }

    /// No record is called so: there never was one, or it says something else by now.
    fn unknown<R: Settled>(
        &self,
        findings: &Findings,
        records: &[Read<R>],
        at: usize,
        wanted: RecordName,
        alike: Range<usize>,
    ) -> (Say, Say) {
        let before = |other: &usize| records[*other].record.trace().block < records[at].record.trace().block;
        let changed = alike.take(LOOKED_AT).filter(before).take(SHOWN);
        let changed: Vec<String> = changed.map(|other| marked_name(&records[other].record)).collect();
        if wanted.mark.is_some() && !changed.is_empty() {
            let (ja, en) = (changed.join("、"), changed.join(", "));
            return (
                say!(
                    "「{wanted}」という記録はこのファイルにありません。訂正された後に書き換えられたか、消されています",
                    "there is no record `{wanted}` in this file: it was edited or deleted after it had been corrected"
                ),
                say!(
                    "訂正した記録を元に戻すか、corrects に今の名前を書いてください（{ja}）",
                    "restore the record that was corrected, or write its present name into `corrects` ({en})"
                ),
            );
        }
        let name = |read: &Read<R>| read.record.name().to_string();
        let nothing = say!("kaikaku log で名前を確かめてください", "run `kaikaku log` to see the names");
        let help = if findings.are_many() {
            nothing
        } else {
            let names = self.names.get_or_init(|| records.iter().take(MOST_NAMES).map(name).collect());
            let own = name(&records[at]);
            suggest(&wanted.to_string(), names.iter().map(String::as_str).filter(|name| *name != own), nothing)
        };
        (say!("「{wanted}」という記録はこのファイルにありません", "there is no record `{wanted}` in this file"), help)
    }

    /// The record of this name.
    fn called<'r, R: Settled>(&self, records: &'r [Read<R>], name: RecordName) -> Option<&'r Read<R>> {
        let alike = self.alike.get(&name.shared())?;
        let nth = usize::from(name.nth).checked_sub(1)?;
        records.get(alike.start + nth).filter(|read| read.record.name() == name)
    }
}

/// A name without a mark has come to mean the record of another evaluator, as it does when two branches are merged.
fn moved<R: Settled>(records: &[Read<R>], at: usize, wanted: RecordName, alike: Range<usize>) -> (Say, Say) {
    let own = |other: &usize| {
        let (this, other) = (&records[at].record, &records[*other].record);
        other.evaluator() == this.evaluator() && other.trace().block < this.trace().block
    };
    let names = alike.take(LOOKED_AT).filter(own).take(SHOWN);
    let names: Vec<String> = names.map(|other| marked_name(&records[other].record)).collect();
    let (ja, en) = (names.join("、"), names.join(", "));
    let help = match names[..] {
        [] => say!(
            "ほかの評価者の記録は訂正できません。取り下げて、記録し直してください",
            "a correction has the evaluator of what it corrects; withdraw that record and record it anew"
        ),
        _ => say!(
            "corrects に、この評価者の記録の名前を書いてください（{ja}）",
            "write the name of this evaluator's record into `corrects` ({en})"
        ),
    };
    (say!("「{wanted}」は、ほかの評価者の記録を指しています", "`{wanted}` means the record of another evaluator"), help)
}

/// Whether a correction has another evaluator than what it corrects. A withdrawal names none.
fn is_anothers<R: Settled>(correction: &R, corrected: &R) -> bool {
    !correction.trace().withdrawn && correction.evaluator() != corrected.evaluator()
}

/// The name of a record with its mark, also where it is the only one.
fn marked_name(record: &impl Recorded) -> String {
    let mark = record.trace().links.as_ref().and_then(|links| links.mark);
    RecordName { mark, ..record.name() }.to_string()
}

fn link<R: Settled>(
    findings: &Findings,
    records: &mut [Read<R>],
    at: usize,
    found: usize,
    span: Range<usize>,
    named: &NamedRecords,
) {
    let name = records[at].record.name();
    if let Some(other) = records[found].record.trace().corrected() {
        let first = named.called(records, other);
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
    if is_anothers(&records[at].record, &records[found].record) {
        let wanted = records[found].record.name();
        findings.add(
            Code::CorrectsAnother,
            span,
            say!("「{wanted}」は、ほかの評価者の記録です", "`{wanted}` is the record of another evaluator"),
            say!(
                "訂正できるのは同じ評価者の記録です。取り下げて記録し直すか、evaluator を確かめてください",
                "only the same evaluator corrects a record: withdraw it and record it anew, or check `evaluator`"
            ),
        );
    }
    let (of, first) = (records[found].record.name(), records[found].record.place());
    // A wrong day, one that lies ahead, is no place in the order of time: the correction stands at its own day.
    let is_after = records[at].record.recorded().zip(first.0).is_none_or(|(own, first)| first <= own);
    records[found].record.trace_mut().links.get_or_insert_default().corrected = Some(name);
    let links = records[at].record.trace_mut().links.get_or_insert_default();
    (links.corrects, links.first) = (Some(of), is_after.then_some(first));
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
