//! What can change about a part of the plan: its key in the files, its name, and how much it matters.

use super::fact::Subject;
use crate::lang::Lang;

macro_rules! topics {
    ($($(#[$doc:meta])* $name:ident $key:literal $ja:literal $en:literal),* $(,)?) => {
        /// What a change is about, the most important first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Topic { $($(#[$doc])* $name),* }

        impl Topic {
            /// All of them, in order of importance.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable word.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// What it is called.
            pub fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($ja, $en)),* }
            }
        }
    };
}

topics! {
    /// 目標値、基準値 and how they are judged.
    Targets "targets" "目標値・基準値" "targets and baselines",
    /// What the plan consists of.
    Structure "structure" "構成" "structure",
    /// When things begin, are due and end.
    Deadlines "deadlines" "期限・期間" "deadlines",
    /// 所管課.
    Owners "owners" "所管課" "owners",
    /// 進捗区分, 実績値: what was recorded.
    Ratings "ratings" "評価・実績" "ratings and values",
    /// Texts, documents, remarks.
    Wording "wording" "文言・資料" "wording",
    /// Comments, order and notation: what only the files know of.
    Files "files" "ファイルの書き方" "files",
}

macro_rules! fields {
    ($($name:ident $key:literal $ja:literal $en:literal $topic:ident),* $(,)?) => {
        /// One thing that the plan says about a part of it, by its key in the files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is named by its key")]
        pub enum Field { $($name),* }

        impl Field {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its key in the files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// What it is called.
            pub fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($ja, $en)),* }
            }

            /// How much a change of it matters, wherever it stands.
            const fn usual(self) -> Topic {
                match self { $(Self::$name => Topic::$topic),* }
            }
        }
    };
}

fields! {
    Target "target" "目標値" "target" Targets,
    Baseline "baseline" "基準値" "baseline" Targets,
    Unit "unit" "単位" "unit" Targets,
    Kind "kind" "向き" "kind" Targets,
    Tolerance "tolerance" "許容幅" "tolerance" Targets,
    Road "steps" "工程" "step of the year" Deadlines,
    Step "step" "工程" "step" Ratings,
    Corrects "corrects" "訂正する記録" "corrects the record" Ratings,
    Withdrawn "withdrawn" "取下げ" "withdrawn" Ratings,
    Reached "reached" "達した節目" "milestone reached" Ratings,
    Steps "steps" "段階" "steps" Targets,
    Series "series" "値の種類" "series" Targets,
    Judge "judge" "判定区分の組" "bands that judge" Targets,
    Against "against" "判定に用いる目標" "target that judges" Targets,
    ActualByTarget "actual-by-target" "実績÷目標の表示" "actual ÷ target shown" Wording,
    Strict "strict" "未満・超" "strict" Targets,
    Bands "bands" "判定区分" "bands" Targets,
    By "by" "記録者" "recorded by" Ratings,
    Rate "by" "判定に使う率" "rate that judges" Targets,
    Pace "pace" "見込みの置き方" "pace" Targets,
    Rule "verdict" "判定の条件" "rule of the band" Targets,
    WithoutRate "without-rate" "率のない指標の判定" "verdicts without a rate" Targets,
    Forecast "forecast" "見込額" "forecast" Targets,
    Effect "effect" "効果の続き方" "kind of effect" Targets,
    Revised "revised" "目標値の見直し" "revised targets" Targets,
    Sum "sum" "合計" "sum" Targets,
    SumOf "of" "合計するもの" "what is summed up" Targets,
    SummedBy "by" "合計の種類" "kind of sum" Targets,
    Points "points" "点数" "points" Targets,
    Weights "weights" "重み" "weights" Targets,
    Over "over" "額の範囲" "over which years" Ratings,
    Name "name" "名称" "name" Structure,
    Parent "parent" "上位の項目" "entry above" Structure,
    Levels "levels" "階層" "levels" Structure,
    Count "count" "数える階層" "counted level" Structure,
    Expect "expect" "項目の数" "expected counts" Structure,
    Added "added" "追加の時期" "added" Structure,
    Dropped "dropped" "廃止の時期" "dropped" Structure,
    Formerly "formerly" "旧番号" "former IDs" Structure,
    Rated "rated" "評価する期間" "periods rated" Structure,
    Denominator "denominator" "割合の分母" "denominator" Structure,
    Group "group" "分け方" "group" Structure,
    FirstOf "first-of" "評価を採る順" "takes the first of" Structure,
    Initiative "initiative" "取組内容" "initiative" Structure,
    Also "also" "ほかに属する項目" "also belongs to" Structure,
    Entries "entry" "対象の項目" "entries verified" Structure,
    Scale "scale" "尺度" "scale" Structure,
    Grades "grades" "進捗区分" "grades" Structure,
    Counts "counts" "評価の対象か" "counts" Structure,
    Attention "attention" "要対応か" "attention" Structure,
    Ordered "ordered" "区分の順序" "order of grades" Structure,
    Composites "composites" "区分の合計" "composites" Structure,
    Evaluator "evaluator" "評価者" "evaluator" Structure,
    Start "start" "開始" "start" Deadlines,
    End "end" "終了" "end" Deadlines,
    Milestone "milestone" "節目" "milestone" Deadlines,
    Schedule "schedule" "計画の経過" "schedule" Deadlines,
    Date "date" "日付" "date" Deadlines,
    From "from" "始め" "from" Deadlines,
    To "to" "終わり" "to" Deadlines,
    Stage "stage" "改革の段階" "stage" Deadlines,
    Cycle "cycle" "報告の周期" "reporting cycle" Deadlines,
    Owner "owner" "所管課" "owner" Owners,
    Office "office" "担当" "office" Owners,
    Bureau "bureau" "局・部" "bureau" Owners,
    Sender "sender" "発信者" "sender" Owners,
    Contact "contact" "連絡先" "contact" Owners,
    Update "update" "進捗の記録" "update" Ratings,
    Actual "measure" "実績値" "actual" Ratings,
    Rating "rating" "進捗区分" "rating" Ratings,
    Progress "progress" "進捗率" "progress" Ratings,
    Done "done" "実績" "done" Ratings,
    Issue "issue" "課題" "issue" Ratings,
    Next "next" "今後の対応" "next" Ratings,
    Value "value" "値" "value" Ratings,
    Provisional "provisional" "速報値" "provisional" Ratings,
    Sample "sample" "回答数" "sample" Ratings,
    Margin "margin" "標本誤差" "sampling error" Ratings,
    Breaks "break" "定義変更" "break" Ratings,
    Verdict "verdict" "所管課の判断" "verdict by hand" Ratings,
    Published "published" "公表された値" "published" Ratings,
    Total "total" "合計" "total" Ratings,
    Rows "rows" "行" "row" Ratings,
    Under "under" "行の項目" "entry of the row" Ratings,
    PrintedUnreported "unreported" "未報告" "unreported" Ratings,
    PrintedShare "shares" "公表の割合" "share as published" Ratings,
    RatioToTarget "ratio" "対目標比" "ratio to target" Ratings,
    Improvement "improvement" "改善率" "improvement" Ratings,
    PlanId "id" "計画の id" "id of the plan" Structure,
    Aliases "aliases" "別名" "aliases" Wording,
    City "city" "自治体" "city" Wording,
    CityCode "city-code" "全国地方公共団体コード" "local government code" Wording,
    Lang "lang" "言語" "language" Wording,
    Fictional "fictional" "架空の市" "fictional" Wording,
    Digits "digits" "割合の桁数" "digits of percentages" Wording,
    Mode "mode" "端数処理" "rounding" Wording,
    Mission "mission" "ミッション" "mission" Wording,
    Vision "vision" "ビジョン" "vision" Wording,
    Values "values" "バリュー" "values" Wording,
    Above "parent" "上位計画" "parent plan" Wording,
    Item "item" "上位計画の項目" "item of the plan above" Wording,
    Predecessor "predecessor" "前の計画" "previous plan" Wording,
    Related "related" "関連する計画" "related plans" Wording,
    VerifiedBy "verified-by" "検証する計画" "plans whose indicators verify it" Structure,
    Summary "summary" "概要" "summary" Wording,
    Label "label" "前に付ける印" "label" Wording,
    Figure "figure" "参考となる数値" "figure" Wording,
    Period "period" "いつの値か" "period" Wording,
    Part "part" "内数" "part" Wording,
    Of "of" "全体" "whole" Wording,
    AlsoJudge "also" "並べて判定する組" "bands that judge besides" Targets,
    Title "title" "資料の題名" "title" Wording,
    Publisher "publisher" "発行者" "publisher" Wording,
    Source "source" "出典" "source" Wording,
    Certainty "certainty" "確かさ" "certainty" Wording,
    Note "note" "注" "note" Wording,
    Amendment "change" "変更の理由" "reason of a change" Wording,
    Reason "reason" "理由" "reason" Wording,
}

impl Field {
    /// How much a change of it matters for that subject.
    pub fn topic(self, subject: Subject<'_>) -> Topic {
        match (subject, self) {
            (Subject::Owner(_), _) => Topic::Owners,
            (Subject::Source(_), _) => Topic::Wording,
            (Subject::Bands(_), _) => Topic::Targets,
            (Subject::Plan | Subject::Indicator(_), Self::Name) => Topic::Wording,
            (Subject::Scale(_) | Subject::Evaluator(_), _) => Topic::Structure,
            (_, field) => field.usual(),
        }
    }
}
