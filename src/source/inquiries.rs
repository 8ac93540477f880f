//! `inquiries/<期間>.toml`: what was sent to the departments, and what came back. `inquiry.toml`: where the office's own
//! form has what.

use crate::fields::Fields;
use crate::fields::advice::unknown_key;
use crate::fields::registers::Registers;
use crate::finding::Code;
use crate::plan::inquiry::{Field, Inquiry, Received, Sent, Template};
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

/// Reads `inquiry.toml`: the office's own form, and the list that is imported.
pub fn templates(fields: &Fields<'_>, registers: &Registers) -> (Option<Template>, Option<Template>) {
    fields.get("schema");
    let read = |table: Option<Fields<'_>>| table.and_then(|table| template(&table, registers));
    (read(fields.table("template")), read(fields.table("import")))
}

fn template(table: &Fields<'_>, registers: &Registers) -> Option<Template> {
    let (id, sheet, name) = (table.need_text("id"), table.boxed("sheet"), table.boxed("name"));
    let (period, owner) = (table.boxed("period"), table.boxed("owner"));
    let answers = table.need("answers").and_then(|node| table.as_table(node));
    let answers = answers.map(|answers| columns(&answers, registers)).unwrap_or_default();
    let last = table.table("last").map(|last| columns(&last, registers)).unwrap_or_default();
    Some(Template { sheet, id: id?.text.into(), name, period, owner, answers, last })
}

/// `progress = "進捗率"`, `rating.progress = "進捗状況"`: what is asked, and the words above its column.
fn columns(fields: &Fields<'_>, registers: &Registers) -> Vec<(Field, Box<str>)> {
    let mut columns = Vec::new();
    for (key, node) in fields.entries() {
        if key.text == "rating" {
            let Some(ratings) = fields.as_table(node) else { continue };
            columns.extend(ratings.entries().into_iter().filter_map(|(scale, node)| {
                let place = registers.scale(ratings.findings(), &scale)?;
                Some((Field::Rating(registers.scales[place].id.clone()), ratings.as_text(node)?.text.into()))
            }));
            continue;
        }
        match Field::parse(key.text).filter(|field| !matches!(field, Field::Rating(_))) {
            Some(field) => columns.extend(fields.as_text(node).map(|title| (field, title.text.into()))),
            None => fields.findings().push(unknown_key(fields.findings().file, key.text, key.span, &ANSWERS)),
        }
    }
    columns
}

/// What the own form can have columns of.
const ANSWERS: [&str; 7] = ["rating", "progress", "done", "issue", "next", "value", "note"];
