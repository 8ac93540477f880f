//! What steps and symbols are called: for people, and as keys for programs.

use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::judging::TargetOf;
use crate::plan::period::FiscalYear;
use crate::plan::printed::PublishedOf;
use crate::query::explain::{BandOf, Counted, Name, Step};
use crate::query::gap::Verdict;
use crate::query::sums::Span;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

/// What a step works out, with what it is called in the formulas of others, and of which row.
pub fn title(step: &Step<'_>, plan: &Plan, lang: Lang) -> String {
    let name = plain_title(step, plan, lang);
    let name = match (&step.called, step.name) {
        (None, _) => name,
        (Some(symbol), Name::Expected(pace)) => expected(symbol, pace.name(lang), lang),
        (Some(symbol), Name::ExpectedOf(TargetOf::Final)) => {
            expected(symbol, lang.pick("期限が来た目標値", "the target is due"), lang)
        }
        (Some(symbol), Name::ExpectedOf(TargetOf::Period)) => {
            expected(symbol, lang.pick("当年度目標", "the target of the period"), lang)
        }
        (Some(symbol), _) if name.ends_with('）') => tr!(lang, "{name}{symbol}", "{name}, {symbol}"),
        (Some(symbol), _) => tr!(lang, "{name} {symbol}", "{name}, {symbol}"),
    };
    step.row.map_or_else(|| name.clone(), |row| tr!(lang, "「{row}」の{name}", "{row}: {name}"))
}

fn expected(symbol: &str, by: &str, lang: Lang) -> String {
    tr!(lang, "見込まれる値 {symbol}（{by}）", "expected by now, {symbol} ({by})")
}

/// The same without a letter.
pub fn plain_title(step: &Step<'_>, plan: &Plan, lang: Lang) -> String {
    name(step.name, plan, lang)
}

/// What a step works out.
fn name(name: Name<'_>, plan: &Plan, lang: Lang) -> String {
    let fixed = match name {
        Name::Expected(_) | Name::ExpectedOf(_) => terms::EXPECTED.words(),
        Name::Band(band) => return tr!(lang, "区分「{}」", "band: {}", band.name.text(lang)),
        Name::Rule(verdict) => return words::verdict(verdict, lang).into(),
        Name::WithoutRate(set) => {
            return tr!(lang, "率のない指標の区分（{}）", "band without a rate ({})", set.name.text(lang));
        }
        Name::Count(grade, _) => return grade.name.to_string(),
        Name::Share(grade) => return tr!(lang, "{}の割合", "share of {}", grade.name),
        Name::CompositeShare(composite) => return tr!(lang, "{}の割合", "share of {}", composite.name),
        Name::Since(of) => return counted(of, lang).to_owned(),
        Name::Before(of) => return tr!(lang, "前回の{}", "{} before", counted(of, lang)),
        Name::Recorded(of) => return tr!(lang, "記録から数えた{}", "{} in the records", counted(of, lang)),
        Name::VerdictsOf(of) | Name::VerdictsSince(of) => return banded(of, lang),
        Name::VerdictsBefore(of) => return tr!(lang, "前回の{}", "{} before", banded(of, lang)),
        Name::CompositeAdded(composite) => return tr!(lang, "{}の区分の和", "grades of {}", composite.name),
        Name::PartOf(of) => return tr!(lang, "{}の対象となる指標", "{}: how many", published(of, plan, lang)),
        Name::WholeOf(of) => return tr!(lang, "{}の分母", "{}: of how many", published(of, plan, lang)),
        Name::Level(name) => return name.to_owned(),
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
        Name::PublishedRate(by) => return tr!(lang, "公表された{}", "{} as published", published(by, plan, lang)),
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
        Name::LowerBound => ("下限", "lower bound"),
        Name::UpperBound => ("上限", "upper bound"),
        Name::Gap => terms::GAP.words(),
        Name::Room => terms::ROOM.words(),
        Name::Outside => ("外れの大きさ", "how far outside"),
        Name::OutsideBefore => ("基準値の外れの大きさ", "how far outside the baseline was"),
        Name::Ratio(None) => terms::TO_TARGET.words(),
        Name::Ratio(Some(TargetOf::Period)) => terms::TO_PERIOD_TARGET.words(),
        Name::Ratio(Some(TargetOf::Final)) => terms::TO_FINAL_TARGET.words(),
        Name::ActualByTarget => terms::ACTUAL_BY_TARGET.words(),
        Name::Improvement => terms::IMPROVEMENT.words(),
        Name::RatioTo(TargetOf::Period) => terms::TO_PERIOD_TARGET.words(),
        Name::RatioTo(TargetOf::Final) => terms::TO_FINAL_TARGET.words(),
        Name::ChangeBefore => ("前の期間からの増減", "change since the period before"),
        Name::ChangeBeforeIs => ("前の期間との比較", "against the period before"),
        Name::Months => ("目標までの月数", "months left"),
        Name::TrendMonths => ("値の間の月数", "months between the values"),
        Name::MonthsAhead => ("最後の値から目標までの月数", "months from the last value to the target"),
        Name::PaceRatio => terms::PACE.words(),
        Name::Change => ("前の年度からの増減", "change since the earlier year"),
        Name::ChangeIs => ("前の年度との比較", "against the earlier year"),
        Name::Verdict => terms::VERDICT.words(),
        Name::ByHand => ("所管課の判断", "verdict by hand"),
        Name::Left => ("残り", "left"),
        Name::Needed => ("1年あたりに必要な増減", "needed a year"),
        Name::Yearly => ("近年の1年あたりの増減", "recent change a year"),
        Name::Forecast => ("目標年度の見込み", "forecast for the target year"),
        Name::Entries => ("全体", "all"),
        Name::Unreported => terms::UNREPORTED.words(),
        Name::Excluded => EXCLUDED,
        Name::Resting => terms::RESTING.words(),
        Name::Ahead => terms::AHEAD.words(),
        Name::Rated(false) => terms::RATED.words(),
        Name::Rated(true) => ("評価済（割合の分母）", "rated (the denominator)"),
        Name::Base => ("評価済と未報告（割合の分母）", "rated and unreported (the denominator)"),
        Name::Moved => ("動いた項目", "entries that moved"),
        Name::Printed => ("公表された全体", "total as published"),
        Name::PrintedSum | Name::PrintedRow(_) => {
            ("区分の合計（公表された合計と比べる）", "sum of the grades, beside the published total")
        }
        Name::PrintedRows => ("公表された各行の合計", "sum of the rows as published"),
        Name::Years => ("目標までの年数", "years left"),
        Name::Points => ("傾向のもとにした値", "values the trend rests on"),
        Name::Amounts => (
            "記載された額（P 計画、A 実績、F 見込、B 基準値）",
            "amounts as stated (P planned, A actual, F forecast, B baseline)",
        ),
        Name::Scores => ("点数・率 S と重み W", "points or rates S, and weights W"),
        Name::ScoreSum => ("合計", "sum"),
        Name::ScoreWeights => ("重みの合計", "sum of the weights"),
        Name::ScoreMean => ("平均", "mean"),
        Name::ScoreBest => ("一つの最高点", "the most of one"),
        Name::ScoreFull => ("満点", "the most"),
        Name::ScoreShare => ("満点に対する割合", "share of the most"),
        Name::Indicators => ("指標の全体", "all indicators"),
        Name::Undetermined => ("判定できない", "undetermined"),
        Name::Judged => ("判定できる", "judged"),
        Name::Fresh => FRESH,
        Name::NotCompared => ("前回比", "change"),
        Name::MonthsPassed => ("直前の点から実績までの月数", "months from the point before to the actual"),
        Name::MonthsBetween => ("二つの点の間の月数", "months between the points"),
        Name::Progress => terms::PROGRESS.words(),
    };
    lang.pick(fixed.0, fixed.1).into()
}

/// Grades that are in no denominator.
pub const EXCLUDED: (&str, &str) = ("割合に数えない区分", "grades that do not count");

/// Entries with a record about the very period.
pub const FRESH: (&str, &str) = ("対象期間の報告あり", "reported for the period");

/// What is counted.
fn counted(of: Counted<'_>, lang: Lang) -> &str {
    let (ja, en) = match of {
        Counted::Grade(grade) => return &grade.name,
        Counted::Composite(composite) => return &composite.name,
        Counted::Entries => ("全体", "all"),
        Counted::Rated => terms::RATED.words(),
        Counted::Unreported => terms::UNREPORTED.words(),
        Counted::Excluded => EXCLUDED,
        Counted::Resting => terms::RESTING.words(),
        Counted::Ahead => terms::AHEAD.words(),
        Counted::Fresh => FRESH,
    };
    lang.pick(ja, en)
}

/// As what indicators are counted.
fn banded(of: BandOf<'_>, lang: Lang) -> String {
    match of {
        BandOf::Band(band) => band.name.text(lang).to_owned(),
        BandOf::Word(verdict) => words::verdict(verdict, lang).to_owned(),
        BandOf::Sum(sum) => sum.name.text(lang).to_owned(),
        BandOf::All(set) => tr!(lang, "全体（{}）", "all ({})", set.name.text(lang)),
    }
}

/// What a printed figure of an indicator is.
fn published(of: PublishedOf, plan: &Plan, lang: Lang) -> String {
    words::published_of(of, plan, lang)
}

/// The key that programs read; of a row of a printed table, and of a set that judges besides, it says so.
pub fn key(step: &Step<'_>) -> String {
    let name = name_key(step.name);
    match (step.row, step.beside) {
        (Some(_), _) if matches!(step.name, Name::PrintedRow(_)) => name,
        (Some(row), _) => format!("{name}:{row}"),
        (None, Some(set)) => format!("also:{}:{name}", set.id),
        (None, None) => name,
    }
}

fn counted_key(of: Counted<'_>) -> String {
    match of {
        Counted::Grade(grade) => grade.id.to_string(),
        Counted::Composite(composite) => composite.id.to_string(),
        Counted::Entries => "entries".into(),
        Counted::Rated => "rated".into(),
        Counted::Unreported => "unreported".into(),
        Counted::Excluded => "excluded".into(),
        Counted::Resting => "not_rated".into(),
        Counted::Ahead => "not_begun".into(),
        Counted::Fresh => "reported_this_period".into(),
    }
}

fn band_key(of: BandOf<'_>) -> String {
    match of {
        BandOf::Band(band) => format!("band:{}", band.id),
        BandOf::Word(verdict) => verdict_key(verdict).into(),
        BandOf::Sum(sum) => format!("sum:{}", sum.id),
        BandOf::All(set) => format!("all:{}", set.id),
    }
}

fn name_key(name: Name<'_>) -> String {
    let fixed = match name {
        Name::Band(band) => return format!("band:{}", band.id),
        Name::Rule(verdict) => return format!("rule:{}", verdict.key()),
        Name::WithoutRate(set) => return format!("without_rate:{}", set.id),
        Name::Count(grade, _) => return format!("count:{}", grade.id),
        Name::Share(grade) => return format!("share:{}", grade.id),
        Name::CompositeShare(composite) => return format!("share:{}", composite.id),
        Name::Since(of) => return format!("change:{}", counted_key(of)),
        Name::Before(of) => return format!("before:{}", counted_key(of)),
        Name::Recorded(of) => return format!("recorded:{}", counted_key(of)),
        Name::VerdictsOf(of) => return format!("verdicts:{}", band_key(of)),
        Name::VerdictsSince(of) => return format!("verdicts:change:{}", band_key(of)),
        Name::VerdictsBefore(of) => return format!("verdicts:before:{}", band_key(of)),
        Name::CompositeAdded(composite) => return format!("grades_of:{}", composite.id),
        Name::PartOf(of) => return format!("part_of:{}", of.key()),
        Name::WholeOf(of) => return format!("whole_of:{}", of.key()),
        Name::NotCompared => "not_compared",
        Name::ScoreBest => "score_best",
        Name::MonthsPassed => "months_passed",
        Name::MonthsBetween => "months_between",
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
