//! How the indicators stand as of the day of the data: gaps and rates, and the verdicts.

use rust_decimal::Decimal;

use super::super::field::{FieldOf, Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfIndicator, OfPeriod, OfPlan, indicator, when, whose};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::indicator::Indicator;
use crate::plan::judging::{Measured, TargetOf};
use crate::plan::period::Period;
use crate::query::AsOf;
use crate::query::gap::{Gap, Verdict, gaps};
use crate::wording as words;

/// How an indicator stands, and one figure or verdict of that.
struct Standing<'g, T> {
    plan: &'g Plan,
    as_of: AsOf,
    gap: &'g Gap<'g>,
    what: T,
}

impl<T> OfPlan for Standing<'_, T> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl<T> OfIndicator for Standing<'_, T> {
    fn indicator(&self) -> &Indicator {
        self.gap.indicator
    }
}

impl<T> OfPeriod for Standing<'_, T> {
    fn period(&self) -> Period {
        self.as_of.period
    }
}

/// As of when, and of when the value is that was judged.
fn judged<'g, T>() -> [FieldOf<Standing<'g, T>>; 3] {
    [
        field(
            "as_of",
            Kind::Date,
            ("基準日", "As of"),
            ("この日までの記録による", "by the records about what had been by this day"),
            |of: &Standing<'_, T>| of.as_of.date.into(),
        ),
        optional(
            "actual_period_end",
            Kind::Date,
            ("実績値の期間の末日", "Last day of the actual"),
            (
                "判定した実績値の期間の最後の日。実績値がなければ空とする",
                "the last day of the period of the actual; absent where there is none",
            ),
            |of| of.gap.actual.map(|actual| actual.reading.period.last_day()).into(),
        ),
        field(
            "judged_against_code",
            Kind::Code("judged_against"),
            ("判定に用いた目標", "Judged against"),
            ("当年度目標と最終目標のどちらに対して判定したか", "which of the two targets judges"),
            |of| {
                OpenValue::code(match (of.gap.held_to(), of.gap.held) {
                    (None, _) => "none",
                    (_, TargetOf::Period) => "period-target",
                    (_, TargetOf::Final) => "final-target",
                })
            },
        ),
    ]
}

/// A figure of the result: its code, its value, whether it is a percentage.
type ResultFigure = (&'static str, Option<Decimal>, bool);

/// What is worked out of an indicator, rounded as the plan says where it has digits without end.
fn figures(plan: &Plan, gap: &Gap<'_>) -> [ResultFigure; 9] {
    let rounding = plan.head.rounding;
    let rate = |by| words::rate_number(gap, by, rounding);
    [
        ("gap", gap.gap, false),
        ("room", gap.room, false),
        ("ratio-to-target", rate(Measured::Ratio), true),
        ("ratio-to-period-target", words::plain_rate(gap.ratio_to_period, rounding), true),
        ("ratio-to-final-target", words::plain_rate(gap.ratio_to_final, rounding), true),
        ("actual-by-target", words::plain_rate(gap.actual_by_target, rounding), true),
        ("improvement", rate(Measured::Improvement), true),
        ("pace", rate(Measured::Pace), true),
        ("expected", gap.expected.map(|exact| words::expected(exact, gap, rounding)), false),
    ]
}

/// The gaps and rates.
pub fn results(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "indicator_results",
        ("検証指標の達成状況", "Results of indicators"),
        (
            "目標との差、対目標比などの計算した値。1行が1つの指標の1つの値。計算の式は説明にある",
            "gaps to targets and rates; a row is one figure of one indicator; the formulas stand in the description",
        ),
        &["plan_id", "indicator_id", "period_start", "period_end", "result_figure_code"],
    );
    let own = [
        field(
            "result_figure_code",
            Kind::Code("result_figure"),
            ("数値の種類", "Figure"),
            ("差、余裕、率などの別", "a gap, a rate, what was expected …"),
            |of: &Standing<'_, ResultFigure>| OpenValue::code(of.what.0),
        ),
        optional(
            "value",
            Kind::Number,
            ("値", "Value"),
            ("計算した値。率は計画の定める桁に丸めてある", "the figure; rates are rounded as the plan says"),
            |of| of.what.1.into(),
        ),
        field(
            "value_status_code",
            Kind::Code("value_status"),
            ("値の有無", "Status of the value"),
            (
                "値がない理由。指標の向きや値から意味をもたない数値は not-meaningful",
                "why there is no value: it has no meaning for this indicator",
            ),
            |of| OpenValue::code(if of.what.1.is_some() { "present" } else { "not-meaningful" }),
        ),
        optional(
            "unit",
            Kind::Text,
            ("単位", "Unit"),
            ("値の単位。％の差は「ポイント」", "the unit of the value; of differences of percentages points"),
            |of| {
                let unit = &of.gap.indicator.unit;
                match of.what {
                    (_, _, true) => OpenValue::code("%"),
                    ("gap" | "room", ..) if unit.is_percent() => OpenValue::code("ポイント"),
                    _ => OpenValue::unit(unit),
                }
            },
        ),
    ];
    let gaps = gaps(plan, as_of);
    let rows = gaps.iter().flat_map(|gap| figures(plan, gap).map(|what| Standing { plan, as_of, gap, what }));
    OpenTable::build(head, &whose(indicator().into_iter().chain(when()).chain(judged()).chain(own)), rows)
}

/// A verdict: by what, and which.
type Judged = (&'static str, Verdict);

/// The verdicts.
pub fn verdicts(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "indicator_verdicts",
        ("検証指標の判定", "Verdicts of indicators"),
        (
            "検証指標の判定。1行が1つの指標の、計算による判定又は所管課の判断",
            "how the indicators stand; a row is the verdict of one indicator, by the rule or by hand",
        ),
        &["plan_id", "indicator_id", "period_start", "period_end", "verdict_by_code"],
    );
    let own = [
        field(
            "verdict_by_code",
            Kind::Code("verdict_by"),
            ("判定の種類", "Judged by"),
            ("計算によるか、所管課の判断か", "by the rule, or by hand"),
            |of: &Standing<'_, Judged>| OpenValue::code(of.what.0),
        ),
        field(
            "bands_id",
            Kind::Id,
            ("判定区分の組", "Set of bands"),
            ("判定に用いた区分の組の id", "the set of bands that judges"),
            |of| OpenValue::code(of.gap.set.id.as_str()),
        ),
        field(
            "verdict_code",
            Kind::Code("verdict"),
            ("判定のコード", "Verdict code"),
            ("判定のコード", "the code of the verdict"),
            |of| OpenValue::code(of.what.1.key()),
        ),
        field(
            "verdict_name",
            Kind::Text,
            ("判定", "Verdict"),
            ("判定の名称", "what the verdict is called"),
            |of| words::verdict(of.what.1, Lang::Ja).into(),
        ),
        optional(
            "band_name",
            Kind::Text,
            ("当てはまった判定区分", "Band"),
            ("計画の判定区分の名称。区分がなければ空とする", "what the plan calls the band; absent where none applies"),
            |of| of.gap.band.filter(|_| of.what.0 == "rule").map(|band| &*band.name.ja).into(),
        ),
        optional(
            "reason",
            Kind::Text,
            ("判定不能の理由", "Reason"),
            (
                "判定不能の理由、又は所管課の判断の理由。なければ空とする",
                "why there is no verdict, or why it was given by hand; absent where there is no reason",
            ),
            |of| match of.what {
                ("hand", _) => of.gap.by_hand().and_then(|by| by.reason.as_deref()).into(),
                (_, Verdict::Undetermined(why)) => words::why(why, Lang::Ja).into(),
                _ => OpenValue::Absent,
            },
        ),
    ];
    let gaps = gaps(plan, as_of);
    let rows = gaps.iter().flat_map(|gap| {
        let hand = gap.by_hand().map(|_| ("hand", gap.counted()));
        std::iter::once(("rule", gap.verdict)).chain(hand).map(move |what| Standing { plan, as_of, gap, what })
    });
    OpenTable::build(head, &whose(indicator().into_iter().chain(when()).chain(judged()).chain(own)), rows)
}
