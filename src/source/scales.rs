//! `[[scale]]` and `[[evaluator]]` of `plan.toml`.

use std::collections::HashMap;
use std::ops::Range;

use super::named::{Named, named_once, twice};
use crate::fields::Fields;
use crate::fields::registers::{unknown, unknown_grade};
use crate::finding::Code;
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::scale::{Composite, Evaluator, Grade, Scale, ScaleVersion};
use crate::say;
use crate::text::terms;

/// Grades and scales are kept by place in a byte.
const MOST: usize = 200;

/// Reads every `[[scale]]`. Blocks of the same id are versions of one scale. A plan without any gets one without grades,
/// so that every entry of it is simply unrated.
pub fn read(fields: &Fields<'_>) -> Vec<Scale> {
    let mut scales: Vec<Scale> = Vec::new();
    let mut first = Firsts::new();
    let tables = fields.tables("scale");
    named_once(fields, &Named::of_versions(&tables));
    for table in within(&tables, say!("進捗区分の定め", "scales")) {
        let (id, version) = (table.id("id"), version(table));
        let (Some((id, span)), Some(version)) = (id, version) else { continue };
        let place = first.entry(id.clone()).or_insert_with(|| span.clone()).clone();
        let Some(scale) = scales.iter_mut().find(|s| s.id == id) else {
            scales.push(Scale { id, versions: vec![version] });
            continue;
        };
        if scale.versions.iter().any(|v| overlap(v, &version)) {
            let message =
                say!("区分「{id}」が同じ年度に二つあります", "scale `{id}` is defined twice for the same years");
            let help =
                say!("from と to の年度が重ならないようにしてください", "give them from and to that do not overlap");
            twice(table, span, place, message, help);
        }
        scale.versions.push(version);
        scale.versions.sort_by_key(|v| v.from);
    }
    if scales.is_empty() {
        let (grades, composites) = (Vec::new(), Vec::new());
        let none = ScaleVersion { name: "".into(), from: None, to: None, ordered: true, grades, composites };
        scales.extend(Id::parse("progress").map(|id| Scale { id, versions: vec![none] }));
    }
    scales
}

/// Those that can be kept; that there are more of them is said once.
fn within<'l, 'f>(tables: &'l [Fields<'f>], what: Say) -> impl Iterator<Item = &'l Fields<'f>> {
    let (kept, rest) = tables.split_at(tables.len().min(MOST));
    if let Some(first) = rest.first() {
        let (Say { ja, en }, count) = (what, tables.len());
        first.findings().add(
            Code::OutOfRange,
            first.span.clone(),
            say!("{ja}は {MOST} までです（{count} あります）", "there are {count} {en}, and {MOST} at most are read"),
            say!("{MOST} までに減らしてください", "keep {MOST} of them"),
        );
    }
    // Of the rest nothing is read, and so nothing is unknown or missing in them.
    rest.iter().for_each(|table| table.leave());
    kept.iter()
}

fn overlap(a: &ScaleVersion, b: &ScaleVersion) -> bool {
    let ends_before =
        |a: &ScaleVersion, b: &ScaleVersion| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
    !ends_before(a, b) && !ends_before(b, a)
}

fn version(fields: &Fields<'_>) -> Option<ScaleVersion> {
    fields.need("grades");
    let (from, to) = (fields.fiscal_year("from"), fields.fiscal_year("to"));
    let mut grades: Vec<Grade> = Vec::new();
    let mut first = Firsts::new();
    let tables = fields.tables("grades");
    let sums = fields.tables("composites");
    // In a table both have columns.
    named_once(fields, &Named::all(tables.iter().chain(&sums)));
    for table in within(&tables, say!("一つの定めの進捗区分", "grades of one scale")) {
        let (id, name) = (table.grade_id("id"), table.need_text("name").map_or("", |t| t.text).into());
        let counts = table.flag("counts").unwrap_or(true);
        let attention = table.flag("attention").unwrap_or(false);
        let Some((id, span)) = id else { continue };
        if let Some(first) = first.insert(id.clone(), span.clone()) {
            id_twice(table, span, first, &id);
            continue;
        }
        if NO_GRADES.contains(&id.as_str()) {
            reserved(table, span, &id);
        }
        grades.push(Grade { id, name, counts, attention, origin: table.origin() });
    }
    let name = fields.need_text("name").map_or_else(String::new, |t| t.text.to_owned()).into();
    fields.get("note");
    let ordered = fields.flag("ordered").unwrap_or(true);
    let mut version = ScaleVersion { name, from, to, ordered, grades, composites: Vec::new() };
    // Tables of papers name grades and sums in one place.
    version.composites = composites(&sums, &version, first);
    Some(version)
}

/// What programs and closings read where there is no grade.
const NO_GRADES: [&str; 2] = ["unreported", "not-in-plan"];

fn reserved(fields: &Fields<'_>, span: Range<usize>, id: &Id) {
    fields.findings().add(
        Code::DuplicateId,
        span,
        say!("「{id}」は、区分がないことを表す語です", "`{id}` is the word for what has no grade"),
        say!("別の id にしてください", "choose another ID"),
    );
}

fn composites(sums: &[Fields<'_>], version: &ScaleVersion, mut first: Firsts) -> Vec<Composite> {
    let mut all = Vec::new();
    for sum in sums {
        let grades = summed(sum, version);
        let (Some((id, span)), Some(name)) = (sum.grade_id("id"), sum.need_text("name")) else { continue };
        if let Some(first) = first.insert(id.clone(), span.clone()) {
            id_twice(sum, span, first, &id);
            continue;
        }
        all.push(Composite { id, name: name.text.into(), grades });
    }
    all
}

/// The places of the grades that are summed up, each once: by id or by name, as records give them.
fn summed(fields: &Fields<'_>, version: &ScaleVersion) -> Vec<usize> {
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    for text in fields.texts("grades") {
        let Some((place, grade)) = version.grade(text.text) else {
            unknown_grade(fields, &text, &version.grades);
            continue;
        };
        if let Some((_, first)) = places.iter().find(|(other, _)| *other == place) {
            let name = &grade.name;
            let message = say!("合計に「{name}」が二つあります", "the sum has `{name}` twice");
            twice(fields, text.span, first.clone(), message, say!("一つを消してください", "delete one of them"));
            continue;
        }
        places.push((place, text.span));
    }
    places.into_iter().map(|(place, _)| place).collect()
}

/// Reads every `[[evaluator]]`; a plan without any has one, the department itself.
pub fn evaluators(fields: &Fields<'_>) -> Vec<Evaluator> {
    let mut all: Vec<Evaluator> = Vec::new();
    let mut first = Firsts::new();
    let tables = fields.tables("evaluator");
    named_once(fields, &Named::all(&tables));
    for table in &tables {
        let (id, name) = (table.id("id"), table.need_text("name"));
        let (Some((id, span)), Some(name)) = (id, name) else { continue };
        if let Some(first) = first.insert(id.clone(), span.clone()) {
            id_twice(table, span, first, &id);
            continue;
        }
        let first_of = first_of(table, &id, &all);
        all.push(Evaluator { id, name: name.text.into(), first_of });
    }
    if all.is_empty() {
        all.extend(Id::parse("dept").map(|id| Evaluator { id, name: "所管評価".into(), first_of: Box::default() }));
    }
    all
}

/// Reads `first-of`: evaluators that stand before this one and rate themselves.
fn first_of(fields: &Fields<'_>, id: &Id, before: &[Evaluator]) -> Box<[usize]> {
    let rates = |one: &&Evaluator| one.first_of.is_empty();
    let mut places: Vec<usize> = Vec::new();
    for text in fields.texts("first-of") {
        let found = Evaluator::position(before, text.text).filter(|place| rates(&&before[*place]));
        let Some(place) = found else {
            let known = before.iter().filter(rates).map(|one| one.id.as_str());
            let nothing = say!(
                "「{id}」より前に、自ら評価する [[evaluator]] を書いてください",
                "write an [[evaluator]] that rates itself before `{id}`"
            );
            unknown(fields.findings(), Code::UnknownEvaluator, &text, terms::EVALUATOR.words(), known, nothing);
            continue;
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.into()
}

/// Where each id stands first.
type Firsts = HashMap<Id, Range<usize>>;

fn id_twice(fields: &Fields<'_>, span: Range<usize>, first: Range<usize>, id: &Id) {
    let message = say!("「{id}」が二つあります", "`{id}` is there twice");
    twice(fields, span, first, message, say!("別の id にするか、一つを消してください", "rename or delete one of them"));
}
