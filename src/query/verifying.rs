//! The indicators of other plans that verify one: judged by the rules of their own plan, never counted as its own.

use super::AsOf;
use super::gap::{Gap, gaps};
use crate::plan::Plan;

/// A plan whose indicators verify another one.
#[derive(Debug)]
pub enum Verifying<'p> {
    /// It was read.
    Known {
        /// The plan.
        plan: &'p Plan,
        /// As of when, within its own reporting cycle.
        as_of: AsOf,
        /// Its indicators against their targets, in its own order.
        gaps: Vec<Gap<'p>>,
    },
    /// It has errors, or is not there.
    Unknown {
        /// The name of its folder.
        folder: &'p str,
    },
}

impl<'p> Verifying<'p> {
    /// The indicators of a plan as of a moment within its own reporting cycle.
    pub fn known(plan: &'p Plan, as_of: AsOf) -> Self {
        Self::Known { plan, as_of, gaps: gaps(plan, as_of) }
    }

    /// The same, for another answer.
    pub fn again(&self) -> Self {
        match self {
            Self::Known { plan, as_of, gaps } => Self::Known { plan, as_of: *as_of, gaps: gaps.clone() },
            Self::Unknown { folder } => Self::Unknown { folder },
        }
    }
}
