//! 効果: amounts gained by year, planned, actual and to come, and what they come to together.

use serde::Serialize;

use crate::document::{Block, Cell, Table, Type, WHOLE_COLUMN, column};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::indicator::{Effect, Indicator};
use crate::plan::period::{FiscalYear, Period};
use crate::query::effects::{Amounts, YearAmount, amounts, effects};
use crate::query::sums::{Counting, Side, Total, totals_of};
use crate::report::json::Exact;
use crate::text::terms;
use crate::wording as words;

use super::KpiReport;
use super::totals::{self, SumsByYearJson};

/// The effects among the indicators of a report: year by year, then the totals by unit.
pub fn tables(report: &KpiReport<'_>, lang: Lang) -> Vec<Block> {
    let all = amounts(report.plan, &indicators(report), report.as_of);
    if all.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Table(by_year(&all, lang))];
    blocks.extend(sums(report).iter().map(|total| Block::Table(totals::table(report.plan, total, "total", lang))));
    blocks
}

fn indicators<'p>(report: &KpiReport<'p>) -> Vec<&'p Indicator> {
    report.gaps.iter().map(|gap| gap.indicator).collect()
}

/// The sums of the effects, one a unit.
pub fn sums<'p>(report: &KpiReport<'p>) -> Vec<Total<'p>> {
    totals_of(report.plan, &effects(&indicators(report)), report.as_of)
}

/// 効果額 || The effects
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EffectsJson<'p> {
    /// 指標ごと、年度ごとの額 || The amounts, by indicator and year
    amounts: Vec<AmountsJson<'p>>,
    /// 単位ごとの合計 || The totals, by unit
    totals: Vec<SumsByYearJson<'p>>,
}

/// 指標の効果額 || The amounts of one indicator
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AmountsJson<'p> {
    /// 指標の id || The indicator
    id: &'p Id,
    /// 単年度効果 one-year か継続効果 continuing か || Whether an amount counts in its year only or goes on
    effect: Option<Effect>,
    /// 額の数え方：one-year その年度だけ、continuing 翌年度からも続く、cumulative 値がこれまでの合計、unconfirmed 要確認 || How the amounts add up: one-year, continuing, cumulative (a value is the sum so far), unconfirmed
    adds_up: &'static str,
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

/// Makes the JSON of effects; a missing amount is `null`.
pub fn json<'p>(report: &KpiReport<'p>) -> EffectsJson<'p> {
    let all = amounts(report.plan, &indicators(report), report.as_of);
    let years = |amounts: &Amounts<'p>| {
        let exact = |at: &YearAmount<'_>, side| at.sum(side).value().map(Into::into);
        let year = |at: &YearAmount<'_>| YearJson {
            year: at.year,
            planned: exact(at, Side::Planned),
            actual: exact(at, Side::Actual),
            forecast: exact(at, Side::Forecast),
        };
        amounts.years.iter().map(year).collect()
    };
    let amounts = all.iter().map(|amounts| AmountsJson {
        id: &amounts.indicator.id,
        effect: amounts.indicator.effect,
        adds_up: Counting::of(amounts.indicator).key(),
        unit: &amounts.indicator.unit.0,
        years: years(amounts),
    });
    EffectsJson { amounts: amounts.collect(), totals: sums(report).iter().map(totals::json).collect() }
}

/// The amounts of an indicator in one year.
struct Yearly<'r> {
    indicator: &'r Indicator,
    year: &'r YearAmount<'r>,
    is_first: bool,
}

impl Yearly<'_> {
    fn amount(&self, side: Side, lang: Lang) -> Cell {
        let sum = self.year.sum(side);
        Cell::text(words::sum(sum, &self.indicator.unit, lang)).numbered(sum.value())
    }
}

fn by_year(all: &[Amounts<'_>], lang: Lang) -> Table {
    let columns = [
        column("effect", terms::EFFECT.titles(), Type::Name, |of: &Yearly<'_>, _| match of.is_first {
            true => Cell::text(words::indicator_name(of.indicator)).merged(0, WHOLE_COLUMN),
            false => Cell::default(),
        }),
        column("year", terms::FISCAL_YEAR.titles(), Type::Period, |of, at| Cell::text(of.year.year.tag(at.lang))),
        column("planned", terms::PLANNED_AMOUNT.titles(), Type::Decimal, |of, at| of.amount(Side::Planned, at.lang)),
        column("actual", terms::ACTUAL_AMOUNT.titles(), Type::Decimal, |of, at| of.amount(Side::Actual, at.lang)),
        column("forecast", terms::FORECAST.titles(), Type::Decimal, |of, at| of.amount(Side::Forecast, at.lang)),
    ];
    let years = all.iter().flat_map(|amounts| {
        let indicator = amounts.indicator;
        amounts.years.iter().enumerate().map(move |(at, year)| Yearly { indicator, year, is_first: at == 0 })
    });
    let of_year = |year: &Yearly<'_>| Some(format!("{}:{}", year.indicator.id, Period::Year(year.year.year).short()));
    let subjects: Vec<_> = years.clone().map(|year| of_year(&year)).collect();
    Table::build(&columns, years, lang).about(subjects)
}
