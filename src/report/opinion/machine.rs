//! Opinions for programs: one row each, and JSON.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Cell, ColumnOf, Table, Type, column};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::opinion::{Body, Meeting, OpinionKind, Response, ResponseState};
use crate::plan::period::Period;
use crate::query::AsOf;
use crate::query::opinion::Thread;
use crate::report::json::{AsOfJson, Day, PlanJson, Version, called, owners, tree};
use crate::text::terms;
use crate::wording::opinion as words;

use super::OpinionsReport;

type Listed<'r> = (&'r OpinionsReport<'r>, &'r Thread<'r>);

/// One row an opinion, with the answer that holds.
pub fn table(report: &OpinionsReport<'_>, lang: Lang) -> Table {
    let columns: Vec<ColumnOf<Listed<'_>>> = asked().into_iter().chain(answered()).collect();
    Table::build(&columns, report.threads.iter().map(|thread| (report, thread)), lang)
}

fn asked<'r>() -> Vec<ColumnOf<Listed<'r>>> {
    vec![
        column("opinion_name", ("意見の名前", "Opinion name"), Type::Id, |(_, t): &Listed<'_>, _| {
            Cell::text(t.name().to_string())
        }),
        column("meeting", ("会議", "Meeting"), Type::Name, |(_, t): &Listed<'_>, _| Cell::text(&*t.meeting.name)),
        column("date", ("日付", "Date"), Type::Date, |(_, t): &Listed<'_>, _| Cell::text(t.meeting.date.to_string())),
        column("kind", ("種類", "Kind"), Type::Text, |(_, t): &Listed<'_>, at| {
            Cell::text(t.opinion.kind.say().text(at.lang))
        }),
        column("who", ("発言者", "Said by"), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(words::who(t.opinion, report.with_names, at.lang))
        }),
        column("about", ("項目・指標", "Entry, indicator"), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(words::about(report.plan, t.opinion, at.lang))
        }),
        column("opinion", ("内容", "What was said"), Type::Text, |(_, t): &Listed<'_>, _| {
            Cell::text(&*t.opinion.text)
        }),
        column("summary", ("意見の概要", "Opinion in short"), Type::Text, |(_, t): &Listed<'_>, _| {
            Cell::text(t.opinion.in_short())
        }),
        column("count", terms::COUNT.titles(), Type::Integer, |(_, t): &Listed<'_>, _| {
            Cell::number(t.count(), t.count().to_string())
        }),
        column("owner", terms::OWNER.titles(), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(words::answering(report.plan, t, at.lang))
        }),
    ]
}

fn answered<'r>() -> Vec<ColumnOf<Listed<'r>>> {
    vec![
        column("due", ("回答の期限", "Answer due"), Type::Date, |(_, t): &Listed<'_>, _| {
            t.opinion.due.map_or_else(Cell::default, |day| Cell::text(day.to_string()))
        }),
        column("state", ("対応状況", "State"), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(words::states(report.plan, t, at.lang))
        }),
        column("answered", ("回答日", "Answered"), Type::Date, |(_, t): &Listed<'_>, _| {
            t.latest().last().map_or_else(Cell::default, |last| Cell::text(last.trace.stamp.day.to_string()))
        }),
        column("answer", ("対応の内容", "Response"), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(words::answers(report.plan, t, at.lang))
        }),
        column("promise", ("約束", "Promise"), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(words::promises(report.plan, t, at.lang))
        }),
        column("overdue", ("期限超過", "Overdue"), Type::Text, |(report, t): &Listed<'_>, at| {
            Cell::text(match t.is_overdue(report.as_of) {
                true => at.lang.pick("はい", "yes"),
                false => at.lang.pick("いいえ", "no"),
            })
        }),
    ]
}

/// 意見と対応 || Opinions and responses
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OpinionsJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 意見 || The opinions
    opinions: Vec<OpinionJson<'p>>,
}

/// 意見とその対応 || An opinion, with what was answered
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OpinionJson<'p> {
    /// 意見の名前（会議/番号） || What it is called: meeting/number
    name: String,
    /// 意見の出た場 || Where it was given
    meeting: MeetingJson<'p>,
    /// 会議の中での番号 || Its number in the meeting
    number: &'p Id,
    /// 種類：opinion 意見、question 質問、request 要望、point 指摘 || Its kind: opinion, question, request, point
    kind: &'static str,
    /// だれが || Who said it
    who: Option<&'p str>,
    /// 氏名。求めたときだけ || The name, where it was asked for
    person: Option<&'p str>,
    /// どの項目や指標についてか || About which entries and indicators
    about: Vec<&'p Id>,
    /// 意見の内容 || What was said
    opinion: &'p str,
    /// 報告書に載せる概要 || What papers print of it
    summary: Option<&'p str>,
    /// 件数。まとめた意見も数える || How many said so, those grouped with it included
    count: u64,
    /// まとめた意見の番号 || The numbers of the opinions that are grouped with it
    alike: Vec<&'p Id>,
    /// 所管課の名称 || Who is to answer, by name
    owners: Vec<&'p str>,
    /// 回答の期限 || By when to answer
    due: Option<Day>,
    /// 対応状況：done、doing、considering、declined。まだ回答のない所管課があれば null || What comes of it: done, doing, considering, declined; null while an owner has not answered
    state: Option<&'static str>,
    /// 回答や約束の期限を過ぎたか || Whether an answer or a promise is overdue
    overdue: bool,
    /// 対応。古い順 || The responses that hold, the oldest first
    responses: Vec<ResponseJson<'p>>,
}

/// 意見の出た場 || Where opinions were given
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MeetingJson<'p> {
    /// ファイルの名前 || The name of its file
    id: &'p Id,
    /// 名称 || What it is called
    name: &'p str,
    /// 委員会 committee、議会 assembly、監査 audit、パブリックコメント public、その他 other || committee, assembly, audit, public or other
    body: &'static str,
    /// 最初の日 || The first day of what lasted several
    from: Option<Day>,
    /// 日 || The day
    date: Day,
}

/// 対応 || A response
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ResponseJson<'p> {
    /// 記録の名前 || What the record is called
    record: String,
    /// 回答した日 || The day of the answer
    recorded: Day,
    /// どの所管課の対応か。すべてなら null || Whose answer; null for that of all
    owner: Option<&'p str>,
    /// 対応状況 || What comes of the opinion
    state: &'static str,
    /// 対応の内容 || What was answered
    answer: &'p str,
    /// 対応しない理由 || Why nothing is done
    reason: Option<&'p str>,
    /// 約束したこと || What was promised
    promise: Option<&'p str>,
    /// いつまでに || Until when
    until: Option<Period>,
    /// 反映した git の版 || The git revision that reflects it
    revision: Option<&'p str>,
    /// 反映した変更の日 || The day of the change that reflects it
    change: Option<Day>,
    /// 回答者 || Who answered
    by: Option<&'p str>,
}

/// The opinions of a report.
pub fn json(report: &OpinionsReport<'_>) -> Json {
    tree(&OpinionsJson {
        schema: Version,
        plan: report.plan.into(),
        as_of: report.as_of.into(),
        opinions: report.threads.iter().map(|t| opinion(report.plan, report.as_of, t, report.with_names)).collect(),
    })
}

/// One opinion.
pub fn opinion<'p>(plan: &'p Plan, as_of: AsOf, thread: &Thread<'p>, with_names: bool) -> OpinionJson<'p> {
    let said = thread.opinion;
    let places: Vec<usize> = thread.parts.iter().filter_map(|part| part.owner).collect();
    OpinionJson {
        name: thread.name().to_string(),
        meeting: meeting(thread.meeting),
        number: &said.number,
        kind: OpinionKind::key(said.kind),
        who: said.who.as_deref(),
        person: said.person.as_deref().filter(|_| with_names),
        about: said.about.iter().map(|subject| called(plan, *subject).0).collect(),
        opinion: &said.text,
        summary: said.summary.as_deref(),
        count: thread.count(),
        alike: thread.alike.iter().map(|other| &other.number).collect(),
        owners: owners(plan, &places),
        due: said.due.map(Into::into),
        state: thread.state().map(ResponseState::key),
        overdue: thread.is_overdue(as_of),
        responses: thread.responses().into_iter().map(|one| response(plan, one)).collect(),
    }
}

fn meeting(meeting: &Meeting) -> MeetingJson<'_> {
    MeetingJson {
        id: &meeting.id,
        name: &meeting.name,
        body: Body::key(meeting.body),
        from: meeting.from.map(Into::into),
        date: meeting.date.into(),
    }
}

fn response<'r>(plan: &'r Plan, one: &'r Response) -> ResponseJson<'r> {
    ResponseJson {
        record: one.trace.stamp.to_string(),
        recorded: one.trace.stamp.day.into(),
        owner: one.owner.map(|place| plan.owners[place].label()),
        state: one.state.key(),
        answer: &one.text,
        reason: one.reason.as_deref(),
        promise: one.promise.as_deref(),
        until: one.until,
        revision: one.revision.as_deref(),
        change: one.change.map(Into::into),
        by: one.by.as_deref(),
    }
}
