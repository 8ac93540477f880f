//! 見通し: what is left, and where the recent trend leads.

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::{Cell, ColumnOf, Row, Table, Type, Unit, cells, column, heads};
use crate::lang::Lang;
use crate::plan::{Plan, Rounding};
use crate::query::gap::expected::Clock;
use crate::query::gap::outlook::Span;
use crate::query::gap::{Gap, Verdict};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::Judged;

/// What is left, what that takes a year, and where the recent trend leads; of what is not met yet.
pub fn outlook(plan: &Plan, gaps: &[Gap<'_>], lang: Lang) -> Option<Table> {
    let ahead = |gap: &&Gap<'_>| gap.verdict != Verdict::Met && gap.outlook.left.is_some();
    let columns = outlook_columns();
    let row = |gap| Row::new(cells(&columns, &Judged::new(plan, gap), lang));
    let rows: Vec<Row> = gaps.par_iter().filter(ahead).map(row).collect();
    let ids = gaps.iter().filter(ahead).map(|gap| Some(gap.indicator.id.as_str()));
    let begins = vec![1, 4];
    let table = || Table { columns: heads(&columns, lang), rows, begins, ..Table::default() };
    (gaps.iter().any(|gap| ahead(&gap))).then(|| table().about(ids))
}

fn outlook_columns<'r>() -> [ColumnOf<Judged<'r>>; 7] {
    [
        column("indicator", terms::INDICATOR_SHORT.titles(), Type::Name, |of, _| {
            Cell::text(words::indicator_name(of.gap.indicator))
        }),
        column("left", ("目標までの増減", "Change to the target"), Type::Decimal, |of, at| {
            difference(of, of.gap.outlook.left, |exact, _, _| exact.normalize(), at.lang)
        }),
        column("years", ("残りの期間", "Time left"), Type::Integer, |of: &Judged<'_>, at| {
            match of.gap.outlook.time {
                Some(Span { count, clock: Clock::Years }) => Cell::number(count, tr!(at.lang, "{count}年", "{count}")),
                Some(Span { count, clock: Clock::Months }) => Cell::text(match at.lang {
                    Lang::Ja => format!("{count}か月"),
                    Lang::En => words::plural(count, "month", "months"),
                }),
                None => Cell::text(at.lang.pick("期限を過ぎた", "overdue")),
            }
        })
        .in_unit(Unit::Year),
        column("needed", ("1年当たり必要な増減", "Change needed a year"), Type::Decimal, |of, at| {
            difference(of, of.gap.outlook.needed, words::mean, at.lang)
        }),
        column("yearly", ("最近の1年当たりの増減", "Recent change a year"), Type::Decimal, |of, at| {
            difference(of, of.gap.outlook.forecast.map(|forecast| forecast.yearly), words::mean, at.lang)
        }),
        column("forecast", ("目標年度の見込み", "Forecast"), Type::Decimal, |of, at| {
            let Some(forecast) = of.gap.outlook.forecast else { return Cell::text(words::none(at.lang)) };
            let rounded = words::mean(forecast.value, of.gap, of.plan.head.rounding);
            Cell::number(forecast.value, words::quantity(rounded, &of.gap.indicator.unit, at.lang))
        }),
        column("resting_on", ("見込みの根拠", "Resting on"), Type::Text, |of: &Judged<'_>, at| {
            match of.gap.outlook.forecast {
                Some(forecast) => {
                    let (from, points) = (forecast.first.period.tag(at.lang), forecast.points);
                    Cell::text(tr!(at.lang, "{from} からの{points}点", "{points} values since {from}"))
                }
                None => Cell::text(at.lang.pick("値が2年分に満たない", "fewer than two values")),
            }
        }),
    ]
}

/// An amount with its sign, as it is shown after rounding.
fn difference(
    of: &Judged<'_>,
    exact: Option<Decimal>,
    shown: fn(Decimal, &Gap<'_>, Rounding) -> Decimal,
    lang: Lang,
) -> Cell {
    let text = |exact| words::difference(shown(exact, of.gap, of.plan.head.rounding), &of.gap.indicator.unit, lang);
    exact.map_or_else(|| Cell::text(words::none(lang)), |exact| Cell::number(exact, text(exact)))
}
