//! How everything stands: counts, every entry and indicator, and the story of what is at risk.

use crate::document::{Block, Cell, Line, Section, Table, Type, column, weighed};
use crate::lang::Lang;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::query::calendar::Calendar;
use crate::query::gap::Gap;
use crate::query::handover::risk::{Risk, RiskCourse, Said, Sign};
use crate::query::status::{Node, Status};
use crate::report::due::wording as owed;
use crate::text::terms;
use crate::tr;
use crate::wording as words;
use crate::wording::calendar as duties;

use super::{HandoverReport, below, counted, nothing, one};

/// 注意を要する項目: each with its story in three lines.
pub fn risks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let handover = &report.handover;
    if handover.risks.is_empty() {
        let none = "対応を要する区分の項目、期日を過ぎた節目、遅れた指標はない。";
        return one(vec![nothing(none, "Nothing needs attention, and no indicator is behind.", lang)]);
    }
    let lead = lang.pick(
        "区分が対応を要するもの、期日までに節目や工程に到達していないもの、遅れ又は後退の指標について、経過、課題及び今後の対応を記す。",
        "Entries whose grade needs attention or that missed a date, and indicators that are behind or worsened: how it came, what is hard, what comes next.",
    );
    let story = |risk: &Risk<'_>| Section {
        subject: Some(id(report.plan(), risk.subject).into()),
        ..below(named(report, risk, lang), vec![Block::Fields(lines(report, risk, lang))])
    };
    let stories = handover.risks.iter().map(story);
    std::iter::once(Section::plain(vec![Block::Text(lead.into())])).chain(stories).collect()
}

fn id(plan: &Plan, subject: Subject) -> &str {
    match subject {
        Subject::Entry(place) => plan.entries[place].id.as_str(),
        Subject::Indicator(place) => plan.indicators[place].id.as_str(),
    }
}

/// What it is, whose, and what says that it is at risk.
fn named(report: &HandoverReport<'_>, risk: &Risk<'_>, lang: Lang) -> String {
    let plan = report.plan();
    let (name, places) = match risk.subject {
        Subject::Entry(place) => {
            let entry = &plan.entries[place];
            (format!("{} {}", entry.id, entry.name), &*entry.owners)
        }
        Subject::Indicator(place) => {
            let indicator = &plan.indicators[place];
            let name = tr!(lang, "指標「{}」", "indicator {}", words::indicator_name(indicator));
            (name, crate::query::answering(plan, indicator))
        }
    };
    let owners = match places {
        [] => lang.pick("所管課の定めなし", "no owner").to_owned(),
        places => words::owners(places, &plan.owners, lang),
    };
    let sign = match &risk.sign {
        Sign::Grade(grade) => report.handover.status.version.grades[*grade].name.to_string(),
        Sign::Missed(_) => lang.pick("期日を過ぎた", "a date has passed").to_owned(),
        Sign::Verdict(gap) => words::verdict(gap.counted(), lang).to_owned(),
    };
    tr!(lang, "{name}（{owners}）　{sign}", "{name} ({owners}): {sign}")
}

/// How it came, what is hard, what comes next.
fn lines(report: &HandoverReport<'_>, risk: &Risk<'_>, lang: Lang) -> Vec<(String, Line)> {
    let unsaid = |ja: &str, en: &str| lang.pick(ja, en).to_owned();
    let issue = risk.issue.map_or_else(
        || unsaid("課題の記録はない。所管課に尋ねる。", "Nothing was recorded; ask the owner."),
        |said| told(report, risk, said, lang),
    );
    let next = risk.next.map_or_else(
        || unsaid("今後の対応の記録はない。所管課に尋ねる。", "Nothing was recorded; ask the owner."),
        |said| told(report, risk, said, lang),
    );
    vec![
        (lang.pick("経過", "So far").to_owned(), course(report, risk, lang).into()),
        (terms::ISSUE.title(lang).to_owned(), issue.into()),
        (terms::NEXT.title(lang).to_owned(), next.into()),
    ]
}

/// Words of a record on one line, with what they are about.
fn told(report: &HandoverReport<'_>, risk: &Risk<'_>, said: Said<'_>, lang: Lang) -> String {
    let (period, words) = (said.period.brief(lang), said.words.replace('\n', " "));
    let id = match risk.subject {
        Subject::Entry(_) => String::new(),
        Subject::Indicator(_) => {
            let entry = &report.plan().entries[said.entry];
            tr!(lang, "、{} {}", ", {} {}", entry.id, entry.name)
        }
    };
    tr!(lang, "{words}（{period}の報告{id}）", "{words} (report about {period}{id})")
}

fn course(report: &HandoverReport<'_>, risk: &Risk<'_>, lang: Lang) -> String {
    let arrow = " → ";
    let came = match &risk.course {
        RiskCourse::Grades(stretches) if stretches.is_empty() => {
            lang.pick("報告はまだない", "never reported").to_owned()
        }
        RiskCourse::Grades(stretches) => {
            let one = |(from, to, grade): &(Period, Period, &str)| match from == to {
                true => format!("{} {grade}", from.brief(lang)),
                false => format!("{}{}{} {grade}", from.brief(lang), lang.pick("～", "–"), to.brief(lang)),
            };
            stretches.iter().map(one).collect::<Vec<_>>().join(arrow)
        }
        RiskCourse::Values(values) => {
            let Subject::Indicator(place) = risk.subject else { return String::new() };
            let indicator = &report.plan().indicators[place];
            let values = values.iter().map(|actual| words::measured(actual, indicator, lang));
            values.collect::<Vec<_>>().join(arrow)
        }
    };
    let mut parts = vec![came];
    match &risk.sign {
        Sign::Grade(_) => {}
        Sign::Missed(due) => parts.push(owed::what(&report.handover.dues, due, Period::brief, lang)),
        Sign::Verdict(gap) => parts.extend(against(gap, lang)),
    }
    parts.join(lang.pick("。", ". "))
}

/// The baseline and the target that the values are held against, and how far they are from it.
fn against(gap: &Gap<'_>, lang: Lang) -> Option<String> {
    let baseline = gap
        .baseline
        .map(|of| tr!(lang, "{} {}", "{} {}", terms::BASELINE.word(lang), words::dated(of, gap.indicator, lang)));
    let target = gap
        .held_to()
        .map(|of| tr!(lang, "{} {}", "{} {}", terms::TARGET.word(lang), words::target(of, gap.indicator, lang)));
    let parts: Vec<String> = baseline.into_iter().chain(target).chain(words::distance(gap, lang)).collect();
    (!parts.is_empty()).then(|| parts.join(lang.pick("、", ", ")))
}

/// いまの状況: how many stand where, then every entry and indicator.
pub fn all(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let handover = &report.handover;
    let mut sections = vec![Section::plain(vec![Block::Text(counts(&handover.status, lang).into())])];
    let nodes: Vec<&Node<'_>> =
        handover.status.nodes.iter().filter(|node| report.plan().head.counts(node.entry.level)).collect();
    if !nodes.is_empty() {
        let heading = counted("項目ごとの状況", "Every entry", nodes.len(), lang);
        sections.push(below(heading, vec![Block::Table(entries(report, &nodes, lang))]));
    }
    if !handover.gaps.is_empty() {
        let heading = counted("検証指標", "Indicators", handover.gaps.len(), lang);
        sections.push(below(heading, vec![Block::Table(indicators(report, lang))]));
    }
    sections
}

/// How many entries have each grade, in a sentence.
fn counts(status: &Status<'_>, lang: Lang) -> String {
    let total = &status.total;
    let grades = status.version.grades.iter().zip(&total.counts).filter(|(_, count)| **count > 0);
    let grades = grades.map(|(grade, count)| tr!(lang, "{} {count}件", "{} {count}", grade.name));
    let others = [(terms::UNREPORTED, total.unreported), (terms::RESTING, total.resting), (terms::AHEAD, total.ahead)];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    let others = others.map(|(term, count)| tr!(lang, "{} {count}件", "{} {count}", term.word(lang)));
    let list = grades.chain(others).collect::<Vec<_>>().join(lang.pick("、", ", "));
    let (level, entries, scale) = (status.plan.level_name(status.counted), total.entries, &status.version.name);
    tr!(lang, "{level} {entries}件。{scale}：{list}。", "{level}: {entries}. {scale}: {list}.")
}

type Standing<'r> = (&'r HandoverReport<'r>, &'r Node<'r>);

fn entries(report: &HandoverReport<'_>, nodes: &[&Node<'_>], lang: Lang) -> Table {
    let columns = weighed(
        [
            column("id", terms::ID.titles(), Type::Id, |(_, node): &Standing<'_>, _| {
                Cell::text(node.entry.id.as_str())
            }),
            column("name", terms::NAME.titles(), Type::Name, |(_, node), _| Cell::text(&*node.entry.name)),
            column("owner", terms::OWNER.titles(), Type::Text, |(report, node), at| {
                Cell::text(words::owners(&node.entry.owners, &report.plan().owners, at.lang))
            }),
            column("rating", terms::RATING.titles(), Type::Grade, |(report, node), at| {
                let status = &report.handover.status;
                let grade = words::standing(node.standing, status.version, at.lang);
                let period = node.rated_by.map(|update| update.period.brief(at.lang));
                Cell::text(period.map_or_else(|| grade.to_owned(), |period| format!("{grade}\n{period}")))
            }),
            column("ahead", ("次の期日", "Next date"), Type::Text, |(report, node), at| {
                Cell::text(next_date(&report.handover.calendar, node.place, at.lang))
            }),
            column("next", terms::NEXT.titles(), Type::Text, |(report, node), _| {
                let known = node.entry.updates.iter().rev().filter(|update| report.handover.as_of.counts(*update));
                Cell::text(known.filter_map(|update| update.next.as_deref()).next().unwrap_or_default())
            }),
        ],
        [8, 20, 13, 15, 20, 24],
    );
    let subjects: Vec<_> = nodes.iter().map(|node| Some(node.entry.id.as_str())).collect();
    Table::build(&columns, nodes.iter().map(|node| (report, *node)), lang).about(subjects)
}

/// The next date of an entry within the year.
fn next_date(calendar: &Calendar<'_>, place: usize, lang: Lang) -> String {
    let next = calendar.duties.iter().find(|duty| duty.work.entry() == Some(place));
    next.map_or_else(
        || words::none(lang).to_owned(),
        |duty| {
            let (when, what) = (duties::when(duty.when, lang), duties::work(calendar.plan, &duty.work, false, lang));
            format!("{when}\n{what}")
        },
    )
}

type Judged<'r> = (&'r HandoverReport<'r>, &'r Gap<'r>);

fn indicators(report: &HandoverReport<'_>, lang: Lang) -> Table {
    let columns = weighed(
        [
            column("name", terms::NAME.titles(), Type::Name, |(_, gap): &Judged<'_>, _| {
                Cell::text(words::indicator_name(gap.indicator))
            }),
            column("owner", terms::OWNER.titles(), Type::Text, |(report, gap), at| {
                let plan = report.plan();
                Cell::text(words::owners(crate::query::answering(plan, gap.indicator), &plan.owners, at.lang))
            }),
            column("actual", terms::ACTUAL.titles(), Type::Text, |(_, gap), at| {
                let actual = gap.actual.map(|actual| words::measured(actual, gap.indicator, at.lang));
                Cell::text(actual.unwrap_or_else(|| words::none(at.lang).to_owned()))
            }),
            column("target", terms::TARGET.titles(), Type::Text, |(_, gap), at| {
                let target = gap.held_to().map(|target| words::target(target, gap.indicator, at.lang));
                Cell::text(target.unwrap_or_else(|| words::none(at.lang).to_owned()))
            }),
            column("verdict", terms::VERDICT.titles(), Type::Grade, |(report, gap), at| {
                let by_hand = gap.by_hand().map(|by| words::given_by_hand(by, report.plan(), at.lang));
                Cell::text(by_hand.unwrap_or_else(|| words::banded(gap, at.lang))).toned(words::tone(gap.counted()))
            }),
        ],
        [30, 17, 20, 20, 13],
    );
    let subjects: Vec<_> = report.handover.gaps.iter().map(|gap| Some(gap.indicator.id.as_str())).collect();
    Table::build(&columns, report.handover.gaps.iter().map(|gap| (report, gap)), lang).about(subjects)
}
