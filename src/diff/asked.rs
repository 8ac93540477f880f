//! Which changes are asked for.

use super::change::Change;
use super::fact::Subject;
use super::field::Topic;
use super::identity::Identity;
use crate::plan::Plan;
use crate::plan::id::Id;

/// Which changes are asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Of these topics; of all where none is named.
    pub only: Vec<Topic>,
    /// What was approved.
    pub definition: bool,
    /// What happened.
    pub records: bool,
    /// Of these entries; of all where none is named.
    pub under: Vec<Id>,
}

impl Asked {
    /// Only an entry and what is under it, by the ids of both revisions.
    pub fn look_under(&mut self, plan: &Plan, root: usize, identity: &Identity<'_>) {
        for id in plan.subtree(root).map(|place| &plan.entries[place].id) {
            let others = [identity.continued(id), identity.continuing(id)];
            self.under.extend(others.into_iter().flatten().chain([id]).cloned());
        }
    }

    /// Whether a change between these plans is asked for.
    pub fn wants(&self, change: &Change<'_>, plans: [&Plan; 2]) -> bool {
        let is_record = change.is_record();
        (self.only.is_empty() || self.only.contains(&change.topic))
            && !(self.definition && is_record)
            && (!self.records || is_record)
            && (self.under.is_empty() || self.is_under(change.subject, plans))
    }

    /// Whether what only the files know of is asked for.
    pub fn wants_files(&self) -> bool {
        let topic = self.only.is_empty() || self.only.contains(&Topic::Files);
        topic && !self.definition && !self.records && self.under.is_empty()
    }

    /// Whether it is asked for what may have been renumbered.
    pub fn wants_suggestions(&self) -> bool {
        (self.only.is_empty() || self.only.contains(&Topic::Structure)) && !self.records && self.under.is_empty()
    }

    fn is_under(&self, subject: Subject<'_>, plans: [&Plan; 2]) -> bool {
        match subject {
            Subject::Entry(id) => self.under.contains(id),
            Subject::Indicator(id) => plans.iter().any(|plan| {
                let own = plan.indicators.iter().filter(|indicator| indicator.id == *id);
                own.flat_map(|indicator| &indicator.entries).any(|of| self.under.contains(&plan.entries[*of].id))
            }),
            _ => false,
        }
    }
}
