//! Numbers in words: thousands separators, ▲ for minus, ポイント for differences of percentages.

pub mod calendar;
pub mod closing;
mod entry;
mod gap;
mod indicator;
pub mod opinion;
mod published;
mod sums;

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::lang::Lang;
use crate::plan::indicator::Unit;
use crate::plan::paper::Minus;
use crate::plan::{Plan, Rounding};
use crate::query::gap::Rate;
pub use crate::text::number::{change, digits, none, number, percent};
use crate::text::safe::{one_line, shortened};
use crate::tr;

pub use entry::{
    Lines, grouping, member, owners, reached, reached_lines, scope, source, span, standing, taken, update_texts,
};
pub use gap::{
    against, banded, banded_as, breaks, broken, distance, expected, given_by_hand, held, judged, mean, plain_rate,
    rate_number, rate_of, shown, target_of, tone, verdict, why,
};
pub use indicator::{dated, figure, indicator_name, kind, mark, measured, reading, series, target, value};
pub use published::{
    contradictions, entries_unknown, more_or_less, other_bands, published_of, published_sum, rescaled,
};
pub use sums::{in_part, lacking, side, sum};

/// The line that says the city is made up, where it is.
pub fn fictional(plan: &Plan, lang: Lang) -> Option<String> {
    let city = plan.head.city.as_deref().unwrap_or(&plan.head.name);
    plan.head.fictional.then(|| {
        tr!(
            lang,
            "※ {city}は架空の市です。数値も記述も実在しません。",
            "* {city} is a made-up city; its figures and texts are not real."
        )
    })
}

/// A part of a record that is not what it was, on one line; an empty text is a part that is gone.
pub fn from_to(title: &str, before: &str, now: &str, lang: Lang) -> String {
    const SHOWN: usize = 40;
    let brief = |text: &str| match text.is_empty() {
        true => none(lang).to_owned(),
        false => shortened(&one_line(text), SHOWN).into_owned(),
    };
    let (before, now) = (brief(before), brief(now));
    tr!(lang, "{title}：{before} → {now}", "{title}: {before} → {now}")
}

/// How a plan rounds, in one word.
pub fn rounded(rounding: Rounding) -> (&'static str, &'static str) {
    match rounding.strategy {
        RoundingStrategy::ToZero => ("切捨て", "cut off"),
        _ => ("四捨五入", "rounded"),
    }
}

/// The denominator of a plan that counts what is unreported in.
pub fn rated_and_unreported(lang: Lang) -> &'static str {
    lang.pick("評価済と未報告を合わせた件数", "those rated and unreported")
}

/// A number in its unit.
pub fn quantity(value: Decimal, unit: &Unit, lang: Lang) -> String {
    let (number, unit) = (number(value, lang), self::unit(unit, lang));
    // 222people is no word; 5ha in a Japanese text is.
    let apart = lang == Lang::En && unit.starts_with(|c: char| c.is_ascii_alphabetic());
    if apart { format!("{number} {unit}") } else { number + unit }
}

/// So many of something that is counted, in English: 1 month, 2 months.
pub fn plural(n: impl Into<Decimal>, one: &str, many: &str) -> String {
    let n = n.into();
    let noun = if n.abs() == Decimal::ONE { one } else { many };
    format!("{} {noun}", number(n, Lang::En))
}

/// A name that stands right before a number: one that ends in a digit or in what could be the sign of the number is set off.
pub fn before_number(name: &str, lang: Lang) -> Cow<'_, str> {
    const SIGNS: &str = "▲△▼▽－-―ー+＋±\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}";
    match name.chars().last() {
        Some(last) if last.is_numeric() || SIGNS.contains(last) => tr!(lang, "「{name}」", "\"{name}\"").into(),
        _ => name.into(),
    }
}

/// A unit; that of percentages in the reader's own way.
pub fn unit(unit: &Unit, lang: Lang) -> &str {
    if unit.is_percent() { lang.pick("％", "%") } else { &unit.0 }
}

/// A difference in its unit; that of percentages is points.
pub fn difference(value: Decimal, unit: &Unit, lang: Lang) -> String {
    if unit.is_percent() {
        return match lang {
            Lang::Ja => number(value, lang) + "ポイント",
            Lang::En => plural(value, "point", "points"),
        };
    }
    quantity(value, unit, lang)
}

/// 進捗率.
pub fn progress(percent: u8, lang: Lang) -> String {
    tr!(lang, "{percent}％", "{percent}%")
}

/// A share in percent, rounded as the plan says; [`none`] where there is no denominator.
pub fn share(part: u64, whole: u64, rounding: Rounding, lang: Lang) -> String {
    share_number(part, whole, rounding).map_or_else(|| none(lang).to_owned(), |value| percent(value, lang))
}

/// The number of [`share`].
pub fn share_number(part: u64, whole: u64, rounding: Rounding) -> Option<Decimal> {
    Rate::new(part.into(), whole.into()).and_then(Rate::percent).map(|value| rounding.apply(value))
}

/// A rate in percent, rounded as the plan says.
pub fn rate(rate: Option<Rate>, rounding: Rounding, lang: Lang) -> String {
    rate.and_then(Rate::percent).map_or_else(|| none(lang).to_owned(), |value| percent(rounding.apply(value), lang))
}

/// A figure with the minus sign that an office writes in place of the usual one.
pub fn with_minus(figure: &str, minus: Minus, lang: Lang) -> String {
    figure.replace(lang.pick("▲", "-"), minus.sign())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_percentages_is_in_points() {
        let dec = |text| Decimal::from_str_exact(text).unwrap();
        assert_eq!(difference(dec("-20.9"), &Unit("％".into()), Lang::Ja), "▲20.9ポイント");
        assert_eq!(difference(dec("199"), &Unit("億円".into()), Lang::Ja), "199億円");
    }

    #[test]
    fn a_share_without_denominator_is_no_number() {
        assert_eq!(share(0, 0, Rounding::default(), Lang::Ja), "－");
        assert_eq!(share(108, 137, Rounding::default(), Lang::Ja), "78.8％");
    }
}
