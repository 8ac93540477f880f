//! What is to be done: in the next three months, by now, and within the year.

use chrono::NaiveDate;

use crate::document::{Block, Cell, Line, Section, Table, Tone, Type, column, weighed};
use crate::lang::Lang;
use crate::plan::period::{Cycle, Period, date_text};
use crate::query::calendar::{Calendar, Duty, closing};
use crate::query::due::{Due, Share};
use crate::report::calendar::{about as row_of, by_month, how_expected, subject, what, when, who};
use crate::report::due::{about, wording};
use crate::text::terms;
use crate::tr;
use crate::wording as words;
use crate::wording::calendar::office;

use super::tasks::{self, TaskKey};
use super::{HandoverReport, nothing, one, part};

/// The last day of the quarter after the running one.
pub fn soon(today: NaiveDate) -> NaiveDate {
    let running = Cycle::Quarter.period_containing(today);
    running.next().unwrap_or(running).last_day()
}

/// 最初に読むこと: what the paper is, and what is to be done until the end of the next quarter.
pub fn first(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let handover = &report.handover;
    let until = soon(handover.as_of.date);
    let duties: Vec<&Duty<'_>> =
        handover.calendar.until(until).filter(|duty| handover.as_of.date <= duty.when.last_day()).collect();
    let owed = |is_overdue: bool| handover.dues.all().filter(move |due| due.what.is_overdue() == is_overdue);
    let overdue = owed(true).count();
    let waiting = owed(false).filter(|due| due.what.key() == "waiting").count();
    let (soon, risks, opinions) = (duties.len(), handover.risks.len(), words::opinion::total(&handover.opinions, lang));
    let unclosed = match handover.unclosed.len() {
        0 => String::new(),
        n => tr!(lang, "、報告と確定の済んでいない期間　{n}件", "; periods not closed: {n}"),
    };
    let [late, said, risky, standing, how] = ["overdue", "opinions", "risks", "standing", "tasks"].map(part);
    let (day, name) = (Period::Day(until).long(lang), &report.plan().head.name);
    let who = match handover.owner {
        Some(place) => report.plan().owners[place].label(),
        None => office(report.plan(), lang),
    };
    let mut blocks = vec![
        Block::Fields(parties(report, lang)),
        Block::Text(
            tr!(
                lang,
                "「{name}」について、{who}が担当する仕事を引き継ぐ。まず、この1と次の2を読む。それぞれの仕事のしかたは、{how}の手順の番号で示す。",
                "This hands over the work of {who} on {name}. Read this part and the next one first; the numbers of tasks are those of part {how}."
            )
            .into(),
        ),
        Block::List(
            [
                tr!(lang, "{day}までにすること　{soon}件（次の表）", "To do until {day}: {soon} (see the table)"),
                tr!(
                    lang,
                    "期限を過ぎているもの　{overdue}件、確認を待つもの　{waiting}件{unclosed}（{late}を参照）",
                    "Overdue: {overdue}; to be confirmed: {waiting}{unclosed} (part {late})"
                ),
                tr!(lang, "未対応の意見　{opinions}（{said}を参照）", "Open opinions: {opinions} (part {said})"),
                tr!(lang, "注意を要する項目と指標　{risks}件（{risky}を参照）", "At risk: {risks} (part {risky})"),
                tr!(
                    lang,
                    "所管課が報告に書いた今後の対応は、{standing}にある。期日の記録がないので、この表には入らない。",
                    "What departments wrote that they will do stands in part {standing}: it has no date, and is not in the table."
                ),
            ]
            .map(Line::from)
            .into(),
        ),
    ];
    blocks.push(match duties.is_empty() {
        true => nothing("この間に期日を迎えるものはない。", "Nothing is due in this time.", lang),
        false => Block::Table(soonest(report, &duties, lang)),
    });
    one(blocks)
}

/// Who hands over, to whom, and of which time.
fn parties(report: &HandoverReport<'_>, lang: Lang) -> Vec<(String, Line)> {
    let handover = &report.handover;
    let day = |day: NaiveDate| Period::Day(day).long(lang);
    let blank = || lang.pick("（　　　　　　　　）", "(                )").to_owned();
    let [from, to] = report.names.each_ref().map(|name| name.clone().unwrap_or_else(blank));
    let (since, now) = (day(handover.since), day(handover.as_of.date));
    [
        (lang.pick("前任者", "From"), from),
        (lang.pick("後任者", "To"), to),
        (lang.pick("引継日", "Day"), now.clone()),
        (lang.pick("経過を記した期間", "Time told of"), tr!(lang, "{since}から{now}まで", "{since} to {now}")),
    ]
    .map(|(name, words)| (name.to_owned(), words.into()))
    .into()
}

/// A duty with how it is done.
type Told<'r> = (&'r Calendar<'r>, &'r Duty<'r>);

fn soonest(report: &HandoverReport<'_>, duties: &[&Duty<'_>], lang: Lang) -> Table {
    let calendar = &report.handover.calendar;
    let columns = weighed(
        [
            when(),
            who(),
            subject(),
            what(),
            column("how", ("進め方", "How"), Type::Text, |(calendar, duty): &Told<'_>, at| {
                Cell::text(tasks::how(&duty.work, calendar.owner.is_some(), at.lang))
            }),
        ],
        [14, 17, 21, 30, 18],
    );
    let subjects: Vec<_> = duties.iter().map(|duty| Some(row_of(calendar, duty))).collect();
    Table::build(&columns, duties.iter().map(|duty| (calendar, *duty)), lang).about(subjects)
}

/// 期限を過ぎているもの, by owner; and what is still to be confirmed.
pub fn overdue(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let handover = &report.handover;
    let dues = &handover.dues;
    let owed = || dues.shares.iter().flat_map(|share| share.dues.iter().map(move |due| (report, share, due)));
    let owed = || owed().filter(|(.., due): &Owed<'_>| !matches!(due.what.key(), "upcoming" | "asked"));
    let mut blocks = Vec::new();
    if owed().next().is_none() {
        blocks.push(nothing("期限を過ぎているものはない。", "Nothing is overdue.", lang));
    } else {
        let columns = weighed(
            [
                column("owner", terms::OWNER.titles(), Type::Text, |(report, share, _): &Owed<'_>, at| {
                    Cell::text(wording::owner_name(report.plan(), share.owner, at.lang))
                }),
                column("subject", ("項目・指標", "Entry, indicator"), Type::Text, |(report, _, due), at| {
                    Cell::text(wording::subject(report.plan(), due, at.lang))
                }),
                column("what", ("内容", "What is owed"), Type::Text, |(report, _, due), at| {
                    let tone = if due.what.is_overdue() { Tone::Warn } else { Tone::Plain };
                    Cell::text(wording::what(&report.handover.dues, due, Period::brief, at.lang)).toned(tone)
                }),
                column("deadline", terms::DEADLINE.titles(), Type::Date, |(.., due), at| {
                    let none = at.lang.pick("なし", "none").to_owned();
                    Cell::text(due.term.map_or(none, |term| date_text(term, at.lang)))
                }),
                column("how", ("進め方", "How"), Type::Text, |(report, _, due), at| {
                    Cell::text(tasks::how_owed(due.what.key(), report.is_of_owner(), at.lang))
                }),
            ],
            [16, 24, 32, 12, 16],
        );
        let subjects: Vec<_> = owed().map(|(_, share, due)| Some(about(report.plan(), share, due))).collect();
        blocks.push(Block::Table(Table::build(&columns, owed(), lang).about(subjects)));
    }
    blocks.extend(unanswered(report, lang));
    blocks.extend(unclosed(report, lang));
    one(blocks)
}

/// The inquiries that somebody has not answered.
fn unanswered(report: &HandoverReport<'_>, lang: Lang) -> Option<Block> {
    let number = TaskKey::Inquiry.number(report.is_of_owner());
    let line = |(period, owners, deadline): &(Period, Vec<usize>, Option<NaiveDate>)| {
        let (count, period) = (owners.len(), period.long(lang));
        let owners = words::owners(owners, &report.plan().owners, lang);
        let none = || lang.pick("期限の定めなし", "no deadline").to_owned();
        let deadline = deadline.map_or_else(none, |day| tr!(lang, "期限{}", "due {}", date_text(day, lang)));
        Line::from(tr!(
            lang,
            "{period}の照会（{deadline}）に回答のない課　{count}課：{owners}（手順{number}）",
            "Inquiry about {period} ({deadline}), not answered by {count}: {owners} (task {number})"
        ))
    };
    let lines: Vec<Line> = report.handover.unanswered.iter().map(line).collect();
    (!lines.is_empty()).then_some(Block::List(lines))
}

type Owed<'r> = (&'r HandoverReport<'r>, &'r Share<'r>, &'r Due<'r>);

/// The periods that nobody has closed: by whom, and by when it was to be.
fn unclosed(report: &HandoverReport<'_>, lang: Lang) -> Vec<Block> {
    let handover = &report.handover;
    let (plan, calendar) = (report.plan(), &handover.calendar);
    let duties: Vec<Duty<'_>> =
        handover.unclosed.iter().filter_map(|period| closing(plan, handover.as_of, *period)).collect();
    if duties.is_empty() {
        return Vec::new();
    }
    let count = duties.len();
    let [paper, publish, close] =
        [TaskKey::Paper, TaskKey::Publish, TaskKey::Close].map(|key| key.number(report.is_of_owner()));
    let lead = tr!(
        lang,
        "終わった期間のうち、報告と確定の済んでいないもの　{count}件（手順{paper}、手順{publish}及び手順{close}）",
        "Periods that have ended and are not closed: {count} (tasks {paper}, {publish} and {close})"
    );
    let columns = weighed([who(), what(), when()], [24, 56, 20]);
    let subjects: Vec<_> = duties.iter().map(|duty| Some(row_of(calendar, duty))).collect();
    let table = Table::build(&columns, duties.iter().map(|duty| (calendar, duty)), lang).about(subjects);
    vec![Block::Text(lead.into()), Block::Table(table)]
}

/// 年間の予定, month by month.
pub fn year(report: &HandoverReport<'_>, lang: Lang) -> Vec<Section> {
    let calendar = &report.handover.calendar;
    if calendar.duties.is_empty() {
        return one(vec![nothing("この12か月の予定はない。", "Nothing is due in these twelve months.", lang)]);
    }
    let of_owner =
        report.handover.owner.map(|place| format!("--owner {} ", tasks::typed(&report.plan().owners[place])));
    let file = lang.pick("予定.ics", "duties.ics");
    let export = report.command(&format!("kaikaku calendar {}-o {file}", of_owner.unwrap_or_default()));
    let more = tr!(
        lang,
        "Outlook などのカレンダーに取り込むファイルは、{export} で作る。",
        "For a calendar such as that of Outlook: {export}"
    );
    one(vec![
        Block::Text(how_expected(lang).into()),
        Block::Table(by_month(calendar, calendar.duties.iter(), lang)),
        Block::Text(more.into()),
    ])
}
