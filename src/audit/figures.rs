//! Recomputes what papers printed, and holds verdicts by hand against computed ones. Nothing is adjusted.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{Code, Finding};
use crate::plan::Plan;
use crate::plan::entry::Figure;
use crate::plan::indicator::{Indicator, Kind, PublishedRates};
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::source::Origin;
use crate::plan::value::Value;
use crate::query::AsOf;
use crate::query::gap::{Gap, Rate, Verdict, gap};
use crate::say;

/// What the figures of one indicator contradict.
pub fn of_indicator<'p>(plan: &'p Plan, indicator: &'p Indicator) -> impl Iterator<Item = Finding> + use<'p> {
    let judged = Some(indicator).filter(|indicator| indicator.kind != Kind::Heading);
    judged.into_iter().flat_map(move |indicator| {
        let rates = indicator.published.iter().flat_map(|published| published_rates(plan, indicator, published));
        rates.chain(verdict_by_hand(plan, indicator)).collect::<Vec<_>>()
    })
}

/// The indicator as it stood at the end of a period.
fn gap_at<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period) -> Gap<'p> {
    gap(plan, indicator, AsOf::end_of(period))
}

fn published_rates(plan: &Plan, indicator: &Indicator, published: &PublishedRates) -> Vec<Finding> {
    let gap = gap_at(plan, indicator, published.period);
    let is_of_period = gap.actual.is_some_and(|m| m.reading.period == published.period);
    let percent = |rate: Option<Rate>| rate.filter(|_| is_of_period).and_then(Rate::percent);
    let pairs =
        [(published.ratio_to_target, percent(gap.ratio_to_target)), (published.improvement, percent(gap.improvement))];
    let findings =
        pairs.into_iter().filter_map(|(printed, computed)| disagreement(published.origin, printed?, computed));
    findings.collect()
}

/// A share that a paper printed beside its part and its whole.
pub fn share(figure: &Figure) -> Option<Finding> {
    let (part, whole) = figure.share?;
    let Value::Number(printed) = figure.value else { return None };
    disagreement(figure.origin, printed, Rate::new(part, whole).and_then(Rate::percent))
}

/// A finding when the computed figure, brought to the digits of the printed one by either way of rounding, is another.
fn disagreement(origin: Origin, printed: Decimal, computed: Option<Decimal>) -> Option<Finding> {
    let Some(computed) = computed else {
        return Some(Finding::at(
            Code::PublishedRate,
            origin,
            say!("公表値 {printed} に当たる値は計算できません", "what was published as {printed} cannot be computed"),
            say!(
                "期間と、元になる値があるかを確かめてください",
                "check the period, and that the values it is based on exist"
            ),
        ));
    };
    let digits = printed.scale();
    let ways = [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::ToZero];
    if ways.iter().any(|way| computed.round_dp_with_strategy(digits, *way) == printed) {
        return None;
    }
    let shown = computed.round_dp_with_strategy(digits + 2, RoundingStrategy::MidpointAwayFromZero);
    let by = printed.saturating_sub(computed.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero));
    Some(Finding::at(
        Code::PublishedRate,
        origin,
        say!(
            "公表値は {printed} ですが、計算すると {shown} です（差 {by}）",
            "published is {printed}, computed is {shown} (a difference of {by})"
        ),
        say!(
            "資料と元の値を確かめてください（ツールはどちらも直しません）",
            "check the document and the values (neither is adjusted)"
        ),
    ))
}

/// The verdicts by hand that count, where it differs from the computed one and does not say why.
fn verdict_by_hand(plan: &Plan, indicator: &Indicator) -> Vec<Finding> {
    let silent = indicator.known(Recorded::stands).filter(|m| m.by_hand().is_some_and(|by| by.reason.is_none()));
    let differing = silent.filter(|measure| {
        let computed = gap_at(plan, indicator, measure.reading.period).verdict;
        let given = measure.by_hand().and_then(|by| by.meaning).map(Verdict::from);
        match (given, computed) {
            (None, Verdict::Undetermined(_)) => false,
            (given, computed) => given != Some(computed),
        }
    });
    let findings = differing.map(|measure| {
        Finding::at(
            Code::UnexplainedVerdict,
            measure.reading.origin,
            say!(
                "手動の判定が計算による判定と違うのに、理由がありません",
                "the verdict by hand differs from the computed one, without a reason"
            ),
            say!(
                "reason = \"…\" に理由を書いてください（出力には両方を示します）",
                "write reason = \"…\" (outputs show both)"
            ),
        )
    });
    findings.collect()
}
