//! Sums in words: a sum of which parts are missing says so, and names them.

use crate::lang::Lang;
use crate::plan::indicator::{Indicator, Unit};
use crate::plan::period::FiscalYear;
use crate::plan::value::Certainty;
use crate::query::sums::{Lacking, Side, Sum};
use crate::text::terms;
use crate::tr;

use super::{indicator_name, mark, none, quantity};

/// What a side is called.
pub fn side(side: Side, lang: Lang) -> &'static str {
    match side {
        Side::Planned => terms::PLANNED_AMOUNT.word(lang),
        Side::Actual => terms::ACTUAL_AMOUNT.word(lang),
        Side::Forecast => terms::FORECAST.word(lang),
    }
}

/// A sum that lacks so many of its parts.
pub fn in_part(sum: String, lacking: usize, lang: Lang) -> String {
    match lacking {
        0 => sum,
        n => tr!(lang, "{sum}［{n}件を除く］", "{sum} [without {n}]"),
    }
}

/// A sum in its unit; how many parts it lacks, and whether one is 要確認, stands behind it.
pub fn sum(of: &Sum<'_>, unit: &Unit, lang: Lang) -> String {
    let Some(value) = of.value() else { return none(lang).to_owned() };
    let text = in_part(quantity(value, unit, lang), of.lacking.len(), lang);
    let unsure = if of.is_unsure() { mark(Certainty::Unconfirmed, lang) } else { String::new() };
    text + &unsure
}

/// Names the amounts that the sums of a side lack; `None` where none is missing.
pub fn lacking(side: Side, parts: &[Lacking<'_>], lang: Lang) -> Option<String> {
    let mut years: Vec<(&Indicator, Vec<FiscalYear>)> = Vec::new();
    for part in parts {
        match years.iter_mut().find(|(of, _)| std::ptr::eq(*of, part.of)) {
            Some((_, years)) if years.contains(&part.year) => {}
            Some((_, years)) => years.push(part.year),
            None => years.push((part.of, vec![part.year])),
        }
    }
    let comma = lang.pick("、", ", ");
    let named = years.into_iter().map(|(of, mut years)| {
        years.sort_unstable();
        let (name, years) =
            (indicator_name(of), years.iter().map(|year| year.tag(lang)).collect::<Vec<_>>().join(comma));
        tr!(lang, "{name}（{years}）", "{name} ({years})")
    });
    let named: Vec<String> = named.collect();
    let side = self::side(side, lang);
    (!named.is_empty()).then(|| {
        let named = named.join(comma);
        tr!(
            lang,
            "{side}の額がなく、合計に入っていないもの：{named}",
            "{side} amounts that are not there and not in the sums: {named}"
        )
    })
}
