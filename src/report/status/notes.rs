//! 注: what percentages are of, and what else a reader of the counts must know.

use crate::document::{Block, Line, Section};
use crate::lang::Lang;
use crate::plan::{Denominator, Plan};
use crate::query::status::{Standing, Status};
use crate::tr;
use crate::wording as words;

use super::StatusReport;

/// One list, where there is anything to say.
pub fn section(report: &StatusReport<'_>, lang: Lang) -> Option<Section> {
    let has_shares = report.by_level().any(|status| status.base(&status.total) > 0);
    let denominator = has_shares.then(|| denominator(report.plan(), lang).into());
    listed(denominator.into_iter().chain(about_counts(report, lang)).collect(), lang)
}

/// The same where each share has its denominator beside it.
pub fn brief_section(report: &StatusReport<'_>, lang: Lang) -> Option<Section> {
    listed(about_counts(report, lang), lang)
}

fn listed(lines: Vec<Line>, lang: Lang) -> Option<Section> {
    (!lines.is_empty()).then(|| Section::new(lang.pick("注", "Notes"), vec![Block::List(lines)]))
}

/// What else a reader of the counts must know.
fn about_counts(report: &StatusReport<'_>, lang: Lang) -> Vec<Line> {
    let status = &report.status;
    let mut lines: Vec<Line> = Vec::new();
    if report.by_level().any(|status| status.base(&status.total) > 0) {
        lines.extend(carried(status, lang).map(Line::from));
        if let Some(rescaled) = status.rescaled {
            let rescaled = rescaled.tag(lang);
            lines.push(Line::from(tr!(
                lang,
                "区分の尺度が前回（{rescaled}）と異なるため、前回比はありません。",
                "There is no change since {rescaled}: its scale was another one."
            )));
        }
    }
    lines.extend((!report.levels.is_empty()).then(|| {
        Line::from(lang.pick(
            "階層ごとに別に数えており、階層の間では足し合わせません。",
            "Each level is counted for itself; levels are never added.",
        ))
    }));
    lines.extend(taken(report, lang).map(Line::from));
    lines.extend(not_asked(report, lang).into_iter().map(Line::from));
    lines
}

/// What percentages are of, and how they are rounded.
fn denominator(plan: &Plan, lang: Lang) -> String {
    let (ja, en) = words::rounded(plan.head.rounding);
    match plan.head.denominator {
        Denominator::Rated => tr!(
            lang,
            "割合の分母は評価済の件数です（未報告と、評価の対象としない区分を除く）。{ja}のため合計が100％にならないことがあります。",
            "Percentages are of those rated (without unreported ones and grades that do not count); {en}, they may not add up to 100%."
        ),
        Denominator::Due => tr!(
            lang,
            "割合の分母は評価済と未報告を合わせた件数です（評価の対象としない区分を除く）。{ja}のため合計が100％にならないことがあります。",
            "Percentages are of those rated and unreported together (without grades that do not count); {en}, they may not add up to 100%."
        ),
    }
}

/// That the last rating holds where there is none of this period. Of what the plan rates in certain periods it does not.
fn carried(status: &Status<'_>, lang: Lang) -> Option<String> {
    let plan = status.plan;
    let counted = status.nodes.iter().filter(|node| node.entry.level == status.counted);
    let has_turns = counted.clone().any(|node| !plan.turns(node.entry).is_empty());
    let all_have = counted.clone().all(|node| !plan.turns(node.entry).is_empty());
    if !status.carries() || all_have && has_turns {
        return None;
    }
    Some(
        match has_turns {
            false => lang.pick(
                "今期の報告がない項目は、直近の報告の区分で数えています。",
                "Entries without a report for this period are counted by their latest one.",
            ),
            true => lang.pick(
                "今期の報告がない項目は、直近の報告の区分で数えています（評価する期間を定めた項目を除く）。",
                "Entries without a report for this period are counted by their latest one, unless the plan says in which periods they are rated.",
            ),
        }
        .to_owned(),
    )
}

/// Whose ratings are taken.
fn taken(report: &StatusReport<'_>, lang: Lang) -> Option<String> {
    let (plan, question) = (report.plan(), report.status.question);
    let who = &plan.evaluators[question.evaluator];
    let list = words::taken(&report.status, lang);
    let name = &who.name;
    (!who.first_of.is_empty()).then(|| {
        tr!(
            lang,
            "「{name}」は、同じ時期の評価のうち、次の順で先にあるものによります：{list}",
            "\"{name}\" is the first of these that rated the same period: {list}"
        )
    })
}

/// What 今期対象外 and 開始前 mean, where they stand in a table.
fn not_asked(report: &StatusReport<'_>, lang: Lang) -> Vec<&'static str> {
    let stands = |standing| report.status.nodes.iter().any(|node| node.standing == standing);
    let resting = lang.pick(
        "「今期対象外」は、計画の定めによりこの期間には評価しない項目です。割合の分母に入りません。",
        "Not rated this period: the plan has the entry rated in other periods. It is not in the denominator.",
    );
    let ahead = lang.pick(
        "「開始前」は、着手の時期が来ていない項目です。割合の分母に入りません。",
        "Not yet due: the entry begins later. It is not in the denominator.",
    );
    let both = [(Standing::Resting, resting), (Standing::Ahead, ahead)];
    both.into_iter().filter(|(standing, _)| stands(*standing)).map(|(_, note)| note).collect()
}
