//! What the words of this work mean, each in one sentence.

use crate::text::terms::{self, Term};

/// A word that is no term of a column, in both languages.
type Word = (&'static str, &'static str);

/// What a word means, in both languages.
pub type Meaning = (Word, (&'static str, &'static str));

/// Words of the work that stand in every paper.
pub const WORDS: [Meaning; 5] = [
    (
        ("照会", "Inquiry"),
        (
            "期間ごとに、所管課に調査票を送り、進捗と実績値を尋ねること",
            "asking the owners for progress and values, by a workbook for each",
        ),
    ),
    (
        ("確定", "Closing"),
        (
            "決裁を経て公表した数値を控え、後の変更と区別すること",
            "keeping the figures that were published, apart from later changes",
        ),
    ),
    (
        ("記録の訂正", "Correction of a record"),
        (
            "記録を消さずに、正しい記録を加えて置き換えること",
            "putting a right record in the place of a wrong one, which stays",
        ),
    ),
    (("正誤表", "Errata"), ("公表した数字と、いまの数字との違いの表", "what differs from what was published")),
    (
        ("取組", "Initiative"),
        (
            "項目の下で行う一つの仕事。工程と節目はこれごとに立てる",
            "a piece of work under an entry, with steps and milestones",
        ),
    ),
];

/// The terms that a reader may not know, in the order in which they are told.
pub const TERMS: [(Term, (&str, &str)); 52] = [
    (
        terms::OWNER,
        (
            "項目や指標を担当する課。いくつもあれば、最初のものが主管",
            "the department that answers for an entry or indicator; of several the first leads",
        ),
    ),
    (terms::INDICATOR, ("計画の効果を測る数値", "a number by which the effect of the plan is measured")),
    (
        terms::THEME,
        (
            "いくつもの計画に共通の目標。そのもとに、各計画の項目と指標を集める",
            "a goal that several plans share, under which their entries and indicators are gathered",
        ),
    ),
    (terms::MILESTONE, ("日付の決まった、取組の区切り", "a dated step of an initiative")),
    (terms::REACHED, ("節目や工程の段階まで進んだこと", "that a milestone or step was done")),
    (terms::MISSED, ("期日を過ぎて、到達の記録がないこと", "its date has passed, and nothing says that it was done")),
    (terms::RATING, ("項目の進み方を、尺度の区分で示したもの", "how an entry stands, as a grade of a scale")),
    (
        terms::STATE_OF_PROGRESS,
        ("項目の進み方。区分で示す尺度の名称でもある", "how entries stand; the name of a scale as well"),
    ),
    (
        terms::PROGRESS,
        ("項目がどこまで済んだかの、所管課による割合", "how much of an entry is done, as its owner says"),
    ),
    (terms::EVALUATOR, ("区分を付ける者", "who gives the grades")),
    (terms::RATED, ("区分が付いたもの", "what has a grade")),
    (terms::UNREPORTED, ("まだ一度も評価の記録がないもの", "nobody has rated it yet")),
    (terms::RESTING, ("その期間には評価を求めないもの", "no rating is asked for in this period")),
    (terms::AHEAD, ("まだ始まっていないもの", "it begins later")),
    (terms::DONE, ("所管課が報告した、したことの文", "what was done, in the words of the owner")),
    (terms::ISSUE, ("所管課が報告した、難しいことの文", "what is hard, in the words of the owner")),
    (terms::NEXT, ("所管課が報告した、これからすることの文", "what comes next, in the words of the owner")),
    (terms::BASELINE, ("指標の、計画の始まりの値", "the value of an indicator at the beginning")),
    (
        terms::TARGET,
        (
            "指標の、目指す値。年度ごとのもの（当年度目標）と最後のもの（最終目標）がある",
            "the value that is aimed at, of a year or at the end",
        ),
    ),
    (terms::PERIOD_TARGET, ("その年度の目標値", "the target of the year itself")),
    (terms::FINAL_TARGET, ("計画の最後の目標値", "the last target of the plan")),
    (terms::ACTUAL, ("指標の、実際の値", "the value that came")),
    (terms::EXPECTED, ("いまの時点で見込まれる、目標への途中の値", "where the way to the target leads by now")),
    (terms::GAP_TO_TARGET, ("実績値と目標値との差", "how far the actual is from the target")),
    (terms::SHORT, ("目標値に足りない分", "how much is lacking to the target")),
    (terms::OVER, ("減らす目標値を上回る分", "how much is above a target that is a limit")),
    (terms::ROOM, ("目標値に届いたうえで余る分", "how far within the target")),
    (terms::TO_TARGET, ("実績値が目標値の何％か", "the actual as a share of the target")),
    (terms::TO_PERIOD_TARGET, ("実績値が当年度目標の何％か", "the actual as a share of the target of its year")),
    (terms::TO_FINAL_TARGET, ("実績値が最終目標の何％か", "the actual as a share of the last target")),
    (terms::ACTUAL_BY_TARGET, ("実績値を目標値で割った率", "the actual divided by the target")),
    (
        terms::IMPROVEMENT,
        ("基準値から目標値までの、何％を進んだか", "how much of the way from the baseline to the target"),
    ),
    (terms::PACE, ("実績値が、見込まれる値の何％か", "the actual as a share of what is expected by now")),
    (terms::OUTLOOK, ("このまま進むときの、目標年度の値", "where the trend leads by the year of the target")),
    (terms::VERDICT, ("実績値を目標値と比べた結果", "what comes of holding the actual against the target")),
    (terms::MET, ("目標に届いた", "the target is reached")),
    (terms::ON_PACE, ("いまの時点で見込まれる値に届いている", "what is expected by now is reached")),
    (terms::BEHIND, ("いまの時点で見込まれる値に届いていない", "what is expected by now is not reached")),
    (terms::WORSENED, ("基準値より悪化した", "worse than the baseline")),
    (
        terms::UNDETERMINED,
        (
            "値や目標値がない、目標年度前で途中の目安もないなどのため、判定できないもの",
            "it cannot be judged, as where there is no value or target, or nothing to expect by now",
        ),
    ),
    (terms::FLAT, ("前の値と変わらないもの", "as it was before")),
    (terms::BETTER, ("前の値より良くなったもの", "better than before")),
    (terms::WORSE, ("前の値より悪くなったもの", "worse than before")),
    (
        terms::PROVISIONAL,
        (
            "後で確かめられる値や報告。確かめたら、速報でない値として記録し直す",
            "to be confirmed later, by a record that is not provisional",
        ),
    ),
    (terms::EFFECT, ("取組による額（節約した額など）", "an amount that comes of the work, such as savings")),
    (terms::ONE_YEAR, ("その年度にだけ数える効果", "an effect that counts in its year alone")),
    (terms::CONTINUING, ("後の年度にも毎年数える効果", "an effect that counts in every later year again")),
    (
        terms::UNCONFIRMED,
        (
            "資料からは決まらない値。公表の前に所管課に確かめる",
            "a value that the documents leave open; ask before it is published",
        ),
    ),
    (terms::INFERRED, ("資料に直接は書かれず、そこから導いた値", "not written in a document, but derived from one")),
    (terms::SOURCE, ("数値や文章のもとの文書", "the document that something is from")),
    (terms::REVISION, ("git に保存した、ある時点の計画", "the plan as git kept it at a time")),
    (
        terms::PERIOD_COVERED,
        ("記録が何についてのものかの期間。記録した日とは別", "what a record is about, apart from when it was made"),
    ),
];

/// Terms that everybody knows as words of every day.
#[cfg(test)]
pub const PLAIN: [Term; 44] = [
    terms::WHOLE_PLAN,
    terms::OUTLINE,
    terms::LEVEL,
    terms::ENTRY,
    terms::ID,
    terms::NAME,
    terms::ADDED,
    terms::DROPPED,
    terms::FORMER_ID,
    terms::INITIATIVE,
    terms::PLANNED,
    terms::FIGURE,
    terms::NOTE,
    terms::FISCAL_YEAR,
    terms::HALF_YEAR,
    terms::QUARTER,
    terms::MONTH,
    terms::PERIOD,
    terms::REPORT_PERIOD,
    terms::DEADLINE,
    terms::RECORDED,
    terms::RECORDED_BY,
    terms::INDICATOR_SHORT,
    terms::KIND,
    terms::HEADING,
    terms::STEP,
    terms::SNAPSHOT,
    terms::YEARLY,
    terms::CUMULATIVE,
    terms::UNIT,
    terms::REASON,
    terms::FORECAST,
    terms::ACTUAL_AMOUNT,
    terms::PLANNED_AMOUNT,
    terms::VALUE,
    terms::CERTAINTY,
    terms::STATED,
    terms::GAP,
    terms::COUNT,
    terms::RECORD,
    terms::NEW,
    terms::OLD,
    terms::QUESTION,
    terms::ANSWER,
];
