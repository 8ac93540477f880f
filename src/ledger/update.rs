//! `[[update]]`: how an entry stands in a period.

use crate::tree::Said;
use toml::{Table, Value};

use super::block::{Block, quoted};
use super::files::RECORDS;
use super::history::{Read, alone, at, duplicate, marked, settle, silent, trace};
use super::kind::{Claim, Kind, Merging};
use super::record::{self, Head, claims, table};
use crate::fields::figures::figures;
use crate::fields::registers::{Registers, unknown, unknown_grade};
use crate::fields::{Fields, Node, Text};
use crate::finding::Code;
use crate::keys;
use crate::lang::Say;
use crate::plan::entry::{self, Entry};
use crate::plan::period::Period;
use crate::plan::road::{Lane, NamedMilestones, Reached};
use crate::plan::scale::Rating;
use crate::text::terms;
use crate::{plan, say};

/// The kind.
pub static KIND: Kind = Kind {
    header: "update",
    form: &keys::UPDATE,
    files: RECORDS,
    identity: record::IDENTITY,
    references: record::REFERENCES,
    merging: Merging::Blocks { claims: claimed },
    sample,
};

/// What an update says. Whatever is `None` or without members holds on from the record that it corrects.
#[derive(Debug, Default)]
pub struct Update<'a> {
    /// Who rates, by id.
    pub evaluator: Option<&'a str>,
    /// Grades by scale, by id.
    pub ratings: Vec<(String, String)>,
    /// 進捗率, as a number.
    pub progress: Option<String>,
    /// Steps of the roadmap that were reached.
    pub step: Option<Step>,
    /// Milestones that were reached, and when.
    pub reached: Vec<(String, String)>,
    /// 実績.
    pub done: Option<&'a str>,
    /// 課題.
    pub issue: Option<&'a str>,
    /// 今後の対応.
    pub next: Option<&'a str>,
    /// 注.
    pub notes: Vec<&'a str>,
    /// Why something unlikely in it is right; kept with the note.
    pub confirmed: Option<&'a str>,
    /// 記録者.
    pub by: Option<&'a str>,
}

/// The steps of the roadmap that an update reports.
#[derive(Debug)]
pub enum Step {
    /// Of the entry itself.
    Own(String),
    /// By the name of each initiative, and of the entry by its id.
    Each(Vec<(String, String)>),
}

impl Update<'_> {
    /// Writes the block.
    pub fn block(&self, head: Head) -> Block {
        let mut block = head.block(KIND.header);
        block.text("evaluator", self.evaluator);
        block.raw("rating", table(&self.ratings).as_deref());
        block.raw("progress", self.progress.as_deref());
        let step = self.step.as_ref().and_then(|step| match step {
            Step::Own(step) => Some(quoted(step.trim())),
            Step::Each(steps) => table(&by_name(steps)),
        });
        block.raw("step", step.as_deref());
        block.raw("reached", table(&by_name(&self.reached)).as_deref());
        block.text("done", self.done);
        block.text("issue", self.issue);
        block.text("next", self.next);
        block.notes(&self.notes, self.confirmed);
        block.text("by", self.by);
        block
    }
}

/// Names as keys.
fn by_name(pairs: &[(String, String)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (quoted(name.trim()), value.trim().to_owned())).collect()
}

/// The grades that an update gives its period, and the progress that it tells of it.
fn claimed(table: &Table) -> Vec<Claim> {
    let ratings = match table.get("rating") {
        Some(Value::Table(ratings)) => {
            ratings.iter().map(|(scale, grade)| (format!("rating {scale}"), grade.to_string())).collect()
        }
        rating => rating.map(|grade| ("rating".to_owned(), grade.to_string())).into_iter().collect::<Vec<_>>(),
    };
    let progress = table.get("progress").map(|progress| ("progress".to_owned(), progress.to_string()));
    claims(table, ratings.into_iter().chain(progress))
}

/// Reads the updates of an entry, in order of period and of when they were recorded.
pub fn read(fields: &Fields<'_>, of: &Entry, plan: &plan::Head, registers: &Registers) -> Vec<entry::Update> {
    let tables = fields.tables(KIND.header);
    let mut updates = Vec::with_capacity(tables.len());
    let milestones = NamedMilestones::new(of);
    let read = |(block, table)| read_one(table, block, (of, &milestones), plan, registers);
    updates.extend(tables.iter().enumerate().filter_map(read));
    updates.sort_by_key(|read| (read.record.period, read.record.recorded, read.record.origin.offset));
    settle(fields.findings(), &mut updates, &|block| marked(&tables, block));
    for pair in updates.windows(2) {
        let [a, b] = pair else { continue };
        if same(&a.record, &b.record) {
            duplicate(fields.findings(), a.span.clone(), b.span.clone());
        }
    }
    alone(updates)
}

fn read_one(
    fields: &Fields<'_>,
    block: usize,
    (of, milestones): (&Entry, &NamedMilestones<'_>),
    plan: &plan::Head,
    registers: &Registers,
) -> Option<Read<entry::Update>> {
    let (trace, corrects) = trace(fields, block);
    if trace.withdrawn {
        silent(fields, &["rating", "progress", "done", "issue", "next", "step", "reached"]);
    }
    let period = fields.need("period").map(|node| (node, fields.as_period(node)));
    if let Some((node, Some(period))) = period {
        check_period(fields, node, period, of, plan);
    }
    let rated = fields.get("rating").or_else(|| fields.get("progress"));
    let origin = at(rated, registers.origin(fields));
    let record = entry::Update {
        recorded: fields.date("recorded"),
        evaluator: registers.rater(fields),
        progress: fields.whole("progress", 0..101).and_then(|n| u8::try_from(n).ok()),
        done: fields.boxed("done"),
        issue: fields.boxed("issue"),
        next: fields.boxed("next"),
        by: fields.boxed("by"),
        reached: reached(fields, of, milestones, registers),
        figures: figures(fields, registers, &origin),
        notes: fields.boxed_all("note"),
        ratings: read_ratings(fields, period.and_then(|(_, p)| p), registers),
        period: period?.1?,
        origin,
        trace,
    };
    Some(Read { record, span: fields.span.clone(), corrects })
}

fn check_period(fields: &Fields<'_>, node: Node<'_>, period: Period, of: &Entry, plan: &plan::Head) {
    if !plan.covers(period) {
        let (from, to) = (plan.from.short(), plan.to.short());
        fields.findings().add(
            Code::OutsidePlan,
            node.span(),
            say!("計画期間（{from}～{to}）の外の期間です", "the period lies outside the plan ({from} to {to})"),
            say!("期間の書き間違いがないか確かめてください", "check the period for a typing error"),
        );
    } else if of.dropped.is_some_and(|dropped| dropped.first_day() <= period.first_day()) {
        let id = &of.id;
        fields.findings().add(
            Code::AfterDropped,
            node.span(),
            say!("「{id}」は、この期間にはもう計画にありません", "`{id}` has left the plan by then"),
            say!("期間か、計画の dropped を確かめてください", "check the period, or `dropped` in the outline"),
        );
    }
}

fn read_ratings(fields: &Fields<'_>, period: Option<Period>, registers: &Registers) -> Box<[Rating]> {
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

fn same(a: &entry::Update, b: &entry::Update) -> bool {
    let head = |u: &entry::Update| (u.period, u.recorded, u.evaluator, u.progress, u.origin.source);
    head(a) == head(b)
        && a.ratings == b.ratings
        && (&a.done, &a.issue, &a.next, &a.by) == (&b.done, &b.issue, &b.next, &b.by)
        && a.notes == b.notes
        && a.reached == b.reached
        && a.figures.len() == b.figures.len()
        && (a.trace.corrects(), a.trace.withdrawn) == (b.trace.corrects(), b.trace.withdrawn)
}

/// Reads `step` and `reached` of a record.
fn reached(
    fields: &Fields<'_>,
    of: &Entry,
    named: &NamedMilestones<'_>,
    registers: &Registers,
) -> Option<Box<Reached>> {
    let steps = fields.get("step").map(|node| standing(fields, node, of, registers)).unwrap_or_default();
    let table = fields.table("reached");
    let milestones = table.map(|table| {
        let read = |(name, node): (Text<'_>, Node<'_>)| {
            let date = table.as_period(node);
            let (lane, place) = milestone(&table, &name, of, named)?;
            Some((lane, place, date?))
        };
        table.entries().into_iter().filter_map(read).collect()
    });
    let reached = Reached { steps, milestones: milestones.unwrap_or_default() };
    (reached != Reached::default()).then(|| Box::new(reached))
}

/// `"実施"` for the entry itself, `{ 取組内容の名称 = "実施" }` for its initiatives.
fn standing(fields: &Fields<'_>, node: Node<'_>, of: &Entry, registers: &Registers) -> Vec<(Lane, usize)> {
    let Said::Table(_) = node.says() else {
        let text = fields.as_text(node);
        return text
            .and_then(|text| registers.step(fields.findings(), &text))
            .map(|step| (None, step))
            .into_iter()
            .collect();
    };
    let Some(table) = fields.as_table(node) else { return Vec::new() };
    let read = |(name, node): (Text<'_>, Node<'_>)| {
        let step = table.as_text(node).and_then(|text| registers.step(table.findings(), &text));
        let lane = of.lane(name.text);
        if lane.is_none() {
            let known = of.initiatives.iter().map(|i| &*i.name).chain([of.id.as_str()]);
            unknown(table.findings(), Code::UnknownMilestone, &name, terms::INITIATIVE.words(), known, Say::default());
        }
        Some((lane?, step?))
    };
    table.entries().into_iter().filter_map(read).collect()
}

fn milestone(fields: &Fields<'_>, text: &Text<'_>, of: &Entry, named: &NamedMilestones<'_>) -> Option<(Lane, usize)> {
    let found = named.named(text.text);
    match found[..] {
        [one] => Some(one),
        [] => {
            let known = of.lanes().flat_map(|lane| of.milestones_of(lane)).map(|milestone| &*milestone.name);
            let nothing = say!(
                "この項目に節目はありません。outline の milestone に書き足してください",
                "this entry has no milestones: add one to `milestone` in the outline"
            );
            unknown(fields.findings(), Code::UnknownMilestone, text, terms::MILESTONE.words(), known, nothing);
            None
        }
        _ => {
            let name = text.text;
            fields.findings().add(
                Code::UnknownMilestone,
                text.span.clone(),
                say!("「{name}」という節目が二つ以上あります", "there is more than one milestone `{name}`"),
                say!("\"取組内容の名称/{name}\" と書いてください", "write \"INITIATIVE/{name}\""),
            );
            None
        }
    }
}

fn sample() -> String {
    let update = Update {
        evaluator: Some("dept"),
        ratings: vec![("progress".to_owned(), "good".to_owned())],
        progress: Some("60".to_owned()),
        step: Some(Step::Each(vec![("1-1".to_owned(), "実施".to_owned())])),
        reached: vec![("公開".to_owned(), "R7.8".to_owned())],
        done: Some("窓口を\"一つ\"にした"),
        issue: Some("一行目\n二行目"),
        next: Some("# 広げる"),
        notes: vec!["速報"],
        confirmed: Some("電話で確認"),
        by: Some("人事課"),
    };
    update.block(Head::sample()).finish()
}
