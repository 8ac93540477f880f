//! What may be named in a plan, read lightly for the completion of a command line: no finding, no link, no record. A plan with
//! errors has names as well.

use crate::tree::{Memory, Node, Table};
use rayon::prelude::*;

use super::part::Part;
use super::snapshot::{Snapshot, SourceFile};
use crate::plan::period::{Cycle, FiscalYear, Period};
use crate::text::safe::{one_line, shortened};

/// How much of an opinion tells it from others.
const MEANING: usize = 40;

/// Something that a command line may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its id; what has none is called by its name alone.
    pub id: Option<String>,
    /// What people call it.
    pub name: Option<String>,
}

/// What may be named in a plan, each kind in the order of the files.
#[derive(Debug, Default)]
pub struct Names {
    /// Entries of every level.
    pub entries: Vec<Name>,
    /// Indicators.
    pub indicators: Vec<Name>,
    /// Owners.
    pub owners: Vec<Name>,
    /// Sources.
    pub sources: Vec<Name>,
    /// Scales.
    pub scales: Vec<Name>,
    /// Grades of every scale.
    pub grades: Vec<Name>,
    /// Evaluators.
    pub evaluators: Vec<Name>,
    /// Levels of the outline, the highest first.
    pub levels: Vec<Name>,
    /// Meetings, by the names of their files.
    pub meetings: Vec<Name>,
    /// Opinions, by meeting and number, each with its first words.
    pub opinions: Vec<Name>,
    /// The periods that reports are for and the fiscal years, from the beginning of the plan to its end.
    pub periods: Vec<Period>,
}

/// Whether a path (relative to the plan folder) is read for names.
pub fn holds_names(path: &str) -> bool {
    let parts = [Part::Head, Part::Owners, Part::Sources, Part::Outline, Part::Indicators, Part::Opinions];
    parts.contains(&Part::of(path))
}

impl Names {
    /// Reads what can be read of these files.
    pub fn of(snapshot: &Snapshot) -> Self {
        let read = |file: &SourceFile| (Part::of(&file.path), Self::of_file(file));
        let mut all = Self::default();
        for (part, names) in snapshot.files.par_iter().map(read).collect::<Vec<_>>() {
            match part {
                Part::Outline => all.entries.extend(names.entries),
                Part::Indicators => all.indicators.extend(names.entries),
                Part::Owners => all.owners.extend(names.entries),
                Part::Sources => all.sources.extend(names.entries),
                Part::Opinions => {
                    all.meetings.extend(names.meetings);
                    all.opinions.extend(names.opinions);
                }
                Part::Head => {
                    let Self { scales, grades, evaluators, levels, periods, .. } = names;
                    all = Self { scales, grades, evaluators, levels, periods, ..all };
                }
                _ => {}
            }
        }
        all
    }

    fn of_file(file: &SourceFile) -> Self {
        let mut memory = Memory::default();
        let (table, _) = memory.parse_recoverable(file.text());
        if Part::of(&file.path) == Part::Opinions {
            return Self::of_meeting(&file.path, table);
        }
        if Part::of(&file.path) != Part::Head {
            let tables = table.iter().filter_map(|(id, value)| Some((id, value.as_table()?)));
            let entries = tables.map(|(id, table)| {
                let id = id.text.to_owned();
                Name { id: Some(id), name: text(table, "name") }
            });
            return Self { entries: entries.collect(), ..Self::default() };
        }
        let scales = tables(table, "scale");
        Self {
            grades: scales.iter().flat_map(|scale| tables(*scale, "grades")).map(name).collect(),
            scales: scales.into_iter().map(name).collect(),
            evaluators: tables(table, "evaluator").into_iter().map(name).collect(),
            levels: texts(table, "levels").map(|level| Name { id: None, name: Some(level) }).collect(),
            periods: periods(table),
            ..Self::default()
        }
    }
}

impl Names {
    /// The meeting of a file and what was said there.
    fn of_meeting(path: &str, table: Table<'_>) -> Self {
        let id = path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or(path);
        let opinion = |opinion: Table<'_>| {
            let words = text(opinion, "summary").or_else(|| text(opinion, "opinion"));
            let brief = words.map(|words| shortened(&one_line(&words), MEANING).into_owned());
            Some(Name { id: Some(format!("{id}/{}", text(opinion, "number")?)), name: brief })
        };
        Self {
            meetings: vec![Name { id: Some(id.to_owned()), name: text(table, "name") }],
            opinions: tables(table, "opinion").into_iter().filter_map(opinion).collect(),
            ..Self::default()
        }
    }
}

fn name(table: Table<'_>) -> Name {
    Name { id: text(table, "id"), name: text(table, "name") }
}

fn text(table: Table<'_>, key: &str) -> Option<String> {
    Some(table.get(key)?.as_str()?.to_owned())
}

fn items<'t>(table: Table<'t>, key: &str) -> impl Iterator<Item = Node<'t>> {
    let array = table.get(key).and_then(|value| value.as_array());
    array.into_iter().flat_map(|array| array.iter())
}

fn tables<'t>(table: Table<'t>, key: &str) -> Vec<Table<'t>> {
    items(table, key).filter_map(Node::as_table).collect()
}

fn texts(table: Table<'_>, key: &str) -> impl Iterator<Item = String> {
    items(table, key).filter_map(Node::as_str).map(str::to_owned)
}

/// Each year of the plan, after the periods in it that are reported for.
fn periods(table: Table<'_>) -> Vec<Period> {
    let year = |key: &str| {
        let text = text(table.get("period")?.as_table()?, key)?;
        Some(Period::parse(&text).ok()?.period.fiscal_year())
    };
    let (Some(from), Some(to)) = (year("from"), year("to")) else { return Vec::new() };
    let cycle = text(table, "cycle").and_then(|word| Cycle::parse(&word).ok()).unwrap_or(Cycle::Quarter);
    let mut all = Vec::new();
    let mut next = Some(from).filter(|from| *from <= to);
    while let Some(year) = next {
        all.extend(within(year, cycle));
        next = year.next().filter(|year| *year <= to);
    }
    all
}

fn within(year: FiscalYear, cycle: Cycle) -> Vec<Period> {
    let whole = Period::from(year);
    let mut all = Vec::new();
    let mut next = Some(cycle.period_containing(year.first_day()));
    while let Some(period) = next.filter(|period| *period != whole && whole.covers(*period)) {
        all.push(period);
        next = period.next();
    }
    all.push(whole);
    all
}
