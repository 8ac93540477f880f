//! The words of the program that columns hold, and what each means: the table `codes`.

use crate::lang::Lang;
use crate::plan::Denominator;
use crate::plan::indicator::{Effect, Indicator, Kind, Reading, Series};
use crate::plan::judging::{Against, Meaning, TargetOf};
use crate::plan::opinion::{Body, OpinionKind, ResponseState};
use crate::plan::period::{Cycle, Period};
use crate::plan::value::{Certainty, Value};
use crate::query::due::KINDS;
use crate::query::gap::{Verdict, Why};
use crate::query::status::Standing;
use crate::wording;

/// One word: the column that holds it, its place among the words of the column, the word, what it means.
pub type Code = (&'static str, usize, &'static str, (&'static str, &'static str));

/// How often it is reported on.
pub fn cycle(cycle: Cycle) -> &'static str {
    match cycle {
        Cycle::Month => "month",
        Cycle::Quarter => "quarter",
        Cycle::Half => "half",
        Cycle::Year => "year",
    }
}

/// How long a period is.
pub fn length(period: Period) -> &'static str {
    match period {
        Period::Years(..) => "years",
        Period::Day(_) => "day",
        _ => period.cycle().map_or("day", cycle),
    }
}

/// What percentages are of.
pub fn denominator(denominator: Denominator) -> &'static str {
    match denominator {
        Denominator::Rated => "rated",
        Denominator::Due => "due",
    }
}

/// How sure something is.
pub fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "stated",
        Certainty::Inferred => "inferred",
        Certainty::Unconfirmed => "unconfirmed",
    }
}

/// How an entry stands.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Outside => "not-in-plan",
        Standing::Unreported => "unreported",
        Standing::Resting => "not-rated",
        Standing::Ahead => "not-begun",
        Standing::Graded(_) => "graded",
    }
}

/// What one value covers.
pub fn series(series: Series) -> &'static str {
    match series {
        Series::Unstated => "unstated",
        Series::Snapshot => "snapshot",
        Series::Yearly => "yearly",
        Series::Cumulative => "cumulative",
        Series::Unconfirmed => "unconfirmed",
    }
}

/// How long an amount gained counts.
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::OneYear => "one-year",
        Effect::Continuing => "continuing",
    }
}

/// Which target judges.
pub fn target_of(of: TargetOf) -> &'static str {
    of.key()
}

/// How a value compares with an earlier one.
pub fn against(against: Against) -> &'static str {
    match against {
        Against::Better => "better",
        Against::Same => "same",
        Against::NotWorse => "not-worse",
        Against::Worse => "worse",
    }
}

/// What a band means.
pub fn meaning(meaning: Option<Meaning>) -> &'static str {
    meaning.map_or("undetermined", |meaning| Verdict::from(meaning).key())
}

/// Why there is no verdict.
pub fn why(why: Why) -> &'static str {
    WHY.iter().find(|(known, _)| *known == why).map_or("", |(_, word)| word)
}

const WHY: [(Why, &str); 12] = [
    (Why::NoActual, "no-actual"),
    (Why::NoTarget, "no-target"),
    (Why::NotANumber, "not-a-number"),
    (Why::NoBaseline, "no-baseline"),
    (Why::NothingExpected, "nothing-expected"),
    (Why::NoRate, "no-rate"),
    (Why::Unconfirmed, "unconfirmed"),
    (Why::NotYetDue, "not-yet-due"),
    (Why::NoBand, "no-band"),
    (Why::BandSays, "band-says"),
    (Why::ByHand, "by-hand"),
    (Why::TooLarge, "too-large"),
];

/// Words in place of a number: the name of a step, the words of the file, "増加".
pub fn words_of<'p>(reading: &'p Reading, indicator: &'p Indicator) -> Option<&'p str> {
    match (&reading.value, &indicator.kind) {
        (Value::Step(place), Kind::Milestone { steps }) => steps.get(*place).map(|step| &**step),
        _ => reading.written(),
    }
}

/// What a kind of what is owed is.
fn due(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "update" => ("進捗の報告", "A report on progress"),
        "milestone" => ("節目", "A milestone"),
        "step" => ("工程", "A step"),
        "value" => ("実績値", "Actual"),
        "opinion" => ("期限を過ぎた意見への回答", "An answer to an opinion, whose term has passed"),
        "promise" => ("期限を過ぎた約束", "What was promised in an answer, whose term has passed"),
        "waiting" => ("確認待ち", "To confirm"),
        "upcoming" => ("近い節目", "A milestone that comes soon"),
        "asked" => ("期限前の意見や約束", "An answer or a promise that is still in time"),
        _ => ("", ""),
    }
}

/// Every word, by column.
pub fn codes() -> Vec<Code> {
    let listed = |column: &'static str, words: &[(&'static str, (&'static str, &'static str))]| {
        let code = |(at, (word, about)): (usize, &(&'static str, (&'static str, &'static str)))| {
            (column, at + 1, *word, *about)
        };
        words.iter().enumerate().map(code).collect::<Vec<Code>>()
    };
    let verdicts = [
        ("met", ("達成", "Met")),
        ("on-pace", ("順調", "On pace")),
        ("behind", ("遅れ", "Behind")),
        ("worsened", ("後退", "Worsened")),
        ("undetermined", ("判定不能", "Undetermined")),
    ];
    let cycles = [
        ("month", ("月", "A month")),
        ("quarter", ("四半期", "A quarter")),
        ("half", ("半期", "A half-year")),
        ("year", ("年度", "A fiscal year")),
    ];
    let lengths =
        [cycles.as_slice(), &[("years", ("複数年度", "Several fiscal years as one")), ("day", ("日", "A day"))]]
            .concat();
    let why: Vec<_> =
        WHY.iter().map(|(why, word)| (*word, (wording::why(*why, Lang::Ja), wording::why(*why, Lang::En)))).collect();
    let mut codes = Vec::new();
    for column in ["verdict", "counted_verdict", "by_hand"] {
        codes.extend(listed(column, &verdicts));
    }
    codes.extend(listed("cycle", &cycles));
    codes.extend(listed("kind (periods)", &lengths));
    codes.extend(listed("undetermined_because", &why));
    codes.extend(listed("kind (dues)", &KINDS.map(|kind| (kind, due(kind)))));
    for (column, words) in WORDS {
        codes.extend(listed(column, words));
    }
    codes
}

/// The words of a column.
type Words = (&'static str, &'static [(&'static str, (&'static str, &'static str))]);

const WORDS: [Words; 17] = [
    (
        "part",
        &[
            ("grade", ("区分の件数", "Of a grade")),
            ("unreported", ("未報告の件数", "Unreported")),
            ("sum", ("区分の合計", "Composite")),
            ("total", ("総数", "Of all")),
        ],
    ),
    (
        "standing",
        &[
            ("graded", ("区分がある", "It has a grade")),
            ("unreported", ("未報告", "Unreported")),
            ("not-rated", ("今期対象外", "Not rated this period")),
            ("not-begun", ("開始前", "Not yet due")),
        ],
    ),
    ("denominator", &[("rated", ("評価済", "Rated")), ("due", ("評価済と未報告", "What was to be rated"))]),
    (
        "certainty",
        &[
            ("stated", ("資料に記載", "Printed in the source")),
            ("inferred", ("推定", "Inferred")),
            ("unconfirmed", ("要確認", "Unconfirmed")),
        ],
    ),
    (
        "kind (indicators, verdicts)",
        &[
            ("heading", ("見出し", "Heading")),
            ("up", ("多いほど良い", "More is better")),
            ("down", ("少ないほど良い", "Less is better")),
            ("at-least", ("下限", "A floor")),
            ("at-most", ("上限", "A ceiling")),
            ("maintain", ("維持", "To be kept at the target")),
            ("range", ("範囲", "To be kept between two bounds")),
            ("milestone", ("段階", "Step")),
        ],
    ),
    (
        "series",
        &[
            ("unstated", ("記載なし", "Not stated")),
            ("snapshot", ("時点の値", "On a day")),
            ("yearly", ("期間の値", "What happened within one period")),
            ("cumulative", ("累計", "Cumulative")),
            ("unconfirmed", ("要確認", "Unconfirmed")),
        ],
    ),
    ("effect", &[("one-year", ("単年度効果", "One-year")), ("continuing", ("継続効果", "Continuing"))]),
    (
        "judged_against",
        &[("period", ("当年度目標", "The target of the period")), ("final", ("最終目標", "The final target"))],
    ),
    ("change_is", &[("better", ("改善", "Better")), ("same", ("横ばい", "Flat")), ("worse", ("悪化", "Worse"))]),
    (
        "absent",
        &[
            ("not-surveyed", ("未調査", "Not surveyed")),
            ("not-published", ("未公表", "Not published")),
            ("not-applicable", ("対象外", "Not applicable")),
            ("not-set", ("－", "The plan sets none")),
            ("withdrawn", ("取下げ", "Withdrawn")),
            ("unconfirmed", ("要確認", "Unconfirmed")),
        ],
    ),
    (
        "role",
        &[
            ("own", ("計画が定める判定", "The set that judges, as the plan says")),
            ("beside", ("並べて示す判定", "A set that judges besides")),
            ("compared", ("ほかの方法による判定（比較のため）", "Another method, to compare with")),
        ],
    ),
    (
        "subject",
        &[("entry", ("項目", "An entry")), ("indicator", ("検証指標", "An indicator")), ("plan", ("計画", "Plan"))],
    ),
    (
        "kind (changes)",
        &[
            ("target", ("目標値の見直し", "Target revised")),
            ("amendment", ("計画の変更の理由", "The reason of a change of the plan")),
        ],
    ),
    (
        "direction",
        &[
            ("lowered", ("下方修正", "Lowered")),
            ("raised", ("上方修正", "Raised")),
            ("changed", ("変更", "Changed in a way that is neither")),
            ("added", ("追加", "Added")),
            ("dropped", ("削除", "Gone")),
        ],
    ),
    (
        "body",
        &[
            (Body::ALL[0].0, ("委員会", "A committee")),
            (Body::ALL[1].0, ("議会", "The assembly")),
            (Body::ALL[2].0, ("監査", "Auditors")),
            (Body::ALL[3].0, ("パブリックコメント", "A public consultation")),
            (Body::ALL[4].0, ("その他", "Others")),
        ],
    ),
    (
        "kind (opinions)",
        &[
            (OpinionKind::ALL[0].0, ("意見", "An opinion")),
            (OpinionKind::ALL[1].0, ("質問", "A question")),
            (OpinionKind::ALL[2].0, ("要望", "A request")),
            (OpinionKind::ALL[3].0, ("指摘", "A point raised")),
        ],
    ),
    (
        "state",
        &[
            (ResponseState::ALL[0].0, ("対応済", "Done")),
            (ResponseState::ALL[1].0, ("対応中", "In progress")),
            (ResponseState::ALL[2].0, ("検討中", "Being considered")),
            (ResponseState::ALL[3].0, ("対応しない", "Not to be done")),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Kind as ColumnKind, catalogue};
    use super::*;

    /// The columns of a table whose words a code explains.
    fn is_of(code: &str, table: &str, column: &str) -> bool {
        match code.split_once(" (") {
            Some((name, tables)) => name == column && tables.trim_end_matches(')').split(", ").any(|one| one == table),
            None => code == column,
        }
    }

    #[test]
    fn every_column_of_codes_has_its_words_and_every_word_its_column() {
        let words = codes();
        let mut explained = BTreeSet::new();
        for head in catalogue() {
            for column in head.columns.iter().filter(|column| column.kind == ColumnKind::Code) {
                let of: BTreeSet<_> =
                    words.iter().map(|code| code.0).filter(|code| is_of(code, head.name, column.name)).collect();
                assert_eq!(of.len(), 1, "{}.{}: {of:?}", head.name, column.name);
                explained.extend(of);
            }
        }
        let known: BTreeSet<_> = words.iter().map(|code| code.0).collect();
        assert_eq!(explained, known);
        for (column, _, word, (ja, en)) in words {
            assert!(!ja.is_empty() && !en.is_empty(), "{column} {word}");
        }
    }
}
