//! 督促 as text ready to paste into a mail: one letter an owner.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value as Json;

use crate::document::{Block, Cell, Document, Section, Start, Table, Type, column, fact, fingerprint};
use crate::lang::Lang;
use crate::plan::Plan;
use crate::plan::period::Period;
use crate::query::due::{Due, Dues, KINDS, Share};
use crate::report::json::{AsOfJson, Day, PlanJson, Version, tree};
use crate::report::{Report, heading};
use crate::text::terms;
use crate::tr;

use super::about;
use super::wording::{owner_name, subject, what_is_asked};
use crate::wording as words;

/// The letters, ready to be laid out.
#[derive(Debug)]
pub struct LetterReport<'p> {
    /// What is owed.
    pub dues: Dues<'p>,
    /// By when an answer is asked for.
    pub by: Option<NaiveDate>,
}

impl Report for LetterReport<'_> {
    fn document(&self, lang: Lang) -> Document {
        let name = |share: &Share<'_>| owner_name(self.dues.plan, share.owner, lang);
        let section = |share: &Share<'_>| {
            let (subject, title) = (lang.pick("件名：", "Subject: "), self.title(fact, share, lang));
            let text = format!("{subject}{title}\n\n{}", self.body(share, fact, lang));
            Section::new(name(share), vec![Block::Text(text.into())])
        };
        let begins = |(at, section): (usize, Section)| match at {
            0 => section,
            _ => section.starting(Start::Page),
        };
        let sections: Vec<Section> = self.owing().map(section).enumerate().map(begins).collect();
        let nothing = match self.dues.plan.has_totals_alone() {
            true => words::entries_unknown(lang),
            false => lang.pick("督促するものはありません。", "There is nothing to ask for."),
        };
        let lead = if sections.is_empty() { vec![nothing.into()] } else { Vec::new() };
        let mut document = Document { lead, sections, ..Document::default() };
        document.name_facts("letter", &self.dues.as_of.period.short());
        document
    }

    fn reported_plan(&self) -> Option<&Plan> {
        Some(self.dues.plan)
    }

    fn table(&self, lang: Lang) -> Table {
        let columns = [
            column("owner", terms::OWNER.titles(), Type::Text, |(report, share): &(&Self, &Share<'_>), at| {
                Cell::text(owner_name(report.dues.plan, share.owner, at.lang))
            }),
            column("subject", ("件名", "Subject"), Type::Text, |(report, share), at| {
                Cell::text(report.title(unmarked, share, at.lang))
            }),
            column("text", ("本文", "Text"), Type::Text, |(report, share), at| {
                Cell::text(report.body(share, unmarked, at.lang))
            }),
        ];
        Table::build(&columns, self.owing().map(|share| (self, share)), lang)
    }

    fn json(&self) -> Json {
        let lang = self.dues.plan.head.lang;
        let letter = |share: &Share<'_>| LetterJson {
            owner: share.owner.map(|place| self.dues.plan.owners[place].label()),
            subject: self.title(unmarked, share, lang),
            text: self.body(share, unmarked, lang),
        };
        tree(&LettersJson {
            schema: Version,
            plan: self.dues.plan.into(),
            as_of: self.dues.as_of.into(),
            by: self.by.map(Into::into),
            letters: self.owing().map(letter).collect(),
        })
    }
}

/// 督促の文 || Letters to whoever owes something
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LettersJson<'p> {
    /// 形式の版 || The version of this form
    schema: Version,
    /// 計画 || The plan
    plan: PlanJson<'p>,
    /// いつ現在か || As of when
    as_of: AsOfJson,
    /// 回答の期限 || By when to answer
    by: Option<Day>,
    /// 所管課ごとの文 || The letters, one an owner
    letters: Vec<LetterJson<'p>>,
}

/// 督促の文 || A letter
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LetterJson<'p> {
    /// 所管課の名称 || The owner, by name
    owner: Option<&'p str>,
    /// 件名 || The subject
    subject: String,
    /// 本文 || The text
    text: String,
}

/// How words of a letter become a fact about a subject.
type Marker = fn(&str, &str, &str) -> String;

/// Words for programs, in which nothing is marked.
fn unmarked(_: &str, _: &str, words: &str) -> String {
    words.to_owned()
}

impl<'p> LetterReport<'p> {
    /// Whoever owes something: what only waits or is yet to come is no reason for a letter.
    fn owing(&self) -> impl Iterator<Item = &Share<'p>> {
        self.dues.shares.iter().filter(|share| share.dues.iter().any(|due| due.what.is_overdue()))
    }

    fn title(&self, mark: Marker, share: &Share<'_>, lang: Lang) -> String {
        let plan = mark("all", &format!("title-{}", self.of(share)), &self.dues.plan.head.name);
        tr!(lang, "【依頼】「{plan}」の進捗の報告等について", "Request: reports on {plan}")
    }

    /// What tells the facts of one letter from those of others.
    fn of(&self, share: &Share<'_>) -> String {
        fingerprint(&owner_name(self.dues.plan, share.owner, Lang::Ja))
    }

    fn body(&self, share: &Share<'_>, mark: Marker, lang: Lang) -> String {
        let dues = &self.dues;
        let day = |date: NaiveDate| Period::Day(date).long(lang);
        let owner = self.of(share);
        let stated = |kind: &str, words: &str| mark("all", &format!("{kind}-{owner}"), words);
        let mut parts = vec![self.greeting(
            share,
            &stated("plan", &dues.plan.head.name),
            &stated("as-of", &day(dues.as_of.date)),
            lang,
        )];
        let present = |rank: &usize| share.dues.iter().any(|due| due.what.rank() == *rank);
        for (number, rank) in (0..KINDS.len()).filter(present).enumerate() {
            let of = share.dues.iter().filter(|due| due.what.rank() == rank);
            parts.push(self.list(number + 1, rank, (share, &of.collect::<Vec<_>>()), mark, lang));
        }
        let asked = match self.by {
            Some(by) => tr!(lang, "回答の期限：{}", "Please answer by {}.", stated("by", &day(by))),
            None => String::new(),
        };
        parts.push(asked);
        parts.push(
            lang.pick(
                "行き違いで既に報告済みの場合は、御容赦ください。",
                "If you have reported in the meantime, please disregard this.",
            )
            .to_owned(),
        );
        parts.push(self.from(&stated, lang));
        parts.extend(heading::cautions(dues.plan, lang));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// From whom the letter is, of which day, and whom to ask.
    fn from(&self, stated: &dyn Fn(&str, &str) -> String, lang: Lang) -> String {
        let head = &self.dues.plan.head;
        let sender = head.sender.as_deref().or(head.office.as_deref()).unwrap_or_default();
        let contact = heading::contact(self.dues.plan);
        let Some(contact) = contact else { return sender.to_owned() };
        let day = stated("day", &Period::Day(self.dues.as_of.date).long(lang));
        [day, sender.to_owned(), stated("contact", &contact)].join("\n")
    }

    fn greeting(&self, share: &Share<'_>, plan: &str, date: &str, lang: Lang) -> String {
        let dues = &self.dues;
        let to = share.owner.map(|_| owner_name(dues.plan, share.owner, lang));
        let to = to.map(|to| tr!(lang, "{to}　御担当者様\n\n", "To {to}\n\n")).unwrap_or_default();
        tr!(
            lang,
            "{to}お疲れさまです。\n「{plan}」について、{date}現在、次のとおり報告等をいただいておりません。\nお忙しいところ恐れ入りますが、御確認の上、御報告くださいますようお願いします。",
            "{to}As of {date} we have no report on the following items of {plan}.\nPlease check and report."
        )
    }

    /// One numbered request and what it is about.
    fn list(
        &self,
        number: usize,
        rank: usize,
        (share, dues): (&Share<'_>, &[&Due<'_>]),
        mark: Marker,
        lang: Lang,
    ) -> String {
        let asked = match KINDS[rank] {
            "update" => lang.pick("進捗の報告をお願いします。", "Please report the progress of these."),
            "milestone" => lang.pick(
                "予定の期日を過ぎています。到達した日、又は遅れの理由と見込みの時期をお知らせください。",
                "Their dates have passed. Please tell us when they were reached, or why they are late and when they will be.",
            ),
            "step" => lang.pick(
                "予定の年度を過ぎています。現在の段階をお知らせください。",
                "Their years have passed. Please tell which step they have reached.",
            ),
            "value" => lang.pick(
                "実績値をお知らせください。値がない場合は、その理由（未調査・未公表・対象外）をお知らせください。",
                "Please give the values, or why there are none (not surveyed, not published, not applicable).",
            ),
            "opinion" => lang.pick(
                "意見への対応（対応状況と内容）をお知らせください。",
                "Please answer these opinions: what comes of them, and what is done.",
            ),
            "promise" => lang.pick(
                "約束した期限を過ぎています。対応の状況をお知らせください。",
                "What was promised is past its date. Please tell us how it stands.",
            ),
            "asked" => lang.pick(
                "（参考）これから回答又は約束の期限を迎える意見です。",
                "For your information: opinions to be answered, and promises to be kept.",
            ),
            "waiting" => lang.pick(
                "確認でき次第、お知らせください（期限はありません）。",
                "Please confirm these once you can (there is no deadline).",
            ),
            _ => lang.pick("（参考）今後、期日を迎える節目です。", "For your information: upcoming milestones."),
        };
        let line = |due: &&Due<'_>| {
            let about = about(self.dues.plan, share, due);
            let (id, which) = about.split_once(':').unwrap_or((&about, ""));
            let subject = mark(id, &format!("subject-{which}"), &subject(self.dues.plan, due, lang));
            let what = mark(id, &format!("what-{which}"), &what_is_asked(&self.dues, due, lang));
            tr!(lang, "　・{subject}\n　　{what}", "  - {subject}\n    {what}")
        };
        let lines: Vec<String> = dues.iter().map(line).collect();
        format!("{number}{}{asked}\n{}", lang.pick("　", ". "), lines.join("\n"))
    }
}
