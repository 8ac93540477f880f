//! What changed in one's time: the plan and why, what was closed and corrected, what was answered.

use chrono::NaiveDate;

use crate::diff::change::Change;
use crate::diff::fact::Subject as Of;
use crate::diff::field::Field;
use crate::document::{Block, Cell, Line, Section, Table, Type, column, weighed};
use crate::lang::Lang;
use crate::plan::amendment::Amendment;
use crate::plan::closing::Closing;
use crate::plan::paper::Answer;
use crate::plan::period::{Period, date_text};
use crate::plan::{Plan, Subject};
use crate::query::history::{Event, Record};
use crate::report::diff::{DiffRow, row};
use crate::report::named::short;
use crate::text::safe::one_line;
use crate::text::terms;
use crate::tr;
use crate::wording as words;

use super::{HandoverReport, below, counted, nothing};

/// How many of a kind are listed; how many more there are is said.
const MOST: usize = 30;

/// Every kind of change in a section of its own.
pub fn blocks(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let handover = &report.handover;
    let since = Period::Day(handover.since).long(lang);
    let lead = tr!(
        lang,
        "{since}からの変更、確定、訂正及び答弁を記す。",
        "Changes, closings, corrections and answers since {since}."
    );
    let mut sections = vec![Section::plain(vec![Block::Text(lead.into())])];
    if !report.is_of_owner() {
        sections.push(schedule(report, lang));
    }
    sections.push(reasons(report, lang));
    sections.push(plan(report, lang));
    if !report.commits.is_empty() {
        sections.push(commits(report, lang));
    }
    if !report.is_of_owner() {
        sections.push(closings(report, lang));
    }
    sections.push(corrected(report, lang));
    if !handover.answers.is_empty() {
        sections.push(answers(report, lang));
    }
    sections
}

/// A list that is cut short, and what stands below it.
fn cut<T>(all: &[T], lang: Lang) -> (&[T], Option<Block>) {
    let rest = all.len().saturating_sub(MOST);
    let more = || Block::Text(tr!(lang, "ほか {rest}件", "{rest} more").into());
    (&all[..all.len() - rest], (rest > 0).then(more))
}

/// 計画の経過.
fn schedule(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let line = |milestone: &&crate::plan::entry::Milestone| {
        let (date, name) = (milestone.date.tag(lang), &milestone.name);
        let notes = milestone.notes.iter().map(|note| tr!(lang, "（{note}）", " ({note})")).collect::<String>();
        Line::from(format!("{date}{}{name}{notes}", lang.pick("　", ": ")))
    };
    let all = &report.handover.scheduled;
    let block = match all.is_empty() {
        true => nothing("この間に記された経過はない。", "The plan tells of nothing in this time.", lang),
        false => Block::List(all.iter().map(line).collect()),
    };
    below(counted("計画の経過", "Schedule", all.len(), lang), vec![block])
}

type Reason<'r> = (&'r Plan, &'r (Option<&'r str>, &'r Amendment));

/// 変更の理由, as the plan tells them.
fn reasons(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let all = &report.handover.amendments;
    let heading = counted("計画に書かれた変更の理由", "Reasons that the plan tells", all.len(), lang);
    if all.is_empty() {
        return below(
            heading,
            vec![nothing("この間に書かれた理由はない。", "The plan tells of none in this time.", lang)],
        );
    }
    let columns = weighed(
        [
            column("date", ("決めた日", "Decided"), Type::Date, |(_, (_, amendment)): &Reason<'_>, at| {
                Cell::text(date_text(amendment.date, at.lang))
            }),
            column("name", ("対象", "What"), Type::Text, |(plan, (id, amendment)), at| {
                let own = id.map(|id| vec![id]).unwrap_or_default();
                let ids = own.into_iter().chain(amendment.of.iter().map(|id| id.as_str()));
                let names: Vec<String> = ids.map(|id| named(plan, id)).collect();
                Cell::text(match names.is_empty() {
                    true => terms::WHOLE_PLAN.title(at.lang).to_owned(),
                    false => names.join("\n"),
                })
            }),
            column("reason", terms::REASON.titles(), Type::Text, |(_, (_, amendment)), _| {
                Cell::text(&*amendment.reason)
            }),
        ],
        [14, 34, 52],
    );
    below(heading, vec![Block::Table(Table::build(&columns, all.iter().map(|one| (report.plan(), one)), lang))])
}

/// An entry by number and name, an indicator by its name; what is gone by its id.
fn named(plan: &Plan, id: &str) -> String {
    match plan.find(id) {
        Some(Subject::Entry(place)) => format!("{} {}", plan.entries[place].id, plan.entries[place].name),
        Some(Subject::Indicator(place)) => words::indicator_name(&plan.indicators[place]),
        None => id.to_owned(),
    }
}

/// What changed between the two revisions.
fn plan(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let Some(since) = &report.since else {
        let heading = lang.pick("計画の変更", "Changes of the plan");
        let none = "前の版が git にないため、版を比べた変更は載せていない。";
        return below(heading, vec![nothing(none, "There is no earlier revision to compare with.", lang)]);
    };
    let changes: Vec<&Change<'_>> = since.changes.iter().filter(|change| concerns(report, change)).collect();
    let day = date_text(since.date, lang);
    let heading = match lang {
        Lang::Ja => format!("計画の変更（{day}の版から、{}件）", changes.len()),
        Lang::En => format!("Changes of the plan since {day} ({})", changes.len()),
    };
    if changes.is_empty() {
        return below(heading, vec![nothing("変更はない。", "Nothing changed.", lang)]);
    }
    let (shown, more) = cut(&changes, lang);
    let rows: Vec<DiffRow> = shown.iter().map(|change| row(since.plans.map(Some), change, lang)).collect();
    let block = Block::Table(differences(&rows, lang));
    let command = report.command(&format!("kaikaku diff {} --definition", short(&since.revision)));
    let all = tr!(lang, "すべては {command} で見られる。", "{command} shows them all.");
    below(heading, std::iter::once(block).chain(more).chain([Block::Text(all.into())]).collect())
}

/// Where a text is from and what else something is called concerns nobody here; an owner only what is its own.
fn concerns(report: &HandoverReport<'_>, change: &Change<'_>) -> bool {
    let is_noise = change.key.as_ref().is_some_and(|key| matches!(key.field, Field::Source | Field::Aliases));
    let plan = report.plan();
    let id = match change.subject {
        Of::Entry(id) | Of::Indicator(id) => Some(id),
        _ => None,
    };
    let is_own = |owner: usize| match id.and_then(|id| plan.index.get(id)) {
        Some(Subject::Entry(place)) => plan.entries[*place].owners.contains(&owner),
        Some(Subject::Indicator(place)) => crate::query::answering(plan, &plan.indicators[*place]).contains(&owner),
        None => false,
    };
    !is_noise && report.handover.owner.is_none_or(is_own)
}

fn differences(rows: &[DiffRow], lang: Lang) -> Table {
    let value = |text: &str, lang: Lang| Cell::text(if text.is_empty() { words::none(lang) } else { text });
    let columns = weighed(
        [
            column("name", ("対象", "What"), Type::Text, |(row, _): &(&DiffRow, Show), _| Cell::text(&row.name)),
            column("change", ("変更", "Change"), Type::Text, |(row, _), _| match &*row.field {
                "" => Cell::text(&row.happened),
                field => Cell::text(format!("{}\n{field}", row.happened)),
            }),
            column("before", ("変更前", "Before"), Type::Text, |(row, show), at| show(&row.old, at.lang)),
            column("after", ("変更後", "After"), Type::Text, |(row, show), at| show(&row.new, at.lang)),
            column("reason", terms::REASON.titles(), Type::Text, |(row, show), at| show(&row.reason, at.lang)),
        ],
        [22, 17, 20, 20, 21],
    );
    Table::build(&columns, rows.iter().map(|row| (row, value as Show)), lang)
}

/// How a value is shown.
type Show = fn(&str, Lang) -> Cell;

/// Who changed the plan on which day, and how often.
type Changed = (NaiveDate, String, usize);

/// When the plan was changed, and by whom. What changed stands in the table of changes: the words that commits are named by
/// are for those who keep the files.
fn commits(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let mut all: Vec<Changed> = Vec::new();
    for commit in &report.commits {
        let author = one_line(&commit.author);
        match all.last_mut().filter(|last| (last.0, &*last.1) == (commit.date, &*author)) {
            Some(last) => last.2 += 1,
            None => all.push((commit.date, author, 1)),
        }
    }
    let (shown, more) = cut(&all, lang);
    let columns = weighed(
        [
            column("date", ("日", "Day"), Type::Date, |(day, ..): &&Changed, at| Cell::text(date_text(*day, at.lang))),
            column("author", ("だれが", "By"), Type::Text, |(_, author, _), _| Cell::text(&**author)),
            column("times", ("回数", "Times"), Type::Integer, |(.., times), at| {
                let shown = tr!(at.lang, "{times}回", "{times}");
                Cell::number(u64::try_from(*times).unwrap_or(u64::MAX), shown)
            }),
        ],
        [30, 45, 25],
    );
    let table = Block::Table(Table::build(&columns, shown, lang));
    let heading =
        counted("計画のファイルを変更した日と人", "Who changed the files of the plan, and when", all.len(), lang);
    below(heading, std::iter::once(table).chain(more).collect())
}

/// What was closed, and corrected since.
fn closings(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let all = &report.handover.closings;
    let heading = counted("確定した期間と公表後の訂正", "Closed periods and corrections", all.len(), lang);
    if all.is_empty() {
        return below(
            heading,
            vec![nothing("この間に確定した期間はない。", "No period was closed in this time.", lang)],
        );
    }
    let columns = weighed(
        [
            column("period", terms::PERIOD.titles(), Type::Period, |closing: &&Closing, at| {
                Cell::text(closing.period.brief(at.lang))
            }),
            column("closed", ("確定した日", "Closed"), Type::Date, |closing, at| {
                Cell::text(date_text(closing.closed, at.lang))
            }),
            column("by", ("確定した人", "By"), Type::Text, |closing, at| {
                let parts: Vec<&str> = [closing.by.as_deref(), closing.note.as_deref()].into_iter().flatten().collect();
                Cell::text(if parts.is_empty() { words::none(at.lang).to_owned() } else { parts.join("\n") })
            }),
            column("corrections", ("公表後の訂正", "Correction"), Type::Text, |closing, at| {
                let line = |one: &crate::plan::closing::Correction| {
                    let (day, count, reason) = (date_text(one.date, at.lang), one.changes.len(), &one.reason);
                    tr!(at.lang, "{day}　{count}件　{reason}", "{day}: {count}, {reason}")
                };
                let lines: Vec<String> = closing.corrections.iter().map(line).collect();
                Cell::text(if lines.is_empty() { words::none(at.lang).to_owned() } else { lines.join("\n") })
            }),
        ],
        [16, 14, 22, 48],
    );
    below(heading, vec![Block::Table(Table::build(&columns, all.iter().copied(), lang))])
}

type Corrected<'r> = (&'r Plan, &'r Event<'r>);

/// Records that another one stands in place of.
fn corrected(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let all = &report.handover.corrected;
    let heading = counted("訂正した記録", "Corrected records", all.len(), lang);
    if all.is_empty() {
        return below(
            heading,
            vec![nothing("この間に訂正した記録はない。", "No record was corrected in this time.", lang)],
        );
    }
    let (shown, more) = cut(all, lang);
    let columns = weighed(
        [
            column("date", ("訂正した日", "Corrected"), Type::Date, |(_, event): &Corrected<'_>, at| {
                let day = event.corrected.and_then(|by| by.recorded);
                Cell::text(day.map_or_else(|| words::none(at.lang).to_owned(), |day| date_text(day, at.lang)))
            }),
            column("name", ("対象", "What"), Type::Text, |(plan, event), _| {
                Cell::text(match event.subject {
                    Subject::Entry(place) => format!("{} {}", plan.entries[place].id, plan.entries[place].name),
                    Subject::Indicator(place) => words::indicator_name(&plan.indicators[place]),
                })
            }),
            column("period", terms::PERIOD_COVERED.titles(), Type::Period, |(_, event), at| {
                Cell::text(event.name.period.brief(at.lang))
            }),
            column("was", ("訂正前の記録", "What it said"), Type::Text, |(plan, event), at| {
                Cell::text(said(plan, event, at.lang))
            }),
        ],
        [15, 35, 18, 32],
    );
    let table = Block::Table(Table::build(&columns, shown.iter().map(|event| (report.plan(), event)), lang));
    below(heading, std::iter::once(table).chain(more).collect())
}

/// What a record said, in a few words: grades or the value.
fn said(plan: &Plan, event: &Event<'_>, lang: Lang) -> String {
    match (event.record, event.subject) {
        (Record::Update(update), _) => {
            let grade = |rating: &crate::plan::scale::Rating| {
                let version = &plan.scales[usize::from(rating.scale)].versions[usize::from(rating.version)];
                version.grades[usize::from(rating.grade)].name.to_string()
            };
            let grades = update.ratings.iter().map(grade);
            let progress = update.progress.map(|percent| words::progress(percent, lang));
            let words = grades.chain(progress).collect::<Vec<_>>().join(lang.pick("、", ", "));
            if words.is_empty() { lang.pick("文章の記録", "texts alone").to_owned() } else { words }
        }
        (Record::Actual(actual), Subject::Indicator(place)) => words::measured(actual, &plan.indicators[place], lang),
        (Record::Actual(_), Subject::Entry(_)) => String::new(),
    }
}

type Answered<'r> = (&'r Plan, &'r Answer);

/// What was answered in the council.
fn answers(report: &HandoverReport<'_>, lang: Lang) -> Section {
    let all = &report.handover.answers;
    let (shown, more) = cut(all, lang);
    let columns = weighed(
        [
            column("date", ("日", "Day"), Type::Date, |(_, answer): &Answered<'_>, at| {
                let day = answer.recorded.map(|day| date_text(day, at.lang));
                Cell::text(day.unwrap_or_else(|| answer.period.brief(at.lang)))
            }),
            column("name", ("対象", "What"), Type::Text, |(plan, answer), _| {
                Cell::text(match answer.about {
                    Subject::Entry(place) => format!("{} {}", plan.entries[place].id, plan.entries[place].name),
                    Subject::Indicator(place) => words::indicator_name(&plan.indicators[place]),
                })
            }),
            column("question", terms::QUESTION.titles(), Type::Text, |(_, answer), at| {
                Cell::text(answer.question.as_deref().unwrap_or_else(|| words::none(at.lang)))
            }),
            column("answer", ("答弁", "Answer"), Type::Text, |(_, answer), _| Cell::text(&*answer.answer)),
        ],
        [14, 24, 26, 36],
    );
    let table = Block::Table(Table::build(&columns, shown.iter().map(|answer| (report.plan(), *answer)), lang));
    let heading = counted("議会などでの答弁", "Answers in the council", all.len(), lang);
    below(heading, std::iter::once(table).chain(more).collect())
}
