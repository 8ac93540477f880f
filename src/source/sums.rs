//! `[[sum]]`: what a plan wants summed up. What it is over is known only once everything is linked.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::fields::registers::{Registers, unknown, unknown_grade};
use crate::fields::values::number;
use crate::fields::{Fields, Text};
use crate::finding::{Code, Finding};
use crate::plan::Head;
use crate::plan::id::Id;
use crate::plan::judging::Meaning;
use crate::plan::scale::Grade;
use crate::plan::source::Origin;
use crate::plan::sum::{DeclaredSum, PublishedSum, SumBy, SumFigure};
use crate::say;

use super::link::Linked;
use super::outline::references;

/// What may be summed up, as the files say it.
#[derive(Debug, Clone, Copy)]
enum By {
    Amounts,
    Rates,
    Points,
}

const BY: [(&str, By); 3] = [("amounts", By::Amounts), ("rates", By::Rates), ("points", By::Points)];

/// What a `[[sum]]` refers to, and where it says so.
type Named = (Id, Range<usize>);

/// Reads every `[[sum]]`; what they refer to is kept in `registers` until it is known what there is.
pub fn read(fields: &Fields<'_>, registers: &mut Registers) -> Vec<DeclaredSum> {
    let (mut all, mut named): (Vec<DeclaredSum>, Vec<Named>) = (Vec::new(), Vec::new());
    for table in fields.tables("sum") {
        let (id, name) = (table.id("id"), table.need_text("name").map(|text| text.text.into()));
        let of = references(&table, "of");
        let (weights, weighted) = weights(&table);
        let (origin, notes) = (registers.origin(&table), table.boxed_all("note"));
        let published = published(&table, registers, &origin);
        let by = by(&table, registers);
        if matches!(by, Some(SumBy::Amounts)) && !weights.is_empty() {
            weighted_amounts(&table);
        }
        named.extend(of.iter().cloned().chain(weighted));
        let (Some((id, span)), Some(name), Some(by)) = (id, name, by) else { continue };
        if all.iter().any(|known| known.id == id) {
            let help = say!("別の id にするか、一つを消してください", "rename or delete one of them");
            table.findings().add(
                Code::DuplicateId,
                span,
                say!("「{id}」が二つあります", "`{id}` is there twice"),
                help,
            );
            continue;
        }
        let of = of.into_iter().map(|(id, _)| id).collect();
        all.push(DeclaredSum { id, name, of, by, weights, published, notes, origin });
    }
    registers.sum_places = named;
    all
}

/// Figures as a paper printed them: `published = [ { period = "R6", actual = 143, ratio-of-sums = 102.1 } ]`.
fn published(table: &Fields<'_>, registers: &Registers, around: &Origin) -> Vec<PublishedSum> {
    let printed = table.tables("published").into_iter().filter_map(|table| {
        let origin = registers.origin_within(&table, around);
        let so_far = table.choice("over", &[("year", false), ("so-far", true)]).unwrap_or(false);
        let figures = SumFigure::ALL.into_iter().filter_map(|(key, of)| Some((of, table.number(key)?)));
        let figures = figures.collect();
        Some(PublishedSum { period: table.need_period("period")?, so_far, figures, origin })
    });
    printed.collect()
}

/// An amount counts once: a weight would make another amount of it.
fn weighted_amounts(table: &Fields<'_>) {
    table.findings().add(
        Code::OutOfRange,
        table.key_span("weights"),
        say!("額の合計に重みは付けられません", "a sum of amounts takes no weights"),
        say!(
            "weights を消すか、by を \"rates\" か \"points\" にしてください",
            "delete `weights`, or write \"rates\" or \"points\" as `by`"
        ),
    );
}

fn by(table: &Fields<'_>, registers: &Registers) -> Option<SumBy> {
    let by = table.choice("by", &BY).unwrap_or(By::Amounts);
    let scale = table.text("scale").map(|text| registers.scale(table.findings(), &text));
    let points = points(table, "points");
    match (by, scale) {
        (By::Amounts, _) => Some(SumBy::Amounts),
        (By::Rates, _) => Some(SumBy::Rates),
        (By::Points, _) if points.is_empty() => {
            table.need("points");
            None
        }
        (By::Points, Some(scale)) => {
            let scale = scale?;
            let grades: Vec<Grade> = registers.scales[scale].versions.iter().flat_map(|v| v.grades.clone()).collect();
            let is_known = |text: &str| registers.scales[scale].versions.iter().any(|v| v.grade(text).is_some());
            points
                .iter()
                .filter(|(key, _)| !is_known(key.text))
                .for_each(|(key, _)| unknown_grade(table, key, &grades));
            Some(SumBy::Grades(scale, worth(points)))
        }
        (By::Points, None) => {
            let bands = registers.band_sets.iter().flat_map(|set| &set.bands).map(|band| band.id.as_str());
            let known: Vec<&str> = bands.chain(Meaning::ALL.iter().map(|(key, _)| *key)).collect();
            for (key, _) in points.iter().filter(|(key, _)| !known.contains(&key.text)) {
                let nothing = say!("plan.toml に [[bands]] を書いてください", "add [[bands]] to plan.toml");
                let known = known.iter().copied();
                unknown(table.findings(), Code::UnknownBands, key, ("区分", "band"), known, nothing);
            }
            Some(SumBy::Bands(worth(points)))
        }
    }
}

fn worth(points: Vec<(Text<'_>, Decimal)>) -> Vec<(Box<str>, Decimal)> {
    points.into_iter().map(|(key, points)| (key.text.into(), points)).collect()
}

/// Numbers by name.
fn points<'a>(table: &Fields<'a>, key: &'static str) -> Vec<(Text<'a>, Decimal)> {
    let Some(inner) = table.table(key) else { return Vec::new() };
    inner.entries().into_iter().filter_map(|(key, node)| Some((key, number(&inner, node)?))).collect()
}

fn weights(table: &Fields<'_>) -> (Vec<(Id, Decimal)>, Vec<Named>) {
    let read = points(table, "weights").into_iter();
    let read = read.filter_map(|(key, weight)| Some(((table.as_id(&key)?, weight), key.span)));
    read.map(|((id, weight), span)| ((id.clone(), weight), (id, span))).unzip()
}

/// Names what a sum is over and the plan does not have.
pub fn report_unknown(head: &Head, registers: &Registers, linked: &Linked, findings: &mut Vec<Finding>) {
    for (id, span) in registers.sum_places.iter().filter(|(id, _)| !linked.index.contains_key(id)) {
        findings.push(Finding::new(
            Code::UnknownEntry,
            head.origin.file as usize,
            span.clone(),
            say!("「{id}」という項目や指標はありません", "there is no entry or indicator `{id}`"),
            say!("id を確かめてください", "check the ID"),
        ));
    }
}
