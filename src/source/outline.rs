//! `outline/*.toml`: entries as written, not yet linked to one another.

use std::ops::Range;

use crate::tree::Table;

use super::named::{Named, named_once};
use super::road;
use crate::fields::figures::figures;
use crate::fields::registers::{Registers, by_id};
use crate::fields::{Fields, Findings};
use crate::keys;
use crate::plan::amendment::Amendment;
use crate::plan::entry::{Entry, Initiative, Milestone};
use crate::plan::id::Id;
use crate::plan::period::Period;
use crate::plan::road::PlannedStep;
use crate::plan::source::Origin;

/// An entry as written: what it refers to is still a text.
#[derive(Debug)]
pub struct Draft {
    /// The entry, without parent, children, level and `also`.
    pub entry: Entry,
    /// The file and place of its number.
    pub file: usize,
    /// The place of its number.
    pub span: Range<usize>,
    /// `parent = …`.
    pub parent: Option<Reference>,
    /// `also = …` of its initiatives: the initiative's place and what it names.
    pub also: Vec<(usize, Reference)>,
}

/// An id that refers to something, and where it stands.
pub type Reference = (Id, Range<usize>);

/// Reads the entries of one file, in order of id. Drafts are large and will be sorted: they stay where they are made.
#[expect(clippy::vec_box, reason = "what is moved about is the box")]
pub fn read(findings: &Findings, table: Table<'_>, registers: &Registers) -> Vec<Box<Draft>> {
    let drafts =
        by_id(findings, table, &keys::OUTLINE).map(|(id, span, fields)| Box::new(draft(id, span, &fields, registers)));
    let mut drafts: Vec<Box<Draft>> = drafts.collect();
    drafts.sort_by(|a, b| a.entry.id.cmp(&b.entry.id));
    drafts
}

fn draft(id: Id, span: Range<usize>, fields: &Fields<'_>, registers: &Registers) -> Draft {
    // An entry without a name is still there for what refers to it; the finding keeps the plan from coming out.
    let name = fields.need_text("name").map_or("", |t| t.text).into();
    let (owners, tables) = (registers.owners(fields), fields.tables("initiative"));
    let origin = registers.origin(fields);
    // Records name what has steps of its own.
    if tables.iter().any(|table| ["steps", "milestone"].iter().any(|key| table.raw().get(key).is_some())) {
        named_once(fields, &Named::all(&tables));
    }
    let (mut initiatives, mut also) = (Vec::with_capacity(tables.len()), Vec::new());
    for (made, refs) in tables.iter().filter_map(|table| initiative(table, registers, &origin)) {
        also.extend(refs.into_iter().map(|reference| (initiatives.len(), reference)));
        initiatives.push(made);
    }
    // Most say nothing else, and there may be tens of thousands of them.
    let aside = if fields.all_seen() { Aside::default() } else { Aside::read(fields, registers, &origin) };
    let entry = Entry {
        initiatives: initiatives.into(),
        steps: aside.steps,
        milestones: aside.milestones,
        aliases: aside.aliases,
        summary: aside.summary,
        parent: None,
        children: Vec::new(),
        level: 0,
        owners,
        added: aside.added,
        dropped: aside.dropped,
        start: aside.start,
        rated: aside.rated,
        groups: aside.groups,
        formerly: aside.formerly,
        notes: aside.notes,
        amendments: aside.amendments,
        updates: Vec::new(),
        origin,
        id,
        name,
    };
    Draft { entry, file: fields.findings().file, span, parent: aside.parent, also }
}

/// What an entry may say beside its name, who owns it and what is done.
#[derive(Default)]
struct Aside {
    aliases: Box<[Box<str>]>,
    summary: Option<Box<str>>,
    parent: Option<Reference>,
    added: Option<Period>,
    dropped: Option<Period>,
    start: Option<Period>,
    rated: Box<[Period]>,
    groups: Box<[(Box<str>, Box<str>)]>,
    formerly: Box<[Id]>,
    steps: Box<[PlannedStep]>,
    milestones: Box<[Milestone]>,
    notes: Box<[Box<str>]>,
    amendments: Box<[Amendment]>,
}

impl Aside {
    fn read(fields: &Fields<'_>, registers: &Registers, origin: &Origin) -> Self {
        Self {
            aliases: fields.boxed_all("aliases"),
            summary: fields.boxed("summary"),
            parent: fields.get("parent").and_then(|_| fields.id("parent")),
            added: fields.period("added"),
            dropped: fields.period("dropped"),
            start: fields.period("start"),
            rated: fields.periods("rated"),
            groups: groups(fields, registers),
            formerly: references(fields, "formerly").into_iter().map(|(id, _)| id).collect(),
            steps: road::steps(fields, registers, origin),
            milestones: milestones(fields, registers, origin),
            notes: fields.boxed_all("note"),
            amendments: amendments(fields),
        }
    }
}

/// Reads `group`: for each key a text or several.
fn groups(fields: &Fields<'_>, registers: &Registers) -> Box<[(Box<str>, Box<str>)]> {
    let Some(table) = fields.table("group") else { return Box::default() };
    let mut groups: Vec<(Box<str>, Box<str>)> = Vec::new();
    for (key, node) in table.entries() {
        registers.grouping(fields.findings(), &key);
        for value in table.as_texts(node) {
            let of = (key.text.into(), value.text.trim().into());
            if !groups.contains(&of) {
                groups.push(of);
            }
        }
    }
    groups.into()
}

/// Reads `[[change]]`: why something was changed.
pub fn amendments<C: FromIterator<Amendment>>(fields: &Fields<'_>) -> C {
    fields.tables("change").iter().filter_map(amendment).collect()
}

fn amendment(fields: &Fields<'_>) -> Option<Amendment> {
    let date = fields.need("date").and_then(|_| fields.date("date"));
    let keys = fields.boxed_all("keys");
    let of = references(fields, "of").into_iter().map(|(id, _)| id).collect();
    let reason = fields.need_text("reason")?.text.into();
    Some(Amendment { date: date?, reason, keys, of, origin: fields.origin() })
}

/// Ids in a text or an array of texts.
pub fn references(fields: &Fields<'_>, key: &'static str) -> Vec<Reference> {
    let texts = fields.texts(key);
    texts.into_iter().filter_map(|text| fields.as_id(&text).map(|id| (id, text.span))).collect()
}

fn initiative(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Option<(Initiative, Vec<Reference>)> {
    let (name, start, end) = (fields.need_text("name"), fields.period("start"), fields.period("end"));
    let origin = registers.origin_within(fields, around);
    let also = references(fields, "also");
    // Most say nothing else.
    let aside = if fields.all_seen() {
        Initiative::default()
    } else {
        Initiative {
            aliases: fields.boxed_all("aliases"),
            steps: road::steps(fields, registers, &origin),
            milestones: milestones(fields, registers, &origin),
            figures: figures(fields, registers, &origin),
            notes: fields.boxed_all("note"),
            ..Initiative::default()
        }
    };
    Some((Initiative { name: name?.text.into(), start, end, origin, ..aside }, also))
}

fn milestones(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Box<[Milestone]> {
    fields.tables("milestone").iter().filter_map(|t| milestone(t, registers, around)).collect()
}

/// Reads a dated step.
pub fn milestone(fields: &Fields<'_>, registers: &Registers, around: &Origin) -> Option<Milestone> {
    let origin = registers.origin_within(fields, around);
    let notes = fields.boxed_all("note");
    let date = fields.need_period("date");
    Some(Milestone { name: fields.need_text("name")?.text.into(), date: date?, notes, origin })
}
