//! 効果: amounts gained by year, planned, actual and to come, with totals of one year and of what goes on.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Block, Cell, Table, Type, WHOLE_COLUMN, column};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::indicator::{Effect, Indicator, Reading, Unit};
use crate::plan::period::FiscalYear;
use crate::query::effects::{Amounts, Totals, YearAmount, effects, mean_of_ratios, sums, units};
use crate::query::gap::Rate;
use crate::report::json::{self, Exact};
use crate::text::terms;
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

/// Makes the JSON of effects; a missing amount is `null`.
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
        WAYS.map(|effect| {
            let sums = sums(&of, effect);
            let mean = mean_of_ratios(&of).filter(|_| effect == Effect::OneYear);
            TotalsJson {
                reckoned: effect,
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

/// The ways to total effects; a report always shows both.
const WAYS: [Effect; 2] = [Effect::OneYear, Effect::Continuing];

/// The effects among the indicators of a report.
pub fn amounts<'p>(report: &KpiReport<'p>) -> Vec<Amounts<'p>> {
    let indicators: Vec<&Indicator> = report.gaps.iter().map(|g| g.indicator).collect();
    effects(&indicators, report.as_of)
}

/// The amounts of an indicator in one year.
struct Yearly<'r> {
    indicator: &'r Indicator,
    year: &'r YearAmount<'r>,
    is_first: bool,
}

impl Yearly<'_> {
    fn amount(&self, reading: Option<&Reading>, lang: Lang) -> Cell {
        amount(reading.and_then(Reading::number), &self.indicator.unit, lang)
    }
}

fn amount(number: Option<Decimal>, unit: &Unit, lang: Lang) -> Cell {
    number.map_or_else(|| Cell::text(words::none(lang)), |n| Cell::number(n, words::quantity(n, unit, lang)))
}

fn by_year(all: &[Amounts<'_>], lang: Lang) -> Table {
    let columns = [
        column("effect", terms::EFFECT.titles(), Type::Text, |of: &Yearly<'_>, _| match of.is_first {
            true => Cell::text(words::indicator_name(of.indicator)).merged(0, WHOLE_COLUMN),
            false => Cell::default(),
        }),
        column("year", terms::FISCAL_YEAR.titles(), Type::Period, |of, at| Cell::text(of.year.year.tag(at.lang))),
        column("planned", terms::PLANNED_AMOUNT.titles(), Type::Decimal, |of, at| of.amount(of.year.planned, at.lang)),
        column("actual", terms::ACTUAL_AMOUNT.titles(), Type::Decimal, |of, at| of.amount(of.year.actual, at.lang)),
        column("forecast", terms::FORECAST.titles(), Type::Decimal, |of, at| of.amount(of.year.forecast, at.lang)),
    ];
    let years = all.iter().flat_map(|amounts| {
        let indicator = amounts.indicator;
        amounts.years.iter().enumerate().map(move |(at, year)| Yearly { indicator, year, is_first: at == 0 })
    });
    Table::build(&columns, years, lang)
}

fn totals(plan: &Plan, all: &[Amounts<'_>], lang: Lang) -> Table {
    let columns = [
        column("total", ("合計（単位ごと）", "Total (by unit)"), Type::Text, |of: &Total<'_>, at| {
            of.name(at.lang)
        }),
        column("planned", terms::PLANNED_AMOUNT.titles(), Type::Decimal, |of, at| {
            amount(of.sums.map(|sums| sums.planned), of.unit, at.lang)
        }),
        column("actual", terms::ACTUAL_AMOUNT.titles(), Type::Decimal, |of, at| {
            amount(of.sums.map(|sums| sums.actual), of.unit, at.lang)
        }),
        column("ratio_of_sums", ("合計の比", "Ratio of sums"), Type::Percent, |of, at| {
            of.percent(of.sums.and_then(|sums| Rate::new(sums.actual, sums.planned)).and_then(Rate::percent), at.lang)
        }),
        column("mean_of_ratios", ("比の平均", "Mean of ratios"), Type::Percent, |of, at| {
            of.percent(of.mean, at.lang)
        }),
    ];
    let all_totals = units(all).into_iter().flat_map(|unit| {
        let of: Vec<&Amounts<'_>> = all.iter().filter(|a| a.indicator.unit == *unit).collect();
        WAYS.map(|effect| Total {
            plan,
            unit,
            effect,
            sums: sums(&of, effect),
            mean: mean_of_ratios(&of).filter(|_| effect == Effect::OneYear),
        })
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
    let mut table = Table { notes, ..Table::build(&columns, all_totals, lang) };
    table.rows.iter_mut().for_each(|row| row.strong = true);
    table
}

/// A total over the effects of one unit.
struct Total<'r> {
    plan: &'r Plan,
    unit: &'r Unit,
    effect: Effect,
    sums: Option<Totals>,
    mean: Option<Decimal>,
}

impl Total<'_> {
    fn name(&self, lang: Lang) -> Cell {
        let name = match self.effect {
            Effect::OneYear => terms::ONE_YEAR.word(lang),
            Effect::Continuing => terms::CONTINUING.word(lang),
        };
        let unit = &self.unit.0;
        Cell::text(tr!(lang, "{name}（{unit}）", "{name} ({unit})"))
    }

    /// A rate, rounded as the plan says.
    fn percent(&self, rate: Option<Decimal>, lang: Lang) -> Cell {
        let rounded = |rate| words::percent(self.plan.head.rounding.apply(rate), lang);
        rate.map_or_else(|| Cell::text(words::none(lang)), |rate| Cell::number(rate, rounded(rate)))
    }
}
