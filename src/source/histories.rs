//! `records/`: whose history each file is, and one of them read anew.

use std::mem::take;

use super::link::Linked;
use super::load::{finish, read_each, stem};
use super::part::Part;
use super::{Loaded, Snapshot};
use crate::fields::Fields;
use crate::fields::advice::suggest;
use crate::fields::registers::Registers;
use crate::finding::{Code, Finding, any_error};
use crate::keys;
use crate::ledger::{measure, update};
use crate::plan::entry::Update;
use crate::plan::id::Id;
use crate::plan::indicator::Actual;
use crate::plan::record::Recorded;
use crate::plan::{Head, Plan, Subject};
use crate::say;

/// The plan with the records that `snapshot` has at `path`, in place of those that `plan` has of their subject. What the
/// plan consists of otherwise is not read again, and the findings are those of this one file and
/// what `audit` finds of its subject.
pub fn reread(
    mut plan: Plan,
    snapshot: &Snapshot,
    path: &str,
    audit: &dyn Fn(&Plan, Subject) -> Vec<Finding>,
) -> Loaded {
    let (entries, indicators) = (take(&mut plan.entries), take(&mut plan.indicators));
    let mut linked = Linked { entries, indicators, index: take(&mut plan.index), ..Linked::default() };
    let subject = id_of(path).and_then(|id| linked.index.get(&id)).copied();
    match subject {
        Some(Subject::Entry(place)) => linked.entries[place].updates.clear(),
        Some(Subject::Indicator(place)) => linked.indicators[place].measures.clear(),
        None => {}
    }
    let registers = Registers {
        owners: take(&mut plan.owners),
        sources: take(&mut plan.sources),
        scales: take(&mut plan.scales),
        evaluators: take(&mut plan.evaluators),
        steps: take(&mut plan.steps),
        band_sets: take(&mut plan.band_sets),
        years: Some((plan.head.from, plan.head.to)),
        judging: std::iter::once(plan.head.judged_by).chain(plan.head.also_judged_by.iter().copied()).collect(),
        ..Registers::default()
    };
    let mut findings = Vec::new();
    let files: Vec<usize> = snapshot.position(path).into_iter().collect();
    read(snapshot, &files, &plan.head, &registers, &mut linked, &mut findings);
    (plan.entries, plan.indicators, plan.index) = (linked.entries, linked.indicators, linked.index);
    (plan.owners, plan.sources, plan.scales) = (registers.owners, registers.sources, registers.scales);
    (plan.evaluators, plan.steps, plan.band_sets) = (registers.evaluators, registers.steps, registers.band_sets);
    let plan = (!any_error(&findings)).then_some(plan);
    let audited = plan.iter().zip(subject).flat_map(|(plan, subject)| audit(plan, subject));
    findings.extend(audited);
    finish(plan, findings, Vec::new(), |_| Some(Part::Records))
}

/// The id that a records file is named after.
fn id_of(path: &str) -> Option<Id> {
    Id::parse(stem(path)).ok()
}

enum History {
    Entry(usize, Vec<Update>),
    Indicator(usize, Vec<Actual>),
}

/// Reads the records in these files into the entries and indicators that they are of.
pub fn read(
    snapshot: &Snapshot,
    files: &[usize],
    head: &Head,
    registers: &Registers,
    linked: &mut Linked,
    findings: &mut Vec<Finding>,
) {
    let histories = {
        let linked: &Linked = linked;
        read_each(snapshot, files, findings, |f, t| {
            let fields = Fields::new(f, t, 0..0, &keys::RECORDS);
            history(&fields, snapshot, head, registers, linked)
        })
    };
    for history in histories.into_iter().flatten() {
        match history {
            History::Entry(place, updates) => add(&mut linked.entries[place].updates, updates),
            History::Indicator(place, measures) => add(&mut linked.indicators[place].measures, measures),
        }
    }
    // Only what was renumbered has two files (the old id's and its own); everyone else is in order already.
    for entry in linked.entries.iter_mut().filter(|e| !e.formerly.is_empty()) {
        entry.updates.sort_by_key(|u| (u.period, u.place()));
    }
    for indicator in linked.indicators.iter_mut().filter(|i| !i.formerly.is_empty()) {
        indicator.measures.sort_by_key(|m| (m.reading.period, m.place()));
        measure::confirmed_last(&mut indicator.measures);
    }
}

/// Almost every history is one file, which is taken over as it is.
fn add<T>(history: &mut Vec<T>, found: Vec<T>) {
    if history.is_empty() {
        *history = found;
    } else {
        history.extend(found);
    }
}

fn history(
    fields: &Fields<'_>,
    snapshot: &Snapshot,
    head: &Head,
    registers: &Registers,
    linked: &Linked,
) -> Option<History> {
    fields.get("schema");
    let path = &snapshot.files[fields.findings().file].path;
    let stem = stem(path);
    match id_of(path).and_then(|id| linked.index.get(&id)) {
        Some(Subject::Entry(place)) => {
            Some(History::Entry(*place, update::read(fields, &linked.entries[*place], head, registers)))
        }
        Some(Subject::Indicator(place)) => {
            Some(History::Indicator(*place, measure::read(fields, &linked.indicators[*place], registers)))
        }
        None => {
            fields.entries();
            fields.findings().add(
                Code::UnknownRecord,
                0..0,
                say!(
                    "「{stem}」という項目も指標もないので、この記録は読めません",
                    "there is no entry or indicator `{stem}` for these records"
                ),
                suggest(
                    stem,
                    linked.ids(),
                    say!("ファイルの名前を番号に合わせてください", "name the file after an ID"),
                ),
            );
            None
        }
    }
}
