//! What a paper printed, where it contradicts itself.

use rust_decimal::Decimal;

use super::{number, verdict};
use crate::lang::Lang;
use crate::plan::Published;
use crate::plan::judging::Meaning;
use crate::plan::period::Period;
use crate::plan::printed::PublishedOf;
use crate::text::terms;
use crate::tr;

/// Why counts are not compared with those of a period: its scale was another one. A sentence without its full stop.
pub fn rescaled(period: Period, lang: Lang) -> String {
    let period = period.long(lang);
    tr!(
        lang,
        "区分の尺度が前回（{period}）と異なるため、前回と比べていない",
        "Ratings are not compared with {period}: its scale was another one"
    )
}

/// That the counts of a paper do not give its total, and by how much; `None` where they do, or there are none.
pub fn contradiction(published: &Published, lang: Lang) -> Option<String> {
    let sum = published.sum().filter(|_| !published.difference().is_zero())?;
    let lacking = if published.counts.contains(&None) {
        lang.pick("（件数のない区分がある）", " (some grades have no count)")
    } else {
        ""
    };
    let by = more_or_less(published.difference(), lang);
    let (total, sum) = (number(published.total.into(), lang), number(sum.into(), lang));
    Some(tr!(
        lang,
        "公表された合計{total}件は、内訳の合計{sum}件より{by}{lacking}",
        "The published total of {total} is {by} than the counts add up to ({sum}){lacking}"
    ))
}

/// What a printed figure of an indicator is called.
pub fn published_of(of: PublishedOf, lang: Lang) -> String {
    let verdict = |meaning: Option<Meaning>| match meaning {
        Some(meaning) => verdict(meaning.into(), lang),
        None => terms::UNDETERMINED.word(lang),
    };
    let word = match of {
        PublishedOf::Ratio => terms::TO_TARGET.word(lang),
        PublishedOf::RatioToPeriod => terms::TO_PERIOD_TARGET.word(lang),
        PublishedOf::RatioToFinal => terms::TO_FINAL_TARGET.word(lang),
        PublishedOf::ActualByTarget => terms::ACTUAL_BY_TARGET.word(lang),
        PublishedOf::Improvement => terms::IMPROVEMENT.word(lang),
        PublishedOf::Pace => terms::PACE.word(lang),
        PublishedOf::Difference => lang.pick("目標との差", "gap to target"),
        PublishedOf::Sum => lang.pick("実績の合計", "sum of actuals"),
        PublishedOf::RatioOfSums => lang.pick("合計の比", "ratio of sums"),
        PublishedOf::Count(meaning) => return tr!(lang, "{}の件数", "count of {}", verdict(meaning)),
        PublishedOf::Share(meaning) => return tr!(lang, "{}の割合", "share of {}", verdict(meaning)),
    };
    word.to_owned()
}

/// By how many one count is above or below another: 3件多い.
pub fn more_or_less(by: Decimal, lang: Lang) -> String {
    let n = number(by.abs(), lang);
    match by.is_sign_positive() {
        true => tr!(lang, "{n}件多い", "{n} more"),
        false => tr!(lang, "{n}件少ない", "{n} less"),
    }
}
