//! The words above columns of lists that cities have, and what each says of its column.

use crate::plan::period::{Parsed, Period};
use crate::text::fold::fold;

/// What a heading says of its column, its period apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A name of an entry.
    Level,
    /// A number.
    Number,
    /// 所管課.
    Owner,
    /// 局・部.
    Bureau,
    /// 概要.
    Summary,
    /// 備考.
    Note,
    /// A name of an indicator.
    Indicator,
    /// 単位.
    Unit,
    /// 向き.
    Kind,
    /// Whether values are targets or actuals.
    Aspect,
    /// 時期.
    Period,
    /// 基準値.
    Baseline,
    /// 目標値.
    Target,
    /// 実績値, or in words what was done.
    Actual,
    /// 進捗区分.
    Rating,
    /// 進捗率.
    Progress,
    /// 実績 in words.
    Done,
    /// 課題.
    Issue,
    /// 今後の対応.
    Next,
    /// A heading over several others that says nothing itself.
    Group,
}

/// Headings by what they mean; widths, spaces and what stands in brackets apart.
const WORDS: [(Meaning, &[&str]); 20] = [
    (
        Meaning::Level,
        &[
            "基本方針",
            "基本目標",
            "基本方向",
            "基本施策",
            "方針",
            "柱",
            "改革の柱",
            "視点",
            "改革の視点",
            "分野",
            "政策",
            "施策",
            "戦略",
            "大項目",
            "中項目",
            "小項目",
            "細項目",
            "重点項目",
            "重点施策",
            "重点分野",
            "推進項目",
            "推進施策",
            "改革項目",
            "取組項目",
            "取組事項",
            "実施項目",
            "個別項目",
            "取組",
            "取組名",
            "取組名称",
            "取組の名称",
            "取り組み",
            "取組み",
            "具体的取組",
            "具体的な取組",
            "具体的取組項目",
            "主な取組",
            "事業",
            "事業名",
            "事務事業",
            "事務事業名",
            "項目",
            "項目名",
            "名称",
            "名前",
            "件名",
            "プログラム",
            "アクション",
            "アクションプラン",
            "プロジェクト",
            "実施計画",
            "policy",
            "measure",
            "item",
            "name",
            "initiative",
        ],
    ),
    (
        Meaning::Number,
        &[
            "no",
            "no.",
            "№",
            "#",
            "番号",
            "項番",
            "通番",
            "連番",
            "通し番号",
            "整理番号",
            "項目番号",
            "取組番号",
            "事業番号",
            "管理番号",
            "施策番号",
            "番",
            "id",
            "コード",
            "順番",
            "number",
        ],
    ),
    (
        Meaning::Owner,
        &[
            "所管課",
            "所管",
            "所管部署",
            "所管所属",
            "所管課等",
            "担当課",
            "担当",
            "担当部署",
            "担当所属",
            "担当課等",
            "担当課名",
            "主管課",
            "主担当課",
            "主管",
            "課名",
            "所属",
            "部署",
            "部署名",
            "実施主体",
            "取組主体",
            "担当部課",
            "担当局課",
            "所管局課",
            "局課名",
            "部課名",
            "owner",
            "department",
        ],
    ),
    (
        Meaning::Bureau,
        &[
            "局",
            "部",
            "局名",
            "部名",
            "部局",
            "部局名",
            "担当局",
            "担当部",
            "所管局",
            "所管部",
            "担当部局",
            "所管部局",
            "bureau",
        ],
    ),
    (
        Meaning::Summary,
        &[
            "概要",
            "取組概要",
            "取組の概要",
            "取組内容",
            "取組の内容",
            "内容",
            "事業概要",
            "事業内容",
            "具体的内容",
            "具体的な内容",
            "目的",
            "説明",
            "summary",
        ],
    ),
    (Meaning::Note, &["備考", "備考欄", "注", "注記", "特記事項", "摘要", "note", "notes", "remarks"]),
    (
        Meaning::Indicator,
        &[
            "指標",
            "指標名",
            "検証指標",
            "成果指標",
            "評価指標",
            "目標指標",
            "活動指標",
            "数値指標",
            "指標名称",
            "指標の名称",
            "kpi",
            "kpi名",
            "検証指標名",
            "成果指標名",
            "管理指標",
            "効果指標",
            "indicator",
        ],
    ),
    (Meaning::Unit, &["単位", "unit"]),
    (Meaning::Kind, &["向き", "方向", "方向性", "望ましい方向", "kind"]),
    (Meaning::Aspect, &["目標実績", "目標/実績", "目標・実績", "値の区分", "計画実績", "計画/実績", "計画・実績"]),
    (Meaning::Period, &["時期", "期間", "対象期間", "年度", "報告年度", "時点", "対象年度", "period"]),
    (
        Meaning::Baseline,
        &[
            "基準値",
            "基準",
            "現状値",
            "現状",
            "当初値",
            "策定時",
            "策定時の値",
            "計画策定時",
            "計画当初",
            "基準年度",
            "基準年",
            "現況値",
            "現況",
            "baseline",
        ],
    ),
    (
        Meaning::Target,
        &[
            "目標値",
            "目標",
            "最終目標",
            "最終目標値",
            "計画値",
            "計画",
            "年度目標",
            "当年度目標",
            "目標年度",
            "目標年",
            "達成目標",
            "目標数値",
            "計画目標",
            "target",
        ],
    ),
    (Meaning::Actual, &["実績値", "実績", "実績数値", "結果", "年度実績", "最新値", "直近値", "actual"]),
    (
        Meaning::Rating,
        &[
            "進捗",
            "進捗状況",
            "進捗区分",
            "進捗評価",
            "評価",
            "自己評価",
            "達成状況",
            "達成度",
            "状況",
            "進捗度",
            "取組評価",
            "所管課評価",
            "進行状況",
            "進み具合",
            "rating",
            "status",
        ],
    ),
    (Meaning::Progress, &["進捗率", "progress"]),
    (
        Meaning::Done,
        &[
            "取組実績",
            "取組状況",
            "実施内容",
            "実施状況",
            "実績内容",
            "取組結果",
            "主な実績",
            "成果",
            "取組の成果",
            "実施結果",
            "取組の実績",
            "done",
        ],
    ),
    (Meaning::Issue, &["課題", "課題等", "問題点", "課題・問題点", "現状と課題", "issue"]),
    (
        Meaning::Next,
        &[
            "今後の対応",
            "今後の取組",
            "今後の方針",
            "今後の予定",
            "今後の取組方針",
            "今後の方向性",
            "今後の進め方",
            "対応",
            "対応策",
            "next",
        ],
    ),
    (
        Meaning::Group,
        &[
            "区分",
            "数値目標",
            "目標値等",
            "進捗管理",
            "年度別",
            "年度別目標",
            "年次計画",
            "年度計画",
            "計画期間",
            "体系",
            "施策体系",
            "取組体系",
            "計画体系",
            "指標等",
            "推移",
            "進捗報告",
            "基本情報",
        ],
    ),
];

/// A heading without widths, spaces and what stands in brackets.
pub fn plain(text: &str) -> String {
    let mut depth = 0;
    let open = |c: char| matches!(c, '(' | '[' | '【' | '〔' | '「');
    let close = |c: char| matches!(c, ')' | ']' | '】' | '〕' | '」');
    let kept = fold(text).to_lowercase().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let outside: String = kept
        .chars()
        .filter(|c| {
            depth += i32::from(open(*c));
            let keeps = depth == 0;
            depth -= i32::from(close(*c));
            keeps
        })
        .collect();
    // 【実績】 is a heading, too.
    match outside.is_empty() {
        true => kept.chars().filter(|c| !open(*c) && !close(*c)).collect(),
        false => outside.trim_matches(['/', '・', '、', ':', '*', '※']).to_owned(),
    }
}

/// What a heading means once its period is taken out of it; `names` are the levels of the plan.
pub fn meaning(text: &str, names: &[Box<str>]) -> Option<Meaning> {
    let word = plain(text);
    if names.iter().any(|name| plain(name) == word) {
        return Some(Meaning::Level);
    }
    let is = |known: &&str| plain(known) == word;
    WORDS.iter().find(|(_, words)| words.iter().any(&is)).map(|(meaning, _)| *meaning)
}

/// A heading parted into the period that it names and the rest of its words.
pub fn split_period(text: &str) -> (Option<Period>, String) {
    let folded = fold(text).into_owned();
    let chars: Vec<char> = folded.chars().take(60).collect();
    for start in 0..chars.len() {
        let begins = matches!(chars[start], '令' | '平' | '昭' | 'R' | 'H' | 'r' | 'h' | 'F' | '2');
        if !begins || start > 0 && chars[start - 1].is_ascii_alphanumeric() {
            continue;
        }
        for end in (start + 2..=chars.len()).rev() {
            let piece: String = chars[start..end].iter().collect();
            let Ok(Parsed { period, overrun: None }) = Period::parse(&piece) else { continue };
            let goes_on = chars.get(end).is_some_and(|next| next.is_ascii_digit() || *next == '.');
            if matches!(period, Period::Day(_)) || goes_on {
                continue;
            }
            let rest: String = chars[..start].iter().chain(&chars[end..]).collect();
            let rest = ["年度末", "年度", "末時点", "時点", "末", "度", "年"]
                .iter()
                .find_map(|word| rest.trim().strip_prefix(word))
                .unwrap_or(&rest)
                .trim_start_matches('の')
                .to_owned();
            return (Some(period), rest);
        }
    }
    (None, folded)
}

/// Whether a cell is a heading: a word that is known, a period, or both.
pub fn is_heading_word(text: &str, names: &[Box<str>]) -> bool {
    let (period, rest) = split_period(text);
    let rest = plain(&rest);
    meaning(&rest, names).is_some() || period.is_some() && rest.is_empty()
}

/// Whether the values of a row are targets or actuals, as a cell of the row says.
pub fn aspect(text: &str) -> Option<crate::plan::inquiry::Aspect> {
    use crate::plan::inquiry::Aspect;
    match meaning(text, &[])? {
        Meaning::Target => Some(Aspect::Target),
        Meaning::Actual => Some(Aspect::Actual),
        Meaning::Baseline => Some(Aspect::Baseline),
        _ => None,
    }
}
