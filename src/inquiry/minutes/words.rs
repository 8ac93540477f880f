//! The words in which tables of minutes say what an opinion is and what comes of it.

use crate::inquiry::grid::cell_key;
use crate::plan::opinion::{OpinionKind, ResponseState};

/// What a table says of what comes of an opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// This.
    Is(ResponseState),
    /// 未措置, 未回答: nothing yet.
    NotYet,
}

/// What auditors, departments and committees call the states besides their own names.
const STATES: [(ResponseState, &[&str]); 4] = [
    (
        ResponseState::Done,
        &[
            "措置済",
            "改善済",
            "是正済",
            "対応完了",
            "措置完了",
            "改善完了",
            "完了",
            "実施済",
            "解決済",
            "概ね改善済",
            "済",
            "処理済",
            "反映済",
        ],
    ),
    (
        ResponseState::Doing,
        &[
            "措置中",
            "改善中",
            "是正中",
            "実施中",
            "取組中",
            "一部措置済",
            "一部対応済",
            "一部改善済",
            "一部対応",
            "一部措置",
            "措置予定",
            "対応予定",
            "改善予定",
            "実施予定",
            "継続中",
            "継続",
            "改善が進んだ",
            "改善に向けて取り組んだ",
        ],
    ),
    (
        ResponseState::Considering,
        &["検討", "協議中", "調査中", "継続検討", "検討を継続", "措置検討中", "対応検討中", "検討を予定している"],
    ),
    (
        ResponseState::Declined,
        &["措置しない", "措置を講じない", "措置困難", "対応困難", "対応不可", "実施しない", "措置不要"],
    ),
];

/// What says that nothing has come of it yet.
const NOT_YET: [&str; 10] = [
    "未回答",
    "unanswered",
    "未措置",
    "未対応",
    "未改善",
    "未是正",
    "未着手",
    "未実施",
    "措置未済",
    "取り組んでいない",
];

/// What auditors call the kinds besides their own names.
const KINDS: [(OpinionKind, &[&str]); 4] = [
    (
        OpinionKind::Point,
        &[
            "指摘事項",
            "結果",
            "監査結果",
            "監査の結果",
            "勧告",
            "勧告事項",
            "注意",
            "注意事項",
            "改善事項",
            "是正事項",
            "指導",
            "指導事項",
        ],
    ),
    (OpinionKind::Opinion, &["監査意見", "御意見", "ご意見", "提言", "検討事項", "助言"]),
    (OpinionKind::Request, &["要望事項", "要請", "意見・要望"]),
    (OpinionKind::Question, &["質疑", "質問事項"]),
];

/// The words as they are compared: 措置済み is 措置済.
fn key(text: &str) -> String {
    cell_key(text).to_lowercase().replace("済み", "済")
}

/// The one that a text names, by its own name or as others call it.
fn named<T: Copy>(text: &str, own: &[(&str, T)], called: &[(T, &[&str])], name: fn(T) -> [String; 2]) -> Option<T> {
    let text = key(text);
    let is_own = |(word, one): &&(&str, T)| *word == text || name(*one).iter().any(|name| key(name) == text);
    let others = || called.iter().find(|(_, words)| words.iter().any(|word| key(word) == text)).map(|(one, _)| *one);
    own.iter().find(is_own).map(|(_, one)| *one).or_else(others)
}

/// What comes of an opinion, as a table says it.
pub fn outcome(text: &str) -> Option<Outcome> {
    let name = |state: ResponseState| [state.say().ja, state.say().en];
    let is = named(text, &ResponseState::ALL, &STATES, name).map(Outcome::Is);
    is.or_else(|| NOT_YET.iter().any(|word| key(word) == key(text)).then_some(Outcome::NotYet))
}

/// What an opinion is, as a table says it.
pub fn kind(text: &str) -> Option<OpinionKind> {
    named(text, &OpinionKind::ALL, &KINDS, |kind| [kind.say().ja, kind.say().en])
}

/// What comes of an opinion where the answer begins with it, in brackets or on a line of its own; and what is behind it.
pub fn leading(answer: &str) -> Option<(Outcome, &str)> {
    const BRACKETS: [(char, char); 5] = [('【', '】'), ('［', '］'), ('[', ']'), ('（', '）'), ('(', ')')];
    let text = answer.trim();
    let bracketed = BRACKETS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.split_once(*close));
    let (word, rest) = bracketed.or_else(|| text.split_once('\n'))?;
    let rest = rest.trim();
    outcome(word).filter(|_| !rest.is_empty()).map(|outcome| (outcome, rest))
}

/// Whether the only words of a row are about the table: ※ 令和8年3月31日現在, （注）, 【総務局】.
pub fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let is_title = [('【', '】'), ('［', '］'), ('〔', '〕')];
    let is_title = is_title.iter().any(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    let marked = ["※", "（注", "(注", "注）", "注)", "注：", "注:", "備考：", "備考:"];
    is_title || marked.iter().any(|mark| text.starts_with(mark))
}

/// Whether a cell only says that nothing is there.
pub fn is_dash(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '－' | '―' | 'ー' | '—' | '–' | '‐' | '−'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_kinds_as_auditors_print_them() {
        for (text, state) in [
            ("措置済", ResponseState::Done),
            ("措置済み", ResponseState::Done),
            ("対応済", ResponseState::Done),
            ("措 置 中", ResponseState::Doing),
            ("検討中", ResponseState::Considering),
            ("対応しない", ResponseState::Declined),
            ("done", ResponseState::Done),
        ] {
            assert_eq!(outcome(text), Some(Outcome::Is(state)), "{text}");
        }
        assert_eq!(outcome("未措置"), Some(Outcome::NotYet));
        assert_eq!(outcome("規程を改めた。"), None);
        assert_eq!(kind("指摘事項"), Some(OpinionKind::Point));
        assert_eq!(kind("意見"), Some(OpinionKind::Opinion));
        assert_eq!(leading("【措置済】規程を改めた。"), Some((Outcome::Is(ResponseState::Done), "規程を改めた。")));
        assert_eq!(
            leading("検討中\n来年度に決める。"),
            Some((Outcome::Is(ResponseState::Considering), "来年度に決める。"))
        );
        assert_eq!(leading("規程を改めた。\n検討中"), None);
        for remark in ["※ 令和8年3月31日現在", "（注1）軽易なものを除く。", "注：件数は延べ", "【総務局】"]
        {
            assert!(is_remark(remark), "{remark}");
        }
        for opinion in ["注意喚起が足りない。", "備考欄を広げること。", "【至急】窓口を広げること。"]
        {
            assert!(!is_remark(opinion), "{opinion}");
        }
    }
}
