//! The words of the field, each once in both languages: what columns, fields and headings are called.
//!
//! `docs/STYLE.md` holds the whole table, with the type and the key of each.

use crate::lang::{Lang, Say};

/// A word of the field in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// 日本語.
    pub ja: &'static str,
    /// English, as it stands in a sentence.
    pub en: &'static str,
    /// English, as it stands above a column.
    pub title: &'static str,
}

impl Term {
    /// The head of a column or a field in `lang`.
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.title)
    }

    /// The word in a sentence in `lang`.
    pub fn word(&self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }

    /// The head in both languages.
    pub const fn titles(&self) -> (&'static str, &'static str) {
        (self.ja, self.title)
    }

    /// The word in both languages.
    pub const fn words(&self) -> (&'static str, &'static str) {
        (self.ja, self.en)
    }

    /// The word as a message.
    pub fn say(&self) -> Say {
        Say { ja: self.ja.into(), en: self.en.into() }
    }

    /// The head as a message.
    pub fn say_title(&self) -> Say {
        Say { ja: self.ja.into(), en: self.title.into() }
    }
}

/// The bytes of a title with its first letter small, unless it begins an abbreviation (ID).
const fn lower<const N: usize>(title: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut at = 0;
    while at < N {
        bytes[at] = title.as_bytes()[at];
        at += 1;
    }
    if N > 1 && !bytes[1].is_ascii_uppercase() {
        bytes[0] = bytes[0].to_ascii_lowercase();
    }
    bytes
}

macro_rules! terms {
    ($($name:ident: $ja:literal, $title:literal;)*) => {
        $(
            #[doc = $ja]
            pub const $name: Term = {
                const LOWER: [u8; $title.len()] = lower($title);
                let en = match str::from_utf8(&LOWER) {
                    Ok(en) => en,
                    Err(_) => $title,
                };
                Term { ja: $ja, en, title: $title }
            };
        )*

        /// Every term, in the order of the table of `docs/STYLE.md`.
        pub const ALL: &[Term] = &[$($name),*];
    };
}

terms! {
    WHOLE_PLAN: "計画全体", "Whole plan";
    OUTLINE: "構成", "Outline";
    LEVEL: "階層", "Level";
    THEME: "主題", "Theme";
    ENTRY: "項目", "Entry";
    ID: "番号", "ID";
    NAME: "名称", "Name";
    ADDED: "追加", "Added";
    DROPPED: "廃止", "Dropped";
    FORMER_ID: "旧番号", "Former ID";
    INITIATIVE: "取組内容", "Initiative";
    MILESTONE: "節目", "Milestone";
    REACHED: "到達", "Reached";
    MISSED: "未到達", "Missed";
    PLANNED: "予定", "Planned";
    FIGURE: "参考となる数値", "Figure";
    OWNER: "所管課", "Owner";
    NOTE: "注", "Note";
    FISCAL_YEAR: "年度", "Fiscal year";
    HALF_YEAR: "半期", "Half-year";
    QUARTER: "四半期", "Quarter";
    MONTH: "月", "Month";
    PERIOD: "期間", "Period";
    REPORT_PERIOD: "時点", "Period";
    REVISION: "版", "Revision";
    DEADLINE: "期限", "Deadline";
    PROGRESS: "進捗率", "Progress";
    STATE_OF_PROGRESS: "進捗状況", "Progress";
    DONE: "実績", "Done";
    ISSUE: "課題", "Issue";
    NEXT: "今後の対応", "Next";
    PERIOD_COVERED: "対象期間", "Period";
    RECORDED: "記録日", "Recorded";
    RECORDED_BY: "記録者", "Recorded by";
    RATING: "進捗区分", "Rating";
    EVALUATOR: "評価者", "Evaluator";
    INDICATOR: "検証指標", "Indicator";
    INDICATOR_SHORT: "指標", "Indicator";
    KIND: "向き", "Kind";
    HEADING: "見出し", "Heading";
    STEP: "段階", "Step";
    SNAPSHOT: "時点の値", "On a day";
    YEARLY: "単年度の値", "Within a year";
    CUMULATIVE: "累計", "Cumulative";
    UNIT: "単位", "Unit";
    BASELINE: "基準値", "Baseline";
    TARGET: "目標値", "Target";
    ACTUAL: "実績値", "Actual";
    PROVISIONAL: "速報", "Provisional";
    REASON: "理由", "Reason";
    EFFECT: "効果", "Effect";
    ONE_YEAR: "単年度効果", "One-year";
    CONTINUING: "継続効果", "Continuing";
    FORECAST: "見込", "Forecast";
    ACTUAL_AMOUNT: "実績", "Actual";
    PLANNED_AMOUNT: "計画", "Planned";
    VALUE: "値", "Value";
    CERTAINTY: "確かさ", "Certainty";
    STATED: "記載", "Stated";
    INFERRED: "推定", "Inferred";
    UNCONFIRMED: "要確認", "Unconfirmed";
    SOURCE: "資料", "Source";
    VERDICT: "判定", "Verdict";
    MET: "達成", "Met";
    ON_PACE: "順調", "On pace";
    BEHIND: "遅れ", "Behind";
    WORSENED: "後退", "Worsened";
    UNDETERMINED: "判定不能", "Undetermined";
    GAP_TO_TARGET: "目標との差", "Gap to target";
    GAP: "差", "Gap";
    SHORT: "不足", "Short";
    OVER: "超過", "Over";
    ROOM: "余裕", "Room";
    PERIOD_TARGET: "当年度目標", "Target of the period";
    FINAL_TARGET: "最終目標", "Final target";
    TO_PERIOD_TARGET: "対当年度目標比", "To the period's target";
    TO_FINAL_TARGET: "対最終目標比", "To the final target";
    ACTUAL_BY_TARGET: "実績÷目標", "Actual ÷ target";
    TO_TARGET: "対目標比", "To target";
    IMPROVEMENT: "改善率", "Improvement";
    PACE: "ペース比", "Pace";
    EXPECTED: "見込まれる値", "Expected by now";
    FLAT: "横ばい", "Flat";
    BETTER: "改善", "Better";
    WORSE: "悪化", "Worse";
    OUTLOOK: "見通し", "Outlook";
    COUNT: "件数", "Count";
    RATED: "評価済", "Rated";
    UNREPORTED: "未報告", "Unreported";
    RESTING: "今期対象外", "Not rated this period";
    AHEAD: "開始前", "Not yet due";
    RECORD: "記録", "Record";
    FIELD: "項目", "Field";
    NEW: "新", "New";
    OLD: "旧", "Old";
    QUESTION: "設問", "Question";
    ANSWER: "回答", "Answer";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_in_a_sentence_begins_small() {
        assert_eq!((OWNER.title, OWNER.en), ("Owner", "owner"));
        assert_eq!((ID.title, ID.en), ("ID", "ID"));
        assert_eq!(RECORDED_BY.word(Lang::En), "recorded by");
        assert_eq!(ON_PACE.title(Lang::Ja), "順調");
    }
}
