//! Who replied and who did not, and what to write to those who did not.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Section, Table, Tone, Type, column};
use crate::inquiry::standing::{InquiryStatus, Standing};
use crate::inquiry::write::cover::weekday;
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::id::Id;
use crate::plan::period::{Period, date_text};
use crate::report::inquiry::count;
use crate::report::json::{Day, PlanJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording::none;

/// How an inquiry stands.
#[derive(Debug)]
pub struct StandingReport<'p> {
    /// The answer.
    pub status: InquiryStatus<'p>,
    /// Whether reminders are wanted.
    pub letter: bool,
}

impl<'p> Report for StandingReport<'p> {
    fn document(&self, lang: Lang) -> Document {
        let when = self.status.inquiry.period.long(lang);
        let what = tr!(lang, "照会の状況（{when}）", "inquiry ({when})");
        let mut document = heading::document(self.status.plan, &what, None, lang);
        let done = self.status.standings.iter().filter(|s| s.is_complete()).count();
        let (all, day) = (self.status.standings.len(), date_text(self.status.day, lang));
        document.lead.insert(
            0,
            tr!(lang, "{day} 現在　{all} 課のうち回答済 {done}", "as of {day}: {done} of {all} complete").into(),
        );
        document.sections.push(Section::plain(vec![Block::Table(self.table(lang))]));
        if self.letter {
            let open = self.status.standings.iter().filter(|standing| !standing.is_complete());
            document.sections.extend(open.map(|standing| self.reminder(standing, lang)));
        }
        document
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("owner", terms::OWNER.titles(), Type::Text, |(report, of): &(&Self, &Standing<'_>), _| {
                Cell::text(report.status.plan.owners[of.owner].label())
            }),
            column("sent", ("照会日", "Sent"), Type::Date, |(_, of), at| day(Some(of.sent.sent), at.lang)),
            column("deadline", terms::DEADLINE.titles(), Type::Date, |(_, of), at| day(of.deadline, at.lang)),
            column("received", ("回答の受領", "Reply"), Type::Date, |(_, of), at| {
                day(of.reply.map(|reply| reply.received), at.lang)
            }),
            column("required", ("必須", "Required"), Type::Integer, |(_, of), _| count(of.required)),
            column("open", ("未記入", "Open"), Type::Integer, |(_, of), _| count(of.open)),
            column("state", ("状況", "Status"), Type::Text, |(_, of), at| {
                let (word, tone) = word(of, at.lang);
                Cell::text(word).toned(tone)
            }),
        ];
        Table::build(&columns, self.status.standings.iter().map(|standing| (self, standing)), lang)
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.status.plan)
    }

    fn json(&self) -> Json {
        let plan = self.status.plan;
        let owner = |standing: &'_ Standing<'p>| OwnerJson {
            owner: &plan.owners[standing.owner].id,
            sent: standing.sent.sent.into(),
            deadline: standing.deadline.map(Into::into),
            received: standing.reply.map(|reply| reply.received.into()),
            required: standing.required,
            open: standing.open,
            complete: standing.is_complete(),
            days_late: standing.late,
            open_items: standing.open_items.iter().map(|(id, _)| id.clone()).collect(),
            reminder: (!standing.is_complete()).then(|| self.reminder_text(standing, Lang::Ja)),
        };
        tree(&StandingJson {
            schema: Version,
            plan: plan.into(),
            period: self.status.inquiry.period,
            date: self.status.day.into(),
            owners: self.status.standings.iter().map(owner).collect(),
        })
    }
}

/// 照会の状況 || How an inquiry stands
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StandingJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// 対象の期間 || What was asked about
    period: Period,
    /// いつ現在か || As of which day
    date: Day,
    /// 所管課ごとの状況 || Owner by owner
    owners: Vec<OwnerJson<'p>>,
}

/// 所管課の回答の状況 || How far one owner is
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OwnerJson<'p> {
    /// 所管課の id || The owner, by id
    owner: &'p Id,
    /// 照会した日 || When it was asked
    sent: Day,
    /// 回答期限 || By when to answer
    deadline: Option<Day>,
    /// 回答を受け取った日 || When a reply came
    received: Option<Day>,
    /// 必ず記入する設問の数 || How many questions must be answered
    required: usize,
    /// そのうち未記入の数 || How many of them are not
    open: usize,
    /// すべて記入済みか || Whether all are
    complete: bool,
    /// 期限を過ぎた日数 || By how many days the deadline is past
    days_late: Option<i64>,
    /// 未記入の設問がある項目や指標 || The entries and indicators with an open question
    open_items: Vec<String>,
    /// 督促の文（日本語） || A reminder, in Japanese
    reminder: Option<String>,
}

fn day(day: Option<NaiveDate>, lang: Lang) -> Cell {
    day.map_or_else(|| Cell::text(none(lang)), |day| Cell::text(date_text(day, lang)))
}

fn word(standing: &Standing<'_>, lang: Lang) -> (String, Tone) {
    match (standing.is_complete(), standing.late, standing.reply) {
        (true, ..) => (lang.pick("回答済", "complete").to_owned(), Tone::Good),
        (_, Some(days), _) => {
            let days_en = if days == 1 { "day" } else { "days" };
            (tr!(lang, "期限を{days}日超過", "{days} {days_en} late"), Tone::Bad)
        }
        (_, _, Some(_)) => (lang.pick("一部未記入", "incomplete").to_owned(), Tone::Warn),
        (_, _, None) => (lang.pick("未回答", "no reply").to_owned(), Tone::Plain),
    }
}

impl StandingReport<'_> {
    fn reminder(&self, standing: &Standing<'_>, lang: Lang) -> Section {
        let owner = self.status.plan.owners[standing.owner].label();
        let heading = tr!(lang, "督促　{owner}", "Reminder: {owner}");
        Section::new(heading, vec![Block::Text(self.reminder_text(standing, lang).into())])
    }

    /// 督促の文.
    fn reminder_text(&self, standing: &Standing<'_>, lang: Lang) -> String {
        let (plan, period) = (&self.status.plan.head, self.status.inquiry.period.long(lang));
        let owner = self.status.plan.owners[standing.owner].label();
        let sent = weekday(standing.sent.sent, lang);
        let office = plan.office.as_deref().unwrap_or(&plan.name);
        let (name, open) = (&plan.name, standing.open);
        let due = standing.deadline.map(|day| weekday(day, lang));
        let late = standing.late.is_some();
        let due = match (due, late) {
            (Some(due), true) => {
                tr!(lang, "回答期限（{due}）を過ぎましたが、", "The deadline ({due}) has passed, but ")
            }
            (Some(due), false) => tr!(lang, "回答期限は{due}ですが、", "The deadline is {due}, but "),
            (None, _) => String::new(),
        };
        let items: Vec<String> =
            standing.open_items.iter().map(|(id, name)| format!("{}{id} {name}", lang.pick("　・", "- "))).collect();
        let items = items.join("\n");
        tr!(
            lang,
            "{owner}　御担当者様\n\nお疲れさまです。\n{sent}付けで照会した「{name}」の{period}の進捗状況について、{due}次の項目の回答（必ず記入する欄 {open} か所）をまだ\
             受け取っていません。\nお忙しいところ恐れ入りますが、御確認の上、御回答くださいますようお願いします。\n\n{items}\n\n行き違いで既に回答済みの場合は、御容赦ください。\n\n{office}",
            "To {owner}\n\nOn {sent} we asked about the progress of {name} in {period}. {due}answers ({open} required cells) to the following \
             are still missing.\nPlease check and answer.\n\n{items}\n\nIf you have answered in the meantime, please disregard this.\n\n{office}"
        )
    }
}
