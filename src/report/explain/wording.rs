//! What steps and symbols are called: for people, and as keys for programs.

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::judging::{Against, TargetOf};
use crate::plan::period::FiscalYear;
use crate::query::explain::{Counted, Name, Step};
use crate::query::gap::Verdict;
use crate::query::sums::Span;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// What a step works out, with what it is called in the formulas of others.
pub fn title(step: &Step<'_>, plan: &Plan, lang: Lang) -> String {
    let name = name(step.name, plan, lang);
    step.called.as_ref().map_or_else(|| name.clone(), |symbol| format!("{name} {symbol}"))
}

/// The same without a letter.
pub fn plain_title(step: &Step<'_>, plan: &Plan, lang: Lang) -> String {
    match step.name {
        Name::Outside => lang.pick("外れの大きさ", "how far outside").to_owned(),
        other => name(other, plan, lang),
    }
}

/// What a step works out.
fn name(name: Name<'_>, plan: &Plan, lang: Lang) -> String {
    let fixed = match name {
        Name::Expected(pace) => {
            let pace = pace.name(lang);
            return tr!(lang, "見込まれる値 e（{pace}）", "expected by now, e ({pace})");
        }
        Name::Band(band) => return tr!(lang, "区分「{}」", "band: {}", band.name.text(lang)),
        Name::Rule(verdict) => return words::verdict(verdict, lang).into(),
        Name::WithoutRate(set) => {
            return tr!(lang, "率のない指標の区分（{}）", "band without a rate ({})", set.name.text(lang));
        }
        Name::Count(grade, at) => return format!("{} n{}", grade.name, at + 1),
        Name::Share(grade) => return tr!(lang, "{}の割合", "share of {}", grade.name),
        Name::CompositeShare(composite) => return tr!(lang, "{}の割合", "share of {}", composite.name),
        Name::Since(Counted::Grade(grade)) => return grade.name.to_string(),
        Name::Since(Counted::Composite(composite)) => return composite.name.to_string(),
        Name::Level(name) => return name.to_owned(),
        Name::PrintedRow(name) => {
            return tr!(lang, "公表された「{name}」の区分の合計", "sum of the grades of `{name}` as published");
        }
        Name::CompositeCount(composite) => return composite.name.to_string(),
        Name::Figure(figure) => return figure.name.to_string(),
        Name::Verdicts(Verdict::Undetermined(why)) => return words::why(why, lang).into(),
        Name::Verdicts(verdict) => return words::verdict(verdict, lang).into(),
        Name::Total(over, year, side) => return format!("{} {}", span(over, year, lang), words::side(side, lang)),
        Name::DifferenceOfSums(over, year) => {
            return format!("{} {}", span(over, year, lang), lang.pick("実績－計画", "actual − planned"));
        }
        Name::RatioOfSums(over, year) => {
            return format!("{} {}", span(over, year, lang), lang.pick("合計の比", "ratio of sums"));
        }
        Name::MeanOfRatios(over, year) => {
            return format!("{} {}", span(over, year, lang), lang.pick("比の平均", "mean of ratios"));
        }
        Name::PublishedRate(by) => {
            return tr!(lang, "公表された{}", "{} as published", words::published_of(by, plan, lang));
        }
        Name::PublishedSum(of, so_far) => {
            return tr!(lang, "公表された{}", "{} as published", words::published_sum(of, so_far, lang));
        }
        Name::PublishedBand((_, name), is_share) => {
            let name = name.text(lang);
            return match is_share {
                true => tr!(lang, "公表された{name}の割合", "share of {name} as published"),
                false => tr!(lang, "公表された{name}の件数", "count of {name} as published"),
            };
        }
        Name::JudgedBy(set) => return tr!(lang, "判定できる（{}）", "judged ({})", set.name.text(lang)),
        Name::BandCount(band) => return band.name.text(lang).into(),
        Name::BandShare(band) => return tr!(lang, "{}の割合", "share of {}", band.name.text(lang)),
        Name::WordShare(verdict) => return tr!(lang, "{}の割合", "share of {}", words::verdict(verdict, lang)),
        Name::BandSumCount(sum) => return sum.name.text(lang).into(),
        Name::BandSumShare(sum) => return tr!(lang, "{}の割合", "share of {}", sum.name.text(lang)),
        Name::LowerBound => ("下限 l", "lower bound l"),
        Name::UpperBound => ("上限 u", "upper bound u"),
        Name::Gap => terms::GAP.words(),
        Name::Room => terms::ROOM.words(),
        Name::Outside => ("外れの大きさ d", "how far outside, d"),
        Name::OutsideBefore => ("基準値の外れの大きさ d0", "how far outside the baseline was, d0"),
        Name::Ratio(None) => terms::TO_TARGET.words(),
        Name::Ratio(Some(TargetOf::Period)) => terms::TO_PERIOD_TARGET.words(),
        Name::Ratio(Some(TargetOf::Final)) => terms::TO_FINAL_TARGET.words(),
        Name::ActualByTarget => terms::ACTUAL_BY_TARGET.words(),
        Name::Improvement => terms::IMPROVEMENT.words(),
        Name::RatioTo(TargetOf::Period) => terms::TO_PERIOD_TARGET.words(),
        Name::RatioTo(TargetOf::Final) => terms::TO_FINAL_TARGET.words(),
        Name::ExpectedOf(TargetOf::Final) => {
            ("見込まれる値 e（期限が来た目標値）", "expected by now, e (the target is due)")
        }
        Name::ExpectedOf(TargetOf::Period) => {
            ("見込まれる値 e（当年度目標）", "expected by now, e (the target of the period)")
        }
        Name::ChangeBefore => ("前の期間からの増減", "change since the period before"),
        Name::ChangeBeforeIs => ("前の期間との比較", "against the period before"),
        Name::Months => ("目標までの月数 na", "months left, na"),
        Name::TrendMonths => ("値の間の月数 nf", "months between the values, nf"),
        Name::MonthsAhead => ("最後の値から目標までの月数 nz", "months from the last value to the target, nz"),
        Name::PaceRatio => terms::PACE.words(),
        Name::Change => ("前の年度からの増減", "change since the earlier year"),
        Name::ChangeIs => ("前の年度との比較", "against the earlier year"),
        Name::Verdict => terms::VERDICT.words(),
        Name::ByHand => ("所管課の判断", "verdict by hand"),
        Name::Left => ("残り", "left"),
        Name::Needed => ("1年あたりに必要な増減", "needed a year"),
        Name::Yearly => ("近年の1年あたりの増減 v", "recent change a year, v"),
        Name::Forecast => ("目標年度の見込み", "forecast for the target year"),
        Name::Entries | Name::Since(Counted::Entries) => ("全体 N", "all, N"),
        Name::Unreported | Name::Since(Counted::Unreported) => ("未報告 U", "unreported, U"),
        Name::Excluded | Name::Since(Counted::Excluded) => ("割合に数えない区分 X", "grades that do not count, X"),
        Name::Resting | Name::Since(Counted::Resting) => ("今期対象外 J", "not rated this period, J"),
        Name::Ahead | Name::Since(Counted::Ahead) => ("開始前 K", "not yet due, K"),
        Name::Rated(false) => ("評価済 R", "rated, R"),
        Name::Rated(true) | Name::Since(Counted::Rated) => ("評価済（割合の分母）R", "rated (the denominator), R"),
        Name::Base => ("評価済と未報告（割合の分母）D", "rated and unreported (the denominator), D"),
        Name::Moved => ("動いた項目", "entries that moved"),
        Name::Printed => ("公表された合計 N", "total as published, N"),
        Name::PrintedSum => ("区分の合計（公表された合計 N と比べる）", "sum of the grades, beside the published N"),
        Name::PrintedRows => ("公表された各行の合計", "sum of the rows as published"),
        Name::Years => ("目標までの年数", "years left"),
        Name::Points => ("傾向のもとにした値", "values the trend rests on"),
        Name::Amounts => (
            "記載された額（P 計画、A 実績、F 見込、B 基準値）",
            "amounts as stated (P planned, A actual, F forecast, B baseline)",
        ),
        Name::Scores => ("点数・率 S と重み W", "points or rates S, and weights W"),
        Name::ScoreSum => ("合計 S", "sum, S"),
        Name::ScoreWeights => ("重みの合計 W", "sum of the weights, W"),
        Name::ScoreMean => ("平均", "mean"),
        Name::ScoreFull => ("満点 F（M は一つの最高点）", "the most, F (M that of one)"),
        Name::ScoreShare => ("満点に対する割合", "share of the most"),
        Name::Indicators => ("指標の全体 I", "all indicators, I"),
        Name::Undetermined => ("判定できない Q", "undetermined, Q"),
        Name::Judged => ("判定できる", "judged"),
        Name::Fresh | Name::Since(Counted::Fresh) => ("対象期間の報告あり W", "reported for the period, W"),
        Name::Progress => terms::PROGRESS.words(),
    };
    lang.pick(fixed.0, fixed.1).into()
}

/// The key that programs read.
pub fn key(name: Name<'_>) -> String {
    let fixed = match name {
        Name::Band(band) => return format!("band:{}", band.id),
        Name::Rule(verdict) => return format!("rule:{}", verdict.key()),
        Name::WithoutRate(set) => return format!("without_rate:{}", set.id),
        Name::Count(grade, _) => return format!("count:{}", grade.id),
        Name::Share(grade) => return format!("share:{}", grade.id),
        Name::CompositeShare(composite) => return format!("share:{}", composite.id),
        Name::Since(Counted::Grade(grade)) => return format!("change:{}", grade.id),
        Name::Since(Counted::Composite(composite)) => return format!("change:{}", composite.id),
        Name::Since(Counted::Entries) => "change:entries",
        Name::Since(Counted::Rated) => "change:rated",
        Name::Since(Counted::Unreported) => "change:unreported",
        Name::Since(Counted::Excluded) => "change:excluded",
        Name::Since(Counted::Resting) => "change:not_rated",
        Name::Since(Counted::Ahead) => "change:not_begun",
        Name::Since(Counted::Fresh) => "change:reported_this_period",
        Name::Level(name) => return format!("level:{name}"),
        Name::PrintedRow(name) => return format!("published_row:{name}"),
        Name::CompositeCount(composite) => return format!("count:{}", composite.id),
        Name::Verdicts(Verdict::Undetermined(why)) => {
            return format!("verdicts:undetermined:{}", words::why(why, Lang::En));
        }
        Name::Verdicts(verdict) => return format!("verdicts:{}", verdict_key(verdict)),
        Name::PublishedRate(of) => return format!("published_{}", of.key().replace('-', "_")),
        Name::Total(over, year, side) => return format!("total:{}:{}", span_key(over, year), side.key()),
        Name::DifferenceOfSums(over, year) => return format!("difference_of_sums:{}", span_key(over, year)),
        Name::RatioOfSums(over, year) => return format!("ratio_of_sums:{}", span_key(over, year)),
        Name::MeanOfRatios(over, year) => return format!("mean_of_ratios:{}", span_key(over, year)),
        Name::PublishedSum(of, so_far) => {
            let span = if so_far { Span::SoFar } else { Span::Year };
            return format!("published_sum:{}:{}", span.key(), of.key());
        }
        Name::PublishedBand((id, _), true) => return format!("published_share:{id}"),
        Name::PublishedBand((id, _), false) => return format!("published_count:{id}"),
        Name::JudgedBy(set) => return format!("judged:{}", set.id),
        Name::BandCount(band) => return format!("verdicts:band:{}", band.id),
        Name::BandShare(band) => return format!("verdicts:share:{}", band.id),
        Name::WordShare(verdict) => return format!("verdicts:share:{}", verdict_key(verdict)),
        Name::BandSumCount(sum) => return format!("verdicts:sum:{}", sum.id),
        Name::BandSumShare(sum) => return format!("verdicts:share:{}", sum.id),
        Name::Figure(_) => "figure",
        Name::LowerBound => "lower_bound",
        Name::UpperBound => "upper_bound",
        Name::Gap => "gap",
        Name::Room => "room",
        Name::Outside => "outside",
        Name::OutsideBefore => "outside_at_baseline",
        Name::Ratio(_) => "ratio_to_target",
        Name::ActualByTarget => "actual_by_target",
        Name::Improvement => "improvement",
        Name::RatioTo(TargetOf::Period) => "ratio_to_period_target",
        Name::RatioTo(TargetOf::Final) => "ratio_to_final_target",
        Name::Expected(_) | Name::ExpectedOf(_) => "expected",
        Name::ChangeBefore => "change_before",
        Name::ChangeBeforeIs => "change_before_is",
        Name::Months => "months",
        Name::TrendMonths => "trend_months",
        Name::MonthsAhead => "months_ahead",
        Name::PaceRatio => "pace",
        Name::Change => "change",
        Name::ChangeIs => "change_is",
        Name::Verdict => "verdict",
        Name::ByHand => "by_hand",
        Name::Left => "left",
        Name::Needed => "needed",
        Name::Yearly => "yearly",
        Name::Forecast => "forecast",
        Name::Entries => "entries",
        Name::Unreported => "unreported",
        Name::Excluded => "excluded",
        Name::Resting => "not_rated",
        Name::Ahead => "not_begun",
        Name::Rated(_) => "rated",
        Name::Base => "denominator",
        Name::Moved => "moved",
        Name::Printed => "published_total",
        Name::PrintedSum => "published_sum",
        Name::PrintedRows => "published_rows",
        Name::Years => "years",
        Name::Points => "points",
        Name::Amounts => "amounts",
        Name::Scores => "scores",
        Name::ScoreSum => "score_sum",
        Name::ScoreWeights => "score_weights",
        Name::ScoreMean => "score_mean",
        Name::ScoreFull => "score_full",
        Name::ScoreShare => "score_share",
        Name::Indicators => "indicators",
        Name::Undetermined => "undetermined",
        Name::Judged => "judged",
        Name::Fresh => "reported_this_period",
        Name::Progress => "progress",
    };
    fixed.into()
}

/// Over what a sum reaches.
fn span(over: Span, year: FiscalYear, lang: Lang) -> String {
    let year = year.tag(lang);
    match over {
        Span::Year => year,
        Span::SoFar => tr!(lang, "{year}まで", "to {year}"),
    }
}

fn span_key(over: Span, year: FiscalYear) -> String {
    format!("{}:{}", over.key(), year.short())
}

/// The key of a verdict.
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::OnPace => "on-pace",
        Verdict::Behind => "behind",
        Verdict::Worsened => "worsened",
        Verdict::Undetermined(_) => "undetermined",
    }
}

/// A comparison with an earlier year.
pub fn against(is: Against, lang: Lang) -> &'static str {
    match is {
        Against::Better => terms::BETTER.word(lang),
        Against::Same => terms::FLAT.word(lang),
        Against::NotWorse => lang.pick("改善か横ばい", "not worse"),
        Against::Worse => terms::WORSE.word(lang),
    }
}

/// What a symbol stands for.
pub fn meaning(symbol: &str, lang: Lang) -> &'static str {
    // What is of another period is called after it: aR6.
    let period = symbol.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase());
    let symbol = period.map_or(symbol, |(at, _)| &symbol[..at]);
    let numbered =
        symbol.strip_prefix(['P', 'A', 'F', 'B', 'S', 'W', 'f', 'k']).is_some_and(|n| n.parse::<usize>().is_ok());
    let (ja, en) = match symbol {
        _ if numbered && symbol.starts_with('k') => ("公表値", "as published"),
        _ if numbered && symbol.starts_with('P') => ("計画の額", "amount planned"),
        _ if numbered && symbol.starts_with('A') => ("実績の額", "actual amount"),
        _ if numbered && symbol.starts_with('F') => ("見込の額", "amount forecast"),
        _ if numbered && symbol.starts_with('S') => ("点数・率", "points or rate"),
        _ if numbered && symbol.starts_with('W') => ("重み", "weight"),
        _ if numbered && symbol.starts_with('B') => terms::BASELINE.words(),
        _ if numbered => ("傾向のもとにした値", "a value the trend rests on"),
        "W" | "W'" => ("対象期間の報告あり", "reported for the period"),
        "P" => ("計画の合計", "total planned"),
        "A" => ("実績の合計", "total actual"),
        "I" => ("指標の全体", "all indicators"),
        "Q" => ("判定できない指標", "undetermined"),
        "k" => ("公表値", "as published"),
        "g" => ("内数", "part"),
        "j" => ("所管課の判断", "verdict by hand"),
        "h" => ("全体", "whole"),
        "a" => terms::ACTUAL.words(),
        "b" => terms::BASELINE.words(),
        "t" => terms::TARGET.words(),
        "e" => terms::EXPECTED.words(),
        "tz" => terms::FINAL_TARGET.words(),
        "ty" => terms::PERIOD_TARGET.words(),
        "c" => ("前の年度の実績値", "actual of the earlier year"),
        "cb" => ("前の期間の実績値", "actual of the period before"),
        "n" => ("直前の点から実績までの月数", "months from the point before to the actual"),
        "na" => ("実績から目標までの月数", "months from the actual to the target"),
        "nz" => ("近年の最後の値から目標までの月数", "months from the last recent value to the target"),
        "nq" => ("二つの点の間の月数", "months between the points"),
        "nf" => ("近年の値の間の月数", "months between the recent values"),
        "z" => ("近年の最後の値", "last of the recent values"),
        "yz" => ("近年の最後の値の年度", "year of the last recent value"),
        "m" => ("標本誤差", "sampling error"),
        "mc" => ("標本誤差（二つの値の大きいほう）", "sampling error (the larger of the two)"),
        "w" => ("許容幅", "tolerance"),
        "l" => ("下限", "lower bound"),
        "u" => ("上限", "upper bound"),
        "p" => ("直前の点の値", "the point before"),
        "q" => ("直後の点の値", "the point after"),
        "f" => ("近年の最初の値", "first of the recent values"),
        "s" => ("この時点までの目標", "the step due by now"),
        "y" => ("実績の年度", "year of the actual"),
        "yt" => ("目標の年度", "year of the target"),
        "yp" => ("直前の点の年度", "year of the point before"),
        "yq" => ("直後の点の年度", "year of the point after"),
        "yf" => ("近年の最初の値の年度", "year of the first recent value"),
        "y0" => ("計画の最初の年度", "first year of the plan"),
        "v" => ("近年の1年あたりの増減", "recent change a year"),
        "r" => ("判定に使う率", "the rate that judges"),
        "d" => ("外れの大きさ", "how far outside"),
        "d0" => ("基準値の外れの大きさ", "how far outside at the baseline"),
        _ if symbol.starts_with('J') => ("割合の分母となる指標", "indicators that shares are of"),
        "N" | "N'" => ("全体", "all"),
        "R" | "R'" => terms::RATED.words(),
        "J" | "J'" => terms::RESTING.words(),
        "K" | "K'" => terms::AHEAD.words(),
        "D" => ("評価済と未報告", "rated and unreported"),
        "U" | "U'" => terms::UNREPORTED.words(),
        "X" | "X'" => ("割合に数えない区分", "not counted"),
        _ => terms::COUNT.words(),
    };
    lang.pick(ja, en)
}
