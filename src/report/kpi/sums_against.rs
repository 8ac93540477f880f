//! The sums that the plan declares beside what they were at the end of another period.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Block, Cell, ColumnOf, Table, Type, column};
use crate::lang::Lang;
use crate::plan::Rounding;
use crate::plan::id::Id;
use crate::plan::indicator::Unit;
use crate::query::AsOf;
use crate::query::gap::Rate;
use crate::query::gap::rate::less;
use crate::query::gap::versus::Before;
use crate::query::sums::{Declared, Row, Side, Span, Summed, declared};
use crate::report::json::Exact;
use crate::wording as words;

use super::KpiReport;
use super::sums::rounded_as_shown;

/// What a declared sum comes to, in one way of reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    /// The actual amounts so far.
    Actual,
    /// The scores, each times its weight.
    Sum,
    /// The mean by weight.
    Mean,
    /// The sum by what could be scored.
    Share,
}

impl Figure {
    fn key(self) -> &'static str {
        match self {
            Self::Actual => "actual-so-far",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Share => "share",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Actual => lang.pick("実績の累計", "Actual so far"),
            Self::Sum => lang.pick("合計", "Sum"),
            Self::Mean => lang.pick("平均", "Mean"),
            Self::Share => lang.pick("満点に対する割合", "Of the most"),
        }
    }
}

/// One figure of a declared sum, now and then; what has a part missing is none.
struct Pair<'p> {
    id: &'p Id,
    name: &'p str,
    figure: Figure,
    unit: Option<&'p Unit>,
    rounding: Rounding,
    then: Option<Decimal>,
    now: Option<Decimal>,
}

impl Pair<'_> {
    fn change(&self) -> Option<Decimal> {
        less(self.now?, self.then?)
    }

    fn cell(&self, value: Option<Decimal>, lang: Lang) -> Cell {
        let Some(value) = value else { return Cell::text(words::none(lang)) };
        let shown = match (self.figure, self.unit) {
            (Figure::Share, _) => words::percent(self.rounding.apply(value), lang),
            (_, Some(unit)) => words::quantity(value, unit, lang),
            _ => words::number(rounded_as_shown(value, self.rounding), lang),
        };
        Cell::number(value, shown)
    }

    fn changed(&self, lang: Lang) -> Cell {
        let Some(by) = self.change() else { return Cell::text(words::none(lang)) };
        let plus = if by > Decimal::ZERO { "+" } else { "" };
        let shown = match (self.figure, self.unit) {
            (Figure::Share, _) => words::difference(self.rounding.apply(by), &Unit("％".into()), lang),
            (_, Some(unit)) => words::difference(by, unit, lang),
            _ => words::number(rounded_as_shown(by, self.rounding), lang),
        };
        Cell::number(by, format!("{plus}{shown}"))
    }
}

/// The declared sums now and then; none where the plan declares none.
pub fn tables(report: &KpiReport<'_>, before: &Before<'_>, lang: Lang) -> Vec<Block> {
    let pairs = pairs(report, before);
    if pairs.is_empty() {
        return Vec::new();
    }
    let (then, now) = (before.period.tag(lang), report.as_of.period.tag(lang));
    let columns: [ColumnOf<Pair<'_>>; 5] = [
        column("sum_name", ("合計の名称", "Sum"), Type::Name, |of: &Pair<'_>, _| Cell::text(of.name)),
        column("figure", ("数値の種類", "Figure"), Type::Text, |of, at| Cell::text(of.figure.name(at.lang))),
        ColumnOf::titled("before", then, Type::Decimal, |of, at| of.cell(of.then, at.lang)),
        ColumnOf::titled("value", now, Type::Decimal, |of, at| of.cell(of.now, at.lang)),
        column("change", ("増減", "Change"), Type::Decimal, |of, at| of.changed(at.lang)),
    ];
    let subjects: Vec<_> = pairs.iter().map(|of| Some(format!("sum-{}:{}", of.id, of.figure.key()))).collect();
    vec![Block::Table(Table::build(&columns, pairs, lang).about(subjects))]
}

fn pairs<'p>(report: &KpiReport<'p>, before: &Before<'_>) -> Vec<Pair<'p>> {
    let plan = report.plan;
    let past = report.as_of.at_end_of(before.period);
    let sums = declared(plan, report.as_of).into_iter().zip(declared(plan, past));
    sums.flat_map(|(now, then)| {
        let (sum, rounding) = (now.sum, plan.head.rounding);
        figures(&now, report.as_of).into_iter().zip(figures(&then, past)).map(
            move |((figure, unit, now), (.., then))| Pair {
                id: &sum.id,
                name: &sum.name,
                figure,
                unit,
                rounding,
                then,
                now,
            },
        )
    })
    .collect()
}

/// What a declared sum comes to, in every way of reading it.
fn figures<'p>(of: &Declared<'p>, as_of: AsOf) -> Vec<(Figure, Option<&'p Unit>, Option<Decimal>)> {
    match &of.is {
        Summed::Amounts(totals) => totals
            .iter()
            .map(|total| (Figure::Actual, total.unit, total.row(as_of.year(), Span::SoFar).and_then(actual)))
            .collect(),
        Summed::Scores(scores) => {
            let share = scores.best.map(|_| (Figure::Share, None, scores.share().and_then(Rate::percent)));
            [(Figure::Sum, None, scores.sum()), (Figure::Mean, None, scores.mean())].into_iter().chain(share).collect()
        }
    }
}

fn actual(row: &Row<'_>) -> Option<Decimal> {
    row.sum(Side::Actual).whole()
}

/// 計画が定める合計の増減 || How a sum that the plan declares changed
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SumAgainstJson<'p> {
    /// 合計の id || The id of the sum
    id: &'p Id,
    /// 何の数か：actual-so-far 実績の累計、sum 合計、mean 平均、share 満点に対する割合（％） || What it is: actual-so-far, sum, mean, share (percent)
    figure: &'static str,
    /// 単位。点数には null || Its unit; null of points
    unit: Option<&'p str>,
    /// その時の値。欠けている部分があれば null || The value then; null where a part is missing
    before: Option<Exact>,
    /// いまの値。欠けている部分があれば null || The value now; null where a part is missing
    value: Option<Exact>,
    /// 増減 || By how much it changed
    change: Option<Exact>,
}

/// The declared sums now and then, for programs.
pub fn compared<'p>(report: &KpiReport<'p>, before: &Before<'_>) -> Vec<SumAgainstJson<'p>> {
    let json = |of: Pair<'p>| SumAgainstJson {
        id: of.id,
        figure: of.figure.key(),
        unit: of.unit.map(|unit| unit.0.as_ref()),
        before: of.then.map(Exact::from),
        value: of.now.map(Exact::from),
        change: of.change().map(Exact::from),
    };
    pairs(report, before).into_iter().map(json).collect()
}
