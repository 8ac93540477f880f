//! 報告書の様式: how an office lays out what it hands to a committee, and what it answered when it was asked.

mod presets;

use chrono::NaiveDate;

use super::Subject;
use super::id::Id;
use super::period::Period;
use super::source::Origin;
pub use presets::presets;

/// How one paper is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What `--for` names.
    pub id: Id,
    /// The heading of the whole, with `{plan}`, `{city}` and `{period}` to be filled in; the program's own where there is
    /// none.
    pub title: Option<Box<str>>,
    /// To whom it is addressed.
    pub addressee: Option<Box<str>>,
    /// Under which numbers and on which days it went out, by period.
    pub issues: Vec<Issue>,
    /// On which scale it rates, by place.
    pub scale: usize,
    /// By whose ratings, by place.
    pub evaluator: usize,
    /// Digits behind the point of percentages; the plan's own where there are none.
    pub digits: Option<u32>,
    /// What stands for minus; that of the language where there is none.
    pub minus: Option<Minus>,
    /// What it tells, in this order.
    pub sections: Vec<PaperSection>,
}

/// 文書番号と日付: under which number and on which day the paper of a period went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The paper of which period.
    pub period: Period,
    /// 文書番号.
    pub number: Option<Box<str>>,
    /// The day.
    pub date: Option<NaiveDate>,
}

/// One part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperSection {
    /// What it tells.
    pub topic: Topic,
    /// Its heading; the program's own where there is none.
    pub heading: Option<Box<str>>,
    /// The columns of its table.
    pub columns: Vec<PaperColumn>,
    /// How many levels of the outline it tells, from the top; all above the counted one where it says nothing.
    pub depth: Option<usize>,
    /// By what else than the outline it counts: `owner`, `bureau`, or a key of `group` of the entries.
    pub by: Option<Box<str>>,
    /// What stands side by side: scales and evaluators, by place; all of the plan where it says nothing.
    pub beside: Vec<(usize, usize)>,
}

/// What stands for minus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Minus {
    BlackTriangle,
    WhiteTriangle,
    FullWidth,
    Hyphen,
}

impl Minus {
    /// Every sign, as it is written in a file and in a paper.
    pub const ALL: [(&str, Self); 4] =
        [("▲", Self::BlackTriangle), ("△", Self::WhiteTriangle), ("－", Self::FullWidth), ("-", Self::Hyphen)];

    /// The sign.
    pub fn sign(self) -> &'static str {
        Self::ALL.iter().find(|(_, minus)| *minus == self).map_or("-", |(sign, _)| sign)
    }
}

/// What a part of a paper tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// 概要: one page that is read first.
    Front,
    /// 全体の状況: everything in a few sentences and one table.
    Summary,
    /// 動き: what became better and what worse.
    Flows,
    /// 基本方針・施策ごとの集計.
    Policies,
    /// 評価の対比: several scales, or several evaluators, side by side.
    Beside,
    /// 判断を要する事項.
    Decisions,
    /// 対応を要する項目.
    Attention,
    /// 検証指標.
    Indicators,
    /// 判定ごとの件数: by heading and by entry.
    Verdicts,
    /// 効果額と合計.
    Sums,
    /// 検証指標の図.
    Charts,
    /// 計画の変更.
    Changes,
    /// 次の期間の予定.
    Roadmap,
    /// 期限を過ぎた報告など.
    Overdue,
    /// すべての項目.
    Items,
    /// 注.
    Notes,
}

impl Topic {
    /// Every topic under its key.
    pub const ALL: [(&str, Self); 16] = [
        ("front", Self::Front),
        ("summary", Self::Summary),
        ("flows", Self::Flows),
        ("policies", Self::Policies),
        ("beside", Self::Beside),
        ("decisions", Self::Decisions),
        ("attention", Self::Attention),
        ("indicators", Self::Indicators),
        ("verdicts", Self::Verdicts),
        ("sums", Self::Sums),
        ("charts", Self::Charts),
        ("changes", Self::Changes),
        ("roadmap", Self::Roadmap),
        ("overdue", Self::Overdue),
        ("items", Self::Items),
        ("notes", Self::Notes),
    ];

    /// Its key.
    pub fn key(self) -> Option<Box<str>> {
        Self::ALL.iter().find(|(_, topic)| *topic == self).map(|(key, _)| (*key).into())
    }

    /// The columns that a table of it can have, in their usual order; none for what is no table of that kind.
    pub fn columns(self) -> &'static [PaperColumn] {
        use PaperColumn as C;
        match self {
            Self::Policies => {
                &[C::Id, C::Name, C::Entries, C::Rated, C::Grades, C::Composites, C::Unreported, C::Change]
            }
            Self::Attention => {
                &[C::Id, C::Name, C::Owner, C::Rating, C::Before, C::Progress, C::Done, C::Issue, C::Next]
            }
            Self::Items => {
                &[C::Id, C::Name, C::Owner, C::Rating, C::Before, C::Progress, C::Period, C::Done, C::Issue, C::Next]
            }
            Self::Indicators => &[
                C::Name,
                C::Owner,
                C::Baseline,
                C::Actual,
                C::PeriodTarget,
                C::Target,
                C::Gap,
                C::ToPeriodTarget,
                C::ToTarget,
                C::ToFinalTarget,
                C::ActualByTarget,
                C::Improvement,
                C::Pace,
                C::Change,
                C::Verdict,
                C::Before,
                C::Method,
            ],
            _ => &[],
        }
    }
}

/// A column of a table in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperColumn {
    /// 番号.
    Id,
    /// 名称.
    Name,
    /// 所管課.
    Owner,
    /// 件数.
    Entries,
    /// 評価済.
    Rated,
    /// One column a grade.
    Grades,
    /// One column a composite.
    Composites,
    /// 未報告.
    Unreported,
    /// 前回比、前年から.
    Change,
    /// 進捗区分.
    Rating,
    /// 前回の区分、前回の判定.
    Before,
    /// 進捗率.
    Progress,
    /// 時点.
    Period,
    /// 実績.
    Done,
    /// 課題.
    Issue,
    /// 今後の対応.
    Next,
    /// 基準値.
    Baseline,
    /// 実績値.
    Actual,
    /// 当年度目標.
    PeriodTarget,
    /// 目標値.
    Target,
    /// 差・余裕.
    Gap,
    /// 対当年度目標比.
    ToPeriodTarget,
    /// 対目標比.
    ToTarget,
    /// 対最終目標比.
    ToFinalTarget,
    /// 実績値÷目標値, whatever is better.
    ActualByTarget,
    /// 改善率.
    Improvement,
    /// ペース比.
    Pace,
    /// 判定.
    Verdict,
    /// 判定の方法.
    Method,
}

impl PaperColumn {
    /// Every column under its key.
    pub const ALL: [(&str, Self); 29] = [
        ("id", Self::Id),
        ("name", Self::Name),
        ("owner", Self::Owner),
        ("entries", Self::Entries),
        ("rated", Self::Rated),
        ("grades", Self::Grades),
        ("composites", Self::Composites),
        ("unreported", Self::Unreported),
        ("change", Self::Change),
        ("rating", Self::Rating),
        ("before", Self::Before),
        ("progress", Self::Progress),
        ("period", Self::Period),
        ("done", Self::Done),
        ("issue", Self::Issue),
        ("next", Self::Next),
        ("baseline", Self::Baseline),
        ("actual", Self::Actual),
        ("period-target", Self::PeriodTarget),
        ("target", Self::Target),
        ("gap", Self::Gap),
        ("to-period-target", Self::ToPeriodTarget),
        ("to-target", Self::ToTarget),
        ("to-final-target", Self::ToFinalTarget),
        ("actual-by-target", Self::ActualByTarget),
        ("improvement", Self::Improvement),
        ("pace", Self::Pace),
        ("verdict", Self::Verdict),
        ("method", Self::Method),
    ];

    /// The key in files.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(_, column)| *column == self).map_or("", |(key, _)| key)
    }
}

/// 答弁: what was answered when a council member asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// About which entry or indicator.
    pub about: Subject,
    /// In which period it was asked.
    pub period: Period,
    /// On which day it was given.
    pub recorded: Option<NaiveDate>,
    /// What was asked.
    pub question: Option<Box<str>>,
    /// What was answered.
    pub answer: Box<str>,
    /// Who answered.
    pub by: Option<Box<str>>,
    /// 答弁案: prepared for when it is asked, and not given yet.
    pub draft: bool,
    /// Where it was read.
    pub origin: Origin,
}
