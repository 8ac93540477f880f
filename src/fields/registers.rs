//! What the other files refer to: owners, documents, scales, evaluators.

use std::sync::OnceLock;

use crate::tree::Table;

use super::advice::{bad_id, brief, suggest};
use super::{Fields, Findings, Text};
use crate::finding::{Code, Finding};
use crate::keys;
use crate::lang::Say;
use crate::plan::Grouping;
use crate::plan::id::Id;
use crate::plan::judging::BandSet;
use crate::plan::owner::{Owner, OwnerNames, qualify};
use crate::plan::period::FiscalYear;
use crate::plan::road::step_named;
use crate::plan::scale::{Evaluator, Grade, Scale};
use crate::plan::source::{Origin, Source};
use crate::plan::value::Certainty;
use crate::say;
use crate::text::terms;

/// Everything that can be referred to by name.
#[derive(Debug, Default)]
pub struct Registers {
    /// 所管課, in order of id.
    pub owners: Vec<Owner>,
    /// Where each owner is defined: file and byte.
    pub owner_places: Vec<(usize, usize)>,
    /// What the owners are called, once somebody asked.
    pub owner_names: OnceLock<OwnerNames>,
    /// Documents, in order of id.
    pub sources: Vec<Source>,
    /// At least one.
    pub scales: Vec<Scale>,
    /// At least one.
    pub evaluators: Vec<Evaluator>,
    /// By what else than the outline entries are grouped, where the plan names it.
    pub groupings: Vec<Grouping>,
    /// The frameworks of themes, by which entries are grouped as well, once they are read.
    pub frameworks: Vec<Box<str>>,
    /// 工程の段階.
    pub steps: Vec<Say>,
    /// The plan's first and last year, once they are read.
    pub years: Option<(FiscalYear, FiscalYear)>,
    /// Sets of bands; those that come with the program first.
    pub band_sets: Vec<BandSet>,
    /// Those that judge the plan, by place: the one of all verdicts, then those beside it.
    pub judging: Vec<usize>,
    /// Where each number of `expect` stands in `plan.toml`.
    pub expect_places: Vec<std::ops::Range<usize>>,
    /// What each `[[sum]]` refers to, and where in `plan.toml`.
    pub sum_places: Vec<(Id, std::ops::Range<usize>)>,
}

/// Groupings that every plan has: by owner and by bureau.
pub const OWN_GROUPINGS: [&str; 2] = ["owner", "bureau"];

/// The tables of a file whose keys are ids, in the order written, less `schema`. Each is made when it is its turn: most
/// are read in the memory of the one before.
pub fn by_id<'a>(
    findings: &'a Findings,
    table: Table<'a>,
    form: &'static keys::Form,
) -> impl Iterator<Item = (Id, std::ops::Range<usize>, Fields<'a>)> {
    let entries = Fields::new(findings, table, 0..0, form).entries();
    entries.into_iter().filter_map(|(key, node)| {
        if key.text == "schema" && !node.is_table() {
            return None;
        }
        let Some(table) = node.as_table() else {
            let known = ["schema"];
            findings.push(super::advice::unknown_key(findings.file, key.text, key.span, &known));
            return None;
        };
        let Ok(id) = Id::parse(key.text) else {
            findings.push(bad_id(findings.file, key.text, key.span));
            return None;
        };
        Some((id, key.span.clone(), Fields::new(findings, table, key.span, form.at(key.text))))
    })
}

impl Registers {
    /// Reads `owners.toml`.
    pub fn read_owners(&mut self, findings: &Findings, table: Table<'_>) {
        let mut owners: Vec<(Owner, (usize, usize))> = Vec::new();
        for (id, span, fields) in by_id(findings, table, &keys::OWNERS) {
            let name = fields.need_text("name").map_or("", |t| t.text).into();
            let (bureau, aliases) = (fields.boxed("bureau"), fields.boxed_all("aliases"));
            let contact = fields.boxed("contact");
            let owner = Owner { id, name, bureau, aliases, contact, qualified: None };
            owners.push((owner, (findings.file, span.start)));
        }
        // 建制順: the order of the office is that of its file.
        owners.sort_by_key(|(_, place)| *place);
        (self.owners, self.owner_places) = owners.into_iter().unzip();
        qualify(&mut self.owners);
        self.owner_names = OnceLock::new();
    }

    /// Reads `sources.toml`.
    pub fn read_sources(&mut self, findings: &Findings, table: Table<'_>) {
        for (id, _, fields) in by_id(findings, table, &keys::SOURCES) {
            self.sources.push(Source {
                id,
                title: fields.need_text("title").map_or("", |t| t.text).into(),
                date: fields.boxed("date"),
                publisher: fields.boxed("publisher"),
                notes: fields.boxed_all("note"),
                origin: fields.origin(),
            });
        }
        self.sources.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Where a table was read, by its `source` and `certainty`.
    pub fn origin(&self, fields: &Fields<'_>) -> Origin {
        self.origin_within(fields, &fields.origin())
    }

    /// Where a table was read; what it does not say holds as for the one around it.
    pub fn origin_within(&self, fields: &Fields<'_>, around: &Origin) -> Origin {
        let source = fields.text("source").and_then(|text| self.source(fields, &text));
        let certainty = certainty(fields);
        if certainty == Some(Certainty::Unconfirmed) {
            fields.findings().add(
                Code::Unconfirmed,
                fields.key_span("certainty"),
                say!("要確認のままの値です", "this is still unconfirmed"),
                say!(
                    "資料で確かめたら certainty を \"stated\" に改めてください（それまで出力に「要確認」と付きます）",
                    "once the documents settle it, set certainty to \"stated\" (until then outputs mark it)"
                ),
            );
        }
        Origin { source: source.or(around.source), certainty: certainty.unwrap_or(around.certainty), ..fields.origin() }
    }

    fn source(&self, fields: &Fields<'_>, text: &Text<'_>) -> Option<u16> {
        let id = fields.as_id(text)?;
        let found = self.sources.binary_search_by(|s| s.id.cmp(&id)).ok();
        if found.is_none() {
            unknown(
                fields.findings(),
                Code::UnknownSource,
                text,
                terms::SOURCE.words(),
                self.sources.iter().map(|s| s.id.as_str()),
                say!("sources.toml に [{id}] を書き足してください", "add [{id}] to sources.toml"),
            );
        }
        found.and_then(|place| u16::try_from(place).ok())
    }

    /// The one owner that `owner = …` must name, by place.
    pub fn the_owner(&self, fields: &Fields<'_>) -> Option<usize> {
        let text = fields.need_text("owner")?;
        self.owner_of(fields.findings(), &text)
    }

    /// The owners that `owner = …` names, by place.
    pub fn owners(&self, fields: &Fields<'_>) -> Box<[usize]> {
        let texts = fields.texts("owner");
        let mut owners = Vec::with_capacity(texts.len());
        owners.extend(texts.iter().filter_map(|text| self.owner_of(fields.findings(), text)));
        owners.into()
    }

    /// The place of the owner that a text names.
    pub fn owner_of(&self, findings: &Findings, text: &Text<'_>) -> Option<usize> {
        let name = text.text.trim();
        let places = self.owner_names.get_or_init(|| OwnerNames::new(&self.owners)).called(name);
        if let [first, other, ..] = places[..] {
            let (first, other) = (&self.owners[first].id, &self.owners[other].id);
            findings.add(
                Code::UnknownOwner,
                text.span.clone(),
                say!("「{name}」にあたる所管課が二つ以上あります", "more than one owner is called `{name}`"),
                say!("id（{first} か {other} など）で書いてください", "write the id ({first}, {other} …)"),
            );
        } else if places.is_empty() {
            unknown(
                findings,
                Code::UnknownOwner,
                text,
                terms::OWNER.words(),
                self.owners.iter().flat_map(|o| [&*o.name, o.id.as_str()]),
                say!("owners.toml に書き足してください", "add it to owners.toml"),
            );
        }
        places.first().copied()
    }

    /// The place of the scale that a text names.
    pub fn scale(&self, findings: &Findings, text: &Text<'_>) -> Option<usize> {
        let found = self.scales.iter().position(|s| s.id.as_str() == text.text);
        if found.is_none() {
            let known = self.scales.iter().map(|s| s.id.as_str());
            let nothing = say!("plan.toml に [[scale]] を書いてください", "add a [[scale]] to plan.toml");
            unknown(findings, Code::UnknownScale, text, ("区分", "scale"), known, nothing);
        }
        found
    }

    /// Sees to it that a key of `group` is one that the plan names, where it names any, and no word of its own.
    pub fn grouping(&self, findings: &Findings, key: &Text<'_>) {
        if OWN_GROUPINGS.contains(&key.text) {
            let name = key.text;
            findings.add(
                Code::DuplicateId,
                key.span.clone(),
                say!(
                    "「{name}」は、所管課ごと・局ごとの集計を表す語です",
                    "`{name}` is the word for owners or bureaus"
                ),
                say!("別の名前にしてください", "choose another name"),
            );
        } else if !self.groupings.is_empty()
            && self.groupings.iter().all(|known| known.id.as_str() != key.text)
            && !self.is_framework(key.text)
        {
            let known = self.groupings.iter().map(|known| known.id.as_str()).collect::<Vec<_>>();
            findings.push(super::advice::unknown_key(findings.file, key.text, key.span.clone(), &known));
        }
    }

    /// Whether plans share themes of a framework of this name.
    pub fn is_framework(&self, name: &str) -> bool {
        self.frameworks.iter().any(|framework| **framework == *name)
    }

    /// The place of the step that a text names.
    pub fn step(&self, findings: &Findings, text: &Text<'_>) -> Option<usize> {
        let found = step_named(&self.steps, text.text);
        // Without a plan.toml that could be read nobody knows which steps there are.
        if found.is_none() && !self.steps.is_empty() {
            let known = self.steps.iter().map(|step| step.ja.as_str());
            let nothing =
                say!("plan.toml の [roadmap] に steps を書いてください", "write `steps` in [roadmap] of plan.toml");
            unknown(findings, Code::UnknownStep, text, ("工程の段階", "step"), known, nothing);
        }
        found
    }

    /// The place of the evaluator that `evaluator = …` names; the first where there is none.
    pub fn evaluator(&self, fields: &Fields<'_>) -> usize {
        fields.text("evaluator").and_then(|text| self.evaluator_of(fields.findings(), &text)).unwrap_or(0)
    }

    /// The place of the evaluator that a text names.
    pub fn evaluator_of(&self, findings: &Findings, text: &Text<'_>) -> Option<usize> {
        let found = Evaluator::position(&self.evaluators, text.text);
        if found.is_none() {
            let known = self.evaluators.iter().map(|e| e.id.as_str());
            let nothing = say!("plan.toml に [[evaluator]] を書いてください", "add an [[evaluator]] to plan.toml");
            unknown(findings, Code::UnknownEvaluator, text, terms::EVALUATOR.words(), known, nothing);
        }
        found
    }

    /// As [`Registers::evaluator`], of who rates: not of one that takes the ratings of others.
    pub fn rater(&self, fields: &Fields<'_>) -> usize {
        let place = self.evaluator(fields);
        if let Some(who) = self.evaluators.get(place).filter(|who| !who.first_of.is_empty()) {
            let name = &who.id;
            let known = who.first_of.iter().map(|of| self.evaluators[*of].id.to_string());
            let known = known.collect::<Vec<_>>().join(", ");
            fields.findings().add(
                Code::UnknownEvaluator,
                fields.key_span("evaluator"),
                say!("「{name}」は自らは評価しません", "`{name}` does not rate itself"),
                say!("{known} のどれかを書いてください", "write one of {known}"),
            );
        }
        place
    }
}

/// A grade that the scale does not have. Ids and names are both understood.
pub fn unknown_grade(fields: &Fields<'_>, text: &Text<'_>, grades: &[Grade]) {
    let known = grades.iter().flat_map(|grade| [grade.id.as_str(), &*grade.name]);
    let nothing = say!("plan.toml の [[scale]] に書き足してください", "add it to the [[scale]] in plan.toml");
    unknown(fields.findings(), Code::UnknownGrade, text, terms::RATING.words(), known, nothing);
}

/// A name that refers to nothing.
pub fn unknown<'k>(
    findings: &Findings,
    code: Code,
    text: &Text<'_>,
    (what_ja, what_en): (&str, &str),
    known: impl Iterator<Item = &'k str>,
    nothing: Say,
) {
    let name = brief(text.text);
    let message = say!("「{name}」という{what_ja}はありません", "there is no {what_en} `{name}`");
    let help = if findings.are_many() { nothing } else { suggest(text.text, known, nothing) };
    findings.push(Finding::new(code, findings.file, text.span.clone(), message, help));
}

/// How sure the readings are is checked apart from the values themselves.
fn certainty(fields: &Fields<'_>) -> Option<Certainty> {
    let text = fields.text("certainty")?;
    let found = Certainty::parse(text.text);
    if found.is_none() {
        let word = brief(text.text);
        let known = ["stated", "inferred", "unconfirmed"];
        fields.findings().add(
            Code::WrongType,
            text.span,
            say!("「{word}」という確かさはありません", "there is no certainty `{word}`"),
            suggest(text.text, known, Say::default()),
        );
    }
    found
}
