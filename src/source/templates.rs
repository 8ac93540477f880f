//! `inquiry.toml`: where the office's own form has what.

use crate::fields::Fields;
use crate::fields::advice::unknown_key;
use crate::fields::registers::Registers;
use crate::plan::inquiry::{Field, Template};

/// Reads `inquiry.toml`: the office's own form, and the list that is imported.
pub fn read(fields: &Fields<'_>, registers: &Registers) -> (Option<Template>, Option<Template>) {
    fields.get("schema");
    let one = |table: Option<Fields<'_>>| table.and_then(|table| template(&table, registers));
    (one(fields.table("template")), one(fields.table("import")))
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
