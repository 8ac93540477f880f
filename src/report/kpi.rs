//! 検証指標: baseline, actual and target with their years, the gap, both rates, the verdict.

pub mod against;
pub mod counts;
mod effects;
mod flat;
mod flat_sums;
mod machine;
pub mod methods;
pub mod notes;
mod sums;
mod sums_against;
mod tables;
mod totals;
pub mod verifying;

pub use counts::{VerdictTableJson, counts_of};
pub use machine::{GapJson, KpiJson, json_gap};
pub use tables::{
    Judged, Shown, brief_table, broken_note, full_table, grouped, indicator_columns, named_columns, short_note,
    short_table, targets_note,
};

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::query::AsOf;
use crate::query::gap::versus::Before;
use crate::query::gap::{Gap, Verdict, Why};
use crate::query::verdicts::{VerdictTable, verdict_tables};
use crate::query::verifying::Verifying;
use crate::text::terms;
use crate::tr;

use super::{Report, heading};
use crate::document::{Block, Document, Section, Table};
use crate::wording as words;

use self::verifying::Detail;

/// What of the indicators is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything.
    All,
    /// How many have which verdict.
    Counts,
    /// The amounts of effects, and the sums.
    Sums,
}

/// The indicators of a plan against their targets.
#[derive(Debug)]
pub struct KpiReport<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// As of when.
    pub as_of: AsOf,
    /// In the order of the plan.
    pub gaps: Vec<Gap<'p>>,
    /// How many stand how, by each set of bands that judges.
    pub verdicts: Vec<VerdictTable<'p>>,
    /// What of it is asked for.
    pub part: Part,
    /// Which columns the table of the indicators has.
    pub shown: Shown,
    /// The plans whose indicators verify it.
    pub verified_by: Vec<Verifying<'p>>,
    /// The same at the end of a period that is compared with, where one was asked for.
    pub before: Option<Before<'p>>,
}

impl Report for KpiReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let mut document = heading::document(self.plan, lang.pick("検証指標", "indicators"), Some(self.as_of), lang);
        document.lead.push(denominators(&self.gaps, lang).into());
        match self.part {
            Part::Counts => document.sections.extend(counts::section(self.plan, &self.verdicts, lang)),
            Part::Sums => document.sections.extend(self.sums(lang)),
            Part::All => {
                document.sections.extend(self.sections(lang));
                document.sections.extend(verifying::sections(&self.verified_by, &Detail::Full(&self.shown), lang));
            }
        }
        document
    }

    fn facts_of(&self) -> Option<(&'static str, Period)> {
        Some(("kpi", self.as_of.period))
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        match self.part {
            Part::Counts => counts::flat(self.plan, &self.verdicts, lang),
            Part::Sums => flat_sums::flat(self, lang),
            Part::All => flat::flat(self, lang),
        }
    }

    fn json(&self) -> serde_json::Value {
        machine::json(self)
    }
}

impl<'p> KpiReport<'p> {
    /// Counts how many of these stand how.
    pub fn new(plan: &'p Plan, as_of: AsOf, gaps: Vec<Gap<'p>>, verified_by: Vec<Verifying<'p>>) -> Self {
        let verdicts = verdict_tables(plan, &gaps, as_of, None);
        Self { plan, as_of, gaps, verdicts, part: Part::All, shown: Shown::default(), verified_by, before: None }
    }

    /// The effects, then the sums that the plan declares.
    pub fn sums(&self, lang: Lang) -> Vec<Section> {
        let effects = Some(effects::tables(self, lang)).filter(|tables| !tables.is_empty());
        let effects = effects.map(|tables| Section {
            topic: Some("effects".into()),
            ..Section::new(lang.pick("効果", "Effects"), tables)
        });
        effects.into_iter().chain(sums::sections(self, lang)).collect()
    }

    /// The plan's own indicators.
    fn sections(&self, lang: Lang) -> Vec<Section> {
        if self.gaps.is_empty() {
            let none = match self.verified_by.is_empty() {
                true => lang.pick("該当する検証指標はありません。", "No indicator matches."),
                false => lang.pick("この計画自身の検証指標はありません。", "This plan has no indicators of its own."),
            };
            let none = Section::plain(vec![Block::Text(none.into())]);
            return std::iter::once(none).chain(sums::sections(self, lang)).collect();
        }
        let table = Block::Table(tables::full_table(self.plan, &self.gaps, &self.shown, lang));
        let mut sections = vec![Section::plain(vec![table])];
        let section = |topic: &str, heading: &str, blocks: Vec<Block>| Section {
            topic: Some(topic.into()),
            ..Section::new(heading, blocks)
        };
        sections.extend(counts::section(self.plan, &self.verdicts, lang));
        if let Some(before) = &self.before {
            let period = before.period.long(lang);
            let heading = tr!(lang, "{period}末との比較", "Against {period}");
            let mut blocks = against::tables(self, before, lang);
            blocks.extend(sums_against::tables(self, before, lang));
            sections.push(section("against", &heading, blocks));
        }
        if let Some(outlook) = tables::outlook(self.plan, &self.gaps, lang) {
            sections.push(section("outlook", terms::OUTLOOK.title(lang), vec![Block::Table(outlook)]));
        }
        sections.extend(self.sums(lang));
        sections.push(section(
            "notes",
            lang.pick("注", "Notes"),
            vec![Block::List(notes::notes(self.plan, &self.gaps, lang))],
        ));
        sections
    }
}

/// How many there are, how many can be judged, and why the others cannot.
fn denominators(gaps: &[Gap<'_>], lang: Lang) -> String {
    let mut reasons: BTreeMap<Why, usize> = BTreeMap::new();
    for gap in gaps {
        if let Verdict::Undetermined(why) = gap.counted() {
            *reasons.entry(why).or_default() += 1;
        }
    }
    let reasons: Vec<String> = reasons.iter().map(|(why, n)| format!("{} {n}", words::why(*why, lang))).collect();
    verdicts_of(gaps, Some(reasons).filter(|reasons| !reasons.is_empty()), lang)
}

/// How many there are, how many can be judged, and these reasons of the others.
fn verdicts_of(gaps: &[Gap<'_>], reasons: Option<Vec<String>>, lang: Lang) -> String {
    let count = |wanted: Verdict| gaps.iter().filter(|g| g.counted() == wanted).count();
    let judged = [Verdict::Met, Verdict::OnPace, Verdict::Behind, Verdict::Worsened];
    let comma = lang.pick("、", ", ");
    let parts = judged.map(|v| format!("{} {}", words::verdict(v, lang), count(v))).join(comma);
    let open = gaps.iter().filter(|gap| matches!(gap.counted(), Verdict::Undetermined(_))).count();
    let reasons = reasons.map(|reasons| tr!(lang, "（{}）", " ({})", reasons.join(comma))).unwrap_or_default();
    let (all, decided) = (gaps.len(), gaps.len() - open);
    tr!(
        lang,
        "全体 {all}：判定できる {decided}（{parts}）、判定できない {open}{reasons}",
        "{all} in all: {decided} judged ({parts}), {open} undetermined{reasons}"
    )
}
