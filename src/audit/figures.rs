//! Recomputes what papers printed, and holds verdicts by hand against computed ones. Nothing is adjusted.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{Code, Finding};
use crate::lang::{Lang, Say};
use crate::plan::entry::Figure;
use crate::plan::indicator::{Indicator, Kind, PublishedRates};
use crate::plan::period::Period;
use crate::plan::record::Recorded;
use crate::plan::source::Origin;
use crate::plan::sum::{DeclaredSum, PublishedSum};
use crate::plan::value::Value;
use crate::plan::{Plan, Rounding};
use crate::query::AsOf;
use crate::query::gap::{Gap, Rate, gap};
use crate::query::recomputed::recomputed;
use crate::query::sums::Declared;
use crate::say;
use crate::wording as words;

/// What the figures of one indicator contradict.
pub fn of_indicator<'p>(plan: &'p Plan, indicator: &'p Indicator) -> impl Iterator<Item = Finding> + use<'p> {
    let printed = indicator.published.iter().flat_map(move |published| published_rates(plan, indicator, published));
    let by_hand = Some(indicator).filter(|indicator| indicator.kind != Kind::Heading);
    printed.chain(by_hand.into_iter().flat_map(move |indicator| verdict_by_hand(plan, indicator)))
}

/// The indicator as it stood at the end of a period.
fn gap_at<'p>(plan: &'p Plan, indicator: &'p Indicator, period: Period) -> Gap<'p> {
    gap(plan, indicator, AsOf::end_of(period))
}

fn published_rates(plan: &Plan, indicator: &Indicator, published: &PublishedRates) -> Vec<Finding> {
    let findings = published.figures.iter().filter_map(|(of, printed)| {
        let period = published.period;
        let name = |lang| (&*indicator.name, period.long(lang), words::published_of(*of, plan, lang));
        let ((of_ja, ja, what_ja), (of_en, en, what_en)) = (name(Lang::Ja), name(Lang::En));
        let figure = say!("「{of_ja}」の{ja}の{what_ja}", "{what_en} of `{of_en}` for {en}");
        let computed = recomputed(plan, indicator, period, *of).value();
        disagreement(plan.head.rounding, published.origin, &figure, *printed, computed)
    });
    findings.collect()
}

/// The sums and means that papers printed, worked out again.
pub fn sums(plan: &Plan) -> Vec<Finding> {
    let of_sum = |sum: &DeclaredSum| {
        let of_paper = |published: &PublishedSum| {
            let again = Declared::printed(plan, sum, published);
            let findings = published.figures.iter().filter_map(|(of, printed)| {
                let what = |lang| (published.period.long(lang), words::published_sum(*of, published.so_far, lang));
                let (name, (ja, what_ja), (en, what_en)) = (&sum.name, what(Lang::Ja), what(Lang::En));
                let figure = say!("「{name}」の{ja}の{what_ja}", "{what_en} of `{name}` for {en}");
                let computed = again.figure(published, *of);
                disagreement(plan.head.rounding, published.origin, &figure, *printed, computed)
            });
            findings.collect::<Vec<Finding>>()
        };
        sum.published.iter().flat_map(of_paper).collect::<Vec<Finding>>()
    };
    plan.head.sums.iter().flat_map(of_sum).collect()
}

/// A share that a paper printed beside its part and its whole.
pub fn share(plan: &Plan, figure: &Figure) -> Option<Finding> {
    let (part, whole) = figure.share?;
    let Value::Number(printed) = figure.value else { return None };
    let name = &figure.name;
    let computed = Rate::new(part, whole).and_then(Rate::percent);
    disagreement(plan.head.rounding, figure.origin, &say!("「{name}」", "`{name}`"), printed, computed)
}

/// A finding when the computed figure, brought to the digits of the printed one as the plan rounds, is another.
fn disagreement(
    rounding: Rounding,
    origin: Origin,
    figure: &Say,
    printed: Decimal,
    computed: Option<Decimal>,
) -> Option<Finding> {
    let Say { ja, en } = figure;
    let Some(computed) = computed else {
        return Some(Finding::at(
            Code::PublishedRate,
            origin,
            say!(
                "{ja}の公表値 {printed} に当たる値は計算できません",
                "{en}: what was published as {printed} cannot be computed"
            ),
            say!(
                "期間と、元になる値があるかを確かめてください",
                "check the period, and that the values it is based on exist"
            ),
        ));
    };
    let digits = printed.scale();
    let rounded = |strategy| Rounding { digits, strategy }.apply(computed);
    let value = rounded(rounding.strategy);
    if value == printed {
        return None;
    }
    let [own, other] = ways(rounding.strategy);
    let shown = computed.round_dp_with_strategy(digits + 2, RoundingStrategy::MidpointAwayFromZero);
    let by = printed.saturating_sub(value);
    let ((own_ja, own_en), (other_ja, other_en)) = (own.1, other.1);
    let (fits_ja, fits_en) = match rounded(other.0) == printed {
        true => (format!("。{other_ja}なら公表値と一致します"), format!("; {other_en}, it would be as published")),
        false => Default::default(),
    };
    Some(Finding::at(
        Code::PublishedRate,
        origin,
        say!(
            "{ja}の公表値は {printed} ですが、計算すると {shown} で、{own_ja}で {value} です（差 {by}）{fits_ja}",
            "{en}: published is {printed}, computed is {shown}, {own_en} {value} (a difference of {by}){fits_en}"
        ),
        say!(
            "資料と元の値を確かめてください（ツールはどちらも直しません）",
            "check the document and the values (neither is adjusted)"
        ),
    ))
}

/// The plan's own way of rounding and the other one, each with its words.
fn ways(own: RoundingStrategy) -> [(RoundingStrategy, (&'static str, &'static str)); 2] {
    let half_up = (RoundingStrategy::MidpointAwayFromZero, ("四捨五入", "rounded half up"));
    let cut_off = (RoundingStrategy::ToZero, ("切捨て", "cut off"));
    if own == RoundingStrategy::ToZero { [cut_off, half_up] } else { [half_up, cut_off] }
}

/// The verdicts by hand that count, where it differs from the computed one and does not say why.
fn verdict_by_hand(plan: &Plan, indicator: &Indicator) -> Vec<Finding> {
    let silent = indicator.known(Recorded::stands).filter(|m| m.by_hand().is_some_and(|by| by.reason.is_none()));
    let differing = silent.filter(|measure| {
        let computed = gap_at(plan, indicator, measure.reading.period);
        let Some(by) = measure.by_hand() else { return false };
        let named = by.band.map(|at| (&plan.band_sets[at.set], &plan.band_sets[at.set].bands[at.band]));
        let other_band = named
            .filter(|(set, _)| set.id == computed.set.id)
            .is_some_and(|(_, band)| computed.band.is_some_and(|computed| computed.id != band.id));
        by.meaning != computed.verdict.meaning() || other_band
    });
    let findings = differing.map(|measure| {
        Finding::at(
            Code::UnexplainedVerdict,
            measure.reading.origin,
            say!(
                "所管課の判断が計算による判定と違うのに、理由がありません",
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
