//! The first screen: counts, what needs attention and what moved. Every entry stands in the whole report.

use crate::document::{Block, Line, Section, Tone};
use crate::lang::Lang;
use crate::query::gap::{self, Gap, Verdict};
use crate::report::kpi;
use crate::report::kpi::verifying::{self, Detail};
use crate::tr;

use super::{StatusReport, counts, notes, published};

/// How many entries a list of the first screen names.
const MOST: usize = 10;

/// The sections in the order of reading.
pub fn sections(report: &StatusReport<'_>, lang: Lang) -> Vec<Section> {
    let mut sections = Vec::new();
    if !report.plan().has_totals_alone() {
        sections.extend(counts::brief_sections(report, lang));
    }
    sections.extend(report.totals().map(|totals| published::section(report.plan(), totals, lang)));
    sections.extend(attention(report, lang));
    sections
        .extend(report.by_level().filter_map(|status| report.flows(status, lang)).map(|section| first(section, lang)));
    sections.extend(indicators(report, lang));
    sections.extend(verifying::sections(&report.verified_by, &Detail::Brief, lang));
    sections.extend(notes::brief_section(report, lang));
    let more = lang.pick(
        "すべての項目と指標は --all、木の形は --tree、課題と今後の対応は --attention",
        "Every entry and indicator: --all; as a tree: --tree; issues and next steps: --attention",
    );
    sections.push(Section::plain(vec![Block::Text(Line::toned(more, Tone::Faint))]));
    sections
}

/// The entries whose grade asks for attention.
fn attention(report: &StatusReport<'_>, lang: Lang) -> Option<Section> {
    let nodes = || report.status.nodes.iter().filter(|node| report.needs_attention(node));
    let count = nodes().count();
    let table = report.entry_table(&report.entry_columns(lang), nodes().take(MOST), lang);
    let heading = tr!(lang, "対応を要する項目（{count}件）", "Needs attention ({count})");
    let section = Section::new(heading, vec![Block::Table(table)]);
    (count > 0).then(|| with_rest(section, count.saturating_sub(MOST), lang))
}

/// A section whose list is cut short.
fn first(mut section: Section, lang: Lang) -> Section {
    let mut rest = 0;
    for block in &mut section.blocks {
        if let Block::List(lines) = block {
            rest += lines.len().saturating_sub(MOST);
            lines.truncate(MOST);
        }
    }
    with_rest(section, rest, lang)
}

/// A section that says how many more there are.
fn with_rest(mut section: Section, rest: usize, lang: Lang) -> Section {
    let more = || tr!(lang, "ほか {rest}件（--all で示す）", "{rest} more (see --all)");
    section.blocks.extend((rest > 0).then(|| Block::Text(more().into())));
    section
}

/// The plan's own indicators that are behind or worsened; how many there are of each verdict stands beneath.
fn indicators(report: &StatusReport<'_>, lang: Lang) -> Option<Section> {
    let plan = report.plan();
    let gaps = gap::gaps(plan, report.status.question.as_of);
    if gaps.is_empty() {
        return report.indicators(lang);
    }
    let late = |gap: &Gap<'_>| matches!(gap.counted(), Verdict::Behind | Verdict::Worsened);
    let heading = lang.pick("検証指標（遅れと後退）", "Indicators behind or worsened");
    let table = Block::Table(kpi::brief_table(plan, &gaps, late, lang));
    Some(Section { topic: Some("indicators".into()), ..Section::new(heading, vec![table]) })
}
