//! Effects and sums for spreadsheets: one amount, sum or score a row.

use rust_decimal::Decimal;

use crate::document::{Cell, Table, Type, column};
use crate::lang::Lang;
use crate::plan::indicator::Unit;
use crate::plan::period::FiscalYear;
use crate::query::effects::amounts;
use crate::query::gap::Rate;
use crate::query::sums::{Declared, Row, Scores, Side, Span, Sum, Summed, Total, declared};
use crate::text::terms;
use crate::wording as words;

use super::KpiReport;
use super::effects;

/// What a row is: of which sum, of what, of when, and its numbers.
#[derive(Default)]
struct FlatRow {
    sum: String,
    name: String,
    id: String,
    of: String,
    unit: String,
    year: Option<FiscalYear>,
    span: Option<Span>,
    planned: Option<Decimal>,
    actual: Option<Decimal>,
    forecast: Option<Decimal>,
    missing: String,
    difference: Option<Decimal>,
    ratio_of_sums: Option<Decimal>,
    mean_of_ratios: Option<Decimal>,
    weight: Option<Decimal>,
    score: Option<Decimal>,
    mean: Option<Decimal>,
    full: Option<Decimal>,
    share: Option<Decimal>,
}

/// The amounts of each effect, their sums, then those that the plan declares.
pub fn flat(report: &KpiReport<'_>, lang: Lang) -> Table {
    let name = lang.pick("効果", "Effects");
    let mut rows = amounts_of(report, name, lang);
    for total in effects::sums(report) {
        rows.extend(of_total(report, ("effects", name), &total, lang));
    }
    for one in declared(report.plan, report.as_of) {
        rows.extend(of_declared(report, &one, lang));
    }
    laid_out(rows, lang)
}

fn amounts_of(report: &KpiReport<'_>, name: &str, lang: Lang) -> Vec<FlatRow> {
    let of: Vec<_> = report.gaps.iter().map(|gap| gap.indicator).collect();
    let all = amounts(report.plan, &of, report.as_of);
    let rows = all.iter().flat_map(|amounts| {
        amounts.years.iter().map(|year| FlatRow {
            sum: "effects".into(),
            name: name.into(),
            id: amounts.indicator.id.to_string(),
            of: words::indicator_name(amounts.indicator),
            unit: words::unit(&amounts.indicator.unit, lang).into(),
            year: Some(year.year),
            span: Some(Span::Year),
            planned: year.sum(Side::Planned).value(),
            actual: year.sum(Side::Actual).value(),
            forecast: year.sum(Side::Forecast).value(),
            ..FlatRow::default()
        })
    });
    rows.collect()
}

fn of_total(report: &KpiReport<'_>, (id, name): (&str, &str), total: &Total<'_>, lang: Lang) -> Vec<FlatRow> {
    let unit = total.unit.map_or("", |unit: &Unit| words::unit(unit, lang));
    let rounded = |rate: Option<Decimal>| rate.map(|rate| report.plan.head.rounding.apply(rate));
    let missing = |row: &Row<'_>| {
        let of_side = |side: Side| words::lacking(side, &row.sum(side).lacking, lang);
        Side::ALL.into_iter().filter_map(of_side).collect::<Vec<_>>().join(lang.pick("。", ". "))
    };
    let value = |sum: &Sum<'_>| sum.value();
    let rows = total.rows.iter().map(|row| FlatRow {
        sum: id.into(),
        name: name.into(),
        of: lang.pick("計", "Total").into(),
        unit: unit.into(),
        year: Some(row.year),
        span: Some(row.span),
        planned: value(row.sum(Side::Planned)),
        actual: value(row.sum(Side::Actual)),
        forecast: value(row.sum(Side::Forecast)),
        missing: missing(row),
        difference: row.difference(),
        ratio_of_sums: rounded(row.ratio_of_sums().and_then(Rate::percent)),
        mean_of_ratios: rounded(row.mean_of_ratios()),
        ..FlatRow::default()
    });
    rows.collect()
}

fn of_declared(report: &KpiReport<'_>, one: &Declared<'_>, lang: Lang) -> Vec<FlatRow> {
    let (id, name) = (one.sum.id.as_str(), &*one.sum.name);
    match &one.is {
        Summed::Amounts(totals) => totals.iter().flat_map(|total| of_total(report, (id, name), total, lang)).collect(),
        Summed::Scores(scores) => of_scores(report, (id, name), scores, lang),
    }
}

fn of_scores(report: &KpiReport<'_>, (id, name): (&str, &str), scores: &Scores<'_>, lang: Lang) -> Vec<FlatRow> {
    let row = |of_id: &str, of: &str| FlatRow {
        sum: id.into(),
        name: name.into(),
        id: of_id.into(),
        of: of.into(),
        ..FlatRow::default()
    };
    let parts = scores.parts.iter().map(|part| FlatRow {
        weight: Some(part.weight),
        score: part.score,
        ..row(part.id.as_str(), part.name)
    });
    let missing: Vec<&str> = scores.missing().map(|part| part.name).collect();
    let rounded = |value: Decimal| report.plan.head.rounding.apply(value);
    let together = FlatRow {
        weight: scores.weight(),
        score: scores.sum(),
        mean: scores.mean().map(rounded),
        full: scores.full(),
        share: scores.share().and_then(Rate::percent).map(rounded),
        missing: missing.join(lang.pick("、", ", ")),
        ..row("", lang.pick("計", "Total"))
    };
    parts.chain([together]).collect()
}

fn number(value: Option<Decimal>) -> Cell {
    value.map(|value| value.normalize()).map_or_else(Cell::default, |value| Cell::number(value, value.to_string()))
}

/// A percentage, rounded as the plan says.
fn percent(value: Option<Decimal>) -> Cell {
    value.map_or_else(Cell::default, |value| Cell::number(value, value.to_string()))
}

fn laid_out(rows: Vec<FlatRow>, lang: Lang) -> Table {
    let columns = [
        column("sum", ("合計の id", "Sum"), Type::Id, |of: &FlatRow, _| Cell::text(&*of.sum)),
        column("sum_name", terms::NAME.titles(), Type::Text, |of: &FlatRow, _| Cell::text(&*of.name)),
        column("id", terms::ID.titles(), Type::Id, |of: &FlatRow, _| Cell::text(&*of.id)),
        column("of", ("項目・指標", "Entry or indicator"), Type::Text, |of: &FlatRow, _| Cell::text(&*of.of)),
        column("unit", terms::UNIT.titles(), Type::Text, |of: &FlatRow, _| Cell::text(&*of.unit)),
        column("year", terms::FISCAL_YEAR.titles(), Type::Period, |of: &FlatRow, _| {
            of.year.map_or_else(Cell::default, |year| Cell::text(crate::plan::period::Period::Year(year).short()))
        }),
        column("span", ("範囲", "Over"), Type::Text, |of: &FlatRow, at| {
            Cell::text(of.span.map_or("", |span| match span {
                Span::Year => at.lang.pick("単年度", "year"),
                Span::SoFar => terms::CUMULATIVE.word(at.lang),
            }))
        }),
        column("planned", terms::PLANNED_AMOUNT.titles(), Type::Decimal, |of: &FlatRow, _| number(of.planned)),
        column("actual", terms::ACTUAL_AMOUNT.titles(), Type::Decimal, |of: &FlatRow, _| number(of.actual)),
        column("forecast", terms::FORECAST.titles(), Type::Decimal, |of: &FlatRow, _| number(of.forecast)),
        column("missing", ("欠けたもの", "Missing"), Type::Text, |of: &FlatRow, _| Cell::text(&*of.missing)),
        column("difference", ("実績－計画", "Actual − planned"), Type::Decimal, |of: &FlatRow, _| {
            number(of.difference)
        }),
        column("ratio_of_sums", ("合計の比（％）", "Ratio of sums (%)"), Type::Percent, |of: &FlatRow, _| {
            percent(of.ratio_of_sums)
        }),
        column("mean_of_ratios", ("比の平均（％）", "Mean of ratios (%)"), Type::Percent, |of: &FlatRow, _| {
            percent(of.mean_of_ratios)
        }),
        column("weight", ("重み", "Weight"), Type::Decimal, |of: &FlatRow, _| number(of.weight)),
        column("score", ("点数・率", "Points or rate"), Type::Decimal, |of: &FlatRow, _| number(of.score)),
        column("mean", ("平均", "Mean"), Type::Decimal, |of: &FlatRow, _| number(of.mean)),
        column("full", ("満点", "At most"), Type::Decimal, |of: &FlatRow, _| number(of.full)),
        column("share", ("満点に対する割合（％）", "Of the most (%)"), Type::Percent, |of: &FlatRow, _| {
            percent(of.share)
        }),
    ];
    Table::build(&columns, rows, lang)
}
