//! The values of indicators: baselines, targets, forecasts, actuals, each by its period.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::field::{Head, Kind, OpenTable, OpenValue, field, optional};
use super::{OfIndicator, OfPeriod, OfPlan, indicator, when, whose};
use crate::plan::Plan;
use crate::plan::indicator::{Actual, Indicator, Kind as Direction, Reading};
use crate::plan::period::Period;
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Bound, Certainty, Value, Written};
use crate::query::AsOf;
use crate::query::gap::is_less_better;

/// One number of an indicator, or that there is none.
struct Figure<'p> {
    plan: &'p Plan,
    indicator: &'p Indicator,
    figure: &'static str,
    reading: &'p Reading,
    /// Of a target that was revised the last day that it held.
    until: Option<NaiveDate>,
    /// Of an actual the record.
    actual: Option<&'p Actual>,
    part: Part,
}

/// Which number of a reading.
#[derive(Clone, Copy)]
struct Part {
    code: &'static str,
    number: u64,
    value: Option<Decimal>,
    status: &'static str,
}

impl OfPlan for Figure<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }
}

impl OfIndicator for Figure<'_> {
    fn indicator(&self) -> &Indicator {
        self.indicator
    }
}

impl OfPeriod for Figure<'_> {
    fn period(&self) -> Period {
        self.reading.period
    }
}

/// The word for how sure something is.
pub fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "stated",
        Certainty::Inferred => "inferred",
        Certainty::Unconfirmed => "unconfirmed",
    }
}

/// The document that something is from.
pub fn source(plan: &Plan, origin: &Origin) -> OpenValue {
    let source = origin.source.and_then(|at| plan.sources.get(usize::from(at)));
    source.map(|source| OpenValue::code(source.id.as_str())).into()
}

/// The numbers that a value is.
fn parts(value: &Value) -> Vec<Part> {
    let whole = |value, status| vec![Part { code: "whole", number: 1, value, status }];
    match value {
        Value::Number(number) => whole(Some(*number), "present"),
        Value::Range(within) => [("lower", within.min), ("upper", within.max)]
            .map(|(code, value)| Part { code, number: 1, value: Some(value), status: "present" })
            .into(),
        Value::Step(place) => {
            let place = Decimal::from(*place as u64 + 1);
            vec![Part { code: "step", number: 1, value: Some(place), status: "present" }]
        }
        Value::Words => whole(None, "words"),
        Value::Absent(Absence::Unsettled(candidates)) if !candidates.is_empty() => {
            let part = |(number, value): (u64, &Decimal)| Part {
                code: "candidate",
                number,
                value: Some(*value),
                status: "unconfirmed",
            };
            (1..).zip(&**candidates).map(part).collect()
        }
        Value::Absent(absence) => whole(None, absence.key()),
    }
}

/// On which side of a written number the truth lies.
fn bound(of: &Figure<'_>) -> &'static str {
    let written = of.reading.written().and_then(Written::parse).and_then(|written| written.bound);
    let strict =
        of.reading.is_strict().then_some(if is_less_better(&of.indicator.kind) { Bound::Below } else { Bound::Above });
    match written.or(strict) {
        None => "none",
        Some(Bound::AtLeast) => "at-least",
        Some(Bound::Above) => "above",
        Some(Bound::AtMost) => "at-most",
        Some(Bound::Below) => "below",
    }
}

/// What a value says beside its number: the name of a step, a target in words.
fn words<'f>(of: &'f Figure<'_>) -> Option<&'f str> {
    match (&of.reading.value, &of.indicator.kind) {
        (Value::Step(place), Direction::Milestone { steps }) => steps.get(*place).map(|step| &**step),
        (Value::Words, _) => of.reading.written(),
        _ => None,
    }
}

fn unit(of: &Figure<'_>) -> OpenValue {
    match of.indicator.kind {
        Direction::Milestone { .. } => OpenValue::code("段階"),
        _ => OpenValue::unit(&of.indicator.unit),
    }
}

/// The values of every indicator that count as of then.
pub fn values(plan: &Plan, as_of: AsOf) -> OpenTable {
    let head = Head::fixed(
        "indicator_values",
        ("検証指標の値", "Values of indicators"),
        (
            "検証指標の基準値、目標値、見込、実績値。1行が1つの指標・期間・種類の1つの数値",
            "baselines, targets, forecasts and actuals; a row is one number of one indicator, period and kind",
        ),
        &[
            "plan_id",
            "indicator_id",
            "figure_code",
            "held_until",
            "period_start",
            "period_end",
            "value_part_code",
            "part_number",
        ],
    );
    let own = [
        field(
            "figure_code",
            Kind::Code("figure"),
            ("数値の種類", "Figure"),
            ("基準値、目標値、実績値などの別", "a baseline, a target, an actual …"),
            |of: &Figure<'_>| OpenValue::code(of.figure),
        ),
        field(
            "value_part_code",
            Kind::Code("value_part"),
            ("値の部分", "Part of the value"),
            ("値そのものか、範囲の上下限か、要確認の候補か", "the value, a bound of a range, or a candidate"),
            |of| OpenValue::code(of.part.code),
        ),
        field(
            "part_number",
            Kind::Integer,
            ("部分の順番", "Number of the part"),
            ("候補の順番。ほかでは1", "which candidate it is, from 1; 1 of the others"),
            |of| OpenValue::number(of.part.number),
        ),
        optional(
            "value",
            Kind::Number,
            ("値", "Value"),
            ("数値。ない理由は value_status_code にある", "the number; why there is none says the field beside it"),
            |of| of.part.value.into(),
        ),
        field(
            "value_status_code",
            Kind::Code("value_status"),
            ("値の有無", "Status of the value"),
            (
                "値があるか、ない理由は何か。空を0と読んではならない",
                "whether there is a value, or why there is none; absent is not zero",
            ),
            |of| OpenValue::code(of.part.status),
        ),
        optional("unit", Kind::Text, ("単位", "Unit"), ("値の単位", "the unit of the value"), unit),
        field(
            "bound_code",
            Kind::Code("bound"),
            ("以上・以下", "Bound"),
            ("目標が以上、以下、未満、超を言うか", "on which side of the number a target is met, where it says so"),
            |of| OpenValue::code(bound(of)),
        ),
        optional(
            "value_text",
            Kind::Text,
            ("数値でない値", "Value in words"),
            (
                "段階の名称、又は数値でない目標の文。数値では空とする",
                "the name of a step, or a target in words; absent of numbers",
            ),
            |of| words(of).into(),
        ),
        field(
            "settled_code",
            Kind::Code("settled"),
            ("速報・確定", "Provisional"),
            ("速報値か確定値か", "whether an actual is provisional"),
            |of| {
                OpenValue::code(if of.actual.is_some_and(|actual| actual.provisional) {
                    "provisional"
                } else {
                    "confirmed"
                })
            },
        ),
        field(
            "is_break_code",
            Kind::Code("series_break"),
            ("定義変更", "Break"),
            ("この値から数え方が変わり、前の値と比べられないか", "whether what is counted changed with this value"),
            |of| OpenValue::code(if of.actual.is_some_and(|actual| actual.breaks) { "yes" } else { "no" }),
        ),
        optional(
            "held_until",
            Kind::Date,
            ("見直しまでの日", "Held until"),
            (
                "見直し前の目標が効力をもった最後の日。ほかでは空とする",
                "the last day on which a target held that was revised; absent of the others",
            ),
            |of| of.until.into(),
        ),
        optional(
            "recorded_on",
            Kind::Date,
            ("記録した日", "Recorded on"),
            ("実績値を記録した日。ほか及び不明では空とする", "when an actual was recorded; absent of the others"),
            |of| of.actual.and_then(|actual| actual.recorded).into(),
        ),
        field(
            "certainty_code",
            Kind::Code("certainty"),
            ("確かさ", "Certainty"),
            ("資料に記載があるか、推定か、要確認か", "whether the source states it"),
            |of| OpenValue::code(certainty(of.reading.origin.certainty)),
        ),
        optional(
            "source_id",
            Kind::Id,
            ("出典の番号", "Source ID"),
            ("出典の番号（sources）。なければ空とする", "the document (see sources); absent where none is named"),
            |of| source(of.plan, &of.reading.origin),
        ),
    ];
    let rows = plan.indicators.iter().flat_map(|indicator| figures(plan, indicator, as_of));
    OpenTable::build(head, &whose(indicator().into_iter().chain(when()).chain(own)), rows)
}

fn figures<'p>(plan: &'p Plan, indicator: &'p Indicator, as_of: AsOf) -> Vec<Figure<'p>> {
    let mut all = Vec::new();
    let mut add = |figure, reading: &'p Reading, until, actual| {
        all.extend(parts(&reading.value).into_iter().map(|part| Figure {
            plan,
            indicator,
            figure,
            reading,
            until,
            actual,
            part,
        }));
    };
    indicator.baseline.iter().for_each(|reading| add("baseline", reading, None, None));
    let former = indicator.revised.iter().filter(|revision| revision.until < as_of.date);
    for revision in former {
        revision.in_force.iter().for_each(|reading| add("former-target", reading, Some(revision.until), None));
    }
    indicator.targets_on(as_of.date).iter().for_each(|reading| add("target", reading, None, None));
    indicator.forecasts.iter().for_each(|reading| add("forecast", reading, None, None));
    indicator
        .known(|measure| as_of.counts(measure))
        .for_each(|actual| add("actual", &actual.reading, None, Some(actual)));
    all
}
