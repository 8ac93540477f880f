//! 注: how the figures came about, what is unconfirmed, and which documents they were read from.

use std::collections::BTreeSet;

use crate::document::{Block, Line};
use crate::plan::paper::{PaperColumn, Topic};
use crate::plan::{Denominator, Subject};
use crate::query::status::Standing;
use crate::query::summary::{Unsure, What};
use crate::report::kpi::notes::{footnotes as indicator_notes, formulas, methods, rounding};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::PaperPage;

/// One list.
pub fn blocks(page: &PaperPage<'_>) -> Vec<Block> {
    let lang = page.lang;
    let mut lines: Vec<Line> = Vec::new();
    if page.summary.status.base(&page.summary.status.total) > 0 {
        let (ja, en) = words::rounded(page.plan().head.rounding);
        let counting = match page.plan().head.denominator {
            Denominator::Rated => tr!(
                lang,
                "割合の分母は、評価済の件数（未報告と、評価の対象としない区分を除く。）である。{ja}のため、割合の合計が100％にならないことがある。",
                "Percentages are of those rated (without unreported ones and grades that do not count); {en}, they may not add up to 100%."
            ),
            Denominator::Due => tr!(
                lang,
                "割合の分母は、評価済と未報告を合わせた件数（評価の対象としない区分を除く。）である。{ja}のため、割合の合計が100％にならないことがある。",
                "Percentages are of those rated and unreported together (without grades that do not count); {en}, they may not add up to 100%."
            ),
        };
        lines.push(counting.into());
    }
    let evaluators = &page.plan().evaluators;
    if evaluators.len() > 1 && !page.plan().entries.is_empty() {
        let name = &evaluators[page.summary.status.question.evaluator].name;
        lines.push(tr!(lang, "進捗区分は、{name}による。", "Ratings are those of: {name}.").into());
        lines.extend(taken(page).map(Line::from));
    }
    lines.extend(not_asked(page).into_iter().map(Line::from));
    lines.extend(indicators(page).into_iter().map(|text| Line::from(page.signed(text))));
    lines.extend(page.summary.unsure.iter().map(|unsure| Line::from(self::unsure(page, unsure))));
    lines.extend(footnotes(page).into_iter().map(Line::from));
    lines.extend(sources(page).map(Line::from));
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// Whose ratings are taken, and of how many entries.
fn taken(page: &PaperPage<'_>) -> Option<String> {
    let (lang, plan, status) = (page.lang, page.plan(), &page.summary.status);
    let who = &plan.evaluators[status.question.evaluator];
    let list = words::taken(status, lang);
    let name = &who.name;
    (!who.first_of.is_empty()).then(|| {
        tr!(
            lang,
            "「{name}」は、同じ時期の評価のうち、次の順で先にあるものによる。{list}",
            "\"{name}\" is the first of these that rated the same period: {list}."
        )
    })
}

/// What 今期対象外 and 開始前 mean, and that levels are never added, where a table has such.
fn not_asked(page: &PaperPage<'_>) -> Vec<&'static str> {
    let (lang, summary) = (page.lang, page.summary);
    let stands = |standing| summary.status.nodes.iter().any(|node| node.standing == standing);
    let resting = lang.pick(
        "「今期対象外」は、計画の定めによりこの期間には評価しない項目であり、割合の分母に入らない。",
        "Not rated this period: the plan has the entry rated in other periods. It is not in the denominator.",
    );
    let ahead = lang.pick(
        "「開始前」は、着手の時期が来ていない項目であり、割合の分母に入らない。",
        "Not yet due: the entry begins later. It is not in the denominator.",
    );
    let levels = lang.pick(
        "件数は、階層ごとに別に数えたものであり、階層の間では足し合わせない。",
        "Each level is counted for itself; levels are never added.",
    );
    let all =
        [(stands(Standing::Resting), resting), (stands(Standing::Ahead), ahead), (!summary.levels.is_empty(), levels)];
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| note).collect()
}

/// How the indicators were judged, as far as the paper shows it; their footnotes where it lists every entry.
fn indicators(page: &PaperPage<'_>) -> Vec<String> {
    let (gaps, lang) = (&page.summary.gaps, page.lang);
    if gaps.is_empty() {
        return Vec::new();
    }
    let columns = page.paper.sections.iter().filter(|section| section.topic == Topic::Indicators);
    let columns: Vec<PaperColumn> = columns.flat_map(|section| section.columns.iter().copied()).collect();
    let has = |wanted: &[PaperColumn]| columns.iter().any(|column| wanted.contains(column));
    let has_rates = has(&[PaperColumn::ToTarget, PaperColumn::Improvement, PaperColumn::Pace]);
    let [rates, room] = formulas(lang);
    let mut notes = Vec::new();
    notes.extend(has_rates.then_some(rates));
    notes.extend(has(&[PaperColumn::Gap]).then_some(room));
    notes.extend(methods(gaps, lang));
    notes.extend(has_rates.then(|| rounding(page.plan(), lang)));
    notes.extend(gaps.iter().filter(|_| lists_every_entry(page)).flat_map(|gap| indicator_notes(gap, lang)));
    notes
}

/// Whether the paper lists every entry.
fn lists_every_entry(page: &PaperPage<'_>) -> bool {
    page.paper.sections.iter().any(|section| section.topic == Topic::Items)
}

/// What is unconfirmed, by name.
pub fn unsure(page: &PaperPage<'_>, unsure: &Unsure) -> String {
    let named = named(page.plan(), unsure, page.lang);
    tr!(page.lang, "要確認：{named}", "Unconfirmed: {named}")
}

/// Of what a value is unconfirmed: "3-3-1 名称の進捗の記録（R7Q2）".
pub fn named(plan: &crate::plan::Plan, unsure: &Unsure, lang: crate::lang::Lang) -> String {
    let of = match unsure.subject {
        Subject::Entry(place) => format!("{} {}", plan.entries[place].id, plan.entries[place].name),
        Subject::Indicator(place) => words::indicator_name(&plan.indicators[place]),
    };
    let what = match unsure.what {
        What::Itself => return of,
        What::Rating => lang.pick("進捗の記録", "update"),
        What::Baseline => terms::BASELINE.word(lang),
        What::Actual => terms::ACTUAL.word(lang),
        What::Target => terms::TARGET.word(lang),
        What::Figure => lang.pick("数値", "figure"),
        What::Series => lang.pick("値の種類（単年度か累計か）", "series (yearly or cumulative)"),
    };
    let period = unsure.period.map(|p| tr!(lang, "（{}）", " ({})", p.brief(lang))).unwrap_or_default();
    tr!(lang, "{of}の{what}{period}", "{of}: {what}{period}")
}

/// The footnotes of the entries, where the paper lists them all.
fn footnotes(page: &PaperPage<'_>) -> Vec<String> {
    let nodes = page.summary.status.nodes.iter().filter(|_| lists_every_entry(page));
    let colon = page.lang.pick("：", ": ");
    let of = |node: &crate::query::status::Node<'_>| {
        let entry = &page.plan().entries[node.place];
        entry.notes.iter().map(|note| format!("{} {}{colon}{note}", entry.id, entry.name)).collect::<Vec<_>>()
    };
    nodes.flat_map(of).collect()
}

/// The documents that the figures of the paper were read from.
fn sources(page: &PaperPage<'_>) -> Option<String> {
    let (lang, plan) = (page.lang, page.plan());
    let entries = page.summary.status.nodes.iter().flat_map(|node| {
        [Some(plan.entries[node.place].origin.source), node.rated_by.map(|update| update.origin.source)]
    });
    let gaps = page.summary.gaps.iter().flat_map(|gap| {
        let readings = [gap.baseline, gap.actual.map(|m| &m.reading), gap.target];
        readings.map(|reading| reading.map(|r| r.origin.source))
    });
    let printed = page.summary.status.totals.iter().map(|totals| Some(totals.published.whole.origin.source));
    let used: BTreeSet<u16> = entries.chain(gaps).chain(printed).flatten().flatten().collect();
    let named: Vec<String> = used.into_iter().filter_map(|source| words::source(plan, Some(source))).collect();
    let list = named.join(lang.pick("、", "; "));
    (!named.is_empty()).then(|| tr!(lang, "資料：{list}", "Sources: {list}"))
}
