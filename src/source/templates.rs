//! `inquiry.toml`: where the office's own form has what.

use crate::fields::Fields;
use crate::fields::advice::unknown_key;
use crate::fields::registers::Registers;
use crate::plan::inquiry::{Aspect, Field, ImportColumns, ListColumns, Role, Template};
use crate::plan::period::Period;
use crate::tree::{Node, Said};

/// Reads `inquiry.toml`: the office's own form, and the list that is imported.
pub fn read(fields: &Fields<'_>, registers: &Registers) -> (Option<Template>, Option<ImportColumns>) {
    fields.get("schema");
    let template = fields.table("template").and_then(|table| template(&table, registers));
    (template, fields.table("import").and_then(|table| import(&table, registers)))
}

/// A list that names its levels makes its numbers of them, one of indicators alone has none; any other one names its
/// column of numbers.
fn import(table: &Fields<'_>, registers: &Registers) -> Option<ImportColumns> {
    let levels: Vec<Box<str>> = table.boxed_all("levels");
    if levels.is_empty() && table.get("indicator").is_none() {
        let (id, sheet, name) = (table.need_text("id"), table.boxed("sheet"), table.boxed("name"));
        let (period, owner) = (table.boxed("period"), table.boxed("owner"));
        let answers = table.table("answers").map(|answers| columns(&answers, registers)).unwrap_or_default();
        let (id, last) = (id?.text.into(), Vec::new());
        return Some(ImportColumns::Numbered(Template { sheet, id, name, period, owner, answers, last }));
    }
    let numbers: Vec<Box<str>> = table.boxed_all("numbers");
    let mut found: Vec<(Role, Box<str>)> = (0..).zip(levels).map(|(at, title)| (Role::Level(at), title)).collect();
    let numbers = (0..).zip(numbers).filter(|(_, title)| !title.is_empty());
    found.extend(numbers.map(|(at, title)| (Role::Number(at), title)));
    for (key, role) in Role::ONE_COLUMN {
        found.extend(table.boxed(key).map(|title| (role, title)));
    }
    for (key, aspect) in VALUES {
        let Some(by_period) = table.table(key) else { continue };
        found.extend(by_period.entries().into_iter().filter_map(|(period, node)| {
            let period = by_period.period_of(period.text, period.span.clone())?;
            Some((Role::Value(aspect, Some(period)), by_period.as_text(node)?.text.into()))
        }));
    }
    if let Some(by_row) = table.table("row") {
        for (key, node) in by_row.entries() {
            match VALUES.iter().find(|(known, _)| *known == key.text) {
                Some((_, aspect)) => {
                    found.extend(by_row.as_text(node).map(|title| (Role::Value(*aspect, None), title.text.into())));
                }
                None => {
                    let findings = by_row.findings();
                    findings.push(unknown_key(findings.file, key.text, key.span, &VALUES.map(|(known, _)| known)));
                }
            }
        }
    }
    let reports = |table: Fields<'_>, period: Option<Period>| reports(&table, period, registers);
    found.extend(table.table("answers").map(|answers| reports(answers, None)).unwrap_or_default());
    if let Some(by_period) = table.table("reports") {
        for (period, node) in by_period.entries() {
            let period = by_period.period_of(period.text, period.span.clone());
            let columns = by_period.as_table(node).zip(period);
            found.extend(columns.map(|(table, period)| reports(table, Some(period))).unwrap_or_default());
        }
    }
    Some(ImportColumns::Levelled(ListColumns { sheet: table.boxed("sheet"), columns: found }))
}

/// The keys that name columns of values by their periods.
const VALUES: [(&str, Option<Aspect>); 4] = [
    ("baseline", Some(Aspect::Baseline)),
    ("target", Some(Aspect::Target)),
    ("actual", Some(Aspect::Actual)),
    ("values", None),
];

fn template(table: &Fields<'_>, registers: &Registers) -> Option<Template> {
    let (id, sheet, name) = (table.need_text("id"), table.boxed("sheet"), table.boxed("name"));
    let (period, owner) = (table.boxed("period"), table.boxed("owner"));
    let answers = table.need("answers").and_then(|node| table.as_table(node));
    let answers = answers.map(|answers| columns(&answers, registers)).unwrap_or_default();
    let last = table.table("last").map(|last| columns(&last, registers)).unwrap_or_default();
    Some(Template { sheet, id: id?.text.into(), name, period, owner, answers, last })
}

/// The columns of what is reported of a period; of a rating one column, or one for each grade.
fn reports(fields: &Fields<'_>, period: Option<Period>, registers: &Registers) -> Vec<(Role, Box<str>)> {
    let mut found = Vec::new();
    each_column(fields, registers, |field, fields, node| match (field, node.says()) {
        (Field::Rating(scale), Said::Array(_)) => {
            let titles = fields.as_texts(node).into_iter();
            found.extend(titles.map(|title| (Role::Tick(scale.clone(), period), title.text.into())));
        }
        (Field::Value, _) => {
            let role = Role::Value(Some(Aspect::Actual), period);
            found.extend(fields.as_text(node).map(|title| (role, title.text.into())));
        }
        (field, _) => {
            found.extend(fields.as_text(node).map(|title| (Role::Answer(field, period), title.text.into())));
        }
    });
    found
}

/// `progress = "進捗率"`, `rating.progress = "進捗状況"`: what is asked, and the words above its column.
fn columns(fields: &Fields<'_>, registers: &Registers) -> Vec<(Field, Box<str>)> {
    let mut columns = Vec::new();
    each_column(fields, registers, |field, fields, node| {
        columns.extend(fields.as_text(node).map(|title| (field, title.text.into())));
    });
    columns
}

/// Hands on what is asked, and what names its column.
fn each_column<'a>(fields: &Fields<'a>, registers: &Registers, mut take: impl FnMut(Field, &Fields<'a>, Node<'a>)) {
    for (key, node) in fields.entries() {
        if key.text == "rating" {
            let Some(ratings) = fields.as_table(node) else { continue };
            for (scale, node) in ratings.entries() {
                if let Some(place) = registers.scale(ratings.findings(), &scale) {
                    take(Field::Rating(registers.scales[place].id.clone()), &ratings, node);
                }
            }
            continue;
        }
        match Field::parse(key.text).filter(|field| !matches!(field, Field::Rating(_))) {
            Some(field) => take(field, fields, node),
            None => fields.findings().push(unknown_key(fields.findings().file, key.text, key.span, &ANSWERS)),
        }
    }
}

/// What the own form can have columns of.
const ANSWERS: [&str; 7] = ["rating", "progress", "done", "issue", "next", "value", "note"];
