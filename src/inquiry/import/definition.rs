//! What a list with levels adds to the definition of a plan: entries, indicators and owners, and what each row is about.

mod values;

use std::collections::BTreeMap;

use super::columns::Levelled;
use super::indicators::{Values, Way};
use super::outline::{About, Outline, lines_of, outline};
use super::vocabulary::{aspect, plain};
use super::{Line, List, NewEntry};
use crate::inquiry::grid::{cell_key, holds_anything, is_same_in_cells, seen_at};
use crate::inquiry::spot::{Class, Spot};
use crate::lang::Say;
use crate::plan::id::Id;
use crate::plan::inquiry::{Aspect, Role};
use crate::plan::owner::owners_called;
use crate::plan::period::Period;
use crate::plan::{Plan, Subject};
use crate::say;
use crate::text::same::is_same_name;
use crate::workbook::Cell;

/// An indicator that the plan does not have yet.
#[derive(Debug, Clone)]
pub struct NewIndicator {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Which way is good.
    pub way: Way,
    /// The entry that it verifies; `None` for one of the whole plan.
    pub entry: Option<Id>,
    /// Its owners, where they are not those of the entry.
    pub owners: Vec<String>,
    /// What is noted of it.
    pub notes: Vec<String>,
    /// Its baseline and targets.
    pub values: Values,
}

/// An owner that the plan does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOwner {
    /// Its name.
    pub name: String,
    /// The bureau above it.
    pub bureau: Option<String>,
}

/// What a row is about, beside its entry.
#[derive(Debug, Clone, Default)]
pub struct OfRow {
    /// The indicator whose values it has.
    pub indicator: Option<Id>,
    /// What its values are, where the row says it.
    pub aspect: Option<Aspect>,
    /// Its owners, as the plan or the list calls them.
    pub owners: Vec<String>,
}

/// What a list with levels defines.
#[derive(Debug, Clone, Default)]
pub struct Definition {
    /// The entries, and what each row is about.
    pub outline: Outline,
    /// Entries that the plan does not have.
    pub entries: Vec<NewEntry>,
    /// Indicators that the plan does not have.
    pub indicators: Vec<NewIndicator>,
    /// Owners that the plan does not have.
    pub owners: Vec<NewOwner>,
    /// What rows are about, by number.
    pub rows: BTreeMap<u32, OfRow>,
    /// Cells of the definition, judged, by the number of their row.
    pub lines: Vec<(u32, Line)>,
}

/// The rows of one indicator of the list.
struct Draft {
    /// The entry that it verifies; `None` where the list names none.
    node: Option<usize>,
    name: String,
    at: (u32, u32),
    unit: Option<String>,
    way: Option<(u32, String)>,
    owners: Vec<String>,
    notes: Vec<String>,
    rows: Vec<(u32, Option<Aspect>)>,
}

/// Reads what a list defines.
pub fn definition(plan: &Plan, list: List<'_>, found: &Levelled<'_>) -> Definition {
    let outline = outline(plan, found, list.trust);
    let mut reader =
        Reader { plan, list, found, out: Definition::default(), details: BTreeMap::new(), drafts: Vec::new() };
    let is_alone = found.levels().is_empty();
    for (row, about) in &outline.rows {
        match about {
            About::Node(node, _) if is_alone => reader.alone(*row, Some(*node)),
            About::Indicator => reader.alone(*row, None),
            About::Node(node, _) => reader.row(*row, *node, &outline),
            _ => {}
        }
    }
    reader.entries(&outline);
    for draft in std::mem::take(&mut reader.drafts) {
        reader.indicator(&draft, &outline);
    }
    Definition { outline, ..reader.out }
}

/// What the first row of an entry says of it.
#[derive(Default)]
struct Detail {
    owners: Vec<String>,
    summary: Option<String>,
    notes: Vec<String>,
}

struct Reader<'l> {
    plan: &'l Plan,
    list: List<'l>,
    found: &'l Levelled<'l>,
    out: Definition,
    details: BTreeMap<usize, Detail>,
    drafts: Vec<Draft>,
}

impl Reader<'_> {
    fn cell(&self, row: u32, role: &Role) -> Option<(u32, &Cell)> {
        let column = self.found.of(role)?;
        seen_at(self.found.sheet, row, column).filter(|cell| holds_anything(cell)).map(|cell| (column, cell))
    }

    fn lines(&self, row: u32, role: &Role) -> Option<(u32, String)> {
        let (column, cell) = self.cell(row, role)?;
        lines_of(Some(cell)).map(|text| (column, text))
    }

    fn report(
        &mut self,
        (row, column): (u32, u32),
        (id, label): (&str, Say),
        class: Class,
        listed: &str,
        notes: Vec<Say>,
    ) {
        let spot = Spot::new(self.list.file, self.found.sheet, (row, column));
        let (listed, label) = (Some(listed.to_owned()).filter(|text| !text.is_empty()), Some(label));
        let line = Line { spot, id: id.to_owned(), field: None, label, recorded: None, listed, class, notes };
        self.out.lines.push((row, line));
    }

    fn row(&mut self, row: u32, node: usize, outline: &Outline) {
        let id = outline.nodes[node].id.as_ref().map(Id::to_string).unwrap_or_default();
        let owners = self.certain_owners(row, &id);
        let summary = self.lines(row, &Role::Summary).map(|(_, text)| text);
        let note = self.lines(row, &Role::Note);
        let draft = self.draft(row, Some(node));
        self.out.rows.insert(row, OfRow { owners: owners.clone(), aspect: self.aspect(row), indicator: None });
        if let Some(detail) = self.details.get_mut(&node) {
            let (is_new_owner, (column, text)) = (owners != detail.owners && !owners.is_empty(), note.unzip());
            let text = text.filter(|text| !detail.notes.contains(text));
            match draft {
                Some(draft) => {
                    let draft = &mut self.drafts[draft];
                    draft.notes.extend(text.filter(|text| !draft.notes.contains(text)));
                    if is_new_owner && draft.owners.is_empty() {
                        draft.owners = owners;
                    }
                }
                None => {
                    detail.notes.extend(text);
                    let other = detail.owners.join("、");
                    if is_new_owner {
                        let reason = say!(
                            "上の行（{other}）と違います。上の行の所管課を用います",
                            "an earlier row says {other}, which is taken"
                        );
                        let at = (row, self.found.of(&Role::Owner).or(column).unwrap_or(0));
                        self.report(
                            at,
                            (&id, say!("所管課", "Owner")),
                            Class::Conflict,
                            &owners.join("、"),
                            vec![reason],
                        );
                    }
                }
            }
            return;
        }
        let notes = note.iter().map(|(_, text)| text.clone()).collect();
        if !outline.nodes[node].is_new {
            self.compare(row, (&id, node), (summary.as_deref(), note.as_ref().map(|(_, text)| &**text)));
        }
        self.details.insert(node, Detail { owners, summary, notes });
    }

    /// Reads a row of a list of indicators alone.
    fn alone(&mut self, row: u32, node: Option<usize>) {
        let owners = self.certain_owners(row, "");
        let note = self.lines(row, &Role::Note).map(|(_, text)| text);
        let draft = self.draft(row, node);
        self.out.rows.insert(row, OfRow { owners: owners.clone(), aspect: self.aspect(row), indicator: None });
        let Some(place) = draft else { return };
        let draft = &mut self.drafts[place];
        draft.notes.extend(note.filter(|note| !draft.notes.contains(note)));
        if draft.owners.is_empty() {
            draft.owners = owners;
        }
    }

    /// The owners of a row; those that are not certain are reported.
    fn certain_owners(&mut self, row: u32, id: &str) -> Vec<String> {
        self.owners(row).unwrap_or_else(|(column, listed, reason)| {
            let label = say!("所管課", "Owner");
            self.report((row, column), (id, label), Class::Invalid, &listed, vec![reason]);
            Vec::new()
        })
    }

    /// Holds summary and note of an entry that the plan has against what it says.
    fn compare(&mut self, row: u32, (id, _): (&str, usize), (summary, note): (Option<&str>, Option<&str>)) {
        let Some(Subject::Entry(place)) = self.plan.find(id) else { return };
        let entry = &self.plan.entries[place];
        let notes: Vec<&str> = entry.notes.iter().map(|note| &**note).collect();
        let own: Vec<&str> = entry.summary.iter().map(|summary| &**summary).collect();
        for (role, label, listed, known) in
            [(Role::Summary, say!("概要", "Summary"), summary, own), (Role::Note, say!("備考", "Note"), note, notes)]
        {
            let (Some(listed), Some(column)) = (listed, self.found.of(&role)) else { continue };
            let is_known = known.iter().any(|known| is_same_in_cells(known, listed));
            let class = if is_known { Class::Unchanged } else { Class::Conflict };
            let reason = say!("計画の記載と違います。計画を改めません", "the plan says otherwise, and stays as it is");
            let notes = if is_known { Vec::new() } else { vec![reason] };
            self.report((row, column), (id, label), class, listed, notes);
        }
    }

    fn aspect(&self, row: u32) -> Option<Aspect> {
        let (_, cell) = self.cell(row, &Role::Aspect)?;
        aspect(&cell.shown()?)
    }

    /// The owners of a row: one or several in one cell, parted by line ends or 、.
    fn owners(&mut self, row: u32) -> Result<Vec<String>, (u32, String, Say)> {
        let Some((column, text)) = self.lines(row, &Role::Owner) else { return Ok(Vec::new()) };
        let mut owners: Vec<String> = Vec::new();
        for part in
            text.split(['\n', '、', '，', ',', '／', '/', ';', '；']).map(str::trim).filter(|part| !part.is_empty())
        {
            if ["〃", "同上", "々"].contains(&part) {
                let reason = say!("「{part}」が何を指すか決まりません", "it is unclear what `{part}` refers to");
                return Err((column, text, reason));
            }
            let owner = match owners_called(&self.plan.owners, part)[..] {
                [place] => self.plan.owners[place].label().to_owned(),
                [] => self.new_owner(row, part),
                _ => {
                    let reason = say!(
                        "「{part}」という所管課は一つではありません。局の名称を前に付けてください",
                        "more than one owner is called `{part}`; write the bureau in front of it"
                    );
                    return Err((column, text.clone(), reason));
                }
            };
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        Ok(owners)
    }

    fn new_owner(&mut self, row: u32, name: &str) -> String {
        if let Some(known) = self.out.owners.iter().find(|known| is_same_name(&known.name, name)) {
            return known.name.clone();
        }
        let bureau =
            self.lines(row, &Role::Bureau).map(|(_, text)| text).filter(|text| !text.contains(['\n', '、', ',']));
        self.out.owners.push(NewOwner { name: name.to_owned(), bureau });
        name.to_owned()
    }

    fn values_of(&self, row: u32) -> Vec<(Option<Aspect>, Option<Period>, u32)> {
        let held = |(_, _, column): &(Option<Aspect>, Option<Period>, u32)| {
            seen_at(self.found.sheet, row, *column).is_some_and(holds_anything)
        };
        self.found.values().filter(held).collect()
    }

    /// The indicator that a row is about, as a draft.
    fn draft(&mut self, row: u32, node: Option<usize>) -> Option<usize> {
        let named = self.lines(row, &Role::Indicator);
        let has_column = self.found.of(&Role::Indicator).is_some();
        let aspect = self.aspect(row);
        let when = |row: u32| self.lines(row, &Role::Period).map(|(_, text)| text);
        let is_later = |(earlier, _): &(u32, Option<Aspect>)| when(*earlier) != when(row);
        let goes_on = |draft: &Draft| {
            aspect.is_some() && draft.rows.last().is_some_and(|(_, last)| *last != aspect)
                || when(row).is_some() && draft.rows.iter().all(is_later)
        };
        if named.is_none()
            && let Some(place) = self.drafts.iter().rposition(|draft| draft.node == node)
            && goes_on(&self.drafts[place])
        {
            self.drafts[place].rows.push((row, aspect));
            return Some(place);
        }
        if named.is_none() && (has_column || self.values_of(row).is_empty()) {
            for (_, _, column) in self.values_of(row) {
                let shown = seen_at(self.found.sheet, row, column).map(Cell::named).unwrap_or_default();
                if !matches!(plain(&shown).as_str(), "-" | "") {
                    let reason = say!(
                        "指標の名称が空欄なので、何の値か決まりません",
                        "the name of the indicator is blank, so it is unclear whose value it is"
                    );
                    self.report((row, column), ("", say!("指標", "Indicator")), Class::Invalid, &shown, vec![reason]);
                }
            }
            return None;
        }
        let at = named.as_ref().map_or(row, |(column, _)| *column);
        let name = named.map_or_else(String::new, |(_, text)| text.replace('\n', ""));
        let unit = self.lines(row, &Role::Unit).map(|(_, text)| text);
        let way = self.lines(row, &Role::Kind);
        let is = |draft: &Draft| draft.node == node && cell_key(&draft.name) == cell_key(&name);
        if let Some(place) = self.drafts.iter().position(is) {
            let draft = &mut self.drafts[place];
            draft.rows.push((row, aspect));
            draft.unit = draft.unit.take().or(unit);
            return Some(place);
        }
        let column = if name.is_empty() { self.values_of(row).first().map_or(0, |(_, _, column)| *column) } else { at };
        let (owners, notes, rows) = (Vec::new(), Vec::new(), vec![(row, aspect)]);
        self.drafts.push(Draft { node, name, at: (row, column), unit, way, owners, notes, rows });
        Some(self.drafts.len() - 1)
    }

    fn entries(&mut self, outline: &Outline) {
        for (place, node) in outline.nodes.iter().enumerate().filter(|(_, node)| node.is_new) {
            let Some(id) = node.id.clone() else { continue };
            let Detail { owners, summary, notes } = self.details.remove(&place).unwrap_or_default();
            self.out.entries.push(NewEntry { id, name: node.name.clone(), owners, summary, notes });
        }
    }
}
