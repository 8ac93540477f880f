//! Sums of amounts by year, for people and for programs: each year alone, then all years so far.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::document::{Cell, ColumnOf, Table, Type, WHOLE_COLUMN, column, fingerprint};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::indicator::{Indicator, Unit};
use crate::plan::period::{FiscalYear, Period};
use crate::query::gap::Rate;
use crate::query::sums::{Counting, Lacking, Row, Side, Span, Sum, Total};
use crate::report::json::{self, Exact};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// A row of a table of sums.
struct Summed<'r> {
    plan: &'r Plan,
    total: &'r Total<'r>,
    row: &'r Row<'r>,
    is_first: bool,
}

/// The sums of a total, under the words for its spans; `subject` is what facts call it beside its unit.
pub fn table(plan: &Plan, total: &Total<'_>, subject: &str, lang: Lang) -> Table {
    let is_first = |at: usize| at == 0 || total.rows[at - 1].span != total.rows[at].span;
    let rows = total.rows.iter().enumerate().map(|(at, row)| Summed { plan, total, row, is_first: is_first(at) });
    let unit = total.unit.map(|unit| fingerprint(words::unit(unit, Lang::Ja))).unwrap_or_default();
    let of = |row: &Row<'_>| Some(format!("{subject}-{unit}:{}-{}", row.span.key(), Period::Year(row.year).short()));
    let subjects: Vec<_> = total.rows.iter().map(of).collect();
    let notes = notes(total, lang).into_iter().map(Into::into).collect();
    Table { notes, ..Table::build(&columns(), rows, lang) }.about(subjects)
}

fn columns<'r>() -> [ColumnOf<Summed<'r>>; 8] {
    [
        column("total", ("合計", "Total"), Type::Text, |of, at| match of.is_first {
            true => Cell::text(of.span(at.lang)).merged(0, WHOLE_COLUMN),
            false => Cell::default(),
        }),
        column("year", terms::FISCAL_YEAR.titles(), Type::Period, |of, at| Cell::text(of.row.year.tag(at.lang))),
        column("planned", terms::PLANNED_AMOUNT.titles(), Type::Decimal, |of, at| of.sum(Side::Planned, at.lang)),
        column("actual", terms::ACTUAL_AMOUNT.titles(), Type::Decimal, |of, at| of.sum(Side::Actual, at.lang)),
        column("forecast", terms::FORECAST.titles(), Type::Decimal, |of, at| of.sum(Side::Forecast, at.lang)),
        column("difference", ("実績－計画", "Actual − planned"), Type::Decimal, |of, at| {
            let by = of.row.difference();
            let words = |by| words::difference(by, of.unit(), at.lang);
            Cell::text(by.map_or_else(|| words::none(at.lang).to_owned(), words)).numbered(by)
        }),
        column("ratio_of_sums", ("合計の比", "Ratio of sums"), Type::Percent, |of, at| {
            of.percent(of.row.ratio_of_sums().and_then(Rate::percent), at.lang)
        }),
        column("mean_of_ratios", ("比の平均", "Mean of ratios"), Type::Percent, |of, at| {
            of.percent(of.row.mean_of_ratios(), at.lang)
        }),
    ]
}

impl Summed<'_> {
    fn span(&self, lang: Lang) -> String {
        let unit = words::unit(self.unit(), lang);
        match self.row.span {
            Span::Year => tr!(lang, "単年度（{unit}）", "within the year ({unit})"),
            Span::SoFar => tr!(lang, "累計（{unit}）", "so far ({unit})"),
        }
    }

    fn unit(&self) -> &Unit {
        static NONE: std::sync::LazyLock<Unit> = std::sync::LazyLock::new(Unit::default);
        self.total.unit.unwrap_or(&NONE)
    }

    fn sum(&self, side: Side, lang: Lang) -> Cell {
        let sum = self.row.sum(side);
        Cell::text(words::sum(sum, self.unit(), lang)).numbered(sum.value())
    }

    /// A rate, rounded as the plan says.
    fn percent(&self, rate: Option<Decimal>, lang: Lang) -> Cell {
        let rounded = |rate| words::percent(self.plan.head.rounding.apply(rate), lang);
        rate.map_or_else(|| Cell::text(words::none(lang)), |rate| Cell::number(rate, rounded(rate)))
    }
}

/// What is missing, what is a part of another, and how the parts add up.
fn notes(total: &Total<'_>, lang: Lang) -> Vec<String> {
    let of_side = |side: Side| {
        let parts: Vec<Lacking<'_>> = total.rows.iter().flat_map(|row| &row.sum(side).lacking).copied().collect();
        words::lacking(side, &parts, lang)
    };
    let mut notes: Vec<String> = Side::ALL.into_iter().filter_map(of_side).collect();
    if !total.within.is_empty() {
        let names = total.within.iter().map(|of| words::indicator_name(of)).collect::<Vec<_>>();
        let names = names.join(lang.pick("、", ", "));
        notes.push(tr!(
            lang,
            "うち数のため足していないもの：{names}",
            "A part of another, and not added again: {names}"
        ));
    }
    let mut used: Vec<Counting> = Vec::new();
    for counting in total.parts.iter().map(|of| Counting::of(of)) {
        if !used.contains(&counting) {
            used.push(counting);
        }
    }
    notes.extend(used.iter().map(|counting| how(*counting, lang).to_owned()));
    if total.rows.iter().any(|row| !row.sum(Side::Forecast).is_nothing()) {
        notes.push(
            lang.pick(
                "見込は、実績の出た年度はその実績（継続効果で続く額を含む。）、ほかの年度は見込の額による合計である。",
                "The forecast counts what came in years that are over, with what goes on from them, and in the others what is forecast.",
            )
            .to_owned(),
        );
    }
    notes.push(
        lang.pick(
            "合計の比は 実績の合計÷計画の合計、比の平均は額ごとの 実績÷計画 の単純平均。差とともに、どの額も欠けないときだけ示す。",
            "Ratio of sums: total actual ÷ total planned. Mean of ratios: the plain mean of each amount's actual ÷ planned. Like the difference they are given where no amount is missing.",
        )
        .to_owned(),
    );
    notes
}

/// How amounts add up, in a sentence.
fn how(counting: Counting, lang: Lang) -> &'static str {
    match counting {
        Counting::OneYear => lang.pick("単年度の額は、その年度に数える。", "One-year amounts count in their year."),
        Counting::Continuing => lang.pick(
            "継続効果の額は、始まった年度と、計画の終わりまでのその後の各年度に数える。",
            "Continuing amounts count in the year they began in and in every later one of the plan.",
        ),
        Counting::Cumulative => lang.pick(
            "累計の値は、そのまま累計とし、単年度の額は前の年度の値との差とする。",
            "Cumulative values are the sum so far; that of a year is the difference to the year before.",
        ),
        Counting::Level => lang.pick(
            "時点の値は、その年度の中だけで合計し、年度をまたいで足さない。",
            "Values on a day add up within a year, never over several.",
        ),
        Counting::Unsettled => lang.pick(
            "値が単年度か累計か要確認のものは、合計に入れない。",
            "What may be yearly or cumulative (unconfirmed) is in no sum.",
        ),
    }
}

/// 合計 || Sums of amounts in one unit
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SumsByYearJson<'p> {
    /// 単位 || The unit
    unit: Option<&'p str>,
    /// 足した指標の id || The indicators that are added up
    of: Vec<&'p Id>,
    /// うち数のため足していない指標の id || Those that are a part of another, and not added again
    of_which: Vec<&'p Id>,
    /// 単年度と累計の合計 || The sums of each year, then of all years so far
    sums: Vec<SumsOfYearJson<'p>>,
}

/// 年度の合計 || The sums of a year
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SumsOfYearJson<'p> {
    /// 年度 || The fiscal year
    year: FiscalYear,
    /// 範囲：year その年度だけ、so-far その年度まで || Over what: year the year alone, so-far that year and all before it
    span: &'static str,
    /// 計画 || As planned
    planned: SumJson<'p>,
    /// 実績 || As it came
    actual: SumJson<'p>,
    /// 見込 || As it is expected to come
    forecast: SumJson<'p>,
    /// 実績－計画。どちらかに欠けた額があれば null || Actual less planned; null where an amount of either is missing
    difference: Option<Exact>,
    /// 合計の比（％）。どちらかに欠けた額があれば null || Actual by planned, of the sums, in percent; null where an amount of either is missing
    ratio_of_sums: Option<Exact>,
    /// 比の平均（％） || The plain mean of the ratios of the amounts, in percent
    mean_of_ratios: Option<Exact>,
}

/// 合計と、欠けた額 || A sum, and the amounts that it lacks
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SumJson<'p> {
    /// ある額の合計。一つもなければ null || The sum of the amounts that are there; null where there is none
    value: Option<Exact>,
    /// 欠けた額 || The amounts that are missing
    missing: Vec<MissingAmountJson<'p>>,
}

/// 欠けた額 || An amount that is missing
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MissingAmountJson<'p> {
    /// 指標の id || The indicator
    id: &'p Id,
    /// 年度 || The fiscal year
    year: FiscalYear,
}

/// Makes the JSON of a total; what is missing is named, and never 0.
pub fn json<'p>(total: &Total<'p>) -> SumsByYearJson<'p> {
    let ids = |of: &[&'p Indicator]| of.iter().map(|indicator| &indicator.id).collect();
    let sum = |sum: &Sum<'p>| SumJson {
        value: sum.value().map(|value| value.normalize().into()),
        missing: sum.lacking.iter().map(|part| MissingAmountJson { id: &part.of.id, year: part.year }).collect(),
    };
    let row = |row: &Row<'p>| SumsOfYearJson {
        year: row.year,
        span: row.span.key(),
        planned: sum(row.sum(Side::Planned)),
        actual: sum(row.sum(Side::Actual)),
        forecast: sum(row.sum(Side::Forecast)),
        difference: row.difference().map(|by| by.normalize().into()),
        ratio_of_sums: json::rate(row.ratio_of_sums()),
        mean_of_ratios: json::rounded(row.mean_of_ratios()),
    };
    SumsByYearJson {
        unit: total.unit.map(|unit| &*unit.0),
        of: ids(&total.parts),
        of_which: ids(&total.within),
        sums: total.rows.iter().map(row).collect(),
    }
}
