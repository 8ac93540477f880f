//! `[[sent]]` and `[[reply]]` of an inquiry: what went to a department, and what came back.

use std::fmt::{Display, Write};

use chrono::NaiveDate;

use super::block::quoted;
use super::files::INQUIRIES;
use super::kind::{Kind, Merging};
use crate::fields::Fields;
use crate::fields::registers::Registers;
use crate::finding::Code;
use crate::keys;
use crate::plan::inquiry;
use crate::plan::period::{Parsed, Period};
use crate::say;

/// The kind of what was sent.
pub static SENT: Kind = Kind {
    header: "sent",
    form: &keys::SENT,
    files: INQUIRIES,
    identity: &["owner", "sent"],
    references: &[],
    merging: Merging::Lines,
    sample: sent,
};

/// The kind of what came back.
pub static REPLY: Kind = Kind {
    header: "reply",
    form: &keys::REPLY,
    files: INQUIRIES,
    identity: &["owner", "received", "file"],
    references: &[],
    merging: Merging::Lines,
    sample: reply,
};

/// What is kept of a form that was sent.
#[derive(Debug)]
pub struct Sent<'a> {
    /// To whom, by id.
    pub owner: &'a str,
    /// When.
    pub sent: NaiveDate,
    /// By when an answer was asked for.
    pub deadline: Option<NaiveDate>,
    /// The file.
    pub file: &'a str,
    /// The fingerprint of the form.
    pub fingerprint: &'a str,
}

/// What is kept of a reply that was collected.
#[derive(Debug)]
pub struct Reply<'a> {
    /// From whom, by id.
    pub owner: &'a str,
    /// When it was collected.
    pub received: NaiveDate,
    /// The file.
    pub file: &'a str,
    /// Who answered.
    pub person: Option<&'a str>,
}

impl Sent<'_> {
    /// Writes the block.
    pub fn block(&self) -> String {
        let mut text = format!("[[{}]]\n", SENT.header);
        line(&mut text, "owner", quoted(self.owner));
        line(&mut text, "sent", self.sent);
        self.deadline.into_iter().for_each(|day| line(&mut text, "deadline", day));
        line(&mut text, "file", quoted(self.file));
        line(&mut text, "fingerprint", quoted(self.fingerprint));
        text
    }
}

impl Reply<'_> {
    /// Writes the block.
    pub fn block(&self) -> String {
        let mut text = format!("[[{}]]\n", REPLY.header);
        line(&mut text, "owner", quoted(self.owner));
        line(&mut text, "received", self.received);
        line(&mut text, "file", quoted(self.file));
        self.person.into_iter().for_each(|person| line(&mut text, "person", quoted(person)));
        text
    }
}

fn line(text: &mut String, key: &str, value: impl Display) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{key:<8} = {value}");
}

/// Reads the inquiries of the period that the file is named after.
pub fn read(fields: &Fields<'_>, path: &str, registers: &Registers) -> Option<inquiry::Inquiry> {
    fields.get("schema");
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or("");
    let period = Period::parse(stem);
    if let Err(error) = &period {
        let help = say!(
            "ファイルの名前を R7Q3.toml のように期間にしてください",
            "name the file after a period, such as R7Q3.toml"
        );
        fields.findings().add(Code::BadPeriod, 0..0, error.say(), help);
    }
    let sent = fields.tables(SENT.header).iter().filter_map(|table| read_sent(table, registers)).collect();
    let replies = fields.tables(REPLY.header).iter().filter_map(|table| read_reply(table, registers)).collect();
    let Parsed { period, .. } = period.ok()?;
    Some(inquiry::Inquiry { period, sent, replies })
}

fn read_sent(fields: &Fields<'_>, registers: &Registers) -> Option<inquiry::Sent> {
    let (owner, day) = (registers.the_owner(fields), fields.need("sent").and_then(|node| fields.as_date(node)));
    let (file, fingerprint) = (fields.need_text("file"), fields.need_text("fingerprint"));
    let deadline = fields.date("deadline");
    Some(inquiry::Sent {
        owner: owner?,
        sent: day?,
        deadline,
        file: file?.text.into(),
        fingerprint: fingerprint?.text.into(),
        origin: fields.origin(),
    })
}

fn read_reply(fields: &Fields<'_>, registers: &Registers) -> Option<inquiry::Received> {
    let owner = registers.the_owner(fields);
    let day = fields.need("received").and_then(|node| fields.as_date(node));
    let (file, person) = (fields.need_text("file"), fields.boxed("person"));
    Some(inquiry::Received { owner: owner?, received: day?, file: file?.text.into(), person, origin: fields.origin() })
}

fn sent() -> String {
    let day = |month, day| NaiveDate::from_ymd_opt(2025, month, day).unwrap_or_default();
    let deadline = Some(day(10, 15));
    Sent { owner: "hr", sent: day(10, 1), deadline, file: "照会_R7Q2_人事課.xlsx", fingerprint: "0123456789ab" }.block()
}

fn reply() -> String {
    let received = NaiveDate::from_ymd_opt(2025, 10, 14).unwrap_or_default();
    Reply { owner: "hr", received, file: "照会_R7Q2_人事課.xlsx", person: Some("係長") }.block()
}
