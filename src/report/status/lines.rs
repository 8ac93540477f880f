//! The lines of the roll-up: the whole, then what is above the counted level, or the groups.

use std::borrow::Cow;

use crate::lang::Lang;
use crate::query::status::{Group, Node, Status, Tally, groups};
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::StatusReport;

/// What is counted, where that is not plain: the level, what it is grouped by.
pub fn heading(report: &StatusReport<'_>, status: &Status<'_>, lang: Lang) -> String {
    let level = (!report.levels.is_empty()).then(|| status.plan.level_name(status.counted));
    let by = report.by.map(|by| {
        let by = words::grouping(status.plan, by, lang);
        tr!(lang, "{by}ごと", "by {by}")
    });
    let what: Vec<&str> = level.into_iter().chain(by.as_deref()).collect();
    match what.join(lang.pick("、", ", ")) {
        what if what.is_empty() => lang.pick("集計", "Counts").to_owned(),
        what => tr!(lang, "集計（{what}）", "Counts ({what})"),
    }
}

/// The whole, then what is above the counted level, or the groups.
pub fn lines<'r>(report: &'r StatusReport<'_>, status: &'r Status<'_>, lang: Lang) -> Vec<Counted<'r>> {
    let whole = Counted {
        id: "",
        name: whole(status, lang).into(),
        strong: true,
        tally: Cow::Borrowed(&status.total),
        before: Cow::Borrowed(&status.before),
    };
    let rest: Vec<Counted<'r>> = match report.by {
        Some(by) => groups(status, by).into_iter().map(|group| grouped(status, group, lang)).collect(),
        None => {
            let wanted = |node: &&Node<'_>| {
                report.view.level.map_or(node.entry.level < status.counted, |level| node.entry.level == level)
            };
            status.nodes.iter().filter(wanted).map(above).collect()
        }
    };
    std::iter::once(whole).chain(rest).collect()
}

fn above<'r>(node: &'r Node<'_>) -> Counted<'r> {
    Counted {
        id: node.entry.id.as_str(),
        name: (&*node.entry.name).into(),
        strong: node.entry.level == 0,
        tally: Cow::Borrowed(&node.tally),
        before: Cow::Borrowed(&node.before),
    }
}

fn grouped<'r>(status: &'r Status<'_>, group: Group<'r>, lang: Lang) -> Counted<'r> {
    let name = words::member(status.plan, group.of, lang);
    Counted { id: "", name, strong: false, tally: Cow::Owned(group.tally), before: Cow::Owned(group.before) }
}

/// That entries which belong to several groups count in each, where there are such.
pub fn several_times(
    report: &StatusReport<'_>,
    status: &Status<'_>,
    lines: &[Counted<'_>],
    lang: Lang,
) -> Option<String> {
    let sum: u64 = lines.iter().skip(1).map(|line| line.tally.entries).sum();
    let all = status.total.entries;
    (report.by.is_some() && sum > all).then(|| {
        tr!(
            lang,
            "二つ以上に属する項目は、それぞれで数えています（延べ{sum}件、実数{all}件）。",
            "Entries that belong to several count in each ({sum} in all, of {all})."
        )
    })
}

/// What the first line is about.
fn whole(status: &Status<'_>, lang: Lang) -> &'static str {
    if status.question.under.is_some() || status.question.owner.is_some() {
        return lang.pick("対象全体", "All of these");
    }
    terms::WHOLE_PLAN.title(lang)
}

/// One line of the roll-up.
pub struct Counted<'r> {
    /// The entry; none for the whole and for a group.
    pub id: &'r str,
    /// What it is of.
    pub name: Cow<'r, str>,
    /// Whether it is a total.
    pub strong: bool,
    /// How many stand where.
    pub tally: Cow<'r, Tally>,
    /// The same as of the previous period.
    pub before: Cow<'r, Tally>,
}
