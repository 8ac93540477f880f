//! Drafts become the outline and the indicators: who stands under whom, what refers to what.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use super::indicators;
use super::outline::{self, Reference};
use crate::fields::MANY;
use crate::fields::advice::suggest;
use crate::fields::registers::Registers;
use crate::finding::{Code, Finding};
use crate::lang::Say;
use crate::plan::entry::Entry;
use crate::plan::id::Id;
use crate::plan::indicator::Indicator;
use crate::plan::{Head, Subject};
use crate::say;

/// Entries and indicators, linked, with everything their ids mean.
#[derive(Debug, Default)]
pub struct Linked {
    /// Depth first, siblings in order of id.
    pub entries: Vec<Entry>,
    /// In the order written.
    pub indicators: Vec<Indicator>,
    /// Present and former ids.
    pub index: HashMap<Id, Subject>,
    /// How many entries each level has.
    pub counts: Vec<usize>,
    /// The ids of entries and indicators in their order, once somebody asked what there is.
    pub ids: OnceLock<Vec<Id>>,
}

/// Links the drafts of a plan, noting what does not fit together.
#[expect(clippy::vec_box, reason = "what is sorted is the box")]
pub fn link(
    head: &Head,
    mut drafts: Vec<Box<outline::Draft>>,
    indicator_drafts: Vec<Vec<indicators::Draft>>,
    findings: &mut Vec<Finding>,
) -> Linked {
    // Each file is in order already, so that whole stretches only have to be found and put behind one another.
    drafts.sort_by(|a, b| a.entry.id.cmp(&b.entry.id));
    let sites = drafts.iter().map(|d| (&d.entry.id, d.file, &d.span));
    let sites = sites.chain(indicator_drafts.iter().flatten().map(|d| (&d.indicator.id, d.file, &d.span)));
    let index = || index(&drafts, drafts.len() + indicator_drafts.iter().map(Vec::len).sum::<usize>());
    let ((), index) = rayon::join(|| report_duplicates(sites, findings), index);
    drafts.dedup_by(|a, b| a.entry.id == b.entry.id);

    let mut linked = Linked { counts: vec![0; head.levels.len()], index, ..Linked::default() };
    let mut parents = parents(&drafts, &linked.index, findings);
    for on_loop in cut_loops(&mut parents) {
        let draft = &drafts[on_loop];
        findings.push(leads_back(&draft.entry.id, draft.file, draft.span.clone()));
    }
    let order = depth_first(&parents);
    let mut place = vec![0; drafts.len()];
    order.iter().enumerate().for_each(|(new, (old, _))| place[*old] = new);
    for subject in linked.index.values_mut() {
        *subject = subject.entry().map_or(*subject, |old| Subject::Entry(place[old]));
    }

    linked.entries.reserve_exact(order.len());
    let mut slots: Vec<Option<Box<outline::Draft>>> = drafts.into_iter().map(Some).collect();
    for (old, level) in &order {
        let Some(draft) = slots[*old].take() else { continue };
        if let Some(count) = linked.counts.get_mut(*level) {
            *count += 1;
        } else {
            findings.push(too_deep(head, &draft));
        }
        linked.push_entry(draft, parents[*old].map(|p| place[p]), *level, findings);
    }
    linked.push_indicators(indicator_drafts, findings);
    linked.index_former_ids();
    linked
}

impl Linked {
    fn push_entry(
        &mut self,
        mut draft: Box<outline::Draft>,
        parent: Option<usize>,
        level: usize,
        findings: &mut Vec<Finding>,
    ) {
        let place = self.entries.len();
        (draft.entry.parent, draft.entry.level) = (parent, level);
        for (initiative, reference) in &draft.also {
            if let Some(other) = self.entry(reference, draft.file, findings) {
                draft.entry.initiatives[*initiative].also.push(other);
            }
        }
        if let Some(parent) = parent {
            self.entries[parent].children.push(place);
            draft.entry.inherit(&self.entries[parent]);
        }
        self.entries.push(draft.entry);
    }

    /// The entry that is referred to, of those of today.
    fn entry(&self, (id, span): &Reference, file: usize, findings: &mut Vec<Finding>) -> Option<usize> {
        let found = entry_of(&self.index, id);
        if found.is_none() {
            let of_entry =
                self.index.iter().filter(|(_, subject)| subject.entry().is_some()).map(|(id, _)| id.as_str());
            let mut known: Vec<&str> = few(findings, of_entry).collect();
            known.sort_unstable();
            findings.push(no_such_entry(id, file, span.clone(), known.into_iter()));
        }
        found
    }

    /// The ids that records files may have, in their order. They are known once everything is linked.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let sorted = || {
            let mut ids: Vec<Id> = self.index.keys().cloned().collect();
            ids.sort_unstable();
            ids
        };
        self.ids.get_or_init(sorted).iter().map(Id::as_str)
    }

    fn push_indicators(&mut self, drafts: Vec<Vec<indicators::Draft>>, findings: &mut Vec<Finding>) {
        let all = || drafts.iter().flatten();
        // Mostly there are no indicators under others.
        let is_named = all().any(|draft| draft.parent.is_some());
        let ids = all().enumerate().filter(|_| is_named).map(|(place, draft)| (&draft.indicator.id, place));
        let by_id: HashMap<&Id, usize> = ids.collect();
        let named = all().map(|draft| {
            let (id, span) = draft.parent.as_ref()?;
            let found = by_id.get(id).copied();
            if found.is_none() {
                let known = all().map(|draft| draft.indicator.id.as_str());
                findings.push(no_such_entry(id, draft.file, span.clone(), few(findings, known)));
            }
            found
        });
        let mut parents: Vec<Option<usize>> = named.collect();
        for on_loop in cut_loops(&mut parents) {
            let on_loop = all().nth(on_loop);
            findings.extend(on_loop.map(|d| leads_back(&d.indicator.id, d.file, d.span.clone())));
        }
        self.indicators.reserve_exact(parents.len());
        for (draft, parent) in drafts.into_iter().flatten().zip(parents) {
            let place = self.indicators.len();
            let of = draft.entries.iter().filter_map(|r| self.entry(r, draft.file, findings)).collect();
            let id = draft.indicator.id.clone();
            self.index.entry(id).or_insert(Subject::Indicator(place));
            self.indicators.push(Indicator { parent, entries: of, ..draft.indicator });
        }
    }

    /// A former id means who had it, unless something of today has that id.
    fn index_former_ids(&mut self) {
        let entries = self.entries.iter().enumerate().map(|(place, e)| (&e.formerly, Subject::Entry(place)));
        let indicators = self.indicators.iter().enumerate().map(|(place, i)| (&i.formerly, Subject::Indicator(place)));
        for (formerly, subject) in entries.chain(indicators) {
            for former in formerly {
                self.index.entry(former.clone()).or_insert(subject);
            }
        }
    }
}

fn report_duplicates<'a>(
    sites: impl Iterator<Item = (&'a Id, usize, &'a Range<usize>)> + Clone,
    findings: &mut Vec<Finding>,
) {
    // The records file is named after the id, and file names on Windows do not know case.
    let folded = |id: &'a Id| match id.as_str() {
        text if text.bytes().any(|b| b.is_ascii_uppercase()) => Cow::Owned(text.to_ascii_lowercase()),
        text => Cow::Borrowed(text),
    };
    // Mostly there are none, which is known long before everything is sorted.
    let mut met = HashSet::with_capacity(sites.size_hint().0);
    if sites.clone().all(|(id, ..)| met.insert(folded(id))) {
        return;
    }
    let mut sites: Vec<_> = sites.map(|(id, file, span)| (folded(id), id, file, span)).collect();
    sites.sort_by(|(a, _, file, span), (b, _, other, of)| {
        a.cmp(b).then(file.cmp(other)).then(span.start.cmp(&of.start))
    });
    for same in sites.chunk_by(|(a, ..), (b, ..)| a == b) {
        let [(_, _, first_file, first_span), later @ ..] = same else { continue };
        for (_, id, file, span) in later {
            findings.push(
                Finding::new(
                    Code::DuplicateId,
                    *file,
                    Range::clone(span),
                    say!("番号「{id}」が二度使われています", "the ID `{id}` is used twice"),
                    say!("どちらかを別の番号にしてください", "give one of them another ID"),
                )
                .related(*first_file, Range::clone(first_span), say!("一つ目", "the first one")),
            );
        }
    }
}

/// What the id of each draft means: the place among them, once those that stand twice are out.
fn index(drafts: &[Box<outline::Draft>], room: usize) -> HashMap<Id, Subject> {
    let mut index = HashMap::with_capacity(room);
    for draft in drafts {
        let place = index.len();
        index.entry(draft.entry.id.clone()).or_insert(Subject::Entry(place));
    }
    index
}

/// The parent of each draft: what `parent = …` names, else what the id says.
fn parents(
    drafts: &[Box<outline::Draft>],
    index: &HashMap<Id, Subject>,
    findings: &mut Vec<Finding>,
) -> Vec<Option<usize>> {
    let mut told = HashSet::new();
    let mut parent = |draft: &outline::Draft| match (&draft.parent, draft.entry.id.stem()) {
        (Some((named, span)), _) => {
            let found = entry_of(index, named);
            if found.is_none() {
                let known = drafts.iter().map(|draft| draft.entry.id.as_str());
                findings.push(no_such_entry(named, draft.file, span.clone(), few(findings, known)));
            }
            found
        }
        (None, None) => None,
        (None, Some(stem)) => {
            let found = entry_of(index, &stem);
            // Once for all that should stand under it.
            if found.is_none() && told.insert(stem.clone()) {
                let id = &draft.entry.id;
                findings.push(Finding::new(
                    Code::Orphan,
                    draft.file,
                    draft.span.clone(),
                    say!(
                        "「{id}」の上にあるはずの「{stem}」がありません",
                        "`{id}` has nothing above it: there is no `{stem}`"
                    ),
                    say!(
                        "[{stem}] を書き足すか、parent = \"…\" で上の項目を示してください",
                        "add [{stem}], or name the entry above it with parent = \"…\""
                    ),
                ));
            }
            found
        }
    };
    drafts.iter().map(|draft| parent(draft)).collect()
}

/// Cuts every loop of parents at its first place, which it returns.
fn cut_loops(parents: &mut [Option<usize>]) -> Vec<usize> {
    let mut cut = Vec::new();
    // On whose way up each place was first met.
    let mut met: Vec<Option<usize>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let mut at = Some(start);
        while let Some(place) = at.filter(|place| met[*place].is_none()) {
            met[place] = Some(start);
            at = parents[place];
        }
        if let Some(place) = at.filter(|place| met[*place] == Some(start)) {
            let around = std::iter::successors(parents[place], |p| parents[*p]).take_while(|p| *p != place);
            let first = around.chain([place]).min().unwrap_or(place);
            parents[first] = None;
            cut.push(first);
        }
    }
    cut
}

/// Places in outline order with their levels. There are no loops of parents.
fn depth_first(parents: &[Option<usize>]) -> Vec<(usize, usize)> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for (draft, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(draft);
        }
    }
    let mut order = Vec::with_capacity(parents.len());
    let roots = (0..parents.len()).rev().filter(|d| parents[*d].is_none());
    let mut stack: Vec<(usize, usize)> = roots.map(|d| (d, 0)).collect();
    while let Some((draft, level)) = stack.pop() {
        order.push((draft, level));
        stack.extend(children[draft].iter().rev().map(|child| (*child, level + 1)));
    }
    order
}

fn leads_back(id: &Id, file: usize, span: Range<usize>) -> Finding {
    Finding::new(
        Code::Orphan,
        file,
        span,
        say!("「{id}」は parent をたどると自分に戻ります", "the parents of `{id}` lead back to itself"),
        say!("parent を直してください", "fix `parent`"),
    )
}

fn too_deep(head: &Head, draft: &outline::Draft) -> Finding {
    let (id, levels) = (&draft.entry.id, head.levels.len());
    Finding::new(
        Code::TooDeep,
        draft.file,
        draft.span.clone(),
        say!("「{id}」は {levels} 階層より深くなっています", "`{id}` lies deeper than the plan has levels ({levels})"),
        say!("番号か、plan.toml の levels を直してください", "fix the ID, or `levels` in plan.toml"),
    )
}

/// The place of the entry that an id means today.
fn entry_of(index: &HashMap<Id, Subject>, id: &Id) -> Option<usize> {
    index.get(id).and_then(|subject| subject.entry())
}

/// What there is, as long as there are few findings that list it.
fn few<'k>(findings: &[Finding], known: impl Iterator<Item = &'k str>) -> impl Iterator<Item = &'k str> {
    known.take(if findings.len() < MANY { usize::MAX } else { 0 })
}

fn no_such_entry<'k>(id: &Id, file: usize, span: Range<usize>, known: impl Iterator<Item = &'k str>) -> Finding {
    Finding::new(
        Code::UnknownEntry,
        file,
        span,
        say!("「{id}」はこの計画にありません", "there is no `{id}` in this plan"),
        suggest(id.as_str(), known, Say::default()),
    )
}

/// Levels that do not have as many entries as the plan says.
pub fn report_counts(head: &Head, registers: &Registers, counts: &[usize], findings: &mut Vec<Finding>) {
    let expected = head.expect.iter().zip(&registers.expect_places);
    for ((level, (expected, place)), count) in head.levels.iter().zip(expected).zip(counts) {
        if expected != count {
            findings.push(Finding::new(
                Code::WrongCount,
                usize::try_from(head.origin.file).unwrap_or(0),
                place.clone(),
                say!(
                    "「{level}」は {expected} 件のはずですが、outline/ には {count} 件あります",
                    "level `{level}` is expected to have {expected}, but outline/ has {count}"
                ),
                say!(
                    "outline/ の抜けや重なりを確かめるか、expect を直してください",
                    "look for a missing or superfluous entry in outline/, or fix `expect`"
                ),
            ));
        }
    }
}
