//! What the columns of a table of minutes are called, by committees, assemblies and auditors.

use crate::inquiry::grid::cell_key;
use crate::plan::opinion::OpinionKind;

/// What a column of minutes holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum MinutesColumn {
    Number,
    Who,
    Person,
    Kind,
    Opinion,
    Summary,
    About,
    Owner,
    Due,
    Count,
    Like,
    State,
    Answer,
    /// 措置状況: states in one table, what was done in another; its cells say which.
    Outcome,
    Reason,
    Promise,
    Until,
    Answered,
    AnsweredBy,
}

use MinutesColumn as C;

/// What the columns are called, the first word being the one that a person is told.
pub const HEADINGS: [(C, &[&str]); 19] = [
    (C::Number, &["番号", "意見番号", "指摘番号", "項番", "通番", "整理番号", "№", "No.", "No", "Number"]),
    (C::Who, &["発言者", "委員", "意見提出者", "立場", "Said by", "Who"]),
    (C::Person, &["氏名", "Name"]),
    (
        C::Kind,
        &[
            "種類",
            "区分",
            "種別",
            "指摘・意見の別",
            "指摘・意見",
            "指摘、意見の別",
            "結果・意見の別",
            "指摘区分",
            "結果区分",
            "監査結果の区分",
            "Kind",
        ],
    ),
    (
        C::Opinion,
        &[
            "意見の内容",
            "内容",
            "意見",
            "意見等",
            "意見内容",
            "発言内容",
            "質問・意見",
            "委員意見",
            "御意見",
            "ご意見",
            "指摘事項",
            "指摘事項等",
            "指摘事項の内容",
            "指摘",
            "指摘の内容",
            "指摘内容",
            "指摘・意見の内容",
            "指摘事項及び意見",
            "指摘事項・意見",
            "監査の結果",
            "監査結果",
            "監査の結果の内容",
            "監査結果の内容",
            "監査の結果（指摘事項）",
            "監査の結果及び意見",
            "監査意見",
            "監査の指摘",
            "要望事項",
            "改善を要する事項",
            "What was said",
            "Opinion",
        ],
    ),
    (
        C::Summary,
        &[
            "意見の概要",
            "概要",
            "意見概要",
            "指摘の概要",
            "指摘事項の概要",
            "監査結果の概要",
            "監査の結果の概要",
            "Opinion in short",
            "Summary",
        ],
    ),
    (C::About, &["項目・指標", "項目", "指標", "取組項目", "項目番号", "該当項目", "Entry, indicator", "About"]),
    (
        C::Owner,
        &[
            "所管課",
            "担当課",
            "回答課",
            "所管",
            "担当",
            "所属",
            "所属名",
            "担当所属",
            "所管所属",
            "所管部署",
            "担当部署",
            "関係課",
            "対象課",
            "Owner",
        ],
    ),
    (C::Due, &["回答の期限", "期限", "回答期限", "Answer due", "Deadline"]),
    (C::Count, &["件数", "意見の件数", "人数", "Count"]),
    (C::Like, &["まとめる先", "類似", "Grouped with"]),
    (C::State, &["状態", "措置区分", "措置の区分", "対応区分", "対応の区分", "措置の有無", "State"]),
    (
        C::Answer,
        &[
            "対応の内容",
            "対応",
            "対応内容",
            "回答",
            "回答の内容",
            "市の考え方",
            "措置",
            "措置内容",
            "措置の内容",
            "措置等の内容",
            "措置の概要",
            "講じた措置",
            "講じた措置の内容",
            "講じた措置等",
            "改善内容",
            "改善の内容",
            "改善措置",
            "是正内容",
            "Response",
            "Answer",
            "What the city says",
        ],
    ),
    (
        C::Outcome,
        &[
            "対応状況",
            "状況",
            "担当課対応状況",
            "対応の状況",
            "措置状況",
            "措置の状況",
            "措置等の状況",
            "改善状況",
            "改善の状況",
            "改善措置の状況",
            "進捗状況",
        ],
    ),
    (C::Reason, &["対応しない理由", "措置しない理由", "理由", "Reason"]),
    (C::Promise, &["約束", "約束したこと", "Promise"]),
    (C::Until, &["約束の期限", "いつまでに", "対応時期", "措置予定時期", "改善予定時期", "対応予定時期", "Until"]),
    (C::Answered, &["回答日", "対応日", "措置日", "措置年月日", "措置を講じた日", "改善年月日", "Answered"]),
    (C::AnsweredBy, &["回答者", "Answered by"]),
];

/// What a column of this heading holds.
pub fn column_of(heading: &str) -> Option<C> {
    let key = cell_key(heading).to_lowercase();
    let is_called = |words: &[&str]| words.iter().any(|word| cell_key(word).to_lowercase() == key);
    HEADINGS.iter().find(|(_, words)| is_called(words)).map(|(column, _)| *column)
}

/// What stands below the heading of what was said, where it has a second row.
const OF_OPINION: [(C, &[&str]); 3] = [
    (C::Kind, &["区分", "種別", "別", "指摘・意見の別"]),
    (C::Opinion, &["内容", "事項", "指摘事項", "指摘内容", "指摘の内容"]),
    (C::Summary, &["概要", "項目及び概要"]),
];

/// What stands below the heading of what was done, where it has a second row.
const OF_ANSWER: [(C, &[&str]); 4] = [
    (C::State, &["区分", "状況", "状態", "別", "措置状況", "措置区分"]),
    (C::Answer, &["内容", "概要", "措置内容", "措置の内容", "対応内容", "講じた措置"]),
    (C::Until, &["時期", "予定時期", "措置予定時期", "完了予定時期"]),
    (C::Answered, &["日", "年月日", "措置日", "措置年月日"]),
];

/// What a column holds whose heading has a second row: 監査の結果 over 区分 and 内容, 措置の状況 over 区分, 内容 and 年月日.
pub fn column_below(above: &str, heading: &str) -> Option<C> {
    let below: &[(C, &[&str])] = match column_of(above) {
        Some(C::Outcome | C::Answer | C::State) => &OF_ANSWER,
        Some(C::Opinion | C::Summary) => &OF_OPINION,
        _ => &[],
    };
    let key = cell_key(heading);
    let named =
        below.iter().find(|(_, words)| words.iter().any(|word| cell_key(word) == key)).map(|(column, _)| *column);
    named.or_else(|| column_of(&format!("{above}{heading}"))).or_else(|| column_of(heading))
}

/// What the heading of the opinions says that all of them are; `None` where it names two kinds, or none.
pub fn kind_of(heading: &str) -> Option<OpinionKind> {
    let key = cell_key(heading);
    if key.contains("監査意見") {
        return Some(OpinionKind::Opinion);
    }
    let words = [("指摘", OpinionKind::Point), ("要望", OpinionKind::Request), ("質問", OpinionKind::Question)];
    let mut said = words.into_iter().filter(|(word, _)| key.contains(word)).map(|(_, kind)| kind);
    let first = said.next().filter(|_| !key.contains("意見"))?;
    said.next().is_none().then_some(first)
}
