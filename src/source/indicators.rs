//! `indicators.toml`: indicators as written, not yet linked to entries.

use std::collections::HashMap;
use std::ops::Range;

use crate::tree::Table;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::judging;
use super::outline::{Reference, amendments, references};
use crate::fields::advice::{brief, suggest};
use crate::fields::registers::{Registers, by_id, unknown};
use crate::fields::values::{self, Scope, readings};
use crate::fields::{Fields, Findings};
use crate::finding::{Code, Finding};
use crate::keys;
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::indicator::{Effect, Indicator, Kind, PublishedRates, Reading, Revision, Series, Unit};
use crate::plan::judging::{TargetOf, place_near};
use crate::plan::period::Period;
use crate::plan::printed::{BandPart, PublishedOf};
use crate::plan::source::Origin;
use crate::plan::value::{Absence, Value};
use crate::say;

/// An indicator as written: what it refers to is still a text.
#[derive(Debug)]
pub struct Draft {
    /// The indicator, without parent, entries and measures.
    pub indicator: Indicator,
    /// The file it stands in.
    pub file: usize,
    /// The place of its id.
    pub span: Range<usize>,
    /// `parent = …`.
    pub parent: Option<Reference>,
    /// `entry = …`.
    pub entries: Vec<Reference>,
}

/// Reads the indicators of one file.
pub fn read(findings: &Findings, table: Table<'_>, registers: &Registers) -> Vec<Draft> {
    by_id(findings, table, &keys::INDICATORS).map(|(id, span, fields)| draft(id, span, &fields, registers)).collect()
}

fn draft(id: Id, span: Range<usize>, fields: &Fields<'_>, registers: &Registers) -> Draft {
    let origin = registers.origin(fields);
    let name = fields.need_text("name").map(|t| t.text.into());
    let unit = Unit(fields.boxed("unit").unwrap_or_default());
    let kind = kind(fields);
    let scope = kind.as_ref().map(|kind| Scope { kind, unit: &unit, words: true, spans: false });
    if matches!(kind, Some(ref k) if !matches!(k, Kind::Heading | Kind::Milestone { .. })) {
        fields.need("unit");
    }
    let (baseline, targets, revised) = match scope {
        Some(scope) => values(fields, scope, registers, &origin),
        None => {
            // Its values cannot be read without a kind; the finding about the kind is enough.
            for key in ["baseline", "target", "revised"] {
                fields.get(key);
            }
            Default::default()
        }
    };
    let forecasts = match (scope, fields.table("forecast")) {
        (Some(scope), Some(table)) => readings(&table, scope, registers, &origin),
        _ => Vec::new(),
    };
    let parent = fields.get("parent").and_then(|_| fields.id("parent"));
    Draft {
        file: fields.findings().file,
        span,
        parent,
        entries: references(fields, "entry"),
        indicator: Indicator {
            label: fields.boxed("label"),
            series: series(fields),
            parent: None,
            entries: Box::default(),
            owners: registers.owners(fields),
            baseline,
            targets,
            revised,
            judged_by: fields.text("judge").and_then(|text| judging::named(fields, &text, registers)),
            against: fields.choice("against", &TargetOf::ALL),
            forecasts,
            effect: effect(fields),
            published: published(fields, registers, &origin),
            formerly: references(fields, "formerly").into_iter().map(|(id, _)| id).collect(),
            notes: fields.boxed_all("note"),
            amendments: amendments(fields),
            origin,
            measures: Vec::new(),
            // Stand-ins: the finding about what is missing keeps the plan from coming out, and what refers to the
            // indicator is not called unknown. A range takes any number.
            kind: kind.unwrap_or(Kind::Range),
            name: name.unwrap_or_default(),
            id,
            unit,
        },
    }
}

type Values = (Option<Reading>, Vec<Reading>, Vec<Revision>);

fn values(fields: &Fields<'_>, scope: Scope<'_>, registers: &Registers, origin: &Origin) -> Values {
    let heading = matches!(scope.kind, Kind::Heading);
    for key in ["baseline", "target", "revised"].into_iter().filter(|key| heading && fields.get(key).is_some()) {
        fields.findings().add(
            Code::NumberNotAllowed,
            fields.key_span(key),
            say!("見出しの指標は値を持てません", "a heading has no values of its own"),
            say!(
                "kind を決めるか、値を下の指標へ移してください",
                "give it a kind, or move the values to the indicators under it"
            ),
        );
    }
    if heading {
        return Default::default();
    }
    let read = |t: &Fields<'_>, key: &'static str| t.table(key).map(|t| readings(&t, scope, registers, origin));
    let spans = Scope { spans: true, ..scope };
    let baselines = fields.table("baseline").map(|table| readings(&table, spans, registers, origin));
    let mut baselines = baselines.unwrap_or_default();
    if baselines.len() > 1 {
        fields.findings().add(
            Code::WrongType,
            fields.key_span("baseline"),
            say!("基準値は一つだけです", "there is one baseline only"),
            say!(
                "一つを残し、ほかは records/ に実績として書いてください",
                "keep one, and record the others as measures"
            ),
        );
    }
    let mut ends: HashMap<NaiveDate, Range<usize>> = HashMap::new();
    let revised = fields.tables("revised").into_iter().filter_map(|table| {
        let reason = table.boxed("reason");
        let span = table.need("until").map(|node| node.span());
        let targets = read(&table, "target").unwrap_or_default();
        let until = table.date("until")?;
        if let Some(first) = span.clone().and_then(|span| ends.insert(until, span)) {
            revised_twice(&table, until, span.unwrap_or_default(), first);
        }
        Some((Revision { until, targets, in_force: Vec::new(), reason }, table.span.clone()))
    });
    let mut revised: Vec<(Revision, Range<usize>)> = revised.collect();
    revised.sort_by_key(|(r, _)| r.until);
    let targets = read(fields, "target").unwrap_or_default();
    let revised = revisions(fields.findings(), revised, &targets);
    (baselines.drain(..).next(), targets, revised)
}

/// Completes each revision, the last one first, by the periods that it does not list: it did not change them. Where it
/// shares no period with what took its place it replaces all, since then the target was moved to another year.
fn revisions(findings: &Findings, revised: Vec<(Revision, Range<usize>)>, targets: &[Reading]) -> Vec<Revision> {
    let mut later = targets.to_vec();
    let mut done = Vec::with_capacity(revised.len());
    for (mut revision, span) in revised.into_iter().rev() {
        let lists = |period: Period| revision.targets.iter().any(|target| target.period == period);
        let (shared, unlisted): (Vec<_>, Vec<_>) = later.iter().cloned().partition(|target| lists(target.period));
        let moved = later.len() == 1 && revision.targets.len() == 1;
        if !unlisted.is_empty() && !revision.targets.is_empty() && !moved {
            findings.push(revised_partly(findings.file, span, &unlisted, !shared.is_empty()));
        }
        let mut in_force = revision.targets.clone();
        in_force.extend(unlisted.into_iter().filter(|_| !shared.is_empty()));
        let is_none = |target: &Reading| target.value == Value::Absent(Absence::NotSet);
        if !in_force.iter().all(is_none) {
            in_force.retain(|target| !is_none(target));
        }
        in_force.sort_by_key(|target| target.period);
        later.clone_from(&in_force);
        revision.in_force = in_force;
        done.push(revision);
    }
    done.reverse();
    done
}

fn revised_partly(file: usize, span: Range<usize>, unlisted: &[Reading], keeps: bool) -> Finding {
    let list = |comma: &str| unlisted.iter().map(|target| target.period.short()).collect::<Vec<_>>().join(comma);
    let (ja, en) = (list("、"), list(", "));
    let message = match keeps {
        true => say!(
            "改める前の目標値に {ja} がありません。変わらなかったものとして扱います",
            "the targets before the revision leave out {en}, which are taken as unchanged"
        ),
        false => say!(
            "改める前の目標値に {ja} がありません。その時は目標値がなかったものとして扱います",
            "the targets before the revision leave out {en}, which are taken as not set then"
        ),
    };
    let help = say!(
        "改める前の目標値を、期間ごとにすべて書いてください（なかった期間は \"－\"）",
        "list the former target of every period (\"-\" where there was none)"
    );
    Finding::new(Code::RevisedPartly, file, span, message, help)
}

/// Of two targets that held until one day nobody knows which one a value is held against.
fn revised_twice(table: &Fields<'_>, until: NaiveDate, span: Range<usize>, first: Range<usize>) {
    let file = table.findings().file;
    let finding = Finding::new(
        Code::DuplicateId,
        file,
        span,
        say!("{until} までの目標値（revised）が二つあります", "two `revised` hold until {until}"),
        say!("until を直すか、一つにまとめてください", "correct `until`, or make them one"),
    );
    table.findings().push(finding.related(file, first, say!("一つ目", "the first one")));
}

const KINDS: [&str; 8] = ["up", "down", "at-least", "at-most", "maintain", "range", "milestone", "heading"];

fn kind(fields: &Fields<'_>) -> Option<Kind> {
    let (tolerance, steps) = (fields.number("tolerance"), fields.boxed_all::<Vec<_>>("steps"));
    if fields.get("kind").is_none() {
        if fields.misspells("kind") {
            return None;
        }
        fields.findings().add(
            Code::NoKind,
            fields.span.clone(),
            say!("この指標には向き（kind）がありません", "this indicator has no kind"),
            say!(
                "増えるほどよいなら kind = \"up\"、減るほどよいなら \"down\"、上限なら \"at-most\" のように書いてください。推測はしません",
                "write kind = \"up\" if more is better, \"down\" if less is, \"at-most\" for a ceiling, …; it is never guessed"
            ),
        );
        return None;
    }
    let text = fields.text("kind")?;
    let kind = match text.text {
        "up" => Kind::Up,
        "down" => Kind::Down,
        "at-least" => Kind::AtLeast,
        "at-most" => Kind::AtMost,
        "range" => Kind::Range,
        "heading" => Kind::Heading,
        "maintain" => {
            fields.need("tolerance");
            Kind::Maintain { tolerance: fields.not_negative("tolerance", tolerance?)? }
        }
        "milestone" => {
            fields.need("steps");
            Kind::Milestone { steps }
        }
        text_of_kind => {
            let word = brief(text_of_kind);
            fields.findings().add(
                Code::UnknownKind,
                text.span,
                say!("「{word}」という向きはありません", "there is no kind `{word}`"),
                suggest(text_of_kind, KINDS, crate::lang::Say::default()),
            );
            return None;
        }
    };
    Some(kind)
}

fn series(fields: &Fields<'_>) -> Series {
    let series = fields.choice("series", &Series::ALL).unwrap_or(Series::Unstated);
    if series == Series::Unconfirmed {
        fields.findings().add(
            Code::Unconfirmed,
            fields.key_span("series"),
            say!(
                "値が単年度か累計か、要確認のままです",
                "whether the values are yearly or cumulative is still unconfirmed"
            ),
            say!(
                "資料で確かめたら series を \"yearly\" か \"cumulative\" に改めてください",
                "once the documents settle it, set series to \"yearly\" or \"cumulative\""
            ),
        );
    }
    series
}

fn effect(fields: &Fields<'_>) -> Option<Effect> {
    fields.choice("effect", &[("one-year", Effect::OneYear), ("continuing", Effect::Continuing)])
}

/// What a paper printed by the plan's own bands: `counts = { maru = 13 }`, each by id or name.
fn of_bands(
    fields: &Fields<'_>,
    key: &'static str,
    period: Option<Period>,
    registers: &Registers,
) -> impl Iterator<Item = (BandPart, Decimal)> {
    let table = fields.table(key);
    let sets = &registers.band_sets;
    let judging = registers.judging.iter().copied().chain(0..sets.len());
    let judging: Vec<usize> = judging.filter(|set| !sets[*set].is_standard()).collect();
    let in_force = |set: usize| period.map_or(set, |period| place_near(sets, set, period));
    let find = |text: &str| judging.iter().find_map(|set| BandPart::find(sets, in_force(*set), text));
    let mut found: Vec<(BandPart, Decimal)> = Vec::new();
    for (name, node) in table.iter().flat_map(Fields::entries) {
        let Some(number) = values::number(fields, node) else { continue };
        let Some(part) = find(name.text) else {
            let known = judging.iter().take(registers.judging.len()).flat_map(|set| &sets[in_force(*set)].bands);
            let known = known.map(|band| band.id.as_str());
            unknown(fields.findings(), Code::UnknownBands, &name, ("判定の区分", "band"), known, Say::default());
            continue;
        };
        found.push((part, number));
    }
    found.into_iter()
}

/// Figures as a paper printed them: `published = [ { period = "R4", ratio = 67.8, improvement = -29.8 } ]`.
fn published(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Vec<PublishedRates> {
    let rates = fields.tables("published").into_iter().filter_map(|table| {
        let origin = registers.origin_within(&table, around);
        let printed = PublishedOf::ALL.into_iter().filter_map(|(key, of)| Some((of, table.number(key)?)));
        let mut figures: Vec<(PublishedOf, Decimal)> = printed.collect();
        let period = table.need_period("period");
        figures
            .extend(of_bands(&table, "counts", period, registers).map(|(part, n)| (PublishedOf::BandCount(part), n)));
        figures
            .extend(of_bands(&table, "shares", period, registers).map(|(part, n)| (PublishedOf::BandShare(part), n)));
        Some(PublishedRates { period: period?, figures: figures.into(), origin })
    });
    rates.collect()
}
