//! Which entry of the new revision continues which of the old one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fact::{Fact, Subject, SubjectPart};
use super::facts::Facts;
use super::field::Field;
use crate::plan::Plan;
use crate::plan::entry::Entry;
use crate::plan::id::Id;

/// How entries became others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lineage<'p> {
    /// 番号の変更: from this id to that one.
    Renumbered(&'p Id, &'p Id),
    /// 統合: of these into that one.
    Merged(Vec<&'p Id>, &'p Id),
    /// 分割: of this one into those.
    Split(&'p Id, Vec<&'p Id>),
}

/// Who continues whom.
#[derive(Debug, Default)]
pub struct Identity<'p> {
    /// From an entry of the old revision to the one that continues it.
    continues: HashMap<&'p Id, &'p Id>,
    /// The other way round.
    continued: HashMap<&'p Id, &'p Id>,
    /// Where the records of an entry went that is merged into another.
    absorbed: HashMap<&'p Id, &'p Id>,
    /// Indicators that have another id now: the old one and the new one.
    pub indicators: Vec<(&'p Id, &'p Id)>,
    /// What became of whom, in order of the new ids.
    pub lineages: Vec<Lineage<'p>>,
}

/// Old ids and the entries that say they were called so.
type Claims<'p> = BTreeMap<&'p Id, Vec<&'p Id>>;

impl<'p> Identity<'p> {
    /// Matches the entries of two revisions by their ids and former ids.
    pub fn new(old: &'p Plan, new: &'p Plan) -> Self {
        let (olds, news) = (by_id(old), by_id(new));
        let mut claims = claims(&olds, &news);
        for (later, earlier) in self::claims(&news, &olds) {
            // A former id that is gone again: the change was taken back.
            for id in earlier {
                claims.entry(id).or_default().push(later);
            }
        }
        let stays = |id: &Id| stays(id, &olds, &news, &claims);
        let mut heirs = claims.clone();
        for (id, all) in &mut heirs {
            all.extend(Some(*id).filter(|id| stays(id)));
            all.sort_unstable();
            all.dedup();
        }
        let mut sources: Claims<'p> = BTreeMap::new();
        for (id, all) in &heirs {
            all.iter().for_each(|heir| sources.entry(heir).or_default().push(id));
        }
        for (heir, all) in &mut sources {
            let itself = olds.get_key_value(heir).map(|(id, _)| *id).filter(|id| !all.contains(id) && stays(id));
            all.extend(itself);
        }
        let mut identity = Self { indicators: renumbered(old, new), ..Self::default() };
        let back = renumbered(new, old).into_iter().map(|(new, old)| (old, new));
        identity.indicators.extend(back);
        for id in olds.keys().filter(|id| !claims.contains_key(*id) && stays(id)) {
            identity.join(id, news.get_key_value(*id).map_or(*id, |(id, _)| *id));
        }
        identity.trace(&heirs, &sources);
        identity
    }

    fn trace(&mut self, heirs: &Claims<'p>, sources: &Claims<'p>) {
        for (heir, all) in sources {
            if let [source] = all[..] {
                if source != *heir && heirs[source].len() == 1 {
                    self.join(source, heir);
                    self.lineages.push(Lineage::Renumbered(source, heir));
                }
                continue;
            }
            let first = all.iter().find(|source| *source == heir).or(all.first());
            first.into_iter().for_each(|source| self.join(source, heir));
            for source in all.iter().filter(|source| heirs.get(*source).is_none_or(|heirs| heirs.len() == 1)) {
                self.absorbed.insert(source, heir);
            }
            self.lineages.push(Lineage::Merged(all.clone(), heir));
        }
        for (source, all) in heirs.iter().filter(|(_, all)| all.len() > 1) {
            let first = all.iter().find(|heir| *heir == source).or(all.first());
            first.into_iter().for_each(|heir| self.join(source, heir));
            self.lineages.push(Lineage::Split(source, all.clone()));
        }
    }

    /// Each entry continues one and is continued by one at most.
    fn join(&mut self, old: &'p Id, new: &'p Id) {
        if !self.continues.contains_key(old) && !self.continued.contains_key(new) {
            self.continues.insert(old, new);
            self.continued.insert(new, old);
        }
    }

    /// The entry of the new revision that continues one of the old.
    pub fn continuing(&self, old: &Id) -> Option<&'p Id> {
        self.continues.get(old).copied()
    }

    /// The entry of the old revision that one of the new continues.
    pub fn continued(&self, new: &Id) -> Option<&'p Id> {
        self.continued.get(new).copied()
    }

    /// The entry of the new revision that has the records of one of the old.
    pub fn heir(&self, old: &Id) -> Option<&'p Id> {
        self.indicator(old).or_else(|| self.continuing(old)).or_else(|| self.absorbed.get(old).copied())
    }

    /// The id that an indicator has now, where it is another one.
    fn indicator(&self, old: &Id) -> Option<&'p Id> {
        self.indicators.iter().find(|(id, _)| *id == old).map(|(_, new)| *new)
    }

    /// Every entry whose number changed: the old number and the new one.
    pub fn renumbered(&self) -> impl Iterator<Item = (&'p Id, &'p Id)> {
        self.continues.iter().map(|(old, new)| (*old, *new)).filter(|(old, new)| old != new)
    }

    /// The facts of the old revision by the ids of the new one: whom they are of, and whom they refer to.
    pub fn translate(&self, all: Vec<(Subject<'p>, Facts<'p>)>) -> BTreeMap<Subject<'p>, Facts<'p>> {
        let mut translated: BTreeMap<Subject<'p>, Facts<'p>> = BTreeMap::new();
        for (subject, mut facts) in all {
            facts.iter_mut().for_each(|fact| self.translate_fact(fact));
            if let Subject::Indicator(id) = subject {
                translated.insert(Subject::Indicator(self.indicator(id).unwrap_or(id)), facts);
                continue;
            }
            let Subject::Entry(id) = subject else {
                translated.insert(subject, facts);
                continue;
            };
            match (self.continuing(id), self.absorbed.get(id)) {
                (Some(new), _) => translated.entry(Subject::Entry(new)).or_default().extend(facts),
                (None, Some(heir)) => {
                    let is_record = |fact: &Fact<'_>| matches!(fact.key.part.first(), Some(SubjectPart::Record(..)));
                    let (records, own) = facts.into_iter().partition::<Vec<_>, _>(is_record);
                    translated.entry(Subject::Entry(heir)).or_default().extend(records);
                    translated.entry(subject).or_default().extend(own);
                }
                (None, None) => translated.entry(subject).or_default().extend(facts),
            }
        }
        translated.values_mut().for_each(|facts| facts.sort_by(|a, b| a.key.cmp(&b.key)));
        translated
    }

    fn translate_fact(&self, fact: &mut Fact<'p>) {
        let refers = matches!(fact.key.field, Field::Parent | Field::Also | Field::Entries);
        if let super::datum::Datum::Refs(refs) = &mut fact.datum
            && refers
        {
            for reference in refs {
                let new = self.continuing(reference.id).or_else(|| self.indicator(reference.id));
                reference.id = new.unwrap_or(reference.id);
            }
        }
    }
}

/// Indicators of `old` that are gone, and those of `new` that came and say that they were called so.
fn renumbered<'p>(old: &'p Plan, new: &'p Plan) -> Vec<(&'p Id, &'p Id)> {
    let ids = |plan: &'p Plan| plan.indicators.iter().map(|indicator| &indicator.id).collect::<HashSet<&Id>>();
    let (olds, news) = (ids(old), ids(new));
    let come = new.indicators.iter().filter(|indicator| !olds.contains(&indicator.id));
    let (mut pairs, mut taken): (Vec<(&Id, &Id)>, HashSet<&Id>) = Default::default();
    for indicator in come {
        let is_gone = |id: &&Id| olds.contains(*id) && !news.contains(*id) && !taken.contains(*id);
        let Some(gone) = indicator.formerly.iter().find(is_gone) else { continue };
        taken.insert(gone);
        pairs.push((gone, &indicator.id));
    }
    pairs
}

fn by_id(plan: &Plan) -> BTreeMap<&Id, &Entry> {
    plan.entries.iter().map(|entry| (&entry.id, entry)).collect()
}

/// Who says to have been called like an entry of `olds`, and did not say so before.
fn claims<'p>(olds: &BTreeMap<&'p Id, &'p Entry>, news: &BTreeMap<&'p Id, &'p Entry>) -> Claims<'p> {
    let mut claims: Claims<'p> = BTreeMap::new();
    for (id, entry) in news {
        let before = olds.get(id).map(|entry| &*entry.formerly).unwrap_or_default();
        for former in entry.formerly.iter().filter(|former| former != id && !before.contains(former)) {
            if let Some((old, _)) = olds.get_key_value(former) {
                claims.entry(old).or_default().push(id);
            }
        }
    }
    claims
}

/// Whether an id means the same entry in both revisions. It does not where numbers were swapped or shifted: its name went
/// with the old entry to another id, or another entry brought its name to this one.
fn stays(id: &Id, olds: &BTreeMap<&Id, &Entry>, news: &BTreeMap<&Id, &Entry>, claims: &Claims<'_>) -> bool {
    let (Some(old), Some(new)) = (olds.get(id), news.get(id)) else { return false };
    if old.name == new.name {
        return true;
    }
    let named = |all: &BTreeMap<&Id, &Entry>, id: &Id, name: &str| all.get(id).is_some_and(|e| *e.name == *name);
    let went = claims.get(id).is_some_and(|heirs| heirs.iter().any(|heir| named(news, heir, &old.name)));
    let came = claims.iter().any(|(source, heirs)| heirs.contains(&id) && named(olds, source, &new.name));
    !went && !came
}
