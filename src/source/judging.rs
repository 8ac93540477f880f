//! `[judge]` and `[[bands]]` of `plan.toml`, and the `judge` of an indicator: which bands judge.

use std::ops::Range;

use super::named::{Named, named_once, twice};
use crate::fields::registers::{Registers, unknown};
use crate::fields::{Fields, Text};
use crate::finding::Code;
use crate::lang::{Lang, Say};
use crate::plan::id::Id;
use crate::plan::judging::{
    Against, Band, BandSet, BandSum, Meaning, Measured, Pace, Rule, TargetOf, TargetRule, presets,
};
use crate::say;

const PACES: [(&str, Pace); 4] =
    [("line", Pace::Line), ("step", Pace::Step), ("targets", Pace::Targets), ("pro-rata", Pace::ProRata)];
const RATES: [(&str, Measured); 3] =
    [("ratio", Measured::Ratio), ("improvement", Measured::Improvement), ("pace", Measured::Pace)];
const AGAINST: [(&str, Against); 4] =
    [("better", Against::Better), ("same", Against::Same), ("not-worse", Against::NotWorse), ("worse", Against::Worse)];
const TARGETS: [(&str, TargetRule); 3] =
    [("exceeded", TargetRule::Exceeded), ("reached", TargetRule::Reached), ("missed", TargetRule::Missed)];

/// What `[judge]` says.
#[derive(Default)]
pub struct Judging {
    /// The set that judges the plan, by place.
    pub judged_by: usize,
    /// Those that judge besides.
    pub also_judged_by: Vec<usize>,
    /// Which of an indicator's targets judges.
    pub against: Option<TargetOf>,
    /// Whether 実績÷目標 is shown.
    pub actual_by_target: bool,
}

/// Reads the plan's own sets into `registers`, behind those that come with the program, and what `[judge]` says.
pub fn read(fields: &Fields<'_>, registers: &mut Registers) -> Judging {
    registers.band_sets = presets();
    let preset = registers.band_sets.len();
    let tables = fields.tables("bands");
    named_once(fields, &Named::of_versions(&tables));
    let mut spans: Vec<Range<usize>> = Vec::new();
    for table in &tables {
        let Some((id, span)) = table.id("id") else { continue };
        let Some(set) = set(table, id.clone()) else { continue };
        let (known, own) = registers.band_sets.split_at(preset);
        if known.iter().any(|known| known.id == id) {
            let message = say!(
                "「{id}」は備え付けの判定区分の名前です",
                "`{id}` names a set of bands that comes with the program"
            );
            let help = say!("別の id にしてください", "choose another ID");
            table.findings().add(Code::DuplicateId, span, message, help);
            continue;
        }
        if let Some((_, first)) = own.iter().zip(&spans).find(|(other, _)| other.id == id && overlap(other, &set)) {
            let message = say!(
                "判定区分「{id}」が同じ年度に二つあります",
                "the set of bands `{id}` is defined twice for the same years"
            );
            let help = say!(
                "from と to の年度が重ならないようにするか、別の id にしてください",
                "give them from and to that do not overlap, or another ID"
            );
            twice(table, span, first.clone(), message, help);
            continue;
        }
        registers.band_sets.push(set);
        spans.push(span);
    }
    let judging = fields.table("judge").map(|table| judge(&table, registers)).unwrap_or_default();
    registers.judging = std::iter::once(judging.judged_by).chain(judging.also_judged_by.iter().copied()).collect();
    judging
}

fn judge(table: &Fields<'_>, registers: &mut Registers) -> Judging {
    let against = table.choice("against", &TargetOf::ALL);
    let actual_by_target = table.flag("actual-by-target").unwrap_or(false);
    let judged_by = choose(table, registers).unwrap_or(0);
    let mut also_judged_by: Vec<usize> = Vec::new();
    for text in table.texts("also") {
        let Some(place) = named(table, &text, registers) else { continue };
        if place == judged_by || also_judged_by.contains(&place) {
            let id = &registers.band_sets[place].id;
            let message =
                say!("判定区分「{id}」は、すでに判定に用いています", "the set of bands `{id}` judges already");
            let help = say!("一つを消してください", "delete one of them");
            table.findings().add(Code::DuplicateId, text.span, message, help);
            continue;
        }
        also_judged_by.push(place);
    }
    Judging { judged_by, also_judged_by, against, actual_by_target }
}

fn overlap(a: &BandSet, b: &BandSet) -> bool {
    let ends_before = |a: &BandSet, b: &BandSet| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    !ends_before(a, b) && !ends_before(b, a)
}

/// The set that `[judge]` means, by place. A pace of its own makes a variant of the set.
fn choose(table: &Fields<'_>, registers: &mut Registers) -> Option<usize> {
    let pace = table.choice("pace", &PACES);
    let place = table.text("bands").map_or(Some(0), |text| named(table, &text, registers))?;
    let set = &registers.band_sets[place];
    let Some(pace) = pace.filter(|pace| *pace != set.pace) else { return Some(place) };
    let id = Id::parse(&format!("{}-{}", set.id, pace.key())).ok()?;
    let variant = |set: &BandSet| {
        let name = Say {
            ja: format!("{}・{}", set.name.ja, pace.name(Lang::Ja)),
            en: format!("{}, {}", set.name.en, pace.name(Lang::En)),
        };
        BandSet { id: id.clone(), pace, name, ..set.clone() }
    };
    let versions: Vec<BandSet> = registers.band_sets.iter().filter(|other| other.id == set.id).map(variant).collect();
    registers.band_sets.extend(versions);
    registers.band_sets.iter().position(|set| set.id == id)
}

/// The place of the set that a text names.
pub fn named(fields: &Fields<'_>, text: &Text<'_>, registers: &Registers) -> Option<usize> {
    let found = registers.band_sets.iter().position(|set| set.id.as_str() == text.text);
    if found.is_none() {
        let known = registers.band_sets.iter().map(|set| set.id.as_str());
        unknown(fields.findings(), Code::UnknownBands, text, ("判定区分", "set of bands"), known, Say::default());
    }
    found
}

fn set(fields: &Fields<'_>, id: Id) -> Option<BandSet> {
    let name = fields.need_text("name")?.text.to_owned();
    let source = fields.text("source").map(|t| t.text.to_owned()).unwrap_or_default();
    let (from, to) = (fields.fiscal_year("from"), fields.fiscal_year("to"));
    let by = fields.choice("by", &RATES).unwrap_or(Measured::Pace);
    let pace = fields.choice("pace", &PACES).unwrap_or(Pace::Line);
    let tolerance = fields.number("tolerance").and_then(|t| fields.not_negative("tolerance", t)).unwrap_or_default();
    fields.need("bands")?;
    let (tables, composites) = (fields.tables("bands"), fields.tables("composites"));
    // Each has a line of its own in a table, but a part of a sum, whose line says that it is one.
    let apart = composites.iter().filter(|table| table.raw().get("of").is_none());
    // Bands of one name are one band with several rules.
    let mut names = Vec::new();
    let named = |table: &&Fields<'_>| match table.raw().get("name").and_then(|name| name.as_str()) {
        Some(name) if names.contains(&name.to_owned()) => false,
        name => {
            names.extend(name.map(str::to_owned));
            true
        }
    };
    let firsts: Vec<&Fields<'_>> = tables.iter().filter(named).collect();
    named_once(fields, &Named::all(firsts.into_iter().chain(apart)));
    let bands = once(&tables, band, |band: &Band| &band.id);
    given_once(&tables);
    let sums = sums(&composites, &bands);
    let (name, source) = (say!("{name}", "{name}"), say!("{source}", "{source}"));
    Some(BandSet { id, name, source, from, to, by, pace, tolerance, bands, sums })
}

/// Those of these tables that can be read; of those with one id the first.
fn once<'t, 'f, T>(
    tables: &'t [Fields<'f>],
    read: impl Fn(&'t Fields<'f>) -> Option<T>,
    id: impl Fn(&T) -> &Id,
) -> Vec<T> {
    let mut all: Vec<(T, Range<usize>)> = Vec::new();
    for table in tables {
        let Some(one) = read(table) else { continue };
        let span = table.key_span("id");
        if let Some((_, first)) = all.iter().find(|(other, _)| id(other) == id(&one)) {
            let id = id(&one);
            let message = say!("「{id}」が二つあります", "`{id}` is there twice");
            let help = say!("別の id にするか、一つを消してください", "rename or delete one of them");
            twice(table, span, first.clone(), message, help);
            continue;
        }
        all.push((one, span));
    }
    all.into_iter().map(|(one, _)| one).collect()
}

fn band(fields: &Fields<'_>) -> Option<Band> {
    fields.need("verdict");
    let name = fields.need_text("name").map(|t| t.text.to_owned());
    let rule = Rule {
        target: fields.choice("target", &TARGETS),
        expected: fields.flag("expected"),
        baseline: fields.choice("baseline", &AGAINST),
        last_year: fields.choice("last-year", &AGAINST),
        at_least: fields.number("at-least"),
    };
    let meaning = fields.choice("verdict", &Meaning::words());
    let (counts, without_rate) = (fields.flag("counts"), without_rate(fields));
    let (id, _) = fields.grade_id("id")?;
    let (name, meaning) = (name?, meaning?);
    let counts = counts.unwrap_or(meaning.is_some());
    Some(Band { id, name: say!("{name}", "{name}"), meaning, counts, rule, without_rate })
}

/// The verdicts that give a band to what has no rate.
fn without_rate(fields: &Fields<'_>) -> Vec<Meaning> {
    let meaning = |text: Text<'_>| {
        let found = Meaning::ALL.iter().find(|(word, _)| *word == text.text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known = Meaning::ALL.iter().map(|(word, _)| *word);
            unknown(fields.findings(), Code::UnknownBands, &text, ("判定", "verdict"), known, Say::default());
        }
        found
    };
    fields.texts("without-rate").into_iter().filter_map(meaning).collect()
}

/// A verdict gives one band: of two nobody knows which.
fn given_once(tables: &[Fields<'_>]) {
    let mut given: Vec<(&str, Range<usize>)> = Vec::new();
    for table in tables {
        for Text { text: word, span } in table.texts("without-rate") {
            match given.iter().find(|(known, _)| *known == word) {
                Some((_, first)) => {
                    let message =
                        say!("率のない指標の「{word}」に、区分が二つあります", "`{word}` without a rate has two bands");
                    let help = say!("一つを消してください", "delete one of them");
                    twice(table, span, first.clone(), message, help);
                }
                None => given.push((word, span)),
            }
        }
    }
}

/// The sums of bands, each in the order it is written; a part stands behind the sum that it is a part of.
fn sums(tables: &[Fields<'_>], bands: &[Band]) -> Vec<BandSum> {
    let mut all: Vec<BandSum> = Vec::new();
    let read = once(
        tables,
        |table| Some((table.grade_id("id")?.0, table.need_text("name")?.text.to_owned(), table)),
        |sum| &sum.0,
    );
    for (id, name, table) in read {
        let places = summed(table, bands);
        let within = table.text("of").and_then(|text| {
            let found = all.iter().position(|sum| sum.id.as_str() == text.text);
            if found.is_none() {
                let known = all.iter().map(|sum| sum.id.as_str());
                let help = say!("前に書いた合計の id を書いてください", "name a sum that is written before it");
                unknown(table.findings(), Code::UnknownBands, &text, ("区分の合計", "composite"), known, help);
            }
            found
        });
        if let Some(whole) = within.map(|place| &all[place])
            && let Some(outside) = places.iter().find(|place| !whole.bands.contains(place))
        {
            let (part, whole) = (&bands[*outside].name.ja, &whole.name.ja);
            let message = say!("「{part}」は「{whole}」に含まれません", "`{part}` is no part of `{whole}`");
            let help = say!("of の合計に含まれる区分だけを書いてください", "sum only bands of the sum that `of` names");
            table.findings().add(Code::OutOfRange, table.key_span("bands"), message, help);
        }
        all.push(BandSum { id, name: say!("{name}", "{name}"), bands: places, within });
    }
    all
}

/// The places of the bands that are summed up, each once: by id or by name.
fn summed(fields: &Fields<'_>, bands: &[Band]) -> Vec<usize> {
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    fields.need("bands");
    for text in fields.texts("bands") {
        let is = |band: &Band| band.id.as_str() == text.text || band.name.ja == text.text;
        let counted_at = |place: usize| bands.iter().position(|band| band.name == bands[place].name);
        let Some(place) = bands.iter().position(is).and_then(counted_at) else {
            let known = bands.iter().map(|band| band.id.as_str());
            unknown(fields.findings(), Code::UnknownBands, &text, ("判定の区分", "band"), known, Say::default());
            continue;
        };
        if let Some((_, first)) = places.iter().find(|(other, _)| *other == place) {
            let name = &bands[place].name.ja;
            let message = say!("合計に「{name}」が二つあります", "the sum has `{name}` twice");
            twice(fields, text.span, first.clone(), message, say!("一つを消してください", "delete one of them"));
            continue;
        }
        places.push((place, text.span));
    }
    places.into_iter().map(|(place, _)| place).collect()
}
