//! What steps and symbols are called: for people, and as keys for programs.

use crate::lang::Lang;
use crate::plan::judging::Against;
use crate::query::explain::Name;
use crate::report::words;
use crate::tr;

/// What a step works out.
pub fn name(name: Name<'_>, lang: Lang) -> String {
    let fixed = match name {
        Name::Expected(Some(pace)) => {
            let pace = pace.name(lang);
            return tr!(lang, "見込まれる値 e（{pace}）", "expected by now, e ({pace})");
        }
        Name::Band(band) => return tr!(lang, "区分「{}」", "band: {}", band.name.text(lang)),
        Name::Rule(verdict) => return words::verdict(verdict, lang).into(),
        Name::Count(grade, at) => return format!("{} n{}", grade.name, at + 1),
        Name::Share(grade) => return tr!(lang, "{}の割合", "share of {}", grade.name),
        Name::CompositeShare(composite) => return tr!(lang, "{}の割合", "share of {}", composite.name),
        Name::Since(Some(grade)) => return grade.name.to_string(),
        Name::LowerBound => ("下限 l", "lower bound l"),
        Name::UpperBound => ("上限 u", "upper bound u"),
        Name::Gap => ("差", "gap"),
        Name::Room => ("余裕", "room"),
        Name::Outside => ("外れの大きさ d", "how far outside, d"),
        Name::OutsideBefore => ("基準値の外れの大きさ d0", "how far outside the baseline was, d0"),
        Name::Ratio => ("対目標比", "to target"),
        Name::Improvement => ("改善率", "improvement"),
        Name::Expected(None) => ("見込まれる値 e（期限が来た目標値）", "expected by now, e (the target is due)"),
        Name::PaceRatio => ("ペース比", "pace"),
        Name::Change => ("前の年度からの増減", "change since the earlier year"),
        Name::ChangeIs => ("前の年度との比較", "against the earlier year"),
        Name::Verdict => ("判定", "verdict"),
        Name::ByHand => ("手動の判定", "verdict by hand"),
        Name::Left => ("残り", "left"),
        Name::Needed => ("1年あたりに必要な増減", "needed a year"),
        Name::Yearly => ("近年の1年あたりの増減 v", "recent change a year, v"),
        Name::Forecast => ("目標年度の見込み", "forecast for the target year"),
        Name::Entries => ("全体 N", "all, N"),
        Name::Unreported | Name::Since(None) => ("未報告 U", "unreported, U"),
        Name::Excluded => ("割合に数えない区分 X", "grades that do not count, X"),
        Name::Rated => ("評価済（割合の分母）R", "rated (the denominator), R"),
        Name::Moved => ("動いた項目", "entries that moved"),
        Name::Printed => ("公表された合計 N", "total as published, N"),
    };
    lang.pick(fixed.0, fixed.1).into()
}

/// The key that programs read.
pub fn key(name: Name<'_>) -> String {
    let fixed = match name {
        Name::Band(band) => return format!("band:{}", band.id),
        Name::Rule(verdict) => return format!("rule:{}", verdict.key()),
        Name::Count(grade, _) => return format!("count:{}", grade.id),
        Name::Share(grade) => return format!("share:{}", grade.id),
        Name::CompositeShare(composite) => return format!("share:{}", composite.id),
        Name::Since(Some(grade)) => return format!("change:{}", grade.id),
        Name::Since(None) => "change:unreported",
        Name::LowerBound => "lower_bound",
        Name::UpperBound => "upper_bound",
        Name::Gap => "gap",
        Name::Room => "room",
        Name::Outside => "outside",
        Name::OutsideBefore => "outside_at_baseline",
        Name::Ratio => "ratio_to_target",
        Name::Improvement => "improvement",
        Name::Expected(_) => "expected",
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
        Name::Rated => "rated",
        Name::Moved => "moved",
        Name::Printed => "published_total",
    };
    fixed.into()
}

/// A comparison with an earlier year.
pub fn against(is: Against, lang: Lang) -> &'static str {
    match is {
        Against::Better => lang.pick("改善", "better"),
        Against::Same => lang.pick("横ばい", "the same"),
        Against::NotWorse => lang.pick("改善か横ばい", "not worse"),
        Against::Worse => lang.pick("悪化", "worse"),
    }
}

/// What a symbol stands for.
pub fn meaning(symbol: &str, lang: Lang) -> &'static str {
    let (ja, en) = match symbol {
        "a" => ("実績値", "actual"),
        "b" => ("基準値", "baseline"),
        "t" => ("目標値", "target"),
        "e" => ("見込まれる値", "expected by now"),
        "c" => ("前の年度の実績値", "actual of the earlier year"),
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
        "z" => ("前の年度との比較（改善1、横ばい0、悪化－1）", "against the earlier year (better 1, same 0, worse -1)"),
        "d" => ("外れの大きさ", "how far outside"),
        "d0" => ("基準値の外れの大きさ", "how far outside at the baseline"),
        "N" => ("全体", "all"),
        "R" => ("評価済", "rated"),
        "U" | "U'" => ("未報告", "unreported"),
        "X" => ("割合に数えない区分", "not counted"),
        _ => ("件数", "count"),
    };
    lang.pick(ja, en)
}
