//! `records/<ID>.toml`: the history of one entry or indicator.

mod corrections;
mod measures;

use std::ops::Range;

use self::corrections::{Read, settle, silent, trace};
pub use self::measures::measures;
use super::road;
use crate::fields::registers::{Registers, unknown_grade};
use crate::fields::values::figures;
use crate::fields::{Fields, Findings, Node};
use crate::finding::{Code, Finding};
use crate::plan::Head;
use crate::plan::entry::{Entry, Update};
use crate::plan::period::Period;
use crate::plan::scale::Rating;
use crate::plan::source::Origin;
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
    if !head.covers(period) {
        let (from, to) = (head.from.short(), head.to.short());
        fields.findings().add(
            Code::OutsidePlan,
            node.span(),
            say!("計画期間（{from}～{to}）の外の期間です", "the period lies outside the plan ({from} to {to})"),
            say!("期間の書き間違いがないか確かめてください", "check the period for a typing error"),
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
    let message = say!("同じ内容の記録が二つあります", "the same record is there twice");
    let help = say!("一つを消してください", "delete one of them");
    findings.push(Finding::new(Code::DuplicateRecord, findings.file, second, message, help).related(
        findings.file,
        first,
        say!("一つ目", "the first one"),
    ));
}
