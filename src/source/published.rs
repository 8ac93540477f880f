//! `[[published]]`: totals as a paper printed them, kept as printed even where they contradict themselves.

use rust_decimal::Decimal;

use crate::fields::registers::{Registers, unknown_grade};
use crate::fields::{Fields, Node, Text};
use crate::finding::{Code, Finding};
use crate::lang::Lang;
use crate::plan::Published;
use crate::plan::scale::ScaleVersion;
use crate::plan::source::Origin;
use crate::say;

/// Above every count that a paper prints.
const MOST_PRINTED: u64 = 1 << 40;

/// Reads every `[[published]]` of `plan.toml`, in the order of their periods.
pub fn read(fields: &Fields<'_>, registers: &Registers) -> Vec<Published> {
    let mut all: Vec<Published> = Vec::new();
    for table in fields.tables("published") {
        let Some(one) = publication(&table, registers) else { continue };
        if let Some(first) = all.iter().find(|other| (other.period, other.scale) == (one.period, one.scale)) {
            printed_twice(&table, registers, &one, first.origin);
        }
        all.push(one);
    }
    all.sort_by_key(|p| p.period);
    all
}

fn publication(fields: &Fields<'_>, registers: &Registers) -> Option<Published> {
    let (origin, notes) = (registers.origin(fields), fields.boxed_all("note"));
    let period = fields.need_period("period");
    let scale = fields.need_text("scale").and_then(|t| registers.scale(fields.findings(), &t));
    let total = fields.need("total").and_then(|node| fields.as_whole(node, 0..MOST_PRINTED));
    let counts = fields.need("counts").and_then(|node| fields.as_table(node))?;
    // Before anything ends the reading: a grade that nobody asks for would be an unknown key.
    let entries = counts.entries();
    let (period, scale, total) = (period?, scale?, total?);
    let (_, version) = registers.scales[scale].version_near(period);
    let (counts, all_read) = printed_counts(&counts, entries, version);
    let mut published = Published { period, scale, counts, total, notes, origin };
    match published.difference() {
        by if !all_read || published.sum().is_none() || by.is_zero() => {}
        by => contradicted(fields, registers, &published, by),
    }
    if published.sum() == Some(total) {
        published.counts.iter_mut().for_each(|count| *count = count.or(Some(0)));
    }
    Some(published)
}

/// The counts of a table by the places of their grades, and whether each of them could be read.
fn printed_counts<'a>(
    counts: &Fields<'a>,
    entries: Vec<(Text<'a>, Node<'a>)>,
    version: &ScaleVersion,
) -> (Vec<Option<u64>>, bool) {
    let mut by_grade = vec![None; version.grades.len()];
    let mut all_read = true;
    for (key, node) in entries {
        let count = counts.as_whole(node, 0..MOST_PRINTED);
        let Some((place, grade)) = version.grade(key.text) else {
            unknown_grade(counts, &key, &version.grades);
            all_read = false;
            continue;
        };
        if by_grade[place].is_some() {
            let name = &grade.name;
            let message = say!("「{name}」の件数が二つあります", "there are two counts of `{name}`");
            let help = say!("どちらかを消してください", "delete one of them");
            counts.findings().add(Code::DuplicateId, key.span.clone(), message, help);
        }
        all_read &= count.is_some();
        by_grade[place] = count;
    }
    (by_grade, all_read)
}

/// The counts of a paper do not give its total.
fn contradicted(fields: &Fields<'_>, registers: &Registers, published: &Published, by: Decimal) {
    let (name, [ja, en]) = named(registers, published);
    let (sum, total, away) = (published.sum().unwrap_or_default(), published.total, by.abs());
    let [more_ja, more_en] = if by.is_sign_positive() { ["多い", "more"] } else { ["少ない", "less"] };
    let lacking = published.counts.contains(&None);
    let [lacking_ja, lacking_en] =
        if lacking { ["。件数のない区分もある", "; some grades have no count"] } else { ["", ""] };
    fields.findings().add(
        Code::PublishedSum,
        fields.key_span("total"),
        say!(
            "{ja}「{name}」の公表値は、合計が {total} ですが、内訳の合計は {sum} です（合計が {away} {more_ja}{lacking_ja}）",
            "`{name}` as published for {en}: the total is {total}, the counts add up to {sum} (the total is {away} {more_en}{lacking_en})"
        ),
        say!(
            "資料を確かめてください。資料のとおりなら、そのままにして note に書き添えてください（出力は差を示します）",
            "check the document; if it says so, leave it and add a `note` (outputs show the difference)"
        ),
    );
}

/// Two printed totals of one scale and period: the later one in the file is shown.
fn printed_twice(fields: &Fields<'_>, registers: &Registers, published: &Published, first: Origin) {
    let findings = fields.findings();
    let (name, [ja, en]) = named(registers, published);
    let finding = Finding::new(
        Code::DuplicateRecord,
        findings.file,
        fields.key_span("period"),
        say!("{ja}「{name}」の公表値が二つあります", "`{name}` as published for {en} is given twice"),
        say!("出力は後のものを示します。一つを消してください", "outputs show the later one; delete one of them"),
    );
    let offset = first.offset as usize;
    findings.push(finding.related(first.file as usize, offset..offset + 1, say!("一つ目", "the first one")));
}

/// The scale and the period of printed totals.
fn named(registers: &Registers, published: &Published) -> (Box<str>, [String; 2]) {
    let (_, version) = registers.scales[published.scale].version_near(published.period);
    (version.name.clone(), [Lang::Ja, Lang::En].map(|lang| published.period.long(lang)))
}
