//! How far an indicator is, in words: its rates, its verdict and why there is none.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{difference, mark, none, percent};
use crate::document::Tone;
use crate::lang::Lang;
use crate::plan::indicator::{ByHand, Reading};
use crate::plan::judging::{Against, Band, Measured, TargetOf};
use crate::plan::period::Period;
use crate::plan::value::Certainty;
use crate::plan::{Plan, Rounding};
use crate::query::gap::{Gap, Rate, Verdict, Why, is_less_better};
use crate::text::terms;
use crate::tr;

/// One of an indicator's rates in percent, rounded as the plan says, but with as many more digits as keep it on its own
/// side of 0, of 100, and of every threshold of the sets that judge by it: 89.96 in the band below 90 is not shown as
/// 90.0.
pub fn rate_of(gap: &Gap<'_>, by: Measured, rounding: Rounding, lang: Lang) -> String {
    rate_number(gap, by, rounding).map_or_else(|| none(lang).to_owned(), |value| percent(value, lang))
}

/// The number of [`rate_of`], for spreadsheets.
pub fn rate_number(gap: &Gap<'_>, by: Measured, rounding: Rounding) -> Option<Decimal> {
    gap.rate(by).and_then(|rate| shown(rate, &thresholds(gap, by), rounding))
}

/// What is expected by now: as finely as the values it comes from, or as the plan rounds.
pub fn expected(exact: Decimal, gap: &Gap<'_>, rounding: Rounding) -> Decimal {
    let given = [gap.baseline, gap.target, gap.own]
        .into_iter()
        .flatten()
        .filter_map(Reading::number)
        .map(|value| value.scale())
        .max();
    let digits = rounding.digits.max(given.unwrap_or(0));
    if exact.scale() <= digits { exact } else { Rounding { digits, ..rounding }.apply(exact).normalize() }
}

/// A mean, which has digits without end: one more than the values themselves have is enough to compare with them.
pub fn mean(exact: Decimal, gap: &Gap<'_>, rounding: Rounding) -> Decimal {
    let digits = gap.actual.and_then(|m| m.reading.number()).map_or(0, |a| a.scale()) + 1;
    exact.round_dp_with_strategy(digits.max(rounding.digits), rounding.strategy).normalize()
}

/// Where the bands of the sets that judge by a rate begin, their tolerance taken into account.
fn thresholds(gap: &Gap<'_>, by: Measured) -> Vec<Decimal> {
    let sets = std::iter::once(gap.set).chain(gap.also.iter().map(|also| also.set)).filter(|set| set.by == by);
    let begins = sets.flat_map(|set| {
        let judging = set.bands.iter().filter_map(|band| band.rule.at_least);
        judging.filter_map(|percent| percent.checked_sub(set.tolerance))
    });
    begins.chain([Decimal::ZERO, Decimal::ONE_HUNDRED]).collect()
}

/// A rate in percent, rounded without crossing a threshold.
pub fn shown(rate: Rate, thresholds: &[Decimal], rounding: Rounding) -> Option<Decimal> {
    let exact = rate.percent()?;
    // Rounding moves a rate by less than this: what lies further away need not be looked at closely.
    let step = Decimal::new(1, rounding.digits.min(exact.scale()).saturating_sub(1));
    let near = |at: &&Decimal| exact.checked_sub(**at).is_none_or(|apart| apart.abs() <= step);
    let near: Vec<Decimal> = thresholds.iter().filter(near).copied().collect();
    let keeps = |value: &Decimal| near.iter().all(|at| rate.reaches(*at).is_none_or(|is| is == (value >= at)));
    let longer = (rounding.digits + 1..=exact.scale()).map(|digits| Rounding { digits, ..rounding });
    let mut ways = std::iter::once(rounding).chain(longer).map(|rounding| rounding.apply(exact));
    Some(ways.find(keeps).unwrap_or(exact))
}

/// The verdict in a word.
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Met => terms::MET.word(lang),
        Verdict::OnPace => terms::ON_PACE.word(lang),
        Verdict::Behind => terms::BEHIND.word(lang),
        Verdict::Worsened => terms::WORSENED.word(lang),
        Verdict::Undetermined(_) => terms::UNDETERMINED.word(lang),
    }
}

/// A rate in percent, rounded without crossing 0 or 100: one that judges by no bands.
pub fn plain_rate(rate: Option<Rate>, rounding: Rounding) -> Option<Decimal> {
    shown(rate?, &[Decimal::ZERO, Decimal::ONE_HUNDRED], rounding)
}

/// Which of the two targets judges, where the plan has another one for the value's own period.
pub fn held(gap: &Gap<'_>, lang: Lang) -> Option<&'static str> {
    gap.apart().map(|_| target_of(gap.held, lang))
}

/// What one of the two targets is called.
pub fn target_of(target: TargetOf, lang: Lang) -> &'static str {
    match target {
        TargetOf::Period => terms::PERIOD_TARGET.word(lang),
        TargetOf::Final => terms::FINAL_TARGET.word(lang),
    }
}

/// The verdict with all that belongs to it: why there is none, the band where its set has another word for it, that it
/// rests on what is unconfirmed.
pub fn judged(gap: &Gap<'_>, lang: Lang) -> String {
    let words = match gap.verdict {
        Verdict::Undetermined(reason) => {
            let words = format!("{}{}{}", verdict(gap.verdict, lang), lang.pick("：", ": "), why(reason, lang));
            behind_band(gap.band, words, lang)
        }
        _ => banded(gap, lang),
    };
    let mark = if gap.is_unsure() { mark(Certainty::Unconfirmed, lang) } else { String::new() };
    let held = held(gap, lang).map(|held| tr!(lang, "（{held}に対し）", " (against the {held})"));
    words + &held.unwrap_or_default() + &mark
}

/// The verdict in a word, behind the band where its set has another word for it.
pub fn banded(gap: &Gap<'_>, lang: Lang) -> String {
    banded_as(gap.band, gap.verdict, lang)
}

/// The same of a verdict by a set that judges besides.
pub fn banded_as(band: Option<&Band>, verdict: Verdict, lang: Lang) -> String {
    behind_band(band, self::verdict(verdict, lang).to_owned(), lang)
}

fn behind_band(band: Option<&Band>, words: String, lang: Lang) -> String {
    match band.map(|band| band.name.text(lang)).filter(|name| *name != words) {
        Some(name) => tr!(lang, "{name}（{words}）", "{name} ({words})"),
        None => words,
    }
}

/// The verdict of a person, in a word: the band where one was named, and what it means.
pub fn given_by_hand(by: &ByHand, plan: &Plan, lang: Lang) -> String {
    let word = by.meaning.map_or(terms::UNDETERMINED.word(lang), |meaning| verdict(meaning.into(), lang));
    let band = by.band.map(|at| plan.band_sets[at.set].bands[at.band].name.text(lang));
    match band.filter(|name| *name != word) {
        Some(name) => tr!(lang, "{name}（{word}）", "{name} ({word})"),
        None => word.to_owned(),
    }
}

/// How far the actual is from the target that judges: the room that is left, or how much it falls short of the target or
/// exceeds it where it should not. The word says which, and no amount has a sign.
pub fn distance(gap: &Gap<'_>, lang: Lang) -> Option<String> {
    let surplus = gap.surplus()?;
    let is_above = gap.gap.map_or_else(|| is_less_better(&gap.indicator.kind), |gap| gap > Decimal::ZERO);
    let word = match surplus.cmp(&Decimal::ZERO) {
        Ordering::Less if is_above => terms::OVER,
        Ordering::Less => terms::SHORT,
        // The number itself of 未満 and 超 is neither.
        Ordering::Equal if gap.held_to().is_some_and(Reading::is_strict) => terms::GAP,
        Ordering::Equal | Ordering::Greater => terms::ROOM,
    };
    let amount = difference(surplus.abs(), &gap.indicator.unit, lang);
    Some(format!("{} {amount}", word.word(lang)))
}

/// How a verdict is set off.
pub fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Good,
        Verdict::OnPace => Tone::Plain,
        Verdict::Behind => Tone::Warn,
        Verdict::Worsened => Tone::Bad,
        Verdict::Undetermined(_) => Tone::Faint,
    }
}

/// Why there is no verdict.
pub fn why(why: Why, lang: Lang) -> &'static str {
    match why {
        Why::NoActual => lang.pick("実績値がまだない", "no actual yet"),
        Why::NoTarget => lang.pick("目標値を定めていない", "no target is set"),
        Why::NoBaseline => lang.pick("比べる基準値がない", "no baseline to compare with"),
        Why::NotANumber => lang.pick("目標が数値でない", "the target is not a number"),
        Why::NothingExpected => {
            lang.pick("目標年度前で、途中の目安がない", "not yet due, and no basis for what to expect by now")
        }
        Why::NoRate => lang.pick("判定に使う率が成り立たない", "the rate that judges is not meaningful here"),
        Why::NoBand => lang.pick("当てはまる判定区分がない", "no band applies"),
        Why::BandSays => lang.pick("判定しないと区分が定めている", "the band says that it is not judged"),
        Why::ByHand => lang.pick("所管課の判断による", "so judged by hand"),
        Why::Unconfirmed => lang.pick("資料の値が要確認", "the documents do not settle the value"),
        Why::NotYetDue => {
            lang.pick("目標年度前で、この時点までに達すべき段階がない", "not yet due, and no step is due by now")
        }
        Why::TooLarge => lang.pick("桁が大きすぎて計算できない", "too large to calculate"),
    }
}

/// A comparison with an earlier value.
pub fn against(is: Against, lang: Lang) -> &'static str {
    match is {
        Against::Better => terms::BETTER.word(lang),
        Against::Same => terms::FLAT.word(lang),
        Against::NotWorse => lang.pick("改善か横ばい", "not worse"),
        Against::Worse => terms::WORSE.word(lang),
    }
}

/// Why an actual is not compared with an earlier year, where a break is the reason. A clause without its full stop.
pub fn broken(gap: &Gap<'_>, lang: Lang) -> Option<String> {
    gap.broken.map(|measure| breaks(measure.reading.period, lang))
}

/// Why values on both sides of a break are not compared. A clause without its full stop.
pub fn breaks(period: Period, lang: Lang) -> String {
    let period = period.tag(lang);
    tr!(
        lang,
        "{period}に断層があるため前年と比べない",
        "not compared with an earlier year: the series breaks in {period}"
    )
}
