//! `[judge]` and `[[bands]]` of `plan.toml`, and the `judge` of an indicator: which bands judge.

use std::ops::Range;

use crate::fields::registers::{Registers, unknown};
use crate::fields::{Fields, Text};
use crate::finding::{Code, Finding};
use crate::lang::{Lang, Say};
use crate::plan::id::Id;
use crate::plan::judging::{Against, Band, BandSet, Meaning, Measured, Pace, Rule, TargetOf, TargetRule, presets};
use crate::say;

const PACES: [(&str, Pace); 4] =
    [("line", Pace::Line), ("step", Pace::Step), ("targets", Pace::Targets), ("pro-rata", Pace::ProRata)];
const RATES: [(&str, Measured); 3] =
    [("ratio", Measured::Ratio), ("improvement", Measured::Improvement), ("pace", Measured::Pace)];
const AGAINST: [(&str, Against); 4] =
    [("better", Against::Better), ("same", Against::Same), ("not-worse", Against::NotWorse), ("worse", Against::Worse)];
const TARGETS: [(&str, TargetRule); 3] =
    [("exceeded", TargetRule::Exceeded), ("reached", TargetRule::Reached), ("missed", TargetRule::Missed)];

/// Reads the plan's own sets into `registers`, behind those that come with the program, and tells by place which one
/// judges the plan, which of an indicator's
/// targets does, and whether 実績÷目標 is shown.
pub fn read(fields: &Fields<'_>, registers: &mut Registers) -> (usize, Option<TargetOf>, bool) {
    registers.band_sets = presets();
    let mut spans = Vec::new();
    for table in &fields.tables("bands") {
        let Some((id, span)) = table.id("id") else { continue };
        let Some(set) = set(table, id.clone()) else { continue };
        if let Some((_, first)) = spans.iter().find(|(known, _)| *known == id) {
            twice(table, span, Clone::clone(first), &id);
            continue;
        }
        if registers.band_sets.iter().any(|known| known.id == id) {
            let message = say!(
                "「{id}」は備え付けの判定区分の名前です",
                "`{id}` names a set of bands that comes with the program"
            );
            let help = say!("別の id にしてください", "choose another ID");
            table.findings().add(Code::DuplicateId, span, message, help);
            continue;
        }
        registers.band_sets.push(set);
        spans.push((id, span));
    }
    let Some(table) = fields.table("judge") else { return (0, None, false) };
    let against = table.choice("against", &TargetOf::ALL);
    let also = table.flag("actual-by-target").unwrap_or(false);
    (choose(&table, registers).unwrap_or(0), against, also)
}

fn twice(fields: &Fields<'_>, span: Range<usize>, first: Range<usize>, id: &Id) {
    let findings = fields.findings();
    let message = say!("判定区分「{id}」が二つあります", "the set of bands `{id}` is defined twice");
    let help = say!("どちらかを消すか、別の id にしてください", "rename or delete one of them");
    let finding = Finding::new(Code::DuplicateId, findings.file, span, message, help);
    findings.push(finding.related(findings.file, first, say!("一つ目", "the first one")));
}

/// The set that `[judge]` means, by place. A pace of its own makes a variant of the set.
fn choose(table: &Fields<'_>, registers: &mut Registers) -> Option<usize> {
    let pace = table.choice("pace", &PACES);
    let place = table.text("bands").map_or(Some(0), |text| named(table, &text, registers))?;
    let set = &registers.band_sets[place];
    let Some(pace) = pace.filter(|pace| *pace != set.pace) else { return Some(place) };
    let id = Id::parse(&format!("{}-{}", set.id, pace.key())).ok()?;
    let name = Say {
        ja: format!("{}・{}", set.name.ja, pace.name(Lang::Ja)),
        en: format!("{}, {}", set.name.en, pace.name(Lang::En)),
    };
    registers.band_sets.push(BandSet { id, pace, name, ..set.clone() });
    Some(registers.band_sets.len() - 1)
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
    let by = fields.choice("by", &RATES).unwrap_or(Measured::Pace);
    let pace = fields.choice("pace", &PACES).unwrap_or(Pace::Line);
    let tolerance = fields.number("tolerance").and_then(|t| fields.not_negative("tolerance", t)).unwrap_or_default();
    fields.need("bands")?;
    let bands: Vec<Band> = fields.tables("bands").iter().filter_map(band).collect();
    let (name, source) = (say!("{name}", "{name}"), say!("{source}", "{source}"));
    Some(BandSet { id, name, source, by, pace, tolerance, bands })
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
    let meaning = fields.choice("verdict", &Meaning::ALL);
    let (id, _) = fields.id("id")?;
    let name = name?;
    Some(Band { id, name: say!("{name}", "{name}"), meaning: meaning?, rule })
}
