//! Sums that the plan declares: amounts by year; the sums and means of rates and of points.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Block, Cell, ColumnOf, Section, Table, Type, column};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::{Plan, Rounding};
use crate::query::gap::Rate;
use crate::query::sums::{Declared, Score, Scores, Summed, declared};
use crate::report::json::{self, Exact};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::KpiReport;
use super::totals::{self, SumsByYearJson};

/// The sums that the plan declares, one section each.
pub fn sections(report: &KpiReport<'_>, lang: Lang) -> Vec<Section> {
    declared(report.plan, report.as_of).iter().map(|one| section(report.plan, one, lang)).collect()
}

fn section(plan: &Plan, one: &Declared<'_>, lang: Lang) -> Section {
    // What facts call it.
    let subject = format!("sum-{}", one.sum.id);
    let mut tables: Vec<Table> = match &one.is {
        Summed::Amounts(totals) => totals.iter().map(|total| totals::table(plan, total, &subject, lang)).collect(),
        Summed::Scores(scores) => {
            let of_part = |part: &Score<'_>| Some(format!("{}:{subject}", part.id));
            let parts = parts(plan, scores, lang).about(scores.parts.iter().map(of_part));
            vec![parts, together(plan, scores, lang).about([Some(&subject)])]
        }
    };
    if let Some(last) = tables.last_mut() {
        last.notes.extend(one.sum.notes.iter().map(|note| note.to_string().into()));
    }
    let name = &one.sum.name;
    Section::new(&tr!(lang, "合計：{name}", "Sum: {name}"), tables.into_iter().map(Block::Table).collect())
}

fn number(value: Option<Decimal>, rounding: Rounding, lang: Lang) -> Cell {
    let shown = |value| words::number(rounded_as_shown(value, rounding), lang);
    value.map_or_else(|| Cell::text(words::none(lang)), |value| Cell::number(value, shown(value)))
}

/// A score as papers show it: a mean may have digits without end, and is rounded as percentages are.
pub fn rounded_as_shown(value: Decimal, rounding: Rounding) -> Decimal {
    match value.normalize() {
        exact if exact.scale() > rounding.digits => rounding.apply(exact),
        exact => exact,
    }
}

/// A part, and how the plan rounds.
type Part<'r> = (&'r Score<'r>, Rounding);

fn parts(plan: &Plan, scores: &Scores<'_>, lang: Lang) -> Table {
    let columns: [ColumnOf<Part<'_>>; 4] = [
        column("id", terms::ID.titles(), Type::Id, |(part, _), _| Cell::text(part.id.as_str())),
        column("name", terms::NAME.titles(), Type::Name, |(part, _), _| Cell::text(part.name)),
        column("weight", ("重み", "Weight"), Type::Decimal, |(part, rounding), at| {
            number(Some(part.weight), *rounding, at.lang)
        }),
        column("score", ("点数・率", "Points or rate"), Type::Decimal, |(part, rounding), at| {
            number(part.score, *rounding, at.lang)
        }),
    ];
    Table::build(&columns, scores.parts.iter().map(|part| (part, plan.head.rounding)), lang)
}

/// The scores together, and how the plan rounds.
type All<'r> = (&'r Scores<'r>, Rounding);

fn together(plan: &Plan, scores: &Scores<'_>, lang: Lang) -> Table {
    let columns: [ColumnOf<All<'_>>; 5] = [
        column("weights", ("重みの合計", "Weights"), Type::Decimal, |(all, r), at| {
            number(all.weight(), *r, at.lang)
        }),
        column("sum", ("合計", "Sum"), Type::Decimal, |(all, r), at| number(all.sum(), *r, at.lang)),
        column("mean", ("平均", "Mean"), Type::Decimal, |(all, r), at| number(all.mean(), *r, at.lang)),
        column("full", ("満点", "At most"), Type::Decimal, |(all, r), at| number(all.full(), *r, at.lang)),
        column("share", ("満点に対する割合", "Of the most"), Type::Percent, |(all, r), at| {
            let share = all.share().and_then(Rate::percent);
            let shown = |share| words::percent(r.apply(share), at.lang);
            share.map_or_else(|| Cell::text(words::none(at.lang)), |share| Cell::number(share, shown(share)))
        }),
    ];
    let missing: Vec<&str> = scores.missing().map(|part| part.name).collect();
    let named = missing.join(lang.pick("、", ", "));
    let mut notes = vec![
        lang.pick(
            "合計は 点数×重み の合計、平均はそれを重みの合計で割ったもの。",
            "The sum is that of points × weight, the mean that by the sum of the weights.",
        )
        .to_owned(),
    ];
    if !missing.is_empty() {
        let count = missing.len();
        notes.insert(
            0,
            tr!(
                lang,
                "点数・率がなく、合計にも平均にも入っていないもの（{count}件）：{named}",
                "{count} without points or rate, in neither sum nor mean: {named}"
            ),
        );
    }
    let notes = notes.into_iter().map(Into::into).collect();
    Table { notes, ..Table::build(&columns, [(scores, plan.head.rounding)], lang) }
}

/// 計画が定める合計 || A sum that the plan declares
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DeclaredSumJson<'p> {
    /// 合計の id || Its id
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 何の合計か：amounts 額、rates 対目標比、points 点数 || What is summed up: amounts, rates, points
    by: &'static str,
    /// 額の合計（単位ごと） || The sums of amounts, by unit
    totals: Vec<SumsByYearJson<'p>>,
    /// 率や点数の合計と平均 || The sum and mean of rates or points
    scores: Option<ScoresJson<'p>>,
}

/// 率や点数の合計と平均 || The sum and mean of rates or points
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ScoresJson<'p> {
    /// 項目又は指標ごとの率や点数 || The rates or points, by entry or indicator
    parts: Vec<ScoreJson<'p>>,
    /// 点数のあるものの重みの合計 || The weights of those that have one
    weights: Option<Exact>,
    /// 点数×重み の合計 || The sum of points × weight
    sum: Option<Exact>,
    /// 重みによる平均 || The mean by weight
    mean: Option<Exact>,
    /// 満点 || The most that could be scored
    full: Option<Exact>,
    /// 満点に対する割合（％） || The share of the most, in percent
    share: Option<Exact>,
}

/// 項目又は指標の率や点数 || The rate or points of an entry or indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ScoreJson<'p> {
    /// 項目又は指標の id || Its id
    id: &'p Id,
    /// 重み || How often it counts
    weight: Exact,
    /// 率や点数。なければ null || The rate or points; null where there is none
    score: Option<Exact>,
}

/// Makes the JSON of the sums that the plan declares.
pub fn json<'p>(report: &KpiReport<'p>) -> Vec<DeclaredSumJson<'p>> {
    let scores = |scores: &Scores<'p>| ScoresJson {
        parts: scores
            .parts
            .iter()
            .map(|part| ScoreJson { id: part.id, weight: part.weight.into(), score: json::rounded(part.score) })
            .collect(),
        weights: json::rounded(scores.weight()),
        sum: json::rounded(scores.sum()),
        mean: json::rounded(scores.mean()),
        full: json::rounded(scores.full()),
        share: json::rate(scores.share()),
    };
    let one = |one: Declared<'p>| {
        let (totals, scores) = match &one.is {
            Summed::Amounts(all) => (all.iter().map(totals::json).collect(), None),
            Summed::Scores(all) => (Vec::new(), Some(scores(all))),
        };
        DeclaredSumJson { id: &one.sum.id, name: &one.sum.name, by: one.sum.by.key(), totals, scores }
    };
    declared(report.plan, report.as_of).into_iter().map(one).collect()
}
