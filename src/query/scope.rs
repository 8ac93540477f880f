//! Which part of a plan is asked about.

use crate::plan::Plan;
use crate::plan::indicator::Indicator;

/// A part of a plan; the whole of it by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope {
    /// Only this entry and what is under it, by place.
    pub under: Option<usize>,
    /// Only what this owner has, by place.
    pub owner: Option<usize>,
}

impl Scope {
    /// Whether each entry is asked about.
    pub fn entries(self, plan: &Plan) -> Vec<bool> {
        let mut asked = vec![self.under.is_none(); plan.entries.len()];
        if let Some(root) = self.under {
            plan.subtree(root).for_each(|place| asked[place] = true);
        }
        if let Some(owner) = self.owner {
            asked.iter_mut().zip(&plan.entries).for_each(|(asked, entry)| *asked &= entry.owners.contains(&owner));
        }
        asked
    }

    /// Whether an indicator is asked about: it verifies what is under the entry, and the owner answers for it.
    pub fn has(self, plan: &Plan, indicator: &Indicator) -> bool {
        self.under.is_none_or(|under| indicator.verifies(under, &plan.entries))
            && self.owner.is_none_or(|owner| answering(plan, indicator).contains(&owner))
    }
}

/// Who answers for an indicator: its own owners, else those of the first entry that it verifies.
pub fn answering<'p>(plan: &'p Plan, indicator: &'p Indicator) -> &'p [usize] {
    match indicator.entries.first() {
        Some(entry) if indicator.owners.is_empty() => &plan.entries[*entry].owners,
        _ => &indicator.owners,
    }
}
