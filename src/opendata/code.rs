//! The lists of codes that tables use, beside those that are the plan's own (scales, grades, evaluators, bands).

use super::field::Both;

/// A code of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The list.
    pub list: &'static str,
    /// The code.
    pub code: &'static str,
    /// What it is called.
    pub name: Both,
}

macro_rules! codes {
    ($($list:literal: $(($code:literal, $ja:literal, $en:literal)),* $(,)?;)*) => {
        &[$($(Code { list: $list, code: $code, name: ($ja, $en) }),*),*]
    };
}

/// Every code of this program.
pub const CODE_LISTS: &[Code] = codes! {
    "period_type":
        ("years", "複数年度", "several fiscal years"), ("year", "年度", "fiscal year"), ("half", "半期", "half-year"),
        ("quarter", "四半期", "quarter"), ("month", "月", "month"), ("day", "日", "day");
    "subject_type":
        ("plan", "計画", "plan"), ("entry", "項目", "entry"), ("indicator", "検証指標", "indicator");
    "counted":
        ("yes", "数える", "counted"), ("no", "数えない", "not counted");
    "in_plan":
        ("yes", "計画にある", "in the plan"), ("no", "計画にない", "not in the plan");
    "series_break":
        ("yes", "数え方が変わった", "what is counted changed"), ("no", "変わらない", "as before");
    "direction":
        ("heading", "見出し", "heading"), ("up", "増やす", "more is better"), ("down", "減らす", "less is better"),
        ("at-least", "下限", "floor"), ("at-most", "上限", "ceiling"), ("maintain", "維持", "to be kept"),
        ("range", "範囲", "range"), ("milestone", "段階", "steps");
    "series":
        ("unstated", "記載なし", "not stated"), ("snapshot", "時点の値", "on a day"), ("yearly", "単年度の値", "within a year"),
        ("cumulative", "累計", "cumulative"), ("unconfirmed", "要確認", "unconfirmed");
    "effect":
        ("none", "効果額でない", "no effect"), ("one-year", "単年度効果", "one-year"), ("continuing", "継続効果", "continuing");
    "figure":
        ("baseline", "基準値", "baseline"), ("target", "目標値", "target"), ("former-target", "見直し前の目標値", "target before it was revised"),
        ("forecast", "見込", "forecast"), ("actual", "実績値", "actual");
    "value_part":
        ("whole", "値そのもの", "the value"), ("lower", "範囲の下限", "lower bound of a range"), ("upper", "範囲の上限", "upper bound of a range"),
        ("step", "段階の順番", "place of a step"), ("candidate", "要確認の候補", "one of several candidates");
    "value_status":
        ("present", "値あり", "there is a value"), ("words", "数値でない目標", "a target in words"),
        ("not-surveyed", "未調査", "not surveyed"), ("not-published", "未公表", "not published"),
        ("not-applicable", "対象外", "not applicable"), ("not-set", "定めなし", "none set"),
        ("withdrawn", "取下げ", "withdrawn"), ("unconfirmed", "要確認", "unconfirmed"),
        ("not-meaningful", "計算できない", "not meaningful");
    "bound":
        ("none", "なし", "none"), ("at-least", "以上", "or more"), ("above", "超", "more than"), ("at-most", "以下", "or less"), ("below", "未満", "less than");
    "settled":
        ("confirmed", "確定", "confirmed"), ("provisional", "速報", "provisional");
    "certainty":
        ("stated", "記載", "stated"), ("inferred", "推定", "inferred"), ("unconfirmed", "要確認", "unconfirmed");
    "standing":
        ("rated", "評価済", "rated"), ("unreported", "未報告", "unreported"),
        ("resting", "今期対象外", "not rated this period"), ("ahead", "開始前", "not yet due");
    "count_figure":
        ("count", "件数", "count"), ("share", "割合", "share");
    "result_figure":
        ("gap", "目標との差", "gap to target"), ("room", "余裕", "room"),
        ("ratio-to-target", "対目標比", "to target"),
        ("ratio-to-period-target", "対当年度目標比", "to the period's target"),
        ("ratio-to-final-target", "対最終目標比", "to the final target"),
        ("actual-by-target", "実績÷目標", "actual ÷ target"),
        ("improvement", "改善率", "improvement"), ("pace", "ペース比", "pace"), ("expected", "見込まれる値", "expected by now");
    "judged_against":
        ("period-target", "当年度目標", "target of the period"), ("final-target", "最終目標", "final target"), ("none", "目標なし", "no target");
    "verdict":
        ("met", "達成", "met"), ("on-pace", "順調", "on pace"), ("behind", "遅れ", "behind"), ("worsened", "後退", "worsened"),
        ("undetermined", "判定不能", "undetermined");
    "verdict_by":
        ("rule", "計算による判定", "by the rule"), ("hand", "所管課の判断", "by hand");
    "text_kind":
        ("done", "実績", "done"), ("issue", "課題", "issue"), ("next", "今後の対応", "next");
    "event":
        ("closed", "期間の確定", "period closed"), ("corrected", "公表後の訂正", "correction"), ("layout", "項目の構成の変更", "layout changed");
};

/// The name of a code.
pub fn name_of(list: &str, code: &str) -> Option<Both> {
    CODE_LISTS.iter().find(|known| known.list == list && known.code == code).map(|known| known.name)
}
