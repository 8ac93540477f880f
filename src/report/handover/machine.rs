//! What is handed over, for programs.

use serde::Serialize;
use serde_json::Value as Json;

use super::{HandoverReport, tasks};
use crate::lang::Lang;
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::query::due::Due;
use crate::query::handover::Person;
use crate::query::handover::risk::{Risk, Said, Sign};
use crate::query::status::{Node, Standing};
use crate::report::calendar::{DutyJson, duty_json};
use crate::report::due::{named, wording};
use crate::report::json::{AsOfJson, Day, PlanJson, Version, called, owners, tree};

/// 引継書 || What is handed over
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HandoverJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 経過を記した期間の最初の日 || The first day of the time that it tells of
    since: Day,
    /// どの所管課の引継書か。計画の担当なら null || The owner whose paper it is; null for the office in charge
    owner: Option<&'p str>,
    /// 12か月の予定 || The duties of twelve months
    duties: Vec<DutyJson<'p>>,
    /// 期限を過ぎたもの || What is overdue
    overdue: Vec<OverdueJson<'p>>,
    /// 終わって確定していない期間 || Periods that have ended and are not closed
    unclosed: &'p [Period],
    /// 項目の状況 || How every entry stands
    entries: Vec<EntryJson<'p>>,
    /// 注意を要する項目と指標 || What is at risk
    risks: Vec<RiskJson<'p>>,
    /// 所管課 || The owners
    people: Vec<PersonJson<'p>>,
    /// 計画の変更の数。前の版がなければ null || How many changes of the plan there are; null where there is no earlier revision
    changes: Option<usize>,
    /// 確定した期間 || Periods that were closed
    closed: Vec<Period>,
    /// 訂正した記録の数 || How many records were corrected
    corrected: usize,
    /// 仕事の手順 || The tasks
    tasks: Vec<TaskJson>,
}

/// 期限を過ぎたもの || Something that is overdue
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OverdueJson<'p> {
    /// 所管課。定めがなければ null || Who owes it; null where no owner is set
    owner: Option<&'p str>,
    /// 項目の番号又は指標の id || The entry or indicator
    id: Option<&'p Id>,
    /// 名称 || Its name
    name: &'p str,
    /// 内容（英語） || What is owed, in words
    what: String,
    /// 期限 || By when
    term: Option<Day>,
}

/// 項目の状況 || How an entry stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct EntryJson<'p> {
    /// 番号 || Its ID
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 所管課 || Its owners
    owners: Vec<&'p str>,
    /// 進捗区分。なければ null || Its grade; null where it has none
    grade: Option<&'p str>,
    /// その区分の対象の期間 || The period of which that was said
    period: Option<Period>,
}

/// 注意を要する項目又は指標 || An entry or indicator at risk
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RiskJson<'p> {
    /// 項目の番号又は指標の id || The entry or indicator
    id: &'p Id,
    /// 名称 || Its name
    name: &'p str,
    /// 理由：grade 区分、missed 期日、verdict 判定 || What says so: grade, missed, verdict
    sign: &'static str,
    /// 課題 || What is hard
    issue: Option<&'p str>,
    /// 今後の対応 || What comes next
    next: Option<&'p str>,
}

/// 所管課 || An owner
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PersonJson<'p> {
    /// 名称 || Its name
    owner: &'p str,
    /// 局・部 || Its bureau
    bureau: Option<&'p str>,
    /// 連絡先 || How to reach it
    contact: Option<&'p str>,
    /// 主管する項目 || The entries that it leads
    entries: Vec<&'p Id>,
    /// 指標の数 || How many indicators it answers for
    indicators: usize,
    /// 最近の回答者 || Who answered last
    person: Option<&'p str>,
}

/// 仕事の手順 || A task
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TaskJson {
    /// 名前（英語） || What it is called
    name: String,
    /// 用いるコマンド || The commands that it takes
    commands: Vec<String>,
}

/// The whole of it.
pub fn json(report: &HandoverReport<'_>) -> Json {
    let handover = &report.handover;
    let plan = handover.plan;
    let shares = handover.dues.shares.iter();
    let overdue = shares.flat_map(|share| share.dues.iter().map(move |due| (share.owner, due)));
    let overdue = overdue.filter(|(_, due)| due.what.is_overdue());
    let counted = handover.status.nodes.iter().filter(|node| plan.head.counts(node.entry.level));
    let task = |(name, steps): (String, Vec<tasks::TaskStep>)| TaskJson {
        name,
        commands: steps.into_iter().filter_map(|(_, command)| command).collect(),
    };
    tree(&HandoverJson {
        schema: Version,
        plan: plan.into(),
        as_of: handover.as_of.into(),
        since: handover.since.into(),
        owner: handover.owner.map(|place| plan.owners[place].label()),
        duties: handover.calendar.duties.iter().map(|duty| duty_json(&handover.calendar, duty)).collect(),
        overdue: overdue.map(|(owner, due)| owed(report, owner, due)).collect(),
        unclosed: &handover.unclosed,
        entries: counted.map(|node| entry(report, node)).collect(),
        risks: handover.risks.iter().map(|one| risk(report, one)).collect(),
        people: handover.people.iter().map(|one| person(report, one)).collect(),
        changes: report.since.as_ref().map(|since| since.changes.len()),
        closed: handover.closings.iter().map(|closing| closing.period).collect(),
        corrected: handover.corrected.len(),
        tasks: tasks::tasks(report, Lang::En).into_iter().map(task).collect(),
    })
}

fn owed<'r>(report: &'r HandoverReport<'_>, owner: Option<usize>, due: &'r Due<'_>) -> OverdueJson<'r> {
    let plan = report.handover.plan;
    OverdueJson {
        owner: owner.map(|place| plan.owners[place].label()),
        id: due.subject.map(|subject| called(plan, subject).0),
        name: named(plan, due).1,
        what: wording::what(&report.handover.dues, due, Period::tag, Lang::En),
        term: due.term.map(Into::into),
    }
}

fn entry<'r>(report: &'r HandoverReport<'_>, node: &'r Node<'_>) -> EntryJson<'r> {
    let status = &report.handover.status;
    let grade = match node.standing {
        Standing::Graded(grade) => Some(&*status.version.grades[grade].name),
        _ => None,
    };
    EntryJson {
        id: &node.entry.id,
        name: &node.entry.name,
        owners: owners(report.handover.plan, &node.entry.owners),
        grade,
        period: node.rated_by.map(|update| update.period),
    }
}

fn risk<'r>(report: &'r HandoverReport<'_>, risk: &'r Risk<'_>) -> RiskJson<'r> {
    let (id, name) = called(report.handover.plan, risk.subject);
    let sign = match risk.sign {
        Sign::Grade(_) => "grade",
        Sign::Missed(_) => "missed",
        Sign::Verdict(_) => "verdict",
    };
    let words = |said: Option<Said<'r>>| said.map(|said| said.words);
    RiskJson { id, name, sign, issue: words(risk.issue), next: words(risk.next) }
}

fn person<'r>(report: &'r HandoverReport<'_>, person: &'r Person<'_>) -> PersonJson<'r> {
    let plan = report.handover.plan;
    let owner = &plan.owners[person.owner];
    PersonJson {
        owner: owner.label(),
        bureau: owner.bureau.as_deref(),
        contact: owner.contact.as_deref(),
        entries: person.entries.iter().map(|place| &plan.entries[*place].id).collect(),
        indicators: person.indicators,
        person: person.reply.and_then(|(_, reply)| reply.person.as_deref()),
    }
}
