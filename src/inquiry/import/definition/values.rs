//! The indicators of a list: its rows brought together, its values read.

use super::super::indicators::{Values, Way, is_in_plan, label, named_way, unit_of, value, way, without_way};
use super::super::outline::Outline;
use super::{Draft, NewIndicator, Reader};
use crate::inquiry::cells::words;
use crate::inquiry::grid::{is_same_in_cells, seen_at, unseen};
use crate::inquiry::spot::Class;
use crate::lang::Say;
use crate::plan::Subject;
use crate::plan::id::Id;
use crate::plan::indicator::Unit;
use crate::plan::inquiry::{Aspect, Role};
use crate::plan::period::Period;
use crate::say;
use crate::workbook::Cell;

impl Reader<'_> {
    /// Makes an indicator of its rows, or says why there is none.
    pub(super) fn indicator(&mut self, draft: &Draft, outline: &Outline) {
        let node = draft.node.map(|node| &outline.nodes[node]);
        let entry = node.map(|node| node.id.clone());
        if entry == Some(None) {
            return;
        }
        let entry = entry.flatten();
        let name = match node {
            Some(node) if draft.name.is_empty() => node.name.clone(),
            _ => draft.name.clone(),
        };
        let label_of = entry.as_ref().map(Id::to_string).unwrap_or_default();
        let known = match self.known(entry.as_ref(), &name) {
            Ok(known) => known,
            Err(reason) => {
                let label = say!("指標", "Indicator");
                return self.report(draft.at, (&label_of, label), Class::Invalid, &name, vec![reason]);
            }
        };
        let cells = draft.rows.iter().flat_map(|(row, _)| self.values_of(*row).into_iter().map(move |v| (*row, v.2)));
        let cells: Vec<&Cell> = cells.filter_map(|(row, column)| seen_at(self.found.sheet, row, column)).collect();
        let unit = known.map(|place| self.plan.indicators[place].unit.0.to_string());
        let unit = unit.or_else(|| draft.unit.clone()).or_else(|| unit_of(cells.into_iter()));
        let begun = self.out.lines.len();
        let refuse = |reader: &mut Self, reason: Say| {
            for (_, line) in reader.out.lines[begun..].iter_mut().filter(|(_, line)| line.class == Class::Changed) {
                line.class = Class::LeftOut;
                line.notes.push(say!("指標を加えないので、取り込みません", "the indicator is not added"));
            }
            reader.report(draft.at, (&label_of, say!("指標", "Indicator")), Class::Invalid, &name, vec![reason]);
        };
        let Some(unit) = unit else { return refuse(self, without_unit()) };
        let own = known.map(|place| self.plan.indicators[place].id.clone());
        let Some(id) = own.or_else(|| self.next_id()) else { return };
        let values = self.values(draft, &id, &Unit(unit.as_str().into()), known);
        if known.is_none() {
            let way = match &draft.way {
                Some((column, text)) => match named_way(text) {
                    Some(kind) => Some(Way { kind, is_stated: true }),
                    None => {
                        let reason = say!(
                            "「{text}」は向きとして読めません。増やす、減らす、上限、下限のどれかを書いてください",
                            "`{text}` is no way; write 増やす, 減らす, 上限 or 下限"
                        );
                        let label = say!("向き", "Kind");
                        return self.report(
                            (draft.at.0, *column),
                            (&label_of, label),
                            Class::Invalid,
                            text,
                            vec![reason],
                        );
                    }
                },
                None => way(&values),
            };
            let Some(way) = way else { return refuse(self, without_way()) };
            let (owners, notes) = (draft.owners.clone(), draft.notes.clone());
            self.out.indicators.push(NewIndicator { id: id.clone(), name, unit, way, entry, owners, notes, values });
        }
        for (row, _) in &draft.rows {
            self.out.rows.entry(*row).or_default().indicator = Some(id.clone());
        }
    }

    /// The indicator of the plan that a list calls so: of the entry, else the only one of this name.
    ///
    /// # Errors
    /// When the list names no entry, and several indicators are called so.
    fn known(&self, entry: Option<&Id>, name: &str) -> Result<Option<usize>, Say> {
        let entry = entry.map(|id| self.plan.find(id.as_str()));
        let all = self.plan.indicators.iter().enumerate().filter(|(_, one)| is_same_in_cells(&one.name, name));
        let of_entry = all.filter(|(_, one)| match entry {
            None => true,
            Some(Some(Subject::Entry(place))) => one.entries.contains(&place),
            Some(_) => false,
        });
        match of_entry.map(|(place, _)| place).collect::<Vec<_>>()[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            [first, ..] if entry.is_some() => Ok(Some(first)),
            _ => Err(say!(
                "「{name}」という指標は計画に一つではありません。どの項目の指標かを、項目の番号の列に書いてください",
                "the plan has several indicators called `{name}`; write the number of its entry into a column of numbers"
            )),
        }
    }

    fn next_id(&self) -> Option<Id> {
        let is_free =
            |id: &Id| !self.plan.index.contains_key(id) && self.out.indicators.iter().all(|one| one.id != *id);
        let mut names = (self.plan.indicators.len() + self.out.indicators.len() + 1..).map(|n| format!("kpi-{n}"));
        names.find_map(|name| Id::parse(&name).ok().filter(is_free))
    }

    /// Reads baselines and targets; each is a line.
    fn values(&mut self, draft: &Draft, id: &Id, unit: &Unit, known: Option<usize>) -> Values {
        let mut values = Values::new();
        for (row, of_row) in &draft.rows {
            for (aspect, period, column) in self.values_of(*row) {
                let Some(aspect) = aspect.or(*of_row) else {
                    let shown = seen_at(self.found.sheet, *row, column).map(Cell::named).unwrap_or_default();
                    let label = say!("値", "Value");
                    let reason = say!("目標か実績か分かりません", "neither target nor actual");
                    self.report((*row, column), (id.as_str(), label), Class::Invalid, &shown, vec![reason]);
                    continue;
                };
                if aspect == Aspect::Actual {
                    continue;
                }
                let period = match period.map_or_else(|| self.period(*row), Ok) {
                    Ok(period) => period,
                    Err(reason) => {
                        let shown = seen_at(self.found.sheet, *row, column).map(Cell::named).unwrap_or_default();
                        let label = say!("値", "Value");
                        self.report((*row, column), (id.as_str(), label), Class::Invalid, &shown, vec![reason]);
                        continue;
                    }
                };
                self.value(((*row, column), id, unit), (aspect, period), known, &mut values);
            }
        }
        values
    }

    /// The period that a row names.
    fn period(&self, row: u32) -> Result<Period, Say> {
        let named = self.found.of(&Role::Period).map(|column| words(seen_at(self.found.sheet, row, column)));
        match named.transpose()?.flatten() {
            Some(named) => match Period::parse(&named.text) {
                Ok(parsed) => parsed.settled().map_err(|overrun| overrun.say()),
                Err(error) => Err(error.say()),
            },
            None => self.list.period.ok_or_else(|| say!("いつの値か分かりません", "of when it is, is not known")),
        }
    }

    fn value(
        &mut self,
        (at, id, unit): ((u32, u32), &Id, &Unit),
        (aspect, period): (Aspect, Period),
        known: Option<usize>,
        values: &mut Values,
    ) {
        let cell = seen_at(self.found.sheet, at.0, at.1);
        let shown = cell.map(Cell::named).unwrap_or_default();
        let about = || (id.as_str(), label(aspect, period));
        let mut notes: Vec<Say> = unseen(self.found.sheet, at).collect();
        let listed = match value(cell, unit, self.list.trust, &mut notes) {
            Err(reason) => return self.report(at, about(), Class::Invalid, &shown, vec![reason]),
            Ok(None) => {
                notes.push(say!("「{shown}」を空欄と読みました", "read `{shown}` as blank"));
                return self.report(at, about(), Class::LeftOut, "", notes);
            }
            Ok(Some(listed)) => listed,
        };
        let is_second = values.keys().any(|(of, when)| *of == aspect && aspect == Aspect::Baseline && *when != period);
        let earlier = values.get(&(aspect, period)).filter(|earlier| **earlier != listed).is_some();
        let class = match known.map(|place| is_in_plan(&self.plan.indicators[place], aspect, period, &listed)) {
            Some(Some(true)) => Class::Unchanged,
            Some(_) => {
                notes.push(other_in_plan(id));
                Class::Conflict
            }
            None if is_second || earlier => {
                notes.push(say!("この一覧の別のセルの値と違います", "another cell of the list says otherwise"));
                Class::Conflict
            }
            None => Class::Changed,
        };
        self.report(at, about(), class, &listed.written, notes);
        if matches!(class, Class::Changed | Class::Unchanged) {
            values.insert((aspect, period), listed);
        }
    }
}

fn other_in_plan(id: &Id) -> Say {
    say!(
        "計画にこの値がないか、違います。改めるのなら kaikaku edit {id} で変えてください",
        "the plan does not have this value; change it with `kaikaku edit {id}` if it is meant"
    )
}

fn without_unit() -> Say {
    say!("単位が分かりません。単位の列に書いてください", "its unit is not known; write it in the column of units")
}
