//! How the figures of the indicators came about: formulas, bands, rounding, footnotes.

use crate::document::Line;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::judging::{BandSet, Meaning, STANDARD};
use crate::query::gap::{Beside, Gap, pace_of};
pub use crate::query::verdicts::sets;
use crate::tr;
use crate::wording as words;

use super::tables::{broken_note, short_note, targets_note};

/// How the figures came about, then the footnotes of the indicators.
pub fn notes(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Vec<Line> {
    let [rates, room] = formulas(lang);
    let mut lines = vec![rates, room];
    lines.extend([targets_note(gaps, lang), short_note(gaps, lang), broken_note(gaps, lang)].into_iter().flatten());
    lines.extend(methods(gaps, lang));
    lines.extend(beside(gaps).into_iter().map(|set| method(set, lang)));
    lines.push(rounding(plan, lang));
    lines.extend(gaps.iter().flat_map(|g| footnotes(g, lang)));
    lines.into_iter().map(Line::from).collect()
}

/// What the rates are, and what stands where there is none.
pub fn formulas(lang: Lang) -> [String; 2] {
    [
        tr!(
            lang,
            "対目標比は、実績値÷目標値（減らす指標では、目標値÷実績値）、改善率は、（実績値－基準値）÷（目標値－基準値）、ペース比は、実績値÷実績の年度に見込まれる値（減らす指標では、逆）である。",
            "To target: actual ÷ target (for lower-is-better target ÷ actual). Improvement: (actual − baseline) ÷ (target − baseline). Pace: actual ÷ what is expected by the actual's year (for lower-is-better the reverse)."
        ),
        tr!(
            lang,
            "目標との差は、目標に届いた幅を「余裕」、届かない幅を「不足」又は「超過」として示す（Excelの数値は、余裕を正、不足及び超過を負とする。）。上限・下限・維持・範囲の指標は、率を示さない。",
            "Gap to target: how far it is met (room), or missed (short of it, or over it); as numbers in Excel room is positive, the others negative. At most, at least, maintain and range have no rates."
        ),
    ]
}

/// By which methods these are judged.
pub fn methods(gaps: &[Gap<'_>], lang: Lang) -> Vec<String> {
    sets(gaps).into_iter().map(|set| method(set, lang)).collect()
}

/// How an indicator stands by the nth set that judges besides.
pub fn also<'p>(plan: &Plan, gap: &Gap<'p>, nth: usize) -> Option<Beside<'p>> {
    let set = &plan.band_sets[*plan.head.also_judged_by.get(nth)?];
    gap.also.iter().find(|also| also.set.id == set.id).copied()
}

/// The sets that judge besides.
fn beside<'p>(gaps: &[Gap<'p>]) -> Vec<&'p BandSet> {
    let mut sets: Vec<&BandSet> = Vec::new();
    for also in gaps.iter().flat_map(|gap| &gap.also) {
        if !sets.iter().any(|set| set.id == also.set.id) {
            sets.push(also.set);
        }
    }
    sets
}

/// How rates are rounded.
pub fn rounding(plan: &Plan, lang: Lang) -> String {
    let digits = words::digits(plan.head.rounding.digits, lang);
    tr!(
        lang,
        "率は{digits}までに丸めて示し、判定は丸める前の値による。",
        "Rates are rounded ({digits}); verdicts rest on the unrounded values."
    )
}

/// The footnotes of an indicator and of its values.
pub fn footnotes(gap: &Gap<'_>, lang: Lang) -> Vec<String> {
    let indicator = gap.indicator;
    let readings = [gap.baseline, gap.actual.map(|m| &m.reading), gap.apart(), gap.target];
    let of_readings = readings.into_iter().flatten().flat_map(|r| r.notes().iter());
    let colon = lang.pick("：", ": ");
    indicator
        .notes
        .iter()
        .chain(of_readings)
        .map(|note| format!("{}{colon}{note}", words::indicator_name(indicator)))
        .collect()
}

/// What a set is called, how it judges, and where it is from.
fn method(set: &BandSet, lang: Lang) -> String {
    let (name, source) = (set.name.text(lang), set.source.text(lang));
    let pace = pace_of(set).map(|pace| pace.name(lang));
    let expects =
        pace.map(|pace| tr!(lang, "見込みは、{pace}による。", " Expected by now: {pace}.")).unwrap_or_default();
    let source =
        if source.is_empty() { String::new() } else { tr!(lang, "出典：{source}。", " Source: {source}.") };
    let rules = if set.id.as_str() == STANDARD {
        lang.pick(
            "目標に届けば達成、基準値より悪ければ後退、見込み以上なら順調、届かなければ遅れ。",
            " Met: target reached. Worsened: worse than the baseline. On pace: at or beyond what is expected. Behind: otherwise.",
        )
        .to_owned()
    } else {
        let bands: Vec<&str> = set.bands.iter().map(|band| band.name.text(lang)).collect();
        let (by, bands) = (set.by.name(lang), bands.join(lang.pick("、", ", ")));
        // A set that asks for no rate goes by none.
        let first = match set.bands.iter().any(|band| band.rule.at_least.is_some()) {
            true => tr!(
                lang,
                "{by}などにより、上から当てはまる最初の区分：{bands}。",
                " By {by}, the first band that holds: {bands}."
            ),
            false => {
                tr!(lang, "上から当てはまる最初の区分：{bands}。", " The first band that holds: {bands}.")
            }
        };
        first + &without_rate(set, lang)
    };
    tr!(lang, "判定の方法「{name}」：{rules}{expects}{source}", "Judged by \"{name}\":{rules}{expects}{source}")
}

/// Which band of a set is given to what has no rate; nothing where it gives none.
fn without_rate(set: &BandSet, lang: Lang) -> String {
    let given = Meaning::ALL.iter().filter_map(|(_, verdict)| {
        let band = set.without_rate(*verdict)?.name.text(lang);
        Some(format!("{} → {band}", words::verdict((*verdict).into(), lang)))
    });
    let given: Vec<String> = given.collect();
    let given = given.join(lang.pick("、", ", "));
    match set.takes_without_rate() {
        true => tr!(
            lang,
            "率のない指標は、標準の判定による：{given}。",
            " What has no rate, by the standard verdict: {given}."
        ),
        false => String::new(),
    }
}
