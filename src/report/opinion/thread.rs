//! One opinion with all that was said and answered about it, corrections and withdrawals included.

use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Line, Section, Table, Type, column};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::opinion::{Opinion, OpinionTrace, Response};
use crate::plan::period::date_text;
use crate::plan::source::SHORT_ID;
use crate::query::opinion::Thread;
use crate::report::json::{AsOfJson, PlanJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;
use crate::wording::{self, opinion as words};

use super::OpinionsReport;
use super::machine::{self, OpinionJson};

/// One opinion, ready to be laid out.
#[derive(Debug)]
pub struct ThreadReport<'p> {
    /// The report of that opinion alone; it has none where the opinion was taken back.
    pub of: OpinionsReport<'p>,
    /// What the opinion is called.
    pub name: String,
    /// Every record of it, in the order of the file.
    pub said: Vec<&'p Opinion>,
    /// Every record of an answer to it, in the order of the file.
    pub answered: Vec<&'p Response>,
}

/// A record of a thread, for one row.
struct Told<'r> {
    trace: &'r OpinionTrace,
    kind: String,
    text: String,
    by: Option<&'r str>,
}

impl Report for ThreadReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let (plan, name) = (self.of.plan, &self.name);
        let what = tr!(lang, "意見 {name}", "opinion {name}");
        let mut document = heading::document(plan, &what, Some(self.of.as_of), lang);
        document.sections.extend(self.of.threads.iter().map(|thread| self.standing(thread, lang)));
        let heading = lang.pick("経過", "History");
        document.sections.push(Section::new(heading, vec![Block::Table(self.history(lang))]));
        document
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.of.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        self.history(lang)
    }

    fn json(&self) -> Json {
        let record = |told: Told<'_>| RecordJson {
            record: told.trace.stamp.to_string(),
            stands: told.trace.stands(),
            corrects: told.trace.corrects.map(|stamp| stamp.to_string()),
            corrected: told.trace.corrected.map(|stamp| stamp.to_string()),
            withdrawn: told.trace.withdrawn,
            text: told.text,
        };
        tree(&ThreadJson {
            schema: Version,
            plan: self.of.plan.into(),
            as_of: self.of.as_of.into(),
            opinion: self
                .of
                .threads
                .first()
                .map(|t| machine::opinion(self.of.plan, self.of.as_of, t, self.of.with_names)),
            records: self.told(Lang::En).into_iter().map(record).collect(),
        })
    }
}

/// 一つの意見 || One opinion
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ThreadJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 意見。取り下げたものなら null || The opinion; null where it was withdrawn
    opinion: Option<OpinionJson<'p>>,
    /// 記録のすべて || Every record of it and of the answers
    records: Vec<RecordJson>,
}

/// 記録 || A record
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RecordJson {
    /// 記録の名前 || What it is called
    record: String,
    /// 今も有効か || Whether it holds
    stands: bool,
    /// 訂正した記録 || The record that it corrects
    corrects: Option<String>,
    /// これを訂正した記録 || The record that corrects it
    corrected: Option<String>,
    /// 取下げか || Whether it is a withdrawal
    withdrawn: bool,
    /// 内容 || What it says
    text: String,
}

/// An opinion as it would stand once a record of it is written.
pub fn review(plan: &Plan, thread: &Thread<'_>, lang: Lang) -> Document {
    let name = thread.name();
    let title = tr!(lang, "意見 {name}", "opinion {name}");
    Document {
        sections: vec![Section::new(title, vec![Block::Fields(whole(plan, thread, lang))])],
        ..Document::default()
    }
}

/// What an opinion says, how it stands and what was answered.
fn whole(plan: &Plan, thread: &Thread<'_>, lang: Lang) -> Vec<(String, Line)> {
    let mut fields = fields(plan, thread, true, lang);
    let answers = words::answers(plan, thread, lang);
    if !answers.is_empty() {
        fields.push((lang.pick("対応の内容", "Answer").to_owned(), answers.into()));
    }
    fields
}

/// What of an opinion is not what it was, a line for each part: from what to what. That nobody had answered is nothing that
/// is replaced; where the opinion was taken back, there is no thread of it now.
pub fn replaced((before, then): (&Plan, &Thread<'_>), now: Option<(&Plan, &Thread<'_>)>, lang: Lang) -> Vec<String> {
    let Some((after, now)) = now else {
        let gone = lang.pick("（取下げ）", "(withdrawn)");
        return vec![wording::from_to(lang.pick("内容", "What was said"), then.opinion.in_short(), gone, lang)];
    };
    let unanswered = words::state(None, lang);
    let now = whole(after, now, lang);
    let line = |(title, was): (String, Line)| {
        let is = now.iter().find(|(other, _)| *other == title).map_or("", |(_, line)| &*line.text);
        (was.text != *is && was.text != unanswered).then(|| wording::from_to(&title, &was.text, is, lang))
    };
    whole(before, then, lang).into_iter().filter_map(line).collect()
}

/// What an opinion says and how it stands.
fn fields(plan: &Plan, thread: &Thread<'_>, with_names: bool, lang: Lang) -> Vec<(String, Line)> {
    let opinion = thread.opinion;
    let meeting = tr!(lang, "{}（{}）", "{} ({})", thread.meeting.name, words::days(thread.meeting, lang));
    let alike: Vec<&str> = thread.alike.iter().map(|other| other.number.as_str()).collect();
    let mut fields: Vec<(String, Line)> = vec![
        (lang.pick("会議", "Meeting").into(), meeting.into()),
        (lang.pick("種類", "Kind").into(), opinion.kind.say().text(lang).into()),
        (lang.pick("発言者", "Said by").into(), words::who(opinion, with_names, lang).into()),
        (
            lang.pick("項目・指標", "Entry, indicator").into(),
            words::about(plan, opinion, lang).replace('\n', lang.pick("、", ", ")).into(),
        ),
        (lang.pick("内容", "What was said").into(), (&*opinion.text).into()),
        (lang.pick("意見の概要", "Opinion in short").into(), opinion.summary.as_deref().unwrap_or_default().into()),
        (terms::COUNT.title(lang).into(), wording::number(thread.count().into(), lang).into()),
        (lang.pick("まとめた意見", "Grouped with it").into(), alike.join(lang.pick("、", ", ")).into()),
        (terms::OWNER.title(lang).into(), words::answering(plan, thread, lang).into()),
        (
            lang.pick("回答の期限", "Answer due").into(),
            opinion.due.map(|day| date_text(day, lang)).unwrap_or_default().into(),
        ),
        (
            lang.pick("対応状況", "State").into(),
            words::states(plan, thread, lang).replace('\n', lang.pick("、", ", ")).into(),
        ),
        (lang.pick("約束", "Promise").into(), words::promises(plan, thread, lang).into()),
    ];
    fields.extend(opinion.notes.iter().map(|note| (terms::NOTE.title(lang).to_owned(), Line::from(&**note))));
    fields.retain(|(_, line)| !line.text.is_empty());
    fields
}

impl ThreadReport<'_> {
    fn standing(&self, thread: &Thread<'_>, lang: Lang) -> Section {
        Section::plain(vec![Block::Fields(fields(self.of.plan, thread, self.of.with_names, lang))])
    }

    fn told(&self, lang: Lang) -> Vec<Told<'_>> {
        let said = self.said.iter().map(|one| Told {
            trace: &one.trace,
            kind: one.kind.say().text(lang).to_owned(),
            text: one.text.to_string(),
            by: one.by.as_deref(),
        });
        let answered = self.answered.iter().map(|one| Told {
            trace: &one.trace,
            kind: lang.pick("対応", "response").to_owned(),
            text: self.answer(one, lang),
            by: one.by.as_deref(),
        });
        said.chain(answered).collect()
    }

    fn history(&self, lang: Lang) -> Table {
        let columns = [
            column("record", terms::RECORD.titles(), Type::Id, |told: &Told<'_>, _| {
                Cell::text(told.trace.stamp.to_string())
            }),
            column("kind", ("種類", "Kind"), Type::Text, |told: &Told<'_>, _| Cell::text(&told.kind)),
            column("content", ("内容", "What it says"), Type::Text, |told: &Told<'_>, _| Cell::text(&told.text)),
            column("recorded_by", terms::RECORDED_BY.titles(), Type::Text, |told: &Told<'_>, _| {
                Cell::text(told.by.unwrap_or_default())
            }),
            column("corrected", ("訂正", "Corrected"), Type::Text, |told: &Told<'_>, at| {
                Cell::text(correction(told.trace, at.lang))
            }),
        ];
        Table::build(&columns, self.told(lang), lang)
    }

    /// An answer with all that goes with it.
    fn answer(&self, one: &Response, lang: Lang) -> String {
        if one.trace.withdrawn {
            return String::new();
        }
        let owner = one.owner.map(|place| tr!(lang, "{}：", "{}: ", self.of.plan.owners[place].label()));
        let state = words::state(Some(one.state), lang);
        let promise = one.promise.as_ref().map(|text| {
            let promised = words::promised(text, one.until, lang);
            tr!(lang, "\n約束：{promised}", "\nPromised: {promised}")
        });
        let revision = one.revision.as_ref().map(|revision| {
            let short = revision.get(..SHORT_ID).unwrap_or(revision);
            tr!(lang, "（版 {short}）", " (revision {short})")
        });
        let parts = [owner.unwrap_or_default(), tr!(lang, "【{state}】", "[{state}] "), words::answer(one, lang)];
        format!("{}{}{}", parts.concat(), revision.unwrap_or_default(), promise.unwrap_or_default())
    }
}

/// What a record corrects or takes back, and what corrected it since.
fn correction(trace: &OpinionTrace, lang: Lang) -> String {
    let of = trace.corrects.map(|of| match trace.withdrawn {
        true => tr!(lang, "{of} を取下げ", "withdraws {of}"),
        false => tr!(lang, "{of} を訂正", "corrects {of}"),
    });
    let by = trace.corrected.map(|by| tr!(lang, "{by} で訂正済み", "corrected by {by}"));
    of.into_iter().chain(by).collect::<Vec<_>>().join("\n")
}
