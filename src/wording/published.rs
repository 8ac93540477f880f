//! What a paper printed, where it contradicts itself or the records.

use rust_decimal::Decimal;

use super::{number, percent, verdict};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::judging::Meaning;
use crate::plan::period::Period;
use crate::plan::printed::{BandPart, PublishedOf};
use crate::plan::sum::SumFigure;
use crate::plan::totals::{PrintedCounts, PrintedPart};
use crate::query::totals::{Totals, TotalsLine};
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

/// Why verdicts are not compared with those of a period: other bands judged then. A sentence without its full stop.
pub fn other_bands(period: Period, lang: Lang) -> String {
    let period = period.tag(lang);
    tr!(
        lang,
        "前回（{period}）は判定区分が異なるため、前回と比べていない",
        "Not compared with {period}, which other bands judged"
    )
}

/// That nothing can be said of single entries, since only totals are known.
pub fn entries_unknown(lang: Lang) -> &'static str {
    lang.pick(
        "項目ごとの内訳が資料にないため、項目については分かりません。",
        "The entries themselves are not known, only totals that were published.",
    )
}

/// That the counts of a paper do not give its total, and by how much; `None` where they do, or there are none.
fn contradiction(published: &PrintedCounts, lang: Lang) -> Option<String> {
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

/// Everything that a printed table contradicts: its own totals, its rows, the records, the percentages. Sentences without
/// their full stops.
pub fn contradictions(plan: &Plan, totals: &Totals<'_>, lang: Lang) -> Vec<String> {
    let of_line = |line: &TotalsLine<'_>| {
        let name = line.row.map(|row| tr!(lang, "「{name}」：", "{name}: ", name = row.title(plan)));
        let own = contradiction(line.printed, lang).into_iter().chain(apart(totals, line, lang));
        let own = own.chain(sums_apart(totals, line, lang)).chain(shares_apart(plan, totals, line, lang));
        own.map(|text| name.clone().unwrap_or_default() + &text).collect::<Vec<String>>()
    };
    let whole = of_line(&totals.whole);
    let rows = totals.published.rows_apart().into_iter().map(|(of, whole, rows)| {
        let (of, whole, rows) = (part(totals, of, lang), number(whole.into(), lang), number(rows.into(), lang));
        tr!(
            lang,
            "全体の{of}{whole}件は、各行の和{rows}件と合わない",
            "{of}: the whole has {whole}, the rows add up to {rows}"
        )
    });
    whole.into_iter().chain(rows).chain(totals.rows.iter().flat_map(of_line)).collect()
}

/// Where the records give other counts than those printed; `None` where they do not.
fn apart(totals: &Totals<'_>, line: &TotalsLine<'_>, lang: Lang) -> Option<String> {
    let parts = line.apart(totals.version).into_iter().map(|apart| {
        let (of, printed) = (part(totals, apart.of, lang), number(apart.printed.into(), lang));
        let counted = number(apart.counted.into(), lang);
        tr!(lang, "{of}は公表{printed}件、記録{counted}件", "{of}: {printed} published, {counted} in the records")
    });
    let parts: Vec<String> = parts.collect();
    let list = parts.join(lang.pick("、", "; "));
    (!parts.is_empty())
        .then(|| tr!(lang, "公表値は、記録から数えた件数と異なる（{list}）", "The records give other counts ({list})"))
}

/// Where the printed percentages are other than those of the printed counts; `None` where they are not.
fn shares_apart(plan: &Plan, totals: &Totals<'_>, line: &TotalsLine<'_>, lang: Lang) -> Option<String> {
    let parts = line.shares_apart(totals.version, &plan.head).into_iter().map(|(of, printed, computed)| {
        let (of, printed, computed) = (part(totals, of, lang), percent(printed, lang), percent(computed, lang));
        tr!(lang, "{of}は公表{printed}、計算では{computed}", "{of}: {printed} published, {computed} computed")
    });
    let parts: Vec<String> = parts.collect();
    let list = parts.join(lang.pick("、", "; "));
    (!parts.is_empty())
        .then(|| tr!(lang, "公表された割合は、件数と合わない（{list}）", "Shares do not match the counts ({list})"))
}

/// Where a printed sum of grades is another than its grades give; `None` where none is.
fn sums_apart(totals: &Totals<'_>, line: &TotalsLine<'_>, lang: Lang) -> Option<String> {
    let parts = line.printed.sums_apart(totals.version).into_iter().map(|(at, printed, added)| {
        let of = part(totals, PrintedPart::Sum(at), lang);
        let (printed, added) = (number(printed.into(), lang), number(added.into(), lang));
        tr!(
            lang,
            "{of}は公表{printed}件、その区分の和{added}件",
            "{of}: {printed} published, its grades add up to {added}"
        )
    });
    let parts: Vec<String> = parts.collect();
    let list = parts.join(lang.pick("、", "; "));
    (!parts.is_empty()).then(|| {
        tr!(lang, "公表された区分の合計は、区分の件数と合わない（{list}）", "Sums do not match the grades ({list})")
    })
}

/// The name of a part of a line.
fn part(totals: &Totals<'_>, part: PrintedPart, lang: Lang) -> String {
    match part {
        PrintedPart::Unreported => terms::UNREPORTED.word(lang).to_owned(),
        part => part.name(totals.version).unwrap_or(lang.pick("合計", "total")).to_owned(),
    }
}

/// What a printed figure of an indicator is called.
pub fn published_of(of: PublishedOf, plan: &Plan, lang: Lang) -> String {
    let band = |part: BandPart| part.named(&plan.band_sets).1.text(lang);
    let verdict = |meaning: Option<Meaning>| match meaning {
        Some(meaning) => verdict(meaning.into(), lang),
        None => terms::UNDETERMINED.word(lang),
    };
    let word = match of {
        PublishedOf::Ratio => terms::TO_TARGET.word(lang),
        PublishedOf::RatioToPeriod => terms::TO_PERIOD_TARGET.word(lang),
        PublishedOf::RatioToFinal => terms::TO_FINAL_TARGET.word(lang),
        PublishedOf::ActualByTarget => terms::ACTUAL_BY_TARGET.word(lang),
        PublishedOf::ActualByPeriod => lang.pick("実績÷当年度目標", "actual ÷ target of the period"),
        PublishedOf::ActualByFinal => lang.pick("実績÷最終目標", "actual ÷ final target"),
        PublishedOf::Improvement => terms::IMPROVEMENT.word(lang),
        PublishedOf::Pace => terms::PACE.word(lang),
        PublishedOf::Difference => terms::GAP_TO_TARGET.word(lang),
        PublishedOf::SinceLastYear => lang.pick("前年度との差", "difference to the year before"),
        PublishedOf::ByLastYear => lang.pick("前年度比", "ratio to the year before"),
        PublishedOf::ChangeRate => lang.pick("前年度からの増減率", "rate of change since the year before"),
        PublishedOf::SinceBaseline => lang.pick("基準値との差", "difference to the baseline"),
        PublishedOf::ByBaseline => lang.pick("基準値比", "ratio to the baseline"),
        PublishedOf::ChangeRateOfBaseline => lang.pick("基準値からの増減率", "rate of change since the baseline"),
        PublishedOf::SumInYear => lang.pick("年度内の実績の合計", "sum of actuals in the year"),
        PublishedOf::RatioOfSumsInYear => lang.pick("年度内の合計の比", "ratio of sums in the year"),
        PublishedOf::Sum => lang.pick("実績の合計", "sum of actuals"),
        PublishedOf::RatioOfSums => lang.pick("合計の比", "ratio of sums"),
        PublishedOf::BandCount(part) => return tr!(lang, "{}の件数", "count of {}", band(part)),
        PublishedOf::BandShare(part) => return tr!(lang, "{}の割合", "share of {}", band(part)),
        PublishedOf::Count(meaning) => return tr!(lang, "{}の件数", "count of {}", verdict(meaning)),
        PublishedOf::Share(meaning) => return tr!(lang, "{}の割合", "share of {}", verdict(meaning)),
    };
    word.to_owned()
}

/// What a printed figure of a declared sum is called.
pub fn published_sum(of: SumFigure, so_far: bool, lang: Lang) -> String {
    let word = match of {
        SumFigure::Planned => lang.pick("計画の合計", "total planned"),
        SumFigure::Actual => lang.pick("実績の合計", "total actual"),
        SumFigure::Difference => lang.pick("実績－計画", "actual − planned"),
        SumFigure::RatioOfSums => lang.pick("合計の比", "ratio of sums"),
        SumFigure::MeanOfRatios => lang.pick("比の平均", "mean of ratios"),
        SumFigure::Sum => lang.pick("合計", "sum"),
        SumFigure::Mean => lang.pick("平均", "mean"),
        SumFigure::Full => lang.pick("満点", "the most"),
        SumFigure::Share => lang.pick("満点に対する割合", "share of the most"),
    };
    if so_far { tr!(lang, "{word}（累計）", "{word}, so far") } else { word.to_owned() }
}

/// By how many one count is above or below another: 3件多い.
pub fn more_or_less(by: Decimal, lang: Lang) -> String {
    let n = number(by.abs(), lang);
    match by.is_sign_positive() {
        true => tr!(lang, "{n}件多い", "{n} more"),
        false => tr!(lang, "{n}件少ない", "{n} less"),
    }
}
