//! Printed tables for machines: rows of the flat table, and JSON.

use serde::Serialize;

use super::machine::{TallyJson, json_tally};
use super::published::{changes, heading};
use crate::document::{Cell, Row};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::scale::ScaleVersion;
use crate::plan::totals::PrintedCounts;
use crate::query::totals::{Totals, TotalsLine};
use crate::report::json::{ByKey, Exact};
use crate::tr;
use crate::wording as words;

/// The lines of a printed table under the columns with these keys, the whole last; what else there is to say of them
/// stands under the remarks.
pub fn rows(plan: &Plan, totals: &Totals<'_>, keys: &[&str], lang: Lang) -> Vec<Row> {
    let lines = totals.lines();
    lines.map(|line| Row::new(keys.iter().map(|key| cell(plan, totals, line, key, lang)).collect())).collect()
}

fn cell(plan: &Plan, totals: &Totals<'_>, line: &TotalsLine<'_>, key: &str, lang: Lang) -> Cell {
    let (version, printed) = (totals.version, line.printed);
    let count = |n: Option<u64>| n.map_or_else(Cell::default, |n| Cell::number(n, n.to_string()));
    if let Some(id) = key.strip_prefix("grade.") {
        let place = version.grades.iter().position(|grade| grade.id.as_str() == id);
        return count(place.and_then(|place| printed.counts[place]));
    }
    if let Some(id) = key.strip_prefix("sum.") {
        let sum = version.composites.iter().position(|sum| sum.id.as_str() == id);
        return count(sum.and_then(|at| printed.sum_of(version, at)));
    }
    match key {
        "id" => Cell::text(line.row.and_then(|row| row.under.as_ref()).map_or("", |id| id.as_str())),
        "level" => Cell::text(plan.level_name(totals.published.place.level)),
        "name" => line.row.map_or_else(|| Cell::text(lang.pick("計", "Total")), |row| Cell::text(row.title(plan))),
        "period" => Cell::text(totals.published.period.short()),
        "entries" => count(Some(printed.total)),
        "rated" => count(printed.rated(version)),
        "unreported" => count(printed.unreported),
        "remarks" => Cell::text(remarks(plan, totals, line, lang)),
        "previous" => totals.before.map_or_else(Cell::default, |before| Cell::text(before.period.short())),
        "change" if totals.before.is_some() => Cell::text(changes(totals, line, lang)),
        _ => Cell::default(),
    }
}

/// That it was printed, where, and how it differs from what was printed before.
fn remarks(plan: &Plan, totals: &Totals<'_>, line: &TotalsLine<'_>, lang: Lang) -> String {
    let mut parts = vec![heading(plan, totals, lang)];
    parts.extend(words::source(plan, line.printed.origin.source));
    parts.extend(totals.before.map(|before| {
        let (period, by) = (before.period.tag(lang), changes(totals, line, lang));
        tr!(lang, "前の公表（{period}）から {by}", "since published for {period}: {by}")
    }));
    parts.extend(totals.rescaled.map(|period| words::rescaled(period, lang)));
    if line.row.is_none() {
        parts.extend(words::contradictions(plan, totals, lang));
        parts.extend(totals.published.notes.iter().map(|note| note.to_string()));
    }
    parts.join(lang.pick("。", ". "))
}

/// 公表された集計の表 || A table that a paper printed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TableJson<'p> {
    /// いつの公表値か || As of the end of which period
    period: Period,
    /// どの階層の件数か || Entries of which level are counted
    level: &'p str,
    /// 評価者の id || Who rated, by id
    evaluator: &'p Id,
    /// 行の分け方 || By what the rows are grouped
    group: Option<&'p str>,
    /// 全体 || The whole
    whole: LineJson<'p>,
    /// 内訳の行 || The lines beneath it
    rows: Vec<LineJson<'p>>,
    /// 比べる前の公表の期間 || The period of what was printed before, which `before` is of
    previous: Option<Period>,
    /// 尺度が変わり、比べない前の公表の期間 || That period, where its scale was another one and nothing is compared
    rescaled: Option<Period>,
    /// 資料の id || The document, by id
    source: Option<&'p Id>,
    /// 公表値の注 || Notes on what was published
    notes: &'p [Box<str>],
}

/// 公表された表の行 || A line of a printed table
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LineJson<'p> {
    /// 行の名称。全体は null || What the row is called; null for the whole
    name: Option<&'p str>,
    /// どの項目の行か（番号） || The entry that it is about, by id
    under: Option<&'p Id>,
    #[serde(flatten)]
    printed: PrintedJson,
    /// 公表された割合（％）。資料になければ null || Percentages as printed; null where the paper has none
    shares: ByKey<Option<Exact>>,
    /// 区分の合計の公表された割合（％）。載った合計だけ。なければ省く || Percentages of sums of grades as printed, of those that the paper has; left out where there are none
    #[serde(skip_serializing_if = "ByKey::is_empty")]
    sum_shares: ByKey<Exact>,
    /// 公表された合計から内訳の合計を引いた差 || The printed total less what the counts add up to
    difference: Exact,
    /// 前の公表の件数 || What was printed before
    before: Option<PrintedJson>,
    /// 記録から数えた件数 || What the records give
    counted: Option<TallyJson>,
}

/// 公表された件数 || Counts as printed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PrintedJson {
    /// 公表された合計 || The total as printed
    entries: u64,
    /// 評価済の件数（割合の分母）。件数のない区分があれば null || How many have been rated: the denominator; null where a grade has no count
    rated: Option<u64>,
    /// 未報告の件数。資料になければ null || How many nobody has rated; null where the paper does not say
    unreported: Option<u64>,
    /// 評価対象外の件数。件数のない区分があれば null || How many have a grade that does not count; null where a grade has no count
    excluded: Option<u64>,
    /// 進捗区分の id ごとの件数。資料になければ null || How many have each grade, by its id; null where the paper has none
    counts: ByKey<Option<u64>>,
    /// 区分の合計（A+B など）の id ごとの件数。資料に載ったもの、なければ区分の件数の和。件数のない区分があれば null || The sums of grades that the scale names, by id: as printed, else of the counts; null where a grade has no count
    composites: ByKey<Option<u64>>,
}

/// A printed table with exact numbers.
pub fn json<'p>(plan: &'p Plan, totals: &Totals<'p>) -> TableJson<'p> {
    let (place, published) = (&totals.published.place, totals.published);
    let line = |line: &TotalsLine<'p>| line_json(plan, totals.version, line);
    TableJson {
        period: published.period,
        level: plan.level_name(place.level),
        evaluator: &plan.evaluators[place.evaluator].id,
        group: place.group.as_deref(),
        whole: line(&totals.whole),
        rows: totals.rows.iter().map(line).collect(),
        previous: totals.before.map(|before| before.period),
        rescaled: totals.rescaled,
        source: published.whole.origin.source.and_then(|at| plan.sources.get(usize::from(at))).map(|s| &s.id),
        notes: &published.notes,
    }
}

fn line_json<'p>(plan: &'p Plan, version: &ScaleVersion, line: &TotalsLine<'p>) -> LineJson<'p> {
    let shares = version.grades.iter().zip(&line.printed.shares);
    LineJson {
        name: line.row.map(|row| row.title(plan)),
        under: line.row.and_then(|row| row.under.as_ref()),
        printed: printed_json(version, line.printed),
        shares: shares.map(|(grade, share)| (&grade.id, share.map(Into::into))).collect(),
        sum_shares: version
            .composites
            .iter()
            .zip(&line.printed.sum_shares)
            .filter_map(|(sum, share)| Some((&sum.id, (*share)?.into())))
            .collect(),
        difference: line.printed.difference().into(),
        before: line.before.map(|before| printed_json(version, before)),
        counted: line.counted.as_ref().map(|tally| json_tally(version, tally)),
    }
}

fn printed_json(version: &ScaleVersion, printed: &PrintedCounts) -> PrintedJson {
    PrintedJson {
        entries: printed.total,
        rated: printed.rated(version),
        unreported: printed.unreported(),
        excluded: printed.excluded(version),
        counts: version.grades.iter().zip(&printed.counts).map(|(grade, n)| (&grade.id, *n)).collect(),
        composites: version.composites.iter().enumerate().map(|(at, c)| (&c.id, printed.sum_of(version, at))).collect(),
    }
}
