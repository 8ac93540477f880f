//! 効果: amounts gained by year, planned, actual and to come, with totals of one year and of what goes on.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Block, Cell, Column, Row, Table, WHOLE_COLUMN};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::indicator::{Effect, Indicator, Reading, Unit};
use crate::plan::period::FiscalYear;
use crate::query::effects::{Amounts, Totals, effects, mean_of_ratios, sums, units};
use crate::query::gap::Rate;
use crate::report::json::{self, Exact};
use crate::tr;
use crate::wording as words;

use super::KpiReport;

/// The effects among the indicators of a report: year by year, then the totals by unit.
pub fn tables(report: &KpiReport<'_>, lang: Lang) -> Vec<Block> {
    let all = amounts(report);
    if all.is_empty() {
        return Vec::new();
    }
    vec![Block::Table(by_year(&all, lang)), Block::Table(totals(report.plan, &all, lang))]
}

/// 効果額 || The effects
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EffectsJson<'p> {
    /// 指標ごと、年度ごとの額 || The amounts, by indicator and year
    amounts: Vec<AmountsJson<'p>>,
    /// 単位ごとの合計 || The totals, by unit
    totals: Vec<TotalsJson<'p>>,
}

/// 指標の効果額 || The amounts of one indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AmountsJson<'p> {
    /// 指標の id || The indicator
    id: &'p Id,
    /// 単年度効果 one-year か継続効果 continuing か || Whether an amount counts in its year only or goes on
    effect: Option<Effect>,
    /// 単位 || The unit
    unit: &'p str,
    /// 年度ごとの額 || The amounts by year
    years: Vec<YearJson>,
}

/// 年度の額 || The amounts of a year
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct YearJson {
    /// 年度 || The fiscal year
    year: FiscalYear,
    /// 計画 || As planned
    planned: Option<Exact>,
    /// 実績 || As it came
    actual: Option<Exact>,
    /// 見込 || As it is expected to come
    forecast: Option<Exact>,
}

/// 合計 || A total
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TotalsJson<'p> {
    /// 数え方：単年度効果か継続効果か || How it is calculated
    reckoned: Effect,
    /// 単位 || The unit
    unit: &'p str,
    /// 計画の合計 || The sum of what was planned
    planned: Option<Exact>,
    /// 実績の合計 || The sum of what came
    actual: Option<Exact>,
    /// 合計の比（％） || Actual by planned, of the sums, in percent
    ratio_of_sums: Option<Exact>,
    /// 比の平均（％） || The plain mean of the yearly ratios, in percent
    mean_of_ratios: Option<Exact>,
}

/// The same for programs; what there is no amount of is `null`.
pub fn json<'p>(all: &[Amounts<'p>]) -> EffectsJson<'p> {
    let exact = |reading: Option<&Reading>| reading.and_then(Reading::number).map(Into::into);
    let amounts = all.iter().map(|amounts| AmountsJson {
        id: &amounts.indicator.id,
        effect: amounts.indicator.effect,
        unit: &amounts.indicator.unit.0,
        years: amounts
            .years
            .iter()
            .map(|at| YearJson {
                year: at.year,
                planned: exact(at.planned),
                actual: exact(at.actual),
                forecast: exact(at.forecast),
            })
            .collect(),
    });
    let totals = units(all).into_iter().flat_map(|unit| {
        let of: Vec<&Amounts<'_>> = all.iter().filter(|a| a.indicator.unit == *unit).collect();
        RECKONED.map(|reckoned| {
            let sums = sums(&of, reckoned);
            let mean = mean_of_ratios(&of).filter(|_| reckoned == Effect::OneYear);
            TotalsJson {
                reckoned,
                unit: &unit.0,
                planned: sums.map(|s| s.planned.into()),
                actual: sums.map(|s| s.actual.into()),
                ratio_of_sums: json::rate(sums.and_then(|s| Rate::new(s.actual, s.planned))),
                mean_of_ratios: json::rounded(mean),
            }
        })
    });
    EffectsJson { amounts: amounts.collect(), totals: totals.collect() }
}

/// Both are always told.
const RECKONED: [Effect; 2] = [Effect::OneYear, Effect::Continuing];

/// The effects among the indicators of a report.
pub fn amounts<'p>(report: &KpiReport<'p>) -> Vec<Amounts<'p>> {
    let indicators: Vec<&Indicator> = report.gaps.iter().map(|g| g.indicator).collect();
    effects(&indicators, report.as_of)
}

fn by_year(all: &[Amounts<'_>], lang: Lang) -> Table {
    let columns = vec![
        Column::left(lang.pick("効果", "Effect")),
        Column::left(lang.pick("年度", "Fiscal year")),
        Column::right(lang.pick("計画", "Planned")),
        Column::right(lang.pick("実績", "Actual")),
        Column::right(lang.pick("見込", "Forecast")),
    ];
    let rows = all.iter().flat_map(|amounts| {
        let unit = &amounts.indicator.unit;
        let cell = move |reading: Option<&Reading>| {
            reading
                .and_then(Reading::number)
                .map_or_else(|| Cell::text(words::none(lang)), |n| Cell::number(n, words::quantity(n, unit, lang)))
        };
        let name = words::indicator_name(amounts.indicator);
        amounts.years.iter().enumerate().map(move |(at, year)| {
            let first = if at == 0 { Cell::text(&name).merged(0, WHOLE_COLUMN) } else { Cell::default() };
            Row::new(vec![
                first,
                Cell::text(year.year.tag(lang)),
                cell(year.planned),
                cell(year.actual),
                cell(year.forecast),
            ])
        })
    });
    Table { caption: None, columns, rows: rows.collect(), ..Table::default() }
}

fn totals(plan: &Plan, all: &[Amounts<'_>], lang: Lang) -> Table {
    let titles = [
        ("合計（単位ごと）", "Total (by unit)"),
        ("計画", "Planned"),
        ("実績", "Actual"),
        ("合計の比", "Ratio of sums"),
        ("比の平均", "Mean of ratios"),
    ];
    let columns = titles.iter().enumerate().map(|(i, (ja, en))| {
        let title = lang.pick(*ja, *en);
        if i == 0 { Column::left(title) } else { Column::right(title) }
    });
    let rows = units(all).into_iter().flat_map(|unit| {
        let of: Vec<&Amounts<'_>> = all.iter().filter(|a| a.indicator.unit == *unit).collect();
        RECKONED.map(|reckoned| total_row(plan, unit, &of, reckoned, lang))
    });
    let notes = vec![
        tr!(
            lang,
            "単年度効果は各年度の額の合計、継続効果はその年度以降も毎年続くものとして数えた合計。どちらも、計画と実績の両方がある年度まで。",
            "One-year: the sum of each year's amount. Continuing: each amount counted again in every later year. Both over the years that have a plan and an actual."
        ),
        tr!(
            lang,
            "合計の比は 実績の合計÷計画の合計、比の平均は各年度の 実績÷計画 の単純平均。",
            "Ratio of sums: total actual ÷ total planned. Mean of ratios: the plain mean of each year's actual ÷ planned."
        ),
    ];
    Table { columns: columns.collect(), rows: rows.collect(), notes, ..Table::default() }
}

fn total_row(plan: &Plan, unit: &Unit, of: &[&Amounts<'_>], reckoned: Effect, lang: Lang) -> Row {
    let name = match reckoned {
        Effect::OneYear => lang.pick("単年度効果", "one-year"),
        Effect::Continuing => lang.pick("継続効果", "continuing"),
    };
    let unit_name = &unit.0;
    let sums = sums(of, reckoned);
    let total = |side: fn(Totals) -> Decimal| {
        let number = |sums: Totals| Cell::number(side(sums), words::quantity(side(sums), unit, lang));
        sums.map_or_else(|| Cell::text(words::none(lang)), number)
    };
    let percent = |rate: Option<Rate>| Cell::text(words::rate(rate, plan.head.rounding, lang));
    let mean = mean_of_ratios(of).filter(|_| reckoned == Effect::OneYear);
    let mean = mean.map_or_else(
        || Cell::text(words::none(lang)),
        |m| Cell::text(words::percent(plan.head.rounding.apply(m), lang)),
    );
    Row::strong(vec![
        Cell::text(tr!(lang, "{name}（{unit_name}）", "{name} ({unit_name})")),
        total(|sums| sums.planned),
        total(|sums| sums.actual),
        percent(sums.and_then(|sums| Rate::new(sums.actual, sums.planned))),
        mean,
    ])
}
