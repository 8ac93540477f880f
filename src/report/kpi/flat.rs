//! The indicators for spreadsheets: one row an indicator, one value a cell, units in their own column.

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::{At, Cell, ColumnOf, Row, Table, Type, cells, column, heads};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::indicator::{Kind, Reading};
use crate::plan::judging::Measured;
use crate::plan::value::Value;
use crate::query::gap::expected::{Basis, Clock};
use crate::query::gap::{Gap, Rate, Verdict};
use crate::query::verifying::Verifying;
use crate::text::terms;
use crate::wording as words;

use super::against::{self, Pair};
use super::{KpiReport, notes};

/// One row an indicator, one value a cell, units in their own column.
pub fn flat(report: &KpiReport<'_>, lang: Lang) -> Table {
    let mut columns: Vec<ColumnOf<GapRow<'_>>> = columns().into();
    columns.extend(judged_columns());
    columns.extend(beside_columns(report.plan));
    columns.extend(course_columns());
    let others = report.verified_by.iter().filter_map(|one| match one {
        Verifying::Known { plan, gaps, .. } => Some((*plan, gaps, false)),
        Verifying::Unknown { .. } => None,
    });
    let all = std::iter::once((report.plan, &report.gaps, true)).chain(others);
    let mut subjects: Vec<GapRow<'_>> =
        all.flat_map(|(plan, gaps, own)| gaps.iter().map(move |gap| GapRow { gap, plan, own, pair: None })).collect();
    if let Some(before) = &report.before {
        let pairs = against::pairs(report, before);
        subjects.iter_mut().zip(pairs).for_each(|(row, pair)| row.pair = Some(pair));
        columns.extend(against_columns());
    }
    if !report.verified_by.is_empty() {
        columns.push(column("plan", ("計画", "Plan"), Type::Text, |of, _| Cell::text(&*of.plan.head.name)));
    }
    let rows = subjects.par_iter().map(|subject| Row::new(cells(&columns, subject, lang)));
    Table { columns: heads(&columns, lang), rows: rows.collect(), ..Table::default() }
}

/// An indicator against its target, and its plan.
struct GapRow<'r> {
    gap: &'r Gap<'r>,
    plan: &'r Plan,
    /// Whether it is an indicator of the plan that is reported, not of one that verifies it.
    own: bool,
    /// The same at the end of a period that is compared with.
    pair: Option<Pair<'r>>,
}

fn against_columns<'r>() -> [ColumnOf<GapRow<'r>>; 4] {
    fn then<'s>(of: &'s GapRow<'_>) -> Option<&'s Reading> {
        of.pair.as_ref()?.then.actual.map(|measure| &measure.reading)
    }
    [
        column("before_period", ("比べる実績の期間", "Period compared"), Type::Period, |of, _| {
            period(then(of))
        }),
        column("before", ("比べる実績値", "Actual compared"), Type::Decimal, |of, at| of.value(then(of), at)),
        column("change", ("増減", "Change"), Type::Decimal, |of: &GapRow<'_>, _| {
            exact(of.pair.as_ref().and_then(|pair| pair.change).map(|change| change.by))
        }),
        column("verdict_before", ("比べる判定", "Verdict compared"), Type::Grade, |of: &GapRow<'_>, at| {
            Cell::text(of.pair.as_ref().map_or("", |pair| words::verdict(pair.then.counted(), at.lang)))
        }),
    ]
}

fn columns<'r>() -> [ColumnOf<GapRow<'r>>; 25] {
    [
        column("id", ("id", "ID"), Type::Id, |of, _| Cell::text(of.gap.indicator.id.as_str())),
        column("name", terms::INDICATOR_SHORT.titles(), Type::Name, |of, _| {
            Cell::text(words::indicator_name(of.gap.indicator))
        }),
        column("kind", terms::KIND.titles(), Type::Text, |of, _| Cell::text(of.gap.indicator.kind.key())),
        column("unit", terms::UNIT.titles(), Type::Text, |of, _| Cell::text(&*of.gap.indicator.unit.0)),
        column("baseline_period", ("基準年度", "Baseline period"), Type::Period, |of, _| period(of.gap.baseline)),
        column("baseline", terms::BASELINE.titles(), Type::Decimal, |of, at| of.value(of.gap.baseline, at)),
        column("actual_period", ("実績年度", "Actual period"), Type::Period, |of, _| period(of.actual())),
        column("actual", terms::ACTUAL.titles(), Type::Decimal, |of, at| of.value(of.actual(), at)),
        column("target_period", ("目標年度", "Target period"), Type::Period, |of, _| period(of.gap.target)),
        column("target", terms::TARGET.titles(), Type::Decimal, |of, at| of.value(of.gap.target, at)),
        column("gap", terms::GAP.titles(), Type::Decimal, |of, _| exact(of.gap.gap)),
        column("room", terms::ROOM.titles(), Type::Decimal, |of, _| exact(of.gap.room)),
        column("ratio_to_target", ("対目標比（％）", "To target (%)"), Type::Percent, |of, _| {
            of.rate(Measured::Ratio)
        }),
        column("improvement", ("改善率（％）", "Improvement (%)"), Type::Percent, |of, _| {
            of.rate(Measured::Improvement)
        }),
        column("pace", ("ペース比（％）", "Pace (%)"), Type::Percent, |of, _| of.rate(Measured::Pace)),
        column("verdict", terms::VERDICT.titles(), Type::Grade, |of, at| {
            Cell::text(words::verdict(of.gap.verdict, at.lang))
        }),
        column("remarks", ("備考", "Remarks"), Type::Text, |of, at| Cell::text(remarks(of.gap, at.lang))),
        column("judged_against", ("判定に用いた目標", "Judged against"), Type::Text, |of, at| {
            Cell::text(of.gap.held_to().map_or("", |_| words::target_of(of.gap.held, at.lang)))
        }),
        column(
            "period_target_period",
            ("当年度目標の期間", "Period of the period's target"),
            Type::Period,
            |of, _| period(of.gap.own),
        ),
        column("period_target", terms::PERIOD_TARGET.titles(), Type::Decimal, |of, at| of.value(of.gap.own, at)),
        column(
            "ratio_to_period_target",
            ("対当年度目標比（％）", "To the period's target (%)"),
            Type::Percent,
            |of, _| of.plain_rate(of.gap.ratio_to_period),
        ),
        column(
            "ratio_to_final_target",
            ("対最終目標比（％）", "To the final target (%)"),
            Type::Percent,
            |of, _| of.plain_rate(of.gap.ratio_to_final),
        ),
        column("actual_by_target", ("実績÷目標（％）", "Actual ÷ target (%)"), Type::Percent, |of, _| {
            of.plain_rate(of.gap.actual_by_target)
        }),
        column("expected", terms::EXPECTED.titles(), Type::Decimal, |of, _| {
            exact(of.gap.expected.map(|exact| words::expected(exact, of.gap, of.plan.head.rounding)))
        }),
        column("expected_from", ("見込みのもと", "Expected by"), Type::Text, |of, at| {
            Cell::text(of.gap.basis.map_or("", |basis| expected_word(of.gap, basis, at.lang)))
        }),
    ]
}

/// The city's own band, and the verdict of a person.
fn judged_columns<'r>() -> [ColumnOf<GapRow<'r>>; 4] {
    [
        column("judged_by", ("判定の方法", "Judged by"), Type::Text, |of, at| {
            Cell::text(of.gap.set.name.text(at.lang))
        }),
        column("band", ("当てはまった判定区分", "Band"), Type::Grade, |of: &GapRow<'_>, at| {
            Cell::text(of.gap.band.map_or("", |band| band.name.text(at.lang)))
        }),
        column("by_hand", ("所管課の判断", "Verdict by hand"), Type::Grade, |of: &GapRow<'_>, at| {
            Cell::text(of.gap.by_hand().map(|by| words::given_by_hand(by, of.plan, at.lang)).unwrap_or_default())
        }),
        column(
            "by_hand_reason",
            ("所管課の判断の理由", "Reason of the verdict by hand"),
            Type::Text,
            |of, _| Cell::text(of.gap.by_hand().and_then(|by| by.reason.as_deref()).unwrap_or_default()),
        ),
    ]
}

/// The band of each set that judges besides, of the plan's own indicators.
fn beside_columns<'r>(plan: &Plan) -> Vec<ColumnOf<GapRow<'r>>> {
    let sets = plan.head.also_judged_by.iter().map(|at| &plan.band_sets[*at]).enumerate();
    let columns = sets.map(|(nth, set)| {
        ColumnOf::titled(format!("also.{}", set.id), &*set.name.ja, Type::Grade, |of: &GapRow<'_>, at| {
            let also = notes::also(of.plan, of.gap, at.nth).filter(|_| of.own);
            Cell::text(also.map_or_else(String::new, |also| words::banded_as(also.band, also.verdict, at.lang)))
        })
        .nth(nth)
    });
    columns.collect()
}

/// Where it stands among the others, and along the years: since last year, and how far it is to the target.
fn course_columns<'r>() -> [ColumnOf<GapRow<'r>>; 15] {
    [
        column("heading", terms::HEADING.titles(), Type::Name, |of: &GapRow<'_>, _| {
            let above = of.gap.indicator.parent.map(|place| &of.plan.indicators[place]);
            let heading = above.filter(|above| above.kind == Kind::Heading);
            Cell::text(heading.map(words::indicator_name).unwrap_or_default())
        }),
        column("owner", terms::OWNER.titles(), Type::Text, |of, at| {
            Cell::text(words::owners(&of.gap.indicator.owners, &of.plan.owners, at.lang))
        }),
        column("last_year_period", ("前年の値の期間", "Period of the earlier year"), Type::Period, |of, _| {
            period(of.gap.change.map(|change| change.since))
        }),
        column("since_last_year", ("前年からの増減", "Difference to last year"), Type::Decimal, |of, _| {
            exact(of.gap.change.map(|change| change.by))
        }),
        column("last_year", ("前年との比較", "Change since last year"), Type::Text, |of, at| {
            Cell::text(of.gap.change.map_or("", |change| words::against(change.is, at.lang)))
        }),
        column("part_before_period", ("前の期間", "Period before"), Type::Period, |of, _| {
            period(of.gap.since_before.map(|change| change.since))
        }),
        column(
            "since_part_before",
            ("前の期間からの増減", "Change since the period before"),
            Type::Decimal,
            |of, _| exact(of.gap.since_before.map(|change| change.by)),
        ),
        column("part_before", ("前の期間との比較", "Against the period before"), Type::Text, |of, at| {
            Cell::text(of.gap.since_before.map_or("", |change| words::against(change.is, at.lang)))
        }),
        column("left", ("目標までの増減", "Change to the target"), Type::Decimal, |of, _| {
            exact(of.gap.outlook.left)
        }),
        column("years_left", ("残りの年数", "Years left"), Type::Integer, |of, _| of.left(Clock::Years)),
        column("months_left", ("残りの月数", "Months left"), Type::Integer, |of, _| of.left(Clock::Months)),
        column("needed", ("1年当たり必要な増減", "Change needed a year"), Type::Decimal, |of, _| {
            of.mean(of.gap.outlook.needed)
        }),
        column("yearly", ("最近の1年当たりの増減", "Recent change a year"), Type::Decimal, |of, _| {
            of.mean(of.gap.outlook.forecast.map(|forecast| forecast.yearly))
        }),
        column("forecast", ("目標年度の見込み", "Forecast"), Type::Decimal, |of, _| {
            of.mean(of.gap.outlook.forecast.map(|forecast| forecast.value))
        }),
        column(
            "forecast_from",
            ("見込みのもとの最初の期間", "Forecast rests on values since"),
            Type::Period,
            |of, _| period(of.gap.outlook.forecast.map(|forecast| forecast.first.reading)),
        ),
    ]
}

impl GapRow<'_> {
    /// How long it is to the target, where that is measured so.
    fn left(&self, clock: Clock) -> Cell {
        let span = self.gap.outlook.time.filter(|span| span.clock == clock);
        span.map_or_else(Cell::default, |span| Cell::number(span.count, span.count.to_string()))
    }

    /// A mean, which has digits without end.
    fn mean(&self, value: Option<Decimal>) -> Cell {
        exact(value.map(|exact| words::mean(exact, self.gap, self.plan.head.rounding)))
    }

    fn actual(&self) -> Option<&Reading> {
        self.gap.actual.map(|measure| &measure.reading)
    }

    /// The number of a reading, or what it says in place of one.
    fn value(&self, reading: Option<&Reading>, at: At) -> Cell {
        match reading.map(|reading| (&reading.value, reading)) {
            Some((Value::Number(number), _)) => exact(Some(*number)),
            Some((_, reading)) => Cell::text(words::reading(reading, self.gap.indicator, at.lang)),
            None => Cell::default(),
        }
    }

    fn rate(&self, by: Measured) -> Cell {
        exact(words::rate_number(self.gap, by, self.plan.head.rounding))
    }

    fn plain_rate(&self, rate: Option<Rate>) -> Cell {
        exact(words::plain_rate(rate, self.plan.head.rounding))
    }
}

fn exact(number: Option<Decimal>) -> Cell {
    number.map_or_else(Cell::default, |number| Cell::number(number, number.to_string()))
}

fn period(reading: Option<&Reading>) -> Cell {
    reading.map_or_else(Cell::default, |reading| Cell::text(reading.period.short()))
}

/// What the expectation rests on, for programs: a target, the baseline, a line or a share.
pub fn expected_key(gap: &Gap<'_>, basis: Basis<'_>) -> &'static str {
    match basis {
        Basis::Point(point) if gap.target == Some(point) => "final-target",
        Basis::Point(point) if gap.own == Some(point) => "period-target",
        Basis::Point(point) if gap.baseline == Some(point) => "baseline",
        Basis::Point(_) => "earlier-target",
        Basis::Line(..) => "line",
        Basis::Share(..) => "pro-rata",
    }
}

/// The same in words.
fn expected_word(gap: &Gap<'_>, basis: Basis<'_>, lang: Lang) -> &'static str {
    match expected_key(gap, basis) {
        "final-target" => terms::FINAL_TARGET.word(lang),
        "period-target" => terms::PERIOD_TARGET.word(lang),
        "baseline" => terms::BASELINE.word(lang),
        "earlier-target" => lang.pick("前の期間の目標", "an earlier target"),
        "line" => lang.pick("直線", "the line between two points"),
        _ => lang.pick("年次按分", "pro-rata"),
    }
}

/// Why there is no verdict or no change since last year, what was said in place of a value, and how sure the value is.
fn remarks(gap: &Gap<'_>, lang: Lang) -> String {
    let why = match gap.verdict {
        Verdict::Undetermined(why) => Some(words::why(why, lang)),
        _ => None,
    };
    let provisional = gap.actual.filter(|measure| measure.provisional).map(|_| terms::PROVISIONAL.word(lang));
    let unconfirmed = gap.is_unsure().then(|| terms::UNCONFIRMED.word(lang));
    let short = lang.pick("「未満」「超」の数ちょうどで届いていない", "just at the number, which does not reach it");
    let short = gap.stops_short().then_some(short);
    let missing = gap.missing.map(|measure| words::dated(&measure.reading, gap.indicator, lang));
    let owned = missing.into_iter().chain(words::broken(gap, lang));
    let all = [why, short, provisional, unconfirmed].into_iter().flatten().map(str::to_owned).chain(owned);
    all.collect::<Vec<_>>().join(lang.pick("、", ", "))
}
