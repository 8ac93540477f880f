//! `inquiries/<期間>.toml`: what was sent to the departments, and what came back.

use super::fields::Fields;
use super::registers::Registers;
use crate::finding::Code;
use crate::plan::inquiry::{Inquiry, Received, Sent};
use crate::plan::period::{Parsed, Period};
use crate::say;

/// Reads the inquiries of the period that the file is named after.
pub fn read(fields: &Fields<'_>, path: &str, registers: &Registers) -> Option<Inquiry> {
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
    let sent = fields.tables("sent").iter().filter_map(|table| sent(table, registers)).collect();
    let replies = fields.tables("reply").iter().filter_map(|table| received(table, registers)).collect();
    let Parsed { period, .. } = period.ok()?;
    Some(Inquiry { period, sent, replies })
}

fn sent(fields: &Fields<'_>, registers: &Registers) -> Option<Sent> {
    let (owner, day) = (registers.the_owner(fields), fields.need("sent").and_then(|node| fields.as_date(node)));
    let (file, fingerprint) = (fields.need_text("file"), fields.need_text("fingerprint"));
    let deadline = fields.date("deadline");
    Some(Sent { owner: owner?, sent: day?, deadline, file: file?.text.into(), fingerprint: fingerprint?.text.into() })
}

fn received(fields: &Fields<'_>, registers: &Registers) -> Option<Received> {
    let owner = registers.the_owner(fields);
    let day = fields.need("received").and_then(|node| fields.as_date(node));
    let (file, person) = (fields.need_text("file"), fields.boxed("person"));
    Some(Received { owner: owner?, received: day?, file: file?.text.into(), person })
}
